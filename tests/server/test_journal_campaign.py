"""Whatever is done to a journal before the last anchor is found, however it is done."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from support.campaign import size_of_campaign
from support.clocks import NOON

from wallboard.server.journal import Journal
from wallboard.server.verifying import verified

KEY: Final = b"k" * 32
LINES: Final = 12
ANCHORED: Final = 8
TRIES: Final = size_of_campaign(3_000, 100_000)


class Kept:
    """A journal of some lines, the hash that was noted in its middle, and another one."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "journal.jsonl"
        other = folder / "other.jsonl"
        journal, foreign = Journal(self.file, KEY), Journal(other, KEY)
        self.anchor = ""
        for number in range(LINES):
            at = NOON + timedelta(seconds=number)
            entry = {"key": f"k{number}", "agent_id": "PJSIP/1001", "command": "listen"}
            journal.note(at, "passed", entry)
            foreign.note(at, "passed", {**entry, "agent_id": "PJSIP/1002"})
            if number == ANCHORED - 1:
                self.anchor = journal.head
        self.whole = self.file.read_bytes()
        self.lines = self.whole.splitlines(keepends=True)
        self.foreign = other.read_bytes().splitlines(keepends=True)
        self.before = sum(map(len, self.lines[:ANCHORED]))
        """So many bytes stand before the anchor's end."""


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def _byte_altered(kept: Kept, chance: random.Random) -> bytes:
    at = chance.randrange(kept.before)
    other = (kept.whole[at] + chance.randrange(1, 256)) % 256
    return kept.whole[:at] + bytes([other]) + kept.whole[at + 1 :]


def _bytes_taken(kept: Kept, chance: random.Random) -> bytes:
    at = chance.randrange(kept.before)
    return kept.whole[:at] + kept.whole[at + chance.randrange(1, 40) :]


def _bytes_put_in(kept: Kept, chance: random.Random) -> bytes:
    at = chance.randrange(kept.before)
    return kept.whole[:at] + chance.randbytes(chance.randrange(1, 20)) + kept.whole[at:]


def _word_altered(kept: Kept, chance: random.Random) -> bytes:
    lines = list(kept.lines)
    at = chance.randrange(ANCHORED)
    for old, new in ((b"1001", b"1003"), (b"listen", b"pause"), (b"2026", b"2025")):
        if chance.random() < 0.6:
            lines[at] = lines[at].replace(old, new)
    return b"".join(lines)


def _line_taken(kept: Kept, chance: random.Random) -> bytes:
    lines = list(kept.lines)
    for _ in range(chance.randrange(1, 4)):
        del lines[chance.randrange(min(ANCHORED, len(lines)))]
    return b"".join(lines)


def _line_again(kept: Kept, chance: random.Random) -> bytes:
    lines = list(kept.lines)
    lines.insert(chance.randrange(ANCHORED), chance.choice(kept.lines))
    return b"".join(lines)


def _lines_moved(kept: Kept, chance: random.Random) -> bytes:
    lines = list(kept.lines)
    one, other = chance.randrange(ANCHORED), chance.randrange(LINES)
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _shuffled(kept: Kept, chance: random.Random) -> bytes:
    first = list(kept.lines[:ANCHORED])
    chance.shuffle(first)
    return b"".join([*first, *kept.lines[ANCHORED:]])


def _cut_off(kept: Kept, chance: random.Random) -> bytes:
    # The last character of a line is its end, which is nothing of what it says.
    return kept.whole[: chance.randrange(kept.before - 1)]


def _old_copy(kept: Kept, chance: random.Random) -> bytes:
    return b"".join(kept.lines[: chance.randrange(ANCHORED)])


def _from_another(kept: Kept, chance: random.Random) -> bytes:
    """Lines of another journal under the same key, and even at the same places."""
    begin = chance.randrange(ANCHORED)
    end = chance.randrange(begin + 1, LINES + 1)
    return b"".join([*kept.lines[:begin], *kept.foreign[begin:end], *kept.lines[end:]])


_WAYS: Final[tuple[Callable[[Kept, random.Random], bytes], ...]] = (
    _byte_altered,
    _bytes_taken,
    _bytes_put_in,
    _word_altered,
    _line_taken,
    _line_again,
    _lines_moved,
    _shuffled,
    _cut_off,
    _old_copy,
    _from_another,
)


@pytest.mark.timeout(900)
def test_that_every_manipulation_before_the_last_anchor_is_found(kept: Kept) -> None:
    chance = random.Random(11)
    tried = 0
    with kept.file.open("r+b", buffering=0) as handle:
        for number in range(TRIES):
            altered = _WAYS[number % len(_WAYS)](kept, chance)
            if altered == kept.whole:
                continue
            handle.seek(0)
            handle.truncate()
            handle.write(altered)
            tried += 1
            found = verified(kept.file, KEY, kept.anchor)
            assert found.broken_at is not None, (_WAYS[number % len(_WAYS)].__name__, altered)
    assert tried > TRIES * 0.8


def test_that_a_journal_that_nobody_touched_is_whole_and_an_end_noted_elsewhere_is_in_it(
    kept: Kept,
) -> None:
    assert verified(kept.file, KEY, kept.anchor).broken_at is None
    assert verified(kept.file, KEY, "f" * 64).broken_at == LINES + 1
    assert verified(kept.file, b"another key" * 3, kept.anchor).broken_at == 1
