"""Names that every system takes for a file, and every workbook for a sheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

MOST_BYTES: Final = 120
MOST_OF_A_SHEET: Final = 31
_LOOKED_AT: Final = 512
"""So many letters of a name are read; no more of it could stay."""

# Windows keeps these for devices, with any ending.
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
)
_SHEET_HOLDS_NOT: Final = re.compile(r"[\[\]:*?/\\]")


def file_stem(*parts: str) -> str:
    """Return the parts as one name of a file, without its ending; never empty.

    Letters, digits and marks of any language stay; all else becomes a hyphen. It names no folder
    and no device, begins with no dot, and is at most 120 bytes long.
    """
    joined = "-".join(part[:_LOOKED_AT] for part in parts if part)
    told = unicodedata.normalize("NFC", joined)
    kept = "".join(letter if _stays(letter) else "-" for letter in told)
    name = re.sub("-{2,}", "-", kept).strip("-_")
    name = _cut(name, MOST_BYTES).strip("-_")
    return f"report-{name}" if not name or name.casefold() in _DEVICES else name


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Return a name of a sheet for each title, each only once, capital letters aside."""
    taken: set[str] = {"history"}  # kept by workbooks for themselves
    names = []
    for title in titles:
        name = _sheet_name(title)
        number = 2
        while name.casefold() in taken:
            ending = f" ({number})"
            name = _cut_units(_sheet_name(title), MOST_OF_A_SHEET - len(ending)).rstrip() + ending
            number += 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _sheet_name(title: str) -> str:
    clean = "".join(
        " " if unicodedata.category(letter) in ("Zs", "Zl", "Zp") else letter
        for letter in title[:_LOOKED_AT]
        if unicodedata.category(letter) not in ("Cc", "Cs", "Cn", "Co") and not _turns(letter)
    )
    clean = re.sub(" {2,}", " ", _SHEET_HOLDS_NOT.sub(" ", clean)).strip(" '")
    return _cut_units(clean, MOST_OF_A_SHEET).rstrip(" '") or "-"


def _stays(letter: str) -> bool:
    return letter in "-_" or unicodedata.category(letter)[0] in "LMN" or letter == "\u200c"


def _turns(letter: str) -> bool:
    """True for what is not seen, but for the joiners that Persian is written with."""
    return unicodedata.category(letter) == "Cf" and letter not in "\u200c\u200d"


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _cut_units(text: str, most: int) -> str:
    """Return as much of it as has so many units of UTF-16, by which workbooks count."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore")
