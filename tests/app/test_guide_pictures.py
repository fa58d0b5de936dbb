"""The pictures of the guide are there, in the reader's language, of the pages as they are now.

All of them anew: WALLBOARD_PICTURES=resources/guide pytest tests/app/test_guide_pictures.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from support.guide_pictures import GUIDE, LANGUAGES, MOST_BYTES, SHOTS, rail, take
from support.looks import wording_in
from support.pictures import colours

from wallboard.app.guide import guide_in
from wallboard.ui.guide.chapters import Picture

TOLD = os.environ.get("WALLBOARD_PICTURES", "")
ANEW = "take it anew: see the first lines of this test"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_pictures_of_the_guide_can_be_taken(
    qapp: QApplication, language: str, tmp_path: Path, wallboard_home: Path
) -> None:
    folder = Path(TOLD) / language if TOLD else tmp_path
    for name in SHOTS if TOLD else ("first-run",):
        picture = QImage(str(take(name, wording_in(language), folder)))
        assert (picture.width(), picture.height()) == SHOTS[name].size
        assert picture.text("Language") == language
        assert colours(picture) > 5


def named(language: str) -> dict[str, str]:
    """Return the pictures that the guide names, and in words what is on them."""
    return {
        block.name: block.words
        for chapter in guide_in(language).chapters
        for block in chapter.blocks
        if isinstance(block, Picture)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_picture_that_the_guide_names_is_there_and_of_today(language: str) -> None:
    told = named(language)
    assert set(told) == {f"{name}.png" for name in SHOTS}
    assert all(told.values()), "who does not see a picture is told what is on it"
    for name, shot in SHOTS.items():
        picture = QImage(str(GUIDE / language / f"{name}.png"))
        assert not picture.isNull(), f"{name}.png is missing: {ANEW}"
        assert (picture.width(), picture.height()) == shot.size, f"{name}: {ANEW}"
        assert picture.text("Language") == language, f"{name}: {ANEW}"
        assert picture.text("Page") == shot.page, f"{name}: {ANEW}"
        assert picture.text("Rail") == rail(), f"{name} shows other pages: {ANEW}"


def test_that_no_picture_lies_about_that_nobody_names_and_the_guide_is_small() -> None:
    files = [path for path in GUIDE.rglob("*") if path.is_file()]
    pictures = {path.relative_to(GUIDE).as_posix() for path in files if path.suffix == ".png"}
    assert pictures == {f"{language}/{name}.png" for language in LANGUAGES for name in SHOTS}
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES
