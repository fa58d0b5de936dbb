"""Writes papers and is interrupted: killed, out of room, its folder taken away. A script.

    python paper_torture.py FOLDER ROUNDS SEED

A child of its own writes the one or the other of two known papers in one form over and over into
FOLDER, until it is interrupted; all forms take turns. Whatever then stands under a final name must
be, byte for byte, a file of one of the two; of a PDF but for the moment and the number that it was
given when it was made. Prints what happened as JSON.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from itertools import cycle
from pathlib import Path
from threading import Event
from typing import BinaryIO, NoReturn

from support.papers import any_paper
from wallboard.app.report_pdf import write_pdf
from wallboard.domain.paper import Paper, PaperNotWritten
from wallboard.papers.as_csv import write_csv
from wallboard.papers.as_html import write_html
from wallboard.papers.as_json import write_json
from wallboard.papers.as_xlsx import write_xlsx

WRITERS: dict[str, Callable[[Paper, Path], tuple[Path, ...]]] = {
    "xlsx": write_xlsx, "csv": write_csv, "html": write_html, "json": write_json, "pdf": write_pdf,
}  # fmt: skip
FORMS = tuple(WRITERS)
LONGEST_S = 0.25
_PDF_OWN = re.compile(
    rb"\(D:\d{14}Z\)|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00|[0-9a-f-]{36}|<[0-9a-f]{72}>"
)
"""Moments, and numbers that no two files share."""
NOT_WRITTEN = 7


def main(folder: Path, rounds: int, seed: int) -> dict[str, object]:
    """Interrupt so many times, and return how often what was found."""
    chance = random.Random(seed)
    papers = (any_paper(150), any_paper(250, persian=True))
    # What takes long to load is loaded once; it begins nothing.
    import_module("wallboard.ui.print.pdf")
    known = _known_apart(papers, folder / "known")
    target = folder / "target"
    found: Counter[str] = Counter()
    half: list[str] = []
    for number in range(rounds):
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        way = ("killed", "full", "gone")[number % 3]
        form = FORMS[number // 3 % len(FORMS)]
        found[way] += 1
        with _put_old(known, target, form, chance) as held:
            limit = chance.randrange(1, 60_000) if way == "full" else 0
            # Every other one is interrupted at its first file, the others at a later one.
            child = _Child(papers, target / f"report.{form}", limit, later=bool(number % 2))
            child.interrupt(way, chance.random() * LONGEST_S)
            _look(target, held, f"{form} {way}", found)
            half += _half(target, held, f"{form} {way}", known)
    return {"found": dict(found), "half": half}


def _look(target: Path, held: BinaryIO, round_: str, found: Counter[str]) -> None:
    """Count what there is after a round."""
    old = os.fstat(held.fileno()).st_ino
    form = round_.split(" ", maxsplit=1)[0]
    for path in _all(target):
        if path.name.startswith("."):
            found["left in the making"] += 1
            found[f"{round_} in the making"] += 1
        else:
            found["files seen"] += 1
            found[f"{form} new"] += path.name == f"report.{form}" and path.stat().st_ino != old


def _half(target: Path, held: BinaryIO, round_: str, known: dict[str, set[bytes]]) -> list[str]:
    """Return what is neither of the two papers."""
    seen = [path for path in _all(target) if not path.name.startswith(".")]
    half = [f"{round_} {path.name}" for path in seen if _bytes(path) not in known[path.name]]
    if held.read() not in known[Path(held.name).name]:
        half.append(f"{round_} held open")
    return half


def _known_apart(papers: tuple[Paper, ...], folder: Path) -> dict[str, set[bytes]]:
    """Return what each file may hold, by its name; written by a child, as all files here are.

    Qt begins in the children: it can't be taken along into one.
    """
    for number, paper in enumerate(papers):
        place = folder / str(number)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        child = os.fork()
        if child == 0:
            for ending, write in WRITERS.items():
                write(paper, place / f"report.{ending}")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            raise RuntimeError("what is known could not be written")
    known: dict[str, set[bytes]] = {}
    for path in folder.glob("*/report*"):
        known.setdefault(path.name, set()).add(_bytes(path))
    return known


def _bytes(path: Path) -> bytes:
    """Return what a file holds, without what no two PDFs share; each of those keeps its length."""
    held = path.read_bytes()
    if path.suffix != ".pdf":
        return held
    return _PDF_OWN.sub(lambda own: b"?" * len(own.group()), held)


def _put_old(
    known: dict[str, set[bytes]], target: Path, form: str, chance: random.Random
) -> BinaryIO:
    """Put files there that are to be replaced; return the first open as another program has it."""
    for name, held in known.items():
        if name.endswith(form):
            (target / name).write_bytes(chance.choice(sorted(held)))
    return (target / f"report.{form}").open("rb")


class _Child:
    """Writes the papers in turns over and over, until it is interrupted."""

    def __init__(self, papers: tuple[Paper, ...], target: Path, limit: int, *, later: bool) -> None:
        """Begin.

        Args:
            limit: So many bytes have room. 0: as many as there are.
            later: True to begin the waiting when something was written.
        """
        self._target = target
        self._limit = limit
        self._later = later
        self._reading, self._writing = os.pipe()
        self._number = os.fork()
        if self._number == 0:
            self._write_on_and_on(papers)
        os.close(self._writing)

    def interrupt(self, way: str, after_s: float) -> None:
        if self._later:
            # Or it has ended.
            os.read(self._reading, 1)
        os.close(self._reading)
        Event().wait(after_s)
        if way == "gone":
            shutil.rmtree(self._target.parent, ignore_errors=True)
            Event().wait(0.02)
        if way == "full":
            # Its limit stops it by itself; one within the limit is stopped here.
            Event().wait(LONGEST_S)
        os.kill(self._number, signal.SIGKILL)
        os.waitpid(self._number, 0)

    def _write_on_and_on(self, papers: tuple[Paper, ...]) -> NoReturn:
        # Who listens does so once.
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        if self._limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self._limit, self._limit))
        write = WRITERS[self._target.suffix[1:]]
        with suppress(PaperNotWritten):
            for paper in cycle(papers):
                write(paper, self._target)
                with suppress(OSError):
                    os.write(self._writing, b".")
        os._exit(NOT_WRITTEN)


def _all(target: Path) -> list[Path]:
    return list(target.iterdir()) if target.exists() else []


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201 - a script
