"""What lasts because of a command: ended in time, told to the agent, and written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.feeds import HandFeed
from support.served import InProcess, in_process
from support.snapshots import a_call, a_queue, a_snapshot, an_agent

from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.domain.supervision import MONITORING, Monitoring, WishKind
from wallboard.server import lasting
from wallboard.server.feed import CommandProgress
from wallboard.server.limits import Rate
from wallboard.server.rights import Role
from wallboard.server.settings import ServerSettings

PHONE = "PJSIP/9001"


def talking() -> HandFeed:
    feed = HandFeed()
    feed.put(
        a_snapshot(
            queues=[a_queue("q1")],
            agents=[an_agent("sara", AgentState.IN_CALL, ("q1",), call_id="c1")],
            calls=[a_call("c1", "q1")],
        )
    )
    return feed


@pytest.fixture
def phones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcess]:
    """A server whose people listen by phones of their own."""
    monkeypatch.setattr(lasting, "_HOLDS_S", 0.05)
    feed = talking()
    feed.capable = replace(feed.capable, own_phones=True)
    with in_process(tmp_path, feed) as there:
        yield there


def listen(server: InProcess, kind: str = "listen") -> str:
    token = server.token(Role.SUPERVISOR, modes=tuple(MONITORING), phone=PHONE)
    assert server.command(token, command=kind, agent_id="sara").status == 202
    return token


def rows(server: InProcess, what: str) -> list[dict[str, Any]]:
    return [line for line in server.journalled() if line["what"] == what]


def until(server: InProcess, what: str, within_s: float = 5) -> dict[str, Any]:
    """Wait for a row of the journal, and return it."""
    for _ in range(round(within_s / 0.05)):
        found = rows(server, what)
        if found:
            return found[-1]
        server.rest(0.05)
    raise AssertionError(server.journalled())


def passed(server: InProcess) -> list[WishKind]:
    return [wish.kind for wish, _, _ in server.feed.given]


def test_that_the_journal_has_how_long_it_lasted_when_its_owner_ends_it(
    phones: InProcess,
) -> None:
    token = listen(phones)
    phones.rest(1.1)
    phones.command(token, "key-00002", command="end", agent_id="sara")
    ended = until(phones, "ended")
    assert ended["key"] == rows(phones, "passed")[0]["key"]
    assert 1 <= ended["seconds"] <= 3
    assert ended["agent_id"] == "sara"
    phones.rest(0.2)
    assert len(rows(phones, "ended")) == 1


def test_that_the_journal_has_how_long_it_lasted_when_the_picture_shows_it_no_more(
    phones: InProcess,
) -> None:
    heard = Monitoring(monitoring_id="m", agent_id=AgentId("sara"), phone=PHONE, own=True)
    listen(phones)
    phones.feed.hear((heard,))
    phones.rest(0.5)
    assert rows(phones, "ended") == []
    phones.feed.hear(())
    assert until(phones, "ended")["seconds"] is not None
    assert passed(phones) == [WishKind.LISTEN]


def test_that_it_lasts_though_the_process_that_began_it_was_killed(phones: InProcess) -> None:
    heard = Monitoring(monitoring_id="m", agent_id=AgentId("sara"), phone=PHONE, own=True)
    listen(phones)
    phones.feed.hear((heard,))
    phones.rest(0.2)
    phones.feed.hear((replace(heard, own=False),))
    phones.rest(0.4)
    assert rows(phones, "ended") == []
    phones.feed.capable = replace(phones.feed.capable, limit=timedelta(seconds=0.2))
    assert until(phones, "ended")["reason"] == "limit"
    assert passed(phones) == [WishKind.LISTEN, WishKind.END]


def test_that_who_is_excluded_meanwhile_is_listened_to_no_more(phones: InProcess) -> None:
    listen(phones)
    phones.feed.capable = replace(phones.feed.capable, excluded=frozenset({AgentId("sara")}))
    assert until(phones, "ended")["reason"] == "excluded"
    assert passed(phones) == [WishKind.LISTEN, WishKind.END]
    assert rows(phones, "passed")[-1]["by"] == "excluded"


def test_that_a_shorter_limit_holds_for_what_lasts_already(phones: InProcess) -> None:
    listen(phones)
    phones.rest(0.3)
    phones.feed.capable = replace(phones.feed.capable, limit=timedelta(seconds=0.2))
    assert until(phones, "ended")["reason"] == "limit"


def test_that_the_agent_is_told_by_a_row_of_its_own_where_the_site_wants_it(
    phones: InProcess,
) -> None:
    phones.feed.capable = replace(phones.feed.capable, tells=True, notice="Somebody listens.")
    listen(phones)
    for _ in range(100):
        if WishKind.MESSAGE in passed(phones):
            break
        phones.rest(0.05)
    wish, _, _ = phones.feed.given[-1]
    assert (wish.kind, wish.agent_id, wish.text) == (WishKind.MESSAGE, "sara", "Somebody listens.")
    (row,) = [row for row in rows(phones, "passed") if row["command"] == "message"]
    assert row["by"] == "rule"


@pytest.mark.parametrize("must", [False, True])
def test_that_who_could_not_be_told_is_listened_to_only_where_that_may_be(
    phones: InProcess, must: bool
) -> None:
    phones.feed.capable = replace(phones.feed.capable, tells=True, only_told=must)
    phones.feed.progress_of = {WishKind.MESSAGE: CommandProgress.REFUSED}
    listen(phones)
    phones.rest(0.6)
    ends = [WishKind.END] if must else []
    assert passed(phones) == [WishKind.LISTEN, WishKind.MESSAGE, *ends]
    assert [row["reason"] for row in rows(phones, "ended")] == (["not_told"] if must else [])


@pytest.mark.parametrize("must", [False, True])
def test_that_the_agent_is_told_of_what_nobody_knew_had_begun(
    phones: InProcess, must: bool
) -> None:
    phones.feed.capable = replace(
        phones.feed.capable, tells=True, notice="Somebody listens.", only_told=must
    )
    phones.feed.progress_of = {WishKind.LISTEN: CommandProgress.UNKNOWN}
    if must:
        phones.feed.progress_of[WishKind.MESSAGE] = CommandProgress.REFUSED
    listen(phones)
    phones.rest(0.3)
    assert passed(phones) == [WishKind.LISTEN]
    heard = Monitoring(monitoring_id="m", agent_id=AgentId("sara"), phone=PHONE, own=True)
    phones.feed.hear((heard,))
    until(phones, "ended" if must else "answered")
    phones.rest(0.3)
    ends = [WishKind.END] if must else []
    assert passed(phones) == [WishKind.LISTEN, WishKind.MESSAGE, *ends]


@pytest.mark.parametrize("how", ["no message", "not wanted"])
def test_that_nobody_is_listened_to_where_agents_must_be_told_and_cannot_be(
    phones: InProcess, how: str
) -> None:
    capable = replace(phones.feed.capable, tells=how != "not wanted", only_told=True)
    if how == "no message":
        capable = replace(capable, commands=capable.commands - {WishKind.MESSAGE})
    phones.feed.capable = capable
    token = phones.token(Role.ADMINISTRATOR, phone=PHONE)
    for kind in sorted(MONITORING):
        told = phones.command(token, f"key-of-{kind}", command=kind, agent_id="sara")
        assert told.status == 403
    assert phones.feed.given == []


def test_that_silence_is_not_held_up_by_the_limit_of_commands(tmp_path: Path) -> None:
    feed = talking()
    settings = ServerSettings(commands=Rate(burst=2, per_s=0.001))
    with in_process(tmp_path, feed, settings) as server:
        token = server.token(Role.SUPERVISOR, modes=tuple(MONITORING))
        server.command(token, "key-00001", command="whisper", agent_id="sara")
        server.command(token, "key-00002", command="talk", agent_id="sara")
        told = server.command(token, "key-00003", command="talk", agent_id="sara")
        assert told.status == 429
        for place, kind in enumerate(("hush", "end"), 4):
            told = server.command(token, f"key-0000{place}", command=kind, agent_id="sara")
            assert told.status == 202
        assert server.ask("POST", "/v1/commands", token, b"{}").status == 429
    assert [wish.kind for wish, _, _ in feed.given][-2:] == [WishKind.HUSH, WishKind.END]
