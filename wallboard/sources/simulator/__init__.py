"""A call center that is played: the demo, and the oracle of many tests.

It needs no network, and everything in it is invented.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from wallboard.domain.clock import Clock
from wallboard.domain.source import Field, FieldForm, SourceKind, Told
from wallboard.sources.simulator.scenarios import DEFAULT, SCENARIOS
from wallboard.sources.simulator.source import Simulator, check, settings_of
from wallboard.sources.simulator.supervision import COMMANDS, PHONE


def _connect(told: Told, clock: Clock) -> Simulator:
    return Simulator(settings_of(told), clock)


KIND: Final = SourceKind(
    key="simulator",
    label="Simulated call center",
    fields=(
        Field(
            key="scenario",
            label="Scenario",
            form=FieldForm.CHOICE,
            default=DEFAULT,
            choices=tuple(SCENARIOS),
        ),
        Field(
            key="seed",
            label="Seed",
            hint="The same number plays the same day.",
            form=FieldForm.NUMBER,
            default="7",
        ),
        Field(
            key="speed",
            label="Speed",
            hint="1 to 1000 times as fast as the clock.",
            form=FieldForm.NUMBER,
            default="1",
        ),
        Field(
            key="language",
            label="Language of the names",
            form=FieldForm.CHOICE,
            default="en",
            choices=("en", "fa"),
        ),
        Field(
            key="phone",
            label="Supervisor's phone",
            hint="It is played, too: it rings for a moment, and is picked up.",
            default=PHONE,
        ),
    ),
    poll=timedelta(seconds=1),
    connect=_connect,
    check=check,
    commands=lambda _told: COMMANDS,
)
