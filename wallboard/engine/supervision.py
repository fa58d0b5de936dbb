"""What a supervisor may do now and why not, and how far what was begun is, as views need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from wallboard.domain.clock import Moment
from wallboard.domain.granting import LIMIT_S
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.supervision import Monitoring, Stage, WishKind
from wallboard.domain.value import value


class Obstacle(StrEnum):
    """Why a command cannot be given now; the first that holds is told."""

    NOT_SUPPORTED = "not_supported"
    """The source has no such command."""
    SOURCE_RIGHT = "source_right"
    """The account at the source may not; the detail names the right that is missing."""
    NO_RIGHT = "no_right"
    """Nobody has granted it to this person here."""
    NOT_HERE = "not_here"
    """Not from a screen that nobody sits at, nor while the window is behind others."""
    EXCLUDED = "excluded"
    """The agent is on the list of those whom nobody may monitor."""
    NO_PHONE = "no_phone"
    """The connection has no phone of the supervisor's."""
    CANNOT_TELL = "cannot_tell"
    """Nobody may be listened to here without being told, and there is no way to tell it."""
    NO_JOURNAL = "no_journal"
    """It could not be written down, so it is not done."""
    NOT_LIVE = "not_live"
    """The picture is old: nobody knows what would be hit."""
    NOT_THERE = "not_there"
    """There is no such agent or caller, or not any more."""
    OFFLINE = "offline"
    NO_CALL = "no_call"
    BUSY = "busy"
    """Another monitoring of this supervisor lasts or begins; it is ended first."""
    UNDER_WAY = "under_way"
    """The same was wished for, and its result is not there yet."""
    SO_ALREADY = "so_already"
    """It is so already: paused, or not paused, or listened to in this way."""
    NOT_LISTENING = "not_listening"
    NO_REASON = "no_reason"
    """Nothing is done to somebody's call without a reason. Found when asked, never offered so."""
    OTHER_CALL = "other_call"
    """The agent has another call than the one that was meant. Found when asked."""


@value
class Offer:
    """One command for one agent or caller.

    Attributes:
        obstacle: None: it may be given.
        detail: What the obstacle is about, such as the name of a right: text from outside.
    """

    kind: WishKind
    obstacle: Obstacle | None = None
    detail: str = ""


class Phase(StrEnum):
    """How far a monitoring of this supervisor is."""

    ASKED = "asked"
    """It is in the journal and was passed on: the phone rings, or will."""
    LIVE = "live"
    """The source has said that it lasts: the right pair, in this mode."""
    ENDING = "ending"
    UNKNOWN = "unknown"
    """Nobody can say. The supervisor looks at the phone; it is never asked again by itself."""
    ENDED = "ended"


class Telling(StrEnum):
    """Whether an agent is told that somebody is in the call."""

    TOLD = "told"
    """By a message to the phone, as soon as it has begun."""
    NOT_WANTED = "not_wanted"
    """The site has decided so."""
    CANNOT = "cannot"
    """The source, or the account at it, sends no messages."""
    ELSEWHERE = "elsewhere"
    """The server decides it."""


@value
class Session:
    """The one monitoring of this supervisor.

    Attributes:
        key: Of the journal's row.
        mode: Which is asked for, or lasts.
        call_id: Whose call it was as it was asked for.
        reason: The reason that was given.
        asked_at, live_at, ended_at: None: not yet.
        limit_s: After so many seconds live it is ended.
        stays: True to go on with the agent's next calls until it is ended; as long as it is
            true in a session that ENDED, the agent's next call is waited for.
        why: Why it did not begin, or what ended it: a sentence of the source in English, or empty.
        others: Who else is in this call.
        muted: Of a whisper: True while nobody hears the supervisor, who holds a button to talk.
            False while he is heard. None: the system does not mute the phone, he is heard.
        told: True once it was seen to that the agent is told, as far as that can be.
    """

    key: str
    mode: WishKind
    agent_id: AgentId
    call_id: CallId | None
    reason: str
    phase: Phase
    asked_at: Moment
    live_at: Moment | None = None
    ended_at: Moment | None = None
    limit_s: int = 900
    stays: bool = False
    why: str = ""
    others: tuple[Monitoring, ...] = ()
    muted: bool | None = None
    told: bool = False


@value
class Asked:
    """What a person asks for, as a view tells it.

    Attributes:
        reason: One of the site's reasons, or words of the supervisor's own; not empty for what
            needs one.
        stays: For a monitoring: to go on with the agent's next calls.
        queue_id, call_id, to, text, priority: As in `Wish`.
    """

    kind: WishKind
    agent_id: AgentId = AgentId("")
    call_id: CallId | None = None
    queue_id: QueueId | None = None
    reason: str = ""
    to: str = ""
    text: str = ""
    priority: int | None = None
    stays: bool = False


@value
class Told:
    """What came of a command; of a monitoring only if it was not begun, `Session` tells the rest.

    Attributes:
        why: Why not, in the source's English; empty if it was done or is under way.
        obstacle: Why it was not even passed on. None if it was.
        detail: As in `Offer`.
    """

    asked: Asked
    stage: Stage
    why: str = ""
    at: Moment
    obstacle: Obstacle | None = None
    detail: str = ""


@value
class SupervisionState:
    """All that a view needs.

    Attributes:
        session: The monitoring that lasts, begins, or ended last. None: there was none.
        told: What came of the newest commands, oldest first; at most ten.
        obstacles: Why a kind cannot be given at all now, whoever it is about. A kind that is not
            in it is a matter of the agent; see `offers_for`.
        details: To these, what they are about.
        excluded: Agents whom nobody may monitor.
        agents, queues: Those that this person may do something to; None: all.
        direct: True where the source itself would obey whoever has its password: then the rights
            here guard against mistakes, not against the owner of the password.
        phone: The supervisor's phone, as configured. Empty: none.
        reasons: The site's reasons to choose from.
        then: What begins once the session has ended: it is changed into that. None: nothing.
        limit_s: After so many seconds a monitoring is ended.
        telling: Whether an agent would be told.
        altered_at: The first line of the journal that is not as it was written. None: all are, as
            far as was looked.
    """

    session: Session | None = None
    told: tuple[Told, ...] = ()
    obstacles: Mapping[WishKind, Obstacle] = field(default_factory=dict)
    details: Mapping[WishKind, str] = field(default_factory=dict)
    excluded: frozenset[AgentId] = frozenset()
    agents: frozenset[AgentId] | None = None
    queues: frozenset[QueueId] | None = None
    direct: bool = False
    phone: str = ""
    reasons: tuple[str, ...] = ()
    then: WishKind | None = None
    limit_s: int = LIMIT_S
    telling: Telling = Telling.NOT_WANTED
    altered_at: int | None = None
