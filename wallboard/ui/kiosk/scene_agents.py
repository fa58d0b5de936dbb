"""The scene of agents: how many are in which state; persons only where the wall may name them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QRectF

from wallboard.domain.snapshot import AWAY, Agent, AgentState
from wallboard.domain.value import value
from wallboard.engine.crew import Counts, logged_in
from wallboard.engine.wall_needs import states_of
from wallboard.ui.easel import Place
from wallboard.ui.kiosk.naming import first_name
from wallboard.ui.kiosk.plan import FIGURE, FIGURE_WEIGHT, GAP, Plan
from wallboard.ui.kiosk.scene_figures import grid
from wallboard.ui.kiosk.stage import Stage
from wallboard.ui.theme.type import font_of
from wallboard.ui.wording import NOTHING_KNOWN, Wording


@value
class StateFace:
    """How many agents are in a state.

    Attributes:
        share: Of all who are signed in, 0 to 1. None where that says nothing.
    """

    state: AgentState
    name: str
    number: str
    share: float | None


@value
class PersonFace:
    """An agent by first name.

    Attributes:
        name: First name and initial.
        age: For how long he is in his state.
    """

    state: AgentState
    name: str
    age: str


def state_faces(
    counts: Counts, wording: Wording, page: int, most: int, *, told: bool = True
) -> list[StateFace]:
    """Return the states of a page; dashes unless agents are told."""
    signed_in = logged_in(counts)
    states = states_of(counts)[page * most : (page + 1) * most]
    return [
        StateFace(
            state=state,
            name=wording.agent_state(state),
            number=wording.count(counts.get(state, 0) if told else None),
            share=counts.get(state, 0) / signed_in if signed_in and state not in AWAY else None,
        )
        for state in states
    ]


def person_faces(people: tuple[Agent, ...], then: datetime, wording: Wording) -> list[PersonFace]:
    """Return the agents of a page."""
    return [
        PersonFace(
            state=agent.state,
            name=first_name(agent.name) or NOTHING_KNOWN,
            age=wording.duration(None if agent.state_since is None else then - agent.state_since),
        )
        for agent in people
    ]


def state_boxes(plan: Plan, count: int) -> Iterator[QRectF]:
    """Yield the boxes of so many states."""
    across, down = plan.states
    lines = min(down, -(-count // across))
    columns = -(-count // max(1, lines))
    yield from list(grid(plan.scene, columns, lines, plan.px(GAP)))[:count]


def person_boxes(plan: Plan, count: int) -> Iterator[QRectF]:
    """Yield the boxes of so many agents, always of one size."""
    yield from list(grid(plan.scene, *plan.people, plan.px(GAP)))[:count]


def paint_state_cell(stage: Stage, box: QRectF, face: StateFace) -> None:
    """Paint how many are in a state, and as a bar which share of all that is."""
    plan, theme = stage.plan, stage.theme
    stage.card(box)
    pad = plan.px(1.8)
    inner = box.adjusted(pad, plan.px(0.8), -pad, -plan.px(0.8))
    size = plan.small_px * 0.66
    name = QRectF(inner.x(), inner.y(), inner.width(), plan.line)
    glyph = QRectF(name.x(), name.center().y() - size / 2, size, size)
    stage.state(glyph, face.state)
    stage.label(name.adjusted(size + plan.px(1.0), 0, 0, 0), (face.name,), theme.text2)
    bar = QRectF(inner.x(), inner.bottom() - plan.px(1.2), inner.width(), plan.px(0.8))
    number = QRectF(inner.x(), name.bottom(), inner.width(), bar.top() - name.bottom())
    nobody = face.share == 0 or face.share is None
    ink = theme.text2 if nobody else stage.ink
    stage.figure(number, face.number, plan.px(FIGURE * 1.25), ink)
    if face.share is not None:
        stage.easel.fill(bar, theme.bands[0])
        length = QRectF(bar.x(), bar.y(), bar.width() * min(1.0, face.share), bar.height())
        stage.easel.fill(length, theme.text2)


def paint_person(stage: Stage, box: QRectF, face: PersonFace) -> None:
    """Paint an agent: shape and name, and for how long below."""
    plan, theme = stage.plan, stage.theme
    stage.card(box)
    pad = plan.px(1.2)
    inner = box.adjusted(pad, plan.px(0.3), -pad, -plan.px(0.3))
    half = inner.height() / 2
    size = plan.small_px * 0.6
    name = QRectF(inner.x() + size + plan.px(0.9), inner.y(), 0, half)
    name.setRight(inner.right())
    glyph = QRectF(inner.x(), name.center().y() - size / 2, size, size)
    stage.state(glyph, face.state)
    stage.easel.write(name, face.name, plan.small(), stage.ink)
    age = QRectF(inner.x(), name.bottom(), inner.width(), half)
    font = font_of(plan.small_px, FIGURE_WEIGHT)
    stage.easel.write(age, face.age, font, theme.text2, Place.END)
