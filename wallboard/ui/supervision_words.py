"""What is said of a supervisor's commands: their names, what they do, and why they cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wallboard.domain.snapshot import AgentId, Call
from wallboard.domain.supervision import Monitoring, Stage, WishKind
from wallboard.engine.board import Board
from wallboard.engine.supervision import Obstacle, Offer, Told
from wallboard.ui.outside_text import isolated, isolated_address, shown
from wallboard.ui.sentences import REASONS, REFUSALS
from wallboard.ui.wording import Wording
from wallboard.ui.words import Phrase, phrase

_Kinds = Mapping[WishKind, Phrase]

NAMES: Final[_Kinds] = {
    WishKind.LISTEN: phrase("Supervision", "Listen"),
    WishKind.WHISPER: phrase("Supervision", "Whisper"),
    WishKind.BARGE: phrase("Supervision", "Barge in"),
    WishKind.END: phrase("Supervision", "End"),
    WishKind.TAKE_OVER: phrase("Supervision", "Take over"),
    WishKind.TRY_PHONE: phrase("Supervision", "Ring my phone"),
    WishKind.PAUSE: phrase("Supervision", "Pause"),
    WishKind.UNPAUSE: phrase("Supervision", "End the pause"),
    WishKind.LOG_OUT: phrase("Supervision", "Log out"),
    WishKind.ADD: phrase("Supervision", "Add to a queue"),
    WishKind.HANG_UP: phrase("Supervision", "Hang up"),
    WishKind.TRANSFER: phrase("Supervision", "Transfer"),
    WishKind.PICK_UP: phrase("Supervision", "Pick up"),
    WishKind.PRIORITIZE: phrase("Supervision", "Put first"),
    WishKind.WITHDRAW: phrase("Supervision", "Withdraw"),
    WishKind.MESSAGE: phrase("Supervision", "Message"),
    WishKind.TALK: phrase("Supervision", "Speak"),
    WishKind.HUSH: phrase("Supervision", "Mute"),
}
"""Commands as a short word, for a button."""

OF_WHOM: Final[_Kinds] = {
    WishKind.LISTEN: phrase("Supervision", "Listen to {name}"),
    WishKind.WHISPER: phrase("Supervision", "Whisper to {name}"),
    WishKind.BARGE: phrase("Supervision", "Barge in on the call of {name}"),
    WishKind.END: phrase("Supervision", "End the listening to {name}"),
    WishKind.TAKE_OVER: phrase("Supervision", "Take over the call of {name}"),
    WishKind.TRY_PHONE: phrase("Supervision", "Ring my phone"),
    WishKind.PAUSE: phrase("Supervision", "Pause {name}"),
    WishKind.UNPAUSE: phrase("Supervision", "End the pause of {name}"),
    WishKind.LOG_OUT: phrase("Supervision", "Log {name} out of a queue"),
    WishKind.ADD: phrase("Supervision", "Add {name} to a queue"),
    WishKind.HANG_UP: phrase("Supervision", "Hang up the call of {name}"),
    WishKind.TRANSFER: phrase("Supervision", "Transfer the caller of {name}"),
    WishKind.PICK_UP: phrase("Supervision", "Pick up the call of {name}"),
    WishKind.PRIORITIZE: phrase("Supervision", "Put {name} first"),
    WishKind.WITHDRAW: phrase("Supervision", "Withdraw {name} from the queue"),
    WishKind.MESSAGE: phrase("Supervision", "Message to {name}"),
    WishKind.TALK: phrase("Supervision", "Speak to {name}"),
    WishKind.HUSH: phrase("Supervision", "Mute your phone towards {name}"),
}
"""Commands with whom they are about: an agent, or a caller who waits."""

HAPPENS: Final[_Kinds] = {
    WishKind.LISTEN: phrase(
        "Supervision",
        "Your phone {phone} will ring. You will hear {name} and the caller. Neither hears you.",
    ),
    WishKind.WHISPER: phrase(
        "Supervision",
        "Your phone {phone} will ring. You will hear both. {name} hears you, the caller does not.",
    ),
    WishKind.BARGE: phrase(
        "Supervision",
        "Your phone {phone} will ring. You will hear both. Both hear you: {name} and the caller."
        " If {name} hangs up the call is over: take over to keep the caller.",
    ),
    WishKind.TAKE_OVER: phrase(
        "Supervision",
        "Your phone {phone} will ring, and the caller goes on with you. {name} is out of the call.",
    ),
    WishKind.PAUSE: phrase(
        "Supervision", "{name} gets no more calls until the pause ends. A call goes on."
    ),
    WishKind.UNPAUSE: phrase("Supervision", "{name} gets calls again."),
    WishKind.LOG_OUT: phrase(
        "Supervision", "{name} gets no more calls of the queue. A call goes on."
    ),
    WishKind.ADD: phrase("Supervision", "{name} gets calls of the queue from now on."),
    WishKind.HANG_UP: phrase(
        "Supervision", "The call ends at once for both: {name} and the caller."
    ),
    WishKind.TRANSFER: phrase(
        "Supervision", "The caller goes on to the extension. {name} is out of the call."
    ),
    WishKind.PICK_UP: phrase(
        "Supervision", "Your phone {phone} will ring, and the caller goes on with you."
    ),
    WishKind.PRIORITIZE: phrase(
        "Supervision", "The caller is put before those of a lower priority."
    ),
    WishKind.WITHDRAW: phrase(
        "Supervision", "The caller leaves the queue, and no agent of it answers the call."
    ),
    WishKind.MESSAGE: phrase("Supervision", "The text goes to the phone of {name}."),
}
"""What will happen, for who is about to give the command. To end or to try a phone asks nothing."""

_WHISPER_HELD: Final = phrase(
    "Supervision",
    "Your phone {phone} will ring. You will hear both. {name} hears you while you hold the button"
    " to talk, the caller never.",
)
NOTICE: Final = phrase("Supervision", "A supervisor is in your call.")
"""What an agent is told, by a message to the phone."""
_HEARS_HELD: Final = phrase("Supervision", "{name} hears you while you hold the button to talk.")
_HEARS: Final[_Kinds] = {
    WishKind.LISTEN: phrase("Supervision", "Neither hears you."),
    WishKind.WHISPER: phrase("Supervision", "{name} hears you, the caller does not."),
    WishKind.BARGE: phrase("Supervision", "Both hear you."),
}

_OBSTACLES: Final[Mapping[Obstacle, Phrase]] = {
    Obstacle.NOT_SUPPORTED: phrase("Supervision", "This system has no such command."),
    Obstacle.SOURCE_RIGHT: phrase(
        "Supervision", "The account at the system may not: it lacks the right {detail}."
    ),
    Obstacle.NO_RIGHT: phrase("Supervision", "It was not granted to you here."),
    Obstacle.NOT_HERE: phrase("Supervision", "Not from this screen."),
    Obstacle.EXCLUDED: phrase("Supervision", "Nobody may listen to this agent."),
    Obstacle.NO_PHONE: phrase("Supervision", "The connection has no phone of yours."),
    Obstacle.CANNOT_TELL: phrase(
        "Supervision",
        "Here nobody is listened to without being told, and this system cannot tell the agent.",
    ),
    Obstacle.NO_JOURNAL: phrase(
        "Supervision", "It cannot be written into the journal, so it is not done."
    ),
    Obstacle.NOT_LIVE: phrase(
        "Supervision", "The picture is not of now: nobody knows whom it would hit."
    ),
    Obstacle.NOT_THERE: phrase("Supervision", "It is not there any more."),
    Obstacle.OFFLINE: phrase("Supervision", "The agent is not signed in."),
    Obstacle.NO_CALL: phrase("Supervision", "The agent has no call."),
    Obstacle.BUSY: phrase("Supervision", "First end what your phone is in."),
    Obstacle.UNDER_WAY: phrase("Supervision", "It is under way."),
    Obstacle.SO_ALREADY: phrase("Supervision", "It is so already."),
    Obstacle.NOT_LISTENING: phrase("Supervision", "You are not listening to this agent."),
    Obstacle.NO_REASON: phrase("Supervision", "Say why: nothing is done without a reason."),
    Obstacle.OTHER_CALL: phrase("Supervision", "The agent has another call by now."),
}
_LACKING: Final = phrase("Supervision", "The account at the system may not.")

_STAGES: Final[Mapping[Stage, Phrase]] = {
    Stage.PENDING: phrase("Supervision", "{command}: under way …"),
    Stage.DONE: phrase("Supervision", "{command}: done"),
    Stage.REFUSED: phrase("Supervision", "{command}: not done."),
    Stage.UNKNOWN: phrase(
        "Supervision", "{command}: nobody can say whether it was done. Look before you try again."
    ),
}
_MODES: Final[_Kinds] = {
    WishKind.LISTEN: phrase("Supervision", "listens"),
    WishKind.WHISPER: phrase("Supervision", "whispers"),
    WishKind.BARGE: phrase("Supervision", "speaks with both"),
}
_UNKNOWN_PHONE: Final = phrase("Supervision", "a phone not known")
_OURS: Final = frozenset(marked.text for marked in (*REASONS, *REFUSALS))


def command_name(kind: WishKind, wording: Wording, *, asks: bool = False) -> str:
    """Return the short name of a command.

    Args:
        asks: True if a question comes before it is given: then dots follow.
    """
    name = wording.say(NAMES[kind])
    return f"{name} …" if asks else name


def command_of(kind: WishKind, name: str, wording: Wording) -> str:
    """Return a command with whom it is about; `name` is text from outside."""
    return wording.say(OF_WHOM[kind], name=isolated(name))


def happens_words(
    kind: WishKind, name: str, phone: str, wording: Wording, *, held: bool = False
) -> str:
    """Return what will happen; empty where nothing needs to be said.

    Args:
        held: True if who whispers is heard only while a button is held.
    """
    row = _WHISPER_HELD if held and kind is WishKind.WHISPER else HAPPENS.get(kind)
    if row is None:
        return ""
    number = phone_words(phone, wording)
    if not number:
        # A server knows whose phone it is: then it is not named.
        said = wording.translate(row.context, row.text).replace(" {phone}", "")
        return said.format_map({"name": isolated(name)})
    return wording.say(row, name=isolated(name), phone=number)


def hears_words(kind: WishKind, name: str, wording: Wording, *, held: bool = False) -> str:
    """Return who hears the supervisor; empty for what is no monitoring. `held` as above."""
    row = _HEARS_HELD if held and kind is WishKind.WHISPER else _HEARS.get(kind)
    return "" if row is None else wording.say(row, name=isolated(name))


def phone_words(phone: str, wording: Wording) -> str:
    """Return a phone as people call it: 9001 for PJSIP/9001 or Local/9001@internal."""
    number = shown(phone).rpartition("/")[2].partition("@")[0]
    return isolated_address(wording.digits(number)) if number else ""


def obstacle_words(obstacle: Obstacle | None, detail: str, wording: Wording) -> str:
    """Return why a command cannot be given; empty if it can. `detail` is text from outside."""
    if obstacle is None:
        return ""
    if obstacle is Obstacle.SOURCE_RIGHT and not shown(detail):
        return wording.say(_LACKING)
    return wording.say(_OBSTACLES[obstacle], detail=isolated_address(detail))


def offer_words(offer: Offer, wording: Wording) -> str:
    """Return why an offer cannot be taken; empty if it can."""
    return obstacle_words(offer.obstacle, offer.detail, wording)


def altered_words(line: int, wording: Wording) -> str:
    """Return that the journal was altered, and from which line on."""
    told = phrase(
        "Supervision",
        "The journal of commands is not as it was written, from line {line} on."
        " Somebody may have altered it: wallboard journal verify tells more.",
    )
    return wording.say(told, line=wording.count(line))


def why_words(why: str, wording: Wording) -> str:
    """Return a source's reason in this language; a stranger's stands by itself, as it came."""
    if not why:
        return ""
    return wording.refusal(why) if why in _OURS else isolated(why)


def told_words(told: Told, name: str, wording: Wording) -> str:
    """Return what came of a command. `name` is whom it was about, text from outside."""
    command = command_of(told.asked.kind, name, wording)
    said = wording.say(_STAGES[told.stage], command=command)
    why = obstacle_words(told.obstacle, told.detail, wording) or why_words(told.why, wording)
    return f"{said} {why}" if why else said


def monitoring_words(one: Monitoring, wording: Wording) -> str:
    """Return who else is in a call, and how."""
    phone = phone_words(one.phone, wording) or wording.say(_UNKNOWN_PHONE)
    mode = None if one.mode is None else _MODES.get(one.mode)
    return phone if mode is None else f"{phone} ({wording.say(mode)})"


def agent_name(board: Board | None, agent_id: AgentId) -> str:
    """Return what an agent is called: text from outside."""
    told = None if board is None else board.told or board.snapshot
    agent = None if told is None else told.agents.get(agent_id)
    return (shown(agent.name) if agent is not None else "") or shown(agent_id)


def caller_words(call: Call | None, wording: Wording) -> str:
    """Return what a caller who waits is called, as far as it may be shown."""
    number = "" if call is None else shown(call.caller_number or "")
    if not number:
        return wording.say(phrase("Supervision", "the caller"))
    return wording.caller(number)
