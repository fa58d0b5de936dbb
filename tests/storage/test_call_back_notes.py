"""A note on a caller survives a restart, one a number, and is let go with his calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from support.kept_facts import calls

from wallboard.domain.call_backs import CallBackNote
from wallboard.storage.call_back_notes import keep_note, kept_notes
from wallboard.storage.history import History

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NOTE = CallBackNote(
    number="09121234567", at=AT, text="nach 17 Uhr\n\x00«عصر»", due_at=AT + timedelta(hours=2)
)


def test_that_a_note_is_there_after_a_restart(opens: Callable[[], History]) -> None:
    first = opens()
    keep_note(first, NOTE)
    first.close()
    assert kept_notes(opens()) == {NOTE.number: NOTE}


def test_that_a_newer_note_takes_the_place_of_the_one_on_that_number_only(
    history: History,
) -> None:
    other = replace(NOTE, number="0211234", text="", due_at=None)
    newer = replace(NOTE, text="again", at=AT + timedelta(minutes=1), due_at=None)
    for note in (NOTE, other, newer):
        keep_note(history, note)
    assert kept_notes(history) == {NOTE.number: newer, other.number: other}


def test_that_a_note_that_was_changed_in_the_file_is_no_note(history: History) -> None:
    keep_note(history, NOTE)
    history.database.run_text("UPDATE call_backs SET text = 'call the press'")
    assert kept_notes(history) == {}
    assert history.check().damaged == {"call_backs": 1}


def test_that_notes_are_let_go_with_the_calls_of_their_time(history: History) -> None:
    keep_note(history, NOTE)
    late = replace(NOTE, number="1", at=AT + timedelta(days=30))
    keep_note(history, late)
    history.keep(calls(2))
    history.compact(AT + timedelta(days=2), keep=timedelta(days=1))
    assert kept_notes(history) == {late.number: late}
