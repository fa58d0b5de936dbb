"""What tests of the windows share: both languages, and pictures that are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from support.looks import look_in, wording_in, worst_difference

from wallboard.ui.look import Look
from wallboard.ui.picture import picture_of
from wallboard.ui.theme.type import family_in_use
from wallboard.ui.wording import Wording

SHOTS = Path(__file__).parent / "shots"

# Anti-aliasing differs a little from one machine to the next. A figure that changed does not
# pass: the block of a picture that is looked at is about as large as one.
_BLOCK_TOLERANCE = 10.0


@pytest.fixture(params=["en", "fa"])
def wording(request: pytest.FixtureRequest) -> Wording:
    return wording_in(request.param)


@pytest.fixture(params=["en", "fa"])
def look(request: pytest.FixtureRequest) -> Look:
    return look_in(request.param)


@pytest.fixture(autouse=True)
def _as_at_first(qapp: QApplication) -> Iterator[None]:
    """Lets nothing of another test be in this one: no direction, no pointer on what it shows."""
    QCursor.setPos(qapp.primaryScreen().geometry().bottomRight())
    yield
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def keeps_its_look(qapp: QApplication) -> Callable[[str, QWidget, QSize], None]:
    """Compares a widget with its kept picture; one that is missing is written, and fails once."""

    def compare(name: str, widget: QWidget, size: QSize) -> None:
        image = picture_of(widget, size)
        kept = SHOTS / f"{name}.png"
        font = SHOTS / "font.txt"
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            image.save(str(kept), "PNG")
            font.write_text(f"{family_in_use()}\n", encoding="utf-8")
            pytest.fail(f"{kept.name} was missing and is written now: look at it, then keep it")
        recorded = font.read_text(encoding="utf-8").strip()
        if recorded != family_in_use():
            pytest.skip(f"the pictures were taken in {recorded}, and this is {family_in_use()}")
        difference = worst_difference(QImage(str(kept)), image)
        if difference > _BLOCK_TOLERANCE:
            now = kept.with_suffix(".now.png")
            image.save(str(now), "PNG")
            pytest.fail(f"{kept.name} differs by {difference:.1f}; compare it with {now.name}")

    return compare
