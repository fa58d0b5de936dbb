"""The boards of TVs: the list of them, what is decided for one, and how that looks on the wall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QScrollArea, QWidget

from wallboard.domain.clock import Moment
from wallboard.engine.board import Board
from wallboard.ui.ground import Ground
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.placing import place
from wallboard.ui.shield import Shielded
from wallboard.ui.theme.sheets import dialog_sheet, section_sheet, wall_sheet
from wallboard.ui.theme.type import Role
from wallboard.ui.walls.editor import WallEditor
from wallboard.ui.walls.preview import WallPreview, readable_words
from wallboard.ui.walls.shelf import EmptyShelf, WallShelf
from wallboard.ui.walls.tv_faces import TvFace
from wallboard.ui.walls.undo_line import UndoLine
from wallboard.ui.walls.wishes import (
    WallBrought,
    WallCopied,
    WallEntry,
    WallGiven,
    WallMade,
    WallRemoved,
    WallsFace,
    WallStarted,
)

UNDO_MS: Final = 15_000
"""So long it is said what was done last; by its keys it can be taken back later, too."""

_SHELF, _GAP, _WIDEST = 208, 24, 620
"""How wide the list is at 100 %, the room between, and the form at most."""
_WIDEST_SHELF, _WIDEST_GAP = 272, 28
"""In pixels, however large the text is."""
_PREVIEW, _LEAST_PREVIEW = 0.38, 0.3
"""How wide the preview is as a share, and how wide at least beside a form of larger text."""
_NARROW = 500
"""At 100 %: the form takes room from the preview below this."""
_UPPER: Final = 0.6
"""How high the form is, as a share, where the preview stands below it."""


class WallsPage(Shielded, Ground):
    """Shows the boards of TVs. It keeps none: it tells what was wished for.

    Signals:
        wished: A WallWish.
        undo_wanted: What was done last is to be taken back.
        looked: Somebody looks at the page now.
    """

    explanation_wanted = Signal(str, object)
    wished = Signal(object)
    undo_wanted = Signal()
    looked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._walls = WallsFace()
        self._tvs: tuple[TvFace, ...] = ()
        self._chosen = ""
        self._shown: tuple[Board, Moment] | None = None
        self._texts = ("", "", False)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(UNDO_MS)
        self._over.timeout.connect(self.end_undo)
        # The page has widgets of Qt's own; the board starts without a style.
        if QApplication.style().name() != "fusion":
            QApplication.setStyle("Fusion")
        self._parts: list[QWidget] = []
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.undo_wanted)
        self._build()

    # What others call

    def show_look(self, look: Look) -> None:
        """Show the page in another look; the keyboard stays where it is."""
        self._look = look
        has = QApplication.focusWidget()
        name = has.objectName() if has is not None and self.isAncestorOf(has) else ""
        tab = self.editor.tab
        self._build()
        self.editor.open_tab(tab)
        # The parts of before are there until Qt has time to let them go.
        found = (part.findChild(QWidget, name) for part in self._parts if name)
        again = next((part for part in found if isinstance(part, QWidget)), None)
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the figures of now in the preview, and the queues that there are."""
        before, self._shown = self._shown, (board, now)
        if not self.preview.isHidden():
            self.preview.show_board(board, now)
        if before is None or before[0].queues.keys() != board.queues.keys():
            self._fill()

    def show_walls(self, walls: WallsFace) -> None:
        """Show the boards that there are."""
        self._walls = walls
        self._fill()

    def show_tvs(self, tvs: tuple[TvFace, ...]) -> None:
        """Show how the TVs are that show boards now."""
        self._tvs = tvs
        self.shelf.tvs.show_tvs(tvs)
        self.empty.tvs.show_tvs(tvs)

    def choose(self, key: str) -> None:
        """Show the board of this name; one that is not there is ignored."""
        if key in {entry.name for entry in self._walls.entries}:
            self._chosen = key
            self._fill()

    def show_undo(self, text: str) -> None:
        """Say what was done, and how to take it back."""
        self._tell(text, undo=True)

    def show_told(self, text: str) -> None:
        """Say what was done that cannot be taken back."""
        self._tell(text, undo=False)

    def show_trouble(self, text: str) -> None:
        """Say why something was not done."""
        self._texts = (self._texts[0], text, self._texts[2])
        self._say()

    def end_undo(self) -> None:
        """Say no more what was done; a trouble stays to be read."""
        self._over.stop()
        self._texts = ("", self._texts[1], False)
        self._say()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Have what came into the folder meanwhile shown."""
        super().showEvent(event)
        self.looked.emit()

    def begin(self) -> None:
        """Start the chosen board on the chosen screen, unless that hides this window: then ask."""
        screen = self.preview.chosen_screen()
        if not self._walls.entries:
            self.empty.make.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif screen is None or screen.ours:
            self.preview.start.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.preview.begin()

    def panes(self) -> Sequence[QWidget]:
        """Return the parts that can take the keyboard, in reading order."""
        return (self.shelf, self.editor, self.preview) if self._walls.entries else (self.empty,)

    def chosen(self) -> WallEntry | None:
        """Return the board that is shown. None if there is none."""
        there = self._walls.entries
        found = next((entry for entry in there if entry.name == self._chosen), None)
        return found or (there[0] if there else None)

    # Inside

    def _build(self) -> None:
        """Make everything anew in the look."""
        look, wording = self._look, self._look.wording
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self.setLayoutDirection(look.direction)
        self.setPalette(look.palette())
        self.setFont(look.font(Role.BODY))
        theme = look.theme
        self.setStyleSheet(dialog_sheet(theme) + section_sheet(theme) + wall_sheet(theme))
        self.setAccessibleName(wording.translate("Page", "TV boards"))
        self.shelf, self.editor, self.preview = WallShelf(look), WallEditor(look), WallPreview(look)
        self.beside = QScrollArea()
        self.beside.setWidgetResizable(True)
        self.beside.setFrameShape(QFrame.Shape.NoFrame)
        self.beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.beside.setWidget(self.preview)
        self.empty, self.line = EmptyShelf(look), UndoLine(look)
        self._parts = [self.shelf, self.editor, self.beside, self.empty, self.line]
        for part in self._parts:
            part.setParent(self)
        self.shelf.chosen.connect(self.choose)
        for shelf in (self.shelf, self.empty):
            shelf.made.connect(lambda: self.wished.emit(WallMade()))
            shelf.import_wanted.connect(self._ask_import)
        self.shelf.copied.connect(lambda: self._wish(lambda name: WallCopied(name=name)))
        self.shelf.removed.connect(lambda: self._wish(lambda name: WallRemoved(name=name)))
        self.shelf.export_wanted.connect(self._ask_export)
        self.editor.wished.connect(self.wished)
        self.editor.scene_picked.connect(self.preview.show_scene)
        self.editor.picture_wanted.connect(self._ask_picture)
        self.preview.started.connect(self._start)
        self.line.undo_wanted.connect(self.undo_wanted)
        self.setFocusProxy(self.shelf.list)
        self.show_tvs(self._tvs)
        self._fill()
        self._say()

    def _fill(self) -> None:
        entry = self.chosen()
        there = entry is not None
        for part in (self.shelf, self.editor, self.beside):
            part.setVisible(there)
        self.empty.setVisible(not there)
        self.setFocusProxy(self.shelf.list if there else self.empty.make)
        if entry is None:
            self._arrange()
            return
        self._chosen = entry.name
        self.shelf.show_entries(self._walls.entries, entry.name)
        self.editor.show_entry(entry, self._queues())
        self.editor.show_readable(readable_words(entry.wall, self._look))
        self.preview.show_walls(self._walls, entry)
        if self._shown is not None:
            self.preview.show_board(*self._shown)
        self._arrange()

    def _queues(self) -> tuple[tuple[str, str], ...]:
        """Return the queues that scenes can be of, by id and name."""
        if self._shown is None:
            return ()
        standings = self._shown[0].queues.values()
        rows = ((str(row.queue.queue_id), shown(row.queue.name)) for row in standings)
        return tuple(sorted(rows, key=lambda row: row[1]))

    def _tell(self, text: str, *, undo: bool) -> None:
        self._texts = (text, "", undo)
        self._say()
        self._over.start()

    def _say(self) -> None:
        told, trouble, undo = self._texts
        self.line.show_texts(told, trouble, undo=undo)
        self._arrange()

    # What is wished

    def _wish(self, make: Callable[[str], object]) -> None:
        entry = self.chosen()
        if entry is not None:
            self.wished.emit(make(entry.name))

    def _start(self, screen: str) -> None:
        self._wish(lambda name: WallStarted(name=name, screen=screen))

    def _ask_import(self) -> None:
        title = self._look.wording.translate("Walls", "Bring in a board")
        self._ask(title, "TOML (*.toml)", lambda path: self.wished.emit(WallBrought(path=path)))

    def _ask_picture(self) -> None:
        title = self._look.wording.translate("Walls", "Choose a picture")
        self._ask(title, "PNG, JPEG (*.png *.jpg *.jpeg)", self.editor.take_picture)

    def _ask_export(self) -> None:
        entry = self.chosen()
        if entry is None:
            return
        title = self._look.wording.translate("Walls", "Write the board to a file")
        dialog = self._ask(
            title,
            "TOML (*.toml)",
            lambda path: self._wish(lambda name: WallGiven(name=name, path=path)),
            save=True,
        )
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(f"{PurePath(entry.name).name}.toml")

    def _ask(
        self, title: str, names: str, take: Callable[[str], None], *, save: bool = False
    ) -> QFileDialog:
        """Ask for a file, without waiting for the answer."""
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mode = QFileDialog.AcceptMode.AcceptSave if save else QFileDialog.AcceptMode.AcceptOpen
        dialog.setAcceptMode(mode)
        dialog.setNameFilter(names)
        dialog.fileSelected.connect(take)
        dialog.open()
        return dialog

    # Where things stand

    def _arrange(self) -> None:
        look = self._look
        side, gap = min(look.px(_SHELF), _WIDEST_SHELF), min(look.px(_GAP), _WIDEST_GAP)
        above = look.px(4)
        high = self.height() - above
        if not self.line.isHidden():
            width = self.width() - side - gap
            tall = max(look.px(44), self.line.heightForWidth(width))
            high -= tall + look.px(6)
            self._place_at(self.line, side + gap, self.height() - tall, width, tall)
        self._place_at(self.shelf, 0, above, side, self.height() - above)
        self._arrange_board(QRect(side + gap, above, self.width() - side - gap, high), gap)
        self._place_at(self.empty, 0, above, self.width(), high)

    def _arrange_board(self, room: QRect, gap: int) -> None:
        """Put form and preview beside each other; below each other where the text is large."""
        look, x, y, width, high = self._look, room.x(), room.y(), room.width(), room.height()
        most = width - gap - round(self.width() * _LEAST_PREVIEW)
        if most < look.px(_NARROW):
            upper = round(high * _UPPER)
            self._place_at(self.editor, x, y, width, upper)
            self._place_at(self.beside, x, y + upper + gap, width, high - upper - gap)
            return
        form = max(width - gap - round(self.width() * _PREVIEW), look.px(_NARROW))
        form = min(form, look.px(_WIDEST))
        self._place_at(self.editor, x, y, form, high)
        self._place_at(self.beside, x + form + gap, y, width - form - gap, high)

    def _place_at(self, part: QWidget, start: int, top: int, width: int, height: int) -> None:
        place(part, self, self._look, QRect(start, top, max(0, width), max(0, height)))
