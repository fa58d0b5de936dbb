"""Reports of a history: equal to what `explain` and the board say, narrowed, masked, incomplete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.past_days import filled
from support.reports import SITE, reported, rows, settings_in, table, total

from wallboard.app.reporting import NobodyCalledThat, OnlySums, ReportStopped
from wallboard.domain.alert import AlertEvent, Deed, News, RuleId, Subject, SubjectKind
from wallboard.domain.arranging import CallerNumbers
from wallboard.domain.call_backs import CallBackNote
from wallboard.domain.coverage import Stretch, Witness, coverage_of
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Direction,
    Ending,
    FactId,
)
from wallboard.domain.measuring import LevelKind, LevelProfile, Measuring, stamped
from wallboard.domain.reporting import CellKind, Report, ReportKind
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentId, AgentState, CallId, QueueId
from wallboard.engine.explain import explain, sums_in
from wallboard.engine.kpi import KPI_BY_KEY, RollUp
from wallboard.engine.reporting_keys import LISTINGS, TABLES, WORDS
from wallboard.engine.windows import Window, range_window
from wallboard.settings.measures import QueueChoice
from wallboard.storage.alert_journal import keep_alerts
from wallboard.storage.call_back_notes import keep_note
from wallboard.storage.history import History

TEHRAN = ZoneInfo("Asia/Tehran")
BEGIN = datetime(2026, 11, 22, tzinfo=TEHRAN).astimezone(UTC)
END = BEGIN + timedelta(days=1)
NOW = END + timedelta(hours=9)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)
TODAY = range_window(BEGIN, END)
GAP = (BEGIN + 5 * HOUR, BEGIN + 6 * HOUR)
AT_SITE = settings_in("Asia/Tehran")


@pytest.fixture
def history() -> Iterator[History]:
    opened = History.in_memory()
    yield opened
    opened.close()


@pytest.fixture
def day(history: History) -> History:
    """A busy day, a week before it, and an hour in which nobody looked."""
    filled(history, BEGIN - timedelta(days=7), BEGIN - timedelta(days=6), busy=0.5, seed=5)
    filled(history, BEGIN, END, gaps=(GAP,), busy=1.0)
    history.keep(spells())
    return history


def spells() -> list[AgentSpell]:
    """Return two agents' day of ten hours, in rounds of twenty minutes."""
    rounds = (
        (AgentState.FREE, 5, None),
        (AgentState.RINGING, 1, None),
        (AgentState.IN_CALL, 8, None),
        (AgentState.RINGING, 1, None),
        (AgentState.ON_BREAK, 5, "Lunch"),
    )
    found = []
    for agent in ("a0", "a1"):
        at = BEGIN + 8 * HOUR
        for number in range(30 * len(rounds)):
            state, minutes, reason = rounds[number % len(rounds)]
            end = at + timedelta(minutes=minutes)
            found.append(
                AgentSpell(
                    fact_id=FactId(f"{agent} {number}"),
                    agent_id=AgentId(agent),
                    state=state,
                    began_at=at,
                    ended_at=end,
                    reason=reason,
                )
            )
            at = end
    return found


def report(history: History, kind: ReportKind, window: Window = TODAY, **more: Any) -> Report:
    at_site = more.pop("settings", AT_SITE)
    return reported(history, kind, window, more.pop("now", NOW), at_site, **more)


# The same as everybody else says


def figures_of(told: Report) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield what a row is of, and its figures."""
    for key in ("team", "queues", "queue_figures", "intervals", "interval_figures"):
        if any(each.key == key for each in told.tables):
            for row in rows(told, key):
                yield row, {name: cell for name, cell in row.items() if name in KPI_BY_KEY}


@pytest.mark.parametrize(
    "kind", [ReportKind.SHIFT, ReportKind.QUEUE, ReportKind.INTERVAL, ReportKind.CALLS]
)
def test_that_every_figure_is_the_one_that_is_explained(day: History, kind: ReportKind) -> None:
    records = [stamped(each, Measuring().usual) for each in day.calls(BEGIN, END)]
    agents = tuple(day.spells(BEGIN, END))
    told = report(day, kind)
    compared = 0
    for row, cells in figures_of(told):
        queue, since, until = row.get("queue"), row.get("begin"), row.get("end")
        window = TODAY
        if since is not None:
            window = range_window(since, until or since + 30 * timedelta(minutes=1))
        own = [each for each in records if queue in (None, each.queue_id)]
        sums = sums_in(own, window, spells=agents if queue is since is None else ())
        for key, cell in cells.items():
            expected = explain(key, sums, window=window).value
            if isinstance(cell, timedelta):
                assert expected is not None
                assert abs(cell - timedelta(seconds=expected)) <= MICROSECOND, key
            elif row.get("covered") != 0.0:
                assert cell == expected, key
            compared += 1
    assert compared > 5


def test_that_the_whole_is_the_sum_of_its_intervals(day: History) -> None:
    told = report(day, ReportKind.INTERVAL)
    whole = total(told, "interval_figures")
    parts = rows(told, "interval_figures")
    summed = [key for key, kpi in KPI_BY_KEY.items() if kpi.roll_up is RollUp.SUM and key in whole]
    assert len(summed) >= 6
    for key in summed:
        assert whole[key] == sum(row[key] for row in parts if row[key] is not None), key
    longest = max(row["max_wait"] for row in parts if row["max_wait"] is not None)
    assert whole["max_wait"] == longest
    by_queue = rows(told, "queue_intervals")
    assert sum(row["offered"] for row in by_queue) == whole["offered"]


endings = st.sampled_from(list(Ending))
waits = st.one_of(st.none(), st.integers(0, 400).map(lambda s: s * SECOND))


@st.composite
def some_calls(draw: st.DrawFn) -> list[CallRecord]:
    found = []
    for number in range(draw(st.integers(0, 25))):
        ending = draw(endings)
        wait = draw(waits)
        entered = BEGIN + draw(st.integers(0, 24 * 3600 - 1)) * SECOND
        talk = draw(waits) if ending is Ending.ANSWERED else None
        found.append(
            CallRecord(
                fact_id=FactId(f"f{number}"),
                call_id=CallId(f"c{number}"),
                queue_id=QueueId(f"q{draw(st.integers(0, 2))}"),
                entered_at=entered,
                ended_at=entered + (wait or 0 * SECOND) + (talk or 0 * SECOND),
                ending=ending,
                wait=wait,
                target=draw(st.sampled_from([None, 20 * SECOND])),
                short=5 * SECOND,
                talk=talk,
                agent_id=AgentId("a0") if ending is Ending.ANSWERED else None,
                caller_number=draw(st.sampled_from([None, "09121234567", "02188776655"])),
                missed_rings=draw(st.integers(0, 2)),
            )
        )
    return found


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some_calls(), st.sampled_from([15, 30, 60]), st.integers(0, 24 * 60), st.booleans())
def test_that_reports_of_any_calls_add_up(
    calls: list[CallRecord], minutes: int, until: int, watched: bool
) -> None:
    history = History.in_memory()
    try:
        history.keep(calls, watched=Stretch(begin=BEGIN, end=END) if watched else None)
        now = BEGIN + until * timedelta(minutes=1) + SECOND
        interval = timedelta(minutes=minutes)
        told = report(history, ReportKind.INTERVAL, now=now, interval=interval)
        arrived = [each for each in calls if each.entered_at < now]
        whole = total(told, "interval_figures")
        parts = rows(told, "interval_figures")
        if arrived or watched:
            assert whole["offered"] == len(arrived)
        else:
            assert whole["offered"] is None
        for key in ("offered", "answered", "abandoned", "flow_out", "unknown", "handled"):
            added = sum(row[key] for row in parts if row[key] is not None)
            assert (whole[key] or 0) == added, key
        level = whole["service_level"]
        assert level is None or 0 <= level <= 1
        queues = report(history, ReportKind.QUEUE, now=now)
        assert total(queues, "queue_figures")["offered"] == whole["offered"]
        assert total(queues, "queue_figures")["asa"] == whole["asa"]
    finally:
        history.close()


# What is not known


def test_that_an_hour_nobody_watched_is_a_gap_and_no_zero(day: History) -> None:
    told = report(day, ReportKind.INTERVAL, interval=HOUR)
    by_hour = {row["begin"]: row for row in rows(told, "interval_figures")}
    blind = by_hour[GAP[0]]
    assert blind["covered"] == 0.0
    assert {
        key: cell for key, cell in blind.items() if key in KPI_BY_KEY and cell is not None
    } == {}
    assert told.grounds.covered == pytest.approx(23 / 24)
    assert told.grounds.gaps == ((GAP[0].astimezone(TEHRAN), GAP[1].astimezone(TEHRAN)),)


def test_that_of_a_time_nobody_watched_everything_is_unknown(history: History) -> None:
    told = report(history, ReportKind.SHIFT)
    (team,) = rows(told, "team")
    assert set(team.values()) == {None}
    assert told.grounds.covered == 0.0
    assert rows(told, "gaps") == [{"begin": BEGIN, "end": END, "lasted": timedelta(days=1)}]


NOON = BEGIN + 12 * HOUR


def of_two_halves(history: History, witness: Witness | None, told: tuple[AgentSpell, ...]) -> None:
    """Keep a day whose afternoon was watched; of its morning the calls are known, and `told`."""
    filled(history, BEGIN, NOON, gaps=((BEGIN, NOON),))
    other = History.in_memory()
    filled(other, BEGIN, NOON, busy=1.0)
    morning = None if witness is None else Stretch(begin=BEGIN, end=NOON, witness=witness)
    history.keep([*other.calls(BEGIN, NOON), *told], watched=morning)
    other.close()
    filled(history, NOON, END, busy=1.0, seed=8)
    history.keep(there(NOON, END))


def there(begin: datetime, end: datetime) -> tuple[AgentSpell, ...]:
    """Return that all agents of `filled` were there."""
    return tuple(
        AgentSpell(
            fact_id=FactId(f"a{number} {begin}"),
            agent_id=AgentId(f"a{number}"),
            state=AgentState.FREE,
            began_at=begin,
            ended_at=end,
        )
        for number in range(40)
    )


@pytest.mark.parametrize("witness", [Witness.IMPORT, None], ids=["log", "nobody"])
def test_that_calls_are_not_divided_by_hours_of_another_time(
    history: History, witness: Witness | None
) -> None:
    of_two_halves(history, witness, ())
    told = report(history, ReportKind.SHIFT)
    (team,) = rows(told, "team")
    assert team["answered"] > 0
    assert team["cph"] is None
    assert team["occupancy"] is not None
    (afternoon,) = rows(report(history, ReportKind.SHIFT, range_window(NOON, END)), "team")
    assert afternoon["cph"] is not None
    taken = [row["cph"] for row in rows(told, "agents") if row["answered"]]
    assert taken
    assert set(taken) == {None}


def test_that_a_log_that_tells_hours_gives_calls_by_the_hour(history: History) -> None:
    of_two_halves(history, Witness.IMPORT, there(BEGIN, NOON))
    told = report(history, ReportKind.SHIFT)
    (team,) = rows(told, "team")
    assert team["cph"] == pytest.approx(team["answered"] / (40 * 24))
    agents = [row for row in rows(told, "agents") if row["answered"]]
    assert agents
    for row in agents:
        assert row["cph"] == pytest.approx(row["answered"] / 24)


def test_that_of_one_whose_hours_a_log_does_not_tell_only_the_calls_are_told(
    history: History,
) -> None:
    all_but_one = tuple(each for each in there(BEGIN, NOON) if each.agent_id != "a0")
    of_two_halves(history, Witness.IMPORT, all_but_one)
    by_agent = {row["agent"]: row for row in rows(report(history, ReportKind.SHIFT), "agents")}
    assert by_agent["a0"]["answered"] > 0
    assert by_agent["a0"]["cph"] is None
    assert by_agent["a1"]["cph"] is not None


def test_that_a_gap_takes_no_calls_by_the_hour_away(day: History) -> None:
    day.keep(there(BEGIN, GAP[0]) + there(GAP[1], END))
    (team,) = rows(report(day, ReportKind.SHIFT), "team")
    assert team["cph"] is not None


def test_that_queues_measured_differently_have_no_one_service_level(day: History) -> None:
    asterisk = QueueChoice(level=LevelProfile(kind=LevelKind.ASTERISK))
    mixed = settings_in("Asia/Tehran", queues={SITE: {QueueId("q0"): asterisk}})
    told = report(day, ReportKind.QUEUE, settings=mixed)
    assert total(told, "queue_figures")["service_level"] is None
    by_queue = {row["queue"]: row for row in rows(told, "queue_figures")}
    assert by_queue["q0"]["service_level"] is not None
    assert by_queue["q1"]["service_level"] is not None
    assert told.grounds.profile == (
        "kind=sl_asterisk target=source short=5s goal=0.80 queues=q0; "
        "kind=sl_offered target=source short=5s goal=0.80 queues=q1,q2"
    )


def test_that_a_running_window_ends_at_the_present(day: History) -> None:
    now = BEGIN + 10 * HOUR
    told = report(day, ReportKind.SHIFT, now=now)
    assert told.grounds.running
    assert told.grounds.end == now
    assert len(rows(told, "intervals")) == 20
    (team,) = rows(told, "team")
    assert team["offered"] == len(list(day.calls(BEGIN, now)))
    assert not report(day, ReportKind.SHIFT).grounds.running


# Narrowed


def test_that_a_report_of_one_queue_is_of_its_calls_and_of_nobodys_time(day: History) -> None:
    told = report(day, ReportKind.SHIFT, queues=("q1",))
    (team,) = rows(told, "team")
    assert team["offered"] == len(list(day.calls(BEGIN, END, queues={QueueId("q1")})))
    assert (team["occupancy"], team["cph"]) == (None, None)
    assert [row["queue"] for row in rows(told, "queues")] == ["q1"]
    assert told.grounds.chosen == (("queue", "q1"),)


def test_that_a_report_of_one_agent_says_nothing_of_calls_nobody_took(day: History) -> None:
    told = report(day, ReportKind.SHIFT, agents=("a0",))
    (team,) = rows(told, "team")
    taken = [call for call in day.calls(BEGIN, END) if call.agent_id == "a0"]
    assert team["answered"] == len(taken)
    assert (team["offered"], team["abandoned"], team["service_level"]) == (None, None, None)
    assert team["occupancy"] == pytest.approx(8 / 15)
    assert [row["agent"] for row in rows(told, "agents")] == ["a0"]


def test_that_a_group_is_its_queues_and_names_are_taken_for_ids(day: History) -> None:
    choices = {
        QueueId("q0"): QueueChoice(name="Sales", group="front"),
        QueueId("q1"): QueueChoice(name="Service", group="front"),
        QueueId("q2"): QueueChoice(hidden=True),
    }
    at_site = settings_in("Asia/Tehran", queues={SITE: choices})
    by_group = report(day, ReportKind.QUEUE, settings=at_site, groups=("front",))
    assert [row["queue"] for row in rows(by_group, "queue_figures")] == ["Sales", "Service"]
    by_name = report(day, ReportKind.QUEUE, settings=at_site, queues=("Sales",))
    by_id = report(day, ReportKind.QUEUE, settings=at_site, queues=("q0",))
    assert by_name.tables == by_id.tables
    everything = report(day, ReportKind.QUEUE, settings=at_site)
    assert [row["queue"] for row in rows(everything, "queue_figures")] == ["Sales", "Service"]
    assert everything.grounds.chosen == (("hidden", "q2"),)
    assert rows(everything, "groups")[0]["group"] == "front"
    hidden = report(day, ReportKind.QUEUE, settings=at_site, queues=("q2",))
    assert total(hidden, "queue_figures")["offered"] == len(
        list(day.calls(BEGIN, END, queues={QueueId("q2")}))
    )


@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("queue", {"queues": ("q9",)}),
        ("group", {"groups": ("back",)}),
        ("agent", {"agents": ("a99",)}),
    ],
)
def test_that_who_is_not_known_is_told(day: History, what: str, more: dict[str, Any]) -> None:
    with pytest.raises(NobodyCalledThat) as told:
        report(day, ReportKind.SHIFT, **more)
    assert told.value.what == what
    if what == "queue":
        assert told.value.known == ("q0", "q1", "q2")


def test_that_a_report_nobody_wants_any_more_ends(day: History) -> None:
    with pytest.raises(ReportStopped):
        report(day, ReportKind.SHIFT, stop=lambda: True)


# People


def test_that_a_time_sheet_tells_states_breaks_and_rings_in_vain(day: History) -> None:
    told = report(day, ReportKind.AGENT)
    figures = {row["agent"]: row for row in rows(told, "agent_figures")}
    # Of two rings of a round one is followed by a call, the other by a break.
    assert (figures["a0"]["missed"], figures["a1"]["missed"]) == (30, 30)
    assert figures["a0"]["logged_in"] == 10 * HOUR
    assert figures["a0"]["occupancy"] == pytest.approx(8 / 15)
    states = {row["agent"]: row for row in rows(told, "agent_states")}
    assert states["a0"]["on_break"] == 2.5 * HOUR
    assert states["a0"]["in_call"] == 4 * HOUR
    assert rows(told, "agent_breaks")[0] == {
        "agent": "a0",
        "break_reason": "Lunch",
        "times": 30,
        "lasted": 2.5 * HOUR,
    }
    sheet = [row for row in rows(told, "time_sheet") if row["agent"] == "a0"]
    assert len(sheet) == 150
    assert sum((row["lasted"] for row in sheet), timedelta()) == 10 * HOUR
    assert all(one["end"] == other["begin"] for one, other in pairwise(sheet))


def test_that_a_month_lists_no_days_of_everybody(day: History) -> None:
    month = range_window(BEGIN - timedelta(days=29), END)
    told = report(day, ReportKind.AGENT, month)
    assert "time_sheet" not in {each.key for each in told.tables}
    listed = report(day, ReportKind.AGENT, month, agents=("a0",))
    assert {row["agent"] for row in rows(listed, "time_sheet")} == {"a0"}


# Callers


def lost(number: str | None, hour: float, *, ending: Ending = Ending.ABANDONED) -> CallRecord:
    entered = BEGIN + hour * HOUR
    name = f"{number} {hour}"
    answered = ending is Ending.ANSWERED
    return CallRecord(
        fact_id=FactId(name),
        call_id=CallId(name),
        queue_id=QueueId("q0"),
        entered_at=entered,
        ended_at=entered + 60 * SECOND,
        ending=ending,
        wait=30 * SECOND,
        target=20 * SECOND,
        talk=30 * SECOND if answered else None,
        short=5 * SECOND,
        agent_id=AgentId("a0") if answered else None,
        caller_number=number,
    )


def test_that_lost_calls_are_open_until_the_caller_got_through(history: History) -> None:
    got_through = replace(
        lost("09121111111", 25, ending=Ending.ANSWERED), fact_id=FactId("next day")
    )
    history.keep(
        [
            lost("09121111111", 3),
            lost("09122222222", 4),
            lost("09122222222", 5),
            lost(None, 6),
            got_through,
        ],
        watched=Stretch(begin=BEGIN, end=NOW),
    )
    told = report(history, ReportKind.LOST)
    assert rows(told, "lost_summary") == [
        {"lost": 4, "open": 1, "recovered": 1, "withheld": 1, "recovered_share": 0.5}
    ]
    (open_one,) = rows(told, "call_backs")
    assert open_one["number"] == "0912•••2222"
    assert open_one["tries"] == 2
    assert total(told, "lost_queues")["lost"] == 4
    # When it was made, nobody had got through yet.
    early = report(history, ReportKind.LOST, now=BEGIN + 10 * HOUR)
    assert rows(early, "lost_summary")[0]["open"] == 2


def test_that_a_note_stands_by_the_calls_it_is_of(history: History) -> None:
    history.keep([lost("09121111111", 3), lost("09122222222", 3)])
    due = BEGIN + 11 * HOUR
    for number, hours in (("09121111111", 4), ("09122222222", 1)):
        at = BEGIN + hours * HOUR
        note = CallBackNote(number=number, at=at, text="asks for Sara", due_at=due)
        keep_note(history, note)
    told = {row["number"]: row for row in rows(report(history, ReportKind.LOST), "call_backs")}
    noted, old = told["0912•••1111"], told["0912•••2222"]
    assert (noted["note"], noted["due_at"]) == ("asks for Sara", due)
    # That one was of calls that he had lost before.
    assert old["note"] is None
    assert old["due_at"] == BEGIN + 3 * HOUR + 60 * SECOND + timedelta(minutes=30)


@pytest.mark.parametrize("manner", list(CallerNumbers))
def test_that_no_number_leaves_whole_unless_it_is_unmasked(
    history: History, manner: CallerNumbers
) -> None:
    numbers = [f"0912{number:07}" for number in range(1_234_567, 1_234_587)]
    history.keep([lost(number, 2 + place / 10) for place, number in enumerate(numbers)])
    at_site = settings_in("Asia/Tehran", caller_numbers=manner)
    for kind in ReportKind:
        told = report(history, kind, settings=at_site)
        assert told.grounds.masked
        text = repr(told)
        assert not [number for number in numbers if number in text], kind
    whole = report(history, ReportKind.CALLS, settings=at_site, unmasked=True)
    assert [row["number"] for row in rows(whole, "calls")] == numbers
    assert not whole.grounds.masked


def test_that_calls_of_both_directions_are_counted(history: History) -> None:
    def direct(number: int, direction: Direction, *, answered: bool) -> DirectCall:
        at = BEGIN + number * HOUR
        return DirectCall(
            fact_id=FactId(f"d{number}"),
            call_id=CallId(f"d{number}"),
            direction=direction,
            began_at=at,
            ended_at=at + 90 * SECOND,
            answered=answered,
            ring=10 * SECOND,
            talk=80 * SECOND if answered else None,
            agent_id=AgentId("a0"),
            far_number="02112345678",
        )

    history.keep(
        [
            direct(1, Direction.OUTGOING, answered=True),
            direct(2, Direction.OUTGOING, answered=False),
            direct(3, Direction.INCOMING, answered=True),
            lost("09121111111", 4, ending=Ending.ANSWERED),
        ],
        watched=Stretch(begin=BEGIN, end=NOW),
    )
    told = report(history, ReportKind.DIRECTIONS)
    by_way = {row["direction"]: row for row in rows(told, "directions")}
    assert by_way["queue"]["calls"] == 1
    assert by_way["outgoing"]["calls"] == 2
    assert by_way["outgoing"]["answered_share"] == 0.5
    assert by_way["outgoing"]["talk_mean"] == 80 * SECOND
    assert by_way["internal"]["calls"] == 0
    assert total(told, "direction_intervals")["outgoing"] == 2
    (agent,) = rows(told, "agent_directions")
    assert (agent["queue_calls"], agent["incoming"], agent["outgoing"]) == (1, 1, 2)
    assert agent["talk"] == 190 * SECOND
    # Calls without a queue are of no queue.
    narrowed = report(history, ReportKind.DIRECTIONS, queues=("q0",))
    assert {row["calls"] for row in rows(narrowed, "directions")} == {1, None}


# Beside other days


def test_that_a_day_stands_beside_its_weekday(day: History) -> None:
    told = report(day, ReportKind.WEEKDAY, interval=HOUR)
    days = rows(told, "weekdays")
    assert [row["day"].isoformat() for row in days] == [
        "2026-11-22",
        "2026-11-15",
        "2026-11-08",
        "2026-11-01",
        "2026-10-25",
    ]
    before = len(list(day.calls(BEGIN - timedelta(days=7), END - timedelta(days=7))))
    assert days[1]["offered"] == before
    assert [row["offered"] for row in days[2:]] == [None] * 3
    assert total(told, "weekdays")["offered"] == before
    hours = rows(told, "usual_intervals")
    assert sum(row["offered_usual"] for row in hours) == before
    noon = hours[12]
    earlier = report(
        day,
        ReportKind.INTERVAL,
        range_window(BEGIN - timedelta(days=7), END - timedelta(days=7)),
        interval=HOUR,
    )
    same = rows(earlier, "interval_figures")[12]
    assert noon["service_level_usual"] == same["service_level"]
    assert noon["asa_usual"] == same["asa"]


# Alerts


def event(news: News | None, minute: float, **more: Any) -> AlertEvent:
    fired = BEGIN + 10 * HOUR
    told: dict[str, Any] = {
        "event_id": f"{news} {more.get('deed')} {minute}",
        "at": fired + minute * timedelta(minutes=1),
        "news": news,
        "rule_id": RuleId("r1"),
        "subject": Subject("q0"),
        "rule_name": "Level",
        "subject_name": "Sales",
        "kind": SubjectKind.QUEUE,
        "severity": Severity.WARNING,
        "fired_at": fired,
    }
    return AlertEvent(**{**told, **more})


def test_that_a_breach_tells_who_took_it_and_how_long_it_lasted(day: History) -> None:
    keep_alerts(
        day,
        (),
        [
            event(News.FIRED, 0),
            event(News.WORSE, 2, severity=Severity.CRITICAL),
            event(None, 3, deed=Deed.ACKNOWLEDGED, who="karimi", reason="called in two"),
            event(News.OVER, 12, severity=Severity.CALM),
            event(News.FIRED, 0, event_id="other", subject=Subject("q1"), subject_name="q1"),
        ],
    )
    told = rows(report(day, ReportKind.SHIFT), "breaches")
    assert len(told) == 2
    breach = next(row for row in told if row["subject"] == "Sales")
    assert breach["severity"] == "critical"
    assert breach["lasted"] == timedelta(minutes=12)
    assert breach["handled_by"] == "karimi"
    assert breach["handled_at"] == BEGIN + 10 * HOUR + timedelta(minutes=3)
    assert breach["reason"] == "called in two"
    (narrowed,) = rows(report(day, ReportKind.SHIFT, queues=("q1",)), "breaches")
    assert narrowed["subject"] == "q1"
    assert narrowed["handled_by"] is None
    assert narrowed["lasted"] is None


# What is kept in sums only


def test_that_a_report_of_rolled_up_days_is_made_of_sums(day: History) -> None:
    before = {kind: report(day, kind) for kind in (ReportKind.QUEUE, ReportKind.AGENT)}
    day.compact(END + timedelta(days=3), keep=timedelta(hours=1))
    assert day.rolled_until is not None
    assert day.rolled_until >= END
    told = report(day, ReportKind.QUEUE)
    assert told.grounds.sums_before == day.rolled_until
    for key in ("queue_figures", "waits", "queue_waits", "intervals"):
        assert table(told, key) == table(before[ReportKind.QUEUE], key), key
    agents = report(day, ReportKind.AGENT)
    assert table(agents, "agent_states") == table(before[ReportKind.AGENT], "agent_states")
    for row, was in zip(
        rows(agents, "agent_figures"),
        rows(before[ReportKind.AGENT], "agent_figures"),
        strict=True,
    ):
        # How often a phone rang in vain, sums do not tell.
        assert row == {**was, "missed": None}
    assert rows(report(day, ReportKind.CALLS), "calls") == []
    shift = report(day, ReportKind.SHIFT)
    assert "call_backs" not in {each.key for each in shift.tables}
    with pytest.raises(OnlySums):
        report(day, ReportKind.SHIFT, agents=("a0",))
    assert rows(report(day, ReportKind.AGENT, agents=("a0",)), "agent_figures")[0] == {
        **rows(before[ReportKind.AGENT], "agent_figures")[0],
        "missed": None,
    }


def test_that_a_week_counted_by_the_database_is_what_its_days_say(history: History) -> None:
    first = BEGIN - timedelta(days=6)
    filled(history, first, END, busy=0.2)
    week = report(history, ReportKind.QUEUE, range_window(first, END))
    by_day = rows(week, "days")
    assert len(by_day) == 7
    for row in by_day:
        begin = datetime.combine(row["day"], datetime.min.time(), TEHRAN)
        one = report(history, ReportKind.QUEUE, range_window(begin, begin + timedelta(days=1)))
        whole = total(one, "queue_figures")
        for key in ("offered", "answered", "abandoned", "service_level", "asa"):
            assert row[key] == whole[key], key
        shift = report(history, ReportKind.SHIFT, range_window(begin, begin + timedelta(days=1)))
        assert row["aht"] == rows(shift, "team")[0]["aht"]
    hides = {QueueId("q2"): QueueChoice(hidden=True)}
    at_site = settings_in("Asia/Tehran", queues={SITE: hides})
    shown = report(history, ReportKind.QUEUE, range_window(first, END), settings=at_site)
    assert [row["queue"] for row in rows(shown, "queue_figures")] == ["q0", "q1"]
    agents = report(history, ReportKind.AGENT, range_window(first, END), settings=at_site)
    taken = [
        call
        for call in history.calls(first, END)
        if call.agent_id is not None and call.queue_id != "q2"
    ]
    assert total(agents, "agent_figures")["answered"] == len(taken)


# Its shape


CELLS: dict[CellKind, type] = {
    CellKind.TEXT: str,
    CellKind.WORD: str,
    CellKind.PHONE: str,
    CellKind.COUNT: int,
    CellKind.RATIO: float,
    CellKind.DURATION: timedelta,
    CellKind.INSTANT: datetime,
    CellKind.FIGURE: float,
    CellKind.DAY: date,
}


@pytest.mark.parametrize("kind", list(ReportKind))
def test_that_cells_are_of_their_columns_kind(day: History, kind: ReportKind) -> None:
    told = report(day, kind)
    keys = [each.key for each in told.tables]
    assert len(keys) == len(set(keys))
    assert set(keys) <= set(TABLES)
    for each in told.tables:
        assert {len(row) for row in (*each.rows, each.total or each.columns)} <= {len(each.columns)}
        cells = [
            (cell, column)
            for row in each.rows
            for cell, column in zip(row, each.columns, strict=True)
            if cell is not None
        ]
        for cell, column in cells:
            assert isinstance(cell, CELLS[column.kind]), (each.key, column.key)
            assert column.kind is not CellKind.WORD or cell in WORDS[column.key]
            assert not isinstance(cell, datetime) or cell.tzinfo is TEHRAN
    assert set(told.definitions) <= set(KPI_BY_KEY)


@pytest.mark.parametrize("kind", list(ReportKind))
def test_that_a_picture_is_of_columns_that_are_there(day: History, kind: ReportKind) -> None:
    told = report(day, kind)
    for chart in told.charts:
        columns = {column.key: column.kind for column in table(told, chart.table).columns}
        assert chart.along in columns
        assert len({columns[key] for key in chart.series}) == 1
        assert 1 <= len(chart.series) <= 4
    assert told.charts or kind in {ReportKind.CALLS, ReportKind.LOST}


def test_that_listings_are_tables() -> None:
    assert set(TABLES) >= LISTINGS


def test_that_the_grounds_say_what_a_report_rests_on(day: History) -> None:
    grounds = report(day, ReportKind.SHIFT).grounds
    assert (grounds.begin, grounds.end, grounds.made_at) == (BEGIN, END, NOW)
    assert grounds.begin.tzinfo is TEHRAN
    assert (grounds.site, grounds.zone) == (SITE, "Asia/Tehran")
    assert grounds.profile == "kind=sl_offered target=source short=5s goal=0.80"
    assert grounds.made_by
    stretches = day.stretches(BEGIN, END)
    assert grounds.covered == coverage_of(stretches, BEGIN, END).share
    assert grounds.journal_head == ""


# What a manager would sign


def test_that_the_paper_names_the_target_by_which_calls_were_counted(history: History) -> None:
    calls = [
        replace(lost(None, hour, ending=Ending.ANSWERED), wait=25 * SECOND, target=30 * SECOND)
        for hour in range(10)
    ]
    history.keep(calls, watched=Stretch(begin=BEGIN, end=NOW))
    now_stricter = settings_in(
        "Asia/Tehran",
        queues={SITE: {QueueId("q0"): QueueChoice(target=20 * SECOND)}},
    )
    told = report(history, ReportKind.QUEUE, settings=now_stricter)
    assert total(told, "queue_figures")["service_level"] == 1.0
    assert "target=30s" in told.grounds.profile
    assert "target=20s" not in told.grounds.profile


def test_that_of_one_queue_only_its_lost_calls_are_counted(history: History) -> None:
    elsewhere = [replace(lost("09121111111", at), queue_id=QueueId("q1")) for at in (4, 5)]
    history.keep(
        [lost("09121111111", 3), *elsewhere, lost("09122222222", 6)],
        watched=Stretch(begin=BEGIN, end=NOW),
    )
    told = report(history, ReportKind.LOST, queues=("q0",))
    assert rows(told, "lost_summary")[0]["lost"] == 2
    assert [row["queue"] for row in rows(told, "lost_queues")] == ["q0"]
    assert (
        total(report(history, ReportKind.QUEUE, queues=("q0",)), "queue_figures")["abandoned"] == 2
    )


def test_that_of_a_time_nobody_watched_no_direction_and_no_lost_call_is_nought(
    history: History,
) -> None:
    told = report(history, ReportKind.DIRECTIONS)
    assert {row["calls"] for row in rows(told, "directions")} == {None}
    assert total(told, "direction_intervals")["incoming"] is None
    assert rows(report(history, ReportKind.LOST), "lost_summary")[0]["lost"] is None
