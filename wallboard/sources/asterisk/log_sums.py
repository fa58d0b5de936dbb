"""What a queue_log comes to, queue by queue, without making facts of it: a quick first look."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wallboard.sources.asterisk.queue_log import first_time

_ENDS: Final = frozenset({"COMPLETEAGENT", "COMPLETECALLER"})
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
        self._usual = _Usual()
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Take the next piece of the file; a line may be cut anywhere."""
        end = data.rfind(b"\n")
        if end < 0:
            self._rest += data
            return
        # A letter a byte: Python compares such texts faster than bytes.
        lines = str(memoryview(data)[:end], "latin-1").split("\n")
        lines[0] = self._rest.decode("latin-1") + lines[0]
        self._rest = data[end + 1 :]
        self._take(lines)

    def end_file(self) -> None:
        """The file is over: what is left is a line."""
        last, self._rest = self._rest, b""
        if last:
            self._take([last.decode("latin-1")])

    def by_queue(self) -> Mapping[str, QueueSums]:
        """Return the sums by the queue's name."""
        return {
            queue.encode("latin-1").decode("utf-8", "replace"): sums
            for queue, sums in self._sums.items()
        }

    def _take(self, lines: Sequence[str]) -> None:
        self.lines += len(lines)
        self._look_at_times(lines)
        try:
            self._take_one_by_one(self._usual.take(lines, self._sums))
        except (IndexError, ValueError):
            self._take_one_by_one(lines)

    def _take_one_by_one(self, lines: Iterable[str]) -> None:
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
                elif verb in _ENDS:
                    sums_of[parts[2]].talk_s += int(parts[6])
                elif verb == "ABANDON":
                    sums_of[parts[2]].abandoned += 1
                else:
                    self._take_rarer(verb, parts[2], line)
            except (IndexError, ValueError):
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


class _Usual:
    """Takes many lines at once as nearly all logs have nothing else; what is rare it leaves."""

    def __init__(self) -> None:
        # Of the lines that are being taken; the queues stay, for the next ones have the same.
        self._waits: dict[str, list[str]] = {}
        self._talks: dict[str, list[str]] = {}

    def take(self, lines: Iterable[str], sums_of: Mapping[str, QueueSums]) -> list[str]:
        """Add the lines to the sums, and return those that are to be taken one by one.

        Raises:
            IndexError, ValueError: A line is short or a number is none. Nothing was added then.
        """
        try:
            entered, abandoned, rest = self._sorted(lines)
            wait_s = {queue: sum(map(int, told)) for queue, told in self._waits.items() if told}
            talk_s = {queue: sum(map(int, told)) for queue, told in self._talks.items() if told}
            for queue, count in Counter(entered).items():
                sums_of[queue].entered += count
            for queue, count in Counter(abandoned).items():
                sums_of[queue].abandoned += count
            for queue, seconds in wait_s.items():
                sums_of[queue].answered += len(self._waits[queue])
                sums_of[queue].wait_s += seconds
            for queue, seconds in talk_s.items():
                sums_of[queue].talk_s += seconds
        finally:
            for told in (*self._waits.values(), *self._talks.values()):
                told.clear()
        return rest

    def _sorted(self, lines: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
        """Return the queues that were entered and left, and the lines that are not usual.

        This is the loop over millions of lines: what is looked up, compared or made less often
        is what makes it fast.
        """
        entered: list[str] = []
        abandoned: list[str] = []
        rest: list[str] = []
        waits, talks = self._waits, self._talks
        for line in lines:
            parts = line.split("|")
            verb = parts[4]
            try:
                if verb == "ENTERQUEUE":
                    entered.append(parts[2])
                elif verb == "CONNECT":
                    waits[parts[2]].append(parts[5])
                elif verb == "COMPLETEAGENT" or verb == "COMPLETECALLER":  # noqa: PLR1714 - faster
                    talks[parts[2]].append(parts[6])
                elif verb == "ABANDON":
                    abandoned.append(parts[2])
                elif verb != "RINGNOANSWER" or not line[0].isdigit():
                    rest.append(line)
            except KeyError:
                waits[parts[2]], talks[parts[2]] = [], []
                rest.append(line)
        return entered, abandoned, rest


def _time(line: str) -> int | None:
    return first_time(line.encode("latin-1"))
