"""`wallboard journal`: who did what, whether that is as it was written, and copies of it."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.clocks import NOON

from wallboard.app.journal_heads import DESK_HEAD, JournalHeads
from wallboard.app.journals import server_journal, tokens_file
from wallboard.app.supervision_journal import journal_file, made_key, writer_for
from wallboard.command_line import main
from wallboard.server.journal import Entry, Journal
from wallboard.server.tokens import TokenBook
from wallboard.settings.file import SettingsFile
from wallboard.settings.paths import places

LISTENED: tuple[tuple[str, Entry], ...] = (
    ("passed", {"key": "k1", "command": "listen", "agent_id": "1001", "reason": "=Coaching"}),
    ("answered", {"key": "k1", "state": "done", "reason": ""}),
    ("began", {"key": "k1", "agent_id": "1001"}),
    ("passed", {"key": "k2", "command": "end", "agent_id": "1001", "by": "limit"}),
    ("answered", {"key": "k2", "state": "done", "reason": ""}),
    ("ended", {"key": "k1", "agent_id": "1001", "seconds": 75}),
    ("refused", {"key": None, "command": "barge", "agent_id": "1002", "kind": "no_right"}),
    ("passed", {"key": "k3", "command": "whisper", "agent_id": "1002", "reason": "Quality"}),
    ("answered", {"key": "k3", "state": "unknown", "reason": "?"}),
)


def write(journal: Journal) -> None:
    at: datetime = NOON
    for what, entry in LISTENED:
        journal.note(at, what, {**entry, "name": "sara"})
        at += timedelta(seconds=1)


@pytest.fixture
def written(wallboard_home: Path) -> Path:
    """The journal of this desktop, its end noted beside the logs."""
    SettingsFile(places().settings_file).change(lambda before: before)
    file = journal_file(places())
    journal = Journal(file, made_key(file))
    write(journal)
    JournalHeads(places(), DESK_HEAD).note(journal)
    return file


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(("journal", *words))
    out, err = capsys.readouterr()
    return code, out, err


def test_that_an_agent_is_told_who_listened_and_how_long(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = told(capsys, "show", "--agent", "1001")
    assert (code, err) == (0, "")
    listened, ended = out.splitlines()
    for part in ("sara", "Listen", "1001", "lasted 1:15", "=Coaching"):
        assert part in listened
    assert "by the time limit" in ended
    code, out, _ = told(capsys, "show")
    assert len(out.splitlines()) == 4
    assert "not allowed" in out
    assert "nobody knows" in out
    code, out, _ = told(capsys, "show", "--newest", "1", "--json")
    row = json.loads(out)
    assert (row["command"], row["state"], row["seconds"]) == ("whisper", "unknown", None)
    assert told(capsys, "show", "--agent", "1009")[1].startswith("Nothing of the kind")


def test_that_it_is_told_in_persian_too(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, "show", "--lang", "fa")
    assert code == 0
    assert len(out.splitlines()) == 4
    assert "۱۴۰۵" in out or "۲۰۲۶" in out


def test_that_a_whole_journal_is_verified_against_its_noted_end(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = told(capsys, "verify", "--json")
    found = json.loads(out)
    assert (code, found["lines"], found["broken_at"]) == (0, 9, None)
    assert found["held_to"] == found["head"]
    assert told(capsys, "verify", "--head", found["head"])[0] == 0
    code, _, err = told(capsys, "verify", "--head", "0" * 63 + "1")
    assert code == 1
    assert "lines were taken off the end" in err


def test_that_an_altered_line_and_a_cut_end_are_told_by_all_three(
    written: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    whole = written.read_bytes()
    for altered, line in (
        (whole.replace(b"Quality", b"Nothing"), "line 8"),
        (b"".join(whole.splitlines(keepends=True)[:7]), "line 8"),
        (b"", "line 1"),
    ):
        written.write_bytes(altered)
        for words in (("verify",), ("show",), ("export", str(tmp_path / "copy.jsonl"))):
            code, _, err = told(capsys, *words)
            assert code == 1
            assert line in err
    written.unlink()
    assert told(capsys, "verify")[0] == 1  # there was one, and its end was noted


def test_that_a_copy_can_be_verified_elsewhere_with_the_key_alone(
    written: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = tmp_path / "away" / "copy.jsonl"
    copy.parent.mkdir()
    assert told(capsys, "export", str(copy))[0] == 0
    key = copy.with_name("a.key")
    shutil.copy(written.with_name("journal.key"), key)
    shutil.rmtree(places().data)
    assert told(capsys, "verify", "--file", str(copy), "--key", str(key))[0] == 0
    copy.write_bytes(copy.read_bytes().replace(b"1001", b"1003", 1))
    assert told(capsys, "verify", "--file", str(copy), "--key", str(key))[0] == 1


def test_that_a_table_for_spreadsheets_holds_no_formula(
    written: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table = tmp_path / "journal.csv"
    code, out, _ = told(capsys, "export", str(table))
    assert code == 0
    assert "9" in out
    with table.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == 9
    assert rows[0]["reason"] == "'=Coaching"
    assert rows[5]["seconds"] == "75"
    code, _, err = told(capsys, "export", str(tmp_path / "journal.pdf"))
    assert code == 2
    assert ".csv" in err


def test_that_without_a_journal_there_is_nothing_wrong(
    wallboard_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "verify")[:2] == (0, "Nothing was written in this journal yet.\n")
    assert told(capsys, "show")[0] == 0
    assert told(capsys, "verify", "--server")[0] == 0


def test_that_without_its_key_a_journal_is_not_called_whole(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written.with_name("journal.key").unlink()
    code, out, err = told(capsys, "verify")
    assert (code, out) == (4, "")
    assert "journal.key" in err
    assert not written.with_name("journal.key").exists()


def test_that_the_journal_of_what_is_served_is_read_with_the_key_of_its_tokens(
    wallboard_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = TokenBook(tokens_file(places()))
    write(Journal(server_journal(places()), book.key()))
    code, out, _ = told(capsys, "verify", "--server")
    assert code == 0
    assert "9" in out
    assert "noted nowhere" in out
    assert "lasted 1:15" in told(capsys, "show", "--server", "--agent", "1001")[1]


def test_that_lines_that_were_taken_off_stay_told_though_it_goes_on(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = written.read_bytes().splitlines(keepends=True)
    written.write_bytes(b"".join(lines[:5]))
    writer = writer_for(places())
    writer.start()
    writer.write(NOON, "passed", {"key": "k9", "command": "pause"}, lambda _done: None)
    writer.stop()
    noted = JournalHeads(places(), DESK_HEAD).noted
    code, out, err = told(capsys, "verify", "--json")
    assert code == 1
    assert json.loads(out)["held_to"] == noted == json.loads(out)["head"]
    assert "from line 6 on" in err


def test_that_a_journal_that_was_begun_anew_says_that_there_was_another(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(written.parent)
    writer = writer_for(places())
    writer.start()
    writer.write(NOON, "passed", {"key": "k9", "command": "pause"}, lambda _done: None)
    writer.stop()
    code, _, err = told(capsys, "verify")
    assert code == 1
    assert "from line 1 on" in err
