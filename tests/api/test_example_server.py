"""The example that authors copy is itself read by our readers and judged by our specification."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.client import HTTPResponse
from typing import Final, TypeAlias
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import jsonschema_rs
import pytest
from support.checkout import ROOT

from wallboard.api.capabilities import read_capabilities
from wallboard.api.facts import read_facts
from wallboard.api.health import read_health
from wallboard.api.picture import PictureReader
from wallboard.api.problem import ProblemKind, read_problem
from wallboard.api.protocol import AS_OF_HEADER, read_time, time_text
from wallboard.api.specification import specification

TOKEN: Final = "t-123"
Ask: TypeAlias = Callable[..., HTTPResponse | HTTPError]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    program = [sys.executable, str(ROOT / "resources" / "api" / "example_server.py"), "0"]
    environment = {**os.environ, "WALLBOARD_TOKEN": TOKEN}
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.kill()


@pytest.fixture
def ask(address: str) -> Ask:
    def asked(path: str, *, token: str = TOKEN, **headers: str) -> HTTPResponse | HTTPError:
        told = {name.replace("_", "-"): content for name, content in headers.items()}
        request = Request(address + path, headers={"Authorization": f"Bearer {token}", **told})
        try:
            answer: HTTPResponse = urlopen(request, timeout=10)
        except HTTPError as refused:
            return refused
        return answer

    return asked


def judge(name: str, body: bytes) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": specification()["components"]}
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(json.loads(body))


def test_that_its_answers_are_as_specified_and_read_without_a_loss(ask: Ask) -> None:
    with ask("/v1/capabilities") as answer:
        body = answer.read()
    judge("Capabilities", body)
    assert read_capabilities(body).facts == ("call",)
    with ask("/v1/snapshot") as answer:
        body = answer.read()
        tag, said = answer.headers["ETag"], answer.headers[AS_OF_HEADER]
    judge("Snapshot", body)
    taken = PictureReader().read(body)
    assert taken.clean
    assert list(taken.snapshot.queues) == ["sales"]
    assert tag == f'"{taken.version}"'
    assert read_time(said) == taken.snapshot.as_of
    with ask("/v1/health", token="") as answer:
        body = answer.read()
    judge("Health", body)
    assert read_health(body).status == "ok"


def test_that_a_picture_that_did_not_change_is_renewed_by_its_header(ask: Ask) -> None:
    reader = PictureReader()
    for _ in range(3):  # a call may come or go between two questions, but not each time
        with ask("/v1/snapshot") as answer:
            taken, tag = reader.read(answer.read()), answer.headers["ETag"]
        with ask("/v1/snapshot", If_None_Match=tag) as answer:
            if answer.status == 304:
                assert answer.read() == b""
                later = read_time(answer.headers[AS_OF_HEADER])
                assert later is not None
                assert reader.renew(later).snapshot.as_of > taken.snapshot.as_of
                return
    pytest.fail("it never said that nothing changed")


def test_that_its_facts_go_on_from_a_cursor_and_its_history_tells_what_is_known(ask: Ask) -> None:
    with ask("/v1/facts") as answer:
        body = answer.read()
    judge("FactsPage", body)
    end = read_facts(body)
    assert end.facts == ()
    assert end.next is not None
    # What it would tell in three days: the same example, asked for calls to come.
    with ask(f"/v1/facts?after={end.next}&limit=1") as answer:
        page = read_facts(answer.read())
    assert (page.facts, page.next, page.more) == ((), end.next, False)
    begin, until = end.as_of - timedelta(hours=1), end.as_of + timedelta(hours=1)
    with ask(f"/v1/history?from={time_text(begin)}&to={time_text(until)}") as answer:
        body = answer.read()
    judge("HistoryPage", body)
    (known,) = read_facts(body).known
    assert begin < known.begin < known.end < until


def test_that_a_call_that_ended_is_a_fact_that_is_told_the_same_each_time(ask: Ask) -> None:
    code = (
        "import json, runpy, sys; from datetime import timedelta as d;"
        f"m = runpy.run_path({str(ROOT / 'resources' / 'api' / 'example_server.py')!r});"
        "a = m['answer']; now = m['BEGAN'] + d(seconds=54);"
        "print(json.dumps([a('/v1/facts', {'after': '0'}, now), a('/v1/snapshot', {}, now)]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    page, picture = json.loads(ran.stdout)
    stamp = {"as_of": "2026-11-22T08:30:00Z"}
    told = json.dumps(page | stamp).encode()
    judge("FactsPage", told)
    read = read_facts(told)
    assert read.ignored == 0
    assert [fact.fact_id for fact in read.facts] == ["call-0", "call-1"]
    assert picture["facts_until"] == read.next == "2"
    assert picture["calls"] == []


@pytest.mark.parametrize(
    ("path", "token", "kind"),
    [
        ("/v1/snapshot", "", ProblemKind.UNAUTHORIZED),
        ("/v1/snapshot", "t-124", ProblemKind.UNAUTHORIZED),
        ("/v1/facts?after=yesterday", TOKEN, ProblemKind.BAD_REQUEST),
        ("/v1/history?from=x&to=y", TOKEN, ProblemKind.BAD_REQUEST),
        ("/v1/history", TOKEN, ProblemKind.BAD_REQUEST),
        ("/v2/snapshot", TOKEN, ProblemKind.NOT_FOUND),
    ],
)
def test_that_its_refusals_are_problems(ask: Ask, path: str, token: str, kind: ProblemKind) -> None:
    with ask(path, token=token) as answer:
        body = answer.read()
        assert answer.headers["Content-Type"] == "application/problem+json"
    judge("Problem", body)
    problem = read_problem(body, answer.status or 0)
    assert problem is not None
    assert (problem.kind, problem.status) == (kind, json.loads(body)["status"])
