"""A report in the reader's language: every key has a word, and no figure changes on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from support.hostile import names
from support.looks import wording_in

from wallboard.domain.paper import Paper, PaperFault, PaperLine, PaperNotWritten
from wallboard.domain.reporting import Cell, CellKind, Grounds, Report, ReportKind, Table
from wallboard.engine import reporting
from wallboard.engine.kpi import KPI_BY_KEY
from wallboard.engine.reporting_keys import KINDS, LISTINGS, TABLES, WORDS, columns_of
from wallboard.ui import report_terms
from wallboard.ui.report_words import column_name, not_written, notation_of, paper_of
from wallboard.ui.wording import Wording

_TEHRAN = ZoneInfo("Asia/Tehran")
_NIGHT = datetime(2026, 3, 20, 22, tzinfo=_TEHRAN)
_ENGLISH = Wording()
_PERSIAN = wording_in("fa")


def _grounds(**more: object) -> Grounds:
    usual = Grounds(
        begin=_NIGHT,
        end=_NIGHT + timedelta(hours=8),
        site="Center",
        zone="Asia/Tehran",
        made_at=_NIGHT + timedelta(hours=9),
        shift="Night",
        profile="kind=sl_offered target=20s short=5s goal=0.80",
        covered=1.0,
        made_by="m.ahmadi",
        journal_head="9f2c",
    )
    return replace(usual, **more)


def _report(*tables: Table, grounds: Grounds | None = None) -> Report:
    return Report(
        kind=ReportKind.SHIFT,
        grounds=grounds or _grounds(),
        tables=tables,
        definitions=("offered", "service_level", "aht"),
    )


def _calls(*texts: str) -> Table:
    row: tuple[Cell, ...] = (None,) * len(TABLES["calls"])
    rows = tuple((None, text, text, *row[3:]) for text in texts)
    return Table(key="calls", columns=columns_of("calls"), rows=rows)


def _lines(grounds: Grounds, of: Wording = _ENGLISH) -> dict[str, PaperLine]:
    return {line.key: line for line in paper_of(_report(grounds=grounds), of).lines}


@pytest.mark.parametrize("key", sorted(TABLES))
def test_that_every_table_and_its_columns_have_words(key: str) -> None:
    assert key in report_terms.TABLE_TITLES
    for column in columns_of(key):
        assert column_name(column.key, _ENGLISH) != column.key


@pytest.mark.parametrize("key", sorted(WORDS))
def test_that_every_word_of_a_cell_has_one_for_readers(key: str) -> None:
    assert set(WORDS[key]) == set(report_terms.CELL_WORDS[key])


def test_that_every_kind_of_report_and_every_chart_has_a_title() -> None:
    assert set(report_terms.KIND_TITLES) == set(ReportKind)
    assert {chart.key for chart in reporting._CHARTS} <= set(report_terms.CHART_TITLES)


def test_that_no_word_stands_for_what_there_is_not() -> None:
    assert set(report_terms.TABLE_TITLES) == set(TABLES)
    known = {key for table in TABLES.values() for key in table}
    assert set(report_terms.COLUMN_NAMES) <= known | set(KINDS)
    assert set(TABLES) >= LISTINGS


def test_that_every_kpi_that_divides_says_by_what() -> None:
    keys = [key for table in TABLES.values() for key in table if key in KPI_BY_KEY]
    report = Report(
        kind=ReportKind.QUEUE, grounds=_grounds(), tables=(), definitions=tuple(dict.fromkeys(keys))
    )

    for told in paper_of(report, _ENGLISH).definitions:
        divides = KPI_BY_KEY[told.key].below is not None
        assert bool(told.formula) is divides, told.key
        assert "{" not in told.formula


def test_that_the_service_level_is_explained_as_it_was_counted() -> None:
    (_, level, _) = paper_of(_report(), _ENGLISH).definitions
    assert level.formula == "Σ answered within 20 s ÷ Σ offered"

    mixed = _grounds(
        profile="kind=sl_offered target=20s queues=A; kind=sl_answered target=20s queues=B"
    )
    (_, level, _) = paper_of(_report(grounds=mixed), _ENGLISH).definitions
    assert level.formula == ""


def test_that_the_rows_are_the_report_s_own_in_every_language() -> None:
    table = Table(
        key="intervals",
        columns=columns_of("intervals"),
        rows=((_NIGHT, 3, 2, 1, 0.5, None, timedelta(seconds=9), None, 1.0),),
    )
    for of in (_ENGLISH, _PERSIAN):
        assert paper_of(_report(table), of).tables[0].rows is table.rows


def test_that_texts_from_outside_are_fit_to_be_shown() -> None:
    told = paper_of(_report(_calls(*names(400))), _ENGLISH).tables[0]

    texts = [cell for row in told.rows for cell in row if isinstance(cell, str)]
    assert len(texts) == 800
    assert max(map(len, texts)) <= 512
    assert not set("".join(texts)) & set("\x00\x1b\u202e\u2066\n")


def test_that_a_rule_that_was_there_from_the_start_has_the_reader_s_name() -> None:
    row: tuple[Cell, ...] = (None,) * len(TABLES["breaches"])
    at = TABLES["breaches"].index("rule")
    of = Wording(language="fa", words={("Rule", "Long waits"): "انتظار طولانی"})
    table = Table(
        key="breaches",
        columns=columns_of("breaches"),
        rows=tuple((*row[:at], name, *row[at + 1 :]) for name in ("Long waits", "Mine")),
    )

    told = paper_of(_report(table), of).tables[0]

    assert [row[at] for row in told.rows] == ["انتظار طولانی", "Mine"]


def test_that_lists_are_told_from_sums() -> None:
    paper = paper_of(
        _report(_calls(), Table(key="team", columns=columns_of("team"), rows=())), _ENGLISH
    )

    assert [table.listing for table in paper.tables] == [True, False]


def test_that_a_persian_report_is_persian_and_jalali() -> None:
    paper = paper_of(_report(), _PERSIAN)

    assert (paper.right_to_left, paper.notation.jalali) == (True, True)
    assert paper.notation.digits == "۰۱۲۳۴۵۶۷۸۹"
    # Each by itself, so that the day is met first by who reads from the right.
    assert "\u2066۱۴۰۴/۱۲/۲۹\u2069 \u2066۲۲:۰۰\u2069" in paper.subtitle
    assert "\u2066۱۴۰۵/۰۱/۰۱\u2069 \u2066۰۶:۰۰\u2069" in paper.subtitle
    lines = {line.key: line.text for line in paper.lines}
    assert re.search("2026-03-20 22:00.*2026-03-21 06:00", lines["gregorian"])
    assert "gregorian" not in _lines(_grounds())


def test_that_who_wants_latin_digits_gets_them() -> None:
    told = notation_of(replace(_PERSIAN, latin_digits=True))

    assert (told.digits, told.group, told.percent) == ("0123456789", ",", "%")
    assert told.jalali


def test_that_it_says_all_that_a_report_rests_on() -> None:
    lines = _lines(_grounds(chosen=(("queue", "Sales"), ("queue", "Help"), ("hidden", "Test"))))

    assert set(lines) >= {
        "site", "shift", "window", "coverage", "profile", "booking", "zone", "masked", "made",
        "journal", "chosen_queue", "chosen_hidden",
    }  # fmt: skip
    assert "m.ahmadi" in lines["made"].text
    assert "9f2c" in lines["journal"].text
    assert "UTC+03:30" in lines["zone"].text
    assert "Sales" in lines["chosen_queue"].text
    assert "Help" in lines["chosen_queue"].text
    assert re.search("target 20 s.*goal.*80%.*up to 5 s", lines["profile"].text)
    assert not any(line.weighty for line in lines.values())


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"covered": None}, "coverage"),
        ({"covered": 0.9, "gaps": ((_NIGHT, _NIGHT + timedelta(minutes=48)),)}, "coverage"),
        ({"hours_covered": 0.25}, "hours"),
        ({"running": True}, "running"),
        ({"masked": False}, "masked"),
        ({"damaged": 3}, "damaged"),
        ({"sums_before": _NIGHT}, "sums_before"),
    ],
)
def test_that_what_must_not_be_overlooked_is_marked(more: dict[str, object], key: str) -> None:
    lines = _lines(_grounds(**more))

    assert [line.key for line in lines.values() if line.weighty] == [key]


@pytest.mark.parametrize(("known", "told"), [(0.25, "25.0%"), (1e-7, "hardly any")])
def test_that_it_is_said_of_how_much_hours_are_known(known: float, told: str) -> None:
    text = _lines(_grounds(hours_covered=known))["hours"].text
    assert told in text
    assert "0.0" not in text


def test_that_gaps_are_named_and_the_many_are_counted() -> None:
    gaps = tuple(
        (_NIGHT + timedelta(minutes=10 * at), _NIGHT + timedelta(minutes=10 * at + 1))
        for at in range(9)
    )
    text = _lines(_grounds(covered=0.98, gaps=gaps))["coverage"].text

    assert "22:10" in text
    assert "3 more" in text
    assert "98.0%" in text


def test_that_queues_that_are_measured_differently_have_a_line_each() -> None:
    profile = (
        "kind=sl_offered target=20s short=5s goal=0.80 queues=Night\u00a0desk,B; "
        "kind=sl_genesys flow_outs=yes target=source short=5s goal=0.90 queues=C"
    )
    lines = _lines(_grounds(profile=profile))

    assert "Night desk" in lines["profile"].text
    assert "flow-outs counted" in lines["profile_2"].text
    assert "as the system itself tells" in lines["profile_2"].text


def test_that_a_profile_nobody_knows_breaks_nothing() -> None:
    lines = _lines(_grounds(profile="kind=sl_new target=? =; goal=high odd"))

    assert "sl_new" in lines["profile"].text


def test_that_hostile_names_in_the_grounds_stay_in_their_place() -> None:
    for name in names(200, seed=3):
        lines = _lines(_grounds(site=name, shift=name, made_by=name, chosen=(("queue", name),)))
        for line in lines.values():
            assert line.text.count("\u2068") + line.text.count("\u2066") == line.text.count(
                "\u2069"
            )
            assert "\u202e" not in line.text


@pytest.mark.parametrize("fault", list(PaperFault))
def test_that_a_file_that_was_not_written_says_why_and_what_helps(fault: PaperFault) -> None:
    told = not_written(PaperNotWritten(fault, "/x/a.xlsx", "no such thing"), _ENGLISH)

    assert "/x/a.xlsx" in told
    assert told.endswith(".")
    assert len(re.findall(r"\. ", told)) >= 1
    assert "{" not in told


def test_that_every_cell_of_a_word_or_text_can_be_shown() -> None:
    paper: Paper = paper_of(_report(_calls("a")), _ENGLISH)

    for column in paper.tables[0].columns:
        assert bool(column.words) is (column.kind is CellKind.WORD)
