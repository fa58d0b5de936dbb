"""The explanation that is open: one at a time, asked for by a click and answered when it can be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import QueueId
from wallboard.engine.board import Board
from wallboard.engine.explanation import Explanation
from wallboard.ui.look import Look


class Explaining(QObject):
    """Opens the dialog for a figure. Of this moment it is explained at once, from the board.

    Signals:
        wanted: A figure of a window, by key, and its queue, None for all; an answer is to follow.
        history_wanted: The queue whose past is to be seen; empty for all.
    """

    wanted = Signal(str, object)
    history_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        # start-up: who only looks at the board does not wait for tables of calls
        self._dialog: QObject | None = None

    def ask(
        self, look: Look, board: Board, now: Moment, key: str, queue_id: QueueId | None
    ) -> None:
        """Open the explanation of a figure, in the place of one that is open."""
        from wallboard.ui.dialogs.explain_opening import (  # noqa: PLC0415 - start-up, as above
            Asked,
            open_explanation,
        )

        self.close()
        asked = Asked(board=board, now=now, key=key, queue_id=queue_id)
        dialog = open_explanation(asked, look, self._window)
        dialog.finished.connect(self._forget)
        dialog.history_wanted.connect(partial(self.history_wanted.emit, queue_id or ""))
        dialog.offer_history()
        self._dialog = dialog
        if not asked.live:
            self.wanted.emit(key, queue_id)

    def show_explanation(self, told: Explanation, records: Sequence[CallRecord]) -> None:
        """Show the answer; one that nobody waits for any more is dropped."""
        from wallboard.ui.dialogs.explain_dialog import (  # noqa: PLC0415 - start-up, as above
            ExplainDialog,
        )

        if isinstance(self._dialog, ExplainDialog) and self._dialog.key == told.asked:
            self._dialog.show_explanation(told, records)

    def show_trouble(self, text: str) -> None:
        """Say why the figure cannot be explained, and what to do."""
        from wallboard.ui.dialogs.explain_dialog import (  # noqa: PLC0415 - start-up, as above
            ExplainDialog,
        )

        if isinstance(self._dialog, ExplainDialog):
            self._dialog.show_trouble(text)

    def close(self) -> None:
        """Close the explanation if one is open."""
        if isinstance(self._dialog, QWidget):
            self._dialog.close()
        self._dialog = None

    def _forget(self) -> None:
        self._dialog = None
