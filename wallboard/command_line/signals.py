"""Ctrl-C, and a request to end: heard, so that nothing is left by half."""

from __future__ import annotations

import signal
from _thread import start_new_thread
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def heard(tell: Callable[[], object]) -> Iterator[None]:
    """Have both told while the block runs, instead of ending the program.

    To be called in the main thread.

    Args:
        tell: Called in a thread of its own; may be called many times.
    """
    before = {
        # In a thread: the main one may be amid what `tell` locks, and would wait for itself.
        number: signal.signal(number, lambda _number, _frame: start_new_thread(tell, ()))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
