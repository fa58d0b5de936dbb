"""The controller of supervision: what a person asks for, step by step, as a pure function.

The rules, in prose:

* What may not be done is refused, with the obstacle, and nothing leaves.
* What may be done is written down first. Once that is on the disk it is looked at again, as the
  board is by then, and passed on; what waited too long for the disk is not passed on any more.
* Nothing is passed on twice. Of what nobody knows, only a later word or the picture tells.
* There is one monitoring at a time. Another mode with the same agent ends the one and then begins
  the other, which is a command of its own.
* A monitoring ends with its call, at the limit, when the right to it is withdrawn, or when it is
  asked for. To end is always possible, even if it cannot be written down.
* A monitoring of ours in a call that nobody chose is ended at once.
* Who whispers is heard only while a button is held, where the source can mute the phone.
* An agent is told of it once it has begun, where the site wants that and the source can.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.domain.supervision import MONITORING, Stage, WishKind
from wallboard.engine.board import Board
from wallboard.engine.supervision import Asked, Obstacle, Phase, Session, Told
from wallboard.engine.supervision_asking import (
    agent_of,
    begun,
    meant_by,
    obstacle_of,
    refused,
)
from wallboard.engine.supervision_offers import (
    lasting,
    offers_for,
)
from wallboard.engine.supervision_steps import (
    LIMIT_REACHED,
    NOT_MUTED,
    NOT_TOLD,
    RIGHT_GONE,
    Effect,
    PassOn,
    Step,
    Supervising,
    UnderWay,
    WriteRow,
    end,
    ended,
    live,
    refuse,
    remembered,
    shown,
    tell,
)
from wallboard.engine.supervision_telling import agent_told, not_told, telling_answered
from wallboard.engine.supervision_voice import hushed, let_go, still_heard, voice_of
from wallboard.engine.supervision_watch import look, right_gone, still_shown

WRITTEN_WITHIN_S: Final = 5.0
"""What waited longer for the disk is not what the supervisor wants now."""

ENDED_WITHIN_S: Final = 2.0
"""To end waits no longer for a disk that hangs."""

AGAIN_S: Final = 10.0
"""What could not be ended, or written, is tried again after so long."""


def asked(state: Supervising, wanted: Asked, board: Board, now: Moment) -> Step:
    """Take what a person asks for: refuse it, or have it written down."""
    if wanted.kind is WishKind.HUSH:
        return let_go(state, now)
    if any(each.asked == wanted and not each.given_up for each in state.under_way.values()):
        return state, ()  # a second click
    if wanted.kind is WishKind.END:
        return _asked_to_end(state, wanted, board, now)
    voice = voice_of(state.session, wanted.kind) if wanted.kind is WishKind.TALK else None
    meant = voice or meant_by(wanted, board)
    obstacle, detail = obstacle_of(state, meant, board, now)
    if obstacle is not None:
        return refused(state, meant, obstacle, detail, now)
    if wanted.kind is WishKind.TALK:
        state = replace(state, let_go_s=None)
    session = lasting(shown(state, board))
    if session is not None and wanted.kind in MONITORING | {WishKind.TAKE_OVER}:
        state, effects = end(state, session.agent_id, now, by="change")
        return replace(state, then=meant), effects
    if wanted.kind in MONITORING:
        state = _alone(state)
    return begun(state, meant, now)


def written(state: Supervising, key: str, done: bool, board: Board, now: Moment) -> Step:  # noqa: FBT001 - what a writer says
    """Take that a row is on the disk, or is not; then pass its command on, if it still may be."""
    under = state.under_way.get(key)
    state = replace(state, journal=done)
    if under is None or under.written:
        return state, ()
    if under.wish.kind is WishKind.END:
        return _passed(state, key, under, now)
    if not done or now.steady_s - under.since.steady_s > WRITTEN_WITHIN_S:
        state, effects = _not_passed(state, key, Obstacle.NO_JOURNAL, "", now)
        state, more = not_told(state, under, now)
        return state, (*effects, *more)
    if under.ruled:
        return _passed(state, key, under, now)
    others = {each: told for each, told in state.under_way.items() if each != key}
    # The question that was just answered may have taken the window from the front.
    before = replace(state, under_way=others, here=True)
    obstacle, detail = obstacle_of(before, under.asked, board, now)
    if obstacle is not None:
        return _not_passed(state, key, obstacle, detail, now)
    return _passed(state, key, under, now)


def outcome(  # noqa: PLR0913 - what a source says, and when
    state: Supervising,
    key: str,
    stage: Stage,
    why: str,
    board: Board,
    now: Moment,
    *,
    reached: bool = True,
) -> Step:
    """Take what came of a command that was passed on.

    Args:
        why: Why not, if it was not done.
        reached: False if the source never heard of it.
    """
    under = state.under_way.get(key)
    if under is None or not under.written:
        return state, ()
    rest = {each: told for each, told in state.under_way.items() if each != key}
    if stage is Stage.UNKNOWN:
        rest[key] = replace(under, given_up=True)
    state = replace(state, under_way=remembered(rest))
    row = WriteRow(key=key, what="answered", entry={"key": key, "state": str(stage), "reason": why})
    if under.wish.kind in MONITORING:
        state, effects = _monitoring_answered(state, key, under, stage, why, now)
        state, telling = agent_told(state, board, now)
        effects = (*effects, *telling)
    elif under.ruled:
        state, effects = telling_answered(state, under, stage, why, now)
    elif under.wish.kind is WishKind.END:
        state, effects = _end_answered(state, under, stage, why, board, now, reached=reached)
    elif under.wish.kind is WishKind.HUSH:
        state, effects = hushed(state, under, stage, now)
    elif under.wish.kind is WishKind.TALK and stage is Stage.DONE:
        effects = ()  # the picture shows it
    else:
        told = Told(asked=under.asked, stage=stage, why=why, at=now)
        state, effects = tell(state, told), ()
    return state, (row, *effects)


def board_seen(state: Supervising, board: Board, now: Moment) -> Step:
    """Take a new board: what it shows of the session, of others, and of calls that nobody chose."""
    state, effects = look(state, board, now)
    state, more = _changed_over(state, board, now)
    state, next_one = _gone_on(state, board, now)
    state, telling = agent_told(state, board, now)
    return state, (*effects, *more, *next_one, *telling)


def second_passed(state: Supervising, board: Board, now: Moment) -> Step:
    """Take that time goes on: nothing lasts longer than it may."""
    state, tried = _journal_tried(state, now)
    state, overdue = _ends_passed(state, now)
    tried = (*tried, *overdue)
    session = state.session
    if session is None or session.phase is Phase.ENDING:
        return state, tried
    if session.phase is Phase.ENDED:
        over = session.stays and _beyond_limit(state, session, now)
        return _alone(state) if over else state, tried
    state, effects = _kept_within(state, session, board, now)
    if not effects:
        state, effects = look(state, board, now)
    return state, (*tried, *effects)


def closing(state: Supervising, now: Moment) -> Step:
    """Take that the board is let go of: what lasts is ended, and nothing comes after it."""
    state = replace(_alone(state), then=None)
    session = state.session
    if session is None or session.phase in (Phase.ENDED, Phase.ENDING):
        return state, ()
    return end(state, session.agent_id, now, by="window")


def _journal_tried(state: Supervising, now: Moment) -> Step:
    """Try now and then whether the journal can be written again."""
    if state.journal or _lately(state.tried_s, now):
        return state, ()
    row = WriteRow(key="", what="tried", entry={}, needed=True)
    return replace(state, tried_s=now.steady_s), (row,)


def _ends_passed(state: Supervising, now: Moment) -> Step:
    """Pass on what ends something though the disk has not said yet whether it is written."""
    effects: list[Effect] = []
    for key, under in state.under_way.items():
        waits = under.wish.kind is WishKind.END and not under.written
        if waits and now.steady_s - under.since.steady_s >= ENDED_WITHIN_S:
            state, passed = _passed(state, key, under, now)
            effects += passed
    return state, tuple(effects)


def _kept_within(state: Supervising, session: Session, board: Board, now: Moment) -> Step:
    """End what lasts longer than it may, or may not last at all any more."""
    if _lately(state.stopped_s, now):
        return state, ()
    if right_gone(state.rights, session, board):
        by, why = "right", RIGHT_GONE
    elif session.phase is not Phase.ASKED and _beyond_limit(state, session, now):
        by, why = "limit", LIMIT_REACHED
    elif still_heard(state, session, board, now):
        by, why = "not_muted", NOT_MUTED
    elif session.why == NOT_TOLD:
        by, why = "not_told", NOT_TOLD
    else:
        return state, ()
    return end(replace(state, stopped_s=now.steady_s), session.agent_id, now, by=by, why=why)


def _lately(at_s: float | None, now: Moment) -> bool:
    return at_s is not None and now.steady_s - at_s < AGAIN_S


def _alone(state: Supervising) -> Supervising:
    """Wait for no next call any more."""
    session = state.session
    if session is None or session.phase is not Phase.ENDED or not session.stays:
        return state
    return replace(state, session=replace(session, stays=False), chain_s=None)


# --- passing on ------------------------------------------------------------------------------


def _passed(state: Supervising, key: str, under: UnderWay, now: Moment) -> Step:
    under_way = {**state.under_way, key: replace(under, written=True)}
    state = replace(state, under_way=under_way)
    if under.wish.kind in MONITORING:
        session = Session(
            key=key,
            mode=under.wish.kind,
            agent_id=under.wish.agent_id,
            call_id=under.wish.call_id,
            reason=under.wish.reason,
            phase=Phase.ASKED,
            asked_at=now,
            limit_s=state.rights.limit_s,
            stays=under.asked.stays,
        )
        state = replace(state, session=session, seen=False, looked_s=None)
    return state, (PassOn(key=key, wish=under.wish),)


def _not_passed(state: Supervising, key: str, obstacle: Obstacle, detail: str, now: Moment) -> Step:
    under = state.under_way[key]
    rest = {each: told for each, told in state.under_way.items() if each != key}
    state = refuse(replace(state, under_way=rest), under.asked, obstacle, now, detail)
    state = _alone(state)
    row = WriteRow(key=key, what="not_passed", entry={"key": key, "kind": str(obstacle)})
    return state, (row,)


# --- what came of it -------------------------------------------------------------------------


def _monitoring_answered(
    state: Supervising, key: str, under: UnderWay, stage: Stage, why: str, now: Moment
) -> Step:
    session = state.session
    if session is None or session.key != key or session.phase is Phase.ENDED:
        if stage is Stage.DONE:
            # It began after all, when nobody waited for it any more.
            return end(state, under.wish.agent_id, now, by="late")
        return state, ()
    match stage:
        case Stage.DONE:
            return live(state, now)
        case Stage.REFUSED:
            return ended(state, now, why)
        case _ if session.phase is Phase.ASKED:
            lost = replace(session, phase=Phase.UNKNOWN, why=why)
            return replace(state, session=lost, looked_s=None), ()
        case _:
            return state, ()


def _end_answered(  # noqa: PLR0913 - as `outcome`
    state: Supervising,
    under: UnderWay,
    stage: Stage,
    why: str,
    board: Board,
    now: Moment,
    *,
    reached: bool,
) -> Step:
    session = state.session
    if session is None or session.phase is not Phase.ENDING:
        return state, ()
    if session.agent_id != under.wish.agent_id:
        return state, ()
    # Who refuses because nothing lasts is told from who refuses for another cause by the picture.
    nothing = stage is Stage.REFUSED and reached and not still_shown(state, session, board)
    if stage is Stage.DONE or nothing:
        state, effects = ended(state, now, "")
        state, more = _changed_over(state, board, now)
        return state, (*effects, *more)
    back = Phase.UNKNOWN if stage is Stage.UNKNOWN or session.live_at is None else Phase.LIVE
    # That nobody told the agent does not pass by itself.
    kept = session.why if session.why == NOT_TOLD else ""
    state = replace(state, session=replace(session, phase=back, why=kept), looked_s=None)
    told = Told(asked=under.asked, stage=stage, why=why, at=now)
    return _not_changed_over(tell(state, told), now), ()


def _asked_to_end(state: Supervising, wanted: Asked, board: Board, now: Moment) -> Step:
    session = state.session
    if session is not None and session.phase is Phase.ENDED and session.stays:
        # Nothing lasts; only the next call is not waited for any more.
        return _alone(state), ()
    view = shown(state, board)
    offers = offers_for(board, view, wanted.agent_id, now)
    offer = next(each for each in offers if each.kind is WishKind.END)
    mine = session is not None and session.agent_id == wanted.agent_id
    if offer.obstacle is not None and not (mine and offer.obstacle is Obstacle.NOT_THERE):
        return refused(state, wanted, offer.obstacle, offer.detail, now)
    return end(state, wanted.agent_id, now, by="")


def _changed_over(state: Supervising, board: Board, now: Moment) -> Step:
    """Begin what was to come once the session had ended."""
    wanted, session = state.then, state.session
    if wanted is None or session is None or session.phase is not Phase.ENDED:
        return state, ()
    state = replace(state, then=None)
    obstacle, detail = obstacle_of(replace(state, here=True), wanted, board, now)
    if obstacle is not None:
        return refused(state, wanted, obstacle, detail, now)
    return begun(state, wanted, now, by="change")


def _not_changed_over(state: Supervising, now: Moment) -> Supervising:
    if state.then is None:
        return state
    return refuse(replace(state, then=None), state.then, Obstacle.BUSY, now)


def _gone_on(state: Supervising, board: Board, now: Moment) -> Step:
    """Go on with the agent's next call, if that was asked for."""
    session = state.session
    if session is None or session.phase is not Phase.ENDED or not session.stays:
        return state, ()
    agent = agent_of(board, session.agent_id)
    if agent is None or agent.call_id in (None, session.call_id) or _waits(state, session):
        return state, ()
    wanted = Asked(
        kind=session.mode,
        agent_id=session.agent_id,
        call_id=agent.call_id,
        reason=session.reason,
        stays=True,
    )
    obstacle, detail = obstacle_of(replace(state, here=True), wanted, board, now)
    if obstacle in (Obstacle.NO_CALL, Obstacle.NOT_LIVE):
        return state, ()  # it rings, or the picture is old
    if obstacle is not None:
        return refused(_alone(state), wanted, obstacle, detail, now)
    return begun(state, wanted, now, by="stays")


def _waits(state: Supervising, session: Session) -> bool:
    """True if the next one is being begun already."""
    return any(
        each.wish.kind in MONITORING and each.wish.agent_id == session.agent_id
        for each in state.under_way.values()
        if not each.given_up
    )


def _beyond_limit(state: Supervising, session: Session, now: Moment) -> bool:
    # What nobody knows of may have lasted since it was asked for.
    begun = session.asked_at.steady_s if state.chain_s is None else state.chain_s
    return now.steady_s - begun >= session.limit_s
