"""Reads the values of rows as a mapping says; what cannot be read is unknown, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, TypeVar

from wallboard.api.protocol import LONGEST_TEXT
from wallboard.api.protocol import cut as cut_text
from wallboard.domain.errors import FaultKind, SourceUnreadable, fault
from wallboard.domain.value import value
from wallboard.sources.rest.mapping_asking import decoded
from wallboard.sources.rest.mapping_file import Join, Section, Told
from wallboard.sources.rest.mapping_paths import (
    MOST_ROWS,
    Budget,
    Json,
    Path,
    PathFailed,
    TooMuch,
)
from wallboard.sources.rest.mapping_units import LONGEST, duration_of, instant_of, number_of
from wallboard.sources.rest.mapping_wrong import cut

_Value = TypeVar("_Value")

MOST_BYTES: Final = 64 * 1024 * 1024
"""Of all answers of one look together."""
_MOST_KEYS: Final = 2_000
_MOST_SAID: Final = 200
_LONGEST_SAID: Final = 60
_YES: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_BROKEN: Final = "\ufffd"
_NOTHING: Final[tuple[Json, ...]] = (None, False, "", [], {})


@value
class Trouble:
    """Values, words or rows that could not be read, at one place of the mapping.

    Attributes:
        kind: `value`, `word`, or `row`.
        count: How many there were.
        examples: Some of them, cut. Text from outside.
    """

    kind: str
    place: str
    count: int
    examples: tuple[str, ...] = ()


class Reader:
    """Reads values of one picture's answers. Used by one thread.

    A value that is not there is None. One that is there and cannot be read is None, too, and is
    counted as a trouble.
    """

    def __init__(self, answers: Mapping[str, Sequence[bytes]], zone: tzinfo | None) -> None:
        """Decode the answers.

        Raises:
            SourceUnreadable: One of them is no JSON, or all together are too large.
        """
        if sum(len(page) for pages in answers.values() for page in pages) > MOST_BYTES:
            raise unreadable("the answers are too large")
        self._pages = {
            ask: [decoded(page, ask) for page in pages] for ask, pages in answers.items()
        }
        self._zone = zone
        self._budget = Budget()
        self._troubles: dict[tuple[str, str], tuple[int, dict[str, None]]] = {}
        # Set before any value is read: no moment is later.
        self.as_of = datetime.max.replace(tzinfo=UTC)

    def troubles(self) -> tuple[Trouble, ...]:
        """Return what could not be read so far."""
        return tuple(
            Trouble(kind=kind, place=place, count=count, examples=tuple(examples))
            for (kind, place), (count, examples) in self._troubles.items()
        )

    def trouble(self, kind: str, place: str, example: Json = None) -> None:
        """Count a trouble."""
        count, examples = self._troubles.get((kind, place), (0, {}))
        if len(examples) < _MOST_SAID:
            said = "" if example is None else cut(str(example)[:400], _LONGEST_SAID)
            examples.update({said: None} if said else {})
        self._troubles[kind, place] = (count + 1, examples)

    def rows(self, section: Section | Join) -> Iterator[Json]:
        """Return the rows of a section, those that belong to them put beside them.

        Raises:
            SourceUnreadable: There is no list where it should be.
        """
        joins = section.joins if isinstance(section, Section) else ()
        index = [(join, self._index(join)) for join in joins]
        where = section.where if isinstance(section, Section) else None
        for page in self._pages_of(section.ask, section.place):
            for plain in self._steps(page, section.rows, section.place):
                row = self._joined(plain, index) if index else plain
                if where is None or self._search(where, row) not in _NOTHING:
                    yield row

    def time_told(self, ask: str, told: Told, now: datetime) -> datetime | None:
        """Return the system's own time: the earliest that its pages tell. None if none does."""
        found = [
            instant_of(self._search(told.path, page), told.unit, now, self._zone)
            for page in self._pages_of(ask, told.place)
        ]
        known = [at for at in found if at is not None]
        return min(known) if known else None

    # Values, by form

    def key(self, told: Told | None, row: Json) -> str | None:
        """Return by what something is told apart: 1 to 512 characters."""
        found = self._found(told, row)
        return None if found is None else self._known(told, found, _key_of(found))

    def keys(self, told: Told | None, row: Json) -> tuple[str, ...]:
        """Return several of them, in order, each once; those that cannot be read are left out."""
        found = self._found(told, row)
        if found is None:
            return ()
        listed = found if isinstance(found, list) else [found]
        keys = [self._known(told, one, _key_of(one)) for one in listed[:_MOST_KEYS]]
        return tuple(dict.fromkeys(key for key in keys if key is not None))

    def text(self, told: Told | None, row: Json) -> str | None:
        """Return a text, cut if it is too long. None also for one of no length."""
        found = self._found(told, row)
        if found is None:
            return None
        text = self._known(told, found, found if isinstance(found, str) else _key_of(found))
        return None if text is None else cut_text(_whole(text.strip())) or None

    def word(self, told: Told | None, row: Json) -> str | None:
        """Return our word for the system's. A value that is not there is the word `null`."""
        if told is None:
            return None
        found = self._search(told.path, row)
        said = "null" if found is None else self._known(told, found, _word_of(found))
        ours = None if said is None else told.words.get(said.strip().lower())
        if ours is None and told.otherwise is None and said is not None:
            self.trouble("word", told.place, said)
        return ours or told.otherwise

    def instant(self, told: Told | None, row: Json) -> datetime | None:
        """Return a moment in UTC, not after the picture's time."""
        found = self._found(told, row)
        if found is None or told is None:
            return None
        return self._known(told, found, instant_of(found, told.unit, self.as_of, self._zone))

    def duration(
        self, told: Told | None, row: Json, longest: timedelta = LONGEST
    ) -> timedelta | None:
        """Return a duration, at most so long."""
        found = self._found(told, row)
        if found is None or told is None:
            return None
        return self._known(told, found, duration_of(found, told.unit, longest))

    def whole(self, told: Told | None, row: Json) -> int | None:
        """Return a whole number, not negative."""
        found = self._found(told, row)
        if found is None:
            return None
        number = number_of(found)
        whole = number is not None and number.is_integer() and 0 <= number < 2**53
        return self._known(told, found, int(number) if number is not None and whole else None)

    def yes(self, told: Told | None, row: Json) -> bool:
        """Return true or false; false if it is not told."""
        found = self._found(told, row)
        if found is None:
            return False
        return self._known(told, found, _YES.get(str(found).strip().lower())) or False

    def _found(self, told: Told | None, row: Json) -> Json:
        """Return what is there; what is false, or no text at all, is nothing."""
        found = None if told is None else self._search(told.path, row)
        return None if found is False or found == "" else found

    def _known(self, told: Told | None, found: Json, meant: _Value | None) -> _Value | None:
        """Return what is meant, and count it as a trouble if that is nothing."""
        if meant is None and told is not None:
            self.trouble("value", told.place, found)
        return meant

    def _search(self, path: Path, told: Json) -> Json:
        try:
            return path.search(told, self._budget)
        except PathFailed:
            self.trouble("value", path.place)
            return None
        except TooMuch as much:
            raise _too_much() from much

    def _pages_of(self, ask: str, place: str) -> list[Json]:
        pages = self._pages.get(ask)
        if pages is None:
            raise unreadable("{place}: there is no answer to {ask}", place=place, ask=ask)
        return pages

    def _steps(self, page: Json, steps: tuple[Path, ...], place: str) -> list[Json]:
        first, *further = steps
        rows = self._list(first, page, place)
        for step in further:
            deeper: list[Json] = []
            for above in rows:
                deeper += (
                    {**_as_object(row), "parent": above} for row in self._list(step, above, place)
                )
                if len(deeper) > MOST_ROWS:
                    raise _too_much()
            rows = deeper
        return rows

    def _list(self, path: Path, told: Json, place: str) -> list[Json]:
        found = self._search(path, told)
        if isinstance(found, dict):
            return [found]
        if not isinstance(found, list):
            # An answer that tells of an error has no list, and is no empty one.
            raise unreadable("{place}: there is no list at {path}", place=place, path=path.text)
        if len(found) > MOST_ROWS:
            raise _too_much()
        return found

    def _index(self, join: Join) -> dict[str, list[Json]]:
        index: dict[str, list[Json]] = {}
        for row in self.rows(join):
            found = self._search(join.key, row)
            for one in found if isinstance(found, list) else [found]:
                key = _key_of(one)
                if key is not None:
                    index.setdefault(key, []).append(row)
        return index

    def _joined(self, row: Json, index: list[tuple[Join, dict[str, list[Json]]]]) -> Json:
        joined = dict(_as_object(row))
        for join, rows in index:
            key = _key_of(self._search(join.equals, joined))
            met = rows.get(key, []) if key is not None else []
            joined[join.put_as] = met if join.many else (met[0] if met else None)
        return joined


def unreadable(reason: str, **said: str) -> SourceUnreadable:
    """Return the error of answers that the mapping cannot make a picture of."""
    details = {name: cut(text) for name, text in said.items()}
    return SourceUnreadable(fault(FaultKind.BAD_DATA, reason=reason, **details))


def _too_much() -> SourceUnreadable:
    return unreadable("the paths of the mapping ask for too much of one answer")


def _as_object(row: Json) -> Mapping[str, Json]:
    return row if isinstance(row, dict) else {"value": row}


def _key_of(told: Json) -> str | None:
    if isinstance(told, bool) or not isinstance(told, str | int):
        return None
    if isinstance(told, int) and abs(told) >= 2**64:
        return None
    key = str(told).strip()
    # One that is too long is not cut, and a broken one not mended: two might become one.
    return key if 0 < len(key) <= LONGEST_TEXT and _is_whole(key) else None


def _is_whole(text: str) -> bool:
    return _BROKEN not in text and (text.isascii() or _whole(text) == text)


def _whole(text: str) -> str:
    """Return a text with a mark for each half of a letter."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _word_of(told: Json) -> str | None:
    if isinstance(told, bool):
        return str(told).lower()
    if isinstance(told, str):
        return told
    return str(told) if isinstance(told, int) and abs(told) < 2**64 else None
