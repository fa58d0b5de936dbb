"""Whom to call back: one row a number, who has waited longest for it on top."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from wallboard.domain.call_backs import CallBackNote
from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Call, QueueId
from wallboard.engine.board import Board, site_time
from wallboard.engine.lost_calls import CallBack, LostCalls, same_number
from wallboard.ui.look import Look
from wallboard.ui.not_told import CALLS_NOT_TOLD
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.column_list import ColumnList
from wallboard.ui.panels.columns import Heading, RowFace
from wallboard.ui.panels.face import Face
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.panels.shelves import Section
from wallboard.ui.search_text import found_in, search_key, words_of
from wallboard.ui.words import Phrase, phrase


class Kept(StrEnum):
    """Which of the numbers are shown."""

    OPEN = "open"
    RECOVERED = "recovered"


KEPT_NAMES: Final[Mapping[Kept, Phrase]] = {
    Kept.OPEN: phrase("Calls", "To call back"),
    Kept.RECOVERED: phrase("Calls", "Got through"),
}
HEADINGS: Final = (
    Heading(key="caller", name=phrase("CallColumn", "Caller"), width=150, share=0.5, strong=True),
    Heading(key="tries", name=phrase("Calls", "Tries"), width=70, figure=True),
    Heading(key="last", name=phrase("Calls", "Last try"), width=110, figure=True),
    Heading(
        key="wait",
        name=phrase("Calls", "Longest wait"),
        width=110,
        rank=2,
        figure=True,
        lasts=True,
    ),
    Heading(key="due", name=phrase("Calls", "Due"), width=170, figure=True, lasts=True),
    Heading(key="queue", name=phrase("CallColumn", "Queue"), width=150, rank=1, share=1.0),
    Heading(key="note", name=phrase("Calls", "Note"), width=150, rank=3, share=0.8, sorts=False),
)
_THROUGH: Final = Heading(key="due", name=KEPT_NAMES[Kept.RECOVERED], width=170, figure=True)
HEADINGS_OF: Final = {
    Kept.OPEN: HEADINGS,
    Kept.RECOVERED: tuple(
        _THROUGH if heading.key == "due" else heading
        for heading in HEADINGS
        if heading.key != "note"
    ),
}
_NOBODY: Final = LostCalls()


def key_of(group: CallBack) -> str:
    """Return what tells a group apart from all others, as a text."""
    number, at = group.key
    return f"{at.isoformat()} {number}"


class CallBackTable(ColumnList):
    """Shows the numbers whose calls were lost."""

    headings = HEADINGS
    comes_at_once = True

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._lost = _NOBODY
        self._kept = Kept.OPEN
        self._groups: dict[str, CallBack] = {}
        self._then: datetime | None = None
        self._board: Board | None = None
        self._waiting: frozenset[str] = frozenset()
        self._calls_of: object = None
        self._names: Mapping[QueueId, str] = {}
        self._words: tuple[str, ...] = ()
        self._typed = ""
        self._trouble = ""
        self._notes: Mapping[str, CallBackNote] = {}
        self.show_sorting("due", backwards=False)

    def show_lost(self, lost: LostCalls) -> None:
        """Show what became of the lost calls at the next board."""
        if lost is not self._lost:
            self._lost = lost
            self._take_groups()

    def show_notes(self, notes: Mapping[str, CallBackNote]) -> None:
        """Show other notes on the callers at the next board, by number."""
        if notes != self._notes:
            self._notes = notes
            self._ask_again()

    def show_kept(self, kept: Kept) -> None:
        """Show who is to be called, or who got through."""
        if kept is not self._kept:
            self._kept = kept
            self.show_headings(HEADINGS_OF[kept])
            self._take_groups()

    def show_trouble(self, text: str) -> None:
        """Say why there is nothing to show; an empty text if nothing is amiss."""
        if text != self._trouble:
            self._trouble = text
            self._surface.update()

    def look_for(self, typed: str) -> None:
        """Show only numbers that are found by what was typed."""
        self._words, self._typed = words_of(typed), same_number(search_key(typed))
        self._ask_again()

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint the rows that changed."""
        self._board, self._then = board, site_time(board, now)
        snapshot = board.snapshot
        calls = {} if snapshot is None else snapshot.calls
        if calls is not self._calls_of:
            self._calls_of = calls
            self._waiting = _waiting_numbers(calls.values())
        if snapshot is not None:
            self._names = {key: shown(queue.name) for key, queue in snapshot.queues.items()}
        self._show(self._groups, condition_of(board), now)

    def group(self, key: str) -> CallBack | None:
        """Return a group that is shown. None if it is there no more."""
        return self._groups.get(key)

    def caller_words(self, group: CallBack) -> str:
        """Return the caller's number as it may be shown."""
        return self._look.wording.caller(shown(group.number))

    def queue_name(self, queue_id: QueueId) -> str:
        """Return what a queue is called, fit to be shown."""
        return self._names.get(queue_id) or shown(queue_id)

    def due_words(self, group: CallBack, then: datetime) -> str:
        """Return until when he is to be called back; when he got through if he has."""
        wording = self._look.wording
        if group.recovered_at is not None:
            zone = None if self._board is None else self._board.zone
            return "" if zone is None else wording.clock_minute(group.recovered_at, zone)
        due = self.due_of(group)
        if then > due:
            return wording.say(phrase("Calls", "{time} overdue"), time=wording.duration(then - due))
        return wording.say(phrase("Calls", "in {time}"), time=wording.duration(due - then))

    def note_on(self, group: CallBack) -> CallBackNote | None:
        """Return what is noted on these lost calls of his. None if nothing is."""
        note = self._notes.get(same_number(group.number))
        if note is None or note.says_nothing or note.at < group.first_at:
            return None
        return note

    def due_of(self, group: CallBack) -> datetime:
        """Return by when he is to be called back."""
        note = self.note_on(group)
        return group.due_at() if note is None or note.due_at is None else note.due_at

    def note_of(self, group: CallBack) -> str:
        """Return what is known of him now and what is noted; empty if nothing is."""
        wording, told = self._look.wording, []
        if same_number(group.number) in self._waiting:
            told.append(wording.say(phrase("Calls", "waits in a queue now")))
        note = self.note_on(group)
        if note is not None and note.text:
            told.append(shown(note.text))
        return wording.listed(told)

    # What is shown

    def _take_groups(self) -> None:
        groups = self._lost.open if self._kept is Kept.OPEN else self._lost.recovered
        self._groups = {key_of(group): group for group in groups}
        self._ask_again()

    def _arrange(self) -> tuple[Section, ...]:
        rows = [
            (key, group)
            for key, group in self._groups.items()
            if not self._words or self._matches(group)
        ]
        order = self._order()
        rows.sort(key=lambda row: (order(row[1]), row[0]), reverse=self._backwards)
        return (Section(keys=tuple(key for key, _ in rows)),) if rows else ()

    def _order(self) -> Callable[[CallBack], tuple[object, ...]]:
        def by_due(group: CallBack) -> tuple[object, ...]:
            if group.recovered_at is not None:
                return (-group.recovered_at.timestamp(),)
            return (self.due_of(group).timestamp(),)

        def by_wait(group: CallBack) -> tuple[object, ...]:
            longest = group.longest_wait
            return (1.0 if longest is None else -longest.total_seconds(),)

        return {
            "caller": lambda group: (same_number(group.number),),
            "tries": lambda group: (-group.tries, group.first_at.timestamp()),
            "last": lambda group: (-group.last_at.timestamp(),),
            "wait": by_wait,
            "queue": lambda group: (search_key(self._queues_of(group)),),
        }.get(self._sorted_by, by_due)

    def _matches(self, group: CallBack) -> bool:
        if self._typed and same_number(search_key(group.number)) == self._typed:
            # Who knows the whole number may ask for it, masked or not.
            return True
        texts = (self.caller_words(group), self._queues_of(group), self.note_of(group))
        return found_in(self._words, *texts)

    def _queues_of(self, group: CallBack) -> str:
        return self._look.wording.listed(map(self.queue_name, group.queues))

    def _face(self, key: str) -> Face | None:
        group = self._groups.get(key)
        if group is None or self._then is None or self._board is None:
            return None
        wording, zone, then = self._look.wording, self._board.zone, self._then
        overdue = group.recovered_at is None and then > self.due_of(group)
        return RowFace(
            cells={
                "caller": self.caller_words(group),
                "tries": wording.count(group.tries),
                "last": wording.ago(group.last_at, then, zone),
                "wait": wording.duration(group.longest_wait),
                "due": self.due_words(group, then),
                "queue": self._queues_of(group),
                "note": self.note_of(group),
            },
            severity=Severity.WARNING if overdue else Severity.CALM,
            marked="due",
        )

    def _empty_words(self) -> str:
        wording = self._look.wording
        if self._trouble:
            return self._trouble
        if self._words and self._groups:
            return wording.say(
                phrase("Calls", "No call fits this filter. Esc in the field shows all again.")
            )
        if self._condition is Condition.BLANK:
            return wording.translate("Board", "Waiting for the first picture …")
        if self._board is not None and self._board.site.known is not None:
            return wording.say(CALLS_NOT_TOLD)
        if self._kept is Kept.RECOVERED:
            return wording.say(phrase("Calls", "Nobody whose call was lost has got through yet."))
        return wording.say(phrase("Calls", "Nobody waits to be called back."))


def _waiting_numbers(calls: Iterable[Call]) -> frozenset[str]:
    return frozenset(
        same_number(call.caller_number)
        for call in calls
        if call.answered_at is None and call.caller_number
    )
