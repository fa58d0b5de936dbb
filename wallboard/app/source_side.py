"""What a source's own process is put together from: the sources and the real clock, no board."""

from __future__ import annotations

import sys
from random import SystemRandom

from wallboard.app.clock import system_clock
from wallboard.runtime import source_process
from wallboard.sources.registry import kind


def run_source_process() -> int:
    """Be the process of one source: what to open comes on standard input.

    Returns:
        The exit status.
    """
    return source_process.run_source_process(sys.stdin.buffer, kind, system_clock(), SystemRandom())
