"""What a server's own log tells of a gap."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.queue_logs import VERSIONS, cut, kept_calls, read, recorded_log
from support.shared import WHY_NOT, shared_folder

from wallboard.domain.coverage import Witness
from wallboard.domain.errors import FaultKind, SourceError
from wallboard.domain.facts import AgentSpell, CallRecord, Ending, Fact
from wallboard.domain.snapshot import AgentId, AgentState, QueueId
from wallboard.domain.source import Gap, Recalled
from wallboard.sources.asterisk.log_files import BLOCK, looked_at, place_of
from wallboard.sources.asterisk.past import AFTER, BEFORE, past
from wallboard.sources.asterisk.queue_log import first_time

TOLD = {"username": "wall", "secret": "geheim"}
NOON_S = 1_795_348_800


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(NOON_S + seconds, UTC)


def visit(begin: int, number: int, wait: int = 5, talk: int = 20) -> bytes:
    """The lines of a caller who is answered by Alice; he called as he came."""
    call = f"{NOON_S + begin}.{number}"
    lines = (
        (begin, "NONE", "ENTERQUEUE", f"|55{number}|1"),
        (begin + wait, "Alice Adams", "CONNECT", f"{wait}|{call}9|1"),
        (begin + wait + talk, "Alice Adams", "COMPLETECALLER", f"{wait}|{talk}|1"),
    )
    return b"".join(
        f"{NOON_S + when}|{call}|support|{agent}|{verb}|{data}\n".encode()
        for when, agent, verb, data in lines
    )


def parts(path: Path, begin: float, end: float, **more: object) -> list[Recalled]:
    gap = Gap(begin=at(begin), end=at(end), **more)  # type: ignore[arg-type]
    return list(past({**TOLD, "queue_log": str(path)}, gap))


def facts_of(told: list[Recalled]) -> list[Fact]:
    return [fact for part in told for fact in part.facts]


def calls_of(told: list[Recalled]) -> list[CallRecord]:
    return [fact for fact in facts_of(told) if isinstance(fact, CallRecord)]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log with a call every hundred seconds, for an hour."""
    path = tmp_path / "queue_log"
    path.write_bytes(b"".join(visit(begin, begin) for begin in range(0, 3600, 100)))
    return path


def test_that_calls_that_ended_in_the_gap_are_told_and_others_are_not(log: Path) -> None:
    told = parts(log, 1000, 1300)
    margin = BEFORE.total_seconds()
    assert [call.entered_at for call in calls_of(told)] == [
        at(begin) for begin in range(0, 3600, 100) if 1000 - margin <= begin + 25 <= 1302
    ]
    assert all(call.ending is Ending.ANSWERED for call in calls_of(told))


def test_that_the_gap_is_known_up_to_the_logs_last_line(log: Path) -> None:
    known = parts(log, 1000, 1300)[-1].known
    assert known is not None
    assert (known.begin, known.end, known.witness) == (at(1000), at(1300), Witness.IMPORT)
    # The last line is of the second 3525: what comes after nobody knows.
    known = parts(log, 3400, 5000)[-1].known
    assert known is not None
    assert known.end == at(3525)
    assert parts(log, 4000, 5000)[-1].known is None


def test_that_a_gap_before_the_log_begins_stays_a_gap(log: Path) -> None:
    known = parts(log, -500, 200)[-1].known
    assert known is not None
    assert (known.begin, known.end) == (at(0), at(200))


def test_that_a_quiet_log_is_known_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes(visit(-40_000, 1) + visit(0, 2))
    known = parts(path, -1000, 10)[-1].known
    assert known is not None
    assert (known.begin, known.end) == (at(-1000), at(10))


def test_that_people_and_targets_are_those_of_the_live_source(log: Path) -> None:
    told = parts(
        log,
        1000,
        1300,
        names={"Alice Adams": AgentId("1001")},
        targets={QueueId("support"): timedelta(seconds=9)},
    )
    assert {call.agent_id for call in calls_of(told)} == {"1001"}
    assert {call.target for call in calls_of(told)} == {timedelta(seconds=9)}
    assert {call.agent_id for call in calls_of(parts(log, 1000, 1300))} == {"Alice Adams"}


def test_that_of_an_agents_time_only_that_of_the_gap_is_told(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes(
        f"{NOON_S}|NONE|support|Alice Adams|PAUSE|lunch\n".encode()
        + visit(100, 1)
        + f"{NOON_S + 500}|NONE|support|Alice Adams|UNPAUSE|\n".encode()
        + visit(900, 2)
    )
    spells = [
        (spell.state, spell.began_at, spell.ended_at)
        for spell in facts_of(parts(path, 200, 300))
        if isinstance(spell, AgentSpell)
    ]
    assert (AgentState.ON_BREAK, at(200), at(300)) in spells
    assert all(at(200) <= begin < end <= at(300) for _, begin, end in spells)


@pytest.mark.parametrize("pack", [False, True])
def test_that_rotated_files_beside_it_are_read_too(log: Path, *, pack: bool) -> None:
    whole = calls_of(parts(log, 200, 3500))
    oldest, older, newest = cut(log.read_bytes(), 300, 600)
    log.write_bytes(newest)
    log.with_name("queue_log.1").write_bytes(gzip.compress(older) if pack else older)
    log.with_name("queue_log-20261122.gz").write_bytes(gzip.compress(oldest))
    assert calls_of(parts(log, 200, 3500)) == whole
    known = parts(log, 200, 3500)[-1].known
    assert known is not None
    assert (known.begin, known.end) == (at(200), at(3500))


def test_that_names_with_signs_of_patterns_are_plain_names(log: Path) -> None:
    odd = log.with_name("queue[_]log*")
    log.rename(odd)
    assert calls_of(parts(odd, 1000, 1300))


def test_that_a_connection_without_a_log_tells_nothing() -> None:
    assert list(past(TOLD, Gap(begin=at(0), end=at(10)))) == []


def test_that_a_log_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        parts(tmp_path / "queue_log", 0, 10)
    assert caught.value.fault.kind is FaultKind.BAD_SETTING
    assert caught.value.fault.detail("field") == "queue_log"


def test_that_of_a_long_log_only_what_is_needed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes(b"".join(visit(begin, 1) for begin in range(0, 1_000_000, 30)))
    assert path.stat().st_size > 25 * BLOCK
    told = parts(path, 900_000, 900_600)
    assert len(calls_of(told)) >= 20
    # Two hours before it, a block to begin with, and the block in which it ends.
    assert len(told) <= 6


@pytest.mark.parametrize("second", [-1, 0, 1, 29, 30, 31, 499_999, 999_989, 999_990, 2_000_000])
def test_that_nothing_is_missed_where_reading_begins(tmp_path: Path, second: int) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes(b"".join(visit(begin, 1) for begin in range(0, 1_000_000, 30)))
    place = place_of(looked_at(path, first_time), NOON_S + second, first_time)
    data = path.read_bytes()
    before, rest = data[:place], data[place:]
    assert before == b"" or before.endswith(b"\n")
    assert all(int(line.split(b"|")[0]) < NOON_S + second for line in before.splitlines()[-9:])
    if second > 0:
        assert int(rest.split(b"|")[0]) < NOON_S + second


def test_that_a_log_without_any_time_is_read_from_its_begin(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes(os.urandom(1000).replace(b"\n", b"x") * 200)
    assert place_of(looked_at(path, first_time), NOON_S, first_time) == 0
    assert parts(path, 0, 10)[-1].known is None


@pytest.mark.recorded
@pytest.mark.parametrize("version", VERSIONS)
def test_that_gaps_of_a_recorded_day_hold_what_the_whole_log_tells(
    version: int, tmp_path: Path
) -> None:
    shared = shared_folder()
    if shared is None:
        pytest.skip(WHY_NOT)
    log = recorded_log(shared, version, "busy")
    path = tmp_path / "queue_log"
    path.write_bytes(log)
    true = kept_calls(read([log]))
    first, last = true[0].entered_at, max(call.ended_at for call in true)
    for part in range(5):
        begin = first + (last - first) * part / 5
        gap = Gap(begin=begin, end=begin + (last - first) / 5)
        told = calls_of(list(past({**TOLD, "queue_log": str(path)}, gap)))
        assert [(call.contact, call.ending, call.wait, call.talk) for call in kept_calls(told)] == [
            (call.contact, call.ending, call.wait, call.talk)
            for call in true
            if gap.begin - BEFORE <= call.ended_at <= gap.end + AFTER
        ]
