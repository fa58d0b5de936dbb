"""Facts to keep: plain ones in a row, and any that a source could tell."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from support.any_facts import Cells
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Direction,
    Ending,
    FactId,
)
from wallboard.domain.snapshot import AgentId, AgentState, CallId, QueueId

MORNING: Final = datetime(2026, 3, 1, 8, tzinfo=UTC)
SECOND: Final = timedelta(seconds=1)


def call(number: int, *, every: timedelta = SECOND) -> CallRecord:
    """Return the n-th call of a busy day: each is of another contact."""
    return CallRecord(
        fact_id=FactId(f"{1_770_000_000 + number}.{number % 7}@q{number % 5}#1"),
        call_id=CallId(f"{1_770_000_000 + number}.{number % 7}"),
        queue_id=QueueId(f"q{number % 5}"),
        entered_at=MORNING + number * every,
        ended_at=MORNING + number * every + 200 * SECOND,
        ending=Ending.ANSWERED if number % 4 else Ending.ABANDONED,
        wait=number % 60 * SECOND,
        target=20 * SECOND,
        talk=180 * SECOND if number % 4 else None,
        short=5 * SECOND,
        contact=f"{1_770_000_000 + number}.{number % 7}",
        agent_id=AgentId(f"SIP/{number % 300}") if number % 4 else None,
        caller_number=f"0912{number:07}",
        missed_rings=number % 3,
    )


def calls(count: int, *, first: int = 0, every: timedelta = SECOND) -> list[CallRecord]:
    """Return calls one after the other."""
    return [call(number, every=every) for number in range(first, first + count)]


def spells(count: int, *, agents: int = 10) -> list[AgentSpell]:
    """Return spells of some agents, each in one state after the other."""
    states = (AgentState.FREE, AgentState.IN_CALL, AgentState.WRAP_UP, AgentState.ON_BREAK)
    return [
        AgentSpell(
            fact_id=FactId(f"spell {number}"),
            agent_id=AgentId(f"SIP/{number % agents}"),
            state=states[number // agents % 4],
            began_at=MORNING + number // agents * 60 * SECOND,
            ended_at=MORNING + (number // agents + 1) * 60 * SECOND,
            reason="lunch" if number // agents % 4 == 3 else None,
        )
        for number in range(count)
    ]


def directs(count: int) -> list[DirectCall]:
    """Return calls that no queue took."""
    return [
        DirectCall(
            fact_id=FactId(f"direct {number}"),
            call_id=CallId(f"direct {number}"),
            direction=list(Direction)[number % 4],
            began_at=MORNING + number * SECOND,
            ended_at=MORNING + (number + 30) * SECOND,
            answered=bool(number % 2),
            ring=5 * SECOND,
            talk=25 * SECOND if number % 2 else None,
            far_number=f"+98912{number:07}",
        )
        for number in range(count)
    ]


_texts: Final = st.text(max_size=30) | st.sampled_from(["\x00", "\ud800x", "\ufdd0", "صف ۱", "'--"])
_instants: Final = st.integers(-(10**15), 4 * 10**15).map(
    lambda us: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
)
_spans: Final = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400))
_cells: Final = Cells(keys=_texts, texts=_texts, instants=_instants, spans=_spans)

any_call: Final = _cells.calls()


@st.composite
def _spells(draw: st.DrawFn) -> AgentSpell:
    began = draw(_instants)
    return AgentSpell(
        fact_id=FactId(draw(_texts)),
        agent_id=AgentId(draw(_texts)),
        state=draw(st.sampled_from(AgentState)),
        began_at=began,
        ended_at=began + draw(_spans),
        reason=draw(st.none() | _texts),
    )


any_spell: Final = _spells()
any_direct: Final = _cells.directs()


def shuffled(facts: list[CallRecord], seed: int) -> list[CallRecord]:
    """Return the facts in another order."""
    return random.Random(seed).sample(facts, len(facts))
