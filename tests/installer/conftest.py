"""A release, built once for all tests that look at it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.checkout import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a build has made.

    Attributes:
        work: Its folder of work.
        dist: What is handed on.
    """

    work: Path
    dist: Path

    @property
    def frozen(self) -> Path:
        """The folder with the frozen program."""
        return self.work / "wallboard"

    def package(self, ending: str) -> Path:
        """Return the newest package of that form."""
        return max(self.dist.glob(f"*{ending}"), key=lambda path: path.stat().st_mtime)


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release for Linux: the one that WALLBOARD_RELEASE names, else one that is built now."""
    told = os.environ.get("WALLBOARD_RELEASE")
    if told:
        return Release(work=Path(told) / "build", dist=Path(told) / "dist")
    dist = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, ROOT / "installer" / "build.py", "--here", f"--out={dist}"],
        check=True,
        timeout=550,
    )
    return Release(work=ROOT / "build", dist=dist)
