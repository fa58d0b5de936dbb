"""Which scene of a wall is shown when: the round, what interrupts it, and what spares the screen.

The rules, in prose:

* Scenes follow each other in the wall's order, each page of a scene for the scene's seconds. A
  scene that has nothing to show is left out.
* A critical alert that nobody has stops the round: its scene is shown until it is over, somebody
  has it, or two minutes are over. One that comes before it in the order of alerts takes its place.
* After that the round goes on with the page that was interrupted, for the time that this page was
  not shown yet; one that was shown nearly whole counts as shown.
* Once an alert held for two minutes, one page is shown to its end before the next alert may hold.
* Every three minutes the picture moves by a few pixels; every day the ends of header and footer
  change sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeAlias

from wallboard.domain.alert import AlertKey, RuleId, Subject
from wallboard.domain.clock import Moment
from wallboard.domain.value import value
from wallboard.domain.walls import USUAL_SCENES, Scene, Wall

HOLD_S: Final = 120.0
"""So long an alert holds its scene at most."""
ENOUGH_S: Final = 3.0
"""A page of whose time no more than this is left when it is interrupted counts as shown."""
SHIFT_EVERY_S: Final = 180.0
SHIFT: Final = 4
"""How far the picture moves from its middle, in pixels of a screen 1080 pixels high."""

# A way through the square that comes everywhere, never further than three pixels at a time.
_WAY: Final = (
    (0, 0),
    (3, 1),
    (4, 4),
    (1, 4),
    (-2, 4),
    (-4, 2),
    (-2, 0),
    (-4, -2),
    (-4, -4),
    (-1, -4),
    (2, -4),
    (4, -2),
    (2, -1),
)

Firing: TypeAlias = tuple[RuleId, Subject, datetime | None]
"""One firing of an alert: when it fires again it is another one."""


@value
class Urgent:
    """A critical alert that is to be looked at now.

    Attributes:
        scene: Where it is to be seen, by its place in the wall. None if in no scene.
        page: Of that scene.
    """

    firing: Firing
    scene: int | None
    page: int = 0


@value
class Needs:
    """What a board asks of its wall now.

    Attributes:
        pages: How many pages each scene has, by its place; 0 if there is nothing to show.
        urgent: What may hold the round, first what is to be looked at first.
        standing: All that fire, whoever has them.
        pinned: What stands in the header. None if nothing does.
        day: Which day of the site it is, counted from any day on.
        dark: How much darker the picture is, in percent; 100 is black.
    """

    pages: tuple[int, ...]
    urgent: tuple[Urgent, ...] = ()
    standing: frozenset[Firing] = frozenset()
    pinned: AlertKey | None = None
    day: int = 0
    dark: int = 0


@value
class Showing:
    """What a wall shows, and what is needed to go on; nothing else is remembered.

    Attributes:
        scene: By its place in the wall.
        page: From 0 on.
        pages: How many the scene has; 0 if no scene has anything to show.
        began_s: When the page of the round began, on the steady clock; of an interrupted one, so
            that the time it was shown has gone by.
        held: Which alert stops the round. None if none does.
        held_s: Since when, likewise.
        kept: Of the page that was interrupted: its scene, its page, and for how many seconds it
            was shown.
        seen: What needs not hold any more.
        owed: True until a page was shown to its end after an alert held for two minutes.
        pinned: What stands in the header.
        dark: How much darker the picture is, in percent; 100 is black.
        shift: By how much the picture is moved, to the right and down, in pixels of a screen 1080
            pixels high.
        swapped: True if the ends of header and footer have changed sides.
    """

    scene: int
    page: int
    pages: int
    began_s: float
    held: Firing | None = None
    held_s: float = 0.0
    kept: tuple[int, int, float] | None = None
    seen: frozenset[Firing] = frozenset()
    owed: bool = False
    pinned: AlertKey | None = None
    dark: int = 0
    shift: tuple[int, int] = (0, 0)
    swapped: bool = False


def scenes_of(wall: Wall) -> tuple[Scene, ...]:
    """Return the scenes of a wall; the usual ones if it names none."""
    return wall.scenes or USUAL_SCENES


def shown_at(before: Showing | None, wall: Wall, needs: Needs, now: Moment) -> Showing:
    """Return what is shown now. Asked twice at one moment, it says the same.

    Args:
        before: What was shown so far. None if nothing was.
        needs: Its pages are those of `scenes_of(wall)`.
    """
    at = now.steady_s
    if before is None or before.scene >= len(needs.pages) or before.began_s > at:
        scene = _next_scene(needs.pages, -1)
        before = Showing(scene=scene, page=0, pages=needs.pages[scene], began_s=at)
    showing = replace(before, seen=before.seen & needs.standing)
    showing = _let_go(showing, wall, needs, at)
    if showing.held is None:
        showing = _gone_on(showing, wall, needs, at)
    showing = _interrupted(showing, needs, at)
    return replace(
        showing,
        pages=needs.pages[showing.scene],
        pinned=needs.pinned,
        dark=needs.dark,
        shift=_WAY[int(at // SHIFT_EVERY_S) % len(_WAY)],
        swapped=bool(needs.day % 2),
    )


def _let_go(showing: Showing, wall: Wall, needs: Needs, at: float) -> Showing:
    """Return the showing without its hold if that is over; else at the alert's present place."""
    if showing.held is None:
        return showing
    there = next((each for each in needs.urgent if each.firing == showing.held), None)
    timed_out = at - showing.held_s >= HOLD_S
    if there is not None and there.scene is not None and not timed_out:
        return replace(showing, scene=there.scene, page=there.page)
    scene, page, shown_s = showing.kept or (showing.scene, showing.page, 0.0)
    scene = min(scene, len(needs.pages) - 1)
    seconds = scenes_of(wall)[scene].seconds
    if shown_s >= seconds - ENOUGH_S:
        shown_s = seconds
    return replace(
        showing,
        scene=scene,
        page=page,
        began_s=at - shown_s,
        held=None,
        kept=None,
        owed=timed_out,
    )


def _gone_on(showing: Showing, wall: Wall, needs: Needs, at: float) -> Showing:
    """Return the showing with its next page once the time of this one is over."""
    pages = needs.pages[showing.scene]
    seconds = scenes_of(wall)[showing.scene].seconds
    if not any(needs.pages):
        return replace(showing, page=0)
    if pages and at - showing.began_s < seconds:
        # Fewer queues may need fewer pages.
        return showing if showing.page < pages else replace(showing, page=pages - 1)
    if showing.page + 1 < pages:
        return replace(showing, page=showing.page + 1, began_s=at, owed=False)
    scene = _next_scene(needs.pages, showing.scene)
    return replace(showing, scene=scene, page=0, began_s=at, owed=False)


def _interrupted(showing: Showing, needs: Needs, at: float) -> Showing:
    """Return the showing stopped by the first alert that was not seen yet, if one may stop it."""
    if showing.owed:
        return showing
    urgent = next(_before(showing.held, needs.urgent, showing.seen), None)
    if urgent is None or urgent.scene is None:
        return showing
    kept = showing.kept or (showing.scene, showing.page, at - showing.began_s)
    return replace(
        showing,
        scene=urgent.scene,
        page=urgent.page,
        held=urgent.firing,
        held_s=at,
        kept=kept,
        seen=showing.seen | {urgent.firing},
    )


def _before(
    held: Firing | None, urgent: Iterable[Urgent], seen: frozenset[Firing]
) -> Iterator[Urgent]:
    """Yield what may hold instead of what holds: what comes before it and was not seen."""
    for each in urgent:
        if each.firing == held:
            return
        if each.scene is not None and each.firing not in seen:
            yield each


def _next_scene(pages: tuple[int, ...], after: int) -> int:
    """Return the next scene that has something to show; the one after if none has."""
    count = len(pages)
    following = [(after + step) % count for step in range(1, count + 1)]
    return next((scene for scene in following if pages[scene]), following[0])
