"""Makes openings of saved connections and of the demo: fields checked, secrets found."""

from __future__ import annotations

import getpass
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.voice import Voice
from wallboard.domain.source import Field, FieldForm, SourceKind
from wallboard.runtime.opening import SIMULATOR, Opening
from wallboard.settings.connections import AddressChanged, PasswordGone, recalled
from wallboard.settings.model import OFFLINE, KeptIn, Profile, Settings
from wallboard.settings.paths import Places
from wallboard.settings.secrets import (
    SecretsUnavailable,
    from_environment,
    remember,
    secret_variable,
)
from wallboard.sources.registry import kind
from wallboard.ui.words import phrase

UNUSABLE: Final = phrase(
    "CommandLine",
    "The kind of source {key} is installed and cannot be loaded ({reason}). Install its package"
    " again, or report it to its author.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What every command needs.

    Attributes:
        language: `en` or `fa`.
    """

    voice: Voice
    language: str
    settings: Settings
    places: Places


class Asks(Protocol):
    """What has fields to be filled: a kind of source, a kind of way out."""

    @property
    def key(self) -> str:
        """What it is called in commands."""
        ...

    @property
    def fields(self) -> tuple[Field, ...]:
        """What it wants to be told."""
        ...


def opening_of(session: Session, name: str, *, secret_stdin: bool = False) -> Opening:
    """Return what opens a saved connection.

    Its secret comes from standard input if asked for, else from the environment, else from where
    it is kept; if it is kept nowhere, the user is asked.

    Raises:
        Stop: There is no such connection, or its secret is not there.
        KindUnknown, KindUnusable: Its vendor is not installed any more.
    """
    profile = polled_profile(session, name)
    source = kind(profile.kind)
    return Opening(
        name=profile.name,
        kind=profile.kind,
        told={
            **told_by(session, source, profile.fields),
            **_secrets_of(session, source, profile, stdin=secret_stdin),
        },
        demo=profile.kind == SIMULATOR,
        zone=profile.zone or session.settings.zone,
        measuring=session.settings.measuring_of(profile.name),
    )


def polled_profile(session: Session, name: str) -> Profile:
    """Return a saved connection that has a server to be polled.

    Raises:
        Stop: There is none of that name, or its calls were only imported.
    """
    profile = profile_called(session, name)
    if profile.kind == OFFLINE:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "{name} has no connection: its calls were imported. Give it one with `wallboard"
                " connect KIND --name`, or import more with `wallboard import`.",
            ),
            name=name,
        )
    return profile


def profile_called(session: Session, name: str) -> Profile:
    """Return a saved connection.

    Raises:
        Stop: There is none of that name.
    """
    profile = session.settings.profile(name)
    if profile is None:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "No connection is called {name}; there are: {names}. Make one with"
                " `wallboard connect`.",
            ),
            name=name,
            names=", ".join(row.name for row in session.settings.profiles) or "–",
        )
    return profile


def demo_opening(session: Session, given: Mapping[str, str]) -> Opening:
    """Return what opens the built-in simulator.

    Args:
        given: Its fields' values; what is left out has its default.
    """
    source = kind(SIMULATOR)
    fields = {field.key for field in source.fields}
    language = {"language": session.language} if "language" in fields else {}
    return Opening(
        name=session.voice.told(phrase("CommandLine", "Demo")),
        kind=SIMULATOR,
        told=told_by(session, source, {**language, **given}),
        demo=True,
        zone=session.settings.zone,
    )


def told_by(session: Session, source: Asks, given: Mapping[str, str]) -> Mapping[str, str]:
    """Return a value for every field that is no secret, checked, defaults filled in.

    Raises:
        Stop: A field is unknown, missing, or cannot have this value.
    """
    fields = {field.key: field for field in source.fields if not field.secret}
    for key in given:
        if key not in fields:
            raise session.voice.stop(
                phrase("CommandLine", "{kind} has no field {field}; its fields are: {fields}."),
                kind=source.key,
                field=key,
                fields=_listed(fields.values()),
            )
    told = {key: _fit(session, field, given.get(key, "")) for key, field in fields.items()}
    missing = [field for key, field in fields.items() if field.required and not told[key]]
    if missing:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "{kind} also needs: {missing}. Give it as --field KEY=VALUE; its fields are:"
                " {fields}.",
            ),
            kind=source.key,
            missing=_listed(missing),
            fields=_listed(fields.values()),
        )
    return told


def refuse_secrets(session: Session, source: Asks, given: Mapping[str, str]) -> None:
    """Look that no secret is among what the command itself says.

    Raises:
        Stop: One is: other users of the machine can read it there.
    """
    for field in source.fields:
        if field.secret and field.key in given:
            raise session.voice.stop(
                phrase(
                    "CommandLine",
                    "Do not write {field} into the command, where others can read it: give it on"
                    " standard input with --secret-stdin.",
                ),
                field=field.key,
            )


def told_secrets(
    session: Session, source: Asks, name: str, *, stdin: bool = False
) -> Mapping[str, str]:
    """Return the secrets that the user tells now; those that he leaves empty are left out.

    They come from standard input (a line for each secret field), from the environment, or from
    the terminal. Never from the command itself: other users of the machine can read that.

    Raises:
        Stop: One is needed and there is nowhere to ask.
    """
    fields = [field for field in source.fields if field.secret]
    if stdin:
        told = {field.key: sys.stdin.readline().rstrip("\r\n") for field in fields}
    else:
        keys = tuple(field.key for field in fields)
        told = dict(from_environment(name, keys, os.environ))
        if not told and fields and sys.stdin.isatty():
            told = {field.key: _asked(session, field) for field in fields}
    told = {key: value for key, value in told.items() if value}
    remember(told)
    missing = [field for field in fields if field.required and field.key not in told]
    if missing:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "The password ({missing}) of {name} is missing: give it on standard input with"
                " --secret-stdin, or in the environment as {variable}.",
            ),
            Exit.SECRET,
            missing=_listed(missing),
            name=name,
            variable=secret_variable(name) or "–",
        )
    return told


def _secrets_of(
    session: Session, source: SourceKind, profile: Profile, *, stdin: bool
) -> Mapping[str, str]:
    if stdin and profile.secret is not KeptIn.NONE:
        return told_secrets(session, source, profile.name, stdin=True)
    try:
        secrets = recalled(profile, source, session.places, os.environ)
    except SecretsUnavailable as error:
        hint = session.voice.told(
            phrase(
                "CommandLine",
                "So the password of {name} is not known. Give it on standard input with"
                " --secret-stdin, or make the connection again with `wallboard connect`.",
            ),
            name=profile.name,
        )
        raise Stop(f"{session.voice.noticed(error.notice)} {hint}", Exit.SECRET) from None
    except AddressChanged:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "The address of {name} is another one than when its password was told, so the"
                " password is not told there. Make the connection again with `wallboard connect`,"
                " or give the password on standard input with --secret-stdin.",
            ),
            Exit.SECRET,
            name=profile.name,
        ) from None
    except PasswordGone:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "The password of {name} is not where it was kept any more. Make the connection"
                " again with `wallboard connect`, or give it on standard input with"
                " --secret-stdin.",
            ),
            Exit.SECRET,
            name=profile.name,
        ) from None
    return told_secrets(session, source, profile.name) if secrets is None else secrets


def _asked(session: Session, field: Field) -> str:
    label = session.voice.wording.field(field.label)
    return getpass.getpass(f"{label}: ", stream=sys.stderr)


def _fit(session: Session, field: Field, value: str) -> str:
    """Return a field's value in its own form, or the default for an empty one."""
    value = value.strip() or field.default
    if field.form is FieldForm.NUMBER:
        # Persian and Arabic digits are digits.
        value = "".join(
            str(unicodedata.digit(char)) if char.isdecimal() else char for char in value
        )
    wrong = any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in value) or (
        value != "" and not _possible(field, value)
    )
    if wrong:
        raise session.voice.stop(
            phrase("CommandLine", "The field {field} cannot be {value}; possible: {possible}."),
            field=field.key,
            value=value[:60],
            possible=_possible_words(session, field),
        )
    return value


def _possible(field: Field, value: str) -> bool:
    match field.form:
        case FieldForm.NUMBER:
            return value.replace(".", "", 1).removeprefix("-").isdecimal()
        case FieldForm.SWITCH:
            return value in ("yes", "no")
        case FieldForm.CHOICE:
            return value in field.choices
        case FieldForm.TEXT:
            return True


def _possible_words(session: Session, field: Field) -> str:
    match field.form:
        case FieldForm.NUMBER:
            return session.voice.told(phrase("CommandLine", "a number"))
        case FieldForm.SWITCH:
            return "yes, no"
        case FieldForm.CHOICE:
            return ", ".join(field.choices)
        case FieldForm.TEXT:
            return session.voice.told(phrase("CommandLine", "text on one line"))


def _listed(fields: Iterable[Field]) -> str:
    return ", ".join(field.key for field in fields)
