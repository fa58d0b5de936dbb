"""How good the alerts are, in one line: too many, nobody's, too restless, or too old."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.alert_health import FINE_PER_HOUR, MOST_PER_HOUR, AlertHealth
from wallboard.ui.alert_words import rule_name
from wallboard.ui.look import Look
from wallboard.ui.panels.panel import Panel
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import NOTHING_KNOWN, Wording


@value
class Cell:
    """One figure: what it is called, how it reads, how bad that is."""

    name: str
    text: str
    severity: Severity = Severity.CALM


def health_cells(health: AlertHealth | None, wording: Wording) -> tuple[Cell, ...]:
    """Return the figures of the strip; unknown ones while nothing is known."""
    translate = wording.translate
    if health is None:
        health = AlertHealth(per_hour=-1)
    busy = health.busiest
    severity = Severity.CALM
    if busy > FINE_PER_HOUR:
        severity = Severity.CRITICAL if busy > MOST_PER_HOUR else Severity.WARNING
    worst = health.chattering[0] if health.chattering else None
    often = NOTHING_KNOWN
    if worst is not None:
        often = f"{rule_name(worst[0], wording)} ({wording.count(worst[1])})"
    known = health.per_hour >= 0
    return (
        Cell(
            name=translate("Alert", "Fired in 24 hours"),
            text=wording.count(health.fired) if known else NOTHING_KNOWN,
        ),
        Cell(
            name=translate("Alert", "Busiest hour"),
            text=wording.count(busy) if known else NOTHING_KNOWN,
            severity=severity,
        ),
        Cell(name=translate("Alert", "Nobody took"), text=wording.percent(health.untaken)),
        Cell(name=translate("Alert", "Critical"), text=wording.percent(health.critical)),
        Cell(name=translate("Alert", "In a flood"), text=wording.percent(health.in_flood)),
        Cell(
            name=translate("Alert", "Longer than a day"),
            text=wording.count(health.stale) if known else NOTHING_KNOWN,
            severity=Severity.WARNING if health.stale else Severity.CALM,
        ),
        Cell(name=translate("Alert", "Most restless rule"), text=often),
    )


class HealthStrip(Panel):
    """Shows the figures beside each other."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._cells: tuple[Cell, ...] = ()

    def show_health(self, health: AlertHealth | None) -> None:
        """Show how good the alerts are. None while nothing is known."""
        wording = self._look.wording
        cells = health_cells(health, wording)
        if cells == self._cells:
            return
        self._cells = cells
        self.update()
        self.setAccessibleName(wording.translate("Alert", "Health of the alerts"))
        told = [
            f"{cell.name} {cell.text} {wording.severity(cell.severity) if cell.severity else ''}"
            for cell in cells
        ]
        self._tell(wording.listed(told))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the figures; the last cell takes the room that is left."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = self._easel(painter)
        easel.whole_card(QRectF(self.rect()), event.rect())
        pad = look.px(14)
        room = (self.width() - 2 * pad) / max(1, len(self._cells) + 1)
        for at, cell in enumerate(self._cells):
            last = at == len(self._cells) - 1
            box = QRectF(pad + at * room, 0, room * (2 if last else 1) - look.px(8), self.height())
            name = QRectF(box.x(), look.px(8), box.width(), look.px(20))
            easel.write(name, cell.name, look.font(Role.CAPTION), theme.text2)
            line = QRectF(box.x(), look.px(28), box.width(), look.px(28))
            if cell.severity:
                size = look.px(12)
                mark = QRectF(line.x(), line.center().y() - size / 2, size, size)
                easel.severity(mark, cell.severity)
                line.setLeft(line.x() + size + look.px(6))
            role = Role.STRONG if last else Role.FIGURE
            easel.write(line, cell.text, look.font(role), theme.text)
        painter.end()

    def _forget(self) -> None:
        self._cells = ()
