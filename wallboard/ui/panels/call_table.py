"""The calls of this moment: who waits, who talks to whom, for how long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Agent, AgentState, Call, CallId, Snapshot
from wallboard.engine.board import CALLS, Board, site_time, tells_less, untold
from wallboard.engine.limits import judge_wait
from wallboard.ui.look import Look
from wallboard.ui.not_told import CALLS_NOT_TOLD
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.column_list import ColumnList
from wallboard.ui.panels.columns import Heading, RowFace
from wallboard.ui.panels.face import Face
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.panels.shelves import Section
from wallboard.ui.search_text import found_in, search_key, words_of
from wallboard.ui.wording import NOTHING_KNOWN
from wallboard.ui.words import Phrase, phrase


class Stage(StrEnum):
    """How far a call is."""

    WAITING = "waiting"
    TALKING = "talking"


STAGE_NAMES: Final[Mapping[Stage, Phrase]] = {
    Stage.WAITING: phrase("Calls", "Waiting"),
    Stage.TALKING: phrase("Calls", "Talking"),
}
HEADINGS: Final = (
    Heading(key="queue", name=phrase("CallColumn", "Queue"), width=150, share=1.0, strong=True),
    Heading(key="caller", name=phrase("CallColumn", "Caller"), width=140, share=0.6),
    Heading(key="wait", name=phrase("CallColumn", "Wait"), width=90, figure=True, lasts=True),
    Heading(key="talk", name=phrase("CallColumn", "Talk"), width=90, figure=True, lasts=True),
    Heading(key="agent", name=phrase("CallColumn", "Agent"), width=150, rank=1, share=1.0),
    Heading(key="since", name=phrase("LiveColumn", "Since"), width=96, rank=2, figure=True),
)

_CALLS_LOCKED: Final = phrase(
    "Calls", "You do not see calls here. Ask the administrator for the right to see them."
)


class CallTable(ColumnList):
    """Shows a row for each call that is not over: those who wait first, the longest on top."""

    headings = HEADINGS
    comes_at_once = True

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._snapshot: Snapshot | None = None
        self._then: datetime | None = None
        self._board: Board | None = None
        self._held_by: object = None
        self._holders: dict[CallId, Agent] = {}
        self._stages: frozenset[Stage] = frozenset()
        self._words: tuple[str, ...] = ()
        self._typed = ""
        self.show_sorting("talk", backwards=False)

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint the rows that changed."""
        self._board, self._snapshot = board, board.snapshot
        self._then = site_time(board, now)
        agents = None if board.snapshot is None else board.snapshot.agents
        if agents is not self._held_by:
            self._held_by = agents
            self._holders = {
                agent.call_id: agent
                for agent in (agents or {}).values()
                if agent.call_id is not None
            }
        self._show(self._calls(), condition_of(board), now)

    def look_for(self, typed: str) -> None:
        """Show only calls that are found by what was typed."""
        self._words, self._typed = words_of(typed), search_key(typed)
        self._ask_again()

    def show_stages(self, stages: Iterable[Stage]) -> None:
        """Show only calls of these stages; none means all."""
        self._stages = frozenset(stages)
        self._ask_again()

    def _calls(self) -> Mapping[CallId, Call]:
        return _NONE if self._snapshot is None else self._snapshot.calls

    # What is shown

    def _arrange(self) -> tuple[Section, ...]:
        found: dict[Stage, list[Call]] = {stage: [] for stage in Stage}
        for call in self._calls().values():
            found[stage_of(call)].append(call)
        wanted = self._stages or frozenset(Stage)
        wording = self._look.wording
        sections = []
        for stage, calls in found.items():
            rows = [call for call in calls if not self._words or self._matches(call)]
            if stage in wanted and rows:
                rows.sort(key=self._order(stage), reverse=self._backwards)
                sections.append(
                    Section(
                        keys=tuple(call.call_id for call in rows),
                        heading=wording.say(STAGE_NAMES[stage]),
                    )
                )
        return tuple(sections)

    def _order(self, stage: Stage) -> Callable[[Call], tuple[object, ...]]:
        key = self._sorted_by

        def by_text(call: Call) -> tuple[object, ...]:
            text = search_key(self._text(call, key))
            return not text, text, *_by_begin(call)

        def by_wait(call: Call) -> tuple[object, ...]:
            waited = _waited(call)
            return -waited.total_seconds() if waited is not None else 1.0, call.call_id

        if key in ("queue", "caller", "agent"):
            return by_text
        if key == "since":
            return _by_begin
        return by_wait if key == "wait" and stage is Stage.TALKING else _by_time

    def _matches(self, call: Call) -> bool:
        number = search_key(call.caller_number or "")
        if number and number == self._typed:
            # Who knows the whole number may ask for it, masked or not.
            return True
        texts = (self._text(call, key) for key in ("queue", "caller", "agent"))
        return found_in(self._words, *texts)

    def _text(self, call: Call, key: str) -> str:
        match key:
            case "queue":
                queue = None if self._snapshot is None else self._snapshot.queues.get(call.queue_id)
                return shown(call.queue_id if queue is None else queue.name)
            case "caller":
                return self._look.wording.caller(shown(call.caller_number or ""))
            case _:
                return self._agent_name(call)

    def _agent_name(self, call: Call) -> str:
        agent = self._agent_of(call)
        if agent is not None:
            return shown(agent.name) or shown(agent.agent_id)
        return "" if call.agent_id is None else shown(call.agent_id)

    def _agent_of(self, call: Call) -> Agent | None:
        """Return who has the call; some sources tell it of the agent only."""
        if self._snapshot is None or call.answered_at is None:
            return None
        if call.agent_id is not None:
            return self._snapshot.agents.get(call.agent_id)
        return self._holders.get(call.call_id)

    def _face(self, key: str) -> Face | None:
        call = self._calls().get(CallId(key))
        if call is None or self._then is None or self._board is None:
            return None
        wording, then = self._look.wording, self._then
        waiting = call.answered_at is None
        waited = then - call.entered_at if waiting and call.entered_at else _waited(call)
        talked = None if call.answered_at is None else then - call.answered_at
        severity = self._severity(call, waited) if waiting else Severity.CALM
        since = call.entered_at or call.answered_at
        clock = NOTHING_KNOWN if since is None else wording.clock(since, self._board.zone)
        return RowFace(
            cells={
                "queue": self._text(call, "queue"),
                "caller": self._text(call, "caller") or NOTHING_KNOWN,
                "wait": wording.duration(waited),
                "talk": "" if waiting else wording.duration(talked),
                "agent": self._text(call, "agent") or ("" if waiting else NOTHING_KNOWN),
                "since": clock,
            },
            state=None if waiting else self._glyph(call),
            severity=severity,
            marked="wait",
        )

    def _severity(self, call: Call, waited: timedelta | None) -> Severity:
        queue = None if self._snapshot is None else self._snapshot.queues.get(call.queue_id)
        return judge_wait(waited, None if queue is None else queue.target)

    def _glyph(self, call: Call) -> AgentState:
        """Return the state of the agent who has the call; he may hold it."""
        agent = self._agent_of(call)
        on_hold = agent is not None and agent.state is AgentState.ON_HOLD
        return AgentState.ON_HOLD if on_hold else AgentState.IN_CALL

    def _locked(self) -> bool:
        return self._untold() and not self._not_told()

    def _untold(self) -> bool:
        return self._board is not None and CALLS in untold(self._board)

    def _not_told(self) -> bool:
        return self._board is not None and tells_less(self._board)

    def _empty_words(self) -> str:
        wording = self._look.wording
        if self._condition is Condition.BLANK:
            return wording.translate("Board", "Waiting for the first picture …")
        if self._untold():
            return wording.say(CALLS_NOT_TOLD if self._not_told() else _CALLS_LOCKED)
        if self._calls() and (self._words or self._stages):
            return wording.say(
                phrase("Calls", "No call fits this filter. Esc in the field shows all again.")
            )
        return wording.say(phrase("Calls", "No calls at this moment."))


def stage_of(call: Call) -> Stage:
    """Return how far a call is."""
    return Stage.WAITING if call.answered_at is None else Stage.TALKING


def _waited(call: Call) -> timedelta | None:
    if call.answered_at is None or call.entered_at is None:
        return None
    return call.answered_at - call.entered_at


def _by_begin(call: Call) -> tuple[object, ...]:
    """Sort by since when he is in the queue; of whom that is not known comes first."""
    since = call.entered_at or call.answered_at
    return 0.0 if since is None else since.timestamp(), call.call_id


def _by_time(call: Call) -> tuple[object, ...]:
    """Sort by since when he waits or talks; of whom that is not known comes first."""
    since = call.answered_at or call.entered_at
    return 0.0 if since is None else since.timestamp(), call.call_id


_NONE: Mapping[CallId, Call] = {}
