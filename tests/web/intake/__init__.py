"""Intake through its doors: the form, the API, the holder's page."""
