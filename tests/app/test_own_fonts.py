"""What a release brings along is used; a checkout does without."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication
from support.checkout import ROOT

from wallboard.app import own_fonts
from wallboard.app.own_fonts import use_own_fonts, use_own_icon

SOME_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def test_that_a_checkout_uses_the_fonts_of_the_system(qapp: QApplication) -> None:
    assert use_own_fonts() == 0


@pytest.mark.skipif(not SOME_FONT.exists(), reason="apt install fonts-dejavu-core")
def test_that_fonts_that_were_brought_along_can_be_used(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_fonts, "resources_dir", lambda: tmp_path)
    (tmp_path / "fonts").mkdir()
    shutil.copy(SOME_FONT, tmp_path / "fonts" / "Some.ttf")
    (tmp_path / "fonts" / "Broken.ttf").write_bytes(b"no font")
    (tmp_path / "fonts" / "OFL.txt").write_text("its notice", encoding="utf-8")
    assert use_own_fonts() == 1
    QFontDatabase.removeAllApplicationFonts()


def test_that_windows_bear_the_icon(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        use_own_icon()
        assert QGuiApplication.desktopFileName() == "wallboard"
        pixmap = QGuiApplication.windowIcon().pixmap(QSize(64, 64))
        # The bar of the worst queue, as the icon's own file has it.
        assert pixmap.toImage().pixelColor(20, 18).name() == "#f4452f"
        # A release has it as pictures of many sizes.
        (tmp_path / "icons").mkdir()
        pixmap.save(str(tmp_path / "icons" / "wallboard-64.png"))
        shutil.copy(ROOT / "resources/icons/wallboard.svg", tmp_path / "icons")
        monkeypatch.setattr(own_fonts, "resources_dir", lambda: tmp_path)
        use_own_icon()
        assert QGuiApplication.windowIcon().availableSizes() == [QSize(64, 64)]
    finally:
        QGuiApplication.setWindowIcon(QIcon())
