"""What a holder can do; a use case a file."""
