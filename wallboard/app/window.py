"""The window and what is behind it, put together: boards in, wishes out, settings kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from wallboard.app.alert_outlet import AlertOutlet
from wallboard.app.alerts import AlertDesk
from wallboard.app.clock import system_clock, zone_called
from wallboard.app.ends import Ends
from wallboard.app.histories import PassingHistory, history_opener
from wallboard.app.looks import look_by, wording_by
from wallboard.app.own_fonts import use_own_fonts, use_own_icon
from wallboard.app.saved import decided, opening_of, why_not_opened
from wallboard.app.watcher import watcher_of
from wallboard.domain.clock import Clock
from wallboard.domain.measuring import WorkPlan
from wallboard.domain.snapshot import QueueId
from wallboard.domain.source import SourceKind
from wallboard.engine.board import Board
from wallboard.engine.windows import WindowKind
from wallboard.runtime.errand import Errand
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import process_command
from wallboard.runtime.spare_time import SpareTime
from wallboard.settings.connections import recalled
from wallboard.settings.file import SettingsFile, SettingsNotSaved
from wallboard.settings.model import Language, Profile, Settings, Theme, system_language
from wallboard.settings.paths import Places
from wallboard.settings.secrets import remember
from wallboard.sources.registry import KindUnknown, KindUnusable, kind, source_kinds
from wallboard.storage.history import History
from wallboard.ui.main_window import MainWindow
from wallboard.ui.screen_room import fit
from wallboard.ui.wording import Wording

_FIRST: Final = "asterisk"
"""The key of the kind that is offered first."""
_NO_SCREEN: Final = frozenset({"offscreen", "minimal"})


def run(
    opening: Opening | None,
    *,
    demo: Opening,
    settings: Settings,
    places: Places,
    language: str,
    start: str | None = None,
) -> int:
    """Show the window until it is closed; see `wallboard.app.windowed.run_window`."""
    application = QApplication.instance() or QApplication(["wallboard"])
    use_own_fonts()
    use_own_icon()
    ends = Ends(application.quit)
    clock = system_clock()
    spare_time = SpareTime(clock)
    spare_time.start()
    window = MainWindow(look_by(settings, language))
    desk = _Desk(window, clock, demo=demo, settings=settings, places=places, language=language)
    profile = None if start is None else settings.profile(start)
    if opening is not None:
        desk.open(opening)
    elif profile is not None:
        desk.open_saved(profile)
    else:
        window.show_first_run()
    if QGuiApplication.platformName() not in _NO_SCREEN:
        fit(window, window.screen().availableSize())
    window.show()
    try:
        return application.exec()
    finally:
        desk.close()
        spare_time.stop()
        ends.close()


class _Stoppable(Protocol):
    """What is under way and can be ended."""

    def stop(self) -> None: ...

    def deleteLater(self) -> None: ...  # noqa: N802 - Qt's name


class _Outage(Protocol):
    """What can make the demo's call center unreachable for a while."""

    def begin(self) -> None: ...

    def close(self) -> None: ...


class _SettingsServer(Protocol):
    """What serves the page of settings."""

    def show(self) -> None: ...

    def settle(self) -> None: ...


class _WallServer(Protocol):
    """What serves the page of TVs' boards."""

    def show(self) -> None: ...

    def begin(self) -> None: ...


class _ReportsServer(Protocol):
    """What serves the page of reports."""

    def serve(self, page: QWidget) -> None: ...

    def decide(self) -> None: ...

    def forget(self) -> None: ...

    def close(self) -> None: ...


class _PageServer(Protocol):
    """What tells pages of the past."""

    def serve(self, page: QWidget) -> None: ...

    def forget(self) -> None: ...


class _Supervisor(Protocol):
    """What takes what a supervisor asks for."""

    def serve(
        self, live: LiveBoard, opening: Opening, settings: Settings, wording: Wording
    ) -> None: ...

    def decide(self, settings: Settings, wording: Wording) -> None: ...

    def forget(self) -> None: ...


class _Desk(QObject):
    """Does what the window wishes for."""

    def __init__(
        self,
        window: MainWindow,
        clock: Clock,
        *,
        demo: Opening,
        settings: Settings,
        places: Places,
        language: str,
    ) -> None:
        super().__init__()
        self._window = window
        self._demo = demo
        self._settings = settings
        self._file = SettingsFile(places.settings_file)
        self._language = language
        self._clock = clock
        self._live: LiveBoard | None = None
        self._outage: _Outage | None = None
        self._site: _SettingsServer | None = None
        self._walls: _WallServer | None = None
        self._tvs: _Stoppable | None = None
        self._opening: Opening | None = None
        self._explainer: _Stoppable | None = None
        self._page_history: _PageServer | None = None
        self._reports: _ReportsServer | None = None
        self._passing = PassingHistory()
        self._connecting: _Stoppable | None = None
        self._recalling: Errand | None = None
        self._asking: QDialog | None = None
        # A saved connection on its way to the screen, and one that did not get there.
        self._wanted: tuple[Profile, SourceKind] | None = None
        self._failed: Profile | None = None
        self._places = places
        window.demo_requested.connect(self._open_demo)
        window.connect_requested.connect(self._connect_another)
        window.outage_requested.connect(self._begin_outage)
        window.language_requested.connect(self._change_language)
        window.theme_requested.connect(self._change_theme)
        self._alerts = AlertDesk(places, self)
        self._outlet = AlertOutlet(window, places, clock)
        self._alerts.subject_wanted.connect(self._show_subject)
        window.alert_wished.connect(self._alerts.handle)
        self._supervision: _Supervisor | None = None
        window.refresh_requested.connect(self._refresh)
        window.window_requested.connect(self._choose_window)
        window.explanation_wanted.connect(self._explain)
        window.guide_wanted.connect(self._tell_guide)
        window.page_made.connect(self._serve_page)
        window.kiosk_requested.connect(self._begin_wall)
        window.closing.connect(self.close)

    def open(self, opening: Opening) -> None:
        """Show another board, and let go of the one before."""
        self._let_go()
        opening = decided(opening, self._settings)
        if opening.demo:
            opening = self._with_outages(opening)
        self._opening = opening
        source = kind(opening.kind)
        live = LiveBoard(
            opening=opening,
            poll=source.pace(opening.told),
            zone=zone_called(opening.zone),
            clock=self._clock,
            command=process_command(),
            open_history=self._opener(opening),
            past=None if source.past is None else partial(source.past, opening.told),
            watcher=watcher_of(opening, self._places, self._outlet.outbox),
            parent=self,
        )
        self._live = live
        self._alerts.serve(live, opening)
        live.board_changed.connect(self._supervise)
        self._outlet.follow(live, opening, self._settings, self._wording())
        live.board_changed.connect(self._window.show_board)
        self._window.show_board(live.board, self._clock.now())
        live.start()
        self._show_settings()

    def open_saved(self, profile: Profile) -> None:
        """Show a saved connection, or the first page with the reason why not."""
        self._let_go()
        try:
            source = kind(profile.kind)
        except (KindUnknown, KindUnusable) as error:
            self._give_up(profile, error)
            return
        self._wanted = (profile, source)
        # The window stands while the keyring answers.
        zone = zone_called(profile.zone or self._settings.zone)
        board = Board(name=profile.name, zone=zone, poll=source.pace(profile.fields))
        self._window.show_board(board, self._clock.now())
        places = self._places
        self._recalling = Errand(lambda: recalled(profile, source, places, os.environ), self)
        self._recalling.succeeded.connect(self._take_secrets)
        self._recalling.failed.connect(self._miss_secrets)
        self._recalling.start()

    def close(self) -> None:
        """End what is behind the window. May be called more than once."""
        if self._connecting is not None:
            self._connecting.stop()
            self._connecting = None
        if self._site is not None:
            self._site.settle()
        if self._reports is not None:
            self._reports.close()
        if self._tvs is not None:
            self._tvs.stop()
        self._let_go()

    def _opener(self, opening: Opening, *, reading: bool = False) -> Callable[[], History]:
        if opening.demo:
            return self._passing.opener(reading=reading)
        return history_opener(opening.name, self._settings, self._places, reading=reading)

    def _choose_window(self, window: WindowKind) -> None:
        if self._live is not None:
            self._live.choose_window(window)

    def _explain(self, key: str, queue_id: QueueId | None) -> None:
        """Tell what a figure rests on; the calls behind it are read in a thread of its own."""
        if self._live is None or self._opening is None:
            return
        if self._explainer is not None:
            self._explainer.stop()
            self._explainer.deleteLater()
        # start-up: who has a board to see does not wait for what answers clicks
        from wallboard.app.explaining import Explainer  # noqa: PLC0415 - start-up

        explainer = Explainer(self._opener(self._opening, reading=True), self)
        explainer.found.connect(self._window.show_explanation)
        explainer.missed.connect(self._window.show_no_explanation)
        self._explainer = explainer
        explainer.explain(self._live.board, self._clock.now(), key, queue_id, self._wording())

    def _tell_guide(self, language: str) -> None:
        # start-up: who looks at the board does not wait for what tells of it
        from wallboard.app.guide import guide_in  # noqa: PLC0415 - start-up

        self._window.show_guide(guide_in(language))

    def _supervise(self) -> None:
        """Take what a supervisor asks for, once there is a picture: before it nothing may be."""
        live, opening = self._live, self._opening
        if live is None or opening is None or live.board.snapshot is None:
            return
        live.board_changed.disconnect(self._supervise)
        if self._supervision is None:
            # start-up: the first frame waits for nothing of this
            from wallboard.app.supervision_desk import SupervisionDesk  # noqa: PLC0415 - as told

            desk = SupervisionDesk(self._places, self._clock, self)
            desk.state_changed.connect(self._window.show_supervision)
            self._window.wish_asked.connect(desk.ask)
            self._supervision = desk
        self._supervision.serve(live, opening, self._settings, self._wording())

    def _serve_page(self, key: str, page: QWidget) -> None:
        """Do what a page that was made wishes for, or tell it of the past."""
        if key == "settings":
            self._serve_settings(page)
            return
        if key == "walls":
            self._serve_walls(page)
            return
        # start-up: the first page, which was made with the frame, wants nothing
        from wallboard.app.page_history import PageHistory, Standing  # noqa: PLC0415

        def standing() -> Standing | None:
            if self._live is None or self._opening is None:
                return None
            return Standing(
                board=self._live.board,
                now=self._clock.now(),
                open_history=self._opener(self._opening, reading=True),
                wording=self._wording(),
            )

        if key == "alerts":
            from wallboard.app.alert_page import AlertPageDesk  # noqa: PLC0415 - start-up

            desk = AlertPageDesk(page, standing, self._alerts)
            self._alerts.serve_page(desk)
            self._outlet.serve(desk.page)
            return
        if key == "reports":
            from wallboard.app.reports_page import ReportsDesk  # noqa: PLC0415 - start-up

            self._reports = ReportsDesk(standing, lambda: self._settings, self._places, self)
            self._reports.serve(page)
            return
        if self._page_history is None:
            self._page_history = PageHistory(standing, self._clock, self, do=self._do)
        self._page_history.serve(page)

    def _show_subject(self, kind: str, subject: str) -> None:
        """Show the queue or agent that an alert is about."""
        self._window.open_page(f"{kind}s", subject)

    def _do(self, errand: Callable[[History], bool]) -> None:
        """Have something done with the history of the board that is shown, if there is one."""
        if self._live is not None:
            self._live.do(errand)

    def _let_go(self) -> None:
        self._wanted = None
        if self._supervision is not None:
            self._supervision.forget()
        self._alerts.forget()
        self._outlet.forget()
        self._window.end_tour()
        if self._outage is not None:
            outage, self._outage = self._outage, None
            outage.close()
        for server in filter(None, (self._page_history, self._reports)):
            server.forget()
        if self._explainer is not None:
            self._explainer.stop()
            self._explainer.deleteLater()
            self._explainer = None
        if self._recalling is not None:
            self._recalling.stop()
            self._recalling.deleteLater()
            self._recalling = None
        if self._asking is not None:
            asking, self._asking = self._asking, None
            asking.rejected.disconnect(self._miss_secrets)
            asking.close()
            asking.deleteLater()
        if self._live is not None:
            live, self._live = self._live, None
            live.board_changed.disconnect(self._window.show_board)
            live.stop()
            live.deleteLater()
        self._opening = None
        self._passing.close()

    def _take_secrets(self, secrets: object) -> None:
        """Open the wanted connection with these secrets; ask for them if there are none."""
        if self._wanted is None:
            return
        profile, source = self._wanted
        if isinstance(secrets, dict):
            remember(secrets)
            self.open(opening_of(profile, source, secrets, self._settings))
            return
        fields = tuple(field for field in source.fields if field.secret)
        look = look_by(self._settings, self._language)
        from wallboard.ui.dialogs.secret_dialog import (  # noqa: PLC0415 - start-up
            SecretDialog,
        )

        asking = SecretDialog(look, profile.name, fields, self._window)
        asking.secret_told.connect(self._take_secrets)
        asking.rejected.connect(self._miss_secrets)
        self._asking = asking
        asking.open()

    def _miss_secrets(self, error: Exception | None = None) -> None:
        if self._wanted is not None:
            self._give_up(self._wanted[0], error)

    def _give_up(self, profile: Profile, error: Exception | None) -> None:
        self._let_go()
        self._failed = profile
        self._window.show_first_run(why_not_opened(profile, error, self._wording()))

    def _connect(self, profile: Profile | None = None) -> None:
        """Lead through connecting a system, what most have first.

        Args:
            profile: One that is saved, to be entered again. None: the one that failed, if any.
        """
        if self._connecting is not None:
            return
        found = source_kinds()
        kinds = {key: found[key] for key in sorted(found, key=lambda key: (key != _FIRST, key))}
        from wallboard.app.connecting import Connecting  # noqa: PLC0415 - start-up

        connecting = Connecting(
            look_by(self._settings, self._language),
            kinds,
            settings=self._settings,
            places=self._places,
            clock=self._clock,
            parent=self._window,
        )
        again = profile or self._failed
        if again is not None:
            connecting.fill(again)
        connecting.connected.connect(self._take_connection)
        connecting.ended.connect(self._end_connecting)
        self._connecting = connecting
        connecting.start()

    def _connect_another(self) -> None:
        self._connect()

    def _take_connection(self, opening: Opening, settings: Settings) -> None:
        self._failed = None
        # What is shown holds also where the file could not be written.
        kept = self._settings
        self._settings = replace(kept, profiles=settings.profiles, start=settings.start)
        self.open(opening)

    def _end_connecting(self) -> None:
        self._connecting = None

    def _open_demo(self) -> None:
        self.open(self._demo)
        self._window.show_tour()

    def _begin_outage(self) -> None:
        if self._outage is not None:
            self._outage.begin()

    def _with_outages(self, opening: Opening) -> Opening:
        """Return the opening of a demo in which an outage can be shown."""
        # start-up: who has a connection of his own does not wait for it
        from wallboard.app.demo_outage import DemoOutage  # noqa: PLC0415 - as told

        outage = DemoOutage(self)
        outage.changed.connect(self._window.show_outage)
        outage.changed.connect(self._refresh)
        self._outage = outage
        with suppress(OSError):
            return outage.possible_in(opening)
        return opening

    def _refresh(self) -> None:
        if self._live is not None:
            self._live.poll_now()

    def _change_language(self, language: str) -> None:
        self._keep(replace(self._settings, language=Language(language)), language)

    def _change_theme(self, theme: str) -> None:
        self._keep(replace(self._settings, theme=Theme(theme)))

    def _keep(self, settings: Settings, language: str = "") -> None:
        self._apply(settings, language)
        self._show_settings()
        try:
            self._file.change(
                lambda before: replace(before, language=settings.language, theme=settings.theme)
            )
        except SettingsNotSaved:
            return  # it holds for this window; the next start says why the file cannot be used

    def _wording(self) -> Wording:
        return wording_by(self._settings, self._language)

    # What the page of settings decides

    def _serve_settings(self, page: QWidget) -> None:
        # start-up: who looks at the board does not wait for what changes how it looks
        from wallboard.app.settings_page import SettingsDesk, Standing  # noqa: PLC0415 - as told

        def standing() -> Standing:
            return Standing(settings=self._settings, opening=self._opening, wording=self._wording())

        desk = SettingsDesk(standing, self._places, self._clock, self)
        desk.settings_changed.connect(self._apply)
        desk.connection_wanted.connect(self._do_with_connection)
        desk.way_mended.connect(self._outlet.try_now)
        desk.serve(page)
        if desk.page is not None:
            self._outlet.show_on(desk.page)
        self._site = desk

    def _serve_walls(self, page: QWidget) -> None:
        # start-up: who looks at the board does not wait for what makes those of TVs
        from wallboard.app.tv_desk import TvDesk  # noqa: PLC0415 - as told
        from wallboard.app.wall_desk import WallDesk  # noqa: PLC0415 - as told
        from wallboard.app.wall_faces import wall_standing  # noqa: PLC0415 - as told

        self._walls = WallDesk(
            lambda: wall_standing(self._settings, self._opening, self._language),
            self._places,
            self,
        )
        self._walls.serve(page)
        tvs = TvDesk(lambda: self._opening, self._places, self._clock, self)
        tvs.serve(page)
        self._tvs = tvs

    def _begin_wall(self) -> None:
        """Start the board of a TV on its screen, or lead to where one is made."""
        self._window.open_page("walls")
        if self._walls is not None:
            self._walls.begin()

    def _show_settings(self) -> None:
        if self._site is not None:
            self._site.show()
        if self._walls is not None:
            self._walls.show()

    def _do_with_connection(self, edit: bool, name: str) -> None:  # noqa: FBT001 - a signal
        """Open a saved connection, or lead through entering it again, or another one."""
        profile = self._settings.profile(name)
        if edit or profile is None:
            self._connect(profile)
        else:
            self.open_saved(profile)

    def _apply(self, settings: Settings, language: str = "") -> None:
        """Have the window be as these settings say; they are not written here.

        Args:
            language: `en` or `fa`. Empty: what the settings say, if they say another than before.
        """
        look, before = look_by(self._settings, self._language), self._settings
        if not language and settings.language is not before.language:
            auto = settings.language is Language.AUTO
            language = str(system_language(os.environ) if auto else settings.language)
        self._settings, self._language = settings, language or self._language
        if look_by(settings, self._language) != look:
            self._window.show_look(look_by(settings, self._language))
        self._outlet.choose(settings, self._wording())
        if self._supervision is not None:
            self._supervision.decide(settings, self._wording())
        if self._reports is not None:
            self._reports.decide()
        if self._live is None or self._opening is None:
            return
        opening, after = self._opening, decided(self._opening, settings)
        if _cuts(after) != _cuts(opening):
            # All that is booked is booked by how the site cuts its time.
            self.open(after)
        elif after != opening:
            self._opening = after
            self._live.decide(after.measuring, after.arrangement)


def _cuts(opening: Opening) -> WorkPlan:
    """Return by which plan a board books; when the week begins is nothing to it."""
    return replace(opening.measuring.plan, week_begins=0)
