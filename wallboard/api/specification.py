"""The API's specification in OpenAPI 3.1; `python -m wallboard.api.specification` prints it."""

from __future__ import annotations

import sys
from typing import Any, Final

import msgspec

from wallboard.api import examples
from wallboard.api.capabilities import capabilities_bytes
from wallboard.api.commands import command_bytes, command_state_bytes
from wallboard.api.facts import fact_bytes, facts_bytes, history_bytes
from wallboard.api.health import health_bytes
from wallboard.api.kiosks import kiosk_list_bytes, kiosk_word_bytes
from wallboard.api.picture import picture_bytes
from wallboard.api.problem import STATUS, ProblemKind, problem, problem_bytes
from wallboard.api.protocol import (
    API_VERSION,
    AS_OF_HEADER,
    CAPABILITIES,
    COMMANDS,
    FACTS,
    HEALTH,
    HISTORY,
    JSON,
    KEY_HEADER,
    KEY_PATTERN,
    KIOSKS,
    MOST_FACTS,
    PROBLEM_JSON,
    SNAPSHOT,
)
from wallboard.api.schemas import ID, TIME, Json, reference, schemas
from wallboard.domain.snapshot import difference

_ALWAYS: Final = (
    ProblemKind.BAD_REQUEST,
    ProblemKind.UNAUTHORIZED,
    ProblemKind.FORBIDDEN,
    ProblemKind.TOO_LARGE,
    ProblemKind.TOO_MANY_REQUESTS,
    ProblemKind.SERVER_ERROR,
    ProblemKind.NOT_READY,
)
_SUMMARY: Final = (
    "What a call center tells a wallboard. A field that is absent is not supported by the system, "
    "null is unknown, anything else is known. Times are ISO 8601 with an offset; durations are "
    "seconds. Fields that one does not know are skipped."
)


def specification() -> dict[str, Any]:
    """Return the whole document; the same each time."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Wallboard API",
            "version": API_VERSION,
            "description": _SUMMARY,
            "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas(),
            "parameters": _parameters(),
            "headers": _headers(),
            "responses": {str(kind): _problem_response(kind) for kind in ProblemKind},
        },
    }


def specification_bytes() -> bytes:
    """Return the document as the file holds it."""
    return msgspec.json.format(msgspec.json.encode(specification()), indent=2) + b"\n"


def _paths() -> Json:
    return {
        CAPABILITIES: {
            "get": _operation(
                "capabilities",
                "What this server can tell and do, for the one who asks.",
                _answer("Capabilities", capabilities_bytes(examples.capabilities())),
            )
        },
        SNAPSHOT: {"get": _snapshot_operation()},
        FACTS: {"get": _facts_operation()},
        HISTORY: {"get": _history_operation()},
        COMMANDS: {"post": _command_operation()},
        f"{COMMANDS}/{{id}}": {"get": _command_state_operation()},
        KIOSKS: {"get": _kiosks_operation(), "post": _kiosk_operation()},
        HEALTH: {
            "get": {
                "operationId": "health",
                "summary": "Whether the server is well. Needs no sign-in and tells no names.",
                "security": [],
                "responses": {
                    "200": _answer("Health", health_bytes(examples.health())),
                    **_problems(ProblemKind.TOO_MANY_REQUESTS, ProblemKind.SERVER_ERROR),
                },
            }
        },
    }


def _snapshot_operation() -> Json:
    whole = _picture_example(whole=True)
    answer = _answer("Snapshot", whole, changes=_picture_example(whole=False))
    answer["headers"]["ETag"] = _ref("headers", "ETag")
    made = _operation(
        "snapshot",
        "What is true now; with `since`, only what changed.",
        answer,
        parameters=("since", "if_none_match"),
    )
    made["responses"]["304"] = {
        "description": "Nothing changed; the header renews the time.",
        "headers": {
            "ETag": _ref("headers", "ETag"),
            AS_OF_HEADER: _ref("headers", AS_OF_HEADER),
        },
    }
    return made


def _facts_operation() -> Json:
    told = [fact_bytes(fact, examples.HIDDEN) for fact in examples.facts()]
    example = facts_bytes(told, as_of=examples.AS_OF, next_cursor="5120", more=False)
    return _operation(
        "facts",
        "What has ended after a cursor. Without one: no facts, and the cursor of the present.",
        _answer("FactsPage", example),
        parameters=("after", "until", "limit"),
        problems=(ProblemKind.CURSOR_GONE,),
    )


def _history_operation() -> Json:
    told = [fact_bytes(fact, examples.HIDDEN) for fact in examples.facts()]
    example = history_bytes(told, as_of=examples.AS_OF, known=examples.known())
    return _operation(
        "history",
        "What happened in a stretch of time: calls that entered in it, spells that overlap it.",
        _answer("HistoryPage", example),
        parameters=("from", "to", "page", "limit"),
        problems=(ProblemKind.CURSOR_GONE,),
    )


def _command_operation() -> Json:
    answer = _answer("CommandState", command_state_bytes(examples.command_state()))
    answer["links"] = {
        "follow": {
            "operationId": "command_state",
            "parameters": {"id": "$response.body#/id"},
        }
    }
    made = _operation(
        "command",
        "Asks for something, at most once: the same key and body have the same answer.",
        answer,
        parameters=("key",),
        problems=(ProblemKind.NOT_FOUND, ProblemKind.CONFLICT, ProblemKind.UNSUPPORTED),
    )
    made["responses"]["202"] = made["responses"].pop("200")
    return _with_body(made, "Command", command_bytes(examples.command()))


def _command_state_operation() -> Json:
    return _operation(
        "command_state",
        "What became of a command.",
        _answer("CommandState", command_state_bytes(examples.command_state())),
        parameters=("id",),
        problems=(ProblemKind.NOT_FOUND,),
    )


def _kiosks_operation() -> Json:
    told = kiosk_list_bytes(examples.AS_OF, (examples.kiosk(),))
    return _operation(
        "kiosks",
        "Which TVs show what is told here, and which of them is dark. Not for screens themselves.",
        _answer("KioskList", told),
    )


def _kiosk_operation() -> Json:
    told = kiosk_list_bytes(examples.AS_OF, (examples.kiosk(),))
    made = _operation(
        "kiosk",
        "A TV says how it is, every ten seconds; it is answered what is known of it.",
        _answer("KioskList", told),
    )
    return _with_body(made, "KioskWord", kiosk_word_bytes(examples.kiosk().word))


def _with_body(operation: Json, schema: str, example: bytes) -> Json:
    """Return an operation that is asked with JSON."""
    operation["responses"]["415"] = {
        "description": "The body is not JSON.",
        "content": {PROBLEM_JSON: {"schema": reference("Problem")}},
    }
    operation["requestBody"] = {
        "required": True,
        "content": {JSON: {"schema": reference(schema), "example": _decoded(example)}},
    }
    return operation


def _operation(
    name: str,
    summary: str,
    answer: Json,
    *,
    parameters: tuple[str, ...] = (),
    problems: tuple[ProblemKind, ...] = (),
) -> Json:
    made: Json = {"operationId": name, "summary": summary}
    if parameters:
        made["parameters"] = [_ref("parameters", each) for each in parameters]
    made["responses"] = {"200": answer, **_problems(*_ALWAYS, *problems)}
    return made


def _answer(schema: str, example: bytes, **more: bytes) -> Json:
    told = {"usual": example, **more}
    return {
        "description": "What was asked.",
        "headers": {AS_OF_HEADER: _ref("headers", AS_OF_HEADER)},
        "content": {
            JSON: {
                "schema": reference(schema),
                "examples": {name: {"value": _decoded(body)} for name, body in told.items()},
            }
        },
    }


def _problems(*kinds: ProblemKind) -> Json:
    return {str(STATUS[kind][0]): _ref("responses", kind) for kind in sorted(kinds, key=_status)}


def _problem_response(kind: ProblemKind) -> Json:
    made: Json = {
        "description": STATUS[kind][1],
        "content": {
            PROBLEM_JSON: {
                "schema": reference("Problem"),
                "example": _decoded(problem_bytes(problem(kind))),
            }
        },
    }
    if kind is ProblemKind.UNAUTHORIZED:
        made["headers"] = {"WWW-Authenticate": _ref("headers", "WWW-Authenticate")}
    if kind in (ProblemKind.TOO_MANY_REQUESTS, ProblemKind.NOT_READY):
        made["headers"] = {"Retry-After": _ref("headers", "Retry-After")}
    return made


def _status(kind: ProblemKind) -> int:
    return STATUS[kind][0]


def _parameters() -> Json:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_FACTS, "default": 1000}
    return {
        "since": _query("since", ID, "A version. One that is not known has the whole picture."),
        "if_none_match": {
            "name": "If-None-Match",
            "in": "header",
            "description": "The ETag of the answer before.",
            "schema": {"type": "string"},
        },
        "after": _query("after", ID, "A cursor."),
        "until": _query("until", ID, "The cursor of the last fact that is asked for."),
        "limit": _query("limit", limit, "How many facts at most."),
        "from": {**_query("from", TIME, "Begin of the stretch."), "required": True},
        "to": {**_query("to", TIME, "Its end, which is not part of it."), "required": True},
        "page": _query("page", ID, "The `next_page` of the answer before."),
        "key": {
            "name": KEY_HEADER,
            "in": "header",
            "required": True,
            "description": "Chosen by the client for each command, and kept when it asks again.",
            "schema": {"type": "string", "pattern": KEY_PATTERN},
        },
        "id": {"name": "id", "in": "path", "required": True, "schema": ID},
    }


def _query(name: str, schema: Json, description: str) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _headers() -> Json:
    texts = {
        "ETag": "The version, in quotes.",
        "WWW-Authenticate": "Bearer.",
    }
    return {
        AS_OF_HEADER: {"description": "When this was true, by the system itself.", "schema": TIME},
        "Retry-After": {
            "description": "Seconds to wait.",
            "schema": {"type": "integer", "minimum": 0},
        },
        **{
            name: {"description": text, "schema": {"type": "string"}}
            for name, text in texts.items()
        },
    }


def _picture_example(*, whole: bool) -> bytes:
    change = difference(None, examples.snapshot()) if whole else examples.change()
    return picture_bytes(
        change,
        version="t7.1234" if whole else "t7.1235",
        since=None if whole else "t7.1234",
        facts_until="5119" if whole else "5120",
        source=examples.LIVE,
        hidden=examples.HIDDEN,
    )


def _ref(room: str, name: str) -> Json:
    return {"$ref": f"#/components/{room}/{name}"}


def _decoded(body: bytes) -> object:
    return msgspec.json.decode(body)


if __name__ == "__main__":
    sys.stdout.buffer.write(specification_bytes())
