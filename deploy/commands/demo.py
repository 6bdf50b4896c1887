"""Try everything in a temporary folder."""

NAME = "demo"


def run() -> None: ...
