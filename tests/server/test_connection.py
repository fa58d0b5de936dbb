"""A connection: answers in one piece, and which of uvicorn's readers stands behind it."""

from __future__ import annotations

import asyncio
import importlib.util
import subprocess
import sys

import pytest

from wallboard.server.connection import CONNECTION, H11Connection, _Gathering


class Line(asyncio.Transport):
    """Notes what is written at once."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes | str] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))

    def close(self) -> None:
        self.written.append("closed")

    def abort(self) -> None:
        self.written.append("aborted")


def written(*steps: bytes | str) -> list[bytes | str]:
    """Return what a line was told by these steps: bytes, a pause, a close or an abort."""

    async def told() -> list[bytes | str]:
        line = Line()
        gathering = _Gathering(line, asyncio.get_running_loop())
        for step in steps:
            match step:
                case bytes():
                    gathering.write(step)
                case "pause":
                    await asyncio.sleep(0)
                case "close":
                    gathering.close()
                case _:
                    gathering.abort()
        await asyncio.sleep(0)
        return line.written

    return asyncio.run(told())


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        pytest.param((b"head", b"body"), [b"headbody"], id="at_once_in_one_piece"),
        pytest.param((b"one", "pause", b"two"), [b"one", b"two"], id="later_in_another"),
        pytest.param((b"last", "close"), [b"last", "closed"], id="nothing_is_lost_by_a_close"),
        pytest.param((b"last", "abort"), ["aborted"], id="an_abort_waits_for_nothing"),
        pytest.param((), [], id="nothing"),
    ],
)
def test_that_what_is_written(steps: tuple[bytes | str, ...], told: list[bytes | str]) -> None:
    assert written(*steps) == told


def test_that_the_quicker_reader_is_taken_where_it_is_installed() -> None:
    there = importlib.util.find_spec("httptools") is not None
    assert (CONNECTION is not H11Connection) is there


def test_that_tokens_can_be_made_where_no_web_server_is_installed() -> None:
    rooms = ("feed", "journal", "limits", "metrics", "rights", "scope", "settings", "tokens")
    story = (
        "import sys\nfor name in ('starlette', 'uvicorn', 'h11'):\n    sys.modules[name] = None\n"
    )
    story += "".join(f"import wallboard.server.{room}\n" for room in rooms)
    done = subprocess.run([sys.executable, "-c", story], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
