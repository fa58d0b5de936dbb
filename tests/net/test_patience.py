"""A head that does not end is given up before the deadline."""

from __future__ import annotations

import io
from http.client import HTTPException

import pytest

from wallboard.net.patience import MOST_LINES, BoundedResponse

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class _Said:
    """A connection that says what it is told to."""

    def __init__(self, said: bytes) -> None:
        self._said = said

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._said)


def answer_of(said: bytes) -> BoundedResponse:
    answer = BoundedResponse(_Said(said))  # type: ignore[arg-type]
    answer.begin()
    return answer


@pytest.mark.parametrize("before", [0, 1, 3, (MOST_LINES - 3) // 2])
def test_that_an_answer_is_read_whatever_was_said_before_it(before: int) -> None:
    answer = answer_of(CONTINUE * before + ANSWER)
    assert (answer.status, answer.read()) == (200, b"ok")


@pytest.mark.parametrize("said", [CONTINUE * MOST_LINES + ANSWER, b"HTTP/1.1 100 x\r\n" * 9_999])
def test_that_a_head_without_an_end_is_given_up(said: bytes) -> None:
    with pytest.raises(HTTPException):
        answer_of(said)


def test_that_a_head_is_read_once() -> None:
    answer = answer_of(ANSWER)
    answer.begin()
    assert answer.read() == b"ok"
