"""Who supervises sees which TV is dark: those of this computer, and those a server knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot
from support.feeds import HandFeed
from support.looks import look_in
from support.served import Served, served

from wallboard.api.kiosks import BoardState, KioskBoard, KioskWord
from wallboard.app.clock import system_clock
from wallboard.app.tv_desk import KEPT, TvDesk
from wallboard.domain.walls import TvState
from wallboard.runtime.kiosk_records import KioskRecord, Phase, write_record
from wallboard.runtime.kiosk_wire import BoardBeat
from wallboard.runtime.opening import SERVED, Opening
from wallboard.server.rights import Role
from wallboard.settings.paths import places
from wallboard.sources.rest import KIND as REST
from wallboard.sources.rest.kiosks import KioskDoor
from wallboard.ui.pages.walls import WallsPage
from wallboard.ui.walls.tv_faces import TvFace

HALL = BoardBeat(title="Hall", screen="HDMI-1", scene="queues")


def recorded(key: str, **changes: object) -> None:
    """Write down a kiosk of this computer that is well, but for the changes."""
    now = system_clock().now().wall.timestamp()
    well = KioskRecord(
        key=key,
        name="office",
        phase=Phase.RUNS,
        begun=now - 100,
        seen=now,
        written=now,
        boards=(HALL,),
        freshness="live",
        host="desk",
    )
    folder = places().kiosks / key
    folder.mkdir(parents=True)
    write_record(folder, msgspec.structs.replace(well, **changes))


class Desk:
    """A page that is seen, and what tells it of TVs."""

    def __init__(self, opening: Callable[[], Opening | None] = lambda: None) -> None:
        self.page = WallsPage(look_in("en"))
        self.desk = TvDesk(opening, places(), system_clock(), self.page)
        self.desk.serve(self.page)
        self.told: list[tuple[TvFace, ...]] = []
        self.page.show_tvs = self.told.append  # type: ignore[method-assign]
        self.page.show()

    def states(self) -> dict[str, TvState]:
        self.desk.look()
        return {tv.title: tv.state for tv in self.told[-1]}


@pytest.fixture
def desks(qtbot: QtBot, wallboard_home: Path) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def make(*told: Callable[[], Opening | None]) -> Desk:
        desk = Desk(*told)
        qtbot.addWidget(desk.page)
        made.append(desk)
        return desk

    yield make
    for each in made:
        each.desk.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    feed = HandFeed()
    feed.begin()
    with served(tmp_path / "server", feed) as there:
        yield there


def told_of(server: Served, role: Role) -> dict[str, str]:
    defaults = {field.key: field.default for field in REST.fields}
    signed = {"sign_in": "bearer", "secret": server.token(role)}
    return {**defaults, **signed, "url": f"http://127.0.0.1:{server.port}"}


def test_that_those_of_this_computer_are_told_by_their_files(desks: Callable[..., Desk]) -> None:
    long_ago = system_clock().now().wall.timestamp() - KEPT.total_seconds() - 60
    lobby = msgspec.structs.replace(HALL, title="", file="/x/Lobby.toml", screen="")
    recorded("a", boards=(HALL, lobby))
    recorded("b", seen=1e9 + 5, boards=(msgspec.structs.replace(HALL, title="Gone for years"),))
    recorded("c", phase=Phase.ENDED, boards=(msgspec.structs.replace(HALL, title="Ended"),))
    recorded("d", begun=long_ago, seen=long_ago, boards=())
    desk = desks()
    assert desk.states() == {"Hall": TvState.LIVE, "Lobby": TvState.NO_SCREEN}
    now = system_clock().now().wall.timestamp()
    recorded("e", seen=now - 60, boards=(msgspec.structs.replace(HALL, title="Stairs"),))
    assert desk.states()["Stairs"] is TvState.DARK


def test_that_nothing_is_looked_at_while_nobody_looks(desks: Callable[..., Desk]) -> None:
    recorded("a")
    desk = desks()
    desk.page.hide()
    desk.told.clear()
    desk.desk.look()
    assert desk.told == []


def test_that_a_server_tells_of_tvs_elsewhere_and_is_asked_once_in_its_time(
    desks: Callable[..., Desk], qtbot: QtBot, server: Served
) -> None:
    boards = (KioskBoard(state=BoardState.OLD, title="Cellar", screen="DP-1"),)
    tv = KioskDoor(told_of(server, Role.TV), system_clock())
    tv.tell(KioskWord(id="cellar", boards=boards, host="box-7"))
    tv.close()
    opening = Opening(name="office", kind=SERVED, told=told_of(server, Role.SUPERVISOR))
    desk = desks(lambda: opening)
    qtbot.waitUntil(lambda: desk.states() == {"Cellar": TvState.OLD}, timeout=10_000)
    (face,) = desk.told[-1]
    assert face.place == "box-7"
    assert face.age is not None
    assert face.age < timedelta(seconds=20)
    assert desk.desk._errand is None, "it is not asked again at once"


def test_that_who_may_not_ask_is_told_of_his_own_only(
    desks: Callable[..., Desk], qtbot: QtBot, server: Served
) -> None:
    recorded("a")
    opening = Opening(name="office", kind=SERVED, told=told_of(server, Role.TV))
    desk = desks(lambda: opening)
    desk.states()
    qtbot.waitUntil(lambda: desk.desk._errand is None, timeout=10_000)
    assert desk.states() == {"Hall": TvState.LIVE}


def test_that_what_another_server_told_is_forgotten_with_it(
    desks: Callable[..., Desk], qtbot: QtBot, server: Served
) -> None:
    tv = KioskDoor(told_of(server, Role.TV), system_clock())
    tv.tell(KioskWord(id="x", boards=(KioskBoard(state=BoardState.LIVE, title="Cellar"),)))
    tv.close()
    shown = [Opening(name="office", kind=SERVED, told=told_of(server, Role.SUPERVISOR))]
    desk = desks(lambda: shown[0] if shown else None)
    qtbot.waitUntil(lambda: desk.states() == {"Cellar": TvState.LIVE}, timeout=10_000)
    shown.clear()
    assert desk.states() == {}
