"""What is kept on disk is for its owner alone, and a secret is whole or refused."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.runtime.environment import keyring
from shared.runtime.settings import PlatformSettings, SettingsRefused
from shared.storage.database import Database


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_databases_and_their_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    database = Database(f"sqlite:///{folder}/one.db")
    with database.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    files = sorted(folder.iterdir())
    assert len(files) == 3, "the log and the index beside it count too"
    assert {mode(file) for file in files} == {0o600}
    assert mode(folder) == 0o700
    database.close()


def test_a_database_that_all_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "one.db"
    file.touch(0o644)
    Database(f"sqlite:///{file}").close()
    assert mode(file) == 0o600


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    platform = PlatformSettings(data=tmp_path / "data")
    first = keyring(platform)
    assert keyring(platform) == first
    assert len(first.secret) == 64
    assert [file.name for file in platform.data.iterdir()] == ["secret"], "nothing half-made is left"
    assert (mode(platform.data), mode(platform.data / "secret")) == (0o700, 0o600)


@pytest.mark.parametrize("held", ["", "\n", "abc", "x" * 31], ids=["empty", "blank", "short", "too short"])
def test_a_secret_that_is_none_is_refused_and_left_alone(tmp_path: Path, held: str) -> None:
    kept = tmp_path / "secret"
    kept.write_text(held)
    with pytest.raises(SettingsRefused, match="at least 32"):
        keyring(PlatformSettings(data=tmp_path))
    assert kept.read_text() == held


def test_a_secret_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xff\xfe" * 40)
    with pytest.raises(SettingsRefused, match="cannot be used"):
        keyring(PlatformSettings(data=tmp_path))
