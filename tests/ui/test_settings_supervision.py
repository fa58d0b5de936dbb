"""The section of supervision tells what is wished for, and rings the phone to try it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.boards import scene
from support.crawl import wrong_with
from support.looks import look_in
from support.supervised import ALL_GRANTED, told
from ui.test_settings_page import FACE, page_of

from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import VOICE, Stage, WishKind
from wallboard.engine.supervision import Asked, Obstacle
from wallboard.ui.frame.things import things_of
from wallboard.ui.look import Look
from wallboard.ui.pages.settings import SettingsPage
from wallboard.ui.panels.settings_choices import Place
from wallboard.ui.panels.settings_face import Decider, SupervisionFace
from wallboard.ui.panels.settings_supervision import GRANTED, SupervisionSection
from wallboard.ui.thing import ThingKind

DECIDED = SupervisionFace(
    person="maryam",
    phone="PJSIP/9001",
    may=frozenset({WishKind.LISTEN, WishKind.PAUSE}),
    reasons=("Training", "Complaint"),
    excluded=frozenset({AgentId("a0")}),
)


def section_of(
    qtbot: QtBot, decided: SupervisionFace = DECIDED, look: Look | None = None
) -> tuple[SettingsPage, SupervisionSection, list[SupervisionFace]]:
    face = replace(FACE, supervision=decided)
    page, wishes = page_of(qtbot, look, Place.SUPERVISION, face)
    section = page.section
    assert isinstance(section, SupervisionSection)
    asked: list[SupervisionFace] = []
    page.wished.connect(lambda wish: asked.append(wish.decided))
    assert wishes == []
    return page, section, asked


def test_that_each_command_is_granted_by_itself_and_taken_back(qtbot: QtBot) -> None:
    _, section, asked = section_of(qtbot)
    assert {kind for kind, chip in section.chips.items() if chip.isChecked()} == DECIDED.may
    assert set(GRANTED) == set(WishKind) - VOICE - {WishKind.END, WishKind.TRY_PHONE}
    QTest.mouseClick(section.chips[WishKind.BARGE], Qt.MouseButton.LeftButton)
    QTest.keyClick(section.chips[WishKind.LISTEN], Qt.Key.Key_Space)
    assert asked == [
        replace(DECIDED, may=DECIDED.may | {WishKind.BARGE}),
        replace(DECIDED, may=DECIDED.may - {WishKind.LISTEN}),
    ]


@pytest.mark.parametrize(
    ("typed", "minutes"), [("5", 5), ("۳۰", 30), ("60", 60), ("0", None), ("61", None), ("x", None)]
)
def test_that_the_limit_is_a_whole_number_of_minutes(
    qtbot: QtBot, typed: str, minutes: int | None
) -> None:
    _, section, asked = section_of(qtbot)
    section.limit.field.setText(typed)
    section.limit.field.editingFinished.emit()
    assert [one.limit_minutes for one in asked] == ([] if minutes is None else [minutes])
    problem = section._limit_row.problem()
    assert problem == ("" if minutes else "A whole number from 1 to 60.")


def test_that_reasons_are_added_once_and_taken_away(qtbot: QtBot) -> None:
    _, section, asked = section_of(qtbot)
    for typed in ("Coaching", "Training", "   "):
        section.new_reason.field.setText(typed)
        section.new_reason.field.editingFinished.emit()
    assert [one.reasons for one in asked] == [("Training", "Complaint", "Coaching")]
    button = section.reasons.buttons["Training"]
    assert button.accessibleName() == "Take away \u2068Training\u2069"
    button.click()
    assert asked[-1].reasons == ("Complaint",)


def test_that_agents_are_put_on_the_list_of_those_whom_nobody_hears(qtbot: QtBot) -> None:
    _, section, asked = section_of(qtbot)
    board = scene(minutes=1).board
    assert board.snapshot is not None
    offered = [section.more_excluded.itemData(row) for row in range(section.more_excluded.count())]
    assert set(offered) == {"", *board.snapshot.agents} - DECIDED.excluded
    section.more_excluded.activated.emit(1)
    assert asked[-1].excluded == DECIDED.excluded | {offered[1]}
    section.more_excluded.activated.emit(0)
    assert len(asked) == 1
    section.excluded.buttons["a0"].click()
    assert asked[-1].excluded == frozenset()


def test_that_the_phone_is_rung_and_it_is_said_what_came_of_it(qtbot: QtBot) -> None:
    page, section, _ = section_of(qtbot)
    made = scene(minutes=1)
    heard: list[Asked] = []
    page.supervision_wanted.connect(heard.append)
    page.show_supervision(ALL_GRANTED)
    assert section.phone.text() == "\u20669001\u2069"
    section.ring.click()
    assert heard == [Asked(kind=WishKind.TRY_PHONE)]
    came = told(made, WishKind.TRY_PHONE, Stage.REFUSED, "Your phone is busy.")
    page.show_supervision(replace(ALL_GRANTED, told=(came,)))
    assert section.tried.text() == "Ring my phone: not done. Your phone is busy."


def test_that_without_a_phone_it_says_where_one_is_entered(qtbot: QtBot) -> None:
    page, section, _ = section_of(qtbot, replace(DECIDED, phone=""))
    heard: list[Asked] = []
    page.supervision_wanted.connect(heard.append)
    page.show_supervision(
        replace(ALL_GRANTED, phone="", obstacles={WishKind.TRY_PHONE: Obstacle.NO_PHONE})
    )
    section.ring.click()
    assert heard == []
    assert "It is entered with the connection" in section.phone.text()
    assert section.tried.text() == "The connection has no phone of yours."


@pytest.mark.parametrize("decider", [Decider.DEMO, Decider.SERVER])
def test_that_what_is_decided_elsewhere_is_not_offered_here(qtbot: QtBot, decider: Decider) -> None:
    page, section, _ = section_of(qtbot, replace(DECIDED, decider=decider))
    assert page.section is section
    assert not section.granted.isVisibleTo(section)
    assert section.elsewhere.isVisibleTo(section)
    assert section.elsewhere.text()


def test_that_the_palette_knows_the_section(qtbot: QtBot) -> None:
    page, _, _ = section_of(qtbot)
    page.open_section(Place.SOURCE)
    page.choose("supervision")
    assert isinstance(page.section, SupervisionSection)
    things = things_of(scene(minutes=1).board, look_in("en").wording)
    assert "supervision" in {one.key for one in things if one.what is ThingKind.SETTING}


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_nothing_in_it_is_cut_or_hard_to_read(qtbot: QtBot, language: str, theme: str) -> None:
    page, _, _ = section_of(qtbot, look=look_in(language, theme))
    page.show_supervision(ALL_GRANTED)
    assert wrong_with(page, QSize(1180, 700), scene(minutes=1).board) == []
