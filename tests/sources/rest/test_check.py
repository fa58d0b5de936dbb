"""The close look at an API, line by line, as its author reads it."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import trustme
from support.faultd import FAULTS, Asked, FaultServer, Said
from support.rest_site import NOON, TOKEN, ApiSite

from wallboard.api.picture import SourceWord
from wallboard.app.clock import system_clock
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.source import Finding, Verdict
from wallboard.sources.rest import KIND
from wallboard.ui.wording import english

GOOD = (
    "reachable",
    "tls",
    "sign_in",
    "api",
    "picture",
    "queues",
    "ids",
    "references",
    "times",
    "clock",
    "source_state",
    "changes",
    "renewal",
    "facts",
    "past",
    "commands",
    "speed",
)


@pytest.fixture(autouse=True)
def now_is_now(site: ApiSite) -> None:
    site.set_time(system_clock().now().wall)


def checked(server: FaultServer, **more: str) -> dict[str, Finding]:
    """Check, and return what was found by its topic; each must have a sentence of its own."""
    told = {"url": server.address, "secret": TOKEN, "poll": "1", **more}
    findings = list(KIND.check(told, system_clock()))
    for finding in findings:
        said = english().finding(finding)
        assert len(said) >= 10
        assert not said.startswith(f"{finding.topic}:"), said
        assert TOKEN not in said
    assert len({finding.topic for finding in findings}) == len(findings)
    return {finding.topic: finding for finding in findings}


def verdicts(found: dict[str, Finding]) -> dict[str, str]:
    return {topic: str(one.verdict) for topic, one in found.items() if one.verdict != Verdict.GOOD}


def edited(site: ApiSite, edit: Callable[[dict[str, object]], None]) -> None:
    """Let the picture be told with an edit."""

    def told(one: Asked) -> Said:
        good = site._snapshot(one, {})
        if good.status == 304:
            return good
        document = json.loads(good.body)
        edit(document)
        return Said(body=json.dumps(document).encode(), headers=good.headers)

    site.instead["/v1/snapshot"] = told


def test_that_a_good_api_is_good_throughout(server: FaultServer, site: ApiSite) -> None:
    site.arrive("a")
    found = checked(server)
    assert tuple(found) == GOOD
    assert verdicts(found) == {}
    assert {one.method for one in server.asked} == {"GET"}


def test_that_a_small_api_is_told_what_it_lacks(server: FaultServer, site: ApiSite) -> None:
    site.versions = site.cursors = False
    site.lacks = {"/v1/capabilities", "/v1/facts", "/v1/history", "/v1/commands"}
    assert verdicts(checked(server)) == {
        "api": "warning",
        "source_state": "warning",
        "changes": "warning",
        "facts": "warning",
    }


def test_that_a_wrong_token_ends_it(server: FaultServer) -> None:
    found = checked(server, secret="wrong")
    assert verdicts(found) == {"sign_in": "bad"}
    assert tuple(found) == ("reachable", "tls", "sign_in")
    assert len(server.asked) == 1


def test_that_who_need_not_sign_in_is_told(server: FaultServer, site: ApiSite) -> None:
    site.token = ""
    assert verdicts(checked(server, sign_in="none")) == {"sign_in_none": "warning"}


@pytest.mark.parametrize(
    "name", sorted(name for name in FAULTS if not FAULTS[name].slow and name != "gone")
)
def test_that_whatever_breaks_is_a_finding(name: str, server: FaultServer) -> None:
    server.break_down(FAULTS[name])
    found = checked(server)
    bad = [one for one in found.values() if one.verdict is Verdict.BAD]
    assert len(bad) == 1
    assert bad[0].fault is not None
    assert str(bad[0].fault.kind) in FAULTS[name].kinds


def test_that_a_field_that_cannot_be_used_is_a_finding() -> None:
    (finding,) = KIND.check({"url": "http://user@pbx"}, system_clock())
    assert finding.fault is not None
    assert finding.fault.kind is FaultKind.BAD_SETTING


def test_that_rows_that_cannot_be_read_are_named(server: FaultServer, site: ApiSite) -> None:
    def edit(document: dict[str, object]) -> None:
        agents = document["agents"]
        assert isinstance(agents, list)
        agents[1]["state"] = "dancing"
        agents[0]["state_since"] = "yesterday"
        agents += [{"agent_id": f"a{number}", "name": "A", "queues": []} for number in range(9)]
        agents.append({"name": "nobody"})

    edited(site, edit)
    found = checked(server)
    assert found["picture"].verdict is Verdict.WARNING
    names = dict(found["picture"].details)["names"]
    assert "agents[0]: state_since" in names
    assert "agents[1]: state" in names
    assert "agents[11]: " in names


def test_that_what_does_not_fit_is_named(server: FaultServer, site: ApiSite) -> None:
    later = (site.snapshot.as_of + timedelta(hours=1)).isoformat()
    sooner = (site.snapshot.as_of - timedelta(hours=1)).isoformat()

    def edit(document: dict[str, object]) -> None:
        queues, agents, calls = document["queues"], document["agents"], document["calls"]
        assert isinstance(queues, list)
        assert isinstance(agents, list)
        assert isinstance(calls, list)
        queues += queues[:1]
        agents[0]["queues"] = ["nowhere"]
        agents[1]["call_id"] = "no-call"
        agents[0]["state_since"] = later
        calls.append({"call_id": "c", "queue_id": "lost", "agent_id": "nobody"})
        calls.append(
            {"call_id": "d", "queue_id": "sales", "entered_at": later, "answered_at": sooner}
        )
        agents += [{"agent_id": f"a{number}", "name": "A", "queues": []} for number in range(9)]

    edited(site, edit)
    found = checked(server)
    expected = {"picture", "ids", "references", "times"}
    assert set(verdicts(found)) == expected
    names = {topic: dict(found[topic].details)["names"] for topic in expected - {"picture"}}
    assert names["ids"] == "queues: sales (2)"
    assert "agents sara: queue nowhere" in names["references"]
    assert "agents reza: call no-call" in names["references"]
    assert "calls c: queue lost" in names["references"]
    assert "calls c: agent nobody" in names["references"]
    assert "agents sara: state_since > as_of" in names["times"]
    assert "calls d: entered_at > answered_at" in names["times"]


def test_that_a_picture_that_cannot_be_read_ends_it(server: FaultServer, site: ApiSite) -> None:
    edited(site, lambda document: document.pop("as_of"))
    found = checked(server)
    assert verdicts(found) == {"picture": "bad"}


def test_that_a_clock_that_is_off_is_told(server: FaultServer, site: ApiSite) -> None:
    site.set_time(NOON)
    assert verdicts(checked(server)) == {"clock": "warning"}


def test_that_time_that_stands_still_is_told(server: FaultServer, site: ApiSite) -> None:
    site.stands = True
    assert verdicts(checked(server)) == {"renewal": "warning"}


def test_that_time_that_goes_back_is_told(server: FaultServer, site: ApiSite) -> None:
    site.stands = True
    good = site._snapshot

    def backwards(one: Asked) -> Said:
        site.set_time(site.snapshot.as_of - timedelta(seconds=1))
        return good(one, {})

    site.instead["/v1/snapshot"] = backwards
    assert verdicts(checked(server))["renewal"] == "bad"


def test_that_a_server_that_hears_nothing_itself_is_told(
    server: FaultServer, site: ApiSite
) -> None:
    site.word = SourceWord(state="stale", fault=fault(FaultKind.UNREACHABLE, host="pbx", port=5038))
    found = checked(server)
    assert verdicts(found) == {"source_state": "bad"}
    assert "pbx:5038" in english().finding(found["source_state"])


def test_that_not_changed_without_a_time_is_told(server: FaultServer, site: ApiSite) -> None:
    site.stands = True
    good = site._snapshot
    site.instead["/v1/snapshot"] = lambda one: (
        Said(status=304) if "if-none-match" in one.headers else good(one, {})
    )
    assert verdicts(checked(server))["changes"] == "bad"


def test_that_a_cursor_the_server_does_not_know_is_told(server: FaultServer, site: ApiSite) -> None:
    site.instead["/v1/facts"] = lambda one: (
        Said(status=410)
        if "after" in one.target
        else Said(body=b'{"as_of": "2026-11-22T12:00:00Z", "facts": [], "next": "9"}')
    )
    assert verdicts(checked(server)) == {"facts": "bad"}


def test_that_a_slow_api_is_told(server: FaultServer, site: ApiSite) -> None:
    good = site._capabilities

    def slowly(_: Asked) -> Said:
        time.sleep(0.5)  # noqa: TID251 - a server that takes its time
        return good()

    site.instead["/v1/capabilities"] = slowly
    assert verdicts(checked(server)) == {"speed": "warning"}


def test_that_a_certificate_is_told_and_warned_of(
    site: ApiSite, authority: trustme.CA, tmp_path: Path
) -> None:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    now = system_clock().now().wall
    for days, bad in ((100, {}), (5, {"tls": "warning"}), (-1, {"tls": "bad"})):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        until = now + timedelta(days=days)
        authority.issue_cert("127.0.0.1", not_after=until).configure_cert(context)
        with FaultServer(site, context) as server:
            found = checked(server, ca=str(path))
        assert verdicts(found) == bad
        if days > 0:
            assert dict(found["tls"].details)["until"] == f"{until:%Y-%m-%d}"
