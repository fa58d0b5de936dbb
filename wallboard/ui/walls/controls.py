"""Controls of which the form of a TV's board is made: figures in an order, ticks, free words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wallboard.domain.walls import LONGEST_TEXT
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.settings_form import Choices, Line, text_label
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import NOTHING_KNOWN

_PAUSE_MS = 400
"""Who has not typed for so long has written something to look at."""


class WordsLine(Line):
    """A line whose words are told as they were written, but for what hides in them."""

    def __init__(self, look: Look, key: str, width: int) -> None:
        super().__init__(look, key, width=width)
        # Narrower where there is no room.
        self.field.setMinimumWidth(look.px(96))
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.setStretch(0, 1000)

    def _tell(self) -> None:
        text = shown(self.field.text())
        if self.field.text() != self._shown:
            self._shown = self.field.text()
            self.told.emit(text)


class CalmChoices(Choices):
    """A list that folds out, which the wheel of the mouse does not turn on its way past."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to what scrolls."""
        event.ignore()

    def offer(self, rows: Iterable[tuple[str, str]], chosen: str) -> None:
        """Offer rows by key and name, and show the chosen one; one that is not there as itself."""
        told = tuple(rows)
        if chosen not in {key for key, _ in told}:
            told = (*told, (chosen, shown(chosen)))
        there = tuple((self.itemData(at), self.itemText(at)) for at in range(self.count()))
        if told != there:
            self.clear()
            for key, name in told:
                self.addItem(name, key)
        self.setCurrentIndex(max(0, self.findData(chosen)))


class FigureSlots(QWidget):
    """Places for figures, in their order; a place may be empty.

    Signals:
        chosen: The keys of the figures, a tuple, each once.
    """

    chosen = Signal(object)

    def __init__(
        self, look: Look, key: str, figures: tuple[tuple[str, str], ...], count: int
    ) -> None:
        super().__init__()
        self._figures = (("", NOTHING_KNOWN), *figures)
        self._columns = 2
        self.slots: list[CalmChoices] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(8))
        for at in range(count):
            slot = CalmChoices(look, f"{key}/{at}")
            slot.setMinimumContentsLength(6)
            slot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            slot.setMaximumWidth(look.px(226))
            name = look.wording.translate("Walls", "Place {number}")
            slot.setAccessibleName(name.format(number=look.wording.count(at + 1)))
            slot.offer(self._figures, "")
            slot.activated.connect(partial(self._tell, at))
            grid.addWidget(slot, at // self._columns, at % self._columns)
            self.slots.append(slot)
        self.setFocusProxy(self.slots[0])

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the places for those who listen."""
        super().setAccessibleName(name)
        for slot in self.slots:
            slot.setAccessibleDescription(name)

    def show_keys(self, keys: tuple[str, ...]) -> None:
        """Show which figures are chosen."""
        told = (*keys, *[""] * len(self.slots))
        for slot, key in zip(self.slots, told, strict=False):
            slot.offer(self._figures, key)

    def _tell(self, at: int, _row: int) -> None:
        """Tell what is chosen; what stands in two places was moved to the one of now."""
        now = str(self.slots[at].currentData())
        keys = [str(slot.currentData()) for slot in self.slots]
        keys = [key for place, key in enumerate(keys) if key and (place == at or key != now)]
        self.chosen.emit(tuple(dict.fromkeys(keys)))


class QueueTicks(QListWidget):
    """Queues with a tick before each that is chosen.

    Signals:
        chosen: The ids of the queues, a tuple, in the order of the list. Empty for all.
    """

    chosen = Signal(object)
    _MOST_ROWS = 6

    def __init__(self, look: Look, key: str) -> None:
        super().__init__()
        self._look = look
        self._rows: tuple[tuple[str, str], ...] = ()
        self._ticked: tuple[str, ...] = ()
        self.setObjectName(key)
        self.setFont(look.font(Role.BODY))
        self.setMaximumWidth(look.px(460))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemChanged.connect(self._tell)

    def show_queues(self, rows: tuple[tuple[str, str], ...], ticked: tuple[str, ...]) -> None:
        """Show queues by id and name. Ids that nobody knows now stay, as they may come back."""
        known = {key for key, _ in rows}
        rows = (*rows, *((key, shown(key)) for key in ticked if key not in known))
        if (rows, ticked) == (self._rows, self._ticked):
            return
        at = self.currentRow() if rows == self._rows else 0
        self._rows, self._ticked = rows, ticked
        self.blockSignals(True)  # noqa: FBT003 - Qt's form
        self.clear()
        for key, name in rows:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, self._look.px(28)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.addItem(item)
        self.setCurrentRow(at)
        self.blockSignals(False)  # noqa: FBT003 - Qt's form
        high = min(max(1, len(rows)), self._MOST_ROWS) * self._look.px(28) + self._look.px(16)
        self.setFixedHeight(high)

    def _tell(self, _item: QListWidgetItem) -> None:
        items = (self.item(at) for at in range(self.count()))
        checked = (item for item in items if item.checkState() is Qt.CheckState.Checked)
        self._ticked = tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in checked)
        self.chosen.emit(self._ticked)


class MessageText(QWidget):
    """Some lines to write a message in, and how many letters are left.

    Signals:
        told: The text, without what hides in it.
    """

    told = Signal(str)

    def __init__(self, look: Look, key: str) -> None:
        super().__init__()
        self._look = look
        self.field = _Text(look, key)
        self._left = text_label(look, "", Role.CAPTION, quiet=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(3))
        box.addWidget(self.field)
        box.addWidget(self._left)
        self._shown = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.tell)
        self.field.textChanged.connect(self._hear)
        self.field.left.connect(self.tell)
        self.setFocusProxy(self.field)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the text for those who listen."""
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def show_text(self, text: str) -> None:
        """Show what holds; what is being written is left alone."""
        if text != self._shown:
            self._shown = text
            self._pause.stop()
            self.field.setPlainText(text)
            self._pause.stop()
        self._say()

    def tell(self) -> None:
        """Tell what was written, if it is another text."""
        self._pause.stop()
        text = self._text()
        if text != self._shown:
            self._shown = text
            self.told.emit(text)

    def _text(self) -> str:
        lines = "\n".join(map(shown, self.field.toPlainText().split("\n")))
        return lines.rstrip("\n")[:LONGEST_TEXT]

    def _hear(self) -> None:
        self._say()
        self._pause.start()

    def _say(self) -> None:
        wording = self._look.wording
        left = LONGEST_TEXT - len(self.field.toPlainText())
        if left < 0:
            said = wording.translate("Walls", "Too long: the last {number} letters are not shown.")
        else:
            said = wording.translate("Walls", "{number} letters left")
        self._left.show_text(said.format(number=wording.count(abs(left))))


class _Text(QPlainTextEdit):
    """The field of a message. The Tab key leaves it.

    Signals:
        left: The keyboard is elsewhere now.
    """

    left = Signal()

    def __init__(self, look: Look, key: str) -> None:
        super().__init__()
        self.setObjectName(key)
        self.setFont(look.font(Role.BODY))
        self.setTabChangesFocus(True)
        self.setFixedHeight(look.px(92))
        self.setMaximumWidth(look.px(460))

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that it was left."""
        super().focusOutEvent(event)
        self.left.emit()
