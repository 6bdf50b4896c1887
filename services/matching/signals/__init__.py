"""What speaks for an entry. A file here is a signal: `signal` says its name and range, `prepare` how to score.

`prepare(offers, known)` is called once for a directory, with the entries to score (all actors, or all schemes) and all
that the directory knows; what it returns scores one idea: shape (n_offers,), within the range. How much each weighs is in
`domain/fitted.py`.
"""
