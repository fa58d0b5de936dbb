"""What the palette can find, and which of it is meant by a few letters."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest
from operator import itemgetter

from wallboard.ui.search_text import search_key
from wallboard.ui.thing import Thing


def found(things: Iterable[Thing], typed: str, most: int) -> tuple[Thing, ...]:
    """Return what is meant by what was typed, the best first; the first ones for nothing typed."""
    sought = search_key(typed)
    if not sought:
        return tuple(thing for thing, _ in zip(things, range(most), strict=False))
    ranked = []
    for at, thing in enumerate(things):
        rank = _rank(sought, thing)
        if rank is not None:
            ranked.append((rank, at, thing))
    return tuple(thing for _, _, thing in nsmallest(most, ranked, key=itemgetter(0, 1)))


def _rank(sought: str, thing: Thing) -> int | None:
    """Return how well a thing fits, 0 best; None if it does not."""
    name = search_key(thing.name)
    rank = _rank_in(sought, name)
    if rank is not None:
        return rank
    words = sought.split()
    whole = f"{name} {search_key(thing.kind)} {search_key(thing.note)}"
    if all(word in whole for word in words):
        return 5
    return 6 if _scattered(sought.replace(" ", ""), name) else None


def _rank_in(sought: str, name: str) -> int | None:
    if name.startswith(sought):
        return 0 if name == sought else 1
    # What follows a mark of any kind is the beginning of a word.
    begins = "".join([" ", *(letter if letter.isalnum() else " " for letter in name)])
    if f" {sought}" in begins:
        return 2
    words = sought.split()
    if all(f" {word}" in begins for word in words):
        return 3
    return 4 if all(word in name for word in words) else None


def _scattered(letters: str, name: str) -> bool:
    """Return whether the letters stand in the name in this order, whatever is between them."""
    rest = iter(name)
    return all(letter in rest for letter in letters)
