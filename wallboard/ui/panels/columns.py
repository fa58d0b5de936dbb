"""The columns of a painted table: what they are called, where they are, what a row shows there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.domain.value import value
from wallboard.ui.easel import Texts
from wallboard.ui.look import Look
from wallboard.ui.panels.face import Face
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase

MARK: Final = 34
"""How much of a row is kept for its mark, in pixels at 100 %."""
_COMPACT: Final = 0.86


@value
class Heading:
    """A column.

    Attributes:
        width: In pixels at 100 %; what is left over is shared by `share`.
        rank: Where there is not room for all, the highest goes first; 0 never goes.
        figure: True if it holds figures, which stand at the end of the column.
        strong: True for what a row is known by.
        bar: True if a row's `used` is shown here instead of a text.
        sorts: True if rows can be sorted by it.
        lasts: True if it holds lengths of time, which are read aloud as such.
    """

    key: str
    name: Phrase
    width: int
    rank: int = 0
    share: float = 0.0
    figure: bool = False
    strong: bool = False
    bar: bool = False
    sorts: bool = True
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class RowFace(Face):
    """All that a row shows.

    Attributes:
        cells: Texts by column.
        state: Whose glyph stands at the start of the row. None for none.
        severity: Of the row; a mark stands at its start.
        marked: The column that the severity is about.
        used: 0 to 1, for a column that is a bar. None for no bar.
        quiet: True for a row that matters less.
    """

    cells: Mapping[str, str]
    state: AgentState | None = None
    severity: Severity = Severity.CALM
    marked: str = ""
    used: float | None = None
    quiet: bool = field(default=False)


@value
class Placed:
    """A column with its place from the start of the line."""

    heading: Heading
    start: float
    width: float

    @property
    def ages(self) -> bool:
        """Whether it changes as time passes."""
        return self.heading.lasts or self.heading.bar


def placed_columns(
    headings: tuple[Heading, ...], width: int, look: Look, texts: Texts
) -> tuple[Placed, ...]:
    """Return the columns that there is room for, in their places."""
    scale = _COMPACT if look.compact else 1.0
    room = width - look.px(MARK) - look.px(10)
    left = list(headings)
    wide = {
        heading.key: max(look.px(heading.width * scale), _least(heading, look, texts))
        for heading in left
    }
    while sum(wide[heading.key] for heading in left) > room:
        last = max(left, key=lambda heading: heading.rank)
        if last.rank == 0:
            break
        left.remove(last)
    spare = max(0, room - sum(wide[heading.key] for heading in left))
    shares = sum(heading.share for heading in left) or 1.0
    start, placed = float(look.px(MARK)), []
    for heading in left:
        size = wide[heading.key] + spare * heading.share / shares
        placed.append(Placed(heading=heading, start=start, width=size))
        start += size
    return tuple(placed)


def _least(heading: Heading, look: Look, texts: Texts) -> float:
    """Return how wide a column must be for its name and the arrow beside it."""
    name = look.wording.say(heading.name)
    return texts.width(name, look.font(Role.LABEL)) + look.px(40 if heading.sorts else 24)
