"""What a log tells of agents, and what the lab's phones saw of them."""

from __future__ import annotations

import json
import lzma
from datetime import timedelta
from itertools import pairwise

import pytest
from support.queue_logs import RUNS, VERSIONS, kept_spells, recorded_log
from support.shared import WHY_NOT, shared_folder

from wallboard.domain.agent_time import time_of
from wallboard.domain.facts import AgentSpell, CallRecord, Ending
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.sources.asterisk.queue_log import QueueLog

AT = 1_795_000_000
NAMES = {
    "Alice Adams": "1001",
    "Bob Baker": "1002",
    "Zoë Müller": "1003",
    "Dmitri O'Neil": "1004",
    "Eve Evans": "1005",
    "Farah Faridi": "1006",
    "Gil García": "1007",
    "Hana Sato": "1008",
}
# Members behind Local channels.
LOCAL = frozenset({"1005", "1007", "1008"})


def told(*lines: str, wrap_up: timedelta | None = None) -> list[tuple[str, str, int, int, str]]:
    """Return the spells as (agent, state, from, to, reason), in order of time."""
    log = QueueLog(wrap_up_of=lambda _: wrap_up)
    facts = [*log.feed("\n".join(lines).encode() + b"\n"), *log.running()]
    spells = [fact for fact in facts if isinstance(fact, AgentSpell)]
    assert len({spell.fact_id for spell in spells}) == len(spells)
    return sorted(
        (
            (
                spell.agent_id,
                str(spell.state),
                int(spell.began_at.timestamp()) - AT,
                int(spell.ended_at.timestamp()) - AT,
                spell.reason or "",
            )
            for spell in spells
        ),
        key=lambda row: (row[0], row[2]),
    )


def line(at: int, verb: str, *data: object, agent: str = "Eve", queue: str = "q") -> str:
    return "|".join((str(AT + at), f"{AT}.1", queue, agent, verb, *map(str, data)))


def test_that_a_shift_is_told_state_by_state() -> None:
    assert told(
        line(0, "ADDMEMBER", ""),
        line(5, "ENTERQUEUE", "", "1", 1, agent="NONE"),
        line(12, "CONNECT", 7, f"{AT}.2", 4),
        line(50, "COMPLETECALLER", 7, 38, 1),
        line(90, "PAUSE", "lunch"),
        line(120, "UNPAUSE", ""),
        line(150, "REMOVEMEMBER", ""),
        wrap_up=timedelta(seconds=10),
    ) == [
        ("Eve", "free", 0, 8, ""),
        ("Eve", "ringing", 8, 12, ""),
        ("Eve", "in_call", 12, 50, ""),
        ("Eve", "wrap_up", 50, 60, ""),
        ("Eve", "free", 60, 90, ""),
        ("Eve", "on_break", 90, 120, "lunch"),
        ("Eve", "free", 120, 150, ""),
    ]


def test_that_another_reason_is_another_break() -> None:
    assert told(
        line(0, "ADDMEMBER", "PAUSED"),
        line(10, "PAUSE", "lunch"),
        line(40, "PAUSE", "lunch"),
        line(60, "PAUSE", "training"),
        line(90, "UNPAUSE", ""),
    ) == [
        ("Eve", "on_break", 0, 10, ""),
        ("Eve", "on_break", 10, 60, "lunch"),
        ("Eve", "on_break", 60, 90, "training"),
    ]


def test_that_who_is_paused_in_one_of_his_queues_is_free() -> None:
    assert told(
        line(0, "ADDMEMBER", ""),
        line(0, "ADDMEMBER", "", queue="p"),
        line(10, "PAUSE", "lunch"),
        line(20, "PAUSE", "lunch", queue="p"),
        line(30, "UNPAUSE", ""),
        line(40, "REMOVEMEMBER", ""),
        line(50, "REMOVEMEMBER", "", queue="p"),
    ) == [
        ("Eve", "free", 0, 20, ""),
        ("Eve", "on_break", 20, 30, "lunch"),
        ("Eve", "free", 30, 40, ""),
        # Of the queue that is left he is paused still.
        ("Eve", "on_break", 40, 50, "lunch"),
    ]


def test_that_a_pause_in_all_queues_and_its_single_lines_are_one_break() -> None:
    assert told(
        line(0, "CONNECT", 1, f"{AT}.2", 0, queue="p"),
        line(5, "COMPLETEAGENT", 1, 5, 1, queue="p"),
        line(10, "PAUSEALL", "lunch", queue="NONE"),
        line(10, "PAUSE", "lunch"),
        line(10, "PAUSE", "lunch", queue="p"),
        line(30, "UNPAUSEALL", "", queue="NONE"),
        line(30, "UNPAUSE", ""),
        line(30, "UNPAUSE", "", queue="p"),
    ) == [
        ("Eve", "in_call", 0, 5, ""),
        ("Eve", "free", 5, 10, ""),
        ("Eve", "on_break", 10, 30, "lunch"),
    ]


def test_that_a_member_of_several_queues_is_one_person() -> None:
    assert told(
        line(0, "ADDMEMBER", "", agent="Local/1005@from-queue/n"),
        line(10, "ADDMEMBER", "", agent="PJSIP/1005", queue="p"),
        line(20, "REMOVEMEMBER", "", agent="Local/1005@from-queue/n"),
        line(30, "REMOVEMEMBER", "", agent="PJSIP/1005", queue="p"),
    ) == [("1005", "free", 0, 30, "")]


def test_that_who_was_never_told_to_have_come_is_not_taken_to_be_there_all_night() -> None:
    assert told(
        line(0, "RINGNOANSWER", 2000),
        line(60, "RINGCANCELED", 1400),
        line(9 * 3600, "RINGNOANSWER", 5000),
    ) == [
        ("Eve", "ringing", -2, 0, ""),
        ("Eve", "free", 0, 59, ""),
        ("Eve", "ringing", 59, 60, ""),
        ("Eve", "ringing", 9 * 3600 - 5, 9 * 3600, ""),
    ]


def test_that_agents_log_in_and_off() -> None:
    assert told(
        line(0, "AGENTLOGIN", "SIP/7-1", agent="Agent/1001", queue="NONE"),
        line(30, "AGENTLOGOFF", "SIP/7-1", 30, agent="Agent/1001", queue="NONE"),
    ) == [("1001", "free", 0, 30, "")]


def test_that_a_start_of_the_server_ends_what_everybody_did() -> None:
    assert told(
        line(0, "ADDMEMBER", ""),
        line(10, "PAUSE", "lunch"),
        f"{AT + 30}|NONE|NONE|NONE|QUEUESTART|",
        line(40, "PAUSE", "lunch"),
        line(50, "UNPAUSE", ""),
    ) == [
        ("Eve", "free", 0, 10, ""),
        ("Eve", "on_break", 10, 30, "lunch"),
        ("Eve", "on_break", 40, 50, "lunch"),
    ]


def test_that_a_call_whose_begin_was_not_read_was_a_call() -> None:
    assert told(line(60, "COMPLETEAGENT", 5, 40, 1), line(70, "PAUSE", "x")) == [
        ("Eve", "in_call", 20, 60, ""),
        ("Eve", "free", 60, 70, ""),
    ]


@pytest.fixture(params=[(version, run) for version in VERSIONS for run in RUNS], ids=str)
def recorded(request: pytest.FixtureRequest) -> tuple[list[AgentSpell], list[CallRecord], object]:
    shared = shared_folder()
    if shared is None:
        pytest.skip(WHY_NOT)
    version, run = request.param
    log = QueueLog(person=lambda name: AgentId(NAMES.get(name, name.rpartition("/")[2])))
    facts = [*log.feed(recorded_log(shared, version, run)), *log.running()]
    folder = shared / "asterisk-lab" / "recordings" / f"v{version}" / run
    with lzma.open(folder / "truth.json.xz") as truth:
        told_truth = json.load(truth)
    return (
        [fact for fact in facts if isinstance(fact, AgentSpell)],
        [fact for fact in facts if isinstance(fact, CallRecord)],
        told_truth,
    )


@pytest.mark.recorded
def test_that_the_lab_s_agents_talked_as_long_as_their_phones_say(recorded: tuple) -> None:
    spells, calls, truth = recorded
    for agent in NAMES.values():
        taken = [call for call in truth["calls"] if call["observed"].get("answered_by") == agent]
        if agent in LOCAL and any(call["plan"]["transfer_to"] for call in taken):
            continue  # the log counts what comes after the transfer as his
        true = [
            seen["agent_left"] - seen["answered"]
            for call in taken
            if (seen := call["observed"]).get("agent_left")
        ]
        own = [spell for spell in spells if spell.agent_id == agent]
        talked = time_of(own).of(AgentState.IN_CALL).total_seconds()
        assert abs(talked - sum(true)) <= 0.35 * len(true) + 1
    answered = [call for call in calls if call.ending is Ending.ANSWERED]
    assert {call.agent_id for call in answered} <= set(NAMES.values())


@pytest.mark.recorded
def test_that_nobody_is_in_two_states_at_a_time(recorded: tuple) -> None:
    spells, _, _ = recorded
    for agent in NAMES.values():
        rows = sorted(
            part
            for (who, _, _), parts in kept_spells(spells).items()
            if who == agent
            for part in parts
        )
        assert len(rows) > 5
        for before, after in pairwise(rows):
            assert before[1] <= after[0]


@pytest.mark.recorded
def test_that_breaks_have_the_reasons_that_the_lab_gave(recorded: tuple) -> None:
    spells, _, truth = recorded
    given = {
        change.get("Reason", "")
        for change in truth["members"]
        if change["action"] == "QueuePause" and change["Paused"] == "true"
    }
    breaks = [spell for spell in spells if spell.state is AgentState.ON_BREAK]
    assert breaks
    assert {spell.reason or "" for spell in breaks} <= given | {"Auto-Pause"}
