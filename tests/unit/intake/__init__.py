"""Intake: reading what somebody wrote, hiding who wrote it, and forgetting it when they ask."""
