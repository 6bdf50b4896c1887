"""Matching's own database: its copy of the directory, the ideas it was told, what it thought of them."""
