"""Listening through `wallboard serve`: by the phone of the token, seen by others, at most once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.asterisk_lab import AsteriskLab
from support.lab_ear import AUDIBLE_DB, LISTEN, MARGIN_DB, TALK, now_s
from support.lab_phones import LabPhones
from support.served_desk import CLOCK, LONG_MS, ServedDesk, run, served, server_rows

from wallboard.domain.supervision import WishKind
from wallboard.engine.supervision import Asked, Obstacle, Phase
from wallboard.engine.supervision_offers import offers_for

pytest.importorskip("uvicorn", reason="walls are served with the extra `server`")

HEARD_AT_MS = 1_300


@pytest.fixture
def address(tmp_path: Path, wallboard_home: Path) -> Iterator[str]:
    """Where a simulated center is served."""
    run("connect", "simulator", "--name", "site", "--field", "scenario=calm")
    with served(tmp_path, "site") as at:
        yield at


def tokens() -> tuple[str, str]:
    """Return a token that may listen, and one that may not."""
    words = ("token", "create", "--role", "supervisor", "--mode", "listen")
    return (
        run(*words, "--name", "sara", "--phone", "PJSIP/9001"),
        run(*words[:-2], "--name", "reza", "--phone", "PJSIP/9001", "--mode", "pause"),
    )


def passed_by(who: str) -> list[tuple[str, str]]:
    """Return what the server did of itself, and about whom."""
    rows = [row for row in server_rows() if row["what"] == "passed" and row.get("by") == who]
    return [(row["command"], row["agent_id"]) for row in rows]


def test_that_listening_through_a_server_is_by_ones_own_phone_and_seen_by_others(
    qtbot: QtBot, address: str
) -> None:
    token, other = tokens()
    seat, beside = ServedDesk(qtbot, address, token), ServedDesk(qtbot, address, other)
    try:
        agent = seat.talker()
        beside.talker()
        offers = offers_for(seat.live.board, seat.desk.state, agent.agent_id, CLOCK.now())
        known = {offer.kind: (offer.obstacle, offer.detail) for offer in offers}
        assert known[WishKind.LISTEN] == (None, "")
        assert known[WishKind.BARGE] == (Obstacle.SOURCE_RIGHT, "--mode barge")
        seat.desk.ask(Asked(kind=WishKind.LISTEN, agent_id=agent.agent_id, reason="Coaching"))
        seat.comes_to(Phase.ASKED)
        seat.comes_to(Phase.LIVE)
        # Whoever is at another window sees it, and does not take it for his.
        qtbot.waitUntil(lambda: bool(beside.live.board.monitorings), timeout=LONG_MS)
        (heard,) = beside.live.board.monitorings or ()
        assert (heard.agent_id, heard.own) == (agent.agent_id, False)
        assert beside.session is None
        # The agent is told of it, by the server's own command.
        qtbot.waitUntil(lambda: passed_by("rule") == [("message", agent.agent_id)], timeout=LONG_MS)
        seat.desk.ask(Asked(kind=WishKind.END, agent_id=agent.agent_id))
        seat.comes_to(Phase.ENDED)
        qtbot.waitUntil(lambda: beside.live.board.monitorings == (), timeout=LONG_MS)
    finally:
        seat.leave()
        beside.leave()
    passed = [row for row in server_rows() if row["what"] == "passed" and "by" not in row]
    assert [(row["command"], row["name"], row["phone"]) for row in passed] == [
        ("listen", "sara", "PJSIP/9001"),
        ("end", "sara", "PJSIP/9001"),
    ]
    assert passed[0]["call_id"] == agent.call_id


@pytest.mark.lab
@pytest.mark.timeout(300)
def test_that_a_real_call_is_heard_through_a_server_by_whom_it_grants_that_and_nobody_else(
    qtbot: QtBot, lab: AsteriskLab, tmp_path: Path, wallboard_home: Path
) -> None:
    fields = [f"--field={name}={told}" for name, told in lab.told().items() if name != "secret"]
    secret = ("--secret-stdin", "--keep-secret", "file")
    run(
        *("connect", "asterisk", "--name", "pbx", *fields, *secret),
        told=f"{lab.accounts['supervisor']}\n",
    )
    token, other = tokens()
    with LabPhones(lab) as phones, served(tmp_path, "pbx") as at:
        number = phones.call("803")
        seat, beside = ServedDesk(qtbot, at, token), ServedDesk(qtbot, at, other)
        try:
            agent = seat.talker()
            beside.talker()
            asked = Asked(kind=WishKind.LISTEN, agent_id=agent.agent_id, reason="Coaching")
            beside.desk.ask(asked)
            qtbot.waitUntil(lambda: bool(beside.desk.state.told), timeout=LONG_MS)
            assert beside.desk.state.told[-1].obstacle is Obstacle.SOURCE_RIGHT
            assert not phones.supervisor_is_in_a_call()
            seat.desk.ask(asked)
            seat.comes_to(Phase.LIVE)
            qtbot.wait(HEARD_AT_MS)
            heard_at = now_s()
            seat.desk.ask(Asked(kind=WishKind.END, agent_id=agent.agent_id))
            seat.comes_to(Phase.ENDED)
            sound = phones.heard("supervisor", number, heard_at)
            assert sound.margin(LISTEN["supervisor"]) >= MARGIN_DB, sound
            assert all(sound.levels[one] > AUDIBLE_DB for one in LISTEN["supervisor"])
        finally:
            seat.leave()
            beside.leave()
        phones.customer_hangs_up(number)
        for who in ("customer", "agent"):
            assert phones.heard(who, number, heard_at).margin(TALK[who]) >= MARGIN_DB
    passed = [row for row in server_rows() if row["what"] == "passed"]
    assert [(row["command"], row["name"], row["phone"]) for row in passed] == [
        ("listen", "sara", "PJSIP/9001"),
        ("end", "sara", "PJSIP/9001"),
    ]
