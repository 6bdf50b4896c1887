"""The first tables of directory."""

import sqlalchemy as sa
from alembic import op

from shared.storage import spine
from shared.storage.tables import LONG

revision = "directory_0001"
down_revision = None


def upgrade() -> None:
    spine.create_0001()
    op.create_table(
        "entries",
        sa.Column("entry_key", sa.String(120), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False, index=True),
        sa.Column("version", LONG, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("entry_digest", sa.String(64), nullable=False),
        sa.Column("notes_digest", sa.String(64), nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("entries")
    spine.drop_0001()
