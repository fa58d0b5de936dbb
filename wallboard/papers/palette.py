"""The few colours of a file that somebody opens: dark on white, told apart without colour sight."""

from __future__ import annotations

from typing import Final

INK: Final = "#1B2733"
FAINT: Final = "#5C6B7A"
LINE: Final = "#D5DCE3"
HEAD: Final = "#E9EEF3"
RULE: Final = "#8796A5"
WEIGHTY: Final = "#8A4B00"
WEIGHTY_GROUND: Final = "#FFF3DC"

SERIES: Final = ("#1F5FA8", "#D9822B", "#2A8C7E", "#8A4F9E")
"""Of charts, in the order of their series; each differs from the next in lightness, too."""
