"""Another system's HTTP API as a source: asked and read as a mapping file says."""

from __future__ import annotations

import select
from collections.abc import Mapping as AnyMapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard.api.picture import Taken
from wallboard.domain.clock import Clock
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.source import Fetched, Interrupt
from wallboard.domain.supervision import Wish, WishResult
from wallboard.sources.rest.client import Client
from wallboard.sources.rest.mapping import Mapped, mapping_of
from wallboard.sources.rest.mapping_asker import Asker
from wallboard.sources.rest.mapping_counts import Counts
from wallboard.sources.rest.mapping_picture import LiveCall, Memory, set_back
from wallboard.sources.rest.noticing import Noticing
from wallboard.sources.rest.settings import Account

SET_BACK: Final = timedelta(seconds=60)
"""A server whose time goes back by more had its clock set: from then on that time counts."""


class MappedSource:
    """One system, read by a mapping. See `Source` for what the methods promise."""

    def __init__(self, account: Account, clock: Clock) -> None:
        """Read the mapping; touch no network yet.

        Raises:
            SourceRefused: It cannot be used, or a file that is told cannot.
        """
        self._mapping = mapping_of(Path(account.mapping))
        self._account = account
        self._clock = clock
        self._client = Client(account, clock)
        self._noticing = Noticing(self._client)
        self._asker = Asker(self._client, clock, address_of_account(account))
        self._last: Mapped | None = None
        self._counts = Counts(self._mapping.plan)

    def fetch(self) -> Fetched:
        """Return the picture and what ended since the last one."""
        self._client.begin(self._account.deadline)
        last = self._last
        asked = self._asker.ask(self._mapping, None if last is None else last.snapshot.as_of)
        mapped = self._mapping.picture(asked.answers, asked.at, self._caught_up(last, asked.at))
        self._last = mapped
        now = self._clock.now()
        taken = Taken(snapshot=mapped.snapshot, ignored=mapped.ignored)
        snapshot, less = self._counts.pictured(mapped)
        return Fetched(
            snapshot=snapshot,
            # Whoever is gone is in the sums: as a call of its own he would be counted twice.
            facts=() if self._mapping.plan.counters else mapped.facts,
            notices=(*less, *self._noticing.notices(taken, now)),
        )

    def wait(self, pause: timedelta, interrupt: Interrupt) -> None:
        """Return after `pause`: a server that is asked has no way to tell by itself."""
        select.select([interrupt], [], [], max(0.0, pause.total_seconds()))

    def supervise(self, wish: Wish) -> WishResult:
        """Refuse: a mapping reads, and changes nothing."""
        return WishResult(wish=wish, done=False, reason="not supported yet")

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def resume(self, snapshot: Snapshot) -> None:
        """Take over the open calls of a source that ended."""
        self._last = resumed(snapshot)

    def _caught_up(self, last: Mapped | None, at: datetime) -> Mapped | None:
        """Return the last picture, at an earlier time if the server's clock was set back."""
        if last is None or last.snapshot.as_of - at <= SET_BACK:
            return last
        back = last.snapshot.as_of - at
        self._noticing.happened(
            fault(FaultKind.CLOCK_OFF, seconds=round(back.total_seconds())), self._clock.now()
        )
        return set_back(last, at)


def address_of_account(account: Account) -> str:
    """Return the address of an API as links are compared with it."""
    return f"{account.origin}{account.base}"


def resumed(snapshot: Snapshot) -> Mapped:
    """Return a picture that somebody else made, so that the next one can follow it."""
    live: dict[str, LiveCall] = {}
    visits: dict[str, int] = {}
    for call_id, call in snapshot.calls.items():
        raw, sign, number = call_id.rpartition("~")
        if sign and number.isdecimal() and number.isascii() and len(number) < 7:
            visits[raw] = int(number)
        else:
            raw = call_id
        live[raw] = LiveCall(call=call)
    told: AnyMapping[str, int] = {}
    return Mapped(snapshot=snapshot, told=told, memory=Memory(live=live, visits=visits))
