"""Figures, states and faults can be read, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.looks import wording_in

from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.domain.source import Finding, SourceKind, Verdict
from wallboard.domain.supervision import NOT_ASKED, NOT_KNOWN
from wallboard.engine.freshness import Freshness
from wallboard.engine.kpi import KPIS
from wallboard.engine.limits import LIMITS
from wallboard.engine.windows import WindowKind
from wallboard.sources import asterisk, simulator
from wallboard.sources.simulator import supervision
from wallboard.ui import sentences, terms
from wallboard.ui.live_figures import LIVE
from wallboard.ui.wording import Wording, english

PERSIAN = wording_in("fa")
LETTERS = re.compile(r"[\u0621-\u06cc]")
TEHRAN = timezone(timedelta(hours=3, minutes=30))
TOPICS = (
    "reachable", "tls", "sign_in", "events", "calls", "commands", "members", "clock", "queues",
    "simulator",
)  # fmt: skip
DETAILS = {
    "host": "192.0.2.7", "port": "5038", "reason": "Connection refused", "seconds": "4.5",
    "username": "board", "what": "CoreShowChannels", "right": "reporting", "said": "HTTP/1.1",
    "field": "port", "at": "2026-11-22T08:30:00+00:00", "count": "12", "names": "Sales, Support",
    "rights": "originate", "banner": "Asterisk Call Manager/9.0.0", "version": "22.1",
    "queues": "6", "agents": "38",
}  # fmt: skip


@pytest.mark.parametrize(
    ("number", "in_english", "in_persian"),
    [
        pytest.param(0, "0", "۰", id="none"),
        pytest.param(1234567, "1,234,567", "۱٬۲۳۴٬۵۶۷", id="a_large_one"),
        pytest.param(None, "—", "—", id="one_that_is_not_known"),
    ],
)
def test_that_a_count_is_written(number: int | None, in_english: str, in_persian: str) -> None:
    assert english().count(number) == in_english
    assert PERSIAN.count(number) == in_persian


@pytest.mark.parametrize(
    ("ratio", "in_english", "in_persian"),
    [
        pytest.param(0.714, "71.4%", "۷۱٫۴٪", id="with_one_decimal"),
        pytest.param(0.79996, "79.996%", "۷۹٫۹۹۶٪", id="not_rounded_over_the_target"),
        pytest.param(0.8, "80.0%", "۸۰٫۰٪", id="on_the_target"),
        pytest.param(0.9999, "99.99%", "۹۹٫۹۹٪", id="not_rounded_to_all"),
        pytest.param(0.0002, "0.02%", "۰٫۰۲٪", id="not_rounded_to_nothing"),
        pytest.param(1.0, "100.0%", "۱۰۰٫۰٪", id="all"),
        pytest.param(None, "—", "—", id="nothing_to_divide_by"),
    ],
)
def test_that_a_percentage_is_written(
    ratio: float | None, in_english: str, in_persian: str
) -> None:
    assert english().percent(ratio, limits=(0.8, 0.7)) == in_english
    assert PERSIAN.percent(ratio, limits=(0.8, 0.7)) == in_persian


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_that_a_percentage_never_stands_on_the_other_side_of_a_limit(part: int, more: int) -> None:
    ratio = part / (part + more)
    limit = LIMITS["service_level"]
    text = english().percent(ratio, limits=(limit.warning, limit.critical))
    read = float(text.rstrip("%")) / 100
    assert limit.judge(read) == limit.judge(ratio)


@pytest.mark.parametrize(
    ("seconds", "in_english", "in_persian"),
    [
        pytest.param(0, "0:00", "۰:۰۰", id="no_time"),
        pytest.param(161, "2:41", "۲:۴۱", id="minutes"),
        pytest.param(161.999, "2:41", "۲:۴۱", id="the_whole_seconds_that_passed"),
        pytest.param(3600, "1:00:00", "۱:۰۰:۰۰", id="an_hour"),
        pytest.param(97200, "1 d 3 h", "۱ روز و ۳ ساعت", id="days"),
        pytest.param(-5, "0:00", "۰:۰۰", id="never_below_zero"),
    ],
)
def test_that_a_duration_is_written(seconds: float, in_english: str, in_persian: str) -> None:
    assert english().duration(timedelta(seconds=seconds)) == in_english
    assert PERSIAN.duration(timedelta(seconds=seconds)) == in_persian


def test_that_a_duration_is_read_aloud_in_words() -> None:
    time = timedelta(minutes=2, seconds=41)
    assert english().duration_words(time) == "2 minutes 41 seconds"
    assert english().duration_words(timedelta(hours=1, seconds=1)) == "1 hour 1 second"
    assert PERSIAN.duration_words(time) == "۲ دقیقه و ۴۱ ثانیه"
    assert english().duration_words(None) == "not known"


def test_that_times_are_the_sites_own() -> None:
    instant = datetime(2026, 11, 22, 9, 11, 7, tzinfo=UTC)
    assert english().clock(instant, TEHRAN) == "12:41:07"
    assert PERSIAN.clock_minute(instant, TEHRAN) == "۱۲:۴۱"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(47, "47 s ago"), (200, "3 min ago"), (7200, "12:41")],
    ids=["seconds", "minutes", "after_an_hour_the_time"],
)
def test_that_ago_is_written(seconds: int, text: str) -> None:
    instant = datetime(2026, 11, 22, 9, 11, 7, tzinfo=UTC)
    assert english().ago(instant, instant + timedelta(seconds=seconds), TEHRAN) == text


def test_that_persian_can_have_latin_digits() -> None:
    latin = Wording(language="fa", words=PERSIAN.words, latin_digits=True)
    assert latin.count(1234) == "1,234"
    assert latin.duration_words(timedelta(minutes=1)) == "1 دقیقه"


@given(st.integers(0, 10**9))
def test_that_persian_figures_say_the_same_number(number: int) -> None:
    back = {ord(letter): str(value) for value, letter in enumerate("۰۱۲۳۴۵۶۷۸۹")} | {ord("٬"): ""}
    assert int(PERSIAN.count(number).translate(back)) == number


@pytest.mark.parametrize("kind", FaultKind)
@pytest.mark.parametrize("details", [DETAILS, {}], ids=["with_details", "without"])
def test_that_a_fault_is_told_with_its_cause_and_the_next_step(
    kind: FaultKind, details: dict[str, str]
) -> None:
    told = Fault(kind=kind, details=tuple(details.items()))
    for wording in (english(), PERSIAN):
        cause, step = wording.fault_cause(told, zone=TEHRAN), wording.fault_next_step(told)
        assert cause
        assert step
        assert not re.search(r"[{}]", cause + step)
    assert LETTERS.search(PERSIAN.fault_cause(told))
    assert LETTERS.search(PERSIAN.fault_next_step(told))


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("topic", TOPICS)
def test_that_a_finding_is_told_in_both_languages(topic: str, verdict: Verdict) -> None:
    assert (topic, verdict) in sentences.FINDING_ROWS
    for details in (DETAILS, {}, {"encrypted": "no"}):
        finding = Finding(topic=topic, verdict=verdict, details=tuple(details.items()))
        assert english().finding(finding)
        assert LETTERS.search(PERSIAN.finding(finding))


def test_that_a_finding_nobody_knows_is_told_by_its_topic() -> None:
    finding = Finding(topic="licence", verdict=Verdict.BAD)
    assert "licence" in english().finding(finding)
    assert "licence" in PERSIAN.finding(finding)


def test_that_a_bad_finding_tells_cause_and_next_step_once() -> None:
    cause = fault(FaultKind.SIGN_IN, host="192.0.2.7", username="board")
    finding = Finding(topic="sign_in", verdict=Verdict.BAD, fault=cause)
    assert english().finding(finding) == english().fault(cause)


def test_that_a_connection_that_is_not_encrypted_is_never_called_encrypted() -> None:
    for verdict in (Verdict.GOOD, Verdict.WARNING):
        finding = Finding(topic="tls", verdict=verdict, details=(("encrypted", "no"),))
        assert "not encrypted" in english().finding(finding)


def test_that_a_fault_says_the_details_that_are_known() -> None:
    told = fault(FaultKind.UNREACHABLE, host="192.0.2.7", port=5038, reason="Connection refused")
    assert "192.0.2.7:5038" in english().fault(told)
    assert "Connection refused" in english().fault(told)
    assert "اتصال رد شد" in PERSIAN.fault(told)
    assert "۴٫۵" in PERSIAN.fault(fault(FaultKind.CLOCK_OFF, seconds="4.5"))


def test_that_details_from_outside_are_not_read_as_places_to_fill() -> None:
    told = fault(FaultKind.SERVER_ERROR, said="{host} {0} <b>")
    assert "{host} {0} <b>" in english().fault(told)


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        pytest.param(terms.STATE_NAMES, tuple(AgentState), id="states"),
        pytest.param(terms.SEVERITY_NAMES, tuple(Severity), id="severities"),
        pytest.param(terms.FRESHNESS_NAMES, tuple(Freshness), id="freshness"),
        pytest.param(terms.VERDICT_NAMES, tuple(Verdict), id="verdicts"),
        pytest.param(terms.KPI_NAMES, (*sorted(LIVE), "abandon_rate"), id="kpis"),
        pytest.param(terms.KPI_MEANINGS, tuple(sorted(LIVE)), id="meanings"),
        pytest.param(terms.WINDOW_SHORT, tuple(WindowKind), id="windows"),
    ],
)
def test_that_everything_has_a_name_in_both_languages(names: object, keys: tuple[str, ...]) -> None:
    for key in keys:
        marked = names[key]  # type: ignore[index]
        assert english().say(marked) == marked.text
        assert LETTERS.search(PERSIAN.say(marked))


@pytest.mark.parametrize("key", [*(kpi.key for kpi in KPIS), *sorted(LIVE)])
def test_that_every_figure_has_a_name_and_a_meaning_in_both_languages(key: str) -> None:
    assert english().kpi_name(key)
    assert english().kpi_meaning(key).endswith(".")
    assert LETTERS.search(PERSIAN.kpi_name(key))
    assert LETTERS.search(PERSIAN.kpi_meaning(key))


@pytest.mark.parametrize("kind", WindowKind)
def test_that_every_window_has_a_name_in_both_languages(kind: WindowKind) -> None:
    assert english().window(kind)
    assert LETTERS.search(PERSIAN.window(kind))


@pytest.mark.parametrize("kind", [asterisk.KIND, simulator.KIND], ids=["asterisk", "simulator"])
def test_that_what_our_sources_ask_for_is_asked_in_persian(kind: SourceKind) -> None:
    assert ("Source", kind.label) in PERSIAN.words
    asked = {
        text for field in kind.fields for text in (field.label, field.hint, *field.choices) if text
    }
    assert {text for text in asked if ("Field", text) not in PERSIAN.words} == set()


def test_that_only_a_running_board_says_what_it_does_by_itself() -> None:
    going_on = {kind for kind, row in sentences.FAULT_ROWS.items() if row.meanwhile is not None}
    assert {FaultKind.UNREACHABLE, FaultKind.LOST, FaultKind.PROCESS_ENDED} <= going_on
    for kind in going_on:
        told = Fault(kind=kind)
        for wording in (english(), PERSIAN):
            meanwhile = wording.fault_meanwhile(told)
            assert meanwhile
            assert meanwhile not in wording.fault(told)
    assert english().fault_meanwhile(Fault(kind=FaultKind.SIGN_IN)) == ""


def test_that_every_refusal_of_our_sources_is_told_in_persian() -> None:
    refusals = {*supervision.REASONS, *NOT_ASKED, NOT_KNOWN}
    assert refusals <= {marked.text for marked in sentences.REFUSALS}
    for reason in refusals:
        assert english().refusal(reason) == reason
        assert LETTERS.search(PERSIAN.refusal(reason))


def test_that_a_strangers_refusal_is_shown_without_its_tricks() -> None:
    assert PERSIAN.refusal("No\u202e such\nthing") == "No such thing"
