"""The round of a wall: every page has its time, alerts interrupt it, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.campaign import size_of_campaign

from wallboard.domain.alert import RuleId, Subject
from wallboard.domain.clock import Moment
from wallboard.domain.walls import USUAL_SCENES, Scene, SceneKind, Wall
from wallboard.engine.wall_showing import (
    ENOUGH_S,
    HOLD_S,
    SHIFT,
    SHIFT_EVERY_S,
    Firing,
    Needs,
    Showing,
    Urgent,
    scenes_of,
    shown_at,
)

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
WALL = Wall(
    scenes=(
        Scene(kind=SceneKind.OVERVIEW, seconds=20),
        Scene(kind=SceneKind.QUEUES, seconds=12),
        Scene(kind=SceneKind.TREND, seconds=10),
    )
)


def moment(at_s: float) -> Moment:
    return Moment(wall=MIDNIGHT + timedelta(seconds=at_s), steady_s=at_s)


def firing(name: str, at: datetime | None = MIDNIGHT) -> Firing:
    return (RuleId(name), Subject("q"), at)


def needs(*pages: int, urgent: tuple[Urgent, ...] = ()) -> Needs:
    return Needs(pages=pages, urgent=urgent, standing=frozenset(each.firing for each in urgent))


def urgent(name: str, scene: int | None = 1, page: int = 0) -> Urgent:
    return Urgent(firing=firing(name), scene=scene, page=page)


def places(
    asked: Needs, seconds: int, *, wall: Wall = WALL, before: Showing | None = None, start: int = 0
) -> list[tuple[int, int]]:
    """Return scene and page at each second."""
    told = []
    for second in range(start, start + seconds):
        before = shown_at(before, wall, asked, moment(second))
        told.append((before.scene, before.page))
    return told


def at(asked: Needs, second: float, before: Showing | None = None, wall: Wall = WALL) -> Showing:
    return shown_at(before, wall, asked, moment(second))


def runs(told: list[tuple[int, int]]) -> list[tuple[tuple[int, int], int]]:
    """Return what follows each other, and for how long."""
    found: list[tuple[tuple[int, int], int]] = []
    for place in told:
        if found and found[-1][0] == place:
            found[-1] = (place, found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found


def test_that_each_page_has_the_seconds_of_its_scene() -> None:
    told = runs(places(needs(1, 2, 1), 54))
    assert told == [((0, 0), 20), ((1, 0), 12), ((1, 1), 12), ((2, 0), 10)]


def test_that_a_scene_with_nothing_to_show_is_left_out() -> None:
    assert {scene for scene, _ in places(needs(1, 0, 1), 60)} == {0, 2}


def test_that_a_wall_with_nothing_to_show_stands_somewhere() -> None:
    assert at(needs(0, 0, 0), 5, at(needs(0, 0, 0), 0)).pages == 0


def test_that_a_wall_that_names_no_scenes_has_the_usual_ones() -> None:
    assert scenes_of(Wall(scenes=())) == USUAL_SCENES


def test_that_after_a_sleep_the_round_goes_on_with_the_next_page_and_hurries_nothing() -> None:
    asked = needs(1, 2, 1)
    before = at(asked, 5, at(asked, 0))
    awake = at(asked, 50_000, before)
    assert (awake.scene, awake.page) == (1, 0)
    assert (at(asked, 50_011, awake).scene, at(asked, 50_011, awake).page) == (1, 0)


def test_that_fewer_pages_show_the_last_one_there_is() -> None:
    before = replace(at(needs(1, 3, 1), 0), scene=1, page=2)
    assert at(needs(1, 1, 1), 1, before).page == 0


def test_that_a_place_of_another_wall_begins_a_round() -> None:
    before = replace(at(needs(1, 1, 1), 0), scene=7)
    assert at(needs(1, 1, 1), 1, before).scene == 0


def test_that_a_critical_alert_holds_its_page_at_once_and_for_two_minutes() -> None:
    before = at(needs(1, 2, 1), 5, at(needs(1, 2, 1), 0))
    asked = needs(1, 2, 1, urgent=(urgent("a", scene=1, page=1),))
    told = runs(places(asked, 200, before=before, start=6))
    assert told[0] == ((1, 1), HOLD_S)
    # Fourteen of its twenty seconds were left.
    assert told[1] == ((0, 0), 14)


def test_that_the_hold_ends_when_somebody_has_the_alert() -> None:
    calm, bad = needs(1, 1, 1), needs(1, 1, 1, urgent=(urgent("a"),))
    held = at(bad, 5, at(calm, 0))
    assert held.held == firing("a")
    assert held.scene == 1
    after = at(calm, 9, held)
    assert (after.held, after.scene) == (None, 0)
    # What was shown of the page counts: five seconds, and from now on the other fifteen.
    assert at(calm, 23, after).scene == 0
    assert at(calm, 24, after).scene == 1


def test_that_a_page_that_was_shown_nearly_whole_is_not_shown_again() -> None:
    calm, bad = needs(1, 1, 1), needs(1, 1, 1, urgent=(urgent("a", scene=2),))
    held = at(bad, 20 - ENOUGH_S, at(calm, 0))
    assert at(calm, 30, held).scene == 1


def test_that_an_alert_holds_once_and_again_only_when_it_fires_again() -> None:
    bad = needs(1, 1, 1, urgent=(urgent("a", scene=2),))
    told = places(bad, 600)
    assert runs(told)[0] == ((2, 0), HOLD_S)
    assert max(length for _, length in runs(told)[1:]) <= 20
    after = at(bad, 600, shown_at(None, WALL, bad, moment(0)))
    later = Urgent(firing=firing("a", MIDNIGHT + timedelta(hours=1)), scene=2)
    again = at(needs(1, 1, 1, urgent=(later,)), 601, replace(after, owed=False))
    assert again.held == later.firing


def test_that_what_comes_before_an_alert_takes_its_place_and_what_comes_after_waits() -> None:
    first = needs(2, 1, 1, urgent=(urgent("a", scene=1),))
    held = at(first, 0)
    after = needs(2, 1, 1, urgent=(urgent("a", scene=1), urgent("b", scene=2)))
    assert at(after, 1, held).held == firing("a")
    worse = needs(2, 1, 1, urgent=(urgent("c", scene=2), urgent("a", scene=1)))
    taken = at(worse, 2, held)
    assert (taken.held, taken.held_s) == (firing("c"), 2)


def test_that_one_page_is_shown_between_two_alerts_that_hold_for_two_minutes() -> None:
    bad = needs(1, 1, 1, urgent=(urgent("a", scene=1), urgent("b", scene=2)))
    told = runs(places(bad, 300))
    assert told == [
        ((1, 0), 120),
        ((0, 0), 20),
        ((2, 0), 120),
        ((1, 0), 12),
        ((2, 0), 10),
        ((0, 0), 18),
    ]


def test_that_an_alert_of_no_scene_holds_nothing() -> None:
    bad = needs(1, 1, 1, urgent=(urgent("a", scene=None),))
    assert places(bad, 60) == places(needs(1, 1, 1), 60)


def test_that_what_is_pinned_and_dark_is_told_on() -> None:
    asked = replace(needs(1, 1, 1), pinned=(RuleId("a"), Subject("q")), dark=30, day=5)
    showing = at(asked, 0)
    assert (showing.pinned, showing.dark, showing.swapped) == (asked.pinned, 30, True)
    assert not at(replace(asked, day=6), 0).swapped


def test_that_the_picture_moves_everywhere_in_its_square_and_never_far_at_a_time() -> None:
    asked = needs(1, 1, 1)
    told = [at(asked, SHIFT_EVERY_S * step).shift for step in range(60)]
    assert {side for dx, dy in told for side in (dx, dy)} >= {-SHIFT, 0, SHIFT}
    assert all(abs(side) <= SHIFT for shift in told for side in shift)
    steps = pairwise(told)
    assert max(abs(a[i] - b[i]) for a, b in steps for i in (0, 1)) <= 3
    assert at(asked, SHIFT_EVERY_S - 1).shift == at(asked, 0).shift


WALLS = st.lists(
    st.builds(
        Scene, kind=st.sampled_from(SceneKind), seconds=st.integers(min_value=10, max_value=120)
    ),
    min_size=1,
    max_size=6,
).map(lambda scenes: Wall(scenes=tuple(scenes)))


@st.composite
def stories(draw: st.DrawFn) -> tuple[Wall, list[tuple[float, Needs]]]:
    """A wall, and what a board asks of it as time goes on: pages come and go, alerts, too."""
    wall = draw(WALLS)
    count = len(wall.scenes)
    told: list[tuple[float, Needs]] = []
    at_s = 0.0
    for _ in range(draw(st.integers(min_value=1, max_value=40))):
        at_s += draw(st.sampled_from((0.0, 0.4, 1.0, 1.0, 7.0, 60.0, 4000.0)))
        pages = tuple(draw(st.lists(st.integers(0, 4), min_size=count, max_size=count)))
        names = draw(st.lists(st.sampled_from("abcdef"), unique=True, max_size=4))
        alerts = tuple(
            urgent(name, draw(st.one_of(st.none(), st.integers(0, count - 1)))) for name in names
        )
        told.append((at_s, needs(*pages, urgent=alerts)))
    return wall, told


@settings(max_examples=size_of_campaign(40, 5000), deadline=None)
@given(story=stories())
def test_that_asked_twice_at_one_moment_it_says_the_same(
    story: tuple[Wall, list[tuple[float, Needs]]],
) -> None:
    wall, told = story
    showing: Showing | None = None
    for at_s, asked in told:
        showing = shown_at(showing, wall, asked, moment(at_s))
        assert shown_at(showing, wall, asked, moment(at_s)) == showing


@settings(max_examples=size_of_campaign(40, 5000), deadline=None)
@given(story=stories())
def test_that_only_pages_that_are_there_are_shown(
    story: tuple[Wall, list[tuple[float, Needs]]],
) -> None:
    wall, told = story
    showing: Showing | None = None
    for at_s, asked in told:
        showing = shown_at(showing, wall, asked, moment(at_s))
        assert showing.pages == asked.pages[showing.scene]
        if showing.held is None and any(asked.pages):
            assert showing.page < showing.pages
        if showing.held is not None:
            assert showing.held in {each.firing for each in asked.urgent}
            assert at_s - showing.held_s < HOLD_S


@settings(max_examples=size_of_campaign(15, 2000), deadline=None)
@given(
    wall=WALLS,
    pages=st.data(),
    tick_s=st.sampled_from((0.5, 1.0, 1.3)),
    storm=st.booleans(),
)
def test_that_every_page_is_shown_for_its_time_in_each_round(
    wall: Wall, pages: st.DataObject, tick_s: float, storm: bool
) -> None:
    count = len(wall.scenes)
    drawn = pages.draw(st.lists(st.integers(1, 3), min_size=count, max_size=count))
    calm = needs(*drawn)
    # An alert comes every so often, and holds for a while; the last one before the end.
    alerts = tuple(range(40, 400, 90)) if storm else ()
    length = sum(scene.seconds * n for scene, n in zip(wall.scenes, drawn, strict=True))
    end = 2 * length + (len(alerts) + 1) * HOLD_S + 400
    seen: dict[tuple[int, int], float] = {}
    showing: Showing | None = None
    at_s = 0.0
    while at_s < end:
        names = [str(begun) for begun in alerts if begun <= at_s]
        asked = needs(*drawn, urgent=tuple(urgent(n, 0) for n in reversed(names)))
        showing = shown_at(showing, wall, asked if names else calm, moment(at_s))
        if showing.held is None:
            place = (showing.scene, showing.page)
            seen[place] = seen.get(place, 0.0) + tick_s
        at_s += tick_s
    for scene, of_scene in enumerate(drawn):
        least = wall.scenes[scene].seconds - ENOUGH_S - tick_s
        for page in range(of_scene):
            assert seen.get((scene, page), 0.0) >= least


@pytest.mark.parametrize("seconds", [10, 120])
def test_that_no_page_stays_longer_than_its_time_while_all_is_calm(seconds: int) -> None:
    wall = Wall(scenes=tuple(replace(scene, seconds=seconds) for scene in WALL.scenes))
    told = runs(places(needs(1, 2, 1), 10 * seconds, wall=wall))
    assert {length for _, length in told[:-1]} == {seconds}
