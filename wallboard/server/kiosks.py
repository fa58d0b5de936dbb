"""Which TVs there are and which of them is dark: each tells it of itself, supervisors are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from wallboard.api.kiosks import KioskSeen, KioskWord, kiosk_list_bytes, read_kiosk_word
from wallboard.api.problem import ProblemKind, problem
from wallboard.domain.clock import Clock, Moment
from wallboard.domain.value import value
from wallboard.server.asking import Answer, Ask, Refused, json_answer
from wallboard.server.rights import Role
from wallboard.server.settings import ServerSettings
from wallboard.server.tokens import Token

DARK_AFTER_S: Final = 30.0
FORGOTTEN_AFTER_S: Final = 14 * 86_400.0
MOST: Final = 500
"""So many TVs are known; a new one takes the place of the one that was silent longest."""
MOST_EACH: Final = 50
"""Of one token."""


@value
class _Known:
    name: str
    word: KioskWord
    seen: Moment


class Kiosks:
    """The TVs of one server. Used by the event loop's thread; nothing of it is kept on a disk."""

    def __init__(self, clock: Clock, settings: ServerSettings) -> None:
        self._clock = clock
        self._most = settings.largest_body
        self._patience_s = settings.patience.total_seconds()
        # By token, computer and kiosk: two computers that are set up alike tell the same id.
        self._known: dict[tuple[str, str, str], _Known] = {}

    async def tell(self, ask: Ask, token: Token) -> Answer:
        """Take what a TV says of itself; answer what is known of it."""
        word = read_kiosk_word(await ask.json_body(self._most, self._patience_s))
        now = self._clock.now()
        # The newest stand last: a row that is told again moves there.
        key = (token.token_id, word.host, word.id)
        self._known.pop(key, None)
        self._make_room(token.token_id)
        known = _Known(name=token.name, word=word, seen=now)
        self._known[key] = known
        return json_answer(200, kiosk_list_bytes(now.wall, (self._told(known, now),)))

    async def listed(self, _ask: Ask, token: Token) -> Answer:
        """Answer how all of them are; a screen is not told of others."""
        if token.role is Role.TV:
            raise Refused(problem(ProblemKind.FORBIDDEN))
        now = self._clock.now()
        for key, known in tuple(self._known.items()):
            if _age_s(known, now) > FORGOTTEN_AFTER_S:
                del self._known[key]
        rows = sorted(self._known.values(), key=_place)
        return json_answer(
            200, kiosk_list_bytes(now.wall, tuple(self._told(each, now) for each in rows))
        )

    def _make_room(self, token_id: str) -> None:
        mine = [key for key in self._known if key[0] == token_id]
        for key in mine[: max(0, len(mine) - MOST_EACH + 1)]:
            del self._known[key]
        while len(self._known) >= MOST:
            del self._known[next(iter(self._known))]

    @staticmethod
    def _told(known: _Known, now: Moment) -> KioskSeen:
        age_s = _age_s(known, now)
        return KioskSeen(
            name=known.name,
            # By the clock that nobody sets, told by the one that people read.
            seen=now.wall - timedelta(seconds=age_s),
            dark=age_s > DARK_AFTER_S,
            word=known.word,
        )


def _place(known: _Known) -> tuple[str, str, str]:
    return known.name, known.word.host, known.word.id


def _age_s(known: _Known, now: Moment) -> float:
    return max(0.0, now.steady_s - known.seen.steady_s)
