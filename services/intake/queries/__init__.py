"""Questions that intake's pages and API ask."""
