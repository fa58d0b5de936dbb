"""What watches a connection's board by the rules that hold for it. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from typing import TypeAlias

from wallboard.domain.alert import AlertEvent
from wallboard.runtime.opening import Opening
from wallboard.runtime.watching import Watcher
from wallboard.settings.paths import Places
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.history import History

Outbox: TypeAlias = Callable[[History, Sequence[AlertEvent]], None]
"""Writes down what is to be told elsewhere, in the transaction that keeps the events."""


def watcher_of(
    opening: Opening,
    places: Places,
    outbox: Outbox | None = None,
    *,
    open_history: Callable[[], History] | None = None,
) -> Callable[[], Watcher]:
    """Return what makes the watcher of a connection; to call it reads its rules.

    Args:
        open_history: Opens what tells how the alerts stand, for a watcher that stores nothing: it
            is read at once, which may take seconds. None: who begins the watch has a history, or
            there is none.
    """

    def made() -> Watcher:
        # start-up: the first board waits for nothing of this
        from wallboard.app.alert_rules import rules_of  # noqa: PLC0415 - as told
        from wallboard.runtime.alert_store import recalled  # noqa: PLC0415 - as told
        from wallboard.runtime.alerting import Alerting  # noqa: PLC0415 - as told

        found = rules_of(opening, places)
        alerting = Alerting(found.rules, outbox=outbox, odd_rules=bool(found.notices))
        if open_history is not None:
            # Where nothing is kept, or nobody can read it, all that is bad has just begun.
            with suppress(HistoryUnavailable), closing(open_history()) as history:
                alerting.go_on_from(recalled(history))
        return alerting

    return made
