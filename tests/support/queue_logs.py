"""Logs of queues: those that real servers wrote in the lab, and made ones with known facts."""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from wallboard.domain.facts import SAME_VISIT, AgentSpell, CallRecord, Fact, merged
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.sources.asterisk.queue_log import LogState, QueueLog

RUNS = ("traffic", "busy")
VERSIONS = (16, 22)


@cache
def recorded_log(shared: Path, version: int, run: str) -> bytes:
    """Return the queue_log of a recorded run."""
    folder = shared / "asterisk-lab" / "recordings" / f"v{version}" / run
    with lzma.open(folder / "queue_log.xz", "rb") as log:
        return log.read()


def read(files: Iterable[bytes], *, chunk: random.Random | None = None) -> list[Fact]:
    """Read files one after the other with one reader, as one import does.

    Args:
        chunk: Cuts what is read into pieces of any size. None reads each file whole.
    """
    log = QueueLog()
    facts: list[Fact] = []
    for file in files:
        facts += fed(log, file, chunk)
    return [*facts, *log.running()]


def fed(log: QueueLog, file: bytes, chunk: random.Random | None = None) -> list[Fact]:
    facts: list[Fact] = []
    at = 0
    while at < len(file):
        size = len(file) if chunk is None else chunk.randrange(1, 700)
        facts += log.feed(file[at : at + size])
        at += size
    return [*facts, *log.end_file()]


def imported(pieces: Sequence[bytes], state: LogState | None = None) -> list[Fact]:
    """Read pieces by a new reader each, that goes on from the state of the one before."""
    facts: list[Fact] = []
    for piece in pieces:
        log = QueueLog(state=state)
        facts += fed(log, piece)
        facts += log.running()
        state = log.state()
    return facts


def kept_calls(facts: Iterable[Fact]) -> list[CallRecord]:
    """Return the calls as a history keeps them: what two tellings of a visit know together."""
    kept: list[CallRecord] = []
    by_visit: dict[tuple[object, ...], list[int]] = {}
    for fact in facts:
        if not isinstance(fact, CallRecord):
            continue
        places = by_visit.setdefault((fact.contact, fact.queue_id), [])
        for place in places:
            if abs(kept[place].entered_at - fact.entered_at) <= SAME_VISIT:
                kept[place] = merged(kept[place], fact)
                break
        else:
            places.append(len(kept))
            kept.append(fact)
    return sorted(kept, key=lambda call: (call.entered_at, call.fact_id))


def kept_spells(
    facts: Iterable[Fact],
) -> dict[tuple[AgentId, AgentState, str | None], list[tuple[float, float]]]:
    """Return the spells as a history keeps them: overlapping ones of a state are one."""
    spells: dict[tuple[AgentId, AgentState, str | None], list[tuple[float, float]]] = {}
    told = [fact for fact in facts if isinstance(fact, AgentSpell)]
    for spell in sorted(told, key=lambda spell: spell.began_at):
        parts = spells.setdefault((spell.agent_id, spell.state, spell.reason), [])
        began, ended = spell.began_at.timestamp(), spell.ended_at.timestamp()
        if parts and began <= parts[-1][1]:
            parts[-1] = parts[-1][0], max(parts[-1][1], ended)
        else:
            parts.append((began, ended))
    return spells


def cut(log: bytes, *places: int) -> list[bytes]:
    """Return a log cut at line ends, near so many thousandths of it."""
    lines = log.splitlines(keepends=True)
    ends = [0, *sorted(len(lines) * place // 1000 for place in places), len(lines)]
    return [b"".join(lines[begin:end]) for begin, end in pairwise(ends)]
