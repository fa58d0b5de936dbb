"""Makes bytes of what is told, whatever text there is in it."""

from __future__ import annotations

import re
from typing import Final

import msgspec

_write: Final = msgspec.json.Encoder().encode
_halves: Final = re.compile("[\ud800-\udfff]")


def encoded(told: object) -> bytes:
    """Return JSON in UTF-8. Half of a surrogate pair, which UTF-8 cannot say, becomes a `�`."""
    try:
        return _write(told)
    except UnicodeEncodeError:
        return _write(_mended(msgspec.to_builtins(told)))


def _mended(told: object) -> object:
    if isinstance(told, str):
        return _halves.sub("�", told)
    if isinstance(told, dict):
        return {_mended(key): _mended(content) for key, content in told.items()}
    if isinstance(told, list | tuple):
        return [_mended(content) for content in told]
    return told
