"""Draws a chart of a paper as SVG that stands inside a page: no script, no font, no network."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Final

from wallboard.domain.paper import Notation, Paper, PaperChart, PaperColumn, PaperTable
from wallboard.domain.paper_text import cell_text, clock_text, day_text
from wallboard.domain.reporting import Cell, ChartKind
from wallboard.papers import palette
from wallboard.papers.lawful_text import lawful
from wallboard.papers.scales import mark_text, nice_scale

WIDTH: Final = 900
HEIGHT: Final = 300
_LEFT: Final = 62
_RIGHT: Final = 14
_TOP: Final = 34
_BOTTOM: Final = 44
_MOST_LABELS: Final = 10
_ONE_DAY: Final = timedelta(hours=36)
_LABEL_LETTERS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What is drawn: numbers by series, None where nothing is known, and the labels below.

    Attributes:
        top: The highest mark of the scale, above 0.
    """

    kind: ChartKind
    series: Sequence[tuple[PaperColumn, Sequence[float | None]]]
    labels: Sequence[str]
    top: float
    step: float

    @property
    def across(self) -> float:
        return (WIDTH - _LEFT - _RIGHT) / max(1, len(self.labels))

    def x(self, at: float) -> float:
        return _LEFT + self.across * at

    def y(self, number: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * min(number, self.top) / self.top


def chart_svg(chart: PaperChart, paper: Paper) -> Iterator[str]:
    """Yield the picture's pieces; none for a table without rows.

    Time goes from left to right in every language.
    """
    table = paper.table(chart.table)
    if not table.rows:
        return
    scene = _scene(chart, table, paper)
    title = escape(lawful(chart.title))
    yield (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" direction="ltr"'
        f' aria-label="{title}"><title>{title}</title>'
    )
    yield from _scale(scene, paper.notation)
    yield from _labels(scene)
    match scene.kind:
        case ChartKind.LINES:
            yield from _lines(scene)
        case ChartKind.BARS:
            yield from _bars(scene)
        case ChartKind.STACK:
            yield from _stack(scene)
    yield from _legend(scene, right_to_left=paper.right_to_left)
    yield "</svg>"


def _scene(chart: PaperChart, table: PaperTable, paper: Paper) -> _Scene:
    places = {column.key: at for at, column in enumerate(table.columns)}
    series = [
        (table.columns[places[key]], [_number(row[places[key]]) for row in table.rows])
        for key in chart.series
    ]
    if chart.kind is ChartKind.STACK:
        highest = max(
            sum(numbers[at] or 0 for _, numbers in series) for at in range(len(table.rows))
        )
    else:
        known = (number for _, numbers in series for number in numbers if number is not None)
        highest = max(known, default=0)
    top, step = nice_scale(highest, series[0][0].kind)
    labels = _along(table, places[chart.along], paper)
    return _Scene(kind=chart.kind, series=series, labels=labels, top=top, step=step)


def _number(cell: Cell) -> float | None:
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    return float(cell) if isinstance(cell, (int, float)) and math.isfinite(cell) else None


def _along(table: PaperTable, at: int, paper: Paper) -> list[str]:
    """Return what stands below: the hour where one day is shown, else the day or a name."""
    column = table.columns[at]
    cells = [row[at] for row in table.rows]
    times = [cell for cell in cells if isinstance(cell, datetime)]
    if not times:
        texts = (lawful(cell_text(cell, column, paper.notation, paper.zone)) for cell in cells)
        return [_short(text) for text in texts]
    if max(times) - min(times) <= _ONE_DAY:
        return [clock_text(time, paper.notation, paper.zone) for time in times]
    return [day_text(time.astimezone(paper.zone).date(), paper.notation) for time in times]


def _short(text: str) -> str:
    return text if len(text) <= _LABEL_LETTERS else f"{text[: _LABEL_LETTERS - 1]}…"


def _scale(scene: _Scene, notation: Notation) -> Iterator[str]:
    kind = scene.series[0][0].kind
    for number in range(round(scene.top / scene.step) + 1):
        mark = number * scene.step
        y = scene.y(mark)
        colour = palette.LINE if number else palette.RULE
        yield f'<path d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}" stroke="{colour}"/>'
        told = escape(mark_text(mark, scene.step, kind, notation))
        yield f'<text class="t" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{told}</text>'


def _labels(scene: _Scene) -> Iterator[str]:
    every = math.ceil(len(scene.labels) / _MOST_LABELS)
    for at, label in enumerate(scene.labels):
        if at % every == 0:
            yield (
                f'<text class="t" x="{scene.x(at + 0.5):.1f}" y="{HEIGHT - _BOTTOM + 18}"'
                f' text-anchor="middle">{escape(label)}</text>'
            )


def _lines(scene: _Scene) -> Iterator[str]:
    for (_, numbers), colour in zip(scene.series, _colours(scene), strict=True):
        path, down = [], False
        for at, number in enumerate(numbers):
            if number is None:
                down = False
                continue
            x, y = scene.x(at + 0.5), scene.y(number)
            # A single reading between two that are not known is a dot.
            path.append(f"{'L' if down else 'M'}{x:.1f} {y:.1f}" + ("" if down else "h0"))
            down = True
        yield (
            f'<path d="{"".join(path)}" fill="none" stroke="{colour}" stroke-width="2.5"'
            ' stroke-linecap="round" stroke-linejoin="round"/>'
        )


def _bars(scene: _Scene) -> Iterator[str]:
    wide = scene.across * 0.7 / len(scene.series)
    for place, ((_, numbers), colour) in enumerate(zip(scene.series, _colours(scene), strict=True)):
        path = [
            _bar(scene.x(at + 0.15) + wide * place, wide, scene.y(number), scene.y(0))
            for at, number in enumerate(numbers)
            if number
        ]
        yield f'<path d="{"".join(path)}" fill="{colour}"/>'


def _stack(scene: _Scene) -> Iterator[str]:
    below = [0.0] * len(scene.labels)
    for (_, numbers), colour in zip(scene.series, _colours(scene), strict=True):
        path = []
        for at, number in enumerate(numbers):
            if number:
                path.append(
                    _bar(
                        scene.x(at + 0.15),
                        scene.across * 0.7,
                        scene.y(below[at] + number),
                        scene.y(below[at]),
                    )
                )
                below[at] += number
        yield f'<path d="{"".join(path)}" fill="{colour}"/>'


def _bar(x: float, wide: float, y: float, ground: float) -> str:
    return f"M{x:.1f} {ground:.1f}V{y:.1f}h{wide:.1f}V{ground:.1f}z"


def _legend(scene: _Scene, *, right_to_left: bool) -> Iterator[str]:
    """Name the series on the side where reading begins."""
    sign = -1 if right_to_left else 1
    x: float = WIDTH - _RIGHT if right_to_left else _LEFT
    anchor = "end" if right_to_left else "start"
    for (column, _), colour in zip(scene.series, _colours(scene), strict=True):
        name = lawful(column.heading)
        left = x - (12 if right_to_left else 0)
        yield f'<rect x="{left:.0f}" y="8" width="12" height="12" rx="3" fill="{colour}"/>'
        yield (
            f'<text class="l" x="{x + sign * 18:.0f}" y="18" text-anchor="{anchor}">'
            f"{escape(name)}</text>"
        )
        x += sign * (18 + 7.5 * len(name) + 22)


def _colours(scene: _Scene) -> Sequence[str]:
    return (palette.SERIES * len(scene.series))[: len(scene.series)]
