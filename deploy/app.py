"""Puts services together into one process: the only place that knows which services there are."""

import importlib
from collections.abc import Sequence

from fastapi import FastAPI
from pydantic_settings import BaseSettings

from deploy.urls import PREFIXES
from shared.kernel.clock import Clock, SystemClock
from shared.messaging.local import LocalTransport
from shared.messaging.transport import Transport
from shared.runtime.compose import compose
from shared.runtime.environment import Environment, keyring
from shared.runtime.platform import Platform
from shared.runtime.service import Face
from shared.runtime.settings import PlatformSettings, read_all
from shared.runtime.urls import Urls
from shared.telemetry.meters import Meters
from shared.web.region import read_region

SERVICES = tuple(PREFIXES)


def settings_of(names: Sequence[str]) -> list[type[BaseSettings]]:
    """The settings classes of the platform, of the services named, and of plugs that have their own."""
    own = [importlib.import_module(f"services.{name}.settings").Settings for name in names]
    modules = [importlib.import_module(f"services.{name}.service") for name in names]
    plugs = [more for module in modules if hasattr(module, "settings_of_plugs") for more in module.settings_of_plugs()]
    return [PlatformSettings, *own, *plugs]


def environment(names: Sequence[str] = SERVICES, clock: Clock | None = None) -> Environment:
    """Everything that is not a service's own. Raise `SettingsRefused` with all that is missing or wrong."""
    platform = read_all(settings_of(names))[0]
    assert isinstance(platform, PlatformSettings)
    return Environment(
        platform=platform,
        region=read_region(platform.pack),
        keys=keyring(platform),
        clock=clock or SystemClock(),
        meters=Meters(),
        urls=Urls(PREFIXES, platform.public_url),
    )


def build_platform(names: Sequence[str], env: Environment) -> Platform:
    """The services named, on the transport that the settings name."""
    services = [importlib.import_module(f"services.{name}.service").build(env) for name in names]
    return Platform(services, env, transport(env.platform))


def transport(platform: PlatformSettings) -> Transport:
    """What carries events, by the settings. Kafka's client is imported here: one process starts without it."""
    if platform.bus == "local://":
        return LocalTransport()
    from shared.messaging.kafka import KafkaTransport

    address, prefix = bus(platform)
    return KafkaTransport(address, prefix, platform.replica)


def bus(platform: PlatformSettings) -> tuple[str, str]:
    """Kafka's address and the prefix of our topics there."""
    address, _, prefix = platform.bus.removeprefix("kafka://").partition("/")
    return address, prefix


def build_app(names: Sequence[str] = SERVICES, env: Environment | None = None) -> FastAPI:
    """One ASGI application with the services named."""
    env = env or environment(names)
    return compose(build_platform(names, env), faces(env.urls))


def faces(urls: Urls) -> list[Face]:
    """What each service shows in every process."""
    return [importlib.import_module(f"services.{name}.service").face(urls) for name in SERVICES]
