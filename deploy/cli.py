"""`gort`: run, look at and look after the platform from a terminal."""

import typer

from deploy.commands import (
    backup,
    demo,
    events,
    migrate,
    pack,
    recall,
    republish,
    restore,
    settings,
    submit,
    topics,
    trace,
    up,
)

app = typer.Typer(
    help="Gör’t tillsammans: ideas meet the people and the money that can carry them.", no_args_is_help=True
)
for command in (up, demo, submit, migrate, topics, events, trace, backup, restore, recall, republish, settings):
    app.command(command.NAME, help=command.__doc__)(command.run)
app.add_typer(pack.app, name="pack")


def main() -> None:
    """Run a command. What went wrong is one line that says what to do, and exit code 1."""
    from deploy.errors import told

    with told():
        app()
