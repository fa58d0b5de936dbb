"""Ties a simulated center to a clock and answers like any other source."""

from __future__ import annotations

import math
import select
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from wallboard.domain.clock import Clock
from wallboard.domain.errors import Fault, FaultKind, SourceRefused, SourceUnavailable, fault
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.snapshot import Agent, AgentId, Call, CallId, Snapshot
from wallboard.domain.source import Fetched, Finding, Interrupt, Told, Verdict
from wallboard.domain.supervision import NOT_REACHED, Wish, WishResult
from wallboard.sources.simulator.scenarios import DEFAULT, SCENARIOS, Scenario, Trouble
from wallboard.sources.simulator.supervision import PHONE, Supervision
from wallboard.sources.simulator.translate import (
    agent_of,
    call_of,
    queue_of,
    record_of,
    unseen_record_of,
)
from wallboard.sources.simulator.truth import Truth
from wallboard.sources.simulator.world import World

HOST: Final = "simulator"
OUTAGE_FILE: Final = "outage_file"
"""What may be told besides the fields that a user fills in; see `Settings`."""
_NOTICE_HOLDS_S: Final = 60.0
_FASTEST: Final = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a simulated center is made of.

    Attributes:
        speed: How many of its seconds pass in one of ours, 1 to 1000.
        language: `fa` or `en`, of the names.
        phone: The supervisor's.
        outage_file: As long as there is a file of this path, the center cannot be reached: so the
            demo shows an outage when somebody wants to see one. Empty for none.
    """

    scenario: str = DEFAULT
    seed: int = 7
    speed: float = 1.0
    language: str = "en"
    phone: str = PHONE
    outage_file: str = ""


def settings_of(told: Told) -> Settings:
    """Return the settings that a connection's fields tell; what is missing is the default.

    Raises:
        SourceRefused: One of them cannot be used; the fault names it.
    """
    scenario = told.get("scenario") or DEFAULT
    if scenario not in SCENARIOS:
        raise _bad("scenario", "there is no such scenario")
    language = told.get("language") or "en"
    if language not in ("en", "fa"):
        raise _bad("language", "it is neither en nor fa")
    try:
        seed = int(told.get("seed") or "7")
    except ValueError as error:
        raise _bad("seed", "it is not a whole number") from error
    try:
        speed = float(told.get("speed") or "1")
    except ValueError:
        speed = 0.0  # refused below
    if not 1.0 <= speed <= _FASTEST:
        raise _bad("speed", "it is not a number from 1 to 1000")
    return Settings(
        scenario=scenario,
        seed=seed,
        speed=speed,
        language=language,
        phone=told.get("phone") or PHONE,
        outage_file=told.get(OUTAGE_FILE, ""),
    )


def _bad(field: str, reason: str) -> SourceRefused:
    return SourceRefused(fault(FaultKind.BAD_SETTING, field=field, reason=reason))


def check(told: Told, clock: Clock) -> Iterator[Finding]:
    """Look at a simulated center once and tell what is there."""
    try:
        settings = settings_of(told)
    except SourceRefused as error:
        yield Finding(topic="simulator", verdict=Verdict.BAD, fault=error.fault)
        return
    snapshot = Simulator(settings, clock).fetch().snapshot
    details = {
        "scenario": settings.scenario,
        "seed": settings.seed,
        "speed": f"{settings.speed:g}",
        "queues": len(snapshot.queues),
        "agents": len(snapshot.agents),
    }
    yield Finding(
        topic="simulator",
        verdict=Verdict.GOOD,
        details=tuple((name, str(value)) for name, value in details.items()),
    )


class Simulator:
    """A simulated center behind the door of all sources. It begins with the first question.

    What it tells depends on the clock alone, not on how often it is asked: between two questions
    it goes through everything that happened, outages and restarts at their exact instants.
    """

    def __init__(self, settings: Settings, clock: Clock, *, remember: bool = False) -> None:
        """Prepare; no world is made yet.

        Args:
            remember: Keep every visit for `truth`; costs memory without end.
        """
        self._settings = settings
        self._scenario = SCENARIOS[settings.scenario]
        self._clock = clock
        self._remember = remember
        self._running: _Running | None = None

    def fetch(self) -> Fetched:
        """Return the whole picture and what ended since the last one.

        Raises:
            SourceUnavailable: The scenario has an outage now.
        """
        running, elapsed_s = self._at_present()
        return running.look(elapsed_s)

    def wait(self, pause: timedelta, interrupt: Interrupt) -> None:
        """Return after `pause`, or earlier if a phone is picked up or `interrupt` is readable."""
        pause_s = pause.total_seconds()
        if self._running is not None:
            elapsed_s = self._clock.now().steady_s - self._running.begun_s
            pause_s = min(pause_s, self._running.due_in_s(elapsed_s))
        select.select([interrupt], [], [], max(0.0, pause_s))

    def supervise(self, wish: Wish) -> WishResult | None:
        """Do what the supervisor asked, at most once. None: a phone rings."""
        running, elapsed_s = self._at_present()
        return running.do(wish, elapsed_s)

    def close(self) -> None:
        """Let go of the world; the next question begins a new one."""
        self._running = None

    def truth(self) -> Truth:
        """Return what really happened until now, seen or not."""
        running, elapsed_s = self._at_present()
        return running.truth(elapsed_s)

    def _at_present(self) -> tuple[_Running, float]:
        now = self._clock.now()
        if self._running is None:
            world = World(
                self._scenario,
                Random(self._settings.seed),  # noqa: S311 - chance to play with, not to keep secrets
                now.wall,
                language=self._settings.language,
                remember=self._remember,
            )
            self._running = _Running(world, self._scenario, self._settings, now.steady_s)
        elapsed_s = max(0.0, now.steady_s - self._running.begun_s)
        outage_file = self._settings.outage_file
        if outage_file:
            self._running.switch(dark=Path(outage_file).exists(), elapsed_s=elapsed_s)
        return self._running, elapsed_s


class _Running:
    """A world that runs, and what has been told of it."""

    def __init__(
        self, world: World, scenario: Scenario, settings: Settings, begun_s: float
    ) -> None:
        self.begun_s = begun_s
        self._world = world
        self._weather = scenario.weather
        self._speed = settings.speed
        self._supervision = Supervision(world, settings.phone)
        self._elapsed_s = 0.0
        self._dark_since: int | None = None
        self._switched = False
        self._entry_unseen: set[CallId] = set()
        self._facts: list[CallRecord] = []
        self._notices: dict[FaultKind, tuple[float, Fault]] = {}
        self._last: Fetched | None = None
        self._queues = {key: queue_of(line) for key, line in world.lines.items()}
        self._agents: dict[AgentId, Agent] = {}
        self._calls: dict[CallId, Call] = {}

    def look(self, elapsed_s: float) -> Fetched:
        self._live_until(elapsed_s)
        if self._dark_since is not None:
            raise SourceUnavailable(
                fault(FaultKind.UNREACHABLE, host=HOST, port="", reason=NOT_REACHED)
            )
        weather = self._weather
        frozen = weather is not None and weather.trouble_at(elapsed_s) is Trouble.FROZEN
        self._supervision.settle(elapsed_s)
        if self._last is None or not frozen:
            self._last = self._taken(elapsed_s)
        results = tuple(self._supervision.results)
        self._supervision.results.clear()
        return replace(self._last, results=results) if results else self._last

    def do(self, wish: Wish, elapsed_s: float) -> WishResult | None:
        self._live_until(elapsed_s)
        if self._dark_since is not None:
            return WishResult(wish=wish, done=False, reason=NOT_REACHED)
        return self._supervision.do(wish, elapsed_s)

    def due_in_s(self, elapsed_s: float) -> float:
        """Return after how many seconds a phone is picked up; endless if none rings."""
        due_s = self._supervision.next_due_s()
        return math.inf if due_s is None else max(0.0, due_s - elapsed_s)

    def truth(self, elapsed_s: float) -> Truth:
        self._live_until(elapsed_s)
        return self._world.truth()

    def switch(self, *, dark: bool, elapsed_s: float) -> None:
        """Make it dark by hand, or light again what was made dark so."""
        if dark is self._switched:
            return
        self._live_until(elapsed_s)
        self._switched = dark
        if dark:
            self._darken(restart=False)
        else:
            self._lighten(elapsed_s)

    # Time

    def _live_until(self, elapsed_s: float) -> None:
        """Go through the trouble that began or ended since, each at its exact instant."""
        for at_s, begins in self._turns_until(elapsed_s):
            self._go_to(at_s)
            if begins:
                self._darken(restart=self._weather_restarts)
            elif not self._switched:
                self._lighten(at_s)
        self._go_to(elapsed_s)
        self._elapsed_s = max(self._elapsed_s, elapsed_s)

    def _turns_until(self, elapsed_s: float) -> Iterator[tuple[float, bool]]:
        weather = self._weather
        if weather is None or weather.trouble is Trouble.FROZEN:
            return
        since_s = self._elapsed_s
        number = max(0, int((since_s - weather.first_s) // weather.every_s))
        while (begins_s := weather.first_s + number * weather.every_s) <= elapsed_s:
            for at_s, begins in ((begins_s, True), (begins_s + weather.lasts_s, False)):
                if since_s < at_s <= elapsed_s:
                    yield at_s, begins
            number += 1

    def _go_to(self, elapsed_s: float) -> None:
        passed = timedelta(microseconds=round(elapsed_s * self._speed * 1_000_000))
        self._world.advance(self._world.start + passed)

    @property
    def _weather_restarts(self) -> bool:
        return self._weather is not None and self._weather.trouble is Trouble.RESTART

    def _darken(self, *, restart: bool) -> None:
        world, weather = self._world, self._weather
        if self._dark_since is None:
            self._supervision.lost()
            self._gather()
            self._dark_since = world.now_us
        if restart and weather is not None:
            world.restart(timedelta(seconds=weather.lasts_s * self._speed))

    def _lighten(self, at_s: float) -> None:
        world, dark_since = self._world, self._dark_since
        if dark_since is None:
            return
        self._dark_since = None
        lost = 0
        for visit in world.ended:
            fact = unseen_record_of(
                world, visit, dark_since, entry_seen=self._forget_entry(visit.key)
            )
            self._facts.append(fact)
            lost += fact.ending is Ending.UNKNOWN
        world.ended.clear()
        self._entry_unseen.update(
            visit.key
            for visit in world.open.values()
            if visit.entered > dark_since and visit.answered is not None
        )
        if self._weather_restarts:
            at = world.instant(dark_since).isoformat(timespec="seconds")
            self._notice(at_s, fault(FaultKind.RESTARTED, at=at))
        if lost:
            held = self._notices.get(FaultKind.CALLS_UNSEEN, (0.0, None))
            before = int(held[1].detail("count")) if held[1] and held[0] > at_s else 0
            self._notice(at_s, fault(FaultKind.CALLS_UNSEEN, count=before + lost))

    # What is told

    def _notice(self, at_s: float, notice: Fault) -> None:
        self._notices[notice.kind] = (at_s + _NOTICE_HOLDS_S, notice)

    def _forget_entry(self, key: CallId) -> bool:
        """Return whether the entry of a call that is over was seen."""
        if key in self._entry_unseen:
            self._entry_unseen.remove(key)
            return False
        return True

    def _gather(self) -> None:
        """Make facts of the visits that ended in plain sight."""
        world = self._world
        for visit in world.ended:
            if visit.ended is not None and visit.ending is not None:
                seen = self._forget_entry(visit.key)
                self._facts.append(
                    record_of(world, visit, visit.ended, visit.ending, entry_seen=seen)
                )
        world.ended.clear()

    def _taken(self, elapsed_s: float) -> Fetched:
        self._gather()
        self._bring_agents_up_to_date()
        self._bring_calls_up_to_date()
        facts, self._facts = tuple(self._facts), []
        return Fetched(
            snapshot=Snapshot(
                as_of=self._world.now,
                queues=self._queues,
                agents=self._agents,
                calls=self._calls,
            ),
            facts=facts,
            notices=tuple(
                notice for until_s, notice in self._notices.values() if elapsed_s < until_s
            ),
            monitorings=self._supervision.monitorings(),
        )

    # The mappings are handed on, so a change makes new ones; rows that did not change are kept.

    def _bring_agents_up_to_date(self) -> None:
        world = self._world
        if not world.touched_people:
            return
        changed = {key: agent_of(world, world.people[key]) for key in world.touched_people}
        world.touched_people.clear()
        self._agents = {**self._agents, **changed}

    def _bring_calls_up_to_date(self) -> None:
        world = self._world
        if not world.touched_visits:
            return
        calls = dict(self._calls)
        for key in world.touched_visits:
            visit = world.open.get(key)
            if visit is None:
                calls.pop(key, None)
            else:
                calls[key] = call_of(world, visit, entry_seen=key not in self._entry_unseen)
        world.touched_visits.clear()
        self._calls = calls
