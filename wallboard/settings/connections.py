"""Saves a connection as a whole, its secrets where they belong, and finds these again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

from wallboard.domain.errors import WallboardError
from wallboard.domain.source import SourceKind
from wallboard.settings.binding import BOUND_TO, binding
from wallboard.settings.file import SettingsFile, SettingsNotSaved
from wallboard.settings.model import KeptIn, Profile, Settings
from wallboard.settings.paths import Places
from wallboard.settings.secrets import (
    SecretPlace,
    Secrets,
    SecretsUnavailable,
    from_environment,
    remember,
)


class PasswordGone(WallboardError):
    """The password of a connection is not where it was kept. Ask the user."""


class AddressChanged(PasswordGone):
    """The connection leads elsewhere than when its password was told. Ask the user for it."""


def bound_to(source: SourceKind, fields: Mapping[str, str]) -> str:
    """Return what is another whenever the secrets of a connection would be told to another one.

    Of a URL its scheme, host and port count, and not the path. Empty if the kind has no address.
    """
    return binding(source.fields, fields, _origin)


def secret_keys(source: SourceKind) -> tuple[str, ...]:
    """Return which of a kind's fields are secret."""
    return tuple(field.key for field in source.fields if field.secret)


def recalled(
    profile: Profile, source: SourceKind, places: Places, environ: Mapping[str, str]
) -> Secrets | None:
    """Return a saved connection's secrets; None if the user must be asked. May wait long.

    What the environment holds goes before what is kept, if nothing that is needed is missing.

    Raises:
        SecretsUnavailable: The place where they are cannot be read.
        PasswordGone: They are not there.
        AddressChanged: They were told for another address.
    """
    keys = secret_keys(source)
    if not keys or profile.secret is KeptIn.NONE:
        return {}
    secrets = from_environment(profile.name, keys, environ)
    needed = {field.key for field in source.fields if field.secret and field.required}
    if secrets and needed <= secrets.keys():
        remember(secrets)
        return secrets
    if profile.secret is KeptIn.ASK:
        return None
    kept = SecretPlace(places).recall(profile.name, (*keys, BOUND_TO), profile.secret)
    secrets = {key: kept[key] for key in keys if key in kept}
    if not secrets:
        raise PasswordGone(profile.name)
    # One of before this was noted leads where it leads.
    if kept.get(BOUND_TO, bound_to(source, profile.fields)) != bound_to(source, profile.fields):
        raise AddressChanged(profile.name)
    return secrets


def save_connection(
    places: Places,
    profile: Profile,
    secrets: Secrets,
    keys: tuple[str, ...],
    *,
    bound: str = "",
) -> Settings:
    """Save a connection that was tried, in the place of one of the same name.

    The window opens what was saved last. Secrets that were kept elsewhere before are removed.

    Args:
        profile: Its `secret` says where the secrets go; without secrets it says NONE.
        secrets: Values of the secret fields.
        keys: All fields of its kind that are secret.
        bound: To whom they are told, as `bound_to` has it; empty: to whoever the connection says.

    Returns:
        The settings with it.

    Raises:
        SecretsUnavailable: The secrets cannot be kept there. Nothing is saved.
        SettingsNotSaved: The settings cannot be written. Nothing is saved.
    """
    file, place = SettingsFile(places.settings_file), SecretPlace(places)
    before = file.load().settings.profile(profile.name)
    kept_before = KeptIn.NONE if before is None else before.secret
    kept = {**secrets, BOUND_TO: bound} if secrets and bound else secrets
    keys = (*keys, BOUND_TO)
    place.keep(profile.name, kept, profile.secret, instead_of=keys)
    try:
        settings = file.change(
            lambda found: replace(found.with_profile(profile), start=profile.name)
        )
    except SettingsNotSaved:
        # A password without its connection is of no use, and nobody would ever remove it.
        if kept_before is not profile.secret:
            with suppress(SecretsUnavailable):
                place.forget(profile.name, keys, profile.secret)
        raise
    if kept_before is not profile.secret:
        # If it cannot be removed now, it cannot be read either; the connection is saved.
        with suppress(SecretsUnavailable):
            place.forget(profile.name, keys, kept_before)
    return settings


def forget_secrets(places: Places, profile: Profile, source: SourceKind) -> None:
    """Remove all that is kept beside a connection that is no more. May wait long.

    Raises:
        SecretsUnavailable: It may still be there.
    """
    keys = (*secret_keys(source), BOUND_TO)
    SecretPlace(places).forget(profile.name, keys, profile.secret)


def _origin(told: str) -> str:
    """Return of a URL who is asked; of anything else what it is."""
    try:
        found = urlsplit(told.strip())
        port = found.port
    except ValueError:
        return told
    if not found.netloc:
        return told.strip()
    usual = {"http": 80, "https": 443}.get(found.scheme)
    return f"{found.scheme}://{found.hostname}:{port or usual}"
