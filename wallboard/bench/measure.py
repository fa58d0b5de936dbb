"""What a measurement says: figures, what they are compared with, and whether that is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured number.

    Attributes:
        name: What was measured, in which circumstances.
        value: Ours.
        unit: `s`, `ms`, `MB`, `%`, `x` (a ratio), `/s` or an empty text for a count.
        peer: The stock way's, in the same run. None if there is none to compare with.
        limit: Of `value`, or of the ratio to the peer if there is one. None if only told.
        at_least: True if the limit is to be reached rather than kept under.
    """

    name: str
    value: float
    unit: str
    peer: float | None = None
    limit: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours in terms of the peer's. None without one."""
        return None if not self.peer else self.value / self.peer

    @property
    def reached(self) -> bool | None:
        """Whether the limit is kept. None if there is none."""
        judged = self.value if self.peer is None else self.ratio
        if self.limit is None or judged is None:
            return None
        return judged >= self.limit if self.at_least else judged <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one target came to.

    Attributes:
        key: `p1` …
        title: What it is about, in a sentence without a verb.
        missing: Why it could not be measured; empty if it was.
    """

    key: str
    title: str
    figures: tuple[Figure, ...] = ()
    missing: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether every limit is kept. None if nothing was measured."""
        told = [figure.reached for figure in self.figures if figure.reached is not None]
        return all(told) if told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How to measure.

    Attributes:
        quick: True for a fast look with few repetitions.
        profile: A saved connection to a real Asterisk, for those that need one.
        seconds: How long to watch; None leaves it to the target.
    """

    quick: bool = False
    profile: str | None = None
    seconds: float | None = None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` (0 to 1) of all are at most.

    Raises:
        IndexError: There are no values.
    """
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def middle(values: Sequence[float]) -> float:
    """Return the median."""
    return median(values)


def told_json(result: Result) -> dict[str, Json]:
    """Return a result as values for machines."""
    return {
        "target": result.key,
        "title": result.title,
        "reached": result.reached,
        "missing": result.missing,
        "figures": [
            {
                "name": figure.name,
                "value": _rounded(figure.value),
                "unit": figure.unit,
                "peer": _rounded(figure.peer),
                "ratio": _rounded(figure.ratio),
                "limit": figure.limit,
                "at_least": figure.at_least,
                "reached": figure.reached,
            }
            for figure in result.figures
        ],
    }


def told_lines(result: Result) -> list[str]:
    """Return a result as lines for people."""
    if result.missing:
        return [f"{result.key}  {result.title}: {result.missing}"]
    lines = [f"{result.key}  {result.title}"]
    for figure in result.figures:
        told = f"    {figure.name}: {figure.value:.4g} {figure.unit}".rstrip()
        if figure.peer is not None and figure.ratio is not None:
            told += f", the stock way {figure.peer:.4g} {figure.unit}: {figure.ratio:.3f}x"
        if figure.limit is not None:
            sign = ">=" if figure.at_least else "<="
            told += f" ({sign} {figure.limit:g}: {'reached' if figure.reached else 'MISSED'})"
        lines.append(told)
    return lines


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")
