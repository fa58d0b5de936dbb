from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

from pytestqt.qtbot import QtBot
from support.clocks import HandClock
from support.scripted_source import kind_of

from wallboard.domain.clock import Clock
from wallboard.domain.errors import FaultKind, SourceUnavailable, fault
from wallboard.domain.source import Finding, SourceKind, Told, Verdict
from wallboard.runtime.checking import Checking

GOOD = Finding(topic="reachable", verdict=Verdict.GOOD)
BAD = Finding(topic="sign_in", verdict=Verdict.BAD)


def kind_with(check: Callable[[Told, Clock], Iterator[Finding]]) -> SourceKind:
    like = kind_of("slow")
    return SourceKind(
        key="checked",
        label="Checked",
        fields=(),
        poll=timedelta(seconds=5),
        connect=like.connect,
        check=check,
    )


class Heard:
    """What a check said, and on which thread."""

    def __init__(self, check: Callable[[Told, Clock], Iterator[Finding]]) -> None:
        self.findings: list[Finding] = []
        self.threads: set[int] = set()
        self.ends: list[bool] = []
        self.checking = Checking(kind_with(check), {"secret": "hunter2"}, HandClock())
        self.checking.finding_made.connect(self._take)
        self.checking.ended.connect(self.ends.append)

    def _take(self, finding: Finding) -> None:
        self.findings.append(finding)
        self.threads.add(threading.get_ident())


def test_that_findings_come_one_by_one_from_another_thread(qtbot: QtBot) -> None:
    worked_in: list[int] = []

    def check(told: Told, clock: Clock) -> Iterator[Finding]:
        worked_in.append(threading.get_ident())
        yield GOOD
        yield GOOD

    heard = Heard(check)
    with qtbot.waitSignal(heard.checking.ended):
        heard.checking.start()
    assert heard.findings == [GOOD, GOOD]
    assert heard.ends == [True]
    assert worked_in != [threading.get_ident()]


def test_that_one_bad_finding_makes_a_bad_end(qtbot: QtBot) -> None:
    heard = Heard(lambda *_: iter((GOOD, BAD)))
    with qtbot.waitSignal(heard.checking.ended):
        heard.checking.start()
    assert heard.ends == [False]


def test_that_a_fault_is_a_finding(qtbot: QtBot) -> None:
    def check(told: Told, clock: Clock) -> Iterator[Finding]:
        yield GOOD
        raise SourceUnavailable(fault(FaultKind.LOST, host="pbx"))

    heard = Heard(check)
    with qtbot.waitSignal(heard.checking.ended):
        heard.checking.start()
    assert heard.ends == [False]
    last = heard.findings[-1]
    assert last.fault is not None
    assert last.fault.kind is FaultKind.LOST


def test_that_a_bug_is_a_finding_without_its_words(qtbot: QtBot) -> None:
    def check(told: Told, clock: Clock) -> Iterator[Finding]:
        yield GOOD
        raise RuntimeError(told["secret"])

    heard = Heard(check)
    with qtbot.waitSignal(heard.checking.ended):
        heard.checking.start()
    assert heard.ends == [False]
    assert "hunter2" not in repr(heard.findings)


def test_that_nothing_is_said_after_the_stop(qtbot: QtBot) -> None:
    go_on = threading.Event()

    def check(told: Told, clock: Clock) -> Iterator[Finding]:
        yield GOOD
        go_on.wait(10)
        yield BAD

    heard = Heard(check)
    with qtbot.waitSignal(heard.checking.finding_made):
        heard.checking.start()
    heard.checking.stop()
    go_on.set()
    qtbot.wait(200)
    assert heard.findings == [GOOD]
    assert heard.ends == []
