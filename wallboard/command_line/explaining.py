"""The command `explain`: one figure of a connection's history, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import Final

from wallboard import app
from wallboard.app.agent_hours import without_hours
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.histories import history_of
from wallboard.command_line.instants import instant_told
from wallboard.command_line.openings import Session, profile_called
from wallboard.domain.agent_time import NO_AGENT_TIME, AgentTime, time_of
from wallboard.domain.coverage import Coverage, Stretch, coverage_of
from wallboard.domain.facts import CallRecord, answered
from wallboard.domain.measuring import Measuring, stamped
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import NOTHING, Totals, added, totals_of
from wallboard.engine.contacts import (
    REPEAT_DAYS,
    ContactTotals,
    Repeats,
    contact_totals,
    contacts_of,
    repeats,
)
from wallboard.engine.explain import (
    Json,
    behind,
    explain,
    profile_json,
)
from wallboard.engine.explanation import Explanation
from wallboard.engine.hours_known import hours_tell
from wallboard.engine.kpi import KPI_BY_KEY, Booking, Kpi, Sums
from wallboard.engine.windows import Window, WindowKind, range_window, so_far, window_at
from wallboard.storage import ranges
from wallboard.storage.history import History
from wallboard.ui import explained
from wallboard.ui.call_rows import COLUMN_NAMES, CallColumn, Names, cell_text, row_of
from wallboard.ui.outside_text import shown
from wallboard.ui.words import Phrase, phrase

_BATCH: Final = 5_000
_LONG: Final = timedelta(days=3)
"""Of longer times calls are not read one by one, but counted by the database."""
_OF_CONTACTS: Final = frozenset({"handle_contact"})
_OF_REPEATS: Final = frozenset({"repeat_rate", "fcr_repeat"})
_OF_AGENT_HOURS: Final = frozenset({"cph"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for.

    Attributes:
        key: Of the KPI.
        profile: The connection's name.
        queues: Empty for all.
        since, until: As told; None if not told.
        days: Within how many days a call is a repeat.
        calls: True to list the calls behind the figure.
    """

    key: str
    profile: str
    queues: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    days: int = REPEAT_DAYS[-1]
    calls: bool = False
    as_json: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A figure, and how it was come by.

    Attributes:
        calls: How many calls are behind it.
        target: The time to answer that held for all of them. None if there is no one such.
        refused: Why there is no figure, in the user's language; empty if there is one.
    """

    told: Explanation
    calls: int
    target: timedelta | None
    refused: str


def explain_kpi(session: Session, asked: Asked) -> Exit:
    """Tell a figure, what was divided by what, and on which calls and which time it rests.

    Raises:
        Stop: There is no such KPI, connection, queue or time.
        HistoryUnavailable: The history cannot be read.
    """
    kpi = _kpi(session, asked.key)
    profile = profile_called(session, asked.profile)
    measuring = session.settings.measuring_of(profile.name)
    zone = app.zone_called(profile.zone or session.settings.zone)
    now = app.system_clock().now().wall
    window = _window(session, asked, measuring, zone, now)
    with history_of(session, profile.name, reading=True) as history:
        _check_reach(session, history, window, zone)
        reader = _Reader(history, measuring, asked, kpi, window)
        reader.check_queues(session)
        found = reader.found(session, now)
        if asked.as_json:
            session.voice.say(_json(session, asked, found))
        else:
            _tell(session, found, zone)
            if asked.calls and not found.refused:
                _tell_calls(session, reader.behind(found.told), zone)
    if not found.refused:
        return Exit.GOOD
    session.voice.complain(found.refused)
    return Exit.USAGE


class _Reader:
    """Reads what a figure rests on; the calls more than once, so that few are held at a time."""

    def __init__(
        self, history: History, measuring: Measuring, asked: Asked, kpi: Kpi, window: Window
    ) -> None:
        self._history = history
        self._measuring = measuring
        self._asked = asked
        self._kpi = kpi
        self._window = window
        self._queues = tuple(QueueId(queue) for queue in dict.fromkeys(asked.queues))
        self._kinds = self._kinds_of_calls()

    def check_queues(self, session: Session) -> None:
        """Make sure that each queue is known, if only from another day.

        Raises:
            Stop: One is not.
        """
        if not self._queues:
            return
        window = self._window
        calls = self._records(window.begin, window.end) if self._kinds is None else self._kinds
        seen = {record.queue_id for record in calls}
        seen.update(self._measuring.by_queue)
        missing = [queue for queue in self._queues if queue not in seen]
        if not missing:
            return
        known = sorted(seen | self._known_queues())
        unknown = next((queue for queue in missing if queue not in known), None)
        if unknown is not None and not known:
            raise session.voice.stop(
                phrase(
                    "CommandLine",
                    "No call is kept of {name} yet. Open its board, or import its log.",
                ),
                name=self._asked.profile,
            )
        if unknown is not None:
            raise session.voice.stop(
                phrase(
                    "CommandLine",
                    "No call of a queue {queue} is kept of {name}; there are: {queues}.",
                ),
                queue=unknown,
                name=self._asked.profile,
                queues=", ".join(known),
            )

    def found(self, session: Session, now: datetime) -> _Found:
        """Return the figure with all that it rests on."""
        queues, totals, targets = self._totals()
        profiles = [self._measuring.rule(queue).level for queue in (self._queues or sorted(queues))]
        sums = Sums(
            calls=totals,
            time=self._agent_time(),
            span=self._window.length,
            level=profiles[0] if profiles else self._measuring.usual.level,
            contacts=self._contacts(),
            repeats=self._repeats(now),
        )
        told = explain(
            self._asked.key,
            sums,
            window=self._window,
            coverage=self._coverage(),
            profiles=profiles,
        )
        return _Found(
            told=told,
            calls=self._count(told) if told.refused is None else 0,
            target=targets.pop() if len(targets) == 1 else None,
            refused=explained.refusal_words(told, session.voice.wording)
            or self._no_figure(session, totals.answered),
        )

    def behind(self, told: Explanation) -> Iterator[CallRecord]:
        """Yield the calls behind the figure, by arrival."""
        for record in self._calls():
            if _is_behind(told, record):
                yield record

    def _kinds_of_calls(self) -> dict[CallRecord, int] | None:
        """Return an example of each kind of calls of a long time, and how many there are.

        None: the time is short, or the figure is about who called, or thresholds have still to be
        found for calls that were kept without.
        """
        window, key = self._window, self._asked.key
        if window.length <= _LONG or key in _OF_CONTACTS or key in _OF_REPEATS:
            return None
        kinds = ranges.kinds(self._history, window.begin, window.end)
        return None if kinds is None or any(call.short is None for call in kinds) else kinds

    def _wanted(self, kinds: dict[CallRecord, int]) -> Iterator[tuple[CallRecord, int]]:
        for call, count in kinds.items():
            if not self._queues or call.queue_id in self._queues:
                yield call, count

    def _count(self, told: Explanation) -> int:
        if self._kinds is None:
            return sum(1 for _ in self.behind(told))
        return sum(count for call, count in self._wanted(self._kinds) if _is_behind(told, call))

    def _calls(self) -> Iterator[CallRecord]:
        """Yield the calls of the window, each with the thresholds that hold for it."""
        for record in self._records(self._window.begin, self._window.end, self._queues or None):
            yield stamped(record, self._measuring.rule(record.queue_id))

    def _records(
        self, begin: datetime, end: datetime, queues: Sequence[QueueId] | None = None
    ) -> Iterator[CallRecord]:
        return self._history.calls(begin, end, queues=queues)

    def _known_queues(self) -> set[QueueId]:
        info = self._history.info()
        if info.first is None or info.last is None:
            return set()
        end = info.last + timedelta(seconds=1)
        return {record.queue_id for record in self._records(info.first, end)}

    def _totals(self) -> tuple[set[QueueId], Totals, set[timedelta | None]]:
        if self._kinds is not None:
            wanted = [call for call, _count in self._wanted(self._kinds)]
            sums = ranges.queue_totals(
                self._history, self._window.begin, self._window.end, queues=self._queues or None
            )
            called, targets = {call.queue_id for call in wanted}, {call.target for call in wanted}
            return called, added(sums.values()), targets
        queues: set[QueueId] = set()
        targets = set()
        totals, calls = NOTHING, self._calls()
        while batch := list(islice(calls, _BATCH)):
            totals = added((totals, *map(totals_of, batch)))
            queues.update(record.queue_id for record in batch)
            targets.update(record.target for record in batch)
        return queues, totals, targets

    def _agent_time(self) -> AgentTime:
        if self._queues or not _needs_time(self._kpi):
            return NO_AGENT_TIME
        window = self._window
        return time_of(self._history.spells(window.begin, window.end), window.begin, window.end)

    def _contacts(self) -> ContactTotals | None:
        if self._asked.key not in _OF_CONTACTS:
            return None
        return contact_totals(contacts_of(self._calls()))

    def _repeats(self, now: datetime) -> Repeats | None:
        if self._asked.key not in _OF_REPEATS:
            return None
        window, days = self._window, self._asked.days
        until = min(now, window.end + timedelta(days=days + 1))
        records = self._records(window.begin, max(until, window.end), self._queues or None)
        return repeats(contacts_of(records), window.begin, window.end, until=until, days=days)

    def _stretches(self) -> tuple[Stretch, ...]:
        return self._history.stretches(self._window.begin, self._window.end)

    def _coverage(self) -> Coverage:
        return coverage_of(self._stretches(), self._window.begin, self._window.end)

    def _no_figure(self, session: Session, taken: int) -> str:
        """Return why the history cannot tell this figure; an empty text if it can."""
        if self._kpi.booking is Booking.PRESENT:
            return session.voice.told(
                phrase(
                    "CommandLine",
                    "{key} is true only at this moment; the board tells it: wallboard board {name}",
                ),
                key=self._asked.key,
                name=self._asked.profile,
            )
        if self._queues and _needs_time(self._kpi):
            return session.voice.told(
                phrase(
                    "CommandLine",
                    "Agents' time belongs to no single queue, because an agent may be in several;"
                    " ask for {key} without --queue.",
                ),
                key=self._asked.key,
            )
        return self._no_hours(session, taken)

    def _no_hours(self, session: Session, taken: int) -> str:
        """Return why calls cannot be divided by hours; an empty text if they can, or need not."""
        if self._asked.key not in _OF_AGENT_HOURS:
            return ""
        unwatched = sum(
            without_hours(self._history, self._window, self._stretches(), self._records).values()
        )
        if hours_tell(taken, unwatched):
            return ""
        return session.voice.told(
            phrase(
                "CommandLine",
                "Of {taken} calls, {unwatched} were taken while nobody saw how long agents worked;"
                " ask for {key} of a time that was watched.",
            ),
            taken=session.voice.wording.count(taken),
            unwatched=session.voice.wording.count(unwatched),
            key=self._asked.key,
        )


def _is_behind(told: Explanation, record: CallRecord) -> bool:
    """True if the figure rests on this call."""
    if told.asked in _OF_REPEATS:
        return answered(record) and record.caller_number is not None
    if told.asked in _OF_CONTACTS:
        return answered(record) and record.talk is not None
    return behind(told.kpi, record, told.level) is not None


def _needs_time(kpi: Kpi) -> bool:
    return kpi.booking is Booking.TIME or kpi.key in _OF_AGENT_HOURS


def _kpi(session: Session, key: str) -> Kpi:
    if key not in KPI_BY_KEY:
        told = session.voice.told(
            phrase("CommandLine", "There is no KPI called {key}; there are:"), key=key
        )
        raise Stop(f"{told} {', '.join(KPI_BY_KEY)}.")
    return KPI_BY_KEY[key]


def _window(
    session: Session, asked: Asked, measuring: Measuring, zone: tzinfo, now: datetime
) -> Window:
    """Return the stretch of time that was asked for, as far as it has gone by."""
    plan = measuring.plan
    if asked.since is None and asked.until is None:
        return so_far(window_at(WindowKind.TODAY, now, plan, zone), now)

    def instant(text: str) -> datetime:
        try:
            return instant_told(text, now=now, plan=plan, zone=zone)
        except ValueError:
            raise session.voice.stop(
                phrase(
                    "CommandLine",
                    "{text} is no time; give a day, a time of today, or both: 2026-11-22, 08:00,"
                    " 2026-11-22T08:00 or 1405-09-01.",
                ),
                text=text[:40],
            ) from None

    end = now if asked.until is None else instant(asked.until)
    if asked.since is None:
        just_before = end - timedelta(microseconds=1)
        begin = window_at(WindowKind.TODAY, just_before, plan, zone).begin
    else:
        begin = instant(asked.since)
    if begin >= end or begin >= now:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "The time begins at {begin} and ends at {end}: it must end after it begins, and"
                " begin in the past. Change --from or --to.",
            ),
            begin=begin.astimezone(zone).isoformat(timespec="minutes"),
            end=min(end, now).astimezone(zone).isoformat(timespec="minutes"),
        )
    return so_far(range_window(begin, end), now)


def _check_reach(session: Session, history: History, window: Window, zone: tzinfo) -> None:
    until = history.rolled_until
    if until is not None and window.begin < until:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "Calls before {time} are kept only as sums, so no figure can be explained from"
                " them; choose a later --from.",
            ),
            time=until.astimezone(zone).isoformat(timespec="minutes"),
        )


# Telling it


def _json(session: Session, asked: Asked, found: _Found) -> str:
    told, wording = found.told, session.voice.wording
    window, coverage = told.window, told.coverage
    refused = bool(found.refused)
    rows: dict[str, Json] = {
        "kpi": asked.key,
        "name": explained.name_of(KPI_BY_KEY[asked.key], wording),
        "value": None if refused else told.value,
        "unit": str(told.kpi.unit),
        "numerator": None if refused else told.numerator,
        "denominator": None if refused else told.denominator,
        "n": None if refused else told.n,
        "enough": told.enough and not refused,
        "definition": explained.meaning_of(told.kpi, wording),
        "service_level_profile": None if told.level is None else profile_json(told.level),
        "window": None if window is None else _window_json(window),
        "coverage": None if coverage is None else _coverage_json(coverage),
        "others": [
            {"service_level_profile": profile_json(profile), "value": value}
            for profile, value in told.others
        ],
        "calls": found.calls,
        "profile": asked.profile,
        "queues": list(asked.queues),
        "refused": found.refused or None,
    }
    return json.dumps(rows, ensure_ascii=False)


def _window_json(window: Window) -> dict[str, Json]:
    return {
        "begin": window.begin.isoformat(),
        "end": window.end.isoformat(),
        "kind": str(window.kind),
    }


def _coverage_json(coverage: Coverage) -> dict[str, Json]:
    gaps: list[Json] = [
        {
            "begin": gap.begin.isoformat(),
            "end": gap.end.isoformat(),
            "seconds": gap.length.total_seconds(),
        }
        for gap in coverage.gaps
    ]
    return {"share": coverage.share, "gaps": gaps}


def _tell(session: Session, found: _Found, zone: tzinfo) -> None:
    told, wording, voice = found.told, session.voice.wording, session.voice
    if not found.refused:
        voice.say(voice.laid(explained.formula(told, found.target, wording)))
    for name, text in _lines(session, found, zone):
        if text:
            voice.say(voice.laid(f"{wording.say(name)}: {text}"))
    if told.others:
        voice.say(f"{wording.translate('Explain', 'The same calls would read')}:")
    for profile, value in told.others:
        name_of_it = explained.profile_words(profile, wording)
        voice.say(voice.laid(f"  {name_of_it}: {wording.percent(value)}"))


def _lines(session: Session, found: _Found, zone: tzinfo) -> tuple[tuple[Phrase, str], ...]:
    """Return what else is told of a figure, and what each of it is called; empty texts too."""
    told, wording = found.told, session.voice.wording
    window, level = told.window, told.level
    none = found.refused or told.kpi.booking is Booking.TIME
    calls = "" if none else wording.count(found.calls)
    return (
        (phrase("Explain", "It counts"), explained.meaning_of(told.kpi, wording)),
        (
            phrase("Explain", "Time"),
            "" if window is None else explained.window_words(window, zone, wording),
        ),
        (
            phrase("Explain", "Measured as"),
            "" if level is None else explained.profile_words(level, wording),
        ),
        (
            phrase("Explain", "Calls (n)"),
            "" if found.refused else explained.sample_words(told, wording),
        ),
        (phrase("Explain", "Calls behind it"), calls),
        (phrase("Explain", "Seen"), explained.coverage_words(told.coverage, zone, wording)),
    )


def _tell_calls(session: Session, records: Iterable[CallRecord], zone: tzinfo) -> None:
    wording = session.voice.wording
    names = Names(queues={}, agents={})
    session.voice.say("")
    session.voice.say("\t".join(wording.say(COLUMN_NAMES[column]) for column in CallColumn))
    for record in records:
        row = row_of(record, names)
        cells = (cell_text(row, column, zone, wording) for column in CallColumn)
        session.voice.say("\t".join(map(shown, cells)))
