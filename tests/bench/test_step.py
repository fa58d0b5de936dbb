from __future__ import annotations

from math import log

import pytest

from wallboard.bench.step import Site, Size, recounted, slope
from wallboard.engine.happenings import WindowChosen
from wallboard.engine.step import step

SMALL = Size(calls=300, queues=30, agents=60)


def test_that_the_stock_way_counts_what_the_board_counts() -> None:
    site = Site(SMALL)
    for _ in range(5):
        site.live()
    over = site.board.ledger.totals
    counted = recounted(site.records)
    assert len(site.records) == 300 + 5
    assert counted == {
        queue_id: (
            totals.offered,
            totals.answered,
            totals.answered_in_target,
            totals.abandoned,
            totals.wait_of_answered,
            totals.talk,
        )
        for queue_id, totals in over.items()
    }


def test_that_a_board_that_lived_is_the_one_that_all_made_anew_gives() -> None:
    site = Site(SMALL)
    for _ in range(20):
        assert site.live() >= 0
    anew, _ = step(site.board, WindowChosen(window=site.board.window), site.now())
    assert anew.queues == site.board.queues
    assert (anew.order, anew.site) == (site.board.order, site.board.site)


def test_that_a_slope_is_the_exponent_of_a_growth() -> None:
    points = [(log(count), log(3 * count**2)) for count in (10, 200, 500)]
    assert slope(points) == pytest.approx(2)
