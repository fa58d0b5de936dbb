"""The menu of a button that shows one of several choices, and the mark that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPen
from PySide6.QtWidgets import QMenu, QWidget

from wallboard.ui.look import Look
from wallboard.ui.theme.sheets import menu_sheet
from wallboard.ui.theme.type import Role


def menu_of(
    button: QWidget,
    look: Look,
    choices: Iterable[tuple[str, str]],
    key: str,
    choose: Callable[[str], None],
) -> QMenu:
    """Return a menu of choices, made anew. It belongs to the button.

    Args:
        choices: Keys and plain texts, in their order.
        key: Of the one that is chosen.
        choose: Called with the key of the one that somebody takes, be it the same.
    """
    menu = QMenu(button)
    menu.setLayoutDirection(look.direction)
    menu.setPalette(look.palette())
    menu.setFont(look.font(Role.BODY))
    # Of hundreds of queues not all have room on a screen.
    menu.setStyleSheet(f"{menu_sheet(look.theme)} QMenu {{ menu-scrollable: 1; }}")
    group = QActionGroup(menu)
    for each, text in choices:
        # An ampersand would underline what follows it.
        action = QAction(text.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(each == key)
        action.setData(each)
        group.addAction(action)
        menu.addAction(action)
    menu.triggered.connect(lambda action: choose(str(action.data())))
    return menu


def open_below(button: QWidget, look: Look, menu: QMenu) -> None:
    """Open a menu below its button, at what is chosen."""
    chosen = next((action for action in menu.actions() if action.isChecked()), None)
    if chosen is not None:
        menu.setActiveAction(chosen)
    start = button.width() - menu.sizeHint().width() if look.rtl else 0
    menu.popup(button.mapToGlobal(QPoint(start, button.height())))


def paint_menu_mark(painter: QPainter, button: QWidget, look: Look, end: int) -> None:
    """Paint the mark that a menu opens.

    Args:
        end: Its middle, in pixels from the end of the button.
    """
    half, deep = look.px(4), look.px(4)
    x = end if look.rtl else button.width() - end
    y = button.height() // 2 - deep // 2
    painter.setPen(QPen(look.theme.text2, 1.5))
    painter.drawPolyline([QPoint(x - half, y), QPoint(x, y + deep), QPoint(x + half, y)])
