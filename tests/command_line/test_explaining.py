"""`wallboard explain`: one figure, what was divided by what, and the calls behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from support.explanations import BEGIN, CALLS, END, call

from wallboard.app import system_clock
from wallboard.command_line import explaining, main
from wallboard.domain.coverage import Stretch
from wallboard.domain.facts import AgentSpell, CallRecord, Fact, FactId
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.engine.kpi import KPI_BY_KEY
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import OFFLINE, Profile
from wallboard.settings.paths import made, places
from wallboard.storage.history import open_history

FROM_TO = ("--from", "2026-11-22T08:00", "--to", "2026-11-22T12:00")
MINUTE = timedelta(minutes=1)
Explain = Callable[..., tuple[int, str, str]]


def kept(facts: Iterable[Fact], watched: Stretch | None = None, more: str = "") -> None:
    """Have a connection called `pbx` with a history of these facts."""
    where = places()
    file = SettingsFile(where.settings_file)
    profile = Profile(name="pbx", kind=OFFLINE, zone="Asia/Tehran")
    file.change(lambda before: before.with_profile(profile))
    if more:
        text = where.settings_file.read_text(encoding="utf-8")
        where.settings_file.write_text(f"{text}\n{more}\n", encoding="utf-8")
    path = where.history_file("pbx")
    made(path.parent)
    history = open_history(path, clock=system_clock())
    try:
        history.keep(facts, watched=watched)
    finally:
        history.close()


@pytest.fixture
def explain(capsys: pytest.CaptureFixture[str]) -> Explain:
    """Runs the command; gives its exit code, what it said, and what it complained about."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(("explain", *words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_that_a_figure_is_told_with_its_formula(explain: Explain) -> None:
    kept(CALLS, Stretch(begin=BEGIN, end=END))
    code, said, wrong = explain("service_level", "--profile", "pbx", *FROM_TO)
    assert (code, wrong) == (0, "")
    lines = said.splitlines()
    assert lines[0] == "Service level 71.4% = 35 answered within 20 s ÷ 49 offered"
    assert "Time: 2026-11-22 08:00 to 12:00" in lines
    assert "Measured as: Service level, of all offered" in lines
    assert "Calls behind it: 49" in lines
    assert "Seen: All of this time was watched." in lines
    assert "  Service level, of the answered: 77.8%" in lines


def test_that_machines_get_every_part(explain: Explain) -> None:
    kept(CALLS, Stretch(begin=BEGIN, end=END - 60 * MINUTE))
    code, said, _ = explain("service_level", "--profile", "pbx", *FROM_TO, "--json")
    told = json.loads(said)
    assert code == 0
    assert told["value"] == pytest.approx(35 / 49, abs=1e-12)
    assert (told["numerator"], told["denominator"], told["n"]) == (35, 49, 49)
    assert (told["kpi"], told["unit"], told["calls"]) == ("service_level", "ratio", 49)
    assert told["service_level_profile"] == {"kind": "sl_offered"}
    assert told["window"]["begin"] == "2026-11-22T04:30:00+00:00"
    assert told["window"]["end"] == "2026-11-22T08:30:00+00:00"
    assert told["window"]["kind"] == "range"
    assert told["coverage"]["share"] == 0.75
    assert [gap["seconds"] for gap in told["coverage"]["gaps"]] == [3600.0]
    others = {row["service_level_profile"]["kind"]: row["value"] for row in told["others"]}
    assert others["sl_positive"] == pytest.approx(39 / 49)
    assert len(others) == 8
    assert told["refused"] is None
    assert told["definition"].endswith(".")


def test_that_both_calendars_mean_the_same_day(explain: Explain) -> None:
    kept(CALLS)
    days = [
        ("2026-11-22", "2026-11-23"),
        ("1405-09-01", "1405-09-02"),
        ("۱۴۰۵/۰۹/۰۱", "۱۴۰۵/۰۹/۰۲"),
    ]
    told = [
        json.loads(explain("asa", "--profile", "pbx", "--from", a, "--to", b, "--json")[1])
        for a, b in days
    ]
    assert told[0] == told[1] == told[2]
    assert told[0]["n"] == 45


def test_that_only_the_calls_of_the_queue_count(explain: Explain) -> None:
    kept((*CALLS, call(50, 1.0, queue="q1"), call(51, 1.0, queue="q1")))
    words = ("offered", "--profile", "pbx", *FROM_TO, "--json")
    assert json.loads(explain(*words)[1])["value"] == 51
    assert json.loads(explain(*words, "--queue", "q1")[1])["value"] == 2
    assert json.loads(explain(*words, "--queue", "q1", "--queue", "q0")[1])["value"] == 51


def test_that_the_calls_behind_it_are_listed(explain: Explain) -> None:
    kept(CALLS)
    _, said, _ = explain("abandoned", "--profile", "pbx", *FROM_TO, "--calls")
    rows = [line.split("\t") for line in said.splitlines() if "\t" in line]
    assert rows[0] == ["Time", "Queue", "Caller", "Wait", "Talk", "Agent", "Ending"]
    assert rows[1] == ["2026-11-22 08:45:00", "q0", "0912•••6789", "0:12", "—", "—", "Abandoned"]
    assert len(rows) == 1 + 4


def test_that_thresholds_of_the_settings_hold_where_a_log_told_none(explain: Explain) -> None:
    bare = tuple(replace(record, target=None, short=None) for record in CALLS)
    kept(bare, more="[connections.pbx.queues.q0]\ntarget_s = 11")
    told = json.loads(explain("service_level", "--profile", "pbx", *FROM_TO, "--json")[1])
    assert (told["numerator"], told["denominator"]) == (35, 49)
    _, said, _ = explain("sl_positive", "--profile", "pbx", *FROM_TO)
    assert "35 answered or abandoned within 11 s" in said


TWO = '[connections.pbx.queues.q1]\nservice_level = "sl_amazon"'


def test_that_queues_measured_differently_are_refused_in_words(explain: Explain) -> None:
    kept((*CALLS, call(50, 1.0, queue="q1")), more=TWO)
    words = ("service_level", "--profile", "pbx", *FROM_TO)
    code, said, wrong = explain(*words, "--json")
    told = json.loads(said)
    assert code == 2
    assert told["value"] is told["numerator"] is told["denominator"] is None
    assert "neither compared nor added up" in told["refused"]
    assert "sl_amazon" in wrong
    code, said, wrong = explain(*words)
    assert code == 2
    assert not said.startswith("Service level")
    assert explain(*words, "--queue", "q1")[0] == 0
    assert explain("sl_offered", "--profile", "pbx", *FROM_TO)[0] == 0


def test_that_what_agents_did_is_of_the_whole_site(explain: Explain) -> None:
    spells = (
        AgentSpell(
            fact_id=FactId("s1"),
            agent_id=AgentId("a"),
            state=AgentState.IN_CALL,
            began_at=BEGIN - 30 * MINUTE,
            ended_at=BEGIN + 30 * MINUTE,
        ),
        AgentSpell(
            fact_id=FactId("s2"),
            agent_id=AgentId("a"),
            state=AgentState.FREE,
            began_at=BEGIN + 30 * MINUTE,
            ended_at=BEGIN + 60 * MINUTE,
        ),
    )
    kept((*CALLS, *spells))
    code, said, _ = explain("occupancy", "--profile", "pbx", *FROM_TO)
    assert code == 0
    assert said.startswith("Occupancy 50.0% = 0:30:00 with calls ÷ 1:00:00")
    words = ("occupancy", "--profile", "pbx", *FROM_TO, "--queue", "q0", "--json")
    code, said, wrong = explain(*words)
    assert code == 2
    assert "without --queue" in wrong
    assert json.loads(said)["value"] is None


def test_that_calls_by_the_hour_are_told_where_hours_are_known_and_else_it_is_said_why_not(
    explain: Explain,
) -> None:
    there = [
        AgentSpell(
            fact_id=FactId(f"there {agent_id}"),
            agent_id=agent_id,
            state=AgentState.FREE,
            began_at=BEGIN,
            ended_at=END,
        )
        for agent_id in {each.agent_id for each in CALLS}
        if agent_id is not None
    ]
    kept((*CALLS, *there))
    code, said, wrong = explain("cph", "--profile", "pbx", *FROM_TO, "--json")
    assert (code, wrong) == (0, "")
    told = json.loads(said)
    assert told["value"] == pytest.approx(told["numerator"] / (4 * len(there)))
    kept(
        [replace(each, fact_id=FactId(f"{each.fact_id}2"), agent_id=AgentId("x")) for each in CALLS]
    )
    code, said, wrong = explain("cph", "--profile", "pbx", *FROM_TO, "--json")
    assert code == 2
    assert "nobody saw how long agents worked" in wrong
    assert json.loads(said)["value"] is None


def test_that_repeats_are_looked_for_after_the_window_too(explain: Explain) -> None:
    again: tuple[CallRecord, ...] = (call(0, 1.0), call(300, 1.0))
    kept(again)
    told = json.loads(explain("repeat_rate", "--profile", "pbx", *FROM_TO, "--json")[1])
    assert (told["numerator"], told["denominator"], told["calls"]) == (1, 1, 1)


def test_that_an_empty_time_is_undefined_and_no_error(explain: Explain) -> None:
    kept(CALLS)
    words = ("asa", "--profile", "pbx", "--from", "2026-11-20", "--to", "2026-11-21")
    code, said, _ = explain(*words)
    assert code == 0
    assert said.startswith("Average speed of answer —")
    told = json.loads(explain(*words, "--json")[1])
    assert told["value"] is None
    assert told["coverage"]["share"] == 0.0


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("nonsense", "--profile", "pbx"), "service_level"),
        (("asa", "--profile", "other"), "pbx"),
        (("asa", "--profile", "pbx", "--queue", "q9"), "q0"),
        (("asa", "--profile", "pbx", "--from", "soon"), "2026-11-22T08:00"),
        (("asa", "--profile", "pbx", "--from", "2026-11-22", "--to", "2026-11-22"), "--from"),
        (("asa", "--profile", "pbx", "--from", "2199-01-01"), "in the past"),
        (("queue_len", "--profile", "pbx"), "wallboard board pbx"),
    ],
)
def test_that_what_cannot_be_told_is_answered_with_what_can(
    explain: Explain, words: tuple[str, ...], hint: str
) -> None:
    kept(CALLS)
    code, _, wrong = explain(*words)
    assert code == 2
    assert hint in wrong
    assert wrong.count("\n") == 1
    assert "…" not in wrong


def test_that_a_connection_without_calls_says_so(explain: Explain) -> None:
    file = SettingsFile(places().settings_file)
    file.change(lambda before: before.with_profile(Profile(name="pbx", kind=OFFLINE)))
    code, said, wrong = explain("asa", "--profile", "pbx")
    assert code != 0
    assert not said
    assert "Nothing is kept" in wrong


@pytest.mark.parametrize("queues", [(), ("--queue", "q0")], ids=["all", "one queue"])
def test_that_a_long_time_is_explained_like_a_short_one(
    explain: Explain, monkeypatch: pytest.MonkeyPatch, queues: tuple[str, ...]
) -> None:
    more = (
        replace(
            record,
            fact_id=FactId(f"{record.fact_id} {day}"),
            entered_at=record.entered_at - timedelta(days=day),
            ended_at=record.ended_at - timedelta(days=day),
            short=timedelta(seconds=day),
            contact=None,
        )
        for day in range(9)
        for record in CALLS
    )
    kept((*more, replace(call(50, 1.0, queue="q1"), short=timedelta(seconds=5))))
    range_of_days = ("--from", "2026-11-12", "--to", "2026-11-23")

    def told() -> list[tuple[int, str, str]]:
        words = ("--profile", "pbx", *range_of_days, "--json", *queues)
        return [explain(key, *words) for key in KPI_BY_KEY]

    long = told()
    monkeypatch.setattr(explaining, "_LONG", timedelta(days=99))
    assert told() == long


def test_that_calls_kept_without_thresholds_are_read_one_by_one(
    explain: Explain, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(replace(record, short=None, target=None) for record in CALLS)
    words = ("sl_offered", "--profile", "pbx", "--from", "2026-11-12", "--to", "2026-11-23")
    long = explain(*words, "--json")
    monkeypatch.setattr(explaining, "_LONG", timedelta(days=99))
    assert explain(*words, "--json") == long
