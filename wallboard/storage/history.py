"""What has happened, kept so that nothing acknowledged is lost and nothing is counted twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

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
from wallboard.storage.delivery_rows import DELIVERIES
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.feed import FeedPage, FeedWriter, feed_page
from wallboard.storage.keeping import keep_calls, keep_directs, keep_spells
from wallboard.storage.noted import LONGEST_NOTE, ROLLED_NOTE, SCHEMA_NOTE, note, noted
from wallboard.storage.reports import (
    AgentRollup,
    CheckReport,
    Compacted,
    HistoryInfo,
    Kept,
    QueueRollup,
    Recovery,
    Retention,
)
from wallboard.storage.rollups import (
    AGENT_ROLLUPS,
    QUEUE_ROLLUPS,
    agent_rollups,
    interval_of,
    queue_rollups,
)
from wallboard.storage.rows import (
    ALERT_EVENTS,
    ALERT_STATES,
    CALL_BACKS,
    CALLS,
    DIRECTS,
    EPOCH,
    MICROSECOND,
    NOTES,
    RULES,
    SAMPLES,
    SPELLS,
    STRETCHES,
    Form,
    Row,
    instant_of,
    instant_us,
    plain_text,
    stored_text,
)
from wallboard.storage.salvage import Found, Salvage, others, sorted_out
from wallboard.storage.sealed import SealedDays
from wallboard.storage.sealed_day import SealedDay
from wallboard.storage.sealed_late import open_placeholders, tell
from wallboard.storage.visits import Visits

_Value = TypeVar("_Value")
_PAGED: Final = (CALLS, SPELLS, DIRECTS)
_HOUR_US: Final = timedelta(hours=1) // MICROSECOND
_ALL: Final[tuple[Form[Any], ...]] = (
    CALLS,
    SPELLS,
    DIRECTS,
    SAMPLES,
    STRETCHES,
    RULES,
    QUEUE_ROLLUPS,
    AGENT_ROLLUPS,
    ALERT_STATES,
    ALERT_EVENTS,
    DELIVERIES,
    CALL_BACKS,
    NOTES,
)
_SINCE: Final = dict.fromkeys(
    (ALERT_STATES.table, ALERT_EVENTS.table, DELIVERIES.table, CALL_BACKS.table), 3
)
"""The layout that brought a table; one that is only read may be older."""

DAYS: Final = ".days"
"""What the name of the folder beside a file ends in that holds its sealed days."""

_DAY: Final = timedelta(days=1)
_LONG_AGO: Final = -(1 << 62)
_EVER: Final = 1 << 62


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


class History:
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
        self._database = _in_memory() if database is None else database
        self._salvage = salvage
        self._sealed = None if days is None else SealedDays(self._database, days)
        if self._sealed is not None and salvage is not None:
            # Before anything is kept: a file of a day that has rows may not be all of it.
            with suppress(HistoryUnavailable, OSError):
                self._sealed.adopt()
        self._visits = Visits(self._database)
        self._damaged: dict[tuple[str, int], None] = {}
        self._damaged_days: dict[int, int] = {}
        self._feed: FeedWriter | None = None
        if publishing is not None:
            self._feed = FeedWriter(self._database, lambda: publishing.now().wall)
        self._longest_us = int(noted(self._database, LONGEST_NOTE) or 0)
        self._rolled_us = int(noted(self._database, ROLLED_NOTE) or _LONG_AGO)

    @classmethod
    def in_memory(cls) -> History:
        """Return one that lasts as long as the program."""
        return cls()

    @property
    def database(self) -> Database:
        """What the facts lie in, for who sums them."""
        return self._database

    @property
    def sealed(self) -> SealedDays | None:
        """Its days that are files. None if there can be none: in memory, or on a server."""
        return self._sealed

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
                    self._extend(watched)
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

    # --- reading ----------------------------------------------------------------------------
    def calls(
        self, begin: datetime, end: datetime, *, queues: Collection[QueueId] | None = None
    ) -> Iterator[CallRecord]:
        """Return the calls that arrived from `begin` on and before `end`, in order of arrival.

        Args:
            queues: Only of these; None means of all.
        """
        wanted = None if queues is None else {stored_text(queue) for queue in queues}
        yield from self._calls(instant_us(begin), instant_us(end), wanted)

    def spells(
        self, begin: datetime, end: datetime, *, begun: datetime | None = None
    ) -> Iterator[AgentSpell]:
        """Return the spells of which a part lies between, in order of their begin.

        Args:
            begun: Only those that began from then on. None means any.
        """
        since = instant_us(begin)
        first = since - self._longest_us if begun is None else instant_us(begun)
        for row in self._pages(SPELLS, max(first, since - self._longest_us), instant_us(end)):
            if row[5] > since:
                yield from self._sound(SPELLS, row)

    def directs(self, begin: datetime, end: datetime) -> Iterator[DirectCall]:
        """Return the calls without a queue that began from `begin` on and before `end`."""
        for row in self._pages(DIRECTS, instant_us(begin), instant_us(end)):
            yield from self._sound(DIRECTS, row)

    def samples(self, begin_minute: int, end_minute: int) -> Iterator[MinuteSample]:
        """Return the samples of these minutes, the last one excluded, minute by minute."""
        key: Row = (begin_minute, -1, "")
        while rows := self._database.rows("samples", *key, end_minute):
            for row in rows:
                sample = SAMPLES.unpacked(row)
                if sample is not None:
                    yield sample
                else:
                    self._damaged[("samples", hash(row[:3]))] = None
            key = rows[-1][:3]

    def samples_of(
        self, queue_id: QueueId | None, begin_minute: int, end_minute: int
    ) -> Iterator[MinuteSample]:
        """Return the samples of one queue, or None for the site's, the last minute excluded."""
        key: Row = (int(queue_id is not None), stored_text(queue_id or ""))
        minute = begin_minute - 1
        while rows := self._database.rows("samples of", *key, minute, end_minute):
            for row in rows:
                sample = SAMPLES.unpacked(row)
                if sample is not None:
                    yield sample
                else:
                    self._damaged[("samples", hash(row[:3]))] = None
            minute = rows[-1][0]

    def stretches(self, begin: datetime, end: datetime) -> tuple[Stretch, ...]:
        """Return what was watched of this time, by whom, in order; not cut at its ends."""
        rows = self._database.rows("stretches", instant_us(end), instant_us(begin))
        found = [self._sound(STRETCHES, row) for row in rows]
        return tuple(stretch for some in found for stretch in some if stretch.end > begin)

    def rules(self) -> tuple[tuple[datetime, Measuring], ...]:
        """Return from when on was measured how, in order."""
        rows = [RULES.unpacked(row) for row in self._database.rows("all rules")]
        return tuple(row for row in rows if row is not None)

    def feed(self, after: str | None, until: str | None, limit: int) -> FeedPage:
        """Return facts in the order in which they were kept, each time more was known of them.

        Args:
            after: From behind this cursor on. None: nothing, but the cursor of the present end.
            until: Up to this cursor at most. None: to the end.
            limit: How many at most, at least one.

        Raises:
            CursorUnknown: A cursor is not of this history, or what follows it was let go.
        """
        return feed_page(self._database, after, until, limit)

    @property
    def feed_end(self) -> str | None:
        """The cursor behind all that was told on. None if nothing is: it is not published."""
        return None if self._feed is None else self._feed.end

    def __len__(self) -> int:
        """Return how many facts are kept."""
        return sum(self._count(form.table) for form in _PAGED) + self._sealed_calls()

    def __iter__(self) -> Iterator[Fact]:
        """Return all facts: calls, spells, calls without a queue; each in order of time."""
        yield from self._calls(_LONG_AGO, _EVER)
        for row in self._pages(SPELLS, _LONG_AGO, _EVER):
            yield from self._sound(SPELLS, row)
        for row in self._pages(DIRECTS, _LONG_AGO, _EVER):
            yield from self._sound(DIRECTS, row)

    @property
    def damaged(self) -> int:
        """How many rows were met so far that are not what was kept; they were left out."""
        return len(self._damaged) + sum(self._damaged_days.values())

    def queue_rollups(self, begin: datetime, end: datetime) -> Iterator[QueueRollup]:
        """Return what is left of calls that are gone: the intervals that begin in this time."""
        yield from self._rollups(QUEUE_ROLLUPS, begin, end)

    def agent_rollups(self, begin: datetime, end: datetime) -> Iterator[AgentRollup]:
        """Return the same by agent."""
        yield from self._rollups(AGENT_ROLLUPS, begin, end)

    # --- what it says about itself ----------------------------------------------------------
    def info(self) -> HistoryInfo:
        """Return what it holds."""
        span = self._span()
        engine, journal = self._database.version()
        tables = ("calls", "spells", "directs", "samples", "stretches", "rules")
        rows = {table: self._count(table) for table in tables}
        rows["calls"] += self._sealed_calls()
        return HistoryInfo(
            place=self._database.place,
            size=self._size(),
            rows=rows,
            sealed=0 if self._sealed is None else len(self._sealed.days()),
            first=None if span is None else instant_of(span[0]),
            last=None if span is None else instant_of(span[1]),
            rolled_until=self.rolled_until,
            schema=int(noted(self._database, SCHEMA_NOTE) or 0),
            engine=engine,
            journal=journal,
        )

    def check(self) -> CheckReport:
        """Read everything and look whether it is what was kept."""
        read: dict[str, int] = {}
        damaged: dict[str, int] = {}
        said = list(self._database.complaints())
        layout = int(noted(self._database, SCHEMA_NOTE) or 0)
        for form in _ALL:
            if layout < _SINCE.get(form.table, 0):
                continue
            try:
                read[form.table], bad = self._checked(form)
            except HistoryUnavailable as error:
                said.append(f"{form.table}: {error.reason}")
                continue
            if bad:
                damaged[form.table] = bad
        if self._sealed is not None:
            said += self._sealed.check()
            with suppress(HistoryUnavailable):  # told already
                read[CALLS.table] = read.get(CALLS.table, 0) + self._sealed_calls()
        return CheckReport(rows=read, damaged=damaged, said=tuple(said))

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
        before = self._size()
        done = Compacted(until=self.rolled_until, size_before=before, size=before)
        limit = interval_of(now - _DAY)
        wanted = limit if keep is None else min(limit, interval_of(now - keep))
        at = self._oldest()
        days = 0
        while at is not None and at < limit and days != most_days:
            days += 1
            too_big = size_limit is not None and done.size > size_limit
            if not too_big and (keep is None or at >= wanted):
                break
            until = self._not_amid(min(at + _DAY, limit if too_big else wanted))
            if until <= at:
                break  # of a day that is a file, all goes or nothing
            at = until
            done = self._rolled_up(at, done)
        if done.until != self.rolled_until or done.size != before:
            self._database.shrink()
        return replace(done, until=self.rolled_until, size=self._size())

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

    @property
    def rolled_until(self) -> datetime | None:
        """Before this time there are only roll-ups. None if nothing was rolled up."""
        return None if self._rolled_us == _LONG_AGO else instant_of(self._rolled_us)

    def close(self) -> None:
        """Close it. May be called twice."""
        if self._sealed is not None:
            self._sealed.close()
        self._database.close()

    def _oldest(self) -> datetime | None:
        """Return the begin of the interval of the oldest fact. None if there is none."""
        told: list[int] = []
        for form in (SPELLS, DIRECTS):
            ((first, _),) = self._database.rows(f"first {form.table}")
            if first is not None:
                told.append(first)
        told += (self._span() or ())[:1]
        if not told:
            return None
        # What goes on from before has been counted up to there.
        return interval_of(instant_of(max(min(told), self._rolled_us)))

    def _rolled_up(self, until: datetime, done: Compacted) -> Compacted:
        """Roll up what is not yet, up to an instant, and let it go."""
        since = instant_of(max(self._rolled_us, instant_us(EPOCH)))
        us = instant_us(until)
        with self._database.transaction():
            calls = tuple(self.calls(EPOCH, until))
            spells = tuple(self.spells(since, until))
            self._add_rollups(QUEUE_ROLLUPS, queue_rollups(calls))
            self._add_rollups(AGENT_ROLLUPS, agent_rollups(calls, spells, since, until))
            gone = {
                form.table: self._database.run(f"drop {form.table}", _LONG_AGO, us)
                for form in (CALLS, DIRECTS)
            }
            gone["calls"] += self._forget_days(us)
            gone["spells"] = self._database.run("past spells", us)
            gone["samples"] = self._database.run("past samples", us // 60_000_000)
            self._database.run("past alert_events", us)
            self._database.run("past call_backs", us)
            note(self._database, ROLLED_NOTE, str(us))
        self._rolled_us = us
        self._visits.forget()
        if self._sealed is not None:
            self._sealed.tidy()
        return Compacted(
            until=until,
            calls=done.calls + gone["calls"],
            spells=done.spells + gone["spells"],
            directs=done.directs + gone["directs"],
            samples=done.samples + gone["samples"],
            size_before=done.size_before,
            size=self._size(),
        )

    def _add_rollups(self, form: Form[_Value], rollups: Iterable[_Value]) -> None:
        self._database.run_many(f"replace {form.table}", form.packed(rollups))

    def _rollups(self, form: Form[_Value], begin: datetime, end: datetime) -> Iterator[_Value]:
        question = form.table.replace("_", " ")
        # Behind every key of the microsecond before, in which no interval begins.
        key: Row = (instant_us(begin) - 1, "")
        while rows := self._database.rows(question, *key, instant_us(end)):
            for row in rows:
                value = form.unpacked(row)
                if value is None:
                    self._damaged[(form.table, hash(row[:2]))] = None
                else:
                    yield value
            key = rows[-1][:2]

    def _checked(self, form: Form[Any]) -> tuple[int, int]:
        """Return how many rows there are, and how many are damaged."""
        if form in _PAGED:
            rows: Iterable[Row] = (row[1:] for row in self._pages(form, _LONG_AGO, _EVER))
        elif form is STRETCHES:
            rows = [row[1:] for row in self._database.rows("stretches", _EVER, _LONG_AGO)]
        else:
            rows = self._database.rows(f"all {form.table}")
        read = bad = 0
        for row in rows:
            read += 1
            bad += form.unpacked(row) is None
        return read, bad

    def _take_over(self, found: list[Found]) -> None:
        facts, samples, stretches = sorted_out(found)
        self.keep(facts, samples=samples)
        for stretch in stretches:
            self._extend(stretch)
        for table, row in others(found):
            self._database.run(f"keep {table}", *row)
        self._rolled_us = int(noted(self._database, ROLLED_NOTE) or _LONG_AGO)
        self._forget_days(self._rolled_us)

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
        if self._rolled_us != _LONG_AGO:
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

    def _calls(
        self, begin_us: int, end_us: int, queues: Collection[str] | None = None
    ) -> Iterator[CallRecord]:
        """Yield calls, of sealed days too, in order of arrival."""
        if self._sealed is None:
            for row in self._pages(CALLS, begin_us, end_us):
                if queues is None or row[3] in queues:
                    yield from self._sound(CALLS, row)
            return
        for page in self._sealed.pages(begin_us, end_us, self._damaged_days):
            for row in page:
                if queues is None or row[2] in queues:
                    call = CALLS.unpacked(row)
                    if call is not None:
                        yield call
                    else:
                        self._damaged[(CALLS.table, hash(row[0]))] = None

    def _sealed_calls(self) -> int:
        return 0 if self._sealed is None else sum(day.rows for day in self._sealed.days())

    def _span(self) -> tuple[int, int] | None:
        """Return when the first and the last call arrived. None if there is none."""
        if self._sealed is not None:
            return self._sealed.span()
        ((first, last),) = self._database.rows("first calls")
        return None if first is None else (first, last)

    def _size(self) -> int:
        return self._database.size() + (0 if self._sealed is None else self._sealed.size())

    def _not_amid(self, instant: datetime) -> datetime:
        """Return an instant, or the begin of the sealed day that it is amid."""
        if self._sealed is None:
            return instant
        return instant_of(self._sealed.last_before(instant_us(instant)))

    def _forget_days(self, until_us: int) -> int:
        """Let sealed days go that are over before an instant; return how many calls they had."""
        if self._sealed is None:
            return 0
        past = self._sealed.between(_LONG_AGO, until_us)
        return sum(self._sealed.forget(day.day) for day in past if day.end_us <= until_us)

    def _grow(self, longest: timedelta) -> None:
        """Know how far back a spell may have begun that is still going on."""
        us = longest // MICROSECOND
        if us > self._longest_us:
            # A union is as long as its parts together, at the most.
            self._longest_us = (2 * us // _HOUR_US + 1) * _HOUR_US
            note(self._database, LONGEST_NOTE, str(self._longest_us))

    def _extend(self, watched: Stretch) -> None:
        begin, end = instant_us(watched.begin), instant_us(watched.end)
        if end <= begin:
            return
        touched = [
            row
            for row in self._database.rows("stretches", end, begin)
            if row[3] == watched.witness.value and STRETCHES.unpacked(row[1:]) is not None
        ]
        begin = min([begin, *(row[1] for row in touched)])
        end = max([end, *(row[2] for row in touched)])
        whole = Stretch(begin=instant_of(begin), end=instant_of(end), witness=watched.witness)
        (cells,) = STRETCHES.packed((whole,))
        if not touched:
            self._database.run("insert stretches", *cells)
            return
        first, *others = touched
        if first[1:] != cells:
            self._database.run("update stretches", *cells, first[0])
        self._database.run_many("delete stretches", [(row[0],) for row in others])

    def _keep_rules(self, since: datetime, measuring: Measuring) -> None:
        held = [rule for at, rule in self.rules() if at <= since]
        if not held or held[-1] != measuring:
            self._database.run_many("replace rules", RULES.packed(((since, measuring),)))

    def _pages(self, form: Form[_Value], begin: int, end: int) -> Iterator[Row]:
        # Page by page, so that facts may be kept while they are read, and none takes more room.
        at, seq = begin - 1, _EVER
        while rows := self._database.rows(f"page {form.table}", at, seq, end):
            yield from rows
            at, seq = rows[-1][1 + form.columns.index(form.at)], rows[-1][0]

    def _sound(self, form: Form[_Value], row: Row) -> tuple[_Value, ...]:
        """Return the value of a row with its number, or nothing if it is damaged."""
        value = form.unpacked(row[1:])
        if value is None:
            self._damaged[(form.table, row[0])] = None
            return ()
        return (value,)

    def _count(self, table: str) -> int:
        ((count,),) = self._database.rows(f"count {table}")
        return int(count)
