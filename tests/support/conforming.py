"""Sources that must keep the promises of all sources, and what they said in a run of fetches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta, tzinfo
from functools import cache

from support.asterisk_recordings import ReplaySource, traffic
from support.clocks import HandClock
from support.shared import shared_folder
from wallboard.domain.clock import Moment
from wallboard.domain.errors import Fault, SourceError
from wallboard.domain.snapshot import Snapshot, difference
from wallboard.domain.source import Fetched, Source
from wallboard.engine.board import Board
from wallboard.engine.happenings import FetchFailed, PictureTaken, SecondPassed
from wallboard.engine.step import step
from wallboard.sources.asterisk import KIND as ASTERISK
from wallboard.sources.simulator import KIND as SIMULATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A source under test and when it is asked.

    Attributes:
        make: Makes it; the clock is the only one it knows.
        pauses: Seconds of that clock before each further fetch.
        poll: How often such a source is asked.
    """

    name: str
    make: Callable[[HandClock], Source]
    pauses: Sequence[float]
    poll: timedelta = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One fetch of a run: what was said, or the fault, and the board after it.

    Attributes:
        copy: Of the snapshot as it was then, in mappings of its own.
    """

    now: Moment
    said: Fetched | None
    fault: Fault | None
    board: Board
    copy: Snapshot | None


def looks_of(run: Run, zone: tzinfo = UTC) -> tuple[Look, ...]:
    """Ask a source again and again, and make a board of it as the program does."""
    clock = HandClock()
    source = run.make(clock)
    board = Board(name=run.name, zone=zone, poll=run.poll)
    before: Snapshot | None = None
    looks: list[Look] = []
    for pause in (0.0, *run.pauses):
        now = clock.pass_by(pause)
        said, fault, copy = None, None, None
        try:
            said = source.fetch()
        except SourceError as error:
            fault = error.fault
            board, _ = step(board, FetchFailed(fault=fault), now)
        else:
            taken = PictureTaken(
                change=difference(before, said.snapshot), facts=said.facts, notices=said.notices
            )
            before = said.snapshot
            copy = replace(
                before,
                queues=dict(before.queues),
                agents=dict(before.agents),
                calls=dict(before.calls),
            )
            board, _ = step(board, taken, now)
        board, _ = step(board, SecondPassed(), now)
        looks.append(Look(now=now, said=said, fault=fault, board=board, copy=copy))
    source.close()
    return tuple(looks)


@cache
def looks_of_named(name: str) -> tuple[Look, ...]:
    """Return the looks of one of the runs below; each is made once."""
    return looks_of(next(run for run in RUNS if run.name == name))


def simulated(scenario: str, speed: float, pauses: Sequence[float]) -> Run:
    """Return a run of the simulator."""
    told = {"scenario": scenario, "speed": f"{speed:g}", "seed": "11"}
    return Run(
        name=f"simulator {scenario} x{speed:g}",
        make=lambda clock: SIMULATOR.connect(told, clock),
        pauses=pauses,
        poll=SIMULATOR.poll,
    )


def recorded(version: int, outage: tuple[float, float] | None = None) -> tuple[Run, ...]:
    """Return a run of what a real Asterisk said; none where the recordings are not at hand.

    Args:
        outage: From and to which second nothing is heard.
    """
    shared = shared_folder()
    if shared is None or not (shared / "asterisk-lab" / "recordings").is_dir():
        return ()
    what = "with an outage" if outage else "recorded"
    return (
        Run(
            name=f"asterisk {version} {what}",
            make=lambda clock: ReplaySource(traffic(shared, version), clock, outage),
            pauses=(0.5, 0.02, 1.5, 0.98) * 80,
            poll=ASTERISK.poll,
        ),
    )


EACH_SECOND = (1.0,) * 240
AS_IT_COMES = (0.0, 0.02, 3.0, 0.4, 11.0, 1.0, 1.0, 45.0, 0.001, 2.0) * 8

# Whoever brings a new source adds its runs here: recorded exchanges played back will do.
RUNS: tuple[Run, ...] = (
    *(
        simulated(scenario, speed, pauses)
        for scenario in ("demo", "calm", "rush", "outage", "flapping", "frozen", "restart")
        for speed, pauses in ((30, EACH_SECOND), (1, AS_IT_COMES))
    ),
    simulated("huge", 1, (1.0,) * 20),
    *(run for version in (22, 16) for run in (*recorded(version), *recorded(version, (70, 90)))),
)
