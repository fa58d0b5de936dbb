from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.wire_values import instants, keys, texts
from support.wishes import whole_wish

from wallboard.api import examples
from wallboard.api.capabilities import (
    Capabilities,
    Server,
    Site,
    capabilities_bytes,
    read_capabilities,
)
from wallboard.api.commands import (
    Command,
    CommandState,
    command_bytes,
    command_of,
    command_state_bytes,
    needed_fields,
    read_command,
    read_command_state,
)
from wallboard.api.health import health_bytes, read_health
from wallboard.api.problem import (
    STATUS,
    ProblemKind,
    RequestRefused,
    problem,
    problem_bytes,
    read_problem,
)
from wallboard.api.protocol import is_key, read_time, time_text
from wallboard.domain.errors import SourceUnreadable
from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import Stage, Wish, WishKind

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
JUNK = [b"", b"7", b"[]", b"{}", b"<html>", b"\xff", b'{"a":' * 100_000]


@given(
    st.builds(
        Capabilities,
        server=st.builds(Server, name=texts, version=texts),
        site=st.builds(Site, name=texts, zone=st.none() | texts),
        poll=st.floats(0.1, 3600),
        unsupported=st.lists(keys).map(tuple),
        facts=st.lists(keys).map(tuple),
        commands=st.lists(st.sampled_from(WishKind)).map(tuple),
        role=texts,
        as_of=instants,
    )
)
def test_that_capabilities_are_read_as_they_were_told(told: Capabilities) -> None:
    assert read_capabilities(capabilities_bytes(told)) == told


def test_that_a_newer_servers_commands_are_left_out_and_another_apis_answer_refused() -> None:
    told = json.loads(capabilities_bytes(examples.capabilities()))
    told |= {"api": "1.7", "commands": ["listen", "sing"], "moon": "full"}
    assert read_capabilities(json.dumps(told).encode()).commands == (WishKind.LISTEN,)
    with pytest.raises(SourceUnreadable):
        read_capabilities(json.dumps(told | {"api": "2.0"}).encode())


def test_that_two_fields_are_enough_for_capabilities() -> None:
    read = read_capabilities(b'{"api": "1.0", "as_of": "2026-11-22T12:00:00Z"}')
    assert read == Capabilities(server=Server(name=""), site=Site(name=""), as_of=NOON)


@pytest.mark.parametrize("poll", ["0", "-2", "true", '"2"', "1e400"])
def test_that_a_pace_that_is_none_is_refused(poll: str) -> None:
    body = f'{{"api": "1.0", "as_of": "2026-11-22T12:00:00Z", "poll": {poll}}}'
    with pytest.raises(SourceUnreadable):
        read_capabilities(body.encode())


@pytest.mark.parametrize("read", [read_capabilities, read_command_state, read_health])
@pytest.mark.parametrize("body", JUNK)
def test_that_junk_is_no_answer(read: Any, body: bytes) -> None:
    with pytest.raises(SourceUnreadable):
        read(body)


@example(WishKind.LISTEN, "\r", " ", " ", "why")
@given(st.sampled_from(WishKind), keys, st.none() | keys, st.none() | keys, texts)
def test_that_a_wish_travels_as_a_command(
    kind: WishKind, agent_id: Any, queue_id: Any, call_id: Any, reason: str
) -> None:
    told = Wish(kind=kind, agent_id=agent_id, queue_id=queue_id, call_id=call_id, reason=reason)
    whole = whole_wish(kind)
    wish = replace(
        told,
        queue_id=queue_id or whole.queue_id,
        call_id=call_id or whole.call_id,
        reason=reason if reason.strip() else whole.reason,
        to=whole.to,
        text=whole.text,
        priority=whole.priority,
    )
    assert read_command(command_bytes(command_of(wish))).wish == wish


@pytest.mark.parametrize("kind", WishKind)
def test_that_a_command_without_what_it_needs_is_refused(kind: WishKind) -> None:
    whole = command_of(whole_wish(kind))
    assert read_command(command_bytes(whole)) == whole
    for name in needed_fields(kind):
        told = json.loads(command_bytes(whole))
        del told[name]
        with pytest.raises(RequestRefused) as caught:
            read_command(json.dumps(told).encode())
        assert name in caught.value.problem.detail
        if name in ("reason", "to", "text"):
            with pytest.raises(RequestRefused):
                read_command(json.dumps({**told, name: " \t"}).encode())


def test_that_a_body_can_say_no_phone() -> None:
    wish = Wish(kind=WishKind.LISTEN, agent_id=AgentId("a"), phone="PJSIP/9001")
    assert b"9001" not in command_bytes(command_of(wish))
    with pytest.raises(RequestRefused):
        read_command(b'{"command": "listen", "agent_id": "a", "phone": "PJSIP/9001"}')


@pytest.mark.parametrize(
    "body",
    [
        *JUNK,
        b'{"command": "sing", "agent_id": "a"}',
        b'{"command": "listen"}',
        b'{"command": "listen", "agent_id": ""}',
        b'{"command": "listen", "agent_id": 7}',
        b'{"command": "listen", "agent_id": "a", "queue_id": ""}',
        b'{"command": "listen", "agent_id": "a", "only_if": "quiet"}',
        b'{"command": "pause", "agent_id": "a", "reason": "' + b"x" * 513 + b'"}',
        b'{"command": "pause", "agent_id": "a", "reason": null}',
    ],
)
def test_that_what_is_no_command_is_refused_with_a_problem_to_answer(body: bytes) -> None:
    with pytest.raises(RequestRefused) as caught:
        read_command(body)
    assert caught.value.problem.kind is ProblemKind.BAD_REQUEST
    assert caught.value.problem.status == 400
    assert len(problem_bytes(caught.value.problem)) < 1_000


def test_that_a_command_needs_no_more_than_who_and_what() -> None:
    assert read_command(b'{"command": "end", "agent_id": "a"}') == Command(
        command=WishKind.END, agent_id="a"
    )


@given(st.builds(CommandState, id=keys, state=st.sampled_from(Stage), reason=texts, as_of=instants))
def test_that_a_commands_state_is_read_as_it_was_told(state: CommandState) -> None:
    assert read_command_state(command_state_bytes(state)) == state


def test_that_health_is_read_as_it_was_told() -> None:
    assert read_health(health_bytes(examples.health())) == examples.health()


@given(st.sampled_from(ProblemKind), texts)
def test_that_a_problem_is_read_as_it_was_told(kind: ProblemKind, detail: str) -> None:
    told = problem(kind, detail)
    assert read_problem(problem_bytes(told), told.status) == told
    assert json.loads(problem_bytes(told))["type"] == "about:blank"


def test_that_each_kind_of_problem_has_a_status_of_its_own() -> None:
    assert set(STATUS) == set(ProblemKind)
    assert len({status for status, _ in STATUS.values()}) == len(STATUS)


def test_that_the_status_of_the_answer_counts_and_not_that_of_its_body() -> None:
    read = read_problem(problem_bytes(problem(ProblemKind.NOT_FOUND)), 503)
    assert read is not None
    assert read.status == 503


@pytest.mark.parametrize("body", [*JUNK, b'{"kind": "bad_weather", "status": 400}'])
def test_that_what_is_no_problem_is_none(body: bytes) -> None:
    assert read_problem(body, 400) is None


@given(instants)
def test_that_a_time_in_a_header_is_read_as_it_was_told(instant: datetime) -> None:
    assert read_time(time_text(instant)) == instant
    assert time_text(instant).endswith("Z")


def test_that_a_time_of_another_zone_is_told_in_utc() -> None:
    tehran = timezone(timedelta(hours=3, minutes=30))
    assert time_text(datetime(2026, 11, 22, 15, 30, tzinfo=tehran)) == "2026-11-22T12:00:00Z"


@pytest.mark.parametrize("text", ["", "noon", "2026-11-22T12:00:00", "1e9", "\ud800", "9" * 9_999])
def test_that_what_is_no_time_is_none(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("key", "fine"),
    [
        ("abcdefg", False),
        ("abcdefgh", True),
        ("A-_9" * 32, True),
        ("x" * 129, False),
        ("abcdefg\n", False),
        ("abcdefgh\n", False),
        ("abc defgh", False),
        ("سلام سلام", False),
    ],
)
def test_that_keys_of_commands_are_long_and_plain(key: str, fine: bool) -> None:
    assert is_key(key) is fine
