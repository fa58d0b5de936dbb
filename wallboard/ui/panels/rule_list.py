"""The rules in a list: each as a sentence, whether it is heard, and how often it fired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize

from wallboard.domain.alert import Rule
from wallboard.domain.clock import Moment
from wallboard.domain.value import value
from wallboard.ui.alert_words import no_rules, rule_name, rule_sentence
from wallboard.ui.easel import Easel, Place
from wallboard.ui.look import Look
from wallboard.ui.panels.face import Face, Manner
from wallboard.ui.panels.inset_list import InsetList
from wallboard.ui.panels.panel import Condition
from wallboard.ui.panels.shelves import Section
from wallboard.ui.theme.type import Role


@value
class RuleFace(Face):
    """All that the line of a rule shows."""

    name: str
    sentence: str
    note: str
    muted: bool


class RuleList(InsetList):
    """Shows the rules, in the order in which they were made."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._rules: Mapping[str, Rule] = {}
        self._fired: Mapping[str, int] = {}
        self._of: tuple[Rule, ...] = ()

    def show_rules(self, rules: Sequence[Rule], fired: Mapping[str, int], now: Moment) -> None:
        """Show these rules, with how often each fired lately."""
        of = tuple(rules)
        if of != self._of:
            self._of = of
            self._ask_again()
        self._rules = {rule.rule_id: rule for rule in rules}
        self._fired = fired
        self._show(self._of, Condition.PRESENT, now)
        name = self._look.wording.translate("Alert", "Rules")
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def rule(self, key: str | None) -> Rule | None:
        """Return a rule that is shown. None if it is not there."""
        return None if key is None else self._rules.get(key)

    # What this kind of list says of itself

    def _arrange(self) -> tuple[Section, ...]:
        return (Section(keys=tuple(self._rules)),) if self._rules else ()

    def _face(self, key: str) -> RuleFace | None:
        rule = self._rules.get(key)
        if rule is None:
            return None
        wording = self._look.wording
        note = ""
        if rule.muted:
            note = wording.translate("Alert", "muted")
        elif key in self._fired:
            text = wording.translate("Alert", "fired in 7 days: {number}")
            note = text.format(number=wording.count(self._fired[key]))
        return RuleFace(
            name=rule_name(rule.name, wording),
            sentence=rule_sentence(rule, wording),
            note=note,
            muted=rule.muted,
        )

    def _paint_face(self, easel: Easel, box: QRectF, face: Face, manner: Manner) -> None:
        if not isinstance(face, RuleFace):
            return
        look, theme = self._look, self._look.theme
        easel.fill(box, theme.raised if manner.chosen else theme.surface)
        easel.fill(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.bands[0])
        pad = look.px(10)
        line = QRectF(box.x() + pad, box.y() + look.px(5), box.width() - 2 * pad, look.px(22))
        ink = theme.text2 if face.muted else theme.text
        used = easel.write(line, face.note, look.font(Role.LABEL), theme.text2, Place.END)
        name = line.adjusted(0, 0, -used - look.px(12) if used else 0, 0)
        easel.write(name, face.name, look.font(Role.STRONG), ink)
        line = line.translated(0, look.px(22))
        easel.write(line, face.sentence, look.font(Role.LABEL), theme.text2)

    def _cells(self, width: int) -> tuple[int, QSize]:
        return 1, QSize(width - 2 * self._inset(), self._look.px(54))

    def _empty_words(self) -> str:
        return no_rules(self._look.wording)

    def _told(self, key: str) -> str:
        face = self._face(key)
        if face is None:
            return ""
        return self._look.wording.listed(filter(None, (face.name, face.sentence, face.note)))
