"""Each idea remembers for a while the form that it came with, so that the same form sent again is the same idea.

Fingerprints made before were not keyed: they are forgotten.
"""

import sqlalchemy as sa
from alembic import op

revision = "intake_0002"
down_revision = "intake_0001"


def upgrade() -> None:
    op.execute("UPDATE ideas SET request_key = NULL, request = NULL")
    with op.batch_alter_table("ideas") as ideas:
        ideas.add_column(sa.Column("form", sa.String(64)))
        ideas.create_index("ideas_form", ["form"])


def downgrade() -> None:
    with op.batch_alter_table("ideas") as ideas:
        ideas.drop_index("ideas_form")
        ideas.drop_column("form")
