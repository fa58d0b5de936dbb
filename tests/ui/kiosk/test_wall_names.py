"""Names on a wall: shortened where they may be told, harmless whoever wrote them."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from support.boards import scene as center
from support.hostile import hostile_scene, names
from support.looks import look_in
from support.written import picture_with_texts

from wallboard.domain.walls import Naming, Scene, SceneKind, Wall
from wallboard.ui.easel import Texts
from wallboard.ui.kiosk.naming import first_name
from wallboard.ui.kiosk.plan import plan_of
from wallboard.ui.kiosk.scene_message import wrapped
from wallboard.ui.kiosk.wall_face import WallFace
from wallboard.ui.look import Look
from wallboard.ui.theme.type import Role

FULL_HD = QSize(1920, 1080)
OURS = frozenset("\u2066\u2068\u2069\u200e\u200f\u200c\u200d")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Sara Tehrani", "Sara T."),
        ("سارا تهرانی", "سارا ت."),
        ("Aoife Mary O'Brien", "Aoife O."),
        ("Cher", "Cher"),
        ("  Reza   Moradi  ", "Reza M."),
        ("Agent 104", "Agent"),
        ("SIP/09121234567", ""),
        ("09121234567", ""),
        ("۰۹۱۲۱۲۳۴۵۶۷ رضا", "رضا"),
        ("sara@example.org", ""),
        ("Sara (0912 123)", "Sara"),
        ("", ""),
        ("\u202eevil\u202c Name", "evil N."),
        ("Wolfeschlegelsteinhausenberger Smith", "Wolfeschlegelste S."),
    ],
)
def test_that_a_name_is_shortened_to_what_may_be_told(name: str, told: str) -> None:
    assert first_name(name) == told


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_hostile_names_are_letters_on_a_wall(qapp: QApplication, language: str) -> None:
    given = names(600)
    made = hostile_scene(given, queues=20, agents=60)
    scenes = tuple(Scene(kind=kind, text=next(given), seconds=10) for kind in SceneKind)
    wall = Wall(scenes=scenes, title=next(given), naming=Naming.FIRST)
    face = WallFace(look_in(language))
    face.resize(FULL_HD)
    face.show_wall(wall)
    seen = 0
    for at in range(len(scenes)):
        face.show_scene(at)
        for _ in range(3):
            face.show_board(made.board, made.clock.pass_by(10.0))
            _, written = picture_with_texts(face, FULL_HD)
            texts = [one.text for one in written]
            told = [*texts, face.accessibleName(), face.accessibleDescription()]
            assert [text for text in told if not harmless(text)] == []
            seen += len(written)
            for one in written:
                assert one.ink.width() - one.seen.width() < 2, str(one)
    assert seen > 300


def harmless(text: str) -> bool:
    hidden = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co")}
    opened, closed = (sum(map(text.count, some)) for some in ("\u2066\u2067\u2068", "\u2069"))
    return hidden <= OURS and opened == closed


def test_that_a_message_is_broken_between_words_and_has_room(qapp: QApplication) -> None:
    texts, font = Texts(), Look().font(Role.TITLE)
    lines = wrapped(texts, "one two three four\n\nfive", font, 90.0)
    assert " ".join(lines) == "one two three four five"
    assert len(lines) > 2
    assert all(texts.width(line, font) <= 90.0 for line in lines)
    assert lines[-1] == "five"
    assert wrapped(texts, "   ", font, 90.0) == []


@pytest.mark.parametrize("letters", [20, 280])
def test_that_a_message_of_any_length_is_within_its_box(qapp: QApplication, letters: int) -> None:
    made = center(minutes=2)
    text = ("Lorem ipsum dolor sit amet " * 20)[:letters]
    wall = Wall(scenes=(Scene(kind=SceneKind.MESSAGE, text=text),), inches=43, seat_m=8)
    face = WallFace(look_in("en"))
    face.resize(FULL_HD)
    face.show_wall(wall)
    face.show_board(made.board, made.clock.now())
    _, written = picture_with_texts(face, FULL_HD)
    box = plan_of(wall, FULL_HD, "en").scene
    lines = [one for one in written if one.text in text or one.text.endswith("…")]
    assert lines
    assert all(box.adjusted(0, -2, 0, 2).contains(one.seen) for one in lines)


def test_that_scenes_of_some_queues_tell_of_no_others(qapp: QApplication) -> None:
    made = center(minutes=40)
    kinds = (SceneKind.OVERVIEW, SceneKind.QUEUES, SceneKind.TREND, SceneKind.LOST)
    scenes = tuple(Scene(kind=kind, queues=("q1",)) for kind in kinds)
    face = WallFace(look_in("en"))
    face.resize(FULL_HD)
    face.show_wall(Wall(scenes=scenes, heroes=("offered",)))
    for at, kind in enumerate(kinds):
        face.show_scene(at)
        face.show_board(made.board, made.clock.now())
        texts = [one.text for one in picture_with_texts(face, FULL_HD)[1]]
        assert not {"Support", "Billing"} & set(texts)
        if kind is SceneKind.OVERVIEW:
            assert str(made.board.queues[made.board.order[1]].totals.offered) in texts
        if kind is SceneKind.TREND:
            assert "Service level" not in texts
