"""The first tables of intake."""

import sqlalchemy as sa
from alembic import op

from shared.storage import spine
from shared.storage.tables import LONG

revision = "intake_0001"
down_revision = None


def upgrade() -> None:
    spine.create_0001()
    op.create_table(
        "ideas",
        sa.Column("idea_id", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(16), nullable=False, unique=True),
        sa.Column("secret", sa.String(64), nullable=False, unique=True),
        sa.Column("title", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("place", sa.Text),
        sa.Column("municipality", sa.String(4)),
        sa.Column("legal_form", sa.String(40)),
        sa.Column("may_share", sa.Boolean, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("reach", sa.String(10), nullable=False),
        sa.Column("reads", sa.String(20), nullable=False),
        sa.Column("told_at", sa.String(32), nullable=False),
        sa.Column("version", LONG, nullable=False),
        sa.Column("confirmed", sa.String(4)),
        sa.Column("withdrawn_at", sa.String(32)),
        sa.Column("request_key", sa.String(200), unique=True),
        sa.Column("request", sa.String(64)),
    )
    op.create_index("ideas_told", "ideas", ["told_at"])
    op.create_table(
        "follow",
        sa.Column("idea_id", sa.String(32), primary_key=True),
        sa.Column("what", sa.String(20), primary_key=True),
        sa.Column("sequence", LONG, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "steps",
        sa.Column("idea_id", sa.String(32), primary_key=True),
        sa.Column("sequence", LONG, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("referral_id", sa.String(32), nullable=False),
        sa.Column("actor_id", sa.String(120), nullable=False),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("params", sa.Text, nullable=False),
    )
    op.create_table(
        "entries",
        sa.Column("entry_key", sa.String(120), primary_key=True),
        sa.Column("sequence", LONG, nullable=False),
        sa.Column("body", sa.Text),
    )


def downgrade() -> None:
    op.drop_table("entries")
    op.drop_table("steps")
    op.drop_table("follow")
    op.drop_table("ideas")
    spine.drop_0001()
