"""How good matching is on ideas that people judged: ``python -m tests.eval`` prints it, ``--fit`` the numbers to store."""
