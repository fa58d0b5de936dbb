"""Kills a process that keeps facts, again and again, and looks what is left; run as a program.

Says one line of JSON: how often it killed, how many facts were acknowledged, and which of them
were lost. Run by itself it has one thread, so it may fork: a writer begins in a millisecond.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from support.kept_facts import MORNING, SECOND, calls
from wallboard.domain.coverage import Stretch
from wallboard.storage.history import History, open_history

_EVER = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
_LONGEST_S = 0.05


def _write(path: Path, first: int, acknowledge: int, seed: int) -> None:
    """Keep facts for ever, and say of each batch that it is kept when it is."""
    chance = random.Random(seed)
    history = open_history(path)
    number = first
    while True:
        count = chance.choice([1, 1, 3, 40, 400])
        batch = calls(count, first=number)
        end = MORNING + (number + count) * SECOND
        history.keep(batch, watched=Stretch(begin=MORNING, end=end))
        number += count
        os.write(acknowledge, number.to_bytes(8, "big"))
        if chance.random() < 0.05:
            history._database.rows_text("PRAGMA wal_checkpoint(TRUNCATE)")


def _killed(path: Path, first: int, chance: random.Random) -> int:
    """Let a writer write for a moment, kill it, and return up to where it acknowledged."""
    reading, writing = os.pipe()
    seed = chance.getrandbits(32)
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _write(path, first, writing, seed)
        finally:
            os._exit(3)
    os.close(writing)
    # Half of them once they have begun to write, the others whenever it may be.
    if chance.random() < 0.5:
        select.select([reading], [], [], 10)
    until = time.monotonic() + chance.random() * _LONGEST_S
    while time.monotonic() < until:
        os.sched_yield()
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    said = b""
    while chunk := os.read(reading, 1 << 16):
        said += chunk
    os.close(reading)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the writer ended by itself: {status}")
    return int.from_bytes(said[-8:], "big") if said else first


def _lost(history: History, begin: int, end: int) -> list[int]:
    window = (MORNING + begin * SECOND, MORNING + end * SECOND)
    there = list(history.calls(*window))
    if there == calls(end - begin, first=begin):
        return []
    known = set(there)
    return [at for at, one in enumerate(calls(end - begin, first=begin), begin) if one not in known]


def main(folder: str, kills: int) -> None:
    """Kill so often; print what came of it."""
    chance = random.Random(7)
    path = Path(folder) / "history.db"
    first = acknowledged = 0
    lost: list[int] = []
    unopenable: list[str] = []
    for kill in range(kills):
        done = _killed(path, first, chance)
        history = open_history(path)
        if history.recovery is not None:
            unopenable.append(f"kill {kill}: {history.recovery.reason}")
        lost += _lost(history, first, done)
        watched = history.stretches(*_EVER)
        if done > first and (len(watched) != 1 or watched[0].end < MORNING + done * SECOND):
            lost.append(-kill)
        acknowledged += done - first
        # What was written and not acknowledged may be there, too.
        last = history.info().last
        history.close()
        after = 0 if last is None else (last - MORNING) // SECOND + 1
        first = max(done, after)
        if first > 40_000 and kill % 10 == 0:
            path.unlink()
            first = 0
    history = open_history(path)
    sound = history.check().sound
    history.close()
    said = {
        "kills": kills,
        "acknowledged": acknowledged,
        "lost": lost,
        "unopenable": unopenable,
        "sound": sound,
    }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
