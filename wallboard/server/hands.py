"""Threads for what may wait for a disk or a database, so that no wall waits for another's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from wallboard.server.feed import FeedAway

_MOST_WAITING: Final = 64

_Told = ParamSpec("_Told")
_Result = TypeVar("_Result")


class Hands:
    """A few threads for each kind of work. Used by the event loop's thread.

    Args:
        patience_s: After so long who asked is told that it does not go now; the thread goes on.
    """

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._facts = _Crew("facts", 4)
        self._history = _Crew("history", 2)
        self._commands = _Crew("commands", 4)
        self._journal = _Crew("journal", 1)

    async def facts(
        self, work: Callable[_Told, _Result], *told: _Told.args, **named: _Told.kwargs
    ) -> _Result:
        """Return what work on facts gives.

        Raises:
            FeedAway: It takes too long, or too many wait for it.
        """
        return await self._patient(self._facts.run(work, *told, **named))

    async def history(
        self, work: Callable[_Told, _Result], *told: _Told.args, **named: _Told.kwargs
    ) -> _Result:
        """Return what work on the history gives; raises as `facts` does."""
        return await self._patient(self._history.run(work, *told, **named))

    async def commands(
        self, work: Callable[_Told, _Result], *told: _Told.args, **named: _Told.kwargs
    ) -> _Result:
        """Return what came of a command, however long that takes: it cannot be taken back."""
        return await self._commands.run(work, *told, **named)

    async def journal(
        self, work: Callable[_Told, _Result], *told: _Told.args, **named: _Told.kwargs
    ) -> _Result:
        """Return when it is written."""
        return await self._journal.run(work, *told, **named)

    def close(self) -> None:
        """Begin nothing more."""
        for crew in (self._facts, self._history, self._commands, self._journal):
            crew.close()

    async def _patient(self, work: asyncio.Future[_Result]) -> _Result:
        try:
            return await asyncio.wait_for(work, self._patience_s)
        except TimeoutError as error:
            raise FeedAway("it takes too long") from error


class _Crew:
    """Some threads that do one kind of work."""

    def __init__(self, name: str, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=f"wallboard-{name}")
        self._waiting = 0

    def run(
        self, work: Callable[_Told, _Result], *told: _Told.args, **named: _Told.kwargs
    ) -> asyncio.Future[_Result]:
        """Begin it, and return where the result will be.

        Raises:
            FeedAway: Too many wait.
        """
        if self._waiting >= _MOST_WAITING:
            raise FeedAway("too many wait for it")
        self._waiting += 1
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(self._pool, lambda: work(*told, **named))
        future.add_done_callback(self._done)
        return future

    def close(self) -> None:
        """Begin nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _done(self, _future: object) -> None:
        self._waiting -= 1
