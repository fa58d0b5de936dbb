from __future__ import annotations

from wallboard.engine.ledger import TREND_MINUTES
from wallboard.engine.trends import Trend, sampled, series, skipped


def lived(*minutes: tuple[int, float | None]) -> Trend:
    """Return the trend after those minutes began; None is a reading that nobody knows."""
    trend = Trend()
    for minute, waiting in minutes:
        trend = sampled(trend, minute, None if waiting is None else {"waiting": waiting})
    return trend


def test_that_a_point_is_what_holds_when_its_minute_ends() -> None:
    trend = lived((100, 9), (101, 1), (102, 2))
    assert trend.minute == 102
    assert trend.points == {100: {"waiting": 1}, 101: {"waiting": 2}}
    assert series(trend, "waiting")[-3:] == (None, 1, 2)


def test_that_a_minute_that_was_not_seen_is_a_gap() -> None:
    trend = lived((100, 0), (101, 1), (102, None), (103, 3))
    assert series(trend, "waiting")[-4:] == (None, 1, None, 3)


def test_that_of_many_minutes_at_once_only_the_last_was_seen() -> None:
    assert lived((100, 0), (110, 5)).points == {109: {"waiting": 5}}


def test_that_time_that_goes_back_changes_nothing() -> None:
    trend = lived((100, 0), (101, 1))
    assert sampled(trend, 101, {"waiting": 7}) is trend
    assert sampled(trend, 99, {"waiting": 7}) is trend


def test_that_what_is_older_than_an_hour_is_forgotten() -> None:
    trend = lived(*((minute, minute) for minute in range(100, 300)))
    assert len(trend.points) == TREND_MINUTES
    assert series(trend, "waiting") == tuple(range(240, 300))


def test_that_there_are_sixty_gaps_before_anything_was_seen() -> None:
    assert series(Trend(), "waiting") == (None,) * TREND_MINUTES


def test_that_a_reading_nobody_takes_is_a_gap() -> None:
    assert series(lived((100, 0), (101, 1)), "unheard_of") == (None,) * TREND_MINUTES


def test_that_skipped_minutes_leave_no_point() -> None:
    trend = skipped(lived((100, 0), (101, 1)), 120)
    assert trend.minute == 120
    assert trend.points == {100: {"waiting": 1}}
    assert skipped(Trend(), 5) == Trend()


def test_that_the_first_minute_that_was_looked_at_is_remembered() -> None:
    assert Trend().begun is None
    assert lived((100, 0), (101, 1), (300, 2)).begun == 100
    assert skipped(lived((100, 0)), 110).begun == 100
