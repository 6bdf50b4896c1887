"""What a partner was told when they were asked."""

import sqlalchemy as sa
from alembic import op

revision = "notify_0002"
down_revision = "notify_0001"


def upgrade() -> None:
    op.create_table(
        "as_asked",
        sa.Column("referral_id", sa.String(32), primary_key=True),
        sa.Column("idea_id", sa.String(32), nullable=False),
        sa.Column("place", sa.String(4)),
        sa.Column("because", sa.Text),
    )
    op.create_index("as_asked_idea", "as_asked", ["idea_id"])


def downgrade() -> None:
    op.drop_table("as_asked")
