"""The overview shows the figures of the board, in whatever state, size and language it is."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QGuiApplication, QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from support.boards import Scene, scene
from support.heard import heard
from support.looks import look_in, share_of_saturated

from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.snapshot import Snapshot
from wallboard.engine.board import Board
from wallboard.ui.easel import Easel, Texts
from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.look import Look
from wallboard.ui.pages.first_run import FirstRunPage
from wallboard.ui.pages.overview import OverviewPage
from wallboard.ui.panels.kpi_strip import TILES
from wallboard.ui.picture import picture_of
from wallboard.ui.theme.type import Role

LARGE = QSize(1920, 1080)
SMALL = QSize(1366, 768)
SIZES = [SMALL, LARGE, QSize(960, 600), QSize(3840, 2160)]
UNREACHABLE = fault(FaultKind.UNREACHABLE, host="192.0.2.7", port=5038, reason="Connection refused")
KeepsItsLook = Callable[[str, QWidget, QSize], None]


def page_of(made: Scene, look: Look, size: QSize = LARGE) -> BoardFrame:
    QGuiApplication.setLayoutDirection(look.direction)
    page = BoardFrame(look)
    page.resize(size)
    page.show_board(made.board, made.clock.now())
    return page


def overview_in(frame: BoardFrame) -> OverviewPage:
    page = frame.page_widget()
    assert isinstance(page, OverviewPage)
    return page


def test_that_a_large_dark_overview_looks_as_kept(
    qapp: QApplication, keeps_its_look: KeepsItsLook
) -> None:
    page = page_of(scene(gap=range(40, 46)), look_in("en"))
    keeps_its_look("overview_en_dark", page, LARGE)


def test_that_a_small_light_persian_overview_looks_as_kept(
    qapp: QApplication, keeps_its_look: KeepsItsLook
) -> None:
    made = scene(language="fa", gap=range(40, 46), demo=True, name="مرکز تماس تهران")
    keeps_its_look("overview_fa_light", page_of(made, look_in("fa", "light")), SMALL)


def test_that_a_stale_overview_looks_as_kept(
    qapp: QApplication, keeps_its_look: KeepsItsLook
) -> None:
    made = scene()
    made.fail(UNREACHABLE)
    made.pass_by(20)
    keeps_its_look("overview_stale", page_of(made, look_in("en", "light")), SMALL)


def test_that_an_overview_without_data_looks_as_kept(
    qapp: QApplication, keeps_its_look: KeepsItsLook
) -> None:
    made = scene(language="fa")
    made.fail(UNREACHABLE)
    made.pass_by(400)
    keeps_its_look("overview_no_data", page_of(made, look_in("fa")), SMALL)


def test_that_an_overview_in_high_contrast_looks_as_kept(
    qapp: QApplication, keeps_its_look: KeepsItsLook
) -> None:
    made = scene(queues=40, agents=400, minutes=5)
    keeps_its_look("overview_contrast", page_of(made, look_in("en", "contrast")), LARGE)


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("fa", "light")])
def test_that_the_first_page_looks_as_kept(
    qapp: QApplication, keeps_its_look: KeepsItsLook, language: str, theme: str
) -> None:
    look = look_in(language, theme)
    QGuiApplication.setLayoutDirection(look.direction)
    keeps_its_look(f"first_run_{language}", FirstRunPage(look), SMALL)


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_that_a_healthy_board_is_without_colour(qapp: QApplication, theme: str) -> None:
    page = page_of(scene(calm=True), look_in("en", theme))
    assert share_of_saturated(picture_of(page, LARGE)) <= 0.005


def test_that_trouble_has_colour(qapp: QApplication) -> None:
    made = scene()
    calm = share_of_saturated(picture_of(page_of(scene(calm=True), look_in("en")), LARGE))
    assert share_of_saturated(picture_of(page_of(made, look_in("en")), LARGE)) > calm


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
def test_that_no_panel_lies_on_another(qapp: QApplication, look: Look, size: QSize) -> None:
    made = scene()
    made.fail(UNREACHABLE)
    page = page_of(made, look, size)
    picture_of(page, size)
    for whole, number in ((page, 5), (overview_in(page), 4)):
        boxes = [part.geometry() for part in whole.findChildren(QWidget) if part.parent() is whole]
        boxes = [box for box in boxes if not box.isEmpty()]
        assert len(boxes) == number
        assert all(whole.rect().contains(box) for box in boxes)
        assert not [pair for pair in combinations(boxes, 2) if pair[0].intersects(pair[1])]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
def test_that_persian_mirrors_every_panel_and_tile(qapp: QApplication, size: QSize) -> None:
    centres = []
    for language in ("en", "fa"):
        page = page_of(scene(language=language), look_in(language), size)
        picture_of(page, size)
        overview = overview_in(page)
        strip, left = overview.kpi_strip, overview.x()
        tiles = [left + strip.x() + strip.tile_box(at).center().x() for at in range(len(TILES))]
        panels = [
            left + part.x() + part.width() / 2
            for part in (overview.queue_table, overview.agents_panel, overview.trend_panel)
        ]
        rail = [page.rail.x() + page.rail.width() / 2]
        centres.append([*tiles, *panels, *rail])
    for left, right in zip(*centres, strict=True):
        assert abs(size.width() - left - right) <= 1


@pytest.mark.parametrize("room", [60, 100, 150, 1000])
@pytest.mark.parametrize("text", ["1:23:45", "۱:۲۳:۴۵", "99.99%", "123,456"])
def test_that_a_figure_gets_smaller_before_it_is_cut(
    qapp: QApplication, text: str, room: float
) -> None:
    picture = QPixmap(10, 10)
    painter = QPainter(picture)
    font = Easel(painter, look_in("en"), 10, texts := Texts()).fitting_font(text, Role.NUMBER, room)
    painter.end()
    assert texts.width(text, font) <= room
    assert font.pixelSize() <= look_in("en").font(Role.NUMBER).pixelSize()


def test_that_the_figure_of_a_tile_is_the_largest_thing(qapp: QApplication) -> None:
    for compact in (False, True):
        heights = {role: role.pixels(compact=compact) for role in Role}
        assert max(heights, key=heights.__getitem__) is Role.NUMBER


def test_that_the_page_tells_the_boards_figures_in_words(qapp: QApplication, look: Look) -> None:
    made = scene(language=look.wording.language)
    page, wording, site = page_of(made, look), look.wording, made.board.site
    tiles = heard(overview_in(page).kpi_strip)
    assert f"{wording.kpi_name('waiting')}: {wording.count(site.waiting)}" in tiles
    assert "2 minutes 41 seconds, critical" in tiles or "۲ دقیقه و ۴۱ ثانیه، بحرانی" in tiles
    rows = heard(overview_in(page).queue_table)
    for standing in made.board.queues.values():
        assert standing.queue.name in rows
        assert wording.count(standing.totals.offered) in rows
    agents = heard(overview_in(page).agents_panel)
    for state, number in made.board.crew.site.items():
        assert f"{wording.agent_state(state)} {wording.count(number)}" in agents
    for part in (
        overview_in(page).kpi_strip,
        overview_in(page).queue_table,
        overview_in(page).agents_panel,
        overview_in(page).trend_panel,
    ):
        assert part.accessibleName()


def test_that_a_site_of_the_first_second_waits_for_its_picture(
    qapp: QApplication, look: Look
) -> None:
    made = scene()
    made.board = Board(name="new", zone=made.board.zone, poll=made.board.poll)
    page = page_of(made, look)
    picture_of(page, SMALL)
    assert look.wording.duration_words(None) in heard(overview_in(page).kpi_strip)
    assert look.wording.freshness(made.board.freshness) in page.top_bar.chip_text()


def test_that_a_site_without_queues_says_so_and_still_paints(
    qapp: QApplication, look: Look
) -> None:
    made = scene()
    made.board = Board(name="empty", zone=made.board.zone, poll=made.board.poll)
    made.take(Snapshot(as_of=made.clock.wall))
    page = page_of(made, look)
    picture_of(page, SMALL)
    assert overview_in(page).queue_table.order() == ()


def test_that_a_fault_is_told_with_its_time_and_goes_with_it(
    qapp: QApplication, look: Look
) -> None:
    made = scene()
    made.fail(UNREACHABLE)
    made.pass_by(20)
    page = page_of(made, look)
    text = page.notice_line.text()
    assert look.wording.fault_cause(UNREACHABLE) in text
    assert look.wording.fault_next_step(UNREACHABLE) in text
    assert look.wording.digits("15:30:07") in text
    assert page.notice_line.isVisibleTo(page)
    made.take(replace(made.board.snapshot, as_of=made.clock.wall))  # type: ignore[type-var]
    page.show_board(made.board, made.clock.now())
    assert not page.notice_line.isVisibleTo(page)


def test_that_calls_nobody_saw_are_told_with_their_number(qapp: QApplication, look: Look) -> None:
    made = scene()
    assert made.board.snapshot is not None
    made.take(made.board.snapshot, notices=(fault(FaultKind.CALLS_UNSEEN, count=17),))
    assert look.wording.count(17) in page_of(made, look).notice_line.text()


@pytest.mark.parametrize(
    ("seconds", "cause", "english", "persian"),
    [
        pytest.param(0, None, "LIVE 0 s", "زنده ۰ ث", id="live"),
        pytest.param(5, None, "LATE 5 s", "با تأخیر ۵ ث", id="late"),
        pytest.param(47, None, "STALE 0:47", "دادهٔ قدیمی ۰:۴۷", id="stale"),
        pytest.param(400, None, "NO DATA since 15:30", "بدون داده از ۱۵:۳۰", id="no_data"),
        pytest.param(47, FaultKind.SIGN_IN, "SIGN-IN", "خطای ورود", id="sign_in"),
        pytest.param(47, FaultKind.CERTIFICATE, "CERTIFICATE", "گواهی نامعتبر", id="certificate"),
        pytest.param(3, FaultKind.LOST, "LIVE 3 s", "زنده ۳ ث", id="one_failure_is_still_live"),
    ],
)
def test_that_the_chip_says(
    qapp: QApplication, seconds: float, cause: FaultKind | None, english: str, persian: str
) -> None:
    for language, text in (("en", english), ("fa", persian)):
        made = scene(language=language)
        if cause is not None:
            made.fail(fault(cause, host="192.0.2.7"))
        made.pass_by(seconds)
        assert page_of(made, look_in(language)).top_bar.chip_text() == text


def test_that_a_tile_explains_itself_when_the_mouse_rests_on_it(
    qapp: QApplication, look: Look
) -> None:
    page = page_of(scene(), look)
    page.show()
    strip = overview_in(page).kpi_strip
    place = strip.tile_box(2).center().toPoint()
    QApplication.sendEvent(strip, QHelpEvent(QEvent.Type.ToolTip, place, strip.mapToGlobal(place)))
    assert QToolTip.text() == look.wording.kpi_meaning("service_level")
    QToolTip.hideText()


def test_that_a_demo_can_be_told_from_the_real_thing(qapp: QApplication, look: Look) -> None:
    real = picture_of(page_of(scene(), look), SMALL)
    demo = picture_of(page_of(scene(demo=True), look), SMALL)
    assert real != demo


def test_that_nothing_is_repainted_when_nothing_changed(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = scene()
    page = page_of(made, look_in("en"))
    page.show()
    qapp.processEvents()
    damaged: list[QWidget] = []
    for part in (
        overview_in(page).kpi_strip,
        overview_in(page).agents_panel,
        overview_in(page).trend_panel,
        page.status_line,
    ):
        monkeypatch.setattr(
            type(part), "update", lambda self, *_: damaged.append(self), raising=False
        )
    page.show_board(made.board, made.clock.now())
    assert damaged == []


@pytest.mark.parametrize("then", ["look", "size"])
def test_that_a_picture_is_the_same_by_whatever_way_one_came_to_it(
    qapp: QApplication, then: str
) -> None:
    made = scene()
    straight = picture_of(page_of(made, look_in("en", "light")), SMALL)
    page = page_of(made, look_in("fa" if then == "look" else "en", "light"), LARGE)
    picture_of(page, LARGE)
    QGuiApplication.setLayoutDirection(look_in("en").direction)
    page.show_look(look_in("en", "light"))
    assert picture_of(page, SMALL) == straight


def test_that_repainting_only_what_changed_gives_the_same_picture(qapp: QApplication) -> None:
    made = scene(queues=30, agents=400, minutes=5)
    look = replace(look_in("fa"), reduced_motion=True)
    page = page_of(made, look)
    page.show()
    qapp.processEvents()
    for _ in range(20):
        made.churn()
        page.show_board(made.board, made.clock.now())
        qapp.processEvents()
    screen = page.screen()
    assert screen is not None
    shown = (
        screen.grabWindow(page.winId()).toImage().convertToFormat(page.grab().toImage().format())
    )
    assert shown == page.grab().toImage()


def test_that_no_reference_is_lost_over_a_thousand_ticks(qapp: QApplication) -> None:
    made = scene(agents=20, queues=3, minutes=3)
    page = page_of(made, look_in("en"), SMALL)
    page.show()
    qapp.processEvents()
    gc.collect()
    before = [sys.getrefcount(one) for one in (None, True, False)]
    for _ in range(1000):
        made.churn()
        page.show_board(made.board, made.clock.now())
        qapp.processEvents()
    gc.collect()
    after = [sys.getrefcount(one) for one in (None, True, False)]
    # A lost reference a tick would be a thousand of them.
    assert all(late > early - 200 for early, late in zip(before, after, strict=True))
