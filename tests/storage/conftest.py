from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.clocks import HandClock
from support.postgres_server import server, why_no_server

from wallboard.storage.history import History, open_history

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real server, for as long as the tests run."""
    reason = why_no_server()
    if reason is not None:
        pytest.skip(reason)
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], History]]:
    """Opens the same history again and again, on either engine; all are closed in the end."""
    schema = f"site {next(_numbers)}"
    place: Path | str = tmp_path / "site" / "history.db"
    if request.param == "postgresql":
        place = request.getfixturevalue("postgres")
    opened: list[History] = []

    def opening() -> History:
        opened.append(open_history(place, clock=HandClock(), schema=schema))
        return opened[-1]

    yield opening
    for history in opened:
        history.close()


@pytest.fixture
def history(opens: Callable[[], History]) -> History:
    """An empty one, on either engine."""
    return opens()
