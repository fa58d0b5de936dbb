"""A TV tells the server how it is; who supervises asks there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from pathlib import Path

import pytest
from support.feeds import HandFeed
from support.served import Served, served

from wallboard.api.kiosks import BoardState, KioskSeen
from wallboard.app.clock import system_clock
from wallboard.app.kiosk_report import AGAIN_S, Reporter, reporter_of, word_of
from wallboard.domain.errors import SourceError
from wallboard.runtime.kiosk_wire import Beat, BoardBeat, KioskLaunch
from wallboard.runtime.opening import SERVED, SIMULATOR, Opening
from wallboard.server.rights import Role
from wallboard.sources.rest import KIND as REST
from wallboard.sources.rest.kiosks import KioskDoor, NoKiosksThere

LAUNCH = KioskLaunch(name="office", folder="/somewhere/of/mine/office-1f", restarts=2)
HALL = BoardBeat(title="", file="/somewhere/of/mine/hall.toml", screen="HDMI-1", scene="queues")
BEAT = Beat(boards=(HALL,), freshness="live")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    feed = HandFeed()
    feed.begin()
    with served(tmp_path, feed) as there:
        yield there


def told_of(server: Served, role: Role) -> dict[str, str]:
    defaults = {field.key: field.default for field in REST.fields}
    signed = {"sign_in": "bearer", "secret": server.token(role)}
    return {**defaults, **signed, "url": f"http://127.0.0.1:{server.port}"}


def seen_by_staff(server: Served) -> tuple[KioskSeen, ...]:
    door = KioskDoor(told_of(server, Role.SUPERVISOR), system_clock())
    try:
        return door.listed().kiosks
    finally:
        door.close()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)  # noqa: TID251 - a test waits for a thread


def test_that_a_server_is_told_and_a_heart_that_stands_still_is_not_told_for(
    server: Served,
) -> None:
    opening = Opening(name="office", kind=SERVED, told=told_of(server, Role.TV))
    beats = [BEAT]
    reporter = reporter_of(opening, LAUNCH, system_clock(), lambda: beats[-1])
    assert reporter is not None
    reporter._every_s = 0.1
    reporter.start()
    try:
        until(lambda: len(seen_by_staff(server)) == 1)
        (seen,) = seen_by_staff(server)
        assert seen.word.id == "office-1f"
        assert seen.word.restarts == 2
        (board,) = seen.word.boards
        assert (board.state, board.title, board.screen) == (BoardState.LIVE, "hall", "HDMI-1")
        first = seen_by_staff(server)[0].seen
        time.sleep(0.5)  # noqa: TID251 - that nothing happens takes time
        server.clock.pass_by(60)
        assert seen_by_staff(server)[0].dark, "what stands still was not told again"
        beats.append(Beat(boards=(HALL,), freshness="stale"))
        until(lambda: not seen_by_staff(server)[0].dark)
        (board,) = seen_by_staff(server)[0].word.boards
        assert board.state is BoardState.OLD
        assert seen_by_staff(server)[0].seen > first
    finally:
        reporter.stop()


def test_that_no_path_of_the_machine_is_told() -> None:
    word = word_of(BEAT, LAUNCH)
    assert "somewhere" not in repr(word)
    hidden = word_of(Beat(boards=(BoardBeat(),)), LAUNCH)
    assert [board.state for board in hidden.boards] == [BoardState.NO_SCREEN]


def test_that_a_screen_may_not_ask_for_the_others(server: Served) -> None:
    door = KioskDoor(told_of(server, Role.TV), system_clock())
    with pytest.raises(SourceError):
        door.listed()
    door.close()


def test_that_only_a_server_of_ours_is_told() -> None:
    def last() -> Beat:
        return BEAT

    for kind, told in ((SIMULATOR, {}), ("asterisk", {}), (SERVED, {"mapping": "x.toml"})):
        opening = Opening(name="x", kind=kind, told=told)
        assert reporter_of(opening, LAUNCH, system_clock(), last) is None
    with pytest.raises(NoKiosksThere):
        KioskDoor(
            {"url": "http://127.0.0.1:1", "sign_in": "none", "mapping": "x.toml"}, system_clock()
        )


def test_that_a_server_that_does_not_want_to_know_is_left_in_peace_for_a_while() -> None:
    asked: list[float] = []
    closed: list[int] = []

    class Closed:
        def tell(self, word: object) -> None:
            asked.append(time.monotonic())
            if len(asked) < 3:
                raise NoKiosksThere(str(word))

        def close(self) -> None:
            closed.append(1)

    # What is told the second time is the same again: it was not taken the first time.
    beats = (Beat(rss=number) for number in count())
    reporter = Reporter(
        lambda: next(beats),
        Closed,  # type: ignore[arg-type] # as much of a door as is used
        lambda beat: word_of(beat, LAUNCH),
        every_s=0.01,
        again_s=0.4,
    )
    assert AGAIN_S == 300
    reporter.start()
    until(lambda: len(asked) > 5)
    reporter.stop()
    until(lambda: closed == [1])
    pauses = [later - before for before, later in pairwise(asked)]
    assert min(pauses[:2]) >= 0.4
    assert min(pauses[2:]) < 0.4, "once it wants to know, it is told as ever"


def test_that_who_waits_for_such_a_server_ends_at_once() -> None:
    closed: list[int] = []

    class Closed:
        def tell(self, word: object) -> None:
            raise NoKiosksThere(str(word))

        def close(self) -> None:
            closed.append(1)

    reporter = Reporter(
        lambda: BEAT,
        Closed,  # type: ignore[arg-type] # as much of a door as is used
        lambda beat: word_of(beat, LAUNCH),
        every_s=0.01,
    )
    reporter.start()
    time.sleep(0.2)  # noqa: TID251 - it waits by then
    assert closed == []
    reporter.stop()
    until(lambda: closed == [1])
