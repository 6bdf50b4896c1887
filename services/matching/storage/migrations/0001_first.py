"""The first tables of matching."""

import sqlalchemy as sa
from alembic import op

from shared.storage import spine
from shared.storage.tables import LONG

revision = "matching_0001"
down_revision = None


def upgrade() -> None:
    spine.create_0001()
    op.create_table(
        "entries",
        sa.Column("entry_key", sa.String(120), primary_key=True),
        sa.Column("sequence", LONG, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("learned_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "ideas",
        sa.Column("idea_id", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(16)),
        sa.Column("title", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("language", sa.String(20)),
        sa.Column("place", sa.Text),
        sa.Column("municipality", sa.String(4)),
        sa.Column("legal_form", sa.String(40)),
        sa.Column("channel", sa.String(40)),
        sa.Column("waits", sa.Boolean, nullable=False),
        sa.Column("trace", sa.String(60), nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("version", LONG, nullable=False),
        sa.Column("classified", sa.Text),
        sa.Column("matched", sa.Text),
        sa.Column("assessed_at", sa.String(32)),
    )
    op.create_index("ideas_waiting", "ideas", ["waits", "idea_id"])


def downgrade() -> None:
    op.drop_table("ideas")
    op.drop_table("entries")
    spine.drop_0001()
