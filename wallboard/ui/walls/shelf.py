"""The boards of TVs in a list with what is done with a whole one; and what is said if none is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.settings_form import Flow, text_label
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.walls.tv_list import TvList
from wallboard.ui.walls.wishes import WallEntry


class WallShelf(QWidget):
    """Shows the boards by name, in one look.

    Signals:
        chosen: The name of a board.
        made, copied, removed: What is to be done; the last two with the chosen one.
        import_wanted, export_wanted: A file is to be asked for.
    """

    chosen = Signal(str)
    made = Signal()
    copied = Signal()
    removed = Signal()
    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._names: tuple[str, ...] = ()
        translate = look.wording.translate
        self.list = QListWidget()
        self.list.setObjectName("boards")
        self.list.setFont(look.font(Role.BODY))
        self.list.setAccessibleName(translate("Page", "TV boards"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(self._choose)
        self.setFocusProxy(self.list)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(10))
        box.addWidget(text_label(look, translate("Page", "TV boards"), Role.TITLE))
        box.addWidget(self.list, 1)
        self.tvs = TvList(look)
        box.addWidget(self.tvs)
        self.buttons: dict[str, QuietButton] = {}
        for rows in (
            (("new", translate("Walls", "New"), self.made),
             ("import", translate("Walls", "Bring in …"), self.import_wanted)),
            (("copy", translate("Walls", "Duplicate"), self.copied),
             ("remove", translate("Walls", "Delete"), self.removed)),
            (("export", translate("Walls", "Write to a file …"), self.export_wanted),),
        ):  # fmt: skip
            line = Flow(look, 8)
            for key, text, signal in rows:
                button = QuietButton(look)
                button.setObjectName(f"boards/{key}")
                button.show_text(text)
                button.clicked.connect(signal)
                line.add(button)
                self.buttons[key] = button
            box.addWidget(line)

    def show_entries(self, entries: tuple[WallEntry, ...], chosen: str) -> None:
        """Show these boards, and which one is chosen."""
        names = tuple(entry.name for entry in entries)
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's form
        if names != self._names:
            self._names = names
            self.list.clear()
            self.list.addItems([shown(name) for name in names])
        self.list.setCurrentRow(names.index(chosen))
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's form
        readable = next(entry.readable for entry in entries if entry.name == chosen)
        for key in ("copy", "export"):
            self.buttons[key].setEnabled(readable)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._names):
            self.chosen.emit(self._names[row])


class EmptyShelf(QWidget):
    """Says what a board is, and how to have one.

    Signals:
        made: A board is to be made.
        import_wanted: A file is to be asked for.
    """

    made = Signal()
    import_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        translate = look.wording.translate
        lead = translate(
            "Walls",
            "A board says what a TV on the wall shows: which scenes, in which order, how large for"
            " the farthest seat, and whose names. Make one here, look at it, and start it on the"
            " TV; or bring in one that was made on another computer.",
        )
        told = text_label(look, lead, Role.BODY, quiet=True)
        told.setMaximumWidth(look.px(620))
        self.make, self.bring = QuietButton(look), QuietButton(look)
        self.make.setObjectName("boards/first")
        self.make.show_text(translate("Walls", "Make the first board"))
        self.make.clicked.connect(self.made)
        self.bring.show_text(translate("Walls", "Bring in …"))
        self.bring.clicked.connect(self.import_wanted)
        self.setFocusProxy(self.make)
        line = Flow(look, 8)
        line.add(self.make)
        line.add(self.bring)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(14))
        box.addWidget(text_label(look, translate("Walls", "No TV board yet"), Role.TITLE))
        box.addWidget(told)
        box.addWidget(line)
        self.tvs = TvList(look)
        box.addSpacing(look.px(14))
        box.addWidget(self.tvs)
        box.addStretch(1)
