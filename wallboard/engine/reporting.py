"""Reports: every kind of them is a few tables over the same sums that the board is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final, TypeAlias

from wallboard.domain.coverage import Witness, coverage_of
from wallboard.domain.measuring import LevelKind, QueueRule
from wallboard.domain.reporting import Chart, ChartKind, Grounds, Report, ReportKind, Table
from wallboard.domain.snapshot import QueueId
from wallboard.engine import reporting_lists as lists
from wallboard.engine import reporting_people as people
from wallboard.engine import reporting_rows as rows
from wallboard.engine import reporting_usual as usual
from wallboard.engine.reporting_keys import definitions_in
from wallboard.engine.reporting_material import Material, ReportAsk
from wallboard.engine.reporting_rows import Standing

_Maker: TypeAlias = Callable[[Standing], Table | None]


def report_of(asked: ReportAsk, material: Material) -> Report:
    """Return the report. Ratios are formed of sums, once; what is not known stays None."""
    standing = Standing(asked, material)
    tables = tuple(table for make in _TABLES[asked.kind] if (table := make(standing)) is not None)
    keys = tuple(table.key for table in tables)
    return Report(
        kind=asked.kind,
        grounds=grounds_of(standing),
        tables=tables,
        charts=tuple(chart for chart in _CHARTS if _drawn(chart, tables)),
        definitions=definitions_in(keys),
    )


def grounds_of(standing: Standing) -> Grounds:
    """Return what a report rests on."""
    asked, coverage = standing.asked, standing.coverage
    zone = asked.zone
    before = standing.material.sums_before
    return Grounds(
        begin=asked.window.begin.astimezone(zone),
        end=asked.window.end.astimezone(zone),
        site=asked.site,
        shift=asked.window.name,
        profile=profile_line(standing),
        covered=coverage.share,
        hours_covered=_hours_covered(standing),
        gaps=tuple((gap.begin.astimezone(zone), gap.end.astimezone(zone)) for gap in coverage.gaps),
        zone=asked.zone_name,
        made_at=asked.until.astimezone(zone),
        made_by=asked.made_by,
        journal_head=asked.journal_head,
        masked=asked.masked,
        running=asked.running,
        chosen=asked.chosen,
        sums_before=None if before is None else before.astimezone(zone),
        damaged=standing.material.damaged,
    )


def _hours_covered(standing: Standing) -> float | None:
    material, window = standing.material, standing.asked.window
    watched = [each for each in material.stretches if each.witness is not Witness.TOLD]
    if standing.time is None or len(watched) == len(material.stretches):
        return None
    share = coverage_of(watched, window.begin, window.end).share
    return None if share == standing.coverage.share else share


def profile_line(standing: Standing) -> str:
    """Return how the calls of a report are measured, as keys and values in one line.

    `target=source` is the time to answer that the system itself tells. Where queues differ, there
    is one part a rule, with `; ` between, that names its queues.
    """
    measuring = standing.asked.measuring
    members: dict[QueueRule, list[str]] = {}
    for queue_id in standing.queues:
        for rule in _held(standing, queue_id):
            members.setdefault(rule, []).append(standing.asked.queue(queue_id))
    known = standing.material.booked.thresholds is not None
    if len(members) < 2:
        return _rule_line(next(iter(members), measuring.usual), known=known)
    return "; ".join(
        f"{_rule_line(rule, known=known)} queues="
        f"{','.join(name.replace(' ', _NO_BREAK) for name in names)}"
        for rule, names in members.items()
    )


def _held(standing: Standing, queue_id: QueueId) -> list[QueueRule]:
    """Return the rules by which a queue's calls were counted: each by that of its own time."""
    rule = standing.asked.measuring.rule(queue_id)
    told = (standing.material.booked.thresholds or {}).get(queue_id, frozenset())
    held = {
        replace(
            rule,
            target=rule.target if rule.target is None or target is None else target,
            short=rule.short if short is None else short,
        )
        for target, short in told
    }
    return sorted(held or {rule}, key=lambda each: (each.target or _NO_TIME, each.short))


_NO_TIME: Final = timedelta()
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_SWITCHES: Final = ("flow_outs", "no_short_abandons", "no_abandons")


def _rule_line(rule: QueueRule, *, known: bool) -> str:
    target = "source" if rule.target is None else f"{rule.target.total_seconds():g}s"
    parts = [f"kind={rule.level.kind}"]
    if rule.level.kind is LevelKind.GENESYS:
        parts += [f"{name}=yes" for name in _SWITCHES if getattr(rule.level, name)]
    if known:
        parts += [f"target={target}", f"short={rule.short.total_seconds():g}s"]
    parts.append(f"goal={rule.goal:.2f}")
    return " ".join(parts)


# Which tables a kind has


def _queues(standing: Standing) -> Table:
    return rows.queues(standing)


def _queue_figures(standing: Standing) -> Table:
    return rows.queues(standing, "queue_figures")


def _intervals(standing: Standing) -> Table:
    return rows.intervals(standing, "days" if standing.asked.daily else "intervals")


def _interval_figures(standing: Standing) -> Table:
    return rows.intervals(standing, "days" if standing.asked.daily else "interval_figures")


def _agents(standing: Standing) -> Table | None:
    return people.agents(standing, "agents")


def _agent_figures(standing: Standing) -> Table | None:
    return people.agents(standing, "agent_figures")


_TABLES: Final[Mapping[ReportKind, tuple[_Maker, ...]]] = {
    ReportKind.SHIFT: (
        rows.team,
        _queues,
        rows.groups,
        _intervals,
        _agents,
        lists.breaches,
        lists.commands,
        lists.call_backs,
        lists.gaps,
    ),
    ReportKind.AGENT: (
        _agent_figures,
        people.agent_states,
        people.agent_breaks,
        people.time_sheet,
    ),
    ReportKind.QUEUE: (
        _queue_figures,
        rows.groups,
        rows.waits,
        rows.queue_waits,
        _intervals,
    ),
    ReportKind.INTERVAL: (_interval_figures, rows.queue_intervals),
    ReportKind.CALLS: (rows.team, lists.calls),
    ReportKind.LOST: (
        lists.lost_summary,
        lists.lost_queues,
        lists.call_backs,
        lists.recovered,
        lists.withheld,
    ),
    ReportKind.DIRECTIONS: (
        lists.directions,
        lists.direction_intervals,
        lists.agent_directions,
        lists.direct_calls,
    ),
    ReportKind.WEEKDAY: (usual.weekdays, usual.usual_intervals),
}

# Which pictures go with which tables; the first of a kind of report is the one that matters most.

_ARRIVALS: Final = ("offered", "answered", "abandoned")
_CHARTS: Final = (
    Chart(
        key="arrivals",
        kind=ChartKind.LINES,
        table="intervals",
        along="begin",
        series=_ARRIVALS,
    ),
    Chart(
        key="arrivals",
        kind=ChartKind.LINES,
        table="interval_figures",
        along="begin",
        series=_ARRIVALS,
    ),
    Chart(key="arrivals", kind=ChartKind.BARS, table="days", along="day", series=_ARRIVALS),
    Chart(
        key="levels",
        kind=ChartKind.LINES,
        table="intervals",
        along="begin",
        series=("service_level", "abandon_rate"),
    ),
    Chart(
        key="levels",
        kind=ChartKind.LINES,
        table="interval_figures",
        along="begin",
        series=("service_level", "abandon_rate"),
    ),
    Chart(
        key="levels",
        kind=ChartKind.LINES,
        table="days",
        along="day",
        series=("service_level", "abandon_rate"),
    ),
    Chart(
        key="queues",
        kind=ChartKind.BARS,
        table="queue_figures",
        along="queue",
        series=("answered", "abandoned"),
    ),
    Chart(
        key="waits",
        kind=ChartKind.BARS,
        table="waits",
        along="up_to",
        series=("answered", "abandoned"),
    ),
    Chart(
        key="states",
        kind=ChartKind.STACK,
        table="agent_states",
        along="agent",
        series=("in_call", "free", "wrap_up", "on_break"),
    ),
    Chart(
        key="directions",
        kind=ChartKind.LINES,
        table="direction_intervals",
        along="begin",
        series=("queue_calls", "incoming", "outgoing"),
    ),
    Chart(
        key="usual",
        kind=ChartKind.LINES,
        table="usual_intervals",
        along="begin",
        series=("service_level", "service_level_usual"),
    ),
    Chart(
        key="lost",
        kind=ChartKind.STACK,
        table="lost_queues",
        along="queue",
        series=("open", "recovered", "withheld"),
    ),
)
_LEAST_DRAWN: Final = 2


def _drawn(chart: Chart, tables: Iterable[Table]) -> bool:
    """True if the picture's table is there with something to draw."""
    return any(table.key == chart.table and len(table.rows) >= _LEAST_DRAWN for table in tables)
