"""One command of `gort` a file: `NAME`, and `run` with its options. The docstring is the help."""
