"""Reports of three real days: every figure is what two other programs worked out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.golden_calls import DAYS, GoldenDay, golden_day, instant
from support.reports import reported, rows, settings_in, total

from wallboard.domain.coverage import Stretch
from wallboard.domain.reporting import Report, ReportKind
from wallboard.engine.windows import range_window
from wallboard.storage.history import History

RATIO = 1e-9
MICROSECOND = 1e-6
DAY = timedelta(days=1)
UTC_SITE = settings_in("UTC")


@pytest.fixture
def history() -> Iterator[History]:
    opened = History.in_memory()
    yield opened
    opened.close()


def of_day(history: History, day: GoldenDay, kind: ReportKind) -> Report:
    # Some calls came after midnight; the day's figures are of all calls of its log.
    last = max(record.entered_at for record in day.records)
    end = max(day.begin + DAY, last + timedelta(seconds=1))
    history.keep(day.records, watched=Stretch(begin=day.begin, end=end))
    window = range_window(day.begin, end)
    interval = timedelta(minutes=30)
    return reported(history, kind, window, end + DAY, UTC_SITE, interval=interval)


def test_that_the_team_of_a_real_day_is_as_expected(history: History, day: GoldenDay) -> None:
    (team,) = rows(of_day(history, day, ReportKind.SHIFT), "team")
    expected = day.expected
    for key in ("offered", "answered", "abandoned"):
        assert team[key] == expected[key]
    assert team["abandon_rate"] == pytest.approx(expected["abandon_rate"], abs=RATIO)
    level = expected["service_level"]["20"]["offered_negative"]
    assert team["service_level"] == pytest.approx(level, abs=RATIO)
    for key, name in (("asa", "asa_s"), ("aht", "aht_s"), ("max_wait", "max_wait_s")):
        told = team[key]
        assert isinstance(told, timedelta)
        assert told.total_seconds() == pytest.approx(expected[name], abs=MICROSECOND)


def test_that_the_intervals_of_a_real_day_are_as_expected(history: History, day: GoldenDay) -> None:
    report = of_day(history, day, ReportKind.INTERVAL)
    told = {row["begin"]: row for row in rows(report, "interval_figures")}
    for expected in day.expected["intervals"]:
        row = told.get(instant(expected["start"]))
        if row is None:
            # After the last arrival calls were still talked to the end.
            assert expected["offered"] == 0
            continue
        assert row["offered"] == expected["offered"]
        assert row["answered"] == expected["answered"]
        assert row["abandoned"] == expected["abandoned"]
        assert row["abandon_short"] == expected["abandoned_short_le5"]
        if expected["offered"]:
            level = expected["answered_le20"] / expected["offered"]
            assert row["service_level"] == pytest.approx(level, abs=RATIO)
        else:
            assert row["service_level"] is None
        if expected["answered"]:
            asa = row["asa"]
            assert isinstance(asa, timedelta)
            mean = expected["wait_answered_s"] / expected["answered"]
            assert asa.total_seconds() == pytest.approx(mean, abs=MICROSECOND)


def test_that_the_queues_and_agents_of_a_real_day_are_as_expected(
    history: History, day: GoldenDay
) -> None:
    report = of_day(history, day, ReportKind.QUEUE)
    told = {row["queue"]: row for row in rows(report, "queue_figures")}
    assert set(told) == set(day.expected["by_type"])
    for queue, expected in day.expected["by_type"].items():
        row = told[queue]
        assert (row["offered"], row["answered"], row["abandoned"]) == (
            expected["offered"],
            expected["answered"],
            expected["abandoned"],
        )
    whole = total(report, "queue_figures")
    p90 = timedelta(seconds=day.expected["p90_wait_answered_s_nearest_rank"])
    assert whole["wait_p90"] == p90
    agents = rows(of_day(history, day, ReportKind.AGENT), "agent_figures")
    handled = {row["agent"]: row["handled"] for row in agents}
    for agent, expected in day.expected["by_agent"].items():
        if agent != "(unattributed)":
            assert handled[agent] == expected["handled"]


def test_that_the_distribution_of_waits_holds_every_call(history: History, day: GoldenDay) -> None:
    report = of_day(history, day, ReportKind.QUEUE)
    told = rows(report, "waits")
    assert sum(row["answered"] for row in told) == day.expected["answered"]
    assert sum(row["abandoned"] for row in told) == day.expected["abandoned"]
    assert told[-1]["answered_share"] == 1.0
    within = {row["up_to"]: row for row in told}
    counts = day.expected["service_level"]["20"]
    share = counts["answered_in_T"] / day.expected["answered"]
    assert within[timedelta(seconds=20)]["answered_share"] == pytest.approx(share, abs=RATIO)


def test_that_days_are_rolled_up_from_sums(history: History, folder: Path) -> None:
    days = [golden_day(folder, name) for name in DAYS]
    for day in days:
        history.keep(day.records, watched=Stretch(begin=day.begin, end=day.begin + DAY))
    window = range_window(days[0].begin, days[-1].begin + 2 * DAY)
    report = reported(history, ReportKind.QUEUE, window, days[-1].begin + 3 * DAY, UTC_SITE)
    whole = total(report, "queue_figures")
    # Of three days of a month: 20.7 %, and not the 28.7 % that days have on average.
    assert (whole["offered"], whole["answered"], whole["abandoned"]) == (4965, 3541, 1424)
    assert whole["service_level"] == pytest.approx(0.206847936, abs=RATIO)
    assert whole["abandon_rate"] == pytest.approx(0.286807654, abs=RATIO)
    asa = whole["asa"]
    assert isinstance(asa, timedelta)
    assert asa.total_seconds() == pytest.approx(118.889579215, abs=MICROSECOND)
    by_day = rows(report, "days")
    assert [row["offered"] for row in by_day if row["offered"]] == [
        day.expected["offered"] for day in days
    ]
    # Of the days between nobody knows anything: they are no zeros.
    assert [row["offered"] for row in by_day].count(None) == len(by_day) - 3
    assert report.grounds.covered == pytest.approx(3 / len(by_day), abs=RATIO)
