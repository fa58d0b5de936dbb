"""What is asked of Wallboard's own API, address by address, and what the answers mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Final

from wallboard.api.capabilities import Capabilities, read_capabilities
from wallboard.api.commands import CommandState, command_bytes, command_of, read_command_state
from wallboard.api.facts import FactsPage, read_facts
from wallboard.api.picture import PictureReader, Taken
from wallboard.api.problem import read_problem
from wallboard.api.protocol import (
    AS_OF_HEADER,
    CAPABILITIES,
    COMMANDS,
    FACTS,
    HISTORY,
    KEY_HEADER,
    SNAPSHOT,
    read_time,
    time_text,
)
from wallboard.domain.errors import SourceError
from wallboard.domain.supervision import Wish
from wallboard.sources.rest import refusals
from wallboard.sources.rest.client import Answer, Client

FACTS_AT_ONCE: Final = 1_000
MOST_PAGES: Final = 200
"""Of one telling: who always has more never ends."""

_UNSUPPORTED: Final = frozenset(
    {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
)


class NotSupported(Exception):
    """This server does not have this address."""


class CommandRefused(Exception):
    """The server does not do what a supervisor asked; the message is its reason."""


class CursorGone(Exception):
    """This server does not know any more what followed."""


class Conversation:
    """One talk with a server. Used by one thread; the deadline is the client's."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._reader = PictureReader()
        # What the server calls its last answer. None if the next one must be whole.
        self._tag: str | None = None
        self._blind_tags = False

    def capabilities(self) -> Capabilities:
        """Return what the server can do.

        Raises:
            NotSupported: It does not tell.
            SourceError: There is no answer that can be read.
        """
        return read_capabilities(self._supported(self._client.get(CAPABILITIES)).body)

    def picture(self) -> Taken:
        """Return the picture; of a server that knows versions, only what changed is sent.

        Raises:
            SourceError: There is none.
        """
        version = self._reader.version
        params = {} if version is None else {"since": version}
        headers = {} if self._tag is None else {"If-None-Match": self._tag}
        answer = self._client.get(SNAPSHOT, params, headers)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            as_of = read_time(answer.headers.get(AS_OF_HEADER, ""))
            if as_of is not None:
                return self._reader.renew(as_of)
            # It does not tell whether it still watches: from now on it is asked for everything.
            self._blind_tags = True
            answer = self._client.get(SNAPSHOT)
        self._tag = None
        if answer.status != HTTPStatus.OK:
            self._reader.forget()
            raise self._no_picture(answer)
        taken = self._reader.read(answer.body)
        if taken.version is not None and not self._blind_tags:
            self._tag = answer.headers.get("ETag")
        return taken

    def forget(self) -> None:
        """Let the next picture be whole."""
        self._reader.forget()
        self._tag = None

    def cursor(self) -> str | None:
        """Return the end of the facts. None if the server has no cursors.

        Raises:
            NotSupported: There are no facts.
            SourceError: There is no answer that can be read.
        """
        return read_facts(self._supported(self._client.get(FACTS)).body).next

    def facts(self, after: str, until: str | None) -> FactsPage:
        """Return what follows a cursor, up to another one or the end; not all of it at once.

        Raises:
            NotSupported: There are no facts.
            CursorGone: Nobody knows what followed.
            SourceError: There is no answer that can be read.
        """
        params = {"after": after, "limit": str(FACTS_AT_ONCE)}
        if until is not None:
            params["until"] = until
        answer = self._client.get(FACTS, params)
        if answer.status == HTTPStatus.GONE:
            raise CursorGone
        return read_facts(self._supported(answer).body)

    def history(self, begin: datetime, end: datetime) -> Iterator[FactsPage]:
        """Yield what is known of a time, page by page.

        Raises:
            NotSupported: Nothing is told of the past.
            SourceError: There is no answer that can be read.
        """
        params = {
            "from": time_text(begin),
            "to": time_text(end),
            "limit": str(FACTS_AT_ONCE),
        }
        for _ in range(MOST_PAGES):
            page = read_facts(self._supported(self._client.get(HISTORY, params)).body)
            yield page
            if page.next_page is None or page.next_page == params.get("page"):
                return
            params["page"] = page.next_page
        raise refusals.unreadable("it has no end")

    def command(self, wish: Wish, key: str) -> CommandState:
        """Ask for what a supervisor wants, once.

        Args:
            key: Whoever asks under the same key asks for the same thing.

        Raises:
            NotSent: It was not asked.
            NotSupported: The server takes no commands.
            CommandRefused: It is not done.
            SourceError: It may have been done.
        """
        answer = self._client.post(COMMANDS, command_bytes(command_of(wish)), {KEY_HEADER: key})
        if answer.status in _UNSUPPORTED:
            raise NotSupported
        if answer.status >= HTTPStatus.BAD_REQUEST:
            problem = read_problem(answer.body, answer.status)
            said = "" if problem is None else problem.detail or problem.title
            raise CommandRefused(refusals.cut(said) or refusals.status_words(answer.status))
        return read_command_state(answer.body)

    def command_state(self, number: str) -> CommandState:
        """Return how far a command is.

        Raises:
            NotSupported: The server does not know it.
            SourceError: There is no answer that can be read.
        """
        answer = self._client.get(f"{COMMANDS}/{number}")
        return read_command_state(self._supported(answer).body)

    def _supported(self, answer: Answer) -> Answer:
        if answer.status in _UNSUPPORTED:
            raise NotSupported
        if answer.status >= HTTPStatus.BAD_REQUEST or answer.status == HTTPStatus.NOT_MODIFIED:
            raise self._no_answer(answer)
        return answer

    def _no_picture(self, answer: Answer) -> SourceError:
        if answer.status in _UNSUPPORTED:
            words = refusals.status_words(answer.status)
            return refusals.not_ours(self._client.origin, f"{words}: {SNAPSHOT}")
        return self._no_answer(answer)

    def _no_answer(self, answer: Answer) -> SourceError:
        problem = read_problem(answer.body, answer.status)
        said = "" if problem is None else problem.detail or problem.title
        return refusals.status_refused(self._client.origin, answer.status, said, None)
