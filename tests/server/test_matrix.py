"""Every role at every address: what it gets, and what it does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.feeds import AGENT_ID, CALLER, NUMBER, PERSON, HandFeed
from support.served import InProcess, in_process
from support.wishes import whole_wish

from wallboard.api.commands import command_bytes, command_of
from wallboard.domain.supervision import NEEDS_REASON, VOICE, WishKind
from wallboard.server.rights import Role

DAY = "/v1/history?from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z"
SIGNED = ("/v1/capabilities", "/v1/snapshot", "/v1/facts?after=0", DAY, "/metrics")
ROLES = (None, *Role)
OF_A_MANAGER = frozenset(
    {WishKind.PAUSE, WishKind.UNPAUSE, WishKind.LOG_OUT, WishKind.ADD, WishKind.HANG_UP}
)
IN_A_CALL = NEEDS_REASON | VOICE | {WishKind.END}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[InProcess]:
    feed = HandFeed(with_board=True)
    feed.begin()
    for _ in range(10):
        feed.tick(0.5)
    with in_process(tmp_path, feed) as there:
        yield there


def body_of(server: InProcess, kind: WishKind) -> dict[str, Any]:
    """Return what is sent to ask for a command with all that it needs."""
    issue = server.feed.newest()
    assert issue is not None
    waiting = next(call for call in issue.snapshot.calls.values() if call.answered_at is None)
    wish = whole_wish(kind, agent_id=f"{AGENT_ID}-1")
    if wish.call_id is not None:
        wish = replace(wish, call_id=waiting.call_id)
    told: dict[str, Any] = json.loads(command_bytes(command_of(wish)))
    return told


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", SIGNED)
def test_that_who_is_signed_in_is_answered(server: InProcess, role: Role | None, path: str) -> None:
    token = None if role is None else server.token(role)
    assert server.get(path, token).status == (401 if role is None else 200)


@pytest.mark.parametrize("role", ROLES)
def test_that_health_is_anybodys(server: InProcess, role: Role | None) -> None:
    token = None if role is None else server.token(role)
    assert server.get("/v1/health", token).status == 200


@pytest.mark.parametrize("role", Role)
def test_that_names_and_numbers_are_told_to_all_but_screens(server: InProcess, role: Role) -> None:
    token = server.token(role)
    told = b"".join(server.get(path, token).body for path in SIGNED).decode()
    for mark in (PERSON, NUMBER, CALLER, AGENT_ID):
        assert (mark in told) is (role is not Role.TV)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", WishKind)
def test_that_a_command_is_taken_from_who_may_give_it(
    server: InProcess, role: Role, kind: WishKind
) -> None:
    of_administrator = role is Role.ADMINISTRATOR and kind not in IN_A_CALL
    may = of_administrator or (role is Role.MANAGER and kind in OF_A_MANAGER)
    told = server.command(server.token(role, modes=()), **body_of(server, kind))
    assert told.status == (202 if may else 403)
    assert len(server.feed.given) == may
    assert server.journalled()[0]["what"] == ("passed" if may else "refused")


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("kind", WishKind)
def test_that_what_is_granted_may_be_done(server: InProcess, role: Role, kind: WishKind) -> None:
    by = WishKind.WHISPER if kind in VOICE else kind
    token = server.token(role, modes=(by,))
    told = server.command(token, **body_of(server, kind))
    assert told.status == 202


def test_that_a_supervisor_of_one_queue_is_told_of_no_other(server: InProcess) -> None:
    token = server.token(Role.SUPERVISOR, queues=("q1",))
    picture = server.get("/v1/snapshot", token).json
    assert [row["queue_id"] for row in picture["queues"]] == ["q1"]
    assert {queue for row in picture["agents"] for queue in row["queues"]} == {"q1"}
    assert {row["queue_id"] for row in picture["calls"]} <= {"q1"}
    seen = {row["agent_id"] for row in picture["agents"]}
    for path in ("/v1/facts?after=0&limit=9999", f"{DAY}&limit=9999"):
        facts = server.get(path, token).json["facts"]
        assert {fact["queue_id"] for fact in facts if fact["kind"] == "call"} == {"q1"}
        persons = [fact["agent_id"] for fact in facts if fact["kind"] != "call"]
        assert persons
        assert seen.issuperset(persons)
    figures = server.get("/metrics", token).body.decode()
    assert 'queue="q1"' in figures
    assert 'queue="q2"' not in figures
    assert "wallboard_http" not in figures


def test_that_a_supervisor_of_some_people_is_told_of_no_others(server: InProcess) -> None:
    mine = f"{AGENT_ID}-3"
    token = server.token(Role.SUPERVISOR, agents=(mine,))
    picture = server.get("/v1/snapshot", token).json
    assert [row["agent_id"] for row in picture["agents"]] == [mine]
    assert {row["agent_id"] for row in picture["calls"]} <= {mine, None}
    facts = server.get("/v1/facts?after=0&limit=9999", token).json["facts"]
    assert {fact["agent_id"] for fact in facts} <= {mine, None}
    assert f"{AGENT_ID}-4" not in str(facts)
