"""The directory's own database."""
