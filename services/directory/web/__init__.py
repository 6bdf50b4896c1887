"""The public directory, its API, and what operators see of it."""
