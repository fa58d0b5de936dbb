"""The section of supervision: the phone, what was granted, for how long, why, and to whom not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import VOICE, WishKind
from wallboard.engine.board import Board
from wallboard.engine.supervision import Asked, Offer, SupervisionState
from wallboard.engine.supervision_offers import offer_to_try_phone
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.panels.offer_bar import OfferButton
from wallboard.ui.panels.settings_face import (
    Decider,
    SettingsFace,
    SupervisionFace,
    SupervisionWish,
)
from wallboard.ui.panels.settings_form import (
    Choices,
    Flow,
    FormRow,
    Line,
    Section,
    at_start,
    text_label,
)
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.supervision_words import (
    NAMES,
    agent_name,
    altered_words,
    offer_words,
    phone_words,
    told_words,
)
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

GRANTED: Final = tuple(
    [kind for kind in WishKind if kind not in VOICE | {WishKind.END, WishKind.TRY_PHONE}]
)
"""What is granted by itself: who may begin may end and speak, and may try his phone."""
LEAST_MINUTES, MOST_MINUTES = 1, 60
_MOST_REASONS, _REASON_LENGTH = 20, 80
_ELSEWHERE: Final[dict[Decider, Phrase]] = {
    Decider.DEMO: phrase(
        "SettingsPage", "In the demo everything is granted: what is done there is done to nobody."
    ),
    Decider.SERVER: phrase(
        "SettingsPage", "The server of this connection decides who may do what, and holds to it."
    ),
}
_LEAD: Final = phrase(
    "SettingsPage",
    "Listening, whispering, barging in and other commands. What is not granted here is not done."
    " Everything is written into the journal before it is done.",
)
_NO_PHONE: Final = phrase(
    "SettingsPage", "None. It is entered with the connection, as Supervisor's phone."
)


class Removable(QWidget):
    """Texts that can be taken away one by one; they stand side by side.

    Signals:
        removed: The key of one that is to go.
    """

    removed = Signal(str)

    def __init__(self, look: Look, key: str) -> None:
        super().__init__()
        self._look, self._key = look, key
        self._items: tuple[tuple[str, str], ...] | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._flow: QWidget | None = None
        self.buttons: dict[str, QuietButton] = {}

    def show_items(self, items: Iterable[tuple[str, str]]) -> None:
        """Show texts by their keys; nothing is made anew if they are the same."""
        told = tuple(items)
        if told == self._items:
            return
        self._items = told
        if self._flow is not None:
            self._flow.hide()
            self._flow.deleteLater()
        flow, self.buttons = Flow(self._look, 6), {}
        remove = self._look.wording.translate("SettingsPage", "Take away {name}")
        for key, text in told:
            button = QuietButton(self._look)
            button.setObjectName(f"{self._key}/{key}")
            button.show_text(f"{shown(text)}  ×")
            button.setAccessibleName(remove.format(name=isolated(text)))
            button.clicked.connect(partial(self._remove, key))
            flow.add(button)
            self.buttons[key] = button
        self._box.addWidget(flow)
        flow.setVisible(bool(told))
        self._flow = flow

    def _remove(self, key: str, *_: object) -> None:
        self.removed.emit(key)


class SupervisionSection(Section):
    """Shows what was decided about a supervisor's commands at the connection that is shown.

    Signals:
        supervision_wanted: An Asked: the phone is to be tried.
    """

    supervision_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        wording = look.wording
        translate = wording.translate
        super().__init__(look, translate("SettingsPage", "Supervision"), wording.say(_LEAD))
        self._face = SupervisionFace()
        self._board: Board | None = None
        self.phone = text_label(look, "", Role.BODY)
        self.ring = OfferButton(look, WishKind.TRY_PHONE)
        self.ring.setText(wording.say(NAMES[WishKind.TRY_PHONE]))
        self.ring.setObjectName("supervision/ring")
        self.ring.clicked.connect(self._try)
        self.tried = text_label(look, "", Role.CAPTION, quiet=True)
        self.altered = text_label(look, "", Role.STRONG)
        self.altered.hide()
        self.add(self.altered)
        self.add(FormRow(look, translate("SettingsPage", "Your phone"), self._phone_part()))
        self.who = text_label(look, "", Role.HEADING)
        self.elsewhere = text_label(look, "", Role.BODY, quiet=True)
        self.add(self.who)
        self.add(self.elsewhere)
        self.chips = {kind: ChipButton(look) for kind in GRANTED}
        flow = Flow(look, 6)
        for kind, chip in self.chips.items():
            chip.setObjectName(f"supervision/may/{kind}")
            chip.show_words(wording.say(NAMES[kind]))
            chip.clicked.connect(partial(self._grant, kind))
            flow.add(chip)
        self.granted = FormRow(look, translate("SettingsPage", "Granted"), flow)
        self.add(self.granted)
        self._add_telling()
        self._add_rest()
        self.end()

    def _add_telling(self) -> None:
        look, translate = self._look, self._look.wording.translate
        self.tells, self.only_told = ChipButton(look), ChipButton(look)
        for key, chip, words, act in (
            ("tells", self.tells, translate("SettingsPage", "The agent is told"), self._tell),
            (
                "only_told",
                self.only_told,
                translate("SettingsPage", "Else nobody is listened to"),
                self._only_told,
            ),
        ):
            chip.setObjectName(f"supervision/{key}")
            chip.show_words(words)
            chip.clicked.connect(act)
        flow = Flow(look, 6)
        flow.add(self.tells)
        flow.add(self.only_told)
        label = translate("SettingsPage", "When somebody is in a call")
        note = translate(
            "SettingsPage",
            "By a message to the agent's phone, where the system sends messages.",
        )
        self.telling = FormRow(look, label, flow, note)
        self.add(self.telling)

    def _add_rest(self) -> None:
        look, translate = self._look, self._look.wording.translate
        self.limit = Line(look, "supervision/limit", translate("SettingsPage", "minutes"), width=72)
        note = translate("SettingsPage", "After so long, listening ends by itself.")
        self._limit_row = FormRow(look, translate("SettingsPage", "At most"), self.limit, note)
        self.limit.told.connect(self._limit_to)
        self.reasons = Removable(look, "supervision/reason")
        self.new_reason = Line(look, "supervision/reason+", width=300)
        self.new_reason.field.setMaxLength(_REASON_LENGTH)
        hint = translate("SettingsPage", "Write it, then press Enter")
        self.new_reason.field.setPlaceholderText(hint)
        self.new_reason.told.connect(self._add_reason)
        self.reasons.removed.connect(self._drop_reason)
        self.excluded = Removable(look, "supervision/excluded")
        self.excluded.removed.connect(self._include)
        self.more_excluded = Choices(look, "supervision/excluded+")
        self.more_excluded.activated.connect(self._exclude)
        self.add(self._limit_row)
        label = translate("SettingsPage", "Reasons to choose from")
        self.add(FormRow(look, label, self.reasons))
        label = translate("SettingsPage", "Another reason")
        note = translate("SettingsPage", "Without any, the program offers reasons of its own.")
        self.add(FormRow(look, label, self.new_reason, note))
        label = translate("SettingsPage", "Nobody may listen to")
        self.add(FormRow(look, label, self.excluded))
        label = translate("SettingsPage", "Add an agent")
        self.more_excluded.setAccessibleName(label)
        self.add(FormRow(look, label, at_start(self.more_excluded)))

    # What others call

    def show_face(self, face: SettingsFace) -> None:
        """Show what is decided."""
        told, wording = face.supervision, self._look.wording
        self._face = told
        phone = phone_words(told.phone, wording)
        self.phone.show_text(phone or wording.say(_NO_PHONE))
        who = phrase("SettingsPage", "What {name} may do at {place}")
        place = isolated(face.shown) if face.shown else wording.duration(None)
        self.who.show_text(wording.say(who, name=isolated(told.person), place=place))
        elsewhere = _ELSEWHERE.get(told.decider)
        self.elsewhere.show_text("" if elsewhere is None else wording.say(elsewhere))
        self.elsewhere.setVisible(elsewhere is not None)
        self.granted.setVisible(elsewhere is None)
        self.telling.setVisible(told.decider is not Decider.SERVER)
        self.tells.setChecked(told.tells)
        self.only_told.setChecked(told.only_told)
        for kind, chip in self.chips.items():
            chip.setChecked(kind in told.may)
        self.limit.show_text(wording.figure(str(told.limit_minutes)))
        self.reasons.show_items((reason, reason) for reason in told.reasons)
        self._show_excluded()

    def show_board(self, board: Board) -> None:
        """Show agents by their names, and offer those who are there."""
        before, self._board = self._board, board
        known = None if before is None or before.snapshot is None else before.snapshot.agents
        now = None if board.snapshot is None else board.snapshot.agents
        if known is None or now is None or known.keys() != now.keys():
            self._show_excluded()

    def show_supervision(self, state: SupervisionState) -> None:
        """Show whether the phone can be tried, and what came of it."""
        wording = self._look.wording
        offer = Offer(kind=WishKind.TRY_PHONE)
        if self._board is not None:
            offer = offer_to_try_phone(self._board, state)
        self.ring.show_offer(offer, "")
        tried = [told for told in state.told if told.asked.kind is WishKind.TRY_PHONE]
        words = told_words(tried[-1], "", wording) if tried else offer_words(offer, wording)
        self.tried.show_text(words)
        altered = state.altered_at
        self.altered.show_text("" if altered is None else altered_words(altered, wording))
        self.altered.setVisible(altered is not None)

    # What was wished for

    def _phone_part(self) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._look.px(4))
        self.phone.setMinimumHeight(self._look.px(32))
        rows.addWidget(self.phone)
        rows.addWidget(at_start(self.ring))
        rows.addWidget(self.tried)
        return box

    def _try(self) -> None:
        if self.ring.obstacle is None:
            self.supervision_wanted.emit(Asked(kind=WishKind.TRY_PHONE))

    def _wish(self, decided: SupervisionFace) -> None:
        self.wished.emit(SupervisionWish(decided=decided))

    def _grant(self, kind: WishKind, *_: object) -> None:
        self._wish(replace(self._face, may=self._face.may ^ {kind}))

    def _tell(self, *_: object) -> None:
        tells = not self._face.tells
        # Who tells nobody would listen to nobody.
        only_told = self._face.only_told and tells
        self._wish(replace(self._face, tells=tells, only_told=only_told))

    def _only_told(self, *_: object) -> None:
        only_told = not self._face.only_told
        self._wish(replace(self._face, only_told=only_told, tells=self._face.tells or only_told))

    def _limit_to(self, told: str) -> None:
        fits = told.isascii() and told.isdigit() and len(told) <= len(str(MOST_MINUTES))
        fits = fits and LEAST_MINUTES <= int(told) <= MOST_MINUTES
        wording = self._look.wording
        wrong = wording.say(
            phrase("SettingsPage", "A whole number from {least} to {most}."),
            least=wording.count(LEAST_MINUTES),
            most=wording.count(MOST_MINUTES),
        )
        self._limit_row.show_problem("" if fits else wrong)
        if fits:
            self._wish(replace(self._face, limit_minutes=int(told)))

    def _add_reason(self, _: str) -> None:
        reason = shown(self.new_reason.field.text())
        self.new_reason.field.clear()
        known = self._face.reasons
        if reason and reason not in known and len(known) < _MOST_REASONS:
            self._wish(replace(self._face, reasons=(*known, reason)))

    def _drop_reason(self, reason: str) -> None:
        left = tuple([one for one in self._face.reasons if one != reason])
        self._wish(replace(self._face, reasons=left))

    def _include(self, agent_id: str) -> None:
        self._wish(replace(self._face, excluded=self._face.excluded - {AgentId(agent_id)}))

    def _exclude(self, row: int) -> None:
        agent_id = self.more_excluded.itemData(row)
        if agent_id:
            excluded = self._face.excluded | {AgentId(str(agent_id))}
            self._wish(replace(self._face, excluded=excluded))

    # Inside

    def _show_excluded(self) -> None:
        named = self._named(self._face.excluded)
        self.excluded.show_items(named)
        agents = (
            ()
            if self._board is None or self._board.snapshot is None
            else (key for key in self._board.snapshot.agents if key not in self._face.excluded)
        )
        box = self.more_excluded
        box.clear()
        box.addItem(self._look.wording.translate("SettingsPage", "Choose an agent …"), "")
        for key, name in self._named(agents):
            box.addItem(name, key)
        box.setCurrentIndex(0)

    def _named(self, agents: Iterable[AgentId]) -> list[tuple[str, str]]:
        """Return ids and names, by name."""
        named = [(str(key), agent_name(self._board, key)) for key in agents]
        return sorted(named, key=_by_name)


def _by_name(named: tuple[str, str]) -> tuple[str, str]:
    return named[1].casefold(), named[0]
