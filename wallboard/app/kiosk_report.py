"""Tells the server that a kiosk is shown by how its boards are, so that supervisors see it too."""

from __future__ import annotations

import platform
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from wallboard import VERSION
from wallboard.api.kiosks import (
    MOST_BOARDS,
    BoardState,
    KioskBoard,
    KioskList,
    KioskSeen,
    KioskWord,
)
from wallboard.api.protocol import cut
from wallboard.domain.clock import Clock
from wallboard.runtime.kiosk_records import KioskRecord, drawn_state
from wallboard.runtime.kiosk_wire import Beat, BoardBeat, KioskLaunch
from wallboard.runtime.opening import Opening, by_our_server
from wallboard.sources.rest.kiosks import KioskDoor, NoKiosksThere

EVERY_S: Final = 10.0
AGAIN_S: Final = 300.0
"""So long a server that does not want to know is left in peace: it may be an older one, or for a
moment somebody else in its place."""
_LOOK_S: Final = 2.0


class Reporter:
    """Tells it in a thread of its own: the network may hang.

    It tells what the heart beat last: at once what is another than before, and the same again
    every ten seconds. Of a heart that stands still it tells nothing, and the
    server sees that as well.
    """

    def __init__(
        self,
        last: Callable[[], Beat | None],
        door: Callable[[], KioskDoor],
        word: Callable[[Beat], KioskWord],
        *,
        every_s: float = EVERY_S,
        again_s: float = AGAIN_S,
    ) -> None:
        """Prepare.

        Args:
            last: Returns the last beat; another object each time that the heart beats.
            door: Makes the way to the server, in the thread.
            word: Says it in the server's language.
        """
        self._last = last
        self._door = door
        self._word = word
        self._every_s = every_s
        self._again_s = again_s
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="report", daemon=True)

    def start(self) -> None:
        """Begin. May be called once."""
        self._thread.start()

    def stop(self) -> None:
        """Tell nothing more."""
        self._ended.set()

    def _run(self) -> None:
        try:
            door = self._door()
        except Exception:  # noqa: BLE001 - the board itself says what is wrong with the connection
            return
        seen: Beat | None = None
        told: KioskWord | None = None
        waited_s = 0.0
        look_s = min(_LOOK_S, self._every_s)
        while not self._ended.wait(look_s):
            waited_s += look_s
            beat = self._last()
            if beat is None or beat is seen:
                continue
            seen, word = beat, self._word(beat)
            if word == told and waited_s < self._every_s:
                continue
            told, waited_s = word, 0.0
            try:
                door.tell(word)
            except NoKiosksThere:
                told = None
                self._ended.wait(self._again_s)
            except Exception:  # noqa: BLE001, S112 - the next one is told; the board says the rest
                continue
        with suppress(Exception):
            door.close()


def reporter_of(
    opening: Opening, launch: KioskLaunch, clock: Clock, last: Callable[[], Beat | None]
) -> Reporter | None:
    """Return what tells the server of a connection. None: there is none that wants to know."""
    if not by_our_server(opening.kind, opening.told):
        return None
    told = dict(opening.told)
    return Reporter(last, lambda: KioskDoor(told, clock), lambda beat: word_of(beat, launch))


def word_of(beat: Beat, launch: KioskLaunch) -> KioskWord:
    """Return how a kiosk is as the server is told it: no path of this machine, no person."""
    return KioskWord(
        id=Path(launch.folder).name or "kiosk",
        boards=tuple(_board(each, beat) for each in beat.boards[:MOST_BOARDS]),
        host=cut(platform.node()),
        version=VERSION,
        restarts=launch.restarts,
        safe=launch.safe,
    )


def elsewhere(listed: KioskList, here: Iterable[KioskRecord]) -> Iterator[KioskSeen]:
    """Yield those of a server's TVs that are not known from files of this machine already."""
    host, known = cut(platform.node()), {record.key for record in here}
    for seen in listed.kiosks:
        if seen.word.host != host or seen.word.id not in known:
            yield seen


def _board(board: BoardBeat, beat: Beat) -> KioskBoard:
    return KioskBoard(
        state=BoardState(drawn_state(board, beat.freshness)),
        title=cut(board.title or Path(board.file).stem),
        screen=cut(board.screen),
        scene=cut(board.scene),
    )
