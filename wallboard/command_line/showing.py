"""The commands that draw: the window, the demo, a picture of a page."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from wallboard.app.windowed import run_window, take_shot
from wallboard.command_line.exits import Exit
from wallboard.command_line.machine import require_qt, require_screen, tell_missing_letters
from wallboard.command_line.openings import Session, demo_opening
from wallboard.runtime.opening import Opening
from wallboard.settings.model import Theme
from wallboard.ui.words import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that was asked for.

    Attributes:
        page: A page of the board by its key, or `first-run`.
        theme: None means the one that is set.
        size: Width and height in pixels.
        after_s: How long the board is followed before it is drawn.
    """

    page: str
    out: Path
    theme: Theme | None = None
    size: tuple[int, int] = (1920, 1080)
    after_s: float = 0.0


def window(
    session: Session,
    opening: Opening | None,
    given: Mapping[str, str] | None = None,
    *,
    start: str | None = None,
) -> Exit:
    """Show the window until it is closed.

    Args:
        opening: What to show; None shows what `start` says, else the first-run page.
        given: Fields of the demo that the window offers.
        start: A saved connection for which the window itself finds the password or asks.

    Raises:
        Stop: This machine cannot show it.
    """
    require_qt(session.voice)
    require_screen(session.voice, os.environ)
    tell_missing_letters(session.voice, session.language)
    status = run_window(
        opening,
        demo=demo_opening(session, given or {}),
        settings=session.settings,
        places=session.places,
        language=session.language,
        start=start,
    )
    return Exit.GOOD if status == 0 else Exit.UNEXPECTED


def shot(session: Session, opening: Opening, picture: Picture) -> Exit:
    """Write a page as a PNG file; no screen is needed.

    Raises:
        Stop: It cannot be drawn or written.
    """
    require_qt(session.voice)
    tell_missing_letters(session.voice, session.language)
    if not picture.out.parent.is_dir():
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "The picture cannot be written to {out}: there is no such directory. Make it, or"
                " choose another place with --out.",
            ),
            out=picture.out,
        )
    if sys.platform.startswith("linux"):
        # Whatever the desktop uses: no screen is needed, and Qt would abort without one.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        take_shot(
            picture.page,
            opening,
            out=picture.out,
            settings=replace(session.settings, theme=picture.theme or session.settings.theme),
            places=session.places,
            language=session.language,
            size=picture.size,
            after_s=picture.after_s,
        )
    except OSError as error:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "The picture cannot be written to {out} ({reason}). Choose another place with"
                " --out.",
            ),
            Exit.MACHINE,
            out=picture.out,
            reason=error.strerror or error,
        ) from error
    return Exit.GOOD
