"""The calls to supervisors' phones: from the ring to what comes of it, and to their end.

The rules, in prose:

* A ring is believed to have become what was wanted only by what the server tells of that very
  channel: for listening, the answer and ChanSpyStart with that very agent's channel.
* Whatever else comes of it is told with its cause, and the channel is ended: a phone that was
  answered without sound, a call that ended while the phone rang, another call than was meant.
* A channel that must end is asked to end until it is seen to be gone: it may have been asked when
  it was not there yet.
* When the connection is lost while a phone rings nobody knows what comes of it, and that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import MONITORING, Wish, WishResult
from wallboard.sources.asterisk import actions
from wallboard.sources.asterisk.asking import Done
from wallboard.sources.asterisk.channels import together
from wallboard.sources.asterisk.client import Action
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.exchange import Exchange, why_refused
from wallboard.sources.asterisk.muting import Muting
from wallboard.sources.asterisk.ringing import CAUSES, FAILED, Ending, Goal, Held, Ringing
from wallboard.sources.asterisk.spies import Spies
from wallboard.sources.asterisk.visit import Visit
from wallboard.sources.asterisk.why_not import (
    CALL_ENDED,
    CANCELLED,
    LOST,
    NO_SOUND,
    NOT_JOINED,
    PHONE_NOT_REACHED,
    PHONE_NOT_TOLD,
    WRONG_CALL,
)

_END_AGAIN_S: Final = 0.5
_ENDED_WITHIN_S: Final = 5.0
_GIVEN_UP_S: Final = 30.0


@dataclass(slots=True)
class PhoneCalls:
    """All calls to supervisors' phones.

    Attributes:
        spies: Who listens, as events tell.
        open: Returns whether a visit is not over.
        talks: Returns whether an agent is still the one who talks in a visit.
        joined: Called when a supervisor has a caller on the phone.
        results: What came of wishes, until somebody takes it.
        held: Of ours that listen, by the channel's unique id.
        muting: Whether anybody hears those that whisper.
    """

    exchange: Exchange
    spies: Spies
    open: Callable[[Visit], bool]
    talks: Callable[[Visit, AgentId | None], bool]
    joined: Callable[[Visit, datetime], None]
    results: list[WishResult] = field(default_factory=list)
    held: dict[str, Held] = field(default_factory=dict)
    muting: Muting = field(init=False)
    _ringing: dict[str, Ringing] = field(default_factory=dict)
    _endings: dict[str, Ending] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Mute over the same connection."""
        self.muting = Muting(exchange=self.exchange, spies=self.spies)

    # --- beginning and ending ---------------------------------------------------------------

    def begin(self, ringing: Ringing, action: Action) -> None:
        """Ring a phone.

        Raises:
            Unsendable: A field must not be sent; nothing was.
            SourceError: The connection is lost, and nobody knows.
        """
        if ringing.wish.kind in MONITORING:
            self.spies.own[ringing.channel_id] = (ringing.wish.kind, ringing.phone)

        def answered(answer: Message, _rows: Sequence[Message]) -> None:
            refused = why_refused(answer)
            if refused:
                self._over(ringing, refused)

        try:
            ringing.key = self.exchange.send(action, answered)
        except Exception:
            self.spies.own.pop(ringing.channel_id, None)
            raise
        self._ringing[ringing.channel_id] = ringing

    def voice(self, wish: Wish, phone: str) -> None:
        """Let the phone that whispers to the wish's agent be heard, or mute it again.

        Raises:
            NotDone: It does not whisper to that agent, or the server refused it.
            SourceError: The connection is lost, and nobody knows.
        """
        found = (
            channel_id
            for channel_id, held in self.held.items()
            if held.phone == phone and held.wish.agent_id == wish.agent_id
        )
        channel_id = next(found, None)
        held = None if channel_id is None else self.held[channel_id]
        self.muting.do(wish, channel_id, held)

    def uses(self, phone: str) -> bool:
        """Return whether a phone is in a call of ours."""
        ringing = any(one.phone == phone for one in self._ringing.values())
        return ringing or any(
            one.phone == phone and channel_id not in self._endings
            for channel_id, one in self.held.items()
        )

    def end(self, wish: Wish, phone: str) -> bool:
        """Begin to end what that phone hears of the wish's agent. Returns False if it is nothing.

        Raises:
            SourceError: The connection is lost, and nobody knows.
        """
        for one in tuple(self._ringing.values()):
            if one.phone == phone and one.wish.agent_id == wish.agent_id:
                self._finish(one, CANCELLED)
                self._hang_up(one.channel_id, wish)
                return True
        for channel_id, held in self.held.items():
            if held.phone == phone and held.wish.agent_id == wish.agent_id:
                self._hang_up(channel_id, wish)
                return True
        return False

    def end_found(self, channel_ids: Sequence[str], wish: Wish) -> bool:
        """Begin to end what a process before this one began. Returns False if it is nothing.

        Raises:
            SourceError: The connection is lost, and nobody knows.
        """
        for place, channel_id in enumerate(channel_ids, 1):
            self._hang_up(channel_id, wish if place == len(channel_ids) else None)
        return bool(channel_ids)

    def leave(self, done: Done) -> int:
        """Ask once that everything of ours that listens, or will, ends; return how often.

        Raises:
            SourceError: The connection is lost.
        """
        rings = [one.channel_id for one in self._ringing.values() if one.goal is Goal.HEAR]
        every = dict.fromkeys([*rings, *self.held])
        for channel_id in every:
            self.exchange.send(actions.hang_up(channel_id), done)
        return len(every)

    def _hang_up(self, channel_id: str, wish: Wish | None = None) -> None:
        now_s = self.exchange.now().steady_s
        self._endings[channel_id] = Ending(began_s=now_s, tried_s=now_s, wish=wish)
        self._ask_end(channel_id)

    def _ask_end(self, channel_id: str) -> None:
        self.exchange.send(actions.hang_up(channel_id), lambda _answer, _rows: None)

    # --- what comes -------------------------------------------------------------------------

    def take(self, event: Message) -> None:
        """Take an event of a channel."""
        match event.get("Event"):
            case "OriginateResponse":
                self._told(event)
            case "ChanSpyStart":
                self._spies_on(event)
            case "Hangup":
                self._gone(event)
            case _:
                return

    def _told(self, event: Message) -> None:
        key, channel_id = event.get("ActionID"), event.get("Uniqueid", "")
        success = event.get("Response") == "Success"
        if not success:
            self._ended(channel_id)
        one = next((each for each in self._ringing.values() if each.key == key), None)
        if one is None:
            return
        if success and one.goal is Goal.RING:
            self._finish(one)
        elif success:
            one.answered_s = self.exchange.now().steady_s
            self._judge(one)
        else:
            self._failed(one, FAILED.get(event.get("Reason", ""), ""))

    def _failed(self, one: Ringing, told: str) -> None:
        """It came to nothing; if the server does not tell why, the channel may."""
        if told or one.gone:
            self._over(one, told or CAUSES.get(one.cause, PHONE_NOT_REACHED))
        else:
            one.failed_s = self.exchange.now().steady_s

    def _spies_on(self, event: Message) -> None:
        channel_id = event.get("SpyerUniqueid", "")
        if channel_id in self._endings:
            self._ask_end(channel_id)
        one = self._ringing.get(channel_id)
        if one is None or one.target is None:
            return
        if event.get("SpyeeUniqueid") != one.target.uniqueid:
            self._fail(one, WRONG_CALL)
        elif one.visit is not None and not self.open(one.visit):
            self._fail(one, CALL_ENDED)
        else:
            one.heard = True
            self._judge(one)

    def _gone(self, event: Message) -> None:
        uniqueid = event.get("Uniqueid", "")
        self.held.pop(uniqueid, None)
        self.muting.gone(uniqueid)
        self._ended(uniqueid)
        for one in tuple(self._ringing.values()):
            if one.channel_id == uniqueid:
                one.gone, one.cause = True, event.get("Cause", "")
                self._judge(one)
            elif one.target is not None and one.target.uniqueid == uniqueid:
                self._fail(one, CALL_ENDED)

    def _judge(self, one: Ringing) -> None:
        """Tell what came of it, if it is known now."""
        if one.gone and one.failed_s is not None:
            self._failed(one, "")
        elif one.answered_s is None:
            return
        elif one.gone:
            self._over(one, NO_SOUND if one.goal is Goal.HEAR else NOT_JOINED)
        elif one.goal is Goal.HEAR and one.heard and not one.muted:
            self._hold(one)
            self._finish(one)
        elif one.heard and not one.muting:
            one.muting = True
            self.muting.begin(one.channel_id, partial(self._muted, one))

    def _muted(self, one: Ringing) -> None:
        """Take that it is known whether a phone that was answered is muted."""
        one.muted = False
        if one.channel_id in self._ringing:
            self._judge(one)

    def _look(self, one: Ringing, now_s: float) -> None:
        """Look whether the caller is connected with the phone."""
        one.looked_s = now_s

        def came(_answer: Message, rows: Sequence[Message]) -> None:
            target, visit = one.target, one.visit
            if one.channel_id not in self._ringing or target is None:
                return
            if together(rows, one.channel_id, target.uniqueid):
                self._finish(one)
                if visit is not None:
                    self.joined(visit, self.exchange.now().wall)

        self.exchange.send(("CoreShowChannels", ()), came)

    # --- what time alone does ---------------------------------------------------------------

    def settle(self) -> None:
        """Do what is due.

        Raises:
            SourceError: The connection is lost.
        """
        now_s = self.exchange.now().steady_s
        self.muting.settle(now_s)
        self._end_with_calls()
        for one in tuple(self._ringing.values()):
            if one.due_s <= now_s:
                self._due(one, now_s)
        for channel_id, ending in tuple(self._endings.items()):
            if ending.wish is not None and now_s - ending.began_s >= _ENDED_WITHIN_S:
                self._result(ending.wish, PHONE_NOT_TOLD, known=False)
                ending.wish = None
            if now_s - ending.began_s >= _GIVEN_UP_S:
                del self._endings[channel_id]
            elif now_s - ending.tried_s >= _END_AGAIN_S:
                ending.tried_s = now_s
                self._ask_end(channel_id)

    def _end_with_calls(self) -> None:
        """End what listens to a leg that outlives its call, as that of who stays on the line."""
        for channel_id, held in self.held.items():
            lasts = held.visit is None or self.talks(held.visit, held.agent_id)
            if not lasts and channel_id not in self._endings:
                self._hang_up(channel_id)

    def _due(self, one: Ringing, now_s: float) -> None:
        if one.failed_s is not None:
            self._over(one, PHONE_NOT_REACHED)
        elif one.answered_s is None:
            self._fail(one, PHONE_NOT_TOLD)
        elif one.alone(now_s):
            self._fail(one, NO_SOUND if one.goal is Goal.HEAR else NOT_JOINED)
        else:
            self._look(one, now_s)

    def due_in_s(self, now_s: float) -> float | None:
        """Return after how many seconds `settle` has something to do; None if it waits for nothing.

        Less than nothing is nothing.
        """
        dues = [one.due_s for one in self._ringing.values()]
        dues += [one.tried_s + _END_AGAIN_S for one in self._endings.values()]
        muting_s = self.muting.due_in_s(now_s)
        if muting_s is not None:
            dues.append(now_s + muting_s)
        return max(0.0, min(dues) - now_s) if dues else None

    def lost(self) -> None:
        """The connection is lost: of what rings nobody knows."""
        for one in tuple(self._ringing.values()):
            self._finish(one, LOST, known=False)
            if one.goal is Goal.HEAR:
                self._hold(one)  # if it lasts it is ours
        for ending in self._endings.values():
            if ending.wish is not None:
                self._result(ending.wish, LOST, known=False)
        self._endings.clear()
        self.muting.lost()

    def _hold(self, one: Ringing) -> None:
        since = self.exchange.now().wall
        visit = one.visit
        self.held[one.channel_id] = Held(
            wish=one.wish,
            phone=one.phone,
            since=since,
            visit=visit,
            agent_id=None if visit is None else visit.agent,
        )

    def take_rows(self, rows: Sequence[Message], asked_at: datetime) -> None:
        """Take the channels there were: what is ours, older and not among them is over."""
        there = {row.get("Uniqueid", "") for row in rows}
        for channel_id, held in tuple(self.held.items()):
            if channel_id not in there and held.since < asked_at:
                self._gone({"Event": "Hangup", "Uniqueid": channel_id})
                self.spies.own.pop(channel_id, None)
                self.spies.muted.pop(channel_id, None)

    # --- results ----------------------------------------------------------------------------

    def _fail(self, one: Ringing, reason: str) -> None:
        """It did not become what was wanted, and its channel may live."""
        self._finish(one, reason)
        self._hang_up(one.channel_id)

    def _over(self, one: Ringing, reason: str) -> None:
        """It did not become what was wanted, and its channel is no more."""
        self._finish(one, reason)
        self.spies.own.pop(one.channel_id, None)

    def _finish(self, one: Ringing, reason: str = "", *, known: bool = True) -> None:
        if self._ringing.pop(one.channel_id, None) is not None:
            self._result(one.wish, reason, known=known)

    def _ended(self, channel_id: str) -> None:
        ending = self._endings.pop(channel_id, None)
        if ending is not None and ending.wish is not None:
            self._result(ending.wish)

    def _result(self, wish: Wish, reason: str = "", *, known: bool = True) -> None:
        self.results.append(WishResult(wish=wish, done=not reason, reason=reason, known=known))
