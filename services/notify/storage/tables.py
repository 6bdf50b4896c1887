"""What notify keeps. Who the holder is stands in `contacts`, and in `mailbox` for mail that did not go out."""

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text, text

from shared.storage.tables import LONG

METADATA = MetaData()
ACTIVE = text("state IN ('draft', 'requested', 'accepted')")

cases = Table(
    "cases",
    METADATA,
    Column("idea_id", String(32), primary_key=True),
    Column("received", Text),  # JSON of the events, NULL when not heard or withdrawn
    Column("classified", Text),
    Column("matched", Text),
    Column("confirmed", String(4)),
    Column("consent_by", Text, nullable=False),
    Column("seen_by", Text, nullable=False),
    Column("planned", Boolean, nullable=False),
    Column("withdrawn_at", String(32)),
    Column("version", LONG, nullable=False),
    Index("cases_planned", "planned"),
)

contacts = Table(
    "contacts",
    METADATA,
    Column("idea_id", String(32), primary_key=True),
    Column("name", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("reach", String(10)),
    Column("language", String(20)),
    Column("erased", Boolean, nullable=False),
)

referrals = Table(
    "referrals",
    METADATA,
    Column("referral_id", String(32), primary_key=True),
    Column("idea_id", String(32), nullable=False),
    Column("actor_id", String(120), nullable=False),
    Column("state", String(20), nullable=False),
    Column("owner", String(20), nullable=False),
    Column("due", String(10), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("changed_at", String(32), nullable=False),
    Column("remedy", String(40), nullable=False),
    Column("round", Integer, nullable=False),
    Column("asked_at", String(32)),
    Column("answered_by", Text, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("words", Text, nullable=False),
    Index("referrals_idea", "idea_id"),
    Index("referrals_one_active", "idea_id", "actor_id", unique=True, sqlite_where=ACTIVE, postgresql_where=ACTIVE),
    Index("referrals_state", "state", "changed_at"),
)

as_asked = Table(
    "as_asked",
    METADATA,
    Column("referral_id", String(32), primary_key=True),
    Column("idea_id", String(32), nullable=False),
    Column("place", String(4)),
    Column("because", Text),  # JSON of the match; codes, no words
    Index("as_asked_idea", "idea_id"),
)

changes = Table(
    "changes",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("referral_id", String(32), nullable=False),
    Column("idea_id", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("before", String(20)),
    Column("after", String(20), nullable=False),
    Column("why", String(80), nullable=False),
    Index("changes_idea", "idea_id"),
)

disclosures = Table(
    "disclosures",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("referral_id", String(32), nullable=False),
    Column("idea_id", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Column("to_whom", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("basis", String(40), nullable=False),
    Index("disclosures_idea", "idea_id"),
)

deliveries = Table(
    "deliveries",
    METADATA,
    Column("delivery_id", String(120), primary_key=True),
    Column("purpose", String(40), nullable=False),
    Column("to", String(120), nullable=False),
    Column("idea_id", String(32)),
    Column("referral_id", String(32)),
    Column("state", String(20), nullable=False),
    Column("due_at", String(32), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("claimed_at", String(32)),
    Column("sent_at", String(32)),
    Column("attempts", Integer, nullable=False),
    Column("unsure", Boolean, nullable=False),
    Column("reason", String(80), nullable=False),
    Column("trace", String(60), nullable=False),
    Index("deliveries_due", "state", "due_at"),
    Index("deliveries_idea", "idea_id"),
)

partners = Table(
    "partners",
    METADATA,
    Column("actor_id", String(120), primary_key=True),
    Column("address", Text),
    Column("address_by", Text),
    Column("checked_by", Text),
    Column("checked_at", String(32)),
    Column("paused", Boolean, nullable=False),
    Column("changed_at", String(32), nullable=False),
)

calls = Table(
    "calls",
    METADATA,
    Column("call_id", String(120), primary_key=True),
    Column("idea_id", String(32), nullable=False),
    Column("why", String(40), nullable=False),
    Column("since", String(32), nullable=False),
    Column("done_at", String(32)),
    Column("done_by", Text),
)

parked_elsewhere = Table(
    "parked_elsewhere",
    METADATA,
    Column("parked_key", String(120), primary_key=True),
    Column("service", String(40), nullable=False),
    Column("reaction", String(80), nullable=False),
    Column("event_type", String(120), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("reason", String(120), nullable=False),
    Column("at", String(32), nullable=False),
    Column("gone", Boolean, nullable=False),
)

notes = Table(
    "notes",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("what", String(40), nullable=False),
    Column("idea_id", String(32)),
    Column("about", String(200), nullable=False),
)

switches = Table(
    "switches",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", Boolean, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

invitations = Table(
    "invitations",
    METADATA,
    Column("token", String(64), primary_key=True),  # fingerprint
    Column("operator", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("until", String(32), nullable=False),
    Column("used", Boolean, nullable=False),
)

mailbox = Table(
    "mailbox",
    METADATA,
    Column("mail_id", Integer, primary_key=True, autoincrement=True),
    Column("message_id", String(200), nullable=False, unique=True),
    Column("to", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("idea_id", String(32)),
    Index("mailbox_idea", "idea_id"),
)

entries = Table(
    "entries",
    METADATA,
    Column("entry_key", String(120), primary_key=True),  # "<kind>:<id>"
    Column("sequence", LONG, nullable=False),
    Column("body", Text),  # NULL: withdrawn
)
