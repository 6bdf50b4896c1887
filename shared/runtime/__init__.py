"""What a service is, and how any number of them become one process."""
