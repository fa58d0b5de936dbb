"""What every page looks like: calm, mirrored, decidable in grey, and never flashing."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from support.campaign import size_of_campaign
from support.crawl import frame_of, pixels_of, scrolled
from support.looks import look_in, share_of_saturated
from support.shapes import grey_of, shape_in
from support.sights import calm, live
from support.written import Written, picture_with_texts

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.ui import glyphs
from wallboard.ui.easel import Easel
from wallboard.ui.frame.page_table import PAGES
from wallboard.ui.look import Look
from wallboard.ui.panels.top_bar import TopBar
from wallboard.ui.panels.trend_panel import TrendPanel
from wallboard.ui.picture import picture_of
from wallboard.ui.theme.tokens import THEMES
from wallboard.ui.wording import Wording

SMALL, LARGE, HUGE = QSize(1366, 768), QSize(1920, 1080), QSize(3840, 2160)
SIZES = (SMALL, LARGE, HUGE)
KEYS = [entry.key for entry in PAGES]
MAIN = ("overview", "queues", "agents", "calls")
FLASH_BLOCK = 24
FLASH = 0.1
"""So much of the whole range a block must get lighter or darker, and back, to be seen to flash."""


def size_name(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("key", KEYS)
def test_that_a_healthy_center_is_without_colour(qapp: QApplication, key: str, theme: str) -> None:
    made = calm("en")
    frame = frame_of(made, look_in("en", theme), LARGE)
    frame.open_page(key)
    assert share_of_saturated(picture_of(frame, LARGE)) <= 0.005


@pytest.mark.parametrize("size", SIZES, ids=size_name)
@pytest.mark.parametrize("key", ["overview", "queues", "agents"])
def test_that_a_site_of_the_usual_size_is_seen_without_scrolling(
    qapp: QApplication, look: Look, key: str, size: QSize
) -> None:
    frame = frame_of(live(look.wording.language), look, size)
    frame.open_page(key)
    picture_of(frame, size)
    assert scrolled(frame) == []


@pytest.mark.parametrize("size", SIZES, ids=size_name)
@pytest.mark.parametrize("key", MAIN)
def test_that_from_right_to_left_everything_stands_on_the_other_side(
    qapp: QApplication, key: str, size: QSize
) -> None:
    both = []
    # The same words, so that all of them are as wide: only the direction differs.
    for wording in (Wording(), Wording(language="fa", latin_digits=True, jalali=False)):
        look = Look(wording=wording)
        frame = frame_of(live("en"), look, size)
        frame.open_page(key)
        _, written = picture_with_texts(frame, size)
        both.append(once(written))
    ltr, rtl = both
    pairs = [
        (ltr[text], rtl[text])
        for text in ltr.keys() & rtl.keys()
        if abs(ltr[text].ink.width() - rtl[text].ink.width()) < 0.5
    ]
    assert len(pairs) > 20
    for one, other in pairs:
        # Boxes are mirrored to the pixel; in each of them a text begins at a whole one.
        mirrored = size.width() - one.ink.center().x()
        assert abs(mirrored - other.ink.center().x()) <= 1.5, (str(one), str(other))


def once(written: list[Written]) -> dict[str, Written]:
    """Return the texts that stand there once; the time axis runs the same way in all languages."""
    texts = [one for one in written if not isinstance(one.part, TrendPanel)]
    # The button of the other language has another word in each, which moves what is beside it.
    texts = [one for one in texts if not isinstance(one.part, QAbstractButton | TopBar)]
    counts = Counter(one.text for one in texts)
    return {one.text: one for one in texts if counts[one.text] == 1}


# Shapes


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [9, 11, 13, 16, 22, 44])
def test_that_severities_are_told_apart_from_all_else_in_grey(
    qapp: QApplication, theme: str, size: int
) -> None:
    seen = {severity: grey_glyph(severity, theme, size) for severity in Severity}
    assert seen[Severity.CRITICAL] == "triangle"
    assert seen[Severity.WARNING] == "diamond"
    assert seen[Severity.CALM] == ""
    for state in AgentState:
        assert grey_glyph(state, theme, size) == "", state


def grey_glyph(what: Severity | AgentState, theme: str, size: int) -> str:
    image = QImage(size + 8, size + 8, QImage.Format.Format_RGB32)
    image.fill(THEMES[theme].surface)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(4, 4, size, size)
    if isinstance(what, Severity):
        glyphs.paint_severity(painter, box, what, THEMES[theme])
    else:
        glyphs.paint_state(painter, box, what, THEMES[theme])
    painter.end()
    return shape_in(grey_of(image), image.rect())


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES, ids=size_name)
def test_that_every_severity_of_the_board_is_found_on_its_picture_in_grey(
    qapp: QApplication, look: Look, theme: str, size: QSize, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks: list[tuple[QRect, Severity]] = []
    frame = frame_of(live(look.wording.language), look_in(look.wording.language, theme), size)
    painted = Easel.severity

    def noted(easel: Easel, box: QRectF, severity: Severity) -> None:
        painted(easel, box, severity)
        part = easel.painter.device()
        if not isinstance(part, QWidget) or not frame.isAncestorOf(part):
            return  # of another test
        real = easel.at(box).translated(QPointF(part.mapTo(frame, part.rect().topLeft())))
        if severity is not Severity.CALM:
            marks.append((real.adjusted(-2, -2, 2, 2).toAlignedRect(), severity))

    picture_of(frame, size)
    monkeypatch.setattr(Easel, "severity", noted)
    image = QImage(size, QImage.Format.Format_RGB32)
    frame.render(image)
    grey = grey_of(image)
    found = Counter((severity, shape_in(grey, box)) for box, severity in marks)
    assert set(found) == {(Severity.CRITICAL, "triangle"), (Severity.WARNING, "diamond")}
    assert found[Severity.CRITICAL, "triangle"] >= 4
    assert found[Severity.WARNING, "diamond"] >= 3


# Flashing


@pytest.mark.timeout(200)
@pytest.mark.parametrize("key", ["overview", "agents"])
def test_that_nothing_flashes_while_a_minute_of_trouble_goes_by(
    qapp: QApplication, key: str
) -> None:
    made = live("en")
    frame = frame_of(made, look_in("en"), SMALL)
    frame.open_page(key)
    frame.show()
    qapp.processEvents()
    frames = [blocks_of(frame.grab().toImage())]
    instants = [0.0]
    for second in range(size_of_campaign(6, 60)):
        made.churn(0.15)
        frame.show_board(made.board, made.clock.now())
        # What changes slowly is looked at while it does.
        for at_s in (0.0, 0.15, 0.3, 0.65):
            if at_s:
                QTest.qWait(150)
            frames.append(blocks_of(frame.grab().toImage()))
            instants.append(second + at_s)
    assert worst_flash_hz(np.array(frames), instants) <= 0.5


@pytest.mark.parametrize(
    ("period_s", "hz"),
    [pytest.param(1.0, 1.0, id="each_second"), pytest.param(4.0, 0.25, id="each_four_seconds")],
)
def test_that_a_flash_is_found_and_how_often_it_comes(period_s: float, hz: float) -> None:
    instants = [at / 4 for at in range(240)]
    lights = [[[0.9 if at % period_s < period_s / 2 else 0.1]] for at in instants]
    assert worst_flash_hz(np.array(lights), instants) == pytest.approx(hz, abs=0.02)
    steady = [[[0.1 + 0.05 * (at % 2)]] for at in instants]
    assert worst_flash_hz(np.array(steady), instants) == 0.0


def blocks_of(image: QImage) -> NDArray[np.float64]:
    """Return how light each block of a picture is, 0 to 1."""
    pixels = pixels_of(image)
    light = np.zeros(pixels.shape)
    for shift, weight in ((16, 0.2126), (8, 0.7152), (0, 0.0722)):
        part = ((pixels >> shift) & 0xFF) / 255
        light += weight * np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    down, across = (length // FLASH_BLOCK * FLASH_BLOCK for length in light.shape)
    tiles = light[:down, :across].reshape(
        down // FLASH_BLOCK, FLASH_BLOCK, across // FLASH_BLOCK, FLASH_BLOCK
    )
    return np.asarray(tiles.mean(axis=(1, 3)))


def worst_flash_hz(frames: NDArray[np.float64], instants: list[float]) -> float:
    """Return how often the block that oscillates most does: there and back, by the second."""
    flat = frames.reshape(len(frames), -1)
    extreme, turns = flat[0].copy(), np.zeros(flat.shape[1])
    heading = np.zeros(flat.shape[1])
    for row in flat[1:]:
        step = row - extreme
        turned = (np.abs(step) >= FLASH) & (np.sign(step) != heading)
        turns += turned & (heading != 0)
        heading = np.where(turned, np.sign(step), heading)
        farther = turned | (np.sign(step) == heading)
        extreme = np.where(farther, row, extreme)
    return float(turns.max()) / 2 / (instants[-1] - instants[0] or 1.0)
