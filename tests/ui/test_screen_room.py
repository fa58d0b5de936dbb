"""A window opens whole on a screen that is small, or large and magnified."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wallboard.ui.screen_room import fit


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setMinimumSize(960, 600)
    widget.resize(1366, 768)
    return widget


@pytest.mark.parametrize("room", [QSize(1366, 768), QSize(1920, 1040), QSize(3840, 2100)])
def test_that_a_window_that_has_room_opens_as_large_as_it_likes(
    window: QWidget, room: QSize
) -> None:
    fit(window, room)
    assert window.size() == QSize(1366, 768)
    assert window.minimumSize() == QSize(960, 600)
    assert not window.isMaximized()


@pytest.mark.parametrize(
    "room",
    [
        pytest.param(QSize(1366, 728), id="a_laptop_with_a_panel"),
        pytest.param(QSize(1093, 574), id="the_same_at_125"),
        pytest.param(QSize(1280, 680), id="full_hd_at_150"),
        pytest.param(QSize(960, 500), id="full_hd_at_200"),
    ],
)
def test_that_a_window_fills_a_screen_that_is_smaller_than_its_usual_size(
    window: QWidget, room: QSize
) -> None:
    fit(window, room)
    assert window.isMaximized()
    for size in (window.size(), window.minimumSize()):
        assert size.width() <= room.width()
        # There is room for its title, too.
        assert size.height() <= room.height() - 30
