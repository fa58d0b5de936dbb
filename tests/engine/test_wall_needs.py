"""What a board asks of its wall: pages, the alert to be looked at, and how dark it may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from support.alerted import Watched, wait_rule, watched
from support.boards import Scene as Center
from support.boards import scene as center

from wallboard.domain.alert import (
    AlertWish,
    Condition,
    Deed,
    Limits,
    Rule,
    RuleId,
    Rules,
    SubjectKind,
)
from wallboard.domain.clock import Moment
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.measuring import Measuring, Shift, WorkPlan
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState, QueueId
from wallboard.domain.walls import Naming, Scene, SceneKind, Wall
from wallboard.engine.board import Board
from wallboard.engine.crew import Crew
from wallboard.engine.wall_figures import (
    SHOWABLE,
    USUAL_HEROES,
    counts_of,
    heroes_of,
    readings_of,
    tiles_of,
)
from wallboard.engine.wall_lost import lost_of, quarters_of
from wallboard.engine.wall_needs import (
    BLACK,
    NEAR,
    Room,
    critical_count,
    needs_of,
    pages_of,
    people_of,
    queues_of,
)
from wallboard.ui.wording import Wording

ROOM = Room(tiles=6, rows=4, states=10, cells=24)
EVERY = Wall(scenes=tuple(Scene(kind=kind, text="Lunch") for kind in SceneKind))
PLACES = {scene.kind: place for place, scene in enumerate(EVERY.scenes)}


@pytest.fixture(scope="module")
def made() -> Center:
    return center(minutes=70, queues=6)


def in_trouble(rules: Rules | None = None) -> Watched:
    every = watched(rules or Rules(rules=(wait_rule("w"),)), made=center(minutes=5))
    every.live(4)
    return every


def asked(every: Watched, wall: Wall = EVERY):  # noqa: ANN201 - needs, for short
    return needs_of(every.board, wall, ROOM, every.scene.clock.now())


def test_that_each_scene_has_the_pages_it_needs(made: Center) -> None:
    pages = needs_of(made.board, EVERY, ROOM, made.clock.now()).pages
    assert pages[PLACES[SceneKind.QUEUES]] == 2
    assert pages == (1, 2, 1, 1, 1, 1)


def test_that_an_empty_message_and_figures_nobody_may_see_have_no_page(made: Center) -> None:
    notice = fault(FaultKind.PART_NOT_TOLD, what="agents")
    board = replace(made.board, notices=(notice,))
    empty = Scene(kind=SceneKind.MESSAGE, text="  \n ")
    assert pages_of(made.board, EVERY, empty, ROOM) == 0
    assert pages_of(board, EVERY, Scene(kind=SceneKind.AGENTS), ROOM) == 0
    hidden = Scene(kind=SceneKind.OVERVIEW, tiles=("free", "in_call", "busy"))
    assert pages_of(board, EVERY, hidden, ROOM) == 0
    assert heroes_of(("free", "waiting"), board) == ("waiting",)


def test_that_a_site_without_queues_has_a_page_that_says_so() -> None:
    board = Board(name="x", zone=center(minutes=1).board.zone, poll=timedelta(seconds=2))
    assert pages_of(board, EVERY, Scene(kind=SceneKind.QUEUES), ROOM) == 1


def test_that_persons_have_pages_only_where_the_wall_may_name_them(made: Center) -> None:
    agents = Scene(kind=SceneKind.AGENTS)
    assert people_of(made.board, Wall(), agents) == ()
    naming = Wall(naming=Naming.FIRST)
    people = people_of(made.board, naming, agents)
    assert people == made.board.longest
    assert pages_of(made.board, naming, agents, ROOM) == 1 + -(-len(people) // ROOM.cells)
    of_one = people_of(made.board, naming, replace(agents, queues=("q0",)))
    assert of_one
    assert all("q0" in agent.queues for agent in of_one)


def test_that_a_critical_alert_of_a_queue_is_urgent_at_the_page_of_that_queue() -> None:
    told = asked(in_trouble())
    assert [each.firing[1] for each in told.urgent] == ["q0"]
    assert (told.urgent[0].scene, told.urgent[0].page) == (PLACES[SceneKind.QUEUES], 0)
    assert told.pinned == told.urgent[0].firing[:2]
    assert told.urgent[0].firing in told.standing


def test_that_an_alert_is_looked_for_in_a_scene_about_its_queue() -> None:
    every = in_trouble()
    others = Scene(kind=SceneKind.QUEUES, queues=("q1", "q2"))
    assert asked(every, Wall(scenes=(others,))).urgent[0].scene is None
    overview = Scene(kind=SceneKind.OVERVIEW)
    assert asked(every, Wall(scenes=(others, overview))).urgent[0].scene == 1
    message = Wall(scenes=(Scene(kind=SceneKind.MESSAGE, text="x"),))
    assert asked(every, message).urgent[0].scene is None


def test_that_an_alert_that_somebody_has_is_pinned_and_holds_nothing() -> None:
    every = in_trouble()
    key = every.board.alerts.rows[0].alert.key
    every.alerting.handle(AlertWish(deed=Deed.ACKNOWLEDGED, key=key, who="x"))
    every.live(1)
    told = asked(every)
    assert (told.urgent, told.pinned) == ((), key)


def test_that_a_shelved_alert_is_not_told_at_all() -> None:
    every = in_trouble()
    key = every.board.alerts.rows[0].alert.key
    every.alerting.handle(AlertWish(deed=Deed.SHELVED, key=key, who="x"))
    every.live(1)
    told = asked(every)
    assert (told.urgent, told.pinned, critical_count(every.board)) == ((), None, 0)


def test_that_a_warning_is_neither_urgent_nor_pinned() -> None:
    told = asked(in_trouble(Rules(rules=(wait_rule("w", warning=20, critical=9000),))))
    assert (told.urgent, told.pinned) == ((), None)
    assert len(told.standing) == 2


def test_that_while_nothing_is_heard_no_alert_is_urgent() -> None:
    every = in_trouble()
    every.scene.fail(fault(FaultKind.UNREACHABLE, host="192.0.2.7", port=1, reason="x"))
    every.silent(40)
    told = asked(every)
    assert (told.urgent, told.pinned) == ((), None)


def test_that_a_flood_of_alerts_is_pinned_and_does_not_make_the_wall_restless() -> None:
    every = in_trouble()
    board = replace(every.board, alerts=replace(every.board.alerts, flood=14))
    told = needs_of(board, EVERY, ROOM, every.scene.clock.now())
    assert told.urgent == ()
    assert told.pinned is not None


def test_that_an_alert_on_an_agent_is_looked_at_among_the_agents() -> None:
    rule = Rule(
        rule_id=RuleId("long"),
        name="Long",
        kind=SubjectKind.AGENT,
        conditions=(Condition(reading="on_break_for", limits=Limits(high_critical=1.0)),),
    )
    every = in_trouble(Rules(rules=(rule,)))
    told = asked(every)
    assert told.urgent
    assert {each.scene for each in told.urgent} == {PLACES[SceneKind.AGENTS]}


def test_that_queues_stand_worst_first_with_their_alerts_counted(made: Center) -> None:
    scene = Scene(kind=SceneKind.QUEUES)
    assert queues_of(made.board, scene) == made.board.order
    last = made.board.order[-1]
    marks = {SubjectKind.QUEUE: {last: Severity.CRITICAL}}
    board = replace(made.board, alerts=replace(made.board.alerts, marks=marks))
    assert queues_of(board, scene).index(last) <= 1
    assert set(queues_of(board, replace(scene, queues=("q1", "gone")))) == {"q1"}


# How dark it is

EIGHT_TO_FOUR = WorkPlan(shifts=(Shift(name="Day", begins=time(8), ends=time(16)),))


def dark_at(clock: time, wall: Wall, *, calls: bool = False, holiday: bool = False) -> int:
    made = center(minutes=1, queues=1)
    assert made.board.snapshot is not None
    local = datetime.combine(date(2026, 11, 23), clock, tzinfo=made.board.zone)
    then = local.astimezone(made.clock.wall.tzinfo)
    snapshot = replace(made.board.snapshot, as_of=then)
    if not calls:
        snapshot = replace(snapshot, calls={})
    rules = Rules(holidays=frozenset({local.date()} if holiday else ()))
    board = replace(
        made.board,
        snapshot=snapshot,
        measuring=Measuring(plan=EIGHT_TO_FOUR),
        alerts=replace(made.board.alerts, rules=rules),
    )
    now = made.clock.now()
    return needs_of(board, wall, ROOM, Moment(wall=then, steady_s=now.steady_s)).dark


def test_that_a_wall_is_dimmed_outside_of_shifts() -> None:
    wall = Wall(dim=30)
    assert dark_at(time(12), wall) == 0
    assert dark_at(time(16, 1), wall) == 30
    assert dark_at(time(3), wall) == 30


def test_that_a_closed_site_has_a_black_wall_if_it_wants_one() -> None:
    wall = Wall(dim=30, black_when_closed=True)
    after = (datetime.combine(date(2026, 1, 1), time(16)) + NEAR).time()
    assert dark_at(time(15, 59), wall) == 0
    assert dark_at(time(16, 30), wall) == 30
    assert dark_at(after.replace(minute=1), wall) == BLACK
    assert dark_at(time(7, 30), wall) == 30


def test_that_no_wall_is_black_while_callers_wait() -> None:
    assert dark_at(time(3), Wall(dim=30, black_when_closed=True), calls=True) == 30


def test_that_a_holiday_is_no_day_of_work() -> None:
    wall = Wall(dim=30, black_when_closed=True)
    assert dark_at(time(12), wall, holiday=True) == BLACK


def test_that_a_site_without_shifts_is_never_dimmed(made: Center) -> None:
    told = needs_of(made.board, Wall(black_when_closed=True), ROOM, made.clock.now())
    assert told.dark == 0


# Figures


@pytest.mark.parametrize("key", SHOWABLE)
def test_that_every_figure_is_known_and_has_a_name(made: Center, key: str) -> None:
    (reading,) = readings_of(made.board, (key,), (), made.clock.wall)
    assert Wording().kpi_name(key)
    of_one = readings_of(made.board, (key,), (QueueId("q0"),), made.clock.wall)[0]
    assert of_one.unit is reading.unit
    if key not in UNKNOWN_HERE:
        assert reading.value is not None


UNKNOWN_HERE = {"hold_avg", "hold_avg_held", "acw_avg", "aht", "ata", "rna_rate"}
"""The made-up calls tell nothing of these."""


def test_that_who_has_a_caller_on_hold_is_in_a_call_too(made: Center) -> None:
    told = made.board.snapshot
    assert told is not None
    counts = {AgentState.IN_CALL: 3, AgentState.ON_HOLD: 2, AgentState.RINGING: 1}
    board = replace(made.board, crew=Crew(site=counts))
    (in_call, busy) = readings_of(board, ("in_call", "busy"), (), made.clock.wall)
    assert (in_call.value, busy.value) == (5, 6)


def test_that_only_the_longest_wait_is_as_bad_as_the_site_waits(made: Center) -> None:
    site = replace(made.board.site, wait_severity=Severity.CRITICAL)
    board = replace(made.board, site=site)
    told = readings_of(board, ("waiting", "longest_wait", "free"), (), made.clock.wall)
    assert [each.severity for each in told] == [Severity.CALM, Severity.CRITICAL, Severity.CALM]


def test_that_the_figures_of_all_queues_are_those_of_the_site(made: Center) -> None:
    every = tuple(made.board.queues)
    keys = ("waiting", "longest_wait", "service_level", "offered", "abandon_rate")
    site = readings_of(made.board, keys, (), made.clock.wall)
    assert readings_of(made.board, keys, every, made.clock.wall) == site


def test_that_a_person_in_two_queues_counts_once(made: Center) -> None:
    every = frozenset(made.board.queues)
    whole = {state: n for state, n in counts_of(made.board, frozenset()).items() if n}
    assert counts_of(made.board, every) == whole
    assert sum(counts_of(made.board, frozenset({QueueId("q0")})).values()) < sum(whole.values())
    assert AgentState.FREE in whole


def test_that_figures_nobody_knows_give_way_to_the_usual_ones(made: Center) -> None:
    assert heroes_of((), made.board) == USUAL_HEROES
    assert heroes_of(("no_such", "asa"), made.board) == ("asa",)
    assert heroes_of(("no_such",), made.board) == USUAL_HEROES
    assert "no_such" not in tiles_of(("no_such", "aht"), made.board)


# Lost callers


def test_that_the_quarters_count_who_came_in_them_and_hung_up(made: Center) -> None:
    quarters = quarters_of(made.board)
    assert len(quarters) == 4
    assert all(quarter.begin % 15 == 0 for quarter in quarters)
    minutes = made.board.ledger.minutes
    first, last = quarters[0].begin, quarters[-1].begin + 15
    told = sum(sums.abandoned for at, sums in minutes.items() if first <= at < last)
    assert sum(quarter.lost for quarter in quarters) == told > 0
    of_one = quarters_of(made.board, (QueueId("q0"),))
    assert 0 < sum(quarter.lost for quarter in of_one) <= told


def test_that_the_present_quarter_is_told_from_its_first_minute_on(made: Center) -> None:
    now = made.board.trend.minute
    assert now is not None
    assert now % 15 == 0
    begins = [quarter.begin for quarter in quarters_of(made.board)]
    assert begins == [now - 45, now - 30, now - 15, now]


def test_that_a_quarter_nobody_watched_is_not_told_as_known() -> None:
    gap = center(minutes=70, gap=range(50, 56))
    assert not all(quarter.seen for quarter in quarters_of(gap.board))


def test_that_the_queue_that_lost_most_comes_first(made: Center) -> None:
    rows = lost_of(made.board)
    assert rows[0].queue_id == "q0"
    assert [row.lost for row in rows] == sorted((row.lost for row in rows), reverse=True)
    assert {row.queue_id for row in lost_of(made.board, (QueueId("q1"),))} <= {"q1"}


def test_that_before_the_first_picture_nothing_is_told_of_lost_callers(made: Center) -> None:
    empty = Board(name="x", zone=made.board.zone, poll=made.board.poll)
    assert quarters_of(empty) == ()
    assert lost_of(empty) == ()
