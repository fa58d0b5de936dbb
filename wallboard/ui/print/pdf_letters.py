"""The tables of a PDF that say which letters its glyphs stand for, filled with what is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_FONT: Final = re.compile(
    rb"\n(\d+) 0 obj\s*<<\s*/Type /Font\s*/Subtype /Type0\s.*?/ToUnicode (\d+) 0 R", re.DOTALL
)
_RANGE: Final = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]+)>|\[([^\]]*)\])")
_AT_ONCE: Final = 100
"""So many letters may stand in one block of such a table."""
_LEAST_AGREED: Final = 0.9
_HEAD: Final = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_FOOT: Final = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def letter_tables(document: bytes, faces: Sequence[Mapping[int, str]]) -> Mapping[int, bytes]:
    """Return the tables of all fonts of a document, by the numbers of their objects.

    Qt numbers the glyphs of a font as they are first drawn, and fonts likewise. Where its own table
    says otherwise than ours too often, that does not hold, and there are none.

    Args:
        faces: As the glyph book has them.
    """
    fonts = sorted((int(font), int(table)) for font, table in _FONT.findall(document))
    if len(fonts) != len(faces):
        return {}
    tables = {}
    for (_, number), face in zip(fonts, faces, strict=True):
        theirs = dict(_told(document, number))
        # The first glyph of a font is the one for what it has not.
        ours = {at: text for at, text in enumerate(face.values(), 1) if text}
        both = [at for at in theirs if at in ours]
        agreed = sum(_plain(theirs[at]) == _plain(ours[at]) for at in both)
        if agreed < _LEAST_AGREED * len(both):
            return {}
        tables[number] = _table({**theirs, **ours})
    return tables


def _told(document: bytes, number: int) -> Iterator[tuple[int, str]]:
    """Yield what a table says."""
    begin = document.find(b"\n%d 0 obj" % number)
    end = document.find(b"endobj", begin)
    for first, last, start, listed in _RANGE.findall(document[begin:end]):
        low, high = int(first, 16), int(last, 16)
        if start:
            codes = range(int(start, 16), int(start, 16) + high - low + 1)
            yield from ((low + at, chr(code)) for at, code in enumerate(codes) if 0 < code < 0xD800)
        else:
            texts = re.findall(rb"<([0-9A-F]+)>", listed)
            for at, text in enumerate(texts):
                yield low + at, bytes.fromhex(text.decode()).decode("utf-16-be", errors="ignore")


def _table(letters: Mapping[int, str]) -> bytes:
    rows = [
        b"<%04X> <%b>\n" % (at, _plain(text).encode("utf-16-be").hex().upper().encode())
        for at, text in sorted(letters.items())
        if at <= 0xFFFF and _plain(text)
    ]
    blocks = []
    for at in range(0, len(rows), _AT_ONCE):
        block = rows[at : at + _AT_ONCE]
        blocks.append(b"%d beginbfchar\n%bendbfchar\n" % (len(block), b"".join(block)))
    content = _HEAD + b"".join(blocks) + _FOOT
    return b"<< /Length %d >>\nstream\n%bendstream" % (len(content), content)


def _plain(text: str) -> str:
    """Return letters for their joined shapes; a text holds no nought."""
    return unicodedata.normalize("NFKC", text).replace("\0", "")
