"""Writes the notices of everything that a release holds and others made, from what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from holdings import Part

TEXTS: Final = ("Apache-2.0", "LGPL-3.0-only", "GPL-3.0-only", "MPL-2.0")
"""Licences whose whole texts are brought along, by their SPDX names."""

_HEAD: Final = """\
Wallboard {version} is under the licence Apache-2.0, whose text is below.
It holds software of others, each under its own licence. They are listed here with the notices
that they bring along.

Qt and PySide6 are used under LGPL-3.0. They lie as files of their own in the program's folder, so
that you may put other builds of the same version in their place; nothing here forbids to take
them apart for that. Qt itself holds software of others again, FreeType, HarfBuzz, ICU, libpng,
libjpeg-turbo, PCRE2 and zlib among it; its makers list all of it at
https://doc.qt.io/qt-6/licenses-used-in-qt.html
"""
_LINE: Final = "=" * 90


def notices(version: str, parts: Iterable[Part], texts: Mapping[str, str]) -> str:
    """Return the notices as one text.

    Args:
        texts: Whole texts of licences by their SPDX names.
    """
    listed = list(parts)
    head = _HEAD.format(version=version)
    table = "\n".join(
        f"  {part.name} {part.version}: {part.licence or 'as its notice says'}" for part in listed
    )
    told = [_told(part) for part in listed if part.texts]
    whole = [f"{_LINE}\n{name}\n{_LINE}\n\n{text.strip()}\n" for name, text in texts.items()]
    return "\n".join([head, table, "", *told, *whole])


def _told(part: Part) -> str:
    texts = "\n\n".join(text.strip() for text in dict.fromkeys(part.texts))
    home = f"\n{part.home}" if part.home else ""
    return f"{_LINE}\n{part.name} {part.version}{home}\n{_LINE}\n\n{texts}\n"
