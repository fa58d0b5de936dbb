"""The command `import queue-log`: calls and agents as a queue_log tells them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from wallboard.command_line.exits import Exit
from wallboard.command_line.histories import history_of
from wallboard.command_line.import_telling import Progress, Tally, tell
from wallboard.command_line.importing import (
    Asked,
    Book,
    ended,
    files_of,
    pieces,
    profile_for,
    progress_of,
    unreadable,
)
from wallboard.command_line.openings import Session
from wallboard.command_line.signals import heard
from wallboard.domain.coverage import Stretch, Witness
from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall, Fact, FactId
from wallboard.domain.measuring import TARGET, stamped
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.settings.model import Profile
from wallboard.settings.whole_file import replace_file
from wallboard.sources.asterisk.log_files import Follower, LogFile, LogUnreadable
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
from wallboard.ui.words import phrase

_POLL_S: Final = 1.0
_LEARNT: Final = 200_000


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
    files = files_of(session, asked.paths, first_time)
    if asked.look:
        return _look(session, asked, files)
    profile = profile_for(session, asked.profile)
    stopper = threading.Event()
    with heard(stopper.set), history_of(session, profile.name) as history:
        importer = _QueueLogImport(session, asked, profile, history)
        return importer.run(files, stopper)


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
        self._book = Book(history, self._tally)
        self._live: tuple[Stretch, ...] = ()
        self._queues: set[QueueId] = set()
        self._since: datetime | None = None

    def run(self, files: Sequence[LogFile], stopper: threading.Event) -> int:
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
        progress = progress_of(self._session, files)
        for file, told in pieces(self._session, before, progress, stopper):
            self._take(log, file.path, told)
        if last is not None:
            self._follow(log, last.path, stopper, progress)
        self._end(log)
        progress.end()
        return ended(self._session, self._tally, self._asked, stopper)

    def _follow(
        self, log: QueueLog, path: Path, stopper: threading.Event, progress: Progress
    ) -> None:
        with closing(Follower(path)) as follower:
            while not stopper.is_set():
                before = self._tally.kept
                for told in self._polled(follower):
                    self._take(log, path, told)
                    if stopper.is_set():
                        break
                self._commit(log)
                progress.end()
                if self._tally.kept != before and not stopper.is_set():
                    self._tally.open = log.open
                    tell(self._session.voice, self._tally, as_json=self._asked.as_json)
                stopper.wait(_POLL_S)

    def _polled(self, follower: Follower) -> Iterator[bytes | None]:
        try:
            yield from follower.poll()
        except LogUnreadable as error:
            raise unreadable(self._session, error) from error

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

    def _learn(self, files: Sequence[LogFile], stopper: threading.Event) -> None:
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
        self, files: Sequence[LogFile], wanted: Mapping[str, AgentId], stopper: threading.Event
    ) -> None:
        votes: dict[str, Counter[AgentId]] = {}
        progress = Progress(self._session.voice, 1, lambda: 0.0)
        rest = b""
        for _, told in pieces(self._session, files, progress, stopper):
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
    stopper = threading.Event()
    with heard(stopper.set):
        progress = progress_of(session, files)
        for _, told in pieces(session, files, progress, stopper):
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
