"""States in which the board knows less than usual say so in their place, and never as a zero."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from support.crawl import frame_of
from support.looks import look_in
from support.sights import STATES, live
from support.written import picture_with_texts

from wallboard.domain.errors import FaultKind, fault
from wallboard.engine.board import CALLS, site_readings, site_time, untold
from wallboard.ui.easel import Easel
from wallboard.ui.look import Look
from wallboard.ui.panels.full_queue_table import more_cells
from wallboard.ui.panels.kpi_strip import TILES, tile_faces
from wallboard.ui.panels.queue_table import row_face
from wallboard.ui.panels.status_line import status_face
from wallboard.ui.panels.top_bar import ChipMark, chip_face, flaws_of
from wallboard.ui.picture import picture_of
from wallboard.ui.wording import NOTHING_KNOWN
from wallboard.ui.words import Phrase, phrase

SIZE = QSize(1366, 768)


def slowed(seconds: str, passed_s: float) -> tuple[str, bool, ChipMark]:
    made = live("en")
    made.fail(fault(FaultKind.THROTTLED, host="192.0.2.7", seconds=seconds))
    made.pass_by(passed_s)
    face = chip_face(made.board, made.clock.now(), look_in("en").wording)
    return face.text, face.loud, face.mark


@pytest.mark.parametrize(
    ("seconds", "passed_s", "text"),
    [
        pytest.param("62", 20, "PAUSED 0:42", id="as_long_as_the_server_wants"),
        pytest.param("5", 20, "PAUSED", id="no_longer_than_it_wants"),
        pytest.param("", 20, "PAUSED", id="without_a_time_that_nobody_told"),
        pytest.param("9" * 40, 20, "PAUSED 23:59:40", id="at_most_a_day"),
        pytest.param("-4", 20, "PAUSED", id="not_into_the_past"),
    ],
)
def test_that_a_server_that_was_asked_too_often_is_waited_for(
    seconds: str, passed_s: float, text: str
) -> None:
    assert slowed(seconds, passed_s) == (text, True, ChipMark.HOURGLASS)


def test_that_figures_of_the_present_are_live_although_the_server_wants_a_rest() -> None:
    text, loud, mark = slowed("62", 3)
    assert (text, loud, mark) == ("LIVE 3 s", False, ChipMark.RING)


def test_that_the_rest_is_counted_from_when_the_server_said_so_last() -> None:
    made = live("en")
    wants = fault(FaultKind.THROTTLED, host="192.0.2.7", seconds=30)
    made.fail(wants)
    made.pass_by(30)
    made.fail(wants)
    made.pass_by(10)
    face = chip_face(made.board, made.clock.now(), look_in("en").wording)
    assert face.text == "PAUSED 0:20"


def test_that_what_an_account_does_not_see_is_no_zero(look: Look) -> None:
    made = STATES["partial_permission"](look.wording.language)
    board, now = made.board, made.clock.now()
    assert untold(board) == {"agents"}
    readings = site_readings(board, site_time(board, now))
    assert (readings["free"], readings["in_call"]) == (None, None)
    assert readings["waiting"] is not None
    faces = dict(zip(TILES, tile_faces(board, now, look.wording), strict=True))
    for key in ("free", "in_call"):
        assert (faces[key].number, faces[key].locked) == (NOTHING_KNOWN, True)
        assert faces[key].note == look.wording.translate("Tile", "no permission")
    assert not faces["waiting"].locked
    row = row_face(next(iter(board.queues.values())), now.wall, look.wording, untold(board))
    assert (row.cells["free"], row.cells["busy"]) == (NOTHING_KNOWN, NOTHING_KNOWN)
    agents = look.wording.translate(
        "Status",
        "Last picture {time} · Agents {agents} · Queues {queues} · Calls, {window}: {calls}",
    )
    assert agents.split("{agents}")[0].split("{time}")[-1] + NOTHING_KNOWN in (
        status_face(board, look.wording).start
    )


def test_that_what_a_system_does_not_tell_is_a_dash_without_a_lock(look: Look) -> None:
    made = STATES["sums_only"](look.wording.language)
    board, now = made.board, made.clock.now()
    wording = look.wording
    faces = dict(zip(TILES, tile_faces(board, now, wording), strict=True))
    for key in ("free", "in_call"):
        assert (faces[key].number, faces[key].locked) == (NOTHING_KNOWN, False)
        assert faces[key].note == wording.translate("Tile", "not told")
    assert faces["waiting"].number == wording.count(board.site.waiting) != wording.count(0)
    assert NOTHING_KNOWN not in faces["service_level"].number
    standing = next(iter(board.queues.values()))
    counted = standing.queue.counted
    assert counted is not None
    row = row_face(standing, now.wall, wording, untold(board))
    assert row.cells["offered"] == wording.count(counted.offered)
    assert (row.cells["free"], row.cells["busy"]) == (wording.count(3), NOTHING_KNOWN)
    more = more_cells(standing, wording)
    assert more["aht"] == NOTHING_KNOWN
    assert more["asa"] != NOTHING_KNOWN
    since = wording.translate("Status", "Figures since {time}").split("{")[0]
    assert since in status_face(board, wording).start


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("overview", phrase("Agents", "This system does not tell its agents.")),
        ("agents", phrase("Agents", "This system does not tell its agents.")),
        ("calls", phrase("Calls", "This system does not tell single calls.")),
    ],
)
def test_that_a_sentence_says_that_the_system_does_not_tell(
    qapp: QApplication, look: Look, key: str, words: Phrase, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks: list[object] = []
    monkeypatch.setattr(Easel, "lock", lambda *told: locks.append(told))
    made = STATES["sums_only"](look.wording.language)
    frame = frame_of(made, look, SIZE)
    frame.open_page(key)
    _, written = picture_with_texts(frame, SIZE)
    texts = {each.text for each in written}
    told = look.wording.say(words).rstrip(".")
    assert any(text.startswith(told) for text in texts)
    assert locks == []
    assert not any(look.wording.count(-made.board.site.waiting) in text for text in texts)


def test_that_calls_which_an_account_does_not_see_are_no_zero() -> None:
    made = live("en")
    assert made.board.snapshot is not None
    made.take(made.board.snapshot, notices=(fault(FaultKind.PART_NOT_TOLD, what="agents,calls"),))
    assert untold(made.board) == {"agents", CALLS}
    readings = site_readings(made.board, made.clock.wall)
    assert readings["waiting"] is None
    assert readings["longest_wait"] is None


@pytest.mark.parametrize("key", ["overview", "agents"])
def test_that_a_lock_and_a_sentence_stand_where_agents_would(
    qapp: QApplication, look: Look, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks: list[object] = []
    paint = Easel.lock
    monkeypatch.setattr(Easel, "lock", lambda easel, *told: (locks.append(1), paint(easel, *told)))
    made = STATES["partial_permission"](look.wording.language)
    frame = frame_of(made, look, SIZE)
    frame.open_page(key)
    _, written = picture_with_texts(frame, SIZE)
    told = look.wording.translate("Agents", "You do not see agents here.").rstrip(".")
    assert any(one.text.startswith(told) for one in written)
    assert locks


def test_that_notices_about_the_data_are_counted_in_the_bar(qapp: QApplication) -> None:
    pictures = []
    for state, number in (("live", 0), ("data_quality", 1), ("partial_source", 2)):
        made = STATES[state]("en")
        assert flaws_of(made.board) == number
        frame = frame_of(made, look_in("en"), SIZE)
        picture_of(frame, SIZE)
        told = frame.top_bar.accessibleDescription()
        assert (f"Notices about the data: {number}" in told) is bool(number)
        pictures.append(picture_of(frame.top_bar, frame.top_bar.size()))
    assert pictures[0] != pictures[1] != pictures[2]


def test_that_other_notices_are_no_flaw_of_the_data() -> None:
    made = live("en")
    assert made.board.snapshot is not None
    made.take(made.board.snapshot, notices=(fault(FaultKind.CERTIFICATE_ENDS, count=3),))
    assert flaws_of(made.board) == 0


@pytest.mark.parametrize("key", ["overview", "queues", "agents", "calls"])
def test_that_a_page_that_waits_shows_where_its_rows_will_stand(
    qapp: QApplication, look: Look, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[object] = []
    paint = Easel.skeleton
    monkeypatch.setattr(
        Easel, "skeleton", lambda easel, *told: (painted.append(1), paint(easel, *told))
    )
    frame = frame_of(STATES["loading"](look.wording.language), look, SIZE)
    frame.open_page(key)
    picture_of(frame, SIZE)
    assert painted
    painted.clear()
    frame = frame_of(live(look.wording.language), look, SIZE)
    frame.open_page(key)
    picture_of(frame, SIZE)
    assert not painted
