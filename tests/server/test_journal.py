"""The journal: on the disk before anything is done, and no line altered unseen."""

from __future__ import annotations

import json
import random
import stat
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import NOON

from wallboard.server import journal as journals
from wallboard.server.journal import Journal, JournalUnusable
from wallboard.server.verifying import TAKEN_OFF, verified

KEY = b"k" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def written(file: Path, lines: int) -> Journal:
    journal = Journal(file, KEY)
    for number in range(lines):
        journal.note(NOON + timedelta(seconds=number), "passed", {"key": f"k{number}"})
    return journal


def test_that_lines_are_chained_and_verified(file: Path) -> None:
    journal = written(file, 20)
    found = verified(file, KEY)
    assert (found.lines, found.broken_at, found.head) == (20, None, journal.head)
    first = json.loads(file.read_text().splitlines()[0])
    assert first["n"] == 1
    assert first["at"] == "2026-11-22T12:00:00Z"
    assert first["what"] == "passed"
    assert first["key"] == "k0"


def test_that_a_journal_that_is_not_there_is_whole(file: Path) -> None:
    assert verified(file, KEY).broken_at is None
    assert verified(file, KEY).lines == 0


def test_that_another_process_goes_on_with_the_chain(file: Path) -> None:
    first, second = Journal(file, KEY), Journal(file, KEY)
    for number in range(6):
        (first if number % 2 else second).note(NOON, "passed", {"key": str(number)})
    assert verified(file, KEY).lines == 6
    assert verified(file, KEY).broken_at is None


def test_that_threads_write_whole_lines(file: Path) -> None:
    journal = Journal(file, KEY)
    threads = [
        threading.Thread(
            target=lambda: [journal.note(NOON, "passed", {"key": "x" * 50}) for _ in range(10)]
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verified(file, KEY).lines == 40
    assert verified(file, KEY).broken_at is None


def test_that_any_alteration_is_found(file: Path) -> None:
    """Edited, taken out, put in, moved, exchanged or made with another key."""
    head = written(file, 12).head
    whole = file.read_bytes()
    chance = random.Random(3)
    for _ in range(400):
        lines = whole.splitlines(keepends=True)
        at = chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                place = chance.randrange(len(lines[at]))
                byte = bytes([lines[at][place] ^ (1 << chance.randrange(8))])
                lines[at] = lines[at][:place] + byte + lines[at][place + 1 :]
            case 1:
                del lines[at]
            case 2:
                lines.insert(at, lines[chance.randrange(len(lines))])
            case 3:
                other = (at + 1 + chance.randrange(len(lines) - 1)) % len(lines)
                lines[at], lines[other] = lines[other], lines[at]
            case _:
                del lines[chance.randrange(len(lines)) :]
        altered = b"".join(lines)
        if altered == whole:
            continue
        file.write_bytes(altered)
        assert verified(file, KEY, head=head).broken_at is not None, altered


def test_that_the_chain_says_where_it_is_broken(file: Path) -> None:
    written(file, 5)
    lines = file.read_text().splitlines()
    lines[2] = lines[2].replace('"k2"', '"k9"')
    file.write_text("\n".join(lines) + "\n")
    found = verified(file, KEY)
    assert (found.lines, found.broken_at) == (2, 3)
    assert found.reason


def test_that_who_lacks_the_key_cannot_make_a_chain_that_fits(file: Path) -> None:
    Journal(file, b"other" * 8).note(NOON, "passed", {"key": "k0"})
    assert verified(file, KEY).broken_at == 1


def test_that_lines_taken_off_the_end_are_missed_by_a_head_noted_elsewhere(file: Path) -> None:
    head = written(file, 5).head
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(lines[:4]))
    assert verified(file, KEY).broken_at is None  # the chain alone cannot tell
    assert verified(file, KEY, head=head).broken_at == 5


@pytest.mark.parametrize("left", [0, 3])
@pytest.mark.parametrize("half", [b"", b'{"n":9,"at":'], ids=["cut", "half_a_line"])
def test_that_who_writes_tells_of_lines_taken_off_meanwhile(
    file: Path, left: int, half: bytes
) -> None:
    journal = written(file, 5)
    head = journal.head
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:left]) + half)
    journal.note(NOON, "passed", {"key": "after"})
    assert verified(file, KEY).broken_at is None
    rows = [json.loads(line) for line in file.read_bytes().splitlines() if line.endswith(b"}")]
    (told,) = [row for row in rows if row["what"] == journals.BROKEN]
    assert (told["line"], told["noted"]) == (left + 1, head)
    journal.note(NOON, "passed", {"key": "later"})
    assert file.read_text().count(journals.BROKEN) == 1


def test_that_half_a_line_does_not_hide_that_whole_ones_were_taken_off(file: Path) -> None:
    head = written(file, 5).head
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:4]) + lines[4][:30])
    found = verified(file, KEY, head=head)
    assert (found.broken_at, found.reason) == (5, TAKEN_OFF)
    # Of half a line that nobody has seen whole nothing is missed.
    kept = json.loads(lines[3])["hash"]
    assert verified(file, KEY, head=kept).reason == "it is torn, and nothing follows"


def test_that_a_torn_line_is_skipped_and_told(file: Path) -> None:
    written(file, 3)
    whole = file.read_bytes()
    for cut in range(1, 60, 7):
        file.write_bytes(whole[:-cut])
        assert verified(file, KEY).broken_at in (3, None)
        Journal(file, KEY).note(NOON, "passed", {"key": "after"})
        found = verified(file, KEY)
        assert found.broken_at is None, cut
        told = [json.loads(line) for line in file.read_text().splitlines()[3:] if line]
        assert [line["what"] for line in told][-1] == "passed"
        if cut > 1:
            assert "torn" in file.read_text()


def test_that_a_line_torn_by_hand_in_the_middle_is_found(file: Path) -> None:
    written(file, 5)
    lines = file.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1][:20] + b"\n"
    file.write_bytes(b"".join(lines))
    assert verified(file, KEY).broken_at == 2


def test_that_a_long_journal_is_gone_on_with_without_reading_it_all(file: Path) -> None:
    journal = Journal(file, KEY)
    for number in range(40):
        journal.note(NOON, "passed", {"key": str(number), "reason": "y" * 4000})
    Journal(file, KEY).note(NOON, "passed", {"key": "last"})
    assert verified(file, KEY).lines == 41
    assert verified(file, KEY).broken_at is None


def test_that_the_newest_entries_come_back(file: Path) -> None:
    journal = written(file, 10)
    assert [entry["key"] for entry in journal.entries(3)] == ["k7", "k8", "k9"]
    assert Journal(file.with_name("none"), KEY).entries(3) == ()


def test_that_hostile_text_stays_in_its_line(file: Path) -> None:
    journal = Journal(file, KEY)
    for text in ('\n{"n":9}', '","hash":"', "\u2028\x00\x1b", '"}', "\\", "🔥" * 100):
        journal.note(NOON, "passed", {"reason": text})
        assert json.loads(file.read_text().split("\n")[-2])["reason"] == text
    assert verified(file, KEY).broken_at is None


@pytest.mark.skipif(sys.platform == "win32", reason="rights as POSIX has them")
def test_that_only_its_owner_may_read_it(file: Path) -> None:
    written(file, 1)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_that_a_line_is_on_the_disk_when_it_is_noted(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = journals.os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(file.stat().st_size)
        real(descriptor)

    monkeypatch.setattr(journals.os, "fsync", fsync)
    written(file, 2)
    assert synced[-1] == file.stat().st_size
    assert len(synced) == 2


def test_that_what_cannot_be_written_is_told_and_the_chain_goes_on_later(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = written(file, 2)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(journals.os, "fsync", full)
        with pytest.raises(JournalUnusable):
            journal.note(NOON, "passed", {"key": "lost"})
    journal.note(NOON, "passed", {"key": "kept"})
    assert verified(file, KEY).broken_at is None
