"""What a supervisor may have done to agents and callers without a phone of one's own.

The rules, in prose:

* Before: the agent is a member, the call is the one that is meant, its channel is looked for at
  this moment. One thing that is not so, and nothing is done.
* An agent is asked for by the interfaces of his memberships, which may be several.
* A call is ended at the caller's channel, so that it is over for everybody. It is passed on at the
  agent's channel, as the agent's own phone would do it: so the queue counts it as passed on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import Wish, WishKind
from wallboard.sources.asterisk import actions
from wallboard.sources.asterisk.channels import agents_leg, callers_leg, leg_of_no_queue
from wallboard.sources.asterisk.exchange import Exchange
from wallboard.sources.asterisk.people import Person
from wallboard.sources.asterisk.rows import Member
from wallboard.sources.asterisk.translate import Translator
from wallboard.sources.asterisk.visit import Visit
from wallboard.sources.asterisk.why_not import (
    ALREADY_IN,
    ALREADY_PAUSED,
    NO_CALL,
    NO_CALLER,
    NO_EXTENSION,
    NO_MESSAGES,
    NO_QUEUE,
    NOT_A_MEMBER,
    NOT_PAUSED,
    OTHER_CALL,
    UNKNOWN_AGENT,
    NotDone,
)


class Commanding:
    """Gives commands over one connection. Used by one thread."""

    def __init__(self, translator: Translator, exchange: Exchange, transfer_context: str) -> None:
        """Touch nothing yet.

        Args:
            transfer_context: Where extensions are that callers are passed on to.
        """
        self._translator = translator
        self._exchange = exchange
        self._context = transfer_context

    def do(self, wish: Wish) -> None:
        """Do what was asked, at most once.

        Raises:
            NotDone: It was not done.
            Unsendable: It holds what must not be sent; it was not done.
            SourceError: The connection is lost, and nobody knows.
        """
        _ACTS[wish.kind](self, wish)

    def person(self, agent_id: AgentId) -> Person:
        """Return an agent.

        Raises:
            NotDone: There is none such.
        """
        person = self._translator.people.persons.get(agent_id)
        if person is None:
            raise NotDone(UNKNOWN_AGENT)
        return person

    def talk_of(self, wish: Wish) -> Visit | None:
        """Return the visit that the agent talks to and that is meant. None if no queue's is.

        Raises:
            NotDone: The agent does not talk to it.
        """
        visits = self._translator.visits
        talking = visits.talking_to(wish.agent_id)
        if wish.call_id is None:
            return talking
        meant = visits.open.get(wish.call_id)
        if meant is None or meant.agent != wish.agent_id:
            raise NotDone(NO_CALL if talking is None else OTHER_CALL)
        return meant

    def waiter_of(self, wish: Wish) -> Visit:
        """Return the visit of the caller who waits and is meant.

        Raises:
            NotDone: He does not wait.
        """
        visits = self._translator.visits
        visit = visits.open.get(wish.call_id) if wish.call_id is not None else None
        if visit is None or not visit.waiting or visit.out_at is not None:
            raise NotDone(NO_CALLER)
        return visit

    def person_on(self, channel: str) -> AgentId:
        """Return whose phone a channel is on."""
        return self._translator.directory.person_on(channel)

    # --- the commands -------------------------------------------------------------------------

    def pause(self, wish: Wish) -> None:
        """Pause an agent in one queue or in all, or end that."""
        paused = wish.kind is WishKind.PAUSE
        members = self._members(wish)
        if all(member.paused is paused for member in members):
            raise NotDone(ALREADY_PAUSED if paused else NOT_PAUSED)
        queue = wish.queue_id
        interfaces = dict.fromkeys(member.interface for member in members)
        self._exchange.order(
            *[actions.pause(one, queue, wish.reason, paused=paused) for one in interfaces]
        )

    def log_out(self, wish: Wish) -> None:
        """End an agent's membership of one queue or of all."""
        self._exchange.order(
            *[actions.remove(one.interface, one.queue) for one in self._members(wish)]
        )

    def add(self, wish: Wish) -> None:
        """Make an agent a member of a queue, in the way its other members are."""
        members = tuple(self.person(wish.agent_id).members.values())
        if wish.queue_id is None:
            raise NotDone(NO_QUEUE)
        if any(member.queue == wish.queue_id for member in members):
            raise NotDone(ALREADY_IN)
        if not members:
            raise NotDone(UNKNOWN_AGENT)
        usual = _way(self._members_of(wish.queue_id))
        like = next((one for one in members if _way([one]) == usual), members[0])
        name = next((one.name for one in members if one.name), "")
        self._exchange.order(
            actions.add(
                like.interface, wish.queue_id, name=name, state_interface=like.state_interface
            )
        )

    def hang_up(self, wish: Wish) -> None:
        """End a call for everybody in it."""
        self.person(wish.agent_id)
        visit = self.talk_of(wish)
        rows = self._exchange.channels()
        if visit is None:
            leg = leg_of_no_queue(rows, wish.agent_id, self.person_on)
        else:
            leg = callers_leg(rows, visit)
        self._exchange.order(actions.hang_up(leg.uniqueid))

    def transfer(self, wish: Wish) -> None:
        """Pass an agent's caller on to an extension."""
        self.person(wish.agent_id)
        visit = self.talk_of(wish)
        known, _ = self._exchange.look(actions.extension_exists(wish.to, self._context))
        if known.get("Response") == "Success" and known.get("Value") != "1":
            raise NotDone(NO_EXTENSION)
        rows = self._exchange.channels()
        if visit is None:
            leg = leg_of_no_queue(rows, wish.agent_id, self.person_on)
        else:
            leg = agents_leg(rows, visit, self.person_on)
        self._exchange.order(actions.transfer(leg.uniqueid, wish.to, self._context))

    def prioritize(self, wish: Wish) -> None:
        """Give a caller who waits a priority."""
        visit = self.waiter_of(wish)
        priority = 1 if wish.priority is None else wish.priority
        self._exchange.order(actions.prioritize(visit.queue, visit.channel, priority))

    def withdraw(self, wish: Wish) -> None:
        """Let a caller leave the queue by the PBX's own way on."""
        visit = self.waiter_of(wish)
        self._exchange.order(actions.withdraw(visit.queue, visit.channel))

    def message(self, wish: Wish) -> None:
        """Send a text to an agent's phone."""
        members = self.person(wish.agent_id).members.values()
        phones = (
            text
            for one in members
            for text in (one.interface, one.state_interface)
            if text.startswith(("PJSIP/", "SIP/"))
        )
        phone = next(phones, None)
        if phone is None:
            raise NotDone(NO_MESSAGES)
        self._exchange.order(actions.message(phone, wish.text))

    def _members(self, wish: Wish) -> Sequence[Member]:
        """Return the memberships that are meant.

        Raises:
            NotDone: There are none.
        """
        members = self.person(wish.agent_id).members.values()
        meant = [one for one in members if wish.queue_id in (None, one.queue)]
        if not meant:
            raise NotDone(NOT_A_MEMBER)
        return meant

    def _members_of(self, queue: str) -> list[Member]:
        persons = self._translator.people.persons.values()
        return [one for each in persons for one in each.members.values() if one.queue == queue]


def _way(members: Sequence[Member]) -> str:
    """Return how most of these members are called: by which technology."""
    ways = [member.interface.partition("/")[0].lower() for member in members]
    return max(ways, key=ways.count, default="")


_Act: TypeAlias = Callable[[Commanding, Wish], None]

_ACTS: Final[Mapping[WishKind, _Act]] = {
    WishKind.PAUSE: Commanding.pause,
    WishKind.UNPAUSE: Commanding.pause,
    WishKind.LOG_OUT: Commanding.log_out,
    WishKind.ADD: Commanding.add,
    WishKind.HANG_UP: Commanding.hang_up,
    WishKind.TRANSFER: Commanding.transfer,
    WishKind.PRIORITIZE: Commanding.prioritize,
    WishKind.WITHDRAW: Commanding.withdraw,
    WishKind.MESSAGE: Commanding.message,
}
