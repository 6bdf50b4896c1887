"""Questions to the directory that change nothing."""
