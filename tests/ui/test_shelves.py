"""Where things stand in a list: nothing overlaps, nothing is out of reach."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wallboard.ui.panels.shelves import Section, Shelves, Spot


def shelves_of(counts: list[int], *, columns: int = 3, heading: int = 30) -> Shelves:
    sections = tuple(
        Section(keys=tuple(f"{at}-{place}" for place in range(count)), heading=f"s{at}")
        for at, count in enumerate(counts)
    )
    return Shelves(sections, columns=columns, across=100, down=50, heading=heading, gap=6)


COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=5)
COLUMNS = st.integers(1, 4)


def spots(shelves: Shelves) -> list[Spot]:
    return [
        Spot(at, place)
        for at, section in enumerate(shelves.sections)
        for place in range(len(section.keys))
    ]


@given(COUNTS, COLUMNS)
def test_that_nothing_overlaps_and_all_is_inside(counts: list[int], columns: int) -> None:
    shelves = shelves_of(counts, columns=columns)
    boxes = [shelves.box(spot) for spot in spots(shelves)]
    assert all(box.bottom() <= shelves.height for box in boxes)
    for at, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[at + 1 :])


@given(COUNTS, COLUMNS, st.integers(0, 400), st.integers(0, 300))
def test_that_what_lies_between_two_heights_is_found(
    counts: list[int], columns: int, top: int, high: int
) -> None:
    shelves = shelves_of(counts, columns=columns)
    found = list(shelves.between(top, top + high))
    assert len(found) == len(set(found))
    for spot in spots(shelves):
        box = shelves.box(spot)
        if box.bottom() >= top and box.top() <= top + high:
            assert spot in found
    assert all(shelves.has(spot) for spot in found)


@given(COUNTS, COLUMNS)
def test_that_walking_reaches_everything_and_ends_at_the_edges(
    counts: list[int], columns: int
) -> None:
    shelves = shelves_of(counts, columns=columns)
    at = shelves.edge(last=False)
    if at is None:
        assert not spots(shelves)
        return
    walked = [at]
    while (after := shelves.beside(walked[-1], 1)) != walked[-1]:
        assert shelves.beside(after, -1) == walked[-1]
        walked.append(after)
    assert walked == spots(shelves)
    assert walked[-1] == shelves.edge(last=True)
    down = [at]
    while (after := shelves.below(down[-1], 1)) != down[-1]:
        assert shelves.box(after).top() > shelves.box(down[-1]).top()
        down.append(after)
    last = shelves.edge(last=True)
    assert last is not None
    assert shelves.tops[down[-1].section] == shelves.tops[last.section]


def test_that_the_column_is_kept_where_it_can_be() -> None:
    shelves = shelves_of([4, 2, 6])
    assert shelves.below(Spot(0, 2), 1) == Spot(0, 3)
    assert shelves.below(Spot(0, 3), 1) == Spot(1, 0)
    assert shelves.below(Spot(1, 1), 1) == Spot(2, 1)
    assert shelves.below(Spot(2, 2), -1) == Spot(1, 1)
    assert shelves.below(Spot(0, 0), -1) == Spot(0, 0)


def test_that_short_sections_share_a_row() -> None:
    shelves = shelves_of([5, 1, 2, 2, 3], columns=3)
    assert shelves.places == ((0, 0), (130, 0), (130, 1), (210, 0), (290, 0))
    assert shelves.height == 370
    assert shelves.below(Spot(0, 4), 1) == Spot(2, 0)
    assert shelves.below(Spot(2, 1), 1) == Spot(3, 1)
    assert shelves.below(Spot(4, 2), -1) == Spot(3, 1)
    assert shelves.beside(Spot(1, 0), 1) == Spot(2, 0)
    assert shelves.heading_box(2).x() == 100


def test_that_a_thing_of_two_sections_is_found_where_it_was() -> None:
    shelves = Shelves(
        (Section(keys=("a", "b"), heading="x"), Section(keys=("b",), heading="y")), heading=30
    )
    assert shelves.spot_of("b") == Spot(0, 1)
    assert shelves.spot_of("b", "y") == Spot(1, 0)
    assert shelves.spot_of("b", "z") == Spot(0, 1)
    assert shelves.spot_of("c") is None
