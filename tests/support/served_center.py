"""A connection served by `wallboard serve` as a program of its own, and walls signed in to it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from wallboard.domain.source import Fetched, Source
from wallboard.sources.rest import KIND as REST

PROGRAM = (sys.executable, "-m", "wallboard")


def run(*arguments: str) -> str:
    """Run a command to its end; return what it prints."""
    done = subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


def free_port() -> int:
    """Return a port of 127.0.0.1 at which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@contextmanager
def serving(name: str, port: int) -> Iterator[subprocess.Popen[str]]:
    """Serve a saved connection; it ends well, without a word of Python's."""
    program = subprocess.Popen(
        [*PROGRAM, "serve", name, f"--port={port}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield program
    finally:
        program.terminate()
        out, err = program.communicate(timeout=30)
    assert program.returncode == 0, (out, err)
    assert "Traceback" not in err, err


def told_of(port: int, role: str) -> dict[str, str]:
    """Return the fields of a connection to what is served, under a new token."""
    name = f"{role} {time.monotonic_ns()}"
    token = json.loads(run("token", "create", f"--name={name}", f"--role={role}", "--json"))
    defaults = {field.key: field.default for field in REST.fields}
    return {
        **defaults,
        "url": f"http://127.0.0.1:{port}",
        "sign_in": "bearer",
        "secret": token["token"],
        "poll": "1",
    }


def looked(source: Source, within_s: float = 30) -> Fetched:
    """Return the first picture that there is."""
    end = time.monotonic() + within_s
    while True:
        try:
            return source.fetch()
        except Exception:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)  # noqa: TID251 - a test waits for another process
