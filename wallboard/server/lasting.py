"""Monitorings that last because of a command: told to the agent, ended in time, written down.

The rules, in prose:

* One lasts no longer than the site allows, than its token holds, than its agent may be monitored:
  it is ended then, and again until it is. What the site decides anew holds from then on.
* The agent is told once it has begun, where the site wants that; where agents must be told, one
  that could not be told is ended.
* Of which nobody could say whether it began has begun once a picture shows it.
* When it is over the journal has how long it lasted, whoever or whatever ended it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from wallboard.domain.clock import Clock
from wallboard.domain.supervision import (
    MONITORING,
    NOT_ASKED,
    Monitoring,
    Wish,
    WishKind,
    same_phone,
)
from wallboard.domain.value import value
from wallboard.server.feed import (
    CommandProgress,
    CommandState,
    Feed,
    FeedAway,
    KeyUsed,
    wish_digest,
)
from wallboard.server.hands import Hands
from wallboard.server.permitting import can_tell
from wallboard.server.scope import Pictures
from wallboard.server.tokens import Token, TokenBook

OVER: Final = frozenset({CommandProgress.DONE, CommandProgress.REFUSED})
_HOLDS_S: Final = 1.0
_END_AGAIN_S: Final = 10.0
_ENDINGS: Final = 100
_TOLD_WITHIN: Final = 20
"""Looks, once a second, for what came of telling an agent."""
_UNSEEN_LOOKS: Final = 3
"""What so many pictures in a row do not show any more is over."""

Entry = Mapping[str, "str | int | None"]


class Note(Protocol):
    """Writes a line into the journal."""

    def __call__(self, what: str, entry: Entry) -> Awaitable[None]:
        """Return when it is there, or cannot be."""
        ...


@value
class Ground:
    """What is needed to see and to end what lasts."""

    feed: Feed
    hands: Hands
    pictures: Pictures
    tokens: TokenBook
    clock: Clock
    note: Note


@dataclass(slots=True, eq=False)
class _Begun:
    """One that was passed on.

    Attributes:
        since_s: When it was said to have begun, on the loop's clock. None: it was not.
        doubtful: True if nobody could say whether it began.
        seen: True once a picture has shown it.
        unseen: So many pictures in a row have not shown it since.
    """

    wish: Wish
    key: str
    token: Token
    task: asyncio.Task[None] | None = None
    since_s: float | None = None
    doubtful: bool = False
    seen: bool = False
    unseen: int = 0


class Lasting:
    """All that lasts or may begin to. Used by the event loop's thread."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._begun: dict[str, _Begun] = {}
        # By the key of a command that ends something: of what commands.
        self._ends: dict[str, tuple[str, ...]] = {}
        self._telling: set[asyncio.Task[None]] = set()

    def close(self) -> None:
        """Follow nothing any more; what lasts at the source is its own to end."""
        for one in self._begun.values():
            if one.task is not None:
                one.task.cancel()
        for task in self._telling:
            task.cancel()

    def passed(self, wish: Wish, key: str, token: Token, state: CommandState) -> None:
        """Take that a command was passed on."""
        if state.progress is CommandProgress.REFUSED:
            return
        if wish.kind in MONITORING:
            one = _Begun(wish=wish, key=key, token=token)
            self._begun[key] = one
            one.task = asyncio.create_task(self._kept_within(one))
        elif wish.kind is WishKind.END:
            of_token = self._of(token)
            self._ends[key] = tuple(
                [each.key for each in of_token if each.wish.agent_id == wish.agent_id]
            )

    async def answered(self, state: CommandState) -> None:
        """Take what came of a command."""
        ends = self._ends.pop(state.key, ())
        if state.progress is CommandProgress.DONE:
            for key in ends:
                await self._over(self._begun.get(key), "")
        one = self._begun.get(state.key)
        if one is None:
            return
        if state.progress is CommandProgress.REFUSED:
            self._forget(one)
        elif state.progress is CommandProgress.DONE:
            await self._has_begun(one)
        elif state.progress is CommandProgress.UNKNOWN:
            one.doubtful = True

    async def _has_begun(self, one: _Begun) -> None:
        if one.since_s is not None:
            return
        one.since_s = asyncio.get_running_loop().time()
        for other in self._of(one.token):
            # One phone is in one call: that of before is over.
            await self._over(None if other is one else other, "")
        task = asyncio.create_task(self._tell(one))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    def _of(self, token: Token) -> tuple[_Begun, ...]:
        whose = token.token_id
        return tuple([each for each in self._begun.values() if each.token.token_id == whose])

    # --- to its end -----------------------------------------------------------------------------

    async def _kept_within(self, one: _Begun) -> None:
        by = await self._lasted(one)
        if by:
            await self._end(one, by)
        await self._over(one, by)

    async def _lasted(self, one: _Begun) -> str:
        """Wait until it may last no longer; return why: a word for the journal, empty if over."""
        loop, ground = asyncio.get_running_loop(), self._ground
        begun_s = loop.time()
        while not self._gone(one):
            if one.doubtful and one.seen:
                await self._has_begun(one)
            served = ground.feed.capabilities()
            if one.wish.agent_id in served.excluded:
                return "excluded"
            if not ground.tokens.holds(one.token.token_id, ground.clock.now()):
                return "right"
            left_s = served.limit.total_seconds() - (loop.time() - begun_s)
            if left_s <= 0:
                return "limit"
            await asyncio.sleep(min(left_s, _HOLDS_S))
        return ""

    def _gone(self, one: _Begun) -> bool:
        """Take a look; return whether the pictures show it no more."""
        issue = self._ground.pictures.newest
        told = None if issue is None else issue.monitorings
        if issue is None or issue.source.state != "live" or told is None:
            return False
        if any(_is(each, one.wish) for each in told):
            one.seen, one.unseen = True, 0
        elif one.seen:
            one.unseen += 1
        return one.unseen >= _UNSEEN_LOOKS

    async def _end(self, one: _Begun, by: str) -> None:
        """End what nobody asks to end, again until it is."""
        wish = Wish(kind=WishKind.END, agent_id=one.wish.agent_id, phone=one.wish.phone)
        for number in range(1, _ENDINGS + 1):
            more = "" if number == 1 else f"-{number}"
            state = await self._given(wish, f"{one.key}-limit{more}", one.token, by)
            if state is not None and state.progress in OVER and state.reason not in NOT_ASKED:
                return
            await asyncio.sleep(_END_AGAIN_S)

    async def _over(self, one: _Begun | None, why: str) -> None:
        """Write down how long it lasted."""
        if one is None or one.key not in self._begun:
            return
        self._forget(one)
        now_s = asyncio.get_running_loop().time()
        seconds = None if one.since_s is None else round(now_s - one.since_s)
        entry = {
            "key": one.key,
            "agent_id": one.wish.agent_id,
            "seconds": seconds,
            "reason": why,
        }
        await self._ground.note("ended", entry)

    def _forget(self, one: _Begun) -> None:
        self._begun.pop(one.key, None)
        if one.task is not None and one.task is not asyncio.current_task():
            one.task.cancel()

    # --- the agent ------------------------------------------------------------------------------

    async def _tell(self, one: _Begun) -> None:
        """Have the agent told; where that must be and was not, end it."""
        ground = self._ground
        served = ground.feed.capabilities()
        told = False
        if can_tell(served, ground.pictures.newest):
            wish = Wish(kind=WishKind.MESSAGE, agent_id=one.wish.agent_id, text=served.notice)
            state = await self._given(wish, f"{one.key}-told", one.token, "rule")
            told = state is not None and state.progress is CommandProgress.DONE
        if not told and ground.feed.capabilities().only_told:
            await self._end(one, "not_told")
            await self._over(one, "not_told")

    async def _given(self, wish: Wish, key: str, token: Token, by: str) -> CommandState | None:
        """Pass on what no token asked for; return what came of it. None: it was not passed on."""
        ground = self._ground
        entry = entry_of(wish, key, token) | {"digest": wish_digest(wish), "by": by}
        await ground.note("passed", entry)
        try:
            state = await ground.hands.commands(ground.feed.command, wish, key, token.name)
            for _ in range(_TOLD_WITHIN):
                if state.progress is not CommandProgress.PENDING:
                    break
                await asyncio.sleep(_HOLDS_S)
                newer = await ground.hands.commands(ground.feed.command_state, key)
                state = state if newer is None else newer
        except (FeedAway, KeyUsed):
            await ground.note("not_passed", {"key": key})
            return None
        await ground.note("answered", answer_of(state))
        return state


def _is(each: Monitoring, wish: Wish) -> bool:
    """True if it is what was asked for by that wish.

    A process of the source that did not begin it tells it by its phone, and not as its own.
    """
    same = same_phone(each.phone, wish.phone) if wish.phone else each.own
    return same and each.agent_id in (wish.agent_id, None)


def entry_of(wish: Wish, key: str, token: Token) -> dict[str, str | int | None]:
    """Return a command of a token as the journal has it."""
    more = {
        "phone": wish.phone or None,
        "to": wish.to or None,
        "text": wish.text or None,
        "priority": wish.priority,
    }
    return {
        "key": key,
        "token": token.token_id,
        "name": token.name,
        "role": str(token.role),
        "command": str(wish.kind),
        "agent_id": wish.agent_id,
        "queue_id": wish.queue_id,
        "call_id": wish.call_id,
        "reason": wish.reason,
        **{name: told for name, told in more.items() if told is not None},
    }


def answer_of(state: CommandState) -> Entry:
    """Return what came of a command as the journal has it."""
    return {"key": state.key, "state": str(state.progress), "reason": state.reason}
