"""All that can be pressed, typed in or gone to, on any page and in any dialog, is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.boards import scene
from support.looks import look_in
from support.supervised import states, talker, waiter, window_in
from ui.test_board_frame import frame_in, press, window_of
from ui.test_connect_dialog import OPEN, PBX
from ui.test_explain_dialog import CALLS, explanation
from ui.test_explain_dialog import opened as explain_opened

from wallboard.app.guide import guide_in
from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import WishKind
from wallboard.engine.supervision import Asked
from wallboard.ui.accessible.interfaces import PaintedWidget, tell_painted_parts
from wallboard.ui.accessible.part import TellsParts
from wallboard.ui.dialogs.connect_dialog import ConnectDialog
from wallboard.ui.dialogs.guide import GuideWindow
from wallboard.ui.dialogs.secret_dialog import SecretDialog
from wallboard.ui.dialogs.supervision_dialog import Question, SupervisionDialog
from wallboard.ui.frame.page_table import PAGES
from wallboard.ui.look import Look
from wallboard.ui.pages.agents import AgentsPage
from wallboard.ui.pages.agents import View as AgentView
from wallboard.ui.pages.calls import CallsPage
from wallboard.ui.pages.calls import View as CallView
from wallboard.ui.pages.first_run import FirstRunPage

Role = QAccessible.Role
_NO_ROLES = {Role.NoRole, Role.Client}
_NO_WORDS = set("—▲◆●▨✓⊘◌◔◉🔑⛨⏳")


@pytest.fixture(autouse=True)
def _heard(qapp: QApplication) -> Iterator[None]:
    tell_painted_parts()
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(before)


def interactive(root: QWidget) -> list[QWidget]:
    """Return what the keyboard can come to or the mouse can press, and is to be seen."""
    widgets = [root, *root.findChildren(QWidget)]
    return [
        widget
        for widget in widgets
        if widget.isVisibleTo(root) and widget.focusProxy() is None
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QAbstractButton)
        # What Qt has inside of its own things is told as them.
        if not widget.objectName().startswith("qt_")
    ]


def faults(root: QWidget) -> tuple[int, list[str]]:
    """Return how many things there are, and what is wrong with which of them."""
    found: list[str] = []
    widgets = interactive(root)
    seen = 0
    for widget in widgets:
        interface = QAccessible.queryAccessibleInterface(widget)
        if isinstance(widget, TellsParts) and not isinstance(interface, PaintedWidget):
            found.append(f"{widget!r} does not tell of its parts")
        for each in _tree(interface):
            seen += 1
            name = each.text(QAccessible.Text.Name)
            if each.role() in _NO_ROLES:
                found.append(f"{widget!r} {name!r} has no role")
            if not name.strip() or _NO_WORDS & set(name):
                found.append(f"{widget!r} {each.role()} is called {name!r}")
    return seen, found


def _tree(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    if isinstance(interface, PaintedWidget):
        yield from _parts(interface)


def _parts(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for at in range(interface.childCount()):
        part = interface.child(at)
        if part.object() is None:
            yield part
            yield from _parts(part)


def _with_drawer(page: QWidget) -> None:
    """Open what a page opens for one of its rows."""
    if isinstance(page, CallsPage):
        page.show_view(CallView.LOST)
        page.show_records([])
        page.show_view(CallView.LIVE)
    if isinstance(page, AgentsPage):
        page.grid.opened.emit(page.grid.sections()[0].keys[0])
        page.show_view(AgentView.TABLE)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_that_all_is_named_on_the_page(qtbot: QtBot, key: str, language: str) -> None:
    made = scene(language=language, minutes=2)
    window = window_of(made, look_in(language))
    qtbot.addWidget(window)
    window.open_page(key)
    page = frame_in(window).page_widget()
    seen, found = faults(window)
    _with_drawer(page)
    if key == "queues":
        frame_in(window).go_to("queues", "q0")
    more, found_then = faults(window)
    assert found + found_then == []
    assert seen > 10
    assert more > 10


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param((Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier), id="the_palette"),
        pytest.param((Qt.Key.Key_Question,), id="the_map_of_the_keys"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_all_is_named_in(
    qtbot: QtBot, keys: tuple[Qt.Key, Qt.KeyboardModifier], language: str
) -> None:
    window = window_of(scene(language=language, minutes=2), look_in(language))
    qtbot.addWidget(window)
    before = len(interactive(window))
    press(window, *keys)
    _, found = faults(window)
    assert found == []
    assert len(interactive(window)) > before


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_all_is_named_while_a_supervisor_listens(qtbot: QtBot, language: str) -> None:
    window, made = window_in(look_in(language))
    qtbot.addWidget(window)
    for state in states(made).values():
        window.show_supervision(state)
        found = []
        for key, row in (("agents", talker(made).agent_id), ("queues", waiter(made).queue_id)):
            frame_in(window).go_to(key, row, opened=True)
            found += faults(window)[1]
        assert found == []


def _connect(look: Look, _: QtBot) -> QWidget:
    return ConnectDialog(look, (PBX, OPEN))


def _secret(look: Look, _: QtBot) -> QWidget:
    return SecretDialog(look, "Secret", "What it is for")


def _explain(look: Look, qtbot: QtBot) -> QWidget:
    dialog = explain_opened(qtbot, look)
    dialog.show_explanation(explanation("service_level"), CALLS)
    return dialog


def _supervision(look: Look, _: QtBot) -> QWidget:
    asked = Asked(kind=WishKind.BARGE, agent_id=AgentId("a1"))
    question = Question(asked=asked, name="Alice", phone="9001", reasons=("Training",))
    dialog = SupervisionDialog(look, question)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    return dialog


def _first_run(look: Look, _: QtBot) -> QWidget:
    return FirstRunPage(look)


def _guide(look: Look, _: QtBot) -> QWidget:
    window = GuideWindow(look, guide_in(look.wording.language))
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    window.open_place("tv")
    return window


@pytest.mark.parametrize("make", [_connect, _explain, _supervision, _first_run, _guide])
def test_that_all_is_named_where_the_board_is_not(
    qtbot: QtBot, look: Look, make: Callable[[Look, QtBot], QWidget]
) -> None:
    made = make(look, qtbot)
    qtbot.addWidget(made)
    made.show()
    seen, found = faults(made)
    assert found == []
    assert seen >= 3


def test_that_the_crawl_finds_what_has_no_name(qtbot: QtBot) -> None:
    nameless = QWidget()
    qtbot.addWidget(nameless)
    nameless.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    nameless.show()
    assert len(faults(nameless)[1]) == 2
