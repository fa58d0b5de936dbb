"""The door through which every call-center system comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeAlias

from wallboard.domain.clock import Clock
from wallboard.domain.coverage import Stretch
from wallboard.domain.errors import Fault, SourceRefused
from wallboard.domain.facts import Fact, Retraction
from wallboard.domain.finding import Finding, Verdict
from wallboard.domain.snapshot import AgentId, QueueId, Snapshot, SnapshotChange, difference
from wallboard.domain.supervision import Monitoring, Wish, WishKind, WishResult
from wallboard.domain.value import value

__all__ = [
    "Fetched",
    "Field",
    "FieldForm",
    "Finding",
    "Gap",
    "Interrupt",
    "Recalled",
    "Source",
    "SourceKind",
    "Told",
    "Verdict",
]


class Interrupt(Protocol):
    """Becomes readable when somebody wants a waiting source's attention."""

    def fileno(self) -> int:
        """Return what `select` can wait for."""
        ...


@value
class Fetched:
    """One look at a source.

    Attributes:
        snapshot: The whole picture.
        facts: What has ended since the last fetch. A call that is gone from the snapshot has its
            fact in the same Fetched. May be told again; the fact's id says that it is the same.
        notices: What is worth knowing although the source works. Those that hold now, each time.
        retracted: What was told before and is no call any more. None of `facts` is among them.
        since: A picture that was fetched before, the very object, if the source knows what
            changed since then. None: whoever wants to know compares.
        change: That; whole as `difference` of the two would tell it, in any order.
        results: What came of wishes that were under way, each told once.
        monitorings: Who is in whose call now. Those that last, each time. None if the source
            cannot tell who listens.
        lacks: The commands that the account at the source may not give, as far as that is known
            before one is given; each with what is missing, such as `write = originate`. All of
            them, each time.
    """

    snapshot: Snapshot
    facts: tuple[Fact, ...] = ()
    notices: tuple[Fault, ...] = ()
    retracted: tuple[Retraction, ...] = ()
    since: Snapshot | None = None
    change: SnapshotChange | None = None
    results: tuple[WishResult, ...] = ()
    monitorings: tuple[Monitoring, ...] | None = None
    lacks: tuple[tuple[WishKind, str], ...] = ()

    def changed_since(self, before: Snapshot | None) -> SnapshotChange:
        """Return what changed since a picture. None: everything."""
        if self.change is not None and before is not None and self.since is before:
            return self.change
        return difference(before, self.snapshot)


class Source(Protocol):
    """One connection to a call-center system. Used by one thread at a time.

    A source that failed stays usable: the next fetch tries again, and calls that it knew before
    are reconciled, so that nothing is lost or counted twice.
    """

    def fetch(self) -> Fetched:
        """Return the whole picture and what ended since the last one.

        Raises:
            SourceError: There is no picture now; the kind says what to do about it.
        """
        ...

    def wait(self, pause: timedelta, interrupt: Interrupt) -> None:
        """Return after `pause`, or earlier if there is something new or `interrupt` is readable."""
        ...

    def supervise(self, wish: Wish) -> WishResult | None:
        """Do what the supervisor asked, at most once. Raises nothing that is to be expected.

        None: it is under way, as a phone that rings is; the result comes with a later fetch,
        and it names this very wish. `wait` returns when it is there.
        """
        ...

    def close(self) -> None:
        """Let go of the connection. May be called more than once."""
        ...


class FieldForm(StrEnum):
    """How a field of a connection is asked for."""

    TEXT = "text"
    NUMBER = "number"
    SWITCH = "switch"
    """`yes` or `no`"""
    CHOICE = "choice"


@value
class Field:
    """One thing that must be known to connect.

    Attributes:
        label, hint: English; the wording has the Persian.
        secret: Kept in the keyring, never in a file of settings.
        required: An empty value is refused.
        binds: It says to whom the secrets are told: with another value they are asked for anew.
    """

    key: str
    label: str
    hint: str = ""
    form: FieldForm = FieldForm.TEXT
    default: str = ""
    choices: tuple[str, ...] = ()
    secret: bool = False
    required: bool = False
    binds: bool = False


Told: TypeAlias = Mapping[str, str]
"""The fields' values by key, secrets among them."""


@value
class Gap:
    """Time in which nobody watched a source.

    Attributes:
        begin, end: On the source's clock. Who was in a queue at its end is seen live.
        names: Who is meant by a person's name, as the live source tells it.
        targets: The service levels' times to answer, likewise.
    """

    begin: datetime
    end: datetime
    names: Mapping[str, AgentId] = field(default_factory=dict)
    targets: Mapping[QueueId, timedelta] = field(default_factory=dict)


@value
class Recalled:
    """A part of what a source tells of a gap.

    Attributes:
        known: Time of the gap of which all is told with this part and those before. None if
            there is more to come.
    """

    facts: tuple[Fact, ...] = ()
    known: Stretch | None = None


@value
class SourceKind:
    """A kind of system one can connect to; what a vendor's package exports as KIND.

    Attributes:
        key: Stable, lower case; it is kept in settings.
        label: English; the wording has the Persian.
        poll: How often the source proves that it is alive.
        connect: Makes a source; touches no network yet.
        check: Connects, looks closely and tells what it finds, line by line.
        past: Tells what happened in a gap, part by part, none of which takes long; may be called
            in another process than the source's. None if there is no telling. Nothing comes where
            the connection has no log to read; SourceError where it cannot be read.
        poll_of: How often, where a field of the connection says it. None if always `poll`.
        commands: What a source of these fields can be asked to do by a supervisor; whether it
            does it, it says each time. None if nothing.
    """

    key: str
    label: str
    fields: tuple[Field, ...]
    poll: timedelta
    connect: Callable[[Told, Clock], Source]
    check: Callable[[Told, Clock], Iterator[Finding]]
    past: Callable[[Told, Gap], Iterator[Recalled]] | None = None
    poll_of: Callable[[Told], timedelta] | None = None
    commands: Callable[[Told], frozenset[WishKind]] | None = None

    def takes(self, told: Told) -> frozenset[WishKind]:
        """Return what a source of these fields can be asked to do by a supervisor."""
        return frozenset() if self.commands is None else self.commands(told)

    def pace(self, told: Told) -> timedelta:
        """Return how often a source of these fields proves that it is alive.

        Of a field that cannot be used the source itself tells what is wrong with it.
        """
        if self.poll_of is None:
            return self.poll
        try:
            return self.poll_of(told)
        except SourceRefused:
            return self.poll
