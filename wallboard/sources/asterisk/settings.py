"""The fields of a connection to an Asterisk, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from wallboard.domain.errors import FaultKind, SourceRefused, fault
from wallboard.domain.source import Field, FieldForm, Told
from wallboard.sources.asterisk.client import Address

FIELDS: Final = (
    Field(
        key="host",
        label="Address of the PBX",
        hint="Name or IP address of the Asterisk, FreePBX or Issabel server",
        default="127.0.0.1",
        required=True,
    ),
    Field(key="port", label="AMI port", form=FieldForm.NUMBER, default="5038", required=True),
    Field(
        key="username",
        label="AMI user",
        hint="A user of manager.conf with read = call,agent and write = reporting",
        required=True,
    ),
    Field(key="secret", label="AMI secret", secret=True, required=True),
    Field(key="tls", label="Encrypted (TLS)", form=FieldForm.SWITCH, default="no"),
    Field(
        key="tls_ca",
        label="Certificate to trust",
        hint="Path of the PBX's certificate or of its CA; empty for those of this computer",
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
)

# With a field's name before it, this is still less than a line that the server takes.
_LONGEST: Final = 1000
_WRAP_UP: Final = re.compile(r"(?:([^=,]*)=)?\s*(\d{1,4})\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the fields mean.

    Attributes:
        wrap_ups: By queue; the key `""` is for queues that are not named.
        queue_log: Path of the server's log of its queues. Empty if it cannot be read here.
    """

    address: Address
    username: str
    secret: str = field(repr=False)
    wrap_ups: Mapping[str, timedelta] = field(default_factory=dict)
    queue_log: str = ""


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
    port = values["port"]
    if not port.isascii() or not port.isdigit() or not 0 < int(port[:6]) < 65536:
        raise _refused("port", "it is not a number from 1 to 65535")
    if values["tls"] not in ("yes", "no", ""):
        raise _refused("tls", "it is neither yes nor no")
    return Account(
        address=Address(
            host=values["host"],
            port=int(port),
            tls=values["tls"] == "yes",
            tls_ca=values["tls_ca"],
        ),
        username=values["username"],
        secret=values["secret"],
        wrap_ups=wrap_ups_of(values["wrap_up"]),
        queue_log=values["queue_log"],
    )


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
