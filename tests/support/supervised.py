"""A window in which a supervisor may do things, and the states that such a thing goes through."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from support.boards import Scene, scene
from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import Agent, AgentState, Call
from wallboard.domain.supervision import Monitoring, Stage, WishKind
from wallboard.engine.supervision import (
    Asked,
    Obstacle,
    Phase,
    Session,
    SupervisionState,
    Told,
)
from wallboard.ui.dialogs.supervision_dialog import SupervisionDialog
from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.frame.supervision_banner import ArmedFrame, SupervisionBanner
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.agents import AgentsPage
from wallboard.ui.panels.agent_offers import AgentOffers

SMALL: Final = QSize(1366, 768)
ALL_GRANTED: Final = SupervisionState(
    phone="PJSIP/9001", direct=True, reasons=("Training", "Complaint")
)
"""Everything is granted, and the source can do it all."""
SOME_MISSING: Final = replace(
    ALL_GRANTED,
    obstacles={
        WishKind.MESSAGE: Obstacle.NOT_SUPPORTED,
        WishKind.TRANSFER: Obstacle.SOURCE_RIGHT,
        WishKind.BARGE: Obstacle.NO_RIGHT,
    },
    details={WishKind.TRANSFER: "write = call"},
)
OTHERS: Final = (
    Monitoring(monitoring_id="1", phone="PJSIP/9002", mode=WishKind.LISTEN),
    Monitoring(monitoring_id="2", phone="SIP/77"),
)


def talker(made: Scene) -> Agent:
    """Return an agent who has a call."""
    assert made.board.snapshot is not None
    agents = made.board.snapshot.agents.values()
    return next(one for one in agents if one.call_id and one.state is AgentState.IN_CALL)


def idler(made: Scene) -> Agent:
    """Return an agent who is free."""
    assert made.board.snapshot is not None
    agents = made.board.snapshot.agents.values()
    return next(one for one in agents if one.state is AgentState.FREE)


def waiter(made: Scene) -> Call:
    """Return a caller who waits."""
    return next(call for calls in made.board.calls.values() for call in calls.waiting)


def earlier(made: Scene, seconds: float) -> Moment:
    now = made.clock.now()
    return Moment(wall=now.wall - timedelta(seconds=seconds), steady_s=now.steady_s - seconds)


def session(made: Scene, **parts: object) -> Session:
    """Return a listening that has lasted 2:13, with other parts if told."""
    agent = talker(made)
    usual: dict[str, object] = {
        "key": "k1",
        "mode": WishKind.LISTEN,
        "agent_id": agent.agent_id,
        "call_id": agent.call_id,
        "reason": "Training",
        "phase": Phase.LIVE,
        "asked_at": earlier(made, 140),
        "live_at": earlier(made, 133),
    }
    return Session(**{**usual, **parts})  # type: ignore[arg-type]


def lasting(made: Scene, **parts: object) -> SupervisionState:
    """Return a state in which that lasts."""
    return replace(ALL_GRANTED, session=session(made, **parts))


def told(made: Scene, kind: WishKind, stage: Stage, why: str = "", **more: object) -> Told:
    """Return what came of a command for the agent who talks."""
    asked = Asked(kind=kind, agent_id=talker(made).agent_id)
    return Told(asked=asked, stage=stage, why=why, at=made.clock.now(), **more)  # type: ignore[arg-type]


def states(made: Scene) -> dict[str, SupervisionState]:
    """Return every state that a window must be able to show, by name."""
    ringing = {"phase": Phase.ASKED, "live_at": None}
    over = {"phase": Phase.ENDED, "ended_at": made.clock.now()}
    refused = told(made, WishKind.PAUSE, Stage.REFUSED, "The agent is already paused.")
    return {
        "granted": ALL_GRANTED,
        "missing": SOME_MISSING,
        "ringing": lasting(made, **ringing),
        "listening": lasting(made, others=OTHERS, stays=True),
        "whispering": lasting(made, mode=WishKind.WHISPER, limit_s=200),
        "muted": lasting(made, mode=WishKind.WHISPER, muted=True),
        "speaking": lasting(made, mode=WishKind.WHISPER, muted=False),
        "barging": lasting(made, mode=WishKind.BARGE, limit_s=200, others=OTHERS),
        "changing": replace(lasting(made, **over), then=WishKind.WHISPER),
        "altered": replace(ALL_GRANTED, altered_at=12),
        "ending": lasting(made, mode=WishKind.WHISPER, phase=Phase.ENDING),
        "unknown": lasting(made, phase=Phase.UNKNOWN, live_at=None),
        "waiting": lasting(made, **over, stays=True),
        "ended": replace(lasting(made, **over, why="The agent has no call."), told=(refused,)),
        "not begun": lasting(made, **over, live_at=None, why="Your phone is busy."),
    }


def window_in(
    look: Look,
    state: SupervisionState | None = None,
    made: Scene | None = None,
    size: QSize = SMALL,
) -> tuple[MainWindow, Scene]:
    """Return a window that was shown a board, and this state if any."""
    made = made or scene(language=look.wording.language, agents=38, minutes=2)
    QGuiApplication.setLayoutDirection(look.direction)
    for other in QApplication.topLevelWidgets():
        # One that another test left would hear the keys that work in all of the program, too.
        if isinstance(other, MainWindow):
            other.hide()
    window = MainWindow(look)
    window.resize(size)
    window.show()
    window.show_board(made.board, made.clock.now())
    if state is not None:
        window.show_supervision(state)
    window.activateWindow()
    for _ in range(200):
        if window.findChild(QShortcut) is not None:
            break
        QTest.qWait(5)
    return window, made


def frame_in(window: QWidget) -> BoardFrame:
    frame = window.findChild(BoardFrame)
    assert isinstance(frame, BoardFrame)
    return frame


def banner_in(window: QWidget) -> SupervisionBanner | None:
    """Return the banner that is seen. None if none is."""
    banner = window.findChild(SupervisionBanner)
    return banner if banner is not None and banner.isVisibleTo(window) else None


def red_frame(window: QWidget) -> bool:
    """Return whether the window has its red frame."""
    frame = window.findChild(ArmedFrame)
    return frame is not None and frame.isVisibleTo(window)


def question_in(window: QWidget) -> SupervisionDialog | None:
    """Return the question that is open, with the keyboard. None if there is none."""
    dialogs = [one for one in window.findChildren(SupervisionDialog) if not one.isHidden()]
    assert len(dialogs) <= 1
    for dialog in dialogs:
        dialog.activateWindow()
        QTest.qWait(10)
    return dialogs[0] if dialogs else None


def offers_of(window: QWidget, agent: Agent) -> AgentOffers:
    """Open an agent in detail and return his commands."""
    frame = frame_in(window)
    frame.go_to("agents", agent.agent_id, opened=True)
    page = frame.page()
    assert isinstance(page, AgentsPage)
    return page.drawer.offers
