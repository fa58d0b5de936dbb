"""Measures the program against the stock way of building it; the program uses nothing of it.

Imports nothing by itself: what is imported when is among what is measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

TARGETS: Final = (
    "p1",
    "p2",
    "p3",
    "p4",
    "p5",
    "p6",
    "p7",
    "p8",
    "p9",
    "p10",
    "p11",
    "p12",
    "p13",
    "p14",
    "p16",
    "p17",
    "p18",
    "p19",
    "p20",
    "step",
    "alerts",
    "reports",
    "idle",
    "walls",
    "soak",
    "kiosk",
)


def main(
    names: Sequence[str] = (),
    *,
    as_json: bool = False,
    quick: bool = False,
    profile: str | None = None,
    seconds: float | None = None,
) -> int:
    """Measure and print; see `wallboard.bench.program.main`."""
    from wallboard.bench import program  # noqa: PLC0415 - so that the bare window stays bare

    return program.main(names, as_json=as_json, quick=quick, profile=profile, seconds=seconds)
