from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.kept_facts import (
    MORNING,
    SECOND,
    any_call,
    any_direct,
    any_spell,
    call,
    calls,
    directs,
    shuffled,
    spells,
)

from wallboard.domain.coverage import MinuteSample, Stretch, Witness
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Ending,
    Fact,
    FactId,
    merged,
)
from wallboard.domain.measuring import Measuring, QueueRule, Shift, WorkPlan
from wallboard.domain.snapshot import CallId, QueueId
from wallboard.storage.history import History, open_history
from wallboard.storage.reports import Kept
from wallboard.storage.rows import TOGETHER
from wallboard.storage.schema import SCHEMA

EVER = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
DAY = timedelta(days=1)
Opens = Callable[[], History]


def kept_calls(history: History) -> list[CallRecord]:
    return list(history.calls(*EVER))


def test_that_facts_come_back_equal_after_the_history_was_opened_again(opens: Opens) -> None:
    told: list[Fact] = [*calls(300), *spells(200), *directs(100)]
    first = opens()
    assert first.keep(told) == Kept(new=600)
    first.close()
    again = opens()
    assert kept_calls(again) == calls(300)
    assert sorted(again.spells(*EVER), key=lambda spell: int(spell.fact_id[6:])) == spells(200)
    assert list(again.directs(*EVER)) == directs(100)
    assert len(again) == 600
    assert set(again) == set(told)


@given(
    told=st.lists(
        any_call | any_spell | any_direct, max_size=4, unique_by=lambda fact: fact.fact_id
    )
)
@settings(max_examples=30)
def test_that_any_fact_comes_back_equal(told: list[Fact]) -> None:
    for fact in told:
        history = History.in_memory()
        history.keep([fact])
        match fact:
            case CallRecord():
                at, back = fact.entered_at, history.calls(*EVER)
                assert list(history.calls(at, at + timedelta(microseconds=1))) == [fact]
                assert list(history.calls(at + timedelta(microseconds=1), EVER[1])) == []
            case DirectCall():
                back = history.directs(*EVER)
            case AgentSpell():
                back = iter(history)
        assert list(back) == [fact]
        history.close()
    history = History.in_memory()
    history.keep(told)
    before = list(history)
    assert history.keep(told).new == 0
    assert list(history) == before
    history.close()


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\ud800", "\ufdd0", "\ufdd00000", "\\u0000", "'; --", "صف ۱", ""]
)
def test_that_hostile_texts_come_back_and_are_found_again(history: History, text: str) -> None:
    told = replace(
        call(1), queue_id=QueueId(text), fact_id=FactId(text), contact=text, caller_number=text
    )
    history.keep([told])
    assert kept_calls(history) == [told]
    assert list(history.calls(*EVER, queues={QueueId(text)})) == [told]
    assert list(history.calls(*EVER, queues={QueueId("no")})) == []
    assert history.keep([told, replace(told, fact_id=FactId("x"))]) == Kept(known=2)


@pytest.mark.parametrize(
    "text", ["a\x00b", "\ud800", "\ufdd0", "\\u0000", "a\r\nb\n", "\u2028\x85"]
)
def test_that_a_hostile_text_among_many_spoils_no_neighbour(history: History, text: str) -> None:
    told = calls(2 * TOGETHER + 7)
    for at in (0, TOGETHER - 1, TOGETHER + 3, 2 * TOGETHER + 2):
        told[at] = replace(told[at], caller_number=text, contact=f"{at}{text}")
    assert history.keep(told) == Kept(new=len(told))
    assert kept_calls(history) == told
    assert history.check().sound
    assert history.keep(told) == Kept(known=len(told))


def test_that_what_is_new_among_many_is_found(history: History) -> None:
    many = 2 * TOGETHER + 7
    history.keep(calls(many)[1::3])
    known = len(calls(many)[1::3])
    assert history.keep(calls(many)) == Kept(new=many - known, known=known)
    assert kept_calls(history) == calls(many)
    fewer = directs(many)[1::3]
    history.keep(fewer)
    assert history.keep(directs(many)) == Kept(new=many - len(fewer), known=len(fewer))
    assert list(history.directs(*EVER)) == directs(many)


@pytest.mark.parametrize("beside", [0, 2 * TOGETHER])
def test_that_two_witnesses_in_one_telling_are_recognised_among_strangers(
    history: History, beside: int
) -> None:
    one = call(1)
    other = replace(one, fact_id=FactId("another witness's"), agent_id=None, talk=None)
    strangers = calls(beside, first=50)
    assert history.keep([one, *strangers, other]) == Kept(new=1 + beside, known=1)
    assert kept_calls(history) == [one, *strangers]


def test_that_calls_a_quarter_of_an_hour_apart_are_recognised_by_their_contact(
    opens: Opens,
) -> None:
    told = calls(12, every=timedelta(minutes=15))
    first = opens()
    first.keep(told)
    first.close()
    history = opens()
    for one in told:
        other = replace(one, fact_id=FactId(f"other {one.fact_id}"))
        assert history.keep([other]) == Kept(known=1)
    assert kept_calls(history) == told


def test_that_a_fact_without_a_time_zone_is_a_mistake_and_nothing_is_kept(
    history: History,
) -> None:
    naive = replace(call(1), entered_at=MORNING.replace(tzinfo=None))
    with pytest.raises(TypeError):
        history.keep([call(0), naive])
    assert kept_calls(history) == []
    assert history.keep([call(0)]) == Kept(new=1)


def test_that_calls_come_in_order_of_arrival_whatever_the_order_they_were_told_in(
    history: History,
) -> None:
    told = calls(5000, every=timedelta(milliseconds=1))
    for at in range(0, 5000, 1000):
        history.keep(shuffled(told, 7)[at : at + 1000])
    assert kept_calls(history) == told
    begin, end = MORNING + 2 * SECOND, MORNING + 3 * SECOND
    assert list(history.calls(begin, end)) == told[2000:3000]


def test_that_many_calls_of_one_instant_are_all_read(history: History) -> None:
    told = [replace(call(number), entered_at=MORNING) for number in range(4500)]
    history.keep(told)
    assert {one.fact_id for one in history.calls(*EVER)} == {one.fact_id for one in told}
    assert len(kept_calls(history)) == 4500


def test_that_facts_may_be_kept_while_they_are_read(history: History) -> None:
    history.keep(calls(2500))
    seen = 0
    for _ in history.calls(*EVER):
        seen += 1
        if seen == 10:
            history.keep(calls(10, first=9000))
    assert seen == 2510


@pytest.mark.parametrize("count", [1, 3, 700])
def test_that_what_is_told_twice_is_kept_once(history: History, count: int) -> None:
    history.keep(calls(count))
    assert history.keep(calls(count)) == Kept(known=count)
    assert history.keep(calls(count + 2)) == Kept(new=2, known=count)
    assert kept_calls(history) == calls(count + 2)


def test_that_what_is_told_twice_at_once_is_kept_once(history: History) -> None:
    assert history.keep([*calls(5), *calls(5)]) == Kept(new=5, known=5)
    assert kept_calls(history) == calls(5)


def test_that_a_later_telling_fills_in_what_was_left_open(opens: Opens) -> None:
    told = call(1)
    seen_in_part = replace(told, talk=None, contact=None)
    history = opens()
    history.keep([seen_in_part, call(2)])
    assert history.keep([told]) == Kept(improved=1)
    assert kept_calls(history) == [merged(seen_in_part, told), call(2)]
    assert history.keep([told, seen_in_part]) == Kept(known=2)


@pytest.mark.parametrize("apart_s", [-2, -1, 0, 1, 2])
def test_that_a_second_witness_of_the_same_visit_is_recognised_by_its_contact(
    opens: Opens, apart_s: int
) -> None:
    live = replace(call(10), hold=None, caller_number=None)
    logged = replace(
        call(10),
        fact_id=FactId("log 10"),
        call_id=CallId("log 10"),
        entered_at=live.entered_at + apart_s * SECOND,
    )
    before = opens()
    before.keep([live])
    before.close()
    history = opens()
    assert history.keep([logged]) == Kept(improved=1)
    assert kept_calls(history) == [merged(live, logged)]
    assert history.keep([logged, live]) == Kept(known=2)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"entered_at": call(10).entered_at + 3 * SECOND}, id="later"),
        pytest.param({"queue_id": QueueId("another")}, id="in_another_queue"),
        pytest.param({"contact": "another"}, id="of_another_contact"),
        pytest.param({"contact": None}, id="of_nobody_knows_which_contact"),
    ],
)
def test_that_another_visit_is_another_call(history: History, change: dict[str, object]) -> None:
    other = replace(call(10), fact_id=FactId("other"), **change)  # type: ignore[arg-type]
    history.keep([call(10)])
    assert history.keep([other]) == Kept(new=1)
    assert history.keep([other, call(10)]) == Kept(known=2)


def test_that_a_name_and_a_contact_that_meet_make_one_of_two_rows(history: History) -> None:
    unseen = replace(call(1), ending=Ending.UNKNOWN, wait=None, talk=None, contact=None)
    logged = replace(call(1), fact_id=FactId("log"))
    history.keep([unseen])
    history.keep([logged])
    assert len(history) == 2
    assert history.keep([replace(unseen, contact=logged.contact)]) == Kept(improved=0, known=1)
    assert [one.fact_id for one in history.calls(*EVER)] == ["log"]


def test_that_importing_in_any_parts_and_order_keeps_the_same_calls(history: History) -> None:
    live = calls(300, every=timedelta(minutes=7))
    logged = [replace(one, fact_id=FactId(f"log {one.fact_id}")) for one in live]
    history.keep(live[:200])
    for at in range(0, 300, 37):
        history.keep(shuffled(logged, 3)[at : at + 37])
    assert len(history) == 300
    assert [one.contact for one in history.calls(*EVER)] == [one.contact for one in live]


def test_that_spells_of_one_state_that_overlap_become_one(history: History) -> None:
    (first,) = spells(1)
    minute = timedelta(minutes=1)
    history.keep([first])
    longer = replace(first, fact_id=FactId("log"), ended_at=first.ended_at + minute)
    assert history.keep([longer]) == Kept(improved=1)
    assert list(history.spells(*EVER)) == [replace(first, ended_at=longer.ended_at)]
    inside = [
        replace(
            first,
            fact_id=FactId(f"part {at}"),
            began_at=first.began_at + at * SECOND,
            ended_at=first.began_at + (at + 5) * SECOND,
        )
        for at in (5, 20, 40)
    ]
    assert history.keep(inside) == Kept(known=3)
    apart = replace(
        first,
        fact_id=FactId("apart"),
        began_at=longer.ended_at + minute,
        ended_at=longer.ended_at + 2 * minute,
    )
    assert history.keep([apart]) == Kept(new=1)
    bridge = replace(first, fact_id=FactId("bridge"), ended_at=apart.ended_at)
    assert history.keep([bridge]) == Kept(improved=1)
    assert list(history.spells(*EVER)) == [replace(first, ended_at=apart.ended_at)]


def test_that_a_break_of_another_reason_stays_another(history: History) -> None:
    lunch = replace(spells(4, agents=1)[3], reason="lunch")
    meeting = replace(
        lunch,
        fact_id=FactId("m"),
        began_at=lunch.ended_at - SECOND,
        ended_at=lunch.ended_at + timedelta(minutes=9),
        reason="meeting",
    )
    assert history.keep([lunch, meeting]).new == 2
    untold = replace(lunch, fact_id=FactId("u"), reason=None)
    assert history.keep([untold]) == Kept(known=1)


def test_that_a_spell_is_found_by_any_part_of_it(history: History) -> None:
    long = replace(spells(1)[0], ended_at=MORNING + 30 * DAY)
    history.keep([long, *spells(40)[1:]])
    noon = MORNING + timedelta(days=20)
    assert list(history.spells(noon, noon + SECOND)) == [long]
    assert list(history.spells(MORNING + 30 * DAY, MORNING + 31 * DAY)) == []
    assert list(history.spells(MORNING - DAY, MORNING)) == []


def test_that_a_call_without_a_queue_learns_what_was_left_open(history: History) -> None:
    (told,) = directs(1)
    history.keep([replace(told, far_number=None)])
    assert history.keep([told]) == Kept(improved=1)
    assert list(history.directs(*EVER)) == [told]


def test_that_a_sample_takes_the_place_of_the_one_before(history: History) -> None:
    queue = QueueId("q")
    told = [
        MinuteSample(minute=minute, queue_id=queue_id, readings={"waiting": minute, "x": None})
        for minute in range(3000)
        for queue_id in (None, queue)
    ]
    history.keep(samples=told)
    better = replace(told[11], readings={"waiting": 99.5})
    history.keep(samples=[better])
    assert list(history.samples(0, 3000)) == [*told[:11], better, *told[12:]]
    assert list(history.samples(5, 6)) == [told[10], better]


def test_that_watching_on_makes_one_stretch_longer(opens: Opens) -> None:
    history = opens()
    minute = timedelta(minutes=1)
    for number in range(60):
        begin = MORNING + number * minute
        history.keep(watched=Stretch(begin=begin, end=begin + minute))
    history.keep(watched=Stretch(begin=MORNING, end=MORNING + minute, witness=Witness.IMPORT))
    later = Stretch(begin=MORNING + 2 * DAY, end=MORNING + 3 * DAY)
    history.keep(watched=later)
    hour = Stretch(begin=MORNING, end=MORNING + 60 * minute)
    assert [one for one in history.stretches(*EVER) if one.witness is Witness.LIVE] == [hour, later]
    assert history.info().rows["stretches"] == 3
    gap = Stretch(begin=hour.end, end=later.begin)
    history.keep(watched=gap)
    live = [one for one in history.stretches(*EVER) if one.witness is Witness.LIVE]
    assert live == [Stretch(begin=hour.begin, end=later.end)]
    assert history.stretches(later.end, later.end + DAY) == ()


def test_that_placeholders_go_and_known_calls_stay(history: History) -> None:
    placeholder = CallRecord(
        fact_id=FactId("unseen@q0#0"),
        call_id=CallId("unseen@q0#0"),
        queue_id=QueueId("q0"),
        entered_at=MORNING,
        ended_at=MORNING,
        ending=Ending.UNKNOWN,
        target=20 * SECOND,
    )
    elsewhere = replace(placeholder, fact_id=FactId("u2"), queue_id=QueueId("q1"))
    later = replace(placeholder, fact_id=FactId("u3"), entered_at=MORNING + DAY)
    somebody = replace(placeholder, fact_id=FactId("u4"), caller_number="0912")
    history.keep([placeholder, elsewhere, later, somebody])
    assert history.drop_placeholders(MORNING, MORNING + DAY, [QueueId("q0")]) == 1
    left = {one.fact_id for one in history.calls(*EVER)}
    assert left == {"u2", "u3", "u4"}


def test_that_rules_are_kept_when_they_change(opens: Opens) -> None:
    history = opens()
    shift = Shift(name="شب", begins=MORNING.time(), ends=(MORNING + 8 * timedelta(hours=1)).time())
    changed = Measuring(
        by_queue={QueueId("q"): QueueRule(target=30 * SECOND)}, plan=WorkPlan(shifts=(shift,))
    )
    history.keep(rules=(MORNING, Measuring()))
    history.keep(rules=(MORNING + DAY, Measuring()))
    history.keep(rules=(MORNING + 2 * DAY, changed))
    assert history.rules() == ((MORNING, Measuring()), (MORNING + 2 * DAY, changed))


def test_that_what_is_written_together_is_kept_together_or_not_at_all(history: History) -> None:
    history.keep(calls(3))

    def broken_off() -> None:
        with history.together():
            history.keep(calls(9))
            history.keep(watched=Stretch(begin=MORNING, end=MORNING + DAY))
            assert len(history) == 9
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert len(history) == 3
    assert history.stretches(*EVER) == ()
    assert history.keep(calls(9)) == Kept(new=6, known=3)


def test_that_it_says_what_it_holds_and_that_all_is_well(opens: Opens) -> None:
    history = opens()
    history.keep([*calls(30), *spells(20), *directs(10)], samples=[MinuteSample(minute=1)])
    info = history.info()
    assert info.rows == {
        "calls": 30,
        "spells": 20,
        "directs": 10,
        "samples": 1,
        "stretches": 0,
        "rules": 0,
    }
    assert (info.first, info.last) == (MORNING, MORNING + 29 * SECOND)
    assert info.schema == SCHEMA
    assert info.size > 10_000
    assert info.engine.startswith(("SQLite 3.", "PostgreSQL "))
    assert "postgresql" in info.place or info.place.endswith("history.db")
    report = history.check()
    assert report.sound
    assert report.rows["calls"] == 30


def test_that_two_in_memory_know_nothing_of_each_other() -> None:
    one, other = open_history(), History.in_memory()
    one.keep(calls(3))
    assert (len(one), len(other)) == (3, 0)
    one.close()
    other.close()
