"""What intake does when it hears something; an event a file."""
