"""Facts with every field at random, out of what the fields may hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from wallboard.domain.facts import CallRecord, DirectCall, Direction, Ending, FactId
from wallboard.domain.snapshot import AgentId, CallId, QueueId


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """What the fields of facts may hold.

    Attributes:
        keys: Ids.
    """

    keys: st.SearchStrategy[str]
    texts: st.SearchStrategy[str]
    instants: st.SearchStrategy[datetime]
    spans: st.SearchStrategy[timedelta]

    @property
    def agents(self) -> st.SearchStrategy[AgentId | None]:
        return st.none() | self.keys.map(AgentId)

    def calls(self) -> st.SearchStrategy[CallRecord]:
        maybe_span, maybe_text = st.none() | self.spans, st.none() | self.texts
        return st.builds(
            CallRecord,
            fact_id=self.keys.map(FactId),
            call_id=self.keys.map(CallId),
            queue_id=self.keys.map(QueueId),
            entered_at=self.instants,
            ended_at=self.instants,
            ending=st.sampled_from(Ending),
            wait=maybe_span,
            target=maybe_span,
            talk=maybe_span,
            hold=maybe_span,
            wrap_up=maybe_span,
            short=maybe_span,
            contact=maybe_text,
            agent_id=self.agents,
            caller_number=maybe_text,
            missed_rings=st.integers(0, 1000),
            transferred=st.booleans(),
        )

    def directs(self) -> st.SearchStrategy[DirectCall]:
        maybe_span, maybe_text = st.none() | self.spans, st.none() | self.texts
        return st.builds(
            DirectCall,
            fact_id=self.keys.map(FactId),
            call_id=self.keys.map(CallId),
            direction=st.sampled_from(Direction),
            began_at=self.instants,
            ended_at=self.instants,
            answered=st.booleans(),
            ring=maybe_span,
            talk=maybe_span,
            agent_id=self.agents,
            far_number=maybe_text,
            contact=maybe_text,
        )
