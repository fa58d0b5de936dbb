"""What a report tells of the journal of commands: what was done, by whom, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.reports import SITE, settings_in

from wallboard.app.journals import server_journal
from wallboard.app.report_journal import commands_in, journal_head, note_unmasking
from wallboard.app.supervision_journal import journal_file
from wallboard.domain.reporting import ReportKind
from wallboard.engine.windows import range_window
from wallboard.server.journal import Journal, JournalUnusable
from wallboard.settings.model import OFFLINE, Profile, Settings
from wallboard.settings.paths import made, places

BEGIN = datetime(2025, 11, 22, 4, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
WINDOW = range_window(BEGIN, BEGIN + 8 * HOUR)
AT_SITE = settings_in("Asia/Tehran")
Row = Mapping[str, "str | int | None"]


@pytest.fixture(autouse=True)
def home(wallboard_home: Path) -> Path:
    return wallboard_home


def written(*rows: tuple[datetime, str, Row], server: bool = False) -> Journal:
    file = server_journal(places()) if server else journal_file(places())
    made(file.parent)
    journal = Journal(file, b"k" * 32)
    for at, what, row in rows:
        journal.note(at, what, row)
    return journal


def command(key: str, kind: str = "listen", **more: str) -> Row:
    told = {"key": key, "command": kind, "agent_id": "204", "name": "karimi", "connection": SITE}
    return {**told, **more}


@pytest.mark.parametrize(
    ("rest", "outcome", "lasted_s"),
    [
        ([], "unanswered", None),
        ([("answered", {"state": "done"})], "done", None),
        ([("answered", {"state": "refused", "reason": "busy"})], "refused", None),
        ([("answered", {"state": "unknown"})], "unknown", None),
        ([("answered", {"state": "??"})], "unanswered", None),
        ([("not_passed", {"kind": "no_right"})], "not_passed", None),
        ([("answered", {"state": "done"}), ("began", {})], "done", None),
        ([("began", {}), ("ended", {"seconds": 65})], "done", 65),
        ([("began", {}), ("ended", {"seconds": None})], "done", None),
    ],
)
def test_that_a_command_tells_what_came_of_it(
    rest: list[tuple[str, Row]], outcome: str, lasted_s: int | None
) -> None:
    rows = [(BEGIN + HOUR, what, {"key": "k", **row}) for what, row in rest]
    written((BEGIN, "passed", command("k", reason="new here")), *rows)
    (told,) = commands_in(places(), AT_SITE, SITE, WINDOW)
    assert (told.who, told.command, told.agent_id) == ("karimi", "listen", "204")
    assert (told.outcome, told.reason) == (outcome, "new here")
    assert told.lasted == (None if lasted_s is None else timedelta(seconds=lasted_s))


def test_that_only_commands_of_the_time_and_the_connection_are_told() -> None:
    written(
        (BEGIN - HOUR, "passed", command("early")),
        (BEGIN, "passed", command("first")),
        (BEGIN + 7 * HOUR, "passed", command("elsewhere", connection="other")),
        (BEGIN + 7 * HOUR, "passed", command("last")),
        (BEGIN + 8 * HOUR, "passed", command("late")),
        (BEGIN + 9 * HOUR, "ended", {"key": "last", "seconds": 7_000}),
        (BEGIN + 9 * HOUR, "ended", {"key": "elsewhere", "seconds": 1}),
    )
    told = commands_in(places(), AT_SITE, SITE, WINDOW)
    assert [each.at for each in told] == [BEGIN, BEGIN + 7 * HOUR]
    # It ended after the shift was over.
    assert told[1].lasted == timedelta(seconds=7_000)


def test_that_what_was_not_allowed_is_told_too() -> None:
    written((BEGIN, "refused", command("k", "barge")))
    (told,) = commands_in(places(), AT_SITE, SITE, WINDOW)
    assert (told.command, told.outcome) == ("barge", "not_allowed")


def test_that_lines_that_cannot_be_read_hide_no_others() -> None:
    written((BEGIN, "passed", command("one")))
    with journal_file(places()).open("ab") as handle:
        handle.write(b'{"torn\n[1, 2]\n{"at": 7, "key": {}}\n' + b"[" * 5_000 + b"\n")
    written((BEGIN + HOUR, "passed", command("two")))
    assert len(commands_in(places(), AT_SITE, SITE, WINDOW)) == 2


def test_that_a_servers_journal_is_of_the_only_connection() -> None:
    row = {key: told for key, told in command("k").items() if key != "connection"}
    written((BEGIN, "passed", row), server=True)
    assert len(commands_in(places(), AT_SITE, SITE, WINDOW)) == 1
    two = Settings(profiles=(*AT_SITE.profiles, Profile(name="other", kind=OFFLINE)))
    assert commands_in(places(), two, SITE, WINDOW) == ()


def test_that_the_end_of_the_journal_is_told() -> None:
    assert journal_head(places()) == ""
    served = written((BEGIN, "passed", command("k")), server=True)
    assert journal_head(places()) == served.head
    own = written((BEGIN, "passed", command("k")))
    assert journal_head(places()) == own.head


def test_that_to_unmask_is_a_row_before_anything_is_made() -> None:
    note_unmasking(places(), BEGIN, ReportKind.LOST, SITE, WINDOW)
    (told,) = commands_in(places(), AT_SITE, SITE, WINDOW)
    assert (told.command, told.outcome) == ("unmask", "done")
    assert told.reason == "lost 2025-11-22T04:30:00+00:00/2025-11-22T12:30:00+00:00"
    (row,) = Journal(journal_file(places()), b"").entries(9)
    assert row["hash"] == journal_head(places())


def test_that_a_journal_that_cannot_be_written_is_told() -> None:
    made(journal_file(places()).parent)
    journal_file(places()).mkdir()
    with pytest.raises(JournalUnusable):
        note_unmasking(places(), BEGIN, ReportKind.LOST, SITE, WINDOW)
