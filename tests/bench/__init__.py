"""How fast, in ratios that travel: `python -m tests.bench`. Two ways on one machine, side by side, say more than seconds."""
