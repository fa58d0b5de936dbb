from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.api.protocol import LONGEST_TEXT
from wallboard.bench.json_shape import JsonShape, Reading
from wallboard.domain.errors import FaultKind, SourceUnreadable
from wallboard.domain.snapshot import Agent, AgentState, Call, Queue, SnapshotChange, difference

NOON = "2026-11-22T12:00:00Z"


def told(**lists: list[dict[str, Any]]) -> bytes:
    return json.dumps({"as_of": NOON, **lists}).encode()


def agent(key: str, **fields: object) -> dict[str, Any]:
    return {"agent_id": key, "name": key.title(), "state": "free", **fields}


def call(key: str, **fields: object) -> dict[str, Any]:
    return {"call_id": key, "queue_id": "q", **fields}


def test_that_a_document_is_a_snapshot_with_its_extra_fields_skipped() -> None:
    reading = JsonShape().read(
        told(
            queues=[{"queue_id": "q", "name": "فروش", "target": 20.5, "metric": [1, {"x": None}]}],
            agents=[agent("sara", state="in_call", state_since=NOON, queues=["q"], call_id="c")],
            calls=[call("c", entered_at=NOON, answered_at=NOON, agent_id="sara")],
        )
    )
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    snapshot = reading.snapshot
    assert reading.ignored == 0
    assert snapshot.as_of == noon
    assert list(snapshot.queues.values()) == [
        Queue(queue_id="q", name="فروش", target=timedelta(seconds=20.5))  # type: ignore[arg-type]
    ]
    assert list(snapshot.agents.values()) == [
        Agent(
            agent_id="sara",  # type: ignore[arg-type]
            name="Sara",
            state=AgentState.IN_CALL,
            state_since=noon,
            queues=("q",),  # type: ignore[arg-type]
            call_id="c",  # type: ignore[arg-type]
        )
    ]
    assert list(snapshot.calls.values()) == [
        Call(
            call_id="c",  # type: ignore[arg-type]
            queue_id="q",  # type: ignore[arg-type]
            entered_at=noon,
            answered_at=noon,
            agent_id="sara",  # type: ignore[arg-type]
        )
    ]


@pytest.mark.parametrize(
    "instant",
    ["2026-11-22T12:00:00Z", "2026-11-22T15:30:00+03:30", 1795348800, 1795348800.0],
)
def test_that_times_are_iso_8601_with_any_offset_or_seconds_since_the_epoch(
    instant: object,
) -> None:
    snapshot = JsonShape().read(told(agents=[agent("a", state_since=instant)])).snapshot
    since = next(iter(snapshot.agents.values())).state_since
    assert since == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert since.tzinfo is UTC


@pytest.mark.parametrize(
    "row",
    [
        agent(""),
        agent("x" * (LONGEST_TEXT + 1)),
        agent("a", state="dancing"),
        agent("a", state_since="2026-11-22T12:00:00"),
        agent("a", state_since=1e300),
        agent("a", name=None),
        agent("a", queues="q"),
        {"name": "nobody", "state": "free"},
        "agent",
        None,
        ["a"],
    ],
)
def test_that_a_row_that_cannot_be_read_is_left_out_and_counted(row: Any) -> None:
    reading = JsonShape().read(told(agents=[row, agent("good")]))
    assert list(reading.snapshot.agents) == ["good"]
    assert reading.ignored == 1


def test_that_of_two_rows_with_one_id_the_first_counts() -> None:
    shape = JsonShape()
    rows = [agent("a", name="First"), agent("a", name="Second"), agent("b")]
    reading = shape.read(told(agents=rows))
    assert [row.name for row in reading.snapshot.agents.values()] == ["First", "B"]
    assert reading.ignored == 1
    # And it still does when only one of them changes.
    rows[1]["name"] = "Third"
    reading = shape.read(told(agents=rows))
    assert [row.name for row in reading.snapshot.agents.values()] == ["First", "B"]
    assert reading.ignored == 1


def test_that_a_long_name_is_cut() -> None:
    reading = JsonShape().read(told(agents=[agent("a", name="x" * 10_000)]))
    name = next(iter(reading.snapshot.agents.values())).name
    assert len(name) == LONGEST_TEXT
    assert name.endswith("…")


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"as_of": "yesterday"}',
        b'{"as_of": "2026-11-22T12:00:00"}',
        b'{"as_of": "2026-11-22T12:00:00Z", "agents": null}',
        b'{"as_of": "2026-11-22T12:00:00Z", "agents": [}',
        b'{"as_of": "2026-11-22T12:00:00Z", "x": ' + b"[" * 100_000,
        b'{"as_of": "2026-11-22T12:00:00Z"',
        b"\xff\xfe",
    ],
)
def test_that_what_is_no_such_document_is_refused_and_the_next_one_is_read(
    document: bytes,
) -> None:
    shape = JsonShape()
    with pytest.raises(SourceUnreadable) as caught:
        shape.read(document)
    assert caught.value.fault.kind is FaultKind.BAD_DATA
    assert list(shape.read(told(agents=[agent("a")])).snapshot.agents) == ["a"]


def test_that_unchanged_rows_are_the_same_objects_and_unchanged_lists_the_same_mapping() -> None:
    shape = JsonShape()
    queues = [{"queue_id": "q", "name": "Q"}]
    before = shape.read(told(queues=queues, agents=[agent("a"), agent("b")])).snapshot
    after = shape.read(
        told(queues=queues, agents=[agent("a"), agent("b", state="offline")])
    ).snapshot
    assert after.queues is before.queues
    assert after.agents["a"] is before.agents["a"]  # type: ignore[index]
    assert [row.agent_id for row in difference(before, after).agents] == ["b"]


EDITS: dict[str, Callable[[list[dict[str, Any]], int], list[dict[str, Any]]]] = {
    "the_first_goes": lambda rows, _: rows[1:],
    "the_last_goes": lambda rows, _: rows[:-1],
    "one_comes_first": lambda rows, n: [call(f"new{n}"), *rows],
    "one_comes_last": lambda rows, n: [*rows, call(f"new{n}")],
    "one_changes": lambda rows, n: (
        [*rows[:-1], {**rows[-1], "caller_name": f"n{n}"}] if rows else rows
    ),
    "one_takes_the_place": lambda rows, n: [*rows[:-1], call(f"new{n}")] if rows else rows,
    "they_turn_around": lambda rows, _: rows[::-1],
    "one_is_told_twice": lambda rows, _: [*rows, *rows[:1]],
    "one_is_no_row": lambda rows, _: [*rows, {"call_id": 7}],
    "all_go": lambda *_: [],
    "nothing": lambda rows, _: rows,
}


def read_on(shape: JsonShape, document: bytes) -> Reading:
    """Read as if nothing had been read before, and tell what changed as a comparison would."""
    reading, anew = shape.read(document), JsonShape().read(document)
    assert (reading.snapshot, reading.ignored) == (anew.snapshot, anew.ignored)
    assert (reading.since is None) is (reading.change is None)
    if reading.since is not None and reading.change is not None:
        compared = difference(reading.since, reading.snapshot)
        for field in fields(SnapshotChange):
            ours, theirs = (getattr(each, field.name) for each in (reading.change, compared))
            if isinstance(ours, tuple):
                assert len(ours) == len(theirs), field.name
                ours, theirs = set(ours), set(theirs)
            assert ours == theirs, field.name
    return reading


agents_told = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d"]),
    st.tuples(st.sampled_from(["free", "in_call", "no such state"]), st.integers(0, 2)),
)


@given(st.lists(agents_told, max_size=8))
def test_that_it_is_told_which_agents_changed(pictures: list[dict[str, tuple[str, int]]]) -> None:
    shape = JsonShape()
    before = None
    for picture in pictures:
        rows = [agent(key, state=state, other=more) for key, (state, more) in picture.items()]
        reading = read_on(shape, told(agents=rows))
        assert reading.since is before
        before = reading.snapshot


@given(st.lists(st.sampled_from(sorted(EDITS)), max_size=12))
def test_that_reading_on_is_the_same_as_reading_anew(edits: list[str]) -> None:
    shape = JsonShape()
    rows = [call(f"c{number}") for number in range(6)]
    for number, edit in enumerate(edits):
        read_on(shape, told(calls=rows))
        rows = EDITS[edit](rows, number)
    read_on(shape, told(calls=rows))


@pytest.mark.parametrize("seed", range(12))
def test_that_a_long_list_whose_rows_move_is_read_as_if_it_were_new(seed: int) -> None:
    chance = Random(seed)
    shape = JsonShape()
    rows = [call(f"c{number}") for number in range(700)]
    for turn in range(6):
        document = told(calls=rows)
        reading = read_on(shape, document)
        assert list(reading.snapshot.calls) == list(JsonShape().read(document).snapshot.calls)
        for number in range(chance.choice([0, 1, 3, 40, 400])):
            at = chance.randrange(len(rows))
            edit = chance.choice(["goes", "comes", "changes", "twice"])
            if edit == "goes" and len(rows) > 1:
                del rows[at : at + chance.choice([1, 1, 1, 2, 300])]
                rows = rows or [call("last")]
            elif edit == "comes":
                rows.insert(at, call(f"new{turn}.{number}"))
            elif edit == "changes":
                rows[at] = {**rows[at], "caller_name": f"n{turn}.{number}"}
            else:
                rows.insert(at, chance.choice(rows))
        if turn == 4:
            chance.shuffle(rows)


def test_that_rows_which_only_moved_are_the_same_objects() -> None:
    shape = JsonShape()
    rows = [call(f"c{number}") for number in range(1000)]
    before = shape.read(told(calls=rows)).snapshot.calls
    rows[500] = {**rows[500], "caller_name": "changed"}
    moved = [*rows[:10], call("new"), *rows[11:700], *rows[730:], call("last")]
    after = shape.read(told(calls=moved)).snapshot.calls
    others = [key for key in after if key not in before or after[key] is not before[key]]
    assert others == ["new", "c500", "last"]
