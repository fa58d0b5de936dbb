"""Walls: one server, two hundred walls that poll it each second, and what telling changes saves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec

from wallboard.bench.measure import Figure, Result, Wanted, percentile
from wallboard.bench.walls_polling import Job, Seen
from wallboard.bench.walls_serving import Spent, Told

AGENTS = 2000
WALLS = 200
CPU_LIMIT = 0.15
BYTES_LIMIT = 0.15
LATE_LIMIT_MS = 50.0


def measure(wanted: Wanted) -> Result:
    """Let the walls poll both servers in turn, a round each: medians would need more of both."""
    seconds = wanted.seconds or (10.0 if wanted.quick else 30.0)
    ours = _round(seconds, changes=True)
    stock = _round(seconds, changes=False)
    if not ours.seen.equal:
        raise AssertionError("a wall that was told changes knows something else than the server")
    polls = max(1, ours.seen.polls)
    return Result(
        key="walls",
        title=f"{WALLS} walls at one poll a second, {AGENTS} agents of whom a tenth changes",
        figures=(
            Figure(
                name="CPU of the server, against whole pictures",
                value=100 * ours.cpu_s / seconds,
                unit="%",
                peer=100 * stock.cpu_s / seconds,
                limit=CPU_LIMIT,
            ),
            Figure(
                name="99% of the answers",
                value=percentile(ours.seen.took_ms, 0.99),
                unit="ms",
                limit=LATE_LIMIT_MS,
            ),
            Figure(name="half of the answers", value=percentile(ours.seen.took_ms, 0.5), unit="ms"),
            Figure(name="errors among the answers", value=ours.seen.errors, unit="", limit=0),
            Figure(
                name="size of an answer, against the whole picture",
                value=ours.seen.size / polls / 1000,
                unit="kB",
                peer=ours.seen.whole / 1000,
                limit=BYTES_LIMIT,
            ),
            Figure(name="answers", value=polls / seconds, unit="/s"),
            Figure(name="memory of the server", value=ours.rss_mb, unit="MB", peer=stock.rss_mb),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Round:
    seen: Seen
    cpu_s: float
    rss_mb: float


def _round(seconds: float, *, changes: bool) -> _Round:
    command = [sys.executable, "-m", "wallboard.bench.walls_serving", str(AGENTS), str(WALLS)]
    with _started([*command, "changes" if changes else "whole"]) as server:
        told = msgspec.json.decode(_line(server), type=Told)
        before = _spent(server)
        job = Job(port=told.port, tokens=told.tokens, seconds=seconds, changes=changes)
        done = subprocess.run(
            [sys.executable, "-m", "wallboard.bench.walls_polling"],
            input=msgspec.json.encode(job),
            stdout=subprocess.PIPE,
            check=True,
        )
        after = _spent(server)
    return _Round(
        seen=msgspec.json.decode(done.stdout, type=Seen),
        cpu_s=after.cpu_s - before.cpu_s,
        rss_mb=after.rss_mb,
    )


@contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        try:
            process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _spent(process: subprocess.Popen[bytes]) -> Spent:
    if process.stdin is None:
        raise RuntimeError("a process without an input")
    process.stdin.write(b"\n")
    process.stdin.flush()
    return msgspec.json.decode(_line(process), type=Spent)


def _line(process: subprocess.Popen[bytes]) -> bytes:
    if process.stdout is None:
        raise RuntimeError("a process without an output")
    return process.stdout.readline()
