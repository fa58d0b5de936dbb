"""A real Asterisk, both versions, watched over HTTP while real calls go through it."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from statistics import mean

import pytest
import trustme
from support.ami_proxy import Network, Proxy
from support.asterisk_lab import AsteriskLab
from support.lab_truth import counts_of, differences, totals_by_queue, truth_of

from wallboard.app.clock import system_clock
from wallboard.domain.errors import FaultKind, SourceError
from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.source import Verdict
from wallboard.sources.asterisk import KIND
from wallboard.sources.asterisk.source import DEADLINE, POLL
from wallboard.ui.wording import Wording

pytestmark = [pytest.mark.lab, pytest.mark.timeout(280)]

SECONDS = float(os.environ.get("WALLBOARD_LAB_SECONDS", "35"))
P_PLUS_D_S = POLL.total_seconds() + DEADLINE.total_seconds()


class Watcher:
    """Follows a PBX in a thread as the poll loop does, and keeps what it is told."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self.records: list[CallRecord] = []
        self.snapshot: Snapshot | None = None
        self.faults: list[FaultKind] = []
        self.notices: set[FaultKind] = set()
        self.live = False
        self.longest_s = 0.0
        self._source = KIND.connect(told, system_clock())
        self._stopped, self._stop = socket.socketpair()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow)
        self._thread.start()

    def _follow(self) -> None:
        with closing(self._source):
            while not self._ended.is_set():
                began = time.monotonic()
                try:
                    fetched = self._source.fetch()
                except SourceError as failed:
                    self.live = False
                    self.faults.append(failed.fault.kind)
                    self._ended.wait(1)
                    continue
                if self.live:
                    self.longest_s = max(self.longest_s, time.monotonic() - began)
                self.records += [one for one in fetched.facts if isinstance(one, CallRecord)]
                self.snapshot = fetched.snapshot
                self.notices = {one.kind for one in fetched.notices}
                self.live = True
                self._source.wait(POLL, self._stopped)

    def open(self) -> int:
        return -1 if self.snapshot is None else len(self.snapshot.calls)

    def close(self) -> None:
        self._ended.set()
        self._stop.send(b"x")
        self._thread.join(20)
        self._stop.close()
        self._stopped.close()


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def watching(stack: ExitStack) -> Callable[[Mapping[str, str]], Watcher]:
    def make(told: Mapping[str, str]) -> Watcher:
        watcher = Watcher(told)
        stack.callback(watcher.close)
        wait_for(lambda: watcher.live, "the first picture", 10)
        return watcher

    return make


@pytest.fixture
def calm(lab: AsteriskLab) -> AsteriskLab:
    """The PBX with all phones reachable and nobody calling."""
    wait_for(lambda: is_calm(lab), "all phones are free", 60)
    return lab


def is_calm(lab: AsteriskLab) -> bool:
    told = lab.cli("queue show")
    for queue, extra in (("support", "PJSIP/1006"), ("sales", "PJSIP/1001")):
        lab.cli(f"queue remove member {extra} from {queue}")
    members = [line for line in told.splitlines() if "ringinuse" in line]
    if all("(Not in use)" in line for line in members) and told.count("has 0 calls") == 4:
        for member in range(1001, 1009):
            lab.cli(f"queue unpause member PJSIP/{member}")
            lab.cli(f"queue unpause member Local/{member}@from-queue/n")
        return True
    for phone in range(1001, 1009):
        lab.cli(f"pjsip qualify {phone}")
    return False


def wait_for(holds: Callable[[], bool], what: str, within_s: float) -> None:
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, f"not within {within_s} s: {what}"
        threading.Event().wait(0.05)


def by_visit(records: list[CallRecord]) -> dict[tuple[str, str], CallRecord]:
    found = {(str(one.call_id).partition("@")[0], str(one.queue_id)): one for one in records}
    assert len(found) == len(records), "a call is told twice"
    return found


def seconds_apart(one: timedelta | None, other: timedelta | None) -> float:
    if one is None or other is None:
        assert one is other
        return 0.0
    return abs((one - other).total_seconds())


def test_that_the_web_port_shows_what_the_socket_shows_and_what_is_true(
    calm: AsteriskLab, watching: Callable[[Mapping[str, str]], Watcher], tmp_path: Path
) -> None:
    lab = calm
    ways = {
        "socket": watching(lab.told()),
        "cookie": watching(lab.told_over_http()),
        "digest": watching(lab.told_over_http(digest=True)),
    }
    path = tmp_path / "truth.json"
    seed = int(os.environ.get("WALLBOARD_LAB_SEED", "0")) or 7000 + lab.version
    traffic = lab.traffic(path, seed=seed, seconds=SECONDS, rate=0.8, patience=15)
    _, complaints = traffic.communicate(timeout=SECONDS + 120)
    assert traffic.returncode == 0, complaints
    wait_for(lambda: all(way.open() == 0 for way in ways.values()), "all calls are over", 30)
    threading.Event().wait(2)

    truth = truth_of(path)
    by_socket = by_visit(ways["socket"].records)
    assert len(by_socket) > SECONDS / 4
    for way in ways.values():
        assert way.faults == []
        wrong = differences(truth, way.records)
        # The caller gave up in the instant in which an agent answered.
        assert all(one.endswith("is told as answered") for one in wrong), wrong
        assert len(wrong) <= 2
        ours = by_visit(way.records)
        assert {key: one.ending for key, one in ours.items()} == {
            key: one.ending for key, one in by_socket.items()
        }
        totals, others = totals_by_queue(way.records), totals_by_queue(by_socket.values())
        assert {queue: counts_of(one) for queue, one in totals.items()} == {
            queue: counts_of(one) for queue, one in others.items()
        }
        apart = [seconds_apart(one.wait, by_socket[key].wait) for key, one in ours.items()]
        apart += [seconds_apart(one.talk, by_socket[key].talk) for key, one in ours.items()]
        entered = [
            (one.entered_at - by_socket[key].entered_at).total_seconds()
            for key, one in ours.items()
        ]
        assert max(apart) < 0.3
        assert abs(mean(entered)) < 0.1
        assert way.longest_s < 0.5

    shots = [way.snapshot for way in ways.values() if way.snapshot is not None]
    assert len(shots) == 3
    assert all(one.queues == shots[0].queues for one in shots)
    assert all(one.agents.keys() == shots[0].agents.keys() for one in shots)
    states = [{key: agent.state for key, agent in one.agents.items()} for one in shots]
    assert states[1:] == states[:-1]


@pytest.mark.parametrize("digest", [False, True], ids=["cookie", "digest"])
@pytest.mark.parametrize(("network", "cut_s"), [(Network.STALLS, 9), (Network.REFUSES, 5)])
def test_that_a_cut_way_over_http_is_said_and_what_passed_meanwhile_is_stated(
    calm: AsteriskLab, watching: Callable[[Mapping[str, str]], Watcher], stack: ExitStack,
    network: Network, cut_s: float, digest: bool,
) -> None:  # fmt: skip
    lab = calm
    proxy = Proxy(lab.http_port)
    stack.callback(proxy.close)
    watcher = watching({**lab.told_over_http(digest=digest), "port": str(proxy.port)})
    through = lab.call("801", cut_s + 9)  # talks before, during and after
    stack.callback(let_go, through)
    wait_for(lambda: watcher.open() == 1 and talking(watcher) == 1, "he talks", 20)
    began = time.monotonic()
    proxy.become(network)
    unseen = lab.call("802", 2)
    stack.callback(let_go, unseen)
    wait_for(lambda: bool(watcher.faults), "it is said", 10)
    assert time.monotonic() - began < 2 * POLL.total_seconds()
    assert watcher.open() == 1
    unseen.communicate(timeout=30)
    threading.Event().wait(max(0.0, cut_s - (time.monotonic() - began)))
    proxy.become(Network.WELL)
    wait_for(lambda: watcher.live, "it is back", P_PLUS_D_S)
    wait_for(lambda: len(watcher.records) == 1, "a call unseen", 10)
    assert [str(one.ending) for one in watcher.records] == ["unknown"]
    assert FaultKind.CALLS_UNSEEN in watcher.notices
    through.communicate(timeout=60)
    wait_for(lambda: watcher.open() == 0, "the call is over", 20)
    assert [str(one.ending) for one in watcher.records] == ["unknown", "answered"]
    talk = watcher.records[1].talk
    assert talk is not None
    assert talk.total_seconds() == pytest.approx(cut_s + 8, abs=3)


def talking(watcher: Watcher) -> int:
    calls = watcher.snapshot.calls.values() if watcher.snapshot is not None else ()
    return sum(call.answered_at is not None for call in calls)


def let_go(caller: subprocess.Popen[str]) -> None:
    """End a caller of the lab, if he is there still."""
    caller.kill()
    caller.communicate(timeout=10)


# --- what is set on the server -----------------------------------------------------------------


@pytest.fixture
def set_in(lab: AsteriskLab, stack: ExitStack) -> Callable[[str, str, str], None]:
    """Adds to a line of a file of the PBX until the end of the test: `set_in(file, old, new)`."""

    def change(name: str, old: str, new: str) -> None:
        path = lab.root / "lab" / "pbx" / "etc" / name
        before = path.read_text(encoding="utf-8")
        assert old in before
        reload = f"module reload {name.removesuffix('.conf')}"

        def restored() -> None:
            path.write_text(before, encoding="utf-8")
            lab.cli(reload)

        stack.callback(restored)
        path.write_text(before.replace(old, new), encoding="utf-8")
        lab.cli(reload)

    return change


def test_that_a_manager_that_is_not_offered_over_http_is_told_with_what_to_set(
    lab: AsteriskLab, set_in: Callable[[str, str, str], None]
) -> None:
    set_in("manager.conf", "webenabled = yes", "webenabled = no")
    found = {one.topic: one for one in KIND.check(lab.told_over_http(), system_clock())}
    assert list(found) == ["web"]
    assert found["web"].verdict is Verdict.BAD
    assert "webenabled = yes in manager.conf" in Wording().finding(found["web"])


def test_that_https_is_spoken_and_the_certificate_checked(
    lab: AsteriskLab,
    set_in: Callable[[str, str, str], None],
    watching: Callable[[Mapping[str, str]], Watcher],
    stack: ExitStack,
    tmp_path: Path,
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    key = lab.root / "lab" / "pbx" / "etc" / "https-of-a-test.pem"
    stack.callback(key.unlink)
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(key)
    port = lab.http_port + 1
    lines = (
        "tlsenable = yes",
        f"tlsbindaddr = 127.0.0.1:{port}",
        f"tlscertfile = /{key.relative_to(lab.root)}",
    )
    set_in("http.conf", "enabled = yes", "\n".join(("enabled = yes", *lines)))
    https = {**lab.told_over_http(), "transport": "https", "port": str(port)}
    watcher = watching({**https, "tls_ca": str(tmp_path / "ca.pem")})
    assert watcher.snapshot is not None
    assert len(watcher.snapshot.queues) == 4
    found = list(KIND.check(https, system_clock()))
    assert [(one.topic, str(one.verdict)) for one in found] == [("tls", "bad")]


def test_that_a_session_that_was_lost_does_not_stay_on_the_server(
    lab: AsteriskLab, watching: Callable[[Mapping[str, str]], Watcher], stack: ExitStack
) -> None:
    """For a minute it would keep all that happens, for nobody."""
    wait_for(lambda: "viewer" not in lab.cli("manager show connected"), "nobody of before", 80)
    proxy = Proxy(lab.http_port)
    stack.callback(proxy.close)
    watcher = watching({**lab.told_over_http("viewer"), "port": str(proxy.port)})
    assert lab.cli("manager show connected").count("viewer") == 1
    proxy.become(Network.REFUSES)
    wait_for(lambda: bool(watcher.faults), "it is said", 10)
    assert lab.cli("manager show connected").count("viewer") == 1
    proxy.become(Network.WELL)
    wait_for(lambda: watcher.live, "it is back", P_PLUS_D_S)
    assert lab.cli("manager show connected").count("viewer") == 1
    watcher.close()
    stack.pop_all()
    proxy.close()
    wait_for(lambda: "viewer" not in lab.cli("manager show connected"), "it is signed off", 5)


@pytest.mark.parametrize("digest", [False, True], ids=["cookie", "digest"])
def test_that_a_close_look_over_http_finds_all_good(
    calm: AsteriskLab, stack: ExitStack, digest: bool
) -> None:
    callers = [calm.call("801", 4)]
    threading.Event().wait(1.1)
    callers.append(calm.call("801", 7))
    stack.callback(lambda: [let_go(caller) for caller in callers])
    told = calm.told_over_http(digest=digest)
    found = {one.topic: one for one in KIND.check(told, system_clock())}
    assert {topic: str(one.verdict) for topic, one in found.items()} == dict.fromkeys(found, "good")
    assert "web_session" in found
    assert dict(found["sign_in"].details)["version"].startswith(str(calm.version))


@pytest.mark.parametrize("digest", [False, True], ids=["cookie", "digest"])
@pytest.mark.parametrize(("username", "secret"), [("blocked", "blocked-secret"), ("viewer", "no")])
def test_that_an_account_that_is_not_let_in_over_http_is_told_why(
    lab: AsteriskLab, username: str, secret: str, digest: bool
) -> None:
    told = {**lab.told_over_http(username, digest=digest), "secret": secret}
    found = {one.topic: one for one in KIND.check(told, system_clock())}
    assert list(found) == ["reachable", "tls", "web", "sign_in"]
    assert "does not accept the sign-in" in Wording().finding(found["sign_in"])
