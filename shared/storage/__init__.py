"""One database a service. State, what was said of it (outbox) and what was heard (inbox) change together."""
