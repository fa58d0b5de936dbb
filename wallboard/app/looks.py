"""How everything looks and reads by what was decided in the settings."""

from __future__ import annotations

from dataclasses import replace

from wallboard.app.headless import wording_of
from wallboard.settings.model import Calendar, Settings
from wallboard.ui.look import Look
from wallboard.ui.theme.tokens import THEMES
from wallboard.ui.wording import Wording


def wording_by(settings: Settings, language: str) -> Wording:
    """Return how figures and sentences read.

    Args:
        language: `en` or `fa`: what AUTO has come to.
    """
    auto = settings.calendar is Calendar.AUTO
    return replace(
        wording_of(language, latin_digits=settings.latin_digits),
        jalali=None if auto else settings.calendar is Calendar.JALALI,
        callers=settings.caller_numbers,
        caller_names=settings.caller_names,
    )


def look_by(settings: Settings, language: str) -> Look:
    """Return how everything looks."""
    return Look(
        theme=THEMES[settings.theme],
        wording=wording_by(settings, language),
        scale=settings.text_size / 100,
        reduced_motion=settings.reduce_motion,
        single_keys=settings.single_keys,
        time_from_right=settings.time_from_right,
    )
