"""Each entry remembers the edition of the directory that it was said with. Those known before: 0, nobody said."""

import sqlalchemy as sa
from alembic import op

from shared.storage.tables import LONG

revision = "intake_0004"
down_revision = "intake_0003"


def upgrade() -> None:
    with op.batch_alter_table("entries") as entries:
        entries.add_column(sa.Column("edition", LONG, nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("entries") as entries:
        entries.drop_column("edition")
