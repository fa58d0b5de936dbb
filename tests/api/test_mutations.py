"""Documents that are almost right: none ends the reader, none makes it say a wrong number.

All of it: `WALLBOARD_CAMPAIGN=full pytest tests/api/test_mutations.py`, 1,000,000 documents.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from support.campaign import size_of_campaign
from support.wire_mutations import bent, bytes_of, document, mutated
from support.wire_reference import Read, ReferenceReader, document_of

from wallboard.api.facts import read_facts
from wallboard.api.picture import PictureReader, Taken
from wallboard.domain.errors import SourceUnreadable
from wallboard.domain.snapshot import AgentState

ALTERED = size_of_campaign(16_000, 800_000)
BENT = size_of_campaign(4_000, 200_000)
LISTS = ("queues", "agents", "calls")


def taken_or_none(reader: PictureReader, body: bytes) -> Taken | None:
    try:
        return reader.read(body)
    except SourceUnreadable:
        return None


def rows_of(taken: Taken) -> dict[str, dict[str, Any]]:
    return {name: dict(getattr(taken.snapshot, name)) for name in LISTS}


@pytest.mark.timeout(3600)
def test_that_of_altered_documents_each_field_is_as_told_or_unknown_and_counted() -> None:
    chance = Random(20261122)
    reader, reference = PictureReader(), ReferenceReader()
    read = refused = unclean = changes = 0
    for number in range(ALTERED):
        since = reader.version if chance.randrange(3) else None
        body = bytes_of(mutated(chance, document(chance, since)))
        taken, right = taken_or_none(reader, body), reference.read(document_of(body))
        if right is None:
            assert taken is None, (number, body)
            refused += 1
            continue
        assert taken is not None, (number, body)
        assert rows_of(taken) == right.rows, (number, body)
        assert taken.snapshot.as_of == right.as_of, (number, body)
        assert taken.ignored == right.ignored, (number, body)
        assert taken.version == right.version, (number, body)
        read += 1
        unclean += not taken.clean
        changes += since is not None
    # It was no walk along one side of the road.
    assert read > ALTERED // 3
    assert refused > ALTERED // 20
    assert unclean > ALTERED // 20
    assert changes > ALTERED // 5


@pytest.mark.timeout(3600)
def test_that_of_documents_whose_bytes_are_bent_nothing_is_read_that_they_do_not_say() -> None:
    chance = Random(20261123)
    read = 0
    for number in range(BENT):
        reader, reference = PictureReader(), ReferenceReader()
        if number % 3:
            before = bytes_of(document(chance, None))
            reader.read(before)
            reference.read(document_of(before))
        body = bent(chance, bytes_of(document(chance, reader.version)))
        taken = taken_or_none(reader, body)
        if taken is None:
            continue  # refused: that is never wrong
        right = reference.read(document_of(body))
        assert right is not None, (number, body)
        read += 1
        unknown = right.ignored + fields_less_known(taken, right, (number, body))
        assert taken.ignored >= min(1, unknown), (number, body)
        assert taken.snapshot.as_of == right.as_of, (number, body)
    assert BENT // 20 < read < BENT


def fields_less_known(taken: Taken, right: Read, where: object) -> int:
    """Return how many rows and fields are told and not read; none may be read otherwise."""
    less = 0
    for name, rows in rows_of(taken).items():
        assert rows.keys() <= right.rows[name].keys(), where
        less += len(right.rows[name]) - len(rows)
        for key, row in rows.items():
            for field in type(row).__dataclass_fields__:
                said, told = getattr(row, field), getattr(right.rows[name][key], field)
                if said != told:
                    assert said in (None, AgentState.UNKNOWN, key), where
                    less += 1
    return less


@pytest.mark.timeout(3600)
def test_that_facts_whose_bytes_are_bent_end_nothing() -> None:
    chance = Random(20261124)
    fact = {
        "kind": "call",
        "fact_id": "f",
        "call_id": "c",
        "queue_id": "q",
        "entered_at": "2026-11-22T12:00:00Z",
        "ended_at": "2026-11-22T12:01:00Z",
        "ending": "answered",
        "wait": 12.5,
        "missed_rings": 2,
        "transferred": True,
    }
    whole = bytes_of({"as_of": "2026-11-22T12:00:00Z", "facts": [fact] * 3, "next": "1"})
    read = 0
    for _ in range(BENT):
        try:
            page = read_facts(bent(chance, whole))
        except SourceUnreadable:
            continue
        read += 1
        assert all(fact.fact_id for fact in page.facts)
    assert BENT // 20 < read < BENT
