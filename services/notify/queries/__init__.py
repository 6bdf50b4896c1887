"""Questions that notify's pages and its duties ask."""
