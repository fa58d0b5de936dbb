"""What the window and a source's process say to each other: length-prefixed MessagePack frames."""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypeAlias

import msgspec

from wallboard.domain.errors import Fault, WallboardError
from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall, Fact, Retraction
from wallboard.domain.snapshot import Snapshot, SnapshotChange
from wallboard.domain.supervision import Monitoring, Wish, WishKind

LARGEST_FRAME: Final = 32 * 1024 * 1024
"""In bytes: ten thousand agents told whole are a tenth of it."""
_PREFIX: Final = 4


class WireBroken(WallboardError):
    """The other end said something that is not of this language. Close the connection."""


class Hello(msgspec.Struct, frozen=True, tag=True):
    """The process' first word: it holds the token that only the window knew."""

    token: str


class Begin(msgspec.Struct, frozen=True, tag=True):
    """The window's first word.

    Attributes:
        seed: The last picture of the process before, whose calls were open. None at the start.
    """

    seed: Snapshot | None = None


class PollNow(msgspec.Struct, frozen=True, tag=True):
    """The window wants a picture without waiting for the next poll."""


class Ask(msgspec.Struct, frozen=True, tag=True):
    """The window passes a supervisor's wish on, once.

    Attributes:
        key: What the answer is told under.
        until: Nothing is begun after it: who asked has been told by then that nobody knows. By
            the machine's clock, which both ends have.
    """

    key: str
    wish: Wish
    until: datetime


class Stop(msgspec.Struct, frozen=True, tag=True):
    """The window is done with this source."""


class Taken(msgspec.Struct, frozen=True):
    """The source answered; told as what changed since the last time.

    Attributes:
        facts: Those of one kind keep their order; the kinds may arrive in another.
        retracted, monitorings, lacks: As in `Fetched`.
    """

    change: SnapshotChange
    facts: tuple[Fact, ...] = ()
    notices: tuple[Fault, ...] = ()
    retracted: tuple[Retraction, ...] = ()
    monitorings: tuple[Monitoring, ...] | None = None
    lacks: tuple[tuple[WishKind, str], ...] = ()


class _TakenTold(msgspec.Struct, frozen=True, tag="Taken", omit_defaults=True):
    """A picture as it crosses the wire: facts sorted by kind, which needs no mark on each."""

    change: SnapshotChange
    calls: tuple[CallRecord, ...] = ()
    spells: tuple[AgentSpell, ...] = ()
    directs: tuple[DirectCall, ...] = ()
    notices: tuple[Fault, ...] = ()
    retracted: tuple[Retraction, ...] = ()
    monitorings: tuple[Monitoring, ...] | None = None
    lacks: tuple[tuple[WishKind, str], ...] = ()


class Failed(msgspec.Struct, frozen=True, tag=True):
    """The source gave no picture."""

    fault: Fault


class Answered(msgspec.Struct, frozen=True, tag=True):
    """What came of a wish; fields as in `WishResult`."""

    key: str
    done: bool
    reason: str = ""
    known: bool = True


FromSource: TypeAlias = Hello | Taken | Failed | Answered
FromWindow: TypeAlias = Begin | PollNow | Ask | Stop

_encoder = msgspec.msgpack.Encoder()
_from_source: Final[msgspec.msgpack.Decoder[Hello | _TakenTold | Failed | Answered]] = (
    msgspec.msgpack.Decoder(Hello | _TakenTold | Failed | Answered)
)
_from_window: Final[msgspec.msgpack.Decoder[FromWindow]] = msgspec.msgpack.Decoder(FromWindow)


def frame_of(message: FromSource | FromWindow) -> bytes:
    """Return the bytes that tell `message`.

    Raises:
        WireBroken: It cannot be told: too large, or text that is no Unicode.
    """
    try:
        body = _encoder.encode(_told(message) if isinstance(message, Taken) else message)
    except UnicodeEncodeError as error:
        raise WireBroken("text that is no Unicode") from error
    if len(body) > LARGEST_FRAME:
        raise WireBroken(f"a frame of {len(body)} bytes")
    return len(body).to_bytes(_PREFIX, "big") + body


def source_said(body: bytes | bytearray | memoryview) -> FromSource:
    """Return what a source's process said.

    Raises:
        WireBroken: It is not of this language.
    """
    try:
        word = _from_source.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WireBroken(f"not a word of a source: {error}") from error
    if not isinstance(word, _TakenTold):
        return word
    facts: tuple[Fact, ...] = (*word.calls, *word.spells, *word.directs)
    return Taken(
        change=word.change,
        facts=facts,
        notices=word.notices,
        retracted=word.retracted,
        monitorings=word.monitorings,
        lacks=word.lacks,
    )


def _told(taken: Taken) -> _TakenTold:
    facts = taken.facts
    return _TakenTold(
        change=taken.change,
        calls=tuple([fact for fact in facts if isinstance(fact, CallRecord)]),
        spells=tuple([fact for fact in facts if isinstance(fact, AgentSpell)]),
        directs=tuple([fact for fact in facts if isinstance(fact, DirectCall)]),
        notices=taken.notices,
        retracted=taken.retracted,
        monitorings=taken.monitorings,
        lacks=taken.lacks,
    )


def window_said(body: bytes | bytearray | memoryview) -> FromWindow:
    """Return what the window said.

    Raises:
        WireBroken: It is not of this language.
    """
    try:
        return _from_window.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WireBroken(f"not a word of the window: {error}") from error


class FrameReader:
    """Cuts a stream of bytes, however it arrives, into the bodies of frames."""

    def __init__(self, largest: int = LARGEST_FRAME) -> None:
        """Begin with nothing read.

        Args:
            largest: In bytes; a longer frame is refused as soon as its length is told.
        """
        self.largest = largest
        self._kept = bytearray()

    def feed(self, data: bytes) -> tuple[bytes, ...]:
        """Return the bodies that are whole now; the rest is kept for the next call.

        Raises:
            WireBroken: A frame is larger than allowed. The stream cannot be read on.
        """
        kept = self._kept
        kept += data
        bodies: list[bytes] = []
        at = 0
        while len(kept) - at >= _PREFIX:
            length = int.from_bytes(kept[at : at + _PREFIX], "big")
            if length > self.largest:
                raise WireBroken(f"a frame of {length} bytes")
            end = at + _PREFIX + length
            if len(kept) < end:
                break
            bodies.append(bytes(kept[at + _PREFIX : end]))
            at = end
        del kept[:at]
        return tuple(bodies)
