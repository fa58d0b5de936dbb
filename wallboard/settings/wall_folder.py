"""The folder of TVs' boards: names that every system takes, copies, boards that come and go."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from wallboard.domain.walls import Wall
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.notice import Notice, notice, translate
from wallboard.settings.paths import made
from wallboard.settings.wall_reading import (
    LARGEST,
    WallUnreadable,
    content_of,
    reason_of,
    unreadable,
    wall_of,
)
from wallboard.settings.wall_writing import rewritten, written_wall
from wallboard.settings.walls import LOCK, SUFFIX, WallFile, logo_path, not_written, wall_files
from wallboard.settings.whole_file import alone, replace_file

LONGEST_NAME: Final = 40
"""Letters: also in a script of three bytes a letter, every system takes the name."""
LARGEST_LOGO: Final = 4_000_000
"""Bytes."""
LOGO_ENDINGS: Final = (".png", ".jpg", ".jpeg")

_Result = TypeVar("_Result")

_JOINERS: Final = "\u200c\u200d"
# No comma: on the command line it parts one board from the next.
_SIGNS: Final = frozenset(" -_()" + _JOINERS)
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789"}
)
_NAME_NOTE: Final = translate(
    "Settings", "1 to 40 letters, digits, spaces and - _ ( ), beginning with a letter or digit"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A board that was removed, for who wants it back."""

    name: str
    content: bytes


def fit_name(told: str) -> str:
    """Return the name of a board as its file can be called on every system.

    Raises:
        SettingsNotSaved: There can be no such file; and what there can be.
    """
    name = " ".join(unicodedata.normalize("NFC", told).split()).strip(_JOINERS)
    if not _fits(name):
        raise SettingsNotSaved(
            notice(
                translate("Settings", "A board cannot be called {name}. Possible: {choices}."),
                name=told[:60],
                choices=_NAME_NOTE,
            )
        )
    return name


def _fits(name: str) -> bool:
    if not 0 < len(name) <= LONGEST_NAME or name.casefold() in _RESERVED:
        return False
    if not name[0].isalnum():
        return False
    # A mark belongs to the letter before it.
    return all(
        letter.isalnum() or letter in _SIGNS or unicodedata.category(letter) == "Mn"
        for letter in name
    )


@dataclass(frozen=True, slots=True)
class WallFolder:
    """The boards of this user. Holds nothing: each call looks at the disk anew."""

    path: Path

    def file(self, name: str) -> Path:
        """Return where the board of a name is, be it there or not.

        Raises:
            SettingsNotSaved: There can be no such file.
        """
        # One that is there may have been named by another program.
        there = next((each.path for each in self._there() if each.name == name), None)
        return there or self.path / f"{fit_name(name)}{SUFFIX}"

    def free_name(self, wanted: str) -> str:
        """Return a name that no board has: the wanted one, or that with a number.

        Raises:
            SettingsNotSaved: There can be no such name.
        """
        name = fit_name(wanted[:LONGEST_NAME])
        taken = {each.name.casefold() for each in self._there()}
        tried = (_numbered(name, number) for number in range(1, len(taken) + 2))
        return next(each for each in tried if each.casefold() not in taken)

    def copy(self, name: str) -> str:
        """Make another board of what one is, and return its name.

        Raises:
            SettingsNotSaved: Nothing changed.
        """
        return self._put(name, lambda: content_of(self.file(name), LARGEST))

    def rename(self, name: str, to: str) -> str:
        """Call a board otherwise, and return how.

        Raises:
            SettingsNotSaved: Nothing changed.
        """
        after = fit_name(to)

        def act() -> str:
            old = self.file(name)
            taken = {each.name.casefold() for each in self._there() if each.name != name}
            if after.casefold() in taken:
                raise SettingsNotSaved(
                    notice(translate("Settings", "Another board is called {name}."), name=after)
                )
            old.rename(self.path / f"{after}{SUFFIX}")
            return after

        return self._alone(act)

    def remove(self, name: str) -> Gone:
        """Take a board away, and return what it was.

        Raises:
            SettingsNotSaved: Nothing changed.
        """

        def act() -> Gone:
            path = self.file(name)
            gone = Gone(name=name, content=path.read_bytes())
            path.unlink()
            return gone

        return self._alone(act)

    def put_back(self, gone: Gone) -> str:
        """Let a board that was removed be there again, and return its name.

        Raises:
            SettingsNotSaved: Nothing changed.
        """
        return self._put(gone.name, lambda: gone.content)

    def bring_in(self, source: Path) -> tuple[str, tuple[Notice, ...]]:
        """Make a board of a file from elsewhere, with its picture if that stands beside it.

        Returns:
            Its name, and what of it cannot be used.

        Raises:
            SettingsNotSaved: Nothing changed, but for the picture.
            WallUnreadable: It is no board.
        """
        try:
            content = content_of(source, LARGEST)
            read = wall_of(content)
        except (OSError, ValueError) as error:
            raise unreadable(source, error) from error
        picture = logo_path(source, read.wall)
        notices = read.notices
        if picture is not None:
            try:
                wall = replace(read.wall, logo=self.take_logo(picture))
                content = rewritten(content, wall).content
            except SettingsNotSaved as error:
                # The board is of use without it.
                notices = (*notices, error.notice)
        stem = source.stem if _fits(source.stem) else "board"
        return self._put(stem, lambda: content), notices

    def give_out(self, name: str, target: Path) -> None:
        """Write a board, and its picture beside it, to where it can be carried from.

        Raises:
            SettingsNotSaved: It is not there, or not all of it.
            WallUnreadable: The board cannot be read.
        """
        path = self.file(name)
        try:
            content = content_of(path, LARGEST)
            wall = wall_of(content).wall
        except (OSError, ValueError) as error:
            raise unreadable(path, error) from error
        picture = logo_path(path, wall)
        try:
            if picture is not None and picture.exists():
                kept = _picture(picture)
                replace_file(target.with_name(picture.name), kept)
                content = rewritten(content, replace(wall, logo=picture.name)).content
            replace_file(target, content)
        except (OSError, ValueError) as error:
            raise not_written(target, error) from error

    def take_logo(self, picture: Path) -> str:
        """Keep a picture beside the boards, and return its name there: the same for the same one.

        Raises:
            SettingsNotSaved: It is no such picture, or could not be kept.
        """
        try:
            content = _picture(picture)
            name = f"logo-{hashlib.sha256(content).hexdigest()[:12]}{picture.suffix.lower()}"
            made(self.path)
            replace_file(self.path / name, content)
        except (OSError, ValueError) as error:
            raise SettingsNotSaved(
                notice(
                    translate("Settings", "The picture {path} cannot be used: {reason}."),
                    path=picture,
                    reason=reason_of(error),
                )
            ) from error
        return name

    def fresh(self, wanted: str, wall: Wall) -> str:
        """Make a board, and return its name.

        Raises:
            SettingsNotSaved: Nothing changed.
        """
        try:
            content = written_wall(wall)
        except WallUnreadable as error:
            raise SettingsNotSaved(error.notices[0]) from error
        return self._put(wanted, lambda: content)

    def _put(self, wanted: str, content: Callable[[], bytes]) -> str:
        def act() -> str:
            name = self.free_name(wanted)
            replace_file(self.path / f"{name}{SUFFIX}", content())
            return name

        return self._alone(act)

    def _alone(self, act: Callable[[], _Result]) -> _Result:
        try:
            made(self.path)
            with alone(self.path / LOCK):
                return act()
        except (OSError, ValueError) as error:
            raise not_written(self.path, error) from error

    def _there(self) -> tuple[WallFile, ...]:
        return wall_files(self.path)


def _picture(path: Path) -> bytes:
    """Return what is in the file of a picture.

    Raises:
        OSError: It cannot be read.
        ValueError: It is none, or too large.
    """
    if path.suffix.lower() not in LOGO_ENDINGS:
        raise ValueError(translate("Settings", "it is no PNG or JPEG picture"))
    return content_of(path, LARGEST_LOGO)


def _numbered(name: str, number: int) -> str:
    if number == 1:
        return name
    end = f" {number}"
    return f"{name[: LONGEST_NAME - len(end)].rstrip()}{end}"
