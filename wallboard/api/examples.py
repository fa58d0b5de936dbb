"""One worked example of each answer, as the specification and the guides show it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from wallboard.api.capabilities import Capabilities, Server, Site
from wallboard.api.commands import Command, CommandState
from wallboard.api.fact_rows import KINDS_OF_FACTS
from wallboard.api.faults import SourceWord
from wallboard.api.health import Health, SourceHealth, Status
from wallboard.api.kiosks import BoardState, KioskBoard, KioskSeen, KioskWord
from wallboard.domain.coverage import Stretch
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Direction,
    Ending,
    Fact,
    FactId,
)
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    AgentState,
    Call,
    CallId,
    Queue,
    QueueId,
    Snapshot,
    SnapshotChange,
)
from wallboard.domain.supervision import Stage, WishKind

AS_OF: Final = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
LIVE: Final = SourceWord(state="live")
HIDDEN: Final = frozenset({"calls.caller_name", "call.hold"})
"""What the system of the example does not know at all."""

_SALES: Final = QueueId("sales")
_SARA: Final = AgentId("sara")
_OMID: Final = AgentId("omid")


def _ago(seconds: float) -> datetime:
    return AS_OF - timedelta(seconds=seconds)


def snapshot() -> Snapshot:
    """Return a whole picture: one talks, one waits, one is on break."""
    sara = Agent(
        agent_id=_SARA,
        name="Sara Tehrani",
        state=AgentState.IN_CALL,
        state_since=_ago(107.5),
        queues=(_SALES,),
        call_id=CallId("c-1041"),
    )
    omid = Agent(
        agent_id=_OMID,
        name="Omid Karimi",
        state=AgentState.ON_BREAK,
        state_since=_ago(240),
        queues=(_SALES,),
        reason="Lunch",
    )
    talks = Call(
        call_id=CallId("c-1041"),
        queue_id=_SALES,
        caller_number="+982155501041",
        entered_at=_ago(120),
        answered_at=_ago(107.5),
        agent_id=_SARA,
    )
    waits = Call(call_id=CallId("c-1042"), queue_id=_SALES, entered_at=_ago(15))
    return Snapshot(
        as_of=AS_OF,
        queues={_SALES: Queue(queue_id=_SALES, name="Sales", target=timedelta(seconds=20))},
        agents={_SARA: sara, _OMID: omid},
        calls={talks.call_id: talks, waits.call_id: waits},
    )


def change() -> SnapshotChange:
    """Return what changed two seconds later: who waited has hung up."""
    return SnapshotChange(as_of=AS_OF + timedelta(seconds=2), calls_gone=(CallId("c-1042"),))


def facts() -> tuple[Fact, ...]:
    """Return one fact of each kind."""
    call = CallRecord(
        fact_id=FactId("call-c-1042"),
        call_id=CallId("c-1042"),
        queue_id=_SALES,
        entered_at=_ago(15),
        ended_at=_ago(-1.5),
        ending=Ending.ABANDONED,
        wait=timedelta(seconds=16.5),
        target=timedelta(seconds=20),
        contact="k-77",
    )
    spell = AgentSpell(
        fact_id=FactId("spell-omid-118"),
        agent_id=_OMID,
        state=AgentState.FREE,
        began_at=_ago(900),
        ended_at=_ago(240),
    )
    direct = DirectCall(
        fact_id=FactId("direct-c-1039"),
        call_id=CallId("c-1039"),
        direction=Direction.OUTGOING,
        began_at=_ago(600),
        ended_at=_ago(540),
        answered=True,
        ring=timedelta(seconds=12),
        talk=timedelta(seconds=48),
        agent_id=_SARA,
        far_number="+982155509999",
    )
    return call, spell, direct


def known() -> tuple[Stretch, ...]:
    """Return the time that a history covers."""
    return (Stretch(begin=_ago(3600), end=AS_OF),)


def capabilities() -> Capabilities:
    """Return what the system of the example can tell and do."""
    return Capabilities(
        server=Server(name="Example call center", version="1.4"),
        site=Site(name="Tehran", zone="Asia/Tehran"),
        unsupported=tuple(sorted(HIDDEN)),
        facts=tuple(KINDS_OF_FACTS),
        commands=(WishKind.LISTEN, WishKind.END, WishKind.PAUSE, WishKind.UNPAUSE),
        role="supervisor",
        phone="PJSIP/9001",
        as_of=AS_OF,
    )


def command() -> Command:
    """Return a request to listen to one call of one agent."""
    return Command(
        command=WishKind.LISTEN, agent_id=_SARA, call_id=CallId("c-1041"), reason="Coaching"
    )


def command_state() -> CommandState:
    """Return the first answer to it."""
    return CommandState(id="9f2c", state=Stage.PENDING, as_of=AS_OF)


def health() -> Health:
    """Return a server that is well."""
    return Health(status=Status.OK, as_of=AS_OF, source=SourceHealth(state="live"))


def kiosk() -> KioskSeen:
    """Return a TV that is well."""
    board = KioskBoard(
        state=BoardState.LIVE, title="Support centre", screen="HDMI-1", scene="queues"
    )
    return KioskSeen(
        name="wall in the hall",
        seen=_ago(3),
        dark=False,
        word=KioskWord(id="hall-3f2a", boards=(board,), host="tv-2", version="1.0"),
    )
