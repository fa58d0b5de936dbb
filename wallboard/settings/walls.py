"""Boards of TVs as files of TOML, one each: they can be copied from one machine to another.

A file is either the old one or the new one, and keeps its comments and what else stands there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from wallboard.domain.walls import Wall
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.notice import notice, translate
from wallboard.settings.paths import made
from wallboard.settings.wall_reading import (
    LARGEST,
    ReadWall,
    WallUnreadable,
    content_of,
    looked_at,
    reason_of,
)
from wallboard.settings.wall_writing import Written, rewritten, written_wall
from wallboard.settings.whole_file import alone, replace_file

__all__ = [
    "ReadWall",
    "WallFile",
    "WallUnreadable",
    "logo_path",
    "looked_at",
    "not_written",
    "read_wall",
    "wall_files",
    "write_wall",
]

SUFFIX: Final = ".toml"
LOCK: Final = ".walls.lock"
_MOST_ASIDE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class WallFile:
    """A board that there is.

    Attributes:
        name: The file's, without its ending: text from outside.
    """

    name: str
    path: Path


def wall_files(folder: Path) -> tuple[WallFile, ...]:
    """Return the boards of a folder by their names. Empty if there is none, or no folder.

    Raises:
        OSError: The folder cannot be looked into.
    """
    if not folder.is_dir():
        return ()
    found = [
        WallFile(name=path.stem, path=path)
        for path in folder.iterdir()
        if path.suffix == SUFFIX and not path.name.startswith(".") and path.is_file()
    ]
    return tuple(sorted(found, key=lambda file: (file.name.casefold(), file.name)))


def read_wall(path: Path, kpis: Collection[str] | None = None) -> Wall:
    """Return the board of a file of which all can be used; `looked_at` is milder.

    Args:
        kpis: The keys of all KPIs. None if any word may be one.

    Raises:
        WallUnreadable: It cannot be read, or a part of it cannot be used; and why.
    """
    read = looked_at(path, kpis)
    if read.notices:
        raise WallUnreadable(read.notices)
    return read.wall


def write_wall(path: Path, wall: Wall) -> None:
    """Let the file tell this board. It may be there or not.

    What stands in it is kept; if it cannot be, the old file is kept beside the new one.

    Raises:
        SettingsNotSaved: Nothing changed.
    """
    try:
        made(path.parent)
        with alone(path.with_name(LOCK)):
            replace_file(path, _fresh(path, wall))
    except WallUnreadable as error:
        raise SettingsNotSaved(error.notices[0]) from error
    except (OSError, ValueError) as error:
        raise not_written(path, error) from error


def not_written(path: Path, error: Exception) -> SettingsNotSaved:
    """Return that a board could not be written there, and why."""
    return SettingsNotSaved(
        notice(
            translate("Settings", "The board could not be written to {path}: {reason}."),
            path=path,
            reason=reason_of(error),
        )
    )


def _fresh(path: Path, wall: Wall) -> bytes:
    """Return what is to stand in the file; what would be lost of it is put beside it first."""
    fresh = written_wall(wall)  # here a board that is none is refused, before anything is touched
    if not path.exists():
        return fresh
    old = content_of(path, LARGEST)
    try:
        after = rewritten(old, wall)
    except ValueError:
        after = Written(content=fresh, whole=False)
    if not after.whole:
        replace_file(_aside(path), old)
    return after.content


def _aside(path: Path) -> Path:
    """Return where an old file is put: never where an older one is, and never as a board."""
    names = (f"{path.name}.old", *(f"{path.name}.old-{at}" for at in range(2, _MOST_ASIDE)))
    free = (path.with_name(name) for name in names)
    return next((place for place in free if not place.exists()), path.with_name(names[-1]))


def logo_path(path: Path, wall: Wall) -> Path | None:
    """Return where the picture of a board's brand is. None if it has none. Touches no disk.

    Args:
        path: The board's own file.
    """
    if not wall.logo:
        return None
    if PurePosixPath(wall.logo).is_absolute() or PureWindowsPath(wall.logo).is_absolute():
        return Path(wall.logo)
    # The other machine may have told the parts of a path in its own way.
    return path.parent / wall.logo.replace("\\", "/")
