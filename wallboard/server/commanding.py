"""Commands: whether one may be given, written down before it is passed on, and what came of it.

The rules, in prose:

* What is not allowed is denied, and the denial is in the journal.
* A command is in the journal, on the disk, before it is passed on. If it cannot be written there,
  it is not passed on. To end a monitoring is always possible.
* One key of one token is one command. The same again is answered as before; another one under the
  same key is refused. After a crash, a command that may have been passed on is not passed on again.
* Who sees a part of the site may not reach beyond it: not into a call of another queue, not by a
  pause in all queues of somebody who works in others too.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Final

from wallboard.api.commands import Command
from wallboard.api.problem import Problem, ProblemKind, problem
from wallboard.domain.clock import Clock
from wallboard.domain.snapshot import Agent, AgentId, CallId, Snapshot
from wallboard.domain.supervision import (
    MONITORING,
    NEEDS_PHONE,
    OF_A_WAITING_CALL,
    Wish,
    WishKind,
)
from wallboard.domain.value import value
from wallboard.server.asking import Refused
from wallboard.server.feed import (
    CommandProgress,
    CommandState,
    Feed,
    FeedAway,
    KeyUsed,
    wish_digest,
)
from wallboard.server.hands import Hands
from wallboard.server.journal import Journal, JournalUnusable
from wallboard.server.scope import Pictures
from wallboard.server.tokens import Token, TokenBook

_MOST_REMEMBERED: Final = 10_000
_LOOK_S: Final = 0.5
_LOOKS: Final = 80
_HOLDS_S: Final = 1.0
_END_AGAIN_S: Final = 10.0
_ENDINGS: Final = 100
_INTO_A_CALL: Final = MONITORING | {WishKind.HANG_UP, WishKind.TAKE_OVER, WishKind.TRANSFER}
_IN_QUEUES: Final = frozenset({WishKind.PAUSE, WishKind.UNPAUSE, WishKind.LOG_OUT})
# It is about the phone of who asks: to end is possible though the agent is seen no more.
_OWN_PHONE: Final = frozenset({WishKind.END, WishKind.TRY_PHONE})
_NOT_YOURS: Final = problem(ProblemKind.FORBIDDEN, "Your token does not reach there.")
_NO_JOURNAL: Final = problem(
    ProblemKind.NOT_READY, "The journal cannot be written, so nothing is done."
)
_EXCLUDED: Final = problem(ProblemKind.FORBIDDEN, "Nobody may monitor this agent.")
_NO_MORE_WAITING: Final = problem(ProblemKind.CONFLICT, "The caller does not wait any more.")
NOT_HEARD: Final = frozenset(
    {
        "The center cannot be reached.",
        "It came too late; nothing was done.",
        "The same is under way already.",
    }
)
"""Refusals of who did not ask the call center."""
_OVER: Final = frozenset({CommandProgress.DONE, CommandProgress.REFUSED})


@value
class _Given:
    """A command that was taken.

    Attributes:
        digest: Of what was asked.
        state: What came of it so far. None while it is being passed on, which `task` does then.
    """

    digest: str
    state: CommandState | None = None
    task: asyncio.Task[CommandState] | None = None


class Commander:
    """Takes commands. Used by the event loop's thread; disks and feeds are waited for elsewhere."""

    def __init__(
        self,
        feed: Feed,
        journal: Journal,
        pictures: Pictures,
        hands: Hands,
        clock: Clock,
        tokens: TokenBook,
    ) -> None:
        self._feed = feed
        self._tokens = tokens
        self._journal = journal
        self._pictures = pictures
        self._hands = hands
        self._clock = clock
        self._given: OrderedDict[str, _Given] = OrderedDict()
        self._following: set[asyncio.Task[None]] = set()
        # What ends a monitoring that lasts as long as it may, by the token that began it.
        self._limits: dict[str, asyncio.Task[None]] = {}
        self._remember()

    async def give(self, command: Command, told_key: str, token: Token) -> CommandState:
        """Do what was asked, at most once, and return how far that is.

        Args:
            told_key: The Idempotency-Key.

        Raises:
            RequestRefused: It may not be done, or not now.
        """
        key = key_of(token, told_key)
        digest = wish_digest(command.wish)
        before = self._given.get(key) or await self._given_elsewhere(key)
        if before is None:
            await self._check(command, key, token)
            # Somebody may have said the same while the journal was written.
            before = self._given.get(key)
        if before is not None:
            return await self._again(before, digest, key)
        wish = self._meant(command.wish, token)
        task = asyncio.create_task(self._pass_on(wish, key, digest, token))
        self._put(key, _Given(digest=digest, task=task))
        # Who asked may go away; what was begun is ended all the same.
        return await asyncio.shield(task)

    def close(self) -> None:
        """Follow nothing any more; what lasts at the source is its own to end."""
        for task in (*self._following, *self._limits.values()):
            task.cancel()

    async def state(self, key: str, token: Token) -> CommandState:
        """Return what came of a command of this token; of any token for an administrator.

        Raises:
            RequestRefused: There is none.
        """
        owner = key.partition("-")[0]
        if owner != token.token_id and not self._sees_all(token):
            raise Refused(problem(ProblemKind.NOT_FOUND))
        given = self._given.get(key)
        state = await self._known(given, key)
        if state is None:
            raise Refused(problem(ProblemKind.NOT_FOUND))
        return state

    @staticmethod
    def _sees_all(token: Token) -> bool:
        return token.role == "administrator" and token.scope.whole

    async def _given_elsewhere(self, key: str) -> _Given | None:
        """Return what another replica took under this key. None if none did, or cannot tell."""
        try:
            state = await self._hands.commands(self._feed.command_state, key)
        except FeedAway:
            return None
        if state is None or state.digest is None:
            return None
        given = self._given.get(key) or _Given(digest=state.digest, state=state)
        self._put(key, given)
        return given

    async def _again(self, before: _Given, digest: str, key: str) -> CommandState:
        if before.digest != digest:
            raise Refused(problem(ProblemKind.CONFLICT))
        state = await self._known(before, key)
        return state or CommandState(key=key, progress=CommandProgress.UNKNOWN)

    async def _known(self, given: _Given | None, key: str) -> CommandState | None:
        """Return what came of a command as far as anybody knows. None if nobody knows of it."""
        if given is not None and given.task is not None:
            return await asyncio.shield(given.task)
        state = None if given is None else given.state
        if state is not None and state.progress in _OVER:
            return state
        try:
            newer = await self._hands.commands(self._feed.command_state, key)
        except FeedAway:
            return state
        if newer is not None and given is not None and newer.progress in _OVER:
            self._put(key, _Given(digest=given.digest, state=newer))
        return newer or state

    async def _check(self, command: Command, key: str, token: Token) -> None:
        """Refuse what may not be done, and write the refusal down.

        Raises:
            RequestRefused: It may not be done.
        """
        issue = self._pictures.newest
        if issue is None:
            raise Refused(problem(ProblemKind.NOT_READY), ((b"retry-after", b"2"),))
        refusal = self._refusal(command, token, issue.snapshot)
        if refusal is None:
            return
        entry = _entry(command.wish, key, token) | {"kind": str(refusal.kind)}
        await self._note("refused", entry)
        raise Refused(refusal)

    def _refusal(self, command: Command, token: Token, snapshot: Snapshot) -> Problem | None:
        """Return why a command may not be given. None if it may."""
        kind, served = command.command, self._feed.capabilities()
        if kind not in token.may:
            return problem(ProblemKind.FORBIDDEN, f"Your token may not {kind}.")
        if kind in NEEDS_PHONE and served.own_phones and not token.phone:
            return problem(ProblemKind.FORBIDDEN, "Your token has no phone.")
        refusal = self._refusal_of_target(command, token, snapshot)
        if refusal is not None:
            return refusal
        return None if kind in served.commands else problem(ProblemKind.UNSUPPORTED)

    def _refusal_of_target(
        self, command: Command, token: Token, snapshot: Snapshot
    ) -> Problem | None:
        """Return why it may not be done to this agent or caller. None if it may."""
        if command.command in _OWN_PHONE:
            return None
        view = self._pictures.seen_by(token.scope)
        # Who sees a part is not told whether there is such a one in the rest.
        unseen = problem(ProblemKind.NOT_FOUND) if token.scope.whole else _NOT_YOURS
        if command.command in OF_A_WAITING_CALL:
            call = snapshot.calls.get(CallId(command.call_id or ""))
            if call is None or not token.scope.sees_queue(call.queue_id):
                return unseen
            return None if call.answered_at is None else _NO_MORE_WAITING
        agent = snapshot.agents.get(AgentId(command.agent_id or ""))
        if agent is None or not view.sees_agent(agent.agent_id):
            return unseen
        return self._refusal_of_agent(command, token, agent, snapshot)

    def _refusal_of_agent(
        self, command: Command, token: Token, agent: Agent, snapshot: Snapshot
    ) -> Problem | None:
        if _reaches_beyond(command, token, agent, snapshot):
            return _NOT_YOURS
        if command.command in MONITORING and agent.agent_id in self._feed.capabilities().excluded:
            return _EXCLUDED
        if command.call_id is not None and command.call_id != agent.call_id:
            return problem(ProblemKind.CONFLICT, "It is another call by now.")
        return None

    def _meant(self, wish: Wish, token: Token) -> Wish:
        """Return a wish with the phone of who asks, and the call that the agent has now."""
        issue = self._pictures.newest
        agent = None if issue is None else issue.snapshot.agents.get(wish.agent_id)
        call_id = wish.call_id
        if call_id is None and wish.kind in _INTO_A_CALL and agent is not None:
            call_id = agent.call_id
        return replace(wish, call_id=call_id, phone=token.phone)

    async def _pass_on(self, wish: Wish, key: str, digest: str, token: Token) -> CommandState:
        entry = _entry(wish, key, token) | {"digest": digest}
        try:
            # Who wants silence gets it, though that cannot be written down.
            await self._note("passed", entry, needed=wish.kind is not WishKind.END)
            state = await self._hands.commands(self._feed.command, wish, key, token.name)
        except Refused:
            self._given.pop(key, None)
            raise
        except KeyUsed as error:
            # Another replica was told so under it, at the same moment.
            await self._note("not_passed", {"key": key})
            self._given.pop(key, None)
            raise Refused(problem(ProblemKind.CONFLICT)) from error
        except FeedAway as error:
            await self._note("not_passed", {"key": key})
            self._given.pop(key, None)
            raise Refused(
                problem(ProblemKind.NOT_READY, "Nobody could be asked; nothing was done."),
                ((b"retry-after", b"2"),),
            ) from error
        except Exception:
            # Nobody can say whether it was passed on.
            self._put(key, _Given(digest=digest, state=_unknown(key)))
            raise
        self._put(key, _Given(digest=digest, state=state))
        self._limit(wish, key, token, state)
        if state.progress is CommandProgress.PENDING:
            self._follow(key)
        else:
            await self._note_answer(state)
        return state

    def _limit(self, wish: Wish, key: str, token: Token, state: CommandState) -> None:
        """See that a monitoring is ended in time, though its owner does not end it."""
        if wish.kind is not WishKind.END and wish.kind not in MONITORING:
            return
        if state.progress is CommandProgress.REFUSED:
            return
        if wish.kind is WishKind.END and state.progress is not CommandProgress.DONE:
            return  # it may last
        before = self._limits.pop(token.token_id, None)
        if before is not None:
            before.cancel()
        if wish.kind in MONITORING:
            in_time = self._ended_in_time(wish, key, token)
            self._limits[token.token_id] = asyncio.create_task(in_time)

    async def _ended_in_time(self, begun: Wish, key: str, token: Token) -> None:
        by = await self._lasted(token)
        wish = Wish(kind=WishKind.END, agent_id=begun.agent_id, phone=begun.phone)
        for number in range(1, _ENDINGS + 1):
            more = "" if number == 1 else f"-{number}"
            if await self._ended(wish, f"{key}-limit{more}", token, by):
                break
            await asyncio.sleep(_END_AGAIN_S)
        self._limits.pop(token.token_id, None)

    async def _lasted(self, token: Token) -> str:
        """Wait until a monitoring may last no longer, and return why: a word for the journal."""
        loop = asyncio.get_running_loop()
        until_s = loop.time() + self._feed.capabilities().limit.total_seconds()
        while (left_s := until_s - loop.time()) > 0:
            if not self._tokens.holds(token.token_id, self._clock.now()):
                return "right"
            await asyncio.sleep(min(left_s, _HOLDS_S))
        return "limit"

    async def _ended(self, wish: Wish, key: str, token: Token, by: str) -> bool:
        """End a monitoring that nobody asks to end; return whether it is over."""
        entry = _entry(wish, key, token) | {"digest": wish_digest(wish), "by": by}
        await self._note("passed", entry)
        try:
            state = await self._hands.commands(self._feed.command, wish, key, token.name)
            if state.progress is CommandProgress.PENDING:
                await asyncio.sleep(_END_AGAIN_S)
                newer = await self._hands.commands(self._feed.command_state, key)
                state = state if newer is None else newer
        except (FeedAway, KeyUsed):
            await self._note("not_passed", {"key": key})
            return False
        await self._note_answer(state)
        return state.progress in _OVER and state.reason not in NOT_HEARD

    def _follow(self, key: str) -> None:
        """Look what becomes of a command, so that the journal has it though nobody asks."""
        task = asyncio.create_task(self._followed(key))
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def _followed(self, key: str) -> None:
        for _ in range(_LOOKS):
            await asyncio.sleep(_LOOK_S)
            given = self._given.get(key)
            if given is None:
                return
            state = await self._known(given, key)
            if state is not None and state.progress is not CommandProgress.PENDING:
                self._put(key, _Given(digest=given.digest, state=state))
                await self._note_answer(state)
                return

    async def _note_answer(self, state: CommandState) -> None:
        entry = {"key": state.key, "state": str(state.progress), "reason": state.reason}
        await self._note("answered", entry)

    async def _note(
        self, what: str, entry: Mapping[str, str | int | None], *, needed: bool = False
    ) -> None:
        now = self._clock.now().wall
        try:
            await self._hands.journal(self._journal.note, now, what, entry)
        except (JournalUnusable, FeedAway) as error:
            if needed:
                raise Refused(_NO_JOURNAL, ((b"retry-after", b"10"),)) from error

    def _put(self, key: str, given: _Given) -> None:
        self._given[key] = given
        self._given.move_to_end(key)
        if len(self._given) > _MOST_REMEMBERED:
            self._given.popitem(last=False)

    def _remember(self) -> None:
        """Know again what was passed on before this process began."""
        for entry in self._journal.entries(3 * _MOST_REMEMBERED):
            key = str(entry.get("key"))
            match entry.get("what"):
                case "passed":
                    state = _unknown(key)
                    self._put(key, _Given(digest=str(entry.get("digest")), state=state))
                case "answered":
                    self._remember_answer(key, entry)
                case "not_passed":
                    self._given.pop(key, None)
                case _:
                    pass

    def _remember_answer(self, key: str, entry: Mapping[str, object]) -> None:
        given = self._given.get(key)
        try:
            progress = CommandProgress(str(entry.get("state")))
        except ValueError:
            return
        if given is not None and progress is not CommandProgress.PENDING:
            state = CommandState(key=key, progress=progress, reason=str(entry.get("reason") or ""))
            self._put(key, _Given(digest=given.digest, state=state))


def key_of(token: Token, told_key: str) -> str:
    """Return the name of a command: of this token and this key, the same in every replica."""
    digest = sha256(f"{token.token_id}:{told_key}".encode()).hexdigest()[:32]
    return f"{token.token_id}-{digest}"


def _reaches_beyond(command: Command, token: Token, agent: Agent, snapshot: Snapshot) -> bool:
    """True if somebody would do something where he does not see."""
    scope, kind = token.scope, command.command
    if scope.queues is None:
        return False
    if command.queue_id is not None and command.queue_id not in scope.queues:
        return True
    if kind in _INTO_A_CALL:
        call = None if agent.call_id is None else snapshot.calls.get(CallId(agent.call_id))
        return call is None or call.queue_id not in scope.queues
    return (
        kind in _IN_QUEUES
        and command.queue_id is None
        and not scope.queues.issuperset(agent.queues)
    )


def _entry(wish: Wish, key: str, token: Token) -> dict[str, str | int | None]:
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


def _unknown(key: str) -> CommandState:
    return CommandState(key=key, progress=CommandProgress.UNKNOWN)
