"""Which time was watched by whom, kept as few long stretches."""

from __future__ import annotations

from wallboard.domain.coverage import Stretch
from wallboard.storage.database import Database
from wallboard.storage.rows import STRETCHES, instant_of, instant_us


def extend(database: Database, watched: Stretch) -> None:
    """Keep that a time was watched: as one with the stretches of the same witness it touches."""
    begin, end = instant_us(watched.begin), instant_us(watched.end)
    if end <= begin:
        return
    touched = [
        row
        for row in database.rows("stretches", end, begin)
        if row[3] == watched.witness.value and STRETCHES.unpacked(row[1:]) is not None
    ]
    begin = min([begin, *(row[1] for row in touched)])
    end = max([end, *(row[2] for row in touched)])
    whole = Stretch(begin=instant_of(begin), end=instant_of(end), witness=watched.witness)
    (cells,) = STRETCHES.packed((whole,))
    if not touched:
        database.run("insert stretches", *cells)
        return
    first, *others = touched
    if first[1:] != cells:
        database.run("update stretches", *cells, first[0])
    database.run_many("delete stretches", [(row[0],) for row in others])
