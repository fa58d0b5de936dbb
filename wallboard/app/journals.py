"""Where the journals of commands are, this desktop's and a server's, and what verifies each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wallboard.app.journal_heads import DESK_HEAD, SERVER_HEAD, JournalHeads
from wallboard.app.supervision_journal import journal_file, key_file, read_key
from wallboard.domain.value import value
from wallboard.server.journal import JournalUnusable
from wallboard.server.tokens import TokenBook, TokensUnusable
from wallboard.settings.paths import Places

_SERVER: Final = "server"


@value
class JournalPlace:
    """One journal.

    Attributes:
        key_file: Of its chain: a file of a key alone, or of tokens.
        heads: Where its end is noted. None if that is not known.
    """

    file: Path
    key_file: Path
    heads: JournalHeads | None = None

    def key(self) -> bytes:
        """Return the key of its chain.

        Raises:
            JournalUnusable: There is none, or it cannot be read.
        """
        if self.key_file.suffix != ".json":
            return read_key(self.key_file)
        if not self.key_file.exists():
            raise JournalUnusable(f"{self.key_file.name}: it is not there")
        try:
            return TokenBook(self.key_file).key()
        except TokensUnusable as error:
            raise JournalUnusable(str(error)) from error


def server_journal(places: Places) -> Path:
    """Return where the journal of what is served from here is."""
    return places.data / _SERVER / "journal.jsonl"


def tokens_file(places: Places) -> Path:
    """Return where the tokens are by which walls sign in, and the key of the server's journal."""
    return places.data / _SERVER / "tokens.json"


def journal_place(
    places: Places, *, server: bool = False, file: Path | None = None, key: Path | None = None
) -> JournalPlace:
    """Return the journal that is meant.

    Args:
        server: True for that of what is served from here.
        file: One that is somewhere else.
        key: Of the chain. None: what is beside the journal.
    """
    if file is not None:
        return JournalPlace(file=file, key_file=key or _key_beside(file))
    if server:
        heads = JournalHeads(places, SERVER_HEAD)
        return JournalPlace(
            file=server_journal(places), key_file=key or tokens_file(places), heads=heads
        )
    own = journal_file(places)
    heads = JournalHeads(places, DESK_HEAD)
    return JournalPlace(file=own, key_file=key or key_file(own), heads=heads)


def _key_beside(file: Path) -> Path:
    tokens = file.with_name("tokens.json")
    return tokens if tokens.exists() else key_file(file)
