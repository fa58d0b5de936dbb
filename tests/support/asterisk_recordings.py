"""What a real Asterisk said in the lab, played back without a server."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from support.clocks import NOON, HandClock
from support.lab_truth import Truth, truth_of
from wallboard.domain.errors import FaultKind, SourceUnavailable, fault
from wallboard.domain.facts import CallRecord
from wallboard.domain.source import Fetched, Interrupt
from wallboard.domain.supervision import Wish, WishResult
from wallboard.sources.asterisk.codec import Decoder
from wallboard.sources.asterisk.counters import RACE
from wallboard.sources.asterisk.translate import WANTED, Status, Translator

Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A piece of the stream, and seconds since the epoch at which it came."""

    at: float
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The rows of one look at the whole server, when they were asked for and when they came."""

    asked: float
    at: float
    rows: tuple[Row, ...]
    channels: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One run of calls of which the whole stream was kept.

    Attributes:
        opening: How things stood before the first call.
        looks: How things stood every second, for a minute in the middle.
    """

    frames: tuple[Frame, ...]
    opening: Looked
    looks: tuple[Looked, ...]
    truth: Truth


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def messages_of(text: str) -> list[Row]:
    """Return the messages of a recorded answer."""
    return Decoder(banner=False).feed(text.encode())


@cache
def traffic(shared: Path, version: int) -> Recording:
    """Read the recorded run `traffic` of a version. Each is read once."""
    folder = shared / "asterisk-lab" / "recordings" / f"v{version}" / "traffic"
    truth = truth_of(folder / "truth.json.xz")
    frames = tuple(
        Frame(at=line["at"], data=line["raw"].encode())
        for line in _lines(folder / "events.jsonl.xz")
    )
    looks = tuple(_looks(folder / "polls.jsonl.xz"))
    first = [row for row in looks[0].rows if row["Event"] in ("QueueParams", "QueueMember")]
    calm = {"Status": "1", "InCall": "0", "Paused": "0", "LastCall": "0", "LastPause": "0"}
    fresh = {"Completed": "0", "Abandoned": "0"}
    rows = tuple({**row, **(calm if "Status" in row else fresh)} for row in first)
    opening = Looked(asked=truth.started - 1, at=truth.started - 1, rows=rows, channels=())
    return Recording(frames=frames, opening=opening, looks=looks, truth=truth)


def _looks(path: Path) -> Iterator[Looked]:
    status: Looked | None = None
    for line in _lines(path):
        if line["via"] != "tcp" or line.get("last"):
            continue
        if line["action"] == "QueueStatus":
            _, *rows, _ = messages_of(line["body"])
            # The moment of the answer is kept, so the question was a little earlier.
            status = Looked(asked=line["at"] - 0.05, at=line["at"], rows=tuple(rows), channels=())
        elif line["action"] == "CoreShowChannels" and status is not None:
            _, *channels, _ = messages_of(line["body"])
            yield replace(status, at=line["at"], channels=tuple(channels))


def replayed(
    recording: Recording,
    *,
    wanted: frozenset[str] | None = WANTED,
    looks: Sequence[Looked] = (),
    chunks: Callable[[bytes], Sequence[bytes]] = lambda data: (data,),
) -> tuple[Translator, list[CallRecord]]:
    """Play the whole stream back, and return the translator and all facts.

    Args:
        looks: Rows that are taken on the way, as the source does: held back a moment.
        chunks: Cuts what came at a time into pieces.
    """
    player = Player(recording=recording, wanted=wanted)
    pending = list(looks)
    for frame in recording.frames:
        while pending and pending[0].at + RACE.total_seconds() <= frame.at:
            player.look(pending.pop(0))
        if pending and pending[0].asked <= frame.at:
            player.ask(pending[0])
        for piece in chunks(frame.data):
            player.feed(piece, frame.at)
    player.settle(recording.frames[-1].at + 5)
    return player.translator, player.facts


@dataclass
class Player:
    """Feeds a translator with what was recorded, as the source feeds it."""

    recording: Recording
    wanted: frozenset[str] | None = WANTED
    translator: Translator = field(default_factory=lambda: Translator({}))
    facts: list[CallRecord] = field(default_factory=list)

    now: datetime = NOON

    def __post_init__(self) -> None:
        self._decoder = Decoder(wanted=self.wanted)
        self._asked: dict[float, int] = {}
        self.look(self.recording.opening, connecting=True)

    def feed(self, data: bytes, at: float) -> None:
        for message in self._decoder.feed(data):
            if "Event" in message:
                self.translator.take(message, instant(at))
        self.settle(at)

    def settle(self, at: float) -> None:
        self.now = instant(at)
        self.translator.settle(instant(at))
        self.translator.questions()  # nobody is there to answer
        self.facts += self.translator.facts()
        self.translator.picture(instant(at))

    def ask(self, look: Looked) -> None:
        """A look is asked for now: what comes from here on is younger than its rows."""
        if look.at not in self._asked:
            self._asked[look.at] = self.translator.mark()

    def look(self, look: Looked, *, connecting: bool = False) -> None:
        self.ask(look)
        if connecting:
            self.translator.watching(instant(look.asked))
        self.translator.take_status(
            Status(
                rows=look.rows,
                channels=look.channels,
                asked=self._asked[look.at],
                asked_at=instant(look.asked),
                came_at=instant(look.at),
                connecting=connecting,
            ),
            instant(look.at) + RACE,
        )
        self.facts += self.translator.facts()

    def lose(self, at: float) -> None:
        """The connection is gone; what comes next comes over another one."""
        self.translator.disconnected(instant(at))
        self._decoder = Decoder(wanted=self.wanted, banner=False)


def instant(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


class ReplaySource:
    """A recording as a source: what was said up to now, by the clock that it is given.

    Attributes:
        outage: From and to which second after the start nothing is to be heard; then a recorded
            look tells how things stand.
    """

    def __init__(
        self, recording: Recording, clock: HandClock, outage: tuple[float, float] | None = None
    ) -> None:
        self._player = Player(recording=recording)
        self._clock = clock
        self._began = clock.now()
        self._start = recording.frames[0].at
        self._frames = list(recording.frames)
        self._cut, back = outage or (float("inf"), float("inf"))
        # The first recorded look at which it is heard again; none if it never is cut.
        self._look = next((one for one in recording.looks if one.at - self._start >= back), None)
        self._lost = False

    def fetch(self) -> Fetched:
        now = self._clock.now()
        passed = now.steady_s - self._began.steady_s
        player = self._player
        while self._frames and self._frames[0].at - self._start <= min(passed, self._cut):
            frame = self._frames.pop(0)
            player.feed(frame.data, frame.at)
        at = self._start + passed
        if passed > self._cut and self._look is not None:
            if not self._lost:
                self._lost = True
                player.lose(self._start + self._cut)
            if at < self._look.at + RACE.total_seconds():
                raise SourceUnavailable(fault(FaultKind.LOST, host="recorded", port="0"))
            self._return(self._look)
            return self.fetch()
        player.settle(at)
        facts, player.facts = tuple(player.facts), []
        return Fetched(snapshot=player.translator.picture(instant(at)), facts=facts)

    def _return(self, look: Looked) -> None:
        """Hear again: the look is the first of a new connection."""
        self._frames = [frame for frame in self._frames if frame.at > look.at]
        self._cut = float("inf")
        self._player.look(look, connecting=True)

    def wait(self, pause: timedelta, interrupt: Interrupt) -> None:
        raise NotImplementedError

    def supervise(self, wish: Wish) -> WishResult:
        return WishResult(wish=wish, done=False)

    def close(self) -> None:
        pass
