"""Intake's pages and API."""
