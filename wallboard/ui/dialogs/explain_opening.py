"""Opens the explanation of a figure; of this moment it is filled at once, from the board."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import QueueId
from wallboard.engine.board import CALLS, Board, site_readings, site_time, tells, untold
from wallboard.engine.kpi import KPI_BY_KEY
from wallboard.ui import explained
from wallboard.ui.call_rows import Names
from wallboard.ui.dialogs.explain_dialog import ExplainDialog, Place
from wallboard.ui.live_figures import CALLERS, LIVE, live_sheet
from wallboard.ui.look import Look
from wallboard.ui.panels.kpi_strip import figure_words
from wallboard.ui.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A figure of the board that is to be explained.

    Attributes:
        queue_id: None for all queues.
    """

    board: Board
    now: Moment
    key: str
    queue_id: QueueId | None

    @property
    def live(self) -> bool:
        """True if the board itself explains it: it tells of this moment."""
        return self.key in LIVE


def open_explanation(asked: Asked, look: Look, parent: QWidget) -> ExplainDialog:
    """Show the dialog; one of a window waits for its explanation."""
    board, key, wording = asked.board, asked.key, look.wording
    standing = None if asked.queue_id is None else board.queues.get(asked.queue_id)
    place = Place(
        names=_names(board, wording),
        zone=board.zone,
        queue=asked.queue_id if standing is None else standing.queue.name,
        as_of=_as_of(board, wording) if asked.queue_id else _as_of_all(board, wording),
        singly=board.site.known is None and CALLS not in untold(board),
    )
    dialog = ExplainDialog(look, key, _name(key, wording), place, parent)
    if asked.live:
        sheet = live_sheet(board, key, asked.queue_id, wording)
        dialog.show_live(_figure(asked, wording), wording.kpi_meaning(key), sheet)
    dialog.show()
    return dialog


def _name(key: str, wording: Wording) -> str:
    if key in LIVE:
        return wording.kpi_name(key)
    return explained.name_of(KPI_BY_KEY[key], wording)


def _names(board: Board, wording: Wording) -> Names:
    if board.snapshot is None:
        return Names(queues={}, agents={}, callers=wording.callers)
    return Names(
        queues={key: queue.name for key, queue in board.snapshot.queues.items()},
        agents={key: agent.name for key, agent in board.snapshot.agents.items()},
        callers=wording.callers,
    )


def _as_of(board: Board, wording: Wording) -> str:
    freshness = wording.freshness(board.freshness)
    if board.snapshot is None:
        return freshness
    at = wording.clock(board.snapshot.as_of, board.zone)
    return f"{at} · {freshness}"


def _as_of_all(board: Board, wording: Wording) -> str:
    """Return as of when a figure of all queues is, and how many of them it leaves out."""
    as_of = _as_of(board, wording)
    if not board.hidden_seen:
        return as_of
    hidden = wording.translate("Explain", "without {number} hidden queues")
    return f"{as_of} · {hidden.format(number=wording.count(board.hidden_seen))}"


def _figure(asked: Asked, wording: Wording) -> str:
    """Return a figure of this moment as the board shows it."""
    board, key, queue_id = asked.board, asked.key, asked.queue_id
    then = site_time(board, asked.now)
    standing = None if queue_id is None else board.queues.get(queue_id)
    if standing is None:
        reading = site_readings(board, then).get(key)
    elif not tells(standing, key, untold(board)):
        reading = None
    elif key in CALLERS:
        longest = standing.waiting_since
        waited = None if longest is None else (then - longest).total_seconds()
        reading = waited if key == "longest_wait" else standing.waiting
    else:
        reading = standing.free if key == "free" else standing.busy
    return figure_words(key, reading, wording)[0]
