"""Holding a button to talk: the phone of a whisper is muted, and heard only while it is held.

The rules, in prose:

* Only in a whisper that lasts, and whose phone the source has muted, is anybody let be heard.
* Letting go is passed on at once. What waited for the disk until then is not passed on any more.
* Who cannot be muted again is taken off the line, though nobody could be asked at first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.domain.supervision import Monitoring, Stage, WishKind
from wallboard.engine.board import Board
from wallboard.engine.supervision import Asked, Phase, Session
from wallboard.engine.supervision_asking import wish_of
from wallboard.engine.supervision_steps import (
    NOT_MUTED,
    PassOn,
    Step,
    Supervising,
    UnderWay,
    WriteRow,
    begin,
    end,
)

MUTED_WITHIN_S: Final = 5.0
"""So long a picture may still show that somebody is heard who has let go."""
LET_GO: Final = "let_go"
"""In the journal: why somebody was not let be heard."""


def voice_of(session: Session | None, kind: WishKind) -> Asked | None:
    """Return what is asked for by who holds the button, or lets go. None: there is no whisper."""
    if session is None or session.mode is not WishKind.WHISPER or session.phase is Phase.ENDED:
        return None
    return Asked(
        kind=kind,
        agent_id=session.agent_id,
        call_id=session.call_id,
        reason=session.reason,
    )


def let_go(state: Supervising, now: Moment) -> Step:
    """Have the phone muted at once; what lets it be heard and was not passed on never is."""
    waiting = [
        key
        for key, each in state.under_way.items()
        if each.wish.kind is WishKind.TALK and not each.written
    ]
    left = {key: each for key, each in state.under_way.items() if key not in waiting}
    rows = tuple(
        [
            WriteRow(key=key, what="not_passed", entry={"key": key, "kind": LET_GO})
            for key in waiting
        ]
    )
    state = replace(state, under_way=left, let_go_s=now.steady_s)
    wanted = voice_of(state.session, WishKind.HUSH)
    if wanted is None:
        return state, rows
    wish = wish_of(wanted)
    state, (row,) = begin(state, wanted, wish, now)
    # The disk is not waited for: this only makes silence.
    under = replace(state.under_way[row.key], written=True)
    state = replace(state, under_way={**state.under_way, row.key: under})
    return state, (*rows, row, PassOn(key=row.key, wish=wish))


def hushed(state: Supervising, under: UnderWay, stage: Stage, now: Moment) -> Step:
    """Take what came of muting the phone again."""
    session = state.session
    if stage is Stage.DONE or session is None or session.phase is not Phase.LIVE:
        return state, ()
    if session.muted is None or session.call_id != under.wish.call_id:
        return state, ()
    return end(state, session.agent_id, now, by="not_muted", why=NOT_MUTED)


def still_heard(state: Supervising, session: Session, board: Board, now: Moment) -> bool:
    """True if the picture shows that somebody is heard who let go a while ago."""
    if session.mode is not WishKind.WHISPER or session.muted is not False:
        return False
    patience_s = max(MUTED_WITHIN_S, 2 * board.poll.total_seconds())
    return state.let_go_s is not None and now.steady_s - state.let_go_s >= patience_s


def with_voice(state: Supervising, ours: Iterable[Monitoring]) -> Supervising:
    """Take from a picture whether the supervisor is heard now."""
    session = state.session
    if session is None or session.mode is not WishKind.WHISPER:
        return state
    told = [each.muted for each in ours]
    muted = None if not told or None in told else all(told)
    if muted is session.muted:
        return state
    return replace(state, session=replace(session, muted=muted))
