"""Ten thousand hostile names on every page, in every dialog: letters, and nothing but letters.

All of them: WALLBOARD_CAMPAIGN=full pytest tests/ui/test_hostile_names.py
"""

from __future__ import annotations

import socket
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, Qt  # here Qt knows texts, too
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from support.boards import Scene
from support.campaign import size_of_campaign
from support.crawl import frame_of
from support.explanations import CALLS, ZONE, explanation
from support.hostile import MARKUP, hostile_scene, names
from support.looks import look_in
from support.written import Written, picture_with_texts

from wallboard.app.saved import why_not_opened
from wallboard.domain.arranging import CallerNumbers
from wallboard.domain.snapshot import AgentId
from wallboard.domain.source import Field
from wallboard.domain.supervision import Monitoring, Stage, WishKind
from wallboard.engine.supervision import (
    Asked,
    Obstacle,
    Phase,
    Session,
    SupervisionState,
    Told,
)
from wallboard.settings.model import Profile
from wallboard.ui.accessible.part import TellsParts
from wallboard.ui.call_rows import Names
from wallboard.ui.dialogs.explain_dialog import ExplainDialog, Place
from wallboard.ui.dialogs.palette import Palette
from wallboard.ui.dialogs.secret_dialog import SecretDialog
from wallboard.ui.dialogs.supervision_asking import question_of
from wallboard.ui.dialogs.supervision_dialog import SupervisionDialog
from wallboard.ui.easel import Texts
from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.frame.page_table import PAGES
from wallboard.ui.frame.things import things_of
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.outside_text import LONGEST, shown
from wallboard.ui.pages.first_run import FirstRunPage
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.theme.type import Role, font_of

SMALL = QSize(1366, 768)
ALL = 10_000
OURS = frozenset("\u2066\u2068\u2069\u200e\u200f\u200c\u200d")
"""Hidden characters that we write ourselves, around names and numbers; and Persian's joiners."""
MOST_LETTERS = 8 * LONGEST
QUEUES, AGENTS = 30, 120


@pytest.fixture(autouse=True)
def fetched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sees to it that nobody asks for what a name names."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        door.setblocking(False)
        port = door.getsockname()[1]
        monkeypatch.setattr("support.hostile.RESOURCES", (f"http://127.0.0.1:{port}/x.png",))
        yield
        QApplication.processEvents()
        with pytest.raises(BlockingIOError):
            door.accept()


def boards() -> Iterator[Scene]:
    """Return sites with so many names in all."""
    given = names(ALL * 2)
    each = 1 + QUEUES + AGENTS
    for _ in range(size_of_campaign(1, -(-ALL // each))):
        yield hostile_scene(given, queues=QUEUES, agents=AGENTS)


def wrong(written: list[Written]) -> list[str]:
    """Return those of the texts that are more than letters."""
    return [str(one) for one in written if not harmless(one.text)]


def harmless(text: str) -> bool:
    hidden = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co")}
    opened, closed = (sum(map(text.count, some)) for some in ("\u2066\u2067\u2068", "\u2069"))
    # A line break in a text of several lines is ours, too: names have none.
    return hidden - {"\n"} <= OURS and opened == closed and len(text) <= MOST_LETTERS


def told_by(window: QWidget) -> Iterator[str]:
    """Return what a window says otherwise than on its face."""
    for part in (window, *window.findChildren(QWidget)):
        yield from (part.accessibleName(), part.accessibleDescription(), part.windowTitle())
        yield from (part.statusTip(), part.whatsThis())
        assert not Qt.mightBeRichText(part.toolTip()), part.toolTip()
        yield part.toolTip()
        if isinstance(part, TellsParts):
            # Keys are ids; what is read aloud is the name of a part.
            found = (part.told_part((key,)) for key in list(part.told_parts(()))[:40])
            yield from (one.name for one in found if one is not None)
    for action in window.findChildren(QAction):
        yield action.text()


def is_harmless(window: QWidget, size: QSize = SMALL) -> list[Written]:
    """See to it that a window shows names as letters; return all that is written on it."""
    _, written = picture_with_texts(window, size)
    assert wrong(written) == []
    assert [text for text in told_by(window) if not harmless(text)] == []
    for view in window.findChildren(QTableView):
        model = view.model()
        if model is None:
            continue
        for row in range(min(50, model.rowCount())):
            for column in range(model.columnCount()):
                assert harmless(str(model.index(row, column).data() or ""))
    return written


@pytest.mark.timeout(600)
@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_that_a_page_shows_names_as_letters(qapp: QApplication, look: Look, key: str) -> None:
    whole = Look(
        wording=look.wording.__class__(
            language=look.wording.language,
            words=look.wording.words,
            callers=CallerNumbers.WHOLE,
            caller_names=True,
        )
    )
    for made in boards():
        frame = frame_of(made, whole, SMALL)
        frame.open_page(key)
        written = is_harmless(frame)
        assert len(written) > 10
        if key in ("overview", "queues", "agents"):
            assert any("<" in one.text for one in written), "markup is seen as it is"


def test_that_a_supervisor_reads_names_as_letters(qapp: QApplication, look: Look) -> None:
    for at, made in zip(range(size_of_campaign(1, 20)), boards(), strict=False):
        given = names(60, seed=at)
        assert made.board.snapshot is not None
        # The picture is not of now for a hostile site that is silent; what is said then is read.
        agent = next(iter(made.board.snapshot.agents.values()))
        one = Monitoring(monitoring_id="m", agent_id=agent.agent_id, phone=next(given))
        made.board = replace(made.board, monitorings=(one,))
        window = MainWindow(look)
        window.resize(SMALL)
        window.show_board(made.board, made.clock.now())
        asked = Asked(kind=WishKind.PAUSE, agent_id=agent.agent_id)
        for phase in (Phase.LIVE, Phase.ENDED) if size_of_campaign(1, 2) == 1 else Phase:
            now = made.clock.now()
            session = Session(
                key="k",
                mode=WishKind.WHISPER,
                agent_id=agent.agent_id if phase is Phase.LIVE else AgentId(next(given)),
                call_id=None,
                reason=next(given),
                phase=phase,
                asked_at=now,
                live_at=now,
                ended_at=now,
                why=next(given),
                others=(replace(one, phone=next(given)),),
            )
            told = Told(asked=asked, stage=Stage.REFUSED, why=next(given), at=now)
            state = SupervisionState(
                session=session,
                told=(told,),
                phone=next(given),
                reasons=(next(given), next(given)),
                obstacles={WishKind.TRANSFER: Obstacle.SOURCE_RIGHT},
                details={WishKind.TRANSFER: next(given)},
            )
            window.show_supervision(state)
            window.open_page("agents")
            frame = window.findChild(BoardFrame)
            assert isinstance(frame, BoardFrame)
            frame.go_to("agents", agent.agent_id, opened=True)
            is_harmless(window)
            frame.go_to("queues", made.board.order[0], opened=True)
            is_harmless(window)
            for kind in (WishKind.LISTEN, WishKind.LOG_OUT, WishKind.ADD, WishKind.TRANSFER):
                question = question_of(
                    replace(asked, kind=kind, call_id=agent.call_id),
                    made.board,
                    state,
                    look.wording,
                )
                dialog = SupervisionDialog(look, question)
                dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
                is_harmless(dialog, dialog.size())
                assert all(
                    harmless(dialog.queues.itemText(row))
                    for row in range(0 if dialog.queues is None else dialog.queues.count())
                )
        window.close()


def test_that_the_title_of_the_window_is_a_name_and_no_pattern(qapp: QApplication) -> None:
    for made in (hostile_scene(iter(["A[*]B & <b>C", *names(900)]), queues=3, agents=9),):
        window = MainWindow(look_in("en"))
        window.show_board(made.board, made.clock.now())
        is_harmless(window)
        # What Qt would take for the place of a sign of its own is written twice.
        assert window.windowTitle().startswith("A[*][*]B & <b>C")


def test_that_the_palette_finds_names_as_letters(qapp: QApplication, look: Look) -> None:
    for made in boards():
        parent = QWidget()
        parent.resize(SMALL)
        palette = Palette(look, things_of(made.board, look.wording), parent)
        palette.open()
        is_harmless(parent)


@pytest.mark.timeout(300)
def test_that_dialogs_show_names_as_letters(qapp: QApplication, look: Look) -> None:
    for name in names(size_of_campaign(24, 2_000), seed=5):
        dialogs_are_harmless(look, name)


def dialogs_are_harmless(look: Look, name: str) -> None:
    place = Place(names=Names(queues={}, agents={}), zone=ZONE, queue=name, as_of="12:00")
    explain = ExplainDialog(look, "service_level", "Service level", place)
    explain.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    explain.show_explanation(explanation("service_level"), CALLS[:3])
    first = FirstRunPage(look)
    first.show_trouble(why_not_opened(Profile(name=name, kind=name), None, look.wording))
    secret = SecretDialog(look, name, (Field(key="secret", label="Password", secret=True),))
    for window in (explain, first, secret):
        is_harmless(window, QSize(980, 720))
        window.close()


@pytest.mark.timeout(300)
def test_that_ten_thousand_names_are_laid_out_as_letters_of_bounded_number(
    qapp: QApplication,
) -> None:
    texts, font = Texts(), font_of(14, Role.BODY.weight)
    label = PlainLabel()
    tags = [form.split("{")[0] for form in MARKUP if form.startswith("<")]
    plain = 0
    for name in names(size_of_campaign(2_000, ALL)):
        text = shown(name)
        assert len(text) <= LONGEST
        laid_out = texts.get(text, font, 180.0)
        assert laid_out.text.textFormat() is Qt.TextFormat.PlainText
        assert laid_out.width <= 181.0
        label.show_text(text)
        assert label.textFormat() is Qt.TextFormat.PlainText
        plain += any(tag in text for tag in tags if tag)
    assert plain > 100
