"""What carries messages to people. A folder here is a notifier: its sender, what it says itself, its tests.

Its module has `notifier`, a `Notifier`, and `make(settings, store, sender, clock)`, which gives a `Send`, or None where
its settings are absent. `GORT_NOTIFY_NOTIFIER` names the one in use for mail; for another kind of address, the first that has
its settings is used.
"""
