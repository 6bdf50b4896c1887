"""Ids, time, errors, secrets: standard library only."""
