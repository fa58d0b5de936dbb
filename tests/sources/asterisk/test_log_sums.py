"""A quick look at a log comes to the same as its facts."""

from __future__ import annotations

from collections import Counter

import pytest
from support.queue_logs import RUNS, VERSIONS, kept_calls, read, recorded_log
from support.shared import WHY_NOT, shared_folder

from wallboard.bench.p16 import made_log
from wallboard.domain.facts import CallRecord, Ending
from wallboard.sources.asterisk.log_sums import LogSums, QueueSums


def looked_at(log: bytes, size: int = 1_000) -> LogSums:
    sums = LogSums()
    for at in range(0, len(log), size):
        sums.feed(log[at : at + size])
    sums.end_file()
    return sums


def sums_of(calls: list[CallRecord]) -> dict[str, QueueSums]:
    sums: dict[str, QueueSums] = {}
    for call in calls:
        row = sums.setdefault(call.queue_id, QueueSums())
        row.entered += 1
        if call.ending is Ending.ANSWERED:
            assert call.wait is not None
            assert call.talk is not None
            row.answered += 1
            row.wait_s += int(call.wait.total_seconds())
            row.talk_s += int(call.talk.total_seconds())
        elif call.ending is Ending.ABANDONED:
            row.abandoned += 1
        else:
            row.left += 1
    return sums


@pytest.mark.recorded
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("run", RUNS)
def test_that_a_look_at_a_recorded_log_comes_to_what_its_calls_do(version: int, run: str) -> None:
    shared = shared_folder()
    if shared is None:
        pytest.skip(WHY_NOT)
    log = recorded_log(shared, version, run)
    looked = looked_at(log)
    assert looked.by_queue() == sums_of(kept_calls(read([log])))
    assert (looked.lines, looked.bad) == (log.count(b"\n"), 0)


def test_that_a_made_log_comes_to_what_was_written(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("made") / "queue_log"
    written = made_log(path, 5_000)
    log = path.read_bytes()
    calls = kept_calls(read([log]))
    assert Counter(call.queue_id for call in calls) == {
        queue: row[0] for queue, row in written.items()
    }
    rows = looked_at(log).by_queue().items()
    assert {
        queue: (row.entered, row.answered, row.abandoned, row.wait_s, row.talk_s)
        for queue, row in rows
    } == dict(written)


def test_that_bad_lines_are_counted_and_others_passed_over() -> None:
    looked = looked_at(
        b"nonsense\n\n1795000000|1.1|caf\xc3\xa9|NONE|ENTERQUEUE||1|1\r\n"
        b"1795000005|1.1|caf\xc3\xa9|NONE|EXITWITHKEY|0|1|1|5\n1795000006|1|q|NONE|INFO\n"
        b"|||||\n1795000007|1.2|caf\xc3\xa9|A|CONNECT|x|1|1\n"
        b"1795000009|1.2|caf\xc3\xa9|A|BLINDTRANSFER|1003|from|1|8|1"
    )
    assert looked.bad == 2
    assert looked.by_queue() == {"café": QueueSums(entered=1, answered=1, left=1, talk_s=8)}
    assert (looked.first, looked.last) == (1_795_000_000, 1_795_000_009)


def test_that_one_spoilt_line_alters_nothing_of_the_lines_around_it() -> None:
    usual = [
        b"1795000000|1.1|q|NONE|ENTERQUEUE||1|1",
        b"1795000003|1.1|q|A|CONNECT|3|1.2|1",
        b"1795000009|1.1|q|A|COMPLETECALLER|3|6|1",
        b"1795000010|1.3|CONNECT|ENTERQUEUE|ABANDON|1|1|4",
    ]
    sums = {
        "q": QueueSums(entered=1, answered=1, wait_s=3, talk_s=6),
        "CONNECT": QueueSums(abandoned=1),
    }
    assert looked_at(b"\n".join(usual)).by_queue() == sums
    for spoilt in (b"short|line", b"x|1.1|q|A|COMPLETEAGENT|3|six|1", b"x|1|q|A|RINGNOANSWER|1"):
        for at in range(len(usual) + 1):
            looked = looked_at(b"\n".join([*usual[:at], spoilt, *usual[at:]]))
            assert looked.by_queue() == sums
            assert (looked.lines, looked.bad) == (len(usual) + 1, 1)
