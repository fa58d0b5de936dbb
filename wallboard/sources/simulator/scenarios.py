"""The simulated call centers, as values: who is called how often, who answers, what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wallboard.sources.simulator.people import CITIES, TOPICS, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePlan:
    """One queue.

    Attributes:
        key: The queue's id.
        target_s: The service level's time to answer.
        agents: How many have this queue as their first skill.
        before, also: Which queues these agents serve first, and which when nobody waits in
            their own, by key.
        calls_per_hour: At the day's peak, before the scenario's load.
        talk_s, wrap_s, patience_s: Means.
        limit_s: After how long the system sends a caller away. None if it never does.
        key_share: Of the callers, who would press the key for a callback while waiting.
        transfer_share: Of the answered calls, which are passed on to one of `transfer_to`.
        leave_when_empty: Callers are sent away when nobody is there to answer.
    """

    key: str
    name: Words
    agents: int
    calls_per_hour: float
    target_s: float = 20
    before: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    talk_s: float = 180
    wrap_s: float = 25
    patience_s: float = 150
    limit_s: float | None = 600
    key_share: float = 0.0
    transfer_share: float = 0.0
    transfer_to: tuple[str, ...] = ()
    leave_when_empty: bool = False


class Trouble(StrEnum):
    """What goes wrong between the simulated center and who looks at it."""

    DARK = "dark"
    """It cannot be reached; calls go on."""
    FROZEN = "frozen"
    """It answers, but always the same."""
    RESTART = "restart"
    """The telephone system restarts: all calls end, and for a while it cannot be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """When there is trouble: first after a while, then again and again.

    Attributes:
        first_s, lasts_s, every_s: In seconds of the clock on the wall, whatever the speed.
    """

    trouble: Trouble
    first_s: float
    lasts_s: float
    every_s: float

    def trouble_at(self, elapsed_s: float) -> Trouble | None:
        """Return what is wrong so long after the start. None if nothing is."""
        since = elapsed_s - self.first_s
        return self.trouble if since >= 0 and since % self.every_s < self.lasts_s else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One simulated call center.

    Attributes:
        load: Multiplies the calls.
        warm_up_s: How long it has been running when one begins to look.
    """

    lines: tuple[LinePlan, ...]
    load: float = 1.0
    weather: Weather | None = None
    warm_up_s: float = 2.5 * 3600

    @property
    def agents(self) -> int:
        """How many people work there."""
        return sum(line.agents for line in self.lines)


_CENTER: Final = (
    LinePlan(
        key="sales",
        name=TOPICS[0],
        agents=9,
        also=("orders",),
        calls_per_hour=108,
        talk_s=170,
        wrap_s=22,
        transfer_share=0.05,
        transfer_to=("billing", "orders"),
    ),
    LinePlan(
        key="support",
        name=TOPICS[1],
        agents=10,
        before=("vip",),
        calls_per_hour=80,
        target_s=30,
        talk_s=260,
        wrap_s=40,
        patience_s=210,
        key_share=0.06,
        transfer_share=0.06,
        transfer_to=("complaints", "sales"),
    ),
    LinePlan(
        key="billing",
        name=TOPICS[2],
        agents=6,
        also=("complaints",),
        calls_per_hour=42,
        talk_s=190,
        wrap_s=30,
        limit_s=300,
        transfer_share=0.04,
        transfer_to=("complaints",),
    ),
    LinePlan(
        key="orders",
        name=TOPICS[3],
        agents=6,
        also=("sales",),
        calls_per_hour=84,
        talk_s=130,
        wrap_s=15,
        patience_s=120,
        limit_s=240,
    ),
    LinePlan(
        key="complaints",
        name=TOPICS[4],
        agents=4,
        also=("support",),
        calls_per_hour=17,
        target_s=60,
        talk_s=330,
        wrap_s=70,
        patience_s=300,
        key_share=0.1,
    ),
    LinePlan(
        key="vip",
        name=TOPICS[5],
        agents=3,
        also=("sales",),
        calls_per_hour=12,
        target_s=15,
        talk_s=240,
        wrap_s=30,
        leave_when_empty=True,
        transfer_share=0.05,
        transfer_to=("support",),
    ),
)


def _many() -> tuple[LinePlan, ...]:
    keys = tuple(f"q{number:03}" for number in range(1, 201))
    lines = []
    for place, key in enumerate(keys):
        topic, city = TOPICS[place % len(TOPICS)], CITIES[place // len(TOPICS)]
        talk_s = 160 + 20 * (place % 8)
        lines.append(
            LinePlan(
                key=key,
                name=Words(en=f"{topic.en} {city.en}", fa=f"{topic.fa} {city.fa}"),
                agents=10,
                also=(keys[place - 1], keys[(place + 20) % len(keys)]),
                # Eight of ten are there at the peak; four fifths to nearly all of their time.
                calls_per_hour=(0.68 + 0.03 * (place % 9)) * 8 * 3600 / (talk_s + 30),
                target_s=20 if place % 3 else 30,
                talk_s=talk_s,
                wrap_s=30,
                limit_s=300 if place % 2 else 600,
                key_share=0.05 if place % 5 == 0 else 0.0,
                transfer_share=0.05,
                transfer_to=(keys[(place + 1) % len(keys)],),
                leave_when_empty=place % 4 == 0,
            )
        )
    return tuple(lines)


SCENARIOS: Final[Mapping[str, Scenario]] = {
    # Mostly healthy, with one or two queues that need a look.
    "demo": Scenario(lines=_CENTER),
    "calm": Scenario(lines=_CENTER, load=0.55),
    "rush": Scenario(lines=_CENTER, load=1.5),
    "outage": Scenario(
        lines=_CENTER,
        weather=Weather(trouble=Trouble.DARK, first_s=40, lasts_s=30, every_s=150),
    ),
    "flapping": Scenario(
        lines=_CENTER,
        weather=Weather(trouble=Trouble.DARK, first_s=8, lasts_s=3, every_s=7),
    ),
    "frozen": Scenario(
        lines=_CENTER,
        weather=Weather(trouble=Trouble.FROZEN, first_s=20, lasts_s=40, every_s=90),
    ),
    "restart": Scenario(
        lines=_CENTER,
        weather=Weather(trouble=Trouble.RESTART, first_s=30, lasts_s=6, every_s=150),
    ),
    "huge": Scenario(lines=_many(), warm_up_s=600),
}

DEFAULT: Final = "demo"

# Of the day's peak, at each full hour; between them it is a straight line. Nobody calls at night.
DAY_CURVE: Final = (
    0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.05, 0.4, 0.85, 1.0, 1.0,
    0.9, 0.75, 0.8, 0.75, 0.5, 0.3, 0.18, 0.14, 0.08, 0.0, 0.0, 0.0,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Working hours.

    Attributes:
        begins_s, ends_s: Seconds since midnight.
        share: Of a queue's agents, who work in this shift or an earlier one of the table.
    """

    begins_s: float
    ends_s: float
    share: float


SHIFTS: Final = (
    Shift(begins_s=7.5 * 3600, ends_s=15.5 * 3600, share=0.42),
    Shift(begins_s=9 * 3600, ends_s=17 * 3600, share=0.82),
    Shift(begins_s=12.5 * 3600, ends_s=21 * 3600, share=1.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A pause that belongs to a shift.

    Attributes:
        after_s: Since the shift began, give or take `spread_s`.
        lasts_s: Mean.
        share: Of the shifts in which it is taken.
    """

    reason: Words
    after_s: float
    spread_s: float
    lasts_s: float
    share: float = 1.0


BREAKS: Final = (
    Break(reason=Words(en="Break", fa="استراحت"), after_s=2 * 3600, spread_s=3600, lasts_s=720),
    Break(
        reason=Words(en="Meeting", fa="جلسه"),
        after_s=3 * 3600,
        spread_s=4000,
        lasts_s=1200,
        share=0.2,
    ),
    Break(reason=Words(en="Lunch", fa="ناهار"), after_s=4 * 3600, spread_s=2700, lasts_s=1800),
    Break(
        reason=Words(en="Prayer", fa="نماز"),
        after_s=4.8 * 3600,
        spread_s=1800,
        lasts_s=700,
        share=0.6,
    ),
    Break(
        reason=Words(en="Training", fa="آموزش"),
        after_s=5.5 * 3600,
        spread_s=3600,
        lasts_s=2400,
        share=0.08,
    ),
    Break(reason=Words(en="Break", fa="استراحت"), after_s=6.5 * 3600, spread_s=1800, lasts_s=720),
)

LOOKED_AT_S: Final = 10.5 * 3600
"""The hour of the simulated day at which one begins to look, whatever the real hour is."""
