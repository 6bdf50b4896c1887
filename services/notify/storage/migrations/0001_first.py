"""The first tables of notify."""

import sqlalchemy as sa
from alembic import op

from shared.storage import spine
from shared.storage.tables import LONG

revision = "notify_0001"
down_revision = None


def upgrade() -> None:
    spine.create_0001()
    op.create_table(
        "cases",
        sa.Column("idea_id", sa.String(32), primary_key=True),
        sa.Column("received", sa.Text),
        sa.Column("classified", sa.Text),
        sa.Column("matched", sa.Text),
        sa.Column("confirmed", sa.String(4)),
        sa.Column("consent_by", sa.Text, nullable=False),
        sa.Column("seen_by", sa.Text, nullable=False),
        sa.Column("planned", sa.Boolean, nullable=False),
        sa.Column("withdrawn_at", sa.String(32)),
        sa.Column("version", LONG, nullable=False),
    )
    op.create_index("cases_planned", "cases", ["planned"])
    op.create_table(
        "contacts",
        sa.Column("idea_id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("reach", sa.String(10)),
        sa.Column("language", sa.String(20)),
        sa.Column("erased", sa.Boolean, nullable=False),
    )
    op.create_table(
        "referrals",
        sa.Column("referral_id", sa.String(32), primary_key=True),
        sa.Column("idea_id", sa.String(32), nullable=False),
        sa.Column("actor_id", sa.String(120), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("owner", sa.String(20), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.Column("remedy", sa.String(40), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.String(32)),
        sa.Column("answered_by", sa.Text, nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    active = sa.text("state IN ('draft', 'requested', 'accepted')")
    op.create_index("referrals_idea", "referrals", ["idea_id"])
    op.create_index(
        "referrals_one_active",
        "referrals",
        ["idea_id", "actor_id"],
        unique=True,
        sqlite_where=active,
        postgresql_where=active,
    )
    op.create_index("referrals_state", "referrals", ["state", "changed_at"])
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("referral_id", sa.String(32), nullable=False),
        sa.Column("idea_id", sa.String(32), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("before", sa.String(20)),
        sa.Column("after", sa.String(20), nullable=False),
        sa.Column("why", sa.String(80), nullable=False),
    )
    op.create_index("changes_idea", "changes", ["idea_id"])
    op.create_table(
        "disclosures",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("referral_id", sa.String(32), nullable=False),
        sa.Column("idea_id", sa.String(32), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("to_whom", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
    )
    op.create_index("disclosures_idea", "disclosures", ["idea_id"])
    op.create_table(
        "deliveries",
        sa.Column("delivery_id", sa.String(120), primary_key=True),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("to", sa.String(120), nullable=False),
        sa.Column("idea_id", sa.String(32)),
        sa.Column("referral_id", sa.String(32)),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("due_at", sa.String(32), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("claimed_at", sa.String(32)),
        sa.Column("sent_at", sa.String(32)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("unsure", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(80), nullable=False),
        sa.Column("trace", sa.String(60), nullable=False),
    )
    op.create_index("deliveries_due", "deliveries", ["state", "due_at"])
    op.create_index("deliveries_idea", "deliveries", ["idea_id"])
    op.create_table(
        "partners",
        sa.Column("actor_id", sa.String(120), primary_key=True),
        sa.Column("address", sa.Text),
        sa.Column("address_by", sa.Text),
        sa.Column("checked_by", sa.Text),
        sa.Column("checked_at", sa.String(32)),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "calls",
        sa.Column("call_id", sa.String(120), primary_key=True),
        sa.Column("idea_id", sa.String(32), nullable=False),
        sa.Column("why", sa.String(40), nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.Column("done_at", sa.String(32)),
        sa.Column("done_by", sa.Text),
    )
    op.create_table(
        "parked_elsewhere",
        sa.Column("parked_key", sa.String(120), primary_key=True),
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("reaction", sa.String(80), nullable=False),
        sa.Column("event_type", sa.String(120), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("reason", sa.String(120), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("gone", sa.Boolean, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("idea_id", sa.String(32)),
        sa.Column("about", sa.String(200), nullable=False),
    )
    op.create_table(
        "switches",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Boolean, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("until", sa.String(32), nullable=False),
        sa.Column("used", sa.Boolean, nullable=False),
    )
    op.create_table(
        "mailbox",
        sa.Column("mail_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("message_id", sa.String(200), nullable=False, unique=True),
        sa.Column("to", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("idea_id", sa.String(32)),
    )
    op.create_index("mailbox_idea", "mailbox", ["idea_id"])
    op.create_table(
        "entries",
        sa.Column("entry_key", sa.String(120), primary_key=True),
        sa.Column("sequence", LONG, nullable=False),
        sa.Column("body", sa.Text),
    )


def downgrade() -> None:
    op.drop_table("entries")
    op.drop_table("mailbox")
    op.drop_table("invitations")
    op.drop_table("switches")
    op.drop_table("notes")
    op.drop_table("parked_elsewhere")
    op.drop_table("calls")
    op.drop_table("partners")
    op.drop_table("deliveries")
    op.drop_table("disclosures")
    op.drop_table("changes")
    op.drop_table("referrals")
    op.drop_table("contacts")
    op.drop_table("cases")
    spine.drop_0001()
