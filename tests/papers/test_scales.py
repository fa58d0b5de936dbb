"""The scales that all charts have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.reporting import CellKind
from wallboard.papers.scales import nice_scale


@pytest.mark.parametrize(
    ("highest", "kind", "scale"),
    [
        (0.93, CellKind.RATIO, (1.0, 0.2)),
        (1.0, CellKind.RATIO, (1.0, 0.2)),
        (0.4, CellKind.RATIO, (0.4, 0.1)),
        (0.12, CellKind.RATIO, (0.125, 0.025)),
        (1.4, CellKind.RATIO, (1.5, 0.5)),
        (0.93, CellKind.FIGURE, (1.0, 0.2)),
        (0.75, CellKind.FIGURE, (0.8, 0.2)),
        (0, CellKind.COUNT, (1.0, 1.0)),
        (0, CellKind.RATIO, (1.0, 0.5)),
        (3, CellKind.COUNT, (3.0, 1.0)),
        (37, CellKind.COUNT, (40.0, 10.0)),
        (200, CellKind.DURATION, (240.0, 60.0)),
        (11, CellKind.COUNT, (12.0, 3.0)),
        (61, CellKind.COUNT, (80.0, 20.0)),
        (14, CellKind.DURATION, (15.0, 5.0)),
        (754, CellKind.DURATION, (900.0, 300.0)),
        (70, CellKind.DURATION, (75.0, 15.0)),
        (300_000, CellKind.DURATION, (300_000.0, 100_000.0)),
    ],
)
def test_that_a_scale_ends_at_a_round_mark_not_under_the_highest(
    highest: float, kind: CellKind, scale: tuple[float, float]
) -> None:
    assert nice_scale(highest, kind) == pytest.approx(scale)


@given(
    st.floats(min_value=0, max_value=1e9),
    st.sampled_from([*CellKind]),
)
def test_that_all_fits_below_a_few_marks_of_equal_steps(highest: float, kind: CellKind) -> None:
    if kind is CellKind.RATIO:
        highest /= 1e9
    top, step = nice_scale(highest, kind)
    assert top >= highest * (1 - 1e-8)
    assert 1 <= round(top / step) <= 6
    assert top / step == pytest.approx(round(top / step))
    if kind is CellKind.COUNT:
        assert step == int(step)
