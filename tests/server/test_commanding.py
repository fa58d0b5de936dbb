"""Commands: denied unless allowed, written down before they are passed on, done at most once."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.feeds import HandFeed
from support.served import InProcess, in_process
from support.snapshots import a_call, a_queue, a_snapshot, an_agent

from wallboard.domain.snapshot import AgentId, AgentState, CallId
from wallboard.domain.supervision import Monitoring, Wish, WishKind
from wallboard.server import commanding, lasting
from wallboard.server import journal as journals
from wallboard.server.feed import CommandProgress, CommandState, KeyUsed, wish_digest
from wallboard.server.limits import Rate
from wallboard.server.rights import Role
from wallboard.server.settings import ServerSettings
from wallboard.server.verifying import verified

HEADERS = {"Content-Type": "application/json", "Idempotency-Key": "key-00001"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[InProcess]:
    """Sara talks in q1, Reza in q2 though he works in both, Mina works in q2 and is free."""
    feed = HandFeed()
    feed.put(
        a_snapshot(
            queues=[a_queue("q1"), a_queue("q2")],
            agents=[
                an_agent("sara", AgentState.IN_CALL, ("q1",), call_id="c1"),
                an_agent("reza", AgentState.IN_CALL, ("q1", "q2"), call_id="c2"),
                an_agent("mina", AgentState.FREE, ("q2",)),
            ],
            calls=[a_call("c1", "q1"), a_call("c2", "q2")],
        )
    )
    with in_process(tmp_path, feed) as there:
        yield there


def whats(server: InProcess) -> list[str]:
    return [line["what"] for line in server.journalled()]


def test_that_a_command_is_passed_on_and_can_be_followed(server: InProcess) -> None:
    token = server.token(Role.SUPERVISOR, modes=(WishKind.LISTEN,))
    server.feed.progress = CommandProgress.PENDING
    told = server.command(token, command="listen", agent_id="sara", reason="training")
    assert told.status == 202
    assert told.json["state"] == "pending"
    assert told.json["as_of"] == "2026-11-22T12:00:00Z"
    ((wish, key, who),) = server.feed.given
    assert wish == Wish(
        kind=WishKind.LISTEN,
        agent_id=AgentId("sara"),
        call_id=CallId("c1"),  # the one that she has, and no other
        reason="training",
    )
    assert who == "supervisor 0"
    assert told.json["id"] == key
    assert token[4:16] in key
    server.feed.come_to(CommandProgress.REFUSED, "no such phone")
    followed = server.get(f"/v1/commands/{key}", token)
    assert followed.status == 200
    assert (followed.json["state"], followed.json["reason"]) == ("refused", "no such phone")


def test_that_it_is_on_the_disk_before_it_is_passed_on(
    server: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[str] = []
    command = server.feed.command

    def looking(wish: Wish, key: str, who: str) -> CommandState:
        there.append(server.journal_file.read_text())
        return command(wish, key, who)

    monkeypatch.setattr(server.feed, "command", looking)
    token = server.token(Role.ADMINISTRATOR)
    server.command(token, command="barge", agent_id="sara")
    line = json.loads(there[0])
    assert line["what"] == "passed"
    assert (line["command"], line["agent_id"], line["name"]) == ("barge", "sara", "administrator 0")
    assert whats(server) == ["passed", "answered"]
    assert verified(server.journal_file, server.tokens.key()).broken_at is None


def test_that_what_cannot_be_written_down_is_not_done(
    server: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, screen = server.token(Role.ADMINISTRATOR), server.token(Role.TV)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(journals.os, "fsync", full)
        told = server.command(token, command="listen", agent_id="sara")
        assert (told.status, told.json["kind"]) == (503, "not_ready")
        assert server.feed.given == []
        # A denial stands although it cannot be written down.
        assert server.command(screen, command="listen", agent_id="sara").status == 403
    assert server.command(token, command="listen", agent_id="sara").status == 202


SUPERVISOR = {"role": Role.SUPERVISOR, "modes": (WishKind.LISTEN, WishKind.PAUSE)}
IN_Q1 = SUPERVISOR | {"queues": ("q1",)}


@pytest.mark.parametrize(
    ("who", "body", "status", "kind"),
    [
        pytest.param(
            {"role": Role.TV},
            {"command": "listen", "agent_id": "sara"},
            403,
            "forbidden",
            id="a_screen_may_nothing",
        ),
        pytest.param(
            {"role": Role.SUPERVISOR},
            {"command": "listen", "agent_id": "sara"},
            403,
            "forbidden",
            id="a_supervisor_without_the_right",
        ),
        pytest.param(
            SUPERVISOR,
            {"command": "barge", "agent_id": "sara"},
            403,
            "forbidden",
            id="another_mode_than_granted",
        ),
        pytest.param(
            {"role": Role.MANAGER},
            {"command": "listen", "agent_id": "sara"},
            403,
            "forbidden",
            id="a_manager_listens_to_nobody",
        ),
        pytest.param(
            SUPERVISOR | {"agents": ("mina",)},
            {"command": "listen", "agent_id": "sara"},
            403,
            "forbidden",
            id="an_agent_who_is_not_his",
        ),
        pytest.param(
            IN_Q1,
            {"command": "listen", "agent_id": "mina"},
            403,
            "forbidden",
            id="an_agent_of_another_queue",
        ),
        pytest.param(
            IN_Q1,
            {"command": "listen", "agent_id": "nobody"},
            403,
            "forbidden",
            id="whether_there_is_such_a_one_is_not_told",
        ),
        pytest.param(
            IN_Q1,
            {"command": "listen", "agent_id": "reza"},
            403,
            "forbidden",
            id="his_agent_in_another_queues_call",
        ),
        pytest.param(
            IN_Q1,
            {"command": "pause", "agent_id": "reza"},
            403,
            "forbidden",
            id="a_pause_beyond_his_queues",
        ),
        pytest.param(
            IN_Q1,
            {"command": "pause", "agent_id": "reza", "queue_id": "q2"},
            403,
            "forbidden",
            id="a_pause_in_another_queue",
        ),
        pytest.param(
            {"role": Role.ADMINISTRATOR},
            {"command": "listen", "agent_id": "nobody"},
            404,
            "not_found",
            id="nobody",
        ),
        pytest.param(
            SUPERVISOR,
            {"command": "listen", "agent_id": "sara", "call_id": "c0"},
            409,
            "conflict",
            id="another_call_by_now",
        ),
    ],
)
def test_that_a_refusal_is_told_and_journalled(
    server: InProcess, who: dict[str, Any], body: dict[str, str], status: int, kind: str
) -> None:
    told = server.command(server.token(**who), **body)
    assert (told.status, told.json["kind"]) == (status, kind)
    assert server.feed.given == []
    (line,) = server.journalled()
    assert (line["what"], line["kind"]) == ("refused", kind)
    assert (line["command"], line["agent_id"]) == (body["command"], body["agent_id"])
    assert line["role"] == who["role"]


@pytest.mark.parametrize(
    ("who", "body"),
    [
        pytest.param(IN_Q1, {"command": "listen", "agent_id": "sara"}, id="his_own"),
        pytest.param(
            IN_Q1, {"command": "pause", "agent_id": "reza", "queue_id": "q1"}, id="in_his_queue"
        ),
        pytest.param(IN_Q1, {"command": "pause", "agent_id": "sara"}, id="all_hers_are_his"),
        pytest.param(IN_Q1, {"command": "end", "agent_id": "sara"}, id="an_end"),
        pytest.param(
            SUPERVISOR,
            {"command": "listen", "agent_id": "sara", "call_id": "c1"},
            id="the_call_he_means",
        ),
        pytest.param(
            {"role": Role.MANAGER}, {"command": "log_out", "agent_id": "mina"}, id="a_manager"
        ),
        pytest.param(
            {"role": Role.ADMINISTRATOR}, {"command": "whisper", "agent_id": "reza"}, id="anybody"
        ),
    ],
)
def test_that_what_is_allowed_is_passed_on(
    server: InProcess, who: dict[str, Any], body: dict[str, str]
) -> None:
    assert server.command(server.token(**who), **body).status == 202
    assert len(server.feed.given) == 1


def test_that_what_the_source_cannot_is_said(server: InProcess) -> None:
    server.feed.capable = replace(server.feed.capable, commands=frozenset({WishKind.PAUSE}))
    told = server.command(server.token(Role.ADMINISTRATOR), command="listen", agent_id="sara")
    assert (told.status, told.json["kind"]) == (422, "unsupported")
    assert whats(server) == ["refused"]


def test_that_the_same_key_and_body_is_one_command(server: InProcess) -> None:
    token = server.token(Role.ADMINISTRATOR)
    answers = [server.command(token, command="pause", agent_id="mina") for _ in range(4)]
    assert {answer.status for answer in answers} == {202}
    assert len({answer.body for answer in answers}) == 1
    assert len(server.feed.given) == 1


def test_that_the_same_key_and_another_body_is_refused(server: InProcess) -> None:
    token = server.token(Role.ADMINISTRATOR)
    server.command(token, command="pause", agent_id="mina")
    for body in (
        {"command": "unpause", "agent_id": "mina"},
        {"command": "pause", "agent_id": "sara"},
        {"command": "pause", "agent_id": "mina", "queue_id": "q2"},
        {"command": "pause", "agent_id": "mina", "reason": "x"},
    ):
        told = server.command(token, **body)
        assert (told.status, told.json["kind"]) == (409, "conflict")
    assert len(server.feed.given) == 1


def test_that_one_key_of_two_tokens_is_two_commands(server: InProcess) -> None:
    for _ in range(2):
        token = server.token(Role.ADMINISTRATOR)
        assert server.command(token, command="pause", agent_id="mina").status == 202
    assert len({key for _, key, _ in server.feed.given}) == 2


def test_that_one_said_twice_at_once_is_passed_on_once(
    server: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = server.token(Role.ADMINISTRATOR)
    gate, command = threading.Event(), server.feed.command

    def waiting(wish: Wish, key: str, who: str) -> CommandState:
        gate.wait(5)
        return command(wish, key, who)

    monkeypatch.setattr(server.feed, "command", waiting)
    body = json.dumps({"command": "pause", "agent_id": "mina"}).encode()
    headers = {**HEADERS, "Authorization": f"Bearer {token}"}

    async def twice() -> list[int]:
        asked = [
            asyncio.create_task(server.answer("POST", "/v1/commands", body, headers))
            for _ in range(3)
        ]
        await asyncio.sleep(0.1)
        gate.set()
        return [(await each).status for each in asked]

    assert server.loop.run_until_complete(twice()) == [202, 202, 202]
    assert len(server.feed.given) == 1


def test_that_after_a_restart_the_same_key_gives_the_same_answer(
    server: InProcess, tmp_path: Path
) -> None:
    token = server.token(Role.ADMINISTRATOR)
    server.command(token, command="listen", agent_id="sara")
    server.feed.progress = CommandProgress.REFUSED
    server.command(token, "key-00002", command="hang_up", agent_id="sara")
    feed = HandFeed()
    feed.put(server.feed.newest().snapshot)  # type: ignore[union-attr]
    with in_process(tmp_path, feed) as again:
        told = again.command(token, command="listen", agent_id="sara")
        assert (told.status, told.json["state"]) == (202, "done")
        told = again.command(token, "key-00002", command="hang_up", agent_id="sara")
        assert (told.status, told.json["state"]) == (202, "refused")
        assert again.command(token, command="barge", agent_id="sara").status == 409
    assert feed.given == []


def test_that_what_ends_later_is_in_the_journal_though_nobody_asks(
    server: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commanding, "_LOOK_S", 0.01)
    server.feed.progress = CommandProgress.PENDING
    server.command(server.token(Role.ADMINISTRATOR), command="listen", agent_id="sara")
    server.feed.come_to(CommandProgress.REFUSED, "no such phone")
    server.loop.run_until_complete(asyncio.sleep(0.2))
    assert whats(server) == ["passed", "answered"]
    assert server.journalled()[1]["reason"] == "no such phone"


def test_that_a_key_another_replica_knows_is_answered_as_there(
    server: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = server.token(Role.ADMINISTRATOR)
    wish = Wish(kind=WishKind.PAUSE, agent_id="mina")  # type: ignore[arg-type]

    def known(key: str) -> CommandState:
        return CommandState(key=key, progress=CommandProgress.DONE, digest=wish_digest(wish))

    monkeypatch.setattr(server.feed, "command_state", known)
    assert server.command(token, command="pause", agent_id="mina").json["state"] == "done"
    assert server.command(token, command="unpause", agent_id="mina").status == 409
    assert server.feed.given == []


def test_that_a_key_another_replica_is_given_at_the_same_moment_is_refused(
    server: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(_wish: Wish, key: str, _who: str) -> CommandState:
        raise KeyUsed(key)

    token = server.token(Role.ADMINISTRATOR)
    with monkeypatch.context() as patched:
        patched.setattr(server.feed, "command", taken)
        told = server.command(token, command="pause", agent_id="mina")
    assert (told.status, told.json["kind"]) == (409, "conflict")
    assert whats(server) == ["passed", "not_passed"]


def test_that_after_a_crash_a_command_is_not_passed_on_again(
    server: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = server.token(Role.ADMINISTRATOR)

    def crash(*_: object) -> CommandState:
        raise SystemError("the power went")

    monkeypatch.setattr(server.feed, "command", crash)
    server.command(token, command="listen", agent_id="sara")
    feed = HandFeed()
    feed.put(server.feed.newest().snapshot)  # type: ignore[union-attr]
    with in_process(tmp_path, feed) as again:
        told = again.command(token, command="listen", agent_id="sara")
        assert (told.status, told.json["state"]) == (202, "unknown")
        assert feed.given == []
        assert again.command(token, command="barge", agent_id="sara").status == 409


def test_that_what_was_not_passed_on_may_be_said_again(server: InProcess, tmp_path: Path) -> None:
    token = server.token(Role.ADMINISTRATOR)
    server.feed.away = True
    told = server.command(token, command="pause", agent_id="mina")
    assert (told.status, told.json["kind"]) == (503, "not_ready")
    assert whats(server) == ["passed", "not_passed"]
    server.feed.away = False
    with in_process(tmp_path, server.feed) as again:
        assert again.command(token, command="pause", agent_id="mina").status == 202
    assert len(server.feed.given) == 1


def test_that_an_error_while_passing_on_leaves_it_unknown(
    server: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = server.token(Role.ADMINISTRATOR)

    def broken(*_: object) -> CommandState:
        raise RuntimeError("half way")

    with monkeypatch.context() as patched:
        patched.setattr(server.feed, "command", broken)
        assert server.command(token, command="listen", agent_id="sara").status == 500
    told = server.command(token, command="listen", agent_id="sara")
    assert (told.status, told.json["state"]) == (202, "unknown")
    assert server.feed.given == []


def test_that_nobody_elses_command_is_told(server: InProcess) -> None:
    token = server.token(Role.MANAGER)
    key = server.command(token, command="pause", agent_id="mina").json["id"]
    for role, status in (
        (Role.MANAGER, 404),
        (Role.SUPERVISOR, 404),
        (Role.TV, 404),
        (Role.ADMINISTRATOR, 200),
    ):
        assert server.get(f"/v1/commands/{key}", server.token(role)).status == status
    for wrong in (key[:-1], f"{key}x", token[4:16], "-", "x" * 400, "%00", "..%2f"):
        assert server.get(f"/v1/commands/{wrong}", token).status == 404


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"", HEADERS, 400),
        (b"{", HEADERS, 400),
        (b"[]", HEADERS, 400),
        (b'{"command":"listen"}', HEADERS, 400),
        (b'{"command":"dance","agent_id":"sara"}', HEADERS, 400),
        (b'{"command":"listen","agent_id":""}', HEADERS, 400),
        (b'{"command":"listen","agent_id":7}', HEADERS, 400),
        (b'{"command":"listen","agent_id":"sara","extra":1}', HEADERS, 400),
        (b'{"command":"listen","agent_id":"\xff"}', HEADERS, 400),
        (b'{"command":"listen","agent_id":"sara","reason":"' + b"x" * 600 + b'"}', HEADERS, 400),
        (b"[" * 3000, HEADERS, 400),
        (b'{"command":"listen","agent_id":"sara"}' + b" " * 9000, HEADERS, 413),
        (b'{"command":"listen","agent_id":"sara"}', {**HEADERS, "Idempotency-Key": "short"}, 400),
        (b'{"command":"listen","agent_id":"sara"}', {**HEADERS, "Idempotency-Key": "ä" * 9}, 400),
        (b'{"command":"listen","agent_id":"sara"}', {**HEADERS, "Idempotency-Key": "x" * 129}, 400),
        (b'{"command":"listen","agent_id":"sara"}', {"Content-Type": "application/json"}, 400),
        (b"command=listen&agent_id=sara", {**HEADERS, "Content-Type": "text/plain"}, 415),
        (b"{}", {"Idempotency-Key": "key-00001"}, 415),
    ],
)
def test_that_what_is_no_command_is_a_problem(
    server: InProcess, body: bytes, headers: dict[str, str], status: int
) -> None:
    token = server.token(Role.ADMINISTRATOR)
    headers = {name: text for name, text in headers.items() if text.isascii()}
    told = server.ask("POST", "/v1/commands", token, body, headers)
    assert told.status == status
    assert told.headers["content-type"] == "application/problem+json"
    assert server.feed.given == []


def test_that_who_commands_too_often_waits(tmp_path: Path) -> None:
    feed = HandFeed()
    feed.begin()
    with in_process(tmp_path, feed, ServerSettings(commands=Rate(burst=3, per_s=1))) as server:
        token = server.token(Role.TV)
        answers = [
            server.command(token, f"key-{number:05d}", command="listen", agent_id="x").status
            for number in range(5)
        ]
        assert answers == [403, 403, 403, 429, 429]
        assert len(server.journalled()) == 3


def test_that_before_the_first_picture_nothing_is_commanded(tmp_path: Path) -> None:
    with in_process(tmp_path) as server:
        token = server.token(Role.ADMINISTRATOR)
        told = server.command(token, command="listen", agent_id="sara")
        assert told.status == 503
        assert server.journalled() == []


# --- supervision ------------------------------------------------------------------------------


@pytest.fixture
def phones(server: InProcess) -> InProcess:
    """The same, where whoever listens needs a phone; and callers wait in both queues."""
    issue = server.feed.newest()
    assert issue is not None
    waiting = [
        replace(a_call("w1", "q1"), answered_at=None),
        replace(a_call("w2", "q2"), answered_at=None),
    ]
    talks = replace(a_call("c1", "q1"), answered_at=issue.snapshot.as_of)
    told = {call.call_id: call for call in (talks, *waiting)}
    calls = {**issue.snapshot.calls, **told}
    server.feed.put(replace(issue.snapshot, calls=calls))
    server.feed.capable = replace(
        server.feed.capable, own_phones=True, excluded=frozenset({AgentId("reza")})
    )
    return server


def test_that_the_phone_is_the_tokens_and_in_the_journal(phones: InProcess) -> None:
    token = phones.token(Role.SUPERVISOR, modes=(WishKind.LISTEN,), phone="PJSIP/9001")
    assert phones.get("/v1/capabilities", token).json["phone"] == "PJSIP/9001"
    told = phones.command(token, command="listen", agent_id="sara", reason="why")
    assert told.status == 202
    ((wish, _, _),) = phones.feed.given
    assert (wish.phone, wish.call_id) == ("PJSIP/9001", "c1")
    assert phones.journalled()[0]["phone"] == "PJSIP/9001"
    told = phones.command(token, "key-00002", command="end", agent_id="sara")
    assert phones.feed.given[-1][0].phone == "PJSIP/9001"


def test_that_who_says_a_phone_of_his_own_is_refused(phones: InProcess) -> None:
    token = phones.token(Role.ADMINISTRATOR, phone="PJSIP/9001")
    told = phones.command(token, command="listen", agent_id="sara", phone="PJSIP/9002")
    assert told.status == 400
    assert phones.feed.given == []


def test_that_who_has_no_phone_is_told_so_before_and_when_he_asks(phones: InProcess) -> None:
    token = phones.token(Role.SUPERVISOR, modes=(WishKind.LISTEN, WishKind.PAUSE))
    assert phones.get("/v1/capabilities", token).json["commands"] == ["end", "pause"]
    told = phones.command(token, command="listen", agent_id="sara")
    assert (told.status, told.json["detail"]) == (403, "Your token has no phone.")
    assert whats(phones) == ["refused"]


def test_that_nobody_monitors_who_is_excluded(phones: InProcess) -> None:
    token = phones.token(Role.ADMINISTRATOR, phone="PJSIP/9001")
    for number, mode in enumerate(("listen", "whisper", "barge")):
        told = phones.command(token, f"key-0000{number}", command=mode, agent_id="reza")
        assert (told.status, told.json["detail"]) == (403, "Nobody may monitor this agent.")
    assert phones.command(token, "key-00009", command="pause", agent_id="reza").status == 202
    assert [wish.kind for wish, _, _ in phones.feed.given] == [WishKind.PAUSE]


@pytest.mark.parametrize(
    ("who", "call", "status"),
    [
        pytest.param({"role": Role.ADMINISTRATOR}, "w2", 202, id="anybodys"),
        pytest.param({"queues": ("q1",)}, "w1", 202, id="in_his_queue"),
        pytest.param({"queues": ("q1",)}, "w2", 403, id="in_another_queue"),
        pytest.param({"queues": ("q1",)}, "nobody", 403, id="nobody_in_another_queue"),
        pytest.param({}, "nobody", 404, id="nobody"),
        pytest.param({}, "c1", 409, id="who_waits_no_more"),
        pytest.param({"modes": ()}, "w1", 403, id="not_granted"),
    ],
)
def test_that_callers_who_wait_are_reached_as_far_as_one_sees(
    phones: InProcess, who: dict[str, Any], call: str, status: int
) -> None:
    usual: dict[str, Any] = {"role": Role.SUPERVISOR, "modes": (WishKind.PICK_UP,)}
    token = phones.token(**(usual | who), phone="PJSIP/9001")
    told = phones.command(token, command="pick_up", call_id=call)
    assert told.status == status
    assert len(phones.feed.given) == (status == 202)


def test_that_the_phone_can_be_tried_without_an_agent(phones: InProcess) -> None:
    token = phones.token(Role.SUPERVISOR, modes=(WishKind.LISTEN,), phone="PJSIP/9001")
    assert phones.command(token, command="try_phone").status == 202
    ((wish, _, _),) = phones.feed.given
    assert (wish.kind, wish.agent_id, wish.phone) == (WishKind.TRY_PHONE, "", "PJSIP/9001")


@pytest.mark.parametrize("ended", [False, True], ids=["nobody_ends_it", "its_owner_ended_it"])
def test_that_a_monitoring_is_ended_when_it_has_lasted_long_enough(
    phones: InProcess, ended: bool
) -> None:
    limit = timedelta(seconds=0.3)
    phones.feed.capable = replace(phones.feed.capable, limit=limit)
    token = phones.token(Role.ADMINISTRATOR, phone="PJSIP/9001")
    phones.command(token, command="listen", agent_id="sara")
    if ended:
        phones.command(token, "key-00002", command="end", agent_id="sara")
    phones.rest(0.8)
    kinds = [wish.kind for wish, _, _ in phones.feed.given]
    assert kinds == [WishKind.LISTEN, WishKind.END]
    by = [line.get("by") for line in phones.journalled() if line["what"] == "passed"]
    assert by == [None, None if ended else "limit"]


def answers(phones: InProcess) -> list[dict[str, Any]]:
    return [line for line in phones.journalled() if line["what"] == "answered"]


@pytest.mark.parametrize("why", ["not_reached", "unknown_end"])
def test_that_what_could_not_be_ended_is_ended_again(
    phones: InProcess, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    monkeypatch.setattr(lasting, "_END_AGAIN_S", 0.1)
    phones.feed.capable = replace(phones.feed.capable, limit=timedelta(seconds=0.2))
    token = phones.token(Role.ADMINISTRATOR, phone="PJSIP/9001")
    phones.command(token, command="listen", agent_id="sara")
    if why == "not_reached":
        phones.feed.away = True
        phones.rest(0.5)
        phones.feed.away = False
    else:
        phones.feed.progress = CommandProgress.UNKNOWN
        phones.command(token, "key-00002", command="end", agent_id="sara")
        phones.rest(0.3)
        phones.feed.progress = CommandProgress.DONE
    for _ in range(50):
        phones.rest(0.1)
        last = answers(phones)[-1]
        if last["state"] == "done" and "-limit" in str(last["key"]):
            break
    kinds = [wish.kind for wish, _, _ in phones.feed.given]
    assert kinds[:2] == [WishKind.LISTEN, WishKind.END]
    assert answers(phones)[-1]["state"] == "done"
    assert answers(phones)[-1]["key"] == phones.feed.given[-1][1]
    assert phones.journalled()[-1]["what"] == "ended"
    assert "-limit" in phones.feed.given[-1][1]
    phones.rest(0.3)
    assert len(phones.feed.given) == len(kinds)


def test_that_who_is_revoked_listens_no_more(
    phones: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lasting, "_HOLDS_S", 0.1)
    token = phones.token(Role.ADMINISTRATOR, phone="PJSIP/9001")
    phones.command(token, command="listen", agent_id="sara")
    phones.rest(0.3)
    assert len(phones.feed.given) == 1
    phones.tokens.revoke(token[4:16], phones.clock.now().wall)
    phones.clock.pass_by(1)  # the file is looked at again
    for _ in range(50):
        phones.rest(0.1)
        if len(phones.feed.given) > 1:
            break
    assert [wish.kind for wish, _, _ in phones.feed.given] == [WishKind.LISTEN, WishKind.END]
    by = [line.get("by") for line in phones.journalled() if line["what"] == "passed"]
    assert by == [None, "right"]


def test_that_the_call_is_the_one_that_was_looked_at_whatever_is_done_to_it(
    phones: InProcess,
) -> None:
    token = phones.token(Role.SUPERVISOR, modes=(WishKind.HANG_UP,), queues=("q1",))
    assert phones.command(token, command="hang_up", agent_id="sara").status == 202
    assert phones.feed.given[-1][0].call_id == "c1"


def test_that_to_end_needs_no_journal(phones: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    token = phones.token(Role.ADMINISTRATOR, phone="PJSIP/9001")

    def full(*_: object) -> None:
        raise journals.JournalUnusable("no space left")

    monkeypatch.setattr(journals.Journal, "note", full)
    assert phones.command(token, command="listen", agent_id="sara").status == 503
    assert phones.command(token, "key-00002", command="end", agent_id="sara").status == 202
    assert [wish.kind for wish, _, _ in phones.feed.given] == [WishKind.END]


def test_that_to_end_waits_for_no_disk_that_hangs(
    phones: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.server.commanding._NOTED_WITHIN_S", 0.05)
    token = phones.token(Role.ADMINISTRATOR, phone="PJSIP/9001")
    written, goes_on = journals.Journal.note, threading.Event()

    def hangs(*told: Any) -> None:
        goes_on.wait(30)
        written(*told)

    monkeypatch.setattr(journals.Journal, "note", hangs)
    assert phones.command(token, command="end", agent_id="sara").status == 202
    assert [wish.kind for wish, _, _ in phones.feed.given] == [WishKind.END]
    assert phones.journalled() == []
    goes_on.set()
    for _ in range(100):
        if len(phones.journalled()) == 2:
            break
        phones.rest(0.05)
    assert whats(phones) == ["passed", "answered"]


def test_that_what_waited_too_long_for_the_disk_is_not_passed_on(
    phones: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.server.commanding._WRITTEN_WITHIN_S", 0.05)
    token = phones.token(Role.ADMINISTRATOR, phone="PJSIP/9001", modes=(WishKind.LISTEN,))
    written = journals.Journal.note

    def slow(*told: Any) -> None:
        threading.Event().wait(0.2)
        written(*told)

    monkeypatch.setattr(journals.Journal, "note", slow)
    told = phones.command(token, command="listen", agent_id="sara")
    assert (told.status, told.json["kind"]) == (503, "not_ready")
    assert phones.feed.given == []
    assert whats(phones) == ["passed", "not_passed"]


def test_that_to_end_needs_no_agent_who_is_still_seen(phones: InProcess) -> None:
    token = phones.token(
        Role.SUPERVISOR, modes=(WishKind.LISTEN,), queues=("q1",), phone="PJSIP/9001"
    )
    assert phones.command(token, command="listen", agent_id="mina").status == 403
    assert phones.command(token, "key-00002", command="end", agent_id="mina").status == 202
    ((wish, _, _),) = phones.feed.given
    assert (wish.kind, wish.agent_id, wish.phone) == (WishKind.END, "mina", "PJSIP/9001")


def test_that_who_listens_is_told_to_who_sees_both_and_to_no_screen(phones: InProcess) -> None:
    heard = (
        Monitoring(monitoring_id="m1", agent_id=AgentId("sara"), call_id=CallId("c1"), own=True),
        Monitoring(monitoring_id="m2", agent_id=AgentId("reza"), call_id=CallId("c2")),
        Monitoring(monitoring_id="m3"),
    )
    phones.feed.hear(heard, ((WishKind.BARGE, "write = originate"),))

    def told(**who: Any) -> list[str] | None:
        picture = phones.get("/v1/snapshot", phones.token(**who)).json
        rows = picture.get("monitorings")
        return None if rows is None else [row["monitoring_id"] for row in rows]

    assert told(role=Role.ADMINISTRATOR) == ["m1", "m2", "m3"]
    assert told(role=Role.SUPERVISOR, queues=("q1",)) == ["m1"]
    assert told(role=Role.SUPERVISOR, agents=("mina",)) == []
    assert told(role=Role.TV) is None
    screen = phones.get("/v1/snapshot", phones.token(Role.TV)).json
    assert "lacks" not in screen
    picture = phones.get("/v1/snapshot", phones.token(Role.MANAGER)).json
    assert picture["lacks"] == [{"command": "barge", "missing": "write = originate"}]
