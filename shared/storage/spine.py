"""The spine's tables as released, for the migrations of every service. A change is a new function, never an edit."""

from alembic import op

from shared.storage.tables import SPINE


def create_0001() -> None:
    SPINE.create_all(op.get_bind())


def drop_0001() -> None:
    SPINE.drop_all(op.get_bind())
