"""Reads one JSON object field by field: what cannot be read is unknown, or costs the row."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from json import loads
from typing import Any, Final, Generic, TypeVar, get_type_hints

import msgspec

from wallboard.api.protocol import believable
from wallboard.api.writing import encoded
from wallboard.domain.errors import FaultKind, SourceUnreadable, fault

_Form = TypeVar("_Form", bound=msgspec.Struct)
_Type = TypeVar("_Type")

UNREADABLE: Final = (ValueError, RecursionError)
"""What decoding raises; a msgspec.DecodeError is a ValueError."""

# What many writers let through, and no strict reader: NaN and Infinity, and halves of surrogate
# pairs, as a caller's name in another encoding becomes. Neither may cost the whole picture.
_careless: Final = re.compile(rb"NaN|Infinity|\\u[dD][89a-fA-F]")
# A number below zero is right nowhere in our documents: what is told so cannot be read.
_NO_NUMBER: Final = -1
_MARK: Final = b"\xef\xbb\xbf"


def decoded(decoder: msgspec.json.Decoder[_Type], document: bytes) -> _Type:
    """Return what a document says.

    Raises:
        SourceUnreadable: It is no such document.
    """
    try:
        return decoder.decode(document.removeprefix(_MARK))
    except UNREADABLE as error:
        try:
            return decoder.decode(mended(document))
        except UNREADABLE:
            raise unreadable(error) from error


def unreadable(reason: object) -> SourceUnreadable:
    """Return the error of an answer that cannot be read."""
    return SourceUnreadable(fault(FaultKind.BAD_DATA, reason=reason))


def field_or_none(decoder: msgspec.json.Decoder[_Type], raw: msgspec.Raw) -> _Type | None:
    """Return what a field says. None if it is absent or cannot be read."""
    if not bytes(raw):
        return None
    try:
        return decoder.decode(raw)
    except UNREADABLE:
        return None


class RowReader(Generic[_Form]):
    """Reads the objects of one list.

    A field that cannot be read has its default, which says "unknown". Times become UTC.

    Args:
        form: Fields without a default must be there and be readable.
        decisive: Fields that may be absent, but must be readable if they are told: without them
            the row would say something else.
    """

    def __init__(self, form: type[_Form], *, decisive: frozenset[str] = frozenset()) -> None:
        self._form = form
        required = {each.encode_name for each in msgspec.structs.fields(form) if each.required}
        self._required = frozenset(required)
        self._needed = decisive | required
        self._whole = msgspec.json.Decoder(form)
        self._objects = msgspec.json.Decoder(dict[str, msgspec.Raw])
        types = get_type_hints(form, include_extras=True)
        self._fields: dict[str, Callable[[msgspec.Raw], Any]] = {
            each.encode_name: msgspec.json.Decoder(types[each.name]).decode
            for each in msgspec.structs.fields(form)
        }
        self._times = tuple(
            each.name
            for each in msgspec.structs.fields(form)
            if datetime in _parts_of(types[each.name])
        )

    def read(self, raw: bytes) -> tuple[_Form, int]:
        """Return the row, and how many of its fields could not be read.

        Raises:
            ValueError, RecursionError: The row cannot be read.
        """
        try:
            row = self._whole.decode(raw)
            for name in self._times:
                instant = getattr(row, name)
                if instant is not None:
                    setattr(row, name, believable(instant))
        except UNREADABLE:
            return self._read_by_field(raw)
        return row, 0

    def _read_by_field(self, raw: bytes) -> tuple[_Form, int]:
        told = self._objects.decode(raw)
        read: dict[str, Any] = {}
        unread = 0
        for name, decode in self._fields.items():
            if name not in told:
                continue
            try:
                content = decode(told[name])
                read[name] = believable(content) if isinstance(content, datetime) else content
            except UNREADABLE:
                if name in self._needed:
                    raise
                unread += 1
        if not self._required <= read.keys():
            raise ValueError("a row without what it needs")
        return self._form(**read), unread


def _parts_of(hint: Any) -> set[Any]:  # noqa: ANN401 - a type
    """Return the types that a hint is made of."""
    parts = getattr(hint, "__args__", ())
    return {hint}.union(*map(_parts_of, parts))


def mended(document: bytes) -> bytes:
    """Return a document of a careless writer as JSON: its numbers that are none cannot be read.

    Halves of surrogate pairs become `�`.

    Raises:
        ValueError, RecursionError: That is not what is wrong with it.
    """
    if not _careless.search(document):
        raise ValueError("no number that is none, and no half of a letter")
    return encoded(loads(document.decode("utf-8-sig"), parse_constant=lambda _: _NO_NUMBER))
