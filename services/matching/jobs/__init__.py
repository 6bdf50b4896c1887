"""What matching does by itself."""
