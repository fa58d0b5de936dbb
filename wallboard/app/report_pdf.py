"""Writes a paper as a PDF wherever the program runs: with a window, or without a display."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

from wallboard.domain.paper import Paper, Progress, Stop
from wallboard.papers.pace import never, nobody

_BEFORE_QT = "wallboard.ui.plain_imports"


def write_pdf(
    paper: Paper, target: Path, progress: Progress = nobody, stop: Stop = never
) -> tuple[Path, ...]:
    """Write a paper as a PDF file. In a program without a window: on its main thread.

    Returns:
        The file.

    Raises:
        PaperNotWritten: And why; what stood under its name, still stands.
        PaperStopped: Somebody asked for that.
    """
    import_module(_BEFORE_QT)
    # start-up: who asks for no PDF does without Qt, which costs 0.2 s and 30 MB
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - as told

    from wallboard.ui.print.pdf import write_pdf as write  # noqa: PLC0415 - as told

    if QGuiApplication.instance() is None:
        from wallboard.app.own_fonts import use_own_fonts  # noqa: PLC0415 - as told

        if sys.platform.startswith("linux"):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _APPLICATION.append(QGuiApplication(["wallboard"]))
        use_own_fonts()
    return write(paper, target, progress, stop)


_APPLICATION: list[object] = []
"""What Qt's fonts need; as long as the program runs."""
