"""The names of the days of the week, by `datetime.date.weekday`."""

from __future__ import annotations

from typing import Final

from wallboard.ui.words import Phrase, phrase

SHORT: Final[tuple[Phrase, ...]] = (
    phrase("Weekday", "Mon"),
    phrase("Weekday", "Tue"),
    phrase("Weekday", "Wed"),
    phrase("Weekday", "Thu"),
    phrase("Weekday", "Fri"),
    phrase("Weekday", "Sat"),
    phrase("Weekday", "Sun"),
)
