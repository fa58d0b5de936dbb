"""What a painted widget tells those who listen, read off without a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

from wallboard.ui.accessible.part import HERE, Part, Path, TellsParts


def parts_of(tells: TellsParts, within: Path = HERE) -> Iterator[tuple[Path, Part]]:
    """Yield all parts, each before those that are in it."""
    for key in tells.told_parts(within):
        path = (*within, key)
        part = tells.told_part(path)
        assert part is not None, path
        yield path, part
        yield from parts_of(tells, path)


def heard(tells: TellsParts) -> str:
    """Return all that is told, a line a part."""
    return "\n".join(f"{part.name}: {part.words}" for _, part in parts_of(tells))
