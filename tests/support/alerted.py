"""Boards that are watched for alerts, by a clock that a test moves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from support.boards import Scene, scene
from wallboard.domain.alert import AlertEvent, Condition, Limits, Rule, RuleId, Rules, SubjectKind
from wallboard.domain.snapshot import Snapshot
from wallboard.engine.board import Board
from wallboard.engine.default_rules import DEFAULT_RULES
from wallboard.runtime.alerting import Alerting

SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class Watched:
    """A scene and what watches it."""

    scene: Scene
    alerting: Alerting
    told: list[AlertEvent] = field(default_factory=list)

    @property
    def board(self) -> Board:
        return self.scene.board

    def live(self, seconds: int, *, still: bool = True) -> Board:
        """Let seconds pass, in each of which the source proves that it is alive.

        Args:
            still: Nobody has waited longer than before, nor been longer in a state.
        """
        for _ in range(seconds):
            self.scene.clock.pass_by(1.0)
            before = self.board.snapshot
            assert before is not None
            after = replace(before, as_of=self.scene.clock.wall)
            self.scene.take(_later(after) if still else after)
            self.look()
        return self.board

    def silent(self, seconds: int) -> Board:
        """Let seconds pass without a picture."""
        for _ in range(seconds):
            self.scene.pass_by(1.0)
            self.look()
        return self.board

    def look(self) -> Board:
        self.scene.board = self.alerting.look(self.scene.board, self.scene.clock.now())
        return self.board


def _later(picture: Snapshot) -> Snapshot:
    """Return the picture with all that began a second later."""
    return replace(
        picture,
        calls={
            key: call
            if call.answered_at is not None or call.entered_at is None
            else replace(call, entered_at=call.entered_at + SECOND)
            for key, call in picture.calls.items()
        },
        agents={
            key: agent
            if agent.state_since is None
            else replace(agent, state_since=agent.state_since + SECOND)
            for key, agent in picture.agents.items()
        },
    )


def watched(rules: Rules = DEFAULT_RULES, *, made: Scene | None = None) -> Watched:
    """Return a board in trouble with these rules, before the first look."""
    told: list[AlertEvent] = []
    alerting = Alerting(rules, announce=told.extend)
    alerting.begin(None)
    return Watched(made or scene(minutes=35), alerting, told)


def wait_rule(name: str = "wait", warning: float = 60, critical: float = 120) -> Rule:
    """Return a rule on the longest wait of each queue, without delay."""
    limits = Limits(high_warning=warning, high_critical=critical)
    return Rule(
        rule_id=RuleId(name),
        name=f"Rule {name}",
        kind=SubjectKind.QUEUE,
        conditions=(Condition(reading="longest_wait", limits=limits),),
    )
