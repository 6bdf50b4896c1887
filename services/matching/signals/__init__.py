"""What speaks for an entry. A file here is a signal: `signal` says its name and range, `prepare` how to score.

`prepare(entries)` is called once for a directory; what it returns scores one idea: shape (n_entries,), within the range.
How much each weighs is in `domain/ranker.py`.
"""
