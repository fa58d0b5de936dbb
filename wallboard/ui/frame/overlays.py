"""What may lie over the board: the palette or the map of the keys, one of them at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallboard.engine.board import Board
from wallboard.ui.look import Look
from wallboard.ui.thing import Thing


class Overlays(QObject):
    """Opens and closes them. To open what is open already closes it.

    Signals:
        picked: What was chosen in the palette.
    """

    picked = Signal(Thing)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        # start-up: who only looks at the board does not wait for what finds things in it
        self._open: QObject | None = None
        self._is = ""

    def find(self, look: Look, board: Board, *, supervised: bool = False) -> None:
        """Open the palette over a board; `supervised` as `things_of` has it."""
        from wallboard.ui.dialogs.palette import Palette  # noqa: PLC0415 - start-up, as above
        from wallboard.ui.frame.things import things_of  # noqa: PLC0415 - start-up, as above

        if self._toggled("palette"):
            things = things_of(board, look.wording, supervised=supervised)
            palette = Palette(look, things, self._over)
            palette.picked.connect(self.picked)
            palette.closed.connect(self._forget)
            self._open = palette
            palette.open()

    def tell_keys(self, look: Look) -> None:
        """Open the map of the keys."""
        from wallboard.ui.dialogs.key_map import KeyMap  # noqa: PLC0415 - start-up, as above

        if self._toggled("keys"):
            keys = KeyMap(look, self._over)
            keys.closed.connect(self._forget)
            self._open = keys
            keys.open()

    def close(self) -> None:
        """Close what is open."""
        from wallboard.ui.dialogs.overlay import Overlay  # noqa: PLC0415 - start-up, as above

        if isinstance(self._open, Overlay):
            self._open.close_it()

    def is_open(self) -> bool:
        """Return whether anything lies over the board."""
        return self._open is not None

    def _toggled(self, which: str) -> bool:
        """Close what is open; return whether something else is to be opened now."""
        was = self._is if self.is_open() else ""
        if was:
            self.close()
        self._is = which
        return was != which

    def _forget(self) -> None:
        if self._open is not None:
            self._open.deleteLater()
            self._open = None
