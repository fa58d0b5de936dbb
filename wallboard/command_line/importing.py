"""The command `import`: what a log tells becomes part of a connection's history."""

from __future__ import annotations

import re
import signal
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from wallboard import app
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.histories import history_of
from wallboard.command_line.import_telling import Progress, Tally, tell
from wallboard.command_line.openings import Session
from wallboard.domain.coverage import Stretch, Witness
from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall, Direction, Fact, FactId
from wallboard.domain.measuring import TARGET, stamped
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import OFFLINE, Profile, name_fits, same_name
from wallboard.settings.whole_file import replace_file
from wallboard.sources.asterisk.cdr import CdrLog, Rules, cdr_time
from wallboard.sources.asterisk.log_files import (
    Follower,
    LogFile,
    LogUnreadable,
    NoLogFound,
    TimeOf,
    blocks,
    found,
)
from wallboard.sources.asterisk.log_sums import LogSums
from wallboard.sources.asterisk.queue_log import (
    LogState,
    QueueLog,
    answered_by,
    first_time,
    lines_of,
)
from wallboard.sources.asterisk.rows import person_of
from wallboard.sources.asterisk.settings import wrap_ups_of
from wallboard.storage.history import History
from wallboard.storage.reports import Kept
from wallboard.ui.words import phrase

BATCH: Final = 5_000
"""So many facts are made durable at a time."""

_POLL_S: Final = 1.0
# What Ctrl-C means to a shell: 128 and the number of the signal.
_INTERRUPTED: Final = 130
_HOUR: Final = timedelta(hours=1)
_LEARNT: Final = 200_000
# A call may have come in so long before it was put into a queue, and have been in it so late.
_BEFORE, _AFTER = timedelta(hours=1), timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for.

    Attributes:
        paths: Files or patterns.
        profile: The connection whose history it becomes part of.
        agents: Who is meant by a name in the log.
        follow: Go on with what is written from now on, until interrupted.
        look: Only tell what is in the log.
    """

    paths: Sequence[str]
    profile: str
    agents: Mapping[str, str] = field(default_factory=dict)
    follow: bool = False
    look: bool = False
    as_json: bool = False


@dataclass(slots=True, kw_only=True)
class Remembered:
    """What a later import of the same log goes on from, beside the history.

    Attributes:
        names: Who is meant by a name in the log.
        targets: The service level's time to answer in seconds, by queue, as the live source
            told it.
    """

    state: LogState = field(default_factory=LogState)
    names: dict[str, str] = field(default_factory=dict)
    targets: dict[str, float] = field(default_factory=dict)


def import_queue_log(session: Session, asked: Asked) -> int:
    """Import a queue_log, or tell what is in it.

    Raises:
        Stop: Files, connection or history cannot be used.
    """
    files = _files(session, asked.paths, first_time)
    if asked.look:
        return _look(session, asked, files)
    profile = _profile(session, asked.profile)
    with _stoppable() as stopper, history_of(session, profile.name) as history:
        importer = _QueueLogImport(session, asked, profile, history)
        return importer.run(files, stopper)


def import_cdr(session: Session, asked: Asked, rules: CdrAsked) -> int:
    """Import call detail records: calls that went through no queue.

    Raises:
        Stop: Files, rules, connection or history cannot be used.
    """
    files = _files(session, asked.paths, cdr_time)
    profile = _profile(session, asked.profile)
    log_rules = _rules(session, profile, rules)
    with _stoppable() as stopper, history_of(session, profile.name) as history:
        queued = _Queued(history)
        log = CdrLog(log_rules, queued.was)
        tally = Tally(log="cdr", profile=profile.name, files=len(files))
        book = _Book(history, tally)
        progress = _progress(session, files)
        for file, told in _pieces(session, files, progress, stopper):
            facts = log.end_file() if told is None else log.feed(told)
            book.add(facts, None)
            tally.lines, tally.bad, tally.left_out = log.lines, log.bad, log.left_out
            if told is None:
                tally.take_bad(file.path, log.bad_lines)
                log.bad_lines.clear()
        book.add(log.end(), None)
        book.flush(None)
        tally.left_out, tally.first, tally.last = log.left_out, log.since, log.last
        progress.end()
        return _ended(session, tally, asked, stopper)


@dataclass(frozen=True, slots=True, kw_only=True)
class CdrAsked:
    """How the site tells which way its calls go.

    Attributes:
        phones: A regular expression. None means the usual.
        contexts: Pairs of a context and a direction.
    """

    phones: str | None = None
    contexts: Sequence[tuple[str, str]] = ()


# --- queue_log ------------------------------------------------------------------------------


class _QueueLogImport:
    def __init__(self, session: Session, asked: Asked, profile: Profile, history: History) -> None:
        self._session = session
        self._asked = asked
        self._history = history
        self._notes = session.places.history_file(profile.name).with_suffix(".import.json")
        self._known = _remembered(self._notes)
        self._known.names.update(asked.agents)
        self._measuring = session.settings.measuring_of(profile.name)
        wrap_ups = wrap_ups_of(profile.fields.get("wrap_up", ""))
        self._wrap_up_of = lambda queue: wrap_ups.get(queue, wrap_ups.get(""))
        self._tally = Tally(log="queue_log", profile=profile.name)
        self._book = _Book(history, self._tally)
        self._live: tuple[Stretch, ...] = ()
        self._queues: set[QueueId] = set()
        self._since: datetime | None = None

    def run(self, files: Sequence[LogFile], stopper: _Stopper) -> int:
        self._learn(files, stopper)
        log = QueueLog(
            target_of=self._target_of,
            wrap_up_of=self._wrap_up_of,
            person=self._person,
            state=self._known.state,
        )
        self._tally.files = len(files)
        last = _live_file(files) if self._asked.follow else None
        before = [file for file in files if file is not last]
        progress = _progress(self._session, files)
        for file, told in _pieces(self._session, before, progress, stopper):
            self._take(log, file.path, told)
        if last is not None:
            self._follow(log, last.path, stopper, progress)
        self._end(log)
        progress.end()
        return _ended(self._session, self._tally, self._asked, stopper)

    def _follow(self, log: QueueLog, path: Path, stopper: _Stopper, progress: Progress) -> None:
        with closing(Follower(path)) as follower:
            while not stopper.stopped():
                before = self._tally.kept
                for told in self._polled(follower):
                    self._take(log, path, told)
                    if stopper.stopped():
                        break
                self._commit(log)
                progress.end()
                if self._tally.kept != before and not stopper.stopped():
                    self._tally.open = log.open
                    tell(self._session.voice, self._tally, as_json=self._asked.as_json)
                stopper.wait(_POLL_S)

    def _polled(self, follower: Follower) -> Iterator[bytes | None]:
        try:
            yield from follower.poll()
        except LogUnreadable as error:
            raise _unreadable(self._session, error) from error

    def _take(self, log: QueueLog, path: Path, told: bytes | None) -> None:
        facts = log.end_file() if told is None else log.feed(told)
        self._tally.lines, self._tally.bad = log.lines, log.bad
        if log.bad_lines:
            self._tally.take_bad(path, log.bad_lines)
            log.bad_lines.clear()
        self._book.add(self._fitted(facts), self._stretch(log))
        if told is None:
            # The next file may begin anywhere: what this one covers is told now.
            self._commit(log)

    def _commit(self, log: QueueLog) -> None:
        self._book.flush(self._stretch(log))

    def _end(self, log: QueueLog) -> None:
        self._book.add(self._fitted(log.running()), None)
        self._commit(log)
        tally = self._tally
        tally.open = log.open
        if tally.first is not None and tally.last is not None and self._queues:
            # What was missed is counted when we could see again, soon after it happened.
            tally.replaced = self._history.drop_placeholders(tally.first, tally.last, self._queues)
        self._known.state = log.state()
        replace_file(self._notes, msgspec.json.encode(self._known))

    def _stretch(self, log: QueueLog) -> Stretch | None:
        if log.since is None or log.last is None:
            return None
        begin = datetime.fromtimestamp(log.since, UTC)
        end = datetime.fromtimestamp(log.last, UTC)
        tally = self._tally
        tally.first = begin if tally.first is None else min(tally.first, begin)
        tally.last = end if tally.last is None else max(tally.last, end)
        return Stretch(begin=begin, end=end, witness=Witness.IMPORT)

    def _fitted(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Yield the facts as they are kept: thresholds stamped, and nothing that was seen live.

        A call that was seen live too is known by its contact. An agent was seen better live than
        the log tells, so of his spells only what nobody watched is taken.
        """
        for fact in facts:
            match fact:
                case CallRecord():
                    self._queues.add(fact.queue_id)
                    yield stamped(fact, self._measuring.rule(fact.queue_id))
                case AgentSpell():
                    yield from _unwatched(fact, self._live)
                case DirectCall():
                    yield fact

    def _person(self, name: str) -> AgentId:
        told = self._known.names.get(name)
        return AgentId(told) if told is not None else person_of(name)[0]

    def _target_of(self, queue: str) -> timedelta:
        target_s = self._known.targets.get(queue)
        return TARGET if target_s is None else timedelta(seconds=target_s)

    def _learn(self, files: Sequence[LogFile], stopper: _Stopper) -> None:
        """Learn from calls that were seen live who is meant by the log's names of agents.

        The log tells an agent's name, the live source his extension; the same call tells both.
        """
        firsts = [file.first for file in files if file.first is not None]
        if not firsts:
            return
        begin = datetime.fromtimestamp(min(firsts), UTC)
        end = datetime.max.replace(tzinfo=UTC)
        stretches = self._history.stretches(begin, end)
        self._live = tuple(one for one in stretches if one.witness is Witness.LIVE)
        wanted: dict[str, AgentId] = {}
        for stretch in self._live:
            for call in self._history.calls(max(begin, stretch.begin), stretch.end):
                if call.target is not None:
                    self._known.targets[call.queue_id] = call.target.total_seconds()
                if call.contact is not None and call.agent_id is not None:
                    wanted[call.contact] = call.agent_id
                    if len(wanted) > _LEARNT:
                        del wanted[next(iter(wanted))]
        if wanted:
            self._learn_names(files, wanted, stopper)

    def _learn_names(
        self, files: Sequence[LogFile], wanted: Mapping[str, AgentId], stopper: _Stopper
    ) -> None:
        votes: dict[str, Counter[AgentId]] = {}
        progress = Progress(self._session.voice, 1, lambda: 0.0)
        rest = b""
        for _, told in _pieces(self._session, files, progress, stopper):
            lines, rest = lines_of(rest + (b"\n" if told is None else told))
            for callid, name in answered_by(lines, wanted):
                votes.setdefault(name, Counter())[wanted[callid]] += 1
        for name, counts in votes.items():
            ((agent, _),) = counts.most_common(1)
            # An agent whom an import named before is no news.
            if agent != name and name not in self._asked.agents:
                self._known.names[name] = agent


def _remembered(notes: Path) -> Remembered:
    # Without it calls that were open at the end of the last import are known by guess only.
    known = Remembered()
    with suppress(OSError, msgspec.MsgspecError):
        known = msgspec.json.decode(notes.read_bytes(), type=Remembered)
    return known


def _unwatched(spell: AgentSpell, live: Sequence[Stretch]) -> Iterator[AgentSpell]:
    """Yield the parts of a spell that nobody watched live."""
    since = spell.began_at
    for stretch in live:
        if stretch.end <= since or stretch.begin >= spell.ended_at:
            continue
        if stretch.begin > since:
            yield _part(spell, since, stretch.begin)
        since = max(since, stretch.end)
    if since < spell.ended_at:
        yield _part(spell, since, spell.ended_at)


def _part(spell: AgentSpell, begin: datetime, end: datetime) -> AgentSpell:
    if (begin, end) == (spell.began_at, spell.ended_at):
        return spell
    fact_id = FactId(f"{spell.agent_id}@{begin.isoformat()}#{spell.state}")
    return replace(spell, fact_id=fact_id, began_at=begin, ended_at=end)


def _live_file(files: Sequence[LogFile]) -> LogFile | None:
    """Return the file that is still written: the last one that is not compressed."""
    return next((file for file in reversed(files) if not file.packed), None)


def _look(session: Session, asked: Asked, files: Sequence[LogFile]) -> int:
    """Tell what is in a log, queue by queue; keep nothing."""
    sums = LogSums()
    with _stoppable() as stopper:
        progress = _progress(session, files)
        for _, told in _pieces(session, files, progress, stopper):
            if told is None:
                sums.end_file()
            else:
                sums.feed(told)
        progress.end()
    count = session.voice.wording.count
    for queue, row in sorted(sums.by_queue().items()):
        if asked.as_json:
            counts = {name: getattr(row, name) for name in row.__slots__}
            session.voice.say(msgspec.json.encode({"queue": queue, **counts}).decode())
        else:
            told_row = session.voice.told(
                phrase(
                    "CommandLine",
                    "{queue}: {entered} offered, {answered} answered, {abandoned} abandoned,"
                    " {left} left otherwise",
                ),
                queue=queue,
                entered=count(row.entered),
                answered=count(row.answered),
                abandoned=count(row.abandoned),
                left=count(row.left),
            )
            session.voice.say(told_row)
    return Exit.GOOD


# --- CDR ------------------------------------------------------------------------------------


class _Queued:
    """Whether calls went through a queue, as the history knows; an hour of it is read at a time."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._hours: dict[datetime, frozenset[str]] = {}

    def was(self, call: str, began: datetime) -> bool:
        hour = (began - _BEFORE).replace(minute=0, second=0, microsecond=0)
        while hour <= began + _AFTER:
            if call in self._contacts(hour):
                return True
            hour += _HOUR
        return False

    def _contacts(self, hour: datetime) -> frozenset[str]:
        known = self._hours.get(hour)
        if known is None:
            while len(self._hours) >= 48:
                del self._hours[next(iter(self._hours))]
            calls = self._history.calls(hour, hour + _HOUR)
            known = frozenset(call.contact for call in calls if call.contact is not None)
            self._hours[hour] = known
        return known


def _rules(session: Session, profile: Profile, asked: CdrAsked) -> Rules:
    zone = profile.zone or session.settings.zone
    rules = Rules(
        zone=UTC if zone is None else ZoneInfo(zone),
        contexts={context: Direction(way) for context, way in asked.contexts},
    )
    if asked.phones is None:
        return rules
    try:
        re.compile(asked.phones)
    except re.error as error:
        raise session.voice.stop(
            phrase("CommandLine", "--phones {text} is no regular expression ({reason})."),
            text=asked.phones[:60],
            reason=error,
        ) from error
    return replace(rules, phones=asked.phones)


# --- both -----------------------------------------------------------------------------------


class _Book:
    """Keeps facts many at a time: to make each durable by itself would take a hundred times."""

    def __init__(self, history: History, tally: Tally) -> None:
        self._history = history
        self._tally = tally
        self._facts: list[Fact] = []
        self._watched: Stretch | None = None

    def add(self, facts: Iterable[Fact], watched: Stretch | None) -> None:
        self._facts += facts
        if len(self._facts) >= BATCH:
            self.flush(watched)

    def flush(self, watched: Stretch | None) -> None:
        """Make it durable; only then is the stretch told as known."""
        if watched is not None and watched.begin >= watched.end:
            watched = None
        if not self._facts and watched == self._watched:
            return
        kept: Kept = self._history.keep(self._facts, watched=watched)
        self._tally.kept += kept
        self._facts, self._watched = [], watched


class _Stopper:
    """Ctrl-C, or a request to end: heard between two pieces, so that none is kept by half."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def stopped(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        self._event.set()


@contextmanager
def _stoppable() -> Iterator[_Stopper]:
    stopper = _Stopper()
    before = {
        number: signal.signal(number, stopper.stop) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stopper
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _pieces(
    session: Session, files: Sequence[LogFile], progress: Progress, stopper: _Stopper
) -> Iterator[tuple[LogFile, bytes | None]]:
    """Yield the files' content in pieces, each with its file; None where a file ends."""
    done = 0
    for file in files:
        try:
            for told, read in blocks(file):
                if stopper.stopped():
                    return
                yield file, told
                progress.at(done + read)
        except LogUnreadable as error:
            progress.end()
            # What came before the damage is good; the other files are read all the same.
            session.voice.complain(_unreadable(session, error).sentence)
        yield file, None
        done += file.size


def _files(session: Session, paths: Sequence[str], time_of: TimeOf) -> tuple[LogFile, ...]:
    try:
        return found(paths, time_of)
    except NoLogFound as error:
        raise session.voice.stop(
            phrase("CommandLine", "There is no file at {path}."), path=error.told
        ) from error
    except LogUnreadable as error:
        raise _unreadable(session, error) from error


def _unreadable(session: Session, error: LogUnreadable) -> Stop:
    return session.voice.stop(
        phrase("CommandLine", "{path} cannot be read to its end ({reason})."),
        Exit.MACHINE,
        path=error.path,
        reason=error.reason,
    )


def _progress(session: Session, files: Sequence[LogFile]) -> Progress:
    clock = app.system_clock()
    total = sum(file.size for file in files)
    return Progress(session.voice, total, lambda: clock.now().steady_s)


def _profile(session: Session, name: str) -> Profile:
    """Return the connection of that name, or a new one without a connection."""
    profile = session.settings.profile(name)
    if profile is not None:
        return profile
    if not name_fits(name):
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "A connection cannot be called {name}: use letters, digits, single spaces and"
                " - _ . @ only, 64 characters at most.",
            ),
            name=name,
        )
    alike = next((one.name for one in session.settings.profiles if same_name(one.name, name)), None)
    if alike is not None:
        raise session.voice.stop(
            phrase(
                "CommandLine", "{name} is too much like the connection {other}; which is meant?"
            ),
            name=name,
            other=alike,
        )
    profile = Profile(name=name, kind=OFFLINE)
    SettingsFile(session.places.settings_file).change(lambda saved: saved.with_profile(profile))
    session.voice.complain(
        session.voice.told(
            phrase(
                "CommandLine",
                "No connection is called {name}, so its calls are kept without one.",
            ),
            name=name,
        )
    )
    return profile


def _ended(session: Session, tally: Tally, asked: Asked, stopper: _Stopper) -> int:
    if stopper.stopped() and not asked.follow:
        session.voice.complain(
            session.voice.told(
                phrase(
                    "CommandLine",
                    "Interrupted. What is counted below is kept; give the same command again to go"
                    " on, nothing counts twice.",
                )
            )
        )
    tell(session.voice, tally, as_json=asked.as_json)
    return _INTERRUPTED if stopper.stopped() and not asked.follow else Exit.GOOD
