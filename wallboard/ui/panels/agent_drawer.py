"""One agent in detail: what he does now, and what he did in the shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Final

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from wallboard.domain.clock import Moment
from wallboard.domain.facts import AgentSpell
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import LOGGED_IN, Agent, AgentId, AgentState, Call
from wallboard.engine.agent_day import AgentDay, day_of
from wallboard.engine.board import Board
from wallboard.engine.roster import STATE_LIMITS, judge_age
from wallboard.engine.spells import running_spells
from wallboard.engine.supervision import SupervisionState
from wallboard.ui.easel import Easel, Place, flood
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated_address, shown
from wallboard.ui.panels.agent_book import AgentBook
from wallboard.ui.panels.agent_offers import AgentOffers
from wallboard.ui.panels.panel import Condition, Panel, condition_of
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.supervision_words import monitoring_words
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import NOTHING_KNOWN, Wording
from wallboard.ui.words import phrase

_HOUR: Final = timedelta(hours=1)
_MOST_MARKS: Final = 4
_READING: Final = phrase("Agents", "Reading the history …")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawerFace:
    """All that the drawer shows.

    Attributes:
        rows: What is known besides, each with its label.
        limit: Of his state, in words; empty if it has none.
        day: None if nothing can be told of it.
        trouble: Why there is no past; empty if there is.
        totals: How long he was in which state, in words.
    """

    name: str = ""
    state: AgentState = AgentState.UNKNOWN
    note: str = ""
    age: str = ""
    limit: str = ""
    severity: Severity = Severity.CALM
    rows: tuple[tuple[str, str], ...] = ()
    day: AgentDay | None = None
    trouble: str = ""
    totals: tuple[tuple[AgentState, str, str], ...] = ()
    reasons: tuple[str, ...] = field(default=())


class AgentDrawer(Panel):
    """Shows one agent of the book. It knows only what it is handed.

    Signals:
        closed: It is to go.
        supervision_wanted: An Asked.
    """

    closed = Signal()
    supervision_wanted = Signal(object)

    def __init__(self, look: Look, book: AgentBook) -> None:
        super().__init__(look)
        self._book = book
        self._key = ""
        self._spells: tuple[AgentSpell, ...] | None = None
        self._begin: datetime | None = None
        self._trouble = ""
        self._face = DrawerFace()
        self._condition = Condition.BLANK
        self._zone: tzinfo | None = None
        self.close_button = QuietButton(look)
        self.close_button.setParent(self)
        self.close_button.clicked.connect(self.closed)
        self._state: SupervisionState | None = None
        self.offers = AgentOffers(look)
        self.offers.setParent(self)
        self.offers.asked.connect(self.supervision_wanted)
        self.offers.hide()

    @property
    def key(self) -> str:
        """Whom it shows; empty for nobody."""
        return self._key

    def show_look(self, look: Look) -> None:
        """Show the drawer in another look. A board must be shown after this."""
        self.close_button.show_look(look)
        self.offers.show_look(look)
        super().show_look(look)
        self._place_button()

    def show_agent(self, key: str) -> None:
        """Show another agent, of whose past nothing is known yet."""
        if key != self._key:
            self._key, self._spells, self._begin, self._trouble = key, None, None, ""

    def show_spells(self, key: str, spells: Sequence[AgentSpell], begin: datetime) -> None:
        """Show what an agent did from `begin` on; an answer about another one is dropped."""
        if key == self._key:
            self._spells, self._begin, self._trouble = tuple(spells), begin, ""

    def show_no_spells(self, key: str, text: str) -> None:
        """Say why nothing is known of an agent's past, and what to do."""
        if key == self._key:
            self._spells, self._begin, self._trouble = (), None, text

    def show_supervision(self, state: SupervisionState) -> None:
        """Offer the supervisor's commands. A board must be shown after this."""
        self._state = state

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint if anything changed; the book must have been shown the board."""
        if self._state is not None and self._key:
            self.offers.show_agent(board, self._state, AgentId(self._key), now)
            if self.offers.isHidden():
                self.offers.show()
                self._place_button()
                self.update()
        self._zone = board.zone
        condition = condition_of(board)
        face = self._face_of(board)
        if (face, condition) != (self._face, self._condition):
            self._face, self._condition = face, condition
            self.update()
            self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the button at the end of the first line."""
        super().resizeEvent(event)
        self._place_button()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the drawer."""
        painter = QPainter(self)
        easel = self._easel(painter)
        flood(painter, event.rect(), self._look.theme.base)
        whole = QRectF(self.rect())
        easel.card(whole)
        top = self._paint_head(easel)
        top = self._paint_rows(easel, top)
        self._paint_day(easel, top)
        if self._condition is Condition.FADED:
            easel.dashed_frame(whole)
        elif self._condition is Condition.HATCHED:
            easel.hatch(whole)
        painter.end()

    def _forget(self) -> None:
        self._face = DrawerFace()

    # What is told

    def _face_of(self, board: Board) -> DrawerFace:
        book, wording = self._book, self._look.wording
        agent = book.agent(self._key)
        if agent is None:
            gone = wording.say(phrase("Agents", "This agent is not on the board any more."))
            return DrawerFace(name=shown(self._key), trouble=gone)
        age = book.age_of(agent)
        limit = STATE_LIMITS.get(agent.state)
        at = "" if limit is None else wording.duration(timedelta(seconds=limit.warning))
        day = self._day_of(agent, board)
        return DrawerFace(
            name=shown(agent.name) or shown(agent.agent_id),
            state=agent.state,
            note=book.state_words(agent),
            age=wording.duration(age),
            limit=wording.say(phrase("Agents", "limit {time}"), time=at) if at else "",
            severity=judge_age(agent.state, age),
            rows=self._rows_of(agent, board),
            day=day,
            trouble=self._trouble or ("" if self._spells is not None else wording.say(_READING)),
            totals=() if day is None else _totals(day, wording),
            reasons=() if day is None else _reasons(day, wording),
        )

    def _day_of(self, agent: Agent, board: Board) -> AgentDay | None:
        then = self._book.then
        running = () if then is None else running_spells(board.spells_begun, (agent,), then)
        spells = (*(self._spells or ()), *running)
        begin = self._begin or board.begins
        if then is None or begin is None or begin >= then:
            return None
        # To the minute: a line that grows by less than a pixel is not painted anew.
        end = then.replace(second=0, microsecond=0) + timedelta(minutes=1)
        return day_of(spells, begin, end) if spells else None

    def _rows_of(self, agent: Agent, board: Board) -> tuple[tuple[str, str], ...]:
        wording, book = self._look.wording, self._book
        since = agent.state_since
        clock = NOTHING_KNOWN if since is None else wording.clock(since, board.zone)
        queues = wording.listed(map(book.queue_name, agent.queues))
        rows = [(wording.translate("LiveColumn", "Since"), clock)]
        rows.append((wording.say(phrase("Agents", "Queues")), queues or NOTHING_KNOWN))
        snapshot = board.snapshot
        call = None
        if snapshot is not None and agent.call_id is not None:
            call = snapshot.calls.get(agent.call_id)
        if call is not None:
            rows.append((wording.translate("CallColumn", "Caller"), self._caller(call)))
            waited = None
            if call.entered_at is not None and call.answered_at is not None:
                waited = call.answered_at - call.entered_at
            rows.append((wording.translate("CallColumn", "Wait"), wording.duration(waited)))
        heard = [one for one in board.monitorings or () if one.agent_id == agent.agent_id]
        if heard:
            words = wording.listed(monitoring_words(one, wording) for one in heard)
            rows.append((wording.say(phrase("Supervision", "In the call")), words))
        return tuple(rows)

    def _caller(self, call: Call) -> str:
        told = self._look.wording.caller(shown(call.caller_number or ""))
        return isolated_address(told) if told else NOTHING_KNOWN

    def _say(self) -> None:
        wording, face = self._look.wording, self._face
        self.setAccessibleName(wording.say(phrase("Agents", "Details of an agent")))
        rows = [f"{label}: {text}" for label, text in face.rows]
        totals = [f"{name} {time}" for _, name, time in face.totals]
        self._tell(wording.listed((face.name, face.note, face.age, *rows, *totals, face.trouble)))
        self.close_button.show_text(wording.say(phrase("Agents", "Close (Esc)")))
        self._place_button()

    # Painting

    def _place_button(self) -> None:
        look = self._look
        pad, hint = look.px(10), self.close_button.sizeHint()
        left = pad if look.rtl else self.width() - pad - hint.width()
        self.close_button.setGeometry(QRect(left, pad, hint.width(), hint.height()))
        edge, width = 2, self.width() - 4
        high = self.offers.height_at(width)
        self.offers.setGeometry(edge, self.height() - high - edge, width, high)

    def _bottom(self) -> float:
        """Return where what is painted must end."""
        return self.height() if self.offers.isHidden() else self.offers.y()

    @property
    def _pad(self) -> int:
        return self._look.px(12 if self._look.compact else 16)

    def _paint_head(self, easel: Easel) -> float:
        """Paint name, state and how long; return where they end."""
        look, theme, face, pad = self._look, self._look.theme, self._face, self._pad
        faded = self._condition in (Condition.FADED, Condition.HATCHED)
        width = self.width() - 2 * pad
        name = QRectF(pad, look.px(10), width - self.close_button.width(), look.px(32))
        easel.write(name, face.name, look.font(Role.TITLE), theme.text2 if faded else theme.text)
        line = QRectF(pad, name.bottom() + look.px(8), width, look.px(28))
        size = look.px(14)
        easel.state(QRectF(pad, line.center().y() - size / 2, size, size), face.state)
        line.setLeft(pad + size + look.px(8))
        used = easel.write(line, face.note, look.font(Role.HEADING), theme.text2)
        ink = theme.text2 if faded else theme.text
        if face.severity and not faded:
            critical = face.severity is Severity.CRITICAL
            ink = theme.critical_text if critical else theme.warning_text
            mark = QRectF(0, line.center().y() - size / 2, size, size)
            mark.moveLeft(line.x() + used + look.px(14))
            easel.severity(mark, face.severity)
            used += look.px(14) + size
        line.setLeft(line.x() + used + look.px(12))
        used = easel.write(line, face.age, look.font(Role.FIGURE), ink)
        line.setLeft(line.x() + used + look.px(10))
        easel.write(line, face.limit, look.font(Role.LABEL), theme.muted)
        return line.bottom() + look.px(8)

    def _paint_rows(self, easel: Easel, top: float) -> float:
        look, theme, pad = self._look, self._look.theme, self._pad
        height, label = look.px(24), look.px(92)
        for name, text in self._face.rows:
            line = QRectF(pad, top, self.width() - 2 * pad, height)
            easel.write(line, name, look.font(Role.LABEL), theme.muted)
            line.setLeft(pad + label)
            easel.write(line, text, look.font(Role.BODY), theme.text2)
            top += height
        return top + look.px(10)

    def _paint_day(self, easel: Easel, top: float) -> None:
        look, theme, pad, face = self._look, self._look.theme, self._pad, self._face
        width = self.width() - 2 * pad
        easel.fill(QRectF(pad, top, width, 1), theme.line)
        title = QRectF(pad, top + look.px(6), width, look.px(28))
        heading = look.wording.say(phrase("Agents", "The shift so far"))
        easel.write(title, heading, look.font(Role.STRONG), theme.text2)
        easel.write(title, face.trouble, look.font(Role.CAPTION), theme.muted, Place.END)
        top = title.bottom() + look.px(4)
        day, bottom = face.day, self._bottom()
        if day is None:
            return
        lane, marks = look.px(34 if look.compact else 38), look.px(20)
        if top + lane + marks > bottom:
            return
        for state, name, time in face.totals:
            if top + lane + marks > bottom:
                break
            self._paint_lane(easel, QRectF(pad, top, width, lane), state, (name, time))
            top += lane
        self._paint_marks(easel, QRectF(pad, top - look.px(6), width, marks), day)
        top += look.px(24)
        for text in face.reasons:
            line = QRectF(pad, top, width, look.px(22))
            if line.bottom() > bottom:
                break
            easel.write(line, text, look.font(Role.CAPTION), theme.text2)
            top += look.px(22)

    def _paint_lane(
        self, easel: Easel, box: QRectF, state: AgentState, words: tuple[str, str]
    ) -> None:
        look, theme = self._look, self._look.theme
        size = look.px(11)
        line = QRectF(box.x(), box.y(), box.width(), look.px(20))
        easel.state(QRectF(line.x(), line.center().y() - size / 2, size, size), state)
        easel.write(line, words[1], look.font(Role.STRONG), theme.text, Place.END)
        line.setLeft(line.x() + size + look.px(7))
        easel.write(line, words[0], look.font(Role.LABEL), theme.text2)
        track = QRectF(box.x(), line.bottom() + look.px(1), box.width(), look.px(7))
        easel.fill(track, theme.bands[0])
        day = self._face.day
        ink = theme.text if state is AgentState.FREE else theme.control
        for begin, end in () if day is None else day.spans.get(state, ()):
            left, right = sorted((self._across(track, begin), self._across(track, end)))
            easel.fill(QRectF(left, track.y(), max(1.0, right - left), track.height()), ink)

    def _across(self, track: QRectF, share: float) -> float:
        """Return where a share of the time is: in every language time runs the same way."""
        if self._look.rtl is not self._look.time_from_right:
            return track.right() - share * track.width()
        return track.x() + share * track.width()

    def _paint_marks(self, easel: Easel, box: QRectF, day: AgentDay) -> None:
        look, theme, zone = self._look, self._look.theme, self._zone
        if zone is None:
            return
        font = look.font(Role.CAPTION)
        length = day.end - day.begin
        hours = max(1, -(-int(length / _HOUR) // _MOST_MARKS))
        at = day.begin.astimezone(zone).replace(minute=0, second=0, microsecond=0) + _HOUR
        while at < day.end:
            if at.hour % hours == 0:
                x = self._across(box, (at - day.begin) / length)
                easel.fill(QRectF(x, box.y() - look.px(3), 1, look.px(4)), theme.muted)
                room = look.px(50)
                place = QRectF(x - room / 2, box.y(), room, box.height())
                clock = look.wording.clock_minute(at, zone)
                easel.write(place, clock, font, theme.muted, Place.CENTER)
            at += _HOUR


def _totals(day: AgentDay, wording: Wording) -> tuple[tuple[AgentState, str, str], ...]:
    return tuple(
        (state, wording.agent_state(state), wording.duration(day.time.by_state[state]))
        for state in LOGGED_IN
        if state in day.time.by_state
    )


def _reasons(day: AgentDay, wording: Wording) -> tuple[str, ...]:
    """Return the breaks by reason, the longest first; nothing if no reason was told."""
    told = sorted(day.time.by_reason.items(), key=lambda item: (-item[1], item[0]))
    if not any(reason for reason, _ in told):
        return ()
    unnamed = wording.say(phrase("Agents", "no reason told"))
    return tuple(
        f"{shown(reason) or unnamed}: {wording.duration(time)}" for reason, time in told[:4]
    )
