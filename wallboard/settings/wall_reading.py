"""What the file of a TV's board says, and what of it cannot be used, told with its place.

The usual value stands in for what cannot be used: a TV rather shows a board of a wrong colour than
none.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from wallboard.domain.errors import WallboardError
from wallboard.domain.walls import MOST_SCENES, USUAL_SCENES, Scene, SceneKind, Wall
from wallboard.settings.lines import lines_of, toml_of
from wallboard.settings.notice import Notice, notice, translate
from wallboard.settings.wall_cells import SCENE_CELLS, SCENE_KEYS, WALL_CELLS, WALL_KEYS, Cell

SCENES: Final = "scenes"
LARGEST: Final = 200_000
"""Bytes. A larger file is no board."""

_MOST_TOLD: Final = 20
"""So many things that are wrong are told; a file with more is no board."""
_WRONG: Final = (
    translate("Settings", '"{key}" cannot be {value}. Possible: {choices}.'),
    translate("Settings", 'Line {line}: "{key}" cannot be {value}. Possible: {choices}.'),
)
_STRANGE: Final = (
    translate("Settings", 'A board has no "{key}". Possible: {choices}.'),
    translate("Settings", 'Line {line}: a board has no "{key}". Possible: {choices}.'),
)
_SCENES: Final = translate("Settings", "a list of 1 to 24 tables")

_Complain: TypeAlias = Callable[[tuple[str, str], str, str, str], None]


class WallUnreadable(WallboardError):
    """A file is no board, or not all of it can be used. Ask the user.

    Attributes:
        notices: Why, each a sentence; one at least.
    """

    def __init__(self, told: tuple[Notice, ...]) -> None:
        super().__init__(" ".join(map(str, told)))
        self.notices = told


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWall:
    """What the file of a board says.

    Attributes:
        notices: What of it cannot be used, for the user; empty if all can.
    """

    wall: Wall
    notices: tuple[Notice, ...] = ()


def looked_at(path: Path, kpis: Collection[str] | None = None) -> ReadWall:
    """Return the board of a file, with the usual value wherever one cannot be used.

    Args:
        kpis: The keys of all KPIs. None if any word may be one.

    Raises:
        WallUnreadable: It cannot be read at all.
    """
    try:
        return wall_of(content_of(path, LARGEST), kpis)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def content_of(path: Path, largest: int) -> bytes:
    """Return what a file holds.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no plain file, or too large.
    """
    # What is no plain file may never end, or make who opens it wait.
    if not stat.S_ISREG(path.stat().st_mode):
        raise ValueError(translate("Settings", "it is no plain file"))
    with path.open("rb") as handle:
        content = handle.read(largest + 1)
    if len(content) > largest:
        raise ValueError(translate("Settings", "it is too large"))
    return content


def wall_of(content: bytes, kpis: Collection[str] | None = None) -> ReadWall:
    """Return the board that a file's content tells, as `looked_at` does.

    Raises:
        ValueError: It is no TOML.
    """
    told = toml_of(content)
    notices: list[Notice] = []
    lines: Mapping[str, int] | None = None

    def complain(text: tuple[str, str], where: str, value: str, choices: str) -> None:
        nonlocal lines
        if len(notices) >= _MOST_TOLD:
            return
        if lines is None:
            lines = lines_of(content.decode("utf-8-sig"))
        line = lines.get(where)
        details = {"key": where[:80], "value": value, "choices": choices}
        if line is None:
            notices.append(notice(text[0], **details))
        else:
            notices.append(notice(text[1], line=line, **details))

    values = _values(told, WALL_CELLS, "", kpis, complain)
    for key in told:
        if key not in WALL_KEYS and key != SCENES:
            complain(_STRANGE, str(key), "", ", ".join((*WALL_KEYS, SCENES)))
    scenes = _scenes(told[SCENES], kpis, complain) if SCENES in told else USUAL_SCENES
    wall = Wall(**values, scenes=scenes)  # type: ignore[arg-type] # the table's types
    return ReadWall(wall=wall, notices=tuple(notices))


def _values(
    told: Mapping[str, object],
    cells: tuple[Cell, ...],
    where: str,
    kpis: Collection[str] | None,
    complain: _Complain,
) -> dict[str, object]:
    values: dict[str, object] = {}
    for cell in cells:
        if cell.key not in told:
            continue
        held = told[cell.key]
        try:
            values[cell.key] = cell.read(held, kpis)
        except ValueError:
            complain(_WRONG, where + cell.key, _spoken(cell, held), cell.note)
            if cell.secret:
                # What is no PIN opens nothing; that it were none would open to everybody.
                values[cell.key] = str(held)
    return values


def _spoken(cell: Cell, held: object) -> str:
    return "•••" if cell.secret else repr(held)[:60]


def _scenes(rows: object, kpis: Collection[str] | None, complain: _Complain) -> tuple[Scene, ...]:
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_SCENES:
        complain(_WRONG, SCENES, repr(rows)[:60], _SCENES)
    scenes: list[Scene] = []
    for number, row in enumerate(rows[:MOST_SCENES] if isinstance(rows, list) else [], start=1):
        scene = _scene(row, f"{SCENES}[{number}]", kpis, complain)
        if scene is not None:
            scenes.append(scene)
    return tuple(scenes) or USUAL_SCENES


def _scene(
    row: object, where: str, kpis: Collection[str] | None, complain: _Complain
) -> Scene | None:
    """Return a scene, or None if it is not known what it is to show."""
    if not isinstance(row, Mapping):
        complain(_WRONG, where, repr(row)[:60], translate("Settings", "a table of settings"))
        return None
    values = _values(row, SCENE_CELLS, f"{where}.", kpis, complain)
    for key in row:
        if key not in SCENE_KEYS:
            complain(_STRANGE, f"{where}.{key}", "", ", ".join(SCENE_KEYS))
    kind = values.pop("kind", None)
    if not isinstance(kind, SceneKind):
        if "kind" not in row:
            complain(_WRONG, f"{where}.kind", "''", SCENE_KEYS["kind"].note)
        return None
    return Scene(kind=kind, **values)  # type: ignore[arg-type] # the table's types


def no_scenes(rows: object) -> Notice:
    """Return that these are no scenes of a board."""
    return notice(_WRONG[0], key=SCENES, value=repr(rows)[:60], choices=_SCENES)


def unreadable(path: Path, error: Exception) -> WallUnreadable:
    """Return that a file is no board, and why."""
    told = notice(
        translate("Settings", "The board in {path} cannot be read ({reason})."),
        path=path,
        reason=reason_of(error),
    )
    return WallUnreadable((told,))


def reason_of(error: Exception) -> str:
    """Return why a file could not be read, for a notice."""
    match error:
        case OSError():
            return error.strerror or type(error).__name__
        case UnicodeDecodeError():
            return translate("Settings", "it is not UTF-8")
        case _:
            return str(error)[:200]
