"""How a site measures: read from the file with forgiveness, written without loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from wallboard.domain.measuring import (
    AS_USUAL,
    LevelKind,
    LevelProfile,
    Measuring,
    QueueRule,
    Shift,
    WorkPlan,
)
from wallboard.domain.snapshot import QueueId
from wallboard.settings.file import SettingsFile
from wallboard.settings.measures import QueueChoice, length_of, overlap
from wallboard.settings.model import KeptIn, Profile, Settings
from wallboard.settings.reading import read_settings
from wallboard.settings.secrets import redacted

WHOLE = """
latin_digits = true
history_days = 90

[measuring]
target_s = 30
short_abandon_s = 6
service_level = "sl_genesys"
genesys_flow_outs = true
day_begins = "06:00"
week_begins = "Saturday"
interval_minutes = 15

[[shifts]]
name = "صبح"
begins = 06:00:00
ends = "14:00"

[[shifts]]
name = "night"
begins = "22:00"
ends = "24:00"
weekdays = ["thursday", "friday"]

[connections.pbx]
kind = "asterisk"

[connections.pbx.queues.600]
target_s = 10

[connections.pbx.queues."فروش"]
service_level = "sl_positive"
short_abandon_s = 0

[connections.other]
kind = "asterisk"
"""


def told(text: str) -> list[str]:
    return [str(notice) for notice in read_settings(text.encode()).notices]


def test_that_everything_is_read() -> None:
    loaded = read_settings(WHOLE.encode())
    assert not loaded.notices
    genesys = LevelProfile(kind=LevelKind.GENESYS, flow_outs=True)
    assert loaded.settings.history_days == 90
    assert loaded.settings.measuring == Measuring(
        usual=QueueRule(target=timedelta(seconds=30), short=timedelta(seconds=6), level=genesys),
        plan=WorkPlan(
            day_begins=time(6),
            week_begins=5,
            interval=timedelta(minutes=15),
            shifts=(
                Shift(name="صبح", begins=time(6), ends=time(14)),
                Shift(name="night", begins=time(22), ends=time(), weekdays=frozenset({3, 4})),
            ),
        ),
    )


def test_that_the_rules_of_queues_belong_to_their_connection() -> None:
    settings = read_settings(WHOLE.encode()).settings
    usual = settings.measuring.usual
    measuring = settings.measuring_of("pbx")
    assert measuring.rule(QueueId("600")) == replace(usual, target=timedelta(seconds=10))
    assert measuring.rule(QueueId("فروش")) == replace(
        usual, short=timedelta(), level=LevelProfile(kind=LevelKind.POSITIVE)
    )
    assert measuring.rule(QueueId("601")) == usual
    assert settings.measuring_of("other").rule(QueueId("600")) == usual
    assert settings.measuring_of("gone") == settings.measuring


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("target_s = 0", "target_s"),
        ("target_s = true", "target_s"),
        ("target_s = nan", "target_s"),
        ("target_s = 1e300", "target_s"),
        ('target_s = "20"', "target_s"),
        ("short_abandon_s = -1", "short_abandon_s"),
        ('service_level = "80/20"', "service_level"),
        ("service_level = [1]", "service_level"),
        ('genesys_flow_outs = "yes"', "genesys_flow_outs"),
        ('day_begins = "25:00"', "day_begins"),
        ('day_begins = "24:01"', "day_begins"),
        ('day_begins = "6"', "day_begins"),
        ("day_begins = 6", "day_begins"),
        ('week_begins = "شنبه"', "week_begins"),
        ("week_begins = 5", "week_begins"),
        ("interval_minutes = 20", "interval_minutes"),
        ("interval_minutes = true", "interval_minutes"),
        ('interval_minutes = "30"', "interval_minutes"),
    ],
)
def test_that_a_bad_value_is_told_and_its_default_holds(line: str, key: str) -> None:
    loaded = read_settings(f"[measuring]\n{line}\n".encode())
    assert loaded.settings.measuring == AS_USUAL
    (notice,) = loaded.notices
    assert f'"measuring.{key}"' in str(notice)
    assert "its default is used" in str(notice)


def test_that_a_bad_value_of_a_queue_leaves_its_other_values() -> None:
    loaded = read_settings(
        b'[connections.p]\nkind = "x"\n[connections.p.queues.q]\ntarget_s = "x"\n'
        b"short_abandon_s = 9\n"
    )
    (notice,) = loaded.notices
    assert "connections.p.queues.q.target_s" in str(notice)
    assert loaded.settings.queues == {"p": {"q": QueueChoice(short=timedelta(seconds=9))}}


@pytest.mark.parametrize("text", ["measuring = 5", "shifts = 5", "shifts = [5]"])
def test_that_something_else_in_the_place_of_a_table_is_told(text: str) -> None:
    loaded = read_settings(text.encode())
    assert loaded.settings == Settings()
    assert len(loaded.notices) == 1


def test_that_queues_that_are_no_table_lose_no_connection() -> None:
    loaded = read_settings(b'[connections.p]\nkind = "x"\nqueues = 7\n')
    assert [profile.name for profile in loaded.settings.profiles] == ["p"]
    assert len(loaded.notices) == 1


def shift_rows(*rows: str) -> str:
    return "".join(f"[[shifts]]\n{row}\n" for row in rows)


DAY = 'name = "day"\nbegins = "08:00"\nends = "16:00"'


@pytest.mark.parametrize(
    "row",
    [
        'name = "late"\nbegins = "15:59"\nends = "20:00"',
        'name = "night"\nbegins = "22:00"\nends = "08:01"',
        'name = "round the clock"\nbegins = "00:00"\nends = "00:00"',
        'name = "thursday night"\nbegins = "22:00"\nends = "09:00"\nweekdays = ["thursday"]',
    ],
)
def test_that_a_shift_that_overlaps_another_is_refused_in_words(row: str) -> None:
    loaded = read_settings(shift_rows(DAY, row).encode())
    assert [shift.name for shift in loaded.settings.measuring.plan.shifts] == ["day"]
    (notice,) = loaded.notices
    assert "Change the hours" in str(notice)


@pytest.mark.parametrize(
    "row",
    [
        'name = "late"\nbegins = "16:00"\nends = "00:00"',
        'name = "night"\nbegins = "22:00"\nends = "08:00"',
    ],
)
def test_that_shifts_that_only_touch_are_taken(row: str) -> None:
    loaded = read_settings(shift_rows(DAY, row).encode())
    assert not loaded.notices
    assert len(loaded.settings.measuring.plan.shifts) == 2


def test_that_shifts_of_different_days_do_not_overlap_unless_they_reach_over() -> None:
    sunday = Shift(name="s", begins=time(20), ends=time(4), weekdays=frozenset({6}))
    monday = Shift(name="m", begins=time(3), ends=time(9), weekdays=frozenset({0}))
    # Sunday night reaches into Monday, round the end of the week.
    assert overlap(sunday, monday) == 6
    assert overlap(monday, sunday) == 0
    assert overlap(replace(sunday, ends=time(3)), monday) is None
    assert overlap(replace(sunday, weekdays=frozenset({2})), monday) is None


def test_that_a_shift_lasts_over_midnight() -> None:
    assert length_of(Shift(name="n", begins=time(22), ends=time(6))) == timedelta(hours=8)
    assert length_of(Shift(name="d", begins=time(6), ends=time(6))) == timedelta(days=1)


@pytest.mark.parametrize(
    "row",
    [
        'begins = "08:00"\nends = "16:00"',
        'name = ""\nbegins = "08:00"\nends = "16:00"',
        'name = "a"\nbegins = "8"\nends = "16:00"',
        'name = "a"\nbegins = "08:00"',
        'name = "a"\nbegins = "08:00"\nends = "16:00"\nweekdays = []',
        'name = "a"\nbegins = "08:00"\nends = "16:00"\nweekdays = ["someday"]',
    ],
)
def test_that_a_shift_with_a_bad_value_is_left_out_and_told(row: str) -> None:
    loaded = read_settings(shift_rows(row, DAY).encode())
    assert [shift.name for shift in loaded.settings.measuring.plan.shifts] == ["day"]
    (notice,) = loaded.notices
    assert "shifts[1]" in str(notice)


def test_that_two_shifts_of_one_name_are_refused() -> None:
    night = 'name = "day"\nbegins = "18:00"\nends = "20:00"'
    assert len(told(shift_rows(DAY, night))) == 1


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("history_days = 6", "history_days"),
        ("history_days = true", "history_days"),
        ('history_mb = "big"', "history_mb"),
        ('history = "mysql://db/x"', "history"),
        ('history = "postgresql:///x"', "history"),
        ('history_secret = "pocket"', "history_secret"),
    ],
)
def test_that_a_bad_value_of_the_history_is_told(line: str, key: str) -> None:
    loaded = read_settings(line.encode())
    assert loaded.settings == Settings()
    assert f'"{key}"' in str(loaded.notices[0])


@pytest.mark.parametrize(
    "address",
    ["postgresql://me:Xy7-geheim@db/calls", "postgresql://me@db/calls?password=Xy7-geheim"],
)
def test_that_a_password_in_the_file_is_not_used_and_not_repeated(address: str) -> None:
    loaded = read_settings(f'history = "{address}"'.encode())
    assert loaded.settings.history is None
    (notice,) = loaded.notices
    assert "geheim" not in str(notice)
    assert "WALLBOARD_HISTORY_PASSWORD" in str(notice)


def test_that_a_password_in_the_file_is_kept_out_of_logs() -> None:
    read_settings(b'history = "postgresql://me:Zq9%2Dtopsecret@db/calls"')
    assert "topsecret" not in redacted("no entry for Zq9-topsecret or Zq9%2Dtopsecret")


def test_that_a_change_keeps_comments_and_unknown_keys(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    mine = WHOLE.replace("target_s = 10", "target_s = 10 # the chief's\nfuture = 1").replace(
        "interval_minutes = 15", "interval_minutes = 15 # as the reports\ntomorrow = 2"
    )
    file.path.write_text(mine, encoding="utf-8")

    def alter(before: Settings) -> Settings:
        usual = replace(before.measuring.usual, target=None)
        chosen = {
            **before.queues["pbx"],
            QueueId("600"): QueueChoice(target=timedelta(seconds=15)),
        }
        return replace(
            before,
            measuring=replace(before.measuring, usual=usual),
            queues={**before.queues, "pbx": chosen},
        )

    after = file.change(alter)
    text = file.path.read_text(encoding="utf-8")
    for kept in (
        "# the chief's",
        "future = 1",
        "# as the reports",
        "tomorrow = 2",
        "target_s = 15",
    ):
        assert kept in text
    assert "target_s = 30" not in text
    loaded = file.load()
    assert not loaded.notices
    assert loaded.settings == after


def test_that_a_bad_shift_stays_in_the_file_when_something_else_changes(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    file.path.write_text(shift_rows('name = "x"\nbegins = "nine"\nends = "16:00"', DAY))
    file.change(lambda before: replace(before, latin_digits=True))
    assert "nine" in file.path.read_text(encoding="utf-8")


def test_that_rows_of_another_form_in_the_place_of_the_shifts_are_replaced(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    file.path.write_text('shifts = [{name = "a", begins = "08:00", ends = "09:00"}]\nstart = "b"\n')
    shift = Shift(name="b", begins=time(10), ends=time(11))

    def alter(before: Settings) -> Settings:
        plan = replace(before.measuring.plan, shifts=(shift,))
        return replace(before, measuring=replace(before.measuring, plan=plan))

    file.change(alter)
    assert file.load().settings.start == "b"
    assert file.load().settings.measuring.plan.shifts == (shift,)


def test_that_connecting_again_keeps_the_rules_of_queues(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    file.path.write_text(WHOLE, encoding="utf-8")
    fresh = Profile(name="pbx", kind="asterisk", fields={"host": "new"}, secret=KeptIn.ASK)
    before = file.load().settings
    assert file.change(lambda found: found.with_profile(fresh)).queues == before.queues
    assert file.load().settings.queues == before.queues
    assert not file.change(lambda found: found.without_profile("pbx")).queues


def test_that_a_fresh_file_shows_what_can_be_decided(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    file.change(lambda before: replace(before, latin_digits=True))
    text = file.path.read_text(encoding="utf-8")
    for line in (
        "history_days = 730",
        "[measuring]",
        "# target_s = 20",
        "short_abandon_s = 5",
        'service_level = "sl_offered"',
        'week_begins = "saturday"',
    ):
        assert line in text
    assert file.load().settings == Settings(latin_digits=True)
