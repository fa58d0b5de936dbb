from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.snapshots import TARGET, a_record, records

from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.measuring import LevelKind, LevelProfile
from wallboard.domain.totals import NOTHING, Totals, added, totals_of
from wallboard.engine.kpi import KPI_BY_KEY
from wallboard.engine.service_level import (
    decided,
    level,
    level_of_nothing,
    refusal,
    service_level,
    switches_of,
)

GENESYS = LevelProfile(kind=LevelKind.GENESYS)
PROFILES = tuple(LevelProfile(kind=kind) for kind in LevelKind if kind is not LevelKind.GENESYS) + (
    tuple(
        replace(GENESYS, flow_outs=one, no_short_abandons=two, no_abandons=three)
        for one, two, three in product((False, True), repeat=3)
    )
)
SHORT = timedelta(seconds=5)


def named(profile: LevelProfile) -> str:
    return "_".join((profile.kind, *switches_of(profile))).replace(" ", "_")


# Each of another size, so that none can stand for another.
DAY = Totals(
    offered=40 + 2 + 15 + 5 + 20 + 8 + 10 + 3 + 7,
    answered=60,
    answered_in_target=40,
    abandoned=20,
    abandoned_in_target=8,
    abandoned_short=5,
    timed_out=7,
    left_empty=2,
    left_otherwise=1,
    sent_away_in_target=3,
    left_by_key=10,
    left_by_key_in_target=4,
    unknown=6,
    waiting=4,
    undecided_waiting=3,
)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (LevelProfile(kind=LevelKind.OFFERED), (40, 110 - 6 - 3)),
        (LevelProfile(kind=LevelKind.ANSWERED), (40, 60)),
        (LevelProfile(kind=LevelKind.IGNORE), (40, 110 - 6 - 3 - 8)),
        (LevelProfile(kind=LevelKind.POSITIVE), (48, 110 - 6 - 3)),
        (LevelProfile(kind=LevelKind.EXCL_SHORT), (40, 110 - 6 - 3 - 5)),
        (GENESYS, (40, 60 + 20)),
        (replace(GENESYS, flow_outs=True), (40, 60 + 20 + 20)),
        (replace(GENESYS, no_short_abandons=True), (40, 60 + 15)),
        (replace(GENESYS, no_abandons=True), (40, 60)),
        (replace(GENESYS, no_abandons=True, no_short_abandons=True), (40, 60)),
        (replace(GENESYS, no_abandons=True, flow_outs=True), (40, 60 + 20)),
        (LevelProfile(kind=LevelKind.ASTERISK), (40, 60)),
        # Whom the system sent away is one of the abandoned; who left by key is in neither.
        (LevelProfile(kind=LevelKind.ASTERISK2), (40 + 8 + 3, 60 + 20 + 10)),
        (LevelProfile(kind=LevelKind.AMAZON), (40 + 8 + 3 + 4, 110 - 6 - 3)),
    ],
    ids=lambda value: named(value) if isinstance(value, LevelProfile) else "",
)
def test_that_a_profile_counts(profile: LevelProfile, expected: tuple[int, int]) -> None:
    assert DAY.offered == 110
    assert service_level(DAY, profile) == expected
    assert level(DAY, profile) == expected[0] / expected[1]


# What one call is to a profile, by how it ended and how long it waited.

_EARLY, _LATE, _NOBODY_KNOWS = 10.0, 30.0, None
_ONE = {
    (Ending.ANSWERED, _EARLY): dict.fromkeys(PROFILES, (1, 1)),
    (Ending.ANSWERED, _LATE): dict.fromkeys(PROFILES, (0, 1)),
    (Ending.ANSWERED, _NOBODY_KNOWS): dict.fromkeys(PROFILES, (0, 0)),
    (Ending.UNKNOWN, _EARLY): dict.fromkeys(PROFILES, (0, 0)),
}


@pytest.mark.parametrize("profile", PROFILES, ids=named)
@pytest.mark.parametrize(("ending", "wait_s"), _ONE)
def test_that_an_answered_call_is_the_same_to_all(
    profile: LevelProfile, ending: Ending, wait_s: float | None
) -> None:
    sums = totals_of(a_record(ending=ending, wait_s=wait_s))
    assert service_level(sums, profile) == _ONE[ending, wait_s][profile]


@pytest.mark.parametrize(
    ("kind", "short", "early", "late", "unknown"),
    [
        (LevelKind.OFFERED, (0, 1), (0, 1), (0, 1), (0, 1)),
        (LevelKind.ANSWERED, (0, 0), (0, 0), (0, 0), (0, 0)),
        (LevelKind.IGNORE, (0, 0), (0, 0), (0, 1), (0, 0)),
        (LevelKind.POSITIVE, (1, 1), (1, 1), (0, 1), (0, 0)),
        (LevelKind.EXCL_SHORT, (0, 0), (0, 1), (0, 1), (0, 0)),
        (LevelKind.GENESYS, (0, 1), (0, 1), (0, 1), (0, 1)),
        (LevelKind.ASTERISK, (0, 0), (0, 0), (0, 0), (0, 0)),
        (LevelKind.ASTERISK2, (1, 1), (1, 1), (0, 1), (0, 0)),
        (LevelKind.AMAZON, (1, 1), (1, 1), (0, 1), (0, 0)),
    ],
)
def test_that_an_abandoned_call_is_to_a_profile(
    kind: LevelKind,
    short: tuple[int, int],
    early: tuple[int, int],
    late: tuple[int, int],
    unknown: tuple[int, int],
) -> None:
    for wait_s, expected in ((5, short), (6, early), (21, late), (None, unknown)):
        record = replace(a_record(ending=Ending.ABANDONED, wait_s=wait_s), short=SHORT)
        assert service_level(totals_of(record), LevelProfile(kind=kind)) == expected


@given(st.lists(records(), max_size=12))
def test_that_a_call_without_a_target_is_in_no_level(told: list[CallRecord]) -> None:
    sums = added(totals_of(replace(record, target=TARGET)) for record in told)
    without = added(totals_of(replace(record, target=None)) for record in told)
    for profile in PROFILES:
        assert service_level(without, profile) == (0, 0)
        assert service_level(sums + without, profile) == service_level(sums, profile)


@given(st.lists(records(), max_size=12))
def test_that_what_was_in_time_is_never_more_than_what_counts(told: list[CallRecord]) -> None:
    sums = added(map(totals_of, told))
    for profile in PROFILES:
        good, counted = service_level(sums, profile)
        assert 0 <= good <= counted <= sums.offered
    assert decided(sums) == service_level(sums, LevelProfile())[1]


@given(st.lists(records(), max_size=12))
def test_that_parts_of_a_level_are_added_call_by_call(told: list[CallRecord]) -> None:
    sums = added(map(totals_of, told))
    for profile in PROFILES:
        each = [service_level(totals_of(record), profile) for record in told]
        together = (sum(good for good, _ in each), sum(counted for _, counted in each))
        assert service_level(sums, profile) == together


# Nothing to divide by


@pytest.mark.parametrize("profile", PROFILES, ids=named)
def test_that_only_asterisk_reads_nought_while_nothing_counts(profile: LevelProfile) -> None:
    came = Totals(offered=3, waiting=3, undecided_waiting=3)
    zero = profile.kind in {LevelKind.ASTERISK, LevelKind.ASTERISK2}
    assert level(came, profile) == (0.0 if zero else None)
    assert level(NOTHING, profile) is None
    assert level(Totals(offered=2, unknown=2), profile) is None
    assert level_of_nothing(came, profile) == level(came, profile)


# Side by side


def test_that_levels_of_one_profile_belong_together() -> None:
    assert refusal([]) is None
    assert refusal([GENESYS]) is None
    assert refusal([GENESYS, replace(GENESYS)]) is None


def test_that_switches_that_mean_nothing_do_not_part_profiles() -> None:
    odd = LevelProfile(kind=LevelKind.OFFERED, flow_outs=True)
    assert refusal([LevelProfile(), odd]) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LevelProfile(), LevelProfile(kind=LevelKind.ANSWERED)),
        (LevelProfile(kind=LevelKind.ANSWERED), LevelProfile(kind=LevelKind.ASTERISK)),
        (GENESYS, replace(GENESYS, no_abandons=True)),
    ],
)
def test_that_levels_of_different_profiles_are_refused_in_words(
    one: LevelProfile, other: LevelProfile
) -> None:
    refused = refusal([one, other, one])
    assert refused is not None
    assert refused.profiles == (one, other)
    assert refused.text.endswith(".")


def test_that_a_profile_tells_its_switches() -> None:
    assert switches_of(GENESYS) == ()
    assert switches_of(LevelProfile(flow_outs=True)) == ()
    assert len(switches_of(replace(GENESYS, flow_outs=True, no_abandons=True))) == 2


def test_that_every_kind_is_a_row_of_the_table() -> None:
    assert {str(kind) for kind in LevelKind} <= set(KPI_BY_KEY)
