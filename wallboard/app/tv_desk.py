"""Looks how the TVs are that show boards, on this computer and where the server knows them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from wallboard.api.kiosks import KioskList, KioskSeen
from wallboard.app.kiosk_report import elsewhere
from wallboard.domain.clock import Clock, Moment
from wallboard.domain.source import Told
from wallboard.domain.walls import TvState
from wallboard.runtime.errand import Errand
from wallboard.runtime.kiosk_records import KioskRecord, read_records
from wallboard.runtime.opening import Opening, by_our_server
from wallboard.settings.paths import Places
from wallboard.sources.rest.kiosks import KioskDoor
from wallboard.ui.pages.walls import WallsPage
from wallboard.ui.walls.tv_faces import TvFace

LOOK_MS: Final = 2000
ASK_S: Final = 10.0
"""So often a server is asked; each TV tells it as often."""
KEPT: Final = timedelta(days=14)
"""A TV that has been dark for longer is one that was taken down."""


class TvDesk(QObject):
    """Tells the page of boards how TVs are, while somebody looks at it. Lives on the main thread.

    A server that does not know, or does not tell this account, is asked again in its time, and
    nothing is said: the connection itself says what is wrong with it.
    """

    def __init__(
        self,
        opening: Callable[[], Opening | None],
        places: Places,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        """Prepare.

        Args:
            opening: Returns what the window shows; asked anew each time.
        """
        super().__init__(parent)
        self._opening = opening
        self._places = places
        self._clock = clock
        self._page: WallsPage | None = None
        self._errand: Errand | None = None
        self._asked: tuple[str, float] | None = None
        self._listed: tuple[KioskList, float] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def serve(self, page: QWidget) -> None:
        """Tell this page from now on.

        Raises:
            TypeError: It is another page.
        """
        if not isinstance(page, WallsPage):
            raise TypeError(page)
        self._page = page
        page.looked.connect(self.look)
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._drop()

    def look(self) -> None:
        """Look how they are now, and have the server asked if it is time."""
        page = self._page
        if page is None or not page.isVisible():
            return
        now = self._clock.now()
        served = self._served()
        name = "" if served is None else served.name
        if self._asked is not None and self._asked[0] != name:
            self._asked = self._listed = None
            self._drop()
        if served is not None and (self._asked is None or now.steady_s - self._asked[1] >= ASK_S):
            self._asked = (name, now.steady_s)
            self._ask(served.told)
        page.show_tvs(self._faces(now))

    def _served(self) -> Opening | None:
        opening = self._opening()
        if opening is None or not by_our_server(opening.kind, opening.told):
            return None
        return opening

    def _ask(self, told: Told) -> None:
        self._drop()
        fields, clock = dict(told), self._clock

        def listed() -> KioskList:
            with closing(KioskDoor(fields, clock)) as door:
                return door.listed()

        self._errand = Errand(listed, self, name="tvs")
        self._errand.succeeded.connect(self._take)
        self._errand.failed.connect(self._miss)
        self._errand.start()

    def _take(self, listed: object) -> None:
        self._drop()
        if isinstance(listed, KioskList):
            self._listed = (listed, self._clock.now().steady_s)
        self.look()

    def _miss(self, _error: Exception) -> None:
        # What a server told that is silent now grows old; it is not held for how things are.
        self._drop()
        self._listed = None
        self.look()

    def _drop(self) -> None:
        errand, self._errand = self._errand, None
        if errand is not None:
            errand.stop()
            errand.deleteLater()

    def _faces(self, now: Moment) -> tuple[TvFace, ...]:
        records = read_records(self._places.kiosks)
        faces = [face for record in records for face in faces_here(record, now.wall.timestamp())]
        if self._listed is not None:
            listed, told_s = self._listed
            since = timedelta(seconds=now.steady_s - told_s)
            for seen in elsewhere(listed, records):
                faces.extend(faces_there(seen, listed, since))
        return tuple(face for face in faces if face.age is None or face.age < KEPT)


def faces_here(record: KioskRecord, now: float) -> list[TvFace]:
    """Return the boards of a kiosk of this computer; none if somebody ended it.

    Args:
        now: Seconds since 1970.
    """
    age = record.age_s(now)
    found = []
    for board in record.boards or (None,):
        state = record.state(board, now)
        if state is TvState.ENDED:
            continue
        title = "" if board is None else board.title or Path(board.file).stem
        found.append(
            TvFace(
                title=title or record.name,
                place="" if board is None else board.screen,
                state=state,
                age=None if age is None else timedelta(seconds=age),
                safe=record.safe,
            )
        )
    return found


def faces_there(seen: KioskSeen, listed: KioskList, since: timedelta) -> list[TvFace]:
    """Return the boards of a TV that a server knows.

    Args:
        since: So long ago it was told.
    """
    word = seen.word
    age = listed.as_of - seen.seen + since
    return [
        TvFace(
            title=board.title or seen.name,
            place=word.host or board.screen,
            state=TvState.DARK if seen.dark else TvState(board.state),
            age=max(timedelta(), age),
            safe=word.safe,
        )
        for board in word.boards
    ]
