"""Rules of alerts as a file: read with forgiveness, written so that they come back."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.domain.alert import (
    Condition,
    Hours,
    Join,
    Limits,
    Rule,
    RuleId,
    Rules,
    Subject,
    SubjectKind,
)
from wallboard.engine.alert_readings import can_be_read, keys_of
from wallboard.engine.default_rules import DEFAULT_RULES
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.rules import RulesFile, read_rules, written_rules

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 4))
SPANS = st.integers(0, 86_400).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def some_rules(draw: st.DrawFn) -> Rules:
    rules = []
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(SubjectKind))
        limits = sorted(draw(st.sets(NUMBERS, min_size=4, max_size=4)))
        keep = draw(st.lists(st.booleans(), min_size=4, max_size=4).filter(any))
        told = [limit if kept else None for limit, kept in zip(limits, keep, strict=True)]
        condition = Condition(
            reading=draw(st.sampled_from(keys_of(kind))),
            limits=Limits(
                low_critical=told[0],
                low_warning=told[1],
                high_warning=told[2],
                high_critical=told[3],
                margin=abs(draw(NUMBERS)),
            ),
            least=draw(st.none() | st.integers(0, 999)),
        )
        rules.append(
            Rule(
                rule_id=RuleId(f"r{number}"),
                name=draw(st.sampled_from(("Long wait", "انتظار طولانی", 'a "quoted" = name'))),
                kind=kind,
                conditions=(condition,) * draw(st.integers(1, 2)),
                join=draw(st.sampled_from(Join)),
                of=frozenset(map(Subject, draw(st.sets(st.text(max_size=5))))),
                lasting=draw(SPANS),
                keep=draw(SPANS),
                muted=draw(st.booleans()),
                hours=Hours(
                    weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)),
                    begins=time(draw(st.integers(0, 23)), 30),
                    ends=time(draw(st.integers(0, 23))),
                    holidays=draw(st.booleans()),
                ),
            )
        )
    return Rules(
        rules=tuple(rules),
        holidays=draw(st.frozensets(st.dates(date(1990, 1, 1), date(2100, 1, 1)), max_size=3)),
        yearly=draw(st.frozensets(st.sampled_from(((1, 1), (12, 30), (11, 22))), max_size=3)),
    )


@given(rules=some_rules())
@settings(max_examples=120, deadline=None)
def test_that_rules_come_back_from_their_file_as_they_were(rules: Rules) -> None:
    read = read_rules(written_rules(rules), can_be_read)
    assert read.notices == ()
    assert read.rules == rules


def test_that_the_rules_to_begin_with_can_be_read_and_are_few() -> None:
    assert read_rules(written_rules(DEFAULT_RULES), can_be_read).rules == DEFAULT_RULES
    assert len(DEFAULT_RULES.rules) == 6


WRONG = {
    "no_table": "rules = [1]",
    "no_limit": '[[rules]]\nid="a"\nname="a"\nof="queue"\n[[rules.conditions]]\nreading="waiting"',
    "limits_out_of_order": (
        '[[rules]]\nid="a"\nname="a"\nof="queue"\n'
        '[[rules.conditions]]\nreading="waiting"\nhigh_warning=9\nhigh_critical=3'
    ),
    "no_such_reading": (
        '[[rules]]\nid="a"\nname="a"\nof="agent"\n'
        '[[rules.conditions]]\nreading="waiting"\nhigh_warning=9'
    ),
    "no_such_window": (
        '[[rules]]\nid="a"\nname="a"\nof="queue"\n'
        '[[rules.conditions]]\nreading="asa"\nwindow="week"\nhigh_warning=9'
    ),
    "a_live_reading_of_a_window": (
        '[[rules]]\nid="a"\nname="a"\nof="queue"\n'
        '[[rules.conditions]]\nreading="waiting"\nwindow="today"\nhigh_warning=9'
    ),
    "no_conditions": '[[rules]]\nid="a"\nname="a"\nof="queue"',
    "no_such_kind": '[[rules]]\nid="a"\nname="a"\nof="team"',
    "a_limit_that_is_no_number": (
        '[[rules]]\nid="a"\nname="a"\nof="queue"\n'
        '[[rules.conditions]]\nreading="waiting"\nhigh_warning=nan'
    ),
    "a_name_with_a_control_sign": '[[rules]]\nid="a"\nname="a\\u0007"\nof="queue"',
    "a_time_longer_than_a_day": (
        '[[rules]]\nid="a"\nname="a"\nof="queue"\nfor_s=99999\n'
        '[[rules.conditions]]\nreading="waiting"\nhigh_warning=1'
    ),
    "hours_that_are_none": (
        '[[rules]]\nid="a"\nname="a"\nof="queue"\nhours={begins="25:70"}\n'
        '[[rules.conditions]]\nreading="waiting"\nhigh_warning=1'
    ),
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_that_a_rule_is_left_out_and_told_that_is(text: str) -> None:
    good = written_rules(DEFAULT_RULES).decode() if text.startswith("[[") else ""
    read = read_rules(f"{good}\n{text}\n".encode(), can_be_read)
    assert read.rules is not None
    assert len(read.rules.rules) == (6 if good else 0)
    assert len(read.notices) == 1


def test_that_holidays_are_told_by_either_calendar() -> None:
    text = 'holidays = ["1405-01-01", 2026-11-23, "12-29", "2026-13-01", "soon"]'
    read = read_rules(text.encode(), can_be_read)
    assert read.rules is not None
    assert read.rules.holidays == {date(2026, 3, 21), date(2026, 11, 23)}
    assert read.rules.yearly == {(12, 29)}
    assert len(read.notices) == 2


def test_that_no_file_is_no_trouble(tmp_path: Path) -> None:
    read = RulesFile(tmp_path / "rules" / "x.toml").load(can_be_read)
    assert (read.rules, read.notices) == (None, ())


def test_that_a_broken_file_is_told_and_set_aside_when_rules_are_saved(tmp_path: Path) -> None:
    file = RulesFile(tmp_path / "rules" / "x.toml")
    file.save(DEFAULT_RULES, can_be_read)
    assert file.path.stat().st_mode & 0o777 == 0o600
    file.path.write_text("[[rules")
    read = file.load(can_be_read)
    assert read.rules is None
    assert len(read.notices) == 1
    mine = replace(DEFAULT_RULES, rules=DEFAULT_RULES.rules[:1])
    file.save(mine, can_be_read)
    assert file.load(can_be_read).rules == mine
    assert file.path.with_suffix(".broken.toml").read_text() == "[[rules"


def test_that_rules_that_were_left_out_are_not_lost_when_the_others_are_saved(
    tmp_path: Path,
) -> None:
    file = RulesFile(tmp_path / "rules" / "x.toml")
    file.save(DEFAULT_RULES, can_be_read)
    assert _aside(file) == []
    copies = []
    for name in ("of_a_later_version", "of_another"):
        text = file.path.read_text().replace('"longest_wait"', f'"{name}"', 1)
        file.path.write_text(text)
        copies.append(text)
        read = file.load(can_be_read)
        assert read.rules is not None
        assert len(read.rules.rules) == len(DEFAULT_RULES.rules) - 1
        file.save(read.rules, can_be_read)
        assert _aside(file) == copies, "each is kept, the older one too"
        assert file.load(can_be_read).notices == ()
        file.save(DEFAULT_RULES, can_be_read)
        assert _aside(file) == copies, "all was read: nothing is to be kept"


def _aside(file: RulesFile) -> list[str]:
    there = sorted(file.path.parent.glob("x.broken*"), key=lambda path: len(path.name))
    return [path.read_text() for path in there]


@pytest.mark.skipif(os.name != "posix", reason="a folder is closed as POSIX does")
def test_that_what_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "rules").write_text("a file where a folder should be")
    with pytest.raises(SettingsNotSaved) as caught:
        RulesFile(tmp_path / "rules" / "x.toml").save(DEFAULT_RULES, can_be_read)
    assert "could not be written" in str(caught.value)
