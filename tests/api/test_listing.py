from __future__ import annotations

import gc
import weakref
from dataclasses import dataclass

import msgspec

from wallboard.api.listing import Listing


@dataclass
class Row:
    key: str
    text: str


def row_of(raw: msgspec.Raw) -> tuple[Row, int]:
    return msgspec.json.decode(raw, type=Row), 0


def raw(key: str, text: str) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode({"key": key, "text": text}))


def test_that_a_list_that_changes_holds_no_row_that_was_told_whole_and_is_no_more() -> None:
    listing: Listing[str, Row] = Listing("key", row_of, 9)
    listing.read_whole([raw("a", "old"), raw("b", "old"), raw("c", "old")])
    old = {key: weakref.ref(row) for key, row in listing.rows.items()}
    listing.read_change([raw("a", "new")], ["b"])
    gc.collect()
    assert listing.rows == {"a": Row("a", "new"), "c": Row("c", "old")}
    assert old["a"]() is None
    assert old["b"]() is None
    assert old["c"]() is listing.rows["c"]


def test_that_a_list_that_changed_can_be_told_whole_again_and_be_empty() -> None:
    listing: Listing[str, Row] = Listing("key", row_of, 9)
    listing.read_whole([raw("a", "old")])
    listing.read_change([raw("b", "new")], [])
    listing.read_whole([raw("b", "new")])
    assert listing.rows == {"b": Row("b", "new")}
    listing.read_change([], ["b"])
    listing.read_whole([])
    assert listing.rows == {}
