"""Alerts as messages: what, how bad, of whom, since when; nobody's name who is not to be named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from support.alert_events import alert_event
from support.clocks import NOON

from wallboard.domain.alert import News, Subject, SubjectKind
from wallboard.domain.delivery import outward
from wallboard.domain.severity import Severity
from wallboard.ui.alert_message import (
    MOST_TOLD,
    Letterhead,
    head_of,
    post_of,
    reading_of,
    trial_post,
)
from wallboard.ui.wording import Wording

ENGLISH = Wording()
PERSIAN = Wording(
    language="fa",
    words={
        ("AlertMessage", "{severity}: {rule}"): "{severity}: {rule}",
        ("AlertMessage", "Critical"): "بحرانی",
        ("AlertMessage", "an agent"): "یک کارشناس",
        ("Rule", "Long wait"): "انتظار طولانی",
    },
)
TEHRAN = ZoneInfo("Asia/Tehran")
HEAD = Letterhead(site="Tehran", zone=TEHRAN, wording=ENGLISH)


def test_that_a_message_says_all_that_one_must_know() -> None:
    post = post_of([alert_event()], HEAD, NOON, names=False)
    assert post.title == "Critical: Somebody waits too long (the support)"
    lines = post.text.splitlines()
    assert lines.pop(1).endswith(": 3:12, limit 2:00")
    assert lines == [
        "Critical: Somebody waits too long (the support)",
        "2026-11-22, 15:30:01",
        "",
        "Wallboard, Tehran",
    ]
    assert (post.rtl, post.language) == (False, "en")


@pytest.mark.parametrize(
    ("news", "head"),
    [
        (News.FIRED, "Critical: "),
        (News.WORSE, "Worse, Critical: "),
        (News.BETTER, "Better, Critical: "),
        (News.OVER, "Over: "),
        (News.UNSTABLE, "Comes and goes: "),
        (News.STEADY, "Steady, Critical: "),
        (News.FREE_AGAIN, "Nobody has it, Critical: "),
    ],
)
def test_that_each_piece_of_news_is_told_apart(news: News, head: str) -> None:
    assert head_of(alert_event(news=news), ENGLISH, names=False).startswith(head)


def test_that_persian_has_its_words_its_digits_and_its_days() -> None:
    event = replace(alert_event(), rule_name="Long wait")
    post = post_of([event], replace(HEAD, wording=PERSIAN), NOON, names=False)
    assert "بحرانی: \u2068انتظار طولانی\u2069" in post.title
    assert "۳:۱۲" in post.text
    assert "۱۴۰۵/۰۹/۰۱" in post.text
    assert (post.rtl, post.language) == (True, "fa")


@pytest.mark.parametrize(
    ("key", "kind", "reading", "limit", "told"),
    [
        ("waiting", SubjectKind.QUEUE, 7.0, 5.0, ": 7, limit 5"),
        ("service_level@last_30", SubjectKind.QUEUE, 0.5, 0.7, ": 50.0%, limit 70.0%"),
        ("wrap_up_for", SubjectKind.AGENT, 661.0, None, ": 11:01"),
        ("waiting", SubjectKind.QUEUE, None, 5.0, ""),
        ("unheard_of", SubjectKind.QUEUE, 1.0, 2.0, ""),
    ],
)
def test_that_a_reading_is_told_in_its_unit(
    key: str, kind: SubjectKind, reading: float | None, limit: float | None, told: str
) -> None:
    event = replace(alert_event(kind=kind), reading_key=key, reading=reading, limit=limit)
    assert reading_of(event, ENGLISH).endswith(told)


def test_that_agents_are_named_only_where_they_may_be() -> None:
    event = alert_event(subject="1001", kind=SubjectKind.AGENT)
    hidden = post_of([event], HEAD, NOON, names=False)
    assert "1001" not in f"{hidden.title}{hidden.text}{hidden.post_id}"
    assert "(an agent)" in hidden.title
    assert "the 1001" in post_of([event], HEAD, NOON, names=True).title


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (SubjectKind.SITE, "(the whole site)"),
        (SubjectKind.SOURCE, "(the connection to the call center)"),
    ],
)
def test_that_what_has_no_name_is_named_by_what_it_is(kind: SubjectKind, told: str) -> None:
    event = replace(alert_event(kind=kind), subject=Subject(""), subject_name="")
    assert head_of(event, ENGLISH, names=False).endswith(told)


def test_that_several_are_one_message_the_latest_in_its_title() -> None:
    events = [alert_event(number) for number in range(MOST_TOLD + 3)]
    over = alert_event(99, News.OVER)
    post = post_of([*events, over], HEAD, NOON, names=False)
    assert post.title.startswith(f"{MOST_TOLD + 4} messages about alerts; the latest: Over: ")
    assert post.text.count("limit 2:00") == MOST_TOLD
    assert "and 4 more" in post.text
    assert len(post.events) == MOST_TOLD + 4


def test_that_an_id_is_of_these_events_and_tells_nothing_of_them() -> None:
    one, other = alert_event(1), alert_event(2)
    assert post_of([one], HEAD, NOON, names=False).post_id == outward(one.event_id)
    both = post_of([one, other], HEAD, NOON, names=False).post_id
    assert both != post_of([one], HEAD, NOON, names=False).post_id
    assert both == post_of([one, other], HEAD, NOON + timedelta(days=1), names=True).post_id


HOSTILE = "\u202eevil\x00\r\nSubject: x\u2066" + "و" * 9000


def test_that_names_of_strangers_stay_names() -> None:
    event = replace(alert_event(), subject_name=HOSTILE, rule_name=HOSTILE)
    for wording in (ENGLISH, PERSIAN):
        head = replace(HEAD, site=HOSTILE, wording=wording)
        post = post_of([event], head, NOON, names=True)
        assert "\n" not in post.title
        assert "\r" not in post.text
        assert not set("\u202e\x00") & set(post.title + post.text)
        assert len(post.title) < 200


def test_that_a_severity_is_told_as_a_word() -> None:
    assert head_of(alert_event(severity=Severity.WARNING), ENGLISH, names=False).startswith(
        "Warning: "
    )


def test_that_a_trial_says_that_nothing_has_happened() -> None:
    post = trial_post(HEAD, NOON)
    assert post.text.startswith("Nothing has happened.")
    assert post.events == ()
    assert post.post_id != trial_post(HEAD, NOON + timedelta(seconds=1)).post_id
