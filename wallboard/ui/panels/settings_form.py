"""What the sections of the settings are made of: a title, rows with a label, and their controls."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wallboard.ui.chip_button import ChipButton
from wallboard.ui.flow import flowed, width_of
from wallboard.ui.look import Look
from wallboard.ui.panels.settings_face import Chosen
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.theme.type import Role

_LABEL, _WIDEST_LABEL = 190, 250
"""How wide the column of labels is at 100 %, and at most, in pixels: then they wrap."""


class Section(QWidget):
    """One section, in one look: another look is another section.

    Signals:
        wished: A Wish.
    """

    wished = Signal(object)

    def __init__(self, look: Look, title: str, lead: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(title)
        self._rows = QVBoxLayout(self)
        # Qt does not mirror margins: the room is for the scroll bar, at the end of the lines.
        end = look.px(8)
        self._rows.setContentsMargins(
            end if look.rtl else 0, 0, 0 if look.rtl else end, look.px(16)
        )
        self._rows.setSpacing(look.px(14))
        heading = text_label(look, title, Role.TITLE)
        told = text_label(look, lead, Role.BODY, quiet=True)
        self._rows.addWidget(heading)
        self._rows.addWidget(told)

    def add(self, part: QWidget, stretch: int = 0) -> None:
        """Put a part below the others."""
        self._rows.addWidget(part, stretch)

    def end(self) -> None:
        """Leave the rest of the room free."""
        self._rows.addStretch(1)


class FormRow(QWidget):
    """A label at the start, a control beside it, below that what it means and what is wrong."""

    def __init__(self, look: Look, label: str, control: QWidget, note: str = "") -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(3))
        grid.setColumnStretch(1, 1)
        told = text_label(look, label, Role.STRONG)
        told.setFixedWidth(min(look.px(_LABEL), _WIDEST_LABEL))
        told.setMinimumHeight(look.px(32))
        grid.addWidget(told, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(control, 0, 1)
        self._note = text_label(look, note, Role.CAPTION, quiet=True)
        self._note.setVisible(bool(note))
        self._problem = text_label(look, "", Role.CAPTION)
        palette = self._problem.palette()
        palette.setColor(self._problem.foregroundRole(), look.theme.critical_text)
        self._problem.setPalette(palette)
        self._problem.hide()
        grid.addWidget(self._note, 1, 1)
        grid.addWidget(self._problem, 2, 1)
        self._control = control
        if not control.accessibleName():
            control.setAccessibleName(label)
        control.setAccessibleDescription(note)

    def show_note(self, text: str) -> None:
        """Say what it means, in other words than before."""
        self._note.show_text(text)
        self._note.setVisible(bool(text))
        self._control.setAccessibleDescription(self._problem.text() or text)

    def show_problem(self, text: str) -> None:
        """Say what is wrong with what was entered; an empty text says that nothing is."""
        self._problem.show_text(text)
        self._problem.setVisible(bool(text))
        self._control.setAccessibleDescription(text or self._note.text())

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return self._problem.text()


class Flow(QWidget):
    """Parts side by side, in as many lines as it takes."""

    def __init__(self, look: Look, gap: int) -> None:
        """Build it without parts.

        Args:
            gap: Between parts and between lines, at 100 %.
        """
        super().__init__()
        self._look = look
        self._gap = look.px(gap)
        self._parts: list[QWidget] = []
        self.setMinimumHeight(look.px(32))

    def add(self, part: QWidget) -> None:
        """Put a part after the others."""
        part.setParent(self)
        self._parts.append(part)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that one line needs."""
        return QSize(width_of(self._parts, self._gap), self._look.px(32))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the parts in as many lines as it takes."""
        super().resizeEvent(event)
        look = self._look
        shown = [part for part in self._parts if not part.isHidden()]
        room = QRect(0, 0, self.width(), look.px(32))
        bottom = max(flowed(shown, room, self._gap, rtl=look.rtl), look.px(32))
        if bottom != self.minimumHeight():
            self.setFixedHeight(bottom)


class Segments(Flow):
    """A few choices side by side, of which one holds; arrow keys go from one to the next.

    Signals:
        chosen: The key of the one that was chosen.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, key: str, choices: Iterable[tuple[Chosen, str]]) -> None:
        super().__init__(look, 6)
        self.chips: dict[Chosen, ChipButton] = {}
        for chosen, name in choices:
            chip = ChipButton(look)
            chip.setObjectName(f"{key}/{chosen}")
            chip.setAutoExclusive(True)
            chip.show_words(name)
            chip.clicked.connect(self._teller(chosen))
            self.add(chip)
            self.chips[chosen] = chip

    def show_chosen(self, chosen: Chosen) -> None:
        """Show which one holds; one that is not among them is none."""
        chip = self.chips.get(chosen)
        if chip is not None:
            chip.setChecked(True)

    def _teller(self, chosen: Chosen) -> Callable[[], None]:
        return lambda: self.chosen.emit(chosen)


class Choices(QComboBox):
    """A list that folds out, of which one line holds: for choices too many to stand side by side.

    It is painted here: what the style paints follows no colours of ours.
    """

    def __init__(self, look: Look, key: str) -> None:
        super().__init__()
        self._look = look
        self.setObjectName(key)
        self.setFont(look.font(Role.BODY))
        self.setMinimumHeight(look.px(32))
        self.setMaximumWidth(look.px(460))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(24)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint outline, words, and at the end the mark that a list folds out."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self.hasFocus()
        pen = QPen(theme.focus, theme.focus_width) if ring else QPen(theme.control, 1)
        painter.setPen(pen)
        painter.setBrush(theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        half, end = look.px(4), look.px(16)
        x = end if look.rtl else self.width() - end
        y = (self.height() - half) // 2
        painter.setPen(QPen(theme.text2, 1.5))
        painter.drawPolyline([QPoint(x - half, y), QPoint(x, y + half), QPoint(x + half, y)])
        start, stop = look.px(9), look.px(28)
        room = self.rect().adjusted(
            stop if look.rtl else start, 0, -(start if look.rtl else stop), 0
        )
        side = Qt.AlignmentFlag.AlignRight if look.rtl else Qt.AlignmentFlag.AlignLeft
        text = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.setPen(theme.text)
        painter.drawText(
            room, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, text
        )
        painter.end()


class Line(QWidget):
    """A short line to write in, with its unit beside it.

    Signals:
        told: What was written, without spaces at its ends and with the digits 0 to 9.
    """

    told = Signal(str)

    def __init__(self, look: Look, key: str, unit: str = "", width: int = 96) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setObjectName(key)
        self.field.setMaxLength(200)
        self.field.setFixedWidth(look.px(width))
        self.field.setFont(look.font(Role.BODY))
        self.field.setMinimumHeight(look.px(32))
        self._shown = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self.field)
        row.addWidget(text_label(look, unit, Role.BODY, quiet=True))
        row.addStretch(1)
        self.setFocusProxy(self.field)
        self.field.editingFinished.connect(self._tell)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the line for those who listen."""
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def setAccessibleDescription(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Describe the line for those who listen."""
        super().setAccessibleDescription(text)
        self.field.setAccessibleDescription(text)

    def show_text(self, text: str) -> None:
        """Show what holds; what is being written is left alone."""
        if text != self._shown:
            self._shown = text
            self.field.setText(text)

    def _tell(self) -> None:
        if self.field.text() != self._shown:
            self._shown = self.field.text()
            self.told.emit(latin(self.field.text()))


def at_start(*parts: QWidget) -> QWidget:
    """Return parts side by side where lines start, the rest of the line free."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return box


def latin(text: str) -> str:
    """Return a text without spaces at its ends, with 0 to 9 for the digits of any script."""
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text.strip()
    )


def text_label(look: Look, text: str, role: Role, *, quiet: bool = False) -> PlainLabel:
    """Return a text that wraps.

    Args:
        quiet: True for what matters less.
    """
    label = PlainLabel(text)
    label.setWordWrap(True)
    label.setFont(look.font(role))
    # Told outright: a text of another script would be put where its own lines begin.
    side = Qt.AlignmentFlag.AlignRight if look.rtl else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    palette = look.palette()
    ink = look.theme.text2 if quiet else look.theme.text
    palette.setColor(label.foregroundRole(), ink)
    label.setPalette(palette)
    return label
