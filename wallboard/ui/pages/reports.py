"""Reports to hand over: what they are of beside how they print, and what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.reporting import ReportDefinition
from wallboard.engine.board import Board, site_time
from wallboard.ui.ground import Ground
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated, isolated_address
from wallboard.ui.panels.report_choice import USUAL, ReportChoice
from wallboard.ui.panels.report_form import ReportForm
from wallboard.ui.panels.report_line import Act, ReportLine
from wallboard.ui.panels.report_preview import ReportPreview
from wallboard.ui.placing import place
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.print.sheets import Plan
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.shield import Shielded
from wallboard.ui.theme.sheets import dialog_sheet, section_sheet
from wallboard.ui.theme.type import Role
from wallboard.ui.words import phrase

_FORM: Final = 268
"""How wide the choices are at 100 %."""
_LINE: Final = 42
_READING: Final = phrase("Reports", "Making the report …")
_NOTHING: Final = phrase(
    "Reports", "Nothing is known of this time. Choose another one, or look again later."
)
_WRITTEN: Final = phrase("Reports", "Written: {files}")
_ASK: Final = phrase(
    "Reports",
    "Callers' numbers will leave in full. The journal keeps that you asked for it.",
)


class ReportsPage(Shielded, Ground):
    """Shows a report before it is handed on. It makes none: it tells what is wanted.

    Signals:
        report_wanted: A ReportChoice; `show_plan` is to follow, or `show_no_report`.
        export_wanted: The report that is shown is wanted as files; the forms, in their order.
        cancel_wanted: What is under way is not wanted any more.
        folder_wanted: The folder of the files is to be opened, by its path.
        folder_chosen: From now on files go into this folder.
        save_wanted: A ReportDefinition to be kept, in the place of one of its name.
        remove_wanted: The name of one that is not wanted any more.
        undo_wanted: The one that was removed last is wanted back.
    """

    explanation_wanted = Signal(str, object)
    report_wanted = Signal(object)
    export_wanted = Signal(object)
    cancel_wanted = Signal()
    folder_wanted = Signal(str)
    folder_chosen = Signal(str)
    save_wanted = Signal(object)
    remove_wanted = Signal(str)
    undo_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Board, Moment] | None = None
        self._asked: ReportChoice | None = None
        self._folder = ""
        # The page has widgets of Qt's own; the board starts without a style.
        QApplication.setStyle("Fusion")
        self.form = ReportForm(look)
        self.form.show_choice(ReportChoice(definition=USUAL))
        self.choices = QScrollArea(self)
        self.choices.setWidgetResizable(True)
        self.choices.setFrameShape(QFrame.Shape.NoFrame)
        self.choices.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choices.setWidget(self.form)
        self.preview = ReportPreview(look)
        self.before, self.after = QuietButton(look), QuietButton(look)
        self.again = QuietButton(look)
        self.pages = PlainLabel()
        self.line = ReportLine(look)
        for part in (
            self.before, self.pages, self.after, self.again, self.preview, self.line,
        ):  # fmt: skip
            part.setParent(self)
        self._connect()
        self.setFocusProxy(self.form.kind)
        self._dress()
        self.form.show_ready(ready=False)
        self.preview.show_text(look.wording.say(_READING))

    # What others call

    def show_look(self, look: Look) -> None:
        """Show the page in another look; in another language the report is made anew."""
        other = look.wording != self._look.wording
        self._look = look
        self.form.show_look(look)
        self.preview.show_look(look)
        self.line.show_look(look)
        for button in (self.before, self.after, self.again):
            button.show_look(look)
        self._dress()
        self._arrange()
        self.update()
        if other and self._asked is not None:
            self._ask()

    def show_board(self, board: Board, now: Moment) -> None:
        """Take the board's queues and clock; ask for the first report once it has both."""
        self._shown = (board, now)
        self.form.show_board(board, site_time(board, now))
        if self._asked is None and self.isVisible():
            self._ask()

    def show_plan(self, choice: ReportChoice, plan: Plan) -> None:
        """Show the report that was asked for last; another answer is dropped."""
        if choice is not self._asked:
            return
        self.preview.show_plan(plan)
        tables = plan.paper.tables
        known = any(table.rows for table in tables) and plan.paper.grounds.covered != 0.0
        self.line.show_told("" if known else self._look.wording.say(_NOTHING))
        self.form.show_ready(ready=True)
        self._word_pages()

    def show_no_report(self, choice: ReportChoice, text: str) -> None:
        """Say why it was not made, and what to do."""
        if choice is self._asked:
            self.preview.show_text(text)
            self.line.show_told("")
            self._word_pages()

    def show_progress(self, share: float, text: str) -> None:
        """Show how much of what is under way is done, 0 to 1."""
        cancel = Act(key="cancel", word=self._look.wording.translate("Reports", "Cancel"))
        self.line.show_progress(share, text, (cancel,))

    def show_told(self, text: str, *, ready: bool = True) -> None:
        """Say what came of what was wanted."""
        self.line.show_told(text)
        self.form.show_ready(ready=ready and self.preview.plan() is not None)

    def show_written(self, names: Sequence[str]) -> None:
        """Say which files were written into the folder."""
        wording = self._look.wording
        files = wording.listed(isolated_address(name) for name in names)
        opened = Act(key="folder", word=wording.translate("Reports", "Open folder"))
        self.line.show_told(wording.say(_WRITTEN, files=files), (opened,))
        self.form.show_ready(ready=self.preview.plan() is not None)

    def show_removed(self, name: str) -> None:
        """Say that a saved report is gone, and how to have it back."""
        wording = self._look.wording
        undo = Act(key="undo", word=wording.translate("Reports", "Undo"))
        told = wording.translate("Reports", "{name} is removed.")
        self.line.show_told(told.format(name=isolated(name)), (undo,))

    def show_definitions(self, definitions: Sequence[ReportDefinition]) -> None:
        """Offer the saved reports."""
        self.form.saved.show_definitions(definitions)

    def show_folder(self, folder: str) -> None:
        """Show where files go."""
        self._folder = folder
        self.form.show_folder(folder)

    def show_rights(self, *, may_unmask: bool) -> None:
        """Offer to have callers' numbers whole, or not."""
        self.form.show_rights(may_unmask=may_unmask)

    def forget(self) -> None:
        """Know nothing of any report any more: what comes is another board."""
        # Without a board nothing is asked for.
        self._shown = self._asked = None
        self.form.show_choice(ReportChoice(definition=USUAL))
        self.preview.show_text(self._look.wording.say(_READING))
        self.line.show_told("")
        self.form.show_ready(ready=False)
        self._word_pages()

    def choice(self) -> ReportChoice | None:
        """Return what was asked for last. None if nothing was."""
        return self._asked

    def panes(self) -> tuple[QWidget, ...]:
        """Return the parts between which F6 goes."""
        return (self.form.kind, self.preview)

    # What Qt calls

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for a report when the page is seen for the first time."""
        super().showEvent(event)
        if self._shown is not None and self._asked is None:
            self._ask()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Give the keyboard to the first of the choices."""
        self.form.kind.setFocus(event.reason())

    # Wishes

    def _connect(self) -> None:
        self.form.changed.connect(self._ask)
        self.form.unmask_wished.connect(self._ask_unmasking)
        self.form.export_wanted.connect(self._export)
        self.form.folder_chosen.connect(self.folder_chosen)
        self.form.save_wanted.connect(self._save)
        self.form.remove_wanted.connect(self.remove_wanted)
        self.line.done.connect(self._act)
        self.before.clicked.connect(self._turn_back)
        self.after.clicked.connect(self._turn_on)
        self.again.clicked.connect(self._ask)
        self.preview.turned.connect(self._word_pages)
        keys = QShortcut(QKeySequence("Ctrl+E"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._export)

    def _ask(self) -> None:
        if self._shown is None:
            return
        self._asked = replace(self.form.choice())
        self.form.show_ready(ready=False)
        self.line.show_told("")
        if self.preview.plan() is None:
            self.preview.show_text(self._look.wording.say(_READING))
        else:
            self.preview.show_stale(stale=True)
        self.report_wanted.emit(self._asked)

    def _export(self) -> None:
        if self.form.export.isEnabled():
            self.form.show_ready(ready=False)
            self.export_wanted.emit(self.form.forms_chosen())

    def _ask_unmasking(self) -> None:
        wording = self._look.wording
        self.line.show_told(
            wording.say(_ASK),
            (
                Act(key="unmask", word=wording.translate("Reports", "Show them in full")),
                Act(key="leave", word=wording.translate("Reports", "Leave them masked")),
            ),
        )
        self.line.buttons["leave"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _act(self, key: str) -> None:
        match key:
            case "cancel":
                self.cancel_wanted.emit()
            case "folder":
                self.folder_wanted.emit(self._folder)
            case "undo":
                self.undo_wanted.emit()
            case "unmask":
                self.line.show_told("")
                self.form.show_unmasked(unmasked=True)
            case _:
                self.line.show_told("")
        if QApplication.focusWidget() is None or key in ("unmask", "leave", "undo"):
            self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, name: str) -> None:
        definition = self.form.choice().definition
        self.save_wanted.emit(replace(definition, name=name, forms=self.form.forms_chosen()))

    def _turn_back(self) -> None:
        self.preview.go_to(self.preview.page() - 1)

    def _turn_on(self) -> None:
        self.preview.go_to(self.preview.page() + 1)

    # Inside

    def _word_pages(self) -> None:
        count, at = self.preview.count(), self.preview.page()
        self.pages.show_text(self.preview.words())
        self.before.setEnabled(at > 0)
        self.after.setEnabled(at < count - 1)

    def _dress(self) -> None:
        look, wording = self._look, self._look.wording
        self.setLayoutDirection(look.direction)
        self.setPalette(look.palette())
        self.setFont(look.font(Role.BODY))
        self.setStyleSheet(dialog_sheet(look.theme) + section_sheet(look.theme))
        self.setAccessibleName(wording.say(phrase("Page", "Reports")))
        self.pages.setFont(look.font(Role.BODY))
        self.pages.setAlignment(Qt.AlignmentFlag.AlignCenter)
        palette = self.pages.palette()
        palette.setColor(self.pages.foregroundRole(), look.theme.text2)
        self.pages.setPalette(palette)
        # Qt turns them around where lines begin on the right.
        self.before.show_text("‹")
        self.before.setAccessibleName(wording.translate("Reports", "Page before"))
        self.after.show_text("›")
        self.after.setAccessibleName(wording.translate("Reports", "Next page"))
        self.again.show_text(wording.translate("Reports", "Make again"))
        self._word_pages()

    def _arrange(self) -> None:
        look = self._look
        gap, top, line = look.px(12), look.px(4), look.px(_LINE)
        side = look.px(_FORM)
        high = self.height() - top
        self._place(self.choices, 0, top, side, high)
        start = side + gap
        width = self.width() - start
        bar = look.px(32)
        self._place(self.before, start, top, look.px(36), bar)
        self._place(self.pages, start + look.px(40), top, look.px(150), bar)
        self._place(self.after, start + look.px(194), top, look.px(36), bar)
        wide = max(look.px(90), self.again.sizeHint().width())
        self._place(self.again, start + width - wide, top, wide, bar)
        body = top + bar + look.px(6)
        self._place(self.preview, start, body, width, self.height() - body - line)
        self._place(self.line, start, self.height() - line, width, line)

    def _place(self, part: QWidget, start: int, top: int, width: int, height: int) -> None:
        place(part, self, self._look, QRect(start, top, max(0, width), max(0, height)))
