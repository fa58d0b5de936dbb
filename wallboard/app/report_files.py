"""A report as files: what they are called, who writes which form, and sent to people by mail."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from wallboard.domain.alert import SubjectKind
from wallboard.domain.delivery import Attachment, Post
from wallboard.domain.paper import Paper, Progress, Stop
from wallboard.domain.reporting import CellKind, Grounds, PaperForm, Report
from wallboard.papers.as_csv import write_csv
from wallboard.papers.as_html import write_html
from wallboard.papers.as_json import write_json
from wallboard.papers.names import file_stem
from wallboard.papers.pace import never, nobody

_Writer: TypeAlias = Callable[[Paper, Path, Progress, Stop], tuple[Path, ...]]

_DAY: Final = timedelta(days=1)
_LONGEST_TITLE: Final = 200
_MAY_NAME_AGENTS: Final = frozenset({"agent", "subject"})
_ISOLATES: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def _xlsx(paper: Paper, target: Path, progress: Progress, stop: Stop) -> tuple[Path, ...]:
    # start-up: who asks for no workbook does without the library
    from wallboard.papers.as_xlsx import write_xlsx  # noqa: PLC0415 - as told

    return write_xlsx(paper, target, progress, stop)


def _pdf(paper: Paper, target: Path, progress: Progress, stop: Stop) -> tuple[Path, ...]:
    # start-up: who asks for no PDF does without Qt
    from wallboard.app.report_pdf import write_pdf  # noqa: PLC0415 - as told

    return write_pdf(paper, target, progress, stop)


_WRITERS: Final[Mapping[PaperForm, _Writer]] = {
    PaperForm.XLSX: _xlsx,
    PaperForm.PDF: _pdf,
    PaperForm.CSV: write_csv,
    PaperForm.HTML: write_html,
    PaperForm.JSON: write_json,
}

MEDIA: Final[Mapping[str, tuple[str, str]]] = {
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pdf": ("application", "pdf"),
    ".csv": ("text", "csv"),
    ".html": ("text", "html"),
    ".json": ("application", "json"),
}


def stem_of(report: Report) -> str:
    """Return what a report's files are called, without their endings.

    Days are those of the Gregorian calendar in Latin digits, so that names sort by time.
    """
    grounds = report.grounds
    stem = file_stem(str(report.kind), grounds.site, *_when(grounds))
    names = [told for told in grounds.chosen if told[0] != "hidden"]
    if not names:
        return stem
    # Two reports of one time are two files, however long their names are and wherever they are cut.
    digest = hashlib.sha256(repr(names).encode(errors="replace")).hexdigest()[:8]
    return f"{stem}-{file_stem(names[0][1][:20])}-{digest}"


def _when(grounds: Grounds) -> Iterable[str]:
    begin, end = grounds.begin, grounds.end
    if grounds.shift:
        yield f"{begin:%Y-%m-%d}"
        yield grounds.shift
    elif begin.timetz() == end.timetz() and not _clock(begin):
        yield f"{begin:%Y-%m-%d}"
        last = end - _DAY
        if last.date() > begin.date():
            yield f"to-{last:%Y-%m-%d}"
    else:
        yield f"{begin:%Y-%m-%dT%H%M}"
        yield f"to-{end:%Y-%m-%dT%H%M}"


def _clock(instant: datetime) -> bool:
    return bool(instant.second or instant.microsecond)


def write_paper(
    paper: Paper,
    folder: Path,
    stem: str,
    forms: Iterable[PaperForm],
    progress: Progress = nobody,
    stop: Stop = never,
) -> tuple[Path, ...]:
    """Write a report in several forms and return the files; each appears whole, or not at all.

    Raises:
        PaperNotWritten: And why; those that were written before it stand.
        PaperStopped: `stop` said so; likewise.
        ImportError: What writes one of the forms is not installed.
    """
    wanted = tuple(dict.fromkeys(forms))
    files: list[Path] = []
    for number, form in enumerate(wanted):
        told = _part(progress, number, len(wanted))
        files += _WRITERS[form](paper, folder / f"{stem}.{form}", told, stop)
    return tuple(files)


def _part(progress: Progress, number: int, of: int) -> Progress:
    return lambda done: progress((number + done) / of)


# By mail


def names_agents(report: Report) -> bool:
    """True if an agent's name or id stands in the report."""
    if any(key == "agent" for key, _ in report.grounds.chosen):
        return True
    return any(
        row[place] is not None
        for table in report.tables
        for place, column in enumerate(table.columns)
        if column.kind is CellKind.TEXT and column.key in _MAY_NAME_AGENTS
        for row in table.rows
        # An alert may be about anything; of what, the cell before says.
        if column.key != "subject" or row[place - 1] == str(SubjectKind.AGENT)
    )


def post_of(paper: Paper, files: Iterable[Path], at: datetime) -> Post:
    """Return a report as a message with its files.

    Raises:
        OSError: One of them cannot be read.
    """
    lines = [paper.subtitle, "", *(f"{line.label}: {line.text}" for line in paper.lines)]
    title = " ".join(f"{paper.title}: {paper.subtitle}".split())[:_LONGEST_TITLE]
    if not paper.right_to_left:
        # In English they do nothing but get in the way, and some programs draw them as boxes.
        lines = [line.translate(_ISOLATES) for line in lines]
        title = title.translate(_ISOLATES)
    attached = tuple(_attached(file) for file in files)
    # The same report, sent again, is the same message.
    digest = hashlib.sha256(b"".join(each.content for each in attached)).hexdigest()
    return Post(
        post_id=f"report {digest}",
        at=at,
        title=title,
        text="\n".join(lines),
        rtl=paper.right_to_left,
        language=paper.language,
        attachments=attached,
    )


def _attached(file: Path) -> Attachment:
    kind, subtype = MEDIA[file.suffix]
    return Attachment(name=file.name, kind=kind, subtype=subtype, content=file.read_bytes())
