"""The enumerations of Qt are made quickly, and are what Python makes of them."""

from __future__ import annotations

import sys

import pytest
from support.said import said

_TELL = """
import pickle
from enum import EnumType, Flag
from PySide6 import QtCore, QtGui, QtWidgets

def outcome(asked):
    try:
        return asked()
    except Exception as error:
        return type(error).__name__, str(error)

def members(made):
    every = made.__members__.items()
    return [(name, each.name, each.value, each._sort_order_) for name, each in every]

def told(made):
    first = next(iter(made.__members__.values()), None)
    yield made.__module__, made.__qualname__, made.__doc__, made.__bases__, len(made)
    yield members(made), list(made), repr(first), str(first), format(first)
    yield first is None or hash(first)
    yield [outcome(lambda: made(each.value) is each) for each in made.__members__.values()]
    yield [outcome(lambda: getattr(made, name) is each) for name, each in made.__members__.items()]
    yield [outcome(lambda: made[name] is each) for name, each in made.__members__.items()]
    yield [outcome(lambda: made(number)) for number in (-3, 3, 1 << 14, 987654)]
    yield [outcome(lambda: number in made) for number in (-3, 0, 1, 987654)]
    yield outcome(lambda: setattr(made, "Another", 1)), outcome(lambda: made["missing"])
    yield [outcome(lambda: pickle.loads(pickle.dumps(each)) is each) for each in made]
    yield sorted(name for name in vars(made) if name not in ("__dict__", "__weakref__"))
    if issubclass(made, Flag):
        every = list(made.__members__.values())
        yield [(outcome(lambda: list(each)), outcome(lambda: ~each)) for each in every]
        yield [outcome(lambda: one | other) for one, other in zip(every, every[1:])]
        yield made._flag_mask_, made._singles_mask_, made._all_bits_

def enumerations(place, seen):
    for name in sorted(vars(place)):
        found = getattr(place, name, None)
        if isinstance(found, type) and id(found) not in seen and "PySide6" in found.__module__:
            seen.add(id(found))
            if isinstance(found, EnumType):
                yield found
            else:
                yield from enumerations(found, seen)

seen = set()
for module in (QtCore, QtGui, QtWidgets):
    for name in dir(module):
        getattr(module, name)
    for made in enumerations(module, seen):
        for line in told(made):
            print(made.__name__, line)
"""
_OTHERS = """
import enum, pickle
Made = enum.Enum("Made", "ONE TWO")
Bits = enum.IntFlag("Bits", [("ONE", 1), ("TWO", 2)])
Odd = enum.Enum("Odd", [("value_", 1), ("__kept__", 2), ("mine", "text")], boundary=enum.KEEP)
Listed = enum.Enum("Listed", ["ONE", "TWO"], boundary=enum.KEEP)
for made in (Made, Bits, Odd, Listed):
    print(made.__module__, made.__members__, sorted(vars(made)))
print(pickle.loads(pickle.dumps(Made.TWO)) is Made.TWO)
"""
_COUNT = """
import enum
slowly = []
class Counted(enum._proto_member):
    def __init__(self, value):
        slowly.append(value)
        super().__init__(value)
enum._proto_member = Counted
import PySide6.QtWidgets
from PySide6.QtCore import Qt
Qt.Key.Key_A | Qt.KeyboardModifier.ControlModifier
print(len(slowly))
"""
_OURS = "import wallboard.ui.plain_imports\n"


def test_that_each_enumeration_of_qt_is_what_python_makes_of_it() -> None:
    ours, pythons = said(_OURS + _TELL).splitlines(), said(_TELL).splitlines()
    assert len(pythons) > 4000
    assert [pair for pair in zip(ours, pythons, strict=True) if pair[0] != pair[1]] == []


def test_that_enumerations_of_others_are_made_as_ever() -> None:
    assert said(_OURS + _OTHERS) == said(_OTHERS)


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="how this Python does it was not looked at")
def test_that_no_enumeration_of_qt_is_made_slowly() -> None:
    assert int(said(_COUNT)) > 2000
    assert int(said(_OURS + _COUNT)) == 0
