"""How services hear each other. Record in, reaction run, effect and mark committed together - or retried, or parked."""
