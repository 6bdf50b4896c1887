"""What intake keeps. Who told an idea stands in `ideas` alone."""

from sqlalchemy import Boolean, Column, Index, MetaData, String, Table, Text

from shared.storage.tables import LONG

METADATA = MetaData()

ideas = Table(
    "ideas",
    METADATA,
    Column("idea_id", String(32), primary_key=True),
    Column("code", String(16), nullable=False, unique=True),
    Column("secret", String(64), nullable=False, unique=True),  # fingerprint of what opens the holder's page
    Column("title", Text),
    Column("text", Text),  # NULL: withdrawn
    Column("place", Text),
    Column("municipality", String(4)),
    Column("legal_form", String(40)),
    Column("may_share", Boolean, nullable=False),
    Column("channel", String(40), nullable=False),
    Column("language", String(20), nullable=False),
    Column("name", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("reach", String(10), nullable=False),
    Column("reads", String(20), nullable=False),  # the language that the holder reads us in
    Column("told_at", String(32), nullable=False),
    Column("version", LONG, nullable=False),
    Column("confirmed", String(4)),
    Column("withdrawn_at", String(32)),
    Column("request_key", String(200), unique=True),
    Column("request", String(64)),  # keyed fingerprint of the request that the key came with
    Column("form", String(64)),  # keyed fingerprint of a web form and its sender
    Index("ideas_told", "told_at"),
    Index("ideas_form", "form"),
)

facts = Table(  # what is counted of each idea: no words of it, and nobody's name
    "facts",
    METADATA,
    Column("idea_id", String(32), primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("told_at", String(32), nullable=False),
    Column("challenge", String(60)),  # the first it was classified as; "none": nobody could tell
    Column("municipality", String(4)),
    Column("to_match", LONG),  # ms from told to first matched
    Column("to_answer", LONG),  # ms from told to a partner's first yes or no
    Column("withdrawn", Boolean, nullable=False),
)

follow = Table(
    "follow",
    METADATA,
    Column("idea_id", String(32), primary_key=True),
    Column("what", String(20), primary_key=True),  # "classified" or "matched"
    Column("sequence", LONG, nullable=False),
    Column("at", String(32), nullable=False),
    Column("body", Text, nullable=False),
)

steps = Table(
    "steps",
    METADATA,
    Column("idea_id", String(32), primary_key=True),
    Column("sequence", LONG, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("at", String(32), nullable=False),
    Column("referral_id", String(32), nullable=False),
    Column("actor_id", String(120), nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("params", Text, nullable=False),  # JSON
)

entries = Table(
    "entries",
    METADATA,
    Column("entry_key", String(120), primary_key=True),  # "<kind>:<id>"
    Column("sequence", LONG, nullable=False),
    Column("body", Text),  # NULL: withdrawn
    Column("edition", LONG, nullable=False, server_default="0"),
)
