"""What is folded away in the editor of a rule: further conditions, whom it looks at, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.alerted import wait_rule, watched
from support.boards import scene
from support.looks import look_in

from wallboard.domain.alert import (
    Condition,
    Hours,
    Join,
    Limits,
    Rule,
    Rules,
    Subject,
    SubjectKind,
)
from wallboard.ui.alert_words import rule_sentence
from wallboard.ui.look import Look
from wallboard.ui.pages.alerts import AlertsPage, Part
from wallboard.ui.panels.rule_more import RuleMore
from wallboard.ui.rule_drafts import DraftOdd, days_typed, draft_of, rule_of, with_days, with_kind

LEVEL = Condition(
    reading="service_level",
    limits=Limits(low_warning=0.8, low_critical=0.6, margin=0.02),
    least=20,
    window="last_30",
)
CROWD = Condition(reading="waiting", limits=Limits(high_warning=5))
FULL = replace(
    wait_rule(),
    conditions=(*wait_rule().conditions, LEVEL, CROWD),
    join=Join.ANY,
    of=frozenset({Subject("q1"), Subject("gone")}),
    hours=Hours(weekdays=frozenset({5, 6}), begins=time(22), ends=time(6), holidays=False),
)
BOTH_SIDES = replace(
    wait_rule(),
    conditions=(
        Condition(
            reading="waiting",
            limits=Limits(low_critical=1, low_warning=2, high_warning=8, high_critical=9),
        ),
    ),
)


class Editing:
    """The page with its editor open, and what was wished for."""

    def __init__(self, qtbot: QtBot, look: Look, rule: Rule) -> None:
        made = watched(Rules(rules=(rule,), yearly=frozenset({(1, 13)})), made=scene(minutes=5))
        made.live(1)
        self.page = AlertsPage(look)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 700)
        self.page.show_board(made.board, made.scene.clock.now())
        self.page.show()
        self.wished: list[Rules] = []
        self.page.rules_wished.connect(self.wished.append)
        self.page.open_part(Part.RULES)
        self.page.rules.list.choose(rule.rule_id)
        self.page.rules.buttons["edit"].click()

    @property
    def more(self) -> RuleMore:
        assert self.page.rules.editor.more is not None
        return self.page.rules.editor.more

    def save(self) -> Rules:
        self.page.rules.editor.save_button.click()
        return self.wished[-1]


@pytest.fixture
def plain(qtbot: QtBot) -> Editing:
    return Editing(qtbot, look_in("en"), wait_rule())


@pytest.mark.parametrize("rule", [FULL, BOTH_SIDES], ids=["full", "two_sided"])
def test_that_a_rule_with_all_its_parts_comes_back_as_it_was(rule: Rule) -> None:
    assert rule_of(draft_of(rule), rule) == rule


def test_that_what_is_in_use_is_open_and_the_rest_is_folded_away(
    qtbot: QtBot, plain: Editing
) -> None:
    assert [not fold.isHidden() for fold in plain.more.folds.values()] == [False, False, False]
    full = Editing(qtbot, look_in("fa"), FULL)
    assert [not fold.isHidden() for fold in full.more.folds.values()] == [True, True, True]
    assert full.save().rules == (FULL,)


def test_that_a_condition_is_added_by_keys_and_said_in_the_sentence(plain: Editing) -> None:
    more = plain.more
    chip = next(iter(more.chips.values()))
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    (line,) = more.lines
    assert plain.page.rules.editor.problem.text() == "Enter at least one limit."
    line.reading.setCurrentIndex(line.reading.findData("waiting"))
    line._turn()
    line.fields["warning"].setFocus()
    QTest.keyClicks(line.fields["warning"], "5")
    assert plain.page.rules.editor.sentence.text().endswith(" and Callers waiting above 5")
    more.join.chips["any"].click()
    assert plain.page.rules.editor.sentence.text().endswith(" or Callers waiting above 5")
    (rule,) = plain.save().rules
    assert rule.conditions == (*wait_rule().conditions, CROWD)
    assert rule.join is Join.ANY


def test_that_what_is_unfolded_comes_into_sight(qtbot: QtBot, plain: Editing) -> None:
    plain.page.resize(1100, 420)
    bar = plain.page.rules.editor._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == 0
    plain.more.chips["hours"].click()  # type: ignore[index] # a fold is called as its text
    qtbot.waitUntil(lambda: bar.value() > 0)


def test_that_a_condition_is_removed(qtbot: QtBot) -> None:
    full = Editing(qtbot, look_in("en"), FULL)
    full.more.lines[0].remove.click()
    assert full.save().rules[0].conditions == (FULL.conditions[0], CROWD)


def test_that_only_chosen_queues_are_looked_at(plain: Editing) -> None:
    names = [plain.more.list.item(at).text() for at in range(plain.more.list.count())]
    assert names == sorted(names)
    item = plain.more.list.item(1)
    item.setCheckState(Qt.CheckState.Checked)
    (rule,) = plain.save().rules
    assert rule.of == frozenset({item.data(Qt.ItemDataRole.UserRole)})
    assert rule_sentence(rule, look_in("en").wording).endswith("only 1 of them")


def test_that_a_queue_that_is_gone_stays_chosen_until_it_is_not(qtbot: QtBot) -> None:
    full = Editing(qtbot, look_in("en"), FULL)
    last = full.more.list.item(full.more.list.count() - 1)
    assert last.text() == "gone"
    last.setCheckState(Qt.CheckState.Unchecked)
    assert full.save().rules[0].of == frozenset({Subject("q1")})


def test_that_hours_and_the_holidays_of_the_site_are_told(plain: Editing) -> None:
    more, editor = plain.more, plain.page.rules.editor
    assert more.dates.text() == "01-13"
    more.days.chips[4].click()
    more.begins.setText("۸:۳۰")
    more.ends.setText("17:00")
    more.holidays.chips[False].click()
    more.dates.setText("01-13، ۱۴۰۵-۰۱-۰۱, 2026-12-25")
    editor._take()
    assert editor.sentence.text().endswith(
        "Sat Sun Mon Tue Wed Thu, from 08:30 to 17:00, not on holidays"
    )
    rules = plain.save()
    assert rules.rules[0].hours == Hours(
        weekdays=frozenset(range(7)) - {4}, begins=time(8, 30), ends=time(17), holidays=False
    )
    assert rules.holidays == {date(2026, 3, 21), date(2026, 12, 25)}
    assert rules.yearly == {(1, 13)}


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("begins", "25:00", "25:00"),
        ("ends", "8", "no time of the day"),
        ("dates", "1405-13-01", "1405-13-01"),
        ("dates", "tomorrow", "no day"),
    ],
)
def test_that_what_is_no_time_is_said_and_not_saved(
    plain: Editing, field: str, text: str, why: str
) -> None:
    getattr(plain.more, field).setText(text)
    plain.page.rules.editor._take()
    assert why in plain.page.rules.editor.problem.text()
    assert not plain.page.rules.editor.save_button.isEnabled()


def test_that_another_kind_of_subject_begins_without_conditions_and_chosen_ones() -> None:
    draft = replace(with_kind(draft_of(FULL), SubjectKind.AGENT), warning="60", critical="")
    rule = rule_of(draft, FULL)
    assert (rule.kind, len(rule.conditions), rule.of) == (SubjectKind.AGENT, 1, frozenset())
    assert rule.hours == FULL.hours


def test_that_a_rule_for_no_day_of_the_week_is_refused() -> None:
    draft = draft_of(FULL)
    with pytest.raises(DraftOdd):
        rule_of(replace(draft, more=replace(draft.more, weekdays=frozenset())), FULL)


def test_that_a_margin_stays_with_its_condition_when_another_one_goes() -> None:
    rule = replace(FULL, conditions=(FULL.conditions[0], CROWD, LEVEL))
    draft = draft_of(rule)
    fewer = replace(draft.more, conditions=draft.more.conditions[1:])
    assert rule_of(replace(draft, more=fewer), rule).conditions == (FULL.conditions[0], LEVEL)


def test_that_days_come_back_from_their_text() -> None:
    rules = Rules(holidays=frozenset({date(2026, 3, 21)}), yearly=frozenset({(12, 29)}))
    assert with_days(Rules(), days_typed(rules)) == rules
    by_jalali = days_typed(rules, by_jalali=True)
    assert by_jalali == "1405-01-01, 12-29"
    assert with_days(Rules(), by_jalali) == rules


def test_that_another_look_keeps_what_was_entered(plain: Editing, look: Look) -> None:
    plain.more.begins.setText("10:00")
    plain.page.rules.editor._take()
    plain.page.show_look(look)
    assert plain.more.begins.text() == look.wording.digits("10:00")


@pytest.mark.parametrize("part", list(Part))
def test_that_rules_that_are_not_kept_are_told_on_every_part(
    qtbot: QtBot, plain: Editing, part: Part
) -> None:
    page = plain.page
    page.show_not_saved("They could not be written.")
    page.open_part(part)
    assert page.notice.isVisible()
    assert page.notice.text() == "They could not be written."
    others = (page.health, {Part.NOW: page.alerts, Part.PAST: page.past}.get(part, page.rules))
    assert not any(page.notice.geometry().intersects(other.geometry()) for other in others)
    page.rules.buttons["mute"].click()
    if part is Part.RULES:
        assert page.notice.text() == "", "whether they are kept now is told anew"
