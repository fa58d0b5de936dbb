"""The scene of an overview: up to six figures, large, on cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF

from wallboard.domain.value import value
from wallboard.ui.kiosk.figures import FigureFace, paint_figure
from wallboard.ui.kiosk.plan import FIGURE, GAP, HERO, Plan
from wallboard.ui.kiosk.stage import Stage


@value
class TileFace:
    """A figure of an overview."""

    figure: FigureFace


@value
class HeroFace:
    """A figure that stays on every scene: the largest thing there is."""

    figure: FigureFace


def hero_boxes(plan: Plan, count: int) -> Iterator[QRectF]:
    """Yield the boxes of the heroes, side by side."""
    yield from grid(plan.heroes, count, 1, plan.px(GAP))


def tile_boxes(plan: Plan, count: int) -> Iterator[QRectF]:
    """Yield the boxes of so many figures of an overview; no line is left nearly empty."""
    across, down = plan.tiles
    lines = min(down, -(-count // across))
    yield from list(grid(plan.scene, -(-count // max(1, lines)), lines, plan.px(GAP)))[:count]


def grid(box: QRectF, across: int, down: int, gap: float) -> Iterator[QRectF]:
    """Yield equal boxes, line by line."""
    width = (box.width() - gap * (across - 1)) / max(1, across)
    height = (box.height() - gap * (down - 1)) / max(1, down)
    for line in range(down):
        for column in range(across):
            x, y = box.x() + column * (width + gap), box.y() + line * (height + gap)
            yield QRectF(x, y, width, height)


def page_of(items: Sequence[str], page: int, most: int) -> Sequence[str]:
    """Return what stands on a page."""
    pages = max(1, -(-len(items) // max(1, most)))
    begin = min(page, pages - 1) * most
    return items[begin : begin + most]


def paint_tile(stage: Stage, box: QRectF, face: TileFace) -> None:
    """Paint a figure of an overview."""
    paint_figure(stage, box, face.figure, most_px=stage.plan.px(FIGURE * 1.5))


def paint_hero(stage: Stage, box: QRectF, face: HeroFace) -> None:
    """Paint a hero."""
    paint_figure(stage, box, face.figure, most_px=stage.plan.px(HERO))
    if stage.faded:
        stage.dashed(box)
