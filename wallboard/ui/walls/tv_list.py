"""Which TVs there are and which of them is dark: a short list beside their boards."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallboard.domain.walls import TvState
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.panels.settings_form import text_label
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.theme.type import Role
from wallboard.ui.walls.tv_faces import STATE_WORDS, TvFace, worst_first

MOST: Final = 4
"""So many are told by name; what is dark is among them before what is well."""

_MARKS: Final = {TvState.DARK: "▲", TvState.NO_SCREEN: "▲", TvState.OLD: "◆", TvState.LIVE: "●"}
_LONGEST: Final = 24
"""Letters of a name: a word that is longer than the list is wide is not wrapped."""


class TvList(QWidget):
    """Shows TVs in one look; hidden while there are none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(2))
        box.addWidget(text_label(look, look.wording.translate("Walls", "TVs now"), Role.STRONG))
        self.rows: list[tuple[PlainLabel, PlainLabel]] = []
        for _ in range(MOST):
            row = text_label(look, "", Role.BODY), text_label(look, "", Role.BODY, quiet=True)
            row[0].setContentsMargins(0, look.px(4), 0, 0)
            for label in row:
                box.addWidget(label)
            self.rows.append(row)
        self.more = text_label(look, "", Role.BODY, quiet=True)
        box.addWidget(self.more)
        self.show_tvs(())

    def show_tvs(self, tvs: tuple[TvFace, ...]) -> None:
        """Show how these are."""
        wording = self._look.wording
        told = worst_first(tvs)
        for at, (name, state) in enumerate(self.rows):
            tv = told[at] if at < len(told) else None
            name.setVisible(tv is not None)
            state.setVisible(tv is not None)
            if tv is not None:
                name.show_text(self._name(tv))
                state.show_text(self._state(tv))
                self._ink(state, tv.state)
        left = len(told) - MOST
        self.more.setVisible(left > 0)
        if left > 0:
            text = wording.translate("Walls", "and {count} more")
            self.more.show_text(text.format(count=wording.count(left)))
        self.setVisible(bool(told))

    def _name(self, tv: TvFace) -> str:
        parts = [isolated(_short(part)) for part in (tv.title, tv.place) if part]
        # A text that begins with somebody's name must not take that name's direction.
        direction = "\u200f" if self._look.rtl else "\u200e"
        return direction + " · ".join(parts)

    def _state(self, tv: TvFace) -> str:
        wording = self._look.wording
        words = [wording.say(STATE_WORDS[tv.state])]
        if tv.age is not None:
            words.append(wording.age(tv.age))
        if tv.safe:
            words.append(wording.translate("Kiosk", "only what cannot fail"))
        mark = _MARKS.get(tv.state, "")
        return f"{mark} {' · '.join(words)}".strip()

    def _ink(self, label: PlainLabel, state: TvState) -> None:
        theme = self._look.theme
        palette = label.palette()
        bad = state in (TvState.DARK, TvState.NO_SCREEN)
        palette.setColor(label.foregroundRole(), theme.critical_text if bad else theme.text2)
        label.setPalette(palette)


def _short(text: str) -> str:
    plain = shown(text)
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1].rstrip()}…"
