"""What the parts of a TV's board are called on the page where it is made."""

from __future__ import annotations

from typing import Final

from wallboard.domain.walls import Naming, SceneKind
from wallboard.engine.wall_figures import SHOWABLE
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

SCENE_NAMES: Final = {
    SceneKind.OVERVIEW: phrase("Walls", "Overview"),
    SceneKind.QUEUES: phrase("Walls", "Queues"),
    SceneKind.AGENTS: phrase("Walls", "Agents"),
    SceneKind.TREND: phrase("Walls", "Trend"),
    SceneKind.LOST: phrase("Walls", "Lost calls"),
    SceneKind.MESSAGE: phrase("Walls", "Message"),
}
SCENE_MEANINGS: Final = {
    SceneKind.OVERVIEW: phrase("Walls", "The figures of the whole site, large."),
    SceneKind.QUEUES: phrase("Walls", "The queues, worst first, on as many pages as they need."),
    SceneKind.AGENTS: phrase("Walls", "How many agents are in which state."),
    SceneKind.TREND: phrase("Walls", "The last hour as lines."),
    SceneKind.LOST: phrase("Walls", "Callers who hung up, by time and queue."),
    SceneKind.MESSAGE: phrase("Walls", "A text of your own."),
}
NAMINGS: Final = {
    Naming.NONE: phrase("Walls", "Counts only"),
    Naming.FIRST: phrase("Walls", "First name and initial"),
}
SECONDS: Final = phrase("Walls", "{name} · {seconds} s")
SOME_QUEUES: Final = phrase("Walls", "{name} · {seconds} s · queues: {count}")


def figures(wording: Wording) -> tuple[tuple[str, str], ...]:
    """Return the figures that a board can show, by key and name: those of this moment first."""
    return tuple((key, wording.kpi_name(key)) for key in SHOWABLE)
