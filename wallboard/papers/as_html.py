"""Writes a paper as one page for a browser: no script, nothing from a network, fit for printing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from wallboard.domain.paper import Paper, PaperColumn, PaperTable, Progress, Stop
from wallboard.domain.paper_text import cell_text
from wallboard.domain.reporting import Cell, CellKind
from wallboard.papers import palette
from wallboard.papers.headline import headline
from wallboard.papers.lawful_text import lawful, outside
from wallboard.papers.pace import Pace, never, nobody, rows_of
from wallboard.papers.svg import chart_svg
from wallboard.papers.whole import write_whole

_TEXTS: Final = frozenset({CellKind.TEXT, CellKind.WORD})
_MOST_KNOWN: Final = 4096
_STYLE: Final = f"""
:root {{ color-scheme: light; }}
body {{ font: 15px/1.5 Vazirmatn, "Segoe UI", Tahoma, "Noto Sans", "Noto Sans Arabic", sans-serif;
  color: {palette.INK}; background: #fff; max-width: 1100px; margin: 0 auto; padding: 28px 24px; }}
:lang(fa) {{ line-height: 1.7; }}
h1 {{ font-size: 28px; line-height: 1.3; margin: 0; }}
h2 {{ font-size: 18px; margin: 36px 0 10px; break-after: avoid; }}
.s {{ color: {palette.FAINT}; font-size: 17px; margin: 4px 0 0; }}
.w {{ color: {palette.WEIGHTY}; background: {palette.WEIGHTY_GROUND}; border-radius: 8px;
  padding: 10px 16px; margin: 18px 0 0; }}
.w b {{ margin-inline-end: 8px; }}
.k {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(165px, 1fr)); gap: 18px 24px;
  margin: 26px 0 0; color: {palette.FAINT}; font-size: 13.5px; }}
.k b {{ display: block; color: {palette.INK}; font-size: 28px; line-height: 1.4;
  font-variant-numeric: tabular-nums; }}
.o {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }}
th {{ background: {palette.HEAD}; text-align: start; font-weight: 600; vertical-align: bottom;
  border-bottom: 1px solid {palette.RULE}; padding: 7px 10px; }}
td {{ border-bottom: 1px solid {palette.LINE}; padding: 6px 10px; vertical-align: top;
  overflow-wrap: anywhere; }}
th.n, td.n {{ text-align: right; white-space: nowrap; }}
td.n, td.d {{ overflow-wrap: normal; }}
td.d {{ white-space: nowrap; }}
bdi {{ unicode-bidi: isolate; }}
tfoot td {{ font-weight: 600; background: {palette.HEAD}; border-top: 1px solid {palette.RULE}; }}
dl {{ display: grid; grid-template-columns: minmax(140px, max-content) 1fr; gap: 6px 20px;
  margin: 0; }}
dt {{ font-weight: 600; }}
dd {{ margin: 0; }}
dd small {{ color: {palette.FAINT}; font-size: 14px; display: block; }}
figure {{ margin: 26px 0 0; break-inside: avoid; }}
figcaption {{ font-weight: 600; margin-bottom: 4px; }}
svg {{ width: 100%; height: auto; display: block; }}
svg text {{ fill: {palette.FAINT}; font-size: 12px; }}
svg text.l {{ fill: {palette.INK}; font-size: 13px; }}
@page {{ size: A4; margin: 14mm 12mm; }}
@media print {{
  body {{ max-width: none; padding: 0; font-size: 9.5pt; }}
  .o {{ overflow: visible; }}
  tr {{ break-inside: avoid; }}
  thead {{ display: table-header-group; }}
  tfoot {{ display: table-row-group; }}
  * {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
}}
"""


def write_html(
    paper: Paper, target: Path, progress: Progress = nobody, stop: Stop = never
) -> tuple[Path, ...]:
    """Write the page and return its file's path.

    Raises:
        PaperNotWritten: The old file stands, if there was one.
        PaperStopped: Likewise.
    """
    pace = Pace(rows_of(paper), progress, stop)
    write_whole(target, page_pieces(paper, pace))
    pace.done()
    return (target,)


def page_pieces(paper: Paper, pace: Pace) -> Iterator[str]:
    """Yield the page, piece by piece. Raises PaperStopped if that was asked for."""
    direction = "rtl" if paper.right_to_left else "ltr"
    title = _text(paper.title)
    yield (
        f'<!DOCTYPE html>\n<html lang="{_text(paper.language)}" dir="{direction}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        # Even if a text could become markup, it could neither run nor fetch anything.
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<header>\n<h1>{title}</h1>\n<p class="s">{_text(paper.subtitle)}</p>\n'
    )
    for line in paper.lines:
        if line.weighty:
            yield f'<p class="w"><b>{_text(line.label)}</b>{_text(line.text)}</p>\n'
    yield "</header>\n"
    yield from _headline(paper)
    for chart in paper.charts:
        picture = "".join(chart_svg(chart, paper))
        if picture:
            yield f"<figure><figcaption>{_text(chart.title)}</figcaption>{picture}</figure>\n"
    for table in paper.tables:
        yield from _table(table, paper, pace)
    yield from _rest(paper)
    yield "</body>\n</html>\n"


def _headline(paper: Paper) -> Iterator[str]:
    figures = headline(paper)
    if figures:
        yield '<div class="k">\n'
        for column, cell in figures:
            told = _text(cell_text(cell, column, paper.notation, paper.zone))
            yield f'<div>{_text(column.heading)}<b><bdi dir="ltr">{told}</bdi></b></div>\n'
        yield "</div>\n"


def _table(table: PaperTable, paper: Paper, pace: Pace) -> Iterator[str]:
    yield f"<section>\n<h2>{_text(table.title)}</h2>\n"
    if not table.rows:
        yield f'<p class="s">{_text(paper.words.no_rows)}</p>\n</section>\n'
        return
    yield '<div class="o"><table>\n<thead><tr>'
    for column in table.columns:
        yield f'<th scope="col"{_class(column)}>{_text(column.heading)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    telling = [_Telling(column, paper) for column in table.columns]
    for row in pace.through(table.rows):
        cells = [tell(cell) for tell, cell in zip(telling, row, strict=True)]
        yield f"<tr>{''.join(cells)}</tr>\n"
    yield "</tbody>\n"
    if table.total is not None:
        cells = [tell(cell) for tell, cell in zip(telling, table.total, strict=True)]
        if table.total[0] is None:
            cells[0] = f"<td>{_text(table.total_word or paper.words.total)}</td>"
        yield f"<tfoot><tr>{''.join(cells)}</tr></tfoot>\n"
    yield "</table></div>\n</section>\n"


class _Telling:
    """Tells a column's cells as cells of a page; those that come again are told but once."""

    def __init__(self, column: PaperColumn, paper: Paper) -> None:
        self._column = column
        self._paper = paper
        self._opening = f"<td{_class(column)}>"
        self._known: dict[Cell, str] = {}

    def __call__(self, cell: Cell) -> str:
        told = self._known.get(cell)
        if told is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            told = self._known[cell] = self._told(cell)
        return told

    def _told(self, cell: Cell) -> str:
        text = cell_text(cell, self._column, self._paper.notation, self._paper.zone)
        if isinstance(cell, str) and self._column.kind is not CellKind.WORD:
            text = outside(text)
        safe = escape(lawful(text))
        if self._column.kind in _TEXTS or cell is None:
            return f"{self._opening}<bdi>{safe}</bdi></td>"
        # Figures, numbers of callers and times are read from left to right in every language.
        return f'{self._opening}<bdi dir="ltr">{safe}</bdi></td>'


def _class(column: PaperColumn) -> str:
    if column.kind in _TEXTS:
        return ""
    days = (CellKind.INSTANT, CellKind.DAY, CellKind.PHONE)
    return ' class="d"' if column.kind in days else ' class="n"'


def _rest(paper: Paper) -> Iterator[str]:
    words = paper.words
    if paper.definitions:
        yield f"<section>\n<h2>{_text(words.definitions)}</h2>\n<dl>\n"
        for each in paper.definitions:
            formula = f"<small>{_text(each.formula)}</small>" if each.formula else ""
            yield f"<dt>{_text(each.name)}</dt><dd>{_text(each.meaning)}{formula}</dd>\n"
        yield "</dl>\n</section>\n"
    yield f"<section>\n<h2>{_text(words.grounds)}</h2>\n<dl>\n"
    for line in paper.lines:
        yield f"<dt>{_text(line.label)}</dt><dd>{_text(line.text)}</dd>\n"
    yield "</dl>\n</section>\n"


def _text(text: str) -> str:
    return escape(lawful(text))
