"""Many walls in one process: each polls the server once a second and says how it was answered."""

from __future__ import annotations

import asyncio
import gzip
import sys
import time
from random import Random
from typing import Final

import msgspec

from wallboard.api.picture import PictureReader

_POLL_S: Final = 1.0


class Job(msgspec.Struct, frozen=True):
    """What the walls are to do.

    Attributes:
        changes: False to ask for the whole picture each time.
    """

    port: int
    tokens: list[str]
    seconds: float
    changes: bool


class Seen(msgspec.Struct):
    """What they saw.

    Attributes:
        took_ms: Of each answer, from the request to its last byte.
        size: In bytes, heads included, of all answers.
        polls: How many answers there were.
        errors: Answers that were none.
        equal: True if the wall that reads what it is told knows what the server tells in whole.
        whole: Bytes of that whole picture.
    """

    took_ms: list[float] = []
    size: int = 0
    polls: int = 0
    errors: int = 0
    equal: bool = False
    whole: int = 0


class _Wall:
    def __init__(self, job: Job, token: str, seen: Seen, *, reads: bool) -> None:
        self._job, self._token, self._seen = job, token, seen
        self._reader = PictureReader() if reads else None
        self._version = ""

    async def live(self, until_s: float, first_s: float) -> None:
        """Poll until it is time, and compare at last."""
        streams = await asyncio.open_connection("127.0.0.1", self._job.port)
        try:
            await asyncio.sleep(first_s)
            due_s = time.perf_counter()
            while due_s < until_s:
                await self._poll(*streams)
                due_s += _POLL_S
                await asyncio.sleep(max(0.0, due_s - time.perf_counter()))
            if self._reader is not None:
                await self._compare(*streams)
        finally:
            streams[1].close()

    async def _poll(self, reads: asyncio.StreamReader, writes: asyncio.StreamWriter) -> None:
        since = self._version if self._job.changes else ""
        begun_s = time.perf_counter()
        status, head, body = await self._ask(reads, writes, since)
        if self._version:  # the first answer is the whole picture, whoever asks
            self._seen.took_ms.append(1000 * (time.perf_counter() - begun_s))
            self._seen.polls += 1
            self._seen.size += len(head) + len(body)
        if status == 200:
            self._version = _field(head, b"etag").strip(b'"').decode()
            if self._reader is not None:
                self._reader.read(_plain(head, body))
        elif status != 304:
            self._seen.errors += 1

    async def _compare(self, reads: asyncio.StreamReader, writes: asyncio.StreamWriter) -> None:
        """Read changes and the whole until both are of one version, which takes a try or two."""
        assert self._reader is not None
        for _ in range(10):
            _, head, body = await self._ask(reads, writes, self._version)
            known = self._reader.read(_plain(head, body)) if body else None
            _, head, body = await self._ask(reads, writes, "")
            whole = _plain(head, body)
            told = PictureReader().read(whole)
            if known is not None and known.version == told.version:
                self._seen.equal = known.snapshot == told.snapshot
                self._seen.whole = len(body)
                return
            self._version = told.version or ""
            self._reader = PictureReader()
            self._reader.read(whole)
            await asyncio.sleep(0.3)

    async def _ask(
        self, reads: asyncio.StreamReader, writes: asyncio.StreamWriter, since: str
    ) -> tuple[int, bytes, bytes]:
        query = f"?since={since}" if since else ""
        none_match = f'If-None-Match: "{since}"\r\n' if since else ""
        writes.write(
            f"GET /v1/snapshot{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n{none_match}"
            f"Accept-Encoding: gzip\r\nAuthorization: Bearer {self._token}\r\n\r\n".encode()
        )
        head = await reads.readuntil(b"\r\n\r\n")
        length = int(_field(head, b"content-length") or 0)
        return int(head[9:12]), head, await reads.readexactly(length) if length else b""


def _field(head: bytes, name: bytes) -> bytes:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(name + b":"):
            return line.partition(b":")[2].strip()
    return b""


def _plain(head: bytes, body: bytes) -> bytes:
    return gzip.decompress(body) if _field(head, b"content-encoding") == b"gzip" else body


async def _live(job: Job) -> Seen:
    seen, chance = Seen(), Random(2)
    until_s = time.perf_counter() + job.seconds
    walls = [_Wall(job, token, seen, reads=number == 0) for number, token in enumerate(job.tokens)]
    await asyncio.gather(*(wall.live(until_s, chance.random()) for wall in walls))
    return seen


if __name__ == "__main__":
    sys.stdout.buffer.write(
        msgspec.json.encode(
            asyncio.run(_live(msgspec.json.decode(sys.stdin.buffer.read(), type=Job)))
        )
    )
