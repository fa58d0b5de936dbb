"""The commands of the program: reads what was asked, says what happened, and never a traceback.

Composition happens in `app`; nothing is computed about calls in here.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from wallboard import VERSION

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Never raises.

    Args:
        argv: What stands after the program's name; None means the process's own.
    """
    told = tuple(sys.argv[1:] if argv is None else argv)
    # These two need next to nothing of the program: a source's process is started each time that
    # a board is opened, and loading the other commands would take it 0.2 s.
    if told == ("source-process",):
        from wallboard.app.source_side import run_source_process  # noqa: PLC0415 - start-up

        return run_source_process()
    if told == ("kiosk-window",):
        from wallboard.app.kiosk_side import run_kiosk_window  # noqa: PLC0415 - start-up

        return run_kiosk_window()
    if told == ("version",):
        print(f"wallboard {VERSION}")  # noqa: T201 - a command line prints
        return 0

    from wallboard.command_line.program import run_command  # noqa: PLC0415 - start-up

    return run_command(told)
