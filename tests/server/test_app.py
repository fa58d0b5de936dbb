"""The API: what is answered, and how it is refused."""

from __future__ import annotations

import gzip
import json
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import NOON
from support.feeds import AGENT_ID, HandFeed
from support.served import UNLIMITED, Asked, Served, in_process, served

from wallboard.api.facts import read_facts
from wallboard.api.picture import PictureReader
from wallboard.api.problem import read_problem
from wallboard.api.protocol import COMMANDS, FACTS, HEALTH, HISTORY, SNAPSHOT
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.supervision import WishKind
from wallboard.server.limits import Rate
from wallboard.server.rights import Role
from wallboard.server.settings import ServerSettings

DAY = f"{HISTORY}?from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00%2B00:00"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Asked]:
    feed = HandFeed()
    feed.begin()
    with in_process(tmp_path, feed) as there:
        yield there


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Served]:
    feed = HandFeed()
    feed.begin()
    with served(tmp_path, feed) as there:
        yield there


def test_that_a_wall_follows_by_changes_and_hears_that_nothing_changed(listening: Served) -> None:
    wall, token = PictureReader(), listening.token(Role.MANAGER)
    first = listening.get(SNAPSHOT, token)
    assert first.status == 200
    taken = wall.read(first.body)
    assert taken.snapshot == listening.feed.newest().snapshot  # type: ignore[union-attr]
    assert first.headers["etag"] == f'"{taken.version}"'
    assert first.headers["wallboard-as-of"] == "2026-11-22T12:00:00Z"

    listening.feed.heartbeat(3)
    same = listening.get(
        f"{SNAPSHOT}?since={taken.version}", token, If_None_Match=first.headers["etag"]
    )
    assert (same.status, same.body) == (304, b"")
    assert same.headers["wallboard-as-of"] == "2026-11-22T12:00:03Z"
    assert same.headers["etag"] == first.headers["etag"]

    issue = listening.feed.tick()
    changed = listening.get(
        f"{SNAPSHOT}?since={taken.version}", token, If_None_Match=first.headers["etag"]
    )
    assert changed.status == 200
    assert changed.json["since"] == taken.version
    assert wall.read(changed.body).snapshot == issue.snapshot
    assert len(changed.body) < 0.5 * len(first.body)


@pytest.mark.parametrize(
    ("told", "status"),
    [("{}", 304), ("W/{}", 304), ('"other", {}', 304), ("*", 304), ('"other"', 200), ("{}x", 200)],
)
def test_that_an_etag_is_compared_as_http_has_it(server: Asked, told: str, status: int) -> None:
    token = server.token(Role.MANAGER)
    etag = server.get(SNAPSHOT, token).headers["etag"]
    assert server.get(SNAPSHOT, token, If_None_Match=told.format(etag)).status == status


def test_that_without_an_etag_the_present_version_gets_an_empty_change(server: Asked) -> None:
    token = server.token(Role.MANAGER)
    version = server.get(SNAPSHOT, token).json["version"]
    answer = server.get(f"{SNAPSHOT}?since={version}", token).json
    assert answer["since"] == version
    assert not answer["queues"] + answer["agents"] + answer["calls"]


def test_that_a_broken_source_is_told_beside_its_last_picture(server: Asked) -> None:
    token = server.token(Role.MANAGER)
    before = server.get(SNAPSHOT, token)
    server.feed.fail(fault(FaultKind.LOST, host="pbx", port=5038))
    answer = server.get(SNAPSHOT, token, If_None_Match=before.headers["etag"])
    assert answer.status == 200
    assert answer.json["source"]["state"] == "stale"
    assert answer.json["source"]["fault"]["kind"] == "lost"
    assert answer.json["as_of"] == before.json["as_of"]
    health = server.get(HEALTH).json
    assert health["status"] == "degraded"
    assert health["source"] == {"state": "stale", "fault": {"kind": "lost"}}


def test_that_before_the_first_picture_one_is_asked_to_come_again(tmp_path: Path) -> None:
    with in_process(tmp_path) as server:
        token = server.token(Role.MANAGER)
        for path in (SNAPSHOT, FACTS, DAY, "/v1/capabilities"):
            answer = server.get(path, token)
            assert answer.status == 503
            assert answer.json["kind"] == "not_ready"
            assert int(answer.headers["retry-after"]) > 0
        assert server.get(HEALTH).status == 200
        assert server.get(HEALTH).json["as_of"] is None


def test_that_an_answer_is_packed_if_the_client_can_unpack_it(server: Asked) -> None:
    token = server.token(Role.MANAGER)
    plain = server.get(SNAPSHOT, token)
    packed = server.get(SNAPSHOT, token, Accept_Encoding="deflate, gzip;q=0.5")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body)
    assert "content-encoding" not in server.get(SNAPSHOT, token, Accept_Encoding="gzip;q=0").headers
    assert "accept-encoding" in packed.headers["vary"].lower()


def test_that_facts_are_told_after_a_cursor_each_once(server: Asked) -> None:
    token = server.token(Role.ADMINISTRATOR)
    start = server.get(FACTS, token).json
    assert start["facts"] == []
    for _ in range(5):
        server.feed.tick(0.4)
    cursor, seen = start["next"], []
    while True:
        page = read_facts(server.get(f"{FACTS}?after={cursor}&limit=7", token).body)
        assert len(page.facts) <= 7
        seen += page.facts
        cursor = page.next
        if not page.more:
            break
    wanted = [each.fact for each in server.feed.facts("0", None, 9999)[0]]
    assert seen == wanted
    until = server.get(SNAPSHOT, token).json["facts_until"]
    part = read_facts(server.get(f"{FACTS}?after=0&until={until}", token).body)
    assert list(part.facts) == wanted


def test_that_a_forgotten_cursor_is_gone_and_the_history_has_the_rest(server: Asked) -> None:
    token = server.token(Role.ADMINISTRATOR)
    server.feed.tick(0.5)
    server.feed.forget_facts()
    gone = server.get(f"{FACTS}?after=0", token)
    assert (gone.status, gone.json["kind"]) == (410, "cursor_gone")
    assert server.get(f"{FACTS}?after=none", token).status == 410
    assert server.get(f"{DAY}&page=none", token).status == 410


def test_that_the_history_comes_page_by_page(server: Asked) -> None:
    token = server.token(Role.ADMINISTRATOR)
    for _ in range(6):
        server.feed.tick(0.5)
    seen, page = [], ""
    while True:
        answer = read_facts(server.get(f"{DAY}&limit=5{page}", token).body)
        seen += answer.facts
        if answer.next_page is None:
            break
        page = f"&page={answer.next_page}"
    assert len(seen) == len(server.feed.facts("0", None, 9999)[0])


def test_that_a_feed_that_is_away_is_told_so_and_does_not_bar_the_picture(server: Asked) -> None:
    token = server.token(Role.ADMINISTRATOR)
    server.feed.away = True
    for path in (f"{FACTS}?after=0", DAY):
        answer = server.get(path, token)
        assert (answer.status, answer.json["kind"]) == (503, "not_ready")
        assert answer.headers["retry-after"]
    assert server.get(SNAPSHOT, token).status == 200
    server.feed.away = False
    assert server.get(f"{FACTS}?after=0", token).status == 200


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        (f"{SNAPSHOT}?since=", "since"),
        (f"{SNAPSHOT}?since={'x' * 513}", "since"),
        (f"{SNAPSHOT}?since=a&since=b", "twice"),
        (f"{SNAPSHOT}?since=%ff", "cannot be read"),
        (f"{SNAPSHOT}?{'&'.join(f'a{n}=1' for n in range(40))}", "cannot be read"),
        (f"{SNAPSHOT}?{'x' * 5000}", "bytes"),
        (f"{FACTS}?limit=0", "limit"),
        (f"{FACTS}?limit=-1", "limit"),
        (f"{FACTS}?limit=10001", "limit"),
        (f"{FACTS}?limit=%D9%A3", "limit"),
        (f"{FACTS}?limit=1e3", "limit"),
        (HISTORY, "from"),
        (f"{HISTORY}?from=2026-11-22T00:00:00Z", "to"),
        (f"{HISTORY}?from=2026-11-22T00:00:00&to=2026-11-23T00:00:00", "from"),
        (f"{HISTORY}?from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z", "from"),
        (f"{HISTORY}?from=2026-11-22T00:00:00Z&to=2027-11-22T00:00:00Z", "days"),
        (f"{HISTORY}?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z", "from"),
    ],
)
def test_that_a_parameter_that_cannot_be_read_is_named(
    server: Asked, path: str, detail: str
) -> None:
    answer = server.get(path, server.token(Role.ADMINISTRATOR))
    assert answer.status == 400
    assert answer.json["kind"] == "bad_request"
    assert detail in answer.json["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v1", 404),
        ("GET", "/v1/snapshot/", 404),
        ("GET", "/v2/snapshot", 404),
        ("GET", "/v1/commands/a/b", 404),
        ("GET", "/%2e%2e/etc/passwd", 404),
        ("POST", SNAPSHOT, 405),
        ("DELETE", HEALTH, 405),
        ("GET", COMMANDS, 405),
        ("OPTIONS", SNAPSHOT, 405),
        ("PROPFIND", SNAPSHOT, 405),
    ],
)
def test_that_what_is_not_there_is_a_problem_too(
    server: Asked, method: str, path: str, status: int
) -> None:
    answer = server.ask(method, path, server.token(Role.ADMINISTRATOR))
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = read_problem(answer.body, answer.status)
    assert told is not None
    assert answer.json["status"] == status
    assert ("allow" in answer.headers) is (status == 405)


def test_that_every_answer_has_the_headers_that_keep_browsers_out(listening: Served) -> None:
    token = listening.token(Role.MANAGER)
    etag = listening.get(SNAPSHOT, token).headers["etag"]
    answers = [
        listening.get(SNAPSHOT, token),
        listening.get(SNAPSHOT, token, If_None_Match=etag),
        listening.get(SNAPSHOT),
        listening.get("/nowhere"),
        listening.ask("PUT", SNAPSHOT),
        listening.get(HEALTH),
    ]
    assert [answer.status for answer in answers] == [200, 304, 401, 404, 405, 200]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["wallboard-as-of"] == "2026-11-22T12:00:00Z"
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "Bearer wbt_aaaaaaaaaaaa_" + "A" * 43,
        "Bearer " + "A" * 5000,
        "bearer null",
    ],
)
def test_that_who_does_not_sign_in_sees_nothing(server: Asked, said: str | None) -> None:
    headers = {} if said is None else {"Authorization": said}
    for path in (SNAPSHOT, FACTS, DAY, "/v1/capabilities", "/v1/commands/x"):
        answer = server.ask("GET", path, headers=headers)
        assert (answer.status, answer.json["kind"]) == (401, "unauthorized")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert server.command(None, command="listen", agent_id="a").status == 401
    assert server.journalled() == []


def test_that_a_token_in_the_address_is_worth_nothing(server: Asked) -> None:
    token = server.token(Role.ADMINISTRATOR)
    for name in ("token", "access_token", "authorization"):
        assert server.get(f"{SNAPSHOT}?{name}={token}").status == 401


def test_that_a_revoked_token_is_out_at_once(server: Asked) -> None:
    token = server.token(Role.MANAGER)
    assert server.get(SNAPSHOT, token).status == 200
    server.tokens.revoke("manager 0", server.clock.wall)
    server.clock.pass_by(1)
    assert server.get(SNAPSHOT, token).status == 401


def test_that_who_asks_too_often_waits_and_nobody_else(tmp_path: Path) -> None:
    feed = HandFeed()
    feed.begin()
    settings = ServerSettings(each_token=Rate(burst=5, per_s=1), failures=Rate(burst=3, per_s=0.1))
    with in_process(tmp_path, feed, settings) as server:
        hasty, other = server.token(Role.TV), server.token(Role.TV)
        answers = [server.get(SNAPSHOT, hasty) for _ in range(6)]
        assert [answer.status for answer in answers] == [200] * 5 + [429]
        assert answers[-1].headers["retry-after"] == "1"
        assert answers[-1].json["kind"] == "too_many_requests"
        assert server.get(SNAPSHOT, other).status == 200
        server.clock.pass_by(1)
        assert server.get(SNAPSHOT, hasty).status == 200

        guesses = [server.get(SNAPSHOT, f"wbt_{'a' * 12}_{n:043d}").status for n in range(5)]
        assert guesses == [401, 401, 401, 429, 429]
        # Walls behind the same address are not shut out by a guesser.
        assert server.get(SNAPSHOT, other).status == 200


def test_that_strangers_may_ask_for_health_but_not_without_end(tmp_path: Path) -> None:
    settings = ServerSettings(each_stranger=Rate(burst=4, per_s=1))
    with in_process(tmp_path, settings=settings) as server:
        assert [server.get(HEALTH).status for _ in range(5)] == [200] * 4 + [429]


def test_that_health_says_that_nobody_can_sign_in(server: Asked, tmp_path: Path) -> None:
    server.token(Role.TV)
    assert server.get(HEALTH).json["status"] == "ok"
    (tmp_path / "tokens.json").write_text("{")
    server.clock.pass_by(1)
    server.get(SNAPSHOT, f"wbt_{'a' * 12}_{'A' * 43}")
    assert server.get(HEALTH).json["status"] == "degraded"


def test_that_an_error_of_ours_shows_nothing_of_its_insides(
    server: Asked, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = server.token(Role.ADMINISTRATOR)

    def broken(*_: object) -> None:
        raise RuntimeError("secret of Anahita")

    monkeypatch.setattr(server.feed, "facts", broken)
    with caplog.at_level(logging.ERROR, "wallboard.server"):
        answer = server.get(f"{FACTS}?after=0", token)
    assert (answer.status, answer.json["kind"]) == (500, "server_error")
    assert b"Anahita" not in answer.body
    assert b"Traceback" not in answer.body
    assert "RuntimeError" in caplog.text
    assert "Anahita" not in caplog.text
    assert server.get(SNAPSHOT, token).status == 200


def test_that_the_access_log_tells_who_asked_what_and_no_secrets(
    listening: Served, caplog: pytest.LogCaptureFixture
) -> None:
    token = listening.token(Role.MANAGER)
    with caplog.at_level(logging.INFO, "wallboard.server.access"):
        listening.get(f"{SNAPSHOT}?since=abc", token)
        listening.get(f"/v1/x/{token}?token={token}", token)
        listening.get("/v1/%0aforged%1b[31m")
    lines = [record.getMessage() for record in caplog.records if "access" in record.name]
    assert len(lines) == 3
    assert lines[0].startswith("127.0.0.1 GET /v1/snapshot 200 ")
    assert lines[0].endswith(token[4:16])  # whose, not what he said
    assert "since" not in lines[0]
    assert not [line for line in lines if token[17:] in line]
    assert not [line for line in lines if "\n" in line or "\x1b" in line]


def test_that_many_walls_are_answered_from_one_encoding(server: Asked) -> None:
    tokens = [server.token(Role.TV) for _ in range(3)]
    versions = {server.get(SNAPSHOT, token).json["version"] for token in tokens}
    assert len(versions) == 1
    server.feed.tick()
    bodies = {server.get(f"{SNAPSHOT}?since={versions.copy().pop()}", t).body for t in tokens}
    assert len(bodies) == 1


def test_that_the_server_can_be_told_to_answer_whole_pictures(tmp_path: Path) -> None:
    feed = HandFeed()
    feed.begin()
    plain = ServerSettings(changes=False, each_token=UNLIMITED.each_token)
    with in_process(tmp_path, feed, plain) as server:
        token = server.token(Role.MANAGER)
        first = server.get(SNAPSHOT, token)
        again = server.get(
            f"{SNAPSHOT}?since={first.json['version']}", token, If_None_Match=first.headers["etag"]
        )
        assert again.status == 200
        assert again.json["since"] is None


def test_that_a_slow_history_bars_neither_the_picture_nor_health(
    listening: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = listening.token(Role.ADMINISTRATOR)
    history = listening.feed.history

    def slow(*told: object) -> object:
        time.sleep(0.5)  # noqa: TID251 - a slow disk
        return history(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(listening.feed, "history", slow)
    asked = threading.Thread(target=lambda: listening.get(DAY, token))
    asked.start()
    begun = time.monotonic()
    assert listening.get(SNAPSHOT, token).status == 200
    assert listening.get(HEALTH).status == 200
    assert time.monotonic() - begun < 0.4
    asked.join()


def test_that_capabilities_are_those_of_who_asks(server: Asked) -> None:
    told = server.get("/v1/capabilities", server.token(Role.ADMINISTRATOR)).json
    assert told["role"] == "administrator"
    assert set(told["commands"]) == {str(kind) for kind in WishKind}
    assert told["site"] == {"name": "Laleh clinic", "zone": "Asia/Tehran"}
    supervisor = server.token(Role.SUPERVISOR, modes=(WishKind.LISTEN,))
    commands = server.get("/v1/capabilities", supervisor).json["commands"]
    assert commands == ["end", "listen", "try_phone"]
    screen = server.get("/v1/capabilities", server.token(Role.TV)).json
    assert screen["commands"] == []
    assert "spell" not in screen["facts"]
    assert "agents.name" in screen["unsupported"]
    row = server.get(SNAPSHOT, server.token(Role.TV)).json["agents"][0]
    assert "name" not in row


def test_that_what_the_source_does_not_tell_is_left_out(server: Asked) -> None:
    server.feed.capable = replace(
        server.feed.capable, unsupported=frozenset({"calls.caller_name", "call.hold"})
    )
    token = server.token(Role.MANAGER)
    assert "caller_name" not in server.get(SNAPSHOT, token).json["calls"][0]
    assert "caller_number" in server.get(SNAPSHOT, token).json["calls"][0]
    for _ in range(4):
        server.feed.tick(0.6)
    told = server.get(f"{FACTS}?after=0", token).json["facts"]
    calls = [fact for fact in told if fact["kind"] == "call"]
    assert calls
    assert not [fact for fact in calls if "hold" in fact]


def test_that_head_is_answered_without_a_body(listening: Served) -> None:
    answer = listening.ask("HEAD", SNAPSHOT, listening.token(Role.MANAGER))
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["etag"]


def test_that_a_day_of_silence_is_no_change(server: Asked) -> None:
    token = server.token(Role.MANAGER)
    etag = server.get(SNAPSHOT, token).headers["etag"]
    for _ in range(200):
        server.feed.heartbeat(timedelta(minutes=7).total_seconds())
    assert server.get(SNAPSHOT, token, If_None_Match=etag).status == 304


def test_that_agents_ids_are_as_the_source_has_them_for_who_may_see_them(server: Asked) -> None:
    rows = server.get(SNAPSHOT, server.token(Role.SUPERVISOR)).json["agents"]
    assert {row["agent_id"] for row in rows} == {f"{AGENT_ID}-{number}" for number in range(24)}
    assert json.dumps(rows)
    assert NOON.isoformat()[:10] in rows[0]["state_since"]
