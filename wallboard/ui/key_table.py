"""What the keys do, in the order in which the map of the keys tells them."""

from __future__ import annotations

from typing import Final

from wallboard.domain.value import value
from wallboard.ui.words import Phrase, phrase


@value
class KeyRow:
    """Keys and what they do.

    Attributes:
        keys: As they are written on the keyboard: several ways are parted by two spaces.
    """

    keys: str
    does: Phrase


@value
class KeyGroup:
    """Keys that work in the same place."""

    name: Phrase
    rows: tuple[KeyRow, ...]


GROUPS: Final = (
    KeyGroup(
        name=phrase("Keys", "Everywhere"),
        rows=(
            KeyRow(keys="Ctrl+K", does=phrase("Keys", "Find a page, queue, agent or action")),
            KeyRow(keys="F1", does=phrase("Keys", "Guide, where it tells of this page")),
            KeyRow(keys="?", does=phrase("Keys", "These keys")),
            KeyRow(keys="Alt+1 … Alt+9", does=phrase("Keys", "Open a page")),
            KeyRow(keys="F6  Shift+F6", does=phrase("Keys", "Next part of the window, or back")),
            KeyRow(keys="Tab  Shift+Tab", does=phrase("Keys", "Next control, or back")),
            KeyRow(keys="F4", does=phrase("Keys", "Alerts: open or close")),
            KeyRow(keys="F5", does=phrase("Keys", "Ask the system now")),
            KeyRow(keys="F11", does=phrase("Keys", "Full screen")),
            KeyRow(keys="Ctrl+Shift+S", does=phrase("Keys", "End listening to an agent")),
            KeyRow(keys="Ctrl+Shift+K", does=phrase("Keys", "Start a TV board on its screen")),
            KeyRow(keys="Ctrl+L", does=phrase("Keys", "Other language")),
            KeyRow(keys="Ctrl+D", does=phrase("Keys", "Next theme")),
        ),
    ),
    KeyGroup(
        name=phrase("Keys", "Key figures"),
        rows=(
            KeyRow(keys="← →", does=phrase("Keys", "Next figure")),
            KeyRow(keys="Enter  Space", does=phrase("Keys", "Explain the figure")),
        ),
    ),
    KeyGroup(
        name=phrase("Keys", "Lists of alerts"),
        rows=(
            KeyRow(keys="A", does=phrase("Keys", "Acknowledge an alert; Shift: with a note")),
            KeyRow(keys="H", does=phrase("Keys", "Shelve an alert")),
        ),
    ),
    KeyGroup(
        name=phrase("Keys", "Tables"),
        rows=(
            KeyRow(keys="/", does=phrase("Keys", "Filter")),
            KeyRow(keys="↑ ↓", does=phrase("Keys", "Next row")),
            KeyRow(keys="← →", does=phrase("Keys", "Next figure of the row")),
            KeyRow(keys="Home  End", does=phrase("Keys", "First or last row")),
            KeyRow(keys="Enter", does=phrase("Keys", "Open the detail, or sort by a heading")),
            KeyRow(keys="Space", does=phrase("Keys", "Explain the figure of a queue")),
            KeyRow(keys="Esc", does=phrase("Keys", "Close the detail; empty the filter")),
        ),
    ),
    KeyGroup(
        name=phrase("Keys", "Guide"),
        rows=(
            KeyRow(keys="Ctrl+F", does=phrase("Keys", "Search the guide")),
            KeyRow(keys="Ctrl++  Ctrl+-", does=phrase("Keys", "Larger or smaller letters")),
            KeyRow(keys="Ctrl+0", does=phrase("Keys", "Letters as large as usual")),
            KeyRow(keys="Alt+←", does=phrase("Keys", "Back to what was read before")),
            KeyRow(keys="F1  Esc", does=phrase("Keys", "Close the guide")),
        ),
    ),
)
