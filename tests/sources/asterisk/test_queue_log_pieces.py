"""However a log is cut into pieces and read, the facts are the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.queue_logs import (
    RUNS,
    VERSIONS,
    cut,
    fed,
    imported,
    kept_calls,
    kept_spells,
    read,
    recorded_log,
)
from support.shared import WHY_NOT, shared_folder

from wallboard.domain.facts import CallRecord, Ending, Fact, FactId
from wallboard.sources.asterisk.queue_log import LogState, QueueLog

places = st.lists(st.integers(1, 999), min_size=1, max_size=5, unique=True)


@pytest.fixture(params=[(version, run) for version in VERSIONS for run in RUNS], ids=str)
def log(request: pytest.FixtureRequest) -> bytes:
    folder = shared_folder()
    if folder is None:
        pytest.skip(WHY_NOT)
    return recorded_log(folder, *request.param)


def by_name(facts: list[Fact]) -> dict[FactId, Fact]:
    return {fact.fact_id: fact for fact in facts}


def a_log() -> bytes:
    folder = shared_folder()
    if folder is None:
        pytest.skip(WHY_NOT)
    return recorded_log(folder, 22, "traffic")


def test_that_pieces_of_any_size_give_the_same_facts(log: bytes) -> None:
    whole = read([log])
    assert by_name(read([log], chunk=random.Random(5))) == by_name(whole)
    assert len(by_name(whole)) == len(whole) > 150


def test_that_rotated_files_read_one_after_the_other_are_one_log(log: bytes) -> None:
    assert by_name(read(cut(log, 250, 251, 700))) == by_name(read([log]))


def test_that_a_log_read_twice_tells_the_same_facts(log: bytes) -> None:
    facts = read([log])
    assert read([log]) == facts
    twice = imported([log, log])
    assert kept_calls(twice) == kept_calls(facts)
    assert kept_spells(twice) == kept_spells(facts)


@settings(max_examples=25, deadline=None)
@given(places)
def test_that_any_partition_into_imports_gives_the_same_facts(cuts: list[int]) -> None:
    log = a_log()
    facts = read([log])
    pieces = imported(cut(log, *cuts))
    assert kept_calls(pieces) == kept_calls(facts)
    assert kept_spells(pieces) == kept_spells(facts)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 400)), min_size=1, max_size=4))
def test_that_overlapping_pieces_count_every_call_once(overlaps: list[tuple[int, int]]) -> None:
    log = a_log()
    lines = log.splitlines(keepends=True)
    pieces, reached = [], 0
    for place, length in sorted(overlaps):
        begin = min(place * len(lines) // 1000, reached)
        reached = max(reached, begin + length * len(lines) // 1000)
        pieces.append(b"".join(lines[begin:reached]))
    pieces.append(b"".join(lines[max(0, reached - 40) :]))
    kept, whole = kept_calls(imported(pieces)), kept_calls(read([log]))
    assert [(call.contact, call.queue_id, call.ending) for call in kept] == [
        (call.contact, call.queue_id, call.ending) for call in whole
    ]
    assert [(call.wait, call.talk, call.agent_id, call.caller_number) for call in kept] == [
        (call.wait, call.talk, call.agent_id, call.caller_number) for call in whole
    ]


def test_that_a_log_that_begins_in_the_middle_of_calls_still_counts_them() -> None:
    log = a_log()
    _, later = cut(log, 400)
    kept = {(call.contact, call.queue_id): call for call in kept_calls(read([later]))}
    known = {(call.contact, call.queue_id): call for call in kept_calls(read([log]))}
    ended = {line.split(b"|")[1].decode() for line in later.splitlines()}
    cut_off = 0
    for key, call in known.items():
        if key[0] in ended and (told := kept.get(key)):
            assert (told.ending, told.wait, told.talk) == (call.ending, call.wait, call.talk)
            assert abs((told.entered_at - call.entered_at).total_seconds()) <= 2
            cut_off += told.caller_number is None
    assert cut_off > 0
    assert set(kept) <= set(known)


def test_that_memory_does_not_grow_with_the_log() -> None:
    """What is remembered is what is open, and the callers of a day at most."""
    log = QueueLog()
    at = 1_795_000_000
    for day in range(4):
        begin = at + day * 86_400
        lines = [
            line
            for call in range(0, 80_000, 40)
            for line in (
                f"{begin + call}|{begin + call}.{call}|q|NONE|ENTERQUEUE||1|1",
                f"{begin + call + 9}|{begin + call}.{call}|q|NONE|ABANDON|1|1|9",
            )
        ]
        assert len(log.feed("\n".join(lines).encode() + b"\n")) == 2_000
    assert log.open == 0
    assert len(log.state().joined) <= 4_000


def test_that_a_call_whose_end_is_never_told_ended_out_of_sight() -> None:
    log = QueueLog()
    log.feed(b"1795000000|1795000000.1|q|NONE|ENTERQUEUE||1|1\n")
    facts = log.feed(b"1795172800|1795172800.1|q|NONE|ENTERQUEUE||1|1\n")
    facts = [*facts, *log.feed(b"1795216000|1795216000.1|q|NONE|ENTERQUEUE||1|1\n")]
    lost = [fact for fact in facts if isinstance(fact, CallRecord)]
    assert [(call.contact, call.ending) for call in lost] == [("1795000000.1", Ending.UNKNOWN)]


def test_that_a_file_that_is_missing_between_two_ends_what_was_open() -> None:
    log = QueueLog()
    fed(log, b"1795000000|1795000000.1|q|NONE|ENTERQUEUE||1|1\n")
    (lost,) = fed(log, b"1795500000|1795500000.1|q|NONE|ENTERQUEUE||1|1\n")
    assert isinstance(lost, CallRecord)
    assert (lost.contact, lost.ending) == ("1795000000.1", Ending.UNKNOWN)
    assert log.since == 1_795_500_000


def test_that_bad_lines_are_counted_and_told_with_their_numbers() -> None:
    log = QueueLog()
    fed(log, b"1795000000|1.1|q|NONE|INFO|x\nnonsense\n\n\xff\xfe|\x00|1|2|3|4\n")
    assert (log.lines, log.bad) == (3, 2)
    assert [(line.number, line.text) for line in log.bad_lines] == [
        (2, "nonsense"),
        (4, "\ufffd\ufffd|\x00|1|2|3|4"),
    ]
    fed(log, b"more nonsense\n")
    assert log.bad_lines[-1].number == 1


def test_that_a_state_is_plain_and_starts_empty() -> None:
    assert QueueLog().state() == LogState()
