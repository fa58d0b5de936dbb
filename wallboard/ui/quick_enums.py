"""Has the enumerations of Qt made quickly: a start makes two hundred of them.

To import this module is enough; import it before anything of PySide. It is worth a tenth of the
time to the first frame.
"""

from __future__ import annotations

import sys
from enum import KEEP, Enum, EnumType, Flag
from typing import Any, Final

_SPECIAL: Final = frozenset(dir(Enum))
"""Names that mean something to an enumeration; a member of such a name is Python's business."""
_ENUM_TYPE: Final[Any] = EnumType
"""Where Python makes an enumeration of a name and its members; typed as nothing public."""
_pythons: Final = _ENUM_TYPE._create_


def _made(cls: Any, name: str, names: Any, **how: Any) -> Any:  # noqa: ANN401 - as Python's
    """Make an enumeration, as Python does.

    Python looks at each member in turn as if it could be anything, and alters the class three times
    for it. PySide tells pairs of a name and a number, and with them what to do with a number that
    is nobody's (`KEEP`): nobody else asks in this way. Of those the class is made without members,
    which are put in after it.
    """
    # Python would look for who asks in the frame before this one.
    how["module"] = how.get("module") or sys._getframe(2).f_globals.get("__name__")  # noqa: SLF001
    if how.get("boundary") is not KEEP or not _are_plain(names):
        return _pythons(cls, name, names, **how)
    made = _pythons(cls, name, (), **how)
    new, takes_value, order = made._new_member_, made._use_args_, made._member_names_
    by_name, by_value = made._member_map_, made._value2member_map_
    flags = issubclass(cls, Flag)
    for called, value in names:
        member = by_value.get(value)  # one that is there already has a second name
        if member is None:
            member = new(made, value) if takes_value else new(made)
            member._name_, member._value_, member.__objclass__ = called, value, made
            member._sort_order_ = len(order)
            by_value[value] = member
            if not flags or (value > 0 and value.bit_count() == 1):
                order.append(called)
        by_name[called] = member
        type.__setattr__(made, called, member)  # the class itself would refuse a member anew
    if hasattr(made, "_hashable_values_"):  # where newer Pythons look for a value
        made._hashable_values_.extend(by_value)
    if flags:
        _tell_bits(made)
    return made


def _tell_bits(made: Any) -> None:  # noqa: ANN401 - as Python's
    """Tell an enumeration of flags which bits it has, and in which order they are gone through."""
    single = [made._member_map_[called]._value_ for called in made._member_names_]
    made._singles_mask_ = sum(single)
    for value in made._value2member_map_:
        made._flag_mask_ |= value
    made._all_bits_ = (1 << made._flag_mask_.bit_length()) - 1
    if single != sorted(single):
        made._iter_member_ = made._iter_member_by_def_


def _are_plain(names: Any) -> bool:  # noqa: ANN401 - as Python's
    """Return whether these are pairs of a name, each once and nothing special, and a number."""
    if not isinstance(names, list) or {type(pair) for pair in names} != {tuple}:
        return False
    told = dict(names)
    return (
        {type(value) for value in told.values()} == {int}
        and len(told) == len(names)
        and _SPECIAL.isdisjoint(told)
        and "_" not in {called[0] for called in told}
    )


# Nobody has looked at how a later Python does it.
if sys.version_info < (3, 14):
    _ENUM_TYPE._create_ = _made
