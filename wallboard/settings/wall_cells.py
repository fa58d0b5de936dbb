"""What may stand in the file of a TV's board: one row a key, each with what it reads and writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from math import isfinite
from typing import Final, TypeAlias

from wallboard.domain.walls import (
    LANGUAGES,
    LEAST_INCHES,
    LEAST_SEAT_M,
    LEAST_SECONDS,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_DIM,
    MOST_HEROES,
    MOST_INCHES,
    MOST_SEAT_M,
    MOST_SECONDS,
    MOST_TILES,
    THEMES,
    Naming,
    SceneKind,
)
from wallboard.settings.notice import translate
from wallboard.settings.pins import is_kept_pin

MOST_QUEUES: Final = 200
LONGEST_ID: Final = 200
LONGEST_PATH: Final = 400

Plain: TypeAlias = str | bool | int | float | list[str]
"""What TOML holds."""

_JOINERS: Final = dict.fromkeys(map(ord, "\u200c\u200d"))
_KPI: Final = re.compile(r"[a-z0-9_]{1,64}")
_TRUE_FALSE: Final = translate("Settings", "true or false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One key of a table of the file.

    Attributes:
        key: In the file, and of the value's field.
        note: For who reads the file: what may stand there.
        read: Returns what is meant, or raises ValueError. It gets the keys of all KPIs; None if
            they are not known here, so that any word may be one.
        secret: True if what stands there is never told.
    """

    key: str
    note: str
    read: Callable[[object, Collection[str] | None], object]
    secret: bool = False


def plain(held: object) -> Plain:
    """Return a field's value as it stands in the file."""
    if isinstance(held, tuple):
        return [str(each) for each in held]
    if isinstance(held, bool | int):
        return held
    if isinstance(held, float):
        return int(held) if held.is_integer() else held
    return str(held)


def _line(told: object, _kpis: object, *, longest: int) -> str:
    """Return one line of text."""
    if not isinstance(told, str) or len(told) > longest:
        raise ValueError(told)
    # Persian needs the two joiners to write its words; all else that hides only disguises.
    if not told.translate(_JOINERS).isprintable():
        raise ValueError(told)
    return told


def _logo(told: object, kpis: object) -> str:
    """Return a path that leads to a file beside, or from the root of a disk of this machine."""
    path = _line(told, kpis, longest=LONGEST_PATH)
    parts = path.replace("\\", "/").split("/")
    # Windows would sign in at another machine to look at its file.
    if ".." in parts or parts[:2] == ["", ""]:
        raise ValueError(told)
    return path


def _lines(told: object, kpis: object) -> str:
    """Return a text of several lines."""
    if not isinstance(told, str) or len(told) > LONGEST_TEXT:
        raise ValueError(told)
    for line in told.split("\n"):
        _line(line, kpis, longest=LONGEST_TEXT)
    return told


def _switch(told: object, _kpis: object) -> bool:
    if not isinstance(told, bool):
        raise ValueError(told)  # noqa: TRY004 - one remedy
    return told


def _whole(told: object, _kpis: object, *, least: int, most: int) -> int:
    if isinstance(told, bool) or not isinstance(told, int) or not least <= told <= most:
        raise ValueError(told)
    return told


def _number(told: object, _kpis: object, *, least: float, most: float) -> float:
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise ValueError(told)  # noqa: TRY004 - one remedy
    if not isfinite(told) or not least <= told <= most:
        raise ValueError(told)
    return float(told)


def _one_of(told: object, _kpis: object, *, among: Collection[str]) -> str:
    if not isinstance(told, str) or told not in among:
        raise ValueError(told)
    return told


def _kind(told: object, _kpis: object) -> SceneKind:
    return SceneKind(str(told))


def _naming(told: object, _kpis: object) -> Naming:
    return Naming(str(told))


def _keys(told: object, kpis: Collection[str] | None, *, most: int) -> tuple[str, ...]:
    """Return keys of KPIs, each once."""
    keys = _texts(told, most)
    for key in keys:
        if _KPI.fullmatch(key) is None or (kpis is not None and key not in kpis):
            raise ValueError(key)
    return keys


def _queues(told: object, kpis: object) -> tuple[str, ...]:
    ids = _texts(told, MOST_QUEUES)
    for each in ids:
        if not each or _line(each, kpis, longest=LONGEST_ID) != each:
            raise ValueError(each)
    return ids


def _texts(told: object, most: int) -> tuple[str, ...]:
    if not isinstance(told, list) or len(told) > most:
        raise ValueError(told)
    if not all(isinstance(each, str) for each in told) or len(set(told)) < len(told):
        raise ValueError(told)
    return tuple(told)


def _pin(told: object, _kpis: object) -> str:
    if not isinstance(told, str) or (told and not is_kept_pin(told)):
        raise ValueError
    return told


WALL_CELLS: Final = (
    Cell(
        key="title",
        note=translate("Settings", "the name in the header, at most 60 letters; empty: as usual"),
        read=partial(_line, longest=LONGEST_TITLE),
    ),
    Cell(
        key="logo",
        note=translate("Settings", "the name of a picture's file beside this one; empty: none"),
        read=_logo,
    ),
    Cell(
        key="heroes",
        note=translate("Settings", "a list of at most 3 different KPIs; empty: the usual ones"),
        read=partial(_keys, most=MOST_HEROES),
    ),
    Cell(
        key="inches",
        note=translate("Settings", "the screen's diagonal in inches, 10 to 200"),
        read=partial(_number, least=LEAST_INCHES, most=MOST_INCHES),
    ),
    Cell(
        key="seat_m",
        note=translate("Settings", "metres to the farthest seat, 0.5 to 50"),
        read=partial(_number, least=LEAST_SEAT_M, most=MOST_SEAT_M),
    ),
    Cell(
        key="language",
        note=translate("Settings", "fa or en; empty: as the program's"),
        read=partial(_one_of, among=("", *LANGUAGES)),
    ),
    Cell(
        key="theme",
        note=translate("Settings", "dark, light or contrast"),
        read=partial(_one_of, among=THEMES),
    ),
    Cell(
        key="naming",
        note=translate("Settings", "none or first; none: agents are counted and not named"),
        read=_naming,
    ),
    Cell(
        key="sound",
        note=translate("Settings", "true or false; true: a critical alert is heard"),
        read=_switch,
    ),
    Cell(
        key="dim",
        note=translate("Settings", "percent darker outside shift hours, 0 to 80"),
        read=partial(_whole, least=0, most=MOST_DIM),
    ),
    Cell(key="black_when_closed", note=_TRUE_FALSE, read=_switch),
    Cell(
        key="pin",
        note=translate("Settings", "set in the program, or empty: no PIN"),
        read=_pin,
        secret=True,
    ),
)
SCENE_CELLS: Final = (
    Cell(
        key="kind",
        note=translate("Settings", "overview, queues, agents, trend, lost or message"),
        read=_kind,
    ),
    Cell(
        key="seconds",
        note=translate("Settings", "a whole number from 10 to 120"),
        read=partial(_whole, least=LEAST_SECONDS, most=MOST_SECONDS),
    ),
    Cell(
        key="queues",
        note=translate("Settings", "a list of ids of queues, each once; empty: all"),
        read=_queues,
    ),
    Cell(
        key="tiles",
        note=translate("Settings", "a list of at most 6 different KPIs; empty: the usual ones"),
        read=partial(_keys, most=MOST_TILES),
    ),
    Cell(
        key="text",
        note=translate("Settings", "a text of at most 280 letters"),
        read=_lines,
    ),
)
WALL_KEYS: Final[Mapping[str, Cell]] = {cell.key: cell for cell in WALL_CELLS}
SCENE_KEYS: Final[Mapping[str, Cell]] = {cell.key: cell for cell in SCENE_CELLS}
