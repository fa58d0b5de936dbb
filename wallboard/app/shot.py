"""A page of the board as a picture, without a screen and without a process of the source."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from wallboard.app.clock import system_clock
from wallboard.app.headless import follow, wording_of
from wallboard.engine.board import Board
from wallboard.runtime.opening import Opening
from wallboard.ui.frame import page_table
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.theme.tokens import THEMES

_FIRST_RUN: Final = "first-run"
PAGES: Final = (*(entry.key for entry in page_table.PAGES), _FIRST_RUN)
"""The pages that can be drawn, by key."""
_PATIENCE_S: Final = 15.0


def take(  # noqa: PLR0913 - a picture has that many sides
    page: str,
    opening: Opening,
    *,
    out: Path,
    size: tuple[int, int],
    after_s: float,
    language: str,
    theme: str,
    latin_digits: bool,
) -> None:
    """Write the page as a PNG file; see `wallboard.app.take_shot`."""
    if page not in PAGES:
        raise ValueError(page)
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    clock = system_clock()
    application = QApplication.instance() or QApplication(["wallboard"])
    wording = wording_of(language, latin_digits=latin_digits)
    window = MainWindow(Look(theme=THEMES[theme], wording=wording))
    window.resize(*size)
    if page == _FIRST_RUN:
        window.show_first_run()
    else:
        window.show_board(_board_after(opening, after_s), clock.now())
        window.open_page(page)
    window.show()
    application.processEvents()
    image = window.grab().toImage()
    window.close()
    if not image.save(str(out), "PNG"):  # type: ignore[call-overload] # the stubs want bytes here
        raise OSError(f"{out} cannot be written")


def _board_after(opening: Opening, after_s: float) -> Board:
    """Return the board `after_s` after its first picture; with no picture, as it is by then."""
    clock = system_clock()
    begun_s = clock.now().steady_s
    seen_s: float | None = None
    boards = follow(opening)
    try:
        for board in boards:
            now_s = clock.now().steady_s
            if seen_s is None and board.snapshot is not None:
                seen_s = now_s
            if seen_s is None and now_s - begun_s >= _PATIENCE_S:
                return board
            if seen_s is not None and now_s - seen_s >= after_s:
                return board
    finally:
        boards.close()
    raise AssertionError("a source is followed for ever")
