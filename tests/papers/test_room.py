"""The folder in which rows wait."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from wallboard.papers.room import room
from wallboard.papers.whole import LEFT_OVER_S


def test_that_it_goes_away_and_what_was_left_long_ago_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, fresh, other = (
        tmp_path / name for name in ("wallboard-paper-a", "wallboard-paper-b", "c")
    )
    for folder in (old, fresh, other):
        folder.mkdir()
        (folder / "rows").write_bytes(b"0912")
    then = fresh.stat().st_mtime - LEFT_OVER_S - 60
    for folder in (old, other):
        os.utime(folder, (then, then))

    with room() as made:
        assert Path(made).stat().st_mode & 0o077 == 0
        assert {path.name for path in tmp_path.iterdir()} == {Path(made).name, fresh.name, "c"}

    assert {path.name for path in tmp_path.iterdir()} == {fresh.name, "c"}
