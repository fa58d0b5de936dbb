"""Reports of what a real Asterisk said: every count is what the phones saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.asterisk_lab import VERSIONS
from support.asterisk_recordings import Recording, instant, replayed, traffic
from support.reports import reported, rows, settings_in, total

from wallboard.domain.coverage import Stretch
from wallboard.domain.reporting import Report, ReportKind
from wallboard.engine.windows import range_window
from wallboard.storage.history import History

pytestmark = pytest.mark.recorded
UTC_SITE = settings_in("UTC")
HOUR = timedelta(hours=1)


@pytest.fixture(params=VERSIONS, ids=lambda version: f"asterisk_{version}")
def recording(shared_dir: Path, request: pytest.FixtureRequest) -> Recording:
    return traffic(shared_dir, request.param)


@pytest.fixture
def history(recording: Recording) -> Iterator[History]:
    opened = History.in_memory()
    begin = instant(recording.truth.started)
    opened.keep(replayed(recording)[1], watched=Stretch(begin=begin, end=begin + HOUR))
    yield opened
    opened.close()


def of_run(history: History, recording: Recording, kind: ReportKind) -> Report:
    begin = instant(recording.truth.started)
    window = range_window(begin - HOUR, begin + HOUR)
    return reported(history, kind, window, begin + 2 * HOUR, UTC_SITE)


def test_that_a_report_of_recorded_traffic_is_the_truth(
    history: History, recording: Recording
) -> None:
    report = of_run(history, recording, ReportKind.QUEUE)
    told = {row["queue"]: row for row in rows(report, "queue_figures")}
    truth = recording.truth
    for queue in truth.summary:
        row, true = told[queue], truth.counts(queue)
        assert row["offered"] == true["offered"]
        assert row["answered"] == true["answered"]
        assert row["abandoned"] == true["abandoned"]
        assert row["flow_out"] == true["timed_out"] + true["left_by_key"]
        level = true["answered_in_target"] / true["offered"]
        assert row["service_level"] == pytest.approx(level)
        asa, mean = row["asa"], truth.summary[queue]["mean_wait"]
        assert isinstance(asa, timedelta | None)
        assert (asa is None) is (mean is None)
        assert asa is None or abs(asa.total_seconds() - mean) < 0.1
    whole = total(report, "queue_figures")
    assert whole["offered"] == sum(truth.counts(queue)["offered"] for queue in truth.summary)


def test_that_every_recorded_call_is_listed_as_it_ended(
    history: History, recording: Recording
) -> None:
    listed = rows(of_run(history, recording, ReportKind.CALLS), "calls")
    ends = Counter((row["queue"], row["ending"]) for row in listed)
    assert ends == Counter((call.queue, str(call.ending)) for call in recording.truth.calls)
