"""How the file of a TV's board is changed: only what differs, with the user's comments kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from wallboard.domain.walls import Scene, SceneKind, Wall
from wallboard.settings.lines import toml_of
from wallboard.settings.wall_cells import (
    SCENE_CELLS,
    WALL_CELLS,
    Cell,
    plain,
)
from wallboard.settings.wall_reading import SCENES, WallUnreadable, no_scenes, wall_of

_HEAD: Final = (
    "# The board of a TV: Wallboard. You may edit this file and copy it to another machine,\n"
    "# with its logo beside it; comments are kept.\n"
)
_PLAIN_WALL: Final = Wall()
_PLAIN_SCENE: Final = Scene(kind=SceneKind.OVERVIEW)
_ALWAYS: Final = ("kind", "seconds")
"""What a scene says even if it is as usual."""
# An unusual but valid file can be beyond tomlkit.
_BEYOND: Final = (
    TOMLKitError, WallUnreadable,
    ValueError, KeyError, TypeError, AttributeError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is to stand in a file.

    Attributes:
        whole: True if all that stood there still does, but for the values that were changed.
    """

    content: bytes
    whole: bool


def written_wall(wall: Wall) -> bytes:
    """Return a board as a file, from which `wall_of` makes the same one.

    Raises:
        WallUnreadable: It is beyond what a board may be.
    """
    rows = [
        f"{cell.key} = {tomlkit.item(plain(getattr(wall, cell.key))).as_string()} # {cell.note}"
        for cell in WALL_CELLS
    ]
    document = tomlkit.parse("\n".join((_HEAD, *rows, "")))
    document[SCENES] = _rows(wall.scenes, {})
    content = _checked(document, wall)
    odd = wall_of(content).notices
    if odd:
        # A PIN that is none stays what it is, so that it opens nothing; it is not written anew.
        raise WallUnreadable(odd)
    return content


def rewritten(content: bytes, wall: Wall) -> Written:
    """Return a file's new content: the old one with what differs altered.

    Raises:
        WallUnreadable: The board is beyond what one may be.
        ValueError: The old content is no TOML.
    """
    before = wall_of(content)
    try:
        document, whole = _altered(content, before.wall, wall)
        after = _checked(document, wall)
    except _BEYOND:
        return Written(content=written_wall(wall), whole=False)
    mended = len(wall_of(after).notices) < len(before.notices)
    return Written(content=after, whole=whole and not mended)


def _altered(content: bytes, before: Wall, wall: Wall) -> tuple[TOMLDocument, bool]:
    document = tomlkit.parse(content.decode("utf-8-sig"))
    for cell in WALL_CELLS:
        _set(document, cell, getattr(wall, cell.key), getattr(_PLAIN_WALL, cell.key))
    if wall.scenes == before.scenes:
        return document, True
    old = document.get(SCENES)
    rows = dict(enumerate(old)) if isinstance(old, AoT) else {}
    fresh = _rows(wall.scenes, {at: row for at, row in rows.items() if isinstance(row, Table)})
    if old is not None:
        # Not replaced in its place: rows of another form would swallow what comes after them.
        del document[SCENES]
    document[SCENES] = fresh
    return document, old is None or isinstance(old, AoT)


def _rows(scenes: tuple[Scene, ...], old: Mapping[int, Table]) -> AoT:
    """Return the scenes as rows, each in the row that told it before, if there is one."""
    free = dict(old)
    taken: dict[int, Table] = {}
    for number, scene in enumerate(scenes):
        found = next((at for at, row in free.items() if _tells(row, scene)), None)
        if found is not None:
            taken[number] = free.pop(found)
    rows = AoT([])
    for number, scene in enumerate(scenes):
        row = taken.get(number) or free.pop(number, None) or tomlkit.table()
        for cell in SCENE_CELLS:
            usual = None if cell.key in _ALWAYS else getattr(_PLAIN_SCENE, cell.key)
            _set(row, cell, getattr(scene, cell.key), usual)
        rows.append(row)
    return rows


def _tells(row: Table, scene: Scene) -> bool:
    return all(
        _held(row, cell) == getattr(scene, cell.key)
        for cell in SCENE_CELLS
        if cell.key in row or cell.key == "kind"
    ) and all(
        getattr(scene, cell.key) == getattr(_PLAIN_SCENE, cell.key)
        for cell in SCENE_CELLS
        if cell.key not in row
    )


def _set(holder: TOMLDocument | Table, cell: Cell, value: object, usual: object) -> None:
    """Let a value stand in a table. What is as usual need not; what is told already, stays."""
    if cell.key not in holder:
        if value != usual:
            holder[cell.key] = plain(value)
    elif _held(holder, cell) != value:
        holder[cell.key] = plain(value)


def _held(holder: TOMLDocument | Table, cell: Cell) -> object:
    """Return what a table says. None if it cannot be used."""
    held: object = holder.get(cell.key)
    # A truth value is told as what it is, all else in a wrapping.
    unwrap = getattr(held, "unwrap", None)
    try:
        return cell.read(unwrap() if callable(unwrap) else held, None)
    except ValueError:
        return None


def _checked(document: TOMLDocument, wall: Wall) -> bytes:
    """Return the file.

    Raises:
        WallUnreadable: It would not tell this board.
    """
    content = _neat(tomlkit.dumps(document)).encode()
    read = wall_of(content)
    if read.wall != wall:
        raise WallUnreadable(read.notices or (no_scenes(()),))
    return content


def _neat(text: str) -> str:
    """Return the text without the empty lines that heap up where rows are moved."""
    neat = re.sub(r"\n{3,}", "\n\n", text).rstrip("\n") + "\n"
    # Within a text of several lines they are meant.
    return neat if toml_of(neat.encode()) == toml_of(text.encode()) else text
