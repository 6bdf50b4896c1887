"""Notify's own database."""
