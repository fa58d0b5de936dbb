"""The project's own files, and its checks run over them or over a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {"build", "dist", "__pycache__", "uv.lock"}


def run(*command: str | Path, cwd: Path = ROOT, said: str | None = None, **env: str) -> Ran:
    """Return what a command printed and how it ended. Its first word may be a tool of ours."""
    tool = Path(sysconfig.get_path("scripts")) / command[0]
    first = tool if tool.exists() else command[0]
    ended = subprocess.run(
        [first, *command[1:]],
        cwd=cwd,
        input=said,
        env={**os.environ, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1", **env},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr)


class Ran:
    """A command that has ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def text(self) -> str:
        return self.out + self.err


def python(code: str, **env: str) -> Ran:
    """Run a piece of Python in a process of its own, with warnings as errors."""
    return run(sys.executable, "-W", "error", "-c", code, **env)


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml as it stands."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def files() -> tuple[Path, ...]:
    """Return all files of the project: in a checkout those that git keeps or would keep."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed.code == 0:
        found = (ROOT / name for name in listed.out.split("\0") if name)
    else:
        found = (path for path in ROOT.rglob("*") if not _left_out(path.relative_to(ROOT)))
    return tuple(sorted(path for path in found if path.is_file()))


def _left_out(path: Path) -> bool:
    return any(
        part in _NOT_OURS or part.endswith(".egg-info") or (part.startswith(".") and part != ".ci")
        for part in path.parts
    )


@cache
def modules() -> tuple[Path, ...]:
    """Return the Python files of the package."""
    return tuple(path for path in files() if path.suffix == ".py" and path.is_relative_to(PACKAGE))


PACKAGE = ROOT / "wallboard"


def copied(to: Path) -> Path:
    """Copy the package and its configuration into a folder, and return that folder."""
    for module in modules():
        target = to / module.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(module, target)
    shutil.copyfile(ROOT / "pyproject.toml", to / "pyproject.toml")
    return to
