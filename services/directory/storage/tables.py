"""What the directory keeps: each entry as published, the notes beside it, and how often it was published."""

from sqlalchemy import Boolean, Column, MetaData, String, Table, Text

from shared.storage.tables import LONG

METADATA = MetaData()

entries = Table(
    "entries",
    METADATA,
    Column("entry_key", String(120), primary_key=True),  # "<kind>:<id>"
    Column("kind", String(20), nullable=False, index=True),
    Column("version", LONG, nullable=False),  # the sequence of what was last said of it
    Column("entry", Text, nullable=False),  # JSON
    Column("notes", Text, nullable=False),  # JSON, operators only
    Column("entry_digest", String(64), nullable=False),
    Column("notes_digest", String(64), nullable=False),
    Column("withdrawn", Boolean, nullable=False),
)
