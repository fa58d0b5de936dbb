"""A picture of another system's answers keeps the promises of a source, whatever they lack."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.mappings import PLAIN, START, Watched, answer, epoch, live, mapping_with

from wallboard.domain.errors import SourceUnreadable
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.snapshot import AgentState
from wallboard.sources.rest.mapping import Mapped

SECOND = timedelta(seconds=1)


def facts(mapped: Mapped) -> dict[str, CallRecord]:
    return {fact.call_id: fact for fact in mapped.facts if isinstance(fact, CallRecord)}


def call(number: str = "c", queue: str = "q", **told: Any) -> dict[str, Any]:
    return {"id": number, "queue": queue, "came": epoch(-30), **told}


def person(number: str = "a", state: str = "Available", **told: Any) -> dict[str, Any]:
    return {"id": number, "name": number.upper(), "state": state, "in": ["q"], **told}


# --- What a look shows ---


def test_that_every_field_is_read() -> None:
    mapped = Watched().look(
        queues=[{"id": 7, "title": "Sales", "sla": 20}],
        people=[
            {
                "id": "sara",
                "name": "Sara",
                "state": "talking",
                "since": epoch(-10),
                "in": [7, 8],
                "call": "c1",
            },
            {"id": "ali", "state": "Lunch", "why": "food", "in": 7},
        ],
        calls=[
            call("c1", 7, answered=epoch(-10), **{"from": "+98", "agent": "sara"}),
            call("c2", 7),
        ],
    )
    queue = mapped.snapshot.queues["7"]
    assert (queue.name, queue.target) == ("Sales", 20 * SECOND)
    sara, ali = mapped.snapshot.agents["sara"], mapped.snapshot.agents["ali"]
    assert (sara.state, sara.call_id, sara.queues) == (AgentState.IN_CALL, "c1", ("7",))
    assert sara.state_since == START - 10 * SECOND
    assert (ali.name, ali.state, ali.reason) == ("ali", AgentState.ON_BREAK, "food")
    one, two = mapped.snapshot.calls["c1"], mapped.snapshot.calls["c2"]
    assert (one.caller_number, one.agent_id) == ("+98", "sara")
    assert one.answered_at == START - 10 * SECOND
    assert (two.entered_at, two.answered_at) == (START - 30 * SECOND, None)
    assert (mapped.ignored, mapped.troubles, mapped.facts) == (0, (), ())
    assert mapped.told == {"queues": 1, "agents": 2, "calls": 2}


def test_that_one_person_of_several_queues_is_one_agent() -> None:
    mapped = Watched().look(
        queues=[{"id": "q"}, {"id": "r"}],
        people=[person(), {**person(), "in": ["r"]}],
    )
    assert mapped.snapshot.agents["a"].queues == ("q", "r")
    assert mapped.ignored == 0


def test_that_a_word_nobody_explained_is_not_known_and_told() -> None:
    mapped = Watched().look(people=[person(state="Zen"), person("b", state="Zen2")])
    assert mapped.snapshot.agents["a"].state is AgentState.UNKNOWN
    (trouble,) = mapped.troubles
    assert (trouble.kind, trouble.place, trouble.count) == ("word", "agents.state", 2)
    assert trouble.examples == ("Zen", "Zen2")


def test_that_hostile_texts_are_cut_and_told_on_one_line() -> None:
    mapped = Watched().look(
        people=[person(name="x" * 10_000, state="<b>\n\u202e" + "y" * 10_000)],
        calls=[call("k" * 513), *[call(str(each)) for each in range(9)]],
    )
    assert len(mapped.snapshot.agents["a"].name) == 512
    assert mapped.ignored == 1, "a key is not cut: two might become one"
    for trouble in mapped.troubles:
        assert all(len(text) <= 60 and text.isprintable() for text in trouble.examples)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (rb'"Sa\ud83d"', "Sa\ufffd"),
        (rb'"\ud83d\ude00"', "\U0001f600"),
        (b'"\xe3\xc7"', "\ufffd\ufffd"),
        (b'"\xd8\xb3"', "\u0633"),
    ],
    ids=["half_a_letter", "a_whole_one", "an_old_alphabet", "persian"],
)
def test_that_one_broken_name_does_not_hide_the_call_center(name: bytes, shown: str) -> None:
    body = b'\xef\xbb\xbf{"queues": [{"id": 1, "title": %b}], "people": [], "calls": []}' % name
    (queue,) = mapping_with().picture({"live": [body]}, START).snapshot.queues.values()
    assert queue.name == shown


def test_that_a_broken_key_is_none() -> None:
    rows = b", ".join(b'{"id": %d}' % each for each in range(9))
    body = b'{"queues": [%b, {"id": "\xff"}], "people": [], "calls": []}' % rows
    assert mapping_with().picture({"live": [body]}, START).ignored == 1


@pytest.mark.parametrize(
    "told",
    [
        {"error": "not signed in"},
        {"queues": None, "people": [], "calls": []},
        {"queues": "none", "people": [], "calls": []},
        [],
        7,
    ],
)
def test_that_an_answer_without_its_lists_is_no_empty_call_center(told: Any) -> None:
    with pytest.raises(SourceUnreadable) as caught:
        mapping_with().picture({"live": [json.dumps(told).encode()]}, START)
    assert caught.value.fault.detail("place") == "queues"


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"\xff", b'{"a": NaN}', b"[" * 100_000])
def test_that_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(SourceUnreadable):
        mapping_with().picture({"live": [body]}, START)


def test_that_an_answer_most_of_whose_rows_cannot_be_read_is_refused() -> None:
    good = [call(str(each)) for each in range(8)]
    assert Watched().look(calls=[*good, {}, {}]).ignored == 2
    with pytest.raises(SourceUnreadable) as caught:
        Watched().look(calls=[*good, {}, {}, {"id": True}])
    fault = caught.value.fault
    assert (fault.detail("place"), fault.detail("count"), fault.detail("rows")) == (
        "calls", "3", "11"
    )  # fmt: skip
    assert "calls.call_id: True" in fault.detail("examples")


def test_that_what_is_missing_altogether_is_refused() -> None:
    with pytest.raises(SourceUnreadable):
        mapping_with().picture({}, START)


# --- What became of a call ---


def test_that_a_call_that_is_gone_has_an_unknown_ending_if_nobody_says_what_that_means() -> None:
    watched = Watched()
    watched.look(calls=[call("w"), call("t", answered=epoch(-10), agent="a")], people=[person()])
    after = watched.look()
    told = facts(after)
    assert (told["w"].ending, told["w"].wait) == (Ending.UNKNOWN, None)
    assert (told["t"].ending, told["t"].wait) == (Ending.ANSWERED, 20 * SECOND)
    assert told["t"].talk is None, "nobody said that it ended when it was gone"
    assert told["t"].agent_id == "a"
    assert after.snapshot.calls == {}
    assert watched.look().facts == ()


def test_that_the_author_can_say_what_it_means_that_a_call_is_gone() -> None:
    watched = Watched(
        mapping_with(PLAIN + '\n[calls.gone]\nwaiting = "abandoned"\ntalk = "measured"')
    )
    watched.look(calls=[call("w"), call("t", answered=epoch(-10))])
    told = facts(watched.look())
    assert (told["w"].ending, told["w"].wait) == (Ending.ABANDONED, 40 * SECOND)
    assert (told["t"].wait, told["t"].talk) == (20 * SECOND, 20 * SECOND)


def test_that_nothing_is_concluded_after_a_long_silence() -> None:
    watched = Watched(
        mapping_with(PLAIN + '\n[calls.gone]\nwaiting = "abandoned"\ntalk = "measured"')
    )
    watched.look(calls=[call("w"), call("t", answered=epoch(-10))])
    told = facts(watched.look(after=600))
    assert (told["w"].ending, told["w"].wait) == (Ending.UNKNOWN, None)
    assert (told["t"].ending, told["t"].talk) == (Ending.ANSWERED, None)


def test_that_a_call_that_is_missed_once_may_come_back() -> None:
    watched = Watched(mapping_with(PLAIN + '\n[calls.gone]\nwaiting = "abandoned"\nlooks = 2'))
    watched.look(calls=[call()])
    missed = watched.look()
    assert list(missed.snapshot.calls) == ["c"]
    assert watched.look(calls=[call()]).facts == ()
    watched.look()
    gone = facts(watched.look())["c"]
    assert gone.wait == 50 * SECOND, "he left when he was missed first"


def test_that_a_call_that_comes_back_after_it_was_told_is_a_new_visit() -> None:
    watched = Watched()
    watched.look(calls=[call()])
    assert list(facts(watched.look())) == ["c"]
    assert list(watched.look(calls=[call()]).snapshot.calls) == ["c~2"]
    assert list(watched.look(calls=[call()]).snapshot.calls) == ["c~2"]
    assert list(facts(watched.look())) == ["c~2"]


def test_that_a_call_that_goes_to_another_queue_has_left_the_first() -> None:
    queues = [{"id": "q"}, {"id": "r"}]
    watched = Watched()
    watched.look(queues=queues, calls=[call("w"), call("t", answered=epoch(-10))])
    moved = watched.look(queues=queues, calls=[call("w", "r"), call("t", "r", answered=epoch(-10))])
    told = facts(moved)
    assert (told["w"].ending, told["w"].queue_id) == (Ending.LEFT_OTHERWISE, "q")
    assert (told["t"].ending, told["t"].transferred) == (Ending.ANSWERED, True)
    assert {each.queue_id for each in moved.snapshot.calls.values()} == {"r"}
    assert set(moved.snapshot.calls) == {"w~2", "t~2"}


def test_that_a_call_of_no_queue_is_a_mistake_unless_there_are_others() -> None:
    calls = [call("mine"), *[call(str(each)) for each in range(8)], call("other", "private")]
    assert Watched().look(calls=calls).ignored == 1
    with_others = mapping_with(PLAIN + '\nother_queues = "skip"')
    mapped = Watched(with_others).look(calls=calls)
    assert (mapped.ignored, len(mapped.snapshot.calls)) == (0, 9)


def test_that_a_field_can_stay_as_it_was_when_it_is_not_told_any_more() -> None:
    kept = mapping_with(PLAIN + '\nkeep = ["queue_id", "entered_at", "caller_number"]')
    watched = Watched(kept)
    watched.look(calls=[call(**{"from": "+98"})])
    later = watched.look(calls=[{"id": "c", "queue": None, "answered": epoch(3)}])
    row = later.snapshot.calls["c"]
    assert (row.queue_id, row.caller_number) == ("q", "+98")
    assert (row.entered_at, row.answered_at) == (START - 30 * SECOND, START + 3 * SECOND)


STATES = (
    PLAIN
    + """
[calls.state]
path = "state"
words = { queued = "waiting", up = "talking", done = "over" }
"""
)


def test_that_who_talks_without_a_time_talks_since_he_was_first_seen_so() -> None:
    watched = Watched(mapping_with(STATES))
    watched.look(calls=[call(state="queued")])
    first = watched.look(calls=[call(state="up")])
    assert first.snapshot.calls["c"].answered_at == watched.now
    assert first.snapshot.calls["c"].entered_at == START - 30 * SECOND
    later = watched.look(calls=[call(state="up")])
    assert later.snapshot.calls["c"] is first.snapshot.calls["c"]


def test_that_who_was_never_seen_waiting_waited_for_a_time_that_is_not_known() -> None:
    watched = Watched(mapping_with(STATES))
    row = watched.look(calls=[call(state="up")]).snapshot.calls["c"]
    assert (row.entered_at, row.answered_at) == (None, watched.now)
    assert facts(watched.look(calls=[call(state="done")]))["c"].wait is None


def test_that_a_call_in_a_state_nobody_explained_is_left_out_or_stays_as_it_was() -> None:
    calls = [call(str(each), state="queued") for each in range(9)]
    watched = Watched(mapping_with(STATES))
    assert watched.look(calls=[*calls, call(state="?")]).ignored == 1
    watched.look(calls=[*calls, call(state="queued")])
    mapped = watched.look(calls=[*calls, call(state="?")])
    assert (mapped.ignored, mapped.facts, "c" in mapped.snapshot.calls) == (0, (), True)


AGES = PLAIN.replace('{ path = "came", unit = "epoch_s" }', '{ path = "waits", unit = "ago_s" }')


def test_that_a_time_that_is_told_by_its_age_does_not_tremble() -> None:
    watched = Watched(mapping_with(AGES))
    first = watched.look(calls=[call(waits=30)]).snapshot.calls["c"]
    assert first.entered_at == watched.now - 30 * SECOND
    second = watched.look(calls=[call(waits=36)]).snapshot.calls["c"]
    assert second is first
    moved = watched.look(calls=[call(waits=20)]).snapshot.calls["c"]
    assert moved.entered_at == watched.now - 20 * SECOND


# --- What the system tells of the end ---

ENDED = (
    PLAIN
    + """
[ended]
from = "live"
rows = "done"
call_id = "id"
queue_id = "queue"
entered_at = { path = "came", unit = "epoch_s" }
answered_at = { path = "answered", unit = "epoch_s" }
ended_at = { path = "left", unit = "epoch_s" }
wait = { path = "wait", unit = "ms" }
talk = { path = "talk", unit = "ms" }
hold = { path = "hold", unit = "ms" }
wrap_up = { path = "after", unit = "ms" }
agent_id = "agent"
contact = "contact"
missed_rings = "missed"
transferred = "moved"

[ended.ending]
path = "how"
words = { ok = "answered", hangup = "abandoned", full = "timed_out", odd = "unknown" }
"""
)


def done(number: str = "c", how: str = "ok", **told: Any) -> dict[str, Any]:
    return {"id": number, "queue": "q", "came": epoch(-60), "left": epoch(-5), "how": how, **told}


def test_that_a_call_that_the_system_tells_to_be_over_is_told_once_with_all_it_says() -> None:
    watched = Watched(mapping_with(ENDED))
    row = done(
        answered=epoch(-40), hold=3000, after=10_000, agent="a", contact=77, missed=2, moved=True
    )
    fact = facts(watched.look(done=[row]))["c"]
    assert fact.ending is Ending.ANSWERED
    assert (fact.wait, fact.talk, fact.hold) == (20 * SECOND, 35 * SECOND, 3 * SECOND)
    assert (fact.wrap_up, fact.missed_rings, fact.transferred) == (10 * SECOND, 2, True)
    assert (fact.agent_id, fact.contact) == ("a", "77")
    assert watched.look(done=[row]).facts == ()
    assert watched.look(done=[{**row, "talk": 9}]).facts == ()


def test_that_what_was_seen_of_a_call_completes_what_is_told_of_its_end() -> None:
    watched = Watched(mapping_with(ENDED))
    watched.look(
        people=[person()],
        calls=[call(answered=epoch(-10), agent="a", **{"from": "+98"})],
        done=[],
    )
    bare = {"id": "c", "how": "ok"}
    fact = facts(watched.look(people=[person()], done=[bare]))["c"]
    assert (fact.queue_id, fact.agent_id, fact.caller_number) == ("q", "a", "+98")
    assert (fact.entered_at, fact.wait) == (START - 30 * SECOND, 20 * SECOND)
    assert (fact.ended_at, fact.talk) == (watched.now, 20 * SECOND)


@pytest.mark.parametrize(
    ("row", "ended"),
    [
        pytest.param(done(how="hangup", left=epoch(-61)), -60, id="a_second_before_he_came"),
        pytest.param(
            {"id": "c", "queue": "q", "how": "hangup", "came": epoch(-5), "wait": 60_000},
            5, id="after_the_picture",
        ),
    ],
)  # fmt: skip
def test_that_no_visit_ends_before_it_began_or_after_it_is_told(
    row: dict[str, Any], ended: int
) -> None:
    fact = facts(Watched(mapping_with(ENDED)).look(done=[row]))["c"]
    assert fact.ended_at == START + ended * SECOND
    assert fact.wait is not None
    assert fact.entered_at + fact.wait <= fact.ended_at


def test_that_a_visit_that_ends_long_before_it_began_is_none() -> None:
    rows = [done(str(each)) for each in range(9)]
    mapped = Watched(mapping_with(ENDED)).look(done=[*rows, done(left=epoch(-90))])
    assert (mapped.ignored, len(mapped.facts)) == (1, 9)


def test_that_an_agent_who_tells_his_call_has_it_though_the_call_tells_nobody() -> None:
    watched = Watched()
    mapped = watched.look(
        people=[person(state="Talking", call="c"), person("b", "Talking", call="none")],
        calls=[call(answered=epoch(-10)), call("w")],
    )
    assert mapped.snapshot.calls["c"].agent_id == "a"
    assert mapped.snapshot.agents["a"].call_id == "c"
    assert mapped.snapshot.agents["b"].call_id is None
    assert mapped.snapshot.calls["w"].agent_id is None


def test_that_an_end_in_a_long_silence_has_no_talk() -> None:
    watched = Watched(mapping_with(ENDED))
    watched.look(calls=[call(answered=epoch(-10))], done=[])
    assert facts(watched.look(after=900, done=[{"id": "c", "how": "ok"}]))["c"].talk is None


def test_that_a_system_that_tells_ends_may_do_so_a_look_later() -> None:
    watched = Watched(mapping_with(ENDED))
    watched.look(calls=[call("late"), call("never")], done=[])
    missed = watched.look(done=[])
    assert missed.facts == ()
    assert set(missed.snapshot.calls) == {"late", "never"}
    told = facts(watched.look(done=[done("late", "hangup", came=epoch(-30), left=epoch(3))]))
    assert (told["late"].ending, told["late"].wait) == (Ending.ABANDONED, 33 * SECOND)
    assert told["never"].ending is Ending.UNKNOWN


def test_that_a_call_that_is_told_to_be_over_is_not_there_any_more() -> None:
    watched = Watched(mapping_with(ENDED))
    for _ in range(3):
        assert watched.look(calls=[call()], done=[done()]).snapshot.calls == {}


@pytest.mark.parametrize(
    ("row", "wait", "talk"),
    [
        pytest.param(done(wait=20_000, talk=30_000), 20, 30, id="spans_as_they_are_told"),
        pytest.param(done(wait=20_000), 20, 35, id="the_rest_is_talk"),
        pytest.param(done(wait=200_000), None, None, id="a_wait_longer_than_the_visit"),
        pytest.param(done(talk=200_000), None, None, id="a_talk_longer_than_the_visit"),
        pytest.param(done(answered=epoch(-90)), None, None, id="answered_before_he_came"),
        pytest.param(done(how="hangup", talk=9000), 55, None, id="no_talk_unless_answered"),
        pytest.param(done(how="odd", wait=9000), None, None, id="an_unknown_end_has_no_wait"),
        pytest.param(
            {"id": "c", "queue": "q", "how": "ok", "came": epoch(-60), "wait": 9000, "talk": 1000},
            9, 1, id="an_end_from_its_spans",
        ),
        pytest.param(
            {"id": "c", "queue": "q", "how": "hangup", "left": epoch(-60), "wait": 9000},
            9, None, id="a_beginning_from_its_spans",
        ),
    ],
)  # fmt: skip
def test_that_times_that_do_not_fit_are_not_known(
    row: dict[str, Any], wait: int | None, talk: int | None
) -> None:
    fact = facts(Watched(mapping_with(ENDED)).look(done=[row]))["c"]
    assert fact.wait == (None if wait is None else wait * SECOND)
    assert fact.talk == (None if talk is None else talk * SECOND)


# --- Rows that belong together ---

JOINED = """
mapping = 1
name = "Joined"

[asks.names]
path = "/names"
[asks.states]
path = "/states"

[[queues]]
from = "names"
rows = "queues"
queue_id = "id"
[[queues]]
from = "names"
rows = "older.queues"
queue_id = "nr"

[agents]
from = "names"
rows = ["queues", "people[]"]
where = "!(bot)"
agent_id = "id"
name = "state.display || id"
queues = "parent.id"
busy_from_calls = true
[agents.state]
path = "state.word"
words = { ready = "free" }
otherwise = "other"
[[agents.with]]
from = "states"
rows = "list"
key = "agent.id"
equals = "id"
as = "state"

[calls]
from = "states"
rows = "calls"
call_id = "id"
queue_id = "queue"
answered_at = { path = "up", unit = "epoch_s" }
agent_id = "agent"
"""


def test_that_rows_of_several_answers_are_put_together() -> None:
    names = answer(
        queues=[
            {"id": 1, "people": [{"id": "a"}, {"id": "b"}]},
            {"id": 2, "people": [{"id": "a"}, {"id": "c"}, {"id": "robot", "bot": True}]},
        ],
        older={"queues": {"nr": 3}},
    )
    states = answer(
        list=[
            {"agent": {"id": "a"}, "word": "ready", "display": "Ali"},
            {"agent": {"id": "b"}, "word": "Ready"},
        ],
        calls=[{"id": "x", "queue": 1, "up": epoch(-3), "agent": "a"}],
    )
    mapped = mapping_with(JOINED).picture({"names": [names], "states": [states]}, START)
    agents = mapped.snapshot.agents
    assert set(mapped.snapshot.queues) == {"1", "2", "3"}
    assert set(agents) == {"a", "b", "c"}
    assert (agents["a"].name, agents["a"].queues) == ("Ali", ("1", "2"))
    # A queue's call says more than a state.
    assert (agents["a"].state, agents["a"].call_id) == (AgentState.IN_CALL, "x")
    assert agents["a"].state_since == START - 3 * SECOND
    assert agents["b"].state is AgentState.FREE
    assert agents["c"].state is AgentState.OTHER


def test_that_since_when_somebody_is_in_a_state_is_seen_where_it_is_not_told() -> None:
    watched = Watched()
    assert watched.look(people=[person()]).snapshot.agents["a"].state_since is None
    assert watched.look(people=[person()]).snapshot.agents["a"].state_since is None
    changed = watched.look(people=[person(state="Lunch")])
    assert changed.snapshot.agents["a"].state_since == watched.now
    same = watched.look(people=[person(state="Lunch")])
    assert same.snapshot.agents["a"] is changed.snapshot.agents["a"]
    assert same.snapshot.agents is changed.snapshot.agents


# --- Sums ---

SUMS = """
mapping = 1
name = "Sums"
[asks.stats]
path = "/stats"
[queues]
from = "stats"
rows = "stats"
queue_id = "queue"
[counters]
from = "stats"
rows = "stats"
queue_id = "queue"
since = "midnight"
waiting = "waiting"
longest_wait = { path = "oldest", unit = "ms" }
offered = "calls"
talk = { path = "talk", unit = "s" }
"""


def test_that_counters_are_read_with_their_units_and_what_cannot_be_is_left_out() -> None:
    stats = [{"queue": 1, "waiting": 3, "oldest": 45_000, "calls": "80", "talk": -1}]
    mapping = mapping_with(SUMS)
    mapped = mapping.picture({"stats": [answer(stats=stats)]}, START)
    (reading,) = mapped.counters
    assert (reading.queue_id, reading.at) == ("1", START)
    assert reading.now == {"waiting": 3, "longest_wait": 45}
    assert reading.sums == {"offered": 80}, "a negative talk is none"
    assert mapped.snapshot.calls == {}


# --- The promises of a source, whatever happens ---


class Center:
    """A call center that goes its way, and whose API forgets, lags and repeats."""

    def __init__(self) -> None:
        self.now = 0.0
        self.calls: dict[str, dict[str, Any]] = {}
        self.done: list[dict[str, Any]] = []
        self.born = 0

    def step(self, what: str, which: int, seconds: float) -> None:
        self.now += seconds
        row = list(self.calls.values())[which % len(self.calls)] if self.calls else None
        at = epoch(self.now)
        if what == "come":
            self.born += 1
            number = f"c{self.born}"
            self.calls[number] = {"id": number, "queue": "qr"[which % 2], "came": at}
        elif row is None:
            return
        elif what == "answer":
            row |= {"answered": at, "agent": f"a{which % 3}"}
        elif what == "move":
            row["queue"] = "r"
        elif what == "end":
            del self.calls[row["id"]]
            how = "ok" if "answered" in row else "hangup"
            self.done.append({**row, "left": at, "how": how})

    def told(self, hidden: int, lag: int) -> dict[str, Any]:
        """Return an answer in which some calls are missing, and the last ends are not there yet."""
        return {
            "queues": [{"id": "q"}, {"id": "r", "sla": 20}],
            "people": [
                person(f"a{each}", "Talking" if each == hidden % 3 else "Available")
                for each in range(3)
            ],
            "calls": [
                self.told_of(row) for at, row in enumerate(self.calls.values()) if at != hidden
            ],
            "done": self.done[: len(self.done) - lag if lag else None],
        }

    def told_of(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a call as every mapping here can read it; its age is a little off."""
        state = "up" if "answered" in row else "queued"
        return {**row, "state": state, "waits": epoch(self.now) - row["came"] + len(self.calls) % 2}


WHAT = st.sampled_from(["come", "come", "answer", "answer", "move", "end", "end", "wait"])
STORY = st.lists(
    st.tuples(
        WHAT, st.integers(0, 20), st.sampled_from([0.0, 1.0, 5.0, 40.0, 400.0]),
        st.booleans(), st.integers(0, 30), st.integers(0, 2),
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=400)
@given(STORY, st.sampled_from([PLAIN, STATES, ENDED, AGES]), st.sampled_from(["", "looks = 3"]))
def test_that_the_promises_of_a_source_are_kept(
    story: list[tuple[str, int, float, bool, int, int]], text: str, gone: str
) -> None:
    watched = Watched(mapping_with(f"{text}\n[calls.gone]\n{gone}"))
    center = Center()
    before: Mapped | None = None
    told: dict[str, CallRecord] = {}
    for what, which, seconds, look, hidden, lag in story:
        center.step(what, which, seconds)
        if not look:
            continue
        watched.now = START + timedelta(seconds=center.now)
        mapped = watched.look_at(live(**copy.deepcopy(center.told(hidden, lag))))
        check_promises(before, mapped, told)
        before = mapped


def check_promises(before: Mapped | None, now: Mapped, told: dict[str, CallRecord]) -> None:
    snapshot, fresh = now.snapshot, facts(now)
    assert len(fresh) == len(now.facts)
    assert not told.keys() & fresh.keys(), "a fact is told once"
    told |= fresh
    assert not told.keys() & set(snapshot.calls), "who is over is not there any more"
    if before is not None:
        assert set(before.snapshot.calls) - set(snapshot.calls) <= fresh.keys()
        assert before.snapshot.as_of <= snapshot.as_of
        for kind in ("queues", "agents", "calls"):
            rows, old = getattr(snapshot, kind), getattr(before.snapshot, kind)
            assert all(row is old[key] for key, row in rows.items() if old.get(key) == row)
    for call_id, row in snapshot.calls.items():
        assert row.call_id == call_id
        assert row.queue_id in snapshot.queues
        assert row.agent_id is None or row.agent_id in snapshot.agents
        times = [at for at in (row.entered_at, row.answered_at, snapshot.as_of) if at is not None]
        assert times == sorted(times)
    for agent in snapshot.agents.values():
        assert set(agent.queues) <= set(snapshot.queues)
        assert agent.state_since is None or agent.state_since <= snapshot.as_of
        if agent.call_id is not None:
            assert agent.state in (AgentState.IN_CALL, AgentState.ON_HOLD)
            assert snapshot.calls[agent.call_id].agent_id == agent.agent_id
    for fact in fresh.values():
        check_fact(fact, snapshot.as_of)


def check_fact(fact: CallRecord, as_of: datetime) -> None:
    spans = [span for span in (fact.wait, fact.talk, fact.hold, fact.wrap_up) if span is not None]
    assert all(span >= timedelta() for span in spans)
    assert fact.entered_at <= fact.ended_at <= as_of
    assert fact.wait is None or fact.entered_at + fact.wait <= fact.ended_at
    if fact.ending is not Ending.ANSWERED:
        assert (fact.talk, fact.hold, fact.wrap_up, fact.transferred) == (None, None, None, False)
    if fact.ending is Ending.UNKNOWN:
        assert fact.wait is None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8) | st.sampled_from(["q", "Available", "Talking", "up", "ok", epoch(-3)]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)  # fmt: skip
NAMES = st.sampled_from(
    ["id", "queue", "came", "answered", "agent", "state", "in", "since", "how", "left", "wait"]
)
ROWS = st.lists(st.dictionaries(NAMES, VALUES, max_size=6) | VALUES, max_size=3)
GOOD = {
    "people": [person(f"good{each}") for each in range(15)],
    "calls": [call(f"good{each}") for each in range(15)],
    "done": [done(f"over{each}") for each in range(15)],
}


@settings(max_examples=120)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(GOOD, ROWS)), max_size=4))
def test_that_no_row_breaks_a_promise_or_the_program(answers: list[dict[str, Any]]) -> None:
    """So few rows are not those of a mapping that does not fit."""
    watched = Watched(mapping_with(ENDED))
    before: Mapped | None = None
    told: dict[str, CallRecord] = {}
    for each in answers:
        watched.now += 5 * SECOND
        rows = {kind: [*bad, *GOOD[kind]] for kind, bad in each.items()}
        mapped = watched.look_at(live(**rows))
        check_promises(before, mapped, told)
        assert {"good3", "good14"} <= set(mapped.snapshot.calls)
        before = mapped


def test_that_time_never_goes_back() -> None:
    watched = Watched()
    first = watched.look()
    assert watched.look(after=-3600).snapshot.as_of == first.snapshot.as_of


def test_that_the_system_s_own_time_is_used_where_it_is_told() -> None:
    own = mapping_with(PLAIN + '\n[as_of]\nfrom = "live"\npath = "now"\nunit = "epoch_s"')
    watched = Watched(own)
    assert watched.look(now=epoch(-7)).snapshot.as_of == START - 7 * SECOND
    assert watched.look(now=None).snapshot.as_of == watched.now
    assert START.tzinfo is UTC
