"""What notify does when it hears something; an event a file."""
