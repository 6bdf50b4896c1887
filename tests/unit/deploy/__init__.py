"""The command line: what it says, and what it says when it cannot go on."""
