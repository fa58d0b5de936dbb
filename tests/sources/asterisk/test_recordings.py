"""What a real Asterisk said, against what truly happened."""

from __future__ import annotations

import lzma
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from support.asterisk_lab import VERSIONS
from support.asterisk_recordings import Looked, Player, Recording, instant, replayed, traffic
from support.lab_truth import (
    counts_of,
    differences,
    mean_offsets,
    totals_by_queue,
    truth_of,
)

from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.snapshot import QueueId
from wallboard.sources.asterisk.counters import RACE
from wallboard.sources.asterisk.queue_log import records_of

pytestmark = pytest.mark.recorded
# Callers who gave up in the instant in which an agent answered: the server has it so.
IN_THE_SAME_INSTANT = {16: "c11-00491", 22: "c11-00645"}


@pytest.fixture(params=VERSIONS, ids=lambda version: f"asterisk_{version}")
def version(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def recording(shared_dir: Path, version: int) -> Recording:
    return traffic(shared_dir, version)


def assert_true(recording: Recording, facts: list[CallRecord]) -> None:
    """Every count is exactly that of the truth, every time within 1 s, every mean within 0.1 s."""
    truth = recording.truth
    totals = totals_by_queue(facts)
    assert differences(truth, facts) == []
    for queue in truth.summary:
        assert counts_of(totals[QueueId(queue)]) == truth.counts(queue)
        wait_off, talk_off = mean_offsets(truth, totals, queue)
        assert abs(wait_off) < 0.1
        assert abs(talk_off) < 0.1
        assert totals[QueueId(queue)].transferred == truth.summary[queue]["transferred"]


def test_that_recorded_traffic_gives_the_true_figures(recording: Recording) -> None:
    translator, facts = replayed(recording)
    assert_true(recording, facts)
    assert translator.visits.open == {}
    assert translator.ignored == 0
    assert translator.unresolved == ()


def test_that_events_of_all_classes_give_the_same(recording: Recording) -> None:
    assert replayed(recording, wanted=None)[1] == replayed(recording)[1]


@pytest.mark.parametrize("seed", [1, 2])
def test_that_it_does_not_matter_how_the_network_cuts_the_stream(
    recording: Recording, seed: int
) -> None:
    chance = Random(seed)

    def cut(data: bytes) -> list[bytes]:
        places = sorted(chance.randrange(len(data) + 1) for _ in range(chance.randrange(4)))
        return [data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True)]

    assert replayed(recording, chunks=cut)[1] == replayed(recording)[1]


def test_that_looking_every_second_changes_no_fact(recording: Recording) -> None:
    """Real rows among real events: each look races with whatever happens at its moment."""
    translator, facts = replayed(recording, looks=recording.looks)
    assert len(recording.looks) >= 60
    assert facts == replayed(recording)[1]
    assert translator.unseen == 0
    assert not translator.drifted


def test_that_agents_are_told_as_the_rows_tell_them(recording: Recording) -> None:
    """After a minute of events alone the members are as a look tells them."""
    player = Player(recording=recording)
    looks = list(recording.looks)
    last_s, compared = 0.0, 0
    for frame in recording.frames:
        # Not while something changes: the row is of a moment, and so is the event.
        if b"QueueMember" in frame.data:
            while looks and looks[0].at < frame.at:
                look = looks.pop(0)
                if last_s < look.asked - 0.1 and look.at + 0.1 < frame.at:
                    compared += 1
                    assert members_of(player) == members_in(look)
            last_s = frame.at
        player.feed(frame.data, frame.at)
    assert compared > 10


def members_of(player: Player) -> dict[tuple[str, str], tuple[int, bool]]:
    persons = player.translator.people.persons.values()
    members = [member for person in persons for member in person.members.values()]
    return {member.key: (member.status, member.paused) for member in members}


def members_in(look: Looked) -> dict[tuple[str, str], tuple[int, bool]]:
    rows = [row for row in look.rows if row["Event"] == "QueueMember"]
    return {
        (row["Queue"], row["Location"]): (int(row["Status"]), row["Paused"] == "1") for row in rows
    }


def with_outage(recording: Recording, cut_at: float, look: Looked) -> Player:
    """Play back what comes before and after an outage that ends with a look."""
    player = Player(recording=recording)
    for frame in recording.frames:
        if frame.at < cut_at:
            player.feed(frame.data, frame.at)
    player.lose(cut_at)
    player.ask(look)
    looks = [one for one in recording.looks if one is look or one.at > look.at + 1]
    for frame in recording.frames:
        if frame.at <= look.at:
            continue
        while looks and looks[0].at + RACE.total_seconds() < frame.at:
            one = looks.pop(0)
            player.look(one, connecting=one is look)
        if looks and looks[0].asked <= frame.at:
            player.ask(looks[0])
        player.feed(frame.data, frame.at)
    player.settle(recording.frames[-1].at + 5)
    return player


@pytest.mark.parametrize(("cut_s", "back_s"), [(70.0, 90.0), (75.0, 118.0), (100.0, 101.0)])
def test_that_an_outage_loses_no_call_and_counts_none_twice(
    recording: Recording, cut_s: float, back_s: float
) -> None:
    """Nothing is heard for a while; then a recorded look tells how things stand."""
    start = recording.truth.started
    look = next(one for one in recording.looks if one.at >= start + back_s)
    player = with_outage(recording, start + cut_s, look)
    assert player.translator.visits.open == {}
    assert len({fact.fact_id for fact in player.facts}) == len(player.facts)
    unknown = [fact for fact in player.facts if fact.ending is Ending.UNKNOWN]
    assert len(unknown) == player.translator.unseen
    endings = {call.number: call.ending for call in recording.truth.calls}
    for fact in player.facts:
        if fact.caller_number is not None and fact.ending is not Ending.UNKNOWN:
            assert endings[fact.caller_number] is fact.ending
    offered = Counter(fact.queue_id for fact in player.facts)
    for queue, told in recording.truth.summary.items():
        # The server does not count who left by key.
        by_key = sum(
            call.queue == queue and call.ending is Ending.LEFT_BY_KEY
            for call in recording.truth.calls
            if start + cut_s - 15 < call.entered < look.at
        )
        assert told["offered"] - by_key <= offered[QueueId(queue)] <= told["offered"]


def test_that_the_log_of_a_busy_hour_gives_the_true_figures(shared_dir: Path, version: int) -> None:
    folder = shared_dir / "asterisk-lab" / "recordings" / f"v{version}" / "busy"
    truth = truth_of(folder / "truth.json.xz")
    targets = {queue: told["servicelevel"] for queue, told in truth.summary.items()}
    with lzma.open(folder / "queue_log.xz", "rb") as lines:
        records = list(records_of(lines, lambda queue: timedelta(seconds=targets[queue])))
    wrong = differences(truth, records)
    once = IN_THE_SAME_INSTANT[version]
    assert [line for line in wrong if "is told as answered" in line] == [
        f"{once}: abandoned is told as answered"
    ]
    # Whole seconds: a wait or a talk may be off by up to a second, and by what a phone needs.
    assert len(wrong) < len(records) / 20
    queue = next(call.queue for call in truth.calls if call.call_id == once)
    totals = totals_by_queue(records)
    for name in truth.summary:
        counts, true = counts_of(totals[QueueId(name)]), truth.counts(name)
        if name == queue:
            true = true | {
                "answered": true["answered"] + 1,
                "answered_in_target": true["answered_in_target"] + 1,
                "abandoned": true["abandoned"] - 1,
            }
        # The level is compared in whole seconds: who waited 20.4 s was answered within 20.
        counts["answered_in_target"] = true["answered_in_target"]
        assert counts == true
        wait_off, talk_off = mean_offsets(truth, totals, name)
        assert abs(wait_off) < 0.1
        assert abs(talk_off) < 0.1
    assert instant(truth.started) < records[0].ended_at
