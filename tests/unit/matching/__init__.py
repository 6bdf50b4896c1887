"""Matching: where an idea lives, when a person must read it first, and who could carry it."""
