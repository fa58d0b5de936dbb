from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from wallboard.app.clock import system_clock
from wallboard.app.histories import history_opener
from wallboard.app.kiosk_history import forget_history, kiosk_history
from wallboard.domain.coverage import Stretch
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import CallId, QueueId
from wallboard.settings.model import Settings
from wallboard.settings.paths import places
from wallboard.storage.history import History

NOW = system_clock().now().wall.replace(microsecond=0)


def call(number: int, minutes_ago: float) -> CallRecord:
    entered = NOW - timedelta(minutes=minutes_ago)
    return CallRecord(
        fact_id=FactId(f"c{number}"),
        call_id=CallId(f"c{number}"),
        queue_id=QueueId("q"),
        entered_at=entered,
        ended_at=entered + timedelta(seconds=30),
        ending=Ending.ANSWERED,
        wait=timedelta(seconds=5),
    )


def ids(history: History) -> list[str]:
    span = timedelta(days=3)
    return [each.fact_id for each in history.calls(NOW - span, NOW + span)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kiosk"


def test_that_a_desktop_that_keeps_the_same_connection_is_not_in_its_way(
    folder: Path, wallboard_home: Path
) -> None:
    with closing(history_opener("office", Settings(), places())()) as desktop:
        watched = Stretch(begin=NOW - timedelta(hours=20), end=NOW)
        desktop.keep([call(1, 600), call(2, 5)], watched=watched)
        with closing(kiosk_history(folder, "office", Settings(), places())()) as own:
            assert ids(own) == ["c1", "c2"], "it knows what the desktop knew"
            assert own.stretches(NOW - timedelta(hours=20), NOW) == (watched,)
            own.keep([call(3, 1)])
            assert ids(own) == ["c1", "c2", "c3"]
            desktop.keep([call(4, 1)])
            assert ids(desktop) == ["c1", "c2", "c4"], "it writes nothing of theirs"


def test_that_what_was_missed_is_taken_over_at_the_next_start(
    folder: Path, wallboard_home: Path
) -> None:
    opened = kiosk_history(folder, "office", Settings(), places())
    with closing(opened()) as own:
        own.keep([call(1, 10)], watched=Stretch(begin=NOW - timedelta(minutes=20), end=NOW))
    with closing(history_opener("office", Settings(), places())()) as desktop:
        desktop.keep([call(1, 10), call(2, 3)])
    with closing(opened()) as own:
        assert ids(own) == ["c1", "c2"], "and a call that both know counts once"


def test_that_only_the_last_day_is_taken_over_and_no_more_is_claimed(
    folder: Path, wallboard_home: Path
) -> None:
    with closing(history_opener("office", Settings(), places())()) as desktop:
        watched = Stretch(begin=NOW - timedelta(hours=60), end=NOW)
        desktop.keep([call(1, 50 * 60), call(2, 60)], watched=watched)
    with closing(kiosk_history(folder, "office", Settings(), places())()) as own:
        assert ids(own) == ["c2"]
        (known,) = own.stretches(NOW - timedelta(hours=60), NOW)
        assert known.begin > NOW - timedelta(hours=31)


def test_that_it_keeps_what_it_knows_without_a_desktop(folder: Path, wallboard_home: Path) -> None:
    opened = kiosk_history(folder, "office", Settings(), places())
    with closing(opened()) as own:
        own.keep([call(1, 1)])
    with closing(opened()) as own:
        assert ids(own) == ["c1"]
    assert not (wallboard_home / "data" / "history").exists()


def test_that_a_center_that_is_simulated_leaves_nothing_for_the_next_start(folder: Path) -> None:
    opened = kiosk_history(folder, "", Settings(), places())
    with closing(opened()) as own:
        own.keep([call(1, 1)])
    forget_history(folder)
    with closing(opened()) as own:
        assert ids(own) == []
