"""The API's own specification, asked in every role by a machine that makes up requests."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from support.campaign import size_of_campaign
from support.feeds import AGENT_ID, HandFeed
from support.served import Served, served

from wallboard.api.specification import specification
from wallboard.domain.supervision import WishKind
from wallboard.server.rights import Role

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.core.failures import FailureGroup
    from schemathesis.specs.openapi import checks

ROLES = (None, *Role)
OPERATIONS = (
    "capabilities",
    "snapshot",
    "facts",
    "history",
    "command",
    "command_state",
    "kiosk",
    "kiosks",
    "health",
)
ASKED_WITH_SOMETHING = frozenset(OPERATIONS) - {"capabilities", "kiosks", "health"}

# What holds whoever asks whatever.
ALWAYS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    feed = HandFeed(with_board=True)
    feed.begin()
    for _ in range(5):
        feed.tick(0.4)
    with served(Path(tmp_path_factory.mktemp("served")), feed) as there:
        yield there


@pytest.fixture(scope="module")
def said(server: Served) -> dict[Role | None, str | None]:
    """What each role says to sign in."""
    granted = {Role.SUPERVISOR: (WishKind.LISTEN, WishKind.PAUSE)}
    told: dict[Role | None, str | None] = {
        role: server.token(role, modes=granted.get(role, ())) for role in Role
    }
    return told | {None: None}


@pytest.fixture(scope="module")
def operations() -> dict[str, Any]:
    schema = schemathesis.openapi.from_dict(specification())
    found = [each.ok() for each in schema.get_all_operations()]
    return {each.definition.raw["operationId"]: each for each in found}


def test_that_every_operation_is_asked(operations: dict[str, Any]) -> None:
    assert set(operations) == set(OPERATIONS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", OPERATIONS)
def test_that_no_answer_is_outside_the_specification(
    server: Served,
    said: dict[Role | None, str | None],
    operations: dict[str, Any],
    role: Role | None,
    name: str,
) -> None:
    headers = {} if said[role] is None else {"Authorization": f"Bearer {said[role]}"}
    operation = operations[name]
    cases = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if name in ASKED_WITH_SOMETHING:
        cases |= operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    with requests.Session() as session:

        @settings(
            max_examples=size_of_campaign(6, 300),
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            database=None,
        )
        @given(case=cases)
        def ask(case: Any) -> None:
            told = {**(case.headers or {}), **headers}
            case.headers = told
            answer = case.call(base_url=f"http://127.0.0.1:{server.port}", session=session)
            case.validate_response(answer, checks=ALWAYS)

        ask()


def known(server: Served, name: str, token: str) -> dict[str, Any]:
    """What to ask so that something is found."""
    version = server.get("/v1/snapshot", token).json["version"]
    server.feed.tick(0.3)
    order = {"command": "pause", "agent_id": f"{AGENT_ID}-1", "queue_id": None, "reason": "x"}
    key = {"Idempotency-Key": f"key-{version.replace('.', '-')}"}
    given: dict[str, dict[str, Any]] = {
        "snapshot": {"query": {"since": version}},
        "facts": {"query": {"after": "0", "limit": 500}},
        "history": {"query": {"from": "2026-11-22T00:00:00Z", "to": "2026-11-23T00:00:00Z"}},
        "command": {"body": order, "headers": key, "media_type": "application/json"},
        "kiosk": {"body": {"id": "hall", "safe": True}, "media_type": "application/json"},
    }
    if name == "command_state":
        answer = server.command(token, key["Idempotency-Key"], **order)
        return {"path_parameters": {"id": answer.json.get("id", "none")}}
    return given.get(name, {})


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", OPERATIONS)
def test_that_what_is_found_is_as_the_specification_says(
    server: Served,
    said: dict[Role | None, str | None],
    operations: dict[str, Any],
    role: Role,
    name: str,
) -> None:
    token = said[role]
    assert token is not None
    case = operations[name].Case(**known(server, name, token))
    answer = case.call(
        base_url=f"http://127.0.0.1:{server.port}", headers={"Authorization": f"Bearer {token}"}
    )
    case.validate_response(answer, checks=ALWAYS)
    if role is Role.TV and name.startswith("command"):
        assert answer.status_code == (403 if name == "command" else 404)
    elif role is Role.TV and name == "kiosks":
        assert answer.status_code == 403
    else:
        assert answer.status_code == (202 if name == "command" else 200)


def test_that_an_answer_outside_the_specification_would_be_seen(server: Served) -> None:
    narrow = specification()
    narrow["components"]["schemas"]["Snapshot"]["properties"]["version"] = {"type": "integer"}
    schema = schemathesis.openapi.from_dict(narrow)
    case = schema["/v1/snapshot"]["GET"].Case()
    answer = case.call(
        base_url=f"http://127.0.0.1:{server.port}",
        headers={"Authorization": f"Bearer {server.token(Role.TV)}"},
    )
    with pytest.raises(FailureGroup, match="failure"):
        case.validate_response(answer, checks=ALWAYS)
