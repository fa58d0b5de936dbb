"""Does what the page of settings wishes for: it is applied at once, saved, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallboard.app.connection_check import ConnectionCheck
from wallboard.app.saved import noticed, why_not_saved
from wallboard.app.settings_supervision import decided_by, supervision_face
from wallboard.app.settings_ways import WayDesk, way_face, way_kinds
from wallboard.domain.clock import Clock
from wallboard.domain.measuring import Measuring, Shift
from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value
from wallboard.runtime.errand import Errand
from wallboard.runtime.opening import Opening
from wallboard.settings.connections import forget_secrets
from wallboard.settings.file import SettingsFile, SettingsNotSaved
from wallboard.settings.measures import QueueChoice, overlap, overlapping
from wallboard.settings.model import OFFLINE, SETTINGS, Profile, Setting, Settings, parsed
from wallboard.settings.paths import Places
from wallboard.sources.registry import KindUnknown, KindUnusable, kind
from wallboard.ui.outside_text import isolated
from wallboard.ui.pages.settings import SettingsPage
from wallboard.ui.panels.settings_face import (
    ChoiceWish,
    ConnectionFace,
    ConnectionWish,
    Deed,
    MeasuringWish,
    QueueFace,
    QueueWish,
    SettingsFace,
    SoundWish,
    SupervisionFace,
    SupervisionWish,
    WayEntered,
    WayWish,
)
from wallboard.ui.wording import Wording
from wallboard.ui.words import Phrase, phrase

_Alter: TypeAlias = Callable[[Settings], Settings]

_BY_KEY: Final[Mapping[str, Setting]] = {setting.key: setting for setting in SETTINGS}
_SHOWN: Final = (
    "language", "latin_digits", "calendar", "theme", "text_size", "time_from_right",
    "reduce_motion", "single_keys", "caller_numbers", "caller_names", "alert_sound",
    "alert_sound_warning", "alert_volume", "alert_repeat_s", "alert_popup",
)  # fmt: skip
"""The settings that are picked on the page."""

_CHANGED: Final = phrase("SettingsPage", "It was changed.")
_QUEUE_CHANGED: Final = phrase("SettingsPage", "{name} was changed.")
_QUEUE_HIDDEN: Final = phrase("SettingsPage", "{name} is hidden.")
_QUEUE_SHOWN: Final = phrase("SettingsPage", "{name} is shown again.")
_STARTS: Final = phrase("SettingsPage", "{name} is opened at the start from now on.")
_REMOVED: Final = phrase("SettingsPage", "{name} was removed.")
_NOT_KEPT: Final = phrase(
    "SettingsPage",
    "This is no saved connection: what is decided for its queues ends with this window.",
)
_THIS_WINDOW: Final = phrase("SettingsPage", "It holds for this window only.")
_TWICE: Final = phrase("SettingsPage", "Two shifts cannot have the same name.")


@value
class Standing:
    """What the window stands on.

    Attributes:
        settings: As they hold in this window.
        opening: What is shown. None if nothing is.
        wording: In which to speak.
    """

    settings: Settings
    opening: Opening | None
    wording: Wording

    @property
    def kept(self) -> bool:
        """True if what is shown is a saved connection, of which decisions are kept."""
        opening = self.opening
        profile = None if opening is None else self.settings.profile(opening.name)
        return profile is not None and opening is not None and profile.kind == opening.kind


class SettingsDesk(QObject):
    """Serves the page of settings of one window. Lives on the main thread.

    Signals:
        settings_changed: The Settings as they are from now on, to be applied to the window.
        connection_wanted: Whether a connection is to be entered again or, if not, shown; and its
            name, which is empty for a new one.
        way_mended: The name of a way out of alerts that took a trial just now.
    """

    settings_changed = Signal(object)
    connection_wanted = Signal(bool, str)
    way_mended = Signal(str)

    def __init__(
        self,
        standing: Callable[[], Standing],
        places: Places,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        """Prepare.

        Args:
            standing: Returns what the window stands on; asked anew for each wish.
        """
        super().__init__(parent)
        self._standing = standing
        self._places = places
        self._clock = clock
        self._file = SettingsFile(places.settings_file)
        # What is odd about the file is told while its page is there to be looked at.
        self._notices = self._file.load().notices
        self._checked: ConnectionCheck | None = None
        self._forgetting: list[Errand] = []
        self._page: SettingsPage | None = None
        self._back: tuple[_Alter, bool] | None = None
        self._removed: Profile | None = None
        self._final: Callable[[], None] | None = None
        self._ways = WayDesk(self.decide, standing, places, clock, self)
        self._ways.mended.connect(self.way_mended)

    def serve(self, page: QWidget) -> None:
        """Do what the page of settings wishes for from now on.

        Raises:
            TypeError: It is another page.
        """
        if not isinstance(page, SettingsPage):
            raise TypeError(page)
        self._page = page
        self._ways.serve(page)
        page.wished.connect(self._hear)
        page.undo_wanted.connect(self._undo)
        page.undo_over.connect(self._settle)
        self.show()

    @property
    def page(self) -> SettingsPage | None:
        """The page that is served. None before."""
        return self._page

    def show(self) -> None:
        """Show on the page what holds."""
        if self._page is not None:
            self._page.show_settings(self._face())

    def settle(self) -> None:
        """Make final what could be undone, and end what goes on: the window closes."""
        self._settle()
        self._stop_check()

    def decide(
        self,
        alter: _Alter,
        back: _Alter | None,
        said: str = "",
        *,
        kept: bool = True,
        final: Callable[[], None] | None = None,
    ) -> None:
        """Change the settings: in the window at once, and in the file if it can be written.

        Args:
            back: Takes the change back. None if it cannot be taken back.
            said: What was changed, for the line on the page.
            kept: False if it is of this window only.
            final: Called once it cannot be taken back any more.
        """
        before = self._standing().settings
        after = alter(before)
        if after == before:
            return
        self._settle()
        self._back = None if back is None else (back, kept)
        self._final = final
        self.settings_changed.emit(after)
        wording = self._standing().wording
        trouble = self._save(alter) if kept else wording.say(_NOT_KEPT)
        self.show()
        if self._page is None:
            return
        if back is None:
            self._page.end_undo()
            self._page.show_trouble(trouble)
        else:
            self._page.show_undo(said or wording.say(_CHANGED), trouble)

    # What was wished for

    def _hear(self, wish: object) -> None:
        match wish:
            case ChoiceWish():
                self._choose(wish)
            case QueueWish():
                self._decide_queue(wish)
            case MeasuringWish():
                self._measure(wish.measuring)
            case ConnectionWish():
                self._connect(wish)
            case SupervisionWish():
                self._supervise(wish.decided)
            case SoundWish() | WayWish() | WayEntered():
                self._ways.hear(wish)
            case _:
                raise TypeError(wish)

    def _choose(self, wish: ChoiceWish) -> None:
        setting = _BY_KEY[wish.key]
        chosen = parsed(setting, wish.chosen)
        before = getattr(self._standing().settings, wish.key)
        self.decide(_setter(wish.key, chosen), _setter(wish.key, before))

    def _decide_queue(self, wish: QueueWish) -> None:
        standing = self._standing()
        opening, settings = standing.opening, standing.settings
        if opening is None:
            return
        name, queue_id = opening.name, wish.queue_id
        before = settings.queues.get(name, {}).get(queue_id, QueueChoice())
        decided = wish.decided
        after = replace(
            before,
            name=decided.name,
            group=decided.group,
            target=decided.target,
            goal=decided.goal,
            hidden=decided.hidden,
        )
        said = _QUEUE_CHANGED
        if after.hidden is not before.hidden:
            said = _QUEUE_HIDDEN if after.hidden else _QUEUE_SHOWN
        self.decide(
            _queue_setter(name, queue_id, after),
            _queue_setter(name, queue_id, before),
            self._say(said, after.name or wish.called),
            kept=standing.kept,
        )

    def _measure(self, measuring: Measuring) -> None:
        before = self._standing().settings.measuring
        wrong = self._wrong_shifts(measuring.plan.shifts)
        if wrong:
            self.show()
            if self._page is not None:
                self._page.show_trouble(wrong)
            return
        self.decide(_setter("measuring", measuring), _setter("measuring", before))

    def _supervise(self, decided: SupervisionFace) -> None:
        standing = self._standing()
        before, opening = standing.settings, standing.opening
        name = "" if opening is None else opening.name
        after = decided_by(before, name, decided)
        self.decide(
            _setter("supervision", after),
            _setter("supervision", before.supervision),
            kept=standing.kept,
        )

    def _wrong_shifts(self, shifts: tuple[Shift, ...]) -> str:
        """Return why the shifts cannot be; an empty text if they can."""
        wording = self._standing().wording
        if len({shift.name for shift in shifts}) < len(shifts):
            return wording.say(_TWICE)
        for at, shift in enumerate(shifts):
            for other in shifts[at + 1 :]:
                if overlap(shift, other) is not None:
                    return noticed(overlapping(shift, other), wording)
        return ""

    def _connect(self, wish: ConnectionWish) -> None:
        settings = self._standing().settings
        match wish.deed:
            case Deed.START:
                self.decide(
                    _setter("start", wish.name),
                    _setter("start", settings.start),
                    self._say(_STARTS, wish.name),
                )
            case Deed.REMOVE:
                self._remove(wish.name)
            case Deed.CHECK:
                self._check(wish.name)
            case Deed.CONNECT | Deed.EDIT:
                self.connection_wanted.emit(True, wish.name)  # noqa: FBT003 - a signal
            case Deed.SHOW:
                self.connection_wanted.emit(False, wish.name)  # noqa: FBT003 - a signal

    def _remove(self, name: str) -> None:
        settings = self._standing().settings
        profile, queues, start = settings.profile(name), settings.queues.get(name), settings.start
        if profile is None:
            return
        at = settings.profiles.index(profile)

        def back(found: Settings) -> Settings:
            rest = [row for row in found.profiles if row.name != name]
            rows = (*rest[:at], profile, *rest[at:])
            again = replace(found, profiles=rows, start=start)
            if queues is None:
                return again
            return replace(again, queues={**again.queues, name: queues})

        self.decide(lambda found: found.without_profile(name), back, self._say(_REMOVED, name))
        self._removed = profile

    def _undo(self) -> None:
        if self._back is None:
            return
        (back, kept), self._back, self._removed = self._back, None, None
        self._final = None
        self.settings_changed.emit(back(self._standing().settings))
        trouble = self._save(back) if kept else ""
        self.show()
        if self._page is not None:
            self._page.end_undo()
            self._page.show_trouble(trouble)

    def _settle(self) -> None:
        self._back = None
        final, self._final = self._final, None
        if final is not None:
            final()
        if self._removed is not None:
            gone, self._removed = self._removed, None
            # Meanwhile another one may have been given the name: what is kept there is its own.
            again = self._standing().settings.profile(gone.name)
            if again is None or again.secret is not gone.secret:
                self._forget(gone)

    def _forget(self, profile: Profile) -> None:
        """Remove the secrets of a connection that is no more, in a thread: a keyring may wait."""
        try:
            source = kind(profile.kind)
        except (KindUnknown, KindUnusable):
            return  # which of its fields were secret, nobody knows any more
        places = self._places
        errand = Errand(lambda: forget_secrets(places, profile, source), self)
        errand.failed.connect(self._tell_not_forgotten)
        self._forgetting.append(errand)
        errand.start()

    def _tell_not_forgotten(self, error: Exception) -> None:
        if self._page is not None:
            self._page.show_trouble(why_not_saved(error, self._standing().wording))

    # The check

    def _check(self, name: str) -> None:
        standing, page = self._standing(), self._page
        profile = standing.settings.profile(name)
        if profile is None or page is None:
            return
        self._stop_check()
        check = ConnectionCheck(profile, standing.settings, self._places, self._clock, self)
        check.finding_made.connect(page.show_finding)
        check.ended.connect(self._end_check)
        check.missed.connect(self._miss_check)
        self._checked = check
        page.show_check(name)
        opening = standing.opening
        known = opening is not None and opening.name == name and standing.kept
        check.start(standing.wording, opening.told if opening is not None and known else None)

    def _end_check(self, good: bool) -> None:  # noqa: FBT001 - a signal says it so
        if self._page is not None and self._checked is not None:
            self._page.show_checked(self._checked.name, good=good)

    def _miss_check(self, why: str) -> None:
        if self._page is not None and self._checked is not None:
            self._page.show_checked(self._checked.name, good=False)
            self._page.show_trouble(why)

    def _stop_check(self) -> None:
        if self._checked is not None:
            self._checked.stop()
            self._checked.deleteLater()
            self._checked = None

    # Inside

    def _save(self, alter: _Alter) -> str:
        """Change the file; return why it could not be, and what that means."""
        try:
            self._file.change(alter)
        except SettingsNotSaved as error:
            wording = self._standing().wording
            return f"{noticed(error.notice, wording)} {wording.say(_THIS_WINDOW)}"
        return ""

    def _say(self, said: Phrase, name: str) -> str:
        return self._standing().wording.say(said, name=isolated(name))

    def _face(self) -> SettingsFace:
        standing = self._standing()
        settings, opening, wording = standing.settings, standing.opening, standing.wording
        first = settings.first
        shown = "" if opening is None else opening.name
        demo = not standing.kept
        choices = settings.queues.get(shown, {})
        return SettingsFace(
            choices={key: getattr(settings, key) for key in _SHOWN},
            connections=tuple(
                ConnectionFace(
                    name=profile.name,
                    kind=_label(profile.kind),
                    place=_place(profile),
                    shown=profile.name == shown and not demo,
                    starts=first is not None and profile.name == first.name,
                )
                for profile in settings.profiles
            ),
            shown=shown,
            demo=demo,
            queues={
                key: QueueFace(
                    name=choice.name,
                    group=choice.group,
                    target=choice.target,
                    goal=choice.goal,
                    hidden=choice.hidden,
                )
                for key, choice in choices.items()
            },
            measuring=settings.measuring,
            supervision=supervision_face(settings, opening),
            ways=tuple(way_face(way) for way in settings.ways),
            way_kinds=way_kinds(),
            notices=tuple(noticed(each, wording) for each in self._notices),
            path=str(self._file.path),
        )


def _setter(key: str, chosen: object) -> _Alter:
    def alter(found: Settings) -> Settings:
        return replace(found, **{key: chosen})  # type: ignore[arg-type] # as the table has read it

    return alter


def _queue_setter(name: str, queue_id: QueueId, choice: QueueChoice) -> _Alter:
    def alter(found: Settings) -> Settings:
        rows = dict(found.queues.get(name, {}))
        rows.pop(queue_id, None)
        if choice != QueueChoice():
            rows[queue_id] = choice
        queues = {key: value for key, value in found.queues.items() if key != name}
        return replace(found, queues={**queues, name: rows} if rows else queues)

    return alter


def _label(key: str) -> str:
    """Return what a kind of system is called, in English; its key if nothing here knows it."""
    if key == OFFLINE:
        return key
    try:
        return kind(key).label
    except (KindUnknown, KindUnusable):
        return key


def _place(profile: Profile) -> str:
    fields = profile.fields
    return next((fields[key] for key in ("host", "url", "address") if fields.get(key)), "")
