"""A kiosk's heart: signs of life over a pipe, and a new start when memory asks for it."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import QCoreApplication
from support.clocks import HandClock

from wallboard.app import kiosk_heart
from wallboard.app.kiosk_heart import LONGEST_WAIT_S, PROBE_S, Heart
from wallboard.runtime.kiosk_wire import Beat, read_beat
from wallboard.runtime.memory_use import SETTLED_S

MB = 1_000_000


class Body:
    """A heart with what it is told of its memory, and what it asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, out: int | None = None) -> None:
        self.clock = HandClock()
        self.held, self.share, self.quiet = 100 * MB, 0.1, True
        self.asked: list[str] = []
        monkeypatch.setattr(kiosk_heart, "memory_held", lambda: self.held)
        monkeypatch.setattr(kiosk_heart, "handles_share", lambda: self.share)
        self.heart = Heart(self.clock, lambda: Beat(rss=self.held), lambda: self.quiet, out)
        self.heart.relief_wanted.connect(lambda: self.asked.append("relief"))
        self.heart.restart_wanted.connect(lambda: self.asked.append("restart"))

    def pass_by(self, seconds: float) -> list[str]:
        """Let time pass and the heart beat; return what it asked for meanwhile."""
        self.asked.clear()
        self.clock.pass_by(seconds)
        self.heart.beat()
        return list(self.asked)

    def settled(self) -> Body:
        """Let it hold what it needs."""
        assert self.pass_by(SETTLED_S + PROBE_S) == []
        return self


@pytest.fixture
def body(qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch) -> Body:
    return Body(monkeypatch).settled()


def test_that_each_beat_is_a_line_that_the_watchdog_reads(
    qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, writes = os.pipe()
    body = Body(monkeypatch, writes)
    body.heart.start()
    body.heart.stop()
    beat = read_beat(os.read(reads, 10_000))
    assert beat == body.heart.last == Beat(rss=100 * MB)
    os.close(reads)
    # Nobody reads any more: that is told over another pipe, and is no error here.
    body.heart.beat()
    os.close(writes)


def test_that_its_last_word_is_how_it_ends(
    qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, writes = os.pipe()
    body = Body(monkeypatch, writes)
    body.heart.start()
    body.heart.stop()
    body.heart.stop(143)
    lines = os.read(reads, 10_000).splitlines()
    assert [read_beat(line) for line in lines] == [Beat(rss=100 * MB), Beat(rss=100 * MB, ends=143)]
    assert body.heart.last == Beat(rss=100 * MB)
    os.close(reads)
    os.close(writes)


def test_that_what_grows_a_little_is_left_alone(body: Body) -> None:
    body.held = 140 * MB
    assert body.pass_by(PROBE_S) == []


def test_that_caches_are_let_go_of_first(body: Body) -> None:
    body.held = 160 * MB
    assert body.pass_by(PROBE_S) == ["relief"]
    assert body.pass_by(PROBE_S / 2) == [], "it is looked once a minute"


def test_that_a_new_start_waits_for_a_quiet_time_but_not_for_ever(body: Body) -> None:
    body.held, body.quiet = 210 * MB, False
    assert body.pass_by(PROBE_S) == ["relief"]
    assert body.pass_by(LONGEST_WAIT_S / 2) == ["relief"]
    assert body.pass_by(LONGEST_WAIT_S / 2 + 1) == ["relief", "restart"]
    body.quiet = True
    assert body.pass_by(PROBE_S) == ["relief", "restart"]


def test_that_what_got_well_again_begins_to_wait_anew(body: Body) -> None:
    body.held, body.quiet = 210 * MB, False
    body.pass_by(PROBE_S)
    body.held = 110 * MB
    assert body.pass_by(LONGEST_WAIT_S) == []
    body.held = 210 * MB
    assert body.pass_by(LONGEST_WAIT_S) == ["relief"]


def test_that_three_times_as_much_waits_for_nobody(body: Body) -> None:
    body.held, body.quiet = 310 * MB, False
    assert body.pass_by(PROBE_S) == ["restart"]


def test_that_handles_that_run_out_ask_for_it_too(body: Body) -> None:
    body.share = 0.85
    assert body.pass_by(PROBE_S) == ["relief", "restart"]
