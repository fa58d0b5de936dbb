"""The shapes of all documents of the API, as JSON Schema."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final, TypeAlias

from wallboard.api.commands import HIGHEST_PRIORITY, LONGEST_EXTENSION, needed_fields
from wallboard.api.fact_rows import KINDS_OF_FACTS, RETRACTED
from wallboard.api.health import Duty, HistoryStatus, Status
from wallboard.api.kiosks import MOST_BOARDS, MOST_RESTARTS, BoardState
from wallboard.api.monitoring import MOST_LACKS, MOST_MONITORINGS
from wallboard.api.problem import ProblemKind
from wallboard.api.protocol import (
    LONGEST_SECONDS,
    LONGEST_SUM,
    LONGEST_TEXT,
    MOST_AGENTS,
    MOST_CALLS,
    MOST_COUNTED,
    MOST_FACTS,
    MOST_QUEUES,
)
from wallboard.domain.facts import Direction, Ending
from wallboard.domain.snapshot import AgentState
from wallboard.domain.supervision import Stage, WishKind

Json: TypeAlias = dict[str, Any]

ID: Final[Json] = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
TEXT: Final[Json] = {"type": "string", "maxLength": LONGEST_TEXT}
TIME: Final[Json] = {"type": "string", "format": "date-time"}
SECONDS: Final[Json] = {"type": "number", "minimum": 0, "maximum": LONGEST_SECONDS}
SUM_OF_SECONDS: Final[Json] = {"type": "number", "minimum": 0, "maximum": LONGEST_SUM}
YES_OR_NO: Final[Json] = {"type": "boolean"}
COUNT: Final[Json] = {"type": "integer", "minimum": 0, "maximum": MOST_COUNTED}


def schemas() -> dict[str, Json]:
    """Return all of them by name."""
    return {**_rows(), **_picture(), **_facts(), **_others(), **_kiosks()}


def reference(name: str) -> Json:
    """Return what stands for one of them."""
    return {"$ref": f"#/components/schemas/{name}"}


def _rows() -> dict[str, Json]:
    return {
        "Queue": _object(
            {
                "queue_id": _said(ID, "Stable and unique in this system; never shown."),
                "name": _or_null(TEXT, "As people know it. Without it, the id is shown."),
                "target": _or_null(SECONDS, "The service level's time to answer, in seconds."),
                "counted": _said(
                    {"oneOf": [reference("Counted"), {"type": "null"}]},
                    "Only of a system that tells no single calls: its own sums of the day.",
                ),
            },
            ("queue_id",),
        ),
        "Counted": _object(
            {
                "since": _said(TIME, "From when on the sums hold: the day's begin, or later."),
                "lost": _said(YES_OR_NO, "True if more may have happened since then."),
                "offered": _or_null(COUNT, "Calls of the day that came in."),
                "answered": _or_null(COUNT, "Those that an agent answered."),
                "abandoned": _or_null(COUNT, "Those whose caller hung up while waiting."),
                "answered_in_target": _or_null(COUNT, "Answered within the target."),
                "wait_of_answered": _or_null(
                    SUM_OF_SECONDS, "All waits of answered calls together."
                ),
                "talk": _or_null(SUM_OF_SECONDS, "All talks together."),
                "waiting": _or_null(COUNT, "Who waits now."),
                "waiting_since": _or_null(TIME, "Since when the one who waits longest does."),
                "free": _or_null(COUNT, "Agents who are free now."),
                "busy": _or_null(COUNT, "Agents who are busy now."),
            },
            ("since",),
            "What a system counts itself of a queue. Null: it does not tell.",
        ),
        "Agent": _object(
            {
                "agent_id": _said(ID, "Stable and unique: a person, whatever his name is."),
                "name": _or_null(TEXT, "Without it, the id is shown."),
                "state": _or_null(_words(AgentState), "What he does now."),
                "state_since": _or_null(TIME, "When that began."),
                "queues": _said(_list_of(ID), "The queues whose calls he takes."),
                "reason": _or_null(TEXT, "Why he is on break."),
                "call_id": _or_null(ID, "The call of a queue that he has; null if he has none."),
            },
            ("agent_id",),
        ),
        "Call": _object(
            {
                "call_id": _said(ID, "Of one visit to one queue: who comes again gets a new one."),
                "queue_id": ID,
                "caller_number": _or_null(TEXT, "Null if withheld."),
                "caller_name": _or_null(TEXT, ""),
                "entered_at": _or_null(TIME, "When the caller joined the queue."),
                "answered_at": _or_null(TIME, "Null or absent: the caller waits."),
                "agent_id": _or_null(ID, "Who talks to him."),
            },
            ("call_id", "queue_id"),
            "A caller who waits in a queue, or talks to its agent. Who is gone is not in the list.",
        ),
    }


def _picture() -> dict[str, Json]:
    ids = _list_of(ID)
    return {
        "Fault": _object(
            {
                "kind": TEXT,
                "details": {"type": "object", "additionalProperties": {"type": "string"}},
            },
            ("kind",),
            "What is wrong, or worth knowing; kinds that one does not know are skipped.",
        ),
        "SourceWord": _object(
            {
                "state": {"type": "string", "enum": ["live", "late", "stale", "no_data"]},
                "fault": {"oneOf": [reference("Fault"), {"type": "null"}]},
            },
            ("state",),
            "What the server says of the system behind it.",
        ),
        "Gone": _object({"queues": ids, "agents": ids, "calls": ids}, ()),
        "Snapshot": _object(
            {
                "as_of": _said(TIME, "When this was true, on the clock of the system itself."),
                "version": _said(ID, "Opaque. Without it, each answer is whole."),
                "since": _or_null(
                    ID, "Null or absent: the whole picture. Else what these changes apply to."
                ),
                "queues": _list_of(reference("Queue"), MOST_QUEUES),
                "agents": _list_of(reference("Agent"), MOST_AGENTS),
                "calls": _list_of(reference("Call"), MOST_CALLS),
                "gone": _said(reference("Gone"), "With changes: whose rows are no more."),
                "facts_until": _said(
                    ID, "The cursor of the facts that belong to this picture. May be absent."
                ),
                "source": reference("SourceWord"),
                "notices": _list_of(reference("Fault")),
                "monitorings": _said(
                    _list_of(reference("Monitoring"), MOST_MONITORINGS),
                    "Who is in whose call now, all of them each time. Absent: it is not told.",
                ),
                "lacks": _said(
                    _list_of(reference("Lack"), MOST_LACKS),
                    "Commands that the server's own account at the system may not give.",
                ),
            },
            ("as_of",),
        ),
        "Monitoring": _object(
            {
                "monitoring_id": ID,
                "agent_id": _or_null(ID, "In whose call. Null if the system does not tell."),
                "call_id": _or_null(ID, "In which. Null if not known, or no queue's."),
                "mode": _or_null(TEXT, "listen, whisper or barge. Null if it is not told."),
                "phone": _said(TEXT, "Whose phone it is, as the system tells it."),
                "own": _said(YES_OR_NO, "True if it was asked for through this server."),
                "since": _or_null(TIME, "Null if it began before anybody could see."),
                "muted": _or_null(
                    YES_OR_NO,
                    "Of a whisper: true while nobody hears the phone, false while it is heard"
                    " (commands talk and hush). Null if the system does not mute it.",
                ),
            },
            ("monitoring_id",),
            "Somebody is in an agent's call, whoever began it.",
        ),
        "Lack": _object(
            {
                "command": TEXT,
                "missing": _said(TEXT, "The right that is missing, in the system's words."),
            },
            ("command",),
        ),
    }


def _facts() -> dict[str, Json]:
    kinds = {
        "call": "CallFact",
        "spell": "SpellFact",
        "direct": "DirectFact",
        RETRACTED: "RetractedFact",
    }
    return {
        "Fact": {
            "oneOf": [reference(name) for name in kinds.values()],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {kind: reference(name)["$ref"] for kind, name in kinds.items()},
            },
        },
        "CallFact": _object(_call_fields(), _CALL_NEEDS, "One visit to a queue that is over."),
        "SpellFact": _object(
            {
                "kind": {"const": "spell"},
                "fact_id": ID,
                "agent_id": ID,
                "state": _or_null(_words(AgentState), ""),
                "began_at": TIME,
                "ended_at": TIME,
                "reason": _or_null(TEXT, "Of a break."),
            },
            ("kind", "fact_id", "agent_id", "began_at", "ended_at"),
            "One agent in one state, from when to when.",
        ),
        "DirectFact": _object(
            {
                "kind": {"const": "direct"},
                "fact_id": ID,
                "call_id": ID,
                "direction": _or_null(_words(Direction), ""),
                "began_at": TIME,
                "ended_at": TIME,
                "answered": YES_OR_NO,
                "ring": _or_null(SECONDS, "Until the answer, or until it was given up."),
                "talk": _or_null(SECONDS, ""),
                "agent_id": _or_null(ID, "Whose phone it was."),
                "far_number": _or_null(TEXT, "Of the other side."),
                "contact": _or_null(TEXT, "As of a call."),
            },
            ("kind", "fact_id", "call_id", "began_at", "ended_at", "answered"),
            "One call that went through no queue and is over.",
        ),
        "RetractedFact": _object(
            {
                "kind": {"const": RETRACTED},
                "fact_id": ID,
                "queue_id": ID,
                "entered_at": TIME,
            },
            ("kind", "fact_id", "queue_id", "entered_at"),
            "A call fact whose ending was unknown, and that is to be forgotten: who it was has"
            " been told since, under other names.",
        ),
        "FactsPage": _object(
            {
                "as_of": TIME,
                "facts": _list_of(reference("Fact"), MOST_FACTS),
                "next": _said(ID, "After which cursor to go on."),
                "more": _said(YES_OR_NO, "True if there are more already."),
            },
            ("as_of", "facts", "next"),
        ),
        "HistoryPage": _object(
            {
                "as_of": TIME,
                "facts": _list_of(reference("Fact"), MOST_FACTS),
                "known": _said(
                    _list_of(reference("Stretch")), "On the last page: time of which all is told."
                ),
                "next_page": _or_null(ID, "Null on the last page."),
            },
            ("as_of", "facts"),
        ),
        "Stretch": _object({"begin": TIME, "end": TIME}, ("begin", "end")),
    }


_CALL_NEEDS: Final = ("kind", "fact_id", "call_id", "queue_id", "entered_at", "ended_at")


def _call_fields() -> dict[str, Json]:
    return {
        "kind": {"const": "call"},
        "fact_id": _said(ID, "The same each time this is told: then it counts once."),
        "call_id": ID,
        "queue_id": ID,
        "entered_at": _said(TIME, "When the caller joined the queue."),
        "ended_at": _said(TIME, "When the talk was over, or the caller left."),
        "ending": _or_null(_words(Ending), "Null is unknown."),
        "wait": _or_null(SECONDS, "From joining to the answer, or to leaving."),
        "target": _or_null(SECONDS, "The service level's time to answer that held."),
        "talk": _or_null(SECONDS, "With hold, unless `hold` is told apart."),
        "hold": _or_null(SECONDS, ""),
        "wrap_up": _or_null(SECONDS, ""),
        "short": _or_null(SECONDS, "Who hangs up after no longer wait is not counted as lost."),
        "contact": _or_null(TEXT, "The same for all visits of one call, whatever its queues."),
        "agent_id": _or_null(ID, "Who answered."),
        "caller_number": _or_null(TEXT, "Null if withheld."),
        "missed_rings": _or_null(COUNT, "How often an agent's phone rang in vain."),
        "transferred": _or_null(YES_OR_NO, "True if the agent passed the caller on."),
    }


def _others() -> dict[str, Json]:
    return {
        "Capabilities": _object(
            {
                "api": {"type": "string", "pattern": "^1\\.[0-9]+$"},
                "server": _object({"name": TEXT, "version": TEXT}, ("name",)),
                "site": _object(
                    {"name": TEXT, "zone": _or_null(TEXT, "IANA name of the time zone.")},
                    ("name",),
                ),
                "poll": {"type": "number", "exclusiveMinimum": 0, "maximum": 3600},
                "unsupported": _said(
                    _list_of(ID),
                    "What never comes: a field, as `calls.caller_name`; or a whole list of the"
                    " picture, `agents` or `calls`, that whoever asks does not see: it is empty"
                    " then, which does not mean that there is nobody.",
                ),
                "facts": _list_of({"type": "string", "enum": list(KINDS_OF_FACTS)}),
                "commands": _list_of(_words(WishKind)),
                "role": TEXT,
                "phone": _said(TEXT, "By which the one who asks listens. Empty: none is needed."),
                "as_of": TIME,
            },
            ("api", "as_of"),
        ),
        "Command": _command(),
        "CommandState": _object(
            {"id": ID, "state": _words(Stage), "reason": TEXT, "as_of": TIME},
            ("id", "state", "as_of"),
        ),
        "Health": _object(_health_fields(), ("status", "api", "as_of", "source")),
        "Problem": _object(
            {
                "type": TEXT,
                "title": TEXT,
                "status": {"type": "integer", "minimum": 400, "maximum": 599},
                "detail": TEXT,
                "kind": _words(ProblemKind),
            },
            ("title", "status", "kind"),
            "RFC 9457, with a kind for programs.",
        ),
    }


def _kiosks() -> dict[str, Json]:
    board = {"state": _words(BoardState), "title": TEXT, "screen": TEXT, "scene": TEXT}
    restarts = {"type": "integer", "minimum": 0, "maximum": MOST_RESTARTS}
    return {
        "KioskBoard": _closed(_object(board, ("state",), "One board of a TV.")),
        "KioskWord": _closed(
            _object(
                {
                    "id": _said(ID, "The same each time, and after each start."),
                    "boards": _list_of(reference("KioskBoard"), MOST_BOARDS),
                    "host": _said(TEXT, "What its computer is called."),
                    "version": TEXT,
                    "restarts": _said(restarts, "How often it had to be started anew."),
                    "safe": _said(YES_OR_NO, "True while it shows only what cannot fail."),
                },
                ("id",),
                "What a TV says of itself.",
            )
        ),
        "KioskList": _object(
            {
                "as_of": _said(TIME, "By the server's own clock."),
                "kiosks": _list_of(
                    _object(
                        {
                            "name": _said(TEXT, "Whose token it says it with."),
                            "seen": _said(TIME, "When it said it last."),
                            "dark": _said(YES_OR_NO, "True if that is too long ago."),
                            "word": reference("KioskWord"),
                        },
                        ("name", "seen", "dark", "word"),
                    )
                ),
            },
            ("as_of", "kiosks"),
            "The TVs that the server knows; after its own start it knows none at first.",
        ),
    }


def _command() -> Json:
    made = _object(
        {
            "command": _words(WishKind),
            "agent_id": _or_null(ID, "Null or absent where no agent is meant."),
            "queue_id": _or_null(ID, "Null: all of his queues."),
            "call_id": _or_null(ID, "Only if he has this call; or the caller who waits."),
            "reason": TEXT,
            "to": {
                **_said(TEXT, "The extension that a caller is transferred to."),
                "maxLength": LONGEST_EXTENSION,
            },
            "text": _said(TEXT, "What a message says."),
            "priority": _or_null(
                {"type": "integer", "minimum": 0, "maximum": HIGHEST_PRIORITY},
                "Of a caller who waits; larger is served sooner.",
            ),
        },
        ("command",),
        "What one asks for. The phone of who asks is not told: the server knows it by the token.",
    )
    by_needs: dict[tuple[str, ...], list[str]] = {}
    for kind in WishKind:
        by_needs.setdefault(needed_fields(kind), []).append(str(kind))
    made["allOf"] = [
        {
            "if": {"properties": {"command": {"enum": kinds}}},
            "then": {
                "required": list(needs),
                "properties": {name: _NEEDED[name] for name in needs},
            },
        }
        for needs, kinds in by_needs.items()
        if needs
    ]
    return _closed(made)


_NEEDED: Final[dict[str, Json]] = {
    "agent_id": {"type": "string"},
    "call_id": {"type": "string"},
    "queue_id": {"type": "string"},
    "reason": {"type": "string", "pattern": "\\S"},
    "to": {"type": "string", "pattern": "\\S"},
    "text": {"type": "string", "pattern": "\\S"},
    "priority": {"type": "integer"},
}


def _health_fields() -> dict[str, Json]:
    return {
        "status": _words(Status),
        "api": TEXT,
        "as_of": _or_null(TIME, "Null before the first picture."),
        "source": _object(
            {
                "state": TEXT,
                "fault": {"oneOf": [_object({"kind": TEXT}, ("kind",)), {"type": "null"}]},
            },
            ("state",),
        ),
        "history": _words(HistoryStatus),
        "role": _words(Duty),
    }


def _object(fields: dict[str, Json], required: tuple[str, ...], description: str = "") -> Json:
    made: Json = {"type": "object", "properties": fields}
    if required:
        made["required"] = list(required)
    return _said(made, description)


def _closed(made: Json) -> Json:
    return {**made, "additionalProperties": False}


def _list_of(item: Json, most: int | None = None) -> Json:
    made: Json = {"type": "array", "items": item}
    return made if most is None else {**made, "maxItems": most}


def _words(enum: type[StrEnum]) -> Json:
    return {"type": "string", "enum": [str(word) for word in enum]}


def _or_null(schema: Json, description: str) -> Json:
    made = {**schema, "type": [schema["type"], "null"]}
    if "enum" in made:
        made["enum"] = [*made["enum"], None]
    return _said(made, description)


def _said(schema: Json, description: str) -> Json:
    return {**schema, "description": description} if description else schema
