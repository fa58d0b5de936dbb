"""What has happened, as the API tells it: facts after a cursor, or of a stretch of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import msgspec

from wallboard.api.fact_rows import NAMES, RETRACTED, fact_of
from wallboard.api.protocol import MOST_BAD, MOST_FACTS, Instant, Key, believable
from wallboard.api.reading import UNREADABLE, RowReader, decoded, unreadable
from wallboard.api.rows import teller
from wallboard.api.writing import encoded
from wallboard.domain.coverage import Stretch, Witness
from wallboard.domain.facts import Fact, News, Retraction
from wallboard.domain.value import value

# So few unreadable facts are left out: one that nobody can read must not bar all that follow.
_FEW: Final = 5


@value
class FactsPage:
    """One answer's facts.

    Attributes:
        facts: In the order told. One told again is the same fact, perhaps better known.
        next: After which cursor to go on. None if not told.
        more: True if there are more already.
        ignored: Facts that were left out and fields that are unknown because they could not be
            read.
        retracted: What was told before and is no call any more. None of `facts` is among them.
        known: Time of which the history tells all; on its last page.
        next_page: Of a history. None on its last page.
    """

    as_of: datetime
    facts: tuple[Fact, ...] = ()
    next: str | None = None
    more: bool = False
    ignored: int = 0
    retracted: tuple[Retraction, ...] = ()
    known: tuple[Stretch, ...] = ()
    next_page: str | None = None


def fact_bytes(fact: News, hidden: frozenset[str] = frozenset()) -> bytes:
    """Return a fact, or that it is none any more, as JSON.

    Args:
        hidden: Fields that are left out, as `call.caller_number`.
    """
    if isinstance(fact, Retraction):
        return encoded(
            {
                "kind": RETRACTED,
                "fact_id": fact.fact_id,
                "queue_id": fact.queue_id,
                "entered_at": fact.entered_at,
            }
        )
    made: Any = type(fact)
    kind = NAMES[made]
    told = teller(kind, made, hidden)(fact)
    return b'{"kind":"%b",%b' % (kind.encode(), encoded(told)[1:])


def facts_bytes(facts: Iterable[bytes], *, as_of: datetime, next_cursor: str, more: bool) -> bytes:
    """Return the answer that tells facts after a cursor, each of them already in bytes."""
    return _joined(facts, {"as_of": as_of, "next": next_cursor, "more": more})


def history_bytes(
    facts: Iterable[bytes],
    *,
    as_of: datetime,
    known: Iterable[Stretch] = (),
    next_page: str | None = None,
) -> bytes:
    """Return the answer that tells facts of a stretch of time, each of them already in bytes."""
    covered = [{"begin": stretch.begin, "end": stretch.end} for stretch in known]
    return _joined(facts, {"as_of": as_of, "known": covered, "next_page": next_page})


def read_facts(body: bytes) -> FactsPage:
    """Return what an answer says, of facts after a cursor or of a history.

    Raises:
        SourceUnreadable: It cannot be read, or too much of it cannot.
    """
    told = decoded(_pages, body)
    try:
        as_of = believable(told.as_of)
    except ValueError as error:
        raise unreadable(error) from error
    if len(told.facts) > MOST_FACTS:
        raise unreadable(f"{len(told.facts)} facts, {MOST_FACTS} at most")
    facts: list[Fact] = []
    retracted: list[Retraction] = []
    dropped = unread = 0
    for raw in told.facts:
        try:
            fact, bad_fields = fact_of(raw)
        except UNREADABLE:
            dropped += 1
            continue
        unread += bad_fields
        if isinstance(fact, Retraction):
            facts = [each for each in facts if each.fact_id != fact.fact_id]
            retracted.append(fact)
        elif fact is not None:
            facts.append(fact)
    if dropped > max(_FEW, MOST_BAD * len(told.facts)):
        raise unreadable(f"{dropped} of {len(told.facts)} facts cannot be read")
    known, bad_stretches = _stretches_of(told.known)
    return FactsPage(
        as_of=as_of,
        facts=tuple(facts),
        next=told.next,
        more=told.more,
        ignored=dropped + unread + bad_stretches,
        retracted=tuple(retracted),
        known=known,
        next_page=told.next_page,
    )


def _stretches_of(raws: list[msgspec.Raw]) -> tuple[tuple[Stretch, ...], int]:
    """Return the stretches, and how many could not be read."""
    known: list[Stretch] = []
    for raw in raws:
        try:
            row, _ = _stretches.read(raw)
        except UNREADABLE:
            continue
        if row.begin < row.end:
            known.append(Stretch(begin=row.begin, end=row.end, witness=Witness.IMPORT))
    return tuple(known), len(raws) - len(known)


def _joined(facts: Iterable[bytes], others: dict[str, object]) -> bytes:
    return b'{"facts":[%b],%b' % (b",".join(facts), encoded(others)[1:])


class _Page(msgspec.Struct):
    as_of: Instant
    facts: list[msgspec.Raw] = []
    next: Key | None = None
    more: bool = False
    known: list[msgspec.Raw] = []
    next_page: Key | None = None


class _Stretch(msgspec.Struct):
    begin: Instant
    end: Instant


_pages: Final = msgspec.json.Decoder(_Page)
_stretches: Final = RowReader(_Stretch)
