from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.clocks import HandClock
from support.kept_facts import calls, directs, spells

from wallboard.storage import opening
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history
from wallboard.storage.migrations import MIGRATIONS, migrate
from wallboard.storage.noted import SCHEMA_NOTE, note
from wallboard.storage.schema import SCHEMA
from wallboard.storage.sql_database import SqlDatabase

EVER = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
DUMP = Path(__file__).with_name("layout_1.sql")
TOLD = {*calls(6), *spells(4), *directs(3)}
# As a later version may have it: another table, another column, something worked out.
STEPS = {
    2: (
        "CREATE TABLE teams (name TEXT NOT NULL)",
        "ALTER TABLE directs ADD COLUMN line TEXT",
        "INSERT INTO teams SELECT DISTINCT queue_id FROM calls",
    ),
    3: ("CREATE INDEX teams_by_name ON teams (name)", "UPDATE directs SET line = far_number"),
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A history that the first version made."""
    path = tmp_path / "history.db"
    raw = sqlite3.connect(path)
    raw.executescript(DUMP.read_text(encoding="utf-8"))
    raw.close()
    return path


def facts(history: History) -> set[object]:
    return {*history.calls(*EVER), *history.spells(*EVER), *history.directs(*EVER)}


def version(path: Path) -> int:
    raw = sqlite3.connect(path)
    ((told,),) = raw.execute("PRAGMA user_version").fetchall()
    raw.close()
    return int(told)


def test_that_what_the_first_version_made_is_read_by_this_one(old: Path) -> None:
    history = open_history(old)
    assert facts(history) == TOLD
    assert history.info().schema == SCHEMA
    assert history.recovery is None
    assert history.check().sound
    history.close()


def test_that_there_is_a_way_from_every_version_to_the_present_one() -> None:
    assert sorted(MIGRATIONS) == list(range(2, SCHEMA + 1))


def definitions(path: Path) -> list[tuple[str, str]]:
    raw = sqlite3.connect(path)
    found = raw.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
    raw.close()
    return found


def test_that_one_brought_forward_is_laid_out_as_a_new_one(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    for path in (old, new):
        open_history(path).close()
    assert definitions(old) == definitions(new)


def columns(history: History) -> list[tuple[object, ...]]:
    return history.database.rows_text(
        "SELECT table_name, column_name, data_type, is_nullable, character_maximum_length"
        " FROM information_schema.columns WHERE table_schema = current_schema()"
        " ORDER BY table_name, ordinal_position"
    )


def test_that_one_on_a_server_is_brought_forward_and_keeps_its_rows(postgres: str) -> None:
    with closing(open_history(postgres, schema="layout 1")) as history:
        laid_out = columns(history)
        history.keep(TOLD)
        for table in ("feed", "alert_events", "alert_states", "deliveries", "call_backs"):
            history.database.run_text(f"DROP TABLE {table}")
        note(history.database, SCHEMA_NOTE, "1")
    with closing(open_history(postgres, schema="layout 1", reading=True)) as history:
        assert facts(history) == TOLD
    with closing(
        open_history(postgres, schema="layout 1", clock=HandClock(), publishing=True)
    ) as history:
        assert facts(history) == TOLD
        assert history.info().schema == SCHEMA
        assert columns(history) == laid_out
        assert history.feed(None, None, 1).rows == ()


def test_that_an_old_one_is_read_beside_a_program_that_has_not_brought_it_forward(
    old: Path,
) -> None:
    with closing(open_history(old, reading=True)) as history:
        assert facts(history) == TOLD
        assert history.check().sound
    assert version(old) == 1


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program as a later version with another layout."""
    monkeypatch.setattr(opening, "SCHEMA", 3)
    monkeypatch.setattr(opening, "MIGRATIONS", STEPS)


@pytest.mark.usefixtures("later")
def test_that_a_later_version_brings_it_forward_and_keeps_a_copy_of_before(old: Path) -> None:
    history = open_history(old)
    assert history.database.rows_text("SELECT count(*) FROM teams") == [(5,)]
    assert history.database.rows_text("SELECT count(*) FROM directs WHERE line = far_number") == [
        (3,)
    ]
    history.close()
    assert version(old) == 3
    backup = old.with_name("history.db.layout-1")
    assert version(backup) == 1
    assert backup.stat().st_mode & 0o777 == 0o600
    again = open_history(old)
    assert set(again.calls(*EVER)) == set(calls(6))
    again.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills itself as POSIX does")
@pytest.mark.usefixtures("later")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_that_a_kill_at_any_statement_leaves_the_old_one_which_is_brought_forward_later(
    old: Path, tmp_path: Path
) -> None:
    before = old.read_bytes()
    found: list[int] = []
    for at in range(100):
        path = tmp_path / f"trial {at}" / "history.db"
        path.parent.mkdir()
        path.write_bytes(before)
        if not _killed_at(path, at):
            break
        found.append(version(path))
        history = open_history(path)
        assert history.recovery is None
        assert set(history.calls(*EVER)) == set(calls(6))
        assert history.database.rows_text("SELECT count(*) FROM teams") == [(5,)]
        assert history.info().schema == 3
        history.close()
    # Up to the end of its one transaction nothing has happened.
    assert set(found) == {1}
    assert len(found) > sum(map(len, STEPS.values()))


def _killed_at(path: Path, at: int) -> bool:
    """Open in another process that ends itself before its n-th statement; return whether it did."""
    child = os.fork()
    if child == 0:
        left = at
        run = SqlDatabase.run_text

        def run_text(self: SqlDatabase, text: str, values: Sequence[Any] = ()) -> int:
            nonlocal left
            if left == 0:
                os.kill(os.getpid(), 9)
            left -= 1
            return run(self, text, values)

        SqlDatabase.run_text = run_text  # type: ignore[method-assign]
        try:
            open_history(path)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_that_a_broken_migration_undoes_all_of_it() -> None:
    history = History.in_memory()
    steps = {2: ("CREATE TABLE teams (name TEXT)", "INSERT INTO nowhere VALUES (1)")}
    with pytest.raises(sqlite3.OperationalError):
        migrate(history.database, 1, 2, steps=steps)
    assert history.info().schema == SCHEMA
    tables = history.database.rows_text("SELECT 1 FROM sqlite_schema WHERE name = 'teams'")
    assert tables == []
    history.close()


def test_that_the_future_is_refused_in_words() -> None:
    history = History.in_memory()
    with pytest.raises(HistoryUnavailable) as caught:
        migrate(history.database, 5, 1)
    assert caught.value.kind is StorageFault.NEWER
    assert "layout 5" in caught.value.reason
    history.close()
