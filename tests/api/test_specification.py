from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR
from support.checkout import ROOT
from support.wire_values import facts, faults, instants, keys, pictures
from support.wishes import whole_wish

from wallboard.api import examples
from wallboard.api.capabilities import capabilities_bytes
from wallboard.api.commands import (
    CommandState,
    command_bytes,
    command_of,
    command_state_bytes,
    needed_fields,
)
from wallboard.api.fact_rows import KINDS_OF_FACTS
from wallboard.api.facts import fact_bytes, facts_bytes, history_bytes
from wallboard.api.faults import SourceWord
from wallboard.api.health import Health, SourceHealth, Status, health_bytes
from wallboard.api.picture import picture_bytes
from wallboard.api.problem import STATUS, ProblemKind, problem, problem_bytes
from wallboard.api.specification import specification, specification_bytes
from wallboard.domain.coverage import Stretch
from wallboard.domain.errors import Fault
from wallboard.domain.facts import Fact
from wallboard.domain.snapshot import Agent, AgentId, Call, CallId, Queue, Snapshot, difference
from wallboard.domain.supervision import Monitoring, Stage, WishKind

FILE = ROOT / "resources" / "api" / "wallboard-api-1.json"
DOCUMENT = specification()
COMPONENTS = DOCUMENT["components"]


def valid(name: str) -> jsonschema_rs.Draft202012Validator:
    """Return what judges documents of this name, by the committed specification."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": json.loads(FILE.read_bytes())}
    schema["components"] = schema["components"]["components"]
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


MONITORINGS = (
    Monitoring(monitoring_id="m1"),
    Monitoring(
        monitoring_id="m2",
        agent_id=AgentId("a"),
        call_id=CallId("c"),
        mode=WishKind.WHISPER,
        phone="PJSIP/9001",
        own=True,
        since=examples.AS_OF,
    ),
)
JUDGES = {name: valid(name) for name in COMPONENTS["schemas"]}


def judge(name: str, body: bytes) -> None:
    JUDGES[name].validate(json.loads(body))


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", operation)
        for path, methods in DOCUMENT["paths"].items()
        for method, operation in methods.items()
    ]


def test_that_the_file_is_what_the_command_prints() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "wallboard.api.specification"], capture_output=True, check=True
    ).stdout
    assert FILE.read_bytes() == printed == specification_bytes()


def test_that_it_is_a_right_document_of_openapi_3_1_by_the_official_schema() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    OPENAPI_31_VALIDATOR.validate(json.loads(FILE.read_bytes()))
    broken = DOCUMENT | {"paths": {"/v1/health": {"get": {"responses": 200}}}}
    assert not OPENAPI_31_VALIDATOR.is_valid(broken)


def test_that_every_reference_leads_somewhere() -> None:
    def references(part: Any) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
            return own.union(*map(references, part.values()))
        return set().union(*map(references, part)) if isinstance(part, list) else set()

    for reference in references(DOCUMENT):
        _, _, room, name = reference.split("/")
        assert name in COMPONENTS[room], reference


def test_that_every_component_is_used() -> None:
    text = json.dumps(DOCUMENT)
    for room in ("schemas", "parameters", "headers", "responses"):
        for name in COMPONENTS[room]:
            assert f"#/components/{room}/{name}" in text, (room, name)


@pytest.mark.parametrize(("name", "operation"), operations())
def test_that_each_operation_tells_its_refusals_and_shows_right_examples(
    name: str, operation: dict[str, Any]
) -> None:
    own = {"200", "202", "304", "415"}
    statuses = {str(status) for status, _ in STATUS.values()}
    assert operation["responses"].keys() <= own | statuses
    assert {"429", "500"} <= operation["responses"].keys()
    if name != "get /v1/health":
        assert {"400", "401", "403", "503"} <= operation["responses"].keys()
        assert "security" not in operation
    for response in operation["responses"].values():
        for content in response.get("content", {}).values():
            schema = content["schema"]["$ref"].rpartition("/")[2]
            for example in content.get("examples", {}).values():
                JUDGES[schema].validate(example["value"])
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = content["schema"]["$ref"].rpartition("/")[2]
        JUDGES[schema].validate(content["example"])


@pytest.mark.parametrize("kind", ProblemKind)
def test_that_each_problem_is_shown_and_tells_when_to_come_again(kind: ProblemKind) -> None:
    response = COMPONENTS["responses"][kind]
    JUDGES["Problem"].validate(response["content"]["application/problem+json"]["example"])
    status, _ = STATUS[kind]
    wanted = {401: {"WWW-Authenticate"}, 429: {"Retry-After"}, 503: {"Retry-After"}}
    assert response.get("headers", {}).keys() == wanted.get(status, set())


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Queue", Queue),
        ("Agent", Agent),
        ("Call", Call),
        ("CallFact", KINDS_OF_FACTS["call"]),
        ("SpellFact", KINDS_OF_FACTS["spell"]),
        ("DirectFact", KINDS_OF_FACTS["direct"]),
    ],
)
def test_that_the_fields_of_a_row_are_those_of_the_domain(name: str, made: type[Any]) -> None:
    told = set(COMPONENTS["schemas"][name]["properties"]) - {"kind"}
    assert told == {each.name for each in fields(made)}


@given(
    pictures,
    keys,
    st.none() | keys,
    st.builds(
        SourceWord,
        state=st.sampled_from(["live", "late", "stale", "no_data"]),
        fault=st.none() | faults,
    ),
    st.lists(faults, max_size=2),
)
def test_that_pictures_are_as_specified(
    snapshot: Snapshot, version: str, cursor: str | None, source: SourceWord, notices: list[Fault]
) -> None:
    body = picture_bytes(
        difference(None, snapshot),
        version=version,
        since=None,
        facts_until=cursor,
        source=source,
        notices=tuple(notices),
        monitorings=MONITORINGS,
        lacks=((WishKind.LISTEN, "write = originate"),),
    )
    judge("Snapshot", body)


@given(pictures, pictures, st.booleans())
def test_that_changes_and_pictures_with_hidden_fields_are_as_specified(
    before: Snapshot, after: Snapshot, hide: bool
) -> None:
    hidden = frozenset({"agents.name", "calls.caller_number", "queues.target"})
    body = picture_bytes(
        difference(before, after),
        version="2",
        since="1",
        facts_until=None,
        source=examples.LIVE,
        hidden=hidden if hide else frozenset(),
    )
    judge("Snapshot", body)


@given(st.lists(facts, max_size=4), instants, keys, st.booleans())
def test_that_pages_of_facts_are_as_specified(
    told: list[Fact], as_of: Any, cursor: str, more: bool
) -> None:
    written = [fact_bytes(fact) for fact in told]
    judge("FactsPage", facts_bytes(written, as_of=as_of, next_cursor=cursor, more=more))
    known = [Stretch(begin=as_of, end=as_of)]
    judge("HistoryPage", history_bytes(written, as_of=as_of, known=known, next_page=cursor))
    for fact in written:
        judge("Fact", fact)


@given(st.sampled_from(ProblemKind), st.text())
def test_that_problems_are_as_specified(kind: ProblemKind, detail: str) -> None:
    judge("Problem", problem_bytes(problem(kind, detail)))


@pytest.mark.parametrize("kind", WishKind)
def test_that_commands_are_as_specified(kind: WishKind) -> None:
    command = command_of(whole_wish(kind))
    judge("Command", command_bytes(command))
    judge("Command", command_bytes(examples.command()))
    for name in needed_fields(kind):
        told = json.loads(command_bytes(command))
        del told[name]
        assert not JUDGES["Command"].is_valid(told)


@pytest.mark.parametrize("stage", Stage)
def test_that_states_of_commands_are_as_specified(stage: Stage) -> None:
    state = CommandState(id="1", state=stage, reason="why", as_of=examples.AS_OF)
    judge("CommandState", command_state_bytes(state))


@pytest.mark.parametrize("status", Status)
def test_that_capabilities_and_health_are_as_specified(status: Status) -> None:
    judge("Capabilities", capabilities_bytes(examples.capabilities()))
    judge("Health", health_bytes(examples.health()))
    judge("Health", health_bytes(Health(status=status, source=SourceHealth(state="no_data"))))


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("Queue", {"queue_id": "q", "target": -1}),
        ("Queue", {"queue_id": "q", "target": "20"}),
        ("Queue", {"name": "Sales"}),
        ("Agent", {"agent_id": "a", "state": "dancing"}),
        ("Agent", {"agent_id": "a", "state_since": "noon"}),
        ("Call", {"call_id": "c"}),
        ("Fact", {"kind": "survey", "fact_id": "f"}),
        ("Command", {"command": "listen", "agent_id": "a", "only_if": "quiet"}),
        ("Snapshot", {"as_of": 1795348800}),
    ],
)
def test_that_the_specification_refuses_what_the_reader_would_not_read(
    name: str, document: dict[str, Any]
) -> None:
    assert not JUDGES[name].is_valid(document)
