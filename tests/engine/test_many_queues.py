"""With many queues only what changed is made anew; the board must be what all made anew gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from random import Random

import pytest
from support.clocks import NOON, HandClock
from support.snapshots import a_call, a_queue, a_record, a_snapshot, an_agent

from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.snapshot import Agent, AgentState, Call, Queue, Snapshot, difference
from wallboard.domain.totals import NOTHING, added
from wallboard.engine.board import Board, closed
from wallboard.engine.happenings import PictureTaken, SecondPassed, WindowChosen
from wallboard.engine.step import step
from wallboard.engine.windows import WindowKind

QUEUES = 40
ENDINGS = tuple(Ending)
STATES = tuple(AgentState)


class Site:
    """Forty queues in which something happens now and then."""

    def __init__(self, seed: int, window: WindowKind) -> None:
        self.chance = Random(seed)
        self.clock = HandClock(wall=NOON)
        self.board = Board(name="site", zone=UTC, poll=timedelta(seconds=30), window=window)
        self.number = 0
        self.last: Snapshot | None = None
        self.queues: dict[str, Queue] = {f"q{at}": a_queue(f"q{at}") for at in range(QUEUES)}
        self.agents: dict[str, Agent] = {f"a{at}": self.an_agent(f"a{at}") for at in range(20)}
        self.calls: dict[str, Call] = {}
        for _ in range(15):
            self.a_caller_comes()

    def any_queue(self) -> str:
        return f"q{self.chance.randrange(QUEUES)}"

    def an_agent(self, agent_id: str) -> Agent:
        queues = sorted({self.any_queue(), self.any_queue()})
        return an_agent(agent_id, self.chance.choice(STATES), queues)

    def a_caller_comes(self) -> None:
        self.number += 1
        entered_at = self.clock.now().wall - timedelta(seconds=self.chance.randrange(50))
        answered_at = self.chance.choice((None, None, self.clock.now().wall))
        call = a_call(f"c{self.number}", self.any_queue(), entered_at, answered_at)
        self.calls[call.call_id] = call

    def a_record(self) -> CallRecord:
        self.number += 1
        return a_record(
            f"f{self.number}",
            self.chance.choice(ENDINGS),
            queue_id=self.any_queue(),
            entered_at=self.clock.now().wall - timedelta(seconds=self.chance.randrange(2400)),
            wait_s=self.chance.choice((None, *range(40))),
        )

    def something_happens(self) -> None:
        """Let a few callers come and go, agents change, seldom a queue go, return or change."""
        self.clock.pass_by(self.chance.choice((0.4, 1.0, 3.0)))
        for call_id in self.chance.sample(sorted(self.calls), min(2, len(self.calls))):
            del self.calls[call_id]
        for _ in range(self.chance.randrange(4)):
            self.a_caller_comes()
        changed = f"a{self.chance.randrange(20)}"
        self.agents[changed] = self.an_agent(changed)
        queue_id = self.any_queue()
        match self.chance.randrange(8):
            case 0:
                self.queues.pop(queue_id, None)
            case 1:
                target = self.chance.choice((None, timedelta(seconds=30)))
                self.queues[queue_id] = a_queue(queue_id, target)
        self.shows([self.a_record() for _ in range(self.chance.randrange(3))])

    def shows(self, facts: list[CallRecord]) -> None:
        snapshot = a_snapshot(
            self.queues.values(),
            self.agents.values(),
            self.calls.values(),
            as_of=self.clock.now().wall,
        )
        taken = PictureTaken(change=difference(self.last, snapshot), facts=tuple(facts))
        self.board, _ = step(self.board, taken, self.clock.now())
        self.last = snapshot

    def a_second_passes(self) -> None:
        self.clock.pass_by(1)
        self.board, _ = step(self.board, SecondPassed(), self.clock.now())

    def made_anew(self) -> Board:
        """Return the board as it is with nothing of what was worked out before."""
        bare = replace(self.board, queues={}, ranks={}, order=(), calls={})
        anew, _ = step(bare, WindowChosen(window=self.board.window), self.clock.now())
        return anew


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    "window", [WindowKind.TODAY, WindowKind.LAST_15, WindowKind.INTERVAL], ids=str
)
def test_that_what_was_changed_step_by_step_is_what_all_made_anew_gives(
    seed: int, window: WindowKind
) -> None:
    site = Site(seed, window)
    site.shows([site.a_record() for _ in range(100)])
    for _ in range(40):
        site.something_happens()
        for _ in range(site.chance.randrange(4)):
            site.a_second_passes()
        anew = site.made_anew()
        assert site.board.queues == anew.queues
        assert site.board.order == anew.order
        assert site.board.site == anew.site
        gone = [row for key, row in closed(anew).items() if key not in anew.queues]
        rows = [standing.totals for standing in site.board.queues.values()]
        assert site.board.site.totals == sum([*rows, *gone], NOTHING) == added([*rows, *gone])


def test_that_a_queue_in_which_nothing_changes_stands_as_the_same_object() -> None:
    site = Site(1, WindowKind.TODAY)
    site.calls = {"c1": a_call("c1", "q1", NOON)}
    site.shows([])
    before = site.board.queues
    site.a_second_passes()
    assert all(site.board.queues[key] is before[key] for key in before)
    for _ in range(20):
        site.a_second_passes()  # over the target of twenty seconds
    assert [key for key in before if site.board.queues[key] is not before[key]] == ["q1"]
    assert site.board.site.totals.undecided_waiting == 0
