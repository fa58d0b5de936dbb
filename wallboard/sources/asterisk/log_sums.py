"""What a queue_log comes to, queue by queue, without making facts of it: a quick first look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wallboard.sources.asterisk.queue_log import first_time

_OTHER_ENDS: Final = frozenset({"BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER"})
_LEFT: Final = frozenset({"EXITWITHTIMEOUT", "EXITWITHKEY", "EXITEMPTY", "WITHDRAW"})


@dataclass(slots=True, kw_only=True)
class QueueSums:
    """One queue's sums: counts of lines, and seconds.

    Attributes:
        wait_s: Of the answered, until the answer.
        talk_s: Of those whose talk is over.
    """

    entered: int = 0
    answered: int = 0
    abandoned: int = 0
    left: int = 0
    wait_s: int = 0
    talk_s: int = 0


class LogSums:
    """Adds up a log, in pieces of any size.

    Attributes:
        lines, bad: How many lines there were, and how many of them could not be read.
        first, last: Seconds since the epoch of the earliest and the latest file's ends. None
            before the first line.
    """

    def __init__(self) -> None:
        self.lines = 0
        self.bad = 0
        self.first: int | None = None
        self.last: int | None = None
        self._sums: defaultdict[str, QueueSums] = defaultdict(QueueSums)
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Take the next piece of the file; a line may be cut anywhere."""
        whole, newline, rest = (self._rest + data).rpartition(b"\n")
        self._rest = rest
        if newline:
            self._take(whole)

    def end_file(self) -> None:
        """The file is over: what is left is a line."""
        last, self._rest = self._rest, b""
        if last:
            self._take(last)

    def by_queue(self) -> Mapping[str, QueueSums]:
        """Return the sums by the queue's name."""
        return {
            queue.encode("latin-1").decode("utf-8", "replace"): sums
            for queue, sums in self._sums.items()
        }

    def _take(self, whole: bytes) -> None:
        # A letter a byte: Python compares such texts faster than bytes.
        lines = whole.decode("latin-1").split("\n")
        self.lines += len(lines)
        self._look_at_times(lines)
        sums_of = self._sums
        for line in lines:
            parts = line.split("|", 7)
            try:
                verb = parts[4]
                if verb == "ENTERQUEUE":
                    sums_of[parts[2]].entered += 1
                elif verb == "CONNECT":
                    sums = sums_of[parts[2]]
                    sums.answered += 1
                    sums.wait_s += int(parts[5])
                elif verb == "COMPLETEAGENT" or verb == "COMPLETECALLER":  # noqa: PLR1714 - faster
                    sums_of[parts[2]].talk_s += int(parts[6])
                elif verb == "ABANDON":
                    sums_of[parts[2]].abandoned += 1
                else:
                    self._take_rarer(verb, parts[2], line)
            except (IndexError, KeyError, ValueError):
                # A line of few parts may still tell its time; then it is only of another kind.
                spoilt = _time(line) is None
                self.bad += spoilt and bool(line.strip())

    def _take_rarer(self, verb: str, queue: str, line: str) -> None:
        if verb in _LEFT:
            self._sums[queue].left += 1
        elif verb in _OTHER_ENDS:
            self._sums[queue].talk_s += int(line.split("|")[-2])
        elif not line[:1].isdigit():
            raise ValueError(line)

    def _look_at_times(self, lines: Sequence[str]) -> None:
        first = next(filter(None, map(_time, lines)), None)
        last = next(filter(None, map(_time, reversed(lines))), None)
        if first is not None and last is not None:
            self.first = first if self.first is None else min(self.first, first)
            self.last = last if self.last is None else max(self.last, last)


def _time(line: str) -> int | None:
    return first_time(line.encode("latin-1"))
