"""A one-time link for an operator who stands at the machine."""

from typing import Any

from services.notify.commands.invite_operator import invite_operator
from shared.runtime.environment import Environment
from shared.storage.store import Store


def invite_link(store: Store[Any], env: Environment, name: str = "Operatör") -> str:
    """A whole address, good once and for half an hour."""
    with store.writing() as work:
        token = invite_operator("console", name, work, env.clock)
    return env.urls.link("notify", "signin", f"/{token}")
