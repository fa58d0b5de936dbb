"""The command `import cdr`: calls that went through no queue, from call detail records."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from wallboard.command_line.histories import history_of
from wallboard.command_line.import_telling import Tally
from wallboard.command_line.importing import (
    Asked,
    Book,
    ended,
    files_of,
    pieces,
    profile_for,
    progress_of,
)
from wallboard.command_line.openings import Session
from wallboard.command_line.signals import heard
from wallboard.domain.facts import Direction
from wallboard.settings.model import Profile
from wallboard.sources.asterisk.cdr import CdrLog, Rules, cdr_time
from wallboard.storage.history import History
from wallboard.ui.words import phrase

_HOUR: Final = timedelta(hours=1)
# A call may have come in so long before it was put into a queue, and have been in it so late.
_BEFORE, _AFTER = timedelta(hours=1), timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class CdrAsked:
    """How the site tells which way its calls go.

    Attributes:
        phones: A regular expression. None means the usual.
        contexts: Pairs of a context and a direction.
    """

    phones: str | None = None
    contexts: Sequence[tuple[str, str]] = ()


def import_cdr(session: Session, asked: Asked, rules: CdrAsked) -> int:
    """Import call detail records: calls that went through no queue.

    Raises:
        Stop: Files, rules, connection or history cannot be used.
    """
    files = files_of(session, asked.paths, cdr_time)
    profile = profile_for(session, asked.profile)
    log_rules = _rules(session, profile, rules)
    stopper = threading.Event()
    with heard(stopper.set), history_of(session, profile.name) as history:
        queued = _Queued(history)
        log = CdrLog(log_rules, queued.was)
        tally = Tally(log="cdr", profile=profile.name, files=len(files))
        book = Book(history, tally)
        progress = progress_of(session, files)
        for file, told in pieces(session, files, progress, stopper):
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
        return ended(session, tally, asked, stopper)


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
