"""The address of the database that keeps the calls, with its password from where that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from wallboard.settings.model import KeptIn, Settings
from wallboard.settings.paths import Places
from wallboard.settings.secrets import PASSWORD_VARIABLE, SecretPlace, remember

# No connection can be called that: see `name_fits`.
_NAME: Final = "-history"
_KEY: Final = "password"


def history_address(
    settings: Settings, places: Places, environ: Mapping[str, str], *, told: str | None = None
) -> str | None:
    """Return the address of the database; None if calls are kept in files. May wait long.

    The password is the one that is told, else the environment's, else the one that is kept; if
    there is none, the address has none: the server or its own password file decides.

    Args:
        told: What the user entered just now. Only needed where it is kept nowhere.

    Raises:
        SecretsUnavailable: The place where the password is cannot be read.
    """
    if settings.history is None:
        return None
    password = told or environ.get(PASSWORD_VARIABLE) or _kept(settings, places)
    if not password:
        return settings.history
    remember({"as told": password, "as written": quote(password, safe="")})
    parts = urlsplit(settings.history)
    user = f"{parts.username}:" if parts.username else ":"
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}{quote(password, safe='')}@{place}"))


def keep_history_password(places: Places, password: str, where: KeptIn) -> None:
    """Keep the database's password where the settings are to say that it is.

    Raises:
        SecretsUnavailable: It is not kept.
    """
    SecretPlace(places).keep(_NAME, {_KEY: password}, where)


def forget_history_password(places: Places, where: KeptIn) -> None:
    """Remove the database's password. It is no error if there is none.

    Raises:
        SecretsUnavailable: It may still be there.
    """
    SecretPlace(places).forget(_NAME, (_KEY,), where)


def _kept(settings: Settings, places: Places) -> str | None:
    found = SecretPlace(places).recall(_NAME, (_KEY,), settings.history_secret)
    return found.get(_KEY)
