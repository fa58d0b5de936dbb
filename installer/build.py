"""Builds a release for the system that it runs on: a frozen folder, and packages of it.

    python installer/build.py                          all that this system can make
    python installer/build.py --deb --tar              these alone
    python installer/build.py --setup                  the set-up for Windows (NSIS)
    python installer/build.py --here                   with this Python and what it has installed

Without --here a fresh environment is made of the pinned packages; each file that comes is compared
with its hash in constraints-hashes.txt, and each installed file with what its package lists.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Final

from places import BUILD, DIST, ROOT, program_version, size_of

_LINUX: Final = ("deb", "rpm", "tar")
_WINDOWS: Final = ("setup",)
_FRESH: Final = BUILD / "environment"


def main() -> int:
    """Build what was asked for and return the exit code."""
    asked = _parser().parse_args()
    if not asked.here:
        return _in_fresh_environment(sys.argv[1:])
    # Here and not above: what these import is installed only in the environment of a build.
    from advisories import known_in  # noqa: PLC0415 - as told
    from frozen import BILL, frozen  # noqa: PLC0415 - as told
    from pins import check_installed, read_pins  # noqa: PLC0415 - as told

    pins = read_pins()
    bad = known_in({pin.name: pin.version for pin in pins})
    if bad:
        print("\n".join(bad), file=sys.stderr)
        return 1
    check_installed(pins)
    version: str = asked.version
    asked.out.mkdir(parents=True, exist_ok=True)
    BUILD.mkdir(exist_ok=True)
    folder = frozen(BUILD, fonts=not asked.no_fonts)
    print(f"{folder}: {size_of(folder) / 1e6:.0f} MB")
    made = [asked.out / f"wallboard-{version}-{sys.platform}.cdx.json"]
    shutil.copyfile(BUILD / BILL, made[0])
    forms = [form for form in (*_LINUX, *_WINDOWS) if getattr(asked, form)] or _usual()
    made += _packages(folder, forms, asked.out, version)
    for path in made:
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


def _parser() -> argparse.ArgumentParser:
    own = program_version()
    parser = argparse.ArgumentParser(description="Builds a release for this system.")
    for form in (*_LINUX, *_WINDOWS):
        parser.add_argument(f"--{form}", action="store_true")
    parser.add_argument("--here", action="store_true", help="in this environment")
    parser.add_argument("--no-fonts", action="store_true", help="without fonts; needs no npm")
    parser.add_argument("--out", type=Path, default=DIST, help="where packages go (dist)")
    parser.add_argument("--version", default=own, help=f"what packages call it ({own})")
    return parser


def _usual() -> list[str]:
    """Return what this system can make, as far as its tools are there."""
    if sys.platform.startswith("linux"):
        return list(_LINUX)
    if sys.platform == "win32":
        return list(_WINDOWS)
    return []  # macOS: the folder Wallboard.app


def _packages(folder: Path, forms: list[str], out: Path, version: str) -> list[Path]:
    made: list[Path] = []
    if set(forms) & set(_LINUX):
        import packages  # noqa: PLC0415 - as above

        stage = packages.staged(folder, BUILD / "stage", version)
        made += [getattr(packages, form)(stage, out, version) for form in _LINUX if form in forms]
    if "setup" in forms:
        import windows_setup  # noqa: PLC0415 - as above

        made.append(windows_setup.made(folder, BUILD / "extra" / "wallboard.ico", out, version))
    return made


def _in_fresh_environment(told: list[str]) -> int:
    """Make the environment of a release, and build in it."""
    shutil.rmtree(_FRESH, ignore_errors=True)
    venv.create(_FRESH, with_pip=True)
    place = sysconfig.get_path("scripts", "venv", {"base": str(_FRESH)})
    python = Path(place) / ("python.exe" if sys.platform == "win32" else "python")
    # With nothing of its own it cannot yet read pins: pip reads the file itself.
    pinned = [*("--no-deps", "--only-binary=:all:"), "-r", ROOT / "constraints-hashes.txt"]
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", *pinned], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", ROOT], check=True)
    built = subprocess.run([python, ROOT / "installer/build.py", "--here", *told], check=False)
    return built.returncode


if __name__ == "__main__":
    sys.exit(main())
