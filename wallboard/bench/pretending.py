"""A call center that only pretends, as the server sees it, and the server with it behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from starlette.applications import Starlette

from wallboard.api.picture import SourceWord
from wallboard.app import system_clock
from wallboard.domain.supervision import Wish
from wallboard.server.app import make_app
from wallboard.server.feed import (
    Capabilities,
    CommandState,
    Feed,
    FeedAway,
    Health,
    HistoryPage,
    Issue,
    Numbered,
)
from wallboard.server.journal import Journal
from wallboard.server.rights import Role
from wallboard.server.settings import ServerSettings
from wallboard.server.tokens import NewToken, TokenBook

LIVE: Final = SourceWord(state="live")


class PretendingFeed:
    """What all such sites have in common: nothing is over, and nothing can be commanded.

    Any thread may ask it.
    """

    def newest(self) -> Issue | None:
        """Return the newest picture."""
        raise NotImplementedError

    def facts(
        self, after: str | None, until: str | None, limit: int
    ) -> tuple[tuple[Numbered, ...], str, bool]:
        """Return none: nothing is over."""
        del after, until, limit
        return (), "0", False

    def history(self, begin: datetime, end: datetime, page: str | None, limit: int) -> HistoryPage:
        """Return none."""
        del begin, end, page, limit
        return HistoryPage()

    def command(self, wish: Wish, key: str, who: str) -> CommandState:
        """Refuse: the site only pretends."""
        del wish, key, who
        raise FeedAway("the site only pretends")

    def command_state(self, key: str) -> CommandState | None:
        """Return None: there are none."""
        del key
        return None

    def health(self) -> Health:
        """Return that all is well."""
        return Health(source=LIVE)

    def capabilities(self) -> Capabilities:
        """Return what little there is."""
        return Capabilities(
            server=("bench", "0"), site="Huge", zone="Asia/Tehran", poll=timedelta(seconds=1)
        )


@contextmanager
def made_app(
    feed: Feed, walls: int, settings: ServerSettings
) -> Iterator[tuple[Starlette, list[str]]]:
    """Make what answers for a site, and the tokens that walls sign in with.

    Its files are gone once the block is left.
    """
    with tempfile.TemporaryDirectory() as folder:
        tokens = TokenBook(Path(folder) / "tokens.json")
        said = [
            tokens.create(NewToken(name=f"wall {number}", role=Role.SUPERVISOR), now())[1]
            for number in range(walls)
        ]
        journal = Journal(Path(folder) / "journal", tokens.key())
        yield make_app(feed, tokens, journal, system_clock(), settings), said


def now() -> datetime:
    """Return the time: what the site pretends is true now."""
    return datetime.now(UTC)  # noqa: TID251 - as it says
