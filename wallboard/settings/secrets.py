"""Keeps passwords: in the system's keyring, in a file of the owner's alone, or nowhere.

Which one is always the user's decision. Nothing falls back to another place by itself, and a
keyring that only pretends to keep is found out, because what is written is read back.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import threading
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Final, TypeVar

from wallboard.domain.errors import WallboardError
from wallboard.settings.model import KeptIn
from wallboard.settings.notice import Notice, notice, translate
from wallboard.settings.paths import Places, made
from wallboard.settings.whole_file import replace_file

PATIENCE_S: Final = 60.0
"""How long a keyring may take: it may be asking the user to unlock it."""

PASSWORD_VARIABLE: Final = "WALLBOARD_HISTORY_PASSWORD"  # noqa: S105 - a name, no password
"""The variable of the environment that may hold the password of the history's database."""

Secrets = Mapping[str, str]
"""Secret fields' values by key."""

_Result = TypeVar("_Result")
_VARIABLE: Final = "WALLBOARD_SECRET_"
_SHORTEST_REDACTED: Final = 4

# Every secret that this process has seen, so that no log repeats one. It lives as long as the
# process, and is reached from the log's last filter, which nothing could be handed to.
_seen: set[str] = set()


class SecretsUnavailable(WallboardError):
    """Secrets could not be kept or found where they should be. Ask the user.

    Attributes:
        notice: Why, and what to do, as a sentence. Never holds a secret.
    """

    def __init__(self, told: Notice) -> None:
        super().__init__(str(told))
        self.notice = told


@dataclass(frozen=True, slots=True)
class SecretPlace:
    """Where one user's secrets are: a door to the keyring, and a directory."""

    places: Places
    patience_s: float = field(default=PATIENCE_S, kw_only=True)

    def keyring_trouble(self) -> Notice | None:
        """Return why no keyring can be used, or None if one works.

        Keeps something without meaning, reads it back and removes it. May ask the user to unlock
        the keyring, and waits for him.
        """
        name = f"trial-{token_hex(4)}"
        try:
            self._keep_in_keyring(name, {"trial": token_hex(8)})
            self._forget_in_keyring(name, ("trial",))
        except SecretsUnavailable as error:
            return error.notice
        return None

    def keep(
        self, name: str, secrets: Secrets, where: KeptIn, *, instead_of: tuple[str, ...] = ()
    ) -> None:
        """Keep the secrets of a connection, and make sure that they can be read again.

        Args:
            name: The connection's.
            where: ASK and NONE keep nothing.
            instead_of: What may be kept there of before: of these, who has no secret any more
                has none.

        Raises:
            SecretsUnavailable: They are not kept.
        """
        remember(secrets)
        if where is KeptIn.KEYRING:
            # First: if only half of it is done, a secret is missing, and none is at hand for
            # another one than it was told for.
            gone = tuple([key for key in instead_of if key not in secrets])
            if gone:
                self._forget_in_keyring(name, gone)
            self._keep_in_keyring(name, secrets)
        elif where is KeptIn.FILE:
            self._keep_in_file(name, secrets)

    def recall(self, name: str, keys: tuple[str, ...], where: KeptIn) -> Secrets:
        """Return the secrets of a connection; those that were not kept are left out.

        Args:
            name: The connection's.
            keys: The fields that are secret.
            where: ASK and NONE have none.

        Raises:
            SecretsUnavailable: The place cannot be read, or others could have read it.
        """
        found: Secrets = {}
        if where is KeptIn.KEYRING:
            found = self._recall_from_keyring(name, keys)
        elif where is KeptIn.FILE:
            found = self._recall_from_file(name)
        remember(found)
        return {key: found[key] for key in keys if key in found}

    def forget(self, name: str, keys: tuple[str, ...], where: KeptIn) -> None:
        """Remove the secrets of a connection. It is no error if there are none.

        Raises:
            SecretsUnavailable: They may still be there.
        """
        if where is KeptIn.KEYRING:
            self._forget_in_keyring(name, keys)
        elif where is KeptIn.FILE:
            try:
                self._file(name).unlink(missing_ok=True)
            except OSError as error:
                raise _file_trouble(self._file(name), error) from None

    def _keep_in_keyring(self, name: str, secrets: Secrets) -> None:
        import keyring  # noqa: PLC0415 - start-up: 60 ms that only connections with secrets need

        def keep() -> bool:
            for key, value in secrets.items():
                keyring.set_password(self.places.keyring_service, f"{name}/{key}", value)
            return all(
                keyring.get_password(self.places.keyring_service, f"{name}/{key}") == value
                for key, value in secrets.items()
            )

        if not self._asked(keep):
            with suppress(SecretsUnavailable):
                self._forget_in_keyring(name, tuple(secrets))
            raise SecretsUnavailable(
                notice(
                    translate(
                        "Settings",
                        "The keyring ({keyring}) took the password and does not give it back:"
                        " it keeps nothing.",
                    ),
                    keyring=type(keyring.get_keyring()).__module__,
                )
            )

    def _recall_from_keyring(self, name: str, keys: tuple[str, ...]) -> Secrets:
        import keyring  # noqa: PLC0415 - start-up, as above

        def recall() -> dict[str, str | None]:
            return {
                key: keyring.get_password(self.places.keyring_service, f"{name}/{key}")
                for key in keys
            }

        found = self._asked(recall)
        return {key: value for key, value in found.items() if value is not None}

    def _forget_in_keyring(self, name: str, keys: tuple[str, ...]) -> None:
        import keyring  # noqa: PLC0415 - start-up, as above

        def forget() -> None:
            for key in keys:
                entry = f"{name}/{key}"
                if keyring.get_password(self.places.keyring_service, entry) is not None:
                    keyring.delete_password(self.places.keyring_service, entry)

        self._asked(forget)

    def _asked(self, question: Callable[[], _Result]) -> _Result:
        """Ask the keyring, which may hang: it talks to another process, and that to the user.

        Raises:
            SecretsUnavailable: It refused, broke or took too long.
        """
        answers: list[_Result] = []
        errors: list[BaseException] = []

        def ask() -> None:
            try:
                answers.append(question())
            except BaseException as error:  # noqa: BLE001 - backends raise anything; told below
                errors.append(error)

        thread = threading.Thread(target=ask, name="keyring", daemon=True)
        thread.start()
        thread.join(self.patience_s)
        if answers:
            return answers[0]
        # Without the error's own words and without chaining it: a backend may quote what it was
        # given to keep.
        raise SecretsUnavailable(_keyring_trouble(errors[0] if errors else None))

    def _file(self, name: str) -> Path:
        # A name may hold what a file's name may not, and be longer.
        digest = hashlib.sha256(unicodedata.normalize("NFC", name).encode()).hexdigest()
        return self.places.secrets / f"{digest[:32]}.json"

    def _keep_in_file(self, name: str, secrets: Secrets) -> None:
        path = self._file(name)
        content = json.dumps({"name": name, "secrets": dict(secrets)}, ensure_ascii=False)
        try:
            made(path.parent)
            replace_file(path, content.encode())
        except OSError as error:
            raise _file_trouble(path, error) from None
        if self._recall_from_file(name) != secrets:
            raise _file_trouble(
                path, OSError(translate("Settings", "it does not keep what is written"))
            )

    def _recall_from_file(self, name: str) -> Secrets:
        path = self._file(name)
        try:
            text = _read_guarded(path)
        except OSError as error:
            raise _file_trouble(path, error) from None
        try:
            kept = json.loads(text)
        except (ValueError, RecursionError):
            kept = None  # said below, and without the words of the error: they quote the file
        secrets = kept.get("secrets") if isinstance(kept, dict) else None
        if not isinstance(secrets, dict) or not all(isinstance(v, str) for v in secrets.values()):
            raise _file_trouble(path, OSError(translate("Settings", "it is damaged")))
        return secrets


def secret_variable(name: str) -> str | None:
    """Return the name of the environment's variable that may hold a connection's secret.

    None for a name with other letters than A to Z: no shell could set it, and two such names
    could not be told apart.
    """
    if not name.isascii():
        return None
    return _VARIABLE + "".join(char if char.isalnum() else "_" for char in name.upper())


def from_environment(name: str, keys: tuple[str, ...], environ: Mapping[str, str]) -> Secrets:
    """Return those secrets of a connection that the environment holds.

    The only one is in the variable itself, one of several in a variable of its own.
    """
    variable = secret_variable(name)
    if variable is None:
        return {}
    if len(keys) == 1:
        variables = {keys[0]: variable}
    else:
        variables = {key: f"{variable}_{key.upper()}" for key in keys}
    return {key: environ[each] for key, each in variables.items() if environ.get(each)}


def remember(secrets: Secrets) -> None:
    """Have `redacted` remove these values from now on. May be called from any thread."""
    _seen.update(value for value in secrets.values() if len(value) >= _SHORTEST_REDACTED)


def redacted(text: str) -> str:
    """Return the text without any secret that this process has seen."""
    for secret in sorted(_seen, key=len, reverse=True):
        # As it is, and as a traceback or a log would quote it.
        for shape in (secret, repr(secret)[1:-1], json.dumps(secret)[1:-1]):
            text = text.replace(shape, "•••")
    return text


def _keyring_trouble(error: BaseException | None) -> Notice:
    from keyring.errors import (  # noqa: PLC0415 - start-up, as above
        InitError,
        KeyringLocked,
        NoKeyringError,
    )

    if error is None:
        return notice(translate("Settings", "The keyring does not answer."))
    if isinstance(error, NoKeyringError):
        return notice(translate("Settings", "This machine has no keyring that can be used."))
    if isinstance(error, KeyringLocked | InitError):
        return notice(translate("Settings", "The keyring is locked and was not unlocked."))
    return notice(
        translate("Settings", "The keyring cannot be used ({reason})."),
        reason=type(error).__name__,
    )


def _file_trouble(path: Path, error: OSError) -> SecretsUnavailable:
    return SecretsUnavailable(
        notice(
            translate("Settings", "The file of the password, {path}, cannot be used: {reason}."),
            path=path,
            reason=error.strerror or str(error),
        )
    )


def _read_guarded(path: Path) -> str:
    """Return what a secret file holds.

    Raises:
        OSError: It cannot be read, or somebody else may read or write it.
    """
    # Without following a link, and asking the opened file itself: what was checked is what is
    # read.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as handle:
        if sys.platform != "win32":
            _guard(os.fstat(handle.fileno()), path.parent.stat())
        return handle.read(1_000_000).decode(errors="replace")


def _guard(file: os.stat_result, directory: os.stat_result) -> None:
    if not stat.S_ISREG(file.st_mode):
        raise OSError(translate("Settings", "it is no plain file"))
    if {file.st_uid, directory.st_uid} != {os.geteuid()}:
        raise OSError(translate("Settings", "it belongs to somebody else"))
    if file.st_mode & 0o077:
        raise OSError(
            translate("Settings", "others may read it; allow it to its owner alone (chmod 600)")
        )
    if directory.st_mode & 0o077:
        raise OSError(
            translate(
                "Settings", "others may open its directory; allow it to its owner alone (chmod 700)"
            )
        )
