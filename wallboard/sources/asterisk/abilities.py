"""What an account at a PBX may not do, told before anybody tries it; pure.

AMI's own list of commands holds only those that the account may give. Some need no class of
rights: these are missing only where the PBX is too old for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from wallboard.domain.supervision import VOICE, WishKind
from wallboard.sources.asterisk.codec import Message

Lacks: TypeAlias = tuple[tuple[WishKind, str], ...]

# The class of rights by action. Empty: it needs none.
_RIGHTS: Final[Mapping[str, str]] = {
    "Originate": "originate",
    "Hangup": "call",
    "BlindTransfer": "call",
    "CoreShowChannels": "reporting",
    "QueuePause": "agent",
    "QueueAdd": "agent",
    "QueueRemove": "agent",
    "QueueChangePriorityCaller": "",
    "QueueWithdrawCaller": "",
    "MessageSend": "message",
    "Setvar": "call",
}
_EARS: Final = ("CoreShowChannels", "Originate", "Hangup")
_NEEDED: Final[Mapping[WishKind, tuple[str, ...]]] = {
    WishKind.LISTEN: _EARS,
    WishKind.WHISPER: _EARS,
    WishKind.BARGE: _EARS,
    WishKind.END: ("Hangup",),
    WishKind.TAKE_OVER: _EARS,
    WishKind.TRY_PHONE: ("Originate", "Hangup"),
    WishKind.PAUSE: ("QueuePause",),
    WishKind.UNPAUSE: ("QueuePause",),
    WishKind.LOG_OUT: ("QueueRemove",),
    WishKind.ADD: ("QueueAdd",),
    WishKind.HANG_UP: ("CoreShowChannels", "Hangup"),
    WishKind.TRANSFER: ("CoreShowChannels", "BlindTransfer"),
    WishKind.PICK_UP: _EARS,
    WishKind.PRIORITIZE: ("QueueChangePriorityCaller",),
    WishKind.WITHDRAW: ("QueueWithdrawCaller",),
    WishKind.MESSAGE: ("MessageSend",),
    WishKind.TALK: ("Setvar",),
    WishKind.HUSH: ("Setvar",),
}
COMMANDS: Final = frozenset(_NEEDED)
"""All that an Asterisk can be asked to do."""

# What came of a phone's ring is told by events of this class.
_HEARD_BY_EVENTS: Final = frozenset(
    {
        WishKind.LISTEN,
        WishKind.WHISPER,
        WishKind.BARGE,
        WishKind.END,
        WishKind.TAKE_OVER,
        WishKind.TRY_PHONE,
        WishKind.PICK_UP,
    }
)
NO_CALL_EVENTS: Final = "read = call"
NO_MUTE: Final = "res_mutestream.so"
"""The module without which a PBX mutes nobody's phone."""


def can_mute(commands: Message | None) -> bool:
    """Return whether the account may mute a phone; whether the PBX can is seen when it is tried."""
    return commands is not None and "Setvar" in commands


def lacks_of(commands: Message | None, *, hears_calls: bool = True, mutes: bool = True) -> Lacks:
    """Return the commands that an account may not give, each with what is missing.

    Args:
        commands: The answer to ListCommands. None if it is not known.
        hears_calls: False if it is sure that events of calls do not come.
        mutes: False if it is sure that the PBX mutes nobody.
    """
    lacks = []
    for kind, actions in _NEEDED.items():
        missing = () if commands is None else tuple(one for one in actions if one not in commands)
        told = _told(missing)
        if not hears_calls and kind in _HEARD_BY_EVENTS:
            told = f"{told}, {NO_CALL_EVENTS}" if told else NO_CALL_EVENTS
        if kind in VOICE and not told and not (mutes and can_mute(commands)):
            told = NO_MUTE
        if told:
            lacks.append((kind, told))
    return tuple(lacks)


def _told(actions: tuple[str, ...]) -> str:
    rights = ",".join(dict.fromkeys(_RIGHTS[one] for one in actions if _RIGHTS[one]))
    unknown = ",".join(one for one in actions if not _RIGHTS[one])
    parts = (f"write = {rights}" if rights else "", unknown)
    return ", ".join(filter(None, parts))
