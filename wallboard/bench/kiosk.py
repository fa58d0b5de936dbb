"""What a second of a TV costs: the picture of a wall, against labels and a table."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from typing import Final

from wallboard.app.headless import wording_of
from wallboard.bench.full_board import boards
from wallboard.bench.measure import Figure, Result, Wanted, percentile
from wallboard.bench.pairs import FOUR_K, FULL_HD, application, on_screen, painted
from wallboard.bench.stock_wall import StockWall
from wallboard.domain.clock import Moment
from wallboard.domain.walls import LEAST_SECONDS, Scene, SceneKind, Wall
from wallboard.engine.board import Board
from wallboard.ui.kiosk.fade import Fade
from wallboard.ui.kiosk.wall_face import WallFace
from wallboard.ui.look import Look

LIMITS: Final = {FULL_HD: 33.0, FOUR_K: 100.0}
"""Milliseconds that 99 of 100 seconds may cost."""
_TURNS: Final = 240
"""Seconds; every tenth is a new scene or page, which is painted whole."""
_QUEUES, _AGENTS = 20, 200
_WALL: Final = Wall(
    scenes=tuple(
        Scene(kind=kind, seconds=LEAST_SECONDS, text="Lunch is ready." * 4) for kind in SceneKind
    )
)


def measure(wanted: Wanted) -> Result:
    """Measure both sizes in both languages; nothing is cached when a size begins."""
    _application = application()
    told = boards(60 if wanted.quick else _TURNS, queues=_QUEUES, agents=_AGENTS)
    figures: list[Figure] = []
    for size, limit in LIMITS.items():
        stock = StockWall(min(size[0] / 160, size[1] / 90))
        faces = {language: _face(language, size, told) for language in ("en", "fa")}
        on_screen(stock, size)
        ways = {language: face.show_board for language, face in faces.items()}
        spent = _in_turns({**ways, "stock": stock.show_board}, told)
        for widget in (*faces.values(), stock):
            widget.close()
        figures += _figures(size, limit, spent)
        figures.append(_fading(size, limit, told))
    return Result(key="kiosk", title="the picture of a TV, a second of CPU", figures=tuple(figures))


def _figures(size: tuple[int, int], limit: float, spent: dict[str, list[float]]) -> list[Figure]:
    figures = []
    for language in ("en", "fa"):
        name = f"{size[0]}x{size[1]} {language}"
        for share, most in ((0.99, limit), (0.5, None)):
            told = f"{name}, {share:.0%} of the seconds"
            value = percentile(spent[language], share)
            figures.append(Figure(name=told, value=value, unit="ms", limit=most))
        figures.append(
            Figure(
                name=f"{name}, 99% of the seconds, against labels and a table",
                value=percentile(spent[language], 0.99),
                unit="ms",
                peer=percentile(spent["stock"], 0.99),
            )
        )
    return figures


def _fading(size: tuple[int, int], limit: float, told: Sequence[tuple[Board, Moment]]) -> Figure:
    """Measure the frames in which one scene goes over into the next."""
    face = WallFace(Look(wording=wording_of("fa")))
    face.show_wall(_WALL)
    face.show_board(*told[0])
    on_screen(face, size)
    (fade,) = face.findChildren(Fade)
    spent: list[float] = []
    for board, now in told[1:]:
        face.show_board(board, now)
        painted()
        while fade.running:
            begun_s = time.process_time()
            fade.step()
            painted()
            spent.append((time.process_time() - begun_s) * 1000)
    face.close()
    name = f"{size[0]}x{size[1]}, 99% of the frames between two scenes"
    return Figure(name=name, value=percentile(spent, 0.99), unit="ms", limit=limit)


def _face(language: str, size: tuple[int, int], told: Sequence[tuple[Board, Moment]]) -> WallFace:
    # A second passes here in milliseconds: what fades for longer would be painted in another's
    # turn. What a frame of that costs is measured by itself.
    face = WallFace(Look(wording=wording_of(language), reduced_motion=True))
    face.show_wall(_WALL)
    face.show_board(*told[0])
    on_screen(face, size)
    return face


def _in_turns(
    ways: dict[str, Callable[[Board, Moment], None]], told: Sequence[tuple[Board, Moment]]
) -> dict[str, list[float]]:
    """Return what each second cost, in milliseconds of CPU, in turns."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    gc.collect()
    gc.disable()
    try:
        for number, (board, now) in enumerate(told[1:]):
            for name in list(ways)[:: 1 if number % 2 else -1]:
                begun_s = time.process_time()
                ways[name](board, now)
                painted()
                spent[name].append((time.process_time() - begun_s) * 1000)
    finally:
        gc.enable()
    return spent
