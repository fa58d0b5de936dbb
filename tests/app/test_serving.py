"""What is served of a saved connection, as its settings tell it."""

from __future__ import annotations

import pytest

from wallboard.app.serving import feed_of
from wallboard.domain.supervision import MONITORING, WishKind
from wallboard.runtime.opening import Opening
from wallboard.settings.paths import places
from wallboard.settings.reading import read_settings


@pytest.mark.parametrize(
    ("text", "monitored"),
    [
        ("", True),
        ("[supervision.connections.Site]\nexcluded = ['1001']", True),
        ("[supervision.connections.Site]\nexclude = ['1001']", False),
        ("[supervision.connections.Other]\nexcluded = 7", True),
        ("supervision = 5", False),
    ],
)
def test_that_nobody_is_monitored_where_it_cannot_be_read_who_must_not_be(
    text: str, monitored: bool, wallboard_home: object
) -> None:
    settings = read_settings(text.encode()).settings
    opening = Opening(name="Site", kind="simulator", told={"seed": "5"})
    commands = feed_of(opening, settings, places()).capabilities().commands
    assert bool(commands & MONITORING) is monitored
    assert WishKind.PAUSE in commands
