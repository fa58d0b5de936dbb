"""Opens connections that are saved, and tries and saves new ones: all that may have to wait."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Final

from wallboard.domain.clock import Clock
from wallboard.domain.errors import SourceError
from wallboard.domain.source import SourceKind
from wallboard.runtime.opening import SIMULATOR, Opening
from wallboard.settings.connections import (
    AddressChanged,
    PasswordGone,
    bound_to,
    save_connection,
    secret_keys,
)
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.model import OFFLINE, KeptIn, Profile, Settings, name_fits, same_name
from wallboard.settings.notice import CONTEXT, Notice
from wallboard.settings.paths import Places
from wallboard.settings.secrets import Secrets, SecretsUnavailable
from wallboard.sources.registry import KindUnknown, KindUnusable
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.wording import Wording
from wallboard.ui.words import Phrase, phrase

_LEADS_ELSEWHERE: Final = phrase(
    "Opening",
    "The address of {name} is another one than when its password was told, so the password is"
    " not told there. Connect it again here and enter the password.",
)
_NOT_THERE: Final = phrase(
    "Opening",
    "The password of {name} is not where it was kept any more. Connect it again here.",
)
_NOT_TOLD: Final = phrase(
    "Opening",
    "Without its password {name} cannot be opened. Start the program again to be asked for it,"
    " or connect it again here.",
)
_NOT_READ: Final = phrase(
    "Opening",
    "So {name} cannot be opened. Put that right and start the program again, or connect it again"
    " here.",
)
_OFFLINE: Final = phrase(
    "Opening",
    "{name} has no connection: its calls were imported from a log. Connect its system here to see"
    " it live.",
)
_NO_KIND: Final = phrase(
    "Opening",
    "{name} cannot be opened: nothing that is installed knows systems of the kind {kind}. Install"
    " its package again, or connect another system here.",
)
_NO_USE: Final = phrase(
    "Opening",
    "{name} cannot be opened: the package for systems of the kind {kind} cannot be loaded"
    " ({reason}). Install it again, or connect another system here.",
)
_MISTAKE: Final = phrase(
    "Opening", "A mistake in the program prevented this ({reason}). Please report it."
)
_BAD_NAME: Final = phrase(
    "Opening", "Use letters, digits, single spaces and - _ . @ only, 64 characters at most."
)
_LIKE_ANOTHER: Final = phrase(
    "Opening", "This is too much like the connection {name}; choose another name."
)
_SAVED_ALREADY: Final = phrase(
    "Opening",
    "There is a connection of this name already. Press the button again to replace it, or choose"
    " another name.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConnection:
    """A connection as it was entered.

    Attributes:
        told: The fields' values, secrets among them: never print or log it.
        keep: Where the secrets go; NONE if the kind has none.
    """

    name: str
    source: SourceKind
    told: Mapping[str, str] = field(repr=False)
    keep: KeptIn

    def profile(self) -> Profile:
        """Return what is saved in the settings: the fields that the user has changed.

        A default that a later version changes is then the new one.
        """
        return Profile(
            name=self.name,
            kind=self.source.key,
            fields={
                field.key: self.told[field.key]
                for field in self.source.fields
                if not field.secret and self.told.get(field.key, "") not in ("", field.default)
            },
            secret=self.keep if self.secrets() else KeptIn.NONE,
        )

    def secrets(self) -> Secrets:
        """Return the secret fields that were filled in."""
        keys = secret_keys(self.source)
        return {key: self.told[key] for key in keys if self.told.get(key)}


def opening_of(
    profile: Profile, source: SourceKind, secrets: Secrets, settings: Settings
) -> Opening:
    """Return what opens a saved connection, defaults filled in."""
    told = {
        field.key: profile.fields.get(field.key, "") or field.default
        for field in source.fields
        if not field.secret
    }
    return Opening(
        name=profile.name,
        kind=profile.kind,
        told={**told, **secrets},
        demo=profile.kind == SIMULATOR,
        zone=profile.zone or settings.zone,
        measuring=settings.measuring_of(profile.name),
    )


def decided(opening: Opening, settings: Settings) -> Opening:
    """Return what is opened with all that was decided about it."""
    return replace(
        opening,
        measuring=settings.measuring_of(opening.name),
        arrangement=settings.arrangement_of(opening.name),
    )


def try_out(new: NewConnection, clock: Clock) -> None:
    """Connect and look once. May wait long.

    Raises:
        SourceError: It does not work.
    """
    with closing(new.source.connect(new.told, clock)) as door:
        door.fetch()


def save(new: NewConnection, places: Places) -> Settings:
    """Save a connection as a whole, or nothing of it. May wait long.

    Raises:
        SecretsUnavailable, SettingsNotSaved: Nothing is saved.
    """
    return save_connection(
        places,
        new.profile(),
        new.secrets(),
        secret_keys(new.source),
        bound=bound_to(new.source, new.told),
    )


def wrong_name(name: str, settings: Settings, wording: Wording, *, replacing: str | None) -> str:
    """Return why a connection cannot be called that; an empty text if it can.

    Args:
        replacing: The connection that the user knows will be replaced. None if there is none.
    """
    if not name_fits(name):
        return wording.say(_BAD_NAME)
    for profile in settings.profiles:
        if profile.name != name and same_name(profile.name, name):
            return wording.say(_LIKE_ANOTHER, name=_safe(profile.name, wording))
    if name != replacing and settings.profile(name) is not None:
        return wording.say(_SAVED_ALREADY)
    return ""


def why_not_opened(profile: Profile, error: Exception | None, wording: Wording) -> str:
    """Return why a saved connection was not opened and what to do, in the user's words.

    Args:
        error: None means that the user did not tell the password.
    """
    name, kind = _safe(profile.name, wording), _safe(profile.kind, wording)
    match error:
        case None:
            return wording.say(_NOT_TOLD, name=name)
        case PasswordGone():
            elsewhere = isinstance(error, AddressChanged)
            return wording.say(_LEADS_ELSEWHERE if elsewhere else _NOT_THERE, name=name)
        case SecretsUnavailable():
            return f"{noticed(error.notice, wording)} {wording.say(_NOT_READ, name=name)}"
        case KindUnknown():
            why = _OFFLINE if profile.kind == OFFLINE else _NO_KIND
            return wording.say(why, name=name, kind=kind)
        case KindUnusable():
            reason = _safe(error.reason, wording)
            return wording.say(_NO_USE, name=name, kind=kind, reason=reason)
        case _:
            return why_not_saved(error, wording)


def why_not_saved(error: Exception, wording: Wording) -> str:
    """Return why a connection was not tried or saved, and what helps, in the user's words."""
    match error:
        case SourceError():
            return wording.fault(error.fault)
        case SecretsUnavailable() | SettingsNotSaved():
            return noticed(error.notice, wording)
        case _:
            # Without the error's own words: they may hold a password.
            return wording.say(_MISTAKE, reason=type(error).__name__)


def noticed(told: Notice, wording: Wording) -> str:
    """Return what settings or secrets have to say, in the user's words."""
    # A detail may itself be a text of ours, such as the reason why a file was refused.
    details = {
        name: _safe(wording.translate(CONTEXT, value), wording) for name, value in told.details
    }
    return wording.say(Phrase(CONTEXT, told.text), **details)


def _safe(text: str, wording: Wording) -> str:
    return isolated(text) if wording.rtl else shown(text)
