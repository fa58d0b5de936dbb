"""The line at the bottom: how much is watched, and what is missing in the day's figures."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from wallboard.domain.clock import Moment
from wallboard.domain.value import value
from wallboard.engine.board import AGENTS, Board, counted_since, knows, untold
from wallboard.engine.ledger import minute_of
from wallboard.ui.easel import Place, flood
from wallboard.ui.look import Look
from wallboard.ui.panels.panel import Panel
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording


@value
class StatusFace:
    """What the line says at its start and at its end."""

    start: str = ""
    end: str = ""


def status_face(board: Board, wording: Wording) -> StatusFace:
    """Return what the line says."""
    keys = wording.translate("Status", "Ctrl+K find · F1 guide · F5 ask now · F11 full screen")
    if board.snapshot is None:
        return StatusFace(end=keys)
    text = wording.translate(
        "Status",
        "Last picture {time} · Agents {agents} · Queues {queues} · Calls, {window}: {calls}",
    ).format(
        time=wording.clock(board.snapshot.as_of, board.zone),
        agents=wording.count(None if AGENTS in untold(board) else len(board.snapshot.agents)),
        queues=wording.count(len(board.snapshot.queues)),
        window=wording.window_short(board.window),
        calls=wording.count(board.site.totals.offered if knows(board.site, "offered") else None),
    )
    if board.hidden_seen:
        hidden = wording.translate("Status", "Hidden queues {number}")
        text = f"{text} · {hidden.format(number=wording.count(board.hidden_seen))}"
    text += _since(board, wording)
    unseen = board.site.totals.unknown
    if unseen and knows(board.site, "unknown"):
        end_unseen = wording.translate("Status", "End not seen {number}")
        text = f"{text} · {end_unseen.format(number=wording.count(unseen))}"
    return StatusFace(start=text, end=keys)


def _since(board: Board, wording: Wording) -> str:
    """Return from when on the day's figures hold, if that is later than the day's begin."""
    since, begins = board.ledger.since, board.ledger.begins
    counts = counted_since(board)
    if counts is not None:
        # A system's own day may begin at another time than the site's, earlier as well.
        told = wording.translate("Status", "Figures since {time}")
        return f" · {told.format(time=wording.clock_minute(counts, board.zone))}"
    if since is None or begins is None or minute_of(since) <= minute_of(begins):
        return ""
    told = wording.translate("Status", "Figures since {time}")
    return f" · {told.format(time=wording.clock_minute(since, board.zone))}"


class StatusLine(Panel):
    """Shows the line."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._face = StatusFace()

    def show_board(self, board: Board, now: Moment) -> None:  # noqa: ARG002 - as all panels
        """Repaint if it says something else."""
        face = status_face(board, self._look.wording)
        if face != self._face:
            self._face = face
            self.update()
            self.setAccessibleName(self._look.wording.translate("Panel", "Status"))
            self._tell(face.start)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the line."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = self._easel(painter)
        flood(painter, event.rect(), theme.base)
        box = QRectF(self.rect()).adjusted(look.px(4), 0, -look.px(4), 0)
        font = look.font(Role.CAPTION)
        used = easel.write(box, self._face.start, font, theme.muted)
        box.setLeft(box.left() + used + look.px(24))
        if easel.text_width(self._face.end, font) < box.width():
            easel.write(box, self._face.end, font, theme.muted, Place.END)
        painter.end()

    def _forget(self) -> None:
        self._face = StatusFace()
