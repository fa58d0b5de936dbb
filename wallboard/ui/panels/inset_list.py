"""A list whose things stand a little inside of a card."""

from __future__ import annotations

from PySide6.QtGui import QColor

from wallboard.ui.look import Look
from wallboard.ui.panels.told_list import ToldList


class InsetList(ToldList):
    """Says what its owner told where it is empty."""

    comes_at_once = True

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._empty = ""

    def _inset(self) -> int:
        return self._look.px(8)

    def _ground(self) -> QColor:
        return self._look.theme.surface

    def _empty_words(self) -> str:
        return self._empty
