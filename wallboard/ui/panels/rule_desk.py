"""The rules of a board: the list of them, what is done with the one chosen, and the editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from wallboard.domain.alert import Condition, Limits, Rule, RuleId, Rules, Subject, SubjectKind
from wallboard.domain.clock import Moment
from wallboard.engine.board import Board
from wallboard.engine.rule_replay import Preview
from wallboard.ui.ground import Ground
from wallboard.ui.look import Look
from wallboard.ui.panels.rule_editor import RuleEditor
from wallboard.ui.panels.rule_list import RuleList
from wallboard.ui.placing import place
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.rule_drafts import days_typed, with_days

_WIDEST = 936


class RuleDesk(Ground):
    """Shows the rules, and has them changed. It keeps none itself.

    Signals:
        rules_wished: The Rules that are to hold; they are to be shown with the next board.
        preview_wanted: The Rule of which it is wanted what it would have said; `show_preview` is
            to follow, or `show_no_preview`.
        editing_changed: The editor came or went.

    Attributes:
        list, editor, buttons: What it consists of.
    """

    rules_wished = Signal(object)
    preview_wanted = Signal(object)
    editing_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._board: Board | None = None
        self._editing = False
        self.list = RuleList(look)
        self.editor = RuleEditor(look)
        self.buttons = {name: QuietButton(look) for name in ("edit", "mute", "new", "remove")}
        for part in (self.list, *self.buttons.values(), self.editor):
            part.setParent(self)
        self.editor.hide()
        self.list.chosen.connect(lambda _: self._name_buttons())
        self.list.opened.connect(self._edit_chosen)
        self.buttons["edit"].clicked.connect(self._edit_chosen)
        self.buttons["new"].clicked.connect(self._edit_new)
        self.buttons["mute"].clicked.connect(self._mute)
        self.buttons["remove"].clicked.connect(self._remove)
        self.editor.saved.connect(self._save_edited)
        self.editor.left.connect(lambda: self._edit(None))
        self.editor.preview_wanted.connect(self.preview_wanted)

    @property
    def editing(self) -> bool:
        """True while a rule is edited."""
        return self._editing

    def taker(self) -> QWidget:
        """Return the part that takes the keyboard."""
        return self.editor if self._editing else self.list

    def show_look(self, look: Look) -> None:
        """Show the rules in another look. A board must be shown after this."""
        self._look = look
        self.list.show_look(look)
        self.editor.show_look(look)
        translate = look.wording.translate
        self.buttons["edit"].show_text(translate("Alert", "Edit …"))
        self.buttons["new"].show_text(translate("Alert", "New rule …"))
        self.buttons["remove"].show_text(translate("Alert", "Remove"))
        for button in self.buttons.values():
            button.show_look(look)
        self._name_buttons()
        self._arrange()
        self.update()

    def show_board(self, board: Board, now: Moment, fired: Mapping[str, int]) -> None:
        """Show the rules of a board, with how often each fired lately."""
        self.take_board(board)
        self.list.show_rules(board.alerts.rules.rules, fired, now)
        self._name_buttons()

    def take_board(self, board: Board | None) -> None:
        """Know the board, although nobody looks. None: it is let go, and so is what was edited."""
        self._board = board
        if board is None:
            self._edit(None)

    def show_preview(self, preview: Preview) -> None:
        """Tell what the rule that is edited would have said."""
        self.editor.show_preview(preview, self._subject_names())

    def show_no_preview(self, text: str) -> None:
        """Say why that cannot be told."""
        self.editor.show_no_preview(text)

    def leave_editor(self) -> None:
        """Show the list; what was edited is forgotten."""
        if self._editing:
            self._editing = False
            self._arrange()
            self.editing_changed.emit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that suits it."""
        return QSize(self._look.px(_WIDEST), self._look.px(480))

    # What there is

    def _held(self) -> Rules:
        return Rules() if self._board is None else self._board.alerts.rules

    def _chosen(self) -> Rule | None:
        return self.list.rule(self.list.chosen_key())

    def _subject_names(self) -> Iterable[tuple[str, str]]:
        snapshot = None if self._board is None else self._board.snapshot
        if snapshot is None:
            return ()
        queues = ((str(key), queue.name) for key, queue in snapshot.queues.items())
        agents = ((str(key), agent.name) for key, agent in snapshot.agents.items())
        return (*queues, *agents)

    def _subjects(self) -> Mapping[SubjectKind, Sequence[tuple[Subject, str]]]:
        """Return what a rule may look at alone, by kind, in the order of the names."""
        if self._board is None or self._board.snapshot is None:
            return {}
        snapshot, groups = self._board.snapshot, self._board.arrangement.groups
        found: dict[SubjectKind, list[tuple[str, str]]] = {
            SubjectKind.QUEUE: [(key, one.name) for key, one in snapshot.queues.items()],
            SubjectKind.AGENT: [(key, one.name) for key, one in snapshot.agents.items()],
            SubjectKind.GROUP: [(name, name) for name in set(groups.values())],
        }
        return {
            kind: sorted(((Subject(key), name) for key, name in rows), key=lambda row: row[1])
            for kind, rows in found.items()
        }

    # What is wished

    def _edit_chosen(self) -> None:
        self._edit(self._chosen())

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

    def _days(self) -> str:
        """Return the holidays of the site as who sits here would type them."""
        wording = self._look.wording
        return wording.digits(days_typed(self._held(), by_jalali=wording.by_jalali))

    def _edit(self, rule: Rule | None) -> None:
        if rule is None:
            self.leave_editor()
        else:
            self._editing = True
            self.editor.show_rule(rule, self._subjects(), self._days())
            self._arrange()
            self.editing_changed.emit()
        if self.isVisible():
            self.taker().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _save_edited(self, rule: Rule) -> None:
        self._save(rule, with_days(self._held(), self.editor.dates()))

    def _save(self, rule: Rule, held: Rules) -> None:
        known = any(row.rule_id == rule.rule_id for row in held.rules)
        rows = tuple(rule if row.rule_id == rule.rule_id else row for row in held.rules)
        self.rules_wished.emit(replace(held, rules=rows if known else (*rows, rule)))
        self._edit(None)

    def _mute(self) -> None:
        rule = self._chosen()
        if rule is not None:
            self._save(replace(rule, muted=not rule.muted), self._held())

    def _remove(self) -> None:
        rule, held = self._chosen(), self._held()
        if rule is not None:
            rows = tuple(row for row in held.rules if row.rule_id != rule.rule_id)
            self.rules_wished.emit(replace(held, rules=rows))

    # Where things stand

    def _name_buttons(self) -> None:
        rule = self._chosen()
        translate = self._look.wording.translate
        muted = rule is not None and rule.muted
        text = translate("Alert", "Hear it again") if muted else translate("Alert", "Mute")
        if text != self.buttons["mute"].text():
            self.buttons["mute"].show_text(text)
            self._arrange()
        for name in ("edit", "mute", "remove"):
            self.buttons[name].setEnabled(rule is not None)

    def _arrange(self) -> None:
        look, gap, high = self._look, self._look.px(8), self.height()
        bar = look.px(48)
        self.list.setHidden(self._editing)
        self.editor.setVisible(self._editing)
        place(self.list, self, look, QRect(0, 0, self.width(), high - bar))
        place(self.editor, self, look, QRect(0, 0, min(self.width(), look.px(_WIDEST)), high))
        start = 0
        for button in self.buttons.values():
            button.setHidden(self._editing)
            size = button.sizeHint()
            top = high - bar + gap
            place(button, self, look, QRect(start, top, size.width(), size.height()))
            start += size.width() + gap
