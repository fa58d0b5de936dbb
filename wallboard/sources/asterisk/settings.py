"""The fields of a connection to an Asterisk, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from wallboard.domain.errors import FaultKind, SourceRefused, fault
from wallboard.domain.source import Field, FieldForm, Told
from wallboard.sources.asterisk.actions import NO_PHONE, Phone, header_of, phone_of
from wallboard.sources.asterisk.ami_over_http import Web
from wallboard.sources.asterisk.client import Address
from wallboard.sources.asterisk.codec import Unsendable

FIELDS: Final = (
    Field(
        key="host",
        label="Address of the PBX",
        hint="Name or IP address of the Asterisk, FreePBX or Issabel server",
        default="127.0.0.1",
        required=True,
        binds=True,
    ),
    Field(
        key="transport",
        label="Way to AMI",
        hint="Its own port (socket), or the PBX's web server where only that can be reached",
        form=FieldForm.CHOICE,
        default="socket",
        choices=("socket", "http", "https"),
        binds=True,
    ),
    Field(
        key="port",
        label="AMI port",
        hint="Empty for the usual one: 5038; over HTTP 8088, over HTTPS 8089",
        form=FieldForm.NUMBER,
        binds=True,
    ),
    Field(
        key="username",
        label="AMI user",
        hint="A user of manager.conf with read = call,agent and write = reporting; for a"
        " supervisor's commands write = reporting,call,agent,originate",
        required=True,
    ),
    Field(key="secret", label="AMI secret", secret=True, required=True),
    Field(key="tls", label="Encrypted (TLS)", form=FieldForm.SWITCH, default="no", binds=True),
    Field(
        key="tls_ca",
        label="Certificate to trust",
        hint="Path of the PBX's certificate or of its CA; empty for those of this computer",
    ),
    Field(
        key="path",
        label="Path on the web server",
        hint="The prefix of http.conf; / if there is none. Only over HTTP",
        default="/asterisk",
    ),
    Field(
        key="digest",
        label="Sign in by HTTP digest",
        hint="Only over HTTP, where a proxy does not pass cookies on",
        form=FieldForm.SWITCH,
        default="no",
    ),
    Field(
        key="wrap_up",
        label="Wrap-up time",
        hint="Seconds, as set in the queues, because AMI does not tell: 10, or support=10,sales=5",
    ),
    Field(
        key="queue_log",
        label="Log of the queues",
        hint="Path of the PBX's queue_log, if this computer can read it: what happened while"
        " Wallboard was off is filled in from it",
    ),
    Field(
        key="phone",
        label="Supervisor's phone",
        hint="As Asterisk calls it: PJSIP/9001, or Local/9001@from-internal on FreePBX and Issabel."
        " For listening, whispering and taking calls over",
    ),
    Field(
        key="phone_header",
        label="Header for auto-answer",
        hint="What makes that phone answer by itself: Call-Info: <sip:wallboard>;answer-after=0",
    ),
    Field(
        key="transfer_context",
        label="Context of the extensions",
        hint="Of the dial plan, where callers are passed on to",
        default="from-internal",
    ),
)

# With a field's name before it, this is still less than a line that the server takes.
_LONGEST: Final = 1000
_PORTS: Final = {"socket": 5038, "http": 8088, "https": 8089}
_PREFIX: Final = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")
_CONTEXT: Final = re.compile(r"[A-Za-z0-9_-]{1,79}")
_WRAP_UP: Final = re.compile(r"(?:([^=,]*)=)?\s*(\d{1,4})\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the fields mean.

    Attributes:
        web: Where the manager is reached over HTTP. None if it is by its own port.
        wrap_ups: By queue; the key `""` is for queues that are not named.
        queue_log: Path of the server's log of its queues. Empty if it cannot be read here.
        phone: The supervisor's. Its `dial` is empty if there is none.
        transfer_context: Where the extensions are that callers are passed on to.
    """

    address: Address
    username: str
    secret: str = field(repr=False)
    web: Web | None = None
    wrap_ups: Mapping[str, timedelta] = field(default_factory=dict)
    queue_log: str = ""
    phone: Phone = NO_PHONE
    transfer_context: str = "from-internal"


def account_of(told: Told) -> Account:
    """Return what the fields mean.

    Raises:
        SourceRefused: A field cannot be used; the fault names it.
    """
    values = {one.key: (told.get(one.key, "") or one.default).strip() for one in FIELDS}
    for one in FIELDS:
        if one.required and not values[one.key]:
            raise _refused(one.key, "it is empty")
        if any(not letter.isprintable() for letter in values[one.key]):
            raise _refused(one.key, "it holds a control character")
        if len(values[one.key].encode()) > _LONGEST:
            raise _refused(one.key, "it is too long")
    for key in ("tls", "digest"):
        if values[key] not in ("yes", "no", ""):
            raise _refused(key, "it is neither yes nor no")
    transport = values["transport"]
    if transport not in _PORTS:
        raise _refused("transport", "it is not one of socket, http, https")
    address = Address(
        host=values["host"],
        port=_port(values["port"], _PORTS[transport]),
        tls=transport == "https" or values["tls"] == "yes",
        tls_ca=values["tls_ca"],
    )
    return Account(
        address=address,
        username=values["username"],
        secret=values["secret"],
        web=None if transport == "socket" else _web(address, values),
        wrap_ups=wrap_ups_of(values["wrap_up"]),
        queue_log=values["queue_log"],
        phone=_phone(values["phone"], values["phone_header"]),
        transfer_context=_context(values["transfer_context"]),
    )


def _port(told: str, usual: int) -> int:
    if not told:
        return usual
    if not told.isascii() or not told.isdigit() or not 0 < int(told[:6]) < 65536:
        raise _refused("port", "it is not a number from 1 to 65535")
    return int(told)


def _web(address: Address, values: Mapping[str, str]) -> Web:
    path = values["path"]
    if not _PREFIX.fullmatch(path) or ".." in path:
        raise _refused("path", "it is not like /asterisk")
    return Web(address=address, prefix=path.rstrip("/"), digest=values["digest"] == "yes")


def _phone(dial: str, header: str) -> Phone:
    if header:
        try:
            header_of(header)
        except Unsendable as odd:
            raise _refused("phone_header", str(odd)) from odd
    if not dial:
        return NO_PHONE
    try:
        phone = phone_of(dial, header)
    except Unsendable as odd:
        raise _refused("phone", str(odd)) from odd
    if header and not dial.startswith(("PJSIP/", "SIP/")):
        raise _refused("phone_header", "only a phone told as PJSIP/… or SIP/… takes one")
    return phone


def _context(told: str) -> str:
    if not _CONTEXT.fullmatch(told):
        raise _refused("transfer_context", "it is not like from-internal")
    return told


def wrap_ups_of(text: str) -> Mapping[str, timedelta]:
    """Return what the field of that name means, by queue; the key `""` is for all others.

    Raises:
        SourceRefused: It cannot be used.
    """
    wrap_ups: dict[str, timedelta] = {}
    for part in filter(None, text.split(",")):
        found = _WRAP_UP.fullmatch(part)
        if found is None:
            raise _refused("wrap_up", "it is not like 10 or support=10,sales=5")
        queue = (found[1] or "").strip()
        if queue in wrap_ups:
            twice = "a queue is told twice" if queue else "it has two times for the same queues"
            raise _refused("wrap_up", twice)
        wrap_ups[queue] = timedelta(seconds=int(found[2]))
    return wrap_ups


def _refused(key: str, reason: str) -> SourceRefused:
    return SourceRefused(fault(FaultKind.BAD_SETTING, field=key, reason=reason))
