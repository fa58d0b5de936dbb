"""What the banner says of the monitoring that lasts or begins, or has ended just now."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import AgentState
from wallboard.domain.supervision import WishKind
from wallboard.domain.value import value
from wallboard.engine.board import Board
from wallboard.engine.supervision import Phase, Session, SupervisionState
from wallboard.ui.outside_text import isolated
from wallboard.ui.supervision_words import (
    agent_name,
    command_of,
    hears_words,
    monitoring_words,
    phone_words,
    why_words,
)
from wallboard.ui.wording import Wording
from wallboard.ui.words import Phrase, phrase

RESULT_S: Final = 10.0
"""So long after its end the result is shown."""
NEAR_S: Final = 120
"""When so much time or less is left until it ends by itself, that is said."""
_SPEAKS: Final = frozenset({WishKind.WHISPER, WishKind.BARGE})
_LIVE: Final[dict[WishKind, Phrase]] = {
    WishKind.LISTEN: phrase("Supervision", "You are listening to {name}"),
    WishKind.WHISPER: phrase("Supervision", "You are whispering to {name}"),
    WishKind.BARGE: phrase("Supervision", "You are in the call of {name}"),
}
_TITLES: Final[dict[WishKind, Phrase]] = {
    WishKind.LISTEN: phrase("Supervision", "LISTENING"),
    WishKind.WHISPER: phrase("Supervision", "WHISPERING"),
    WishKind.BARGE: phrase("Supervision", "IN THE CALL"),
}
_VOICE: Final[dict[bool | None, Phrase]] = {
    True: phrase("Supervision", "Muted. {name} hears you while you hold the button to talk."),
    False: phrase("Supervision", "{name} hears you now, the caller does not."),
    None: phrase(
        "Supervision",
        "{name} hears you all the time, the caller does not: this system cannot mute your phone.",
    ),
}
"""Who hears a whisper, by whether the phone is muted."""
_PICK_UP: Final = phrase("Supervision", "Pick up your phone {phone}")
_PICK_UP_ANY: Final = phrase("Supervision", "Pick up your phone")
_DOUBT: Final = phrase("Supervision", "Nobody can say whether it began: check your phone {phone}")
_DOUBT_ANY: Final = phrase("Supervision", "Nobody can say whether it began: check your phone")
_NEVER_AGAIN: Final = phrase("Supervision", "End makes sure. It is never tried again by itself.")
_WAITING: Final = phrase("Supervision", "Waiting for the next call of {name}")
_ENDED: Final = phrase("Supervision", "The listening to {name} has ended after {time}.")
_NOT_BEGUN: Final = phrase("Supervision", "The listening to {name} did not begin.")


class Mood(Enum):
    """How the banner looks."""

    QUIET = "quiet"
    """Nobody hears the supervisor."""
    ARMED = "armed"
    """Somebody hears the supervisor, or will."""
    DOUBT = "doubt"
    OVER = "over"


@value
class SessionFace:
    """All that the banner shows.

    Attributes:
        head: What is going on.
        figure: How long it lasts. Empty if it does not.
        notes: What else is to be said, the most important first.
        title: For the title of the window; empty once it is over.
        spoken: What those hear who listen, when it becomes so; it does not tick.
        clock: True while time is to tick.
        ends: True while it can be ended, and changed.
        talks: True if a button is to be held to be heard. None: there is none.
    """

    mood: Mood
    head: str
    figure: str = ""
    notes: tuple[str, ...] = ()
    title: str = ""
    spoken: str = ""
    ends: bool = True
    talks: bool | None = None


def session_face(
    board: Board | None, state: SupervisionState, now: Moment, wording: Wording
) -> SessionFace | None:
    """Return what is to be shown. None for nothing."""
    session = state.session
    if session is None:
        return None
    name = agent_name(board, session.agent_id)
    if state.then is not None:
        return _changing(state.then, session, name, wording)
    if session.phase is Phase.ENDED:
        return _over(session, name, now, wording)
    if session.phase is Phase.UNKNOWN:
        head = _with_phone(_DOUBT, _DOUBT_ANY, state, wording)
        what = f"{command_of(session.mode, name, wording)}."
        return SessionFace(
            mood=Mood.DOUBT,
            head=head,
            notes=(what, wording.say(_NEVER_AGAIN)),
            title=_title(session, wording),
            spoken=f"{head}. {what}",
        )
    who: tuple[str, ...]
    if session.live_at is None:
        head = _with_phone(_PICK_UP, _PICK_UP_ANY, state, wording)
        what = f"{command_of(session.mode, name, wording)}."
        held = WishKind.TALK not in state.obstacles
        who = (what, hears_words(session.mode, name, wording, held=held))
        if session.phase is Phase.ENDING:
            head = wording.say(phrase("Supervision", "Ending …"))
            who = (what,)
    else:
        head = wording.say(_LIVE[session.mode], name=isolated(name))
        who = (_who_hears(session, name, wording),)
    return _going(board, session, now, wording, (head, who))


def _going(
    board: Board | None,
    session: Session,
    now: Moment,
    wording: Wording,
    said: tuple[str, tuple[str, ...]],
) -> SessionFace:
    head, who = said
    figure = ""
    left: tuple[str, ...] = ()
    if session.live_at is not None:
        lasted = max(0.0, now.steady_s - session.live_at.steady_s)
        figure = wording.duration(timedelta(seconds=int(lasted)))
        left = _time_left(session, lasted, wording)
    if session.phase is Phase.ENDING and session.live_at is not None:
        who = (wording.say(phrase("Supervision", "Ending …")), *who)
    others = _others(session, wording)
    heard = session.mode in _SPEAKS and session.muted is not True
    return SessionFace(
        mood=Mood.ARMED if heard else Mood.QUIET,
        head=head,
        figure=figure,
        notes=(*left, *_on_hold(board, session, wording), *others, *who, *_stays(session, wording)),
        title=_title(session, wording),
        spoken=" ".join((f"{head}.", *who, *others)),
        ends=session.phase is not Phase.ENDING,
        talks=None if session.phase is not Phase.LIVE or session.muted is None else heard,
    )


def _changing(kind: WishKind, session: Session, name: str, wording: Wording) -> SessionFace:
    """Say what comes instead of saying, for a moment, that it is over."""
    heard = session.mode in _SPEAKS and session.muted is not True
    speaks = heard and session.phase is not Phase.ENDED
    head = f"{command_of(kind, name, wording)} …"
    return SessionFace(
        mood=Mood.ARMED if speaks else Mood.QUIET,
        head=head,
        title=_title(session, wording),
        spoken=head,
        ends=False,
    )


def _over(session: Session, name: str, now: Moment, wording: Wording) -> SessionFace | None:
    why = why_words(session.why, wording)
    if session.stays:
        head = wording.say(_WAITING, name=isolated(name))
        return SessionFace(
            mood=Mood.QUIET, head=head, notes=(why,) if why else (), spoken=head,
            title=_title(session, wording),
        )  # fmt: skip
    at = session.ended_at
    if at is None or now.steady_s - at.steady_s >= RESULT_S:
        return None
    if session.live_at is None:
        head = wording.say(_NOT_BEGUN, name=isolated(name))
    else:
        lasted = timedelta(seconds=int(max(0.0, at.steady_s - session.live_at.steady_s)))
        head = wording.say(_ENDED, name=isolated(name), time=wording.duration(lasted))
    return SessionFace(
        mood=Mood.OVER, head=head, notes=(why,) if why else (), ends=False,
        spoken=f"{head} {why}".strip(),
    )  # fmt: skip


def _with_phone(one: Phrase, other: Phrase, state: SupervisionState, wording: Wording) -> str:
    phone = phone_words(state.phone, wording)
    return wording.say(one, phone=phone) if phone else wording.say(other)


def _who_hears(session: Session, name: str, wording: Wording) -> str:
    if session.mode is not WishKind.WHISPER:
        return hears_words(session.mode, name, wording)
    told = _VOICE[session.muted]
    return wording.say(told, name=isolated(name))


def _time_left(session: Session, lasted: float, wording: Wording) -> tuple[str, ...]:
    left = session.limit_s - int(lasted)
    if left > NEAR_S:
        return ()
    time = wording.duration(timedelta(seconds=max(0, left)))
    return (wording.say(phrase("Supervision", "Ends by itself in {time}."), time=time),)


def _on_hold(board: Board | None, session: Session, wording: Wording) -> tuple[str, ...]:
    """Say that nobody may hear a whisper: there is none while no sound goes to the agent."""
    told = None if board is None else board.told or board.snapshot
    agent = None if told is None else told.agents.get(session.agent_id)
    if session.mode is not WishKind.WHISPER or agent is None:
        return ()
    if agent.state is not AgentState.ON_HOLD:
        return ()
    return (wording.say(phrase("Supervision", "The call is on hold: perhaps nobody hears you.")),)


def _others(session: Session, wording: Wording) -> tuple[str, ...]:
    if not session.others:
        return ()
    names = wording.listed(monitoring_words(one, wording) for one in session.others[:3])
    more = len(session.others) - 3
    if more > 0:
        names = f"{names} +{wording.count(more)}"
    return (wording.say(phrase("Supervision", "Also in this call: {names}."), names=names),)


def _stays(session: Session, wording: Wording) -> tuple[str, ...]:
    if not session.stays:
        return ()
    return (wording.say(phrase("Supervision", "Stays with the next calls.")),)


def _title(session: Session, wording: Wording) -> str:
    return wording.say(_TITLES[session.mode])
