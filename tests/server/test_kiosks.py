"""TVs tell how they are; who supervises is told which of them is dark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.feeds import HandFeed
from support.served import InProcess, Reply, in_process

from wallboard.api.kiosks import (
    MOST_BOARDS,
    BoardState,
    KioskBoard,
    KioskWord,
    kiosk_word_bytes,
    read_kiosk_list,
)
from wallboard.server.kiosks import DARK_AFTER_S, MOST_EACH
from wallboard.server.rights import Role

WORD = KioskWord(
    id="hall-1",
    boards=(KioskBoard(state=BoardState.LIVE, title="سالن", screen="HDMI-1", scene="queues"),),
    host="tv-2",
)
STAFF = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[InProcess]:
    feed = HandFeed()
    feed.begin()
    with in_process(tmp_path, feed) as there:
        yield there


def tell(server: InProcess, token: str | None, word: KioskWord | bytes = WORD) -> Reply:
    body = word if isinstance(word, bytes) else kiosk_word_bytes(word)
    return server.ask("POST", "/v1/kiosks", token, body, {"Content-Type": "application/json"})


def listed(server: InProcess, token: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = server.get("/v1/kiosks", token).json["kiosks"]
    return rows


@pytest.mark.parametrize("role", Role)
def test_that_every_role_may_say_how_its_tv_is(server: InProcess, role: Role) -> None:
    told = tell(server, server.token(role))
    assert told.status == 200
    (own,) = read_kiosk_list(told.body).kiosks
    assert own.word == WORD
    assert not own.dark


@pytest.mark.parametrize("role", STAFF)
def test_that_staff_is_told_of_all_tvs(server: InProcess, role: Role) -> None:
    tell(server, server.token(Role.TV))
    (row,) = listed(server, server.token(role))
    assert row["word"]["boards"][0]["title"] == "سالن"
    assert row["dark"] is False


def test_that_a_tv_is_told_of_no_other_and_a_stranger_of_none(server: InProcess) -> None:
    assert server.get("/v1/kiosks", server.token(Role.TV)).status == 403
    assert server.get("/v1/kiosks", None).status == 401
    assert tell(server, None).status == 401


def test_that_a_tv_that_falls_silent_is_dark(server: InProcess) -> None:
    screen, boss = server.token(Role.TV), server.token(Role.SUPERVISOR)
    tell(server, screen)
    server.clock.pass_by(DARK_AFTER_S - 1)
    assert [row["dark"] for row in listed(server, boss)] == [False]
    server.clock.pass_by(2)
    assert [row["dark"] for row in listed(server, boss)] == [True]
    tell(server, screen)
    assert [row["dark"] for row in listed(server, boss)] == [False]


def test_that_a_tv_told_twice_is_one_and_that_none_fills_the_memory(server: InProcess) -> None:
    screen, boss = server.token(Role.TV), server.token(Role.SUPERVISOR)
    for _ in range(3):
        tell(server, screen)
    assert len(listed(server, boss)) == 1
    for number in range(MOST_EACH + 5):
        if number % 10 == 0:
            server.clock.pass_by(60)
        assert tell(server, screen, KioskWord(id=f"k{number}")).status == 200
    ids = {row["word"]["id"] for row in listed(server, boss)}
    assert len(ids) == MOST_EACH
    assert f"k{MOST_EACH + 4}" in ids
    assert "hall-1" not in ids


def test_that_two_tvs_that_are_set_up_alike_are_two(server: InProcess) -> None:
    screen, boss = server.token(Role.TV), server.token(Role.SUPERVISOR)
    for host in ("tv-1", "tv-2", "tv-1"):
        assert tell(server, screen, KioskWord(id="hall", host=host)).status == 200
    assert [row["word"]["host"] for row in listed(server, boss)] == ["tv-1", "tv-2"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"id": ""}',
        b'{"id": 3}',
        b'{"id": "a", "who": "x"}',
        b'{"id": "a", "restarts": -1}',
        b'{"id": "a", "boards": [{"state": "well"}]}',
        json.dumps({"id": "x" * 513}).encode(),
        json.dumps({"id": "a", "boards": [{"state": "live"}] * (MOST_BOARDS + 1)}).encode(),
    ],
)
def test_that_what_is_no_such_word_is_refused(server: InProcess, body: bytes) -> None:
    assert tell(server, server.token(Role.TV), body).status == 400
    assert listed(server, server.token(Role.SUPERVISOR)) == []


def test_that_another_form_than_json_is_refused(server: InProcess) -> None:
    token = server.token(Role.TV)
    said = server.ask("POST", "/v1/kiosks", token, b"{}", {"Content-Type": "text/plain"})
    assert said.status == 415
