"""The desk: what somebody asks for is on the disk before the source hears of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.looks import look_in

from wallboard.app import system_clock
from wallboard.app import window as window_module
from wallboard.app.journal_heads import DESK_HEAD, JournalHeads
from wallboard.app.supervision_desk import SupervisionDesk
from wallboard.app.supervision_journal import (
    JournalWriter,
    journal_file,
    key_file,
    made_key,
    read_key,
)
from wallboard.domain.snapshot import Agent
from wallboard.domain.supervision import Stage, WishKind
from wallboard.engine.supervision import Asked, Obstacle, Phase, SupervisionState
from wallboard.engine.supervision_offers import offers_for, talks
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import process_command
from wallboard.server.journal import JournalUnusable
from wallboard.server.verifying import verified
from wallboard.settings.granting import Grant, SiteGrants, Supervision
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places, places
from wallboard.ui.main_window import MainWindow
from wallboard.ui.wording import Wording

CLOCK = system_clock()
LONG_MS = 20_000
GRANTED = Settings(
    supervision=Supervision(
        limit_minutes=2,
        connections={
            "centre": SiteGrants(
                people={"*": Grant(may=frozenset({WishKind.LISTEN, WishKind.WHISPER}))}
            )
        },
    )
)


class Room:
    """A simulated center, with a desk before it that takes it for a real one."""

    def __init__(self, bot: QtBot, where: Places) -> None:
        self.bot = bot
        self.places = where
        self.attended = True
        self.states: list[SupervisionState] = []
        self.desk = SupervisionDesk(where, CLOCK, attended=lambda: self.attended)
        self.desk.state_changed.connect(self.states.append)
        self.opening = Opening(name="centre", kind="simulator", told={"seed": "7"})
        self.live = LiveBoard(
            opening=self.opening,
            poll=timedelta(seconds=1),
            zone=UTC,
            clock=CLOCK,
            command=process_command(),
        )

    def begin(self, settings: Settings = GRANTED) -> None:
        self.desk.serve(self.live, self.opening, settings, Wording())
        self.live.start()
        self.wait(lambda: self.talking() is not None)

    def end(self) -> None:
        self.desk.forget()
        self.live.stop()

    def wait(self, holds: Callable[[], bool]) -> None:
        self.bot.waitUntil(holds, timeout=LONG_MS)

    def talking(self) -> Agent | None:
        told = self.live.board.snapshot
        return None if told is None else next(filter(talks, told.agents.values()), None)

    def listen(self, kind: WishKind = WishKind.LISTEN, **more: object) -> Agent:
        agent = self.talking()
        assert agent is not None
        wanted = Asked(kind=kind, agent_id=agent.agent_id, reason="coaching")
        self.desk.ask(replace(wanted, **more))  # type: ignore[arg-type]
        return agent

    def phase(self) -> Phase | None:
        session = self.desk.state.session
        return None if session is None else session.phase

    def rows(self) -> list[dict[str, object]]:
        try:
            lines = journal_file(self.places).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in lines]


@pytest.fixture
def room(qtbot: QtBot, wallboard_home: Path) -> Iterator[Room]:
    made = Room(qtbot, places({"WALLBOARD_HOME": str(wallboard_home)}))
    yield made
    made.end()


def test_that_listening_is_written_passed_on_seen_ended_and_written_again(room: Room) -> None:
    room.begin()
    agent = room.listen()
    room.wait(lambda: room.phase() is Phase.LIVE)
    assert room.rows()[0]["what"] == "passed"
    first = room.rows()[0]
    assert (first["agent_id"], first["call_id"]) == (agent.agent_id, agent.call_id)
    assert (first["command"], first["reason"], first["connection"]) == (
        "listen",
        "coaching",
        "centre",
    )
    assert first["name"]
    room.desk.ask(Asked(kind=WishKind.END, agent_id=agent.agent_id))
    room.wait(lambda: room.phase() is Phase.ENDED)
    room.end()
    told = [(row["what"], row.get("key")) for row in room.rows()]
    assert ("began", first["key"]) in told
    assert ("ended", first["key"]) in told
    key = read_key(key_file(journal_file(room.places)))
    found = verified(
        journal_file(room.places), key, JournalHeads(room.places, DESK_HEAD).noted or "none"
    )
    assert found.broken_at is None


def test_that_nobody_may_do_what_was_not_granted(room: Room) -> None:
    room.begin(Settings())
    agent = room.listen()
    room.wait(lambda: bool(room.desk.state.told))
    assert room.desk.state.told[-1].obstacle is Obstacle.NO_RIGHT
    assert room.desk.state.session is None
    offers = offers_for(room.live.board, room.desk.state, agent.agent_id, CLOCK.now())
    assert all(offer.obstacle is not None for offer in offers)
    room.wait(lambda: [row["what"] for row in room.rows()] == ["refused"])


def test_that_nothing_is_done_from_a_window_that_nobody_sits_at(room: Room) -> None:
    room.begin()
    room.attended = False
    room.listen()
    assert room.desk.state.told[-1].obstacle is Obstacle.NOT_HERE
    assert room.phase() is None
    room.attended = True
    room.listen()
    room.wait(lambda: room.phase() is Phase.LIVE)


def test_that_a_journal_that_cannot_be_written_keeps_everything_from_being_done(
    room: Room,
) -> None:
    room.begin()
    # A file where the folder has to be.
    journal_file(room.places).parent.parent.mkdir(parents=True, exist_ok=True)
    journal_file(room.places).parent.write_text("")
    room.listen()
    room.wait(lambda: bool(room.desk.state.told))
    assert room.desk.state.told[-1].obstacle is Obstacle.NO_JOURNAL
    assert room.desk.state.obstacles[WishKind.LISTEN] is Obstacle.NO_JOURNAL
    assert room.phase() is None


def test_that_closing_the_window_ends_what_lasts(room: Room) -> None:
    room.begin()
    room.listen()
    room.wait(lambda: room.phase() is Phase.LIVE)
    room.end()
    told = [(row["what"], row.get("command"), row.get("by")) for row in room.rows()]
    assert ("passed", "end", "window") in told
    assert room.rows()[-1]["what"] == "ended"


def test_that_another_mode_is_a_command_of_its_own(room: Room) -> None:
    room.begin()
    agent = room.listen()
    room.wait(lambda: room.phase() is Phase.LIVE)
    room.desk.ask(Asked(kind=WishKind.WHISPER, agent_id=agent.agent_id, reason="coaching"))
    room.wait(
        lambda: (
            room.phase() is Phase.LIVE
            and room.desk.state.session is not None
            and room.desk.state.session.mode is WishKind.WHISPER
        )
    )
    passed = [row["command"] for row in room.rows() if row["what"] == "passed"]
    assert [each for each in passed if each != "message"] == ["listen", "end", "whisper"]


def test_that_rights_that_are_withdrawn_end_what_lasts(room: Room) -> None:
    room.begin()
    room.listen()
    room.wait(lambda: room.phase() is Phase.LIVE)
    room.desk.decide(Settings(), Wording())
    room.wait(lambda: room.phase() is Phase.ENDED)


def test_that_a_demo_leaves_no_journal_behind(qtbot: QtBot, wallboard_home: Path) -> None:
    room = Room(qtbot, places({"WALLBOARD_HOME": str(wallboard_home)}))
    room.opening = replace(room.opening, demo=True)
    try:
        room.begin(Settings())
        room.listen(WishKind.PAUSE)
        room.wait(lambda: any(told.stage is Stage.DONE for told in room.desk.state.told))
    finally:
        room.end()
    assert not journal_file(room.places).exists()


def test_that_a_journal_whose_key_is_gone_is_not_gone_on_with(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    key = made_key(journal)
    assert made_key(journal) == key
    journal.write_text("{}\n")
    key_file(journal).unlink()
    with pytest.raises(JournalUnusable):
        made_key(journal)


def test_that_what_cannot_be_written_stops_nothing_that_comes_after_it(tmp_path: Path) -> None:
    wrote: list[bool] = []
    writer = JournalWriter(tmp_path / "journal.jsonl", None)
    writer.start()
    # The system's name of somebody may be no text at all.
    for name in ("\udcff", "ali"):
        writer.write(CLOCK.now().wall, "passed", {"name": name}, wrote.append)
    writer.stop()
    assert wrote == [False, True]


def test_that_a_window_does_what_is_asked_at_it(
    qtbot: QtBot, wallboard_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the demo, where everybody may do everything, from the window's wish to its state."""
    window = MainWindow(look_in("en"))
    qtbot.addWidget(window)
    shown: list[SupervisionState] = []
    monkeypatch.setattr(window, "show_supervision", shown.append)
    demo = Opening(name="Demo", kind="simulator", demo=True)
    desk = window_module._Desk(
        window, CLOCK, demo=demo, settings=Settings(), places=places(), language="en"
    )
    try:
        window.show()
        window.demo_requested.emit()
        qtbot.waitUntil(lambda: bool(shown), timeout=LONG_MS)
        live = desk._live
        assert live is not None

        def talking() -> Agent | None:
            told = live.board.snapshot
            return None if told is None else next(filter(talks, told.agents.values()), None)

        qtbot.waitUntil(lambda: talking() is not None, timeout=LONG_MS)
        agent = talking()
        assert agent is not None
        window.wish_asked.emit(
            Asked(kind=WishKind.LISTEN, agent_id=agent.agent_id, reason="coaching")
        )
        qtbot.waitUntil(
            lambda: shown[-1].session is not None and shown[-1].session.phase is Phase.LIVE,
            timeout=LONG_MS,
        )
    finally:
        desk.close()
    assert shown[-1].session is None


def test_that_an_altered_journal_is_told_before_anything_is_asked(room: Room) -> None:
    room.begin()
    room.listen()
    room.wait(lambda: room.phase() is Phase.LIVE)
    room.desk.forget()
    assert room.desk.state.altered_at is None
    path = journal_file(room.places)
    path.write_text(path.read_text(encoding="utf-8").replace("coaching", "training"), "utf-8")
    room.desk._looking.setInterval(10)
    room.desk.serve(room.live, room.opening, GRANTED, Wording())
    room.wait(lambda: room.desk.state.altered_at is not None)
    assert room.desk.state.altered_at == 1


def test_that_who_only_looks_and_has_no_journal_gets_none(room: Room) -> None:
    room.desk._looking.setInterval(10)
    room.begin()
    room.bot.wait(100)
    assert not journal_file(room.places).parent.exists()


def test_that_who_whispers_is_heard_while_it_is_held_and_the_agent_is_told(room: Room) -> None:
    room.begin()
    agent = room.listen(WishKind.WHISPER)
    room.wait(lambda: room.phase() is Phase.LIVE)

    def muted() -> bool | None:
        session = room.desk.state.session
        return None if session is None else session.muted

    room.wait(lambda: muted() is True)
    room.desk.ask(Asked(kind=WishKind.TALK, agent_id=agent.agent_id))
    room.wait(lambda: muted() is False)
    room.desk.ask(Asked(kind=WishKind.HUSH, agent_id=agent.agent_id))
    room.wait(lambda: muted() is True)
    passed = [row["command"] for row in room.rows() if row["what"] == "passed"]
    assert [each for each in passed if each != "message"] == ["whisper", "talk", "hush"]
    told = next(row for row in room.rows() if row.get("command") == "message")
    assert (told["by"], told["agent_id"]) == ("rule", agent.agent_id)
