"""Every text can be read on its ground, in every theme."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from wallboard.ui.theme.tokens import THEMES, Theme


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


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
