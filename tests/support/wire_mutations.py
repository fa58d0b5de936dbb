"""Documents of the API that are almost right: at random, and always the same for a seed."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any, Final

from wallboard.domain.snapshot import AgentState

TIMES: Final = [
    f"2026-11-22T12:{minute:02}:07{rest}"
    for minute in (0, 30)
    for rest in (
        "Z",
        ".25Z",
        ".123456Z",
        "+03:30",
        "-11:00",
        "z",
        "+0330",
    )
]
JUNK: Final[list[Any]] = [
    None, True, False, 0, 1, -1, 7, 20.5, 1e-9, -0.0, 1e300, 2_592_000, 2_592_000.5, 9_999_999,
    10**18, 2**63, 2**64, 10**30, float("nan"), float("inf"), float("-inf"),
    "", "x", "5", "true", "null", "نام", "\u202e", "\x00", "\ud800", "x" * 512, "y" * 513,
    "q0", "q1", "a0", "a1", "c0", "c1", "free", "in_call", "dancing", "v0", "v1",
    *TIMES, "2026-11-22", "2026-11-22T12:00:00", "2026-02-30T12:00:00Z", "2026-11-22T24:00:00Z",
    "2026-11-22T12:00:60Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z",
    "2200-01-01T00:00:00Z", "2199-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59", "PT20S",
    [], {}, [[]], [None], ["q0"], ["q0", 7], [""], [{}], {"x": 1}, {"queues": ["q0"]},
    {"state": "live"}, {"kind": "lost", "details": {}}, {"agent_id": "a0"}, {"queue_id": "q9"},
]  # fmt: skip
NAMES: Final = [
    "queue_id", "agent_id", "call_id", "name", "target", "state", "state_since", "queues",
    "reason", "caller_number", "caller_name", "entered_at", "answered_at", "as_of", "version",
    "since", "agents", "calls", "gone", "source", "notices", "extra", "", "نام", "\ud800",
]  # fmt: skip


def document(chance: Random, since: str | None) -> dict[str, Any]:
    """Return a right document: a whole picture, or changes if `since` is told."""
    some = chance.randrange
    queues = [
        {"queue_id": f"q{n}", "name": f"Queue {n}", "target": chance.choice((None, 20, 12.5))}
        for n in range(some(4))
    ]
    agents = [
        {
            "agent_id": f"a{n}",
            "name": f"Agent {some(3)}",
            "state": str(chance.choice(list(AgentState))),
            "state_since": chance.choice(TIMES),
            "queues": [f"q{some(4)}"],
            "reason": chance.choice((None, "Lunch")),
            "call_id": None,
        }
        for n in range(some(7))
    ]
    calls = [
        {
            "call_id": f"c{n}",
            "queue_id": f"q{some(4)}",
            "caller_number": chance.choice((None, "+982155501041")),
            "entered_at": chance.choice(TIMES),
            "answered_at": chance.choice((None, *TIMES)),
            "agent_id": chance.choice((None, "a1")),
        }
        for n in range(some(7))
    ]
    made: dict[str, Any] = {
        "as_of": chance.choice(TIMES),
        "version": f"v{some(2)}",
        "since": since,
        "queues": queues,
        "agents": agents,
        "calls": calls,
        "source": {"state": "live", "fault": None},
        "notices": [],
    }
    if since is not None:
        made["gone"] = {"agents": [f"a{7 + some(3)}"], "calls": [f"c{7 + some(3)}"]}
    return made


def mutated(chance: Random, told: dict[str, Any]) -> dict[str, Any]:
    """Alter a document, most often in one place, and return it."""
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        chance.choice(_MUTATIONS)(chance, _place(chance, told))
    return told


def bytes_of(told: dict[str, Any]) -> bytes:
    """Return the document as JSON, NaN and halves of surrogate pairs among it."""
    return json.dumps(told).encode()


def bent(chance: Random, body: bytes) -> bytes:
    """Return the bytes with some of them lost, altered or doubled."""
    bent = bytearray(body)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(bent) + 1)
        match chance.randrange(5):
            case 0:
                del bent[at : at + chance.choice((1, 1, 5, 50))]
            case 1:
                bent[at:at] = bytes([chance.randrange(256)])
            case 2:
                bent[at : at + 1] = bytes([chance.choice(b'",:{}[]0-e.nt\\ \n\xff')])
            case 3:
                bent[at:at] = bent[at : at + chance.choice((1, 20, 200))]
            case _:
                if not chance.randrange(20):
                    del bent[at:]
    return bytes(bent)


def _place(chance: Random, told: dict[str, Any]) -> dict[str, Any]:
    """Return the document itself, or most often one of its rows."""
    rows = [
        row
        for name in ("queues", "agents", "calls")
        if isinstance(told.get(name), list)
        for row in told[name]
        if isinstance(row, dict)
    ]
    return chance.choice(rows) if rows and chance.randrange(4) else told


def _junk(chance: Random) -> Any:
    # A copy: it may be altered in its new place.
    return deepcopy(chance.choice(JUNK))


def _replace(chance: Random, place: dict[str, Any]) -> None:
    if place:
        place[chance.choice(list(place))] = _junk(chance)


def _remove(chance: Random, place: dict[str, Any]) -> None:
    if place:
        del place[chance.choice(list(place))]


def _rename(chance: Random, place: dict[str, Any]) -> None:
    if place:
        place[chance.choice(NAMES)] = place.pop(chance.choice(list(place)))


def _add(chance: Random, place: dict[str, Any]) -> None:
    place[chance.choice(NAMES)] = _junk(chance)


def _swap(chance: Random, place: dict[str, Any]) -> None:
    if len(place) > 1:
        one, other = chance.sample(list(place), 2)
        place[one], place[other] = place[other], place[one]


def _strew(chance: Random, place: dict[str, Any]) -> None:
    lists = [content for content in place.values() if isinstance(content, list)]
    if lists:
        rows = chance.choice(lists)
        new = chance.choice(rows) if rows and chance.randrange(2) else _junk(chance)
        rows.insert(chance.randrange(len(rows) + 1), deepcopy(new))


_MUTATIONS: Final[tuple[Callable[[Random, dict[str, Any]], None], ...]] = (
    _replace, _replace, _replace, _remove, _rename, _add, _swap, _strew, _strew,
)  # fmt: skip
