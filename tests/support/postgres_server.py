"""A PostgreSQL server of a test's own, from the system's package, in a folder that goes away."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import psutil

PACKAGE: Final = "postgresql"
_PLACES: Final = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")


def binaries() -> Path | None:
    """Return where the newest server's programs are. None if there are none."""
    found = [
        folder
        for pattern in _PLACES
        for folder in Path("/").glob(pattern.lstrip("/"))
        if (folder / "initdb").is_file() and (folder / "postgres").is_file()
    ]
    versions = {folder: int((re.findall(r"\d+", str(folder)) or ["0"])[-1]) for folder in found}
    return max(versions, key=lambda folder: versions[folder], default=None)


def why_no_server() -> str | None:
    """Return why no server can be started here. None if one can."""
    if binaries() is None:
        return f"no PostgreSQL server is installed (Debian's package is {PACKAGE})"
    if os.geteuid() == 0 and _other_user() is None:
        return "a PostgreSQL server does not run as root, and there is no user to run it as"
    return None


def _other_user() -> str | None:
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    return None


class Server:
    """A server on a Unix socket, which can be killed and started again."""

    def __init__(self, home: Path, *, port: int | None = None) -> None:
        """Make it; it does not run yet.

        Args:
            port: Of 127.0.0.1, where it is to listen too.
        """
        self._port = port
        programs = binaries()
        assert programs is not None, why_no_server()
        self._programs = programs
        self._home = home
        self._user = _other_user() if os.geteuid() == 0 else None
        self._environ = {**os.environ, "LC_ALL": "C.UTF-8"}
        self._running: subprocess.Popen[bytes] | None = None
        if self._user is not None:
            shutil.chown(home, self._user)
        init = [programs / "initdb", "-D", self._data, "-U", "wallboard", "-A", "trust"]
        subprocess.run(
            [*init, "-E", "UTF8", "--no-sync"],
            check=True,
            user=self._user,
            cwd=home,
            env=self._environ,
            stdout=subprocess.DEVNULL,
        )

    @property
    def url(self) -> str:
        """The URL of its one database."""
        if self._port is not None:
            return f"postgresql://wallboard@127.0.0.1:{self._port}/postgres"
        return f"postgresql://wallboard@/postgres?host={self._home}"

    @property
    def _data(self) -> Path:
        return self._home / "data"

    def start(self) -> None:
        """Run, and be ready."""
        listens = "" if self._port is None else "127.0.0.1"
        port = () if self._port is None else ("-c", f"port={self._port}")
        with (self._home / "log").open("ab") as log:
            self._running = subprocess.Popen(
                [
                    *(self._programs / "postgres", "-D", self._data, "-k", self._home),
                    *("-c", f"listen_addresses={listens}", *port),
                ],
                user=self._user,
                cwd=self._home,
                env=self._environ,
                stdout=log,
                stderr=log,
            )
        _await(self._programs, self._home, self._running, self._port)

    def kill(self) -> None:
        """End it as a loss of power ends a program: with all that works for it, at once."""
        if self._running is None:
            return
        parent = psutil.Process(self._running.pid)
        # Who works for it would end by itself, a little later: a new one could not start by then.
        processes = [parent, *parent.children(recursive=True)]
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self._running.wait(30)
        psutil.wait_procs(processes[1:], timeout=30)
        self._running = None
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        """End it at once, not when the last client has gone."""
        if self._running is not None:
            self._running.send_signal(signal.SIGINT)
            self._running.wait(30)
            self._running = None


@contextmanager
def server() -> Iterator[str]:
    """Run a server on a Unix socket; give the URL of its one database."""
    with server_to_kill() as running:
        yield running.url


@contextmanager
def server_to_kill(port: int | None = None) -> Iterator[Server]:
    """Run a server that the test may kill, on a Unix socket or at a port of 127.0.0.1."""
    # Short: the path of a socket may have 107 bytes.
    home = Path(tempfile.mkdtemp(prefix="wb-pg-", dir="/tmp"))
    running: Server | None = None
    try:
        running = Server(home, port=port)
        running.start()
        yield running
    finally:
        if running is not None:
            running.stop()
        shutil.rmtree(home, ignore_errors=True)


def _await(programs: Path, home: Path, running: subprocess.Popen[bytes], port: int | None) -> None:
    until = time.monotonic() + 30
    ready = [
        programs / "pg_isready",
        "-q",
        "-h",
        home,
        *(() if port is None else ("-p", f"{port}")),
    ]
    while subprocess.run(ready, check=False).returncode != 0:
        if running.poll() is not None or time.monotonic() > until:
            raise RuntimeError((home / "log").read_text(errors="replace"))
        time.sleep(0.05)  # noqa: TID251 - the server tells by no other way
