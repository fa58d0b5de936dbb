"""Where things stand in a list: rows of cells under headings, and which one is next to which."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QRectF

from wallboard.domain.snapshot import AgentState
from wallboard.domain.value import value


@value
class Section:
    """Things that stand together.

    Attributes:
        keys: What stands in it, each once.
        heading: Empty for none.
        state: Whose glyph stands before the heading. None for none.
    """

    keys: Sequence[str]
    heading: str = ""
    state: AgentState | None = None


class Spot(NamedTuple):
    """Where a thing stands: in which section, and the how manieth of it."""

    section: int
    place: int


class Shelves:
    """Sections laid out in rows. A value: other sections or sizes are other shelves.

    Sections that are not a row long stand beside each other as long as there is room. Lengths are
    in pixels, heights counted from the top of all.

    Attributes:
        columns: How many things stand in a row.
        across, down: From one thing to the next.
        heading: How high the heading of a section is, if it has one.
        inset: How far the things stand from the start.
        gap: How much of each cell stays empty.
    """

    def __init__(  # noqa: PLR0913 - that many lengths there are
        self,
        sections: tuple[Section, ...] = (),
        *,
        columns: int = 1,
        across: int = 1,
        down: int = 1,
        heading: int = 0,
        inset: int = 0,
        gap: int = 0,
    ) -> None:
        self.sections = sections
        self.columns, self.across, self.down = max(1, columns), across, max(1, down)
        self.heading, self.inset, self.gap = heading, inset, gap

    def holding(self, sections: tuple[Section, ...]) -> Shelves:
        """Return shelves of the same sizes with other things in them."""
        return Shelves(
            sections,
            columns=self.columns,
            across=self.across,
            down=self.down,
            heading=self.heading,
            inset=self.inset,
            gap=self.gap,
        )

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Where the sections begin: how high, and in which column."""
        places, end, used = [], 0, self.columns
        top = 0
        for at, section in enumerate(self.sections):
            wide = max(1, len(section.keys))
            if used + wide > self.columns:
                top, used = end, 0
            places.append((top, used))
            used += wide
            rows = -(-len(section.keys) // self.columns)
            end = max(end, top + self.heading_height(at) + rows * self.down)
        return tuple(places)

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """How high the sections begin; sections beside each other begin at one height."""
        return tuple(top for top, _ in self.places)

    @property
    def height(self) -> int:
        """How high all is."""
        if not self.sections:
            return 0
        return max(self._end(at) for at in self._beside(len(self.sections) - 1))

    def heading_height(self, section: int) -> int:
        """Return how high the heading of a section is; 0 if it has none."""
        return self.heading if self.sections[section].heading else 0

    def box(self, spot: Spot) -> QRectF:
        """Return where a thing is, from the start of the line."""
        row, column = divmod(spot.place, self.columns)
        top, first = self.places[spot.section]
        top += self.heading_height(spot.section) + row * self.down
        left = self.inset + (first + column) * self.across
        return QRectF(left, top, self.across - self.gap, self.down - self.gap)

    def heading_box(self, section: int) -> QRectF:
        """Return where the heading of a section is, from the start of the line."""
        top, first = self.places[section]
        wide = min(self.columns, max(1, len(self.sections[section].keys)))
        left = self.inset + first * self.across
        return QRectF(left, top, wide * self.across, self.heading_height(section))

    def key(self, spot: Spot) -> str:
        """Return what stands there."""
        return self.sections[spot.section].keys[spot.place]

    def has(self, spot: Spot) -> bool:
        """Return whether anything stands there."""
        sections = self.sections
        return spot.section < len(sections) and spot.place < len(sections[spot.section].keys)

    def spot_of(self, key: str, heading: str | None = None) -> Spot | None:
        """Return where a thing is; if it is in several sections, in the one of that heading."""
        found = [
            Spot(at, section.keys.index(key))
            for at, section in enumerate(self.sections)
            if key in section.keys
        ]
        same = (spot for spot in found if self.sections[spot.section].heading == heading)
        return next(same, found[0] if found else None)

    def sections_between(self, top: float, bottom: float) -> range:
        """Return the sections of which a part lies between two heights."""
        if not self.sections:
            return range(0)
        at = max(0, bisect_right(self.tops, top) - 1)
        return range(bisect_left(self.tops, self.tops[at]), bisect_right(self.tops, bottom))

    def between(self, top: float, bottom: float) -> Iterator[Spot]:
        """Yield the things of which a part lies between two heights."""
        for at in self.sections_between(top, bottom):
            keys = self.sections[at].keys
            begin = self.tops[at] + self.heading_height(at)
            first = max(0, int((top - begin) // self.down))
            last = int((bottom - begin) // self.down)
            for place in range(first * self.columns, min(len(keys), (last + 1) * self.columns)):
                yield Spot(at, place)

    # Walking

    def edge(self, *, last: bool) -> Spot | None:
        """Return the first or the last thing. None if there is none."""
        full = [at for at, section in enumerate(self.sections) if section.keys]
        if not full:
            return None
        at = full[-1 if last else 0]
        return Spot(at, len(self.sections[at].keys) - 1 if last else 0)

    def beside(self, at: Spot, step: int) -> Spot:
        """Return what comes after it in its row and the rows after, or before it for -1."""
        place = at.place + step
        if 0 <= place < len(self.sections[at.section].keys):
            return Spot(at.section, place)
        other = self._neighbour(at.section, step)
        if other is None:
            return at
        return Spot(other, 0 if step > 0 else len(self.sections[other].keys) - 1)

    def below(self, at: Spot, step: int) -> Spot:
        """Return what is a row below it, in the same column if possible; above it for -1."""
        here = len(self.sections[at.section].keys)
        row, column = divmod(at.place, self.columns)
        if 0 <= row + step <= (here - 1) // self.columns:
            return Spot(at.section, min(here - 1, (row + step) * self.columns + column))
        column += self.places[at.section][1]
        band = self._beside(at.section)
        while True:
            next_one = band.stop if step > 0 else band.start - 1
            if not 0 <= next_one < len(self.sections):
                return at
            band = self._beside(next_one)
            full = [other for other in band if self.sections[other].keys]
            if full:
                break
        before = [other for other in full if self.places[other][1] <= column]
        other = before[-1] if before else full[0]
        last = len(self.sections[other].keys) - 1
        row = 0 if step > 0 else last // self.columns
        place = row * self.columns + max(0, column - self.places[other][1])
        return Spot(other, min(last, place))

    def _beside(self, section: int) -> range:
        """Return the sections that begin at the height of one, itself among them."""
        top = self.tops[section]
        return range(bisect_left(self.tops, top), bisect_right(self.tops, top))

    def _end(self, section: int) -> int:
        rows = -(-len(self.sections[section].keys) // self.columns)
        return self.tops[section] + self.heading_height(section) + rows * self.down

    def _neighbour(self, section: int, step: int) -> int | None:
        section += step
        while 0 <= section < len(self.sections):
            if self.sections[section].keys:
                return section
            section += step
        return None
