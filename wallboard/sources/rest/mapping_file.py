"""Reads a mapping file: strictly, so that a slip of the pen is told with its place, not guessed at.

What a file may hold is in the tables below; `resources/mappings/README.md` explains it to those
who write one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import timedelta, tzinfo
from enum import Enum, auto
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import AgentState
from wallboard.domain.value import value
from wallboard.sources.rest.mapping_asking import (
    MOST_EACH,
    MOST_PAGES,
    PLACE,
    PLACES,
    Ask,
    Each,
    Paging,
    PagingBy,
    fill,
)
from wallboard.sources.rest.mapping_counters import COUNTS, NOW, SPANS, Since
from wallboard.sources.rest.mapping_paths import Path, path_of
from wallboard.sources.rest.mapping_units import DURATION_UNITS, INSTANT_UNITS
from wallboard.sources.rest.mapping_wrong import MappingWrong, unknown_key, unknown_word

LARGEST: Final = 256 * 1024
"""In characters."""
FORMAT: Final = 1
WAITING, TALKING, OVER = "waiting", "talking", "over"
CALL_STATES: Final = (WAITING, TALKING, OVER)
_MOST_ASKS: Final = 20
_MOST_WORDS: Final = 500
_LONGEST_EVERY: Final = 86_400
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_TO_BE_FILLED: Final = "?"

_Toml: TypeAlias = Any  # what a TOML text holds


class Form(Enum):
    """What a field must be."""

    KEY = auto()
    """A text or a whole number by which something is told apart."""
    KEYS = auto()
    """A list of them."""
    TEXT = auto()
    WORD = auto()
    """A text for which there is a word of ours."""
    INSTANT = auto()
    DURATION = auto()
    WHOLE = auto()
    YES = auto()
    """True or false."""


@value
class Told:
    """Where a field's value is, and what it means.

    Attributes:
        place: In the file.
        unit: Of instants and durations.
        words: Ours by the system's own, in lower case.
        otherwise: For a word that is not among them. None means not known.
    """

    place: str
    form: Form
    path: Path
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None


@value
class Join:
    """Rows of another answer that belong to a row.

    Attributes:
        key: Of the other row: one value, or a list of them.
        equals: Of the row itself.
        put_as: The name under which the other row is found.
        many: True for a list of all of them; else the first one.
    """

    place: str
    ask: str
    rows: tuple[Path, ...]
    key: Path
    equals: Path
    put_as: str
    many: bool = False


@value
class Gone:
    """What it means that a call is not told any more, and no end of it was told.

    Attributes:
        waiting: How the visit of one who waited ended.
        measured: True if the talk of one who talked ended when he was gone.
        looks: So often in a row it must be missing.
    """

    waiting: Ending = Ending.UNKNOWN
    measured: bool = False
    looks: int = 1


@value
class Section:
    """Rows of one kind, in one answer.

    Attributes:
        rows: From the answer to its rows, step by step; each step's row knows the one above it
            as `parent`.
        where: Rows of which this is nothing are left out. None leaves out none.
        keep: Fields of calls that stay as they were when they are not told any more.
        skip_others: True if calls of no queue of ours are no mistake.
        busy_from_calls: True if who has a queue's call is in a call, whatever his state says.
        since: Of counters: since when they count.
    """

    place: str
    ask: str
    rows: tuple[Path, ...]
    fields: Mapping[str, Told]
    joins: tuple[Join, ...] = ()
    where: Path | None = None
    keep: frozenset[str] = frozenset()
    skip_others: bool = False
    gone: Gone | None = None
    busy_from_calls: bool = False
    since: Since = Since.MIDNIGHT


@value
class Plan:
    """What a mapping file says.

    Attributes:
        as_of: The ask and the field that tell the system's own time. None if nothing does.
    """

    name: str
    zone: tzinfo | None
    asks: tuple[Ask, ...]
    as_of: tuple[str, Told] | None = None
    queues: tuple[Section, ...] = ()
    agents: tuple[Section, ...] = ()
    calls: tuple[Section, ...] = ()
    ended: tuple[Section, ...] = ()
    counters: tuple[Section, ...] = ()


FIELDS: Final[Mapping[str, Mapping[str, Form]]] = {
    "queues": {"queue_id": Form.KEY, "name": Form.TEXT, "target": Form.DURATION},
    "agents": {
        "agent_id": Form.KEY,
        "name": Form.TEXT,
        "state": Form.WORD,
        "state_since": Form.INSTANT,
        "queues": Form.KEYS,
        "reason": Form.TEXT,
        "call_id": Form.KEY,
    },
    "calls": {
        "call_id": Form.KEY,
        "queue_id": Form.KEY,
        "state": Form.WORD,
        "entered_at": Form.INSTANT,
        "answered_at": Form.INSTANT,
        "agent_id": Form.KEY,
        "caller_number": Form.TEXT,
        "caller_name": Form.TEXT,
    },
    "ended": {
        "call_id": Form.KEY,
        "queue_id": Form.KEY,
        "ending": Form.WORD,
        "entered_at": Form.INSTANT,
        "answered_at": Form.INSTANT,
        "ended_at": Form.INSTANT,
        "wait": Form.DURATION,
        "talk": Form.DURATION,
        "hold": Form.DURATION,
        "wrap_up": Form.DURATION,
        "agent_id": Form.KEY,
        "caller_number": Form.TEXT,
        "contact": Form.KEY,
        "missed_rings": Form.WHOLE,
        "transferred": Form.YES,
    },
    "counters": {
        "queue_id": Form.KEY,
        **dict.fromkeys((*NOW, *COUNTS), Form.WHOLE),
        **dict.fromkeys(SPANS, Form.DURATION),
    },
}
_REQUIRED: Final = {
    "queues": ("queue_id",),
    "agents": ("agent_id", "state"),
    "calls": ("call_id", "queue_id"),
    "ended": ("call_id", "ending"),
    "counters": ("queue_id",),
}
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "agents": tuple(AgentState),
    "calls": CALL_STATES,
    "ended": tuple(Ending),
}
_OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "queues": (),
    "agents": ("busy_from_calls",),
    "calls": ("keep", "other_queues", "gone"),
    "ended": ("other_queues",),
    "counters": ("since",),
}
_KEPT: Final = ("queue_id", "entered_at", "answered_at", "agent_id", "caller_number", "caller_name")
_TOP: Final = ("mapping", "name", "zone", "values", "asks", "as_of", *FIELDS)


class _Table:
    """One table of the file: its keys are taken one by one, and none may be left."""

    def __init__(self, told: Mapping[str, _Toml], place: str) -> None:
        self.place = place
        self._told = told

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def only(self, known: Iterable[str]) -> None:
        names = tuple(known)
        for key in self._told:
            if key not in names:
                raise unknown_key(key, names, self.at(key))

    def has(self, key: str) -> bool:
        return key in self._told

    def raw(self, key: str) -> _Toml:
        if key not in self._told:
            raise MappingWrong("{place}: this is needed", self.at(key))
        return self._told[key]

    def text(self, key: str, default: str | None = None) -> str:
        if default is not None and key not in self._told:
            return default
        told = self.raw(key)
        if not isinstance(told, str):
            raise MappingWrong("{place}: a text in quotation marks is needed", self.at(key))
        return told

    def choice(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        told = self.text(key, default)
        if told not in known:
            raise unknown_word(told, known, self.at(key))
        return told

    def yes(self, key: str) -> bool:
        told = self._told.get(key, False)
        if not isinstance(told, bool):
            raise MappingWrong("{place}: true or false is needed", self.at(key))
        return told

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        told = self._told.get(key, default)
        if isinstance(told, bool) or not isinstance(told, int) or not least <= told <= most:
            raise MappingWrong(
                "{place}: a whole number from {least} to {most} is needed",
                self.at(key),
                least=least,
                most=most,
            )
        return told

    def table(self, key: str) -> _Table:
        return _table_of(self.raw(key), self.at(key))

    def tables(self, key: str) -> list[_Table]:
        """Return one table or several; none if there is none."""
        told = self._told.get(key, [])
        if isinstance(told, dict):
            return [_Table(told, self.at(key))]
        if not isinstance(told, list):
            raise MappingWrong("{place}: a table is needed", self.at(key))
        if len(told) == 1:
            return [_table_of(told[0], self.at(key))]
        return [_table_of(each, f"{self.at(key)}[{at}]") for at, each in enumerate(told, start=1)]

    def raw_all(self) -> Mapping[str, _Toml]:
        return self._told

    def items(self) -> Iterable[tuple[str, _Toml]]:
        return self._told.items()

    def path(self, key: str) -> Path:
        return path_of(self.text(key), self.at(key))

    def steps(self, key: str) -> tuple[Path, ...]:
        """Return a path, or a list of them."""
        told = self.raw(key)
        if isinstance(told, str):
            return (path_of(told, self.at(key)),)
        if not isinstance(told, list) or not told or len(told) > 4:
            raise MappingWrong("{place}: a path, or a list of up to 4 of them", self.at(key))
        if not all(isinstance(each, str) for each in told):
            raise MappingWrong("{place}: a text in quotation marks is needed", self.at(key))
        return tuple(path_of(each, self.at(key)) for each in told)


def plan_in(text: str) -> Plan:
    """Return what a mapping file says.

    Args:
        text: What the file holds.

    Raises:
        MappingWrong: It cannot be used.
    """
    if len(text) > LARGEST:
        raise MappingWrong("the file is larger than {most} characters", "", most=LARGEST)
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise _not_toml(text, str(wrong)) from wrong
    except RecursionError as deep:
        raise MappingWrong("{place}: it cannot be read as TOML", "1") from deep
    top = _Table(told, "")
    top.only(_TOP)
    if top.whole("mapping", 0, 0, 2**31) != FORMAT:
        raise MappingWrong("{place}: it must be 1, the only format that there is", "mapping")
    values = _values(top)
    asks = tuple(
        _ask(name, _table_of(told, f"asks.{name}"), values) for name, told in _ask_tables(top)
    )
    names = tuple(ask.name for ask in asks)
    _check_eaches(asks)
    sections = {kind: _sections(top, kind, names) for kind in FIELDS}
    if not any(sections[kind] for kind in FIELDS):
        raise MappingWrong("{place}: this is needed", "queues")
    if sections["counters"] and sections["ended"]:
        raise MappingWrong(
            "{place}: calls that are over are counted by [ended] already; keep one of the two",
            sections["counters"][0].place,
        )
    return Plan(
        name=top.text("name"), zone=_zone(top), asks=asks, as_of=_as_of(top, names), **sections
    )


def _not_toml(text: str, said: str) -> MappingWrong:
    found = re.search(r"line (\d+), column (\d+)", said)
    line = found[1] if found else str(text.count("\n") + 1)
    return MappingWrong("{place}: it cannot be read as TOML", f"line {line}")


def _table_of(told: _Toml, place: str) -> _Table:
    if not isinstance(told, dict):
        raise MappingWrong("{place}: a table is needed", place)
    return _Table(told, place)


def _zone(top: _Table) -> tzinfo | None:
    if not top.has("zone"):
        return None
    name = top.text("zone")
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as wrong:  # also a name that leads elsewhere
        raise MappingWrong(
            "{place}: there is no time zone {word}; one is like Asia/Tehran", "zone", word=name
        ) from wrong


def _values(top: _Table) -> Mapping[str, str]:
    if not top.has("values"):
        return {}
    values: dict[str, str] = {}
    table = top.table("values")
    for name, told in table.items():
        place = table.at(name)
        if not _NAME.fullmatch(name) or name in PLACES:
            raise MappingWrong("{place}: this name cannot be used", place)
        said = str(told) if isinstance(told, int) and not isinstance(told, bool) else told
        if not isinstance(said, str) or not said.isprintable() or len(said) > 500:
            raise MappingWrong("{place}: a text in quotation marks is needed", place)
        if said.strip() in ("", _TO_BE_FILLED) or not said.strip("."):
            raise MappingWrong("{place}: put your own in here", place)
        values[name] = said
    return values


# Asks


def _ask_tables(top: _Table) -> list[tuple[str, _Toml]]:
    tables = list(top.table("asks").items())
    if not 0 < len(tables) <= _MOST_ASKS:
        raise MappingWrong("{place}: from 1 to {most} requests are needed", "asks", most=_MOST_ASKS)
    for name, _ in tables:
        if not _NAME.fullmatch(name):
            raise MappingWrong("{place}: this name cannot be used", f"asks.{name}")
    return tables


def _ask(name: str, table: _Table, values: Mapping[str, str]) -> Ask:
    table.only(("path", "method", "params", "body", "paging", "each", "every"))
    path = table.text("path")
    if not path.startswith("/") or not path.isprintable() or set(path) & set(" \\#?"):
        raise MappingWrong(
            "{place}: it must begin with a slash, and have no question mark", table.at("path")
        )
    if any(part in (".", "..") for part in path.split("/")):
        raise MappingWrong("{place}: it must not lead up", table.at("path"))
    body = table.table("body").raw_all() if table.has("body") else None
    method = table.choice("method", ("GET", "POST"), "GET" if body is None else "POST")
    if body is not None and method == "GET":
        raise MappingWrong("{place}: only a POST has a body", table.at("body"))
    each = _each(table) if table.has("each") else None
    paging = _paging(table.table("paging")) if table.has("paging") else None
    allowed = _allowed(paging, each)
    for word in set(allowed) - {"today", "since", "now"}:
        if f"{{{word}" not in str((path, table.raw_all().get("params"), body)):
            raise MappingWrong(
                "{place}: {word} stands nowhere in the request", table.place, word=f"{{{word}}}"
            )
    return Ask(
        name=name,
        method=method,
        path=_filled(path, values, allowed, table.at("path"), quoted=True),
        params=_params(table, values, allowed),
        body=None if body is None else _body(body, values, allowed, table.at("body")),
        paging=paging,
        each=each,
        every=timedelta(seconds=table.whole("every", 0, 0, _LONGEST_EVERY)),
    )


def _allowed(paging: Paging | None, each: Each | None) -> Mapping[str, tuple[str, ...]]:
    """Return the places that are filled for such a request."""
    places = {name: PLACES[name] for name in ("today", "since", "now")}
    if each is not None:
        places["each"] = PLACES["each"]
    if paging is not None:
        by = {PagingBy.PAGE: "page", PagingBy.OFFSET: "offset", PagingBy.TOKEN: "cursor"}
        if paging.by in by:
            places[by[paging.by]] = PLACES[by[paging.by]]
    return places


def _filled(
    text: str,
    values: Mapping[str, str],
    allowed: Mapping[str, tuple[str, ...]],
    place: str,
    *,
    quoted: bool = False,
) -> str:
    """Return a text with the file's own values in it; other places must be known ones."""
    for found in PLACE.finditer(text):
        name, form = found[1], found[2] or ""
        known = {**dict.fromkeys(values, ("",)), **allowed}
        if name not in known:
            raise unknown_word(f"{{{name}}}", tuple(f"{{{each}}}" for each in sorted(known)), place)
        if form and form not in known[name]:
            raise unknown_word(form, known[name] or ("",), place)
    return fill(text, values, quoted=quoted)


def _params(
    table: _Table, values: Mapping[str, str], allowed: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, str], ...]:
    if not table.has("params"):
        return ()
    params: list[tuple[str, str]] = []
    inner = table.table("params")
    for name, told in inner.items():
        for each in told if isinstance(told, list) else [told]:
            place = inner.at(name)
            if not isinstance(each, str | int | float | bool):
                raise MappingWrong("{place}: a text, a number, true or false is needed", place)
            said = str(each).lower() if isinstance(each, bool) else str(each)
            params.append((name, _filled(said, values, allowed, place)))
    return tuple(params)


def _body(
    told: _Toml, values: Mapping[str, str], allowed: Mapping[str, tuple[str, ...]], place: str
) -> _Toml:
    if isinstance(told, dict):
        return {
            name: _body(each, values, allowed, f"{place}.{name}") for name, each in told.items()
        }
    if isinstance(told, list):
        return [_body(each, values, allowed, place) for each in told]
    if isinstance(told, str):
        return _filled(told, values, allowed, place)
    if not isinstance(told, int | float):
        raise MappingWrong("{place}: a text, a number, true or false is needed", place)
    return told


def _paging(table: _Table) -> Paging:
    by = PagingBy(table.choice("by", tuple(PagingBy)))
    counted = by in (PagingBy.PAGE, PagingBy.OFFSET)
    table.only(("by", "most", "rows", "size", "first") if counted else ("by", "most", "path"))
    return Paging(
        by=by,
        path=table.path("rows" if counted else "path"),
        first=table.whole("first", 1, 0, 1) if by is PagingBy.PAGE else 0,
        size=table.whole("size", 0, 1, 100_000) if counted else 0,
        most=table.whole("most", 20, 1, MOST_PAGES),
    )


def _each(table: _Table) -> Each:
    inner = table.table("each")
    inner.only(("from", "path", "most"))
    return Each(
        ask=inner.text("from"),
        path=inner.path("path"),
        most=inner.whole("most", 50, 1, MOST_EACH),
    )


def _check_eaches(asks: tuple[Ask, ...]) -> None:
    earlier: list[str] = []
    for ask in asks:
        if ask.each is not None and ask.each.ask not in earlier:
            place = f"asks.{ask.name}.each.from"
            if not earlier:
                raise MappingWrong("{place}: there is no request before this one", place)
            raise unknown_word(ask.each.ask, tuple(earlier), place)
        earlier.append(ask.name)


# Sections


def _as_of(top: _Table, asks: tuple[str, ...]) -> tuple[str, Told] | None:
    if not top.has("as_of"):
        return None
    table = top.table("as_of")
    table.only(("from", "path", "unit"))
    told = Told(
        place="as_of",
        form=Form.INSTANT,
        path=table.path("path"),
        unit=table.choice(
            "unit", tuple(u for u in INSTANT_UNITS if not u.startswith("ago")), "iso"
        ),
    )
    return table.choice("from", asks), told


def _sections(top: _Table, kind: str, asks: tuple[str, ...]) -> tuple[Section, ...]:
    return tuple(_section(table, kind, asks) for table in top.tables(kind))


def _section(table: _Table, kind: str, asks: tuple[str, ...]) -> Section:
    fields = FIELDS[kind]
    table.only(("from", "rows", "with", "where", *fields, *_OPTIONS[kind]))
    for key in _REQUIRED[kind]:
        table.raw(key)
    section = Section(
        place=table.place,
        ask=table.choice("from", asks),
        rows=table.steps("rows"),
        fields={
            key: _field(table, key, form, _WORDS.get(kind, ()))
            for key, form in fields.items()
            if table.has(key)
        },
        joins=tuple(_join(inner, asks) for inner in table.tables("with")),
        where=table.path("where") if table.has("where") else None,
        keep=_keep(table),
        skip_others=table.choice("other_queues", ("skip", "refuse"), "refuse") == "skip",
        gone=_gone(table.table("gone")) if table.has("gone") else None,
        busy_from_calls=table.yes("busy_from_calls"),
        since=Since(
            table.choice("since", tuple(Since), None if kind == "counters" else "midnight")
        ),
    )
    if kind == "counters" and len(section.fields) < 2:
        raise MappingWrong("{place}: this is needed", table.at(NOW[0]))
    return section


def _field(table: _Table, key: str, form: Form, ours: tuple[str, ...]) -> Told:
    place = table.at(key)
    told = table.raw(key)
    inner = _Table(
        {"path": told} if isinstance(told, str) else _table_of(told, place).raw_all(), place
    )
    allowed = {
        Form.WORD: ("path", "words", "otherwise"),
        Form.INSTANT: ("path", "unit"),
        Form.DURATION: ("path", "unit"),
    }
    inner.only(allowed.get(form, ("path",)))
    path = path_of(inner.text("path"), place)
    match form:
        case Form.WORD:
            otherwise = inner.choice("otherwise", ours) if inner.has("otherwise") else None
            same = {word: word for word in ours}
            words = _words(inner.table("words"), ours) if inner.has("words") else same
            return Told(place=place, form=form, path=path, words=words, otherwise=otherwise)
        case Form.INSTANT:
            unit = inner.choice("unit", INSTANT_UNITS, "iso")
        case Form.DURATION:
            unit = inner.choice("unit", DURATION_UNITS)
        case _:
            unit = ""
    return Told(place=place, form=form, path=path, unit=unit)


def _words(table: _Table, ours: tuple[str, ...]) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for word in table.raw_all():
        if word.lower() in words:
            raise MappingWrong("{place}: this word is told twice", table.at(word))
        words[word.lower()] = table.choice(word, ours)
    if not 0 < len(words) <= _MOST_WORDS:
        raise MappingWrong(
            "{place}: from 1 to {most} words are needed", table.place, most=_MOST_WORDS
        )
    return words


def _join(table: _Table, asks: tuple[str, ...]) -> Join:
    table.only(("from", "rows", "key", "equals", "as", "many"))
    name = table.text("as")
    if not _NAME.fullmatch(name) or name == "parent":
        raise MappingWrong("{place}: this name cannot be used", table.at("as"))
    return Join(
        place=table.place,
        ask=table.choice("from", asks),
        rows=table.steps("rows"),
        key=table.path("key"),
        equals=table.path("equals"),
        put_as=name,
        many=table.yes("many"),
    )


def _keep(table: _Table) -> frozenset[str]:
    if not table.has("keep"):
        return frozenset()
    told = table.raw("keep")
    if not isinstance(told, list):
        raise MappingWrong("{place}: a list of fields is needed", table.at("keep"))
    for each in told:
        if each not in _KEPT:
            raise unknown_word(str(each), _KEPT, table.at("keep"))
    return frozenset(told)


def _gone(table: _Table) -> Gone:
    table.only(("waiting", "talk", "looks"))
    endings = (Ending.UNKNOWN, Ending.ABANDONED, Ending.LEFT_OTHERWISE)
    return Gone(
        waiting=Ending(table.choice("waiting", endings, Ending.UNKNOWN)),
        measured=table.choice("talk", ("unknown", "measured"), "unknown") == "measured",
        looks=table.whole("looks", 1, 1, 10),
    )
