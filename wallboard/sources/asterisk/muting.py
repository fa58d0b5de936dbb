"""Whether anybody hears the phones that whisper: muted from the answer on, heard while held.

The rules, in prose:

* A phone is believed to be muted only when the server has said so of that very channel.
* What could not be muted again, because the connection was lost, is muted as soon as it is back.
* Nobody is heard for longer than a minute by one press: a window that hangs lets nobody go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from wallboard.domain.supervision import Wish, WishKind
from wallboard.sources.asterisk import actions
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.exchange import Exchange, why_refused
from wallboard.sources.asterisk.ringing import Held
from wallboard.sources.asterisk.spies import Spies
from wallboard.sources.asterisk.why_not import NOT_MUTED, NOT_WHISPERING, OTHER_CALL, NotDone

HELD_AT_MOST_S: Final = 60.0


@dataclass(slots=True)
class Muting:
    """The phones of one connection that whisper.

    Attributes:
        cannot: True if the server has said that it mutes nobody.
    """

    exchange: Exchange
    spies: Spies
    cannot: bool = False
    _heard_since: dict[str, float] = field(default_factory=dict)
    _to_mute: set[str] = field(default_factory=set)

    def begin(self, channel_id: str, then: Callable[[], None]) -> None:
        """Ask whether a phone that was answered is muted; `then` is called when that is known.

        Raises:
            SourceError: The connection is lost.
        """

        def told(answer: Message, _rows: Sequence[Message]) -> None:
            why = why_refused(answer)
            if not why:
                self.spies.muted[channel_id] = True
            elif why == NOT_MUTED:
                self.cannot = True
            then()

        self.exchange.send(actions.mute(channel_id, muted=True), told)

    def do(self, wish: Wish, channel_id: str | None, held: Held | None) -> None:
        """Let a phone be heard, or mute it again.

        Raises:
            NotDone: It does not whisper to that agent, or the server refused it.
            SourceError: The connection is lost, and nobody knows.
        """
        if channel_id is None or held is None or channel_id not in self.spies.muted:
            raise NotDone(NOT_WHISPERING)
        if wish.call_id not in (None, held.wish.call_id):
            raise NotDone(OTHER_CALL)
        talks = wish.kind is WishKind.TALK
        if talks:
            # From now on it may be heard, whatever comes of it.
            self._heard_since[channel_id] = self.exchange.now().steady_s
            self.spies.muted[channel_id] = False
        self.exchange.order(actions.mute(channel_id, muted=not talks))
        if not talks:
            self._is_muted(channel_id)

    def gone(self, channel_id: str) -> None:
        """The phone has hung up."""
        self._heard_since.pop(channel_id, None)
        self._to_mute.discard(channel_id)

    def lost(self) -> None:
        """The connection is lost: who was heard may still be."""
        self._to_mute |= self._heard_since.keys()
        self._heard_since.clear()
        self.cannot = False

    def settle(self, now_s: float) -> None:
        """Mute who was heard for too long, and who could not be muted.

        Raises:
            SourceError: The connection is lost.
        """
        late = {
            channel_id
            for channel_id, since_s in self._heard_since.items()
            if now_s - since_s >= HELD_AT_MOST_S
        }
        for channel_id in late | self._to_mute:
            self._heard_since.pop(channel_id, None)
            self._mute(channel_id)
        self._to_mute.clear()

    def due_in_s(self, now_s: float) -> float | None:
        """Return after how many seconds `settle` has something to do. None: it has nothing."""
        if self._to_mute:
            return 0.0
        if not self._heard_since:
            return None
        return max(0.0, min(self._heard_since.values()) + HELD_AT_MOST_S - now_s)

    def _mute(self, channel_id: str) -> None:
        def told(answer: Message, _rows: Sequence[Message]) -> None:
            if not why_refused(answer):
                self._is_muted(channel_id)

        self.exchange.send(actions.mute(channel_id, muted=True), told)

    def _is_muted(self, channel_id: str) -> None:
        self._heard_since.pop(channel_id, None)
        if channel_id in self.spies.muted:
            self.spies.muted[channel_id] = True
