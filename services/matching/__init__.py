"""Knows what an idea is about, and who and what money could carry it.

Owns: its copy of the directory, what it thinks of each idea. Says: `idea_classified`, `idea_matched`.
Hears: ideas, directory entries.
"""
