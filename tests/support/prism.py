"""A mock server that a stranger, Prism, makes of a specification."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def mock_of(specification: Path, folder: Path) -> Iterator[str]:
    """Start the mock, and yield its address; skip where there is no Prism."""
    program = os.environ.get("WALLBOARD_PRISM") or shutil.which("prism")
    if program is None:
        pytest.skip("there is no Prism: install @stoplight/prism-cli, or name it WALLBOARD_PRISM")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "prism.log"
    with log.open("wb") as said:
        command = [program, "mock", "-h", "127.0.0.1", "-p", str(port), str(specification)]
        running = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        _await(port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(10)


def _await(port: int, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)  # noqa: TID251 - another program starts
    pytest.fail(log.read_text(errors="replace"))
