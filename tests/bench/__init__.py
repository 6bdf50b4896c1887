"""How fast, in ratios that travel: `python -m tests.bench`. Figures of one machine mean little; two ways on it, side by side, do."""
