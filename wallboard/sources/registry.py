"""Finds the vendors that are installed, ours and strangers' by the same door."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from wallboard.domain.errors import WallboardError
from wallboard.domain.source import SourceKind

GROUP: Final = "wallboard.sources"
"""The entry-point group; an entry's name is the key of the SourceKind that it points at."""


class KindUnknown(WallboardError):
    """No installed package brings this kind of source.

    Attributes:
        key: What was asked for.
        keys: What there is.
    """

    def __init__(self, key: str, keys: tuple[str, ...]) -> None:
        super().__init__(f"no kind of source is called {key!r}")
        self.key = key
        self.keys = keys


class KindUnusable(WallboardError):
    """A vendor's package is installed and does not load. Report it to its author.

    Attributes:
        key: The kind's key.
        package: Where it points at.
        reason: The cause, in English.
    """

    def __init__(self, key: str, package: str, reason: str) -> None:
        super().__init__(f"the source {key!r} of {package} cannot be loaded: {reason}")
        self.key = key
        self.package = package
        self.reason = reason


def kind_keys() -> tuple[str, ...]:
    """Return the keys of all installed kinds, sorted. Imports no vendor."""
    return tuple(sorted(_entries()))


def kind(key: str) -> SourceKind:
    """Return one kind of source; only its own vendor is imported.

    Raises:
        KindUnknown: Nothing installed is called that.
        KindUnusable: It is installed and does not load.
    """
    entries = _entries().get(key)
    if not entries:
        raise KindUnknown(key, kind_keys())
    # Passwords are handed to what stands here: with two claims to a name, neither is trusted.
    places = sorted({entry.value for entry in entries})
    if len(places) > 1:
        raise KindUnusable(key, " / ".join(places), "two packages claim this name")
    try:
        loaded: object = entries[0].load()
    except Exception as error:  # a stranger's module may raise anything while it is imported
        raise KindUnusable(key, places[0], f"{type(error).__name__}: {error}") from error
    if not isinstance(loaded, SourceKind):
        raise KindUnusable(key, places[0], f"it is no SourceKind but {type(loaded).__name__}")
    if loaded.key != key:
        raise KindUnusable(key, places[0], f"it calls itself {loaded.key!r}")
    return loaded


def source_kinds() -> Mapping[str, SourceKind]:
    """Return all kinds that load, by key, sorted. Imports every vendor."""
    return {key: found for key in kind_keys() if isinstance(found := _tried(key), SourceKind)}


def unusable_kinds() -> tuple[KindUnusable, ...]:
    """Return why the kinds that do not load do not. Imports every vendor."""
    return tuple(found for key in kind_keys() if isinstance(found := _tried(key), KindUnusable))


def _tried(key: str) -> SourceKind | KindUnusable:
    try:
        return kind(key)
    except KindUnusable as error:
        return error


# Reading the metadata of all installed packages takes some milliseconds, and does not change
# while the program runs.
@cache
def _entries() -> Mapping[str, tuple[EntryPoint, ...]]:
    found: dict[str, tuple[EntryPoint, ...]] = {}
    for entry in entry_points(group=GROUP):
        found[entry.name] = (*found.get(entry.name, ()), entry)
    return found
