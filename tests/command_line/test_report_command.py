"""`wallboard report`: files of a connection's history, saved wishes, mail, and what is refused."""

from __future__ import annotations

import csv
import json
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import pytest
from support.explanations import CALLS
from support.taking import MailServer

from wallboard.app import report_journal, system_clock
from wallboard.app.journals import journal_place
from wallboard.app.supervision_journal import journal_file, key_file, read_key
from wallboard.command_line import main, report_command
from wallboard.domain.arranging import CallerNumbers
from wallboard.domain.coverage import Stretch
from wallboard.domain.facts import AgentSpell, CallRecord, FactId
from wallboard.domain.measuring import Measuring, Shift, WorkPlan
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.server.journal import Journal
from wallboard.server.verifying import verified
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import OFFLINE, Profile
from wallboard.settings.paths import made, places
from wallboard.storage.history import open_history

Report = Callable[..., tuple[int, str, str]]
YEAR = timedelta(days=365)
"""The calls of the explanations, a year earlier: long over wherever the test runs."""
EARLIER = tuple(
    replace(call, entered_at=call.entered_at - YEAR, ended_at=call.ended_at - YEAR)
    for call in CALLS
)
BEGIN = datetime(2025, 11, 22, 4, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = ("--day", "2025-11-22")
ASKED = (*DAY, "--format", "json")


def kept(calls: tuple[CallRecord, ...] = EARLIER, **decided: Any) -> None:
    """Have a connection called `pbx` with a history of a morning, and these settings."""
    where = places()
    profile = Profile(name="pbx", kind=OFFLINE, zone="Asia/Tehran")
    SettingsFile(where.settings_file).change(
        lambda told: replace(told.with_profile(profile), **decided)
    )
    path = where.history_file("pbx")
    made(path.parent)
    history = open_history(path, clock=system_clock())
    spell = AgentSpell(
        fact_id=FactId("s"),
        agent_id=AgentId("a00000"),
        state=AgentState.FREE,
        began_at=BEGIN,
        ended_at=BEGIN + 2 * HOUR,
    )
    try:
        history.keep((*calls, spell), watched=Stretch(begin=BEGIN, end=BEGIN + 4 * HOUR))
    finally:
        history.close()


@pytest.fixture
def report(
    wallboard_home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Report]:
    """Runs the command; gives its exit code, what it said, and what it complained about."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(("report", *words, "--out", str(tmp_path / "out")))
        said = capsys.readouterr()
        return code, said.out, said.err

    yield run
    left = list((tmp_path / "out").glob(".wallboard-*")) if (tmp_path / "out").exists() else []
    assert left == []


def told(tmp_path: Path, name: str = "shift-pbx-2025-11-22.json") -> dict[str, Any]:
    read: dict[str, Any] = json.loads((tmp_path / "out" / name).read_text(encoding="utf-8"))
    return read


def test_that_a_report_is_written_and_its_file_named(report: Report, tmp_path: Path) -> None:
    kept()
    code, said, wrong = report("shift", "--profile", "pbx", *DAY, "--format", "json,csv")
    assert (code, wrong) == (0, "")
    files = [Path(line) for line in said.splitlines()]
    assert files[0] == tmp_path / "out" / "shift-pbx-2025-11-22.json"
    assert all(file.exists() for file in files)
    grounds = told(tmp_path)["grounds"]
    assert grounds["begin"] == "2025-11-22T00:00:00+03:30"
    assert grounds["covered"] == pytest.approx(4 / 24)
    queues = tmp_path / "out" / "shift-pbx-2025-11-22.queues.csv"
    with queues.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[1][:4] == ["q0", "49", "45", "4"]


@pytest.mark.parametrize(
    ("time", "stem"),
    [
        (("--month", "1404-09"), "queue-pbx-2025-11-22-to-2025-12-21"),
        (("--month", "2025-11"), "queue-pbx-2025-11-01-to-2025-11-30"),
        (("--week", "2025-11-24"), "queue-pbx-2025-11-22-to-2025-11-28"),
        (("--day", "۱۴۰۴/۰۹/۰۱"), "queue-pbx-2025-11-22"),
        (
            ("--from", "2025-11-22T08:00", "--to", "2025-11-22T09:30"),
            "queue-pbx-2025-11-22T0800-to-2025-11-22T0930",
        ),
        (("--day", "2025-11-24", "--ago", "2"), "queue-pbx-2025-11-22"),
    ],
)
def test_that_files_are_named_by_gregorian_days_in_latin_digits(
    report: Report, tmp_path: Path, time: tuple[str, ...], stem: str
) -> None:
    kept()
    code, said, wrong = report("queue", "--profile", "pbx", *time, "--format", "json")
    assert (code, wrong) == (0, "")
    assert said.strip() == str(tmp_path / "out" / f"{stem}.json")


def test_that_a_shift_is_called_by_its_name(report: Report, tmp_path: Path) -> None:
    shift = Shift(name="morning", begins=time_of_day(7), ends=time_of_day(15))
    kept(measuring=Measuring(plan=WorkPlan(shifts=(shift,))))
    code, said, wrong = report("shift", "--shift", "morning", "--format", "json")
    assert (code, wrong) == (0, "")
    assert said.strip().endswith("-morning.json")
    assert told(tmp_path, Path(said.strip()).name)["grounds"]["shift"] == "morning"
    code, _, wrong = report("shift", "--shift", "noon", "--format", "json")
    assert code == 2
    assert "morning" in wrong


def test_that_the_only_connection_needs_no_name(report: Report, tmp_path: Path) -> None:
    kept()
    code, _, wrong = report("shift", *ASKED)
    assert (code, wrong) == (0, "")
    assert told(tmp_path)["grounds"]["site"] == "pbx"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("shift", "--profile", "no-such-pbx", *ASKED), "no-such-pbx"),
        (("shift", "--day", "2025-13-01"), "2025-13-01"),
        (("shift", "--day", "soon"), "soon"),
        (("shift", "--month", "2025-13"), "2025-13"),
        (("shift", "--day", "2999-01-01"), "has not begun"),
        (("shift", "--from", "2025-11-22T09:00", "--to", "2025-11-22T08:00"), "ends before"),
        (("shift", "--to", "2025-11-22T08:00"), "--from"),
        (("shift", "--queues", "q9", *ASKED), "q0"),
        (("shift", "--groups", "front", *ASKED), "front"),
        (("shift", "--agents", "zz", *ASKED), "a00000"),
        (("shift", *DAY, "--format", "doc"), "xlsx"),
        (("song", *ASKED), "--help"),
        (("saved", "--name", "none", "--format", "json"), "none"),
        (("shift", "--save", "../x", *ASKED), "../x"),
        (("shift", "--send", *ASKED), "way add mail"),
        (("shift", "--unmask", *ASKED), "caller_numbers"),
    ],
)
def test_that_what_cannot_be_made_is_told_and_leaves_no_file(
    report: Report, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    kept()
    code, out, wrong = report(*words)
    assert (code, out) == (2, "")
    assert said in wrong
    assert list((tmp_path / "out").glob("*")) == []


def test_that_a_folder_that_cannot_be_used_is_told(report: Report, tmp_path: Path) -> None:
    kept()
    (tmp_path / "out").write_text("", encoding="utf-8")
    code, _, wrong = report("shift", *ASKED)
    assert code == 4
    assert str(tmp_path / "out") in wrong
    (tmp_path / "out").unlink()


def test_that_a_report_of_nothing_kept_is_told(report: Report) -> None:
    kept()
    places().history_file("pbx").unlink()
    code, _, wrong = report("shift", *ASKED)
    assert code == 2
    assert "pbx" in wrong


def test_that_ctrl_c_leaves_no_half_file(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept()
    begun = threading.Event()

    def slow(*_: object, **more: Any) -> None:
        begun.set()
        end = time.monotonic() + 20
        while not more["stop"]() and time.monotonic() < end:
            time.sleep(0.01)  # noqa: TID251 - until Ctrl-C is heard
        raise report_command.ReportStopped

    def interrupt() -> None:
        begun.wait(20)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(report_command, "made_report", slow)
    threading.Thread(target=interrupt).start()
    code, said, _ = report("shift", *ASKED)
    assert (code, said) == (130, "")
    assert list((tmp_path / "out").glob("*")) == []


def test_that_every_figure_is_what_explain_tells_of_the_same_time(
    report: Report, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept()
    assert report("shift", *ASKED)[0] == 0
    team = next(each for each in told(tmp_path)["tables"] if each["key"] == "team")
    cells = dict(zip([column["key"] for column in team["columns"]], team["rows"][0], strict=True))
    assert cells["offered"] == 49
    for key, cell in cells.items():
        words = (key, "--profile", "pbx", "--from", "2025-11-22", "--to", "2025-11-23", "--json")
        capsys.readouterr()
        assert main(("explain", *words)) == 0
        explained = json.loads(capsys.readouterr().out)["value"]
        assert cell == pytest.approx(explained, abs=1e-6), key


# Saved ones


def test_that_what_was_asked_for_is_kept_and_made_again(report: Report, tmp_path: Path) -> None:
    kept()
    asked = ("queue", *DAY, "--queues", "q0", "--format", "json", "--lang", "fa")
    code, first, wrong = report(*asked, "--save", "sales day")
    assert (code, wrong) == (0, "")
    name = Path(first.strip()).name
    # What it is narrowed to is in its name, so that it replaces no other.
    assert re.fullmatch("queue-pbx-2025-11-22-.+-[0-9a-f]{8}[.]json", name)
    before = told(tmp_path, name)
    assert before["language"] == "fa"
    Path(first.strip()).unlink()
    code, said, wrong = report("saved", "--name", "sales day")
    assert (code, said, wrong) == (0, first, "")
    again = told(tmp_path, name)
    assert again["tables"] == before["tables"]
    assert again["language"] == "fa"
    code, said, _ = report("list")
    assert code == 0
    assert said.strip() == "sales day: queue, pbx, json"
    code, said, _ = report("saved", "--name", "sales day", "--day", "2025-11-23")
    assert Path(said.strip()).name == name.replace("2025-11-22", "2025-11-23")
    code, said, _ = report("queue", *DAY, "--queues", "q1", "--format", "json")
    assert Path(said.strip()).name != name


def test_that_a_saved_report_can_be_made_of_the_time_before(report: Report) -> None:
    kept()
    code, this_month, wrong = report("queue", "--month", "--format", "json", "--save", "month")
    assert (code, wrong) == (0, "")
    code, saved, wrong = report("saved", "--name", "month", "--ago", "1")
    assert (code, wrong) == (0, "")
    code, month_before, _ = report("queue", "--month", "--ago", "1", "--format", "json")
    assert saved == month_before != this_month
    report("queue", *DAY, "--format", "json", "--save", "one day")
    code, _, wrong = report("saved", "--name", "one day", "--ago", "1")
    assert code == 2
    assert "--ago" in wrong


# Numbers


def test_that_whole_numbers_are_allowed_noted_and_then_written(
    report: Report, tmp_path: Path
) -> None:
    kept(caller_numbers=CallerNumbers.WHOLE)
    name = "calls-pbx-2025-11-22.json"
    code, _, _ = report("calls", *ASKED)
    assert code == 0
    masked = (tmp_path / "out" / name).read_text(encoding="utf-8")
    assert "09123456789" not in masked
    assert not journal_file(places()).exists()
    code, _, wrong = report("calls", *ASKED, "--unmask")
    assert (code, wrong) == (0, "")
    assert "09123456789" in (tmp_path / "out" / name).read_text(encoding="utf-8")
    file = journal_file(places())
    (row,) = Journal(file, b"").entries(9)
    assert row["command"] == "unmask"
    assert row["connection"] == "pbx"
    assert row["reason"] == "calls 2025-11-21T20:30:00+00:00/2025-11-22T20:30:00+00:00"
    found = verified(file, read_key(key_file(file)), journal_place(places()).heads.noted)
    assert (found.broken_at, found.lines) == (None, 1)
    # The report itself says where the journal ended.
    assert told(tmp_path, name)["grounds"]["journal_head"] == found.head


def test_that_without_its_row_no_number_leaves_whole(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(caller_numbers=CallerNumbers.WHOLE)
    file = journal_file(places())
    made(file.parent)
    file.write_text("a line without a key\n", encoding="utf-8")
    code, _, wrong = report("calls", *ASKED, "--unmask")
    assert code == 4
    assert "journal" in wrong
    assert list((tmp_path / "out").glob("*")) == []


def test_that_commands_of_the_time_stand_in_the_report_of_a_shift(
    report: Report, tmp_path: Path
) -> None:
    kept()
    file = journal_file(places())
    journal = Journal(file, b"0" * 32)
    mine = {"key": "k1", "command": "listen", "agent_id": "a00000", "connection": "pbx"}
    mine |= {"name": "karimi", "reason": "new here"}
    made(file.parent)
    journal.note(BEGIN + HOUR, "passed", mine)
    journal.note(BEGIN + HOUR, "began", {"key": "k1"})
    journal.note(BEGIN + 2 * HOUR, "ended", {"key": "k1", "seconds": 65})
    other = {**mine, "key": "k2", "connection": "elsewhere"}
    journal.note(BEGIN + HOUR, "passed", other)
    journal.note(BEGIN - 24 * HOUR, "passed", {**mine, "key": "k3"})
    refusal = {**mine, "key": "k4", "command": "barge"}
    journal.note(BEGIN + HOUR, "refused", refusal)
    assert report("shift", *ASKED)[0] == 0
    tables = {each["key"]: each for each in told(tmp_path)["tables"]}
    keys = [column["key"] for column in tables["commands"]["columns"]]
    rows = [dict(zip(keys, row, strict=True)) for row in tables["commands"]["rows"]]
    assert [(row["command"], row["outcome"]) for row in rows] == [
        ("listen", "done"),
        ("barge", "not_allowed"),
    ]
    assert rows[0]["who"] == "karimi"
    assert rows[0]["lasted"] == 65
    assert told(tmp_path)["grounds"]["journal_head"] == journal.head
    assert report_journal.journal_head(places()) == journal.head


# By mail


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


def by_mail(server: MailServer, *more: str) -> None:
    fields = {"host": "127.0.0.1", "port": str(server.port), "security": "none"}
    fields |= {"from": "board@example.com", "to": "boss@example.com"}
    told = [word for key, value in fields.items() for word in ("--field", f"{key}={value}")]
    assert main(("way", "add", "mail", "--name", "boss", *told, *more)) == 0


def test_that_a_report_is_sent_with_its_workbook_and_its_pages(
    report: Report, mail: MailServer
) -> None:
    kept()
    by_mail(mail, "--names")
    code, said, wrong = report("shift", *DAY, "--send", "boss", "--lang", "en")
    assert (code, wrong.strip()) == (0, "The report was taken by boss.")
    (message,) = mail.box.messages
    files = {Path(line).name: Path(line).read_bytes() for line in said.splitlines()}
    attached = {each.get_filename(): each.get_content() for each in message.iter_attachments()}
    assert attached == files
    assert {Path(name).suffix for name in files} == {".xlsx", ".pdf"}
    assert attached["shift-pbx-2025-11-22.pdf"].startswith(b"%PDF")
    assert "2025-11-22" in message["Subject"]
    plain = message.get_body(("plain",))
    assert plain is not None
    assert "Asia/Tehran" in plain.get_content()


def test_that_names_leave_the_house_only_by_ways_that_may_tell_them(
    report: Report, mail: MailServer, tmp_path: Path
) -> None:
    kept()
    by_mail(mail)
    code, _, wrong = report("shift", *ASKED, "--send")
    assert code == 2
    assert "--names" in wrong
    assert mail.box.messages == []
    code, _, _ = report("queue", *ASKED, "--send")
    assert code == 0
    (message,) = mail.box.messages
    (file,) = message.iter_attachments()
    assert file.get_filename() == "queue-pbx-2025-11-22.json"


def test_that_a_report_nobody_took_stays_and_is_told(
    report: Report, mail: MailServer, tmp_path: Path
) -> None:
    kept()
    by_mail(mail, "--names")
    mail.stop()
    code, said, wrong = report("queue", *ASKED, "--send")
    assert code == 1
    assert "127.0.0.1" in wrong
    assert Path(said.strip()).exists()
