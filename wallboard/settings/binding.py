"""To whom secrets are told: a word that differs whenever that does, kept beside the secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Final

from wallboard.domain.source import Field

BOUND_TO: Final = "@address"
"""Beside the secrets, where nobody alters it who only edits the settings."""


def binding(
    fields: Iterable[Field], told: Mapping[str, str], of: Callable[[str], str] = str.strip
) -> str:
    """Return what is another whenever secrets would be told to another one. Empty: nobody is named.

    Args:
        fields: All that there are; those that bind count.
        told: Their values; a default stands for what is missing.
        of: Returns of a value what counts.
    """
    lines = [
        f"{field.key}={of(told.get(field.key) or field.default)}" for field in fields if field.binds
    ]
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest() if lines else ""
