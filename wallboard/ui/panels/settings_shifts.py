"""The section of the shifts: when the day and the week begin, and who works when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from wallboard.domain.measuring import Shift, WorkPlan
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.look import Look
from wallboard.ui.panels.settings_face import Chosen, MeasuringWish, SettingsFace
from wallboard.ui.panels.settings_form import (
    Flow,
    FormRow,
    Line,
    Section,
    Segments,
    at_start,
    latin,
    text_label,
)
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.words import phrase

DAYS: Final = (
    phrase("Weekday", "Monday"),
    phrase("Weekday", "Tuesday"),
    phrase("Weekday", "Wednesday"),
    phrase("Weekday", "Thursday"),
    phrase("Weekday", "Friday"),
    phrase("Weekday", "Saturday"),
    phrase("Weekday", "Sunday"),
)
_INTERVALS: Final = (15, 30, 60)
_LONGEST: Final = 64


def clock_told(text: str) -> time | None:
    """Return a time of the day, as in `8:30`; None if it is none."""
    hour, colon, minute = latin(text).partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal()):
        return None
    # Midnight at the end of a day is the one at the begin of the next.
    if (int(hour), int(minute)) == (24, 0):
        return time()
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None


class DayChips(Flow):
    """The days of the week, each pressed or not, in the order in which the week goes.

    Signals:
        chosen: The days that are pressed: 0 is Monday.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, key: str, first: int) -> None:
        super().__init__(look, 4)
        self.chips: dict[int, ChipButton] = {}
        for day in ((first + at) % 7 for at in range(7)):
            chip = ChipButton(look)
            chip.setObjectName(f"{key}/{day}")
            chip.show_words(look.wording.say(DAYS[day]))
            chip.clicked.connect(self._tell)
            self.add(chip)
            self.chips[day] = chip

    def show_days(self, days: frozenset[int]) -> None:
        """Show which days are pressed."""
        for day, chip in self.chips.items():
            chip.setChecked(day in days)

    def _tell(self) -> None:
        self.chosen.emit(frozenset(day for day, chip in self.chips.items() if chip.isChecked()))


class ShiftCard(QWidget):
    """One shift: its name, its hours, its days.

    Signals:
        altered: The Shift as it is to be.
        removed: It is to go.
    """

    altered = Signal(object)
    removed = Signal()

    def __init__(self, look: Look, at: int, shift: Shift, first: int) -> None:
        super().__init__()
        self._look, self._shift = look, shift
        translate = look.wording.translate
        key = f"shifts/{at}"
        self.name = Line(look, f"{key}/name", width=220)
        self.name.setAccessibleName(translate("SettingsPage", "Name of the shift"))
        self.begins = Line(look, f"{key}/begins", "–", width=72)
        self.begins.setAccessibleName(translate("SettingsPage", "Begins at"))
        self.ends = Line(look, f"{key}/ends", width=72)
        self.ends.setAccessibleName(translate("SettingsPage", "Ends at"))
        self.days = DayChips(look, f"{key}/days", first)
        self.remove = QuietButton(look)
        self.remove.setObjectName(f"{key}/remove")
        self.remove.show_text(translate("SettingsPage", "Remove"))
        self.problem = text_label(look, "", Role.CAPTION)
        palette = self.problem.palette()
        palette.setColor(self.problem.foregroundRole(), look.theme.critical_text)
        self.problem.setPalette(palette)
        self.problem.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, look.px(4), 0, look.px(8))
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(6))
        line = Flow(look, 10)
        for part in (self.name, self.begins, self.ends, self.remove):
            line.add(part)
        grid.addWidget(line, 0, 0)
        grid.addWidget(self.days, 1, 0)
        grid.addWidget(self.problem, 2, 0)
        self.name.told.connect(self._take_name)
        self.begins.told.connect(self._take_begin)
        self.ends.told.connect(self._take_end)
        self.days.chosen.connect(self._take_days)
        self.remove.clicked.connect(self.removed)
        self.show_shift(shift)

    def show_shift(self, shift: Shift) -> None:
        """Show the shift as it is."""
        digits = self._look.wording.digits
        self._shift = shift
        self.name.show_text(shift.name)
        self.begins.show_text(digits(f"{shift.begins:%H:%M}"))
        self.ends.show_text(digits(f"{shift.ends:%H:%M}"))
        self.days.show_days(shift.weekdays)

    def show_problem(self, text: str) -> None:
        """Say what is wrong; an empty text says that nothing is."""
        self.problem.show_text(text)
        self.problem.setVisible(bool(text))

    def _take_name(self, told: str) -> None:
        name = " ".join(self.name.field.text().split())
        _ = told
        fits = 0 < len(name) <= _LONGEST and name.replace("\u200c", "").isprintable()
        translate = self._look.wording.translate
        self.show_problem("" if fits else translate("SettingsPage", "A name of 1 to 64 letters."))
        if fits:
            self.altered.emit(replace(self._shift, name=name))

    def _take_begin(self, told: str) -> None:
        at = self._clock(told)
        if at is not None:
            self.altered.emit(replace(self._shift, begins=at))

    def _take_end(self, told: str) -> None:
        at = self._clock(told)
        if at is not None:
            self.altered.emit(replace(self._shift, ends=at))

    def _take_days(self, days: frozenset[int]) -> None:
        translate = self._look.wording.translate
        self.show_problem("" if days else translate("SettingsPage", "At least one day."))
        if days:
            self.altered.emit(replace(self._shift, weekdays=days))

    def _clock(self, told: str) -> time | None:
        at = clock_told(told)
        text = clock_allowed(self._look) if at is None else ""
        self.show_problem(text)
        return at


class ShiftSection(Section):
    """Shows how the site cuts its time."""

    def __init__(self, look: Look) -> None:
        wording = look.wording
        translate = wording.translate
        super().__init__(
            look,
            translate("SettingsPage", "Shifts"),
            translate(
                "SettingsPage",
                "When the day and the week begin at the site, and who works when. A shift that"
                " ends before it begins goes on over midnight. After a change the figures of the"
                " window are read anew, which takes a moment.",
            ),
        )
        self._face = SettingsFace()
        self.day = Line(look, "shifts/day", width=72)
        self.day_row = FormRow(look, translate("SettingsPage", "The day begins at"), self.day)
        names = [(day, wording.say(DAYS[day])) for day in ((5 + at) % 7 for at in range(7))]
        self.week = Segments(look, "shifts/week", names)
        minutes = translate("SettingsPage", "{minutes} minutes")
        lengths = [(each, minutes.format(minutes=wording.count(each))) for each in _INTERVALS]
        self.interval = Segments(look, "shifts/interval", lengths)
        self.cards: list[ShiftCard] = []
        self._held = QWidget()
        self._stack = QVBoxLayout(self._held)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.none = text_label(
            look,
            translate("SettingsPage", "No shifts: the whole day is one."),
            Role.BODY,
            quiet=True,
        )
        self.more = QuietButton(look)
        self.more.setObjectName("shifts/more")
        self.more.show_text(translate("SettingsPage", "Add a shift"))
        self.add(self.day_row)
        self.add(FormRow(look, translate("SettingsPage", "The week begins on"), self.week))
        self.add(FormRow(look, translate("SettingsPage", "Intervals of"), self.interval))
        self.add(text_label(look, translate("SettingsPage", "Shifts"), Role.HEADING))
        self.add(self.none)
        self.add(self._held)
        self.add(at_start(self.more))
        self.end()
        self.day.told.connect(self._take_day)
        self.week.chosen.connect(self._take_week)
        self.interval.chosen.connect(self._take_interval)
        self.more.clicked.connect(self._add_shift)

    def show_face(self, face: SettingsFace) -> None:
        """Show what was decided."""
        plan, before = face.measuring.plan, self._face.measuring.plan
        self._face = face
        self.day.show_text(self._look.wording.digits(f"{plan.day_begins:%H:%M}"))
        self.week.show_chosen(plan.week_begins)
        self.interval.show_chosen(round(plan.interval.total_seconds()) // 60)
        self.none.setVisible(not plan.shifts)
        other = plan.week_begins != before.week_begins
        if other or len(plan.shifts) != len(self.cards):
            self._lay(plan)
        for card, shift in zip(self.cards, plan.shifts, strict=True):
            card.show_shift(shift)
            card.show_problem("")

    def show_problem(self, at: int, text: str) -> None:
        """Say what is wrong with one of the shifts."""
        if at < len(self.cards):
            self.cards[at].show_problem(text)

    def _lay(self, plan: WorkPlan) -> None:
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for at, shift in enumerate(plan.shifts):
            card = ShiftCard(self._look, at, shift, plan.week_begins)
            card.altered.connect(self._alterer(at))
            card.removed.connect(self._remover(at))
            self._stack.addWidget(card)
            self.cards.append(card)

    def _alterer(self, at: int) -> Callable[[Shift], None]:
        def alter(shift: Shift) -> None:
            shifts = self._face.measuring.plan.shifts
            self._wish(shifts=(*shifts[:at], shift, *shifts[at + 1 :]))

        return alter

    def _remover(self, at: int) -> Callable[[], None]:
        def remove() -> None:
            shifts = self._face.measuring.plan.shifts
            self._wish(shifts=(*shifts[:at], *shifts[at + 1 :]))

        return remove

    def _add_shift(self) -> None:
        shifts = self._face.measuring.plan.shifts
        wording, taken = self._look.wording, {shift.name for shift in shifts}
        text = wording.translate("SettingsPage", "Shift {number}")
        names = (text.format(number=wording.count(at)) for at in range(len(shifts) + 1, 999))
        name = next(name for name in names if name not in taken)
        # Where the last one ends, so that none overlap; the first one is the trade's office day.
        begins = shifts[-1].ends if shifts else time(8)
        ends = time((begins.hour + 8) % 24, begins.minute)
        days = shifts[-1].weekdays if shifts else frozenset(range(7))
        new = Shift(name=name, begins=begins, ends=ends, weekdays=days)
        self._wish(shifts=(*shifts, new))

    def _take_day(self, told: str) -> None:
        at = clock_told(told)
        self.day_row.show_problem(clock_allowed(self._look) if at is None else "")
        if at is not None:
            self._wish(day_begins=at)

    def _take_week(self, day: Chosen) -> None:
        self._wish(week_begins=int(day))

    def _take_interval(self, minutes: Chosen) -> None:
        self._wish(interval=timedelta(minutes=int(minutes)))

    def _wish(self, **parts: object) -> None:
        measuring = self._face.measuring
        plan = replace(measuring.plan, **parts)  # type: ignore[arg-type] # the fields' own types
        if plan != measuring.plan:
            self.wished.emit(MeasuringWish(measuring=replace(measuring, plan=plan)))


def clock_allowed(look: Look) -> str:
    """Return what a time of the day may be."""
    return look.wording.translate("SettingsPage", "A time of the day, as in 08:00.")
