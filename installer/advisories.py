"""Flaws that are known of what a release is made of, and which of them it would have."""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.specifiers import SpecifierSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One flaw.

    Attributes:
        name: Of the package, in its canonical form; or of a library of Python's.
        affected: The range of its versions, as pip writes it.
        python: Under which versions of Python; empty for all of them.
        what: What it does.
        met: How the program lives with it; empty if it cannot.
    """

    name: str
    affected: str
    advisory: str
    what: str
    python: str = ""
    met: str = ""

    def hits(self, version: str) -> bool:
        """Return whether a version has it, under this Python."""
        here = SpecifierSet(self.python).contains(platform.python_version())
        return here and SpecifierSet(self.affected).contains(version, prereleases=True)


def known_flaws() -> tuple[Flaw, ...]:
    """Return the flaws that are written down."""
    text = Path(__file__).with_name("advisories.toml").read_text(encoding="utf-8")
    return tuple(Flaw(**row) for row in tomllib.loads(text)["flaw"])


def known_in(versions: Mapping[str, str]) -> list[str]:
    """Return a sentence for each flaw that these versions have and the program cannot live with.

    Args:
        versions: By canonical name.
    """
    return [
        f"{flaw.name} {versions[flaw.name]} has a known flaw ({flaw.advisory}): {flaw.what}"
        for flaw in known_flaws()
        if flaw.name in versions and not flaw.met and flaw.hits(versions[flaw.name])
    ]
