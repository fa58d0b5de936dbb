"""The chart and the brush by mouse and keys, and what they tell those who listen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.looks import look_in

from wallboard.ui.charts.brush import Brush, BrushFace
from wallboard.ui.charts.chart import LineChart
from wallboard.ui.charts.face import ChartFace, Gap, Line, Manner
from wallboard.ui.charts.scales import Mark, Scale
from wallboard.ui.picture import picture_of

COUNT = 10
PLACES = tuple((at + 0.5) / COUNT for at in range(COUNT))
SCALE = Scale(top=10.0, marks=tuple(Mark(place=at / 2, text=str(5 * at)) for at in range(3)))
EDGES = tuple(at / COUNT for at in range(COUNT + 1))
SIZE = QSize(900, 200)


def line(*points: float | None, name: str = "Level", **more: object) -> Line:
    texts = tuple("—" if point is None else f"{point:g}" for point in points)
    return Line(name=name, points=points, texts=texts, **more)


FACE = ChartFace(
    title="Service level",
    lines=(line(*range(COUNT)), line(*([2.0] * COUNT), name="Before", manner=Manner.BEFORE)),
    places=PLACES,
    scale=SCALE,
    whole=("4.5", "2"),
    whens=tuple(f"{at}:00" for at in range(COUNT)),
    span="0:00 to 10:00",
)


@pytest.fixture
def chart(qtbot: QtBot) -> LineChart:
    made = LineChart(look_in("en"))
    qtbot.addWidget(made)
    made.resize(SIZE)
    made.show_face(FACE)
    made.show()
    return made


def middle(chart: LineChart, at: int) -> QPoint:
    plot = chart.plot()
    x = plot.left() + PLACES[at] * plot.width()
    return QPoint(round(x), round(plot.center().y()))


def moved_to(chart: LineChart, place: QPoint) -> None:
    """Move the mouse, as the window's system tells it: also where it stands there already."""
    at = QPointF(place)
    button, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, at, chart.mapToGlobal(at), button, button, none)
    QApplication.sendEvent(chart, move)


def test_that_the_mouse_points_at_the_nearest_interval(chart: LineChart) -> None:
    told: list[int] = []
    chart.pointed.connect(told.append)
    moved_to(chart, middle(chart, 2))
    moved_to(chart, middle(chart, 7) + QPoint(3, 0))
    assert told[-2:] == [2, 7]
    assert chart.accessibleDescription() == "7:00: Level 7, Before 2"


def test_that_beside_the_plot_nothing_is_pointed_at(chart: LineChart) -> None:
    QTest.mouseMove(chart, middle(chart, 7))
    QTest.mouseMove(chart, QPoint(3, 100))
    assert chart.at() == -1
    assert chart.accessibleDescription() == "0:00 to 10:00: Level 4.5, Before 2"


def test_that_keys_point_and_choose(chart: LineChart, qtbot: QtBot) -> None:
    for key, at in (
        (Qt.Key.Key_Left, 9), (Qt.Key.Key_Left, 8), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_End, 9), (Qt.Key.Key_Right, 9),
    ):  # fmt: skip
        QTest.keyClick(chart, key)
        assert chart.at() == at
    with qtbot.waitSignal(chart.chosen) as told:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert told.args == [9]
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.at() == -1


def test_that_a_click_chooses_an_interval(chart: LineChart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chart.chosen) as told:
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle(chart, 4))
    assert told.args == [4]


def test_that_a_chart_without_intervals_hears_keys_and_chooses_nothing(qtbot: QtBot) -> None:
    made = LineChart(look_in("en"))
    qtbot.addWidget(made)
    made.resize(SIZE)
    for face in (None, replace(FACE, lines=(), places=(), whens=(), whole=(), note="Nothing.")):
        if face is not None:
            made.show_face(face)
        QTest.keyClick(made, Qt.Key.Key_Left)
        QTest.keyClick(made, Qt.Key.Key_Return)
        QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
        assert made.at() == -1
    assert made.accessibleDescription() == "Nothing."


def test_that_fewer_intervals_take_the_pointer_along(chart: LineChart) -> None:
    chart.point(9)
    short = replace(FACE, lines=(line(1, 2),), places=(0.25, 0.75), whens=("a", "b"), whole=("3",))
    chart.show_face(short)
    assert chart.at() == -1


def lit_columns(image: QImage, chart: LineChart, colour: str) -> set[int]:
    plot = chart.plot()
    return {
        x
        for x in range(round(plot.left()), round(plot.right()))
        for y in range(round(plot.top()) + 2, round(plot.bottom()) - 2)
        if image.pixelColor(x, y).name() == colour
    }


def test_that_a_missing_point_is_a_gap_and_is_hatched(chart: LineChart) -> None:
    points = [5.0] * 4 + [None] * 2 + [5.0] * 4
    face = replace(FACE, lines=(line(*points),), whole=("5",), gaps=(Gap(begin=0.4, end=0.6),))
    chart.show_face(face)
    image = picture_of(chart, SIZE)
    colour = look_in("en").theme.series[0].name()
    lit = lit_columns(image, chart, colour)
    plot = chart.plot()
    within = range(
        round(plot.left() + 0.37 * plot.width()), round(plot.left() + 0.63 * plot.width())
    )
    assert lit
    assert not lit & set(within)
    chart.show_face(replace(face, gaps=()))
    assert picture_of(chart, SIZE) != image


def test_that_a_value_that_rests_on_few_calls_is_no_part_of_the_line(chart: LineChart) -> None:
    few = frozenset({4, 5})
    chart.show_face(replace(FACE, lines=(line(*([5.0] * COUNT), few=few),), whole=("5",)))
    colour = look_in("en").theme.series[0].name()
    lit = lit_columns(picture_of(chart, SIZE), chart, colour)
    plot = chart.plot()
    middles = range(
        round(plot.left() + 0.4 * plot.width()), round(plot.left() + 0.6 * plot.width())
    )
    assert not lit & set(middles)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_time_runs_from_left_to_right_in_both_languages(language: str, qtbot: QtBot) -> None:
    made = LineChart(look_in(language))
    qtbot.addWidget(made)
    made.resize(SIZE)
    made.show_face(replace(FACE, lines=(line(*([9.0] + [None] * 9)),), whole=("9",)))
    image = picture_of(made, SIZE)
    lit = lit_columns(image, made, look_in(language).theme.series[0].name())
    assert max(lit) < SIZE.width() / 2


def touched(made: LineChart | Brush, before: QImage, after: QImage) -> tuple[float, float]:
    """Return from where to where two pictures differ, in pixels from the middle of the plot."""
    plot = made.plot()
    # Not what is written in the head of a chart.
    middle, top = plot.center().x(), min(34, round(plot.top()))
    columns = [
        x
        for x in range(after.width())
        if any(before.pixel(x, y) != after.pixel(x, y) for y in range(top, after.height()))
    ]
    return min(columns) - middle, max(columns) - middle


BARE = replace(FACE, lines=(line(*([None] * COUNT)),), whole=("",), widths=(0.1,) * COUNT)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"lines": (line(*([9.0, 8.0] + [None] * 8), name=""),)}, id="line"),
        pytest.param(
            {"lines": (line(*([9.0] + [None] * 9), name="", manner=Manner.COLUMN),)}, id="column"
        ),
        pytest.param(
            {"lines": (line(*([9.0] + [None] * 9), name="", few=frozenset({0})),)}, id="few"
        ),
        pytest.param({"gaps": (Gap(begin=0.1, end=0.3),)}, id="gap"),
        pytest.param({"events": (Mark(place=0.2, text="!"), Mark(place=0.5, text=""))}, id="event"),
        pytest.param({"times": (Mark(place=0.2, text="8:00"),)}, id="time"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_time_runs_from_the_right_where_that_is_wanted(
    language: str, more: dict[str, object], qtbot: QtBot
) -> None:
    found = []
    # What is written above or below takes room from the plot, in both pictures.
    bare = replace(BARE, labelled="times" in more)
    if "events" in more:
        bare = replace(bare, events=(Mark(place=0.5, text=""),))
    for from_right in (False, True):
        made = LineChart(replace(look_in(language), time_from_right=from_right))
        qtbot.addWidget(made)
        made.resize(SIZE)
        made.show_face(bare)
        before = picture_of(made, SIZE)
        made.show_face(replace(bare, **more))
        found.append(touched(made, before, picture_of(made, SIZE)))
    (begin, end), (turned_begin, turned_end) = found
    assert end < 0 < turned_begin
    assert (turned_begin, turned_end) == pytest.approx((-end, -begin), abs=3)


class Paints(QObject):
    """Looks on while a widget is painted.

    Attributes:
        parts: What was painted anew.
    """

    def __init__(self, widget: LineChart) -> None:
        super().__init__(widget)
        self.parts: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QPaintEvent):
            self.parts += list(event.region())
        return super().eventFilter(watched, event)


def test_that_mouse_and_keys_follow_time_from_the_right(qtbot: QtBot) -> None:
    made = LineChart(replace(look_in("fa"), time_from_right=True))
    qtbot.addWidget(made)
    made.resize(SIZE)
    made.show_face(FACE)
    made.show()
    qtbot.wait(20)
    without, painter = picture_of(made, SIZE), Paints(made)
    moved_to(made, middle(made, 2))
    assert made.at() == 7
    qtbot.wait(20)
    # It is painted anew where the pointer stands, and not elsewhere.
    x = middle(made, 2).x()
    assert any(part.left() <= x <= part.right() for part in painter.parts if part.width() < 40)
    pointer = (PLACES[2] - 0.5) * made.plot().width()
    told = touched(made, without, picture_of(made, SIZE))
    assert told == pytest.approx((pointer, pointer), abs=6)
    for key, at in ((Qt.Key.Key_Left, 8), (Qt.Key.Key_Right, 7), (Qt.Key.Key_Home, 0)):
        QTest.keyClick(made, key)
        assert made.at() == at


def test_that_the_same_face_is_not_painted_again(chart: LineChart, qtbot: QtBot) -> None:
    painted = []
    chart.paintEvent = lambda event: painted.append(event.rect())  # type: ignore[method-assign]
    qtbot.wait(20)
    painted.clear()
    chart.show_face(replace(FACE))
    qtbot.wait(20)
    assert painted == []
    chart.show_face(replace(FACE, lines=(line(*([1] * COUNT)), FACE.lines[1])))
    qtbot.wait(20)
    assert painted
    # What stands above the curves is the same.
    assert all(rect.top() > 0 for rect in painted)


# The brush


@pytest.fixture
def brush(qtbot: QtBot) -> Brush:
    made = Brush(look_in("en"))
    qtbot.addWidget(made)
    made.resize(900, 64)
    made.show_face(BrushFace(name="Part", heights=(0.5,) * COUNT, edges=EDGES, said="all"))
    made.show()
    return made


def edge(brush: Brush, at: int) -> QPoint:
    plot = brush.plot()
    return QPoint(round(plot.left() + at * plot.width() / COUNT), round(plot.center().y()))


def drag(brush: Brush, begin: int, end: int) -> None:
    QTest.mousePress(brush, Qt.MouseButton.LeftButton, pos=edge(brush, begin))
    QTest.mouseMove(brush, edge(brush, (begin + end) // 2))
    QTest.mouseMove(brush, edge(brush, end))
    QTest.mouseRelease(brush, Qt.MouseButton.LeftButton, pos=edge(brush, end))


@pytest.mark.parametrize(("begin", "end"), [(3, 7), (7, 3)])
def test_that_a_drag_chooses_a_part_either_way(
    brush: Brush, qtbot: QtBot, begin: int, end: int
) -> None:
    with qtbot.waitSignal(brush.brushed) as told:
        drag(brush, begin, end)
    assert told.args == [3, 7]


def test_that_ends_and_middle_of_a_part_can_be_dragged(brush: Brush, qtbot: QtBot) -> None:
    chosen = BrushFace(name="Part", heights=(0.5,) * COUNT, edges=EDGES, chosen=(3, 7))
    for begin, end, wanted in ((7, 9, [3, 9]), (3, 1, [1, 7]), (5, 6, [4, 8]), (5, 9, [6, 10])):
        brush.show_face(replace(chosen, said=f"{begin} {end}"))
        with qtbot.waitSignal(brush.brushed) as told:
            drag(brush, begin, end)
        assert told.args == wanted


def test_that_a_click_changes_nothing_and_a_double_click_takes_all(
    brush: Brush, qtbot: QtBot
) -> None:
    brush.show_face(BrushFace(name="Part", heights=(0.5,) * COUNT, edges=EDGES, chosen=(3, 7)))
    with qtbot.assertNotEmitted(brush.brushed, wait=20):
        QTest.mouseClick(brush, Qt.MouseButton.LeftButton, pos=edge(brush, 9))
    with qtbot.waitSignal(brush.brushed) as told:
        QTest.mouseDClick(brush, Qt.MouseButton.LeftButton, pos=edge(brush, 9))
    assert told.args == [0, 0]


@pytest.mark.parametrize(
    ("key", "held", "wanted"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, [4, 8]),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, [2, 6]),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, [3, 8]),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier, [2, 7]),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, [0, 0]),
    ],
)
def test_that_keys_move_the_part_and_its_ends(
    brush: Brush, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier, wanted: list[int]
) -> None:
    brush.show_face(BrushFace(name="Part", heights=(0.5,) * COUNT, edges=EDGES, chosen=(3, 7)))
    with qtbot.waitSignal(brush.brushed) as told:
        QTest.keyClick(brush, key, held)
    assert told.args == wanted


def test_that_the_brush_follows_time_from_the_right(qtbot: QtBot) -> None:
    made = Brush(replace(look_in("en"), time_from_right=True))
    qtbot.addWidget(made)
    made.resize(900, 64)
    heights = (1.0, *[0.0] * (COUNT - 1))
    bare = BrushFace(name="Part", heights=(0.0,) * COUNT, edges=EDGES)
    made.show_face(bare)
    made.show()
    tenth = made.plot().width() / 10
    for face, begin, end in (
        (replace(bare, heights=heights), 4, 5),
        (replace(bare, gaps=(Gap(begin=0.2, end=0.3),)), 2, 3),
        (replace(bare, chosen=(1, 3)), 2, 4),
        (replace(bare, times=(Mark(place=0.2, text=""), Mark(place=0.1, text="8:00"))), 4, 4),
    ):
        before = picture_of(made, made.size())
        made.show_face(face)
        told = touched(made, before, picture_of(made, made.size()))
        assert told == pytest.approx((begin * tenth, end * tenth), abs=18), face
        made.show_face(bare)
    made.show_face(replace(bare, heights=heights))
    with qtbot.waitSignal(made.brushed) as signal:
        drag(made, 1, 4)
    assert signal.args == [6, 9]
    for key, wanted in ((Qt.Key.Key_Left, [7, 10]), (Qt.Key.Key_Right, [6, 9])):
        with qtbot.waitSignal(made.brushed) as signal:
            QTest.keyClick(made, key)
        assert signal.args == wanted
    with qtbot.waitSignal(made.brushed) as signal:
        # The end of the part is its left side now.
        drag(made, 1, 0)
    assert signal.args == [6, 10]


def test_that_columns_of_the_brush_are_as_wide_as_their_time(brush: Brush, qtbot: QtBot) -> None:
    brush.show_face(BrushFace(name="Part", heights=(0.5,) * 3, edges=(0.0, 0.8, 0.9, 1.0)))
    plot = brush.plot()
    image = picture_of(brush, brush.size())
    colour = look_in("en").theme.column_part.name()
    row = round(plot.bottom()) - 3
    share = [image.pixelColor(x, row).name() == colour for x in range(image.width())]
    within = share[round(plot.left()) : round(plot.left() + 0.8 * plot.width())]
    assert sum(within) > 0.7 * len(within)
    with qtbot.waitSignal(brush.brushed) as told:
        begin, end = (
            QPoint(round(plot.left() + at * plot.width()), round(plot.center().y()))
            for at in (0.1, 0.82)
        )
        QTest.mousePress(brush, Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(brush, end)
        QTest.mouseRelease(brush, Qt.MouseButton.LeftButton, pos=end)
    assert told.args == [0, 1]


def test_that_the_brush_tells_its_name_and_what_is_chosen(brush: Brush) -> None:
    assert brush.accessibleName() == "Part"
    assert brush.accessibleDescription() == "all"
