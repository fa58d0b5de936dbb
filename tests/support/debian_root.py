"""A fresh Debian in a folder, with a package installed, and no Python and no font in it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

_TOOLS = {"mmdebstrap": "mmdebstrap", "unshare": "util-linux", "chroot": "coreutils"}
_USER = 1000
PACKAGE = "var/wallboard.deb"
"""Where in it the package stays."""
_STAMP = "var/wallboard.stamp"
# Programs want /proc and shared memory; both are gone with the process.
_ENTER = """
mount -t proc proc "$0/proc" &&
mount -t tmpfs tmpfs "$0/dev/shm" &&
exec chroot --userspec=$1 "$0" env -i PATH=/usr/bin:/usr/sbin:/bin:/sbin "${@:2}"
"""


def why_no_root() -> str:
    """Return why there is none to be had here; empty if there is."""
    if not Path("/etc/debian_version").exists() or os.geteuid() != 0:
        return "a Debian in a folder is made by root, on Debian"
    missing = [package for tool, package in _TOOLS.items() if shutil.which(tool) is None]
    return f"apt install {' '.join(missing)}" if missing else ""


class DebianRoot:
    """One such system. Nothing of it is a container: it shares the network with its host."""

    def __init__(self, folder: Path, package: Path) -> None:
        """Make it, which takes a minute or two, unless it is there already.

        Args:
            folder: Where it is to be.
            package: A .deb file.
        """
        self.folder = folder
        self._stamp = hashlib.sha256(package.read_bytes()).hexdigest()
        stamp = folder / _STAMP
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != self._stamp:
            shutil.rmtree(folder, ignore_errors=True)
            self._make(package)
            stamp.write_text(self._stamp, encoding="utf-8")

    def _make(self, package: Path) -> None:
        lists = sorted(Path("/etc/apt").glob("sources.list*/*.sources"))
        lists += [path for path in (Path("/etc/apt/sources.list"),) if path.exists()]
        install = f"apt-get -qq -y --no-install-recommends install /{PACKAGE}"
        told = [
            *("mmdebstrap", "--mode=root", "--variant=apt", "--format=directory", "--quiet"),
            "--skip=check/empty",
            '--aptopt=Acquire::Languages "none"',
            "--dpkgopt=force-unsafe-io",  # nobody wants it back after a power cut
            *(f"--dpkgopt=path-exclude=/usr/share/{name}/*" for name in ("locale", "info")),
            f'--customize-hook=cp {package} "$1/{PACKAGE}"',
            f"--customize-hook=chroot \"$1\" sh -c '{install}'",
            f'--customize-hook=chroot "$1" useradd --create-home --uid {_USER} sam',
            *(_codename(), str(self.folder), *map(str, lists)),
        ]
        subprocess.run(told, check=True, timeout=580, stdout=subprocess.DEVNULL)

    def run(
        self,
        *command: str,
        root: bool = False,
        timeout_s: float = 120,
        typed: str = "",
        **env: str,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, as a user who owns nothing but his home."""
        return subprocess.run(
            self.command(*command, root=root, **env),
            input=typed,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )

    def command(self, *command: str, root: bool = False, **env: str) -> list[str | Path]:
        """Return what runs a command in it."""
        user = "0:0" if root else f"{_USER}:{_USER}"
        home = "/" + "root" if root else "/" + "home/sam"
        told = {"HOME": home, "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen", **env}
        named = [f"{name}={value}" for name, value in told.items()]
        return ["unshare", "--mount", "bash", "-c", _ENTER, self.folder, user, *named, *command]

    @property
    def home(self) -> Path:
        """The home of its user."""
        return self.folder / "home" / "sam"


def _codename() -> str:
    rows = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return next(row.partition("=")[2] for row in rows if row.startswith("VERSION_CODENAME="))
