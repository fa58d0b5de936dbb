"""The settings: sections at the start, what is decided in one of them beside it, and a way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from wallboard.domain.clock import Moment
from wallboard.domain.delivery import Delivery
from wallboard.domain.source import Finding
from wallboard.engine.board import Board
from wallboard.engine.supervision import SupervisionState
from wallboard.ui.dialogs.check_log import CheckLog
from wallboard.ui.ground import Ground
from wallboard.ui.look import Look
from wallboard.ui.panels.settings_alerts import AlertSection
from wallboard.ui.panels.settings_choices import (
    SECTIONS,
    TABLES,
    ChoiceSection,
    Place,
)
from wallboard.ui.panels.settings_face import SettingsFace
from wallboard.ui.panels.settings_form import Section, text_label
from wallboard.ui.panels.settings_queues import QueueSection
from wallboard.ui.panels.settings_shifts import ShiftSection
from wallboard.ui.panels.settings_source import SourceSection
from wallboard.ui.panels.settings_supervision import SupervisionSection
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.shield import Shielded
from wallboard.ui.theme.sheets import dialog_sheet, section_sheet
from wallboard.ui.theme.type import Role

UNDO_MS: Final = 15_000
"""So long what was decided can be taken back with one key."""

_FILLED: Final = (
    SourceSection, QueueSection, ShiftSection, AlertSection, SupervisionSection, ChoiceSection,
)  # fmt: skip
"""The sections that show what is decided: all of them."""
_LIST, _WIDEST_LIST, _WIDEST = 176, 260, 900
"""How wide the list is at 100 % and at most, in pixels; how wide a section is at 100 %."""


class SettingsPage(Shielded, Ground):
    """Shows what is decided. It decides nothing itself: it tells what was wished for.

    Signals:
        wished: A Wish.
        undo_wanted: The last decision is to be taken back.
        undo_over: It cannot be taken back with one key any more.
        supervision_wanted: An Asked: the supervisor's phone is to be tried.
    """

    explanation_wanted = Signal(str, object)
    wished = Signal(object)
    undo_wanted = Signal()
    undo_over = Signal()
    supervision_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._face = SettingsFace()
        self._shown: tuple[Board, Moment] | None = None
        self._place = Place.SOURCE
        self._undo_text = self._trouble_text = ""
        self._deliveries: tuple[Delivery, ...] = ()
        self._state: SupervisionState | None = None
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(UNDO_MS)
        self._over.timeout.connect(self.end_undo)
        # The page has widgets of Qt's own; the board starts without a style.
        QApplication.setStyle("Fusion")
        self.list = QListWidget()
        self.list.setParent(self)
        self.list.setObjectName("sections")
        self.list.addItems([""] * len(Place))
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self._turn)
        self.content = QScrollArea(self)
        self.content.setWidgetResizable(True)
        self.content.setFrameShape(QFrame.Shape.NoFrame)
        self.content.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.line = QWidget(self)
        self.setFocusProxy(self.list)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._ask_undo)
        slash = QShortcut(QKeySequence("/"), self)
        slash.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        slash.activated.connect(self._search_by_sign)
        self._build()

    # What others call

    def show_look(self, look: Look) -> None:
        """Show the page in another look; the keyboard stays where it is."""
        self._look = look
        self._build()
        self.update()

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the queues that the board knows."""
        self._shown = (board, now)
        if isinstance(self.section, QueueSection | SupervisionSection):
            self.section.show_board(board)
        self._show_state()

    def show_supervision(self, state: SupervisionState) -> None:
        """Show what came of trying the supervisor's phone."""
        self._state = state
        self._show_state()

    def show_deliveries(self, deliveries: Sequence[Delivery]) -> None:
        """Show what became of alerts on their ways out."""
        self._deliveries = tuple(deliveries)
        if isinstance(self.section, AlertSection) and self._shown is not None:
            self.section.show_deliveries(self._deliveries, self._shown[0].zone)

    def show_way(self, name: str, text: str) -> None:
        """Say what came of what was done with a way out of alerts."""
        if isinstance(self.section, AlertSection):
            self.section.show_way(name, text)

    def show_way_problem(self, text: str, field: str = "") -> None:
        """Say why a way out was not saved, at the field of that key if there is one."""
        if isinstance(self.section, AlertSection):
            self.section.show_way_problem(text, field)

    def show_settings(self, face: SettingsFace) -> None:
        """Show what is decided."""
        self._face = face
        self._fill()

    def show_undo(self, text: str, trouble: str = "") -> None:
        """Say what was decided, and for some time how to take it back.

        Args:
            trouble: Why it is not kept, and what to do. Empty if it is.
        """
        self._undo_text, self._trouble_text = text, trouble
        self._say_line()
        self._over.start()

    def show_trouble(self, text: str) -> None:
        """Say why something was not done."""
        self._trouble_text = text
        self._say_line()

    def end_undo(self) -> None:
        """Offer no more to take back what was decided; a trouble stays to be read."""
        if self._undo_text:
            self._over.stop()
            self._undo_text = ""
            self._say_line()
            self.undo_over.emit()

    def show_check(self, name: str) -> None:
        """Say which connection is being checked; findings are to follow."""
        if isinstance(self.section, SourceSection):
            self.log.clear()
            self.section.show_check(name)

    def show_finding(self, finding: Finding) -> None:
        """Append a line of the check; nothing while another section is shown."""
        if not isinstance(self.section, SourceSection):
            return
        self.log.show_finding(finding)
        self.log.setFixedHeight(
            min(
                self._look.px(320),
                sum(self.log.sizeHintForRow(at) for at in range(self.log.count()))
                + self._look.px(16),
            )
        )

    def show_checked(self, name: str, *, good: bool) -> None:
        """Say how the check ended."""
        if isinstance(self.section, SourceSection):
            self.section.show_checked(name, good=good)

    def open_section(self, place: Place) -> None:
        """Show a section."""
        self.list.setCurrentRow(tuple(Place).index(place))

    def choose(self, key: str) -> None:
        """Show the section of this key; one that is not there is ignored."""
        if key in tuple(Place):
            self.open_section(Place(key))

    def search(self) -> None:
        """Give the keyboard to the filter of the queues."""
        self.open_section(Place.QUEUES)
        if isinstance(self.section, QueueSection):
            self.section.search()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the parts that can take the keyboard, in reading order."""
        return self.list, self.content

    # Inside

    def _turn(self, row: int) -> None:
        self._place = tuple(Place)[row]
        self._lay()

    def _build(self) -> None:
        """Make everything anew in the look, and give the keyboard back to who had it."""
        look, wording = self._look, self._look.wording
        self.setLayoutDirection(look.direction)
        self.setPalette(look.palette())
        self.setFont(look.font(Role.BODY))
        self.setStyleSheet(dialog_sheet(look.theme) + section_sheet(look.theme))
        self.setAccessibleName(wording.translate("Page", "Settings"))
        self.list.setFont(look.font(Role.BODY))
        self.list.setAccessibleName(wording.translate("SettingsPage", "Sections"))
        for at, place in enumerate(Place):
            self.list.item(at).setText(wording.say(SECTIONS[place]))
        self._lay()
        self._lay_line()

    def _lay(self) -> None:
        has = QApplication.focusWidget()
        name = has.objectName() if has is not None and self.content.isAncestorOf(has) else ""
        self.section = self._made()
        self.section.wished.connect(self.wished)
        if isinstance(self.section, SupervisionSection):
            self.section.supervision_wanted.connect(self.supervision_wanted)
        self.content.setWidget(self.section)
        first = _first_stop(self.section)
        if first is not None:
            self.content.setFocusProxy(first)
        self._fill()
        if name:
            again = self.section.findChild(QWidget, name)
            if again is not None:
                again.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrange()

    def _made(self) -> Section:
        look = self._look
        match self._place:
            case Place.SOURCE:
                self.log = CheckLog(look)
                return SourceSection(look, self.log)
            case Place.QUEUES:
                return QueueSection(look)
            case Place.SHIFTS:
                return ShiftSection(look)
            case Place.ALERTS:
                return AlertSection(look)
            case Place.SUPERVISION:
                return SupervisionSection(look)
            case Place.DISPLAY | Place.PRIVACY:
                return ChoiceSection(look, TABLES[self._place])

    def _fill(self) -> None:
        section = self.section
        if isinstance(section, _FILLED):
            section.show_face(self._face)
        self.show_deliveries(self._deliveries)
        if isinstance(section, QueueSection | SupervisionSection) and self._shown is not None:
            section.show_board(self._shown[0])
        self._show_state()

    def _show_state(self) -> None:
        if isinstance(self.section, SupervisionSection) and self._state is not None:
            self.section.show_supervision(self._state)

    def _lay_line(self) -> None:
        look = self._look
        self.line.hide()
        self.line.deleteLater()
        self.line = QWidget(self)
        self.line.setObjectName("line")
        self.line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.told = text_label(look, "", Role.BODY)
        self.trouble = text_label(look, "", Role.BODY)
        self.undo = QuietButton(look)
        self.undo.setObjectName("undo")
        self.undo.show_text(look.wording.translate("SettingsPage", "Undo (Ctrl+Z)"))
        self.undo.clicked.connect(self._ask_undo)
        texts = QVBoxLayout()
        texts.setSpacing(look.px(2))
        texts.addWidget(self.told)
        texts.addWidget(self.trouble)
        row = QHBoxLayout(self.line)
        row.setContentsMargins(look.px(12), look.px(6), look.px(12), look.px(6))
        row.addLayout(texts, 1)
        row.addWidget(self.undo)
        self._say_line()

    def _say_line(self) -> None:
        self.told.show_text(self._undo_text)
        self.told.setVisible(bool(self._undo_text))
        self.trouble.show_text(self._trouble_text)
        self.trouble.setVisible(bool(self._trouble_text))
        self.undo.setVisible(bool(self._undo_text))
        self.line.setVisible(bool(self._undo_text or self._trouble_text))
        self._arrange()

    def _search_by_sign(self) -> None:
        if self._look.single_keys:
            self.search()

    def _ask_undo(self) -> None:
        if self._undo_text:
            self.undo_wanted.emit()

    def _arrange(self) -> None:
        look = self._look
        side, gap, above = min(look.px(_LIST), _WIDEST_LIST), look.px(24), look.px(4)
        high = self.height() - above
        if not self.line.isHidden():
            width = self.width() - side - gap
            tall = max(look.px(44), self.line.heightForWidth(width))
            high -= tall + look.px(6)
            self._place_at(self.line, side + gap, self.height() - tall, width, tall)
        self._place_at(self.list, 0, above, side, self.height() - above)
        width = min(self.width() - side - gap, look.px(_WIDEST))
        self._place_at(self.content, side + gap, above, width, high)

    def _place_at(self, part: QWidget, start: int, top: int, width: int, height: int) -> None:
        """Put a part at a place counted from the start of the line."""
        left = self.width() - start - width if self._look.rtl else start
        part.setGeometry(QRect(left, top, max(0, width), max(0, height)))


def _first_stop(section: Section) -> QWidget | None:
    """Return the first part of a section that the Tab key stops at."""
    for part in section.findChildren(QWidget):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and not part.isHidden():
            return part
    return None
