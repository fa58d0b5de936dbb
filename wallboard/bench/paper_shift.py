"""A shift of so many calls as a history keeps it, and the reports that are made of it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard.app.reporting import Wanted, made_report
from wallboard.domain.coverage import Stretch
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.paper import Paper
from wallboard.domain.reporting import ReportKind
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.engine.windows import range_window
from wallboard.settings.model import OFFLINE, Profile, Settings
from wallboard.settings.paths import Places
from wallboard.storage.history import History
from wallboard.ui.report_words import paper_of
from wallboard.ui.wording import Wording

_SITE: Final = "bench"
_BEGIN: Final = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
_END: Final = _BEGIN + timedelta(hours=8)
_SETTINGS: Final = Settings(profiles=(Profile(name=_SITE, kind=OFFLINE, zone="Asia/Tehran"),))


def kept_shift(calls: int) -> History:
    """Return a history of a shift with so many calls, in memory."""
    chance = random.Random(9)
    every = (_END - _BEGIN) / calls
    history = History.in_memory()
    history.keep(
        [_call(chance, number, _BEGIN + number * every) for number in range(calls)],
        watched=Stretch(begin=_BEGIN, end=_END),
    )
    return history


def shift_papers(history: History, folder: Path, language: str) -> tuple[Paper, Paper]:
    """Make the list of the shift's calls, and its report; read from the history each time.

    Args:
        folder: Of a user who has no journal.
    """
    places = Places(config=folder, data=folder, logs=folder)
    wording = Wording(language=language)
    window = range_window(_BEGIN, _END)
    told = [
        made_report(
            history,
            Wanted(kind=kind, connection=_SITE, window=window, now=_END),
            _SETTINGS,
            places,
        )
        for kind in (ReportKind.CALLS, ReportKind.SHIFT)
    ]
    calls, shift = (paper_of(report, wording) for report in told)
    return calls, shift


def _call(chance: random.Random, number: int, entered_at: datetime) -> CallRecord:
    wait, talk = (timedelta(seconds=chance.randrange(1, 400)) for _ in range(2))
    answered = chance.random() < 0.9
    return CallRecord(
        fact_id=FactId(f"{number}@q#1"),
        call_id=CallId(f"{number}"),
        queue_id=QueueId(f"Queue {chance.randrange(40)}"),
        entered_at=entered_at,
        ended_at=entered_at + wait + (talk if answered else timedelta()),
        ending=Ending.ANSWERED if answered else Ending.ABANDONED,
        wait=wait,
        target=timedelta(seconds=20),
        short=timedelta(seconds=5),
        talk=talk if answered else None,
        hold=timedelta(seconds=chance.randrange(30)) if answered else None,
        wrap_up=timedelta(seconds=chance.randrange(60)) if answered else None,
        contact=f"{number}",
        agent_id=AgentId(f"Agent {chance.randrange(300)}") if answered else None,
        caller_number=f"0912{chance.randrange(10**7):07}",
    )
