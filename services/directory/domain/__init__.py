"""What an entry of the directory is, and what it means that one has changed."""
