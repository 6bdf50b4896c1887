"""The directory: reading a pack, refusing one, noticing what has changed."""
