"""A file of TOML: what it says, and in which line of it each value stands, for notices."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping

from wallboard.settings.notice import translate


def toml_of(content: bytes) -> Mapping[str, object]:
    """Return what a file says.

    Raises:
        ValueError: It is no TOML, and why.
    """
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except RecursionError as error:
        message = translate("Settings", "it is nested too deeply")
        raise ValueError(message) from error


def lines_of(text: str) -> Mapping[str, int]:
    """Return the number of the line, from 1 on, by key: `theme`, `measuring.target_s`.

    Rows of a list of tables are counted: `shifts[1].name`. What cannot be told for sure is left
    out; a value of several lines stands where it begins.

    Args:
        text: Of a file that is TOML.
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            path = _path(stripped)
            if path is None:
                continue
            table = ".".join(path)
            if stripped.startswith("[["):
                counts[table] = counts.get(table, 0) + 1
                table = f"{table}[{counts[table]}]"
            found.setdefault(table, number)
        elif "=" in stripped and not stripped.startswith("#"):
            path = _path(f"{_key(stripped)} = 0")
            if path is not None:
                found.setdefault(".".join((*([table] if table else []), *path)), number)
    return found


def _key(line: str) -> str:
    """Return what stands before the sign; a quoted key may hold one itself."""
    quote = line[0] if line[0] in "\"'" else ""
    end = line.find("=", line.find(quote, 1) + 1 if quote else 0)
    return line[:end]


def _path(line: str) -> tuple[str, ...] | None:
    """Return the names that a line of TOML leads through. None if it is no whole line."""
    try:
        told: object = tomllib.loads(line)
    except ValueError:
        return None
    return tuple(_names(told))


def _names(told: object) -> Iterator[str]:
    while True:
        if isinstance(told, list) and told:
            told = told[0]
        if not isinstance(told, Mapping) or not told:
            return
        name, told = next(iter(told.items()))
        yield str(name)
