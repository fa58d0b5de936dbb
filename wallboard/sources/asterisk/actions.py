"""A supervisor's commands as actions of AMI: each field holds only what is allowed in it.

The rules, in prose:

* Nothing is escaped. A field is made of what its own list of characters allows, or nothing is
  sent.
* A separator of the field that surrounds it is in no such list: no comma, no `&`, no `|`, no `$`,
  no bracket. So no name of a channel brings options along, and no phone brings a second one.
* The applications and their options are fixed here. ChanSpy is always told one channel by its
  unique id (`u`), which never is a prefix and is never given again; and always ends with the call
  that is spied on (`E`, `S`). Never `d`, with which keys on the phone would change the mode.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wallboard.domain.supervision import WishKind
from wallboard.sources.asterisk.client import Action
from wallboard.sources.asterisk.codec import MAX_LINE, Unsendable

SPY_OPTIONS: Final[Mapping[WishKind, str]] = {
    WishKind.LISTEN: "quES",
    WishKind.WHISPER: "quwES",
    WishKind.BARGE: "quBES",
}
RING_MS: Final = 15_000
"""How long a supervisor's phone rings at most."""
LONGEST_S: Final = 3660
"""So long a monitoring lasts at the PBX at most: a minute more than any limit of ours."""
_MUTE: Final = "MUTEAUDIO(in)"
LONGEST_MESSAGE: Final = 500
"""In letters; more is no message to a phone."""

_PHONE: Final = re.compile(
    r"(?:PJSIP|SIP|IAX2|DAHDI|SCCP|Skinny)/[A-Za-z0-9_.+*#-]{1,64}"
    r"|Local/[A-Za-z0-9_.+*#-]{1,64}@[A-Za-z0-9_-]{1,79}(?:/n)?",
    re.ASCII,
)
_HEADER: Final = re.compile(
    r"([A-Za-z][A-Za-z0-9-]{0,39}): ?([A-Za-z0-9<](?:[A-Za-z0-9 <>:;=._/@+*-]{0,198}[A-Za-z0-9>])?)"
)
# Headers that say who calls, where to, or how the message is read are the PBX's alone.
_HEADERS: Final = frozenset(
    {"alert-info", "call-info", "answer-mode", "priv-answer-mode", "p-auto-answer"}
)
_CHANNEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@/:;*#+-]{0,149}")
_UNIQUEID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,149}")
_INTERFACE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@/:*#+-]{0,149}")
_QUEUE: Final = re.compile(r"\w(?:[\w .+#*@/:-]{0,126}[\w.+#*@/:-])?")
_EXTENSION: Final = re.compile(r"[0-9*#+]{1,32}")
_CONTEXT: Final = re.compile(r"[A-Za-z0-9_-]{1,79}")
_DEVICE: Final = re.compile(r"(?:PJSIP|SIP)/([A-Za-z0-9_.+-]{1,64})")
_HIGHEST: Final = 10_000
# Persian is not written without it.
_JOINER: Final = "\u200c"
_NO_TEXT: Final = frozenset('|"\\`$<>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A supervisor's phone.

    Attributes:
        dial: As Asterisk dials it, such as `PJSIP/9001`. Empty: there is none.
        header: What makes it answer by itself, such as `("Alert-Info", "auto")`. None for nothing.
    """

    dial: str
    header: tuple[str, str] | None = None


NO_PHONE: Final = Phone(dial="")


def phone_of(dial: str, header: str = "") -> Phone:
    """Return a phone.

    Args:
        header: Such as `Call-Info: <sip:wallboard>;answer-after=0`. Empty for none.

    Raises:
        Unsendable: It is not one that may be called, or the header is not one that may be sent.
    """
    if not _PHONE.fullmatch(dial):
        raise Unsendable("it is not like PJSIP/9001 or Local/9001@from-internal")
    return Phone(dial=dial, header=header_of(header) if header else None)


def header_of(text: str) -> tuple[str, str]:
    """Return the name and the value of a header that makes a phone answer by itself.

    Raises:
        Unsendable: It is not one.
    """
    found = _HEADER.fullmatch(text)
    if found is None or found[1].lower() not in _HEADERS:
        raise Unsendable("it is not like Call-Info: <sip:x>;answer-after=0")
    return found[1], found[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A call to a supervisor's phone.

    Attributes:
        channel_id: The unique id that its channel will have; no other one ever has it.
        shown, number: What the phone shows of it: text from outside.
    """

    phone: Phone
    channel_id: str
    shown: str = ""
    number: str = ""


def hear(ring: Ring, mode: WishKind, uniqueid: str, *, muted: bool = False) -> Action:
    """Return the action that rings a phone and puts it on that very channel.

    Args:
        muted: Nobody hears the phone from its answer on, until `mute` says otherwise.

    Raises:
        Unsendable: A field must not be sent.
    """
    data = f"{_only(_UNIQUEID, uniqueid, 'Data')},{SPY_OPTIONS[mode]}"
    name, fields = _originate(ring, "ChanSpy", data)
    # Whatever becomes of this program, the PBX itself ends it in the end.
    fields = (*fields, ("Variable", f"TIMEOUT(absolute)={LONGEST_S}"))
    return name, (*fields, ("Variable", f"{_MUTE}=on")) if muted else fields


def mute(channel_id: str, *, muted: bool) -> Action:
    """Return the action that mutes a phone of ours towards everybody, or lets it be heard.

    By the function, which the class of rights needs that ends a call; the action MuteAudio needs
    the class `system`, which allows far more.

    Raises:
        Unsendable: It must not be sent.
    """
    return "Setvar", (
        ("Channel", _only(_UNIQUEID, channel_id, "Channel")),
        ("Variable", _MUTE),
        ("Value", "on" if muted else "off"),
    )


def join(ring: Ring, channel: str) -> Action:
    """Return the action that rings a phone and connects it with a channel, told by its whole name.

    Until the phone is answered nothing happens to the channel. The PBX takes the name for the
    beginning of one: it is the asker's to see that it is no other channel's.

    Raises:
        Unsendable: A field must not be sent.
    """
    data = _only(_CHANNEL, channel, "Data")
    name, fields = _originate(ring, "Bridge", data)
    dial = ring.phone.dial
    if dial.startswith("Local/") and not dial.endswith("/n"):
        # Else the PBX takes the Local channel out of the middle: nobody could find ours again.
        fields = tuple((key, f"{dial}/n" if key == "Channel" else told) for key, told in fields)
    return name, fields


def only_ring(ring: Ring) -> Action:
    """Return the action that rings a phone, and hangs up a second after it is answered.

    Raises:
        Unsendable: A field must not be sent.
    """
    return _originate(ring, "Wait", "1")


def _originate(ring: Ring, application: str, data: str) -> Action:
    phone = phone_of(ring.phone.dial)
    fields = [
        ("Channel", phone.dial),
        ("ChannelId", _only(_UNIQUEID, ring.channel_id, "ChannelId")),
        ("Application", application),
        ("Data", data),
        ("CallerID", _caller_id(ring.shown, ring.number)),
        ("Timeout", str(RING_MS)),
        ("Async", "true"),
    ]
    if ring.phone.header is not None:
        name, value = header_of(": ".join(ring.phone.header))
        if phone.dial.startswith("PJSIP/"):
            fields.append(("Variable", f"PJSIP_HEADER(add,{name})={value}"))
        elif phone.dial.startswith("SIP/"):
            fields.append(("Variable", f"SIPADDHEADER01={name}: {value}"))
    return "Originate", tuple(fields)


def _caller_id(shown: str, number: str) -> str:
    told = f'"{plain(shown, 60) or "Wallboard"}"'
    return f"{told} <{number}>" if _EXTENSION.fullmatch(number) else told


def hang_up(channel: str) -> Action:
    """Return the action that ends one channel, told by its unique id or its whole name.

    Raises:
        Unsendable: It must not be sent.
    """
    return "Hangup", (("Channel", _only(_CHANNEL, channel, "Channel")),)


def transfer(channel: str, extension: str, context: str) -> Action:
    """Return the action by which a channel passes on who it talks to, as its phone would.

    Raises:
        Unsendable: A field must not be sent.
    """
    return "BlindTransfer", (
        ("Channel", _only(_CHANNEL, channel, "Channel")),
        ("Exten", _only(_EXTENSION, extension, "Exten")),
        ("Context", _only(_CONTEXT, context, "Context")),
    )


def extension_exists(extension: str, context: str) -> Action:
    """Return the action that asks whether there is an extension; its Value is 1 if so.

    Raises:
        Unsendable: A field must not be sent.
    """
    where = _only(_CONTEXT, context, "Variable")
    wanted = _only(_EXTENSION, extension, "Variable")
    return "Getvar", (("Variable", f"DIALPLAN_EXISTS({where},{wanted},1)"),)


def state_of_phone(phone: Phone) -> Action:
    """Return the action that asks for the state of a phone's device.

    Raises:
        Unsendable: It must not be sent.
    """
    dial = phone_of(phone.dial).dial.removesuffix("/n")
    return "Getvar", (("Variable", f"DEVICE_STATE({dial})"),)


def pause(interface: str, queue: str | None, reason: str, *, paused: bool) -> Action:
    """Return the action that pauses a member, or ends his pause, in one queue or in all.

    Raises:
        Unsendable: A field must not be sent.
    """
    fields = [
        ("Interface", _only(_INTERFACE, interface, "Interface")),
        ("Paused", "true" if paused else "false"),
    ]
    if queue is not None:
        fields.append(("Queue", _queue(queue)))
    told = plain(reason, 80)
    if paused and told:
        fields.append(("Reason", told))
    return "QueuePause", tuple(fields)


def remove(interface: str, queue: str) -> Action:
    """Return the action that ends a membership.

    Raises:
        Unsendable: A field must not be sent.
    """
    return "QueueRemove", (
        ("Queue", _queue(queue)),
        ("Interface", _only(_INTERFACE, interface, "Interface")),
    )


def add(interface: str, queue: str, *, name: str, state_interface: str) -> Action:
    """Return the action that makes a member.

    Raises:
        Unsendable: A field must not be sent.
    """
    fields = [
        ("Queue", _queue(queue)),
        ("Interface", _only(_INTERFACE, interface, "Interface")),
        ("StateInterface", _only(_INTERFACE, state_interface, "StateInterface")),
    ]
    told = plain(name, 80)
    if told:
        fields.append(("MemberName", told))
    return "QueueAdd", tuple(fields)


def prioritize(queue: str, channel: str, priority: int) -> Action:
    """Return the action that gives a caller who waits a priority.

    Raises:
        Unsendable: A field must not be sent.
    """
    if not 0 <= priority <= _HIGHEST:
        raise Unsendable("the field Priority is out of range")
    return "QueueChangePriorityCaller", (
        ("Queue", _queue(queue)),
        ("Caller", _only(_CHANNEL, channel, "Caller")),
        ("Priority", str(priority)),
    )


def withdraw(queue: str, channel: str) -> Action:
    """Return the action that lets a caller leave a queue by the PBX's own way on.

    Raises:
        Unsendable: A field must not be sent.
    """
    return "QueueWithdrawCaller", (
        ("Queue", _queue(queue)),
        ("Caller", _only(_CHANNEL, channel, "Caller")),
    )


def message(interface: str, text: str) -> Action:
    """Return the action that sends a text to a phone.

    Raises:
        Unsendable: The interface is no phone that takes messages, or a field must not be sent.
    """
    found = _DEVICE.fullmatch(interface)
    if found is None:
        raise Unsendable("the interface is no phone that takes messages")
    told = plain(text[:LONGEST_MESSAGE], MAX_LINE * 3 // 4 - 40, but=frozenset())
    technology = interface.partition("/")[0].lower()
    return "MessageSend", (
        ("To", f"{technology}:{found[1]}"),
        ("From", "wallboard"),
        ("Base64Body", base64.b64encode(told.encode()).decode("ascii")),
    )


def plain(text: str, most: int, *, but: frozenset[str] = _NO_TEXT) -> str:
    """Return a text of letters, digits, marks, signs and spaces; whatever else becomes a space.

    Args:
        most: In bytes.
        but: Signs that are not meant, besides.
    """
    kept = "".join(letter if _may(letter) and letter not in but else " " for letter in text)
    cut = kept.encode()[:most].decode(errors="ignore")
    return " ".join(cut.split())


def _may(letter: str) -> bool:
    return letter in {_JOINER, " "} or unicodedata.category(letter)[0] in "LMNPS"


def _queue(name: str) -> str:
    return _only(_QUEUE, name, "Queue")


def _only(allowed: re.Pattern[str], text: str, name: str) -> str:
    if allowed.fullmatch(text) is None:
        raise Unsendable(f"the field {name} holds what must not be in it")
    return text
