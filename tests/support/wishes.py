"""Wishes that say all that their kind needs."""

from __future__ import annotations

from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.supervision import OF_A_WAITING_CALL, Wish, WishKind


def whole_wish(kind: WishKind, agent_id: str = "a", call_id: str | None = None) -> Wish:
    """Return a wish of a kind, with all that it needs and no more."""
    waiting = kind in OF_A_WAITING_CALL
    nobody = waiting or kind is WishKind.TRY_PHONE
    call = (call_id or "c") if waiting else call_id
    return Wish(
        kind=kind,
        agent_id=AgentId("" if nobody else agent_id),
        queue_id=QueueId("q1") if kind is WishKind.ADD else None,
        call_id=None if call is None else CallId(call),
        reason="why",
        to="200" if kind is WishKind.TRANSFER else "",
        text="Please wait." if kind is WishKind.MESSAGE else "",
        priority=5 if kind is WishKind.PRIORITIZE else None,
    )
