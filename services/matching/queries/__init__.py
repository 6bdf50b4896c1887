"""Questions that matching's pages and API ask."""
