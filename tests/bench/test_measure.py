from __future__ import annotations

from importlib.util import find_spec

import pytest

from wallboard.bench.measure import Figure, Result, Wanted, percentile, told_json, told_lines
from wallboard.bench.p19 import Seen, judged
from wallboard.bench.program import TARGETS, TargetUnknown, measured


def figure(value: float, peer: float | None, limit: float | None, **more: bool) -> Figure:
    return Figure(name="x", value=value, unit="ms", peer=peer, limit=limit, **more)


def test_that_a_limit_is_of_the_ratio_where_there_is_a_peer() -> None:
    assert figure(10, 100, 0.15).reached is True
    assert figure(16, 100, 0.15).reached is False
    assert figure(16, None, 20).reached is True
    assert figure(16, 100, None).reached is None
    assert figure(30, 10, 3, at_least=True).reached is True
    assert figure(29, 10, 3, at_least=True).reached is False


def test_that_a_result_is_reached_when_all_its_figures_are() -> None:
    good, bad, told = figure(1, None, 2), figure(3, None, 2), figure(3, None, None)
    assert Result(key="p", title="t", figures=(good, told)).reached is True
    assert Result(key="p", title="t", figures=(good, bad)).reached is False
    assert Result(key="p", title="t", figures=(told,)).reached is None
    assert Result(key="p", title="t", missing="not there").reached is None


def test_that_lines_and_json_tell_value_peer_and_ratio() -> None:
    result = Result(key="p6", title="reading", figures=(figure(10, 100, 0.15),))
    assert told_lines(result)[1] == (
        "    x: 10 ms, the stock way 100 ms: 0.100x (<= 0.15: reached)"
    )
    told = told_json(result)["figures"]
    assert isinstance(told, list)
    assert isinstance(told[0], dict)
    assert told[0]["ratio"] == pytest.approx(0.1)


def test_that_what_is_missing_is_a_sentence() -> None:
    (line,) = told_lines(Result(key="p1", title="first frame", missing="it needs a duck"))
    assert line == "p1  first frame: it needs a duck"


def test_that_percentiles_are_values_that_were_there() -> None:
    values = list(range(100))
    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.99) == 99
    assert percentile([7], 0.99) == 7


def test_that_an_unknown_target_is_refused_before_anything_is_measured() -> None:
    with pytest.raises(TargetUnknown, match="p99"):
        next(measured(("p6", "p99"), Wanted(quick=True)))


def test_that_every_target_has_its_module() -> None:
    missing = [name for name in TARGETS if find_spec(f"wallboard.bench.{name}") is None]
    assert missing == []
    assert {f"p{number}" for number in (*range(1, 15), *range(16, 21))} <= set(TARGETS)


def test_that_p19_without_a_profile_says_what_it_needs() -> None:
    (result,) = measured(("p19",), Wanted())
    assert "--profile" in result.missing


def test_that_an_event_is_matched_with_the_first_paint_that_shows_it() -> None:
    def seen(what: str, caller: str, at_s: float) -> Seen:
        return Seen(what=what, queue="q", uniqueid=caller, at_s=at_s)

    result = judged(
        [seen("waits", "1", 10.0), seen("talks", "1", 12.0), seen("waits", "2", 13.0)],
        [seen("waits", "1", 10.05), seen("waits", "1", 11.0), seen("talks", "1", 12.01)],
    )
    figures = {each.name: each.value for each in result.figures}
    assert figures["callers who wait, of 2, that were shown"] == 50
    assert figures["connected calls, of 1, that were shown"] == 100
    assert figures["the latest"] == pytest.approx(50)
    assert result.reached is False
