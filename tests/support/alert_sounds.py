"""Makes the sounds of alerts: two soft tones each, so that one knows how bad it is by hearing.

Run it to make the files in `resources/sounds/` anew.
"""

from __future__ import annotations

import io
import math
import struct
import wave
from pathlib import Path
from typing import Final

RATE: Final = 22_050
"""Samples a second."""

SOUNDS: Final = {
    # By severity, the tones one after the other: hertz and seconds.
    "critical": ((988.0, 0.18), (740.0, 0.18), (988.0, 0.18), (740.0, 0.45)),
    "warning": ((659.0, 0.16), (554.0, 0.40)),
}

_LOUD: Final = 0.6
_ATTACK_S: Final = 0.008
_RELEASE_S: Final = 0.02


def sound(name: str) -> bytes:
    """Return a sound as a WAV file: one channel of 16 bits."""
    samples: list[int] = []
    for hertz, seconds in SOUNDS[name]:
        count = round(seconds * RATE)
        samples += [_sample(number, count, hertz) for number in range(count)]
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(RATE)
        made.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()


def _sample(number: int, count: int, hertz: float) -> int:
    at_s, left_s = number / RATE, (count - number) / RATE
    # Without a click at either end, and fading like something that was struck.
    edge = min(1.0, at_s / _ATTACK_S, left_s / _RELEASE_S)
    fading = math.exp(-3.0 * at_s)
    return round(32_767 * _LOUD * edge * fading * math.sin(2 * math.pi * hertz * at_s))


if __name__ == "__main__":
    folder = Path(__file__).resolve().parents[2] / "resources" / "sounds"
    for each in SOUNDS:
        (folder / f"{each}.wav").write_bytes(sound(each))
