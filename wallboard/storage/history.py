"""What has happened, kept so that nothing acknowledged is lost and nothing is counted twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard.domain.clock import Clock
from wallboard.domain.coverage import MinuteSample, Stretch
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Fact,
    FactId,
    Retraction,
)
from wallboard.domain.measuring import Measuring
from wallboard.domain.snapshot import QueueId
from wallboard.storage.database import Database
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.feed import FeedWriter
from wallboard.storage.inspection import checked, info_of
from wallboard.storage.keeping import keep_calls, keep_directs, keep_spells
from wallboard.storage.kept_facts import KeptFacts
from wallboard.storage.letting_go import DAY, oldest, roll_up
from wallboard.storage.noted import LONGEST_NOTE, ROLLED_NOTE, note, noted
from wallboard.storage.reports import (
    CheckReport,
    Compacted,
    HistoryInfo,
    Kept,
    Recovery,
    Retention,
)
from wallboard.storage.rollups import interval_of
from wallboard.storage.rows import (
    EPOCH,
    MICROSECOND,
    RULES,
    SAMPLES,
    instant_of,
    instant_us,
    plain_text,
    stored_text,
)
from wallboard.storage.salvage import Found, Salvage, others, sorted_out
from wallboard.storage.sealed import SealedDays
from wallboard.storage.sealed_day import SealedDay
from wallboard.storage.sealed_late import open_placeholders, tell
from wallboard.storage.shelf import LONG_AGO, Shelf
from wallboard.storage.visits import Visits
from wallboard.storage.watching import extend

DAYS: Final = ".days"
"""What the name of the folder beside a file ends in that holds its sealed days."""

_HOUR_US: Final = timedelta(hours=1) // MICROSECOND


def open_history(  # noqa: PLR0913 - a place has that many sides
    place: Path | str | None = None,
    *,
    clock: Clock | None = None,
    schema: str = "wallboard",
    reading: bool = False,
    patience_s: float = 20.0,
    retention: Retention | None = None,
    publishing: bool = False,
) -> History:
    """Open the history of one connection, and begin it if there is none.

    A damaged file is put aside as `<name>.corrupt.<time>`, and a new one is begun; see
    `History.recovery` and `History.salvage`.

    Args:
        place: A file; the URL of a PostgreSQL server; None for memory, for as long as the program
            runs.
        clock: Tells when a damaged file was put aside. None: it is taken for as old as its last
            change.
        schema: On a server, under which name the history lies there: one for each connection.
        reading: True for one that only reads, beside the one that writes.
        patience_s: How long to wait for another program that holds the file.
        retention: What `History.retention` is to be.
        publishing: True for one whose facts are told on to others: see `History.feed`. Wants a
            clock.

    Raises:
        HistoryUnavailable: And why.
    """
    # SQLAlchemy takes a good part of the time to the first paint, which shows no history.
    from wallboard.storage.opening import opened  # noqa: PLC0415

    now = _changed_at(place) if clock is None else clock.now().wall
    done = opened(place, now, schema=schema, reading=reading, patience_s=patience_s)
    days = place.with_name(f"{place.name}{DAYS}") if isinstance(place, Path) else None
    tells = clock if publishing and not reading else None
    try:
        return History(done.database, done.salvage, days, retention, publishing=tells)
    except BaseException:
        done.database.close()
        raise


def _changed_at(place: Path | str | None) -> datetime:
    try:
        seconds = place.stat().st_mtime if isinstance(place, Path) else 0
    except OSError:
        seconds = 0
    return EPOCH + timedelta(seconds=int(seconds))


def _in_memory() -> Database:
    from wallboard.storage.opening import opened  # noqa: PLC0415 - as above

    return opened(None, EPOCH).database


class History(KeptFacts):
    """The facts of one connection. Used by one thread at a time.

    What a method that writes has returned from is on the disk. Each may raise
    HistoryUnavailable; then nothing of what it was told is kept, and it may be tried again.
    """

    def __init__(
        self,
        database: Database | None = None,
        salvage: Salvage | None = None,
        days: Path | None = None,
        retention: Retention | None = None,
        *,
        publishing: Clock | None = None,
    ) -> None:
        """Take over a database that is open.

        Args:
            database: None means one in memory.
            salvage: What is still to be taken over from a damaged one.
            days: The folder of its sealed days, which need not be there. None: none are sealed.
            retention: How long who looks after it is to keep facts. None: nothing is let go.
            publishing: Facts are told on, and this says when. None: they are not.
        """
        self.retention = retention
        self._salvage = salvage
        database = _in_memory() if database is None else database
        sealed = None if days is None else SealedDays(database, days)
        if sealed is not None and salvage is not None:
            # Before anything is kept: a file of a day that has rows may not be all of it.
            with suppress(HistoryUnavailable, OSError):
                sealed.adopt()
        super().__init__(Shelf(database, sealed))
        self._visits = Visits(database)
        self._feed: FeedWriter | None = None
        if publishing is not None:
            self._feed = FeedWriter(database, lambda: publishing.now().wall)

    @classmethod
    def in_memory(cls) -> History:
        """Return one that lasts as long as the program."""
        return cls()

    # --- writing ----------------------------------------------------------------------------
    def together(self) -> AbstractContextManager[None]:
        """Make all that is written in the block durable as one, or nothing of it."""
        return self._database.transaction()

    def keep(
        self,
        facts: Iterable[Fact] = (),
        *,
        samples: Iterable[MinuteSample] = (),
        watched: Stretch | None = None,
        rules: tuple[datetime, Measuring] | None = None,
    ) -> Kept:
        """Keep what was told, durably and as one.

        Args:
            facts: One that is known already, by its name or as the same visit, is not kept twice:
                what the two tellings know together is.
            samples: One of the same minute and queue takes the place of the one before.
            watched: Time of which all facts are known now. It extends what it touches.
            rules: From when on is measured how. Kept only if it differs from what held before.
        """
        calls: list[CallRecord] = []
        spells: list[AgentSpell] = []
        directs: list[DirectCall] = []
        for fact in facts:
            match fact:
                case CallRecord():
                    calls.append(fact)
                case AgentSpell():
                    spells.append(fact)
                case DirectCall():
                    directs.append(fact)
        try:
            with self._database.transaction():
                kept = self._keep_facts(calls, spells, directs)
                self._database.run_many("replace samples", SAMPLES.packed(samples))
                if watched is not None:
                    extend(self._database, watched)
                if rules is not None:
                    self._keep_rules(*rules)
        except BaseException:
            self._forget()
            raise
        return kept

    def drop_placeholders(self, begin: datetime, end: datetime, queues: Collection[QueueId]) -> int:
        """Forget calls of which only their number was known: an import has told who they were.

        Args:
            begin, end: From when on and before when they were counted.

        Returns:
            How many there were.
        """
        with self._database.transaction():
            if self._sealed is not None and open_placeholders(self._sealed, begin, end, queues):
                self._visits.forget()
            if self._feed is not None:
                self._feed.take_back(self._placeholders(begin, end, queues))
            return sum(
                self._database.run(
                    "placeholders",
                    instant_us(begin),
                    instant_us(end),
                    stored_text(queue),
                    "unknown",
                )
                for queue in queues
            )

    def retract(self, retractions: Iterable[Retraction]) -> int:
        """Forget calls that somebody has told, and has taken back: nobody had seen them.

        Returns:
            How many there were.
        """
        gone: list[Retraction] = []
        with self._database.transaction():
            for each in retractions:
                end = each.entered_at + timedelta(microseconds=1)
                if self._sealed is not None:
                    open_placeholders(self._sealed, each.entered_at, end, (each.queue_id,))
                if self._database.run("retract", stored_text(each.fact_id), "unknown"):
                    gone.append(each)
            if gone:
                self._visits.forget()
                if self._feed is not None:
                    self._feed.take_back(gone)
        return len(gone)

    @property
    def feed_end(self) -> str | None:
        """The cursor behind all that was told on. None if nothing is: it is not published."""
        return None if self._feed is None else self._feed.end

    # --- what it says about itself ----------------------------------------------------------
    def info(self) -> HistoryInfo:
        """Return what it holds."""
        return info_of(self._shelf, self.rolled_until)

    def check(self) -> CheckReport:
        """Read everything and look whether it is what was kept."""
        return checked(self._shelf)

    @property
    def recovery(self) -> Recovery | None:
        """What was done about a damaged file. None if none was met."""
        return None if self._salvage is None else self._salvage.recovery

    def salvage(self) -> bool:
        """Take over a few more pages of a damaged file; return whether there is more to do.

        Takes some dozen milliseconds. What is kept meanwhile and what is found of it are one, as
        with any two tellings.
        """
        if self._salvage is None or self._salvage.recovery.done:
            return False
        try:
            return not self._salvage.take(self._database, self._take_over).done
        except BaseException:
            self._forget()
            raise

    # --- letting go -------------------------------------------------------------------------
    def compact(
        self,
        now: datetime,
        *,
        keep: timedelta | None = None,
        size_limit: int | None = None,
        most_days: int | None = None,
    ) -> Compacted:
        """Roll facts up that are old, and let them go; each day as one.

        Args:
            keep: How long facts are kept. None: for ever, or as long as there is room.
            size_limit: Of the database, in bytes; above it, facts go day by day from the oldest,
                but none of the last day. None: any size.
            most_days: So many days at once, so as to be back soon. None: all.
        """
        before = self._shelf.size()
        done = Compacted(until=self.rolled_until, size_before=before, size=before)
        limit = interval_of(now - DAY)
        wanted = limit if keep is None else min(limit, interval_of(now - keep))
        at = oldest(self._shelf, self._rolled_us)
        days = 0
        while at is not None and at < limit and days != most_days:
            days += 1
            too_big = size_limit is not None and done.size > size_limit
            if not too_big and (keep is None or at >= wanted):
                break
            until = self._shelf.not_amid(min(at + DAY, limit if too_big else wanted))
            if until <= at:
                break  # of a day that is a file, all goes or nothing
            at = until
            done = self._rolled_up(at, done)
        if done.until != self.rolled_until or done.size != before:
            self._database.shrink()
        return replace(done, until=self.rolled_until, size=self._shelf.size())

    def seal(self, before: datetime) -> SealedDay | None:
        """Make a file of the calls of one day, the oldest that is over before so long.

        Takes a second for some thirty thousand calls. Not to be called within `together`.

        Args:
            before: The day, in UTC, ended then or sooner. Calls that are told later are kept all
                the same, but their day becomes rows again for it.

        Returns:
            None if there is none, or if days are not sealed here: no DuckDB, no file.
        """
        busy = self._salvage is not None and not self._salvage.recovery.done
        if self._sealed is None or busy:
            return None
        sealed = next(self._sealed.seal_before(before), None)
        if sealed is not None:
            self._visits.forget()
        return sealed

    def close(self) -> None:
        """Close it. May be called twice."""
        if self._sealed is not None:
            self._sealed.close()
        self._database.close()

    def _rolled_up(self, until: datetime, done: Compacted) -> Compacted:
        """Roll up what is not yet, up to an instant, and let it go."""
        since = instant_of(max(self._rolled_us, instant_us(EPOCH)))
        with self._database.transaction():
            calls, spells = self.calls(EPOCH, until), self.spells(since, until)
            gone = roll_up(self._shelf, since, until, calls, spells)
        self._rolled_us = instant_us(until)
        self._visits.forget()
        if self._sealed is not None:
            self._sealed.tidy()
        return replace(
            done,
            until=until,
            calls=done.calls + gone.calls,
            spells=done.spells + gone.spells,
            directs=done.directs + gone.directs,
            samples=done.samples + gone.samples,
            size=self._shelf.size(),
        )

    def _take_over(self, found: list[Found]) -> None:
        facts, samples, stretches = sorted_out(found)
        self.keep(facts, samples=samples)
        for stretch in stretches:
            extend(self._database, stretch)
        for table, row in others(found):
            self._database.run(f"keep {table}", *row)
        self._rolled_us = int(noted(self._database, ROLLED_NOTE) or LONG_AGO)
        self._shelf.forget_days(self._rolled_us)

    # --- within -----------------------------------------------------------------------------
    def _forget(self) -> None:
        """Remember nothing of what is in the database, as after a transaction that was undone."""
        self._visits.forget()
        if self._feed is not None:
            self._feed.forget()

    def _placeholders(
        self, begin: datetime, end: datetime, queues: Collection[QueueId]
    ) -> list[Retraction]:
        return [
            Retraction(
                fact_id=FactId(plain_text(fact_id)),
                queue_id=QueueId(plain_text(queue_id)),
                entered_at=instant_of(us),
            )
            for queue in queues
            for fact_id, queue_id, us in self._database.rows(
                "placeholders found",
                instant_us(begin),
                instant_us(end),
                stored_text(queue),
                "unknown",
            )
        ]

    def _keep_facts(
        self, calls: list[CallRecord], spells: list[AgentSpell], directs: list[DirectCall]
    ) -> Kept:
        told = len(calls) + len(spells) + len(directs)
        if self._rolled_us != LONG_AGO:
            horizon = instant_of(self._rolled_us)
            calls = [call for call in calls if call.entered_at >= horizon]
            spells = [spell for spell in spells if spell.ended_at > horizon]
            directs = [call for call in directs if call.began_at >= horizon]
        kept = Kept(too_old=told - len(calls) - len(spells) - len(directs))
        if calls and self._sealed is not None:
            told_days = tell(self._sealed, calls)
            kept += Kept(known=len(calls) - len(told_days.news))
            calls = told_days.news
            if told_days.reopened or told_days.lost:
                self._visits.forget()
            self._damaged_days |= {day.day: day.rows for day in told_days.lost}
        news: list[Fact] | None = None if self._feed is None else []
        if calls:
            kept += keep_calls(self._database, self._visits, calls, news)
        if spells:
            kept += keep_spells(self._database, spells, news)
            self._grow(max(spell.ended_at - spell.began_at for spell in spells))
        if directs:
            kept += keep_directs(self._database, directs, news)
        if self._feed is not None and news:
            self._feed.tell(news)
        return kept

    def _grow(self, longest: timedelta) -> None:
        """Know how far back a spell may have begun that is still going on."""
        us = longest // MICROSECOND
        if us > self._longest_us:
            # A union is as long as its parts together, at the most.
            self._longest_us = (2 * us // _HOUR_US + 1) * _HOUR_US
            note(self._database, LONGEST_NOTE, str(self._longest_us))

    def _keep_rules(self, since: datetime, measuring: Measuring) -> None:
        held = [rule for at, rule in self.rules() if at <= since]
        if not held or held[-1] != measuring:
            self._database.run_many("replace rules", RULES.packed(((since, measuring),)))
