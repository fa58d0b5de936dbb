"""The doors to what needs Qt: it is imported when a window or a picture is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final

from wallboard.runtime.opening import Opening
from wallboard.runtime.tidying import Tidying
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places

_BEFORE_QT: Final = "wallboard.ui.plain_imports"
"""What makes the import of PySide quicker, if it comes first."""


def run_window(
    opening: Opening | None,
    *,
    demo: Opening,
    settings: Settings,
    places: Places,
    language: str,
    start: str | None = None,
) -> int:
    """Show the window until the user closes it.

    Args:
        opening: What to show at once. None shows the first-run page.
        demo: What "See it live" opens.
        settings: As loaded; what the user changes in the window is saved in `places`.
        language: `en` or `fa`.
        start: The name of the saved connection that the window opens itself, if there is no
            `opening`: it finds the password or asks for it, and says what is wrong.

    Returns:
        The exit status.
    """
    # First of all: to search for garbage while hundreds of classes are made is half of the time
    # from here to the first frame that is not Qt's own.
    Tidying().start()
    import_module(_BEFORE_QT)
    from wallboard.app.window import run  # noqa: PLC0415 - Qt costs 0.2 s and 30 MB

    return run(opening, demo=demo, settings=settings, places=places, language=language, start=start)


def take_shot(  # noqa: PLR0913 - a picture has that many sides
    page: str,
    opening: Opening,
    *,
    out: Path,
    settings: Settings,
    places: Places,
    language: str,
    size: tuple[int, int] = (1920, 1080),
    after_s: float = 0.0,
) -> None:
    """Write a page as a picture, as it looks `after_s` seconds after the first picture came.

    What is kept of the connection is read, and nothing of it is changed. The page of alerts takes
    some pictures more, if need be: one alone tells no alerts.

    Args:
        page: A page of the board by its key, or `first-run`.
        size: Width and height in pixels.
        out: A PNG file.
        settings: How the window looks, and what was decided for the connection.
        language: `en` or `fa`.

    Raises:
        ValueError: There is no such page.
        OSError: The file cannot be written.
    """
    import_module(_BEFORE_QT)
    from wallboard.app.shot import take  # noqa: PLC0415 - Qt costs 0.2 s and 30 MB

    take(
        page,
        opening,
        out=out,
        settings=settings,
        places=places,
        language=language,
        size=size,
        after_s=after_s,
    )
