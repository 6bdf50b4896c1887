"""Matching's pages for operators and its API."""
