"""What a list knows by itself of how it changed, so that nobody need compare all of its rows."""

from __future__ import annotations

import msgspec

from wallboard.api.table import Table


class Row(msgspec.Struct, frozen=True):
    key: str
    name: str = ""


def told(*rows: Row) -> list[msgspec.Raw]:
    return [msgspec.Raw(msgspec.json.encode(row)) for row in rows]


def table_of(*rows: Row) -> Table[str, Row]:
    table = Table(msgspec.json.Decoder(Row).decode, lambda row: row.key)
    table.read(told(*rows))
    return table


A, B, C, D = (Row(key=key) for key in "abcd")


def test_that_of_rows_that_come_go_and_change_at_once_it_is_known_which() -> None:
    table = table_of(A, B, C)
    other = Row(key="c", name="another")
    table.read(told(B, other, D))
    assert table.changed == (other, D)
    assert table.gone == ("a",)


def test_that_nothing_is_gone_once_all_is_told_as_before() -> None:
    table = table_of(A, B, C)
    table.read(told(B, C))
    assert (table.changed, table.gone) == ((), ("a",))
    table.read(told(B, C))
    assert (table.changed, table.gone) == ((), ())


def test_that_of_rows_with_one_key_it_is_not_known_which_changed() -> None:
    table = table_of(A, B)
    table.read(told(A, Row(key="b", name="first"), B))
    assert table.changed is None
    # And neither when the first of them, which counted, goes.
    table.read(told(A, B))
    assert table.changed is None
