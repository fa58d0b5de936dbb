"""P17: what it costs to paint all of the window anew on a screen of 3840 x 2160 pixels."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

# Only to say early, and in a sentence, that it is missing.
import pyqtgraph as _pyqtgraph  # noqa: F401
from PySide6.QtWidgets import QWidget

from wallboard.app import system_clock
from wallboard.bench.full_board import boards
from wallboard.bench.huge import HugeSite
from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.bench.p6 import STOCK, StockDocument
from wallboard.bench.pairs import FOUR_K, Side, application, in_turns, on_screen, painted
from wallboard.bench.stock import StockWindow
from wallboard.bench.watch import Watch
from wallboard.ui.frame.page_table import PAGES
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow

RATIO_LIMIT = 0.12
LIMIT_MS = 50.0
_TURNS = 5
_SCALE = 2.0
"""Ours is as large on such a screen: it is looked at from as far."""
_FOR_EVER_S = 1e6
"""The watch of the stock window is not wanted here."""


def measure(wanted: Wanted) -> Result:
    """Measure each page against the stock overview: new figures, and every pixel painted anew."""
    _application = application()
    rounds = 3 if wanted.quick else 9
    told = boards((rounds + 1) * _TURNS, queues=200, agents=2_000)
    documents = _documents((rounds + 1) * _TURNS)
    # A second passes here in milliseconds: what fades for longer would fade for ever.
    window = MainWindow(replace(Look(), reduced_motion=True))
    window.show_board(*told[0])
    on_screen(window, FOUR_K)
    stock = StockWindow(Watch(_FOR_EVER_S, _FOR_EVER_S), scale=_SCALE)
    on_screen(stock, FOUR_K)

    def ours_turn(number: int) -> None:
        window.show_board(*told[number])
        _repaint(window)

    def stock_turn(number: int) -> None:
        stock.take(documents[number])
        _repaint(stock)

    figures = []
    for entry in PAGES:
        window.open_page(entry.key)
        painted()
        costs = in_turns(
            Side(turn=ours_turn, turns=_TURNS),
            Side(turn=stock_turn, turns=_TURNS),
            rounds=rounds,
        )
        named = f"the page {entry.key}, all of it"
        figures.append(
            Figure(
                name=f"{named}, against labels with style sheets, a view and plots",
                value=costs.ours,
                unit="ms",
                peer=costs.stock,
                limit=RATIO_LIMIT if entry is PAGES[0] else None,
            )
        )
        figures.append(Figure(name=named, value=costs.ours, unit="ms", limit=LIMIT_MS))
    window.close()
    stock.close()
    return Result(key="p17", title="full repaint at 4K", figures=tuple(figures))


def _repaint(window: QWidget) -> None:
    # Not the window alone: what covers it without a gap is not painted anew with it.
    for part in (window, *window.findChildren(QWidget)):
        part.update()
    painted()


def _documents(count: int) -> list[StockDocument]:
    site, begun = HugeSite(2_000), system_clock().now().wall
    documents = []
    for second in range(count):
        site.tick()
        as_of = begun + timedelta(seconds=second)
        documents.append(STOCK.validate_json(site.document(as_of)))
    return documents
