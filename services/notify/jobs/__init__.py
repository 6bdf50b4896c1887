"""What notify does by itself."""
