"""A supervisor's side of one PBX: what is asked for, what comes of it, and who listens to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Final, TypeAlias

from wallboard.domain.snapshot import AgentId, CallId
from wallboard.domain.supervision import (
    MONITORING,
    NOT_KNOWN,
    VOICE,
    Monitoring,
    Wish,
    WishKind,
    WishResult,
    same_phone,
)
from wallboard.sources.asterisk import actions
from wallboard.sources.asterisk.abilities import Lacks, can_mute, lacks_of
from wallboard.sources.asterisk.actions import Phone, Ring
from wallboard.sources.asterisk.asking import Done
from wallboard.sources.asterisk.channels import (
    Leg,
    agents_leg,
    begins_another,
    callers_leg,
    leg_of_no_queue,
    waiters_leg,
)
from wallboard.sources.asterisk.codec import Message, Unsendable
from wallboard.sources.asterisk.commanding import Commanding
from wallboard.sources.asterisk.exchange import Exchange
from wallboard.sources.asterisk.phone_calls import PhoneCalls
from wallboard.sources.asterisk.ringing import Goal, Ringing
from wallboard.sources.asterisk.spies import Spies
from wallboard.sources.asterisk.translate import Translator
from wallboard.sources.asterisk.visit import Visit
from wallboard.sources.asterisk.why_not import (
    BAD_PHONE,
    NO_CALL,
    NO_PHONE,
    NOT_LISTENING,
    PHONE_IN_USE,
    SEVERAL_CALLS,
    UNSENDABLE,
    NotDone,
)

EVENTS: Final = frozenset({"ChanSpyStart", "ChanSpyStop", "OriginateResponse"})
"""Events that are wanted besides those of the picture."""

_OURS: Final = "wallboard-"
"""So the unique ids of our own channels begin."""
_SHOWN: Final = {
    WishKind.LISTEN: "Listen",
    WishKind.WHISPER: "Whisper",
    WishKind.BARGE: "Barge",
    WishKind.TAKE_OVER: "Take over",
    WishKind.PICK_UP: "Pick up",
    WishKind.TRY_PHONE: "Test",
}
# Events of the class of calls that come before AgentConnect, which is of another class.
_OF_CALLS: Final = frozenset({"DialEnd", "Hangup", "HangupRequest", "SoftHangupRequest", *EVENTS})


class Supervision:
    """What supervisors do over one connection. Used by one thread."""

    def __init__(
        self, translator: Translator, exchange: Exchange, phone: Phone, transfer_context: str
    ) -> None:
        """Touch nothing yet.

        Args:
            phone: The connection's own, for wishes that name none.
        """
        self.spies = Spies()
        self._translator = translator
        self._exchange = exchange
        self._phone = phone
        self._commanding = Commanding(translator, exchange, transfer_context)
        self._calls = PhoneCalls(
            exchange=exchange,
            spies=self.spies,
            open=lambda visit: translator.visits.open.get(visit.call_id) is visit,
            talks=self._talks,
            joined=translator.taken_over,
        )
        self._commands: Message | None = None
        self._of_calls = False
        self._deaf = False

    # --- wishes -----------------------------------------------------------------------------

    def do(self, wish: Wish) -> WishResult | None:
        """Do what was asked, at most once. None: it is under way.

        Raises:
            SourceError: The connection is lost, and nobody knows whether it was done.
        """
        try:
            under_way = _BY_PHONE.get(wish.kind)
            if under_way is not None:
                under_way(self, wish)
                return None
            if wish.kind in VOICE:
                self.voice(wish)
            else:
                self._commanding.do(wish)
        except NotDone as not_done:
            return WishResult(wish=wish, done=False, reason=not_done.reason)
        except Unsendable:
            return WishResult(wish=wish, done=False, reason=UNSENDABLE)
        return WishResult(wish=wish, done=True)

    def monitor(self, wish: Wish) -> None:
        """Put the supervisor's phone on the agent's call."""
        phone = self._free_phone(wish)
        visit = self._talk(wish)
        rows = self._exchange.channels()
        if visit is None:
            leg = leg_of_no_queue(rows, wish.agent_id, self._commanding.person_on)
        else:
            leg = agents_leg(rows, visit, self._commanding.person_on)
        ring = self._ring(wish, phone)
        ringing = self._ringing(wish, ring, Goal.HEAR)
        ringing.target, ringing.visit = leg, visit
        ringing.muted = wish.kind is WishKind.WHISPER and self._mutes
        action = actions.hear(ring, wish.kind, leg.uniqueid, muted=ringing.muted)
        self._calls.begin(ringing, action)

    def voice(self, wish: Wish) -> None:
        """Let the agent hear who whispers, or not any more."""
        self._calls.voice(wish, self._phone_for(wish).dial)

    def take_over(self, wish: Wish) -> None:
        """Connect the agent's caller with the supervisor's phone, once it is answered."""
        phone = self._free_phone(wish)
        visit = self._talk(wish)
        if visit is None:
            raise NotDone(NO_CALL)
        rows = self._exchange.channels()
        agents_leg(rows, visit, self._commanding.person_on)
        self._join(wish, phone, rows, callers_leg(rows, visit), visit)

    def pick_up(self, wish: Wish) -> None:
        """Connect a caller who waits with the supervisor's phone, once it is answered."""
        phone = self._free_phone(wish)
        visit = self._commanding.waiter_of(wish)
        rows = self._exchange.channels()
        self._join(wish, phone, rows, waiters_leg(rows, visit), visit)

    def try_phone(self, wish: Wish) -> None:
        """Ring the supervisor's phone."""
        ring = self._ring(wish, self._free_phone(wish))
        self._calls.begin(self._ringing(wish, ring, Goal.RING), actions.only_ring(ring))

    def end(self, wish: Wish) -> None:
        """End what the supervisor's phone hears of the agent."""
        phone = self._phone_for(wish).dial
        if not self._calls.end(wish, phone) and not self._calls.end_found(
            self._left_behind(wish, phone), wish
        ):
            raise NotDone(NOT_LISTENING)

    def leave(self, done: Done) -> int:
        """Ask that whatever listens by us ends; return how many answers `done` will be told.

        Raises:
            SourceError: The connection is lost.
        """
        return self._calls.leave(done)

    def _left_behind(self, wish: Wish, phone: str) -> Sequence[str]:
        """Return the channels by which that phone listens though we did not begin it.

        A process before this one did, and was killed.
        """
        return [
            each.monitoring_id
            for each in self.spies.monitorings(self._whose)
            if each.monitoring_id.startswith(_OURS)
            and same_phone(each.phone, phone)
            and each.agent_id in (wish.agent_id, None)
        ]

    def _talk(self, wish: Wish) -> Visit | None:
        self._commanding.person(wish.agent_id)
        visit = self._commanding.talk_of(wish)
        if visit is not None and visit.waiting:
            raise NotDone(NO_CALL)
        return visit

    def _join(
        self, wish: Wish, phone: Phone, rows: Sequence[Message], leg: Leg, visit: Visit
    ) -> None:
        if begins_another(rows, leg):
            raise NotDone(SEVERAL_CALLS)
        ring = self._ring(wish, phone)
        ringing = self._ringing(wish, ring, Goal.JOIN)
        ringing.target, ringing.visit = leg, visit
        self._calls.begin(ringing, actions.join(ring, leg.channel))

    def _phone_for(self, wish: Wish) -> Phone:
        if wish.phone in ("", self._phone.dial):
            phone = self._phone
        else:
            try:
                phone = actions.phone_of(wish.phone)
            except Unsendable as odd:
                raise NotDone(BAD_PHONE) from odd
        if not phone.dial:
            raise NotDone(NO_PHONE)
        return phone

    def _free_phone(self, wish: Wish) -> Phone:
        phone = self._phone_for(wish)
        if self._calls.uses(phone.dial):
            raise NotDone(PHONE_IN_USE)
        return phone

    def _ring(self, wish: Wish, phone: Phone) -> Ring:
        """Return a call to a phone that shows what it is."""
        person = self._translator.people.persons.get(wish.agent_id)
        name = person.row.name if person is not None and person.row is not None else ""
        shown = f"{_SHOWN[wish.kind]}: {name}" if name else _SHOWN[wish.kind]
        return Ring(
            phone=phone,
            channel_id=f"{_OURS}{token_hex(8)}",
            shown=shown,
            number=str(wish.agent_id),
        )

    def _ringing(self, wish: Wish, ring: Ring, goal: Goal) -> Ringing:
        return Ringing(
            wish=wish,
            goal=goal,
            phone=ring.phone.dial,
            channel_id=ring.channel_id,
            began_s=self._exchange.now().steady_s,
        )

    # --- what comes -------------------------------------------------------------------------

    def take(self, event: Message, at: datetime) -> bool:
        """Take an event. Returns True if who listens has changed."""
        name = event.get("Event", "")
        self._of_calls |= name in _OF_CALLS
        if name == "AgentConnect" and not self._of_calls:
            self._deaf = True
        changed = self.spies.take(event, at)
        self._calls.take(event)
        return changed

    def take_rows(self, rows: Sequence[Message], asked_at: datetime) -> None:
        """Take all channels there are, as they were asked for."""
        self._calls.take_rows(rows, asked_at)
        self.spies.take_rows(rows, asked_at)

    def take_commands(self, answer: Message, _rows: Sequence[Message] = ()) -> None:
        """Take the list of what the account may do; who refuses to tell it is not known."""
        self._commands = answer if answer.get("Response") == "Success" else None

    def settle(self) -> None:
        """Do what time alone makes due.

        Raises:
            SourceError: The connection is lost.
        """
        self._calls.settle()

    def due_in_s(self, now_s: float) -> float | None:
        """Return after how many seconds there is something to do; None if there is nothing."""
        return self._calls.due_in_s(now_s)

    def lost(self) -> None:
        """The connection is gone."""
        self._calls.lost()
        self.spies.forget()
        self._commands, self._of_calls, self._deaf = None, False, False

    @property
    def news(self) -> bool:
        """True if there are results that nobody took."""
        return bool(self._calls.results)

    # --- what others see --------------------------------------------------------------------

    def results(self) -> tuple[WishResult, ...]:
        """Return what came of wishes since this was asked last."""
        told = tuple(self._calls.results)
        self._calls.results.clear()
        return told

    def monitorings(self) -> tuple[Monitoring, ...] | None:
        """Return who listens to whom. None if it cannot be seen."""
        return None if self._deaf else self.spies.monitorings(self._whose)

    def lacks(self) -> Lacks:
        """Return what the account may not do."""
        deaf = self._deaf or self._translator.drifted
        return lacks_of(self._commands, hears_calls=not deaf, mutes=not self._calls.muting.cannot)

    @property
    def _mutes(self) -> bool:
        return can_mute(self._commands) and not self._calls.muting.cannot

    def _talks(self, visit: Visit, agent: AgentId | None) -> bool:
        found = self._translator.visits.open.get(visit.call_id)
        return found is not None and not found.waiting and found.agent == agent

    def _whose(self, channel: str, uniqueid: str) -> tuple[AgentId | None, CallId | None]:
        """Return in whose call a channel is."""
        visits = self._translator.visits
        for visit in visits.of_caller(uniqueid):
            if visit.agent is not None:
                return visit.agent, visit.call_id
        agent = self._commanding.person_on(channel)
        if not channel or agent not in self._translator.people.persons:
            return None, None
        talk = visits.talking_to(agent)
        return agent, None if talk is None else talk.call_id


_Act: TypeAlias = Callable[[Supervision, Wish], None]

_BY_PHONE: Final[Mapping[WishKind, _Act]] = {
    **dict.fromkeys(MONITORING, Supervision.monitor),
    WishKind.END: Supervision.end,
    WishKind.TAKE_OVER: Supervision.take_over,
    WishKind.PICK_UP: Supervision.pick_up,
    WishKind.TRY_PHONE: Supervision.try_phone,
}


def not_known(wish: Wish) -> WishResult:
    """Return that nobody can say whether something was done."""
    return WishResult(wish=wish, done=False, reason=NOT_KNOWN, known=False)
