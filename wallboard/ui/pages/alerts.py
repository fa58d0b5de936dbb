"""The alerts: what stands and who has it, what fired before, and the rules behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from wallboard.domain.alert import (
    AlertEvent,
    Condition,
    Deed,
    Limits,
    News,
    Rule,
    RuleId,
    Rules,
    Subject,
    SubjectKind,
)
from wallboard.domain.clock import Moment
from wallboard.domain.delivery import Delivery
from wallboard.engine.alert_board import ShownAlert, acknowledged, firings_of
from wallboard.engine.alert_health import health_of
from wallboard.engine.alert_watch import source_time
from wallboard.engine.board import Board
from wallboard.engine.rule_replay import Preview
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.easel import Easel, Texts, flood
from wallboard.ui.look import Look
from wallboard.ui.panels.alert_actions import AlertActions
from wallboard.ui.panels.alert_list import AlertList
from wallboard.ui.panels.delivery_list import DeliveryList
from wallboard.ui.panels.event_list import EventList, days_of, story_of
from wallboard.ui.panels.health_strip import HealthStrip
from wallboard.ui.panels.notice_line import NoticeLine
from wallboard.ui.panels.rule_editor import RuleEditor
from wallboard.ui.panels.rule_list import RuleList
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.rule_drafts import days_typed, with_days
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

DAYS: Final = 7
"""Of so many days the past is asked for."""
_AGAIN_MS: Final = 60_000
_STORY: Final = 320


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


class AlertsPage(QWidget):
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
        self._texts = Texts()
        self._shown: tuple[Board, Moment] | None = None
        self._part = Part.NOW
        self._editing = False
        self._events: tuple[AlertEvent, ...] | None = None
        self._trouble = self._unsaved = ""
        self._seen: tuple[str, ...] = ()
        self.chips = {part: ChipButton(look) for part in Part}
        self.health = HealthStrip(look)
        self.notice = NoticeLine(look)
        self.alerts = AlertList(look)
        self.handling = AlertActions(look)
        self.ways = DeliveryList(look)
        self._deliveries: tuple[Delivery, ...] = ()
        self.past = EventList(look)
        self.rules = RuleList(look)
        self.editor = RuleEditor(look)
        self.buttons = {name: QuietButton(look) for name in ("edit", "mute", "new", "remove")}
        every: tuple[QWidget, ...] = (
            *self.chips.values(), self.notice, self.health, self.alerts, self.handling, self.ways,
            self.past, self.rules, *self.buttons.values(), self.editor,
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
        self._texts.clear()
        for part in (
            self.notice,
            self.health,
            self.alerts,
            self.handling,
            self.past,
            self.rules,
            self.editor,
        ):
            part.show_look(look)
        self.ways.show_look(look)
        for chip in self.chips.values():
            chip.show_look(look)
        translate = look.wording.translate
        self.buttons["edit"].show_text(translate("Alert", "Edit …"))
        self.buttons["new"].show_text(translate("Alert", "New rule …"))
        self.buttons["remove"].show_text(translate("Alert", "Remove"))
        for button in self.buttons.values():
            button.show_look(look)
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
        self.editor.show_preview(preview, self._subject_names())

    def show_no_preview(self, text: str) -> None:
        """Say why that cannot be told."""
        self.editor.show_no_preview(text)

    def show_deliveries(self, deliveries: Sequence[Delivery]) -> None:
        """Show what became of alerts on their ways out."""
        self._deliveries = tuple(deliveries)
        self._again()

    def forget(self) -> None:
        """Forget the past: another board will be shown."""
        self._events, self._trouble, self._shown, self._seen = None, "", None, ()
        self._unsaved = ""
        self._edit(None)

    def open_part(self, part: Part) -> None:
        """Show another part of the page."""
        self._part = part
        self._editing = False
        self.setFocusProxy(self._list())
        self._arrange()
        self._again()
        if self.isVisible():
            self._list().setFocus(Qt.FocusReason.MouseFocusReason)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the parts that can take the keyboard."""
        if self._editing:
            return (self.chips[self._part], self.editor)
        return (self.chips[self._part], self._list())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the parts."""
        super().resizeEvent(event)
        self._arrange()
        self._again()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground, and the story of an alert of the past beside the list."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = Easel(painter, look, self.width(), self._texts)
        flood(painter, event.rect(), theme.base)
        if self._part is Part.PAST:
            self._paint_story(easel)
        painter.end()

    # Within

    def _connect(self) -> None:
        for part, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, part=part: self.open_part(part))
        self.alerts.chosen.connect(self._offer)
        self.alerts.deed_wanted.connect(self._do)
        self.alerts.note_wanted.connect(self._ask_note)
        self.handling.wished.connect(self.alert_wished)
        self.handling.open_wanted.connect(self.subject_wanted)
        self.handling.left.connect(self._back_to_list)
        self.handling.resized.connect(self._arrange)
        self.ways.try_wanted.connect(self.try_wanted)
        self.ways.resized.connect(self._arrange)
        self.past.chosen.connect(lambda _: self.update())
        self.rules.chosen.connect(lambda _: self._again())
        self.rules.opened.connect(self._edit_chosen)
        self.buttons["edit"].clicked.connect(self._edit_chosen)
        self.buttons["new"].clicked.connect(self._edit_new)
        self.buttons["mute"].clicked.connect(self._mute)
        self.buttons["remove"].clicked.connect(self._remove)
        self.editor.saved.connect(self._save_edited)
        self.editor.left.connect(lambda: self._edit(None))
        self.editor.preview_wanted.connect(self.preview_wanted)

    def _list(self) -> QWidget:
        return {Part.NOW: self.alerts, Part.PAST: self.past, Part.RULES: self.rules}[self._part]

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
                self.alerts.show_alerts(board, now, self._groups(board), self._empty(board))
                self.handling.show_row(self.alerts.row(self.alerts.chosen_key()))
                self.ways.show_deliveries(self._deliveries, board.zone)
            case Part.PAST:
                firings = firings_of(self._events or ())
                days = days_of(firings, wording, board.zone)
                self.past.show_firings(board, now, days, self._past_empty())
            case Part.RULES:
                self.rules.show_rules(told.rules.rules, self._fired(), now)
                self._name_buttons()

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

    def _empty(self, board: Board) -> str:
        translate = self._look.wording.translate
        if board.alerts.paused:
            return translate("Alert", "Nobody can say while there is no data.")
        return translate("Alert", "No alerts. All is within its limits.")

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

    def _subject_names(self) -> Iterable[tuple[str, str]]:
        snapshot = None if self._shown is None else self._shown[0].snapshot
        if snapshot is None:
            return ()
        queues = ((str(key), queue.name) for key, queue in snapshot.queues.items())
        agents = ((str(key), agent.name) for key, agent in snapshot.agents.items())
        return (*queues, *agents)

    def _subjects(self) -> Mapping[SubjectKind, Sequence[tuple[Subject, str]]]:
        """Return what a rule may look at alone, by kind, in the order of the names."""
        if self._shown is None or self._shown[0].snapshot is None:
            return {}
        snapshot, groups = self._shown[0].snapshot, self._shown[0].arrangement.groups
        found: dict[SubjectKind, list[tuple[str, str]]] = {
            SubjectKind.QUEUE: [(key, one.name) for key, one in snapshot.queues.items()],
            SubjectKind.AGENT: [(key, one.name) for key, one in snapshot.agents.items()],
            SubjectKind.GROUP: [(name, name) for name in set(groups.values())],
        }
        return {
            kind: sorted(((Subject(key), name) for key, name in rows), key=lambda row: row[1])
            for kind, rows in found.items()
        }

    def _ask_events(self) -> None:
        if self.isVisible() or self._events is None:
            self._timer.start()
            self.events_wanted.emit(DAYS)

    # What is wished

    def _offer(self, key: str) -> None:
        self.handling.show_row(self.alerts.row(key))

    def _do(self, key: str, deed: Deed) -> None:
        self._offer(key)
        if deed is Deed.SHELVED:
            self.handling.ask(deed)
        else:
            self.handling.do(deed)

    def _ask_note(self, key: str) -> None:
        self._offer(key)
        self.handling.ask(Deed.ACKNOWLEDGED)

    def _back_to_list(self) -> None:
        self.alerts.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _held(self) -> Rules:
        return Rules() if self._shown is None else self._shown[0].alerts.rules

    def _edit_chosen(self) -> None:
        self._edit(self.rules.rule(self.rules.chosen_key()))

    def _edit_new(self) -> None:
        known = {rule.rule_id for rule in self._held().rules}
        number = next(n for n in range(1, len(known) + 2) if RuleId(f"rule_{n}") not in known)
        limits = Limits(high_warning=60)
        self._edit(
            Rule(
                rule_id=RuleId(f"rule_{number}"),
                name=self._look.wording.translate("Alert", "My rule"),
                kind=SubjectKind.QUEUE,
                conditions=(Condition(reading="longest_wait", limits=limits),),
            )
        )

    def _edit(self, rule: Rule | None) -> None:
        self._editing = rule is not None
        if rule is not None:
            self.editor.show_rule(rule, self._subjects(), days_typed(self._held()))
        self._arrange()
        target: QWidget = self.editor if self._editing else self._list()
        if self.isVisible():
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _save_edited(self, rule: Rule) -> None:
        self._save(rule, with_days(self._held(), self.editor.dates()))

    def _save(self, rule: Rule, held: Rules) -> None:
        known = any(row.rule_id == rule.rule_id for row in held.rules)
        rows = tuple(rule if row.rule_id == rule.rule_id else row for row in held.rules)
        self._hold(replace(held, rules=rows if known else (*rows, rule)))
        self._edit(None)

    def _mute(self) -> None:
        rule = self.rules.rule(self.rules.chosen_key())
        if rule is not None:
            self._save(replace(rule, muted=not rule.muted), self._held())

    def _remove(self) -> None:
        key, held = self.rules.chosen_key(), self._held()
        if self.rules.rule(key) is not None:
            rows = tuple(row for row in held.rules if row.rule_id != key)
            self._hold(replace(held, rules=rows))

    def _hold(self, rules: Rules) -> None:
        # Whether these can be kept is said anew.
        self._unsaved = ""
        self.rules_wished.emit(rules)
        if self._shown is not None:
            # As it will be with the next board: nobody waits a second to see what he did.
            board, now = self._shown
            self._shown = (replace(board, alerts=replace(board.alerts, rules=rules)), now)
        self._again()

    def _name_buttons(self) -> None:
        rule = self.rules.rule(self.rules.chosen_key())
        translate = self._look.wording.translate
        muted = rule is not None and rule.muted
        text = translate("Alert", "Hear it again") if muted else translate("Alert", "Mute")
        if text != self.buttons["mute"].text():
            self.buttons["mute"].show_text(text)
            self._arrange()
        for name in ("edit", "mute", "remove"):
            self.buttons[name].setEnabled(rule is not None)

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
        self.health.setHidden(self._editing)
        if not self._editing:
            self._place(self.health, 0, top, self.width(), strip)
            top += strip + gap
        room = self.height() - top
        now, past, rules = (self._part is part for part in (Part.NOW, Part.PAST, Part.RULES))
        listed = rules and not self._editing
        self.alerts.setVisible(now)
        self.handling.setVisible(now)
        self.ways.setVisible(now)
        self.past.setVisible(past)
        self.rules.setVisible(listed)
        self.editor.setVisible(rules and self._editing)
        for button in self.buttons.values():
            button.setVisible(listed)
        foot, told = self.handling.sizeHint().height(), self.ways.sizeHint().height()
        told += gap if told else 0
        self._place(self.alerts, 0, top, self.width(), room - foot - told)
        self._place(self.handling, 0, top + room - foot - told, self.width(), foot)
        self._place(self.ways, 0, top + room - told + gap, self.width(), max(0, told - gap))
        self._place(self.past, 0, top, self.width() - look.px(_STORY) - gap, room)
        bar = look.px(48)
        self._place(self.rules, 0, top, self.width(), room - bar)
        self._place(self.editor, 0, top, min(self.width(), look.px(936)), room)
        start = 0
        for button in self.buttons.values():
            size = button.sizeHint()
            self._place(button, start, top + room - bar + gap, size.width(), size.height())
            start += size.width() + gap
        self.update()

    def _place(self, part: QWidget, start: int, top: int, width: int, height: int) -> None:
        """Put a part at a place counted from the start of the line."""
        left = self.width() - start - width if self._look.rtl else start
        part.setGeometry(QRect(left, top, width, max(0, height)))

    def _paint_story(self, easel: Easel) -> None:
        """Paint what was told of the alert that was chosen."""
        look, theme = self._look, self._look.theme
        wide = look.px(_STORY)
        box = QRectF(self.width() - wide, self.past.y(), wide, self.past.height())
        easel.card(box)
        pad = look.px(14)
        line = QRectF(box.x() + pad, box.y() + look.px(8), wide - 2 * pad, look.px(24))
        firing = self.past.firing(self.past.chosen_key())
        if firing is None or self._shown is None:
            text = look.wording.translate("Alert", "Choose an alert to see what was told of it.")
            easel.write(line, text, look.font(Role.LABEL), theme.text2)
            return
        for time, words in story_of(firing, look.wording, self._shown[0].zone):
            if line.bottom() > box.bottom():
                break
            used = easel.write(line, time, look.font(Role.LABEL), theme.text2)
            rest = line.adjusted(used + look.px(10), 0, 0, 0)
            easel.write(rest, words, look.font(Role.BODY), theme.text)
            line = line.translated(0, look.px(26))
