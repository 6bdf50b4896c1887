"""Kill the process while it works, and count what came out: `python -m tests.chaos --ideas 300 --kills 10 --seed 1`.

Not a test that pytest collects: `tests/e2e/test_chaos.py` runs a small one, `make chaos` any.
"""
