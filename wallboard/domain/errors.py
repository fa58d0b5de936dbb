"""What can go wrong with a source, grouped by what to do about it."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from wallboard.domain.value import value


class FaultKind(StrEnum):
    """The cause, as far as it can be told. The wording has a sentence for each.

    What `Fault.details` holds is listed with each kind; `host` and `port` are there whenever a
    network was involved.
    """

    UNREACHABLE = "unreachable"
    """details: host, port, reason (the system's own words)"""
    NAME_NOT_FOUND = "name_not_found"
    """details: host"""
    SLOW = "slow"
    """No answer within the deadline. details: host, port, seconds"""
    LOST = "lost"
    """An open connection ended. details: host, port"""
    CERTIFICATE = "certificate"
    """details: host, reason"""
    SIGN_IN = "sign_in"
    """Name, password or address not accepted. details: host, username"""
    FORBIDDEN = "forbidden"
    """details: what (an action), right (the missing one)"""
    NOT_OUR_PROTOCOL = "not_our_protocol"
    """Something answered, but not what we asked. details: host, port, said"""
    BAD_DATA = "bad_data"
    """details: reason"""
    NOT_READY = "not_ready"
    """The server is still starting. details: host"""
    SERVER_ERROR = "server_error"
    """details: said"""
    REDIRECTED = "redirected"
    """We are sent elsewhere, and do not go there. details: host, port, target (its origin)"""
    NOT_SERVED = "not_served"
    """A web server answers, but has nothing at this path. details: host, port, path"""
    THROTTLED = "throttled"
    """We asked too often. details: host, seconds (to wait)"""
    PROXY = "proxy"
    """The proxy does not pass us on. details: host, port, reason"""
    FROZEN = "frozen"
    """A server answers, but nothing new. details: host, at (ISO 8601, UTC)"""
    BAD_SETTING = "bad_setting"
    """A field of the connection cannot be used. details: field, reason"""
    NO_SECRET = "no_secret"  # noqa: S105 - the name of a fault
    """The password could not be read from where it is kept. details: reason"""
    PROCESS_ENDED = "process_ended"
    """The process that asks the source ended. details: reason"""
    # Of ways out of an alert: mail, webhooks and the like.
    MESSAGE_REFUSED = "message_refused"
    """The server does not take this message. details: host, port, said"""
    NOT_TOLD_ON = "not_told_on"
    """A service did not take the message, and does not say why. details: reason"""
    NOT_INSTALLED = "not_installed"
    """What the way needs is not there. details: name"""
    # Notices: the source works, but something is worth knowing.
    RESTARTED = "restarted"
    """The server restarted. details: at (ISO 8601, UTC)"""
    PART_NOT_TOLD = "part_not_told"
    """This account does not see a part of the picture. details: what (`agents`, `calls`, or both
    with a comma)"""
    SYSTEM_TELLS_LESS = "system_tells_less"
    """The system itself does not tell a part. details: what (as above, and `single_calls`: only
    sums of calls are told)"""
    COUNTS_LOST = "counts_lost"
    """Sums of a day fell: more may have happened than they say. details: count (of queues)"""
    CALLS_UNSEEN = "calls_unseen"
    """Calls ended while we could not see. details: count"""
    ROWS_IGNORED = "rows_ignored"
    """Rows that could not be read. details: count"""
    NO_EVENTS = "no_events"
    """The account may not see calls as they happen. details: right"""
    MEMBERS_UNRESOLVED = "members_unresolved"
    """Queue members whose phone cannot be told. details: count, names"""
    CLOCK_OFF = "clock_off"
    """details: seconds"""
    CERTIFICATE_ENDS = "certificate_ends"
    """The server's certificate is good for some days only. details: host, count (of days)"""
    # Nothing can be stored; the board goes on from memory.
    HISTORY_FULL = "history_full"
    """The disk, or the size that is allowed. details: reason"""
    HISTORY_READ_ONLY = "history_read_only"
    """details: reason"""
    HISTORY_LOCKED = "history_locked"
    """Another program holds it. details: reason"""
    HISTORY_DAMAGED = "history_damaged"
    """details: reason"""
    HISTORY_NEWER = "history_newer"
    """A newer version of this program made it. details: reason"""
    HISTORY_AWAY = "history_away"
    """The database does not answer. details: reason"""
    HISTORY_FAILED = "history_failed"
    """An error of our own. details: reason (its place)"""
    HISTORY_LOST = "history_lost"
    """Facts were let go because too many waited to be stored. details: count"""


@value
class Fault:
    """A caught error, or a notice, as a value: the wording makes sentences of it.

    Attributes:
        details: Names and values for the sentence, as listed with the kind. Text from outside.
    """

    kind: FaultKind
    details: tuple[tuple[str, str], ...] = ()

    def detail(self, name: str) -> str:
        """Return one of the details, or an empty text."""
        return dict(self.details).get(name, "")


def fault(kind: FaultKind, **details: object) -> Fault:
    """Return a fault with its details as text, in the order given."""
    return Fault(kind=kind, details=tuple((name, str(value)) for name, value in details.items()))


class WallboardError(Exception):
    """Something this program raises itself."""


class SourceError(WallboardError):
    """A source gave no snapshot. Catch this one at the poll loop."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.kind}: {', '.join(f'{k}={v}' for k, v in fault.details)}")
        self.fault = fault


class SourceUnavailable(SourceError):
    """The source did not answer. Try again.

    Attributes:
        retry_after: How long the source asked us to wait. None if it did not.
    """

    def __init__(self, fault: Fault, *, retry_after: timedelta | None = None) -> None:
        super().__init__(fault)
        self.retry_after = retry_after


class SourceRefused(SourceError):
    """The source does not accept us or our settings. Ask the user; do not retry by itself."""


class SourceUnreadable(SourceError):
    """The source answered something we cannot read. Report it as a bug."""
