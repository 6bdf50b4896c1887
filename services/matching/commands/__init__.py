"""What matching can be asked to do; a use case a file."""
