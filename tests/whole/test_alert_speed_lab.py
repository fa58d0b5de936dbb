"""From a caller at a real call center to the alert on the screen and to its sound.

When a caller is in the queue is known from his telephone. The series of which the 95th percentile
tells something: `WALLBOARD_CAMPAIGN=full pytest -s -m lab tests/whole/test_alert_speed_lab.py`.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import pytest
from support.alert_sounds import RATE, SOUNDS
from support.asterisk_lab import AsteriskLab
from support.campaign import size_of_campaign
from support.checkout import ROOT
from support.lab_phones import LabPhones
from support.sound_rig import LOUD, Ear, listening, sound_server, strength, why_no_sound
from support.virtual_screen import virtual_screen, why_no_screen

from wallboard.domain.alert import Condition, Limits, Rule, RuleId, Rules, Subject, SubjectKind
from wallboard.engine.alert_readings import can_be_read
from wallboard.settings.paths import places
from wallboard.settings.rules import RulesFile

ALERTS: Final = size_of_campaign(2, 30)
WAITS_S: Final = 4.0
BETWEEN_S: Final = 6.0
"""With these an alert fires and is over less often than what is called unstable."""
SILENCE_S: Final = 1.0
RULES: Final = Rules(
    rules=(
        Rule(
            rule_id=RuleId("somebody_waits"),
            name="Somebody waits",
            kind=SubjectKind.QUEUE,
            conditions=(Condition(reading="waiting", limits=Limits(high_critical=0)),),
            of=frozenset({Subject("support")}),
        ),
    )
)


@dataclass(slots=True)
class Onsets(Ear):
    """Hears each sound by itself.

    Attributes:
        began: When each began, by the steady clock, and at which sample.
    """

    began: list[tuple[float, int]] = field(default_factory=list)
    quiet: int = RATE * 10

    def hear(self, chunk: bytes) -> None:
        heard, before = array("h", chunk), len(self.samples)
        self.samples.extend(heard)
        now = time.monotonic()
        for at, sample in enumerate(heard):
            if abs(sample) <= LOUD:
                self.quiet += 1
                continue
            if self.quiet > SILENCE_S * RATE:
                self.began.append((now, before + at))
            self.quiet = 0

    def is_critical(self, begins: int) -> bool:
        """True if what begins there are the tones of a critical alert, one after the other."""
        known = {hertz for tones in SOUNDS.values() for hertz, _ in tones}
        for hertz, seconds in SOUNDS["critical"]:
            part = self.samples[begins + int(0.03 * RATE) : begins + int(0.12 * RATE)]
            if max(known, key=lambda each: strength(part, each)) != hertz:
                return False
            begins += round(seconds * RATE)
        return True


class Watched:
    """The program on its screen; knows what it said."""

    def __init__(self, home: Path, environ: dict[str, str]) -> None:
        self.said: list[tuple[str, float]] = []
        path = os.pathsep.join([str(ROOT / "tests"), str(ROOT)])
        self.errors = (home / "errors").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "support.alert_speed_rig"],
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            cwd=ROOT,
            env={**environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            word, _, at = line.partition(" ")
            self.said.append((word, float(at)))

    def times(self, word: str) -> list[float]:
        return [at for each, at in self.said if each == word]

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self._thread.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.errors.close()


@contextmanager
def watching(home: Path) -> Iterator[tuple[Watched, Onsets]]:
    ear = Onsets()
    with virtual_screen() as screen, sound_server() as sound, listening(sound, ear):
        program = Watched(home, {**sound, **screen.env})
        try:
            yield program, ear
        finally:
            program.close()


def until_true(what: str, holds: object, within_s: float) -> None:
    assert callable(holds)
    end_s = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end_s, f"no {what} within {within_s} s"
        time.sleep(0.02)  # noqa: TID251 - a test waits for another process


def connected(lab: AsteriskLab) -> None:
    fields = lab.told()
    secret = fields.pop("secret")
    told = [part for key, value in fields.items() for part in ("--field", f"{key}={value}")]
    subprocess.run(
        [
            *(sys.executable, "-m", "wallboard", "connect", "asterisk", "--name", "pbx"),
            *(*told, "--secret-stdin", "--keep-secret", "file"),
        ],
        check=True,
        capture_output=True,
        text=True,
        input=f"{secret}\n",
        cwd=ROOT,
    )
    RulesFile(places().rules_file("pbx")).save(RULES, can_be_read)


def in_queue(phones: LabPhones, observer: LabPhones) -> tuple[str, float, float]:
    """Let somebody call; return his number and when he was in the queue, steady and wall.

    Args:
        observer: Hears all that happens; who acts passes over what comes before his answer.
    """
    number = phones.call("801")
    observer._until(
        lambda one: (
            one.get("Event") == "Newstate"
            and one.get("Uniqueid") == f"customer-{number}"
            and one.get("ChannelStateDesc") == "Up"
        )
    )
    return number, time.monotonic(), time.time()  # noqa: TID251 - the truth is the machine's


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


@pytest.mark.lab
@pytest.mark.timeout(120 + 20 * ALERTS)
@pytest.mark.skipif(why_no_screen() is not None, reason=str(why_no_screen()))
@pytest.mark.skipif(why_no_sound() is not None, reason=str(why_no_sound()))
def test_that_an_alert_is_seen_and_heard_within_a_second_after_it_is_true(
    lab: AsteriskLab, tmp_path: Path
) -> None:
    connected(lab)
    chance, seen, heard, after_second = Random(5), [], [], []
    with (
        watching(tmp_path) as (program, ear),
        LabPhones(lab) as phones,
        LabPhones(lab) as observer,
    ):
        until_true("first board", lambda: program.times("ready"), 60)
        phones.do("Setvar", Variable="ANSWER_DELAY", Value="30")
        time.sleep(4)  # noqa: TID251 - the sounds are loaded three seconds after the start
        for _ in range(ALERTS):
            number, true_s, wall = in_queue(phones, observer)
            screens, sounds = len(program.times("seen")), len(ear.began)
            until_true("alert", lambda n=screens: len(program.times("seen")) > n, 10)
            until_true("sound", lambda n=sounds: len(ear.began) > n, 10)
            seen.append(program.times("seen")[-1] - true_s)
            heard.append(ear.began[-1][0] - true_s)
            after_second.append(math.ceil(wall) - wall)
            left_s = WAITS_S - (time.monotonic() - true_s)
            time.sleep(max(0.0, left_s))  # noqa: TID251 - a caller waits
            assert ear.is_critical(ear.began[-1][1])
            phones.customer_hangs_up(number)
            time.sleep(BETWEEN_S + chance.random())  # noqa: TID251 - nobody calls
        assert len(program.times("seen")) == len(ear.began) == ALERTS
    for name, took in (("screen", seen), ("sound", heard)):
        late = [one - left for one, left in zip(took, after_second, strict=True)]
        print(  # noqa: T201 - the figures that the series is made for
            f"Asterisk {lab.version}, {ALERTS} alerts, {name}: from the caller's being there"
            f" p50 {percentile(took, 0.5):.2f} s, p95 {percentile(took, 0.95):.2f} s,"
            f" worst {max(took):.2f} s; after the end of that second"
            f" p95 {percentile(late, 0.95):.2f} s, worst {max(late):.2f} s"
        )
        assert percentile(late, 0.95) <= (1.0 if ALERTS >= 20 else 3.0)
