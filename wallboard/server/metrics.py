"""What Prometheus is told: the figures of the queues and what the server counts of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from wallboard.engine.board import Board, QueueStanding, knows, level_of
from wallboard.server.feed import Issue, SourceWord
from wallboard.server.rights import Scope

TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"

_STATES: Final = ("live", "late", "stale", "no_data")

_Labels: TypeAlias = tuple[tuple[str, str], ...]
_Sample: TypeAlias = tuple[_Labels, float | None]
_Figure: TypeAlias = Callable[[QueueStanding, datetime], float | None]


class Counts:
    """What the server did since it began. Used by one thread."""

    def __init__(self) -> None:
        self._requests: dict[tuple[str, int], int] = {}
        self._bytes: dict[str, int] = {}
        self._seconds: dict[str, float] = {}

    def add(self, route: str, status: int, length: int, seconds: float) -> None:
        """Count one answer."""
        key = (route, status)
        self._requests[key] = self._requests.get(key, 0) + 1
        self._bytes[route] = self._bytes.get(route, 0) + length
        self._seconds[route] = self._seconds.get(route, 0.0) + seconds

    def lines(self) -> Iterator[str]:
        """Yield the counts as Prometheus reads them."""
        yield from _family(
            "wallboard_http_requests_total",
            "counter",
            "Requests that were answered.",
            (
                ((("route", route), ("status", str(status))), count)
                for (route, status), count in self._requests.items()
            ),
        )
        yield from _family(
            "wallboard_http_answer_bytes_total",
            "counter",
            "Bytes of the bodies of answers, as they were sent.",
            (((("route", route),), count) for route, count in self._bytes.items()),
        )
        yield from _family(
            "wallboard_http_answer_seconds_total",
            "counter",
            "Time that answers took, in seconds.",
            (((("route", route),), seconds) for route, seconds in self._seconds.items()),
        )


def metrics_text(issue: Issue | None, source: SourceWord, scope: Scope, counts: Counts) -> bytes:
    """Return the answer for Prometheus; nobody is named in it.

    Args:
        scope: Queues that it does not see are left out, and then what is of the whole site too.
    """
    lines = [*_of_source(issue, source)]
    if issue is not None and issue.board is not None:
        lines += _of_queues(issue.board, issue.snapshot.as_of, scope)
    if scope.whole:
        lines += counts.lines()
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _of_source(issue: Issue | None, source: SourceWord) -> Iterator[str]:
    yield from _family(
        "wallboard_source_state",
        "gauge",
        "How the picture of the source stands; one of them is 1.",
        (((("state", state),), float(source.state == state)) for state in _STATES),
    )
    if issue is not None:
        yield from _family(
            "wallboard_picture_timestamp_seconds",
            "gauge",
            "The source's own time of the newest picture.",
            (((), issue.snapshot.as_of.timestamp()),),
        )


def _of_queues(board: Board, as_of: datetime, scope: Scope) -> Iterator[str]:
    seen = [
        (_labels(standing), standing)
        for queue_id, standing in board.queues.items()
        if scope.sees_queue(queue_id)
    ]
    for name, (form, meaning, figure) in _FIGURES.items():
        told = ((labels, figure(standing, as_of)) for labels, standing in seen)
        yield from _family(name, form, meaning, told)


def _labels(standing: QueueStanding) -> _Labels:
    return (("queue", standing.queue.queue_id), ("name", standing.queue.name))


def _longest(standing: QueueStanding, as_of: datetime) -> float | None:
    if not knows(standing, "longest_wait"):
        return None
    since = standing.waiting_since
    return 0.0 if since is None else max(0.0, (as_of - since).total_seconds())


# The totals are of the board's window: they begin anew when it does, so they are no counters.
_FIGURES: Final[Mapping[str, tuple[str, str, _Figure]]] = {
    "wallboard_queue_waiting": (
        "gauge",
        "Callers who wait now.",
        lambda q, _: q.waiting if knows(q, "waiting") else None,
    ),
    "wallboard_queue_longest_wait_seconds": (
        "gauge",
        "How long the caller who waits longest has waited.",
        _longest,
    ),
    "wallboard_queue_agents_free": (
        "gauge",
        "Agents who are free.",
        lambda q, _: q.free if knows(q, "free") else None,
    ),
    "wallboard_queue_agents_busy": (
        "gauge",
        "Agents who are busy.",
        lambda q, _: q.busy if knows(q, "busy") else None,
    ),
    "wallboard_queue_offered": (
        "gauge",
        "Calls offered in the present window.",
        lambda q, _: q.totals.offered if knows(q, "offered") else None,
    ),
    "wallboard_queue_answered": (
        "gauge",
        "Calls answered in the present window.",
        lambda q, _: q.totals.answered if knows(q, "answered") else None,
    ),
    "wallboard_queue_abandoned": (
        "gauge",
        "Calls abandoned in the present window.",
        lambda q, _: q.totals.abandoned if knows(q, "abandoned") else None,
    ),
    "wallboard_queue_service_level_ratio": (
        "gauge",
        "Service level of the present window, 0 to 1.",
        lambda q, _: level_of(q),
    ),
}


def _family(name: str, form: str, meaning: str, samples: Iterable[_Sample]) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {form}"
    for labels, reading in samples:
        # What is unknown is not there: zero would be a reading.
        if reading is not None:
            told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels)
            yield f"{name}{{{told}}} {reading!r}" if told else f"{name} {reading!r}"


def _escaped(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain.replace("\\", "\\\\").replace('"', '\\"')
