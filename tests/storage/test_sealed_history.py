"""A history of which closed days are files: everything is told as if they were rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.campaign import size_of_campaign
from support.clocks import HandClock
from support.sealing import BEGIN, DAY, calls_of_three_days, days_of_calls, record

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.totals import added, totals_over
from wallboard.storage import ranges
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.history import History, open_history
from wallboard.storage.reports import Kept
from wallboard.storage.sealed_day import SealedDay

pytest.importorskip("duckdb", reason="days are sealed with DuckDB")

EVER = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
END = BEGIN + 3 * DAY
RECORDS = days_of_calls(60)


@contextmanager
def opened(folder: Path) -> Iterator[History]:
    with closing(open_history(folder / "history.db", clock=HandClock())) as history:
        yield history


def seal(history: History, end: datetime = END) -> list[SealedDay]:
    """Seal all days that are over before an instant."""
    return list(iter(lambda: history.seal(end), None))


def test_that_sealed_days_are_told_like_rows(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.keep(RECORDS)
        assert [day.rows for day in seal(history, BEGIN + 2 * DAY)] == [20, 20]
    with opened(tmp_path) as history:
        assert list(history.calls(*EVER)) == RECORDS
        assert list(history) == RECORDS
        assert len(history) == 60
        some = {RECORDS[0].queue_id}
        assert list(history.calls(BEGIN + DAY / 2, END, queues=some)) == [
            call for call in RECORDS[10:] if call.queue_id in some
        ]
        info = history.info()
        assert (info.rows["calls"], info.sealed) == (60, 2)
        assert (info.first, info.last) == (RECORDS[0].entered_at, RECORDS[-1].entered_at)
        report = history.check()
        assert report.sound
        assert report.rows["calls"] == 60


@given(
    records=calls_of_three_days,
    sealed=st.integers(0, 3),
    again=st.lists(st.integers(0, 40), max_size=5),
    cut=st.integers(0, 40),
)
@settings(
    max_examples=size_of_campaign(10, 500),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_that_what_is_told_late_makes_the_same_history_sealed_or_not(
    tmp_path: Path, records: list[CallRecord], sealed: int, again: list[int], cut: int
) -> None:
    told_later = [
        replace(records[number], talk=timedelta(seconds=9), caller_number="10")
        for number in again
        if number < len(records)
    ] + records[cut:]
    answers = []
    for days in (0, sealed):
        with opened(tmp_path) as history:
            history.keep(records[:cut])
            assert len(seal(history, BEGIN + days * DAY)) <= days
            kept = history.keep(told_later)
            assert history.keep(records).new == 0
            sums = ranges.queue_totals(history, *EVER)
            answers.append((kept, sorted(history.calls(*EVER), key=_name), sums))
        for file in [*tmp_path.glob("history.db*/*"), *tmp_path.glob("history.db[!.]*")]:
            file.unlink()
        (tmp_path / "history.db").unlink()
    assert answers[0] == answers[1]


def _name(call: CallRecord) -> str:
    return repr(call.fact_id)


def test_that_an_old_log_told_again_leaves_its_days_sealed(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.keep(RECORDS)
        days = seal(history)
        assert history.keep(RECORDS) == Kept(known=60)
        assert history.sealed is not None
        assert list(history.sealed.days()) == days
        better = replace(RECORDS[25], wrap_up=timedelta(seconds=5))
        late = record(99, BEGIN + 2 * DAY + timedelta(seconds=7))
        assert history.keep([*RECORDS[:25], better, late]) == Kept(new=1, improved=1, known=25)
        assert list(history.sealed.days()) == days[:1]
        assert len(list((tmp_path / "history.db.days").iterdir())) == 6
        seal(history)
        assert len(list((tmp_path / "history.db.days").iterdir())) == 6
        wanted = [*RECORDS[:25], better, *RECORDS[26:41], late, *RECORDS[41:]]
        assert list(history.calls(*EVER)) == wanted


def test_that_a_block_that_is_undone_leaves_days_sealed(tmp_path: Path) -> None:
    def undone(history: History) -> None:
        with history.together():
            history.keep([record(99, BEGIN + timedelta(seconds=7))])
            raise ZeroDivisionError

    with opened(tmp_path) as history:
        history.keep(RECORDS)
        seal(history)
        with pytest.raises(ZeroDivisionError):
            undone(history)
        assert history.info().sealed == 3
        assert list(history.calls(*EVER)) == RECORDS


def test_that_calls_that_were_only_counted_go_out_of_a_sealed_day(tmp_path: Path) -> None:
    counted = record(
        99,
        BEGIN + timedelta(hours=1),
        ending=Ending.UNKNOWN,
        wait=None,
        talk=None,
        agent_id=None,
        contact=None,
    )
    with opened(tmp_path) as history:
        history.keep([*RECORDS, counted])
        seal(history)
        assert history.drop_placeholders(BEGIN, END, [counted.queue_id]) == 1
        assert history.info().sealed == 2
        assert list(history.calls(*EVER)) == RECORDS


def test_that_a_damaged_day_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.keep(RECORDS)
        day = seal(history)[1]
    (tmp_path / "history.db.days" / day.file).write_bytes(b"no parquet")
    with opened(tmp_path) as history:
        assert list(history.calls(*EVER)) == RECORDS[:20] + RECORDS[40:]
        assert list(history.calls(*EVER)) == RECORDS[:20] + RECORDS[40:]
        assert history.damaged == 20
        assert day.file in history.check().said[0]
        with pytest.raises(HistoryUnavailable):
            ranges.queue_totals(history, *EVER)
        # The logs of that time told again put it right.
        assert history.keep(RECORDS[20:40]) == Kept(new=20)
        assert list(history.calls(*EVER)) == RECORDS
        assert history.check().sound


def test_that_a_day_whose_file_is_gone_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.keep(RECORDS)
        day = seal(history)[0]
        (tmp_path / "history.db.days" / day.file).unlink()
    with opened(tmp_path) as history:
        assert list(history.calls(*EVER)) == RECORDS[20:]
        assert history.damaged == 20
        assert not history.check().sound


def test_that_sealed_days_are_rolled_up_whole_and_go(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.keep(RECORDS)
        seal(history, BEGIN + 2 * DAY)
        whole = added(ranges.queue_totals(history, *EVER).values())
        # Of a day that is a file, all goes or nothing.
        done = history.compact(END + 30 * DAY, keep=31.5 * DAY)
        assert (done.calls, done.until) == (20, BEGIN + DAY)
        assert list(history.calls(*EVER)) == RECORDS[20:]
        assert len(list((tmp_path / "history.db.days").iterdir())) == 2
        assert history.compact(END + 30 * DAY, keep=31.5 * DAY).calls == 0
        assert history.keep(RECORDS) == Kept(known=40, too_old=20)
        done = history.compact(END + 30 * DAY, keep=30.5 * DAY)
        assert done.calls == 30
        assert list(history.calls(*EVER)) == RECORDS[50:]
        assert added(ranges.queue_totals(history, *EVER).values()) == whole
        assert whole == totals_over(RECORDS)
        assert list((tmp_path / "history.db.days").iterdir()) == []


def test_that_sealed_days_outlive_a_database_that_is_damaged(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.keep(RECORDS)
        days = seal(history, BEGIN + 2 * DAY)
    file = tmp_path / "history.db"
    file.write_bytes(b"\0" * 8192 + file.read_bytes()[8192:])
    with opened(tmp_path) as history:
        assert history.recovery is not None
        assert history.seal(END) is None
        while history.salvage():
            pass
        assert history.sealed is not None
        assert list(history.sealed.days()) == days
        told = list(history.calls(*EVER))
        assert [call for call in told if call.entered_at < BEGIN + 2 * DAY] == RECORDS[:40]
        seal(history)
        assert list(history.calls(*EVER)) == told


def test_that_days_are_sealed_while_they_are_read(tmp_path: Path) -> None:
    records = [record(n, BEGIN + n * timedelta(seconds=20)) for n in range(6000)]
    with opened(tmp_path) as history:
        history.keep(records)
        told: list[CallRecord] = []
        for call in history.calls(*EVER):
            told.append(call)
            if len(told) == 2100:
                assert history.seal(END) is not None
        assert told == records


def test_that_nothing_is_sealed_in_memory() -> None:
    with closing(History.in_memory()) as history:
        history.keep(RECORDS)
        assert history.sealed is None
        assert history.seal(END) is None
        sums = ranges.queue_totals(history, *EVER)
        assert added(sums.values()) == totals_over(RECORDS)


def test_that_one_fact_is_one_whatever_day_it_is_told_of(tmp_path: Path) -> None:
    midnight = BEGIN + DAY
    first = record(1, midnight - timedelta(seconds=1))
    again = replace(first, fact_id=FactId("seen by another"), entered_at=midnight)
    with opened(tmp_path) as history:
        history.keep([first, record(2, midnight + timedelta(hours=1))])
        seal(history, BEGIN + DAY)
        assert history.keep([again]) == Kept(known=1)
        assert len(history) == 2
