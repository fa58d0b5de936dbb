"""Tables of a file of TOML, altered in their place: what else stands there is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Table


def alter(holder: TOMLDocument | Table, name: str, values: Mapping[str, object]) -> None:
    """Set rows of a table, or remove those that are None; what else stands there is kept."""
    if not values:
        return
    if not isinstance(holder.get(name, {}), Mapping):
        del holder[name]
    if name not in holder:
        holder[name] = tomlkit.table()
    table = holder[name]
    for key, value in values.items():
        if value is not None:
            table[key] = value
        elif key in table:
            del table[key]


def alter_rows(
    document: TOMLDocument,
    name: str,
    gone: Collection[str],
    changed: Mapping[str, Mapping[str, object]],
    order: Sequence[str] = (),
) -> None:
    """Remove and set rows, each a table of its own, of the table of this name.

    Args:
        changed: What is to stand in which row; None: nothing, a mapping: a table of just this.
        order: In which the rows are to stand; others stand before them.

    Raises:
        TypeError: The table is written in a way that has no rows.
    """
    if not gone and not changed:
        return
    if not isinstance(document.get(name, {}), Mapping):
        # It was left out with a notice; a table must stand here now.
        del document[name]
    if name not in document:
        document[name] = tomlkit.table(is_super_table=True)
    rows = document[name]
    if not isinstance(rows, Table):
        message = f"the {name} are no plain table"
        raise TypeError(message)
    for key in gone:
        del rows[key]
    for key, told in changed.items():
        old = rows.get(key)
        row = old if isinstance(old, Table) else tomlkit.table()
        _fill(row, told)
        rows[key] = row
    _put_in_order(rows, [key for key in order if key in rows])


def _put_in_order(rows: Table, order: Sequence[str]) -> None:
    """Let rows stand in this order: one that came back stands where it stood."""
    if [key for key in rows if key in order] == order:
        return
    for key in order:
        row = rows[key]
        del rows[key]
        rows[key] = row


def _fill(row: Table, told: Mapping[str, object]) -> None:
    for key, value in told.items():
        if isinstance(value, Mapping):
            cells = tomlkit.table()
            cells.update(value)
            row[key] = cells
        elif value is not None:
            row[key] = value
        elif key in row:
            del row[key]
