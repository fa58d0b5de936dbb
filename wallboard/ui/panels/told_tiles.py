"""The tiles as those hear them who don't see them: a name, and what it says now in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAccessible, QFocusEvent

from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.engine.board import (
    Board,
    QueueStanding,
    age_of,
    fresh,
    site_readings,
    site_time,
    untold_readings,
)
from wallboard.engine.limits import wait_limit
from wallboard.ui.accessible.flat import FlatParts
from wallboard.ui.accessible.interfaces import tell_current, tell_focus
from wallboard.ui.accessible.part import HERE, Part, Path
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.kpi_strip import TILES, KpiStrip, TileFace, figure_words
from wallboard.ui.panels.panel import Condition
from wallboard.ui.panels.told_queues import NOBODY_WAITS
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase


def tile_words(key: str, face: TileFace, board: Board, now: Moment, wording: Wording) -> str:
    """Return what a tile says now in words: figure, severity, limit, and how old it is."""
    reading = site_readings(board, site_time(board, now))[key]
    blank = face.condition is Condition.BLANK
    told = [figure_words(key, None if blank else reading, wording, board.site.goal)[1]]
    nobody = not board.site.waiting and "waiting" not in untold_readings(board)
    if key == "longest_wait" and not blank and nobody:
        told = [wording.say(NOBODY_WAITS)]
    if face.severity is not Severity.CALM:
        told.append(wording.severity(face.severity))
    told += (_limit_words(key, face, board, wording), face.change.replace("\n", " "))
    if not blank:
        told.append(_age_words(board, now, wording))
    return wording.listed(filter(None, told))


def _limit_words(key: str, face: TileFace, board: Board, wording: Wording) -> str:
    if key != "longest_wait":
        return face.note
    row = _waiting_longest(board)
    if row is None:
        return ""
    name = shown(row.queue.name)
    if row.wait_severity is not face.severity:
        # The severity is that of another queue: this one's limit would not explain it.
        return name
    limit = wait_limit(row.queue.target, row.wait_severity)
    told = wording.say(phrase("Aloud", "limit {time}"), time=wording.duration_words(limit))
    return wording.listed((name, told))


def _waiting_longest(board: Board) -> QueueStanding | None:
    since = board.site.waiting_since
    if since is None:
        return None
    rows = map(board.queues.__getitem__, board.order)
    return next((row for row in rows if row.waiting_since == since), None)


def _age_words(board: Board, now: Moment, wording: Wording) -> str:
    if not fresh(board) and board.snapshot is not None:
        at = wording.clock(board.snapshot.as_of, board.zone)
        return wording.say(phrase("Aloud", "last data at {time}"), time=at)
    age = wording.duration_words(age_of(board, now))
    return wording.say(phrase("Aloud", "updated {time} ago"), time=age)


class ToldStrip(FlatParts, KpiStrip):
    """Tells of each tile as one thing; Enter has its figure explained."""

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint the tiles that changed."""
        self._told_of = (board, now)
        super().show_board(board, now)

    def told_current(self) -> Path:
        """Return at which tile the keyboard is."""
        return (TILES[self._current],) if self._faces else HERE

    def press_part(self, path: Path) -> None:
        """Have the figure of a tile explained."""
        self._go_to(TILES.index(path[0]))
        self.figure_chosen.emit(path[0])

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is, and tell it."""
        super().focusInEvent(event)
        tell_focus(self)

    def _told_parts(self) -> Mapping[str, Part]:
        if not self._faces:
            return {}
        board, now = self._told_of
        return {
            key: Part(
                name=face.label,
                words=tile_words(key, face, board, now, self._look.wording),
                role=QAccessible.Role.Button,
                box=self.tile_box(at).toAlignedRect(),
                presses=True,
            )
            for at, (key, face) in enumerate(zip(TILES, self._faces, strict=True))
        }

    def _go_to(self, at: int) -> None:
        super()._go_to(at)
        tell_current(self)
