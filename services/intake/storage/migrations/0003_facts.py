"""What is counted of each idea, kept apart from its words. Ideas told before are counted as received, and no more."""

import sqlalchemy as sa
from alembic import op

from shared.storage.tables import LONG

revision = "intake_0003"
down_revision = "intake_0002"


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("idea_id", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("told_at", sa.String(32), nullable=False),
        sa.Column("challenge", sa.String(60)),
        sa.Column("municipality", sa.String(4)),
        sa.Column("to_match", LONG),
        sa.Column("to_answer", LONG),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
    )
    op.execute(
        "INSERT INTO facts (idea_id, channel, told_at, withdrawn) "
        "SELECT idea_id, channel, told_at, withdrawn_at IS NOT NULL FROM ideas"
    )


def downgrade() -> None:
    op.drop_table("facts")
