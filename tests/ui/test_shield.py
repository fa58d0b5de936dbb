"""A part of the window that fails by an error of ours says so, and all others live."""

from __future__ import annotations

import traceback

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.crawl import frame_of
from support.looks import look_in
from support.sights import live

from wallboard.ui.easel import Texts
from wallboard.ui.failed_card import FailedCard
from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.look import Look
from wallboard.ui.pages.overview import OverviewPage
from wallboard.ui.picture import picture_of
from wallboard.ui.quiet_button import QuietButton

SIZE = QSize(1366, 768)
pytestmark = pytest.mark.qt_no_exception_capture


class Broken(ValueError):
    """An error of ours."""


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[type[BaseException]]:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: seen.append(kind))
    return seen


def breaks(monkeypatch: pytest.MonkeyPatch, frame: BoardFrame, where: str) -> None:
    def fail(*_: object) -> None:
        raise Broken(where)

    monkeypatch.setattr(overview_in(frame).trend_panel, where, fail)


def overview_in(frame: BoardFrame) -> OverviewPage:
    page = frame.page_widget()
    assert isinstance(page, OverviewPage)
    return page


def whole_frame(look: Look) -> BoardFrame:
    return frame_of(live(look.wording.language), look, SIZE)


def failed_frame(monkeypatch: pytest.MonkeyPatch, look: Look, where: str) -> BoardFrame:
    frame = whole_frame(look)
    breaks(monkeypatch, frame, where)
    made = live(look.wording.language)
    frame.show_board(made.board, made.clock.now())
    picture_of(frame, SIZE)
    QApplication.processEvents()
    return frame


@pytest.mark.parametrize("where", ["_paint_chart", "_face_of"])
def test_that_a_part_that_fails_says_so_and_the_others_live(
    qapp: QApplication,
    look: Look,
    monkeypatch: pytest.MonkeyPatch,
    told: list[type[BaseException]],
    where: str,
) -> None:
    frame = failed_frame(monkeypatch, look, where)
    card = frame.findChild(FailedCard)
    assert isinstance(card, FailedCard)
    assert card.parent() is overview_in(frame).trend_panel
    assert card.geometry() == overview_in(frame).trend_panel.rect()
    assert card.text() == look.wording.translate("Failed", "This panel failed.")
    assert len(frame.findChildren(FailedCard)) == 1
    assert told == [Broken]
    strip = overview_in(frame).kpi_strip
    before = picture_of(strip, strip.size())
    made = live(look.wording.language)
    made.churn(1.0)
    frame.show_board(made.board, made.clock.now())
    assert picture_of(strip, strip.size()) != before
    assert told == [Broken], "what failed is let be"


@pytest.mark.parametrize("where", ["_paint_chart", "_face_of"])
def test_that_a_part_that_failed_is_shown_anew_when_asked_for(
    qapp: QApplication, look: Look, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    whole = picture_of(whole_frame(look), SIZE)
    with monkeypatch.context() as patch:
        frame = failed_frame(patch, look, where)
        assert picture_of(frame, SIZE) != whole
    made = live(look.wording.language)
    frame.show_board(made.board, made.clock.now())
    button = frame.findChild(FailedCard).findChildren(QuietButton)[0]
    assert button.accessibleName()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qapp.processEvents()
    assert frame.findChild(FailedCard) is None or not frame.findChild(FailedCard).isVisible()
    assert overview_in(frame).trend_panel.failed_with() == ""
    assert picture_of(frame, SIZE) == whole


def test_that_a_part_that_fails_again_is_covered_again(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, told: list[type[BaseException]]
) -> None:
    frame = failed_frame(monkeypatch, look_in("en"), "_face_of")
    for times in (2, 3):
        made = live("en")
        frame.show_board(made.board, made.clock.now())
        cards = [card for card in frame.findChildren(FailedCard) if card.isVisibleTo(frame)]
        assert len(cards) == 1
        QTest.mouseClick(cards[0].findChildren(QuietButton)[0], Qt.MouseButton.LeftButton)
        qapp.processEvents()
        assert told == [Broken] * times


def test_that_the_details_say_what_failed_where_and_go_to_the_clipboard(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = failed_frame(monkeypatch, look_in("en"), "_face_of")
    card = frame.findChild(FailedCard)
    QTest.mouseClick(card.findChildren(QuietButton)[1], Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    for word in ("TrendPanel", "Broken: _face_of", "show_board", "trend_panel.py"):
        assert word in text


def test_that_the_card_speaks_the_new_language(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = failed_frame(monkeypatch, look_in("en"), "_paint_chart")
    card = frame.findChild(FailedCard)
    before = picture_of(card, card.size())
    frame.show_look(look_in("fa", "light"))
    assert picture_of(card, card.size()) != before


def test_that_an_error_while_a_glyph_is_painted_ends_nothing_else(qapp: QApplication) -> None:
    def fail(_: QPainter) -> None:
        raise Broken

    texts = Texts()
    for _ in range(3):
        with pytest.raises(Broken) as told_of:
            texts.stamp("glyph", 1.0, 16, fail)
        traceback.clear_frames(told_of.tb)
    assert not texts.stamp("glyph", 1.0, 16, lambda _: None).isNull()
