"""Where a build takes things from and where it puts them, and which version it makes."""

from __future__ import annotations

import ast
import os
import subprocess
import tomllib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
RESOURCES: Final = ROOT / "resources"
BUILD: Final = ROOT / "build"
"""What only the build needs; may be deleted at any time."""
DIST: Final = ROOT / "dist"
"""What is handed on."""


def program_version() -> str:
    """Return the program's version.

    Raises:
        ValueError: The package and the project disagree about it.
    """
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version: str = told["project"]["version"]
    plate = ast.parse((ROOT / "wallboard" / "__init__.py").read_text(encoding="utf-8"))
    said = [
        node.value.value
        for node in plate.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    ]
    if version not in said:
        message = f"pyproject.toml says {version}, wallboard/__init__.py says {said}"
        raise ValueError(message)
    return version


def built_at() -> int:
    """Return the moment that all made files bear, in seconds: that of the newest commit.

    SOURCE_DATE_EPOCH, if it is set, is taken instead, so that a build can be made again.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told is not None:
        return int(told)
    command = ["git", "log", "-1", "--format=%ct"]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = asked.stdout.strip()
    if said.isdigit():
        return int(said)
    return int((ROOT / "CHANGELOG.md").stat().st_mtime)  # in a copy without its history


def size_of(folder: Path) -> int:
    """Return how many bytes the files of a folder have together; links count nothing."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)
