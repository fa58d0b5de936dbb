"""What holds for all values of the domain."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from wallboard.domain import clock, errors, facts, snapshot, source, supervision, totals

VALUES = [
    value
    for module in (clock, errors, facts, snapshot, source, supervision, totals)
    for _, value in inspect.getmembers(module, inspect.isclass)
    if dataclasses.is_dataclass(value) and value.__module__ == module.__name__
]


def test_that_there_are_values_to_look_at() -> None:
    assert {snapshot.Agent, snapshot.Call, facts.CallRecord, facts.AgentSpell} <= set(VALUES)


def test_that_totals_which_are_a_tuple_cannot_be_changed_either() -> None:
    with pytest.raises(AttributeError):
        totals.NOTHING.offered = 1  # type: ignore[misc]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_that_a_value_cannot_be_changed_nor_take_its_parts_by_place(value: type) -> None:
    assert value.__dataclass_params__.frozen
    assert all(field.kw_only for field in dataclasses.fields(value))
    assert "__slots__" in vars(value)
