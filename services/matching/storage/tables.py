"""What matching keeps. `body` columns are JSON of the models that travel in events."""

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text

from shared.storage.tables import LONG

METADATA = MetaData()

entries = Table(
    "entries",
    METADATA,
    Column("entry_key", String(120), primary_key=True),  # "<kind>:<id>"
    Column("sequence", LONG, nullable=False),
    Column("body", Text),  # NULL: withdrawn
    Column("learned_at", String(32), nullable=False),
    Column("edition", LONG, nullable=False, server_default="0"),  # that the entry was said with
)

ideas = Table(
    "ideas",
    METADATA,
    Column("idea_id", String(32), primary_key=True),
    Column("code", String(16)),
    Column("title", Text),
    Column("text", Text),  # masked by intake; NULL when withdrawn
    Column("language", String(20)),
    Column("place", Text),
    Column("municipality", String(4)),
    Column("legal_form", String(40)),
    Column("channel", String(40)),
    Column("waits", Boolean, nullable=False),  # to be assessed
    Column("trace", String(60), nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("version", LONG, nullable=False),  # of what we said of it
    Column("classified", Text),
    Column("matched", Text),
    Column("assessed_at", String(32)),
    Column("stumbles", Integer, nullable=False, server_default="0"),  # how often it could not be assessed
    Column("stumbled", String(120)),  # why, the last time
    Column("again_at", String(32)),  # not to be tried before
    Index("ideas_waiting", "waits", "idea_id"),
)
