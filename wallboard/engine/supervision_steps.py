"""What the controller of supervision knows and wants done, and the small steps that it is made of.

A command is a row in the journal first. Only when that is on the disk is it looked at once more
and passed on, once; what comes of it is a row again. Nothing here waits, writes or asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Final, TypeAlias

from wallboard.domain.clock import Moment
from wallboard.domain.granting import Rights
from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import (
    MONITORING,
    NEEDS_PHONE,
    NEVER_HELD_UP,
    Stage,
    Wish,
    WishKind,
)
from wallboard.domain.value import value
from wallboard.engine.board import Board
from wallboard.engine.supervision import (
    Asked,
    Obstacle,
    Phase,
    Session,
    SupervisionState,
    Telling,
    Told,
)

MOST_TOLD: Final = 10
_MOST_GIVEN_UP: Final = 100

LIMIT_REACHED: Final = "It was ended: it had lasted as long as is allowed here."
RIGHT_GONE: Final = "It was ended: the right to it was withdrawn."
NEVER_SEEN: Final = "It was said to have begun, and was never seen."
WRONG_TARGET: Final = "Another call than the one you chose was reached; it was ended at once."
LOOKED_FOR: Final = "Nothing was seen of it for a while."
HUNG_UP: Final = "Your phone was hung up."
CALL_OVER: Final = "The call is over."
NOT_MUTED: Final = "It was ended: your phone could not be muted again."
NOT_TOLD: Final = "It was ended: the agent could not be told of it, and must be."

REASONS: Final = (
    LIMIT_REACHED,
    RIGHT_GONE,
    NEVER_SEEN,
    WRONG_TARGET,
    LOOKED_FOR,
    HUNG_UP,
    CALL_OVER,
    NOT_MUTED,
    NOT_TOLD,
)
"""What the controller itself says of a session; a source has its own sentences."""

Entry: TypeAlias = Mapping[str, "str | int | None"]


@value
class WriteRow:
    """A row for the journal.

    Attributes:
        what: The kind of row, as `wallboard journal` shows it.
        needed: True if `written` is to be told whether it is on the disk.
    """

    key: str
    what: str
    entry: Entry
    needed: bool = False


@value
class PassOn:
    """A wish for the source; its row is on the disk."""

    key: str
    wish: Wish


Effect: TypeAlias = WriteRow | PassOn
Effects: TypeAlias = tuple[Effect, ...]


@value
class UnderWay:
    """A command that was begun.

    Attributes:
        written: False while its row is being written.
        given_up: True if nobody knew what came of it; that may still be told.
        ruled: True if no person wants it, but a rule of the site: nobody's rights matter.
    """

    asked: Asked
    wish: Wish
    since: Moment
    written: bool = False
    given_up: bool = False
    ruled: bool = False


@value
class Odd:
    """A monitoring of ours that nobody here asked for, or not any more.

    Attributes:
        since_s, ended_s: On the steady clock: since when it is seen, and when it was last told to
            end; None if it was not.
    """

    since_s: float
    ended_s: float | None = None


@value
class Supervising:
    """The controller between two steps.

    Attributes:
        run: Unique to this start of the program; with `count` it makes the keys of commands.
        takes: What the source can be asked to do.
        phone: The supervisor's, as the connection has it.
        needs_phone: False where the connection need not have one: a server knows it by the token.
        here: False in a kiosk, and while the window is behind others.
        journal: False if the last row could not be written.
        under_way: By key, oldest first.
        seen: True if the picture has shown the session's monitoring.
        looked_s: Since when the picture has not shown one that nobody knows of.
        then: What comes once the session has ended: another mode, or taking over.
        chain_s: When the first session of those that go on with one agent was live, on the steady
            clock. None: it is not, yet.
        left: Whom sessions ended with lately, and when on the steady clock.
        odd: By the monitoring's id.
        stopped_s: When something was last ended that nobody asked to end, on the steady clock.
        tried_s: When it was last tried whether the journal can be written again, likewise.
        notice: What an agent is told when somebody is in the call. Empty: nothing.
        elsewhere: True where a server decides whether agents are told.
        altered_at: As in `SupervisionState`.
        let_go_s: When the button to talk was let go of last, on the steady clock. None while it is
            held, and if it never was.
    """

    run: str
    count: int = 0
    rights: Rights = field(default_factory=Rights)
    takes: frozenset[WishKind] = frozenset()
    phone: str = ""
    needs_phone: bool = False
    direct: bool = False
    here: bool = True
    journal: bool = True
    session: Session | None = None
    told: tuple[Told, ...] = ()
    under_way: Mapping[str, UnderWay] = field(default_factory=dict)
    seen: bool = False
    looked_s: float | None = None
    then: Asked | None = None
    chain_s: float | None = None
    left: Mapping[AgentId, float] = field(default_factory=dict)
    odd: Mapping[str, Odd] = field(default_factory=dict)
    stopped_s: float | None = None
    tried_s: float | None = None
    notice: str = ""
    elsewhere: bool = False
    altered_at: int | None = None
    let_go_s: float | None = None


Step: TypeAlias = tuple[Supervising, Effects]


def shown(state: Supervising, board: Board) -> SupervisionState:
    """Return what views need."""
    lacks = dict(board.lacks)
    general = {kind: _general(kind, state, lacks) for kind in WishKind}
    return SupervisionState(
        session=state.session,
        told=state.told,
        obstacles={kind: found for kind, found in general.items() if found is not None},
        details=lacks,
        excluded=state.rights.excluded,
        agents=state.rights.agents,
        queues=state.rights.queues,
        direct=state.direct,
        phone=state.phone,
        reasons=state.rights.reasons,
        then=_then(state),
        limit_s=state.rights.limit_s,
        telling=telling_of(state, lacks),
        altered_at=state.altered_at,
    )


def telling_of(state: Supervising, lacks: Mapping[WishKind, str]) -> Telling:
    """Return whether an agent would be told that somebody is in the call."""
    if state.elsewhere:
        return Telling.ELSEWHERE
    if not state.rights.tells or not state.notice:
        return Telling.NOT_WANTED
    can = WishKind.MESSAGE in state.takes and WishKind.MESSAGE not in lacks
    return Telling.TOLD if can else Telling.CANNOT


def _then(state: Supervising) -> WishKind | None:
    """Return what the session is changed into. None: it is not."""
    session = state.session
    if session is None or session.phase not in (Phase.ENDING, Phase.ENDED):
        return None
    if state.then is not None:
        return state.then.kind
    begun = (
        each.wish.kind
        for each in state.under_way.values()
        if each.wish.kind in MONITORING | {WishKind.TAKE_OVER}
        and each.wish.agent_id == session.agent_id
        and not each.given_up
    )
    return next(begun, None)


def _general(kind: WishKind, state: Supervising, lacks: Mapping[WishKind, str]) -> Obstacle | None:
    """Return why a command cannot be given at all, whoever it is about."""
    if kind not in state.takes:
        return Obstacle.NOT_SUPPORTED
    if kind in NEVER_HELD_UP:
        return None  # who wants silence gets it
    checks = (
        (Obstacle.SOURCE_RIGHT, kind in lacks),
        (Obstacle.NO_RIGHT, not state.rights.grants(kind)),
        (Obstacle.NOT_HERE, not state.here),
        (Obstacle.NO_PHONE, kind in NEEDS_PHONE and state.needs_phone and not state.phone),
        (Obstacle.CANNOT_TELL, kind in MONITORING and _must_not_begin(state, lacks)),
        (Obstacle.NO_JOURNAL, not state.journal),
    )
    return next((obstacle for obstacle, holds in checks if holds), None)


def _must_not_begin(state: Supervising, lacks: Mapping[WishKind, str]) -> bool:
    """True if agents must be told here, and would not be."""
    telling = telling_of(state, lacks)
    return state.rights.only_told and telling in (Telling.CANNOT, Telling.NOT_WANTED)


def tell(state: Supervising, told: Told) -> Supervising:
    """Return the state with this among what came of the newest commands."""
    rest = [each for each in state.told if each.asked != told.asked or each.stage != Stage.PENDING]
    return replace(state, told=(*rest, told)[-MOST_TOLD:])


def refuse(
    state: Supervising, asked: Asked, obstacle: Obstacle, now: Moment, detail: str = ""
) -> Supervising:
    """Tell that something was not even passed on."""
    told = Told(asked=asked, stage=Stage.REFUSED, at=now, obstacle=obstacle, detail=detail)
    return tell(state, told)


def begin(
    state: Supervising, asked: Asked, wish: Wish, now: Moment, by: str = ""
) -> tuple[Supervising, tuple[WriteRow]]:
    """Have a command written down; it is passed on once that is done.

    Args:
        by: What asks for it, if it is no person.
    """
    count = state.count + 1
    key = f"{state.run}-{count}"
    under_way = {**state.under_way, key: UnderWay(asked=asked, wish=wish, since=now)}
    state = replace(state, count=count, under_way=under_way)
    row = WriteRow(key=key, what="passed", entry=entry_of(key, wish, by), needed=True)
    return state, (row,)


def end(state: Supervising, agent_id: AgentId, now: Moment, by: str, why: str = "") -> Step:
    """Have the monitoring with an agent ended.

    Args:
        by: Who or what wants it: a word for the journal.
        why: For the session, if it is its agent's.
    """
    session = state.session
    if session is not None and session.agent_id == agent_id and session.phase is not Phase.ENDED:
        ending = replace(session, phase=Phase.ENDING, stays=False, why=why or session.why)
        state = replace(state, session=ending)
    asked = Asked(kind=WishKind.END, agent_id=agent_id)
    wish = Wish(kind=WishKind.END, agent_id=agent_id, reason=why)
    return begin(state, asked, wish, now, by)


def ended(state: Supervising, now: Moment, why: str, *, stays: bool = False) -> Step:
    """The session is over: a row with how long it lasted.

    Args:
        stays: True if the agent's next call is waited for.
    """
    session = state.session
    if session is None or session.phase is Phase.ENDED:
        return state, ()
    lasted = None if session.live_at is None else now.steady_s - session.live_at.steady_s
    over = replace(
        session,
        phase=Phase.ENDED,
        ended_at=now,
        why=session.why or why,
        stays=stays,
        others=(),
    )
    left = {**state.left, session.agent_id: now.steady_s}
    entry: Entry = {
        "key": session.key,
        "agent_id": session.agent_id,
        "seconds": None if lasted is None else max(0, round(lasted)),
        "reason": over.why,
    }
    chain = state.chain_s if stays else None
    state = replace(state, session=over, seen=False, looked_s=None, left=left, chain_s=chain)
    return state, (WriteRow(key=session.key, what="ended", entry=entry),)


def live(state: Supervising, now: Moment) -> Step:
    """The source has said that the session lasts."""
    session = state.session
    if session is None or session.phase not in (Phase.ASKED, Phase.UNKNOWN):
        return state, ()
    if session.live_at is not None:
        # It had begun, and nobody knew whether it had ended.
        return replace(state, session=replace(session, phase=Phase.LIVE)), ()
    began = replace(session, phase=Phase.LIVE, live_at=now, why="")
    chain = now.steady_s if state.chain_s is None else state.chain_s
    entry: Entry = {"key": session.key, "agent_id": session.agent_id, "command": str(session.mode)}
    state = replace(state, session=began, chain_s=chain, looked_s=None)
    return state, (WriteRow(key=session.key, what="began", entry=entry),)


def remembered(under_way: Mapping[str, UnderWay]) -> Mapping[str, UnderWay]:
    """Return what is under way without the oldest of too many that nobody will ever know of."""
    given_up = [key for key, each in under_way.items() if each.given_up]
    gone = set(given_up[:-_MOST_GIVEN_UP])
    return {key: each for key, each in under_way.items() if key not in gone}


def entry_of(key: str, wish: Wish, by: str = "") -> Entry:
    """Return a wish as the journal has it."""
    told: dict[str, str | int | None] = {
        "key": key,
        "command": str(wish.kind),
        "agent_id": wish.agent_id,
        "queue_id": wish.queue_id,
        "call_id": wish.call_id,
        "reason": wish.reason,
    }
    more = {"phone": wish.phone, "to": wish.to, "text": wish.text, "by": by}
    told |= {name: said for name, said in more.items() if said}
    if wish.priority is not None:
        told["priority"] = wish.priority
    return told
