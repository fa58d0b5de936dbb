"""One center on every way to it: the same board and the same totals at the same moments.

The simulated center, and the same through the server; a real Asterisk of either version by its
socket, by its web port and through the server. `WALLBOARD_LAB_SECONDS` says for how long there are
calls.
"""

from __future__ import annotations

import os
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.asterisk_lab import AsteriskLab
from support.lab_truth import counts_of, totals_by_queue
from support.same_board import Way, calm_moments, figures_of, followed, shown_at, until
from support.served_center import free_port, serving, told_of

from wallboard.app import serving as apps
from wallboard.app.clock import system_clock
from wallboard.domain.facts import CallRecord
from wallboard.domain.source import Gap
from wallboard.domain.totals import NOTHING
from wallboard.engine.board import Board
from wallboard.runtime.opening import Opening
from wallboard.server.listening import listening_at
from wallboard.server.rights import Role
from wallboard.server.tokens import NewToken
from wallboard.settings.connections import save_connection
from wallboard.settings.model import KeptIn, Profile, Settings
from wallboard.settings.paths import places
from wallboard.sources.asterisk import KIND as ASTERISK
from wallboard.sources.rest import KIND as REST

pytest.importorskip("uvicorn", reason="walls are served with the extra `server`")

SECONDS = float(os.environ.get("WALLBOARD_LAB_SECONDS", "25"))
CALM_S = 1.2
"""A wall that polls each second shows a change after a poll at most; so long must be calm."""


@pytest.fixture
def center(request: pytest.FixtureRequest, wallboard_home: Path) -> apps.ServedFeed:
    """A simulated center, served in this process, so that its own board can be looked at."""
    scenario, speed = request.param
    opening = Opening(
        name="Site", kind="simulator", told={"scenario": scenario, "speed": speed, "seed": "5"}
    )
    save_connection(places(), Profile(name="Site", kind="simulator"), {}, ())
    return apps.feed_of(opening, Settings(), places())


@pytest.mark.parametrize(
    "center", [("rush", "20"), ("demo", "10"), ("outage", "10")], indirect=True, ids=str
)
@pytest.mark.timeout(120)
def test_that_a_wall_of_a_simulated_center_shows_the_board_of_its_server(
    center: apps.ServedFeed,
) -> None:
    stop = threading.Event()
    now = system_clock().now().wall
    wanted = NewToken(name="wall", role=Role.MANAGER, expires=now + timedelta(days=1))
    _, said = apps.tokens_of(places()).create(wanted, now)
    with listening_at("127.0.0.1", 0) as listener:
        told = {
            "url": f"http://127.0.0.1:{listener.getsockname()[1]}",
            "secret": said,
            "poll": "1",
        }
        served = apps.Serving(listener=listener)
        thread = threading.Thread(target=apps.serve, args=(center, places(), served, stop))
        thread.start()
        wall = Way(name="wall", source=REST.connect(told, system_clock()), pause=POLL)
        boards: dict[datetime, Board] = {}
        try:
            with followed(wall):
                wall.recall(past_of(told, wall))
                same = compared(center, wall, boards, seconds=12)
        finally:
            stop.set()
            thread.join(20)
    assert same > 8
    totals = wall.board.site.totals
    assert totals.offered > 20


POLL = timedelta(seconds=0.4)


def past_of(told: dict[str, str], wall: Way) -> list[CallRecord]:
    """Return what had happened before the wall's first picture, as the program asks for it."""
    assert REST.past is not None
    assert wall.snapshot is not None
    gap = Gap(begin=wall.snapshot.as_of - timedelta(hours=4), end=wall.snapshot.as_of)
    return [
        fact for part in REST.past(told, gap) for fact in part.facts if isinstance(fact, CallRecord)
    ]


def compared(
    center: apps.ServedFeed, wall: Way, boards: dict[datetime, Board], seconds: float
) -> int:
    """Compare the boards of server and wall wherever both are of one moment; return how often."""
    compared: set[datetime] = set()
    end = threading.Event()
    timer = threading.Timer(seconds, end.set)
    timer.start()
    while not end.wait(0.01):
        issue = center.newest()
        if issue is not None and issue.board is not None:
            boards[issue.snapshot.as_of] = issue.board
        shown = wall.board
        if shown.snapshot is None or shown.fault is not None:
            continue
        at = shown.snapshot.as_of
        other = boards.get(at)
        if other is None or other.snapshot is None or at in compared:
            continue
        assert shown.snapshot == other.snapshot
        assert shown.queues.keys() == other.queues.keys()
        assert figures_of(shown) == figures_of(other)
        assert shown.ledger.totals == other.ledger.totals
        compared.add(at)
    timer.join()
    return len(compared)


# --- a real Asterisk ---------------------------------------------------------------------------


@pytest.fixture
def quiet(lab: AsteriskLab) -> AsteriskLab:
    """The PBX with all phones reachable and nobody calling."""
    until(lambda: _is_quiet(lab), "all phones are free", 90)
    return lab


def _is_quiet(lab: AsteriskLab) -> bool:
    told = lab.cli("queue show")
    members = [line for line in told.splitlines() if "ringinuse" in line]
    if all("(Not in use)" in line for line in members) and told.count("has 0 calls") == 4:
        return True
    for phone in range(1001, 1009):
        lab.cli(f"pjsip qualify {phone}")
    return False


@pytest.mark.lab
@pytest.mark.timeout(280)
def test_that_an_asterisk_is_the_same_on_every_way_to_it(
    quiet: AsteriskLab, wallboard_home: Path, tmp_path: Path
) -> None:
    lab, told = quiet, quiet.told()
    profile = Profile(
        name="Pbx",
        kind="asterisk",
        fields={key: told[key] for key in ("host", "port", "username")},
        secret=KeptIn.FILE,
    )
    save_connection(places(), profile, {"secret": told["secret"]}, ("secret",))
    port = free_port()
    with serving("Pbx", port):
        clock = system_clock()
        direct = Way(name="socket", source=ASTERISK.connect(told, clock), pause=ASTERISK.poll)
        web = Way(
            name="web port",
            source=ASTERISK.connect(lab.told_over_http(), clock),
            pause=ASTERISK.poll,
        )
        wall = Way(
            name="wall",
            source=REST.connect(told_of(port, "manager"), clock),
            pause=timedelta(seconds=0.3),
        )
        ways = (direct, web, wall)
        with followed(*ways, within_s=40):
            traffic = lab.traffic(
                tmp_path / "truth.json",
                seed=9100 + lab.version,
                seconds=SECONDS,
                rate=0.5,
                patience=12,
            )
            _, complaints = traffic.communicate(timeout=SECONDS + 120)
            assert traffic.returncode == 0, complaints
            until(lambda: all(not way.snapshot.calls for way in ways if way.snapshot), "over", 40)
            threading.Event().wait(2.5)
    moments = calm_moments(ways, CALM_S)
    assert len(moments) >= 3
    for at_s in moments:
        first, *others = [shown_at(way, at_s) for way in ways]
        assert others == [first, first]
    counts = [
        {queue: counts_of(one) for queue, one in totals_by_queue(way.records).items()}
        for way in ways
    ]
    assert sum(sum(each.values()) for each in counts[0].values()) > SECONDS / 4
    assert counts[1:] == [counts[0], counts[0]]
    figures = [figures_of(way.board) for way in ways]
    assert figures[1:] == [figures[0], figures[0]]
    assert all(way.faults == [] for way in ways)
    for queue, totals in direct.board.ledger.totals.items():
        for way in (web, wall):
            other = way.board.ledger.totals.get(queue, NOTHING)
            # Each way hears of an event by itself: some hundredths a call.
            apart = abs(other.wait_of_answered - totals.wait_of_answered)
            assert apart <= timedelta(seconds=0.3) * max(1, totals.answered)
