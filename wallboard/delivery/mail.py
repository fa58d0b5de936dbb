"""Alerts by mail: SMTP with encryption and sign-in, under a deadline for the whole message."""

from __future__ import annotations

import hashlib
import re
import smtplib
import socket
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from typing import Any, Final

from wallboard.delivery.reaching import Place, Reach, bad_setting
from wallboard.delivery.way import Told, WayKind
from wallboard.domain.delivery import NotDelivered, Post
from wallboard.domain.source import Field, FieldForm
from wallboard.domain.value import value
from wallboard.net.deadline import TimedSocket, TlsContext

_PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
# No blank, no bracket, no separator: nothing that a header could be read in two ways with.
_ADDRESS: Final = re.compile(r"[^\s<>()\[\],;:\\\"@]{1,64}@[^\s<>()\[\],;:\\\"@]{1,253}")
_MOST_RECIPIENTS: Final = 50
_SIGNED_IN: Final = 235
_SLOWEST: Final = 32 * 1024
"""Bytes a second: a slower line does not carry files."""


@value
class Account:
    """How mail is sent.

    Attributes:
        security: `starttls`, `tls` or `none`; none of them gives way to a weaker one.
        username: Empty: without signing in.
    """

    place: Place
    security: str
    ca: str
    username: str
    password: str = field(repr=False)
    sender: str
    recipients: tuple[str, ...]


def account_of(told: Told) -> Account:
    """Return how mail is to be sent.

    Raises:
        NotDelivered: A field cannot be used.
    """
    security = told.get("security") or "starttls"
    if security not in _PORTS:
        raise bad_setting("security", "it is none of starttls, tls, none")
    host = told.get("host", "").strip()
    if not host or any(char.isspace() or char in "/@" for char in host):
        raise bad_setting("host", "it is no name of a server")
    username, password = told.get("username", ""), told.get("password", "")
    if security == "none" and username:
        raise bad_setting("security", "a password is not sent without encryption")
    recipients = tuple(filter(None, re.split(r"[\s,;،؛]+", told.get("to", ""))))
    if not 0 < len(recipients) <= _MOST_RECIPIENTS:
        raise bad_setting("to", "it wants one address at least, and 50 at the most")
    return Account(
        place=Place(host=host, port=_port(told.get("port", ""), _PORTS[security])),
        security=security,
        ca=told.get("ca", ""),
        username=username,
        password=password,
        sender=_address("from", told.get("from", "")),
        recipients=tuple(_address("to", each) for each in recipients),
    )


def _port(text: str, usual: int) -> int:
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise bad_setting("port", "it is not a number from 1 to 65535")
    return int(text)


def _address(key: str, text: str) -> str:
    if not _ADDRESS.fullmatch(text.strip()):
        raise bad_setting(key, "it is not like name@example.com")
    return text.strip()


def _longer(post: Post) -> timedelta:
    size = sum(len(file.content) for file in post.attachments)
    return timedelta(seconds=size / _SLOWEST)


class Mail:
    """One account that sends to a few people. A connection lives as long as its message."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._reach = Reach(account.place, ca=account.ca)

    def send(self, post: Post) -> None:
        """Hand a message to the server; see `Way.send`. With files it may take longer."""
        self._reach.begin(_longer(post))
        message = message_of(post, self._account)
        try:
            with _closing(_connected(self._reach, self._account)) as server:
                self._sign_in(server)
                self._hand_over(server, message)
        except smtplib.SMTPException as error:
            raise self._meant(error) from error
        except OSError as error:
            raise self._reach.failed(error) from error

    def _sign_in(self, server: smtplib.SMTP) -> None:
        account = self._account
        if account.security == "starttls":
            server.starttls(context=self._reach.context())
        if not account.username:
            return
        if account.username.isascii() and account.password.isascii():
            server.login(account.username, account.password)
        else:
            _sign_in_plainly(server, account)

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        refused = server.send_message(message, self._account.sender, self._account.recipients)
        if len(refused) == len(self._account.recipients):  # as old servers may say it
            raise smtplib.SMTPRecipientsRefused(refused)

    def _meant(self, error: smtplib.SMTPException) -> NotDelivered:
        match error:
            case smtplib.SMTPServerDisconnected(__context__=OSError() as cause):
                meant = self._reach.failed(cause)
            case smtplib.SMTPServerDisconnected():
                meant = self._reach.lost()
            case smtplib.SMTPAuthenticationError():
                meant = self._reach.not_signed_in(self._account.username)
            case smtplib.SMTPNotSupportedError():
                meant = bad_setting(_not_offered(str(error)), "the server does not offer it")
            case smtplib.SMTPRecipientsRefused():
                meant = self._answered(*_all_said(error.recipients))
            case smtplib.SMTPResponseException():
                meant = self._answered(error.smtp_code, _words(error.smtp_error))
            case _:
                meant = self._reach.refused(str(error), lasting=False)
        return meant

    def _answered(self, code: int, said: str) -> NotDelivered:
        if 400 <= code < 500:
            # "Come again later", as lists of unknown senders say at first.
            return self._reach.server_failed(f"{code} {said}")
        return self._reach.refused(f"{code} {said}", lasting=True)


def _sign_in_plainly(server: smtplib.SMTP, account: Account) -> None:
    """Sign in with letters that the library does not take: as UTF-8, as the standard has it.

    Raises:
        smtplib.SMTPException: It was refused, or the server knows no such way.
    """
    server.ehlo_or_helo_if_needed()
    if "PLAIN" not in server.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError("AUTH PLAIN is not offered")
    told = f"\0{account.username}\0{account.password}".encode()
    code, said = server.docmd("AUTH", f"PLAIN {b64encode(told).decode()}")
    if code != _SIGNED_IN:
        raise smtplib.SMTPAuthenticationError(code, said)


def _not_offered(said: str) -> str:
    """Return the field that asks for what the server cannot do."""
    if "AUTH" in said:
        return "username"
    return "security" if "STARTTLS" in said else "to"


def _all_said(refused: Mapping[str, tuple[int, bytes | str]]) -> tuple[int, str]:
    """Return the mildest code, and what was said of all who were refused."""
    said = dict.fromkeys(_words(words) for _code, words in refused.values())
    return min((code for code, _words in refused.values()), default=0), "; ".join(said)


def _words(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said


class _closing:  # noqa: N801 - reads as the library's own
    """Says goodbye to the server, if it still listens; what was taken stays taken."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def __enter__(self) -> smtplib.SMTP:
        return self._server

    def __exit__(self, *_: object) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._server.quit()
        self._server.close()


class _Server(smtplib.SMTP):
    """The library's client over a socket that gives up at the deadline."""

    def __init__(self, opened: Callable[[], socket.socket], place: Place) -> None:
        self._opened = opened
        # Our name in the greeting: the library would look it up, for as long as that takes.
        super().__init__(place.host, place.port, local_hostname="wallboard.invalid")

    def _get_socket(self, *_: Any) -> socket.socket:  # noqa: ANN401 - its signature
        return self._opened()


def _connected(reach: Reach, account: Account) -> smtplib.SMTP:
    def opened() -> socket.socket:
        plain: TimedSocket = reach.connected()
        if account.security != "tls":
            return plain
        context: TlsContext = reach.context()
        return context.wrap_socket(plain, server_hostname=account.place.host)

    return _Server(opened, account.place)


def message_of(post: Post, account: Account) -> EmailMessage:
    """Return a message as mail: as plain text, and as HTML for who wants its direction right."""
    message = EmailMessage(policy=SMTP)
    message["From"] = account.sender
    message["To"] = ", ".join(account.recipients)
    message["Subject"] = post.title
    message["Date"] = format_datetime(post.at)
    # The same at every try, by which a mailbox can tell that it has the message already.
    domain = account.sender.rpartition("@")[2]
    message["Message-ID"] = f"<{hashlib.sha256(post.post_id.encode()).hexdigest()[:40]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = post.language
    message.set_content(post.text)
    direction = "rtl" if post.rtl else "ltr"
    lines = "<br>\n".join(escape(line) for line in post.text.split("\n"))
    message.add_alternative(
        f'<html lang="{post.language}" dir="{direction}"><body><p>{lines}</p></body></html>\n',
        subtype="html",
    )
    for file in post.attachments:
        message.add_attachment(
            file.content, maintype=file.kind, subtype=file.subtype, filename=file.name
        )
    return message


KIND: Final = WayKind(
    key="mail",
    label="E-mail",
    together=50,
    made=lambda told: Mail(account_of(told)),
    fields=(
        Field(key="host", label="Mail server", required=True, binds=True),
        Field(
            key="security",
            label="Encryption",
            hint="starttls (port 587), tls (port 465) or none (port 25, without a password)",
            form=FieldForm.CHOICE,
            choices=tuple(_PORTS),
            default="starttls",
            binds=True,
        ),
        Field(
            key="port",
            label="Port",
            hint="Empty for the usual one of the encryption",
            form=FieldForm.NUMBER,
            binds=True,
        ),
        Field(key="username", label="User", hint="Empty if the server asks for none"),
        Field(key="password", label="Password", secret=True),
        Field(key="from", label="Sender", required=True),
        Field(key="to", label="Recipients", hint="Several with commas between", required=True),
        Field(
            key="ca",
            label="Certificate to trust",
            hint="Path of the server's certificate or of its CA; empty for those of this computer",
        ),
    ),
)
