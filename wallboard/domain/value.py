"""What a value is: frozen, slotted, its fields told by name; a dataclass that is quick to define.

To define a class with `dataclass(frozen=True, slots=True, kw_only=True)` takes 0.5 to 1 ms, for it
writes and compiles six functions; a window needs forty such classes before its first frame, and a
source's process as many. Here five of the six are not compiled but shared, and the sixth,
`__init__`, is compiled only for classes of which many values are made; so is `__eq__`, where many
are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, Final, NoReturn, TypeVar, dataclass_transform

_Value = TypeVar("_Value")

_OFTEN: Final = 256
"""So many values are made one field after the other before it is worth to compile."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def value(plain: type[_Value]) -> type[_Value]:
    """Make of a class with annotated fields what `dataclass` does, frozen, slotted and by name.

    Its values are equal if they are of one class and their fields are, hashable if their fields
    are, and never altered. `fields` and `replace` work as with any dataclass. What else a dataclass
    may have, as `__post_init__` or fields that are not compared, it cannot have.
    """
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)(plain)
    # Of nearly half of them no value is made before the first frame, of most none is compared.
    made.__init__ = _when_wanted(made, "__init__", _first_init)
    made.__eq__ = _when_wanted(made, "__eq__", _first_eq)
    made.__hash__ = _when_wanted(made, "__hash__", _hash)
    made.__repr__ = _repr
    made.__setattr__ = _refuse_to_set
    made.__delattr__ = _refuse_to_delete
    made.__reduce__ = _reduce
    made.__dataclass_params__.frozen = True  # as it now is
    return made  # type: ignore[no-any-return]


def _when_wanted(made: Any, name: str, method_of: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - a class made at run time, and its method
    """Return a method that puts in its place, when it is first called, what is made for it."""

    def first(self: object, *told: object, **more: object) -> object:
        setattr(made, name, method_of(made))
        return getattr(made, name)(self, *told, **more)

    return first


def _first_init(made: Any) -> Any:  # noqa: ANN401 - a class made at run time, and its method
    """Return an `__init__` that fills the slots, and gives way to a compiled one in time."""
    every = fields(made)
    names = {each.name for each in every}
    slots = [(each.name, vars(made)[each.name].__set__) for each in every]
    defaults = {each.name: each.default for each in every if each.default is not MISSING}
    factories = [
        (each.name, each.default_factory) for each in every if each.default_factory is not MISSING
    ]
    left = _OFTEN

    def __init__(self: object, **told: object) -> None:  # noqa: N807 - it becomes that
        nonlocal left
        left -= 1
        filled = {**defaults, **told}
        for name, factory in factories:
            if name not in told:
                filled[name] = factory()
        if left < 0 or filled.keys() != names:
            # A compiled one says best which field is missing, or is none.
            made.__init__ = _compiled_init(made, dict(slots))
            made.__init__(self, **told)
            return
        for name, fill in slots:
            fill(self, filled[name])

    return __init__


_NOT_TOLD: Final = object()


def _compiled_init(made: type, slots: dict[str, Callable[[object, object], None]]) -> Any:  # noqa: ANN401 - a method
    """Return an `__init__` that fills each slot by its own name.

    The library's asks the class how to set each field of a frozen value, which takes half as long
    again; of values whole boards are made.
    """
    names: dict[str, object] = {"_not_told": _NOT_TOLD}
    told, filled = [], []
    for number, each in enumerate(fields(made)):
        names[f"_fill_{number}"] = slots[each.name]
        content = each.name
        if each.default_factory is not MISSING:
            names[f"_make_{number}"] = each.default_factory
            content = f"_make_{number}() if {each.name} is _not_told else {each.name}"
            told.append(f"{each.name}=_not_told")
        elif each.default is not MISSING:
            names[f"_default_{number}"] = each.default
            told.append(f"{each.name}=_default_{number}")
        else:
            told.append(each.name)
        filled.append(f" _fill_{number}(self, {content})")
    head = f"def __init__(self, {'*, ' if told else ''}{', '.join(told)}):"
    exec("\n".join([head, *(filled or [" pass"])]), names)  # noqa: S102 - our own fields' names, as the library does
    return names["__init__"]


def _compiled_eq(made: type) -> Any:  # noqa: ANN401 - a method
    """Return an `__eq__` that looks at one field after the other, as far as they are equal.

    The library's gathers those of both values first, which takes twice as long where they differ.
    """
    names: dict[str, object] = {}
    alike = [
        f"(self.{each.name} is other.{each.name} or self.{each.name} == other.{each.name})"
        for each in fields(made)
    ]
    lines = (
        "def __eq__(self, other):",
        " if self is other: return True",
        " if type(self) is not type(other): return NotImplemented",
        f" return {' and '.join(alike) or True}",
    )
    exec("\n".join(lines), names)  # noqa: S102 - as above
    return names["__eq__"]


def _content(made: Any) -> Callable[[object], object]:  # noqa: ANN401 - as above
    """Return what tells the contents of a value: equal if its fields are."""
    names = [each.name for each in fields(made)]
    return attrgetter(*names) if names else bool


def _first_eq(made: Any) -> Any:  # noqa: ANN401 - as above
    """Return an `__eq__` that looks at the fields, and gives way to a compiled one in time."""
    content = _content(made)
    left = _OFTEN

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - it becomes that
        nonlocal left
        left -= 1
        if left < 0:
            made.__eq__ = _compiled_eq(made)
        if self is other:
            return True
        if type(self) is not type(other):
            return NotImplemented
        equal: bool = content(self) == content(other)
        return equal

    return __eq__


def _hash(made: Any) -> Any:  # noqa: ANN401 - as above
    content = _content(made)

    def __hash__(self: object) -> int:  # noqa: N807 - it becomes that
        return hash(content(self))

    return __hash__


def _repr(self: Any) -> str:  # noqa: ANN401 - of any class
    told = ", ".join(
        [f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr]
    )
    return f"{type(self).__qualname__}({told})"


def _refuse_to_set(_self: object, name: str, _content: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _reduce(self: Any) -> tuple[object, ...]:  # noqa: ANN401 - of any class
    """Return how a copy is made; the slots of one that is frozen cannot be filled from outside."""
    return _again, (type(self), {each.name: getattr(self, each.name) for each in fields(self)})


def _again(made: type[_Value], told: dict[str, object]) -> _Value:
    return made(**told)
