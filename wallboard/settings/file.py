"""The file of settings: read with forgiveness, written whole, with the user's comments kept.

What is broken never stops the program. There are three copies of the last good settings beside
the file; the newest readable one stands in for a file that is broken, cut short or gone, and a
notice says so. At the next change the broken file is set aside, not overwritten.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tomlkit.exceptions import TOMLKitError

from wallboard.domain.errors import WallboardError
from wallboard.settings.model import Settings
from wallboard.settings.notice import Notice, notice, translate
from wallboard.settings.paths import made
from wallboard.settings.reading import Loaded, read_settings
from wallboard.settings.whole_file import alone, replace_file
from wallboard.settings.writing import same, written

COPIES: Final = 3
LARGEST: Final = 1_000_000
"""Bytes. A larger file is not ours."""


class SettingsNotSaved(WallboardError):
    """The settings could not be written; the old ones stand. Ask the user.

    Attributes:
        notice: Why, as a sentence.
    """

    def __init__(self, told: Notice) -> None:
        super().__init__(str(told))
        self.notice = told


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The settings of one user on disk. Holds nothing: each call looks at the disk anew."""

    path: Path

    def load(self) -> Loaded:
        """Return what is set. Never raises because of what the file holds.

        A good file that has no copy yet, because the user edited it, gets one.
        """
        found = self._found()
        if found.good and not found.loaded.notices:
            with suppress(OSError):
                self._remember(found.content)
        return found.loaded

    def change(self, alter: Callable[[Settings], Settings]) -> Settings:
        """Change the settings, and return the new ones.

        One process at a time: what another one saved in between is what `alter` gets.

        Raises:
            SettingsNotSaved: Nothing changed.
        """
        try:
            made(self.path.parent)
            with alone(self.path.with_name("settings.lock")):
                return self._changed(alter)
        except OSError as error:
            raise SettingsNotSaved(
                notice(
                    translate(
                        "Settings",
                        "The settings could not be written to {path}: {reason}."
                        " Make room or allow writing there, or choose another place"
                        " with WALLBOARD_HOME.",
                    ),
                    path=self.path,
                    reason=error.strerror or type(error).__name__,
                )
            ) from error

    def _changed(self, alter: Callable[[Settings], Settings]) -> Settings:
        found = self._found()
        before = found.loaded.settings
        after = alter(before)
        try:
            content = written(found.content, before, after)
            faithful = same(read_settings(content).settings, after)
        except (TOMLKitError, ValueError, KeyError, TypeError, AttributeError) as error:
            # An unusual but valid file can be beyond tomlkit; then nothing is written.
            raise self._unfaithful() from error
        if not faithful:
            raise self._unfaithful()
        if found.good:
            self._remember(found.content)
        else:
            self._set_aside()
        self._remember(content)
        replace_file(self.path, content)
        return after

    def _unfaithful(self) -> SettingsNotSaved:
        return SettingsNotSaved(
            notice(
                translate(
                    "Settings",
                    "The settings in {path} are written in a way that cannot be changed"
                    " without loss. Nothing was changed; simplify the file or move it away.",
                ),
                path=self.path,
            )
        )

    def _found(self) -> _Found:
        try:
            content: bytes | None = _content(self.path)
            reason = ""
        except (OSError, ValueError) as error:
            content, reason = None, _reason(error)
        copies = [copy for copy in map(self._copy, range(1, COPIES + 1)) if copy is not None]
        if content is not None and not reason:
            if copies and _cut_short(content, copies[0]):
                reason = translate("Settings", "it ends too early")
            else:
                try:
                    return _Found(content=content, loaded=read_settings(content), good=True)
                except ValueError as error:
                    reason = _reason(error)
        return self._stand_in(copies, reason)

    def _stand_in(self, copies: list[bytes], reason: str) -> _Found:
        for content in copies:
            try:
                loaded = read_settings(content)
            except ValueError:
                continue
            told = notice(
                translate(
                    "Settings",
                    "The settings in {path} cannot be read ({reason}); the last good copy"
                    " of them is used.",
                ),
                path=self.path,
                reason=reason or translate("Settings", "the file is gone"),
            )
            return _Found(content=content, loaded=replace(loaded, notices=(told, *loaded.notices)))
        if not reason:
            return _Found(content=b"", loaded=Loaded(settings=Settings()))
        told = notice(
            translate(
                "Settings",
                "The settings in {path} cannot be read ({reason}) and there is no copy of them;"
                " the program's own are used, and the file is left as it is.",
            ),
            path=self.path,
            reason=reason,
        )
        return _Found(content=b"", loaded=Loaded(settings=Settings(), notices=(told,)))

    def _copy_path(self, number: int) -> Path:
        return self.path.with_name(f"settings.backup-{number}.toml")

    def _copy(self, number: int) -> bytes | None:
        try:
            return _content(self._copy_path(number))
        except (OSError, ValueError):
            return None

    def _remember(self, content: bytes) -> None:
        """Make `content` the newest of the copies, unless it is already."""
        if not content or self._copy(1) == content:
            return
        for number in range(COPIES, 1, -1):
            with suppress(FileNotFoundError):
                self._copy_path(number - 1).replace(self._copy_path(number))
        replace_file(self._copy_path(1), content)

    def _set_aside(self) -> None:
        """Keep a broken file under another name, for who wants to look at it."""
        places = [self.path.with_name(f"settings.broken-{number}.toml") for number in range(1, 10)]
        free = next((place for place in places if not place.exists()), places[-1])
        with suppress(FileNotFoundError):
            self.path.replace(free)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What is on the disk.

    Attributes:
        content: What the settings were read from: the file, a copy, or nothing.
        good: True if that was the file itself.
    """

    content: bytes
    loaded: Loaded
    good: bool = False


def _content(path: Path) -> bytes:
    """Return the file's bytes, or raise OSError or ValueError; a missing one raises the first."""
    with path.open("rb") as handle:
        content = handle.read(LARGEST + 1)
    if len(content) > LARGEST:
        message = translate("Settings", "it is too large")
        raise ValueError(message)
    return content


def _cut_short(content: bytes, copy: bytes) -> bool:
    return copy.startswith(content) and content.rstrip() != copy.rstrip()


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return ""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    if isinstance(error, UnicodeDecodeError):
        return translate("Settings", "it is not UTF-8")
    return str(error)[:200]
