"""Callers' numbers as they may be seen: whole, or with as much hidden as was decided."""

from __future__ import annotations

from typing import Final

from wallboard.domain.arranging import CallerNumbers

_WHOLE: Final = 10
_SHORT: Final = 6
_END: Final = 4
_MASK: Final = "•••"


def masked(number: str) -> str:
    """Return a number with its middle hidden; a short one wholly."""
    if len(number) >= _WHOLE:
        return f"{number[:_END]}{_MASK}{number[-_END:]}"
    if len(number) >= _SHORT:
        return f"{number[:2]}{_MASK}{number[-2:]}"
    return _MASK if number else ""


def caller_text(number: str, manner: CallerNumbers) -> str:
    """Return a number as it is to be shown; an empty one stays empty.

    Args:
        number: Fit to be shown.
    """
    if not number:
        return ""
    match manner:
        case CallerNumbers.WHOLE:
            return number
        case CallerNumbers.MASKED:
            return masked(number)
        case CallerNumbers.END:
            # Of a short number its end would be most of it.
            return f"{_MASK}{number[-_END:]}" if len(number) >= _WHOLE else _MASK
        case CallerNumbers.HIDDEN:
            return _MASK
