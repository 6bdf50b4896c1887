"""The tables of the spine, the same in every service's database. Made by `spine.py` under migrations."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

SPINE = MetaData()
LONG = BigInteger().with_variant(Integer, "sqlite")  # 64 bits on both; SQLite counts up only what is called INTEGER

outbox = Table(
    "outbox",
    SPINE,
    Column("position", LONG, primary_key=True, autoincrement=True),  # the order in which this service spoke
    Column("event_id", String(32), nullable=False, unique=True),
    Column("stream", String(60), nullable=False),
    Column("key", String(120), nullable=False),
    Column("type", String(120), nullable=False),
    Column("sequence", LONG, nullable=False),
    Column("at", String(32), nullable=False),  # RFC 3339, UTC
    Column("traceparent", String(55), nullable=False),
    Column("body", LargeBinary),  # NULL: a tombstone, or erased
    Index("outbox_stream", "stream", "position"),
    Index("outbox_key", "key", "position"),
    sqlite_autoincrement=True,  # a pruned log never hands out an old position again
)

inbox = Table(
    "inbox",
    SPINE,
    Column("reaction", String(80), primary_key=True),
    Column("event_id", String(80), primary_key=True),
    Column("heard_at", String(32), nullable=False),
    sqlite_with_rowid=False,
)

parked = Table(
    "parked",
    SPINE,
    Column("id", LONG, primary_key=True, autoincrement=True),
    Column("reaction", String(80), nullable=False),
    Column("stream", String(60), nullable=False),
    Column("partition", Integer, nullable=False),
    Column("position", LONG, nullable=False),
    Column("key", String(120), nullable=False),
    Column("event_id", String(80), nullable=False),
    Column("event_type", String(120), nullable=False),
    Column("headers", Text, nullable=False),  # JSON: [[name, base64 or null], …]
    Column("body", LargeBinary),
    Column("reason", String(120), nullable=False),  # a code, or a type of exception and where it was raised
    Column("attempts", Integer, nullable=False),
    Column("parked_at", String(32), nullable=False),
    Index("parked_place", "reaction", "stream", "key", "id"),
    sqlite_autoincrement=True,
)

places = Table(
    "places",
    SPINE,
    Column("source", String(120), primary_key=True),  # "<service>/<stream>" whose log is read
    Column("position", LONG, nullable=False),  # the last position whose effects are in this database
    sqlite_with_rowid=False,
)
