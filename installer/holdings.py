"""What a frozen folder holds, by whom it was made: packages, Python, libraries of the system."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path
from typing import Final

from packaging.utils import canonicalize_name

_OF_LICENCE: Final = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One piece of software in the folder.

    Attributes:
        kind: As package URLs call where it comes from: `pypi`, `deb`, `npm`, or `generic`.
        licence: In its maker's words; empty if they say none.
        texts: Its notices.
        home: Where its maker is to be found; empty if nobody says.
    """

    kind: str
    name: str
    version: str
    licence: str = ""
    texts: tuple[str, ...] = ()
    home: str = ""

    @property
    def address(self) -> str:
        """Its package URL."""
        return f"pkg:{self.kind}/{self.name}@{self.version}"


def parts_of(sources: Iterable[Path]) -> tuple[Part, ...]:
    """Return whose the files are that a folder was made of, by name.

    Args:
        sources: Where each file was taken from.
    """
    by_file = {
        Path(str(found.locate_file(file))).resolve(): found
        for found in distributions()
        for file in found.files or ()
    }
    packages: dict[str, Distribution] = {}
    others: list[Path] = []
    for source in {path.resolve() for path in sources}:
        found = by_file.get(source)
        if found is None:
            others.append(source)
        else:
            packages[canonicalize_name(found.name)] = found
    parts = [_package(found) for name, found in packages.items() if name != "wallboard"]
    return tuple(sorted([*parts, _python(), *_of_system(others)], key=lambda part: part.address))


def strangers(released: Iterable[str]) -> list[str]:
    """Return the modules that this Python has and a release is not made of.

    Where somebody works on the program they lie beside it, and libraries that can use them would
    bring them along.

    Args:
        released: The packages of a release, by canonical name.
    """
    known = {*released, "wallboard"}
    return sorted(
        module
        for module, owners in packages_distributions().items()
        if known.isdisjoint(map(canonicalize_name, owners))
    )


def sources_in(table: Path) -> list[Path]:
    """Return the files that a table of a build names."""
    rows: list[str] = json.loads(table.read_text(encoding="utf-8"))
    return [Path(row) for row in rows]


def _package(found: Distribution) -> Part:
    told = found.metadata
    licence = told.get("License-Expression") or told.get("License") or ""
    if not licence or "\n" in licence:
        kinds = [row for row in told.get_all("Classifier") or () if row.startswith("License ::")]
        licence = "; ".join(row.rpartition(" :: ")[2] for row in kinds)
    texts = [
        file.read_text(encoding="utf-8")
        for file in found.files or ()
        if ".dist-info" in str(file) and _OF_LICENCE.search(file.name)
    ]
    return Part(
        kind="pypi",
        name=canonicalize_name(found.name),
        version=found.version,
        licence=licence,
        texts=tuple(texts),
        home=_home(found),
    )


def _home(found: Distribution) -> str:
    for row in found.metadata.get_all("Project-URL") or ():
        label, _, address = row.partition(", ")
        if label.lower() in ("homepage", "home", "source", "repository", "source code"):
            return address
    return found.metadata.get("Home-page") or ""


def _python() -> Part:
    text = ""
    places = (Path(sys.base_prefix), Path(sys.base_prefix, "lib", f"python3.{sys.version_info[1]}"))
    for place in places:
        for name in ("LICENSE.txt", "LICENSE"):
            if not text and (place / name).is_file():
                text = (place / name).read_text(encoding="utf-8", errors="replace")
    return Part(
        kind="generic",
        name="python",
        version=platform.python_version(),
        licence="PSF-2.0",
        texts=(text,) if text else (),
        home="https://www.python.org/",
    )


def _of_system(files: Iterable[Path]) -> list[Part]:
    """Return the Debian packages whose files were taken; other systems tell nothing of the kind."""
    if not Path("/usr/bin/dpkg-query").exists():
        return []
    libraries = [str(path) for path in files if ".so" in path.name]
    names: set[str] = set()
    for library in libraries:
        # The same folder has two names, and the list of files knows one of them.
        for path in (library, library.removeprefix("/usr")):
            asked = _asked("dpkg-query", "--search", path)
            names.update(line.partition(": ")[0].split(",")[0] for line in asked.splitlines())
    parts = []
    for name in sorted(names):
        version = _asked("dpkg-query", "--show", "--showformat=${Version}", name)
        plain = name.partition(":")[0]
        notice = Path("/usr/share/doc", plain, "copyright")
        text = notice.read_text(encoding="utf-8", errors="replace") if notice.exists() else ""
        parts.append(
            Part(kind="deb", name=f"debian/{plain}", version=version, texts=(text,) if text else ())
        )
    return parts


def _asked(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
