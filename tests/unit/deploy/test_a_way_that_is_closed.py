"""PostgreSQL is another user than root, and where that user may not go is not for us to open."""

import tempfile
from pathlib import Path

import pytest

from deploy.errors import CommandFailed
from deploy.postgres import PostgresServer
from deploy.processes import another_user


@pytest.mark.skipif(another_user() is None, reason="who is not root starts PostgreSQL as themselves")
def test_a_closed_folder_above_the_data_is_named_and_stays_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "elsewhere"))
    with pytest.raises(CommandFailed, match=rf"may not pass {home}\..*--data"):
        PostgresServer(home / "gort" / ".data" / "postgres")
    assert home.stat().st_mode & 0o777 == 0o700
    assert not list(home.iterdir()), "and nothing was begun"
