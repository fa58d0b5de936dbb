"""Which time a report is of: a shift, day, week or month, how far back, or from here to there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wallboard.domain.jalali import from_jalali
from wallboard.domain.measuring import WorkPlan
from wallboard.domain.paper_text import jalali_text
from wallboard.domain.reporting import Period, PeriodKind
from wallboard.engine.reporting_when import NoSuchTime, period_window
from wallboard.engine.windows import instant_of
from wallboard.ui import weekdays
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.choice_button import ChoiceButton
from wallboard.ui.panels.settings_form import latin, text_label
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording
from wallboard.ui.words import Phrase, phrase

_DAY: Final = timedelta(days=1)
_FIRST_JALALI: Final = 1700
"""A year before this one is one of the Jalali calendar."""
_WRITTEN: Final = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T،,]+(\d{1,2}):(\d{2}))?", re.ASCII
)

PERIOD_NAMES: Final[Mapping[PeriodKind, Phrase]] = {
    PeriodKind.SHIFT: phrase("Reports", "Shift"),
    PeriodKind.DAY: phrase("Reports", "Day"),
    PeriodKind.WEEK: phrase("Reports", "Week"),
    PeriodKind.JALALI_MONTH: phrase("Reports", "Jalali month"),
    PeriodKind.MONTH: phrase("Reports", "Gregorian month"),
    PeriodKind.RANGE: phrase("Reports", "From … to …"),
}

_NOT_READ: Final = phrase(
    "Reports", "Write day and time as {example}. The calendar is known by the year."
)
_ENDS_FIRST: Final = phrase("Reports", "The end must come after the beginning.")
_NO_SUCH: Final = phrase("Reports", "There is no such time, or it has not begun.")
_NO_SHIFTS: Final = phrase("Reports", "To report by shift, set shifts in Settings, under Shifts.")


class PeriodPicker(QWidget):
    """Picks a period.

    Signals:
        changed: Another one is chosen, and it can be read.
    """

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._period = Period(kind=PeriodKind.SHIFT)
        self._plan = WorkPlan()
        self._zone: tzinfo | None = None
        self._now: datetime | None = None
        self.kind = ChoiceButton(look)
        self.shift = ChoiceButton(look)
        self.earlier = QuietButton(look)
        self.later = QuietButton(look)
        self.told = text_label(look, "", Role.BODY)
        self.begin = QLineEdit()
        self.end = QLineEdit()
        self.problem = text_label(look, "", Role.CAPTION)
        self.note = text_label(look, "", Role.CAPTION, quiet=True)
        self._stepper = QWidget()
        self._borders = QWidget()
        self._lay()
        self.kind.chosen.connect(self._choose_kind)
        self.shift.chosen.connect(self._choose_shift)
        self.earlier.clicked.connect(self._go_back)
        self.later.clicked.connect(self._go_on)
        for field in (self.begin, self.end):
            # What is written in it runs from left to right in every language.
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            field.setMaxLength(40)
            field.editingFinished.connect(self._read_borders)
        self.show_look(look)

    # What others call

    def period(self) -> Period:
        """Return what is chosen."""
        return self._period

    def show_period(self, period: Period) -> None:
        """Show a period as chosen; nothing is told of it."""
        self._period = self._of_site(period)
        self._word_borders()
        self._word()

    def show_site(self, plan: WorkPlan, zone: tzinfo, now: datetime) -> None:
        """Take how the site cuts its time, and the present of its source.

        Where it has no shifts, the shift that was chosen by nobody's name is the day.
        """
        same = (plan, zone) == (self._plan, self._zone)
        minute = self._now is None or (now - self._now) >= timedelta(minutes=1)
        if same and not minute:
            return
        self._plan, self._zone, self._now = plan, zone, now
        self._period = self._of_site(self._period)
        self._word()

    def show_look(self, look: Look) -> None:
        """Show it in another look."""
        self._look = look
        for part in (self.kind, self.shift, self.earlier, self.later):
            part.show_look(look)
        for field in (self.begin, self.end):
            field.setFont(look.font(Role.BODY))
            field.setMinimumHeight(look.px(32))
        for label, color, role in (
            (self.problem, look.theme.critical_text, Role.CAPTION),
            (self.note, look.theme.muted, Role.CAPTION),
            (self.told, look.theme.text, Role.BODY),
        ):
            ink = label.palette()
            ink.setColor(label.foregroundRole(), color)
            label.setPalette(ink)
            label.setFont(look.font(role))
        side = Qt.AlignmentFlag.AlignRight if look.rtl else Qt.AlignmentFlag.AlignLeft
        for label in (self.problem, self.note):
            label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self._word_borders()
        self._word()

    # Choosing

    def _choose_kind(self, key: str) -> None:
        kind = PeriodKind(key)
        period = Period(kind=kind)
        if kind is PeriodKind.RANGE:
            period = self._today()
        self._take(period)

    def _today(self) -> Period:
        """Return the day that goes on, as a stretch from here to there."""
        if self._now is None or self._zone is None:
            return Period(kind=PeriodKind.RANGE)
        local = self._now.astimezone(self._zone)
        return Period(
            kind=PeriodKind.RANGE,
            begin=instant_of(local.date(), time(), self._zone),
            end=instant_of(local.date() + _DAY, time(), self._zone),
        )

    def _choose_shift(self, name: str) -> None:
        self._take(replace(self._period, name=name, back=0, day=None))

    def _go_back(self) -> None:
        self._step(1)

    def _go_on(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        back = max(0, self._period.back + by)
        if back != self._period.back or self._period.day is not None:
            self._take(replace(self._period, back=back, day=None))

    def _take(self, period: Period) -> None:
        self._period = period
        self.show_problem("")
        self._word_borders()
        self._word()
        self.changed.emit()

    def _read_borders(self) -> None:
        if self._zone is None or self._period.kind is not PeriodKind.RANGE:
            return
        begin = read_instant(self.begin.text(), self._zone)
        end = read_instant(self.end.text(), self._zone)
        wording = self._look.wording
        if begin is None or end is None:
            example = "1405/09/01 06:00" if wording.by_jalali else "2026-11-22 06:00"
            example = wording.digits(example)
            self.show_problem(wording.say(_NOT_READ, example=f"\u2066{example}\u2069"))
        elif end <= begin:
            self.show_problem(wording.say(_ENDS_FIRST))
        elif (begin, end) != (self._period.begin, self._period.end):
            self._take(replace(self._period, begin=begin, end=end))
        else:
            self.show_problem("")

    def show_problem(self, text: str) -> None:
        """Say what is wrong with what was written; an empty text says that nothing is."""
        self.problem.show_text(text)
        self.problem.setVisible(bool(text))
        for field in (self.begin, self.end):
            field.setAccessibleDescription(text)

    # Inside

    def _lay(self) -> None:
        look = self._look
        steps = QHBoxLayout(self._stepper)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(look.px(6))
        steps.addWidget(self.earlier)
        steps.addWidget(self.told, 1)
        steps.addWidget(self.later)
        borders = QVBoxLayout(self._borders)
        borders.setContentsMargins(0, 0, 0, 0)
        borders.setSpacing(look.px(6))
        borders.addWidget(self.begin)
        borders.addWidget(self.end)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(6))
        for part in (self.kind, self.shift, self._stepper, self._borders, self.note, self.problem):
            rows.addWidget(part)
        self.note.hide()
        self.problem.hide()
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _word(self) -> None:
        wording, period = self._look.wording, self._period
        self.kind.show_choices(
            wording.translate("Reports", "Time"),
            [
                (str(kind), wording.say(name))
                for kind, name in PERIOD_NAMES.items()
                if kind in self._kinds()
            ],
            str(period.kind),
        )
        names = list(dict.fromkeys(shift.name for shift in self._plan.shifts if shift.name))
        self.shift.setVisible(period.kind is PeriodKind.SHIFT and len(names) > 1)
        every = ("", wording.translate("Reports", "Whichever shift"))
        self.shift.show_choices(
            wording.translate("Reports", "Shift"),
            [every, *((name, shown(name)) for name in names)],
            period.name,
        )
        self.note.show_text(wording.say(_NO_SHIFTS))
        of_day = self._zone is not None and period.kind is PeriodKind.DAY
        self.note.setVisible(of_day and not self._plan.shifts)
        ranged = period.kind is PeriodKind.RANGE
        self._borders.setVisible(ranged)
        self._stepper.setVisible(not ranged)
        # Qt turns them around where lines begin on the right.
        self.earlier.show_text("‹")
        self.later.show_text("›")
        self.earlier.setAccessibleName(wording.translate("Reports", "Earlier"))
        self.later.setAccessibleName(wording.translate("Reports", "Later"))
        self.later.setEnabled(period.back > 0 or period.day is not None)
        self.told.show_text(self._words_of_time())

    def _of_site(self, period: Period) -> Period:
        """Return the day for a shift of a site that is known to have none."""
        unnamed = period.kind is PeriodKind.SHIFT and not period.name
        if not unnamed or self._zone is None or self._plan.shifts:
            return period
        return replace(period, kind=PeriodKind.DAY)

    def _kinds(self) -> Collection[PeriodKind]:
        """Return what can be chosen: shifts only where there are some, or one is chosen."""
        shifts = self._plan.shifts or self._period.kind is PeriodKind.SHIFT
        return [kind for kind in PERIOD_NAMES if shifts or kind is not PeriodKind.SHIFT]

    def _words_of_time(self) -> str:
        if self._zone is None or self._now is None or self._period.kind is PeriodKind.RANGE:
            return ""
        wording = self._look.wording
        try:
            window = period_window(self._period, self._now, self._plan, self._zone)
        except NoSuchTime:
            return wording.say(_NO_SUCH)
        begin = window.begin.astimezone(self._zone)
        if self._period.kind is PeriodKind.SHIFT:
            hours = "\u2013".join(
                wording.clock_minute(at, self._zone) for at in (window.begin, window.end)
            )
            return f"{day_words(begin.date(), wording)}\n\u2066{hours}\u2069"
        if self._period.kind is PeriodKind.DAY:
            return day_words(begin.date(), wording)
        last = (window.end.astimezone(self._zone) - timedelta(seconds=1)).date()
        return f"{day_words(begin.date(), wording)} \u2013\n{day_words(last, wording)}"

    def _word_borders(self) -> None:
        wording = self._look.wording
        self.begin.setAccessibleName(wording.translate("Reports", "From"))
        self.end.setAccessibleName(wording.translate("Reports", "To"))
        for field, at in ((self.begin, self._period.begin), (self.end, self._period.end)):
            if at is not None and self._zone is not None:
                field.setText(instant_words(at, self._zone, wording))


def day_words(day: date, wording: Wording) -> str:
    """Return a day with its weekday, by the calendar of the wording."""
    weekday = wording.say(weekdays.SHORT[day.weekday()])
    return f"{weekday} \u2066{wording.digits(_written(day, wording))}\u2069"


def instant_words(at: datetime, zone: tzinfo, wording: Wording) -> str:
    """Return an instant as it can be read again."""
    local = at.astimezone(zone)
    return wording.digits(f"{_written(local.date(), wording)} {local:%H:%M}")


def read_instant(text: str, zone: tzinfo) -> datetime | None:
    """Return the instant that somebody wrote, in either calendar and the digits of any script.

    A day without a time is its midnight. None if it cannot be read.
    """
    found = _WRITTEN.fullmatch(latin(text))
    if found is None:
        return None
    year, month, day = (int(part) for part in found.group(1, 2, 3))
    hour, minute = (int(part or 0) for part in found.group(4, 5))
    try:
        of_day = from_jalali(year, month, day) if year < _FIRST_JALALI else date(year, month, day)
        if (hour, minute) == (24, 0):
            return instant_of(of_day + _DAY, time(), zone)
        return instant_of(of_day, time(hour, minute), zone)
    except (ValueError, OverflowError):
        return None


def _written(day: date, wording: Wording) -> str:
    return jalali_text(day) if wording.by_jalali else day.isoformat()
