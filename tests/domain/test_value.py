"""A value is what the library's own frozen dataclass is, only sooner."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import msgspec
import pytest

from wallboard.domain.value import value

MANY = 300


@value
class Row:
    """A row."""

    key: str
    count: int = 0
    marks: Mapping[str, int] = field(default_factory=dict)
    secret: str = field(default="", repr=False)

    @property
    def twice(self) -> int:
        return 2 * self.count


@value
class Other:
    """Another row of the same fields."""

    key: str
    count: int = 0
    marks: Mapping[str, int] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


@value
class Empty:
    """Nothing but its class."""


@value
class Single:
    """One field."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What the library makes of it."""

    key: str
    count: int = 0
    marks: Mapping[str, int] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


def made_often() -> type[Row]:
    """Return a class of its own whose `__init__` was used so often that it was compiled."""

    @value
    class Often:
        """Made again and again."""

        key: str
        count: int = 0
        marks: Mapping[str, int] = field(default_factory=dict)
        secret: str = field(default="", repr=False)

    for _ in range(MANY):
        Often(key="a")
    return Often  # type: ignore[return-value]


SORTS = pytest.mark.parametrize("sort", [Row, made_often()], ids=["made_first", "made_often"])


@SORTS
def test_that_fields_are_filled_as_told_or_by_their_defaults(sort: type[Row]) -> None:
    row = sort(key="a", marks={"x": 1})
    assert (row.key, row.count, row.marks, row.secret) == ("a", 0, {"x": 1}, "")
    assert sort(key="a").marks is not sort(key="a").marks


@SORTS
@pytest.mark.parametrize("told", [{}, {"count": 1}, {"key": "a", "size": 1}])
def test_that_what_is_missing_or_unknown_is_refused_as_ever(
    sort: type[Row], told: dict[str, object]
) -> None:
    with pytest.raises(TypeError) as standard:
        Standard(**told)  # type: ignore[arg-type]
    with pytest.raises(TypeError) as ours:
        sort(**told)  # type: ignore[arg-type]
    assert str(ours.value).split("__init__")[1] == str(standard.value).split("__init__")[1]


@SORTS
def test_that_fields_are_not_told_by_place(sort: type[Row]) -> None:
    with pytest.raises(TypeError, match="positional"):
        sort("a")  # type: ignore[misc]


@SORTS
def test_that_nothing_of_a_value_is_altered(sort: type[Row]) -> None:
    row = sort(key="a")
    with pytest.raises(FrozenInstanceError, match="'key'"):
        row.key = "b"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="'size'"):
        row.size = 1  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError, match="'key'"):
        del row.key
    assert row == sort(key="a")
    assert not hasattr(row, "__dict__")


def test_that_values_are_equal_if_their_class_and_fields_are() -> None:
    assert Row(key="a", count=1) == Row(key="a", count=1)
    assert Row(key="a", count=1) != Row(key="a", count=2)
    assert Row(key="a") != Other(key="a")
    assert Row(key="a") != ("a", 0, {}, "")
    assert Row(key="a", secret="x") != Row(key="a", secret="y")
    assert Empty() == Empty()
    assert Single(key="a") == Single(key="a") != Single(key="b")


@SORTS
def test_that_values_which_are_compared_often_still_are_equal_by_their_fields(
    sort: type[Row],
) -> None:
    one, same, other = sort(key="a"), sort(key="a"), sort(key="a", secret="y")
    for _ in range(MANY):
        assert one == same
        assert one != other
        assert one != Other(key="a")
    assert hash(Single(key="a")) == hash(Single(key="a"))


def test_that_a_value_is_hashed_by_its_fields() -> None:
    assert len({Single(key="a"), Single(key="a"), Single(key="b")}) == 2
    assert hash(Empty()) == hash(Empty())
    with pytest.raises(TypeError, match="unhashable"):
        hash(Row(key="a"))


def test_that_a_value_is_told_as_its_class_and_fields_but_not_its_secrets() -> None:
    told = repr(Row(key="a", count=1, secret="hidden"))
    assert told == repr(Standard(key="a", count=1, secret="hidden")).replace("Standard", "Row")


@SORTS
def test_that_another_value_is_made_by_replacing_fields(sort: type[Row]) -> None:
    row = sort(key="a", count=1)
    assert replace(row, count=2) == sort(key="a", count=2)
    assert row.count == 1


def test_that_a_value_keeps_what_its_class_can_do() -> None:
    assert replace(Row(key="a"), count=2).twice == 4
    assert Row.__doc__ == "A row."


def test_that_it_is_a_dataclass_to_all_who_look() -> None:
    assert dataclasses.is_dataclass(Row)
    assert [each.name for each in fields(Row)] == [each.name for each in fields(Standard)]
    assert all(each.kw_only for each in fields(Row))
    assert Row.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_that_it_crosses_a_wire_and_is_copied() -> None:
    row = Row(key="a", count=1, marks={"x": 1})
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(row), type=Row) == row
    assert pickle.loads(pickle.dumps(row)) == row
    assert copy.deepcopy(row) == copy.copy(row) == row
