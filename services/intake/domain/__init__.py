"""The idea as its holder told it, and the rules for it. No I/O."""
