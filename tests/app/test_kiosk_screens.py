from __future__ import annotations

import pytest

from wallboard.app.kiosk_screens import named, placed

BOTH = ("HDMI-1", "DP-1")


@pytest.mark.parametrize(
    ("wanted", "names", "found"),
    [
        (("",), BOTH, ("HDMI-1",)),
        (("", ""), BOTH, BOTH),
        (("DP-1",), BOTH, ("DP-1",)),
        (("DP-1", ""), BOTH, ("DP-1", "HDMI-1")),
        (("", "HDMI-1"), BOTH, ("DP-1", "HDMI-1")),
        (("DP-1", "HDMI-1"), BOTH, ("DP-1", "HDMI-1")),
        # The screen is gone: it comes to the first one, unless another wall is there.
        (("DP-1",), ("HDMI-1",), ("HDMI-1",)),
        (("HDMI-1", "DP-1"), ("HDMI-1",), ("HDMI-1", "")),
        (("DP-1", "HDMI-1"), ("HDMI-1",), ("", "HDMI-1")),
        (("DP-1", "DP-2"), ("HDMI-1",), ("HDMI-1", "")),
        (("DP-1", ""), ("HDMI-1",), ("", "HDMI-1")),
        # Two that want one screen.
        (("DP-1", "DP-1"), BOTH, ("DP-1", "HDMI-1")),
        # None at all, or two of one name.
        (("DP-1", ""), (), ("", "")),
        (("", ""), ("X", "X"), ("X", "")),
        ((), BOTH, ()),
    ],
)
def test_that_each_wall_has_its_screen_and_no_two_have_one(
    wanted: tuple[str, ...], names: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert placed(wanted, names) == found


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("1", "HDMI-1"),
        ("2", "DP-1"),
        ("3", "3"),
        ("0", "0"),
        ("dp-1", "DP-1"),
        ("", ""),
        ("X", "X"),
    ],
)
def test_that_a_screen_is_told_by_name_or_by_number(told: str, name: str) -> None:
    assert named(told, BOTH) == name


def test_that_a_screen_that_is_called_by_a_number_is_meant_by_it() -> None:
    assert named("2", ("2", "1")) == "2"
