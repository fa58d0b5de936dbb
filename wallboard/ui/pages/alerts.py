"""The alerts: what stands and who has it, what fired before, and the rules behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from wallboard.domain.alert import AlertEvent, News, Rules
from wallboard.domain.clock import Moment
from wallboard.domain.delivery import Delivery
from wallboard.engine.alert_board import ShownAlert, acknowledged, firings_of
from wallboard.engine.alert_health import health_of
from wallboard.engine.alert_watch import source_time
from wallboard.engine.board import Board
from wallboard.engine.rule_replay import Preview
from wallboard.ui.alert_words import nothing_stands
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.ground import Ground
from wallboard.ui.look import Look
from wallboard.ui.panels.alert_actions import AlertActions
from wallboard.ui.panels.alert_list import AlertList
from wallboard.ui.panels.delivery_list import DeliveryList
from wallboard.ui.panels.event_list import days_of
from wallboard.ui.panels.handled_alerts import HandledAlerts
from wallboard.ui.panels.health_strip import HealthStrip
from wallboard.ui.panels.notice_line import NoticeLine
from wallboard.ui.panels.past_alerts import PastAlerts
from wallboard.ui.panels.rule_desk import RuleDesk
from wallboard.ui.placing import place
from wallboard.ui.words import Phrase, phrase

DAYS: Final = 7
"""Of so many days the past is asked for."""
_AGAIN_MS: Final = 60_000


class Part(StrEnum):
    """What the page shows."""

    NOW = "now"
    PAST = "past"
    RULES = "rules"


_NAMES: Final[Mapping[Part, Phrase]] = {
    Part.NOW: phrase("Alert", "Now"),
    Part.PAST: phrase("Alert", "Last 7 days"),
    Part.RULES: phrase("Alert", "Rules"),
}


class AlertsPage(Ground):
    """Shows alerts and rules.

    Signals:
        alert_wished: An AlertWish.
        rules_wished: The Rules that are to hold.
        events_wanted: The journal of so many days; `show_events` is to follow, or
            `show_no_events`.
        preview_wanted: The Rule of which it is wanted what it would have said; `show_preview` is
            to follow, or `show_no_preview`.
        subject_wanted: The kind of a subject that is to be looked at, and its id.
        try_wanted: The name of a way out by which all that waits is to be tried at once.
    """

    explanation_wanted = Signal(str, object)
    alert_wished = Signal(object)
    rules_wished = Signal(object)
    events_wanted = Signal(int)
    preview_wanted = Signal(object)
    subject_wanted = Signal(str, str)
    try_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Board, Moment] | None = None
        self._part = Part.NOW
        self._events: tuple[AlertEvent, ...] | None = None
        self._trouble = self._unsaved = ""
        self._seen: tuple[str, ...] = ()
        self.chips = {part: ChipButton(look) for part in Part}
        self.health = HealthStrip(look)
        self.notice = NoticeLine(look)
        self.alerts = AlertList(look)
        self.handling = AlertActions(look)
        HandledAlerts(self.alerts, self.handling)
        self.ways = DeliveryList(look)
        self._deliveries: tuple[Delivery, ...] = ()
        self.past = PastAlerts(look)
        self.rules = RuleDesk(look)
        every: tuple[QWidget, ...] = (
            *self.chips.values(), self.notice, self.health, self.alerts, self.handling, self.ways,
            self.past, self.rules,
        )  # fmt: skip
        for widget in every:
            widget.setParent(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_AGAIN_MS)
        self._timer.timeout.connect(self._ask_events)
        self._connect()
        self.setFocusProxy(self.alerts)
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show the page in another look. A board must be shown after this."""
        self._look = look
        for part in (self.notice, self.health, self.alerts, self.handling, self.past, self.rules):
            part.show_look(look)
        self.ways.show_look(look)
        for chip in self.chips.values():
            chip.show_look(look)
        self._arrange()
        self.update()

    def show_board(self, board: Board, now: Moment) -> None:
        """Show alerts and rules as they are; only what changed is painted."""
        first = self._shown is None
        self._shown = (board, now)
        if first and self._events is None:
            self._ask_events()
        newest = tuple(event.event_id for event in board.alerts.recent[:1])
        if newest != self._seen:
            self._seen = newest
            if not first:
                self._ask_events()
        self._show_part(board, now)

    def show_events(self, events: Sequence[AlertEvent]) -> None:
        """Show what was told of alerts in the last days, in any order."""
        self._events, self._trouble = tuple(events), ""
        self._again()

    def show_no_events(self, text: str) -> None:
        """Say why nothing can be told of the past."""
        self._trouble = text
        self._again()

    def show_not_saved(self, text: str) -> None:
        """Say, on every part of the page, that the rules could not be kept; until they are."""
        self._unsaved = text
        self._again()

    def show_preview(self, preview: Preview) -> None:
        """Tell what the rule that is edited would have said."""
        self.rules.show_preview(preview)

    def show_no_preview(self, text: str) -> None:
        """Say why that cannot be told."""
        self.rules.show_no_preview(text)

    def show_deliveries(self, deliveries: Sequence[Delivery]) -> None:
        """Show what became of alerts on their ways out."""
        self._deliveries = tuple(deliveries)
        self._again()

    def forget(self) -> None:
        """Forget the past: another board will be shown."""
        self._events, self._trouble, self._shown, self._seen = None, "", None, ()
        self._unsaved = ""
        self.rules.take_board(None)

    def open_part(self, part: Part) -> None:
        """Show another part of the page."""
        self._part = part
        self.rules.leave_editor()
        self.setFocusProxy(self._list())
        self._arrange()
        self._again()
        if self.isVisible():
            self._list().setFocus(Qt.FocusReason.MouseFocusReason)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the parts that can take the keyboard."""
        return (self.chips[self._part], self._list())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the parts; what they show may need another room."""
        super().resizeEvent(event)
        self._again()

    # Within

    def _connect(self) -> None:
        for part, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, part=part: self.open_part(part))
        self.handling.wished.connect(self.alert_wished)
        self.handling.open_wanted.connect(self.subject_wanted)
        self.handling.resized.connect(self._arrange)
        self.ways.try_wanted.connect(self.try_wanted)
        self.ways.resized.connect(self._arrange)
        self.rules.rules_wished.connect(self._hold)
        self.rules.editing_changed.connect(self._arrange)
        self.rules.preview_wanted.connect(self.preview_wanted)

    def _list(self) -> QWidget:
        match self._part:
            case Part.NOW:
                return self.alerts
            case Part.PAST:
                return self.past.list
            case Part.RULES:
                return self.rules.taker()

    def _again(self) -> None:
        if self._shown is not None:
            self._show_part(*self._shown)

    def _show_part(self, board: Board, now: Moment) -> None:
        told, wording = board.alerts, self._look.wording
        numbers = {
            Part.NOW: len(told.rows) + len(told.shelved),
            Part.PAST: len(firings_of(self._events or ())),
            Part.RULES: len(told.rules.rules),
        }
        moved = False
        for part, chip in self.chips.items():
            number = wording.count(numbers[part])
            moved |= chip.show_words(wording.say(_NAMES[part]), number, empty=not numbers[part])
            chip.setChecked(part is self._part)
        if moved:
            self._arrange()
        then = source_time(board, now)
        health = None
        if self._events is not None:
            health = health_of(self._events, (*told.rows, *told.shelved), then)
        self.health.show_health(health)
        if self.notice.show_text(self._notice_words(board)):
            self._arrange()
        match self._part:
            case Part.NOW:
                empty = nothing_stands(told, wording)
                self.alerts.show_alerts(board, now, self._groups(board), empty)
                self.handling.show_row(self.alerts.row(self.alerts.chosen_key()))
                self.ways.show_deliveries(self._deliveries, board.zone)
            case Part.PAST:
                firings = firings_of(self._events or ())
                days = days_of(firings, wording, board.zone)
                self.past.show_firings(board, now, days, self._past_empty())
            case Part.RULES:
                self.rules.show_board(board, now, self._fired())

    def _groups(self, board: Board) -> list[tuple[str, tuple[ShownAlert, ...]]]:
        translate, told = self._look.wording.translate, board.alerts
        new = tuple(row for row in told.rows if not acknowledged(row.alert))
        taken = tuple(row for row in told.rows if acknowledged(row.alert))
        return [
            (translate("Alert", "Nobody has them"), new),
            (translate("Alert", "Acknowledged"), taken),
            (translate("Alert", "Shelved"), told.shelved),
            (translate("Alert", "About to fire"), told.pending),
        ]

    def _notice_words(self, board: Board) -> str:
        """Return what is wrong with the rules or the watch; empty if nothing is."""
        translate = self._look.wording.translate
        told = [self._unsaved] if self._unsaved else []
        if board.alerts.failed:
            told.append(translate("Alert", "The watch failed; it begins anew in a minute."))
        if board.alerts.odd_rules:
            told.append(translate("Alert", "Not all of the rules could be read."))
        return "\n".join(told)

    def _past_empty(self) -> str:
        translate = self._look.wording.translate
        if self._trouble:
            return self._trouble
        if self._events is None:
            return translate("Alert", "Looking at the last 7 days …")
        return translate("Alert", "Nothing fired in the last 7 days.")

    def _fired(self) -> Mapping[str, int]:
        if self._events is None:
            return {}
        counts = Counter(e.rule_id for e in self._events if e.news is News.FIRED)
        board = None if self._shown is None else self._shown[0]
        rules = () if board is None else board.alerts.rules.rules
        return {rule.rule_id: counts[rule.rule_id] for rule in rules}

    def _ask_events(self) -> None:
        if self.isVisible() or self._events is None:
            self._timer.start()
            self.events_wanted.emit(DAYS)

    # What is wished

    def _hold(self, rules: Rules) -> None:
        # Whether these can be kept is said anew.
        self._unsaved = ""
        self.rules_wished.emit(rules)
        if self._shown is not None:
            # As it will be with the next board: nobody waits a second to see what he did.
            board, now = self._shown
            self._shown = (replace(board, alerts=replace(board.alerts, rules=rules)), now)
        self._again()

    # Where things stand

    def _arrange(self) -> None:
        look, gap = self._look, self._look.px(8)
        start, high = 0, look.px(32)
        for chip in self.chips.values():
            wide = chip.sizeHint().width()
            self._place(chip, start, look.px(2), wide, high)
            start += wide + gap
        top = high + gap + look.px(2)
        tall = self.notice.height_for(self.width())
        if tall:
            self._place(self.notice, 0, top, self.width(), tall)
            top += tall + gap
        strip = look.px(64)
        editing = self._part is Part.RULES and self.rules.editing
        self.health.setHidden(editing)
        if not editing:
            self._place(self.health, 0, top, self.width(), strip)
            top += strip + gap
        room = self.height() - top
        for part in (self.alerts, self.handling, self.ways):
            part.setVisible(self._part is Part.NOW)
        self.past.setVisible(self._part is Part.PAST)
        self.rules.setVisible(self._part is Part.RULES)
        foot, told = self.handling.sizeHint().height(), self.ways.sizeHint().height()
        told += gap if told else 0
        self._place(self.alerts, 0, top, self.width(), room - foot - told)
        self._place(self.handling, 0, top + room - foot - told, self.width(), foot)
        self._place(self.ways, 0, top + room - told + gap, self.width(), max(0, told - gap))
        self._place(self.past, 0, top, self.width(), room)
        self._place(self.rules, 0, top, self.width(), room)
        self.update()

    def _place(self, part: QWidget, start: int, top: int, width: int, height: int) -> None:
        place(part, self, self._look, QRect(start, top, width, height))
