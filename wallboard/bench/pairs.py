"""Two ways of showing the same, in turns in one process: what each costs in CPU time."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from wallboard.bench.measure import middle
from wallboard.domain.value import value

Turn: TypeAlias = Callable[[int], None]
"""Shows and paints the nth state of things."""

FULL_HD = (1920, 1080)
FOUR_K = (3840, 2160)


@value
class Side:
    """One of the two.

    Attributes:
        turn: Shows the nth state; must have painted when it returns.
        turns: How many are measured as one: enough that what is done only now and then is in it.
    """

    turn: Turn
    turns: int


@value
class Costs:
    """Milliseconds of CPU a turn: the median of the rounds."""

    ours: float
    stock: float


def application() -> QApplication:
    """Return the application that widgets need; on no screen unless one was chosen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(["bench"])


def on_screen(widget: QWidget, size: tuple[int, int] = FULL_HD) -> None:
    """Show a widget in a size, and have it painted."""
    widget.resize(*size)
    widget.show()
    painted()


def painted() -> None:
    """Have everything painted that is to be painted, and deleted what is to be deleted."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def in_turns(ours: Side, stock: Side, *, rounds: int) -> Costs:
    """Measure both, the one or the other first; a first round that warms up does not count."""
    spent: dict[str, list[float]] = {"ours": [], "stock": []}
    sides = (("ours", ours), ("stock", stock))
    # The program searches for garbage when nobody waits; here in nobody's time.
    gc.collect()
    gc.disable()
    begun = {"ours": 0, "stock": 0}
    try:
        for number in range(rounds + 1):
            for name, side in sides if number % 2 else sides[::-1]:
                cost = _cost_ms(side, begun[name])
                begun[name] += side.turns
                if number:
                    spent[name].append(cost)
    finally:
        gc.enable()
    return Costs(ours=middle(spent["ours"]), stock=middle(spent["stock"]))


def turns_wanted(sides: Sequence[Side], rounds: int) -> int:
    """Return how many states of things there must be for so many rounds."""
    return max(side.turns for side in sides) * (rounds + 1)


def _cost_ms(side: Side, begin: int) -> float:
    begun_s = time.process_time()
    for number in range(begin, begin + side.turns):
        side.turn(number)
    return (time.process_time() - begun_s) / side.turns * 1000
