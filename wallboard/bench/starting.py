"""A module of the bench as a process of its own, for as long as it is wanted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def started(module: str, *arguments: object) -> Iterator[bytes]:
    """Run a module of the bench until the block is left; yield the first line that it says."""
    command = [sys.executable, "-m", f"wallboard.bench.{module}", *map(str, arguments)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        if process.stdout is None:
            raise RuntimeError("a process without an output")
        yield process.stdout.readline()
    finally:
        process.kill()
        process.communicate()
