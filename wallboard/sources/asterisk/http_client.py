"""One connection to a web server: a request out, its answer in, one at a time, and nothing else.

The rules, in prose:

* Nobody is waited for but to connect and to send, and for that no longer than the deadline: what
  has come is read when it is asked for.
* An answer is taken as a whole and no larger than the cap. It is never compressed, since that is
  never asked for; who compresses all the same is not understood.
* No redirect is followed, no proxy is asked, no password is read from a file of this computer.
* A connection that the server has closed while nothing was asked is made anew, quietly. Closed
  with a question open, nobody knows whether it was heard: that is a loss, and nothing is repeated.
"""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum
from typing import Final

from wallboard.sources.asterisk.client import CHUNK, CHUNKS, Address, connected, lost, sent, unseen

MAX_HEAD: Final = 1 << 14
MAX_BODY: Final = 1 << 24
_MAX_LINE: Final = 1 << 10
_STATUS: Final = re.compile(rb"HTTP/1\.([01]) ([1-5][0-9]{2})(?: ([^\r\n]*))?")
_SIZE: Final = re.compile(rb"[0-9A-Fa-f]{1,8}")
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
# Answers that have no body, whatever their head says.
_BODILESS: Final = frozenset({204, 304})
_MOST_TRAILERS: Final = 100
_MOST_DIGITS: Final = 12


class NoHttp(Exception):
    """The bytes are no answer of a web server that we understand. The text says what they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, as a whole.

    Attributes:
        fields: Of the head; names in lower case.
    """

    status: int
    reason: str
    fields: tuple[tuple[str, str], ...]
    body: bytes

    def get(self, name: str) -> str:
        """Return the first field of a name, given in lower case; an empty text if none is."""
        return next((value for key, value in self.fields if key == name), "")

    def all(self, name: str) -> list[str]:
        """Return all fields of a name."""
        return [value for key, value in self.fields if key == name]


class _Awaits(Enum):
    """What comes next in an answer that is sent in chunks."""

    SIZE = "size"
    DATA = "data"
    END_OF_DATA = "end of data"
    TRAILER = "trailer"


@dataclass(slots=True)
class _Chunks:
    """Puts an answer together that is sent in chunks."""

    done: bool = False
    _awaits: _Awaits = _Awaits.SIZE
    _left: int = 0
    _fields: int = 0

    def feed(self, rest: bytearray, body: bytearray) -> None:
        """Move what is complete from `rest` to `body`.

        Raises:
            NoHttp: These are no chunks.
        """
        while not self.done:
            if self._awaits is _Awaits.DATA:
                piece = rest[: self._left]
                del rest[: self._left]
                body += piece
                self._left -= len(piece)
                if self._left:
                    return
                self._awaits = _Awaits.END_OF_DATA
            line, end, _ = rest.partition(b"\n")
            if len(line) > _MAX_LINE:
                raise NoHttp("a line without an end")
            if not end:
                return
            del rest[: len(line) + 1]
            self._line(bytes(line.strip()))

    def _line(self, line: bytes) -> None:
        if self._awaits is _Awaits.SIZE:
            size = line.partition(b";")[0].strip()
            if not _SIZE.fullmatch(size):
                raise NoHttp("a chunk without a size")
            self._left = int(size, 16)
            _fits(self._left)
            self._awaits = _Awaits.DATA if self._left else _Awaits.TRAILER
        elif self._awaits is _Awaits.TRAILER:
            self.done = not line
            self._fields += 1
            if self._fields > _MOST_TRAILERS:
                raise NoHttp("an answer without an end")
        elif line:
            raise NoHttp("a chunk without an end")
        else:
            self._awaits = _Awaits.SIZE


@dataclass(slots=True)
class AnswerReader:
    """Makes an answer of bytes, however they are cut. For one answer.

    Attributes:
        answer: None as long as it is not complete.
        closes: Whether nothing more comes after it over the same connection.
    """

    answer: Answer | None = None
    closes: bool = False
    _rest: bytearray = field(default_factory=bytearray)
    _body: bytearray = field(default_factory=bytearray)
    _head: Answer | None = None
    _length: int | None = None
    _chunks: _Chunks | None = None

    def feed(self, data: bytes) -> None:
        """Take bytes.

        Raises:
            NoHttp: They are no answer that we understand.
        """
        self._rest += data
        while self._head is None:
            if not self._read_head():
                return
        if self._chunks is not None:
            self._chunks.feed(self._rest, self._body)
        else:
            wanted = len(self._rest) if self._length is None else self._length - len(self._body)
            self._body += self._rest[:wanted]
            del self._rest[:wanted]
        _fits(len(self._body))
        if len(self._body) == self._length or (self._chunks is not None and self._chunks.done):
            self._complete(self._head)

    def end(self) -> bool:
        """The connection was closed. Returns whether the answer is complete by that."""
        if self._head is not None and self._chunks is None and self._length is None:
            self._complete(self._head)
        return self.answer is not None

    def _read_head(self) -> bool:
        """Read a head. Returns False if it is not there as a whole."""
        line = bytes(self._rest[: _MAX_LINE + 1].partition(b"\n")[0]).rstrip(b"\r")
        if not b"HTTP/1.".startswith(line[:7]) or len(line) > _MAX_LINE:
            raise NoHttp(shown(line))
        end = _HEAD_END.search(self._rest)
        if (len(self._rest) if end is None else end.start()) > MAX_HEAD:
            raise NoHttp("a head without an end")
        if end is None:
            return False
        lines = bytes(self._rest[: end.start()]).splitlines()
        del self._rest[: end.end()]
        status = _STATUS.fullmatch(line)
        if status is None:
            raise NoHttp(shown(line))
        if status[2].startswith(b"1"):
            return bool(self._rest)  # the answer is yet to come
        self._begin(status, lines[1:])
        return True

    def _begin(self, status: re.Match[bytes], lines: list[bytes]) -> None:
        pairs = [line.decode("latin-1").partition(":") for line in lines]
        head = self._head = Answer(
            status=int(status[2]),
            reason=(status[3] or b"").decode("latin-1").strip(),
            fields=tuple((name.strip().lower(), value.strip()) for name, _, value in pairs),
            body=b"",
        )
        if head.get("content-encoding").lower() not in ("", "identity"):
            raise NoHttp("a compressed answer that was not asked for")
        coding = head.get("transfer-encoding").lower()
        if coding == "chunked":
            self._chunks = _Chunks()
        elif coding not in ("", "identity"):
            raise NoHttp("an unknown transfer encoding")
        else:
            self._length = 0 if head.status in _BODILESS else _length_of(head)
        keeps = head.get("connection").lower()
        self.closes = (
            "close" in keeps
            or (status[1] == b"0" and "keep-alive" not in keeps)
            or (self._chunks is None and self._length is None)
        )

    def _complete(self, head: Answer) -> None:
        if self._rest:
            raise NoHttp("more than was asked for")
        self.answer = replace(head, body=bytes(self._body))


def _length_of(head: Answer) -> int | None:
    """Return how long the body is; None if it ends with the connection."""
    lengths = set(head.all("content-length"))
    if not lengths:
        return None
    length = lengths.pop()
    if lengths or not length.isascii() or not length.isdigit() or len(length) > _MOST_DIGITS:
        raise NoHttp("a length that is no number")
    _fits(int(length))
    return int(length)


def _fits(size: int) -> None:
    if size > MAX_BODY:
        raise NoHttp(f"an answer of more than {MAX_BODY >> 20} MiB")


class HttpConnection:
    """A connection to one web server, made when it is needed. Used by one thread."""

    def __init__(self, address: Address, deadline: timedelta) -> None:
        """Touch no network yet.

        Args:
            deadline: For connecting, and for each send.
        """
        self.address = address
        self.kept = True
        self._deadline_s = deadline.total_seconds()
        self._socket: socket.socket | None = None
        self._reader: AnswerReader | None = None
        host = f"[{address.host}]" if ":" in address.host else address.host
        self._host = f"{host}:{address.port}"

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._reader is not None

    def is_open(self) -> bool:
        """Return whether there is a connection to wait on."""
        return self._socket is not None

    def fileno(self) -> int:
        """Return what `select` can wait for; -1 if nothing is open."""
        return -1 if self._socket is None else self._socket.fileno()

    def unseen(self) -> bool:
        """Return whether there is to read what no `select` can see."""
        return self._socket is not None and unseen(self._socket)

    def post(self, path: str, form: bytes, fields: tuple[tuple[str, str], ...]) -> bool:
        """Send a form; connect first if need be. Returns whether it had to.

        Args:
            path, fields: What must hold no control characters.

        Raises:
            SourceUnavailable: Nobody answers there, or the connection was lost.
            SourceRefused: The certificate or the settings for it are not good.
        """
        fresh = self._socket is None or self._ended()
        if self._socket is None:
            self._socket = connected(self.address, self._deadline_s)
        told = {
            "Host": self._host,
            "User-Agent": "wallboard",
            "Accept": "text/plain",
            "Accept-Encoding": "identity",
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(form)),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in (*told.items(), *fields))
        data = f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + form
        try:
            sent(self._socket, data, self._deadline_s)
        except OSError as failed:
            self.close()
            raise lost(self.address) from failed
        self._reader = AnswerReader()
        return fresh

    def receive(self) -> Answer | None:
        """Return the answer, once it is there as a whole. Never waits.

        Raises:
            SourceUnavailable: The connection is lost before that.
            NoHttp: It is none that we understand.
        """
        for _ in range(CHUNKS):
            if self._socket is None:
                return None
            try:
                data = self._socket.recv(CHUNK)
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return None
            except OSError:
                data = b""
            answer = self._heard(data)
            if answer is not None:
                return answer
        return None

    def close(self) -> None:
        """Let go of the connection; what is awaited will not come."""
        if self._socket is not None:
            self._socket.close()
        self._socket = self._reader = None

    def _heard(self, data: bytes) -> Answer | None:
        reader = self._reader
        if reader is None:
            self.close()  # ended, or said what nobody asked
            return None
        if data:
            reader.feed(data)
        elif not reader.end():
            self.close()
            raise lost(self.address)
        answer = reader.answer
        if answer is not None:
            self._reader = None
            self.kept = not reader.closes
            if reader.closes:
                self.close()
        return answer

    def _ended(self) -> bool:
        """Return whether the server has closed the connection since the last answer."""
        if self._socket is not None and self._reader is None:
            self.receive()
        return self._socket is None


def shown(data: bytes) -> str:
    """Return the beginning of something strange, as text that is safe to show."""
    return ascii(data[:80].decode("utf-8", "replace").strip())
