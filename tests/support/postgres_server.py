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
from contextlib import contextmanager
from pathlib import Path
from typing import Final

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


@contextmanager
def server() -> Iterator[str]:
    """Run a server on a Unix socket; give the URL of its one database."""
    programs = binaries()
    assert programs is not None, why_no_server()
    # Short: the path of a socket may have 107 bytes.
    home = Path(tempfile.mkdtemp(prefix="wb-pg-", dir="/tmp"))
    user = _other_user() if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(home, user)
    data = home / "data"
    environ = {**os.environ, "LC_ALL": "C.UTF-8"}
    init = [programs / "initdb", "-D", data, "-U", "wallboard", "-A", "trust", "-E", "UTF8"]
    running: subprocess.Popen[bytes] | None = None
    try:
        subprocess.run(
            [*init, "--no-sync"],
            check=True,
            user=user,
            cwd=home,
            env=environ,
            stdout=subprocess.DEVNULL,
        )
        with (home / "log").open("wb") as log:
            running = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", home, "-c", "listen_addresses="],
                user=user,
                cwd=home,
                env=environ,
                stdout=log,
                stderr=log,
            )
        _await(programs, home, running)
        yield f"postgresql://wallboard@/postgres?host={home}"
    finally:
        if running is not None:
            # At once, not when the last client has gone.
            running.send_signal(signal.SIGINT)
            running.wait(30)
        shutil.rmtree(home, ignore_errors=True)


def _await(programs: Path, home: Path, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    ready = [programs / "pg_isready", "-q", "-h", home]
    while subprocess.run(ready, check=False).returncode != 0:
        if running.poll() is not None or time.monotonic() > until:
            raise RuntimeError((home / "log").read_text(errors="replace"))
        time.sleep(0.05)  # noqa: TID251 - the server tells by no other way
