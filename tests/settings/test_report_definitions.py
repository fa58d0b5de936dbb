"""Saved reports as a file: read with forgiveness, written so that they come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.domain.reporting import (
    PaperForm,
    Period,
    PeriodKind,
    ReportDefinition,
    ReportKind,
)
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.report_definitions import (
    DefinitionsFile,
    read_definitions,
    written_definitions,
)

MORNING = ReportDefinition(
    name="morning",
    kind=ReportKind.SHIFT,
    connection="office",
    period=Period(kind=PeriodKind.SHIFT, name="صبح", back=1),
    queues=("sales", 'q"1'),
    groups=("front",),
    agents=("204",),
    interval=timedelta(minutes=15),
    forms=(PaperForm.PDF,),
    language="fa",
)
NAMES = st.text(st.characters(categories=("L", "N"), include_characters="-_ "), min_size=1).map(
    lambda name: "a" + " ".join(name.split())[:40].strip()
)
TEXTS = st.lists(st.text(min_size=1, max_size=20), max_size=3).map(tuple)
INSTANTS = st.datetimes(
    datetime.fromisoformat("2000-01-01"),
    datetime.fromisoformat("2099-01-01"),
    timezones=st.just(UTC),
)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    kind = draw(st.sampled_from(PeriodKind))
    if kind is PeriodKind.RANGE:
        return Period(kind=kind, begin=draw(INSTANTS), end=draw(st.none() | INSTANTS))
    day = draw(st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)))
    return Period(kind=kind, name=draw(st.text(max_size=20)), back=draw(st.integers(0, 9)), day=day)


@st.composite
def definitions(draw: st.DrawFn) -> tuple[ReportDefinition, ...]:
    return tuple(
        ReportDefinition(
            name=name,
            kind=draw(st.sampled_from(ReportKind)),
            connection=draw(NAMES),
            period=draw(periods()),
            queues=draw(TEXTS),
            groups=draw(TEXTS),
            agents=draw(TEXTS),
            interval=draw(st.sampled_from([None, *(timedelta(minutes=m) for m in (15, 30, 60))])),
            forms=tuple(draw(st.sets(st.sampled_from(PaperForm), min_size=1))),
            language=draw(st.sampled_from(["", "en", "fa"])),
        )
        for name in draw(st.lists(NAMES, max_size=3, unique=True))
    )


@settings(max_examples=25, deadline=None)
@given(definitions())
def test_that_what_is_written_is_read_back(told: tuple[ReportDefinition, ...]) -> None:
    read = read_definitions(written_definitions(told))
    assert read.notices == ()
    assert read.definitions == told


def test_that_a_saved_report_takes_the_place_of_one_of_its_name(tmp_path: Path) -> None:
    file = DefinitionsFile(tmp_path / "new" / "reports.toml")
    assert file.load().definitions == ()
    file.keep(MORNING)
    file.keep(replace(MORNING, name="night"))
    file.keep(replace(MORNING, kind=ReportKind.QUEUE))
    told = file.load()
    assert [(each.name, each.kind) for each in told.definitions] == [
        ("morning", ReportKind.QUEUE),
        ("night", ReportKind.SHIFT),
    ]
    assert told.called("night") == replace(MORNING, name="night")
    assert told.called("noon") is None
    file.remove("morning")
    file.remove("noon")
    assert [each.name for each in file.load().definitions] == ["night"]


GOOD = "name = 'a'\nkind = 'shift'\nconnection = 'office'\n"


@pytest.mark.parametrize(
    "row",
    [
        "kind = 'shift'\nconnection = 'office'\ntime = { kind = 'day' }",
        "name = 'a'\nkind = 'song'\nconnection = 'office'\ntime = { kind = 'day' }",
        "name = 'a'\nkind = 'shift'\nconnection = 7\ntime = { kind = 'day' }",
        "name = 'a'\nkind = 'shift'\nconnection = 'office'",
        "name = 'a'\nkind = 'shift'\nconnection = 'office'\ntime = { kind = 'day', back = -1 }",
        "name = 'a'\nkind = 'shift'\nconnection = 'office'\ntime = { kind = 'range' }",
        f"{GOOD}time = {{ kind = 'range', begin = 2026-11-22T08:00:00 }}",
        "name = 'a'\nkind = 'shift'\nconnection = 'office'\ntime = { kind = 'day', day = 'x' }",
        "name = 'a'\nkind = 'shift'\nconnection = 'office'\ninterval = 17\ntime = { kind = 'day' }",
        f"{GOOD}formats = ['doc']\ntime = {{ kind = 'day' }}",
        f"{GOOD}language = 'de'\ntime = {{ kind = 'day' }}",
        "name = 'a'\nkind = 'shift'\nconnection = 'office'\nqueues = [1]\ntime = { kind = 'day' }",
    ],
)
def test_that_one_that_cannot_be_used_is_left_out_and_told(row: str) -> None:
    good = written_definitions((MORNING,)).decode()
    read = read_definitions(f"{good}\n[[reports]]\n{row}\n".encode())
    assert read.definitions == (MORNING,)
    assert len(read.notices) == 1


def test_that_a_broken_file_is_set_aside_before_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "reports.toml"
    path.write_text("[[reports]\n", encoding="utf-8")
    file = DefinitionsFile(path)
    assert len(file.load().notices) == 1
    file.keep(MORNING)
    assert file.load().definitions == (MORNING,)
    aside = path.with_suffix(".broken.toml")
    assert aside.read_text(encoding="utf-8") == "[[reports]\n"


def test_that_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(SettingsNotSaved):
        DefinitionsFile(blocked / "reports.toml").keep(MORNING)
