"""Every text can be read on its ground, and no two meanings look alike to anybody."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QColor
from support.colours import EYES, Triple, ciede2000, difference
from support.crawl import contrast

from wallboard.ui.charts.curve import DASHES
from wallboard.ui.theme.tokens import THEMES, Theme

LEAST_DIFFERENCE = 15.0
BY_HUE = [theme for theme in THEMES.values() if theme.key != "contrast"]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_every_text_stands_out_from_its_ground(theme: Theme) -> None:
    for ground in (theme.base, theme.surface, theme.raised):
        for ink in (theme.text, theme.text2, theme.muted):
            assert contrast(ink, ground) >= 4.5, (ink.name(), ground.name())
    for ink in (theme.critical_text, theme.warning_text):
        assert contrast(ink, theme.surface) >= 4.5
    assert contrast(theme.critical_ink, theme.critical) >= 4.5
    assert contrast(theme.warning_ink, theme.warning) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_outlines_of_what_can_be_acted_on_stand_out(theme: Theme) -> None:
    for ground in (theme.base, theme.surface):
        assert contrast(theme.control, ground) >= 3.0
        assert contrast(theme.focus, ground) >= 3.0
    assert contrast(theme.warning_edge, theme.surface) >= 3.0
    assert contrast(theme.critical, theme.surface) >= 3.0


# Pairs of the table that its authors publish to check an implementation by: among them such
# whose hues lie on both sides of 0 degrees, and nearly opposite ones.
@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
        ((50.0, 2.5000, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.5000, 0.0), (61.0, -5.0, 29.0), 22.8977),
        ((50.0, 2.5000, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((35.0831, -44.1164, 3.7933), (35.0232, -40.0716, 1.5901), 1.8645),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_that_our_measure_of_difference_is_the_published_one(
    one: Triple, other: Triple, apart: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(apart, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(apart, abs=5e-5)


@pytest.mark.parametrize("eyes", EYES)
def test_that_grey_is_grey_to_all_eyes(eyes: str) -> None:
    for grey in (QColor("#000000"), QColor("#777777"), QColor("#ffffff")):
        assert EYES[eyes]((grey.redF(),) * 3) == pytest.approx((grey.redF(),) * 3, abs=1e-4)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_no_severity_looks_like_another(theme: Theme, eyes: str) -> None:
    for one, other in combinations((theme.critical, theme.warning, theme.no_data), 2):
        assert difference(one, other, eyes) >= LEAST_DIFFERENCE, (one.name(), other.name())


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("theme", BY_HUE, ids=lambda theme: theme.key)
def test_that_no_line_of_a_chart_looks_like_another_or_like_trouble(
    theme: Theme, eyes: str
) -> None:
    for one, other in combinations((*theme.series, theme.critical, theme.warning), 2):
        assert difference(one, other, eyes) >= LEAST_DIFFERENCE, (one.name(), other.name())


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_lines_of_a_chart_are_told_apart_without_colour(theme: Theme) -> None:
    assert len(set(DASHES)) == len(DASHES) >= 4
    for colour in theme.series:
        assert contrast(colour, theme.surface) >= 3.0, colour.name()
