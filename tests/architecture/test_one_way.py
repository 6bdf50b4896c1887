"""What is done in one place only, and why it may be done there."""

import ast
from fnmatch import fnmatch

import pytest

from shared.telemetry.metrics import ALL
from tests.architecture.source import calls, files, nodes, tree, where

CATCH_ALL = {
    "shared/messaging/dispatch.py": "what a record does to us must end in a retry, a parked row or a held stream",
    "shared/messaging/reacting.py": "a reaction's failure is given its name here",
    "shared/messaging/local.py": "a log that cannot be read is looked at again",
    "shared/messaging/kafka/hearing.py": "a broker that is away is tried again, and readiness says so",
    "shared/messaging/kafka/speaking.py": "what Kafka did not take is told again, and readiness says so",
    "shared/messaging/kafka/transport.py": "an outbox that cannot be read is looked at again",
    "shared/telemetry/tracing.py": "a span that failed is marked, and what was raised goes on",
    "shared/runtime/jobs.py": "a duty that fails is counted, logged and tried again",
    "shared/runtime/asking.py": "whatever a database raises is its answer, and the others are heard",
    "shared/web/problems.py": "a visitor gets a page, whatever went wrong",
    "services/matching/jobs/assess_waiting.py": "an idea that cannot be assessed is set aside, the others go on",
    "services/notify/jobs/deliver_due.py": "whatever a notifier does, the other deliveries go on",
    "shared/storage/database.py": "remembers why a write was refused, and raises again",
    "shared/storage/unit_of_work.py": "rolls back, and raises again",
}
BEGINNERS = {f"shared/storage/{name}.py" for name in ("unit_of_work", "database", "migrate", "postgres")}
BROKER = ("shared/messaging/kafka/*", "deploy/asyncapi.py")
TOPICS = ("deploy/topics.py", "deploy/commands/topics.py", "deploy/rehearing.py")
HOMES = {  # where a library is known; everything else sees what we made of it
    "faststream": BROKER,
    "aiokafka": (*BROKER, *TOPICS),
    "psycopg": ("deploy/postgres.py", "deploy/moment.py"),
    "sqlalchemy": (
        "shared/storage/*",
        "shared/messaging/*",
        "services/*/storage/*",
        "shared/web/problems.py",
        "deploy/counting.py",
        "deploy/backup.py",
        "deploy/moment.py",
        "deploy/errors.py",
    ),
    "alembic": ("shared/storage/*", "services/*/storage/migrations/*"),
    "prometheus_client": ("shared/telemetry/meters.py", "shared/runtime/health.py"),
    "opentelemetry": ("shared/telemetry/otlp.py",),
    "structlog": ("shared/telemetry/*",),
    "itsdangerous": ("shared/web/*", "services/*/web/*"),
    "aiosmtplib": ("services/notify/notifiers/*",),
    "sklearn": ("services/matching/domain/*",),
    "rapidfuzz": ("services/matching/domain/*",),
    "typer": ("deploy/*",),
    "rich": ("deploy/*",),
}
WIRE = {"Hears": "as_", "Metric": "name", "Stream": "name", "Job": "name"}


def test_only_the_unit_of_work_commits() -> None:
    consumers = {
        "shared/messaging/kafka/hearing.py",
        "deploy/topics.py",
    }  # a place in a topic, after its effects are committed
    assert {where(file) for file, _ in calls("commit")} == {"shared/storage/unit_of_work.py", *consumers}
    assert {where(file) for file, _ in calls("begin")} <= BEGINNERS


def test_everything_is_caught_only_where_something_is_done_about_it() -> None:
    wide = {
        where(file)
        for file, node in nodes()
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
    }
    assert wide <= set(CATCH_ALL)
    assert set(CATCH_ALL) <= wide, "a reason for what is no longer done: take it away"


def test_names_on_the_wire_and_on_disk_are_written_out() -> None:
    """Derived from the name of a class or module they would change with it, and events would be heard twice, or never."""
    for name, argument in WIRE.items():
        for file, call in calls(name):
            given = {k.arg: k.value for k in call.keywords}.get(argument, call.args[0] if call.args else None)
            assert isinstance(given, ast.Constant), where(file, call)
    for file, node in nodes():
        if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Event" for base in node.bases):
            said = {k.arg: k.value for k in node.keywords}
            assert {"type", "stream", "key"} <= set(said), where(file, node)
            assert all(isinstance(value, ast.Constant) for value in said.values()), where(file, node)


def test_every_metric_is_declared_once_and_used() -> None:
    assert len({metric.name for metric in ALL}) == len(ALL)
    home = next(file for file in files(".py") if where(file) == "shared/telemetry/metrics.py")
    declared = {
        target.id
        for node in tree(home).body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "id", "") == "Metric"
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    used = {node.attr for file, node in nodes() if isinstance(node, ast.Attribute) and file != home}
    used |= {node.id for file, node in nodes() if isinstance(node, ast.Name) and file != home}
    assert declared <= used, f"never counted: {sorted(declared - used)}"


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_known_only_where_it_is_used(library: str) -> None:
    importers = {
        where(file)
        for file, node in nodes()
        for module in imported(node)
        if module.split(".")[0] == library and not any(fnmatch(where(file), home) for home in HOMES[library])
    }
    assert not importers


def imported(node: ast.AST) -> list[str]:
    """The modules that a statement imports by their whole names."""
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if not node.level else []
    return [name.name for name in node.names] if isinstance(node, ast.Import) else []


def test_metrics_say_what_they_are_in_which_unit_by_closed_labels() -> None:
    open_ended = {"idea", "id", "key", "address", "email", "name", "text", "title", "code"}
    for metric in ALL:
        assert len(metric.help) > 10, metric.name
        assert not open_ended & set(metric.labels), metric.name
        assert metric.name.endswith("_total") == (metric.kind == "counter"), metric.name
        assert metric.name.endswith("_seconds") or metric.kind != "histogram", metric.name
