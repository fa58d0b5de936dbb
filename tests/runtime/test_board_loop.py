from __future__ import annotations

import json
import sys
import threading
from datetime import UTC, timedelta
from pathlib import Path

from support import scripted_source

from wallboard.app import system_clock
from wallboard.domain.errors import FaultKind
from wallboard.engine.board import Board
from wallboard.runtime.board_loop import BoardLoop
from wallboard.runtime.opening import Opening


class Wall:
    """Takes boards, and breaks at the first picture."""

    def __init__(self, folder: Path, *script: str | int) -> None:
        (folder / "script").write_text(json.dumps(script))
        self.boards: list[Board] = []
        self.broken = False
        self.loop = BoardLoop(
            opening=Opening(name="lab", kind="quick", told={"folder": str(folder)}),
            board=Board(name="lab", zone=UTC, poll=timedelta(seconds=5)),
            clock=system_clock(),
            command=(sys.executable, scripted_source.__file__),
            show=self._take,
        )

    def _take(self, board: Board) -> None:
        self.boards.append(board)
        if board.snapshot is not None and not self.broken:
            self.broken = True
            raise RuntimeError("the caller's name is hunter2")
        if board.snapshot is not None and board.fault is None:
            self.loop.stop()


def test_that_a_bug_of_our_own_is_a_fault_named_by_its_place_and_the_board_lives_on(
    tmp_path: Path,
) -> None:
    wall = Wall(tmp_path, 1)
    watchdog = threading.Timer(20, wall.loop.stop)
    watchdog.start()
    wall.loop.run()
    watchdog.cancel()
    faults = [board.fault for board in wall.boards if board.fault is not None]
    assert faults[0].kind is FaultKind.PROCESS_ENDED
    assert faults[0].detail("reason").startswith("RuntimeError at test_board_loop.py:")
    assert wall.boards[-1].fault is None
    assert wall.boards[-1].site.waiting == 1


def test_that_a_loop_that_was_stopped_before_it_ran_starts_nothing(tmp_path: Path) -> None:
    wall = Wall(tmp_path, 1)
    wall.loop.stop()
    wall.loop.run()
    assert wall.boards == []
    assert not (tmp_path / "asked").exists()
