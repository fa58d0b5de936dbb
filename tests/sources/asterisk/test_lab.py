"""A real Asterisk, both versions, with real calls through it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC
from pathlib import Path
from random import Random
from typing import Any

import pytest
from support.ami_proxy import Network, Proxy
from support.asterisk_lab import AsteriskLab
from support.lab_truth import Truth, truth_of

from wallboard.app.clock import system_clock
from wallboard.domain.errors import FaultKind
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.snapshot import Call
from wallboard.domain.source import Finding, Verdict
from wallboard.domain.totals import Totals
from wallboard.engine.board import Board
from wallboard.engine.happenings import PictureTaken
from wallboard.runtime import plain_loop
from wallboard.runtime.opening import Opening
from wallboard.sources.asterisk import KIND
from wallboard.sources.asterisk.source import DEADLINE, POLL
from wallboard.ui.wording import LANGUAGES, Wording

pytestmark = [pytest.mark.lab, pytest.mark.timeout(900)]

EDGE_S = 0.1
SECONDS = float(os.environ.get("WALLBOARD_LAB_SECONDS", "60"))
PROGRAM = (sys.executable, "-m", "wallboard")
P_PLUS_D_S = POLL.total_seconds() + DEADLINE.total_seconds()
TWO_POLLS_S = 2 * POLL.total_seconds()


def wait_for(holds: Callable[[], bool], what: str, within_s: float) -> float:
    """Wait until something holds, and return the moment."""
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, f"not within {within_s} s: {what}"
        threading.Event().wait(0.02)
    return time.monotonic()


class Watch:
    """Follows a PBX as the command line does, and keeps every board with its moment."""

    def __init__(self, lab: AsteriskLab, monkeypatch: pytest.MonkeyPatch, port: int) -> None:
        self.boards: list[tuple[float, Board]] = []
        self.facts: list[CallRecord] = []
        self._stopped, self._stop = socket.socketpair()
        # The board keeps sums only; the facts behind them are seen on their way.
        step = plain_loop.step

        def seen(board: Board, happening: object, now: Any) -> Any:
            if isinstance(happening, PictureTaken):
                self.facts += happening.facts
            return step(board, happening, now)

        monkeypatch.setattr(plain_loop, "step", seen)
        told = {**lab.told(), "port": str(port)}
        self._opening = Opening(name="lab", kind="asterisk", told=told)
        self._thread = threading.Thread(target=self._follow)
        self._thread.start()
        self.until(lambda board: board.snapshot is not None, "the first picture", 10)

    def _follow(self) -> None:
        boards = plain_loop.follow(
            opening=self._opening,
            kind=KIND,
            zone=UTC,
            clock=system_clock(),
            interrupt=self._stopped,
            chance=Random(1),
        )
        with closing(boards):
            for board in boards:
                self.boards.append((time.monotonic(), board))

    @property
    def board(self) -> Board:
        return self.boards[-1][1]

    def totals(self) -> Totals:
        return self.board.site.totals

    def until(self, holds: Callable[[Board], bool], what: str, within_s: float) -> float:
        wait_for(lambda: bool(self.boards) and holds(self.board), what, within_s)
        return self.boards[-1][0]

    def first_after(self, began_s: float, holds: Callable[[Board], bool], within_s: float) -> float:
        """Return after how many seconds a board first was so."""
        found: list[float] = []

        def look() -> bool:
            found[:] = [at for at, board in tuple(self.boards) if at >= began_s and holds(board)]
            return bool(found)

        wait_for(look, "a board that is so", within_s)
        return found[0] - began_s

    def notices(self) -> set[FaultKind]:
        return {notice.kind for notice in self.board.notices}

    def close(self) -> None:
        self._stop.send(b"x")
        self._thread.join(10)
        self._stop.close()
        self._stopped.close()


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def ready(lab: AsteriskLab) -> AsteriskLab:
    """The PBX with all phones reachable, nobody paused and nobody calling."""
    wait_for(lambda: all_free(lab), "all phones are free", 60)
    return lab


@pytest.fixture
def watch_of(stack: ExitStack, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Watch]:
    def make(lab: AsteriskLab, port: int | None = None) -> Watch:
        watch = Watch(lab, monkeypatch, port or lab.port)
        stack.callback(watch.close)
        return watch

    return make


def all_free(lab: AsteriskLab) -> bool:
    told = lab.cli("queue show")
    members = [line for line in told.splitlines() if "ringinuse" in line]
    # Left over from traffic that somebody made.
    for queue, extra in (("support", "PJSIP/1006"), ("sales", "PJSIP/1001")):
        lab.cli(f"queue remove member {extra} from {queue}")
    calm = all("(Not in use)" in line and "paused" not in line for line in members)
    if calm and len(members) == 11 and told.count("has 0 calls") == 4:
        return True
    # 16 is slow to ask the phones after a start.
    for phone in range(1001, 1009):
        lab.cli(f"pjsip qualify {phone}")
    return False


def calling(lab: AsteriskLab, *seconds: float) -> list[subprocess.Popen[str]]:
    """Let customers call support, each for so long. Their numbers are those of the second."""
    callers = []
    for span in seconds:
        callers.append(lab.call("801", span))
        threading.Event().wait(1.1)
    return callers


def let_go(caller: subprocess.Popen[str]) -> None:
    """End a caller of the lab, if he is there still."""
    caller.kill()
    caller.communicate(timeout=10)


# --- figures -----------------------------------------------------------------------------------


def test_that_the_board_of_real_traffic_is_true(
    ready: AsteriskLab, tmp_path: Path, wallboard_home: Path
) -> None:
    """The command line as a user runs it, against what the phones saw."""
    lab = ready
    told = lab.told()
    fields = [f"--field={key}={told[key]}" for key in ("host", "port", "username")]
    run("connect", "asterisk", "--name=Lab", *fields, "--secret-stdin", said=told["secret"])
    board = subprocess.Popen(
        [*PROGRAM, "board", "Lab", "--json", "--until-idle", "--idle-seconds=15"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(lambda: "supervisor" in lab.cli("manager show connected"), "it is connected", 20)
    truth_path = tmp_path / "truth.json"
    seed = int(os.environ.get("WALLBOARD_LAB_SEED", "0")) or 1000 + lab.version
    traffic = lab.traffic(truth_path, seed=seed, seconds=SECONDS, rate=0.8, patience=30)
    traffic.communicate(timeout=SECONDS + 180)
    assert traffic.returncode == 0
    out, complaints = board.communicate(timeout=60)
    assert board.returncode == 0
    assert complaints == ""
    shown = {queue["id"]: queue for queue in json.loads(out)["queues"]}
    truth = truth_of(truth_path)
    same_instant = answered_in_the_same_instant(lab, truth)
    for queue in truth.summary:
        assert_true(shown[queue], truth, queue, same_instant[queue])


def run(*arguments: str, said: str) -> None:
    subprocess.run(
        [*PROGRAM, *arguments, "--keep-secret=file"],
        input=said,
        text=True,
        check=True,
        capture_output=True,
        timeout=60,
    )


def assert_true(shown: dict[str, Any], truth: Truth, queue: str, same_instant: int) -> None:
    true = truth.counts(queue)
    true["answered"] += same_instant
    true["answered_in_target"] += same_instant
    true["abandoned"] -= same_instant
    # Who was answered as the target was over is within it by one clock and over it by another.
    in_target = true.pop("answered_in_target")
    assert abs(shown["answered_in_target"] - in_target) <= on_the_edge(truth, queue), queue
    assert {name: shown[name] for name in true} == true, queue
    assert (shown["unknown"], shown["left_otherwise"], shown["waiting"]) == (0, 0, 0)
    assert shown["transferred"] == truth.summary[queue]["transferred"]
    calls = [call for call in truth.calls if call.queue == queue and call.wait_s is not None]
    waits = sum(call.wait_s or 0 for call in calls)
    talks = sum(call.talk_s or 0 for call in calls)
    # Of those whom the server connected as they hung up the phones know neither wait nor talk.
    room = len(calls) + 60 * same_instant
    assert abs(shown["wait_of_answered_s"] - waits) <= room
    assert abs(shown["talk_s"] - talks) <= room
    if calls and not same_instant:
        assert abs(shown["asa_s"] - waits / len(calls)) < 0.1
        assert abs(shown["att_s"] - talks / len(calls)) < 0.1


def on_the_edge(truth: Truth, queue: str) -> int:
    """Count the callers who were answered within a tenth of a second of the target."""
    waits = (call.wait_s for call in truth.calls if call.queue == queue)
    target_s = truth.summary[queue]["servicelevel"]
    return sum(wait is not None and abs(wait - target_s) <= EDGE_S for wait in waits)


def answered_in_the_same_instant(lab: AsteriskLab, truth: Truth) -> Counter[str]:
    """Count callers who gave up as an agent answered: abandoned for the phones, not the server.

    The server's own log says of them that they were connected, and for how long: not a second.
    """
    abandoned = {call.number: call for call in truth.calls if call.ending is Ending.ABANDONED}
    numbers: dict[str, str] = {}
    found: Counter[str] = Counter()
    for line in (lab.log / "queue_log").read_text(encoding="utf-8").splitlines():
        at, callid, queue, _, verb, *data = line.split("|")
        if int(at) < truth.started - 1:
            continue
        if verb == "ENTERQUEUE":
            numbers[callid] = data[1]
        elif verb.startswith("COMPLETE") and numbers.get(callid) in abandoned:
            assert int(data[1]) <= 1
            found[queue] += 1
    return found


@pytest.fixture
def overflow(ready: AsteriskLab, stack: ExitStack) -> AsteriskLab:
    """Two more numbers: 805 goes from billing to support, 806 to afterhours."""
    steps = {
        "805": ("Answer()", "Queue(billing,t,,,3)", "Queue(support,t,,,4)", "Wait(1)", "Hangup()"),
        "806": ("Answer()", "Queue(afterhours,t)", "Wait(1)", "Hangup()"),
    }
    for number, apps in steps.items():
        for place, app in enumerate(apps, 1):
            ready.cli(f"dialplan add extension {number},{place},{app} into from-trunk")
        stack.callback(ready.cli, f"dialplan remove extension {number}@from-trunk")
    return ready


def test_that_the_end_of_each_queue_on_the_way_has_its_own_reason(
    overflow: AsteriskLab, watch_of: Callable[..., Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAB_ANSWER_DELAY", "30")
    lab, watch = overflow, watch_of(overflow)
    from_queue_to_queue = lab.call("805", 20)
    watch.until(lambda _: len(watch.facts) == 2, "he was in two queues", 20)
    from_queue_to_queue.communicate(timeout=30)
    lab.cli("queue add member PJSIP/1002 to afterhours")
    nobody_there = lab.call("806", 30)
    watch.until(lambda board: board.site.waiting == 1, "he waits", 10)
    lab.cli("queue remove member PJSIP/1002 from afterhours")
    watch.until(lambda _: len(watch.facts) == 3, "he was sent away", 20)
    nobody_there.communicate(timeout=30)
    assert [(str(fact.queue_id), str(fact.ending)) for fact in watch.facts] == [
        ("billing", "timed_out"),
        ("support", "timed_out"),
        ("afterhours", "left_empty"),
    ]
    waits = [fact.wait.total_seconds() for fact in watch.facts if fact.wait is not None]
    # The server goes by whole seconds of its clock: a limit of 3 s may be over after 2 s.
    assert all(
        limit - 1.1 <= wait <= limit + 0.5 for wait, limit in zip(waits, (3, 4), strict=False)
    ), waits


# --- restarts ----------------------------------------------------------------------------------


def restarted_by_command(lab: AsteriskLab) -> None:
    lab.cli("core restart now")


def restarted_by_kill(lab: AsteriskLab) -> None:
    os.kill(int((lab.root / "lab" / "pbx" / "pid").read_text()), signal.SIGKILL)
    subprocess.run(
        [lab.folder / "up", str(lab.version)],
        env=lab.env,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=120,
    )


def answers_queues(lab: AsteriskLab) -> bool:
    """Return whether the PBX lets us in and tells its queues."""
    told = lab.told("viewer")
    lines = f"Action: Login\r\nUsername: {told['username']}\r\nSecret: {told['secret']}\r\n"
    ask = f"{lines}Events: off\r\n\r\nAction: QueueStatus\r\n\r\n"
    try:
        with closing(socket.create_connection((lab.host, lab.port), 1)) as link:
            link.settimeout(0.5)
            link.sendall(ask.encode())
            heard = b""
            while data := link.recv(1 << 16):
                heard += data
                if b"QueueStatusComplete" in heard or b"Invalid/unknown" in heard:
                    return b"QueueStatusComplete" in heard
    except OSError:
        return False
    return False


@pytest.mark.parametrize("restart", [restarted_by_command, restarted_by_kill])
def test_that_a_restart_is_said_counts_nothing_twice_and_does_not_zero_the_day(
    ready: AsteriskLab,
    watch_of: Callable[..., Watch],
    stack: ExitStack,
    restart: Callable[[AsteriskLab], None],
) -> None:
    lab, watch = ready, watch_of(ready)
    one = lab.call("801", 1.5)
    watch.until(lambda board: board.site.totals.offered == 1, "a first call", 10)
    one.communicate(timeout=30)
    watch.until(lambda board: not open_calls(board), "the first call is over", 10)
    # Four agents of support: four talk, two wait.
    callers = calling(lab, *[90] * 6)
    stack.callback(lambda: [let_go(caller) for caller in callers])
    watch.until(
        lambda board: (board.site.waiting, len(open_calls(board))) == (2, 6),
        "four talk and two wait",
        30,
    )
    before = watch.totals()
    began_s = time.monotonic()
    doing = threading.Thread(target=restart, args=(lab,))
    doing.start()
    said_s = watch.first_after(began_s, lambda board: board.fault is not None, 10)
    assert said_s < 1.5
    returned_s = wait_for(lambda: answers_queues(lab), "the PBX is back", 60)
    live_s = watch.first_after(
        began_s + said_s,
        lambda board: board.fault is None and board.freshness == "live",
        60,
    )
    assert began_s + said_s + live_s - returned_s < P_PLUS_D_S
    doing.join(120)

    totals = watch.totals()
    assert (totals.offered, totals.answered) == (7, 5)
    assert before.answered == totals.answered
    assert FaultKind.RESTARTED in watch.notices()
    assert len({fact.fact_id for fact in watch.facts}) == len(watch.facts) == 7
    # A server that is told to restart hangs up on everybody first, and says so.
    ended = (totals.left_otherwise, totals.unknown)
    assert ended == ((0, 2) if restart is restarted_by_kill else (2, 0))
    stated = [n.detail("count") for n in watch.board.notices if n.kind is FaultKind.CALLS_UNSEEN]
    assert stated == (["2"] if restart is restarted_by_kill else [])
    if restart is restarted_by_kill:
        assert sum(fact.talk is None for fact in watch.facts) == 6

    # And it goes on: the next call is one more of the same day.
    wait_for(lambda: all_free(lab), "all phones are free", 60)
    again = lab.call("801", 3)
    watch.until(lambda board: board.site.totals.answered == 6, "a call after it", 30)
    again.communicate(timeout=30)
    watch.until(lambda board: not open_calls(board), "that call is over", 10)
    assert watch.totals().offered == 8


def open_calls(board: Board) -> tuple[Call, ...]:
    return () if board.snapshot is None else tuple(board.snapshot.calls.values())


# --- a network that is cut ---------------------------------------------------------------------


@pytest.mark.parametrize(("network", "cut_s"), [(Network.STALLS, 20), (Network.REFUSES, 8)])
def test_that_a_cut_network_is_said_and_what_passed_meanwhile_is_stated(
    ready: AsteriskLab,
    watch_of: Callable[..., Watch],
    stack: ExitStack,
    network: Network,
    cut_s: float,
) -> None:
    lab = ready
    proxy = Proxy(lab.port)
    stack.callback(proxy.close)
    watch = watch_of(lab, proxy.port)
    through = lab.call("801", cut_s + 12)  # talks before, during and after
    threading.Event().wait(1.1)
    over = lab.call("802", 6)  # talks before, ends during
    stack.callback(lambda: [let_go(caller) for caller in (through, over)])
    watch.until(
        lambda board: board.site.totals.answered == 2 and not board.site.waiting,
        "both talk",
        20,
    )
    began_s = time.monotonic()
    proxy.become(network)
    unseen = calling(lab, 2, 2)  # begin and end during
    said_s = watch.first_after(began_s, lambda board: board.fault is not None, 10)
    assert said_s < TWO_POLLS_S
    shown = watch.board
    assert shown.snapshot is not None
    assert shown.site.totals.answered == 2
    for caller in unseen:
        caller.communicate(timeout=30)
    threading.Event().wait(max(0.0, cut_s - (time.monotonic() - began_s)))
    returned_s = time.monotonic()
    proxy.become(Network.WELL)
    live_s = watch.first_after(
        returned_s, lambda board: board.fault is None and board.freshness == "live", 20
    )
    assert live_s < P_PLUS_D_S
    # The server's counts are compared in a look in which nothing ends.
    watch.until(lambda board: board.site.totals.unknown == 2, "two calls unseen", 10)
    assert watch.notices() == {FaultKind.CALLS_UNSEEN}
    through.communicate(timeout=60)
    watch.until(lambda board: not open_calls(board), "the call is over", 20)

    totals = watch.totals()
    assert (totals.offered, totals.answered, totals.unknown) == (4, 2, 2)
    assert len({fact.fact_id for fact in watch.facts}) == len(watch.facts) == 4
    talks = {str(fact.queue_id): fact.talk for fact in watch.facts if fact.talk is not None}
    assert set(talks) == {"support"}
    assert talks["support"].total_seconds() == pytest.approx(cut_s + 11, abs=3)


# --- accounts ----------------------------------------------------------------------------------


def findings(lab: AsteriskLab, username: str, **more: str) -> dict[str, Finding]:
    found = list(KIND.check({**lab.told(username), **more}, system_clock()))
    for language in LANGUAGES:
        assert all(len(Wording(language=language).finding(one)) > 10 for one in found)
    return {one.topic: one for one in found}


def details(finding: Finding) -> dict[str, str]:
    return dict(finding.details)


@pytest.fixture
def busy(ready: AsteriskLab, stack: ExitStack) -> AsteriskLab:
    """Somebody calls all the while."""
    callers = calling(ready, 4, 6, 8)
    stack.callback(lambda: [let_go(caller) for caller in callers])
    return ready


def test_that_an_account_with_all_rights_is_good_throughout(busy: AsteriskLab) -> None:
    found = findings(busy, "supervisor")
    assert {str(one.verdict) for one in found.values()} == {"good"}
    assert details(found["queues"])["names"] == "afterhours, billing, sales, support"
    assert details(found["members"])["count"] == "8"
    assert details(found["sign_in"])["version"].startswith(str(busy.version))


def test_that_an_account_that_only_looks_may_not_command(busy: AsteriskLab) -> None:
    found = findings(busy, "viewer")
    wrong = {topic: str(one.verdict) for topic, one in found.items() if str(one.verdict) != "good"}
    assert wrong == {"commands": "warning"}
    assert details(found["commands"])["rights"] == "originate,agent,call"


def test_that_an_account_with_the_wrong_classes_is_told_what_it_lacks(busy: AsteriskLab) -> None:
    found = findings(busy, "wrongperm")
    assert found["sign_in"].verdict is Verdict.GOOD
    assert found["events"].verdict is Verdict.BAD
    assert found["events"].fault is not None
    assert found["events"].fault.kind is FaultKind.NO_EVENTS
    assert "read = call,agent" in Wording().finding(found["events"])
    assert found["calls"].fault is not None
    assert found["calls"].fault.detail("right") == "write = reporting"


@pytest.mark.parametrize(("username", "more"), [("blocked", {}), ("supervisor", {"secret": "no"})])
def test_that_an_account_that_is_not_let_in_is_told_why(
    ready: AsteriskLab, username: str, more: dict[str, str]
) -> None:
    found = findings(ready, username, **more)
    assert list(found) == ["reachable", "tls", "sign_in"]
    said = Wording().finding(found["sign_in"])
    assert "does not accept the sign-in" in said
    assert "this computer's address is allowed" in said
