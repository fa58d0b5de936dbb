"""A supervisor's wishes on their way to a source's process: each passed on once, each answered.

The rules, in prose:

* An order is passed on once, or not at all. What is not passed on at once is refused: a supervisor
  who wants to end a call now does not want it ended in a minute.
* Who asked is told what came of it. If nothing comes in time, or the process ends meanwhile, nobody
  knows: that is told, and the order is never passed on again.
* What comes after that is told as well: then it is known after all.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from queue import Empty, SimpleQueue
from typing import Final

from wallboard.domain.clock import Clock
from wallboard.domain.supervision import NOT_KNOWN, NOT_REACHED, TOO_LATE, UNDER_WAY, Stage, Wish
from wallboard.domain.value import value
from wallboard.runtime.source_link import SourceLink
from wallboard.runtime.wire import Answered, Ask

BEGUN_WITHIN: Final = timedelta(seconds=5)
"""A source that is busy for longer does not begin with it any more."""
PATIENCE_S: Final = 30.0
"""After so long nobody knows: a supervisor's phone may ring for most of it."""

_MOST_REMEMBERED: Final = 1_000


@value
class Outcome:
    """What came of an order so far.

    Attributes:
        reason: Why not, if it was not done; empty otherwise.
    """

    stage: Stage
    reason: str = ""


UNKNOWN: Final = Outcome(stage=Stage.UNKNOWN, reason=NOT_KNOWN)
LATE: Final = Outcome(stage=Stage.REFUSED, reason=TOO_LATE)
AWAY: Final = Outcome(stage=Stage.REFUSED, reason=NOT_REACHED)
SAME: Final = Outcome(stage=Stage.REFUSED, reason=UNDER_WAY)


@value
class Order:
    """A wish, and who wants to know what comes of it.

    Attributes:
        key: No other order has it.
        told: Called once or twice, by the loop's thread or the one that ends it: with what came of
            it, and once more if nobody knew, and it is known after all. Does not wait.
    """

    key: str
    wish: Wish
    told: Callable[[Outcome], None]


@value
class _Passed:
    order: Order
    until_s: float
    given_up: bool = False


class Orders:
    """The orders of one loop. `take` may be called from any thread; the rest by the loop's."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: SimpleQueue[Order] = SimpleQueue()
        self._passed: dict[str, _Passed] = {}
        self._ended = False

    def take(self, order: Order) -> None:
        """Take an order, to be passed on soon."""
        self._waiting.put(order)
        if self._ended:
            self.pass_on(None)

    def pass_on(self, link: SourceLink | None) -> None:
        """Pass on what waits; without a process that listens it is refused."""
        with suppress(Empty):
            while True:
                order = self._waiting.get_nowait()
                now = self._clock.now()
                ask = Ask(key=order.key, wish=order.wish, until=now.wall + BEGUN_WITHIN)
                if link is not None and link.ask(ask):
                    self._remember(_Passed(order=order, until_s=now.steady_s + PATIENCE_S))
                else:
                    order.told(AWAY)

    def answered(self, word: Answered) -> None:
        """Tell what the process says came of one."""
        passed = self._passed.pop(word.key, None)
        if passed is None:
            return
        if word.done:
            outcome = Outcome(stage=Stage.DONE)
        elif word.known:
            outcome = Outcome(stage=Stage.REFUSED, reason=word.reason)
        else:
            outcome = Outcome(stage=Stage.UNKNOWN, reason=word.reason or NOT_KNOWN)
        if not (passed.given_up and outcome.stage is Stage.UNKNOWN):
            passed.order.told(outcome)

    def look(self) -> None:
        """Tell of those that nothing was heard of for too long."""
        now_s = self._clock.now().steady_s
        for key, passed in tuple(self._passed.items()):
            if not passed.given_up and now_s >= passed.until_s:
                self._passed[key] = _Passed(
                    order=passed.order, until_s=passed.until_s, given_up=True
                )
                passed.order.told(UNKNOWN)

    def lost(self) -> None:
        """The process ended: of what was passed on nobody will ever know."""
        passed, self._passed = self._passed, {}
        for each in passed.values():
            if not each.given_up:
                each.order.told(UNKNOWN)

    def end(self) -> None:
        """Pass nothing on any more."""
        self._ended = True
        self.pass_on(None)

    def _remember(self, passed: _Passed) -> None:
        self._passed[passed.order.key] = passed
        if len(self._passed) > _MOST_REMEMBERED:
            oldest = self._passed.pop(next(iter(self._passed)))
            if not oldest.given_up:
                oldest.order.told(UNKNOWN)
