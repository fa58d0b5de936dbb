"""The wire format of the Asterisk Manager Interface: bytes to messages, actions to bytes.

The rules, in prose:

* A connection begins with one line, the banner. Then come messages: lines `Name: value`, ended by
  an empty line. Some servers end one with two empty lines, so empty messages are skipped.
* A message is decoded as a whole, so a letter of several bytes that is cut between two segments
  of the network is none of our business. Bytes that are no UTF-8 become replacement marks.
* What nobody wants is skipped by its name before it is decoded: most of the stream is.
* Nothing that could end a line may be in a field that we send: the rest of it would be read as
  further fields, or as another action.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

Message: TypeAlias = Mapping[str, str]

BANNER: Final = b"Asterisk Call Manager/"
MAX_MESSAGE: Final = 1 << 20
MAX_BANNER: Final = 256
# The server refuses a line of 1024 bytes and more than 128 lines.
MAX_LINE: Final = 1023
MAX_LINES: Final = 128

_END: Final = b"\r\n\r\n"
_EVENT: Final = b"Event: "
_CONTROLS: Final = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)))


class Unsendable(ValueError):
    """A field holds what must not be sent. The text names the field, never its value."""


class Garbled(Exception):
    """The bytes are not what this protocol allows."""


class Decoder:
    """Turns the bytes of one connection into messages. Holds what is not complete yet."""

    def __init__(self, *, wanted: Iterable[str] | None = None, banner: bool = True) -> None:
        """Start before the first byte.

        Args:
            wanted: Names of events to decode, rows of lists among them; others are skipped
                unread. None decodes all. Answers, which are not events, are always decoded.
            banner: Whether a banner comes first.
        """
        self.banner: str | None = None
        self.skipped = 0
        self._wanted = None if wanted is None else frozenset(name.encode() for name in wanted)
        self._rest = b""
        self._before_banner = banner

    def feed(self, data: bytes) -> list[dict[str, str]]:
        """Return the messages that are complete now.

        Raises:
            Garbled: There is no banner, or a message has no end. The connection is of no more use.
        """
        data = self._rest + data
        if self._before_banner:
            line, end, after = data.partition(b"\r\n")
            if not BANNER.startswith(line[: len(BANNER)]) or len(line) > MAX_BANNER:
                raise Garbled(_shown(line))
            if not end:
                self._rest = data
                return []
            if not line.startswith(BANNER):
                raise Garbled(_shown(line))
            self.banner = _text(line)
            self._before_banner = False
            data = after
        *blocks, self._rest = data.split(_END)
        if len(self._rest) > MAX_MESSAGE:
            raise Garbled("a message without an end")
        return self._decoded(blocks)

    def _decoded(self, blocks: list[bytes]) -> list[dict[str, str]]:
        wanted = self._wanted
        messages = []
        for raw in blocks:
            # Left over from a message that was ended twice.
            block = raw.lstrip(b"\r\n") if raw[:1] in b"\r\n" else raw
            if not block:
                continue
            if (
                wanted is not None
                and block[:7] == _EVENT
                and block[7:80].partition(b"\r")[0] not in wanted
            ):
                self.skipped += 1
                continue
            messages.append(fields_of(block))
        return messages


def fields_of(block: bytes) -> dict[str, str]:
    """Return the fields of one message. Of a name that comes twice the first value holds."""
    text = block.decode("utf-8", "replace")
    lines = text.split("\r\n")
    try:
        # Nearly all messages: every line has a name and a value.
        fields = dict([line.split(": ", 1) for line in lines])
    except ValueError:
        fields = {}
    if len(fields) != len(lines):
        fields = {}
        for line in lines:
            name, colon, value = line.partition(":")
            if colon:
                fields.setdefault(name, value.removeprefix(" "))
    return fields


def encoded(action: str, fields: Iterable[tuple[str, str]]) -> bytes:
    """Return one action as the bytes of one send.

    Raises:
        Unsendable: A name or value holds a line end or another control character, or is too
            long, or there are too many.
    """
    lines = [_line("Action", action)]
    lines.extend(_line(name, value) for name, value in fields)
    if len(lines) > MAX_LINES:
        raise Unsendable(f"{len(lines)} fields are more than the server takes ({MAX_LINES})")
    return b"\r\n".join(lines) + _END


def _line(name: str, value: str) -> bytes:
    if not name.isascii() or not name.isalnum():
        raise Unsendable("a field's name may hold letters and digits only")
    if not _CONTROLS.isdisjoint(value):
        raise Unsendable(f"the field {name} holds a control character")
    try:
        line = f"{name}: {value}".encode()
    except UnicodeEncodeError as wrong:
        raise Unsendable(f"the field {name} holds what is no text") from wrong
    if len(line) > MAX_LINE:
        raise Unsendable(f"the field {name} is longer than the server takes ({MAX_LINE} bytes)")
    return line


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").strip()


def _shown(data: bytes) -> str:
    return ascii(_text(data[:80]))
