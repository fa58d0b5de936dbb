"""The face of a TV says what is known and nothing else, in all states, languages and sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from support.alerted import wait_rule, watched
from support.boards import Scene as Center
from support.boards import scene as center
from support.looks import look_in, share_of_saturated
from support.written import picture_with_texts

from wallboard.domain.alert import Condition, Limits, Rule, RuleId, Rules, SubjectKind
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.measuring import Measuring, Shift, WorkPlan
from wallboard.domain.snapshot import AgentState
from wallboard.domain.walls import Naming, Scene, SceneKind, Wall
from wallboard.engine.board import Board
from wallboard.ui.kiosk.plan import plan_of
from wallboard.ui.kiosk.wall_face import RELOAD_S, WallFace
from wallboard.ui.look import Look
from wallboard.ui.picture import picture_of
from wallboard.ui.wording import NOTHING_KNOWN, Wording

FULL_HD = QSize(1920, 1080)
SMALL, FOUR_K = QSize(1366, 768), QSize(3840, 2160)
UNREACHABLE = fault(FaultKind.UNREACHABLE, host="192.0.2.7", port=5038, reason="Connection refused")
EVERY = tuple(Scene(kind=kind, text="Lunch is at noon.\nناهار") for kind in SceneKind)


class Watched(WallFace):
    """Remembers what was to be painted anew."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.regions: list[QRect] = []

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self.regions += [event.rect()]
        super().paintEvent(event)


def face_of(
    made: Center, look: Look, wall: Wall | None = None, *, size: QSize = FULL_HD
) -> WallFace:
    face = WallFace(look)
    face.resize(size)
    face.show_wall(wall or Wall())
    face.show_board(made.board, made.clock.now())
    return face


def texts_of(face: WallFace, size: QSize = FULL_HD) -> list[str]:
    _, written = picture_with_texts(face, size)
    return [one.text for one in written]


def only(kind: SceneKind, **told: object) -> Wall:
    return Wall(scenes=(Scene(kind=kind, text="Lunch is at noon."),), **told)  # type: ignore[arg-type]


def live(language: str = "en") -> Center:
    return center(language=language, minutes=20, demo=True)


def waiting(language: str = "en") -> Center:
    made = center(language=language, minutes=1)
    made.board = Board(name="Tehran", zone=made.board.zone, poll=made.board.poll)
    return made


def stale(language: str = "en") -> Center:
    made = center(language=language, minutes=5)
    made.fail(UNREACHABLE)
    made.pass_by(20)
    return made


def silent(language: str = "en") -> Center:
    made = stale(language)
    made.pass_by(100)
    return made


def gone(language: str = "en") -> Center:
    made = stale(language)
    made.pass_by(400)
    return made


STATES: dict[str, Callable[[str], Center]] = {
    "live": live,
    "waiting": waiting,
    "stale": stale,
    "silent": silent,
    "gone": gone,
}


# What is on the picture


@pytest.mark.parametrize(
    ("state", "size"),
    [*((state, SMALL) for state in STATES), ("live", FULL_HD), ("live", FOUR_K)],
)
def test_that_every_text_is_whole_and_within_the_safe_margin(
    qapp: QApplication, look: Look, state: str, size: QSize
) -> None:
    made = STATES[state](look.wording.language)
    wall = Wall(scenes=EVERY)
    face = face_of(made, look, wall, size=size)
    plan = plan_of(wall, size, look.wording.language)
    safe = QRectF(0, 0, size.width(), size.height())
    edge = plan.px(1.6) - 1
    safe.adjust(edge, edge * 0.6, -edge, -edge * 0.6)
    for at in range(len(EVERY)):
        face.show_scene(at)
        _, written = picture_with_texts(face, size)
        assert written
        for one in written:
            assert safe.contains(one.seen), str(one)
            assert (one.ink.width() - one.seen.width()) < 2, str(one)
        # Names may be cut; figures never are.
        assert [str(one) for one in written if one.cut and any(map(str.isdigit, one.text))] == []


def test_that_a_target_beside_its_bullet_is_whole_however_large_the_wall_is(
    qapp: QApplication, look: Look
) -> None:
    made = live(look.wording.language)
    for width in range(472, 1400, 29):
        size = QSize(width, width * 9 // 16)
        _, written = picture_with_texts(face_of(made, look, size=size), size)
        assert [str(one) for one in written if one.cut] == [], size


@pytest.mark.parametrize("state", STATES)
def test_that_no_text_lies_on_another(qapp: QApplication, look: Look, state: str) -> None:
    face = face_of(STATES[state](look.wording.language), look, Wall(scenes=EVERY))
    for at in range(len(EVERY)):
        face.show_scene(at)
        _, written = picture_with_texts(face, FULL_HD)
        boxes = [(one.ink.adjusted(1, 2, -1, -2), one) for one in written]
        for number, (box, one) in enumerate(boxes):
            for other, another in boxes[number + 1 :]:
                assert not box.intersects(other), (str(one), str(another))


def test_that_the_number_that_matters_is_the_largest(qapp: QApplication, look: Look) -> None:
    made = live(look.wording.language)
    face = face_of(made, look, Wall(scenes=EVERY))
    for at in range(len(EVERY)):
        face.show_scene(at)
        _, written = picture_with_texts(face, FULL_HD)
        largest = max(one.pixels for one in written)
        heroes = [one for one in written if one.pixels == largest]
        assert len(heroes) == 3
        assert look.wording.count(made.board.site.waiting) in {one.text for one in heroes}


def test_that_from_right_to_left_everything_stands_on_the_other_side(qapp: QApplication) -> None:
    both, moved = [], 0
    for wording in (Wording(), Wording(language="fa", latin_digits=True, jalali=False)):
        wall = only(SceneKind.QUEUES, inches=75.0, seat_m=3.0)
        face = face_of(live("en"), Look(wording=wording), wall)
        _, written = picture_with_texts(face, FULL_HD)
        counts = Counter(one.text for one in written)
        both.append({one.text: one for one in written if counts[one.text] == 1})
        # What spares the screen moves both pictures to the same side.
        moved = face._shift()[0]
    pairs = [(both[0][text], both[1][text]) for text in both[0].keys() & both[1].keys()]
    assert len(pairs) > 15
    for one, other in pairs:
        middle = (one.ink.center().x() + other.ink.center().x()) / 2 - moved
        assert abs(middle - FULL_HD.width() / 2) <= 1, str(one)


def test_that_persian_has_persian_digits_and_the_jalali_day(qapp: QApplication) -> None:
    face = face_of(live("fa"), look_in("fa"), Wall(scenes=EVERY, title="مرکز"))
    for at in range(len(EVERY)):
        face.show_scene(at)
        told = [text for text in texts_of(face) if "Lunch" not in text]
        assert not [text for text in told if set(text) & set("0123456789")]
        assert any("۱۴۰۵/۰۹/۰۱" in text for text in told)


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_that_a_healthy_center_is_without_colour(qapp: QApplication, theme: str) -> None:
    face = face_of(center(calm=True, minutes=20), look_in("en", theme), Wall(scenes=EVERY))
    for at in range(len(EVERY)):
        face.show_scene(at)
        assert share_of_saturated(picture_of(face, QSize(960, 540))) <= 0.005


def test_that_trouble_has_colour(qapp: QApplication) -> None:
    face = face_of(center(minutes=5), look_in("en"), only(SceneKind.QUEUES))
    assert share_of_saturated(picture_of(face, QSize(960, 540))) > 0.01


# States


def test_that_while_it_waits_for_the_first_picture_it_says_so(qapp: QApplication) -> None:
    told = texts_of(face_of(waiting(), look_in("en")))
    assert told.count("—") == 3
    assert "Waiting for the first data" in told


def test_that_while_it_waits_it_says_for_how_long_and_who_is_to_act(qapp: QApplication) -> None:
    made = waiting()
    face = face_of(made, look_in("en"))
    for wrong, told in (
        (UNREACHABLE, "The connection is tried again all the time."),
        (
            fault(FaultKind.SIGN_IN, host="192.0.2.7"),
            "The connection has to be looked after at the desk.",
        ),
    ):
        made.fail(wrong)
        made.pass_by(6)
        face.show_board(made.board, made.clock.now())
        assert told in texts_of(face)
    assert "Waiting for the first data · 0:12" in texts_of(face)
    face.show_health("There is no connection called office.")
    assert "There is no connection called office." in texts_of(face)
    made.pass_by(400)
    face.show_board(made.board, made.clock.now())
    assert face.scene == "clock"
    assert "There is no connection called office." in texts_of(face)


def test_that_stale_figures_stay_and_are_said_to_be_old(qapp: QApplication) -> None:
    told = texts_of(face_of(stale(), look_in("en")))
    assert "Last data at 15:30:07, 20 s ago" in told
    assert "STALE 0:20" in told
    assert "—" not in told[:20]


def test_that_without_data_the_heroes_are_dashes_and_nothing_is_guessed(
    qapp: QApplication,
) -> None:
    made = silent()
    told = texts_of(face_of(made, look_in("en"), only(SceneKind.QUEUES)))
    assert told.count("—") == 3
    assert "No data since 15:30" in told
    assert "Support" not in told


def test_that_after_five_minutes_without_data_only_a_clock_and_a_message_are_left(
    qapp: QApplication,
) -> None:
    told = texts_of(face_of(gone(), look_in("en"), Wall(scenes=EVERY)))
    assert told == [
        "15:37",
        "No data since 15:30",
        "The connection is tried again all the time.",
    ]


def test_that_a_message_stays_while_there_is_no_data(qapp: QApplication) -> None:
    told = texts_of(face_of(silent(), look_in("en"), only(SceneKind.MESSAGE)))
    assert any("Lunch" in text for text in told)


def test_that_no_address_and_no_account_is_on_the_wall(qapp: QApplication) -> None:
    for kind, more in (
        (FaultKind.UNREACHABLE, {"port": 5038, "reason": "canary"}),
        (FaultKind.SIGN_IN, {"username": "canary"}),
    ):
        made = center(minutes=2)
        made.fail(fault(kind, host="canary.example", **more))
        for passed in (20, 100, 400):
            made.pass_by(passed)
            face = face_of(made, look_in("en"))
            assert not [text for text in texts_of(face) if "canary" in text]


def test_that_what_the_account_does_not_see_is_left_out(qapp: QApplication) -> None:
    made = center(minutes=3)
    made.board = replace(made.board, notices=(fault(FaultKind.PART_NOT_TOLD, what="agents,calls"),))
    wall = Wall(scenes=EVERY)
    face = face_of(made, look_in("en"), wall)
    told = texts_of(face)
    assert "Waiting" not in told
    assert "Service level, 20 s" in told
    assert "Free agents" not in told


def test_that_agents_of_whom_nobody_tells_are_dashes_where_only_they_are_wanted(
    qapp: QApplication,
) -> None:
    made = center(minutes=3)
    assert made.board.snapshot is not None
    less = fault(FaultKind.SYSTEM_TELLS_LESS, what="agents")
    made.take(replace(made.board.snapshot, agents={}), notices=(less,))
    wall = Wall(scenes=(Scene(kind=SceneKind.AGENTS),))
    face = face_of(made, look_in("en"), wall)
    face.show_scene(0)
    told = texts_of(face)
    assert "0" not in told
    assert NOTHING_KNOWN in told


def test_that_demo_data_is_said_to_be_so_on_every_scene(qapp: QApplication) -> None:
    face = face_of(live(), look_in("en"), Wall(scenes=EVERY))
    for at in range(len(EVERY)):
        face.show_scene(at)
        assert "DEMO DATA" in texts_of(face)


def test_that_what_is_wrong_with_the_wall_itself_stands_in_the_footer(qapp: QApplication) -> None:
    face = face_of(center(minutes=3), look_in("en"))
    face.show_health("Started anew after 3 crashes.")
    assert "Started anew after 3 crashes." in texts_of(face)
    face.show_health("")
    assert "Started anew after 3 crashes." not in texts_of(face)


def test_that_a_wall_without_queues_says_so(qapp: QApplication) -> None:
    made = center(minutes=2)
    face = face_of(made, look_in("en"), Wall(scenes=(Scene(kind=SceneKind.QUEUES, queues=("x",)),)))
    assert "No queues to be seen" in texts_of(face)


def test_that_nobody_waiting_is_said_in_words(qapp: QApplication) -> None:
    made = center(minutes=3, calm=True)
    assert made.board.snapshot is not None
    made.take(replace(made.board.snapshot, as_of=made.clock.wall, calls={}))
    assert "No calls waiting" in texts_of(face_of(made, look_in("en")))


# Alerts


def critical() -> Center:
    every = watched(Rules(rules=(wait_rule("w"),)), made=center(minutes=5))
    every.live(4)
    return every.scene


def test_that_a_critical_alert_turns_to_its_queue_and_stands_in_the_header(
    qapp: QApplication,
) -> None:
    made = critical()
    face = face_of(made, look_in("en"))
    assert face.scene == "queues"
    told = [text for text in texts_of(face) if "Rule w" in text]
    assert told == ["\u200e\u2068Support\u2069 · \u2068Rule w\u2069 · 2:41 (limit 2:00)"]


def test_that_a_wall_that_stands_still_at_a_scene_shows_no_other(qapp: QApplication) -> None:
    made = critical()
    face = face_of(made, look_in("en"), Wall(scenes=EVERY))
    for at, kind in enumerate(SceneKind):
        face.show_scene(at)
        assert face.scene == kind.value
        made.clock.pass_by(500)
        face.show_board(made.board, made.clock.now())


# Whom it names

CANARIES = ("Zarqanary", "Xylocanary", "0912555777", "Callcanary", "Reasoncanary")


def with_canaries() -> Center:
    made = center(minutes=10)
    assert made.board.snapshot is not None
    snapshot = made.board.snapshot
    agents = {
        key: replace(agent, name="Zarqanary Xylocanary", reason="Reasoncanary")
        for key, agent in snapshot.agents.items()
    }
    calls = {
        key: replace(call, caller_number="09125557777", caller_name="Callcanary")
        for key, call in snapshot.calls.items()
    }
    made.take(replace(snapshot, as_of=made.clock.wall, agents=agents, calls=calls))
    rule = Rule(
        rule_id=RuleId("long"),
        name="Long break",
        kind=SubjectKind.AGENT,
        conditions=(Condition(reading="on_break_for", limits=Limits(high_critical=1.0)),),
    )
    every = watched(Rules(rules=(rule,)), made=made)
    every.live(4)
    assert made.board.alerts.rows
    return made


def everything_told(face: WallFace) -> str:
    told = [*texts_of(face), face.accessibleName(), face.accessibleDescription()]
    return "\n".join([*told, face.toolTip(), face.windowTitle()])


def test_that_no_person_is_named_on_any_scene_of_the_default_wall(
    qapp: QApplication, look: Look
) -> None:
    made = with_canaries()
    face = face_of(made, look, Wall(scenes=EVERY))
    for at in range(len(EVERY)):
        face.show_scene(at)
        told = everything_told(face)
        assert not [canary for canary in CANARIES if canary in told]
    assert "Long break" in everything_told(face)


def test_that_a_wall_that_may_name_agents_tells_first_names_and_initials_only(
    qapp: QApplication, look: Look
) -> None:
    made = with_canaries()
    wall = Wall(scenes=(Scene(kind=SceneKind.AGENTS, seconds=10),), naming=Naming.FIRST)
    face = face_of(made, look, wall)
    pages = [everything_told(face)]
    for _ in range(3):
        made.clock.pass_by(10)
        face.show_board(made.board, made.clock.now())
        pages.append(everything_told(face))
    told = "\n".join(pages)
    assert "Zarqanary X." in told
    assert not [canary for canary in CANARIES[1:] if canary in told]


def test_that_the_states_of_agents_are_counted_whoever_they_are(qapp: QApplication) -> None:
    made = center(minutes=3)
    told = texts_of(face_of(made, look_in("en"), only(SceneKind.AGENTS)))
    for state in (AgentState.FREE, AgentState.IN_CALL, AgentState.OFFLINE):
        assert Wording().agent_state(state) in told
        assert str(made.board.crew.site[state]) in told


# What it lets happen


def test_that_it_is_one_widget_that_takes_no_key_and_has_no_menu(qapp: QApplication) -> None:
    face = face_of(live(), look_in("en"))
    picture_with_texts(face, FULL_HD)
    assert face.findChildren(QWidget) == []
    assert face.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert face.contextMenuPolicy() is Qt.ContextMenuPolicy.PreventContextMenu
    assert (face.toolTip(), face.actions()) == ("", [])


def test_that_it_says_what_it_shows_to_those_who_listen(qapp: QApplication) -> None:
    face = face_of(center(minutes=3), look_in("en"), Wall(title="Hall", scenes=EVERY))
    assert face.accessibleName() == "Hall, Overview"
    assert "Longest wait 2 minutes 41 seconds" in face.accessibleDescription()


def test_that_a_second_repaints_no_more_than_what_changed(qapp: QApplication) -> None:
    made = center(minutes=5)
    face = Watched(look_in("en"))
    face.resize(FULL_HD)
    face.show_wall(only(SceneKind.QUEUES))
    face.show_board(made.board, made.clock.now())
    face.show()
    qapp.processEvents()
    face.regions.clear()
    face.show_board(made.board, made.clock.now())
    qapp.processEvents()
    assert face.regions == []
    # A second older: the longest wait, and the rows of the queues in which somebody waits.
    made.clock.pass_by(1.0)
    face.show_board(made.board, made.clock.now())
    qapp.processEvents()
    assert face.regions
    image = QImage(FULL_HD, QImage.Format.Format_RGB32)
    face.render(image)
    fresh = face_of(made, look_in("en"), only(SceneKind.QUEUES))
    again = QImage(FULL_HD, QImage.Format.Format_RGB32)
    fresh.render(again)
    assert face.grab().toImage().convertToFormat(image.format()) == image == again
    face.close()


def test_that_it_is_darker_by_what_was_decided_and_black_when_closed(qapp: QApplication) -> None:
    made = center(minutes=2)
    place = (200, 320)  # on the first hero's card
    bright, _ = picture_with_texts(face_of(made, look_in("en")), FULL_HD)
    night = Shift(name="Night", begins=time(1), ends=time(2))
    made.board = replace(made.board, measuring=Measuring(plan=WorkPlan(shifts=(night,))))
    dim, _ = picture_with_texts(face_of(made, look_in("en"), Wall(dim=50)), FULL_HD)
    share = dim.pixelColor(*place).value() / bright.pixelColor(*place).value()
    assert share == pytest.approx(0.5, abs=0.05)
    assert made.board.snapshot is not None
    made.take(replace(made.board.snapshot, as_of=made.clock.wall, calls={}))
    face = face_of(made, look_in("en"), Wall(black_when_closed=True))
    black, written = picture_with_texts(face, FULL_HD)
    assert written == []
    assert black.pixelColor(*place).value() == 0
    assert face.scene == "black"


def test_that_another_one_goes_on_where_this_one_was(qapp: QApplication) -> None:
    made = center(minutes=2, calm=True)
    face = face_of(made, look_in("en"), Wall(scenes=EVERY))
    for _ in range(25):
        made.clock.pass_by(1.0)
        face.show_board(made.board, made.clock.now())
    assert (face.scene, face.place) == ("queues", "1 0 5.0")
    other = WallFace(look_in("en"))
    other.resize(FULL_HD)
    other.show_wall(Wall(scenes=EVERY))
    other.go_on_from(face.place)
    assert (other.scene, other.place) == ("", "1 0 5.0"), "it may end before it shows anything"
    other.show_board(made.board, made.clock.now())
    assert (other.scene, other.place) == ("queues", "1 0 5.0")


@pytest.mark.parametrize("place", ["", "x", "1 2", "-1 0 0", "99 0 0.0", "nan nan nan", "0 99 1e9"])
def test_that_a_place_that_makes_no_sense_begins_a_round(qapp: QApplication, place: str) -> None:
    made = center(minutes=2, calm=True)
    face = WallFace(look_in("en"))
    face.resize(FULL_HD)
    face.show_wall(Wall(scenes=EVERY))
    face.go_on_from(place)
    face.show_board(made.board, made.clock.now())
    assert face.scene in {"overview", "queues"}


def test_that_a_picture_that_fails_gives_way_to_a_clock_and_comes_back(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *told: caught.append(told[0]))
    made = center(minutes=2)
    face = face_of(made, look_in("en"))

    def fails(*told: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("wallboard.ui.kiosk.wall_face.paint_piece", fails)
        face.update()
        picture_with_texts(face, FULL_HD)
    assert set(caught) == {ZeroDivisionError}
    assert face.scene == "clock"
    assert texts_of(face) == ["15:30"]
    made.clock.pass_by(RELOAD_S - 1)
    face.show_board(made.board, made.clock.now())
    assert face.scene == "clock"
    made.clock.pass_by(1)
    face.show_board(made.board, made.clock.now())
    # Its twenty seconds are over.
    assert face.scene == "queues"
    assert len(texts_of(face)) > 10


def test_that_a_clock_that_fails_as_well_is_tried_once_a_second_and_not_at_once(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *told: caught.append(told[0]))
    made = center(minutes=2)
    face = face_of(made, look_in("en"))

    def fails(*told: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("wallboard.ui.kiosk.wall_face.paint_piece", fails)
    face.show()
    for _ in range(20):
        qapp.processEvents()
    assert len(caught) == 2
    made.clock.pass_by(1)
    face.show_board(made.board, made.clock.now())
    face.update()
    for _ in range(20):
        qapp.processEvents()
    assert len(caught) == 3
    assert face.scene == "clock"
    face.close()


def test_that_a_logo_that_cannot_be_read_is_none(qapp: QApplication, tmp_path) -> None:  # noqa: ANN001 - pytest's
    made = center(minutes=2)
    face = face_of(made, look_in("en"))
    without, _ = picture_with_texts(face, FULL_HD)
    (tmp_path / "bad.png").write_bytes(b"no picture")
    face.show_wall(Wall(), tmp_path / "bad.png")
    assert picture_with_texts(face, FULL_HD)[0] == without
    logo = QImage(64, 32, QImage.Format.Format_RGB32)
    logo.fill(Qt.GlobalColor.green)
    logo.save(str(tmp_path / "good.png"))
    face.show_wall(Wall(), tmp_path / "good.png")
    shown, _ = picture_with_texts(face, FULL_HD)
    assert shown.pixelColor(60, 70) == Qt.GlobalColor.green


def test_that_one_scene_goes_over_into_the_next_and_leaves_nothing_behind(
    qapp: QApplication,
) -> None:
    made = center(minutes=5, calm=True)
    face = face_of(made, look_in("en"), Wall(scenes=EVERY), size=QSize(960, 540))
    face.show()
    qapp.processEvents()
    elapsed = [0]
    face._fade._elapsed = lambda: elapsed[0]
    before = face.grab().toImage()
    made.clock.pass_by(20.0)
    face.show_board(made.board, made.clock.now())
    assert face._fade.running
    place = (480, 400)  # within the scene
    strengths = []
    for elapsed[0] in (0, 150, 299):
        face._fade.step()
        strengths.append(face._fade.strength())
    assert strengths == pytest.approx([1.0, 0.5, 1 / 300])
    elapsed[0] = 0
    assert face.grab().toImage().pixelColor(*place) == before.pixelColor(*place)
    elapsed[0] = 300
    face._fade.step()
    assert not face._fade.running
    assert not face._fade._timer.isActive()
    fresh = face_of(made, look_in("en"), Wall(scenes=EVERY), size=QSize(960, 540))
    fresh.show_scene(1)
    assert face.grab().toImage() == fresh.grab().toImage()
    face.close()


def test_that_nothing_fades_where_nothing_may_move(qapp: QApplication) -> None:
    made = center(minutes=5, calm=True)
    look = replace(look_in("en"), reduced_motion=True)
    face = face_of(made, look, Wall(scenes=EVERY), size=QSize(960, 540))
    face.show()
    made.clock.pass_by(20.0)
    face.show_board(made.board, made.clock.now())
    assert face.scene == "queues"
    assert not face._fade.running
    face.close()
