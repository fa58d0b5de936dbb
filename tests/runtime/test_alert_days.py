"""Many random days of a watched board: outages, kills, a slow disk, clocks that are set.

Everything is real but the time and the thread: the board's step, the watch, the journal. All of
it: `WALLBOARD_CAMPAIGN=full pytest tests/runtime/test_alert_days.py`, 100,000 days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

import pytest
from support.boards import TEHRAN
from support.campaign import size_of_campaign
from support.clocks import NOON, HandClock

from wallboard.domain.alert import (
    AlertEvent,
    AlertKey,
    AlertWish,
    Condition,
    Deed,
    Limits,
    News,
    Rule,
    RuleId,
    Rules,
    Subject,
    SubjectKind,
)
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.snapshot import Call, CallId, Queue, QueueId, Snapshot, difference
from wallboard.engine.alert_life import fires
from wallboard.engine.board import Board
from wallboard.engine.happenings import FetchFailed, Happening, PictureTaken, SecondPassed
from wallboard.engine.step import step
from wallboard.runtime.alerting import Alerting
from wallboard.storage.alert_journal import alert_events, kept_alerts
from wallboard.storage.history import History

SHARDS: Final = 4
DAYS: Final = size_of_campaign(120, 100_000)
SECONDS: Final = 40
EVER: Final = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC))
SOURCE: Final = (RuleId("lost"), Subject(""))
RULES: Final = Rules(
    rules=(
        Rule(
            rule_id=SOURCE[0],
            name="Source lost",
            kind=SubjectKind.SOURCE,
            conditions=(Condition(reading="lost", limits=Limits(high_critical=0)),),
        ),
        *(
            Rule(
                rule_id=RuleId(f"waiting{lasting}"),
                name="Callers wait",
                kind=SubjectKind.QUEUE,
                conditions=(
                    Condition(reading="waiting", limits=Limits(high_warning=2, high_critical=4)),
                ),
                lasting=timedelta(seconds=lasting),
                keep=timedelta(seconds=lasting // 2),
            )
            for lasting in (0, 4)
        ),
    )
)
QUEUES: Final = {QueueId(f"q{at}"): Queue(queue_id=QueueId(f"q{at}"), name="Q") for at in range(2)}
BEGINS: Final = {News.FIRED, News.UNSTABLE}


class Day:
    """A call center, the program that watches it, and its disk."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.poll_s = self.chance.choice((1, 1, 2, 2, 3, 5))
        self.clock = HandClock()
        self.there = NOON
        self.history = History.in_memory()
        self.waiting = dict.fromkeys(QUEUES, 0)
        self.outage = 0
        self.announced: list[AlertEvent] = []
        self.happened: Counter[str] = Counter()
        self.start()

    def start(self) -> None:
        """Start the program, as after a kill: what was to be stored and was not is lost."""
        self.board = Board(name="pbx", zone=TEHRAN, poll=timedelta(seconds=self.poll_s))
        self.errands: list[Callable[[History], bool]] = []
        self.idle = 0
        self.taken_s: float | None = None
        self.failed = False
        self.pictures = 0
        self.fired_in_outage = 0
        self.known: set[str] = {event.event_id for event in alert_events(self.history, *EVER)}
        self.polled_s = float("-inf")
        self.alerting = Alerting(RULES, announce=self.hear)
        self.alerting.begin(self.errands.append)
        kept = {row.alert.key: row.alert for row in kept_alerts(self.history)}
        self.work()
        self.look(SecondPassed())
        for key, was in kept.items():
            now = self.alerting._alerts.live.get(key)
            if was.hand is not None and now is not None:
                assert now.hand in (was.hand, None)
                assert now.hand or self.source_at() >= was.hand.until
                self.happened["hand kept"] += 1
            if fires(was):
                assert now is not None
                assert fires(now)
                self.happened["firing kept"] += 1

    def source_at(self) -> datetime:
        age_s = 0.0 if self.taken_s is None else self.clock.steady_s - self.taken_s
        snapshot = self.board.snapshot
        return self.clock.wall if snapshot is None else snapshot.as_of + timedelta(seconds=age_s)

    def work(self) -> None:
        """Let the history's thread do what waits."""
        while self.errands:
            self.errands.pop(0)(self.history)
        self.idle = 0

    def hear(self, events: tuple[AlertEvent, ...]) -> None:
        """Nothing is heard that is not durable, and nothing twice."""
        stored = {event.event_id for event in alert_events(self.history, *EVER)}
        assert {event.event_id for event in events} <= stored
        assert not {event.event_id for event in events} & {e.event_id for e in self.announced}
        self.announced += events

    def live(self) -> None:
        self.pass_by()
        if self.chance.random() < 0.012:
            self.happened["killed"] += 1
            self.start()
            return
        self.poll()
        live = self.board.alerts.rows
        if live and self.chance.random() < 0.03:
            wish = AlertWish(deed=Deed.ACKNOWLEDGED, key=live[0].alert.key, who="Karimi")
            self.alerting.handle(wish)
        self.idle += 1
        if self.idle > 3 or self.chance.random() < 0.6:
            self.work()

    def pass_by(self) -> None:
        """Let a second pass; now and then a clock is set, or the network fails for a while."""
        chance = self.chance
        self.clock.pass_by(1.0)
        self.there += timedelta(seconds=1)
        if chance.random() < 0.02:
            self.clock.wall += timedelta(seconds=chance.choice((-7200, -30, 40, 7200)))
        if chance.random() < 0.005:
            self.there += timedelta(seconds=chance.choice((-600, 600)))
        if self.outage:
            self.outage -= 1
        elif chance.random() < 0.03:
            self.outage = chance.randint(1, 8 * self.poll_s)

    def poll(self) -> None:
        if self.clock.steady_s - self.polled_s < self.poll_s:
            self.look(SecondPassed())
        elif self.outage:
            self.failed = self.failed or self.board.snapshot is None
            self.look(FetchFailed(fault=fault(FaultKind.UNREACHABLE)))
        else:
            self.polled_s = self.clock.steady_s
            self.look(PictureTaken(change=difference(self.board.snapshot, self.picture())))

    def picture(self) -> Snapshot:
        for queue in QUEUES:
            if self.chance.random() < 0.3:
                self.waiting[queue] = self.chance.choice((0, 0, 1, 3, 5))
        calls = {
            CallId(f"{queue}-{at}"): Call(
                call_id=CallId(f"{queue}-{at}"), queue_id=queue, entered_at=NOON
            )
            for queue, number in self.waiting.items()
            for at in range(number)
        }
        return Snapshot(as_of=self.there, queues=QUEUES, agents={}, calls=calls)

    def look(self, happening: Happening) -> None:
        now = self.clock.now()
        self.board, _ = step(self.board, happening, now)
        if isinstance(happening, PictureTaken):
            self.taken_s = now.steady_s
        self.board = self.alerting.look(self.board, now)
        age_s = 0.0 if self.taken_s is None else now.steady_s - self.taken_s
        lost = age_s > 3 * self.poll_s or (self.taken_s is None and self.failed)
        if lost:
            self.pictures = 0
        else:
            self.pictures += isinstance(happening, PictureTaken)
            self.fired_in_outage = 0
        new = [event for event in self.board.alerts.recent if event.event_id not in self.known]
        self.known.update(event.event_id for event in new)
        self.judge([event for event in new if event.news is not None], lost=lost)

    def judge(self, new: list[AlertEvent], *, lost: bool) -> None:
        for event in new:
            self.happened[f"{event.news}"] += 1
            source = event.rule_id == SOURCE[0]
            begins = event.news in BEGINS
            if source and begins and event.news is News.FIRED:
                # An outage that is shorter raises nothing.
                assert lost
                self.fired_in_outage += 1
            if lost:
                # Who has an alert has it for a time, whether anybody sees or not.
                assert source or event.news is News.FREE_AGAIN
                assert self.fired_in_outage <= 1
            if begins and not source:
                assert self.pictures > 2
        row = self.alerting._alerts.live.get(SOURCE)
        if lost and not self.alerting._waits_for_past:
            assert row is not None
            assert fires(row)
            self.happened["lost"] += 1

    def end(self) -> None:
        """The journal tells of each firing once, and of its end once."""
        self.work()
        opened: set[AlertKey] = set()
        told = [event for event in alert_events(self.history, *EVER) if event.news is not None]
        ids = [event.event_id for event in told]
        assert len(set(ids)) == len(ids)
        by_hearing = [event for event in self.announced if event.news is not None]
        assert {event.event_id for event in by_hearing} == set(ids)
        for event in by_hearing:
            key = (event.rule_id, event.subject)
            if event.news is News.FIRED:
                assert key not in opened
            if event.news in BEGINS:
                opened.add(key)
            else:
                assert key in opened
            if event.news is News.OVER:
                opened.remove(key)
        self.history.close()


@pytest.mark.timeout(60 + DAYS // 10)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_that_every_day_tells_the_truth_once(shard: int) -> None:
    happened: Counter[str] = Counter()
    for seed in range(shard, DAYS, SHARDS):
        day = Day(seed)
        try:
            for _ in range(SECONDS):
                day.live()
            day.end()
        except (AssertionError, KeyError) as error:
            error.add_note(f"seed {seed}, at {day.clock.steady_s} s")
            raise
        happened += day.happened
    seen = {"lost", "killed", "firing kept", *map(str, News)} - {News.FREE_AGAIN, News.STEADY}
    assert all(happened[what] for what in seen), happened
