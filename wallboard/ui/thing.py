"""Something that can be found by name: a page, a queue, an agent, a deed."""

from __future__ import annotations

from enum import StrEnum

from wallboard.domain.value import value


class ThingKind(StrEnum):
    """What becomes of a thing once it is chosen."""

    PAGE = "page"
    QUEUE = "queue"
    AGENT = "agent"
    LISTENING = "listening"
    """A question whether to listen to the agent."""
    FIGURE = "figure"
    WINDOW = "window"
    SETTING = "setting"
    THEME = "theme"
    DEED = "deed"


@value
class Thing:
    """Something that can be found.

    Attributes:
        what: What becomes of it.
        key: Of the page, queue, agent, figure, window or theme; of a deed, its name; of a
            setting, the section that it is in.
        name: As it is shown: plain text.
        kind: What it is, in words.
        note: What it is about; searched too, but counts less.
        keys: The keys that do the same. Empty for none.
    """

    what: ThingKind
    key: str
    name: str
    kind: str
    glyph: str
    note: str = ""
    keys: str = ""
