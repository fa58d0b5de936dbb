"""How loud a tone is in what somebody hears: the proof by ear, by Goertzel's filter."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

RATE = 8000
_HEAD = 44  # bytes before the first sample of a WAV file as Asterisk writes it
SILENCE_DB = -96.0


@dataclass(frozen=True)
class Heard:
    """What somebody hears, in dB of full scale by who makes the tone."""

    levels: Mapping[str, float]

    def margin(self, right: Sequence[str]) -> float:
        """Return by how many dB the faintest right tone is above the loudest wrong one."""
        loudest = max((db for who, db in self.levels.items() if who not in right), default=-96.0)
        return min(self.levels[who] for who in right) - loudest


@dataclass(frozen=True)
class Recording:
    """What somebody heard from an answer to a hang-up.

    Attributes:
        ended_at: When its last sample was, by the machine's clock, in seconds since the epoch.
    """

    samples: Sequence[float]
    ended_at: float

    def time_of(self, second: float) -> float:
        """Return when that second of the recording was, by the machine's clock."""
        return self.ended_at - len(self.samples) / RATE + second

    def until(self, at: float, seconds: float) -> Sequence[float]:
        """Return the samples of so many seconds until a moment."""
        last = len(self.samples) - int((self.ended_at - at) * RATE)
        first = last - int(seconds * RATE)
        if first < 0 or last > len(self.samples):
            raise ValueError(f"nothing is recorded of {first}..{last} of {len(self.samples)}")
        return self.samples[first:last]

    def pieces(self, begin: float, end: float, count: int) -> list[Sequence[float]]:
        """Return the samples from one moment of the machine's clock to another, in pieces."""
        zero = self.time_of(0)
        first, last = int((begin - zero) * RATE), int((end - zero) * RATE)
        last = min(last, len(self.samples))
        return [self.samples[at : at + count] for at in range(first, last - count + 1, count)]


def recording(path: Path) -> Recording | None:
    """Return a recording. None as long as it is being written: what is heard comes late to disk."""
    data = path.read_bytes()
    if int.from_bytes(data[40:44], "little") != len(data) - _HEAD or len(data) == _HEAD:
        return None
    count = (len(data) - _HEAD) // 2
    values = struct.unpack(f"<{count}h", data[_HEAD:])
    return Recording([value / 32768 for value in values], path.stat().st_mtime)


def level(samples: Sequence[float], hertz: float) -> float:
    """Return the level of a tone in dB of full scale; at least that of silence."""
    count = len(samples)
    if count < RATE // 50:
        return SILENCE_DB
    turn = 2 * math.pi * hertz / RATE
    twice = 2 * math.cos(turn)
    before = last = 0.0
    weight = 0.0
    step = 2 * math.pi / (count - 1)
    for place, value in enumerate(samples):
        window = 0.5 - 0.5 * math.cos(step * place)
        weight += window
        before, last = last, value * window + twice * last - before
    power = last * last + before * before - twice * last * before
    peak = 2 * math.sqrt(max(power, 0.0)) / weight
    return max(SILENCE_DB, 20 * math.log10(peak)) if peak > 0 else SILENCE_DB


def course(whole: Recording, tones: Mapping[str, float]) -> str:
    """Return how loud each tone is from one fifth of a second to the next: to see what went on."""
    piece = RATE // 5
    lines = [" ".join(f"{who:>10}" for who in ("until", *tones))]
    for begin in range(0, len(whole.samples) - piece + 1, piece):
        part = whole.samples[begin : begin + piece]
        levels = [f"{level(part, hertz):10.0f}" for hertz in tones.values()]
        lines.append(" ".join((f"{whole.time_of((begin + piece) / RATE) % 1000:10.2f}", *levels)))
    return "\n".join(lines)


def heard(samples: Sequence[float], tones: Mapping[str, float]) -> Heard:
    """Return how loud each tone is in these samples."""
    return Heard({who: level(samples, hertz) for who, hertz in tones.items()})


def first_heard_s(samples: Sequence[float], hertz: Sequence[float], above_db: float) -> float:
    """Return after how many seconds of a recording all of these tones are there.

    Raises:
        ValueError: They never are.
    """
    piece = RATE // 25
    for begin in range(0, len(samples) - piece, piece // 2):
        part = samples[begin : begin + piece]
        if all(level(part, one) > above_db for one in hertz):
            return (begin + piece) / RATE
    raise ValueError(f"{hertz} Hz never come")
