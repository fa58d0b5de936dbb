"""Imports PySide without what a program has no use for. Import it before anything of PySide.

To import this module is enough. It is worth a quarter of the time to the first frame.
"""

from __future__ import annotations

import builtins
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Final

from wallboard.ui import quick_enums as _quick_enums  # noqa: F401 - it acts by itself

# PySide brings these parts of itself as source, which it compiles anew at every start. They write
# type stubs, describe signatures, and word what it says of wrong arguments: a start needs none of
# them, and when one is needed it is there.
_LATE: Final = (
    "shibokensupport.signature.errorhandler",
    "shibokensupport.signature.layout",
    "shibokensupport.signature.lib.enum_sig",
    "shibokensupport.signature.lib.pyi_generator",
    "shibokensupport.signature.lib.tool",
    "shibokensupport.signature.parser",
)


class _Late(ModuleType):
    """A module whose source is compiled and run when it is first asked for something."""

    def __init__(self, name: str, loader: Any) -> None:  # noqa: ANN401 - PySide's own, untyped
        super().__init__(name)
        self.__loader__ = self._loader = loader
        self.__spec__ = ModuleSpec(name, loader)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module holds
        # While it runs, what imports it meanwhile gets what is there already.
        if not self.__dict__.get("_begun"):
            self._begun = True
            self._run()
            self.__class__ = ModuleType  # type: ignore[assignment] # from now on it is one
        return ModuleType.__getattribute__(self, name)

    def _run(self) -> None:
        loader, moved = self._loader, self.__spec__
        self.__spec__ = ModuleSpec(self.__name__, loader)
        sys.meta_path.insert(0, loader)  # it finds what they import of one another
        try:
            loader.exec_module(self)
        finally:
            sys.meta_path.remove(loader)
            self.__spec__ = moved


def _import(name: str, *told: Any, **more: Any) -> ModuleType:  # noqa: ANN401 - as Python's
    """Import as Python does; once PySide begins to import its parts, put the late ones there."""
    module: ModuleType = _pythons(name, *told, **more)
    if name == "shibokensupport" and _LATE[0] not in sys.modules:
        sys.modules.update((late, _Late(late, module.__loader__)) for late in _LATE)
    return module


# PySide puts an import of its own in the place of Python's. For each module that is imported after
# it that one reads and cuts the source, in search of a switch which we don't use: 10 ms of the time
# to the first frame. If it came before us, what it covered is kept under this name.
_pythons: Final = getattr(builtins, "__orig_import__", builtins.__import__)
if "shiboken6" not in sys.modules:
    builtins.__import__ = _import
try:
    import PySide6.QtCore  # noqa: F401 - only now
finally:
    builtins.__import__ = _pythons
