"""Does what the page of settings wishes for about ways out of alerts: saves, tries, removes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field as part
from dataclasses import replace
from importlib.util import find_spec
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal

from wallboard.app.clock import zone_called
from wallboard.app.saved import why_not_saved
from wallboard.app.sounding import Sounder
from wallboard.app.ways import try_way
from wallboard.delivery.kinds import WAY_KINDS
from wallboard.domain.clock import Clock
from wallboard.domain.delivery import NotDelivered
from wallboard.domain.errors import FaultKind
from wallboard.domain.value import value
from wallboard.runtime.errand import Errand
from wallboard.runtime.opening import Opening
from wallboard.settings.binding import binding
from wallboard.settings.model import KeptIn, Least, Settings, WayOut, name_fits, same_name
from wallboard.settings.paths import Places
from wallboard.settings.secrets import SecretPlace, Secrets, SecretsUnavailable, redacted, remember
from wallboard.settings.ways_out import (
    WayLeadsElsewhere,
    forget_secrets,
    keep_secrets,
    recalled_secrets,
)
from wallboard.ui.alert_message import Letterhead
from wallboard.ui.outside_text import isolated
from wallboard.ui.pages.settings import SettingsPage
from wallboard.ui.panels.settings_face import (
    SoundWish,
    WayDeed,
    WayEntered,
    WayFace,
    WayKindFace,
    WayWish,
)
from wallboard.ui.panels.settings_way import NAME
from wallboard.ui.wording import Wording
from wallboard.ui.words import Phrase, phrase

_EXTRAS: Final = {"service": "apprise"}
"""The kinds that need a package which is not there everywhere."""
_REMOVED: Final = phrase("SettingsPage", "{name} was removed.")
_SWITCHED_OFF: Final = phrase("SettingsPage", "{name} is switched off.")
_SWITCHED_ON: Final = phrase("SettingsPage", "{name} is switched on again.")
_SAVED: Final = phrase("SettingsPage", "Saved; it is in use from now on.")
_TAKEN: Final = phrase(
    "SettingsPage", "The trial was taken after {seconds} s. Look whether it has arrived."
)
_BAD_NAME: Final = phrase(
    "Opening", "Use letters, digits, single spaces and - _ . @ only, 64 characters at most."
)
_LIKE_ANOTHER: Final = phrase(
    "SettingsPage", "This is too much like {name}, which is there already."
)
_TELL_ANEW: Final = phrase(
    "SettingsPage", "It leads elsewhere than before: enter it again, so that it is told there."
)
_BEEP: Final = phrase(
    "SettingsPage",
    "This computer cannot play the sounds: it has no loudspeaker, or the extra for sound is not"
    " installed. It beeps.",
)


class _Standing(Protocol):
    """What the window stands on."""

    @property
    def settings(self) -> Settings: ...

    @property
    def opening(self) -> Opening | None: ...

    @property
    def wording(self) -> Wording: ...


class _Decide(Protocol):
    """Changes the settings, in the window and in the file."""

    def __call__(
        self,
        alter: Callable[[Settings], Settings],
        back: Callable[[Settings], Settings] | None,
        said: str = "",
        *,
        final: Callable[[], None] | None = None,
    ) -> None: ...


@value
class _Keeping:
    """A way out that is to be kept, with all that is needed to do that in a thread.

    Attributes:
        secrets: Those that were entered: never print or log them.
        before: The way of that name until now. None if there was none.
        gone: One of that name that was removed and whose secrets may be there still.
    """

    way: WayOut
    secrets: Mapping[str, str] = part(repr=False)
    before: WayOut | None
    gone: WayOut | None


def way_face(way: WayOut) -> WayFace:
    """Return what the page shows of a way out."""
    return WayFace(
        name=way.name,
        kind=way.kind,
        fields=way.fields,
        kept=str(way.secret),
        least=str(way.least),
        names=way.names,
        on=way.on,
    )


def way_kinds() -> tuple[WayKindFace, ...]:
    """Return what ways can be made of on this computer."""
    return tuple(
        WayKindFace(key=kind.key, label=kind.label, fields=kind.fields)
        for kind in WAY_KINDS.values()
        if kind.key not in _EXTRAS or find_spec(_EXTRAS[kind.key]) is not None
    )


class WayDesk(QObject):
    """Serves the ways out on the page of settings. Lives on the main thread.

    Signals:
        mended: The name of a way that took a trial just now.
    """

    mended = Signal(str)

    def __init__(
        self,
        decide: _Decide,
        standing: Callable[[], _Standing],
        places: Places,
        clock: Clock,
        parent: QObject,
    ) -> None:
        """Prepare.

        Args:
            decide: Changes the settings.
            standing: Returns what the window stands on; asked anew for each wish.
        """
        super().__init__(parent)
        self._decide = decide
        self._standing = standing
        self._places = places
        self._clock = clock
        self._page: SettingsPage | None = None
        self._sounder: Sounder | None = None
        self._gone: WayOut | None = None
        self._keeping: _Keeping | None = None
        self._trying: Errand | None = None
        self._tried = ""
        self._errands: list[Errand] = []

    def serve(self, page: SettingsPage) -> None:
        """Tell this page what comes of wishes."""
        self._page = page

    def hear(self, wish: SoundWish | WayWish | WayEntered) -> None:
        """Do what was wished for."""
        match wish:
            case SoundWish():
                self._sound(wish)
            case WayEntered():
                self._enter(wish)
            case WayWish(deed=WayDeed.TEST):
                self._test(wish.name)
            case WayWish(deed=WayDeed.SWITCH):
                self._switch(wish.name)
            case WayWish(deed=WayDeed.REMOVE):
                self._remove(wish.name)
            case WayWish():
                return  # to edit it the page opens a form

    # Sounds

    def _sound(self, wish: SoundWish) -> None:
        if self._sounder is None:
            self._sounder = Sounder(self)
        settings = self._standing().settings
        if settings.alert_volume and not self._sounder.play(wish.severity, settings.alert_volume):
            self._say(_BEEP)

    # Switching and removing

    def _switch(self, name: str) -> None:
        before = self._standing().settings.way(name)
        if before is None:
            return
        after = replace(before, on=not before.on)
        said = self._standing().wording.say(
            _SWITCHED_ON if after.on else _SWITCHED_OFF, name=isolated(name)
        )
        self._decide(
            lambda found: found.with_way(after), lambda found: found.with_way(before), said
        )

    def _remove(self, name: str) -> None:
        settings = self._standing().settings
        before = settings.way(name)
        if before is None:
            return
        at = settings.ways.index(before)

        def back(found: Settings) -> Settings:
            self._gone = None  # it is there again, and so its secrets are needed
            rest = found.without_way(name).ways
            return replace(found, ways=(*rest[:at], before, *rest[at:]))

        said = self._standing().wording.say(_REMOVED, name=isolated(name))
        self._decide(lambda found: found.without_way(name), back, said, final=self._forget_gone)
        self._gone = before

    def _forget_gone(self) -> None:
        """Remove the secrets of a way that is no more, in a thread: a keyring may wait."""
        gone, self._gone = self._gone, None
        keeping = self._keeping
        if gone is not None and not (keeping is not None and keeping.way.name == gone.name):
            places = self._places
            errand = Errand(lambda: _forget(SecretPlace(places), gone), self)
            errand.failed.connect(self._tell_failure)
            self._errands.append(errand)
            errand.start()

    # Saving

    def _enter(self, entered: WayEntered) -> None:
        kind = WAY_KINDS[entered.kind]
        settings, wording = self._standing().settings, self._standing().wording
        before = settings.way(entered.name)
        wrong = wrong_way_name(entered, settings, wording)
        if wrong:
            self._show_problem(wrong, NAME)
            return
        secrets = {key: entered.told[key] for key in kind.secret_keys if entered.told.get(key)}
        way = _way_of(entered, on=before is None or before.on)
        if before is not None and not secrets and _leads_elsewhere(before, way):
            self._show_problem(wording.say(_TELL_ANEW), kind.secret_keys[0])
            return
        remember(secrets)
        gone = self._gone
        if gone is not None and (before is not None or gone.name != entered.name):
            gone = None
        self._keeping = keeping = _Keeping(way=way, secrets=secrets, before=before, gone=gone)
        places = self._places
        errand = Errand(lambda: _keep(keeping, SecretPlace(places)), self)
        errand.succeeded.connect(self._take_kept)
        errand.failed.connect(self._miss_kept)
        self._errands.append(errand)
        errand.start()

    def _take_kept(self, way: object) -> None:
        if not isinstance(way, WayOut):
            return
        self._decide(lambda found: found.with_way(way), None)
        self._keeping = None
        if self._page is not None:
            self._page.show_way(way.name, self._standing().wording.say(_SAVED))

    def _miss_kept(self, error: Exception) -> None:
        self._keeping = None
        wording = self._standing().wording
        if isinstance(error, NotDelivered):
            bad = error.fault.kind is FaultKind.BAD_SETTING
            field = error.fault.detail("field") if bad else ""
            self._show_problem(wording.fault_cause(error.fault), field)
        elif isinstance(error, WayLeadsElsewhere):
            self._show_problem(wording.say(_TELL_ANEW))
        else:
            self._show_problem(why_not_saved(error, wording))

    # Trying

    def _test(self, name: str) -> None:
        standing = self._standing()
        way = standing.settings.way(name)
        if way is None:
            return
        if self._trying is not None:
            self._trying.stop()
        opening = standing.opening
        zone = standing.settings.zone if opening is None else opening.zone
        letterhead = Letterhead(
            site="–" if opening is None else opening.name,
            zone=zone_called(zone),
            wording=standing.wording,
        )
        places, clock = self._places, self._clock

        def try_it() -> float:
            begun = clock.now()
            try_way(way, places, letterhead, begun.wall)
            return clock.now().steady_s - begun.steady_s

        self._tried = name
        self._trying = errand = Errand(try_it, self)
        errand.succeeded.connect(self._take_trial)
        errand.failed.connect(self._miss_trial)
        errand.start()

    def _take_trial(self, took_s: object) -> None:
        if self._page is None or not isinstance(took_s, float):
            return
        wording = self._standing().wording
        seconds = wording.figure(f"{took_s:.1f}")
        self._page.show_way(self._tried, wording.say(_TAKEN, seconds=seconds))
        self.mended.emit(self._tried)

    def _miss_trial(self, error: Exception) -> None:
        if self._page is None:
            return
        wording = self._standing().wording
        if isinstance(error, NotDelivered):
            text = redacted(wording.fault(error.fault))
        else:
            text = why_not_saved(error, wording)
        self._page.show_way(self._tried, text)

    # Saying

    def _say(self, words: Phrase) -> None:
        if self._page is not None:
            self._page.show_trouble(self._standing().wording.say(words))

    def _show_problem(self, text: str, field: str = "") -> None:
        if self._page is not None:
            self._page.show_way_problem(text, field)

    def _tell_failure(self, error: Exception) -> None:
        if self._page is not None:
            self._page.show_trouble(why_not_saved(error, self._standing().wording))


def wrong_way_name(entered: WayEntered, settings: Settings, wording: Wording) -> str:
    """Return why a way out cannot be called that; an empty text if it can."""
    if not entered.new:
        return ""
    if not name_fits(entered.name):
        return wording.say(_BAD_NAME)
    for way in settings.ways:
        if same_name(way.name, entered.name):
            return wording.say(_LIKE_ANOTHER, name=isolated(way.name))
    return ""


def _leads_elsewhere(before: WayOut, after: WayOut) -> bool:
    """True if secrets that are kept would be told to somebody else than they were entered for."""
    fields = WAY_KINDS[after.kind].fields
    elsewhere = binding(fields, before.fields) != binding(fields, after.fields)
    return before.secret is not KeptIn.NONE and elsewhere


def _way_of(entered: WayEntered, *, on: bool) -> WayOut:
    return WayOut(
        name=entered.name,
        kind=entered.kind,
        # Only what was entered: a default that a later version changes is then the new one.
        fields={
            field.key: entered.told[field.key]
            for field in WAY_KINDS[entered.kind].fields
            if not field.secret and entered.told.get(field.key, "") not in ("", field.default)
        },
        secret=KeptIn(entered.keep),
        least=Least(entered.least),
        names=entered.names,
        on=on,
    )


def _keep(keeping: _Keeping, place: SecretPlace) -> WayOut:
    """Keep a way's secrets, with those that were kept already, and return the way to be saved.

    May wait for a keyring.

    Raises:
        NotDelivered: It cannot be used.
        SecretsUnavailable: Its secrets are not kept.
        WayLeadsElsewhere: Those that are kept were told for another address, and there are no
            others.
    """
    way, before = keeping.way, keeping.before
    kind = WAY_KINDS[way.kind]
    kept = {} if before is None else _still_of_use(keeping, before, place)
    secrets = {**kept, **keeping.secrets}
    kind.made({**way.fields, **secrets})
    if keeping.gone is not None:
        _forget(place, keeping.gone)
    way = replace(way, secret=way.secret if secrets else KeptIn.NONE)
    if secrets and (keeping.secrets or before is None or before.secret is not way.secret):
        keep_secrets(place, way, kind.fields, secrets)
    if before is not None and before.secret is not way.secret:
        forget_secrets(place, before, kind.fields)
    return way


def _still_of_use(keeping: _Keeping, before: WayOut, place: SecretPlace) -> Secrets:
    """Return what was kept of a way and is told to the same one.

    Raises:
        WayLeadsElsewhere: It was kept for somebody else, as the settings were altered elsewhere,
            and nothing was entered.
    """
    if before.kind != keeping.way.kind or _leads_elsewhere(before, keeping.way):
        return {}
    try:
        return recalled_secrets(place, before, WAY_KINDS[before.kind].fields)
    except SecretsUnavailable:
        return {}  # what cannot be read any more may be entered anew
    except WayLeadsElsewhere:
        if not keeping.secrets:
            raise
        return {}


def _forget(place: SecretPlace, way: WayOut) -> None:
    """Remove the secrets of a way. May wait for a keyring.

    Raises:
        SecretsUnavailable: They may still be there.
    """
    kind = WAY_KINDS.get(way.kind)
    if kind is not None:
        forget_secrets(place, way, kind.fields)
