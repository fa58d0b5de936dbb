"""Commands: whether one may be given, written down before it is passed on, and what came of it.

The rules, in prose:

* What is not allowed is denied, and the denial is in the journal.
* A command is in the journal, on the disk, before it is passed on. If it cannot be written there,
  it is not passed on, nor if that took so long that nobody can want it any more. To end a
  monitoring, or to mute who whispers, is always possible, and waits for no disk that hangs.
* One key of one token is one command. The same again is answered as before; another one under the
  same key is refused. After a crash, a command that may have been passed on is not passed on again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Final

from wallboard.api.commands import Command
from wallboard.api.problem import ProblemKind, problem
from wallboard.domain.clock import Clock
from wallboard.domain.supervision import NEVER_HELD_UP, Wish
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
from wallboard.server.lasting import OVER, Ground, Lasting, answer_of, entry_of
from wallboard.server.permitting import INTO_A_CALL, refusal_of
from wallboard.server.scope import Pictures
from wallboard.server.tokens import Token, TokenBook

_MOST_REMEMBERED: Final = 10_000
_LOOK_S: Final = 0.5
_LOOKS: Final = 80
_NOTED_WITHIN_S: Final = 2.0
"""For a row that nothing hangs on it is waited so long; it is written when it can be."""
_WRITTEN_WITHIN_S: Final = 5.0
"""What waited longer than that for the disk is not passed on: it is not what is wanted now."""
_NO_JOURNAL: Final = problem(
    ProblemKind.NOT_READY, "The journal cannot be written, so nothing is done."
)


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
        self._journal = journal
        self._pictures = pictures
        self._hands = hands
        self._clock = clock
        self._given: OrderedDict[str, _Given] = OrderedDict()
        self._following: set[asyncio.Task[None]] = set()
        self._noting: set[asyncio.Task[bool]] = set()
        ground = Ground(
            feed=feed,
            hands=hands,
            pictures=pictures,
            tokens=tokens,
            clock=clock,
            note=self._note,
        )
        self._lasting = Lasting(ground)
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
        for task in self._following:
            task.cancel()
        self._lasting.close()

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
        if state is not None and state.progress in OVER:
            return state
        try:
            newer = await self._hands.commands(self._feed.command_state, key)
        except FeedAway:
            return state
        if newer is not None and given is not None and newer.progress in OVER:
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
        refusal = refusal_of(command, token, self._feed.capabilities(), self._pictures, issue)
        if refusal is None:
            return
        entry = entry_of(command.wish, key, token) | {"kind": str(refusal.kind)}
        await self._note("refused", entry)
        raise Refused(refusal)

    def _meant(self, wish: Wish, token: Token) -> Wish:
        """Return a wish with the phone of who asks, and the call that the agent has now."""
        issue = self._pictures.newest
        agent = None if issue is None else issue.snapshot.agents.get(wish.agent_id)
        call_id = wish.call_id
        if call_id is None and wish.kind in INTO_A_CALL and agent is not None:
            call_id = agent.call_id
        return replace(wish, call_id=call_id, phone=token.phone)

    async def _pass_on(self, wish: Wish, key: str, digest: str, token: Token) -> CommandState:
        entry = entry_of(wish, key, token) | {"digest": digest}
        try:
            # Who wants silence gets it, though that cannot be written down.
            await self._noted_first(wish, entry)
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
        self._lasting.passed(wish, key, token, state)
        if state.progress is CommandProgress.PENDING:
            self._follow(key)
        else:
            await self._note_answer(state)
        return state

    async def _noted_first(self, wish: Wish, entry: Mapping[str, str | int | None]) -> None:
        """Write down what is to be passed on.

        Raises:
            RequestRefused: It is not to be passed on now: it was not written, or too late.
        """
        silence = wish.kind in NEVER_HELD_UP
        loop = asyncio.get_running_loop()
        begun_s = loop.time()
        await self._note("passed", entry, needed=not silence)
        if not silence and loop.time() - begun_s > _WRITTEN_WITHIN_S:
            await self._note("not_passed", {"key": entry["key"]})
            raise Refused(_NO_JOURNAL, ((b"retry-after", b"10"),))

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
        await self._note("answered", answer_of(state))
        await self._lasting.answered(state)

    async def _note(
        self, what: str, entry: Mapping[str, str | int | None], *, needed: bool = False
    ) -> None:
        task = asyncio.create_task(self._write(what, entry))
        self._noting.add(task)
        task.add_done_callback(self._noting.discard)
        # A row that was begun is written to its end, whoever waits for it.
        done, _ = await asyncio.wait((task,), timeout=None if needed else _NOTED_WITHIN_S)
        written = all(each.result() for each in done)
        if needed and not written:
            raise Refused(_NO_JOURNAL, ((b"retry-after", b"10"),))

    async def _write(self, what: str, entry: Mapping[str, str | int | None]) -> bool:
        """Write a row; return whether it is there."""
        now = self._clock.now().wall
        try:
            await self._hands.journal(self._journal.note, now, what, entry)
        except (JournalUnusable, FeedAway):
            return False
        return True

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


def _unknown(key: str) -> CommandState:
    return CommandState(key=key, progress=CommandProgress.UNKNOWN)
