"""Where the facts of a connection are kept, and what is said if nothing can be."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.clocks import NOON
from support.snapshots import a_record

from wallboard.app.histories import PassingHistory, history_opener
from wallboard.settings.model import Settings
from wallboard.settings.paths import places
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
EVER = datetime.max.replace(tzinfo=UTC)


def ids(history: History) -> list[str]:
    return [record.fact_id for record in history.calls(LONG_AGO, EVER)]


def test_that_what_one_run_kept_the_next_one_finds(wallboard_home: Path) -> None:
    opener = history_opener("Tehran", Settings(), places())
    with closing(opener()) as history:
        history.keep([a_record("f")])
    with closing(opener()) as history:
        assert ids(history) == ["f"]
    with closing(history_opener("Tehran", Settings(), places(), reading=True)()) as history:
        assert ids(history) == ["f"]


def test_that_connections_keep_their_own(wallboard_home: Path) -> None:
    with closing(history_opener("Tehran", Settings(), places())()) as history:
        history.keep([a_record("f")])
    with closing(history_opener("Shiraz", Settings(), places())()) as history:
        assert ids(history) == []


def test_that_to_read_makes_no_file(wallboard_home: Path) -> None:
    with pytest.raises(HistoryUnavailable, match="nothing is kept yet") as caught:
        history_opener("Tehran", Settings(), places(), reading=True)()
    assert caught.value.kind is StorageFault.NOT_REACHABLE
    assert not places().history_file("Tehran").exists()


def test_that_a_second_window_on_the_same_connection_is_told_so(wallboard_home: Path) -> None:
    opener = history_opener("Tehran", Settings(), places())
    with closing(opener()), pytest.raises(HistoryUnavailable) as caught:
        opener()
    assert caught.value.kind is StorageFault.TWO_INSTANCES


def test_that_a_place_that_cannot_be_made_is_said(wallboard_home: Path) -> None:
    file = places().history_file("Tehran")
    file.parent.parent.mkdir(parents=True, exist_ok=True)
    file.parent.write_text("in the way")
    with pytest.raises(HistoryUnavailable):
        history_opener("Tehran", Settings(), places())()


def test_that_a_demo_is_read_beside_and_goes_with_the_program() -> None:
    passing = PassingHistory()
    with closing(passing.opener()()) as history:
        history.keep([a_record("f", entered_at=NOON)])
        with closing(passing.opener(reading=True)()) as reader:
            assert ids(reader) == ["f"]
        folder = Path(passing._folder.name)  # type: ignore[union-attr]
        assert folder.is_dir()
    passing.close()
    passing.close()
    assert not folder.exists()
    with pytest.raises(HistoryUnavailable):
        passing.opener(reading=True)()
    assert passing._folder is None
    with closing(passing.opener()()) as history:
        assert ids(history) == []
    passing.close()


def test_that_two_threads_that_open_a_demo_at_once_make_one_folder() -> None:
    passing = PassingHistory()
    start = threading.Barrier(4)
    places_of: list[str] = []

    def opened() -> None:
        start.wait()
        try:
            history = passing.opener()()
        except HistoryUnavailable:  # another one was first
            places_of.append(passing._folder.name)  # type: ignore[union-attr]
        else:
            places_of.append(passing._folder.name)  # type: ignore[union-attr]
            history.close()

    threads = [threading.Thread(target=opened) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(places_of) == 4
    assert len(set(places_of)) == 1
    passing.close()
