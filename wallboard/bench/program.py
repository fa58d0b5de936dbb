"""Runs the measurements that are asked for and prints what they come to."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator, Sequence

from wallboard.bench import TARGETS
from wallboard.bench.measure import Result, Wanted, told_json, told_lines


class TargetUnknown(ValueError):
    """Nothing of that name is measured."""


def main(
    names: Sequence[str] = (),
    *,
    as_json: bool = False,
    quick: bool = False,
    profile: str | None = None,
    seconds: float | None = None,
) -> int:
    """Measure and print, one target after the other.

    Args:
        names: Of TARGETS; none means all that need no real Asterisk, and P19 with a profile.
        as_json: Print one object a line.
        profile: A saved connection to a real Asterisk, for P19.
        seconds: How long to watch, where a target watches.

    Returns:
        The exit status: 1 if something was measured and missed its target.

    Raises:
        TargetUnknown: A name is none of TARGETS.
    """
    wanted = Wanted(quick=quick, profile=profile, seconds=seconds)
    missed = False
    for result in measured(names or _default(profile), wanted):
        if as_json:
            print(json.dumps(told_json(result), ensure_ascii=False), flush=True)
        else:
            print("\n".join(told_lines(result)), flush=True)
        missed = missed or result.reached is False
    return int(missed)


def measured(names: Sequence[str], wanted: Wanted) -> Iterator[Result]:
    """Yield the results of the targets, each when it is there.

    Raises:
        TargetUnknown: A name is none of TARGETS; nothing is measured then.
    """
    for name in names:
        if name not in TARGETS:
            raise TargetUnknown(f"nothing is called {name}; there are {', '.join(TARGETS)}")
    for name in names:
        try:
            target = importlib.import_module(f"wallboard.bench.{name}")
        except ModuleNotFoundError as error:
            yield Result(key=name, title="not measured", missing=_lacking(error))
            continue
        result: Result = target.measure(wanted)
        yield result


def _default(profile: str | None) -> tuple[str, ...]:
    # A soak takes hours: it is measured when it is asked for.
    wanted = [name for name in TARGETS if name != "soak"]
    return tuple(name for name in wanted if name != "p19" or profile is not None)


def _lacking(error: ModuleNotFoundError) -> str:
    return (
        f"the stock way needs {error.name}, which is not installed;"
        " install what measurements need with: pip install 'wallboard[bench]'"
    )
