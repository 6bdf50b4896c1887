"""The spine's tables as released, for the migrations of every service. A change is a new function, never an edit.

Written out, not taken from `tables.py`: what a release created must stay what it was when `tables.py` moves on.
"""

import sqlalchemy as sa
from alembic import op

from shared.storage.tables import LONG


def create_0001() -> None:
    op.create_table(
        "outbox",
        sa.Column("position", LONG, primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.String(32), nullable=False, unique=True),
        sa.Column("stream", sa.String(60), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("type", sa.String(120), nullable=False),
        sa.Column("sequence", LONG, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("traceparent", sa.String(55), nullable=False),
        sa.Column("body", sa.LargeBinary),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_stream", "outbox", ["stream", "position"])
    op.create_index("outbox_key", "outbox", ["key", "position"])
    op.create_table(
        "inbox",
        sa.Column("reaction", sa.String(80), primary_key=True),
        sa.Column("event_id", sa.String(80), primary_key=True),
        sa.Column("heard_at", sa.String(32), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "parked",
        sa.Column("id", LONG, primary_key=True, autoincrement=True),
        sa.Column("reaction", sa.String(80), nullable=False),
        sa.Column("stream", sa.String(60), nullable=False),
        sa.Column("partition", sa.Integer, nullable=False),
        sa.Column("position", LONG, nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("event_id", sa.String(80), nullable=False),
        sa.Column("event_type", sa.String(120), nullable=False),
        sa.Column("headers", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.Column("reason", sa.String(120), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("parked_at", sa.String(32), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("parked_place", "parked", ["reaction", "stream", "key", "id"])
    op.create_table(
        "places",
        sa.Column("source", sa.String(120), primary_key=True),
        sa.Column("position", LONG, nullable=False),
        sqlite_with_rowid=False,
    )


def drop_0001() -> None:
    for table in ("places", "parked", "inbox", "outbox"):
        op.drop_table(table)
