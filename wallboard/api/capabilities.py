"""What a server can tell and do, for the one who asks: its capabilities."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from wallboard.api.protocol import API_VERSION, Instant, Key, believable, cut
from wallboard.api.reading import decoded, unreadable
from wallboard.api.writing import encoded
from wallboard.domain.supervision import WishKind


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """The program that answers."""

    name: str
    version: str = ""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """The call center.

    Attributes:
        zone: IANA name of its time zone, which says when its day begins. None if not told.
    """

    name: str
    zone: str | None = None


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """What a server can tell and do.

    Attributes:
        poll: How often it is worth asking, in seconds.
        unsupported: Fields that never come, as `calls.caller_name` or `call.hold`; or whole lists
            of the picture, `agents` or `calls`, that the one who asks does not see.
        facts: Kinds of facts that it tells: call, spell, direct.
        commands: What the one who asks may ask for.
        role: Of the one who asks, in the server's words.
        phone: By which the one who asks listens, as the system dials it. Empty: there is none, or
            none is needed.
    """

    api: str = API_VERSION
    server: Server
    site: Site
    poll: float = 2.0
    unsupported: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    commands: tuple[WishKind, ...] = ()
    role: str = ""
    phone: str = ""
    as_of: Instant


def capabilities_bytes(capabilities: Capabilities) -> bytes:
    """Return the body of the answer."""
    return encoded(capabilities)


def read_capabilities(body: bytes) -> Capabilities:
    """Return what an answer says; commands that we do not know are left out.

    Raises:
        SourceUnreadable: It says nothing we understand.
    """
    told = decoded(_forms, body)
    try:
        as_of = believable(told.as_of)
    except ValueError as error:
        raise unreadable(error) from error
    if told.api.partition(".")[0] != API_VERSION.partition(".")[0]:
        raise unreadable(f"version {told.api} of the API, {API_VERSION} is known")
    known = {str(kind) for kind in WishKind}
    return Capabilities(
        api=told.api,
        server=Server(name=cut(told.server.name), version=cut(told.server.version)),
        site=Site(name=cut(told.site.name), zone=told.site.zone),
        poll=told.poll,
        unsupported=told.unsupported,
        facts=told.facts,
        commands=tuple([WishKind(kind) for kind in told.commands if kind in known]),
        role=cut(told.role),
        phone=cut(told.phone),
        as_of=as_of,
    )


class _Form(msgspec.Struct):
    api: Annotated[str, msgspec.Meta(max_length=16)]
    as_of: Instant
    server: Server = Server(name="")
    site: Site = Site(name="")
    poll: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 2.0
    unsupported: tuple[Key, ...] = ()
    facts: tuple[Key, ...] = ()
    commands: tuple[str, ...] = ()
    role: str = ""
    phone: str = ""


_forms: Final = msgspec.json.Decoder(_Form)
