"""What the guide has the program tell itself: its keys and its figures, as they are by now."""

from __future__ import annotations

from collections.abc import Iterator

from wallboard.engine.kpi import KPIS
from wallboard.ui.guide.chapters import Block, Expanded, Grid, Heading, Run
from wallboard.ui.key_table import GROUPS
from wallboard.ui.wording import Wording


def expanded(blocks: tuple[Block, ...], wording: Wording) -> tuple[Block, ...]:
    """Return a chapter's blocks with what the program tells in its places."""
    return tuple(_all(blocks, wording))


def _all(blocks: tuple[Block, ...], wording: Wording) -> Iterator[Block]:
    for block in blocks:
        if not isinstance(block, Expanded):
            yield block
        elif block.what == "keys":
            yield from _keys(wording)
        else:
            yield _figures(wording)


def _keys(wording: Wording) -> Iterator[Block]:
    head = _row(wording.translate("Guide", "Key"), wording.translate("Guide", "What it does"))
    for group in GROUPS:
        yield Heading(level=3, text=wording.say(group.name))
        rows = tuple((_caps(row.keys), (Run(text=wording.say(row.does)),)) for row in group.rows)
        yield Grid(head=head, rows=rows)


def _caps(keys: str) -> tuple[Run, ...]:
    """Return keys, several ways parted by two spaces, as runs."""
    runs: list[Run] = []
    for one in keys.split("  "):
        runs += [Run(text="   "), Run(text=one, key=True)] if runs else [Run(text=one, key=True)]
    return tuple(runs)


def _figures(wording: Wording) -> Grid:
    head = _row(wording.translate("Guide", "Figure"), wording.translate("Guide", "What it counts"))
    rows = tuple(
        (
            (Run(text=wording.kpi_name(kpi.key), bold=True),),
            (Run(text=wording.kpi_meaning(kpi.key)),),
        )
        for kpi in KPIS
    )
    return Grid(head=head, rows=rows)


def _row(*texts: str) -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(text=text),) for text in texts)
