"""Broken and hostile messages among true ones: nothing crashes, and no true figure changes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from support.asterisk_recordings import Player, Recording, replayed, traffic
from support.campaign import size_of_campaign

from wallboard.domain.facts import CallRecord
from wallboard.sources.asterisk.codec import Decoder, Garbled
from wallboard.sources.asterisk.translate import WANTED

SMALL, FULL = 3_000, 100_000
TRUE_QUEUES = frozenset({"support", "sales", "billing", "afterhours"})
_HUGE = (b"9" * 40, b"-1", b"1e308", b"nan", b"0", b"4294967296", b"x" * 5_000, b"")
_TRUE = re.compile(rb"support|sales|billing|afterhours|10(?=0[1-8])|trunk|17953(?=\d{5})")


def strange(frame: bytes) -> bytes:
    """Return a true frame as another server would send it: no caller, queue or agent is ours."""
    return _TRUE.sub(lambda found: b"zz" if found[0].isalpha() else b"88", frame)


def flip(frame: bytes, chance: Random) -> bytes:
    data = bytearray(frame)
    for _ in range(chance.randrange(1, 6)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def cut(frame: bytes, chance: Random) -> bytes:
    begin, end = sorted(chance.randrange(len(frame) + 1) for _ in range(2))
    return frame[:begin] if chance.random() < 0.5 else frame[:begin] + frame[end:]


def drop_fields(frame: bytes, chance: Random) -> bytes:
    lines = frame.split(b"\r\n")
    return b"\r\n".join(line for line in lines if chance.random() < 0.7)


def repeat_fields(frame: bytes, chance: Random) -> bytes:
    lines = frame.split(b"\r\n")
    return b"\r\n".join(line for line in lines for _ in range(chance.choice((1, 1, 2, 5))))


def shuffle_fields(frame: bytes, chance: Random) -> bytes:
    first, *lines = frame.split(b"\r\n")
    chance.shuffle(lines)
    return b"\r\n".join([first, *lines])


def change_values(frame: bytes, chance: Random) -> bytes:
    lines = []
    for line in frame.split(b"\r\n"):
        name, colon, _ = line.partition(b": ")
        odd = chance.random() < 0.3 and name != b"Event"
        lines.append(name + colon + chance.choice(_HUGE) if odd else line)
    return b"\r\n".join(lines)


def break_text(frame: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(frame) + 1)
    bad = chance.choice((b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x00", b"\x1b[31m", b"\n", b"\r"))
    return frame[:place] + bad + frame[place:]


def swap_event(frame: bytes, chance: Random) -> bytes:
    names = (b"QueueCallerJoin", b"AgentConnect", b"AgentComplete", b"Hangup", b"QueueMemberStatus")
    return re.sub(rb"Event: \S+", b"Event: " + chance.choice(names), frame, count=1)


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flip,
    cut,
    drop_fields,
    repeat_fields,
    shuffle_fields,
    change_values,
    break_text,
    swap_event,
)


def mutated(frames: list[bytes], chance: Random) -> bytes:
    """Return one broken frame, whole: what follows it on the wire is not part of it."""
    frame = strange(chance.choice(frames))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        frame = chance.choice(MUTATIONS)(frame, chance) or b"Event: Hangup"
    return frame.strip(b"\r\n") + b"\r\n\r\n"


def own(facts: list[CallRecord]) -> list[CallRecord]:
    return [fact for fact in facts if fact.queue_id in TRUE_QUEUES]


@pytest.mark.recorded
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("version", [22, 16])
def test_that_broken_frames_crash_nothing_and_change_no_true_figure(
    shared_dir: Path, version: int, capsys: pytest.CaptureFixture[str]
) -> None:
    recording = traffic(shared_dir, version)
    count = size_of_campaign(SMALL, FULL) // 2
    chance = Random(version)
    clean, facts = replayed(recording)
    began_s = time.perf_counter()
    player, sent = play_with_mutations(recording, chance, count)
    spent_s = time.perf_counter() - began_s
    assert sent >= count
    assert own(player.facts) == facts
    true_agents = {f"100{number}" for number in range(1, 9)}
    agents, clean_agents = (
        {key: row for key, row in rows.items() if key in true_agents}
        for rows in (
            player.translator.picture(player.now).agents,
            clean.picture(player.now).agents,
        )
    )
    assert agents == clean_agents
    with capsys.disabled():
        if count * 2 == FULL:
            told = player.translator
            print(  # noqa: T201 - the scoreboard that was asked for
                f"\nAsterisk {version}: {sent} mutated frames in {spent_s:.1f} s, 0 crashes, "
                f"{len(facts)} true calls unchanged, {told.ignored} messages ignored, "
                f"{len(player.facts) - len(facts)} calls in queues that are not ours"
            )


def play_with_mutations(recording: Recording, chance: Random, count: int) -> tuple[Player, int]:
    player = Player(recording=recording)
    # Events that are used, and a few of others.
    names = {f"Event: {name}\r".encode() for name in WANTED}
    frames = [
        frame.data
        for frame in recording.frames
        if any(frame.data.startswith(name) for name in names)
        or (frame.data.startswith(b"Event: ") and chance.random() < 0.01)
    ]
    share = count / len(recording.frames)
    sent, owed = 0, 0.0
    for frame in recording.frames:
        player.feed(frame.data, frame.at)
        owed += share
        while owed >= 1 and frame is not recording.frames[0]:
            owed -= 1
            sent += 1
            player.feed(mutated(frames, chance), frame.at)
    while sent < count:
        sent += 1
        player.feed(mutated(frames, chance), recording.frames[-1].at)
    player.settle(recording.frames[-1].at + 5)
    return player, sent


@pytest.mark.recorded
def test_that_broken_rows_crash_nothing_and_good_ones_put_all_right(shared_dir: Path) -> None:
    """Looks whose rows lack fields, have them twice or hold nonsense, in the midst of calls."""
    recording = traffic(shared_dir, 22)
    chance = Random(5)
    player = Player(recording=recording)
    for frame in recording.frames:
        if frame.at > recording.looks[0].at:
            break
        player.feed(frame.data, frame.at)
    good = recording.looks[0]
    at = good.at
    for _ in range(size_of_campaign(60, 2_000)):
        at += 1
        rows = tuple(broken_row(row, chance) for row in good.rows if chance.random() < 0.9)
        channels = tuple(broken_row(row, chance) for row in good.channels)
        player.look(replace(good, asked=at, at=at, rows=rows, channels=channels))
        player.settle(at)
    player.look(replace(good, asked=at + 5, at=at + 5))
    player.settle(at + 5)
    snapshot = player.translator.picture(player.now)
    waiting = {row["Uniqueid"] for row in good.rows if row["Event"] == "QueueEntry"}
    shown = {
        call.call_id.partition("@")[0] for call in snapshot.calls.values() if not call.answered_at
    }
    assert shown == waiting
    assert set(snapshot.queues) >= TRUE_QUEUES
    assert {row.name for row in snapshot.agents.values()} >= {"Dmitri O'Neil", "Hana Sato"}
    assert len({fact.fact_id for fact in player.facts}) == len(player.facts)


def broken_row(row: dict[str, str], chance: Random) -> dict[str, str]:
    """Return a row of which some fields are gone and others are nonsense; who it tells of stays."""
    kept = {"Event", "Uniqueid", "Queue", "Application", "ApplicationData"}
    odd = [value.decode() for value in _HUGE]
    return {
        name: chance.choice(odd) if name not in kept and chance.random() < 0.2 else value
        for name, value in row.items()
        if name == "Event" or chance.random() < 0.95
    }


def test_that_any_bytes_at_all_are_read_or_refused() -> None:
    chance = Random(3)
    for _ in range(size_of_campaign(500, 20_000)):
        decoder = Decoder(wanted={"Hangup"})
        data = b"Asterisk Call Manager/1\r\n" if chance.random() < 0.8 else b""
        data += chance.randbytes(chance.randrange(200)).replace(b"a", b"\r\n\r\nEvent: ")
        try:
            for message in decoder.feed(data):
                assert all(isinstance(value, str) for value in message.values())
        except Garbled as garbled:
            assert str(garbled).isascii()  # noqa: PT017 - either is right
