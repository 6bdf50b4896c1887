"""What carries messages to people. A folder here is a notifier: its sender, its texts, its tests.

`notifier` says its name; `make(settings, store, clock)` gives a `Send`, or None where its settings are absent.
"""
