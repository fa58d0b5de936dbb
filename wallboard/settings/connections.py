"""Saves a connection as a whole, its secrets where they belong, and finds these again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from wallboard.domain.errors import WallboardError
from wallboard.domain.source import SourceKind
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
    secrets = SecretPlace(places).recall(profile.name, keys, profile.secret)
    if not secrets:
        raise PasswordGone(profile.name)
    return secrets


def save_connection(
    places: Places, profile: Profile, secrets: Secrets, keys: tuple[str, ...]
) -> Settings:
    """Save a connection that was tried, in the place of one of the same name.

    The window opens what was saved last. Secrets that were kept elsewhere before are removed.

    Args:
        profile: Its `secret` says where the secrets go; without secrets it says NONE.
        secrets: Values of the secret fields.
        keys: All fields of its kind that are secret.

    Returns:
        The settings with it.

    Raises:
        SecretsUnavailable: The secrets cannot be kept there. Nothing is saved.
        SettingsNotSaved: The settings cannot be written. Nothing is saved.
    """
    file, place = SettingsFile(places.settings_file), SecretPlace(places)
    before = file.load().settings.profile(profile.name)
    kept_before = KeptIn.NONE if before is None else before.secret
    place.keep(profile.name, secrets, profile.secret)
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
