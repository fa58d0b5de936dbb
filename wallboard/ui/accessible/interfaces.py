"""Painted widgets as Qt asks for them on behalf of screen readers: a tree of parts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache, partial
from typing import Final, cast

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget, QWidget

from wallboard.ui.accessible.part import HERE, Part, Path, TellsParts

_GONE: Final = Part(name="", role=QAccessible.Role.NoRole)
_LINUX: Final = sys.platform == "linux"
_NONE: Final = cast(QAccessibleInterface, None)
"""Qt takes None for "there is none", although its types in Python do not say so."""


@cache
def tell_painted_parts() -> None:
    """Have Qt ask painted widgets for their parts from now on."""
    QAccessible.installFactory(_interface_of)


def tell_current(widget: QWidget) -> None:
    """Tell those who listen that the keyboard is at another part of a painted widget."""
    if not QAccessible.isActive() or not widget.hasFocus() or not isinstance(widget, TellsParts):
        return
    whole = QAccessible.queryAccessibleInterface(widget)
    path = widget.told_current()
    if not isinstance(whole, PaintedWidget) or not path:
        return
    part = whole.part(path)
    # What a part says changes every second, and is told when somebody comes to it: to listen to
    # each change would be to hear nothing else.
    for event in (
        QAccessible.Event.NameChanged,
        QAccessible.Event.DescriptionChanged,
        QAccessible.Event.Focus,
    ):
        QAccessible.updateAccessibility(QAccessibleEvent(part, event))


def tell_focus(widget: QWidget) -> None:
    """Tell at which part the keyboard is that a painted widget just got."""
    if QAccessible.isActive():
        # After Qt has told that the widget got it.
        QTimer.singleShot(0, widget, partial(tell_current, widget))


def _interface_of(kind: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, QWidget):
        return None
    if isinstance(thing, TellsParts):
        return PaintedWidget(thing, thing.told_role())
    # Qt has asked before for all kinds that it could be: it is ours, and holds things together.
    if kind == "QWidget" and type(thing) is not QWidget:
        return QAccessibleWidget(thing, QAccessible.Role.Grouping)
    return None


def _let_go(parts: dict[Path, PaintedPart], ids: list[int], *_: object) -> None:
    """Let go of the parts of a widget that is going."""
    if QCoreApplication.instance() is not None:
        for number in ids:
            QAccessible.deleteAccessibleInterface(number)
    parts.clear()
    ids.clear()


class PaintedWidget(QAccessibleWidget):
    """A painted widget: its parts come first, then the widgets in it.

    Qt owns it, and lets go of it together with its widget.
    """

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._parts: dict[Path, PaintedPart] = {}
        # Qt knows the parts by numbers, and they are its own from the moment that one is given.
        self._ids: list[int] = []
        # This object outlives its widget: PySide never gives back what a factory made.
        widget.destroyed.connect(partial(_let_go, self._parts, self._ids))

    def part(self, path: Path) -> PaintedPart:
        """Return what stands for a part; always the same one."""
        part = self._parts.get(path)
        if part is None:
            part = self._parts[path] = PaintedPart(self._widget(), path)
            self._ids.append(QAccessible.registerAccessibleInterface(part))
        return part

    def childCount(self) -> int:  # noqa: N802 - Qt's name
        """Return how many parts and widgets are in it."""
        return len(self._keys()) + self._widgets_in_it()

    def child(self, index: int) -> QAccessibleInterface:
        """Return a part, or a widget in it."""
        keys = self._keys()
        if 0 <= index < len(keys):
            return self.part((keys[index],))
        if len(keys) <= index < len(keys) + self._widgets_in_it():
            return super().child(index - len(keys))
        return _NONE

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802 - Qt's name
        """Return the how manieth a part is, or a widget in it; -1 if it is not in it."""
        keys = self._keys()
        if isinstance(child, PaintedPart):
            key = child.path[0]
            return keys.index(key) if len(child.path) == 1 and key in keys else -1
        at = super().indexOfChild(child)
        return at + len(keys) if at >= 0 else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:  # noqa: N802 - Qt's name
        """Return what is there on the screen."""
        widget = self._widget()
        point = _surface(widget).mapFromGlobal(QPoint(x, y))
        path = _tells(widget).told_at(point)
        if path:
            return self.part(path)
        return super().childAt(x, y) if self._widgets_in_it() else _NONE

    def focusChild(self) -> QAccessibleInterface:  # noqa: N802 - Qt's name
        """Return where the keyboard is in it."""
        widget = self._widget()
        path = _tells(widget).told_current() if widget.hasFocus() else HERE
        return self.part(path) if path else super().focusChild()

    def _widget(self) -> QWidget:
        return cast(QWidget, self.object())

    def _keys(self) -> Sequence[str]:
        return _tells(self._widget()).told_parts(HERE)

    def _widgets_in_it(self) -> int:
        # Of a list that scrolls those are only the surface and the bar.
        return 0 if isinstance(self._widget(), QAbstractScrollArea) else super().childCount()


class PaintedPart(QAccessibleWidget):
    """A part of a painted widget. It has nothing of its own: it asks the widget each time."""

    def __init__(self, widget: QWidget, path: Path) -> None:
        super().__init__(widget, QAccessible.Role.ListItem)
        self.path = path

    # What it is in, and what is in it

    def object(self) -> QObject | None:  # type: ignore[override] # Qt takes None for "no object"
        """Return None: the widget is told of by its own interface."""
        return None

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        """Return whether it is still there."""
        return self._told() is not _GONE

    def parent(self) -> QAccessibleInterface:
        """Return what it is in."""
        whole = self._whole()
        if whole is None:
            return _NONE
        if len(self.path) == 1:
            return whole
        return whole.part(self.path[:-1])

    def childCount(self) -> int:  # noqa: N802 - Qt's name
        """Return how many parts are in it."""
        return len(self._keys())

    def child(self, index: int) -> QAccessibleInterface:
        """Return a part in it."""
        keys, whole = self._keys(), self._whole()
        if whole is None or not 0 <= index < len(keys):
            return _NONE
        return whole.part((*self.path, keys[index]))

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802 - Qt's name
        """Return the how manieth a part in it is; -1 if it is not in it."""
        if not isinstance(child, PaintedPart) or child.path[:-1] != self.path:
            return -1
        keys = self._keys()
        return keys.index(child.path[-1]) if child.path[-1] in keys else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:  # noqa: N802 - Qt's name
        """Return the part in it that is there on the screen."""
        widget, whole = self._widget(), self._whole()
        if widget is None or whole is None:
            return _NONE
        path = _tells(widget).told_at(_surface(widget).mapFromGlobal(QPoint(x, y)))
        inside = len(path) > len(self.path) and path[: len(self.path)] == self.path
        return whole.part(path) if inside else _NONE

    def focusChild(self) -> QAccessibleInterface:  # noqa: N802 - Qt's name
        """Return the part in it where the keyboard is."""
        whole, path = self._whole(), self._current()
        inside = len(path) > len(self.path) and path[: len(self.path)] == self.path
        return whole.part(path) if whole is not None and inside else _NONE

    # What it says

    def role(self) -> QAccessible.Role:
        """Return what kind of thing it is."""
        return self._told().role

    def text(self, kind: QAccessible.Text) -> str:
        """Return its name, or what it says now."""
        told = self._told()
        if kind is QAccessible.Text.Name:
            return told.name
        # Linux has no place for the value of what is no slider; elsewhere it would be said twice.
        if kind is QAccessible.Text.Value or (_LINUX and kind is QAccessible.Text.Description):
            return told.words
        return ""

    def state(self) -> QAccessible.State:
        """Return whether the keyboard is there, and whether it can be seen."""
        state, told = QAccessible.State(), self._told()
        state.selectable = told.role is QAccessible.Role.ListItem
        state.focusable = True
        current = self._current()
        if current[: len(self.path)] == self.path:
            state.selected = state.selectable
            widget = self._widget()
            state.focused = widget is not None and widget.hasFocus() and current == self.path
        state.invalid = told is _GONE
        state.offscreen = told.box.isEmpty()
        return state

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        widget, box = self._widget(), self._told().box
        if widget is None or box.isEmpty():
            return QRect()
        return QRect(_surface(widget).mapToGlobal(box.topLeft()), box.size())

    # What can be done with it

    def actionNames(self) -> list[str]:  # noqa: N802 - Qt's name
        """Return what can be done."""
        return [QAccessibleActionInterface.pressAction()] if self._told().presses else []

    def doAction(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Do what a click on it does."""
        widget = self._widget()
        if widget is not None and name in self.actionNames():
            _tells(widget).press_part(self.path)

    def keyBindingsForAction(self, _: str) -> list[str]:  # noqa: N802 - Qt's name
        """Return no keys: those of the widget are told of elsewhere."""
        return []

    # Inside

    def _widget(self) -> QWidget | None:
        widget = super().object()
        # A widget that is going is no longer ours, but only Qt's.
        return widget if isinstance(widget, QWidget) and isinstance(widget, TellsParts) else None

    def _whole(self) -> PaintedWidget | None:
        widget = self._widget()
        whole = None if widget is None else QAccessible.queryAccessibleInterface(widget)
        return whole if isinstance(whole, PaintedWidget) else None

    def _told(self) -> Part:
        widget = self._widget()
        return (None if widget is None else _tells(widget).told_part(self.path)) or _GONE

    def _keys(self) -> Sequence[str]:
        widget = self._widget()
        return () if widget is None else _tells(widget).told_parts(self.path)

    def _current(self) -> Path:
        widget = self._widget()
        return HERE if widget is None else _tells(widget).told_current()


def _tells(widget: QWidget) -> TellsParts:
    return cast(TellsParts, widget)


def _surface(widget: QWidget) -> QWidget:
    return widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
