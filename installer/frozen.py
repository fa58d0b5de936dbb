"""Freezes the program into a folder of its own, and adds what a release brings along."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bill import bill_of
from fetched import FONTS, licence_texts, put_fonts
from holdings import Part, parts_of, sources_in, strangers
from icons import ico_of, write_pngs
from notices import TEXTS, notices
from pins import HASHES, read_pins
from places import BUILD, RESOURCES, ROOT, built_at, program_version

NOTICES: Final = "THIRD-PARTY-NOTICES.txt"
BILL: Final = "wallboard.cdx.json"
_ICON: Final = RESOURCES / "icons" / "wallboard.svg"
_SIZES_OF_ICNS: Final = (16, 32, 128, 256, 512)


def frozen(target: Path, *, trimmed: bool = True, fonts: bool = True) -> Path:
    """Freeze the program with the Python that runs this, and return its folder.

    Beside the folder lies its bill of materials.

    Args:
        target: Where the folder `wallboard` is made; one that is there is replaced.
        trimmed: False leaves in what nobody uses, to measure against.
        fonts: False leaves out the fonts, and needs no npm.
    """
    work = target / "work"
    extra = target / "extra"
    shutil.rmtree(extra, ignore_errors=True)
    write_pngs(_ICON, extra / "resources" / "icons")
    (extra / "wallboard.ico").write_bytes(ico_of(_ICON))
    if sys.platform == "darwin":
        _make_icns(extra)
    if fonts:
        put_fonts(extra / "resources" / "fonts")
    _run_pyinstaller(target, work, {"WALLBOARD_EXTRA": str(extra)}, trimmed=trimmed)
    folder = target / "wallboard"
    if trimmed:
        _account_for(folder, sources_in(work / "wallboard" / "taken.json"), fonts=fonts)
        _strip(folder / "_internal")
        _set_rights(folder)
    return folder


def _run_pyinstaller(target: Path, work: Path, told: Mapping[str, str], *, trimmed: bool) -> None:
    surroundings = {
        **os.environ,
        **told,
        "PYTHONHASHSEED": "1",  # so that the same inputs make the same files
        "SOURCE_DATE_EPOCH": str(built_at()),
        "WALLBOARD_STRANGERS": ",".join(strangers(pin.name for pin in read_pins(HASHES))),
        "WALLBOARD_VERSION": program_version(),
        "WALLBOARD_UNTRIMMED": "" if trimmed else "1",
    }
    command = ["--noconfirm", "--log-level=WARN", f"--distpath={target}", f"--workpath={work}"]
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", *command, ROOT / "installer" / "wallboard.spec"],
        # Not where a folder of an older build lies, which Python would take for the program.
        cwd=ROOT,
        env=surroundings,
        check=True,
    )


def _account_for(folder: Path, sources: list[Path], *, fonts: bool) -> None:
    """Write the notices into the folder, and the bill beside it."""
    parts = parts_of(sources)
    if fonts:
        text = next((folder / "_internal").rglob("Vazirmatn-OFL.txt")).read_text(encoding="utf-8")
        vazirmatn = Part(
            kind="npm",
            name=FONTS.name,
            version=FONTS.version,
            licence=FONTS.licence,
            texts=(text,),
        )
        parts = (*parts, vazirmatn)
    version = program_version()
    whole = notices(version, parts, licence_texts(TEXTS) if fonts else {})
    (folder / NOTICES).write_text(whole, encoding="utf-8")
    hashes = {f"pkg:pypi/{pin.name}@{pin.version}": pin.hashes for pin in read_pins(HASHES)}
    hashes[f"pkg:npm/{FONTS.name}@{FONTS.version}"] = frozenset({FONTS.sha256})
    bill = bill_of(version, parts, built_at(), hashes)
    (folder.parent / BILL).write_text(bill, encoding="utf-8")


def _strip(folder: Path) -> None:
    """Take out of libraries what only who mends them needs, and where they were built.

    Qt's come as they should be. Python's look for others where Python was installed on this
    machine: elsewhere that folder may be anybody's.
    """
    tool = shutil.which("strip")
    if tool is None or not sys.platform.startswith("linux"):
        return
    for path in folder.rglob("*.so*"):
        if path.is_file() and not path.is_symlink() and "PySide6" not in path.parts:
            subprocess.run([tool, "--strip-unneeded", path], check=True)
            _look_beside(path)


def _look_beside(library: Path) -> None:
    """Have a library look for others beside itself, where it would look in this Python's folder."""
    here = f"{sys.base_prefix}/lib".encode()
    beside = b"$ORIGIN".ljust(len(here), b"\0")
    content = library.read_bytes()
    # Whole texts only, each of which ends with a zero: the new one must not be longer.
    if len(beside) == len(here) and b"\0" + here + b"\0" in content:
        library.write_bytes(content.replace(b"\0" + here + b"\0", b"\0" + beside + b"\0"))


def _set_rights(folder: Path) -> None:
    """Let everybody read, and run the program alone: libraries are loaded, not run."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path == folder / "wallboard"
            path.chmod(0o755 if runs else 0o644)


def _make_icns(extra: Path) -> None:
    """Write the icon as macOS reads it, with the tool that it has for that."""
    pictures = BUILD / "wallboard.iconset"
    write_pngs(_ICON, pictures, _SIZES_OF_ICNS)
    for side in _SIZES_OF_ICNS:
        (pictures / f"wallboard-{side}.png").rename(pictures / f"icon_{side}x{side}.png")
    made = extra / "wallboard.icns"
    subprocess.run(["iconutil", "-c", "icns", pictures, "-o", made], check=True)
