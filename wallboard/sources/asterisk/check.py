"""A close look at a connection to an Asterisk: what works, what does not, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final

from wallboard.domain.clock import Clock
from wallboard.domain.errors import Fault, FaultKind, SourceError, fault
from wallboard.domain.source import Finding, Told, Verdict
from wallboard.sources.asterisk.actions import state_of_phone
from wallboard.sources.asterisk.check_web import hints, topic_of
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.link import Link, opened
from wallboard.sources.asterisk.refusals import (
    is_list,
    queues_refused,
    sign_in_refused,
    too_slow,
)
from wallboard.sources.asterisk.rows import member_of, stamp
from wallboard.sources.asterisk.settings import Account, account_of
from wallboard.sources.asterisk.source import CLOCK_MATTERS, DEADLINE, NUDGE

WATCH: Final = timedelta(seconds=5)
# What a supervisor's commands will need, and the right that each comes with.
COMMANDS: Final = (
    ("Originate", "originate"),
    ("QueuePause", "agent"),
    ("QueueRemove", "agent"),
    ("Hangup", "call"),
)
# What a device is that nobody can call.
_PHONE_AWAY: Final = frozenset({"UNAVAILABLE", "INVALID"})
_CALLERS: Final = ("QueueCaller", "AgentCalled", "AgentConnect", "AgentComplete")
_AGENT: Final = ("Queue", "Agent")
_CALL: Final = ("Newchannel", "Newstate", "Hangup", "Dial", "Bridge", "Hold", "Unhold")


def findings(told: Told, clock: Clock) -> Iterator[Finding]:
    """Connect and look; yields a finding as soon as there is one. Never raises a SourceError.

    Nothing on the server is changed. Ends early where going on makes no sense.
    """
    try:
        account = account_of(told)
    except SourceError as failed:
        yield _bad("reachable", failed.fault)
        return
    try:
        link = opened(account, None, DEADLINE)
    except SourceError as failed:
        yield from _failed(account, failed.fault)
        return
    try:
        yield from _Checkup(link, account, clock).findings()
    except SourceError as failed:
        yield from _failed(account, failed.fault)
    finally:
        link.close()


def _failed(account: Account, cause: Fault) -> Iterator[Finding]:
    if cause.kind is FaultKind.CERTIFICATE:
        yield _bad("tls", cause)
    elif account.web is None:
        yield _bad("reachable", cause)
    else:
        yield _bad(topic_of(cause), cause)
        yield from hints(account.web, cause, DEADLINE)


def _bad(topic: str, cause: Fault) -> Finding:
    return Finding(topic=topic, verdict=Verdict.BAD, details=cause.details, fault=cause)


def _good(topic: str, **details: object) -> Finding:
    return _finding(topic, Verdict.GOOD, **details)


def _finding(topic: str, verdict: Verdict, **details: object) -> Finding:
    told = tuple((name, str(value)) for name, value in details.items())
    return Finding(topic=topic, verdict=verdict, details=told)


class _Checkup:
    def __init__(self, link: Link, account: Account, clock: Clock) -> None:
        self._link = link
        self._account = account
        self._clock = clock
        self._events: dict[str, int] = {}
        self._number = 0
        self._key = ""
        self._answers: list[Message] = []

    def findings(self) -> Iterator[Finding]:
        yield from self._way()
        try:
            sign_in = self._sign_in()
            good = sign_in.verdict is not Verdict.BAD
            kept = good and self._events_are_fetched()
        except SourceError as failed:
            if self._account.web is None or failed.fault.kind is not FaultKind.LOST:
                raise
            yield _finding("web_session", Verdict.BAD)
            return
        yield sign_in
        if good and self._account.web is not None:
            yield _finding("web_session", Verdict.GOOD if kept else Verdict.BAD)
        if kept:
            yield from self._signed_in()

    def _way(self) -> Iterator[Finding]:
        """Yield how the server is reached."""
        where, web = self._account.address, self._account.web
        banner = self._banner()
        yield _good("reachable", host=where.host, port=where.port, banner=banner)
        if where.tls:
            yield _good("tls", host=where.host)
        else:
            local = where.host in ("127.0.0.1", "::1", "localhost")
            yield _finding("tls", Verdict.GOOD if local else Verdict.WARNING, encrypted="no")
        if web is not None:
            yield _good("web", path=web.prefix or "/")

    def _banner(self) -> str:
        """Wait for the banner; who says nothing is nudged."""
        link = self._link
        if not self._collect(lambda: link.greeting is not None, NUDGE):
            link.nudge()
            self._await(lambda: link.greeting is not None)
        return link.greeting or ""

    def _events_are_fetched(self) -> bool:
        """Return whether what happens can be asked for over HTTP."""
        mark = self._link.mark()
        return self._collect(lambda: self._link.reached(mark), DEADLINE)

    def _signed_in(self) -> Iterator[Finding]:
        yield self._clocks()
        answer, status = self._list("QueueStatus")
        if not is_list(answer):
            yield _bad("queues", queues_refused(self._account.address, answer).fault)
            return
        yield self._queues(status)
        yield self._members(status)
        yield self._channels()
        yield self._commands()
        yield self._phone()
        yield self._watched(status)

    def _sign_in(self) -> Finding:
        account = self._account
        action, fields = self._link.sign_in(account.username, account.secret, "agent,call")
        answer = self._ask(action, *fields)
        if answer.get("Response") == "Success":
            version = self._ask("CoreSettings").get("AsteriskVersion", "")
            return _good("sign_in", username=account.username, version=version or "?")
        return _bad("sign_in", sign_in_refused(account.address, account.username, answer).fault)

    def _clocks(self) -> Finding:
        answer = self._ask("Ping")
        now = self._clock.now().wall
        theirs = stamp(answer)
        if theirs is None:
            return _finding("clock", Verdict.WARNING, seconds="?")
        off = theirs - now
        verdict = Verdict.GOOD if abs(off) <= CLOCK_MATTERS else Verdict.WARNING
        return _finding("clock", verdict, seconds=f"{round(off.total_seconds(), 1) + 0.0:.1f}")

    def _queues(self, status: list[Message]) -> Finding:
        names = sorted(row.get("Queue", "") for row in status if row.get("Event") == "QueueParams")
        verdict = Verdict.GOOD if names else Verdict.BAD
        return _finding("queues", verdict, count=len(names), names=", ".join(names[:12]))

    def _members(self, status: list[Message]) -> Finding:
        rows = [row for row in status if row.get("Event") == "QueueMember"]
        members = [member for row in rows if (member := member_of(row)) is not None]
        people = {member.person for member in members}
        unresolved = sorted({member.interface for member in members if not member.resolved})
        if unresolved:
            names = ", ".join(unresolved[:5])
            return Finding(
                topic="members",
                verdict=Verdict.WARNING,
                details=(("count", str(len(people))), ("names", names)),
                fault=fault(FaultKind.MEMBERS_UNRESOLVED, count=len(unresolved), names=names),
            )
        return _finding(
            "members", Verdict.GOOD if people else Verdict.WARNING, count=len(people), names=""
        )

    def _channels(self) -> Finding:
        answer, _ = self._list("CoreShowChannels")
        if not is_list(answer):
            missing = fault(FaultKind.FORBIDDEN, what="CoreShowChannels", right="write = reporting")
            return Finding(
                topic="calls", verdict=Verdict.WARNING, details=missing.details, fault=missing
            )
        return _good("calls")

    def _commands(self) -> Finding:
        allowed = self._ask("ListCommands")
        missing = [right for action, right in COMMANDS if action not in allowed]
        rights = ",".join(dict.fromkeys(missing))
        if missing:
            return _finding("commands", Verdict.WARNING, rights=rights)
        return _good("commands", rights="")

    def _phone(self) -> Finding:
        """Look whether the supervisor's phone is there. It is not rung."""
        phone = self._account.phone
        if not phone.dial:
            return _good("no_phone")
        action, fields = state_of_phone(phone)
        answer = self._ask(action, *fields)
        state = answer.get("Value", "").upper() if answer.get("Response") == "Success" else ""
        if state in _PHONE_AWAY:
            return _finding("phone_away", Verdict.WARNING, phone=phone.dial)
        verdict = Verdict.GOOD if state and state != "UNKNOWN" else Verdict.WARNING
        return _finding("phone", verdict, phone=phone.dial)

    def _watched(self, before: list[Message]) -> Finding:
        """Watch whether events come. Silence proves nothing while nothing happens."""
        began_s = self._clock.now().steady_s
        self._collect(lambda: self._heard(_AGENT) > 0 and self._heard(_CALL) > 0, WATCH)
        watched_s = self._clock.now().steady_s - began_s
        of_agents, of_calls = self._heard(_AGENT), self._heard(_CALL)
        if not of_agents:
            _, after = self._list("QueueStatus")
            if _traffic(before) != _traffic(after):
                right = "read = agent" if of_calls else "read = call,agent"
                return _bad("events", fault(FaultKind.NO_EVENTS, right=right))
        if self._heard(_CALLERS) and not of_calls:
            return _bad("events", fault(FaultKind.NO_EVENTS, right="read = call"))
        if not of_agents and not of_calls:
            return _finding("events", Verdict.WARNING, seconds=f"{watched_s:.0f}")
        return _good("events", count=of_agents + of_calls, seconds=f"{watched_s:.0f}")

    def _heard(self, names: tuple[str, ...]) -> int:
        return sum(count for name, count in self._events.items() if name.startswith(names))

    def _ask(self, action: str, *fields: tuple[str, str]) -> Message:
        return self._exchange(action, fields)[0]

    def _list(self, action: str) -> tuple[Message, list[Message]]:
        answer, *rows = self._exchange(action, ())
        return answer, rows

    def _exchange(self, action: str, fields: tuple[tuple[str, str], ...]) -> list[Message]:
        """Ask, and return the answer and the rows of its list, if it is one.

        Raises:
            SourceUnavailable: It is not there within the deadline.
        """
        self._number += 1
        self._key = f"wallboard-check-{self._number}"
        self._answers = []
        self._link.send(action, ("ActionID", self._key), *fields)
        self._await(self._complete)
        return self._answers

    def _complete(self) -> bool:
        if not self._answers or not is_list(self._answers[0]):
            return bool(self._answers)
        return self._answers[-1].get("EventList", "").lower() == "complete"

    def _await(self, met: Callable[[], bool]) -> None:
        if not self._collect(met, DEADLINE):
            raise too_slow(self._account.address, DEADLINE)

    def _collect(self, met: Callable[[], bool], limit: timedelta) -> bool:
        """Read until something is so. Returns False if it is not within the limit."""
        began_s = self._clock.now().steady_s
        while not met():
            left_s = limit.total_seconds() - (self._clock.now().steady_s - began_s)
            if left_s <= 0:
                return False
            self._link.wait(left_s)
            for message in self._link.receive():
                if self._key and message.get("ActionID") == self._key:
                    self._answers.append(message)
                elif "Event" in message:
                    name = message["Event"]
                    self._events[name] = self._events.get(name, 0) + 1
        return True


def _traffic(status: list[Message]) -> list[tuple[str, ...]]:
    fields = ("Event", "Queue", "Completed", "Abandoned", "Uniqueid", "Location", "Status")
    return sorted(tuple(row.get(name, "") for name in fields) for row in status)
