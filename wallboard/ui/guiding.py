"""The guide that is open: one window of it, read when it is first asked for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallboard.ui.look import Look


class Guiding(QObject):
    """Opens the window of the guide, and keeps it in the language and colours of the board.

    Signals:
        wanted: The language of the guide that is to be shown; `show_guide` is to follow.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        # start-up: who only looks at the board does not wait for what tells of it
        self._window: QWidget | None = None
        self._look: Look | None = None
        self._place = ""

    def ask(self, look: Look, page: str) -> None:
        """Have the guide opened where it tells of a page; of none, by an empty key: at its begin.

        Raises:
            KeyError: There is no such page.
        """
        from wallboard.ui.guide.chapters import PLACES  # noqa: PLC0415 - start-up, as above

        self._ask(look, PLACES[page])

    def show_guide(self, guide: object) -> None:
        """Show the Guide that was asked for, in the window that is open if there is one."""
        from wallboard.ui.dialogs.guide import GuideWindow  # noqa: PLC0415 - start-up, as above
        from wallboard.ui.guide.chapters import Guide  # noqa: PLC0415 - start-up, as above

        look = self._look
        if look is None or not isinstance(guide, Guide):
            return
        window = self._window
        if not isinstance(window, GuideWindow):
            window = GuideWindow(look, guide, self._parent)
            window.destroyed.connect(self._forget)
            self._window = window
        else:
            window.show_guide(look, guide)
        window.open_place(self._place)
        window.show()
        window.raise_()
        window.activateWindow()

    def show_look(self, look: Look) -> None:
        """Have an open window follow to another look or language, where it is."""
        if self._window is None:
            return
        from wallboard.ui.dialogs.guide import GuideWindow  # noqa: PLC0415 - start-up, as above

        if isinstance(self._window, GuideWindow):
            self._ask(look, self._window.place())

    def _ask(self, look: Look, place: str) -> None:
        self._look, self._place = look, place
        self.wanted.emit(look.wording.language)

    def _forget(self) -> None:
        self._window = None
