from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

from support.clocks import NOON, HandClock
from support.snapshots import a_call, a_queue, a_record, a_snapshot, an_agent

from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import AgentState, difference
from wallboard.engine.as_json import board_json, fault_json
from wallboard.engine.board import Board
from wallboard.engine.happenings import FetchFailed, PictureTaken
from wallboard.engine.step import step

EMPTY = Board(name="pbx", zone=UTC, poll=timedelta(seconds=5))


def told(board: Board, clock: HandClock) -> Any:
    """Return the board as it is read by the other side of a pipe."""
    said = board_json(board, clock.now())
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    return said


def busy_board(clock: HandClock) -> Board:
    picture = a_snapshot(
        [a_queue("q2", None), a_queue("q1", name="فروش «۱»")],
        [
            replace(an_agent("a2", AgentState.ON_BREAK), reason="نماز"),
            an_agent("a1", AgentState.IN_CALL, ("q1", "q2"), None),
        ],
        [
            a_call("c1", entered_at=NOON - timedelta(seconds=12)),
            a_call("c2", answered_at=NOON),
        ],
    )
    facts = (
        a_record("f1", wait_s=10, talk_s=60),
        a_record("f2", wait_s=25, talk_s=30.0625),
        a_record("f3", Ending.ABANDONED, wait_s=7),
        a_record("f4", Ending.TIMED_OUT),
        a_record("f5", Ending.LEFT_BY_KEY),
        a_record("f6", Ending.LEFT_EMPTY),
        a_record("f7", Ending.LEFT_OTHERWISE),
        a_record("f8", Ending.UNKNOWN, wait_s=None),
    )
    taken = PictureTaken(
        change=difference(None, picture),
        facts=facts,
        notices=(fault(FaultKind.CALLS_UNSEEN, count=1),),
    )
    return step(EMPTY, taken, clock.now())[0]


def test_that_a_queue_is_told_with_all_its_figures() -> None:
    clock = HandClock()
    board = busy_board(clock)
    clock.pass_by(1.5)
    first, second = told(board, clock)["queues"]
    assert first == {
        "id": "q1",
        "name": "فروش «۱»",
        "target_s": 20.0,
        "waiting": 1,
        "longest_wait_s": 13.5,
        "free": 0,
        "busy": 1,
        "offered": 10,
        "answered": 3,
        "answered_in_target": 2,
        "abandoned": 1,
        "timed_out": 1,
        "left_by_key": 1,
        "left_empty": 1,
        "left_otherwise": 2,
        "unknown": 1,
        "handled": 2,
        "transferred": 0,
        "missed_rings": 0,
        "wait_of_answered_s": 35.0,
        "wait_of_abandoned_s": 7.0,
        "talk_s": 90.062,
        "wrap_up_s": 0.0,
        "service_level": 0.25,
        "service_level_profile": "sl_offered",
        "abandon_rate": 0.125,
        "asa_s": 11.666667,
        "att_s": 45.03125,
        "aht_s": 45.03125,
    }
    assert second["id"] == "q2"
    assert second["target_s"] is None
    assert second["longest_wait_s"] is None
    assert second["service_level"] is None
    assert second["asa_s"] is None


def test_that_agents_are_told_in_the_order_of_their_ids() -> None:
    clock = HandClock()
    agents = told(busy_board(clock), clock)["agents"]
    assert agents == [
        {
            "id": "a1",
            "name": "A1",
            "state": "in_call",
            "state_since": None,
            "reason": None,
            "queues": ["q1", "q2"],
        },
        {
            "id": "a2",
            "name": "A2",
            "state": "on_break",
            "state_since": "2026-11-22T12:00:00.000+00:00",
            "reason": "نماز",
            "queues": ["q1"],
        },
    ]


def test_that_the_site_is_told_as_the_sum() -> None:
    clock = HandClock()
    said = told(busy_board(clock), clock)
    assert said["site"]["waiting"] == 1
    assert said["site"]["longest_wait_s"] == 12.0
    assert said["site"]["offered"] == sum(queue["offered"] for queue in said["queues"])
    assert (said["name"], said["day"]) == ("pbx", "2026-11-22")


def test_that_the_state_of_the_source_is_told_with_its_faults() -> None:
    clock = HandClock()
    board = busy_board(clock)
    clock.pass_by(2.25)
    lost = fault(FaultKind.LOST, host="pbx", port=5038)
    board, _ = step(board, FetchFailed(fault=lost), clock.now())
    clock.pass_by(0.25)
    said = told(board, clock)
    assert said["at"] == "2026-11-22T12:00:02.500+00:00"
    assert said["source"] == {
        "freshness": "live",
        "age_s": 2.5,
        "as_of": "2026-11-22T12:00:00.000+00:00",
        "fault": {"kind": "lost", "host": "pbx", "port": "5038"},
        "fault_since": "2026-11-22T12:00:02.250+00:00",
        "notices": [{"kind": "calls_unseen", "count": "1"}],
    }


def test_that_before_the_first_picture_nothing_is_made_up() -> None:
    said = told(EMPTY, HandClock())
    assert said["source"] == {
        "freshness": "waiting",
        "age_s": None,
        "as_of": None,
        "fault": None,
        "fault_since": None,
        "notices": [],
    }
    assert said["queues"] == said["agents"] == []
    assert said["day"] is None
    assert said["site"]["service_level"] is None
    assert said["site"]["longest_wait_s"] is None


def test_that_a_detail_cannot_hide_what_kind_of_fault_it_is() -> None:
    assert fault_json(fault(FaultKind.BAD_DATA, reason="a row")) == {
        "kind": "bad_data",
        "reason": "a row",
    }
