from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.snapshots import successions
from support.wire_values import faults, keys, pictures, texts

from wallboard.api.faults import SourceWord
from wallboard.api.picture import PictureReader, Taken, picture_bytes
from wallboard.domain.errors import Fault, FaultKind, SourceUnreadable, fault
from wallboard.domain.snapshot import (
    Agent,
    AgentState,
    Call,
    Queue,
    QueueId,
    Snapshot,
    SnapshotChange,
    difference,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIVE = SourceWord(state="live")
HIDEABLE = sorted(
    f"{kind}.{each.name}"
    for kind, made in (("queues", Queue), ("agents", Agent), ("calls", Call))
    for each in fields(made)
    if not each.name.endswith("_id")
)


def whole(snapshot: Snapshot, *, version: str = "v1", **more: Any) -> bytes:
    return changed(None, snapshot, version=version, since=None, **more)


def changed(
    before: Snapshot | None, after: Snapshot, *, version: str, since: str | None, **more: Any
) -> bytes:
    told: dict[str, Any] = {"facts_until": None, "source": LIVE, **more}
    return picture_bytes(difference(before, after), version=version, since=since, **told)


def told(**lists: object) -> bytes:
    return json.dumps({"as_of": "2026-11-22T12:00:00Z", "version": "v1", **lists}).encode()


def rows_of(change: SnapshotChange) -> list[set[object]]:
    """Return what a change tells, in no order."""
    rows = (change.queues, change.agents, change.calls)
    gone = (change.queues_gone, change.agents_gone, change.calls_gone)
    return [set(each) for each in (*rows, *gone)]


def agent(key: str, **more: object) -> dict[str, object]:
    return {"agent_id": key, "name": key.title(), "state": "free", **more}


@given(pictures, keys, st.none() | keys, faults, st.lists(faults, max_size=3))
def test_that_a_picture_is_read_as_it_was_told(
    snapshot: Snapshot, version: str, cursor: str | None, why: Fault, notices: list[Fault]
) -> None:
    source = SourceWord(state="stale", fault=why)
    body = whole(
        snapshot, version=version, facts_until=cursor, source=source, notices=tuple(notices)
    )
    assert PictureReader().read(body) == Taken(
        snapshot=snapshot,
        version=version,
        facts_until=cursor,
        source=source,
        notices=tuple(notices),
    )


@given(st.integers(2, 6).flatmap(successions))
def test_that_changes_one_after_the_other_give_the_whole(told: list[Snapshot]) -> None:
    reader = PictureReader()
    before: Snapshot | None = None
    last: Snapshot | None = None
    for number, after in enumerate(told):
        since = None if before is None else f"v{number - 1}"
        taken = reader.read(changed(before, after, version=f"v{number}", since=since))
        assert taken.snapshot == after
        assert taken.clean
        assert reader.version == f"v{number}"
        if last is None:
            assert (taken.since, taken.change) == (None, None)
        else:
            assert taken.since is last
            assert taken.change is not None
            assert rows_of(taken.change) == rows_of(difference(last, taken.snapshot))
        before, last = after, taken.snapshot


@given(st.integers(2, 6).flatmap(successions), st.lists(st.booleans(), min_size=6, max_size=6))
def test_that_wholes_and_changes_may_be_mixed_and_rows_stay_the_same_objects(
    told: list[Snapshot], as_change: list[bool]
) -> None:
    reader = PictureReader()
    before: Snapshot | None = None
    read: Snapshot | None = None
    for number, after in enumerate(told):
        version = f"v{number}"
        if before is not None and as_change[number]:
            body = changed(before, after, version=version, since=f"v{number - 1}")
        else:
            body = whole(after, version=version)
        taken = reader.read(body).snapshot
        assert taken == after
        if before is not None and read is not None:
            for name in ("queues", "agents", "calls"):
                rows, old = getattr(taken, name), getattr(read, name)
                assert all(rows[key] is old[key] for key in rows if old.get(key) == rows[key])
        before, read = after, taken


def test_that_a_list_in_which_nothing_changed_is_the_same_mapping() -> None:
    reader = PictureReader()
    first = reader.read(told(queues=[{"queue_id": "q"}], agents=[agent("a")])).snapshot
    again = reader.read(told(queues=[{"queue_id": "q"}], agents=[agent("b")])).snapshot
    assert again.queues is first.queues
    change = told(since="v1", agents=[agent("c")], gone={"agents": ["b"]})
    later = reader.read(change).snapshot
    assert later.queues is first.queues
    assert list(later.agents) == ["c"]


@given(pictures, st.sets(st.sampled_from(HIDEABLE)))
def test_that_hidden_fields_are_not_in_the_answer_and_all_others_are(
    snapshot: Snapshot, hidden: set[str]
) -> None:
    body = json.loads(whole(snapshot, hidden=frozenset(hidden)))
    for kind, made in (("queues", Queue), ("agents", Agent), ("calls", Call)):
        names = {each.name for each in fields(made)}
        assert len(body[kind]) == len(getattr(snapshot, kind))
        for row in body[kind]:
            # Nearly no queue is counted: of the others that is not told at all.
            without = {"counted"} if row.get("counted") is None else set()
            shown = {name for name in names if f"{kind}.{name}" not in hidden}
            assert row.keys() == shown - without


@given(pictures, st.sets(st.sampled_from(HIDEABLE)))
def test_that_a_picture_with_hidden_fields_is_read_with_these_unknown(
    snapshot: Snapshot, hidden: set[str]
) -> None:
    taken = PictureReader().read(whole(snapshot, hidden=frozenset(hidden)))
    unknown = {"state": AgentState.UNKNOWN, "queues": ()}
    for kind in ("queues", "agents", "calls"):
        rows = getattr(taken.snapshot, kind)
        for key, row in getattr(snapshot, kind).items():
            names = [name.partition(".")[2] for name in hidden if name.startswith(f"{kind}.")]
            defaults = {
                name: key if name == "name" else unknown.get(name)  # without a name, the id
                for name in names
            }
            assert rows[key] == replace(row, **defaults)
    assert taken.clean


@pytest.mark.parametrize(
    ("sums", "read"),
    [
        ({"since": "2026-11-22T00:00:00Z", "offered": 8, "talk": -1}, 8),
        ({"since": "2026-11-22T00:00:00Z", "offered": 8, "free": "many"}, 8),
        ({"since": "yesterday", "offered": 8}, None),
        ({"offered": 8}, None),
        ("many", None),
        ([1], None),
    ],
)
def test_that_a_sum_which_cannot_be_read_is_not_known_and_without_all_of_them_there_is_no_queue(
    sums: object, read: int | None
) -> None:
    """As one without sums it would seem to be a queue that nobody called."""
    others = [{"queue_id": f"q{at}"} for at in range(9)]
    taken = PictureReader().read(told(queues=[{"queue_id": "q", "counted": sums}, *others]))
    queue = taken.snapshot.queues.get(QueueId("q"))
    counted = None if queue is None else queue.counted
    assert (None if counted is None else counted.offered) == read
    assert (queue is None) == (read is None)
    assert taken.ignored == 1


@pytest.mark.parametrize("hidden", ["agents.nmae", "agnets.name", "name", "calls.agent_name"])
def test_that_to_hide_a_field_that_is_none_is_refused_and_tells_nothing(hidden: str) -> None:
    with pytest.raises(ValueError, match="no field"):
        whole(Snapshot(as_of=NOON), hidden=frozenset({hidden}))


def test_that_absent_null_and_known_are_three_things_in_the_bytes() -> None:
    snapshot = Snapshot(
        as_of=NOON,
        calls={"c": Call(call_id="c", queue_id="q", caller_number="+98")},  # type: ignore[dict-item, arg-type]
    )
    (row,) = json.loads(whole(snapshot, hidden=frozenset({"calls.caller_name"})))["calls"]
    assert "caller_name" not in row
    assert row["entered_at"] is None
    assert row["caller_number"] == "+98"


def test_that_durations_are_seconds_and_times_end_in_z() -> None:
    snapshot = Snapshot(
        as_of=NOON,
        queues={
            key: Queue(queue_id=key, name=key, target=timedelta(seconds=target))  # type: ignore[arg-type, misc]
            for key, target in (("a", 20), ("b", 20.5))
        },
    )
    body = json.loads(whole(snapshot))
    assert body["as_of"] == "2026-11-22T12:00:00Z"
    assert [row["target"] for row in body["queues"]] == [20, 20.5]


def test_that_half_a_surrogate_pair_in_a_name_costs_only_that_letter() -> None:
    snapshot = Snapshot(
        as_of=NOON,
        queues={"q": Queue(queue_id="q", name="a\ud800b")},  # type: ignore[dict-item, arg-type]
    )
    assert PictureReader().read(whole(snapshot)).snapshot.queues["q"].name == "a�b"  # type: ignore[index]


@pytest.mark.parametrize(
    ("row", "unknown"),
    [
        (agent("a", state="dancing"), {"state": AgentState.UNKNOWN}),
        (agent("a", state=7), {"state": AgentState.UNKNOWN}),
        (agent("a", state_since="2026-11-22T12:00:00"), {}),
        (agent("a", state_since="3026-11-22T12:00:00Z"), {}),
        (agent("a", state_since=1795348800), {}),
        (agent("a", state_since=True), {}),
        (agent("a", reason=["lunch"]), {}),
        (agent("a", call_id=""), {}),
        (agent("a", name=7), {"name": "a"}),
    ],
)
def test_that_a_field_that_cannot_be_read_is_unknown_and_counted(
    row: dict[str, object], unknown: dict[str, object]
) -> None:
    taken = PictureReader().read(told(agents=[row]))
    fine = Agent(agent_id="a", name="A", state=AgentState.FREE)  # type: ignore[arg-type]
    assert list(taken.snapshot.agents.values()) == [replace(fine, **unknown)]  # type: ignore[arg-type]
    assert taken.ignored == 1
    assert not taken.clean


@pytest.mark.parametrize("target", [-1, True, "20", 1e300, 30 * 86_400 + 1, [], {}, "PT20S"])
def test_that_a_target_out_of_range_is_unknown_and_counted(target: object) -> None:
    taken = PictureReader().read(told(queues=[{"queue_id": "q", "target": target}]))
    assert taken.snapshot.queues["q"].target is None  # type: ignore[index]
    assert taken.ignored == 1


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_that_what_is_no_number_costs_one_field_and_not_the_picture(number: str) -> None:
    body = told(queues=[{"queue_id": "q", "name": "Sales", "target": 1234}])
    taken = PictureReader().read(body.replace(b"1234", number.encode()))
    assert taken.snapshot.queues["q"] == Queue(queue_id="q", name="Sales")  # type: ignore[index, arg-type]
    assert taken.ignored == 1


@pytest.mark.parametrize("place", [b'"agents": []', b'"gone": {}', b'"since": "v1"'])
def test_that_what_is_no_number_in_place_of_a_list_refuses_the_picture(place: bytes) -> None:
    body = told(agents=[], gone={}, since="v1")
    reader = PictureReader()
    reader.read(told())
    name = place.partition(b":")[0]
    with pytest.raises(SourceUnreadable):
        reader.read(body.replace(place, name + b": NaN"))


@pytest.mark.parametrize(
    "row",
    [
        agent(""),
        agent("x" * 513),
        agent("x", queues="q"),
        agent("x", queues=["q", 7]),
        {"name": "nobody"},
        "agent",
        None,
        ["a"],
    ],
)
def test_that_a_row_without_what_it_needs_is_dropped_counted_and_bars_changes(row: object) -> None:
    reader = PictureReader()
    good = [agent(f"a{number}") for number in range(9)]
    taken = reader.read(told(agents=[*good, row]))
    assert len(taken.snapshot.agents) == 9
    assert taken.ignored == 1
    assert taken.version is None
    assert reader.version is None
    assert reader.read(told(agents=good)).version == "v1"


def test_that_a_call_whose_answer_cannot_be_read_does_not_become_one_who_waits() -> None:
    good = [{"call_id": f"c{number}", "queue_id": "q"} for number in range(9)]
    bad = {"call_id": "bad", "queue_id": "q", "answered_at": "at noon"}
    taken = PictureReader().read(told(calls=[*good, bad]))
    assert "bad" not in taken.snapshot.calls
    assert taken.ignored == 1


def test_that_a_picture_of_which_more_than_a_fifth_cannot_be_read_is_refused() -> None:
    def rows(bad: int) -> bytes:
        return told(agents=[agent(f"a{n}" if n >= bad else "") for n in range(10)])

    assert PictureReader().read(rows(2)).ignored == 2
    with pytest.raises(SourceUnreadable) as caught:
        PictureReader().read(rows(3))
    assert caught.value.fault.kind is FaultKind.BAD_DATA


@pytest.mark.parametrize(("kind", "most"), [("queue", 2_000), ("agent", 10_000), ("call", 20_000)])
def test_that_more_rows_than_any_call_center_has_are_refused(kind: str, most: int) -> None:
    def rows(count: int) -> dict[str, object]:
        return {f"{kind}s": [{f"{kind}_id": str(n), "queue_id": str(n)} for n in range(count)]}

    reader = PictureReader()
    assert len(getattr(reader.read(told(**rows(most))).snapshot, f"{kind}s")) == most
    with pytest.raises(SourceUnreadable):
        PictureReader().read(told(**rows(most + 1)))
    more = {f"{kind}s": [{f"{kind}_id": "more", "queue_id": "more"}]}
    with pytest.raises(SourceUnreadable):
        reader.read(told(since="v1", **more))


@pytest.mark.parametrize(
    "change",
    [
        {"since": "v0"},
        {"since": 7},
        {"since": "v1", "agents": [agent("b"), agent("b")]},
        {"since": "v1", "agents": [agent("a")], "gone": {"agents": ["a"]}},
        {"since": "v1", "agents": [{"state": "free"}]},
        {"since": "v1", "agents": [7]},
        {"since": "v1", "gone": {"agents": [7]}},
        {"since": "v1", "gone": []},
        {"since": "v1", "agents": None},
    ],
)
def test_that_a_change_that_may_mean_another_picture_is_refused_and_the_next_must_be_whole(
    change: dict[str, object],
) -> None:
    reader = PictureReader()
    reader.read(told(agents=[agent("a")]))
    with pytest.raises(SourceUnreadable):
        reader.read(told(**change))
    assert reader.version is None
    with pytest.raises(SourceUnreadable):
        reader.read(told(since="v1"))
    assert list(reader.read(told(agents=[agent("b")])).snapshot.agents) == ["b"]


def test_that_a_row_that_becomes_unreadable_in_a_change_is_not_shown_as_it_was() -> None:
    reader = PictureReader()
    reader.read(told(agents=[agent(f"a{number}") for number in range(9)]))
    taken = reader.read(told(since="v1", agents=[agent("a3", queues=7)]))
    assert "a3" not in taken.snapshot.agents
    assert len(taken.snapshot.agents) == 8
    assert taken.ignored == 1
    assert reader.version is None


def test_that_an_unreadable_field_is_counted_until_its_row_is_told_anew_or_goes() -> None:
    reader = PictureReader()
    bad = [agent("a", reason=7), agent("b", reason=7), agent("c")]
    assert reader.read(told(agents=bad)).ignored == 2
    assert reader.read(told(agents=bad)).ignored == 2
    assert reader.read(told(since="v1", agents=[agent("c", name="D")])).ignored == 2
    assert reader.read(told(since="v1", agents=[agent("a")])).ignored == 1
    assert reader.read(told(since="v1", gone={"agents": ["b"]})).ignored == 0
    assert reader.read(told(agents=bad)).ignored == 2


def test_that_a_later_time_renews_the_picture_and_its_version_still_holds() -> None:
    reader = PictureReader()
    with pytest.raises(SourceUnreadable):
        reader.renew(NOON)
    first = reader.read(told(agents=[agent("a")]))
    later = NOON + timedelta(seconds=2)
    renewed = reader.renew(later)
    assert renewed == replace(
        first,
        snapshot=replace(first.snapshot, as_of=later),
        since=first.snapshot,
        change=SnapshotChange(as_of=later),
    )
    assert renewed.snapshot.agents is first.snapshot.agents
    assert reader.read(told(since="v1", agents=[agent("b")])).snapshot.agents.keys() == {"a", "b"}


def test_that_a_reader_that_forgot_wants_the_whole() -> None:
    reader = PictureReader()
    reader.read(told(agents=[agent("a")]))
    reader.forget()
    assert reader.version is None
    with pytest.raises(SourceUnreadable):
        reader.read(told(since="v1"))
    with pytest.raises(SourceUnreadable):
        reader.renew(NOON)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"<html>",
        b'{"as_of": "2026-11-22T12:00:00"}',
        b'{"as_of": "1969-12-31T23:59:59Z"}',
        b'{"as_of": 1795348800}',
        b'{"as_of": NaN}',
        b'{"as_of": "2026-11-22T12:00:00Z", "agents": {}}',
        b'{"as_of": "2026-11-22T12:00:00Z", "x": ' + b"[" * 100_000,
        b'{"as_of": "2026-11-22T12:00:00Z", "x": NaN, "y": ' + b"[" * 100_000,
        b'{"as_of": "2026-11-22T12:00:00Z", "x": NaN, "y": ' + b"7" * 5_000 + b"}",
        b'{"as_of": "2026-11-22T12:00:00Z"',
        b"\xff\xfe",
    ],
)
def test_that_what_is_no_picture_is_refused(body: bytes) -> None:
    with pytest.raises(SourceUnreadable) as caught:
        PictureReader().read(body)
    assert caught.value.fault.kind is FaultKind.BAD_DATA


def test_that_a_byte_order_mark_and_unknown_fields_do_not_matter() -> None:
    body = b"\xef\xbb\xbf" + told(agents=[agent("a", shoe_size=[43])], weather={"sun": None})
    assert PictureReader().read(body).clean


@pytest.mark.parametrize(
    ("source", "word", "ignored"),
    [
        (None, None, 0),
        ({"state": "live", "fault": None}, LIVE, 0),
        ({"state": "asleep"}, SourceWord(state="asleep"), 0),
        (
            {"state": "stale", "fault": {"kind": "lost", "details": {"host": "pbx"}}},
            SourceWord(state="stale", fault=fault(FaultKind.LOST, host="pbx")),
            0,
        ),
        (
            {"state": "stale", "fault": {"kind": "eaten", "details": {}}},
            SourceWord(state="stale", fault=fault(FaultKind.SERVER_ERROR, said="eaten")),
            0,
        ),
        ({"state": 7}, None, 1),
        ("live", None, 1),
    ],
)
def test_that_the_word_on_the_source_is_read_or_counted(
    source: object, word: SourceWord | None, ignored: int
) -> None:
    taken = PictureReader().read(told(source=source))
    assert taken.source == word
    assert taken.ignored == ignored


def test_that_notices_of_unknown_kinds_are_skipped_and_unreadable_ones_counted() -> None:
    notices = [{"kind": "restarted", "details": {"at": "noon"}}, {"kind": "eclipse"}]
    taken = PictureReader().read(told(notices=notices))
    assert taken.notices == (fault(FaultKind.RESTARTED, at="noon"),)
    assert taken.clean
    assert PictureReader().read(told(notices=[{"details": 7}])).ignored == 1


@given(texts)
def test_that_a_long_name_is_cut_and_a_short_one_is_not(name: str) -> None:
    def read(name: str) -> str:
        taken = PictureReader().read(told(agents=[agent("a", name=name)]))
        return next(iter(taken.snapshot.agents.values())).name

    assert read(name) == name
    cut = read("y" * 600 + name)
    assert len(cut) == 512
    assert cut.endswith("…")
