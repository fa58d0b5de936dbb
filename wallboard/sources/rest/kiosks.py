"""Tells a server how a TV is that shows what the server tells, and asks it how all of them are."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Final

from wallboard.api.kiosks import KioskList, KioskWord, kiosk_word_bytes, read_kiosk_list
from wallboard.api.protocol import KIOSKS
from wallboard.domain.clock import Clock
from wallboard.domain.errors import WallboardError
from wallboard.domain.source import Told
from wallboard.sources.rest.client import Answer, Client
from wallboard.sources.rest.settings import account_of

LIMIT: Final = timedelta(seconds=8)


class NoKiosksThere(WallboardError):
    """The server knows no TVs: it is somebody else's, or an older one. To ask soon is no use."""


class KioskDoor:
    """The TVs of one server. Used by one thread."""

    def __init__(self, told: Told, clock: Clock) -> None:
        """Prepare; touches no network.

        Raises:
            SourceRefused: A field cannot be used.
            NoKiosksThere: A mapping reads this API: it is not ours.
        """
        account = account_of(told)
        if account.mapping:
            raise NoKiosksThere("a mapping")
        self._client = Client(account, clock)

    def tell(self, word: KioskWord) -> None:
        """Tell how a TV is.

        Raises:
            SourceError, NotSent: It was not told.
            NoKiosksThere: The server does not want to know.
        """
        self._client.begin(LIMIT)
        _taken(self._client.post(KIOSKS, kiosk_word_bytes(word)))

    def listed(self) -> KioskList:
        """Return how all of them are.

        Raises:
            SourceError: That cannot be asked, or not by this account.
            NoKiosksThere: The server does not know.
        """
        self._client.begin(LIMIT)
        return read_kiosk_list(_taken(self._client.get(KIOSKS)).body)

    def close(self) -> None:
        """Let go of the connection. May be called more than once."""
        self._client.close()


def _taken(answer: Answer) -> Answer:
    if answer.status != HTTPStatus.OK:
        raise NoKiosksThere(str(answer.status))
    return answer
