"""Alerts arrive at least once, through outages and kills, and one sees what became of each."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.alert_events import alert_event
from support.campaign import size_of_campaign
from support.checkout import ROOT
from support.clocks import NOON, HandClock
from support.delivery_rig import composed, delivering_to
from support.taking import Answer, HookServer, MailServer, Taken

from wallboard.delivery import ledger, mail, webhook
from wallboard.delivery.ledger import Taker
from wallboard.delivery.way import Way
from wallboard.domain.alert import AlertEvent, News
from wallboard.domain.clock import Moment
from wallboard.domain.delivery import Delivery, DeliveryState, NotDelivered, Post, outward
from wallboard.domain.errors import FaultKind, fault
from wallboard.runtime.delivering import Delivering, Exit
from wallboard.runtime.keeping import Errand, Keeping
from wallboard.settings.secrets import remember
from wallboard.storage.alert_journal import keep_alerts
from wallboard.storage.delivery_queue import deliveries_since, keep_deliveries, queued_deliveries
from wallboard.storage.history import History, open_history

EVER = datetime(1970, 1, 1, tzinfo=UTC)
PATIENCE_S = 10.0
KILLS = size_of_campaign(4, 200)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again soon: the pauses themselves are tested with a clock that is moved by hand."""
    monkeypatch.setattr(ledger, "FIRST_PAUSE", timedelta(milliseconds=20))
    monkeypatch.setattr(ledger, "LONGEST_PAUSE", timedelta(milliseconds=100))


class Site:
    """A history with its thread, and ways out."""

    def __init__(self, path: Path, *exits: Exit) -> None:
        self.path = path
        self.keeping = Keeping(
            open_history=lambda: open_history(path), since=EVER, told=lambda _word: None
        )
        self.delivering = Delivering(exits, compose=composed, clock=_SteadyClock())
        self.keeping.start()
        self.delivering.start(self.keeping.do)

    def fire(self, *events: AlertEvent) -> None:
        def keep(history: History) -> bool:
            with history.together():
                keep_alerts(history, (), events)
                self.delivering.outbox(history, events)
            self.delivering.announce(events)
            return False

        self.keeping.do(keep)

    def stop(self) -> None:
        self.delivering.stop()
        self.keeping.stop()


class _SteadyClock(HandClock):
    """The wall stands still; the steady clock is the real one."""

    def now(self) -> Moment:
        self.steady_s = time.monotonic()
        return HandClock.now(self)


def until(done: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
    end_s = time.monotonic() + patience_s
    while not done():
        if time.monotonic() > end_s:
            return False
        threading.Event().wait(0.01)
    return True


@pytest.fixture
def hook() -> Iterator[HookServer]:
    server = HookServer().start()
    yield server
    server.stop()


@pytest.fixture
def mailbox() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    made: list[Site] = []

    def opening(*exits: Exit) -> Site:
        made.append(Site(tmp_path / "history.db", *exits))
        return made[-1]

    yield opening
    for site in made:
        site.stop()


def hook_exit(server: HookServer) -> Exit:
    told = {"address": server.address}
    return Exit(taker=Taker(way="hook"), made=lambda: webhook.KIND.made(told))


def mail_exit(server: MailServer) -> Exit:
    told = {
        "host": "127.0.0.1",
        "port": str(server.port),
        "security": "none",
        "from": "a@example.com",
        "to": "b@example.com",
    }
    return Exit(taker=Taker(way="mail", together=50), made=lambda: mail.KIND.made(told))


def states(site: Site) -> list[DeliveryState]:
    return [one.state for one in site.delivering.deliveries]


def all_sent(site: Site, count: int) -> Callable[[], bool]:
    return lambda: states(site) == [DeliveryState.SENT] * count


def stored(path: Path) -> tuple[Delivery, ...]:
    with closing(open_history(path, reading=True)) as history:
        return deliveries_since(history, EVER)


def test_that_an_alert_arrives_by_every_way(
    opened: Callable[..., Site], hook: HookServer, mailbox: MailServer
) -> None:
    site = opened(hook_exit(hook), mail_exit(mailbox))
    site.fire(alert_event())
    assert until(all_sent(site, 2))
    assert [taken.headers["idempotency-key"] for taken in hook.taken] == [
        outward(alert_event().event_id)
    ]
    assert mailbox.box.messages[0]["Subject"] == "Critical: Somebody waits too long (the support)"
    site.stop()
    assert {one.state for one in stored(site.path)} == {DeliveryState.SENT}


def test_that_an_outage_delays_and_loses_nothing(
    opened: Callable[..., Site], hook: HookServer, mailbox: MailServer
) -> None:
    hook.stop()
    mailbox.stop()
    site = opened(hook_exit(hook), mail_exit(mailbox))
    events = [alert_event(number) for number in range(5)]
    site.fire(*events)
    assert until(
        lambda: (
            len(site.delivering.deliveries) == 10
            and all(one.tries > 1 for one in site.delivering.deliveries if one.way == "mail")
            and any(one.tries > 1 for one in site.delivering.deliveries if one.way == "hook")
        )
    )
    failing = [one for one in site.delivering.deliveries if one.tries]
    assert {one.state for one in failing} == {DeliveryState.QUEUED}
    assert {one.fault.kind for one in failing if one.fault} == {FaultKind.UNREACHABLE}
    assert all(one.due_at > NOON for one in failing)
    hook.start()
    mailbox.start()
    assert until(all_sent(site, 10))
    assert [taken.told["events"][0]["id"] for taken in hook.taken] == [
        outward(event.event_id) for event in events
    ]
    # What waited is one mail, not five.
    (message,) = mailbox.box.messages
    assert message["Subject"].startswith("5 messages about alerts; the latest: Critical")


def test_that_a_server_that_fails_now_and_then_gets_each_alert(
    opened: Callable[..., Site], hook: HookServer
) -> None:
    chance = random.Random(11)

    def answer(_taken: Taken) -> Answer:
        return (chance.choice([204, 500, 503, 429]), {}, b"")

    hook.answer = answer
    site = opened(hook_exit(hook))
    events = [alert_event(number) for number in range(40)]
    for event in events:
        site.fire(event)
    assert until(all_sent(site, 40))
    ids = [taken.headers["idempotency-key"] for taken in hook.taken]
    assert set(ids) == {outward(event.event_id) for event in events}
    # Each answer was heard, so none was told twice.
    assert len(ids) == 40


def test_that_a_way_that_hangs_holds_up_no_other(
    opened: Callable[..., Site], hook: HookServer
) -> None:
    hangs = threading.Event()

    class Hanging:
        def send(self, _post: Post) -> None:
            hangs.wait(PATIENCE_S)

    site = opened(Exit(taker=Taker(way="stuck"), made=Hanging), hook_exit(hook))
    site.fire(alert_event())
    assert until(lambda: len(hook.taken) == 1)
    hangs.set()


def test_that_a_server_that_repeats_a_secret_does_not_have_it_kept(
    opened: Callable[..., Site], hook: HookServer
) -> None:
    told = {"address": hook.address, "authorization": "Bearer t0k3n-s3cret"}
    remember({"authorization": told["authorization"]})
    hook.answer = lambda taken: (400, {}, taken.headers["authorization"].encode())
    site = opened(Exit(taker=Taker(way="hook"), made=lambda: webhook.KIND.made(told)))
    site.fire(alert_event())
    assert until(lambda: any(one.tries for one in site.delivering.deliveries))
    (one,) = site.delivering.deliveries
    assert one.fault is not None
    assert one.fault.detail("said") == "400 •••"


def test_that_what_nobody_thought_of_is_told_and_tried_again(opened: Callable[..., Site]) -> None:
    tries: list[int] = []

    class Broken:
        def send(self, _post: Post) -> None:
            tries.append(1)
            if len(tries) < 3:
                raise ValueError("with a s3cret in it")

    site = opened(Exit(taker=Taker(way="odd"), made=Broken))
    site.fire(alert_event())
    assert until(all_sent(site, 1))
    assert len(tries) == 3


def test_that_a_way_is_made_anew_after_it_was_mended(opened: Callable[..., Site]) -> None:
    mended = threading.Event()
    taken: list[Post] = []

    class Good:
        def send(self, post: Post) -> None:
            taken.append(post)

    def made() -> Way:
        if not mended.is_set():
            raise NotDelivered(fault(FaultKind.NO_SECRET, reason="locked"), lasting=True)
        return Good()

    site = opened(Exit(taker=Taker(way="way"), made=made))
    site.fire(alert_event())
    assert until(lambda: any(one.tries for one in site.delivering.deliveries))
    mended.set()
    site.delivering.try_now("way")
    assert until(all_sent(site, 1))
    assert len(taken) == 1


def test_that_the_next_start_tells_what_the_last_one_could_not(
    opened: Callable[..., Site], hook: HookServer
) -> None:
    hook.stop()
    first = opened(hook_exit(hook))
    first.fire(alert_event(1), alert_event(2))
    assert until(lambda: any(one.tries for one in first.delivering.deliveries))
    first.stop()
    with closing(open_history(first.path, reading=True)) as history:
        assert len(queued_deliveries(history)) == 2
    hook.start()
    second = opened(hook_exit(hook))
    assert until(all_sent(second, 2))
    second.fire(alert_event(3, News.OVER))
    assert until(lambda: len(hook.taken) == 3)
    second.stop()
    third = opened(hook_exit(hook))
    assert until(all_sent(third, 3))
    assert len(hook.taken) == 3


def test_that_what_is_of_no_use_any_more_is_given_up_and_written_down(
    opened: Callable[..., Site], hook: HookServer, tmp_path: Path
) -> None:
    old = Delivery(
        way="hook",
        event=alert_event(1),
        queued_at=NOON - timedelta(days=5),
        due_at=NOON - timedelta(days=5),
    )
    with closing(open_history(tmp_path / "history.db")) as history:
        keep_deliveries(history, (old,))
    site = opened(hook_exit(hook))
    site.fire(alert_event(2))
    assert until(lambda: set(states(site)) == {DeliveryState.SENT, DeliveryState.FAILED})
    site.stop()
    assert {one.key: one.state for one in stored(site.path)} == {
        old.key: DeliveryState.FAILED,
        ("hook", alert_event(2).event_id): DeliveryState.SENT,
    }
    assert [taken.headers["idempotency-key"] for taken in hook.taken] == [
        outward(alert_event(2).event_id)
    ]


def test_that_what_could_not_be_journalled_is_told_once_all_the_same(hook: HookServer) -> None:
    waiting: list[Errand] = []
    delivering = delivering_to(hook.port)
    delivering.start(waiting.append)
    delivering.announce((alert_event(),))
    assert until(lambda: len(hook.taken) == 1)
    assert until(lambda: [one.state for one in delivering.deliveries] == [DeliveryState.SENT])
    # The disk has room again: the journal takes it, and so does the queue, as it is now.
    history = History.in_memory()
    with history.together():
        delivering.outbox(history, (alert_event(),))
    for errand in waiting:
        assert errand(history) is False
    delivering.announce((alert_event(),))
    assert [one.state for one in deliveries_since(history, EVER)] == [DeliveryState.SENT]
    delivering.stop()
    assert len(hook.taken) == 1
    history.close()


def test_that_nothing_is_told_of_what_was_not_stored(hook: HookServer) -> None:
    delivering = delivering_to(hook.port)
    delivering.start(lambda _errand: None)
    history = History.in_memory()

    def fail() -> None:
        with history.together():
            delivering.outbox(history, (alert_event(),))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not until_soon(lambda: bool(hook.taken))
    with history.together():
        delivering.outbox(history, (alert_event(),))
    delivering.announce((alert_event(),))
    assert until(lambda: len(hook.taken) == 1)
    delivering.stop()
    history.close()


def until_soon(done: Callable[[], bool]) -> bool:
    threading.Event().wait(0.2)
    return done()


@pytest.mark.timeout(60 + 15 * KILLS)
@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_that_a_kill_at_any_moment_loses_no_alert(tmp_path: Path, hook: HookServer) -> None:
    chance = random.Random(3)
    path, first, durable = tmp_path / "history.db", 0, []
    down = threading.Event()
    hook.answer = lambda _taken: (503, {}, b"") if down.is_set() else (204, {}, b"")
    for _ in range(KILLS):
        (down.set if chance.random() < 0.4 else down.clear)()
        durable += _killed(path, hook.port, first, chance.uniform(0.05, 0.4))
        first = durable[-1] + 1 if durable else first
    down.clear()
    site = Site(path, hook_exit(hook))
    # Thousands may have waited, the more the longer it went on.
    assert until(lambda: set(states(site)) == {DeliveryState.SENT}, patience_s=40 + 2 * KILLS)
    site.stop()
    arrived = {taken.headers["idempotency-key"] for taken in hook.taken}
    lost = [n for n in durable if outward(alert_event(n).event_id) not in arrived]
    assert lost == []
    assert len(durable) >= 10


def _killed(path: Path, port: int, first: int, after_s: float) -> Sequence[int]:
    """Run until killed; return the numbers that it said were durable."""
    program = subprocess.Popen(
        [sys.executable, "-m", "support.delivery_rig", str(path), str(port), str(first)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT)])},
    )
    assert program.stdout is not None
    told = program.stdout.readline()
    threading.Event().wait(after_s)
    program.kill()
    rest = program.stdout.read()
    program.stdout.close()
    program.wait()
    whole = (told + rest).rpartition(b"\n")[0]
    return [int(line) for line in whole.splitlines()]
