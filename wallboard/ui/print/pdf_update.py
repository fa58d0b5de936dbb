"""Changes objects of a PDF by what follows its end: all that was written before stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_TRAILER: Final = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*\Z", re.DOTALL)


def updated(document: bytes, objects: Mapping[int, bytes]) -> bytes:
    """Return the document with other objects under their numbers; as it is, if it can't be changed.

    Args:
        objects: What stands between `obj` and `endobj`, by number.
    """
    trailer = _TRAILER.search(document)
    if trailer is None or not objects:
        return document
    parts = [document if document.endswith(b"\n") else document + b"\n"]
    at = len(parts[0])
    table = [b"xref\n"]
    for number in sorted(objects):
        written = b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
        table.append(b"%d 1\n%010d 00000 n \n" % (number, at))
        parts.append(written)
        at += len(written)
    before = trailer.group(1).strip()
    end = b"trailer\n<<\n%b\n/Prev %b\n>>\nstartxref\n%d\n%%%%EOF\n"
    return b"".join([*parts, *table, end % (before, trailer.group(2), at)])
