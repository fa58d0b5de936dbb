"""A figure explained: what was divided by what, of which time, and the calls behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from wallboard.domain.facts import CallRecord
from wallboard.engine.explanation import Explanation
from wallboard.ui import explained
from wallboard.ui.call_rows import (
    COLUMN_NAMES,
    FIGURES,
    CallColumn,
    CallRow,
    Names,
    calls_csv,
    cell_text,
    order_of,
    row_of,
)
from wallboard.ui.calm_table import calm, dress_table
from wallboard.ui.dialogs.csv_export import ask_where, write_csv
from wallboard.ui.dialogs.dress import dress
from wallboard.ui.dialogs.sheet_model import SheetModel
from wallboard.ui.live_figures import LiveRow
from wallboard.ui.look import Look
from wallboard.ui.not_told import CALLS_NOT_TOLD
from wallboard.ui.outside_text import in_title, isolated
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.sheet import Sheet
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

_COLUMNS: Final = tuple(CallColumn)
_WIDE, _HIGH = 980, 720


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and when a figure was asked for.

    Attributes:
        queue: The queue's name, text from outside. None for all queues.
        as_of: How fresh the board was, in words.
        singly: False if the system tells no single calls.
    """

    names: Names
    zone: tzinfo
    queue: str | None = None
    as_of: str = ""
    singly: bool = True


class ExplainDialog(QDialog):
    """Shows where a figure comes from. It reads nothing itself: what it shows is handed to it.

    Signals:
        history_wanted: How it went before is to be seen.
    """

    history_wanted = Signal()

    def __init__(
        self, look: Look, key: str, name: str, place: Place, parent: QWidget | None = None
    ) -> None:
        """Build the dialog, which waits for what it is to show.

        Args:
            look: How it looks, for as long as it is open.
            key: Of the figure.
            name: What the figure is called.
            place: Where and when it was asked for.
            parent: The window it belongs to.
        """
        super().__init__(parent)
        dress(self, look)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.key = key
        self._look = look
        self._wording = look.wording
        self._place = place
        self._calls: SheetModel[CallRow] | None = None
        queue = (
            self._wording.translate("Explain", "all queues")
            if place.queue is None
            else isolated(place.queue)
        )
        self.setWindowTitle(in_title(f"{name} · {queue}"))
        self._title = PlainLabel(f"{name} · {queue}")
        self._title.setFont(look.font(Role.LABEL))
        self._figure = PlainLabel()
        self._figure.setFont(look.font(Role.NUMBER))
        self._formula = PlainLabel(self._wording.translate("Explain", "Reading the calls …"))
        self._formula.setFont(look.font(Role.HEADING))
        self._formula.setWordWrap(True)
        self._rows = QFormLayout()
        self._others = QGridLayout()
        self._heading = PlainLabel()
        self._heading.setFont(look.font(Role.STRONG))
        self._table = self._build_table()
        self._empty = PlainLabel()
        self._empty.setWordWrap(True)
        self._note = PlainLabel()
        self._note.setWordWrap(True)
        self._export = QPushButton(self._wording.translate("Explain", "Export as CSV …"))
        self._history = QPushButton(self._wording.translate("Explain", "History"))
        self._history.clicked.connect(self._ask_history)
        self._history.setAutoDefault(False)
        self._close = QPushButton(self._wording.translate("Explain", "Close"))
        self._build_layout()
        self._history.hide()
        self._export.clicked.connect(self._ask_where)
        self._close.clicked.connect(self.close)
        screen = self.screen().availableGeometry()
        self.resize(
            min(look.px(_WIDE), screen.width() - look.px(40)),
            min(look.px(_HIGH), screen.height() - look.px(60)),
        )

    def show_explanation(self, told: Explanation, records: Sequence[CallRecord]) -> None:
        """Show a figure of a window, and the calls behind it."""
        wording, zone = self._wording, self._place.zone
        target = explained.target_of(records)
        self._figure.show_text(explained.value_words(told.kpi, told.value, wording))
        if told.refused is not None:
            self._formula.show_text(explained.refusal_words(told, wording))
        elif told.value is None:
            self._formula.show_text(
                wording.translate(
                    "Explain",
                    "There is nothing to work it out from in this time: a dash, neither 0 nor"
                    " 100 %. It is left out of all sums.",
                )
            )
        else:
            self._formula.show_text(explained.formula(told, target, wording))
        above, below = explained.part_words(told, target, wording)
        self._add(phrase("Explain", "It counts"), explained.meaning_of(told.kpi, wording))
        self._add(phrase("Explain", "Numerator"), above)
        self._add(phrase("Explain", "Denominator"), below)
        self._add(phrase("Explain", "Calls (n)"), explained.sample_words(told, wording))
        if told.window is not None:
            window = explained.window_words(told.window, zone, wording)
            self._add(phrase("Explain", "Time"), window)
        if told.level is not None:
            self._add(
                phrase("Explain", "Measured as"), explained.profile_words(told.level, wording)
            )
        self._add(phrase("Explain", "As of"), self._place.as_of)
        seen = explained.coverage_words(told.coverage, zone, wording)
        self._add(phrase("Explain", "Seen"), seen)
        self._show_others(told)
        self._show_calls(records)

    def offer_history(self) -> None:
        """Offer to show how it went before."""
        self._history.show()

    def show_live(self, figure: str, meaning: str, sheet: Sheet[LiveRow]) -> None:
        """Show a figure of this moment, and who is behind it.

        Args:
            figure: As the board shows it.
            meaning: What it counts, in one sentence.
        """
        self._figure.show_text(figure)
        self._formula.show_text(meaning)
        self._add(phrase("Explain", "As of"), self._place.as_of)
        self._export.hide()
        nobody = self._wording.translate("Explain", "Nobody at this moment.")
        if not self._place.singly:
            nobody = self._wording.say(CALLS_NOT_TOLD)
        self._show_rows(SheetModel(sheet, rtl=self._look.rtl), nobody)

    def show_trouble(self, text: str) -> None:
        """Say why the figure cannot be explained, and what to do."""
        self._figure.show_text("")
        self._formula.show_text(text)
        self._export.hide()

    def _ask_history(self) -> None:
        self.history_wanted.emit()
        self.close()

    def _build_table(self) -> QTableView:
        table = QTableView()
        calm(table, measured=40)
        dress_table(table, self._look)
        table.hide()
        return table

    def _build_layout(self) -> None:
        px = self._look.px
        self._rows.setVerticalSpacing(px(4))
        self._rows.setHorizontalSpacing(px(16))
        self._others.setVerticalSpacing(px(3))
        self._others.setHorizontalSpacing(px(16))
        facts = QHBoxLayout()
        facts.setSpacing(px(28))
        facts.addLayout(self._rows, 3)
        beside = QVBoxLayout()
        beside.addLayout(self._others)
        beside.addStretch(1)
        facts.addLayout(beside, 2)
        top = QHBoxLayout()
        top.setSpacing(px(20))
        top.addWidget(self._figure)
        top.addWidget(self._formula, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._export)
        buttons.addWidget(self._history)
        buttons.addWidget(self._note, 1)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(self._title)
        layout.addLayout(top)
        layout.addLayout(facts)
        layout.addWidget(self._heading)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(buttons)
        self._export.setAutoDefault(False)
        self._close.setDefault(True)
        self._export.setEnabled(False)

    def _add(self, name: Phrase, text: str) -> None:
        """Add a row to what is told of the figure, unless there is nothing to tell."""
        if not text:
            return
        label = self._quiet(self._wording.say(name))
        label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        value = PlainLabel(text)
        value.setWordWrap(True)
        # Told outright: a text of digits alone would be put where Latin lines begin.
        side = Qt.AlignmentFlag.AlignRight if self._look.rtl else Qt.AlignmentFlag.AlignLeft
        value.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
        self._rows.addRow(label, value)

    def _quiet(self, text: str) -> PlainLabel:
        label = PlainLabel(text)
        palette = label.palette()
        palette.setColor(label.foregroundRole(), self._look.theme.muted)
        label.setPalette(palette)
        return label

    def _show_others(self, told: Explanation) -> None:
        if not told.others:
            return
        wording = self._wording
        heading = PlainLabel(wording.translate("Explain", "The same calls would read"))
        heading.setFont(self._look.font(Role.STRONG))
        self._others.addWidget(heading, 0, 0, 1, 2)
        end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        for at, (profile, value) in enumerate(told.others, start=1):
            name = self._quiet(explained.profile_words(profile, wording))
            name.setWordWrap(True)
            self._others.addWidget(name, at, 0)
            self._others.addWidget(PlainLabel(wording.percent(value)), at, 1, end)
        self._others.setColumnStretch(0, 1)

    def _show_calls(self, records: Sequence[CallRecord]) -> None:
        wording, zone, names = self._wording, self._place.zone, self._place.names
        one_day = len({record.entered_at.astimezone(zone).date() for record in records}) < 2
        sheet = Sheet(
            headings=tuple(wording.say(COLUMN_NAMES[column]) for column in _COLUMNS),
            figures=frozenset(at for at, column in enumerate(_COLUMNS) if column in FIGURES),
            # The newest first: it is the one that somebody asks about.
            rows=tuple(row_of(record, names) for record in reversed(records)),
            text=lambda row, at: cell_text(row, _COLUMNS[at], zone, wording, with_day=not one_day),
            order=lambda row, at: order_of(row, _COLUMNS[at]),
        )
        self._calls = SheetModel(sheet, rtl=self._look.rtl)
        self._export.setEnabled(bool(records))
        heading = wording.translate("Explain", "The calls behind it: {number}")
        self._heading.show_text(heading.format(number=wording.count(len(records))))
        none = wording.translate(
            "Explain",
            "No call is behind this figure. Choose another time at the top of the board, or wait"
            " for the next call.",
        )
        self._show_rows(self._calls, none if self._place.singly else wording.say(CALLS_NOT_TOLD))

    def _show_rows(self, model: SheetModel[CallRow] | SheetModel[LiveRow], none: str) -> None:
        model.setParent(self)
        self._table.setModel(model)
        header = self._table.horizontalHeader()
        # As they are handed over, until a heading is pressed.
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._table.setSortingEnabled(True)
        self._table.setAccessibleName(
            self._heading.text() or self._wording.translate("Explain", "Who is behind it")
        )
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in model.texts():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._table.setVisible(model.rowCount() > 0)
        self._empty.setVisible(model.rowCount() == 0)
        self._empty.show_text(none)

    # Export

    def _ask_where(self) -> None:
        title = self._wording.translate("Explain", "Export as CSV …")
        ask_where(self, title, f"{self.key}.csv", self.export_to)

    def export_to(self, path: str) -> None:
        """Write the calls, as they are sorted, to a file; say in the dialog how that went."""
        if self._calls is None:
            return
        text = calls_csv(self._calls.rows(), self._place.zone, self._wording)
        self._note.show_text(write_csv(path, text, self._wording))
