"""Connections to who takes messages, under one deadline, and what it means when they fail."""

from __future__ import annotations

import ssl
from datetime import timedelta
from typing import Final

from wallboard.delivery.way import LIMIT
from wallboard.domain.delivery import NotDelivered
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.value import value
from wallboard.net.connecting import Connector
from wallboard.net.deadline import Deadline, TimedSocket, TlsContext
from wallboard.net.names import NameUnknown

LONGEST_SAID: Final = 200
"""So much of what a server says is kept."""


@value
class Place:
    """Where a server is."""

    host: str
    port: int


class Reach:
    """How one server is reached. Used by one thread."""

    def __init__(self, place: Place, *, ca: str = "", limit: timedelta = LIMIT) -> None:
        """Prepare; touches no network.

        Args:
            ca: Path of the certificate to trust; empty for those of this computer.
            limit: For one message, from finding the server to its last word.
        """
        self.place = place
        self._ca = ca
        self._limit = limit
        self._deadline = Deadline()
        self._connector = Connector(self._deadline)

    def begin(self, longer: timedelta = timedelta()) -> None:
        """Begin a message: its deadline is the limit from now.

        Args:
            longer: So much is added to the limit, for what goes with the message.
        """
        self._deadline.begin(self._limit + longer)

    def connected(self) -> TimedSocket:
        """Return a connection, as yet without encryption.

        Raises:
            OSError: There is none.
        """
        return self._connector.connected(self.place.host, self.place.port)

    def context(self) -> TlsContext:
        """Return how to encrypt.

        Raises:
            NotDelivered: The certificate to trust cannot be used.
        """
        context = TlsContext(ssl.PROTOCOL_TLS_CLIENT)
        context.deadline = self._deadline
        if not self._ca:
            context.load_default_certs()
            return context
        try:
            context.load_verify_locations(self._ca)
        except ssl.SSLError as error:
            raise bad_setting("ca", "it holds no certificate") from error
        except OSError as error:
            raise bad_setting("ca", error.strerror or type(error).__name__) from error
        return context

    def failed(self, error: OSError) -> NotDelivered:
        """Return what an error of the connection means."""
        where = {"host": self.place.host, "port": self.place.port}
        lasting = False
        match error:
            case NameUnknown():
                told = fault(FaultKind.NAME_NOT_FOUND, host=self.place.host)
            case ssl.SSLCertVerificationError():
                lasting, reason = True, error.verify_message or "its encryption does not fit ours"
                told = fault(FaultKind.CERTIFICATE, host=self.place.host, reason=reason)
            case ssl.SSLError():
                told = fault(
                    FaultKind.UNREACHABLE,
                    **where,
                    reason=error.reason or "its encryption does not fit ours",
                )
            case TimeoutError():
                told = fault(FaultKind.SLOW, **where, seconds=f"{self._limit.total_seconds():g}")
            case ConnectionResetError() | BrokenPipeError() | ConnectionAbortedError():
                told = fault(FaultKind.LOST, **where)
            case _:
                reason = error.strerror or type(error).__name__
                told = fault(FaultKind.UNREACHABLE, **where, reason=reason)
        return NotDelivered(told, lasting=lasting)

    def lost(self) -> NotDelivered:
        """Return that the other side hung up."""
        return NotDelivered(fault(FaultKind.LOST, host=self.place.host, port=self.place.port))

    def refused(self, said: str, *, lasting: bool) -> NotDelivered:
        """Return that the other side does not take the message."""
        return NotDelivered(
            fault(
                FaultKind.MESSAGE_REFUSED,
                host=self.place.host,
                port=self.place.port,
                said=said[:LONGEST_SAID],
            ),
            lasting=lasting,
        )

    def not_signed_in(self, username: str = "") -> NotDelivered:
        """Return that the other side does not accept name and password."""
        told = {"username": username} if username else {}
        return NotDelivered(
            fault(FaultKind.SIGN_IN, host=self.place.host, port=self.place.port, **told),
            lasting=True,
        )

    def server_failed(self, said: str, retry_after: timedelta | None = None) -> NotDelivered:
        """Return that the other side has trouble of its own."""
        return NotDelivered(
            fault(FaultKind.SERVER_ERROR, said=said[:LONGEST_SAID]), retry_after=retry_after
        )


def bad_setting(field: str, reason: str) -> NotDelivered:
    """Return that a field of a way out cannot be used."""
    return NotDelivered(fault(FaultKind.BAD_SETTING, field=field, reason=reason), lasting=True)
