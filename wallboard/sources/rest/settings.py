"""The fields of a connection to an HTTP API, and what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from wallboard.domain.errors import FaultKind, SourceRefused, fault
from wallboard.domain.source import Field, FieldForm, Told
from wallboard.net.origin import AddressUnusable, Origin, address_of
from wallboard.sources.rest.trust import Trust

POLL: Final = timedelta(seconds=2)
LONGEST_DEADLINE: Final = timedelta(seconds=4)

NO_SIGN_IN: Final = "none"
BEARER: Final = "bearer"
API_KEY: Final = "api_key"
BASIC: Final = "basic"
OAUTH2: Final = "oauth2"
OAUTH2_BODY: Final = "oauth2_body"

FIELDS: Final = (
    Field(
        key="url",
        label="Address of the API",
        hint="As https://wallboard.example.com; /v1/snapshot and its like are under it",
        default="http://127.0.0.1:8080",
        required=True,
        binds=True,
    ),
    Field(
        key="sign_in",
        label="How to sign in",
        hint="bearer: a token, as wallboard serve gives it; oauth2: client credentials",
        form=FieldForm.CHOICE,
        default=BEARER,
        choices=(BEARER, API_KEY, BASIC, OAUTH2, OAUTH2_BODY, NO_SIGN_IN),
    ),
    Field(key="username", label="User or client ID", hint="For basic and oauth2"),
    Field(
        key="secret",
        label="Token, key, password or client secret",
        secret=True,
    ),
    Field(key="header", label="Header of the API key", hint="For api_key", default="X-API-Key"),
    Field(key="token_url", label="Address that gives the tokens", hint="For oauth2", binds=True),
    Field(key="scope", label="Scope", hint="For oauth2, where the server asks for one"),
    Field(
        key="ca",
        label="Certificate to trust",
        hint="Path of the server's certificate or of its CA; empty for those of this computer",
    ),
    Field(
        key="pin",
        label="Fingerprint of the certificate",
        hint="SHA-256; then this certificate is trusted, whoever signed it, and no other",
    ),
    Field(
        key="certificate",
        label="Certificate of this computer",
        hint="Path, for servers that ask for one; PEM",
    ),
    Field(
        key="certificate_key",
        label="Key of this computer's certificate",
        hint="Path; empty if it is in the same file; PEM without a password",
    ),
    Field(
        key="proxy",
        label="Proxy",
        hint="As http://proxy.example.com:3128; empty for none",
        binds=True,
    ),
    Field(key="proxy_username", label="User of the proxy"),
    Field(key="proxy_secret", label="Password of the proxy", secret=True),
    Field(
        key="poll",
        label="Seconds between two questions",
        hint="1 to 60",
        form=FieldForm.NUMBER,
        default="2",
    ),
    Field(
        key="plain_http",
        label="Allow http:// in the network",
        hint="Then the sign-in and all calls can be read on the way",
        form=FieldForm.SWITCH,
        default="no",
    ),
    Field(
        key="mapping",
        label="Mapping file",
        hint="Path of a file that tells how to read another API; empty for Wallboard's own",
    ),
)

_LONGEST: Final = 4000
_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
# Headers that say how a message is sent, not who sends it.
_NOT_FOR_KEYS: Final = frozenset(
    {
        "host", "connection", "content-length", "content-type", "transfer-encoding", "te",
        "upgrade", "trailer", "expect", "accept", "accept-encoding", "if-none-match",
        "idempotency-key", "proxy-authorization", "user-agent", "cookie",
    }
)  # fmt: skip
_NEEDS_USER: Final = frozenset({BASIC, OAUTH2, OAUTH2_BODY})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInTold:
    """How to prove who we are.

    Attributes:
        kind: One of the choices of the field.
        header: Of an API key.
        token_origin, token_path: Where OAuth 2 gives tokens. None unless it is used.
    """

    kind: str = NO_SIGN_IN
    username: str = ""
    secret: str = field(default="", repr=False)
    header: str = ""
    token_origin: Origin | None = None
    token_path: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyTold:
    """Through whom to go."""

    origin: Origin
    username: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the fields mean.

    Attributes:
        base: Path before those of the API, without a slash at its end.
        proxy: None to go without one.
        mapping: Path of a mapping file. Empty for our own API.
    """

    origin: Origin
    base: str = ""
    sign_in: SignInTold = field(default_factory=SignInTold)
    trust: Trust = field(default_factory=Trust)
    proxy: ProxyTold | None = None
    poll: timedelta = POLL
    mapping: str = ""

    @property
    def deadline(self) -> timedelta:
        """How long one look at the source may take, all its requests together."""
        return min(0.8 * self.poll, LONGEST_DEADLINE)


def account_of(told: Told) -> Account:
    """Return what the fields mean.

    Raises:
        SourceRefused: A field cannot be used; the fault names it.
    """
    values = _values(told)
    plain = _switch(values, "plain_http")
    origin, base = _address(values, "url", plain=plain)
    return Account(
        origin=origin,
        base=base,
        sign_in=_sign_in(values, plain=plain),
        trust=_trust(values),
        proxy=_proxy(values),
        poll=_poll(values["poll"]),
        mapping=values["mapping"],
    )


def poll_of(told: Told) -> timedelta:
    """Return how often the source is asked.

    Raises:
        SourceRefused: The field cannot be used.
    """
    return _poll(_values(told)["poll"])


def _values(told: Told) -> dict[str, str]:
    values = {one.key: (told.get(one.key, "") or one.default).strip() for one in FIELDS}
    for one in FIELDS:
        text = values[one.key]
        if one.required and not text:
            raise _refused(one.key, "it is empty")
        if any(not letter.isprintable() for letter in text):
            raise _refused(one.key, "it holds a control character")
        if len(text.encode(errors="surrogatepass")) > _LONGEST:
            raise _refused(one.key, "it is too long")
    return values


def _switch(values: dict[str, str], key: str) -> bool:
    if values[key] not in ("yes", "no"):
        raise _refused(key, "it is neither yes nor no")
    return values[key] == "yes"


def _address(values: dict[str, str], key: str, *, plain: bool) -> tuple[Origin, str]:
    """Return the origin and the path of a field.

    Args:
        plain: True if what is sent may be read on its way through the network.
    """
    try:
        origin, path = address_of(values[key])
    except AddressUnusable as unusable:
        raise _refused(key, str(unusable)) from unusable
    if not (origin.encrypted or origin.loopback or plain):
        raise _refused(key, "it is not encrypted, and that is not allowed")
    return origin, path


def _sign_in(values: dict[str, str], *, plain: bool) -> SignInTold:
    kind = values["sign_in"]
    if kind == NO_SIGN_IN:
        return SignInTold()
    if kind not in (BEARER, API_KEY, BASIC, OAUTH2, OAUTH2_BODY):
        raise _refused("sign_in", "there is no such way")
    _check_proof(values, kind)
    token_origin, token_path = None, ""
    if kind in (OAUTH2, OAUTH2_BODY):
        token_origin, token_path = _address(values, "token_url", plain=plain)
    return SignInTold(
        kind=kind,
        username=values["username"],
        secret=values["secret"],
        header=values["header"],
        token_origin=token_origin,
        token_path=token_path or "/",
        scope=values["scope"],
    )


def _check_proof(values: dict[str, str], kind: str) -> None:
    username, secret, header = values["username"], values["secret"], values["header"]
    if not secret:
        raise _refused("secret", "it is empty")
    if kind in (BEARER, API_KEY) and not (secret.isascii() and " " not in secret):
        raise _refused("secret", "it holds what no token holds")
    if kind in _NEEDS_USER and not username:
        raise _refused("username", "it is empty")
    if kind in (BASIC, OAUTH2) and ":" in username:
        raise _refused("username", "it holds a colon")
    if kind == API_KEY and (not _HEADER_NAME.fullmatch(header) or header.lower() in _NOT_FOR_KEYS):
        raise _refused("header", "it is no header for a key")


def _trust(values: dict[str, str]) -> Trust:
    pin = values["pin"].lower().removeprefix("sha256:").replace(":", "").replace(" ", "")
    if pin and not re.fullmatch("[0-9a-f]{64}", pin):
        raise _refused("pin", "it is not 64 hexadecimal digits")
    return Trust(
        ca=values["ca"],
        pin=pin,
        certificate=values["certificate"],
        key=values["certificate_key"],
    )


def _proxy(values: dict[str, str]) -> ProxyTold | None:
    if not values["proxy"]:
        return None
    origin, path = _address(values, "proxy", plain=True)
    if path or origin.encrypted:
        raise _refused("proxy", "it is not like http://name:3128")
    if ":" in values["proxy_username"]:
        raise _refused("proxy_username", "it holds a colon")
    return ProxyTold(
        origin=origin, username=values["proxy_username"], secret=values["proxy_secret"]
    )


def _poll(text: str) -> timedelta:
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,3})?", text, re.ASCII):
        raise _refused("poll", "it is not a number from 1 to 60")
    if not 1 <= float(text) <= 60:
        raise _refused("poll", "it is not a number from 1 to 60")
    return timedelta(seconds=float(text))


def _refused(key: str, reason: str) -> SourceRefused:
    return SourceRefused(fault(FaultKind.BAD_SETTING, field=key, reason=reason))
