"""A program that fires alerts and tells them by ways out, to be killed at any moment.

Run with a history's file, the port of a web server and a first number: it keeps one event after
the other in the journal, says the number on standard output once it is durable, and has a webhook
told of it. What an earlier run left is told first.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from support.alert_events import alert_event
from wallboard.app.clock import system_clock
from wallboard.delivery import webhook
from wallboard.delivery.ledger import Taker
from wallboard.domain.alert import AlertEvent
from wallboard.domain.delivery import Post
from wallboard.runtime.delivering import Delivering, Exit
from wallboard.runtime.keeping import Keeping
from wallboard.storage.alert_journal import keep_alerts
from wallboard.storage.history import History, open_history
from wallboard.ui.alert_message import Letterhead, post_of
from wallboard.ui.wording import Wording


def composed(events: Sequence[AlertEvent], _way: str, at: datetime) -> Post:
    return post_of(events, Letterhead(site="rig", zone=UTC, wording=Wording()), at, names=False)


def delivering_to(port: int) -> Delivering:
    told = {"address": f"http://127.0.0.1:{port}/"}
    return Delivering(
        [Exit(taker=Taker(way="hook"), made=lambda: webhook.KIND.made(told))],
        compose=composed,
        clock=system_clock(),
    )


def main(path: Path, port: int, first: int) -> None:
    """Fire until killed."""
    keeping = Keeping(
        open_history=lambda: open_history(path),
        since=datetime.now(UTC) - timedelta(days=1),  # noqa: TID251 - a program of its own
        told=lambda _word: None,
    )
    delivering = delivering_to(port)
    keeping.start()
    delivering.start(keeping.do)
    number = first
    while True:
        event, kept = alert_event(number), threading.Event()

        def keep(history: History, event: AlertEvent = event, kept: threading.Event = kept) -> bool:
            with history.together():
                keep_alerts(history, (), (event,))
                delivering.outbox(history, (event,))
            kept.set()
            return False

        keeping.do(keep)
        kept.wait()
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        delivering.announce((event,))
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
