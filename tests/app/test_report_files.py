"""A report as files: safe names, all forms or a reason, and a message that carries them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.kept_facts import MORNING, SECOND, call
from support.reports import AT_TEHRAN, reported

from wallboard.app.report_files import names_agents, post_of, stem_of, write_paper
from wallboard.domain.alert import SubjectKind
from wallboard.domain.coverage import Stretch
from wallboard.domain.paper import Paper, PaperStopped
from wallboard.domain.reporting import (
    Grounds,
    PaperForm,
    Report,
    ReportKind,
)
from wallboard.engine.reporting_keys import TABLES
from wallboard.engine.reporting_rows import made_table
from wallboard.engine.windows import range_window
from wallboard.storage.history import History
from wallboard.ui.report_words import paper_of
from wallboard.ui.wording import english

TEHRAN = ZoneInfo("Asia/Tehran")
SHIFT = timedelta(hours=8)


@pytest.fixture
def history() -> Iterator[History]:
    opened = History.in_memory()
    yield opened
    opened.close()


def shift_of(history: History, calls: int) -> Report:
    step = SHIFT / calls
    history.keep(
        [
            replace(call(n), entered_at=MORNING + n * step, ended_at=MORNING + n * step + SECOND)
            for n in range(calls)
        ],
        watched=Stretch(begin=MORNING, end=MORNING + SHIFT),
    )
    return of_shift(history)


def of_shift(history: History) -> Report:
    window = range_window(MORNING, MORNING + SHIFT)
    return reported(history, ReportKind.SHIFT, window, MORNING + 2 * SHIFT, AT_TEHRAN)


def named(begin: str, end: str, **more: Any) -> str:
    grounds = Grounds(
        begin=datetime.fromisoformat(begin).replace(tzinfo=TEHRAN),
        end=datetime.fromisoformat(end).replace(tzinfo=TEHRAN),
        site=more.pop("site", "office"),
        zone="Asia/Tehran",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        **more,
    )
    return stem_of(Report(kind=ReportKind.SHIFT, grounds=grounds, tables=()))


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("shift-office-2026-11-22", {}),
        ("shift-office-2026-11-22-صبح", {"shift": "صبح"}),
        ("shift-office-2026-11-22-etc-passwd", {"shift": "../../etc/passwd"}),
        ("shift-CON-2026-11-22-gpj-exe", {"site": "CON", "shift": "\u202egpj.exe\0"}),
    ],
)
def test_that_a_name_is_safe_and_sorts_by_time(name: str, more: dict[str, Any]) -> None:
    told = named("2026-11-22T00:00", "2026-11-23T00:00", **more)
    assert told == name
    assert Path(told).name == told


def test_that_a_name_is_short_enough_for_every_disk() -> None:
    told = named("2026-11-22T00:00", "2026-11-23T00:00", shift="ش" * 500, site="س" * 500)
    assert len(f"{told}.xlsx".encode()) <= 255


def test_that_every_form_is_written_and_stopped_ones_are_not(
    history: History, tmp_path: Path
) -> None:
    told = shift_of(history, 60)
    paper = paper_of(told, english())
    done: list[float] = []
    files = write_paper(paper, tmp_path, stem_of(told), list(PaperForm), done.append)
    assert {file.suffix for file in files} == {f".{form}" for form in PaperForm}
    assert done == sorted(done)
    assert done[-1] == 1.0
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(PaperStopped):
        write_paper(paper, other, "a", list(PaperForm), stop=lambda: True)
    assert list(other.iterdir()) == []


def test_that_a_message_carries_the_files_under_a_plain_title(
    history: History, tmp_path: Path
) -> None:
    told = shift_of(history, 60)
    paper = paper_of(told, english())
    files = write_paper(paper, tmp_path, "report", [PaperForm.HTML, PaperForm.JSON])
    post = post_of(paper, files, MORNING)
    assert [each.content for each in post.attachments] == [file.read_bytes() for file in files]
    assert "\n" not in post.title
    assert not set(post.title + post.text) & set("\u2066\u2067\u2068\u2069")
    assert "pbx" in post.title
    # Sent again it is the same message; another report is another.
    assert post_of(paper, files, MORNING + SHIFT).post_id == post.post_id
    assert post_of(paper, files[:1], MORNING).post_id != post.post_id


def test_that_it_is_known_whether_a_report_names_agents(history: History) -> None:
    told = shift_of(history, 60)
    assert names_agents(told)
    without = replace(told, tables=tuple(t for t in told.tables if t.key != "agents"))
    assert not names_agents(without)
    chosen = replace(without.grounds, chosen=(("agent", "204"),))
    assert names_agents(replace(without, grounds=chosen))


@pytest.mark.parametrize("kind", list(SubjectKind))
def test_that_an_alert_about_an_agent_names_him_too(kind: SubjectKind) -> None:
    keys = TABLES["breaches"]
    cells = {"subject_kind": str(kind), "subject": "Anna"}
    table = made_table("breaches", [tuple(cells.get(key) for key in keys)])
    grounds = Grounds(begin=MORNING, end=MORNING + SHIFT, site="pbx", zone="UTC", made_at=MORNING)
    told = Report(kind=ReportKind.SHIFT, grounds=grounds, tables=(table,))
    assert names_agents(told) is (kind is SubjectKind.AGENT)


@pytest.mark.timing
def test_that_to_make_a_shift_of_5000_calls_costs_less_than_to_write_it(
    history: History, tmp_path: Path, qapp: object
) -> None:
    told = shift_of(history, 5_000)

    def spent(work: Callable[[], Any]) -> float:
        best = float("inf")
        for _ in range(2):
            begun = time.process_time()
            work()
            best = min(best, time.process_time() - begun)
        return best

    def papers() -> Paper:
        return paper_of(of_shift(history), english())

    paper = papers()
    # The libraries are loaded, the fonts are found.
    write_paper(paper, tmp_path, "warm", list(PaperForm))
    making = spent(papers)
    writing = spent(lambda: write_paper(paper, tmp_path, stem_of(told), list(PaperForm)))
    assert making <= writing, f"{making:.3f} s to make, {writing:.3f} s to write"
