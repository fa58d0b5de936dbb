"""A real Asterisk to test against: started if need be, and left running if it was running."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

VERSIONS: Final = (22, 16)
# A second lab beside the first has another home (ASTERISK_LAB_HOME), and other ports.
_BASE: Final = int(os.environ.get("WALLBOARD_LAB_OFFSET", "0"))
_PORT_OFFSETS: Final = {22: _BASE, 16: _BASE + 100}
_ACCOUNTS: Final = ("admin", "supervisor", "viewer", "wrongperm", "blocked")


@dataclass(frozen=True, slots=True, kw_only=True)
class AsteriskLab:
    """One running PBX of the lab.

    Attributes:
        folder: The lab's scripts.
        port: Of the AMI over TCP.
        http_port: Of the AMI over HTTP.
        phones_port: Of the AMI of the server that plays all phones.
        accounts: Secret by AMI account.
        root: The server's own root folder.
        log: Where `queue_log`, `cdr-csv/Master.csv` and `full` are.
    """

    version: int
    folder: Path
    root: Path
    host: str = "127.0.0.1"
    port: int
    http_port: int
    phones_port: int
    accounts: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({name: f"{name}-secret" for name in _ACCOUNTS})
    )

    @property
    def log(self) -> Path:
        return self.root / "lab" / "pbx" / "log"

    @property
    def env(self) -> dict[str, str]:
        """The environment for the lab's scripts."""
        return _environment(self.version)

    def told(self, username: str = "supervisor") -> dict[str, str]:
        """Return the fields of a connection to this PBX with one of its accounts."""
        return {
            "host": self.host,
            "port": str(self.port),
            "username": username,
            "secret": self.accounts[username],
        }

    def told_over_http(
        self, username: str = "supervisor", *, digest: bool = False
    ) -> dict[str, str]:
        """Return the fields of a connection to its web server."""
        web = {"transport": "http", "port": str(self.http_port), "path": "/"}
        return {**self.told(username), **web, "digest": "yes" if digest else "no"}

    def cli(self, command: str) -> str:
        """Return what one console command on the PBX prints."""
        return subprocess.run(
            [self.folder / "cli", str(self.version), command],
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout

    def call(self, queue: str = "801", seconds: float = 5) -> subprocess.Popen[str]:
        """Let one customer call a queue's number and stay for so long at most."""
        return subprocess.Popen(
            [self.folder / "call", queue, str(seconds)],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def traffic(
        self, out: Path, *, seed: int, seconds: float, **more: object
    ) -> subprocess.Popen[str]:
        """Start reproducible calls; what truly happened is in `out` when the process has ended.

        Args:
            more: Further options of the lab's traffic script, such as `rate=0.5`.
        """
        options = {"seed": seed, "seconds": seconds, "out": out, **more}
        arguments = [
            text
            for name, value in options.items()
            for text in (f"--{name.replace('_', '-')}", str(value))
        ]
        return subprocess.Popen(
            [self.folder / "traffic.py", *arguments],
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )


def why_no_lab(shared: Path | None) -> str | None:
    """Return why there can be no lab on this machine. None if there can be."""
    if shared is None or not (shared / "asterisk-lab" / "up").is_file():
        return "the folder asterisk-lab is not there (it is looked for in the shared folder)"
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "a real Asterisk is started in a chroot: that needs root on Linux"
    return None


def started(version: int, shared: Path) -> tuple[AsteriskLab, bool]:
    """Return the lab's PBX of that version, and whether it had to be started for us."""
    offset = _PORT_OFFSETS[version]
    lab = AsteriskLab(
        version=version,
        folder=shared / "asterisk-lab",
        root=_home() / str(version) / "root",
        port=5038 + offset,
        http_port=8088 + offset,
        phones_port=5048 + offset,
    )
    if _answers(lab.host, lab.port):
        return lab, False
    subprocess.run(
        [lab.folder / "up", str(version)],
        env=lab.env,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=600,
    )
    return lab, True


def stopped(lab: AsteriskLab) -> None:
    """Stop what `started` has started."""
    subprocess.run(
        [lab.folder / "down", str(lab.version)],
        env=lab.env,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=60,
    )


def _home() -> Path:
    told = os.environ.get("ASTERISK_LAB_HOME")
    if told:
        return Path(told)
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "asterisk-lab"


def _environment(version: int) -> dict[str, str]:
    return {**os.environ, "LAB_PORT_OFFSET": str(_PORT_OFFSETS[version])}


def _answers(host: str, port: int) -> bool:
    try:
        with closing(socket.create_connection((host, port), timeout=2)) as link:
            return link.recv(64).startswith(b"Asterisk Call Manager/")
    except OSError:
        return False
