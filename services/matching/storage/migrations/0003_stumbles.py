"""An idea that could not be assessed remembers how often, why, and when to try again."""

import sqlalchemy as sa
from alembic import op

revision = "matching_0003"
down_revision = "matching_0002"


def upgrade() -> None:
    with op.batch_alter_table("ideas") as ideas:
        ideas.add_column(sa.Column("stumbles", sa.Integer, nullable=False, server_default="0"))
        ideas.add_column(sa.Column("stumbled", sa.String(120)))
        ideas.add_column(sa.Column("again_at", sa.String(32)))


def downgrade() -> None:
    with op.batch_alter_table("ideas") as ideas:
        ideas.drop_column("again_at")
        ideas.drop_column("stumbled")
        ideas.drop_column("stumbles")
