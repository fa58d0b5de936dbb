"""What a report is to be of, in which forms, and where it goes: the choices beside the preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from wallboard.domain.reporting import PaperForm, ReportDefinition, ReportKind
from wallboard.engine.board import Board
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated_address, shown
from wallboard.ui.panels.choice_button import ChoiceButton
from wallboard.ui.panels.name_button import NameButton
from wallboard.ui.panels.report_choice import (
    CUT,
    FORM_NAMES,
    INTERVAL_NAMES,
    OF_AGENTS,
    WITH_NUMBERS,
    ReportChoice,
    interval_of,
    minutes_key,
)
from wallboard.ui.panels.report_period import PeriodPicker
from wallboard.ui.panels.report_saved import SavedReports
from wallboard.ui.panels.settings_form import Flow, text_label
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.report_terms import KIND_TITLES
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

_GROUP: Final = "group:"
_QUEUE: Final = "queue:"
_HEADS: Final = {
    "kind": phrase("Reports", "Report"),
    "time": phrase("Reports", "Time"),
    "of": phrase("Reports", "Of what"),
    "forms": phrase("Reports", "Export as"),
    "saved": phrase("Reports", "Saved reports"),
}


class ReportForm(QWidget):
    """Holds the choices.

    Signals:
        changed: Another report is wanted.
        unmask_wished: Callers' numbers are wanted whole: somebody has to be asked.
        export_wanted: The report is wanted as files.
        folder_chosen: Another folder for them, as a path.
        save_wanted: The choices are to be kept under this name.
        remove_wanted: The saved report of this name is not wanted any more.
    """

    changed = Signal()
    unmask_wished = Signal()
    export_wanted = Signal()
    folder_chosen = Signal(str)
    save_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._choice = ReportChoice()
        self._queues: tuple[tuple[str, str], ...] = ()
        self._agents: tuple[tuple[str, str], ...] = ()
        self._folder = ""
        self._may_unmask = False
        self.kind = ChoiceButton(look)
        self.period = PeriodPicker(look)
        self.queue = ChoiceButton(look)
        self.agent = ChoiceButton(look)
        self.interval = ChoiceButton(look)
        self.numbers = ChipButton(look)
        self.forms = {form: ChipButton(look) for form in FORM_NAMES}
        self.folder = NameButton(look)
        self.export = QuietButton(look)
        self.saved = SavedReports(look)
        self._heads = {key: text_label(look, "", Role.LABEL, quiet=True) for key in _HEADS}
        self._chips = Flow(look, 6)
        self._lay()
        self._connect()
        self.show_look(look)

    # What others call

    def choice(self) -> ReportChoice:
        """Return what is chosen."""
        return self._choice

    def forms_chosen(self) -> tuple[PaperForm, ...]:
        """Return the forms in which it is to be exported."""
        return tuple(form for form, chip in self.forms.items() if chip.isChecked())

    def show_choice(self, choice: ReportChoice) -> None:
        """Show what is chosen; nothing is told of it."""
        self._choice = choice
        self.period.show_period(choice.definition.period)
        self._take_period()
        for form, chip in self.forms.items():
            chip.setChecked(form in choice.definition.forms)
        self._word()

    def show_board(self, board: Board, now: datetime) -> None:
        """Take the board's queues, groups and agents, and how its site cuts its time."""
        self.period.show_site(board.measuring.plan, board.zone, now)
        self._take_period()
        groups = sorted(set(board.arrangement.groups.values()))
        told = [(f"{_GROUP}{name}", shown(name)) for name in groups]
        queues = [(f"{_QUEUE}{key}", shown(board.queues[key].queue.name)) for key in board.order]
        told += sorted(queues, key=lambda each: each[1].casefold())
        people = () if board.snapshot is None else board.snapshot.agents.items()
        agents = sorted(
            ((str(key), shown(agent.name)) for key, agent in people),
            key=lambda each: each[1].casefold(),
        )
        if (tuple(told), tuple(agents)) != (self._queues, self._agents):
            self._queues, self._agents = tuple(told), tuple(agents)
            self._word()

    def show_folder(self, folder: str) -> None:
        """Show where files go."""
        self._folder = folder
        self._word_folder()

    def show_rights(self, *, may_unmask: bool) -> None:
        """Offer to have callers' numbers whole, or not."""
        self._may_unmask = may_unmask
        if not may_unmask:
            self._choice = replace(self._choice, unmasked=False)
        self._word()

    def show_unmasked(self, *, unmasked: bool) -> None:
        """Show whether callers' numbers are wanted whole, after somebody was asked."""
        if unmasked != self._choice.unmasked:
            self._choice = replace(self._choice, unmasked=unmasked)
            self._word()
            self.changed.emit()
        self.numbers.setChecked(unmasked)

    def show_ready(self, *, ready: bool) -> None:
        """Let it be exported, or not: there must be a report, and nothing under way."""
        self.export.setEnabled(ready and bool(self.forms_chosen()))

    def show_look(self, look: Look) -> None:
        """Show the choices in another look."""
        self._look = look
        self.setLayoutDirection(look.direction)
        for part in (self.kind, self.queue, self.agent, self.interval):
            part.show_look(look)
        for chip in (self.numbers, *self.forms.values()):
            chip.show_look(look)
        self.period.show_look(look)
        self.folder.show_look(look)
        self.export.show_look(look)
        self.saved.show_look(look)
        for key, head in self._heads.items():
            _dress(head, look)
            head.show_text(look.wording.say(_HEADS[key]))
        self._word()

    def ask_folder(self) -> None:
        """Ask for a folder, without waiting for the answer."""
        title = self._look.wording.translate("Reports", "Folder for reports")
        dialog = QFileDialog(self, title, self._folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.folder_chosen)
        dialog.open()

    # Inside

    def _lay(self) -> None:
        look = self._look
        for chip in self.forms.values():
            self._chips.add(chip)
        rows = QVBoxLayout(self)
        end = look.px(8)
        rows.setContentsMargins(end if look.rtl else 0, 0, 0 if look.rtl else end, look.px(12))
        rows.setSpacing(look.px(6))
        heads = self._heads
        for part in (
            heads["kind"], self.kind, heads["time"], self.period, heads["of"], self.queue,
            self.agent, self.interval, self.numbers, heads["forms"], self._chips, self.folder,
            self.export, heads["saved"], self.saved,
        ):  # fmt: skip
            rows.addWidget(part)
        rows.addStretch(1)

    def _connect(self) -> None:
        self.kind.chosen.connect(self._choose_kind)
        self.period.changed.connect(self._choose_time)
        self.queue.chosen.connect(self._choose_queue)
        self.agent.chosen.connect(self._choose_agent)
        self.interval.chosen.connect(self._choose_interval)
        self.numbers.clicked.connect(self._ask_numbers)
        for chip in self.forms.values():
            chip.clicked.connect(self._choose_forms)
        self.folder.clicked.connect(self.ask_folder)
        self.export.clicked.connect(self.export_wanted)
        self.saved.chosen.connect(self._take_saved)
        self.saved.save_wanted.connect(self.save_wanted)
        self.saved.remove_wanted.connect(self.remove_wanted)

    def _take(self, definition: ReportDefinition) -> None:
        self._choice = replace(self._choice, definition=replace(definition, name=""))
        self._word()
        self.changed.emit()

    def _choose_kind(self, key: str) -> None:
        kind = ReportKind(key)
        told = self._choice.definition
        self._take(replace(told, kind=kind, agents=told.agents if kind in OF_AGENTS else ()))

    def _take_period(self) -> None:
        """Take the period as the site has it; nothing is told of it."""
        told = self._choice.definition
        if told.period != self.period.period():
            told = replace(told, period=self.period.period())
            self._choice = replace(self._choice, definition=told)

    def _choose_time(self) -> None:
        self._take(replace(self._choice.definition, period=self.period.period()))

    def _choose_queue(self, key: str) -> None:
        queues = (key.removeprefix(_QUEUE),) if key.startswith(_QUEUE) else ()
        groups = (key.removeprefix(_GROUP),) if key.startswith(_GROUP) else ()
        self._take(replace(self._choice.definition, queues=queues, groups=groups))

    def _choose_agent(self, key: str) -> None:
        self._take(replace(self._choice.definition, agents=(key,) if key else ()))

    def _choose_interval(self, key: str) -> None:
        self._take(replace(self._choice.definition, interval=interval_of(key)))

    def _choose_forms(self) -> None:
        told = replace(self._choice.definition, forms=self.forms_chosen())
        self._choice = replace(self._choice, definition=told)

    def _ask_numbers(self) -> None:
        if self._choice.unmasked:
            self.show_unmasked(unmasked=False)
        else:
            # It stays as it is until somebody said yes.
            self.numbers.setChecked(False)
            self.unmask_wished.emit()

    def _take_saved(self, definition: ReportDefinition) -> None:
        self.show_choice(ReportChoice(definition=definition))
        self.changed.emit()

    # Words

    def _word(self) -> None:
        wording, told = self._look.wording, self._choice.definition
        say = wording.say
        self.kind.show_choices(
            say(_HEADS["kind"]),
            [(str(kind), say(title)) for kind, title in KIND_TITLES.items()],
            str(told.kind),
        )
        self._word_choice(
            self.queue, phrase("Reports", "All queues"), self._queues, self._queue_key()
        )
        self._word_choice(
            self.agent,
            phrase("Reports", "All agents"),
            self._agents,
            told.agents[0] if told.agents else "",
        )
        self.agent.setVisible(told.kind in OF_AGENTS)
        self.interval.show_choices(
            wording.translate("Reports", "Interval"),
            [(key, say(name)) for key, name in INTERVAL_NAMES.items()],
            minutes_key(told.interval),
        )
        self.interval.setVisible(told.kind in CUT)
        self.numbers.show_words(wording.translate("Reports", "Callers' numbers in full"))
        self.numbers.setChecked(self._choice.unmasked)
        self.numbers.setVisible(self._may_unmask and told.kind in WITH_NUMBERS)
        for form, chip in self.forms.items():
            chip.show_words(say(FORM_NAMES[form]))
        self.export.show_text(wording.translate("Reports", "Export"))
        self.export.setToolTip("Ctrl+E")
        self._word_folder()

    def _word_choice(
        self, button: ChoiceButton, every: Phrase, choices: Sequence[tuple[str, str]], key: str
    ) -> None:
        told = list(choices)
        if key and key not in dict(told):
            # A saved report of what is not there now is still what it was.
            told.append((key, shown(key.removeprefix(_QUEUE).removeprefix(_GROUP))))
        name = self._look.wording.say(every)
        button.show_choices(name, [("", name), *told], key)

    def _queue_key(self) -> str:
        told = self._choice.definition
        if told.groups:
            return f"{_GROUP}{told.groups[0]}"
        return f"{_QUEUE}{told.queues[0]}" if told.queues else ""

    def _word_folder(self) -> None:
        wording = self._look.wording
        name = PurePath(self._folder).name or self._folder
        told = wording.translate("Reports", "Folder: {name}")
        self.folder.show_words(told.format(name=isolated_address(name)))
        self.folder.setAccessibleDescription(self._folder)


def _dress(label: PlainLabel, look: Look) -> None:
    label.setFont(look.font(Role.LABEL))
    side = Qt.AlignmentFlag.AlignRight if look.rtl else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignBottom)
    palette = label.palette()
    palette.setColor(label.foregroundRole(), look.theme.muted)
    label.setPalette(palette)
    label.setMinimumHeight(look.px(22))
