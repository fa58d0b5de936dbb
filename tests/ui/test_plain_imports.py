"""PySide is imported without what a start has no use for, and nothing of it is lost."""

from __future__ import annotations

from support.said import said

_TELL = """
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.support.signature import get_signature
application = QApplication(["told"])
widget = QWidget()
for wrong in (
    lambda: widget.resize("x"),
    lambda: QPoint("a", 2),
    lambda: QTimer.singleShot(),
    lambda: Qt.Key("x"),
    lambda: widget.nothing,
):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
print(get_signature(QWidget.resize), get_signature(QWidget), QWidget.resize.__doc__)
from PySide6.support.signature.lib import enum_sig, pyi_generator, tool
print(enum_sig.SimplifyingEnumerator.__name__, pyi_generator.generate_pyi.__name__, tool.__file__)
"""
_LATE = """
import sys
print([name for name, module in sys.modules.items() if type(module).__name__ == "_Late"])
print(__import__.__name__)
"""
_OURS = "import wallboard.ui.plain_imports\n"


def test_that_pyside_says_of_mistakes_and_of_itself_what_it_always_says() -> None:
    assert "Supported signatures" in said(_TELL)
    assert said(_OURS + _TELL) == said(_TELL)


def test_that_a_start_does_without_the_parts_that_it_does_not_need() -> None:
    late, hook = said(_OURS + "import PySide6.QtWidgets" + _LATE).splitlines()
    assert "shibokensupport.signature.parser" in late
    assert hook == "__import__"


def test_that_who_comes_after_pyside_still_gets_pythons_import_back() -> None:
    late, hook = said("import PySide6.QtWidgets\n" + _OURS + _LATE).splitlines()
    assert late == "[]"
    assert hook != "__feature_import__"
