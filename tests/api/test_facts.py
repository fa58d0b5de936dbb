from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.wire_values import facts, instants, keys

from wallboard.api.fact_rows import KINDS_OF_FACTS, NAMES
from wallboard.api.facts import FactsPage, fact_bytes, facts_bytes, history_bytes, read_facts
from wallboard.api.rows import KINDS_OF_ROWS, ROOMS
from wallboard.domain.coverage import Stretch, Witness
from wallboard.domain.errors import FaultKind, SourceUnreadable
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Direction,
    Ending,
    Fact,
    FactId,
    Retraction,
)
from wallboard.domain.snapshot import AgentState, QueueId

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOON_TEXT = "2026-11-22T12:00:00Z"
# Without these a fact is none; every other field may be hidden.
NEEDED = {
    CallRecord: {"fact_id", "call_id", "queue_id", "entered_at", "ended_at"},
    AgentSpell: {"fact_id", "agent_id", "began_at", "ended_at"},
    DirectCall: {"fact_id", "call_id", "began_at", "ended_at", "answered"},
}
HIDEABLE = sorted(
    f"{kind}.{each.name}"
    for kind, made in KINDS_OF_FACTS.items()
    for each in fields(made)
    if each.name not in NEEDED[made]
)
UNKNOWN = {
    "ending": Ending.UNKNOWN,
    "state": AgentState.UNKNOWN,
    "direction": Direction.UNKNOWN,
    "missed_rings": 0,
    "transferred": False,
}


def page(*told: object, **more: object) -> bytes:
    return json.dumps({"as_of": NOON_TEXT, "facts": told, "next": "7", **more}).encode()


def call(number: int = 1, **more: object) -> dict[str, object]:
    return {
        "kind": "call",
        "fact_id": f"f{number}",
        "call_id": f"c{number}",
        "queue_id": "q",
        "entered_at": NOON_TEXT,
        "ended_at": NOON_TEXT,
        "ending": "answered",
        **more,
    }


@given(st.lists(facts, max_size=5), instants, keys, st.booleans())
def test_that_facts_are_read_as_they_were_told(
    told: list[Fact], as_of: datetime, cursor: str, more: bool
) -> None:
    body = facts_bytes(map(fact_bytes, told), as_of=as_of, next_cursor=cursor, more=more)
    assert read_facts(body) == FactsPage(as_of=as_of, facts=tuple(told), next=cursor, more=more)


@given(
    st.lists(facts, max_size=5),
    instants,
    st.none() | keys,
    st.lists(st.tuples(instants, instants).filter(lambda pair: pair[0] < pair[1]), max_size=3),
)
def test_that_a_history_is_read_as_it_was_told(
    told: list[Fact],
    as_of: datetime,
    next_page: str | None,
    pairs: list[tuple[datetime, datetime]],
) -> None:
    known = tuple([Stretch(begin=a, end=b, witness=Witness.IMPORT) for a, b in pairs])
    body = history_bytes(map(fact_bytes, told), as_of=as_of, known=known, next_page=next_page)
    assert read_facts(body) == FactsPage(
        as_of=as_of, facts=tuple(told), known=known, next_page=next_page
    )


@given(facts, st.sets(st.sampled_from(HIDEABLE)))
def test_that_hidden_fields_are_not_in_the_bytes_and_read_as_unknown(
    fact: Fact, hidden: set[str]
) -> None:
    kind = NAMES[type(fact)]
    body = fact_bytes(fact, frozenset(hidden))
    names = {each.name for each in fields(fact)}
    gone = {name for name in names if f"{kind}.{name}" in hidden}
    assert json.loads(body).keys() == {"kind", *names} - gone
    read = read_facts(facts_bytes([body], as_of=NOON, next_cursor="1", more=False))
    assert read.facts == (replace(fact, **{name: UNKNOWN.get(name) for name in gone}),)
    assert read.ignored == 0


def test_that_rows_and_facts_are_all_the_rooms_of_fields() -> None:
    assert {*KINDS_OF_ROWS, *KINDS_OF_FACTS} == ROOMS


def test_that_durations_are_seconds() -> None:
    (read,) = read_facts(page(call(wait=12.5, talk=0, hold=None))).facts
    assert isinstance(read, CallRecord)
    assert (read.wait, read.talk, read.hold) == (timedelta(seconds=12.5), timedelta(), None)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("wait", -1),
        ("wait", True),
        ("wait", "12"),
        ("wait", 9_999_999),
        ("talk", "PT5S"),
        ("missed_rings", 1.5),
        ("missed_rings", -1),
        ("missed_rings", True),
        ("transferred", 1),
        ("transferred", "yes"),
        ("ending", "eaten"),
        ("agent_id", 7),
        ("agent_id", ""),
        ("contact", "x" * 513),
        ("caller_number", 982155501041),
    ],
)
def test_that_a_field_that_cannot_be_read_is_unknown_and_counted(field: str, told: object) -> None:
    read = read_facts(page(call(**{field: told})))
    (plain,) = read_facts(page(call())).facts
    assert read.facts == (replace(plain, **{field: UNKNOWN.get(field)}),)
    assert read.ignored == 1


@pytest.mark.parametrize(
    "told",
    [
        call(fact_id=None),
        call(fact_id="x" * 513),
        call(queue_id=""),
        call(entered_at=None),
        call(entered_at="2026-11-22T12:00:00"),
        call(ended_at="0001-01-01T00:00:00Z"),
        call(kind=None),
        {"fact_id": "f"},
        {**call(), "kind": "direct", "began_at": NOON_TEXT},
        7,
        None,
        [],
    ],
)
def test_that_a_fact_without_what_it_needs_is_left_out_and_counted(told: object) -> None:
    read = read_facts(page(call(1), told, call(2)))
    assert [fact.fact_id for fact in read.facts] == ["f1", "f2"]
    assert read.ignored == 1
    assert read.next == "7"


def test_that_a_fact_of_a_kind_of_a_newer_version_is_skipped() -> None:
    read = read_facts(page(call(1), {"kind": "survey", "stars": 5}))
    assert [fact.fact_id for fact in read.facts] == ["f1"]
    assert read.ignored == 0


def test_that_one_poisoned_fact_does_not_bar_those_that_follow_but_a_poisoned_page_does() -> None:
    assert read_facts(page(*[7] * 5)).ignored == 5
    with pytest.raises(SourceUnreadable) as caught:
        read_facts(page(*[7] * 6, *map(call, range(10))))
    assert caught.value.fault.kind is FaultKind.BAD_DATA
    assert read_facts(page(*[7] * 6, *map(call, range(30)))).ignored == 6


def test_that_stretches_that_cannot_be_are_left_out_and_counted() -> None:
    stretch = {"begin": NOON_TEXT, "end": "2026-11-22T13:00:00Z"}
    turned = {"begin": stretch["end"], "end": stretch["begin"]}
    read = read_facts(page(known=[stretch, turned, {"begin": NOON_TEXT}, 7]))
    assert [known.begin for known in read.known] == [NOON]
    assert read.ignored == 3


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"facts": []}',
        page(next=7),
        page(next=""),
        page(more="no"),
        page(as_of="noon"),
        page(as_of="1960-01-01T00:00:00Z"),
        page(next_page=7),
        page(*[{}] * 10_001),
        page(call())[:-1],
        b'{"as_of": "2026-11-22T12:00:00Z", "facts": [' + b"[" * 100_000,
    ],
)
def test_that_a_page_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(SourceUnreadable):
        read_facts(body)


RETRACTION = Retraction(fact_id=FactId("f1"), queue_id=QueueId("q"), entered_at=NOON)


def test_that_what_is_taken_back_travels_and_takes_back_what_was_told_before_it() -> None:
    back = json.loads(fact_bytes(RETRACTION))
    assert back["kind"] == "retracted"
    told = read_facts(page(call(1), call(2), back))
    assert [each.fact_id for each in told.facts] == ["f2"]
    assert told.retracted == (RETRACTION,)
    assert told.ignored == 0
    # What is told after it is told.
    assert [each.fact_id for each in read_facts(page(back, call(1))).facts] == ["f1"]


@pytest.mark.parametrize("lacking", ["fact_id", "queue_id", "entered_at"])
def test_that_nothing_is_taken_back_by_half_a_word(lacking: str) -> None:
    back = {**json.loads(fact_bytes(RETRACTION)), lacking: None}
    told = read_facts(page(call(1), back))
    assert [each.fact_id for each in told.facts] == ["f1"]
    assert (told.retracted, told.ignored) == ((), 1)
