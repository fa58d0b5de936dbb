"""The states that every part of the board must be able to show, each as a board to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Final

from PySide6.QtWidgets import QApplication, QWidget

from support.boards import Scene, scene
from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.domain.snapshot import Counted, Snapshot
from wallboard.engine.board import Board
from wallboard.engine.happenings import HistoryState
from wallboard.ui.shield import Shielded

UNREACHABLE: Final = fault(
    FaultKind.UNREACHABLE, host="192.0.2.7", port=5038, reason="Connection refused"
)
AGENTS: Final = 38
NAMES: Final = {"en": "Tehran", "fa": "مرکز تماس تهران"}


@cache
def _busy(language: str) -> Scene:
    return scene(language=language, agents=AGENTS, name=NAMES[language])


def live(language: str) -> Scene:
    """Return a site of the usual size, in which two queues need help."""
    made = _busy(language)
    return Scene(board=made.board, clock=replace(made.clock))


def _waiting(language: str) -> Scene:
    made = live(language)
    board = made.board
    made.board = Board(name=board.name, zone=board.zone, poll=board.poll)
    made.pass_by(2)
    return made


def _empty(language: str) -> Scene:
    made = _waiting(language)
    made.take(Snapshot(as_of=made.clock.wall))
    return made


def _silent(seconds: float, wrong: Fault | None = None) -> Callable[[str], Scene]:
    def made_silent(language: str) -> Scene:
        made = live(language)
        if wrong is not None:
            made.fail(wrong)
        made.pass_by(seconds)
        return made

    return made_silent


def _noticed(*notices: Fault) -> Callable[[str], Scene]:
    def made_noticed(language: str) -> Scene:
        made = live(language)
        assert made.board.snapshot is not None
        made.take(made.board.snapshot, notices=notices)
        return made

    return made_noticed


def _locked(language: str) -> Scene:
    made = live(language)
    assert made.board.snapshot is not None
    made.take(
        replace(made.board.snapshot, agents={}),
        notices=(fault(FaultKind.PART_NOT_TOLD, what="agents"),),
    )
    return made


def _counted(language: str) -> Scene:
    """Return a site whose system tells sums of its queues, and no agents and no calls."""
    made = live(language)
    before = made.board.snapshot
    assert before is not None
    queues = {
        key: replace(queue, counted=_sums_of(made, at))
        for at, (key, queue) in enumerate(before.queues.items())
    }
    less = fault(FaultKind.SYSTEM_TELLS_LESS, what="agents,calls,single_calls")
    made.take(replace(before, queues=queues, agents={}, calls={}), notices=(less,))
    return made


def _sums_of(made: Scene, at: int) -> Counted:
    since = made.board.ledger.begins
    assert since is not None
    waiting = at % 3
    return Counted(
        since=since,
        offered=90 + 10 * at,
        answered=80 + 9 * at,
        abandoned=4,
        answered_in_target=75 + 8 * at,
        wait_of_answered=timedelta(seconds=900),
        waiting=waiting,
        waiting_since=made.clock.wall - timedelta(seconds=9) if waiting else None,
        free=3,
    )


def _unstored(language: str) -> Scene:
    made = live(language)
    state = HistoryState(fault=fault(FaultKind.HISTORY_FULL, reason="No space left"), waiting=4)
    made.board = replace(made.board, history=state)
    return made


def _demo(language: str) -> Scene:
    made = live(language)
    made.board = replace(made.board, demo=True)
    return made


def calm(language: str) -> Scene:
    """Return a site in which all is well."""
    return scene(language=language, agents=AGENTS, calm=True, name=NAMES[language])


STATES: Final[Mapping[str, Callable[[str], Scene]]] = {
    "loading": _waiting,
    "empty": _empty,
    "live": live,
    "late": _silent(5),
    "stale": _silent(20, UNREACHABLE),
    "disconnected": _silent(400, UNREACHABLE),
    "partial_source": _noticed(
        fault(FaultKind.NO_EVENTS, right="call"),
        fault(FaultKind.MEMBERS_UNRESOLVED, count=3, names="Local/301, Local/302, Local/303"),
    ),
    "partial_permission": _locked,
    "sums_only": _counted,
    "throttled": _silent(20, fault(FaultKind.THROTTLED, host="192.0.2.7", seconds=62)),
    "data_quality": _noticed(fault(FaultKind.ROWS_IGNORED, count=3)),
    "failed": live,
    "no_history": _unstored,
    "demo": _demo,
}
"""What a site looks like in each state, by the state's name; for a language's names."""


def break_parts(window: QWidget) -> list[str]:
    """Break what a window shows, each part by an error of its own; return what the parts are."""
    # What was never painted is not visible yet.
    window.grab()
    parts = [part for part in window.findChildren(QWidget) if isinstance(part, Shielded)]
    # Those that have no such part in them.
    parts = [part for part in parts if sum(map(part.isAncestorOf, parts)) == 1]
    broken = [part for part in parts if part.isVisibleTo(window) and not part.failed_with()]
    for part in broken:
        part._fail(ValueError("an error of ours"))
    QApplication.processEvents()
    return [type(part).__name__ for part in broken]
