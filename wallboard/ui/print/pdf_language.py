"""What Qt leaves out of a PDF's catalog: the language of its text and the way it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_CATALOG: Final = re.compile(rb"\n(\d+) 0 obj\s*<<(?=[^>]*/Type\s*/Catalog)")
_LOCALES: Final = {"fa": b"fa-IR", "en": b"en"}


def catalog_with_language(
    document: bytes, language: str, *, right_to_left: bool
) -> Mapping[int, bytes]:
    """Return the catalog that tells the language, by its number; none if it isn't as we know it.

    Args:
        language: `en` or `fa`.
        right_to_left: True if its pages are bound and read from the right.
    """
    found = _CATALOG.search(document)
    if found is None:
        return {}
    end = document.find(b"endobj", found.end())
    body = document[found.end() : end].rstrip()
    if not body.endswith(b">>") or b"/Lang" in body or b"/ViewerPreferences" in body:
        return {}
    reading = b"/R2L" if right_to_left else b"/L2R"
    added = (
        b"/Lang (" + _LOCALES.get(language, b"en") + b")\n"
        b"/ViewerPreferences << /DisplayDocTitle true /Direction " + reading + b" >>\n"
    )
    return {int(found.group(1)): b"<<" + body.removesuffix(b">>") + added + b">>"}
