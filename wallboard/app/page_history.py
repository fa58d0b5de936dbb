"""Answers what pages want to know of the past: it is read in threads, and told to the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from typing import Final, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from wallboard.app.histories import NothingKept
from wallboard.app.history_page import calls_of, interval_explained, past_in
from wallboard.app.question_line import Question, QuestionLine
from wallboard.domain.call_backs import CallBackNote
from wallboard.domain.clock import Clock, Moment
from wallboard.domain.facts import AgentSpell
from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value
from wallboard.engine.board import Board, site_time, window_of
from wallboard.engine.lost_calls import LostCalls, lost_calls
from wallboard.engine.past import Asked, IntervalAsked
from wallboard.engine.windows import Window, WindowKind, shift_of, window_at
from wallboard.runtime.history_faults import fault_of
from wallboard.storage.call_back_notes import keep_note, kept_notes
from wallboard.storage.history import History
from wallboard.storage.rows import SPELLS, instant_us, stored_text
from wallboard.ui.pages.agents import AgentsPage
from wallboard.ui.pages.calls import CallsPage
from wallboard.ui.pages.history import HistoryPage
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

_Row = TypeVar("_Row")

_LONGEST_CALL: Final = timedelta(hours=4)
"""What was lost in a window arrived at most so much earlier."""

_REST: Final = 19.0
"""To read a day of calls takes seconds of the processor that paints, too: so many times as long
nobody reads them again, which leaves a twentieth of it to the reading."""

_NOTHING_KEPT: Final = phrase(
    "PageHistory",
    "Nothing is stored of this connection yet. What happens from now on will be: "
    "look here again in a minute.",
)

_ONLY_SUMS: Final = phrase(
    "PageHistory",
    "Of this time only sums are kept, so its calls cannot be listed. Choose a later time.",
)


@value
class Standing:
    """What a question goes by.

    Attributes:
        board, now: As they are shown.
        open_history: Opens the history of the board for reading, in a thread of its own.
        wording: In which to say what went wrong.
    """

    board: Board
    now: Moment
    open_history: Callable[[], History]
    wording: Wording


def shift_window(board: Board, now: datetime) -> Window:
    """Return the shift, whole, that the site is in; between two shifts the business day.

    Args:
        now: The source's time.
    """
    plan, zone = board.measuring.plan, board.zone
    return shift_of(now, plan, zone) or window_at(WindowKind.TODAY, now, plan, zone)


def spells_in(history: History, agent_id: str, window: Window) -> tuple[AgentSpell, ...]:
    """Return the spells of one agent of which a part lies in a window, in order.

    Raises:
        HistoryUnavailable: And why.
    """
    # By his index: a shift of ten thousand agents has a million spells.
    rows = history.database.rows(
        "spells of agent",
        stored_text(agent_id),
        instant_us(window.begin),
        instant_us(window.end),
    )
    spells = (SPELLS.unpacked(row[1:]) for row in rows)
    found = [
        spell
        for spell in spells
        if spell is not None and spell.began_at < window.end and window.begin < spell.ended_at
    ]
    return tuple(sorted(found, key=lambda spell: (spell.began_at, spell.ended_at)))


def lost_in(
    history: History,
    window: Window,
    now: datetime,
    stopped: Callable[[], bool],
    hidden: frozenset[QueueId] = frozenset(),
) -> LostCalls:
    """Return what became of the calls that were lost in a window.

    Args:
        now: The source's time: what happened up to then tells who got through.
        hidden: Queues whose lost calls are not told.
        stopped: Returns True once nobody wants to know any more; then nothing is found.

    Raises:
        HistoryUnavailable: And why.
    """
    begin, end = window.begin - _LONGEST_CALL, max(window.end, now) + _LONGEST_CALL
    calls = _until(stopped, history.calls(begin, end))
    return lost_calls(
        (call for call in calls if call.queue_id not in hidden) if hidden else calls,
        directs=_until(stopped, history.directs(begin, end)),
        begin=window.begin,
        end=window.end,
    )


class PageHistory(QObject):
    """Answers the pages of one window, of whatever board it shows. Lives on the main thread."""

    def __init__(
        self,
        standing: Callable[[], Standing | None],
        clock: Clock,
        parent: QObject | None = None,
        *,
        do: Callable[[Callable[[History], bool]], None] = lambda _: None,
    ) -> None:
        """Prepare.

        Args:
            standing: Returns what a question goes by; None while there is no board to ask about.
            do: Has something done with the history by whoever writes it.
        """
        super().__init__(parent)
        self._standing = standing
        self._do = do
        self._agents: AgentsPage | None = None
        self._calls: CallsPage | None = None
        self._spells = QuestionLine(clock, self, name="spells")
        self._records = QuestionLine(clock, self, name="records", rest=_REST)
        self._history: HistoryPage | None = None
        self._past = QuestionLine(clock, self, name="past")
        self._interval = QuestionLine(clock, self, name="interval")

    @property
    def busy(self) -> bool:
        """True while a page waits for an answer that is being read."""
        return any(line.busy for line in (self._spells, self._records, self._past, self._interval))

    def serve(self, page: QWidget) -> None:
        """Answer what a page wants to know from now on; one that wants nothing is let be."""
        if isinstance(page, AgentsPage):
            self._agents = page
            page.spells_wanted.connect(self._tell_spells)
        elif isinstance(page, CallsPage):
            self._calls = page
            page.records_wanted.connect(self._tell_lost)
            page.note_wished.connect(self._keep_note)
        elif isinstance(page, HistoryPage):
            self._history = page
            page.past_wanted.connect(self._tell_past)
            page.calls_wanted.connect(self._tell_calls)

    def forget(self) -> None:
        """Answer nothing that was asked: the board is let go, and so is what pages know of it."""
        self._spells.stop()
        self._records.stop()
        if self._agents is not None:
            self._agents.forget()
        if self._calls is not None:
            self._calls.forget()
        self._past.stop()
        self._interval.stop()
        if self._history is not None:
            self._history.forget()

    def _tell_spells(self, agent_id: str) -> None:
        page = self._agents
        if page is not None:
            self._spells.ask(lambda: self._spells_question(page, agent_id))

    def _spells_question(self, page: AgentsPage, agent_id: str) -> Question | None:
        standing = self._standing()
        if standing is None:
            return None
        then = site_time(standing.board, standing.now)
        window, opening = shift_window(standing.board, then), standing.open_history

        def read(_: Callable[[], bool]) -> Callable[[], None]:
            with closing(opening()) as history:
                spells = spells_in(history, agent_id, window)
            return lambda: page.show_spells(agent_id, spells, window.begin)

        def miss(error: Exception) -> None:
            page.show_no_spells(agent_id, trouble_of(error, standing.wording))

        return Question(read=read, miss=miss)

    def _keep_note(self, note: CallBackNote) -> None:
        def keep(history: History) -> bool:
            keep_note(history, note)
            return False

        self._do(keep)

    def _tell_lost(self) -> None:
        page = self._calls
        if page is not None:
            self._records.ask(lambda: self._lost_question(page))

    def _lost_question(self, page: CallsPage) -> Question | None:
        standing = self._standing()
        if standing is None:
            return None
        then = site_time(standing.board, standing.now)
        window, opening = window_of(standing.board, then), standing.open_history
        hidden = standing.board.arrangement.hidden

        def show(lost: LostCalls, notes: Mapping[str, CallBackNote]) -> None:
            page.show_notes(notes)
            now = self._standing()
            # Of another window the page has asked already, or asks as soon as it is seen.
            if now is not None and now.board.window is standing.board.window:
                page.show_lost(lost)

        def read(stopped: Callable[[], bool]) -> Callable[[], None]:
            with closing(opening()) as history:
                lost = lost_in(history, window, then, stopped, hidden)
                notes = kept_notes(history)
            return lambda: show(lost, notes)

        def miss(error: Exception) -> None:
            page.show_no_records(trouble_of(error, standing.wording))

        return Question(read=read, miss=miss)

    def _tell_past(self, asked: Asked) -> None:
        page = self._history
        if page is not None:
            self._past.ask(lambda: self._past_question(page, asked))

    def _past_question(self, page: HistoryPage, asked: Asked) -> Question | None:
        standing = self._standing()
        if standing is None:
            return None
        opening = standing.open_history

        def read(stopped: Callable[[], bool]) -> Callable[[], None]:
            with closing(opening()) as history:
                past = past_in(history, asked, stopped)
            return lambda: page.show_past(past)

        def miss(error: Exception) -> None:
            page.show_no_past(trouble_of(error, standing.wording))

        return Question(read=read, miss=miss)

    def _tell_calls(self, wanted: IntervalAsked) -> None:
        page = self._history
        if page is not None:
            self._interval.ask(lambda: self._calls_question(page, wanted))

    def _calls_question(self, page: HistoryPage, wanted: IntervalAsked) -> Question | None:
        standing = self._standing()
        if standing is None:
            return None
        opening, told = standing.open_history, interval_explained(wanted)

        def read(_: Callable[[], bool]) -> Callable[[], None]:
            with closing(opening()) as history:
                rolled = history.rolled_until
                if rolled is not None and wanted.row.interval.begin < rolled:
                    return lambda: page.show_no_calls(standing.wording.say(_ONLY_SUMS))
                calls = calls_of(told, wanted.asked, history)
            return lambda: page.show_calls(told, calls)

        def miss(error: Exception) -> None:
            page.show_no_calls(trouble_of(error, standing.wording))

        return Question(read=read, miss=miss)


def trouble_of(error: Exception, wording: Wording) -> str:
    """Return why the past cannot be told, and what helps."""
    if isinstance(error, NothingKept):
        return wording.say(_NOTHING_KEPT)
    return wording.fault(fault_of(error))


def _until(stopped: Callable[[], bool], rows: Iterable[_Row]) -> Iterator[_Row]:
    for row in rows:
        if stopped():
            return
        yield row
