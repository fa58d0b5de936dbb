"""What the import says: how far it is, while a terminal is looked at, and what it came to."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard.command_line.voice import Voice
from wallboard.engine.as_json import Json
from wallboard.sources.asterisk.queue_log import BadLine
from wallboard.storage.reports import Kept
from wallboard.ui.words import phrase

_EVERY_S: Final = 0.2
_BAR: Final = 24
_SHOWN: Final = 5
_MB: Final = 1_000_000


@dataclass(slots=True, kw_only=True)
class Tally:
    """What an import came to so far.

    Attributes:
        log: `queue_log` or `cdr`.
        bad_lines: The first ones, each with its file.
        open: Calls that the log does not tell the end of yet.
        left_out: Records of calls that went through a queue.
        first, last: What stretch of time was read. None before the first line.
        replaced: Calls of which only the number was known before.
    """

    log: str
    profile: str
    files: int = 0
    lines: int = 0
    bad: int = 0
    bad_lines: list[tuple[Path, BadLine]] = field(default_factory=list)
    kept: Kept = field(default_factory=Kept)
    open: int = 0
    left_out: int = 0
    first: datetime | None = None
    last: datetime | None = None
    replaced: int = 0

    def take_bad(self, path: Path, lines: Sequence[BadLine]) -> None:
        """Note bad lines of a file; only the first ones of all are kept."""
        self.bad_lines += [(path, line) for line in lines[: _SHOWN - len(self.bad_lines)]]

    def as_json(self) -> dict[str, Json]:
        """Return it as values for machines."""
        return {
            "log": self.log,
            "profile": self.profile,
            "files": self.files,
            "lines": self.lines,
            "bad": self.bad,
            "bad_lines": [
                {"file": str(path), "line": line.number, "text": line.text}
                for path, line in self.bad_lines
            ],
            "new": self.kept.new,
            "improved": self.kept.improved,
            "known": self.kept.known,
            "too_old": self.kept.too_old,
            "open": self.open,
            "left_out": self.left_out,
            "from": None if self.first is None else self.first.isoformat(),
            "to": None if self.last is None else self.last.isoformat(),
            "replaced": self.replaced,
        }


def tell(voice: Voice, tally: Tally, *, as_json: bool) -> None:
    """Say what an import came to: one line, and the first of the bad lines on standard error."""
    if as_json:
        voice.say(json.dumps(tally.as_json(), ensure_ascii=False))
        return
    for path, line in tally.bad_lines:
        voice.complain(
            voice.told(
                phrase("CommandLine", "{file}, line {line} cannot be read: {text}"),
                file=path,
                line=line.number,
                text=line.text[:120],
            )
        )
    count = voice.wording.count
    voice.say(
        voice.told(
            phrase(
                "CommandLine",
                "{profile}: {new} new, {improved} improved, {known} known; {lines} lines, {bad}"
                " bad.",
            ),
            profile=tally.profile,
            new=count(tally.kept.new),
            improved=count(tally.kept.improved),
            known=count(tally.kept.known),
            lines=count(tally.lines),
            bad=count(tally.bad),
        )
    )
    if tally.kept.too_old:
        voice.complain(
            voice.told(
                phrase(
                    "CommandLine",
                    "{count} facts are from a time of which only sums are kept; they are left out.",
                ),
                count=count(tally.kept.too_old),
            )
        )


class Progress:
    """A bar on the terminal with rate and remaining time; silent where nobody looks."""

    def __init__(self, voice: Voice, total: int, steady_s: Callable[[], float]) -> None:
        """Begin now.

        Args:
            total: Bytes of all files, as they lie on the disk.
            steady_s: Tells seconds that never go back.
        """
        self._voice = voice
        self._total = max(total, 1)
        self._steady_s = steady_s
        self._began_s = steady_s()
        self._due_s = self._began_s + _EVERY_S
        self._looked_at = sys.stderr.isatty()
        self._shown = False

    def at(self, done: int) -> None:
        """So many bytes are read."""
        now_s = self._steady_s()
        if not self._looked_at or now_s < self._due_s:
            return
        self._due_s = now_s + _EVERY_S
        passed_s = max(now_s - self._began_s, 1e-3)
        share = min(done / self._total, 1.0)
        left = timedelta(seconds=int(passed_s * (1 - share) / share)) if share > 0 else None
        wording = self._voice.wording
        told = self._voice.told(
            phrase("CommandLine", "{share}  {rate} MB/s, {left} left"),
            share=wording.percent(share),
            rate=wording.digits(f"{done / passed_s / _MB:.1f}"),
            left=wording.duration(left),
        )
        full = int(share * _BAR)
        self._write(f"\r[{'#' * full}{'.' * (_BAR - full)}] {told}\x1b[K")
        self._shown = True

    def end(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._write("\r\x1b[K")
            self._shown = False

    def _write(self, text: str) -> None:
        print(text, end="", file=sys.stderr, flush=True)  # noqa: T201 - a command line prints
