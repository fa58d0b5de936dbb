"""Where this program keeps its files, and where it finds the ones that it brought along."""

from __future__ import annotations

import hashlib
import os
import re
import site
import sys
import sysconfig
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

HOME_VARIABLE: Final = "WALLBOARD_HOME"
"""Names a directory; if set, all of the program's files live under it."""

_APP: Final = "wallboard"
# Says that a directory called "resources" is ours and not some other package's.
_MARK: Final = "translations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The directories of one user. None of them need exist; `made` makes one.

    Attributes:
        config: Settings, their last good copies, and secrets kept in files.
        data: What the program remembers.
        logs: What it said when something unexpected happened.
        moved: True if WALLBOARD_HOME chose them.
    """

    config: Path
    data: Path
    logs: Path
    moved: bool = False

    @property
    def settings_file(self) -> Path:
        """The file of settings."""
        return self.config / "settings.toml"

    @property
    def secrets(self) -> Path:
        """Where secrets go that the user wants in a file."""
        return self.config / "secrets"

    def history_file(self, name: str) -> Path:
        """Return where the history of the connection of that name is, if it is in a file.

        A name may hold what no file system takes, so only its plain letters are to be read there.
        """
        return self.data / "history" / f"{_plain_name(name)}.sqlite3"

    def rules_file(self, name: str) -> Path:
        """Return where the rules of alerts of the connection of that name are."""
        return self.config / "rules" / f"{_plain_name(name)}.toml"

    @property
    def walls(self) -> Path:
        """Where the boards of TVs are, one file each."""
        return self.config / "walls"

    @property
    def kiosks(self) -> Path:
        """The folder of what kiosks must know after a restart, a folder for each."""
        return self.data / "kiosk"

    def kiosk_folder(self, told: str) -> Path:
        """Return the folder of the kiosk that was told to show this."""
        return self.kiosks / _plain_name(told)

    @property
    def keyring_service(self) -> str:
        """The name under which the keyring keeps our secrets.

        Two homes may each have a connection of the same name; their secrets are not the same.
        """
        return f"{_APP} ({self.config})" if self.moved else _APP


def _plain_name(name: str) -> str:
    composed = unicodedata.normalize("NFC", name)
    plain = re.sub(r"[^A-Za-z0-9]+", "-", composed)[:32].strip("-").lower()
    digest = hashlib.sha256(composed.encode()).hexdigest()[:12]
    return f"{plain or 'connection'}-{digest}"


def places(environ: Mapping[str, str] | None = None) -> Places:
    """Return where the files of this user live. Touches no disk.

    Args:
        environ: The environment; None means the process's own.
    """
    home = (os.environ if environ is None else environ).get(HOME_VARIABLE, "").strip()
    if home:
        # Without resolving symbolic links: the path is the user's name for the place.
        root = Path(home).expanduser().absolute()
        return Places(config=root, data=root / "data", logs=root / "logs", moved=True)
    return Places(
        config=platformdirs.user_config_path(_APP, appauthor=False),
        data=platformdirs.user_data_path(_APP, appauthor=False),
        logs=platformdirs.user_log_path(_APP, appauthor=False),
    )


def made(directory: Path) -> Path:
    """Return the directory after making it, open to its owner alone.

    One that stands already keeps its rights: it may be the user's own choice.

    Raises:
        OSError: It cannot be made.
    """
    # The mode that `Path.mkdir` takes is not for the parents that it makes on the way.
    for missing in reversed([place for place in directory.parents if not place.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    directory.mkdir(mode=0o700, exist_ok=True)
    return directory


def resources_dir() -> Path | None:
    """Return the directory of translations and other files brought along. None if it is missing."""
    return next((place for place in _candidates() if (place / _MARK).is_dir()), None)


def _candidates() -> tuple[Path, ...]:
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return (Path(frozen) / "resources",)
    installed = [sysconfig.get_path("data"), sys.prefix]
    if site.ENABLE_USER_SITE:
        installed.append(site.getuserbase())
    checkout = Path(__file__).resolve().parents[2] / "resources"
    return (checkout, *(Path(root) / "share" / _APP for root in installed))
