"""What is read of a document whose lists were cut out is what it says, whatever it says."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.api.flat_rows import Cut, Cutter, NotFlat
from wallboard.api.picture import PictureReader, Taken
from wallboard.bench.json_shape import JsonShape, Reading
from wallboard.domain.errors import Fault, SourceUnreadable

NOON = "2026-11-22T12:00:00Z"
NAMES = ("queues", "agents", "calls")

bites = st.sampled_from(["a", "}", "{", "]", "[", ",", '"', ":", "},{", '"agents":[{', "\\", "ی"])
names = st.lists(bites, max_size=4).map("".join)
nested: st.SearchStrategy[object] = st.sampled_from(
    [None, 3, [], [{}], {"agents": [{"agent_id": "x", "name": "n"}]}]
)
more = st.dictionaries(st.sampled_from(["padding", "agents", "calls"]), nested, max_size=1)
states = st.sampled_from(["free", "in_call", 7])
keys = st.sampled_from("abcde")
agents = st.builds(
    lambda key, name, state, left, extra: (
        {"agent_id": key, "name": name, "state": state, **extra} if left else [name]
    ),
    keys,
    names,
    states,
    st.integers(0, 20),
    more,
)
calls = st.builds(
    lambda key, number: {"call_id": key, "queue_id": "q", "caller_number": number}, keys, names
)
documents = st.builds(
    lambda agents, calls, other, last: (
        {"as_of": NOON, "notices": other, "calls": calls, "agents": agents}
        if last
        else {"as_of": NOON, "agents": agents, "calls": calls, "notices": other}
    ),
    st.lists(agents, max_size=5),
    st.lists(calls, max_size=5),
    st.lists(nested, max_size=2),
    st.booleans(),
)
writers = st.sampled_from(
    [
        {"separators": (",", ":")},
        {},
        {"indent": 1},
        {"ensure_ascii": False, "separators": (" , ", " : ")},
    ]
)
edits = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from([b"", b"}", b"]", b",", b"{"])),
    max_size=1,
)


def written(
    document: dict[str, Any], writer: dict[str, Any], bent: list[tuple[float, bytes]]
) -> bytes:
    body = json.dumps(document, **writer).encode()
    for share, byte in bent:
        at = int(share * len(body))
        body = body[:at] + byte + body[at + 1 :]
    return body


bodies = st.builds(written, documents, writers, edits)


def rows_of(change: Any) -> list[set[object]]:
    """Return what a change tells, in no order."""
    told = (change.queues, change.agents, change.calls)
    gone = (change.queues_gone, change.agents_gone, change.calls_gone)
    return [set(each) for each in (*told, *gone)]


def shape_read(shape: JsonShape, body: bytes) -> Reading | Fault:
    try:
        return shape.read(body)
    except SourceUnreadable as failure:
        return failure.fault


def picture_read(reader: PictureReader, body: bytes) -> Taken | Fault:
    try:
        return reader.read(body)
    except SourceUnreadable as failure:
        return failure.fault


@given(st.lists(bodies, min_size=1, max_size=4))
def test_that_a_site_is_read_as_if_no_list_had_been_cut_out(told: list[bytes]) -> None:
    shape, plain = JsonShape(), JsonShape()
    plain._cutter.give_up()
    for body in told:
        found, wanted = shape_read(shape, body), shape_read(plain, body)
        if isinstance(found, Fault) or isinstance(wanted, Fault):
            assert found == wanted
            continue
        assert (found.snapshot, found.ignored) == (wanted.snapshot, wanted.ignored)
        assert [list(getattr(found.snapshot, name)) for name in NAMES] == [
            list(getattr(wanted.snapshot, name)) for name in NAMES
        ]
        assert (found.change is None) == (wanted.change is None)
        if found.change is not None:
            assert rows_of(found.change) == rows_of(wanted.change)


@given(st.lists(bodies, min_size=1, max_size=4))
def test_that_a_picture_is_read_as_if_no_list_had_been_cut_out(told: list[bytes]) -> None:
    reader, plain = PictureReader(), PictureReader()
    plain._cutter.give_up()
    for body in told:
        assert picture_read(reader, body) == picture_read(plain, body)


def agent(key: str, **fields: object) -> dict[str, Any]:
    return {"agent_id": key, "name": key, "state": "free", **fields}


def body_of(**lists: object) -> bytes:
    return json.dumps({"as_of": NOON, **lists}, separators=(",", ":")).encode()


def cut_of(body: bytes, *names: str) -> Cut:
    found = Cutter(*(names or NAMES)).cut(body)
    assert found is not None
    return found


class Told(msgspec.Struct):
    agents: list[msgspec.Raw] = []
    calls: list[msgspec.Raw] = []


def test_that_of_flat_rows_nothing_is_left_in_the_document_but_a_mark() -> None:
    body = body_of(agents=[agent("a"), agent("b")], calls=[{"call_id": "c"}], source={"state": 1})
    cut = cut_of(body)
    assert len(cut.rest) < len(body_of(agents=[], calls=[], source={"state": 1})) + 10
    told = msgspec.json.decode(cut.rest, type=Told)
    cut.put_into(told)
    rows = [json.loads(row[1:] + b"}") for row in told.agents]
    assert rows == [agent("a"), agent("b")]
    assert [json.loads(row[1:] + b"}") for row in told.calls] == [{"call_id": "c"}]


def test_that_whoever_tells_flat_rows_goes_on_being_read_quickly() -> None:
    shape, reader = JsonShape(), PictureReader()
    for second in range(3):
        count = 4 + second
        body = body_of(
            queues=[{"queue_id": "q", "name": "q"}],
            agents=[agent(str(at), calls=second) for at in range(count)],
            calls=[{"call_id": str(at), "queue_id": "q"} for at in range(second)],
        )
        assert len(shape.read(body).snapshot.agents) == count
        assert len(reader.read(body).snapshot.agents) == count
        assert shape._cutter.cut(body) is not None
        assert reader._cutter.cut(body) is not None


def test_that_an_agent_without_a_name_is_left_out_and_the_others_go_on_being_cut() -> None:
    shape = JsonShape()
    body = body_of(agents=[agent("a"), {"agent_id": "b"}, agent("c")])
    for _ in range(2):
        reading = shape.read(body)
        assert (list(reading.snapshot.agents), reading.ignored) == (["a", "c"], 1)
        assert shape._cutter.cut(body) is not None


@pytest.mark.parametrize(
    "agents",
    [
        [agent("a"), agent("}{")],
        [agent("a", more={"x": 1}), agent("b")],
        [agent("a"), agent("b", name='"},{"agent_id":"c","name":"d","state":"free')],
        [agent("a"), 7, agent("b")],
    ],
)
def test_that_rows_that_are_not_flat_are_read_the_long_way_from_then_on(
    agents: list[object],
) -> None:
    shape = JsonShape()
    assert len(shape.read(body_of(agents=[agent("a")])).snapshot.agents) == 1
    body = body_of(agents=agents)
    reading = shape.read(body)
    told = {each["agent_id"] for each in agents if isinstance(each, dict)}
    assert set(reading.snapshot.agents) == told
    assert reading.change is not None
    assert {row.agent_id for row in reading.change.agents} == told - {"a"}
    assert shape._cutter.cut(body) is None


def test_that_a_list_of_another_place_is_not_taken_for_that_of_the_document() -> None:
    body = body_of(notices=[{"agents": [agent("x")]}], agents=[])
    cut = cut_of(body)
    with pytest.raises(NotFlat):
        cut.put_into(msgspec.json.decode(cut.rest, type=Told))
    assert JsonShape().read(body).snapshot.agents == {}


def test_that_an_answer_that_is_no_document_does_not_make_the_next_ones_slow() -> None:
    shape, reader = JsonShape(), PictureReader()
    for broken in (b"<html>}</html>", b'{"agents":[{"agent_id":"a"', b"", b'{"as_of":7,'):
        with pytest.raises(SourceUnreadable):
            shape.read(broken)
        with pytest.raises(SourceUnreadable):
            reader.read(broken)
    body = body_of(agents=[agent("a")])
    assert shape._cutter.cut(body) is not None
    assert reader._cutter.cut(body) is not None


def test_that_what_changed_is_told_also_where_the_second_list_cannot_be_cut() -> None:
    shape = JsonShape()
    shape.read(body_of(agents=[agent("a")], calls=[{"call_id": "c", "queue_id": "q"}]))
    reading = shape.read(
        body_of(
            agents=[agent("a", state="in_call")],
            calls=[{"call_id": "c", "queue_id": "q", "caller_name": "}"}],
        )
    )
    assert reading.change is not None
    assert [row.state for row in reading.change.agents] == ["in_call"]
    assert [row.caller_name for row in reading.change.calls] == ["}"]


def test_that_what_changed_is_told_also_after_a_document_that_could_be_read_in_part_only() -> None:
    shape = JsonShape()
    shape.read(body_of(agents=[agent("a")]))
    broken = body_of(agents=[agent("b")], calls=[{"call_id": "},"}, {}]).replace(b"{}", b"{,}")
    with pytest.raises(SourceUnreadable):
        shape.read(broken)
    change = shape.read(body_of(agents=[agent("b")])).change
    assert change is not None
    assert ([row.agent_id for row in change.agents], change.agents_gone) == (["b"], ("a",))
