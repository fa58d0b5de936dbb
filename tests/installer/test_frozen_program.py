"""The frozen program finds what only a metadata file names: its sources, its words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from support.checkout import ROOT
from support.pictures import colours

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        os.environ.get("WALLBOARD_FREEZE") != "1",
        reason="freezing takes minutes: ask for it with WALLBOARD_FREEZE=1 and the extra `freeze`",
    ),
]


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the frozen program."""
    folder = tmp_path_factory.mktemp("frozen")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "PyInstaller",
            "--noconfirm",
            f"--distpath={folder / 'dist'}",
            f"--workpath={folder / 'build'}",
            str(ROOT / "installer" / "wallboard.spec"),
        ],
        cwd=folder,
        check=True,
        timeout=550,
    )
    return folder / "dist" / "wallboard"


def said(frozen: Path, *arguments: str, where: Path) -> str:
    """Run the frozen program away from the checkout and from any Python of ours."""
    kept = {"LC_ALL", "QT_QPA_PLATFORM", "WALLBOARD_HOME", "PYTHON_KEYRING_BACKEND", "SYSTEMROOT"}
    ended = subprocess.run(
        [frozen / "wallboard", *arguments],
        cwd=where,
        env={name: value for name, value in os.environ.items() if name in kept},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert not ended.stderr
    return ended.stdout


def test_that_the_frozen_program_knows_its_sources(frozen: Path, tmp_path: Path) -> None:
    text = said(frozen, "sources", where=tmp_path)
    assert "asterisk" in text
    assert "simulator" in text


def test_that_the_frozen_program_reads_the_simulator(frozen: Path, tmp_path: Path) -> None:
    out = tmp_path / "board.png"
    said(frozen, "shot", "overview", "--demo", "--lang", "fa", "--out", str(out), where=tmp_path)
    assert colours(QImage(str(out))) > 40


def test_that_the_frozen_program_tells_the_version(frozen: Path, tmp_path: Path) -> None:
    assert json.loads(said(frozen, "version", "--json", where=tmp_path))


def test_that_the_frozen_program_can_keep_passwords(frozen: Path) -> None:
    readers = pytest.importorskip("PyInstaller.archive.readers")
    program = readers.CArchiveReader(str(frozen / "wallboard"))
    inside = set(program.open_embedded_archive("PYZ.pyz").toc)
    assert {"keyring", "keyring.backends.SecretService", "wallboard.settings.secrets"} <= inside


def test_that_the_folder_holds_nothing_that_is_not_used(frozen: Path) -> None:
    files = [path for path in frozen.rglob("*") if path.is_file() and not path.is_symlink()]
    unused = ("libgtk-3", "libQt6Quick", "_tkinter", "_multiarray_umath")
    assert not [path.name for path in files if path.name.startswith(unused)]
    assert sum(path.stat().st_size for path in files) < 200e6
