"""What a release brings along that no Python package holds: fonts, and the texts of licences.

Both are npm packages, fetched by name; each is checked against its hash.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pins import InputsDiffer
from places import BUILD

CACHE: Final = BUILD / "cache"
"""Where packages are kept for the next build."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One npm package.

    Attributes:
        sha256: Of the archive, in hex.
        licence: As SPDX writes it.
    """

    name: str
    version: str
    sha256: str
    licence: str


FONTS: Final = Fetched(
    name="vazirmatn",
    version="33.0.3",
    sha256="9506e9e6a27e62b353c04a136c27de0cc3aa9e434658b45a6363f7c98c357090",
    licence="OFL-1.1",
)
LICENCES: Final = Fetched(
    name="spdx-license-list",
    version="6.12.0",
    sha256="54cc8d13086187333ca1457c8edaa06d9a412144f076aa7f7c1b59c4f3b0a1ef",
    licence="CC0-1.0",
)
_FONT_FILES: Final = {
    "package/fonts/ttf/Vazirmatn-Regular.ttf": "Vazirmatn-Regular.ttf",
    "package/fonts/ttf/Vazirmatn-Bold.ttf": "Vazirmatn-Bold.ttf",
    "package/OFL.txt": "Vazirmatn-OFL.txt",
}


def put_fonts(target: Path) -> None:
    """Put the fonts and their notice into a folder.

    Raises:
        InputsDiffer, subprocess.CalledProcessError, OSError: They cannot be had.
    """
    target.mkdir(parents=True, exist_ok=True)
    for inside, content in _read(FONTS, _FONT_FILES).items():
        (target / _FONT_FILES[inside]).write_bytes(content)


def licence_texts(names: Iterable[str]) -> dict[str, str]:
    """Return the texts of licences by their SPDX names.

    Raises:
        InputsDiffer, subprocess.CalledProcessError, OSError: They cannot be had.
    """
    inside = {f"package/licenses/{name}.json": name for name in names}
    told = _read(LICENCES, inside)
    return {inside[path]: json.loads(content)["licenseText"] for path, content in told.items()}


def _read(wanted: Fetched, paths: Iterable[str]) -> dict[str, bytes]:
    with tarfile.open(_archive(wanted)) as held:
        found = {path: held.extractfile(path) for path in paths}
        missing = [path for path, file in found.items() if file is None]
        if missing:
            raise InputsDiffer(f"{wanted.name} holds no {', '.join(missing)}")
        return {path: file.read() for path, file in found.items() if file is not None}


def _archive(wanted: Fetched) -> Path:
    CACHE.mkdir(parents=True, exist_ok=True)
    archive = CACHE / f"{wanted.name}-{wanted.version}.tgz"
    if not archive.exists():
        called = f"{wanted.name}@{wanted.version}"
        tool = shutil.which("npm") or "npm"  # a script on Windows, with an ending of its own
        told = [tool, "pack", "--silent", f"--pack-destination={CACHE}", called]
        subprocess.run(told, check=True, stdout=subprocess.DEVNULL)
    if hashlib.sha256(archive.read_bytes()).hexdigest() != wanted.sha256:
        raise InputsDiffer(f"{archive.name} is not the one that is pinned")
    return archive
