"""What matching does when it hears something; an event a file."""
