"""The scenes of a TV look as kept, in both languages.

All of them, as large as TVs are: WALLBOARD_PICTURES=docs/tv pytest tests/ui/kiosk/test_pictures.py
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from support.alerted import wait_rule, watched
from support.boards import Scene as Center
from support.boards import scene as center
from support.looks import look_in
from support.pictures import colours, in_few_colours

from wallboard.domain.alert import Rules
from wallboard.domain.walls import Scene, SceneKind, Wall
from wallboard.ui.kiosk.wall_face import WallFace
from wallboard.ui.picture import picture_of

KEPT = QSize(960, 540)
"""Half of a TV's size each way: pictures in the repository are to be small."""
TVS = {"1080p": QSize(1920, 1080), "4k": QSize(3840, 2160)}
NAMES = {"en": "Support centre", "fa": "مرکز تماس تهران"}
MESSAGES = {
    "en": "The team meets at 14:00\nin the large room.",
    "fa": "جلسهٔ تیم ساعت ۱۴\nدر اتاق بزرگ.",
}


def face_of(
    made: Center, kind: SceneKind, language: str, *, size: QSize = KEPT, theme: str = "dark"
) -> WallFace:
    face = WallFace(look_in(language, theme))
    face.resize(size)
    text = MESSAGES[language] if kind is SceneKind.MESSAGE else ""
    face.show_wall(Wall(scenes=(Scene(kind=kind, text=text),)))
    face.show_board(made.board, made.clock.now())
    return face


def center_in(language: str) -> Center:
    return center(language=language, name=NAMES[language], minutes=75)


@pytest.mark.parametrize(
    ("kind", "language", "theme"),
    [
        (SceneKind.OVERVIEW, "fa", "dark"),
        (SceneKind.QUEUES, "fa", "light"),
        (SceneKind.AGENTS, "en", "contrast"),
        (SceneKind.TREND, "en", "dark"),
        (SceneKind.LOST, "fa", "dark"),
        (SceneKind.MESSAGE, "en", "light"),
    ],
    ids=str,
)
def test_that_a_scene_looks_as_kept(
    qapp: QApplication,
    keeps_its_look: Callable[[str, QWidget, QSize], None],
    kind: SceneKind,
    language: str,
    theme: str,
) -> None:
    face = face_of(center_in(language), kind, language, theme=theme)
    keeps_its_look(f"kiosk_{kind.value}_{language}", face, KEPT)


def test_that_a_wall_held_by_a_critical_alert_looks_as_kept(
    qapp: QApplication, keeps_its_look: Callable[[str, QWidget, QSize], None]
) -> None:
    made = center(name=NAMES["en"], minutes=35, demo=True)
    every = watched(Rules(rules=(wait_rule("w"),)), made=made)
    every.live(4)
    keeps_its_look("kiosk_alert_en", face_of(made, SceneKind.QUEUES, "en"), KEPT)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_every_scene_can_be_taken_as_large_as_a_tv(
    qapp: QApplication, language: str, tmp_path: Path
) -> None:
    told = os.environ.get("WALLBOARD_PICTURES", "")
    folder = Path(told) if told else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    made = center_in(language)
    for name, size in TVS.items() if told else [("small", KEPT)]:
        for kind in SceneKind:
            picture = picture_of(face_of(made, kind, language, size=size), size)
            assert colours(picture) > 20
            plain = in_few_colours(picture)
            assert plain.save(str(folder / f"kiosk-{kind.value}-{language}-{name}.png"), "PNG")
