"""What the directory does by itself."""
