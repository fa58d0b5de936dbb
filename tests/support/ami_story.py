"""Stories told in AMI's events and rows, and what a translator makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from support.clocks import NOON
from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import Agent, AgentId, Call, Snapshot
from wallboard.sources.asterisk.translate import Status, Translator

Row = dict[str, str]


def epoch_of(instant: datetime) -> str:
    return str(int(instant.timestamp()))


def queue_row(queue: str, *, level: int = 20, done: int = 0, gone: int = 0) -> Row:
    return {
        "Event": "QueueParams",
        "Queue": queue,
        "Completed": str(done),
        "Abandoned": str(gone),
        "ServiceLevel": str(level),
    }


def member_row(queue: str, interface: str, **more: object) -> Row:
    """A QueueMember row: of a phone that is not in use, unless told otherwise."""
    row = {
        "Event": "QueueMember",
        "Queue": queue,
        "Name": interface,
        "Location": interface,
        "StateInterface": interface,
        "LastCall": "0",
        "LastPause": "0",
        "LoginTime": "0",
        "InCall": "0",
        "Status": "1",
        "Paused": "0",
        "PausedReason": "",
        "Wrapuptime": "0",
    }
    return row | {name: str(value) for name, value in more.items()}


def entry_row(uniqueid: str, queue: str, wait_s: int = 0) -> Row:
    return {
        "Event": "QueueEntry",
        "Queue": queue,
        "Channel": f"PJSIP/trunk-{uniqueid}",
        "Uniqueid": uniqueid,
        "CallerIDNum": "55501",
        "CallerIDName": "unknown",
        "Wait": str(wait_s),
    }


def caller_channel(uniqueid: str, queue: str) -> Row:
    return {
        "Event": "CoreShowChannel",
        "Channel": f"PJSIP/trunk-{uniqueid}",
        "ChannelStateDesc": "Up",
        "Uniqueid": uniqueid,
        "Linkedid": uniqueid,
        "Application": "Queue",
        "ApplicationData": f"{queue},t",
    }


def agent_channel(uniqueid: str, phone: str, state: str = "Up") -> Row:
    return {
        "Event": "CoreShowChannel",
        "Channel": f"{phone}-0000002a",
        "ChannelStateDesc": state,
        "Uniqueid": f"{uniqueid}-leg-{phone}",
        "Linkedid": uniqueid,
        "Application": "AppQueue",
        "ApplicationData": "(Outgoing Line)",
    }


@dataclass
class Story:
    """A translator, and the time that passes for it.

    Attributes:
        facts: All that were told.
        seen_since: From when on each connection sees everything, on the server's clock: callers
            came later, unless told otherwise.
    """

    translator: Translator = field(default_factory=lambda: Translator({}))
    now: datetime = NOON
    facts: list[CallRecord] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    seen_since: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    # --- time -------------------------------------------------------------------------------

    def after(self, seconds: float) -> Story:
        """Let time pass; what is due in between happens when it is due."""
        end = self.now + timedelta(seconds=seconds)
        while (due := self.translator.next_due()) is not None and due <= end:
            self.now = max(self.now, due)
            self.translator.settle(self.now)
            self.picture()
            if self.translator.next_due() == due:
                raise AssertionError(f"nothing was done at {due}")
        self.now = end
        return self

    # --- events -----------------------------------------------------------------------------

    def event(self, name: str, **fields: object) -> bool:
        told = {"Event": name, **{key: str(value) for key, value in fields.items()}}
        return self.translator.take(told, self.now)

    def caller(self, name: str, uniqueid: str, queue: str, **fields: object) -> bool:
        """An event of a caller's channel in a queue."""
        channel = {
            "Channel": f"PJSIP/trunk-{uniqueid}",
            "Uniqueid": uniqueid,
            "Linkedid": uniqueid,
            "CallerIDNum": "55501",
            "CallerIDName": "<unknown>",
            "Queue": queue,
        }
        return self.event(name, **{**channel, **fields})

    def join(self, uniqueid: str = "1.1", queue: str = "support", **fields: object) -> None:
        self.caller("QueueCallerJoin", uniqueid, queue, **fields)

    def rings(self, interface: str, uniqueid: str = "1.1", queue: str = "support") -> None:
        self.caller("AgentCalled", uniqueid, queue, Interface=interface)

    def connect(
        self, interface: str, uniqueid: str = "1.1", queue: str = "support", **fields: object
    ) -> None:
        """An agent picks up: the events of it, in their order."""
        self.dial_end(interface, "ANSWER", uniqueid)
        self.caller("QueueCallerLeave", uniqueid, queue)
        self.caller("AgentConnect", uniqueid, queue, Interface=interface, **fields)

    def complete(
        self, interface: str, uniqueid: str = "1.1", queue: str = "support", **fields: object
    ) -> None:
        told = {"Reason": "caller", "TalkTime": 0, "HoldTime": 0} | fields
        self.caller("AgentComplete", uniqueid, queue, Interface=interface, **told)

    def dial_end(self, interface: str, status: str, uniqueid: str = "1.1") -> None:
        self.event(
            "DialEnd",
            Uniqueid=uniqueid,
            DestChannel=f"{interface.removesuffix('/n')}-0000000a",
            DialStatus=status,
        )

    def hangs_up(self, uniqueid: str = "1.1", queue: str = "support") -> None:
        """The caller hangs up while he waits: the events of it, in their order."""
        self.event("HangupRequest", Uniqueid=uniqueid)
        self.caller("QueueCallerAbandon", uniqueid, queue)
        self.caller("QueueCallerLeave", uniqueid, queue)
        self.event("SoftHangupRequest", Uniqueid=uniqueid)
        self.event("Hangup", Uniqueid=uniqueid)

    def sent_away(self, uniqueid: str = "1.1", queue: str = "support") -> None:
        self.caller("QueueCallerAbandon", uniqueid, queue)
        self.caller("QueueCallerLeave", uniqueid, queue)

    def member(self, name: str, queue: str, interface: str, **more: object) -> bool:
        """An event of a membership, with the fields of its row."""
        row = member_row(queue, interface, **more)
        row["MemberName"] = row.pop("Name")
        row["Interface"] = row.pop("Location")
        del row["Event"]
        return self.event(name, **row)

    def status(self, interface: str, status: int, queue: str = "support", **more: object) -> bool:
        return self.member("QueueMemberStatus", queue, interface, Status=status, **more)

    def answers(self, value: str | None) -> int:
        """Answer all questions that are asked now. Returns how many there were."""
        self.translator.settle(self.now)
        questions = self.translator.questions()
        for question in questions:
            self.translator.answered(question, value, self.now)
        return len(questions)

    # --- looks ------------------------------------------------------------------------------

    def look(
        self,
        *rows: Row,
        channels: Iterable[Row] | None = (),
        connecting: bool = False,
        restarted: bool = False,
    ) -> None:
        """Look at the whole server, and see just these rows."""
        asked = self.translator.mark()
        self.answered_look(
            asked, *rows, channels=channels, connecting=connecting, restarted=restarted
        )

    def answered_look(
        self,
        asked: int,
        *rows: Row,
        channels: Iterable[Row] | None = (),
        asked_at: datetime | None = None,
        connecting: bool = False,
        restarted: bool = False,
    ) -> None:
        """Get the rows of a look that was asked for earlier."""
        if connecting:
            self.translator.watching(self.seen_since)
        self.translator.take_status(
            Status(
                rows=rows,
                channels=None if channels is None else tuple(channels),
                asked=asked,
                asked_at=asked_at or self.now,
                came_at=self.now,
                connecting=connecting,
                restarted=restarted,
            ),
            self.now,
        )

    def opened(self, *rows: Row, channels: Iterable[Row] | None = ()) -> Story:
        """Connect for the first time."""
        self.look(*rows, channels=channels, connecting=True)
        return self

    def cut(self, seconds: float = 20) -> Story:
        """Lose the connection for some time."""
        self.translator.disconnected(self.now)
        self.translator.watching(self.seen_since)
        self.now += timedelta(seconds=seconds)
        return self

    # --- what others see --------------------------------------------------------------------

    def picture(self) -> Snapshot:
        self.facts += self.translator.facts()
        return self.translator.picture(self.now)

    def ended(self) -> list[CallRecord]:
        self.picture()
        return self.facts

    def endings(self) -> list[str]:
        return [str(record.ending) for record in self.ended()]

    def only(self) -> CallRecord:
        (record,) = self.ended()
        return record

    def calls(self) -> list[Call]:
        return list(self.picture().calls.values())

    def agents(self) -> Mapping[AgentId, Agent]:
        return self.picture().agents

    def agent(self, agent_id: str) -> Agent:
        return self.agents()[AgentId(agent_id)]

    def state(self, agent_id: str) -> str:
        return str(self.agent(agent_id).state)


def site(*extra: Row, **wrap_ups: float) -> Story:
    """A story in a site with two queues: 1001 and 1002 in support, 1005 in billing as FreePBX."""
    spans = {queue: timedelta(seconds=value) for queue, value in wrap_ups.items()}
    story = Story(translator=Translator(spans))
    return story.opened(*site_rows(), *extra)


def site_rows(done: int = 0, gone: int = 0) -> list[Row]:
    """The rows of that site when nobody calls; the counts are those of support."""
    return [
        queue_row("support", done=done, gone=gone),
        queue_row("billing", level=60),
        member_row("support", "PJSIP/1001", Name="Alice Adams"),
        member_row("support", "PJSIP/1002", Name="Dmitri O'Neil"),
        member_row(
            "billing",
            "Local/1005@from-queue/n",
            Name="Eve Evans",
            StateInterface="hint:1005@ext-local",
        ),
    ]
