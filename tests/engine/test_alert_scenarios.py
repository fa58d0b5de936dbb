"""Alerts, each told in a line: the readings that came, and what became of the alert.

A line has three parts, parted by `|`:

* the rule: `>60/120` warns above 60 and is critical above 120 (`<` for below; `>60` only warns;
  `>/120` is only critical), `for 3` and `keep 2` in evaluations, `margin 5`;
* the readings, one evaluation each: a number, `_` for nothing known; `70*3` is three of them;
* what is shown after each: `.` nothing, `p` pending, `W` `C` firing, `w` `c` recovering, `u`
  unstable; an upper mark after it is what was announced: `!` fired, `+` worse, `-` better,
  `/` over, `~` unstable, `=` steady. `?` before it: not evaluated.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from wallboard.domain.alert import (
    Alert,
    Condition,
    Limits,
    News,
    Rule,
    RuleId,
    Stage,
    Subject,
    SubjectKind,
)
from wallboard.domain.severity import Severity
from wallboard.engine.alerts import SETTLING, Alerts, Evaluation, advance
from wallboard.engine.rule_book import RuleBook

BEGIN = datetime(2026, 3, 21, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)
QUEUE = Subject("support")
MARKS = {
    News.FIRED: "!",
    News.WORSE: "+",
    News.BETTER: "-",
    News.OVER: "/",
    News.UNSTABLE: "~",
    News.STEADY: "=",
    News.FREE_AGAIN: "^",
}

SCENARIOS = {
    # A limit, and nothing else.
    "a reading below its limit says nothing": ">60 | 10 60 59 | . . .",
    "a reading over its limit fires at once": ">60 | 10 61 | . W!",
    "a reading on its limit is not over it": ">60 | 60*3 | . . .",
    "what is good again is over": ">60 | 61 60 | W! ./",
    "what stays bad says so once": ">60 | 61*4 | W! W W W",
    "a critical limit alone makes no warning": ">/120 | 61 121 | . C!",
    "over both limits is critical at once": ">60/120 | 130 | C!",
    "below a low limit fires": "<3 | 5 2 3 | . W! ./",
    "far below a low limit is critical": "<3/1 | 2 0 2 3 | W! C+ W- ./",
    "a low limit alone may be critical": "</1 | 2 1 0 | . . C!",
    # How long it must last.
    "what lasts too short never fires": ">60 for 3 | 61*3 60 | p p p .",
    "what lasts long enough fires": ">60 for 3 | 61*4 | p p p W!",
    "one good reading begins the time anew": ">60 for 2 | 61 61 60 61 61 61 | p p . p p W!",
    "while it is pending it may become critical": ">60/120 for 2 | 61 130 130 | p p C!",
    "it fires as bad as it is at the end": ">60/120 for 2 | 130 130 61 | p p W!",
    "what fires becomes worse only after as long": (
        ">60/120 for 2 | 61*3 130 130 130 | p p W! W W C+"
    ),
    "a short worsening is not told": ">60/120 for 2 | 61*3 130 61 130 61 | p p W! W W W W",
    "without a time it is worse at once": ">60/120 | 61 130 | W! C+",
    # How long it is kept.
    "what is good is kept for a while": ">60 keep 2 | 61 60 60 60 | W! w w ./",
    "what turns bad while it recovers is the same alert": (
        ">60 keep 3 | 61 60 61 60*4 | W! w W w w w ./"
    ),
    "what eases is told after as long as it is kept": (">60/120 keep 2 | 130 61 61 61 | C! C C W-"),
    "what eases for a moment stays critical": ">60/120 keep 2 | 130 61 130 61 | C! C C C",
    "what recovers from critical is recovering as critical": (
        ">60/120 keep 2 | 130 10 10 10 | C! c c ./"
    ),
    "what eases and then is good recovers": ">60/120 keep 2 | 130 61 10 10 10 | C! C c c ./",
    # The margin.
    "inside the limit but not by the margin it stays": (
        ">60 margin 10 | 61 55 51 50 49 | W! W W W ./"
    ),
    "the margin holds only what fires": ">60 margin 10 | 55 | .",
    "the margin is of each limit": ">60/120 margin 10 | 121 115 110 105 | C! C C W-",
    "below, the margin lies above": "<80 margin 5 | 79 82 85 86 | W! W W ./",
    "the margin does not hold what is pending": ">60 for 3 margin 10 | 61 55 61 | p . p",
    # Nothing known.
    "nothing known makes nothing fire": ">60 | _*3 | . . .",
    "nothing known ends nothing": ">60 | 61 _ _ _ | W! ?W ?W ?W",
    "what fires goes on when it is known again": ">60 | 61 _ 61 | W! ?W W",
    "what was good meanwhile is over when it is known": ">60 | 61 _ 60 | W! ?W ./",
    "nothing known does not add to the time": ">60 for 3 | 61 61 _*3 61 61 | p p ?p ?p ?p p W!",
    "nothing known does not take pending back": ">60 for 2 | 61 _ 61 61 | p ?p p W!",
    "what recovers does not end while nothing is known": (
        ">60 keep 2 | 61 60 _ _ 60 60 | W! w ?w ?w w ./"
    ),
    "nothing known does not make it worse": ">60/120 | 61 _ _ | W! ?W ?W",
    "nothing known keeps what is critical": ">60/120 | 130 _ 130 | C! ?C C",
    "after nothing known it may be worse": ">60/120 | 61 _ 130 | W! ?W C+",
    "nothing known at the very start begins nothing": ">60 for 1 | _ 61 61 | . p W!",
    # Coming and going.
    "three turns in ten are unstable": (">60 | 61 60 61 60 61 60 | W! ./ W! ./ W! u~"),
    "what is unstable says nothing of its turns": (
        ">60 | 61 60 61 60 61 60 61 60 61 | W! ./ W! ./ W! u~ u u u"
    ),
    "what calms down is over once": (
        ">60 | 61 60 61 60 61 60 60*16 | W! ./ W! ./ W! u~ u u u u u u u u u u u u u u u ./"
    ),
    "what calms down and is bad goes on steady": (
        ">60 | 61 60 61 60 61 60 61*17 | W! ./ W! ./ W! u~ u u u u u u u u u u u u u u u u W="
    ),
    "what hardly lasts may be unstable before it fires": (
        ">60 for 5 | 61 60 61 60 61 60 | p . p . p u~"
    ),
    "few turns are no unrest": ">60 | 61 60 10*10 61 60 | W! ./ .*10 W! ./",
    "nothing known is no turn": ">60 | 61 _ 61 _ 61 _ 61 | W! ?W W ?W W ?W W",
    "a margin keeps a reading at its limit from unrest": (
        ">60 margin 5 | 61 59 61 59 61 59 61 | W! W W W W W W"
    ),
    # As in other well-known systems.
    "pending, firing, resolved": ">1 for 2 | 0 2 2 2 0 | . p p W! ./",
    "a missing series does not resolve": ">1 | 2 _*5 | W! ?W ?W ?W ?W ?W",
    "an error is no value": ">1 for 1 | 2 _ 2 | p ?p W!",
    "recovering lasts as long as it says": ">1 keep 3 | 2 0*4 | W! w w w ./",
    "recovering is left by a new firing": ">1 keep 2 | 2 0 2 0 0 0 | W! w W w w ./",
    "a limit that is passed for less than its time is normal again, as in Grafana": (
        ">1 for 3 | 2 2 0 2 2 2 2 | p p . p p p W!"
    ),
    "what fires goes on firing while data is missing, as with Grafana's keep last state": (
        ">1 for 1 keep 1 | 2 2 _*4 2 0 0 | p W! ?W*4 W w ./"
    ),
    "an error while it recovers does not resolve it": ">1 keep 2 | 2 0 _ 0 0 | W! w ?w w ./",
    # Nagios: 20 states are remembered, and it flaps from 30 % on until it is below 25 %.
    "five turns in twenty are no flapping": (">1 | 2 0 2 0 2*16 | W! ./ W! ./ W! W*15"),
    "six turns in twenty are flapping": ">1 | 2 0 2 0 2 0*3 | W! ./ W! ./ W! u~ u u",
    "flapping ends with the evaluation at which fewer than five turns are left of twenty": (
        ">1 | 2 0 2 0 2 0 0*15 0 | W! ./ W! ./ W! u~ u*15 ./"
    ),
    "from warning to critical and back is no flapping": (
        ">1/5 | 2 9 2 9 2 9 2 9 | W! C+ W- C+ W- C+ W- C+"
    ),
    # Both sides together.
    "between both limits all is well": "<10/5 >60/120 | 10 60 30 | . . .",
    "each side fires": "<10/5 >60/120 | 9 30 61 | W! ./ W!",
    "from one side to the other it is the same alert": "<10/5 >60/120 | 9 61 | W! W",
    "from a warning low to critical high it is worse": "<10/5 >60/120 | 9 121 | W! C+",
    # Numbers.
    "a ratio is a number like any": "<0.8/0.7 | 0.81 0.8 0.79 0.69 | . . W! C+",
    "below nothing there are numbers too": "<-5 | -5 -6 | . W!",
    "nothing at all is a number": ">0 | 0 1 0 | . W! ./",
}


def rule_of(text: str) -> Rule:
    limits: dict[str, float] = {}
    for sign, warning, critical in re.findall(r"([<>])(-?[\d.]+)?(?:/(-?[\d.]+))?", text):
        side = "high" if sign == ">" else "low"
        if warning:
            limits[f"{side}_warning"] = float(warning)
        if critical:
            limits[f"{side}_critical"] = float(critical)
    words = dict(re.findall(r"(for|keep|margin) ([\d.]+)", text))
    made = Limits(**limits, margin=float(words.get("margin", 0)))
    assert made.ordered
    return Rule(
        rule_id=RuleId("r"),
        name="",
        kind=SubjectKind.QUEUE,
        conditions=(Condition(reading="x", limits=made),),
        lasting=int(words.get("for", 0)) * SECOND,
        keep=int(words.get("keep", 0)) * SECOND,
    )


def repeated(text: str) -> list[str]:
    found = (re.fullmatch(r"(.+?)\*(\d+)", token) for token in text.split())
    pairs = zip(text.split(), found, strict=True)
    return [
        one
        for token, many in pairs
        for one in ([token] if many is None else [many[1]] * int(many[2]))
    ]


def evaluated(number: int, reading: float | None) -> Evaluation:
    return Evaluation(
        at=BEGIN + number * SECOND,
        seen=True,
        longest=3 * SECOND,
        readings={SubjectKind.QUEUE: {QUEUE: {"x": reading}}},
    )


def settled() -> Alerts:
    alerts = Alerts()
    for number in range(-SETTLING, 0):
        alerts, said = advance(alerts, RuleBook(), evaluated(number, None))
        assert not said
    return alerts


def shown(alert: Alert | None) -> str:
    if alert is None:
        return "."
    if alert.unstable:
        return "u"
    letter = {Severity.WARNING: "W", Severity.CRITICAL: "C", Severity.CALM: "."}[alert.severity]
    unsure = "" if alert.evaluated else "?"
    match alert.stage:
        case Stage.NORMAL:
            return "."
        case Stage.PENDING:
            return f"{unsure}p"
        case Stage.FIRING:
            return f"{unsure}{letter}"
        case _:
            return f"{unsure}{letter.lower()}"


@pytest.mark.parametrize("line", SCENARIOS.values(), ids=SCENARIOS.keys())
def test_that_what_is_told_in_a_line_comes_true(line: str) -> None:
    told_rule, told_readings, told_shown = line.split("|")
    book, alerts, seen = RuleBook([rule_of(told_rule)]), settled(), []
    for number, token in enumerate(repeated(told_readings)):
        reading = None if token == "_" else float(token)
        alerts, said = advance(alerts, book, evaluated(number, reading))
        seen.append(
            shown(alerts.live.get((RuleId("r"), QUEUE))) + "".join(MARKS[one.news] for one in said)
        )
    assert seen == repeated(told_shown)


@pytest.mark.parametrize("told_rule", [">60", ">60 keep 1", ">60 for 1"])
def test_that_what_comes_and_goes_is_one_firing_to_its_end(told_rule: str) -> None:
    book, alerts, fired = RuleBook([rule_of(told_rule)]), settled(), []
    readings = [61.0, 61.0, 61.0, *[60.0, 60.0, 61.0, 61.0] * 8, *[60.0] * 40]
    for number, reading in enumerate(readings):
        alerts, said = advance(alerts, book, evaluated(number, reading))
        fired += [(one.news, one.alert.fired_at) for one in said]
    assert fired[-1][0] is News.OVER
    since = next(at for at, (news, _) in enumerate(fired) if news is News.UNSTABLE)
    assert fired[since][1] is not None
    assert {at for _, at in fired[since - 1 :]} == {fired[since][1]}


def test_that_there_are_sixty_of_them() -> None:
    assert len(SCENARIOS) >= 60
