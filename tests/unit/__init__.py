"""Parts, each on its own."""
