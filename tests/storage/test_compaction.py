from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from support.kept_facts import MORNING, SECOND, calls, directs, spells

from wallboard.domain.agent_time import NO_AGENT_TIME, AgentTime, time_of
from wallboard.domain.coverage import MinuteSample
from wallboard.domain.totals import Totals, added, totals_of
from wallboard.storage.history import History
from wallboard.storage.reports import Kept
from wallboard.storage.rollups import INTERVAL

EVER = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
DAY = timedelta(days=1)
NOW = MORNING + 10 * DAY
SPREAD = calls(600, every=timedelta(minutes=20))


def filled(history: History) -> None:
    minute = int(MORNING.timestamp()) // 60
    samples = [MinuteSample(minute=minute + at * 60, readings={"x": 1.0}) for at in range(200)]
    history.keep([*SPREAD, *spells(400), *directs(50)], samples=samples)


def all_totals(history: History) -> Totals:
    rolled = [rollup.totals for rollup in history.queue_rollups(*EVER)]
    return added([*rolled, *map(totals_of, history.calls(*EVER))])


def all_time(history: History) -> AgentTime:
    since = history.rolled_until
    rolled = (rollup.time for rollup in history.agent_rollups(*EVER))
    return both([*rolled, time_of(history.spells(*EVER), since)])


def both(times: Iterable[AgentTime]) -> AgentTime:
    return sum(times, NO_AGENT_TIME)


def test_that_old_facts_go_and_their_figures_stay(history: History) -> None:
    filled(history)
    totals, time = all_totals(history), all_time(history)
    done = history.compact(NOW, keep=5 * DAY)
    assert done.until == history.rolled_until == NOW - 5 * DAY
    assert done.calls == 360
    assert (done.spells, done.directs) == (400, 50)
    assert 0 < done.samples < 200
    assert list(history.calls(*EVER)) == SPREAD[360:]
    assert all_totals(history) == totals
    assert all_time(history) == time
    assert history.check().sound


def test_that_compacting_again_changes_nothing(opens: Callable[[], History]) -> None:
    history = opens()
    filled(history)
    history.compact(NOW, keep=5 * DAY)
    before = list(history.queue_rollups(*EVER)), list(history.agent_rollups(*EVER))
    again = history.compact(NOW, keep=5 * DAY)
    assert (again.calls, again.spells) == (0, 0)
    history.close()
    reopened = opens()
    reopened.compact(NOW, keep=5 * DAY)
    assert (list(reopened.queue_rollups(*EVER)), list(reopened.agent_rollups(*EVER))) == before
    assert reopened.rolled_until == NOW - 5 * DAY


def test_that_compacting_in_steps_comes_to_the_same_as_at_once(
    opens: Callable[[], History],
) -> None:
    at_once, in_steps = opens(), History.in_memory()
    for history in (at_once, in_steps):
        filled(history)
    at_once.compact(NOW, keep=3 * DAY)
    for days in (9, 7, 6, 3):
        in_steps.compact(NOW - timedelta(minutes=7 * days), keep=days * DAY)
    in_steps.compact(NOW, keep=3 * DAY)
    for name in ("queue_rollups", "agent_rollups"):
        assert list(getattr(in_steps, name)(*EVER)) == list(getattr(at_once, name)(*EVER))
    in_steps.close()


def test_that_what_is_rolled_up_is_not_counted_twice_when_it_is_told_again(
    history: History,
) -> None:
    filled(history)
    totals = all_totals(history)
    history.compact(NOW, keep=5 * DAY)
    assert history.keep(SPREAD) == Kept(too_old=360, known=240)
    assert all_totals(history) == totals


def test_that_a_spell_over_the_border_is_counted_once(history: History) -> None:
    long = spells(1)[0]
    whole = type(long)(
        fact_id=long.fact_id,
        agent_id=long.agent_id,
        state=long.state,
        began_at=MORNING,
        ended_at=MORNING + 8 * DAY + 7 * SECOND,
    )
    history.keep([whole])
    history.compact(NOW, keep=5 * DAY)
    assert all_time(history).by_state == {whole.state: whole.ended_at - whole.began_at}
    history.compact(NOW, keep=4 * DAY)
    assert all_time(history).by_state == {whole.state: whole.ended_at - whole.began_at}
    history.compact(NOW, keep=DAY)
    assert list(history.spells(*EVER)) == []
    assert all_time(history).by_state == {whole.state: whole.ended_at - whole.began_at}


def test_that_rollups_begin_where_every_zones_intervals_begin(history: History) -> None:
    filled(history)
    history.compact(NOW, keep=timedelta(days=5, minutes=4))
    begins = [rollup.begin for rollup in history.queue_rollups(*EVER)]
    assert begins == sorted(begins)
    assert {begin.timestamp() % INTERVAL.total_seconds() for begin in begins} == {0}
    window = (MORNING, MORNING + DAY)
    some = list(history.queue_rollups(*window))
    assert added(one.totals for one in some).offered == 72


def test_that_a_limit_of_size_lets_the_oldest_days_go_but_never_the_last(
    opens: Callable[[], History],
) -> None:
    history = opens()
    history.keep(calls(20_000, every=timedelta(seconds=40)))
    now = MORNING + 20_000 * 40 * SECOND
    totals = all_totals(history)
    size = history.info().size
    done = history.compact(now, size_limit=size * 2)
    assert done.calls == 0
    done = history.compact(now, size_limit=1)
    assert done.size_before == size
    assert all_totals(history) == totals
    assert all(one.entered_at >= now - DAY - INTERVAL for one in history.calls(*EVER))
    assert history.info().rows["calls"] in range(2160, 2160 + 23)


def test_that_nothing_goes_without_a_limit(history: History) -> None:
    filled(history)
    assert history.compact(NOW).calls == 0
    assert history.rolled_until is None
    assert list(history.calls(*EVER)) == SPREAD
