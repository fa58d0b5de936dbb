"""Alerts in a list: each with its severity, whom it is about, its reading, and who has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPen

from wallboard.domain.alert import AlertKey, Deed, RuleId, Stage, Subject
from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.alert_board import ShownAlert
from wallboard.engine.alert_watch import source_time
from wallboard.engine.board import Board
from wallboard.ui.alert_words import (
    has_value,
    limit_words,
    rule_name,
    since_words,
    standing_words,
    subject_text,
    value_text,
)
from wallboard.ui.easel import Easel, Place
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated
from wallboard.ui.panels.face import Face, Manner
from wallboard.ui.panels.inset_list import InsetList
from wallboard.ui.panels.panel import Condition
from wallboard.ui.panels.shelves import Section
from wallboard.ui.theme.type import Role

_BETWEEN = "\x1f"


def text_of(key: AlertKey) -> str:
    """Return an alert's key as one text."""
    return f"{key[0]}{_BETWEEN}{key[1]}"


def key_of(text: str) -> AlertKey:
    """Return the key that a text stands for."""
    rule, _, subject = text.partition(_BETWEEN)
    return RuleId(rule), Subject(subject)


@value
class AlertFace(Face):
    """All that the card of an alert shows.

    Attributes:
        firing: False while it is only about to.
        taken: True if somebody has it, or if it disturbs nobody.
        watched: False while nothing is known of it.
    """

    severity: Severity
    firing: bool
    unstable: bool
    taken: bool
    watched: bool
    name: str
    subject: str
    reading: str
    limit: str
    lasted: str
    since: str
    standing: str


def alert_face(row: ShownAlert, then: datetime, look: Look, board: Board) -> AlertFace:
    """Return what the card of an alert shows.

    Args:
        then: The source's time.
    """
    wording, alert = look.wording, row.alert
    reading = ""
    if has_value(row.rule):
        reading = value_text(row.rule.kind, row.rule.conditions[0].key, row.reading, wording)
    return AlertFace(
        severity=alert.severity,
        firing=alert.stage is not Stage.PENDING,
        unstable=alert.unstable,
        taken=alert.hand is not None or row.silent,
        watched=alert.evaluated,
        name=rule_name(row.rule.name, wording),
        subject=subject_text(row),
        reading=reading,
        limit=limit_words(row, wording),
        lasted=wording.duration(then - (alert.fired_at or alert.since)),
        since=since_words(row, wording, board.zone),
        standing=standing_words(row, then, wording),
    )


class AlertList(InsetList):
    """Shows alerts, the worst first. A acknowledges, Shift+A with a note, H shelves.

    Signals:
        deed_wanted: The key of an alert as text, and what is to be done.
        note_wanted: The key of an alert that is to be acknowledged with a note.
    """

    deed_wanted = Signal(str, Deed)
    note_wanted = Signal(str)

    def __init__(self, look: Look, *, roomy: bool = False) -> None:
        super().__init__(look)
        self._roomy = roomy
        self._board: Board | None = None
        self._then: datetime | None = None
        self._rows: Mapping[str, ShownAlert] = {}
        self._of: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._headings: Sequence[tuple[str, Sequence[ShownAlert]]] = ()

    def show_alerts(
        self,
        board: Board,
        now: Moment,
        groups: Sequence[tuple[str, Sequence[ShownAlert]]],
        empty: str,
    ) -> None:
        """Show these alerts.

        Args:
            groups: With their headings; an empty heading for none.
            empty: What to say if there are none.
        """
        self._board, self._then, self._empty = board, source_time(board, now), empty
        self._rows = {text_of(row.alert.key): row for _, rows in groups for row in rows}
        of = tuple(
            (heading, tuple(text_of(row.alert.key) for row in rows)) for heading, rows in groups
        )
        if of != self._of:
            self._of = of
            self._ask_again()
        self._show(self._of, Condition.PRESENT, now)
        if self._key is not None and self._key not in self._rows:
            self._key = self._at = None
        name = self._look.wording.translate("Alert", "Alerts")
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def row(self, key: str | None) -> ShownAlert | None:
        """Return an alert that is shown. None if it is not there any more."""
        return None if key is None else self._rows.get(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the letters say with the alert that was chosen."""
        key, chosen = Qt.Key(event.key()), self.chosen_key()
        deed = {Qt.Key.Key_A: Deed.ACKNOWLEDGED, Qt.Key.Key_H: Deed.SHELVED}.get(key)
        typed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shifted = typed == Qt.KeyboardModifier.ShiftModifier
        plain = typed == Qt.KeyboardModifier.NoModifier
        if deed is None or chosen is None or not (plain or shifted) or not self._look.single_keys:
            super().keyPressEvent(event)
        elif shifted and deed is Deed.ACKNOWLEDGED:
            self.note_wanted.emit(chosen)
        elif plain and not event.isAutoRepeat():
            self.deed_wanted.emit(chosen, deed)

    # What this kind of list says of itself

    def _arrange(self) -> tuple[Section, ...]:
        return tuple(Section(keys=keys, heading=heading) for heading, keys in self._of if keys)

    def _face(self, key: str) -> AlertFace | None:
        row = self._rows.get(key)
        if row is None or self._board is None or self._then is None:
            return None
        return alert_face(row, self._then, self._look, self._board)

    def _paint_face(self, easel: Easel, box: QRectF, face: Face, manner: Manner) -> None:
        if not isinstance(face, AlertFace):
            return
        look, theme = self._look, self._look.theme
        card = box.adjusted(0, 0, 0, -look.px(4))
        easel.fill(box, self._ground())
        easel.card(card, theme.raised)
        if manner.chosen and not self.hasFocus():
            easel.painter.setPen(QPen(theme.text2, 1))
            easel.painter.setBrush(Qt.BrushStyle.NoBrush)
            easel.painter.drawRoundedRect(easel.at(card).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if face.firing and not face.taken:
            edge = QRectF(card.x(), card.y(), look.px(4), card.height())
            easel.edge(edge, face.severity)
        pad = look.px(12)
        line = QRectF(card.x() + pad, card.y() + look.px(6), card.width() - 2 * pad, look.px(24))
        self._paint_first(easel, line, face)
        line = line.translated(0, look.px(24))
        line.setHeight(look.px(20))
        self._paint_second(easel, line, face)

    def _paint_first(self, easel: Easel, line: QRectF, face: AlertFace) -> None:
        """Paint the mark, whom it is about, and the reading, which is the largest."""
        look, theme = self._look, self._look.theme
        size = look.px(13)
        mark = QRectF(line.x(), line.center().y() - size / 2, size, size)
        self._paint_mark(easel, mark, face)
        line = line.adjusted(size + look.px(9), 0, 0, 0)
        ink = self._ink(face)
        used = easel.write(line, face.reading, look.font(Role.FIGURE), ink, Place.END)
        line = line.adjusted(0, 0, -used - look.px(10), 0)
        first = face.subject or face.name
        easel.write(line, first, look.font(Role.STRONG), theme.text)

    def _paint_second(self, easel: Easel, line: QRectF, face: AlertFace) -> None:
        look, theme = self._look, self._look.theme
        line = line.adjusted(look.px(22), 0, 0, 0)
        font = look.font(Role.CAPTION)
        used = easel.write(line, face.limit, font, theme.text2, Place.END)
        line = line.adjusted(0, 0, -used - look.px(10) if used else 0, 0)
        told = [face.name] if face.subject else []
        told += [face.standing] if face.standing else [face.lasted, face.since]
        easel.write(line, " · ".join(told), font, theme.text2)

    def _paint_mark(self, easel: Easel, mark: QRectF, face: AlertFace) -> None:
        theme = self._look.theme
        if not face.watched:
            easel.hatch(mark, 0.7)
        elif face.firing and not face.taken:
            easel.severity(mark, face.severity)
        else:
            easel.hollow_severity(mark, face.severity)
        if face.unstable:
            font = self._look.font(Role.STRONG)
            easel.write(mark.translated(0, -mark.height()), "~", font, theme.text2, Place.CENTER)

    def _ink(self, face: AlertFace) -> QColor:
        theme = self._look.theme
        if not face.watched or not face.firing or face.taken:
            return theme.text2
        critical = face.severity is Severity.CRITICAL
        return theme.critical_text if critical else theme.warning_text

    def _cells(self, width: int) -> tuple[int, QSize]:
        return 1, QSize(width - 2 * self._inset(), self._look.px(62))

    def _told(self, key: str) -> str:
        face = self._face(key)
        if face is None:
            return ""
        wording = self._look.wording
        told = (
            wording.severity(face.severity),
            face.name,
            isolated(face.subject) if face.subject else "",
            face.reading,
            face.limit,
            face.since,
            face.standing,
        )
        return wording.listed(filter(None, told))
