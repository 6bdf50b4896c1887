"""`python -m deploy` is `gort`."""

from deploy.cli import main

main()
