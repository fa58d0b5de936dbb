"""A small call center that tells itself through the API, as the one behind a FaultServer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qs

from support.faultd import Asked, Said
from wallboard.api.facts import fact_bytes, facts_bytes, history_bytes
from wallboard.api.picture import SourceWord, picture_bytes
from wallboard.domain.coverage import Stretch
from wallboard.domain.errors import Fault
from wallboard.domain.facts import CallRecord, Ending, Fact, FactId
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    AgentState,
    Call,
    CallId,
    Queue,
    QueueId,
    Snapshot,
    difference,
)
from wallboard.domain.supervision import Monitoring, WishKind

NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOKEN: Final = "canary-geheim-1234"
SALES: Final = QueueId("sales")


def first_picture() -> Snapshot:
    queues = {SALES: Queue(queue_id=SALES, name="Sales", target=timedelta(seconds=20))}
    agents = {
        AgentId(key): Agent(
            agent_id=AgentId(key),
            name=key.title(),
            state=AgentState.FREE,
            state_since=NOON - timedelta(minutes=1),
            queues=(SALES,),
        )
        for key in ("sara", "reza")
    }
    return Snapshot(as_of=NOON, queues=queues, agents=agents)


@dataclass
class ApiSite:
    """Answers as a server of the API does; a Site of a FaultServer.

    Attributes:
        stands: True if its time does not go on by a second with each picture.
        versions: False if it knows none, and always tells everything.
        cursors: False if the picture does not tell up to where its facts go.
        token: The one that is right. Empty if nobody need sign in.
        lacks: Paths that it does not have.
        instead: What it says to a path, in the place of its answer.
        hidden: What it does not tell whoever asks.
        kept_from: Facts before this one are not known any more by a cursor.
        phone: Of whoever asks.
        monitorings, lacking: As in a picture.
        done: Commands by their key, with how often each was asked for.
    """

    snapshot: Snapshot = field(default_factory=first_picture)
    facts: list[Fact] = field(default_factory=list)
    word: SourceWord = field(default_factory=lambda: SourceWord(state="live"))
    notices: tuple[Fault, ...] = ()
    stands: bool = False
    versions: bool = True
    cursors: bool = True
    token: str = TOKEN
    lacks: set[str] = field(default_factory=set)
    instead: dict[str, Callable[[Asked], Said]] = field(default_factory=dict)
    kept_from: int = 0
    page: int = 1000
    promised: tuple[str, ...] = ("call", "spell", "direct")
    hidden: tuple[str, ...] = ()
    done: dict[str, int] = field(default_factory=dict)
    state: str = "done"
    phone: str = ""
    monitorings: tuple[Monitoring, ...] | None = None
    lacking: tuple[tuple[WishKind, str], ...] = ()
    number: int = 1
    _pictures: dict[str, Snapshot] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Said:
        if asked.path in self.instead:
            return self.instead[asked.path](asked)
        if self.token and asked.headers.get("authorization") != f"Bearer {self.token}":
            return _problem(401, "unauthorized", **{"WWW-Authenticate": "Bearer"})
        told = {name: texts[0] for name, texts in parse_qs(asked.target.partition("?")[2]).items()}
        answers = {
            "/v1/capabilities": self._capabilities,
            "/v1/snapshot": lambda: self._snapshot(asked, told),
            "/v1/facts": lambda: self._facts(told),
            "/v1/history": lambda: self._history(told),
            "/v1/commands": lambda: self._command(asked),
        }
        answer = None if asked.path in self.lacks else answers.get(asked.path)
        return _problem(404, "not_found") if answer is None else answer()

    # --- what happens -----------------------------------------------------------------------

    def arrive(self, key: str) -> None:
        """Let a caller join the queue."""
        call = Call(call_id=CallId(key), queue_id=SALES, entered_at=self.snapshot.as_of)
        self._become(calls={**self.snapshot.calls, call.call_id: call})

    def leave(self, key: str, *, silently: bool = False) -> None:
        """Let a caller hang up.

        Args:
            silently: True if no fact tells it.
        """
        calls = dict(self.snapshot.calls)
        call = calls.pop(CallId(key))
        if not silently:
            self.tell(call)
        self._become(calls=calls)

    def tell(self, call: Call) -> None:
        """Let a fact tell that a caller hung up."""
        as_of = self.snapshot.as_of
        entered = call.entered_at or as_of
        self.facts.append(
            CallRecord(
                fact_id=FactId(f"f-{call.call_id}"),
                call_id=call.call_id,
                queue_id=call.queue_id,
                entered_at=entered,
                ended_at=as_of,
                ending=Ending.ABANDONED,
                wait=as_of - entered,
            )
        )
        self.number += 1

    def set_time(self, as_of: datetime) -> None:
        self.snapshot = replace(self.snapshot, as_of=as_of)

    def _become(self, calls: Mapping[CallId, Call]) -> None:
        self.snapshot = replace(self.snapshot, calls=calls)
        self.number += 1

    # --- what it says -----------------------------------------------------------------------

    def _capabilities(self) -> Said:
        told = {
            "api": "1.0",
            "server": {"name": "test", "version": "1"},
            "site": {"name": "Site", "zone": "UTC"},
            "poll": 1.0,
            "unsupported": list(self.hidden),
            "facts": list(self.promised),
            "commands": ["listen", "pause"],
            "role": "manager",
            "phone": self.phone,
            "as_of": NOON.isoformat(),
        }
        return Said(body=json.dumps(told).encode())

    def _snapshot(self, asked: Asked, told: Mapping[str, str]) -> Said:
        if not self.stands:
            self.set_time(self.snapshot.as_of + timedelta(seconds=1))
        version = f"t.{self.number}"
        tag = {"Wallboard-As-Of": self.snapshot.as_of.isoformat()}
        if self.versions:
            tag["ETag"] = f'"{version}"'
            if asked.headers.get("if-none-match") == tag["ETag"]:
                return Said(status=304, headers=tag)
        since = told.get("since") if self.versions else None
        before = self._pictures.get(since or "")
        self._pictures = {version: self.snapshot}
        body = picture_bytes(
            difference(before, self.snapshot),
            version=version,
            since=since,
            facts_until=str(len(self.facts)) if self.cursors else None,
            source=self.word,
            notices=self.notices,
            monitorings=self.monitorings,
            lacks=self.lacking,
        )
        if not self.versions:
            plain = json.loads(body)
            del plain["version"], plain["source"]
            body = json.dumps(plain).encode()
        return Said(body=body, headers=tag)

    def _facts(self, told: Mapping[str, str]) -> Said:
        end = int(told.get("until", len(self.facts)))
        begin = int(told.get("after", len(self.facts)))
        if begin < self.kept_from or begin > len(self.facts):
            return _problem(410, "cursor_gone")
        until = min(end, begin + min(self.page, int(told.get("limit", "1000"))))
        facts = [fact_bytes(fact) for fact in self.facts[begin:until]]
        body = facts_bytes(
            facts, as_of=self.snapshot.as_of, next_cursor=str(until), more=until < end
        )
        return Said(body=body)

    def _history(self, told: Mapping[str, str]) -> Said:
        begin, end = (datetime.fromisoformat(told[name]) for name in ("from", "to"))
        place = int(told.get("page", "0"))
        found = [fact for fact in self.facts if begin <= _at(fact) < end]
        part = found[place : place + self.page]
        last = place + self.page >= len(found)
        body = history_bytes(
            [fact_bytes(fact) for fact in part],
            as_of=self.snapshot.as_of,
            known=[Stretch(begin=begin, end=min(end, self.snapshot.as_of))] if last else [],
            next_page=None if last else str(place + self.page),
        )
        return Said(body=body)

    def _command(self, asked: Asked) -> Said:
        if asked.method != "POST":
            return _problem(405, "bad_request")
        key = asked.headers["idempotency-key"]
        self.done[key] = self.done.get(key, 0) + 1
        told = {"id": "c-1", "state": self.state, "reason": "", "as_of": NOON.isoformat()}
        return Said(status=202, body=json.dumps(told).encode())


def _at(fact: Fact) -> datetime:
    return fact.entered_at if isinstance(fact, CallRecord) else fact.began_at


def _problem(status: int, kind: str, **headers: str) -> Said:
    told = {"type": "about:blank", "title": kind, "status": status, "detail": "", "kind": kind}
    return Said(
        status=status,
        body=json.dumps(told).encode(),
        headers={"Content-Type": "application/problem+json", **headers},
    )
