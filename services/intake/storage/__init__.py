"""Intake's own database."""
