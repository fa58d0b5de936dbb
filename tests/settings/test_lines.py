"""A value of the file that cannot be used is told with the line in which it stands."""

from __future__ import annotations

from wallboard.settings.lines import lines_of
from wallboard.settings.reading import read_settings

FILE = """\
# Settings
theme = "pink" # what a colour
text_size = 300
'single_keys' = "no"

[measuring]
target_s = -4

[[shifts]]
name = "Morning"
begins = "06:00"
ends = "14:00"

[[shifts]]
name = "Evening"
begins = "26:00"
ends = "22:00"

[connections."Tehran 1"]
kind = "simulator"

[connections."Tehran 1".queues."a=b"]
name = ""
"hidden" = 1
group = "Front"
"""


def test_that_each_value_is_found_in_its_line() -> None:
    lines = lines_of(FILE)
    text = FILE.split("\n")
    assert text[lines["theme"] - 1].startswith("theme")
    assert text[lines["single_keys"] - 1].startswith("'single_keys'")
    assert text[lines["measuring.target_s"] - 1].startswith("target_s")
    assert text[lines["shifts[2].begins"] - 1] == 'begins = "26:00"'
    assert text[lines["shifts[1].begins"] - 1] == 'begins = "06:00"'
    assert text[lines["connections.Tehran 1.queues.a=b.hidden"] - 1] == '"hidden" = 1'


def test_that_a_notice_names_the_line_and_what_is_allowed() -> None:
    told = [str(each) for each in read_settings(FILE.encode()).notices]
    assert any(each.startswith('Line 2: the setting "theme" cannot be') for each in told)
    assert any("Line 3" in each and "80 to 200" in each for each in told)
    assert any("Line 16" in each and "the shift is left out" in each for each in told)
    assert any("Line 23" in each and "at most 64 letters" in each for each in told)
    assert any("Line 24" in each and "true or false" in each for each in told)
    assert len(told) == 7


def test_that_the_other_values_hold() -> None:
    settings = read_settings(FILE.encode()).settings
    assert [shift.name for shift in settings.measuring.plan.shifts] == ["Morning"]
    assert settings.arrangement_of("Tehran 1").groups == {"a=b": "Front"}


def test_that_a_value_in_a_table_on_one_line_is_told_without_a_line() -> None:
    told = read_settings(b"measuring = { target_s = -4 }\n").notices
    assert [str(each)[:12] for each in told] == ["The setting "]
