"""P20: reading AMI, against an asyncio client that reads line by line."""

from __future__ import annotations

import json
import lzma
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from wallboard.bench.ami_peer import PeerClient, PeerMessage
from wallboard.bench.measure import Figure, Result, Wanted, middle
from wallboard.sources.asterisk.codec import Decoder
from wallboard.sources.asterisk.translate import WANTED, Status, Translator

ALL_LIMIT: Final = 3.0
FILTERED_LIMIT: Final = 10.0
RECONCILED_LIMIT_MS: Final = 5.0
MEMBERS: Final = 500
_SEGMENT: Final = 16_384
_MADE_UP: Final = 4_000


def measure(wanted: Wanted) -> Result:
    """Measure messages a second, CPU time, interleaved; then 500 member rows reconciled."""
    stream, whence = _stream()
    rounds = 3 if wanted.quick else 7
    ours: list[float] = []
    filtered: list[float] = []
    stock: list[float] = []
    count = 0
    for _ in range(rounds):
        count, spent_s = _timed(lambda: _ours(stream, None))
        ours.append(count / spent_s)
        spent_s = _timed(lambda: _ours(stream, WANTED))[1]
        filtered.append(count / spent_s)
        told, spent_s = _timed(lambda: _stock(stream))
        stock.append(told / spent_s)
    return Result(
        key="p20",
        title=f"reading AMI, {count} messages, {whence}",
        figures=(
            Figure(
                name="all messages",
                value=middle(ours),
                unit="/s",
                peer=middle(stock),
                limit=ALL_LIMIT,
                at_least=True,
            ),
            Figure(
                name="the unwanted skipped",
                value=middle(filtered),
                unit="/s",
                peer=middle(stock),
                limit=FILTERED_LIMIT,
                at_least=True,
            ),
            Figure(
                name=f"{MEMBERS} member rows reconciled, CPU",
                value=middle([_reconciled_ms() for _ in range(rounds)]),
                unit="ms",
                limit=RECONCILED_LIMIT_MS,
            ),
        ),
    )


def _ours(stream: bytes, names: frozenset[str] | None) -> int:
    decoder = Decoder(wanted=names)
    return sum(len(decoder.feed(part)) for part in _segments(stream))


def _stock(stream: bytes) -> int:
    client = PeerClient()
    seen: list[PeerMessage] = []
    # What a board must hear of; every client matches names against its list.
    for pattern in ("Queue*", "Agent*", "Hangup", "HangupRequest", "Hold", "Unhold", "DialEnd"):
        client.register_event(pattern, seen.append)
    for part in _segments(stream):
        client.data_received(part)
    return client.messages


def _segments(stream: bytes) -> Iterator[bytes]:
    for at in range(0, len(stream), _SEGMENT):
        yield stream[at : at + _SEGMENT]


def _timed(work: Callable[[], int]) -> tuple[int, float]:
    begun = time.process_time()
    count = work()
    return count, time.process_time() - begun


def _reconciled_ms() -> float:
    """Return what a second look at a server costs that tells nothing new."""
    translator = Translator({})
    at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    rows = _status_rows()
    spent_s = 0.0
    for connecting in (True, False):
        status = Status(
            rows=rows,
            channels=(),
            asked=translator.mark(),
            asked_at=at,
            came_at=at,
            connecting=connecting,
        )
        begun = time.process_time()
        translator.take_status(status, at)
        translator.picture(at)
        spent_s = time.process_time() - begun
    return spent_s * 1000


def _status_rows() -> list[dict[str, str]]:
    rows = [
        {"Event": "QueueParams", "Queue": f"q{number}", "ServiceLevel": "20", "Completed": "0"}
        for number in range(10)
    ]
    rows.extend(
        {
            "Event": "QueueMember",
            "Queue": f"q{number % 10}",
            "Name": f"Agent {number}",
            "Location": f"PJSIP/{1000 + number}",
            "StateInterface": f"PJSIP/{1000 + number}",
            "Membership": "static",
            "Penalty": "0",
            "CallsTaken": "3",
            "LastCall": "1795345000",
            "LastPause": "0",
            "LoginTime": "1795320000",
            "InCall": "0",
            "Status": "1",
            "Paused": "0",
            "PausedReason": "",
            "Wrapuptime": "0",
        }
        for number in range(MEMBERS)
    )
    return rows


def _stream() -> tuple[bytes, str]:
    """Return bytes of a server, and where they are from: recorded ones if they are at hand."""
    shared = os.environ.get("WALLBOARD_SHARED")
    beside = Path(__file__).resolve().parents[3] / "shared"
    folder = (Path(shared) if shared else beside) / "asterisk-lab" / "recordings"
    recorded = folder / "v22" / "traffic" / "events.jsonl.xz"
    if recorded.is_file():
        with lzma.open(recorded, "rt", encoding="utf-8") as lines:
            text = "".join(json.loads(line)["raw"] for line in lines)
        return text.encode(), "as a real Asterisk 22 sent them"
    return _made_up(), "made up"


def _made_up() -> bytes:
    """Return a stream in which two events of five are wanted, as in a real one."""
    parts = [b"Asterisk Call Manager/11.0.0\r\n"]
    names = ("Newchannel", "VarSet", "QueueCallerJoin", "Newexten", "AgentConnect")
    for number in range(_MADE_UP):
        lines = [f"Event: {names[number % 5]}", "Privilege: call,all"]
        lines += [f"Field{at}: value {at} of {number}" for at in range(20)]
        lines += ["Queue: support", f"Uniqueid: 1795363065.{number}", f"Linkedid: {number}"]
        parts.append("\r\n".join(lines).encode() + b"\r\n\r\n")
    return b"".join(parts)
