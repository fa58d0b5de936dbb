"""How facts that are told become rows: each fact once, and what two witnesses know together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final, Generic, NamedTuple, TypeVar

from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Fact,
    FactId,
    later_names,
    merged,
    same_visit,
)
from wallboard.domain.snapshot import AgentState
from wallboard.storage.database import Database
from wallboard.storage.reports import Kept
from wallboard.storage.rows import (
    CALLS,
    DIRECTS,
    SPELLS,
    TOGETHER,
    Form,
    Row,
    instant_us,
    stored_text,
)
from wallboard.storage.visits import Visits

MANY: Final = 256
"""How many rows are asked for by their names at once; as many as the statement takes."""

FEW: Final = 20
_NEAR: Final = timedelta(hours=6)
_Told = TypeVar("_Told", bound=CallRecord | AgentSpell | DirectCall)


def keep_calls(
    database: Database,
    visits: Visits,
    told: Iterable[CallRecord],
    news: list[Fact] | None = None,
) -> Kept:
    """Keep calls, within a transaction.

    Args:
        news: Is given what is known now and was not before. None: nobody wants to know.
    """
    calls = sorted(told, key=attrgetter("entered_at"))
    kept = Kept()
    for near in _runs(calls):
        visits.look(near)
        rest = near
        while rest:
            # Those whose name another one has of the same telling have to wait.
            wanted = _wanted(visits, rest)
            kept += _keep_wanted(database, wanted, len(rest) - len(wanted.later), news)
            rest = wanted.later
    return kept


def _runs(calls: Sequence[CallRecord]) -> Iterable[Sequence[CallRecord]]:
    """Cut calls in order of arrival where none arrived for long, so as not to read in between."""
    begun = 0
    one_run = not calls or calls[-1].entered_at - calls[0].entered_at <= _NEAR
    for at in range(1, 1 if one_run else len(calls)):
        if calls[at].entered_at - calls[at - 1].entered_at > _NEAR:
            yield calls[begun:at]
            begun = at
    if calls:
        yield calls[begun:]


class _Wanted(NamedTuple):
    """What is to be kept.

    Attributes:
        calls: By the name that each visit has or gets.
        aliases: By what other names it was told.
        later: Other visits that were told under one of these names.
    """

    calls: dict[FactId, CallRecord]
    aliases: dict[FactId, set[FactId]]
    later: Sequence[CallRecord] = ()


def _wanted(visits: Visits, calls: Sequence[CallRecord]) -> _Wanted:
    # Nearly always all of them are strangers, to each other too; that is found out at once.
    wanted = {call.fact_id: call for call in calls}
    if len(wanted) < len(calls) or not visits.add_strangers(calls):
        return _recognised(visits, calls)
    return _Wanted(wanted, {})


def _keep_wanted(database: Database, wanted: _Wanted, told: int, news: list[Fact] | None) -> Kept:
    # What comes under another name than its own is there already. Who wants to know what was
    # new has it looked for first.
    calls, aliases = wanted.calls, wanted.aliases
    look = bool(aliases) or news is not None
    new = 0 if look else _inserted(database, CALLS, list(calls.values()))
    if new and new == len(calls):
        return Kept(new=new, known=told - new)
    found = _found(database, CALLS, {*calls, *(one for many in aliases.values() for one in many)})
    changes = _Changes(database, CALLS, news)
    others: list[CallRecord] = []
    for name, call in calls.items():
        names = (name, *aliases.get(name, ()))
        rows = [found[one] for one in names if one in found and _may_be(found[one], call)]
        if rows or name not in found:
            changes.note(rows, call, _merged)
        else:
            others.append(replace(call, fact_id=name))
    _note_others(database, changes, others)
    return Kept(new=new) + changes.made(told - new)


def _may_be(row: _Row[CallRecord], call: CallRecord) -> bool:
    return row.value is None or same_visit(row.value, call)


def _note_others(
    database: Database, changes: _Changes[CallRecord], calls: Sequence[CallRecord]
) -> None:
    """Note visits whose name another visit has: they are kept under one of their own."""
    names = {name for call in calls for name in later_names(call)}
    found = _found(database, CALLS, names) if names else {}
    for call in calls:
        # Under the same second is only the same visit.
        rows = [found[name] for name in later_names(call) if name in found]
        changes.note(rows[:1], replace(call, fact_id=later_names(call)[0]), _merged)


def _recognised(visits: Visits, calls: Iterable[CallRecord]) -> _Wanted:
    wanted: dict[FactId, CallRecord] = {}
    aliases: dict[FactId, set[FactId]] = {}
    later: list[CallRecord] = []
    for call in calls:
        known = visits.same(call)
        name = call.fact_id if known is None else known
        before = wanted.get(name)
        if before is not None and not same_visit(before, call):
            later.append(call)
            continue
        if known is None:
            visits.add(call)
        elif name != call.fact_id:
            aliases.setdefault(name, set()).add(call.fact_id)
        wanted[name] = call if before is None else _merged(before, call)
    return _Wanted(wanted, aliases, later)


def keep_directs(
    database: Database, told: Iterable[DirectCall], news: list[Fact] | None = None
) -> Kept:
    """Keep calls that went through no queue, within a transaction; `news` as in `keep_calls`."""
    calls = list(told)
    wanted: dict[FactId, DirectCall] = {}
    for call in calls:
        before = wanted.get(call.fact_id)
        wanted[call.fact_id] = call if before is None else _learned(before, call)
    new = _inserted(database, DIRECTS, list(wanted.values())) if news is None else 0
    if new and new == len(wanted):
        return Kept(new=new, known=len(calls) - new)
    found = _found(database, DIRECTS, wanted)
    changes = _Changes(database, DIRECTS, news)
    for name, call in wanted.items():
        changes.note([found[name]] if name in found else [], call, _learned)
    return Kept(new=new) + changes.made(len(calls) - new)


def keep_spells(
    database: Database, told: Iterable[AgentSpell], news: list[Fact] | None = None
) -> Kept:
    """Keep spells, within a transaction: those of one state that overlap become one.

    `news` as in `keep_calls`.
    """
    spells = sorted(told, key=lambda spell: (spell.agent_id, spell.began_at))
    changes: _Changes[AgentSpell] = _Changes(database, SPELLS, news)
    named = _found(database, SPELLS, {spell.fact_id for spell in spells})
    for agent_id, group in groupby(spells, key=lambda spell: spell.agent_id):
        joined = _joined(list(group))
        begin = min(spell.began_at for spell in joined)
        end = max(spell.ended_at for spell in joined)
        lines = database.rows(
            "spells of agent", stored_text(agent_id), instant_us(begin), instant_us(end)
        )
        there: list[_Row[AgentSpell]] = [_Row(line[0], SPELLS.unpacked(line[1:])) for line in lines]
        for spell in joined:
            same = _same_spells(there, spell)
            by_name = named.get(spell.fact_id)
            if by_name is not None and all(row.seq != by_name.seq for row in same):
                same.insert(0, by_name)
            gone = {row.seq for row in same}
            there = [row for row in there if row.seq not in gone]
            # What it has become may take in the next one, too.
            there += changes.note(same, spell, _union)
    return changes.made(len(spells))


@dataclass(frozen=True, slots=True)
class _Row(Generic[_Told]):
    """A row that is there; its value is None if it is damaged."""

    seq: int
    value: _Told | None


class _Changes(Generic[_Told]):
    """What is to be done to a table, collected to be done at once."""

    def __init__(
        self, database: Database, form: Form[_Told], news: list[Fact] | None = None
    ) -> None:
        self._database = database
        self._news = news
        self._form: Form[_Told] = form
        self._new: list[_Told] = []
        self._better: dict[int, _Told] = {}
        self._gone: list[Row] = []

    def note(
        self, rows: Sequence[_Row[_Told]], told: _Told, both: Callable[[_Told, _Told], _Told]
    ) -> list[_Row[_Told]]:
        """Note what becomes of rows that are all of one fact, now that it is told once more.

        Returns:
            The row that it is in; nothing if it will be a new one.
        """
        if not rows:
            self._new.append(told)
            return []
        first, *others = rows
        best = first.value
        for value in (*(other.value for other in others), told):
            if value is not None:
                best = value if best is None else both(best, value)
        if best is not None and best != first.value:
            self._better[first.seq] = best
        self._gone += [(other.seq,) for other in others]
        return [_Row(first.seq, best)]

    def made(self, told: int) -> Kept:
        """Do it; return what became of so many facts."""
        name, pack = self._form.table, self._form.packed
        self._database.run_many(f"delete {name}", self._gone)
        better: list[Row] = pack(self._better.values())
        self._database.run_many(
            f"update {name}",
            [(*cells, seq) for seq, cells in zip(self._better, better, strict=True)],
        )
        new = _kept_new(self._database, self._form, self._new)
        if self._news is not None:
            self._news += (*self._new, *self._better.values())
        improved = len(self._better)
        return Kept(new=new, improved=improved, known=told - new - improved)


def _inserted(database: Database, form: Form[_Told], values: list[_Told]) -> int:
    """Keep those of the values whose names are new; return how many these are."""
    # Who imports twice imports everything twice: one question saves writing what is there.
    many = len(values) > FEW
    if many and database.rows(f"known {form.table}", stored_text(values[0].fact_id)):
        return 0
    return _kept_new(database, form, values)


def _kept_new(database: Database, form: Form[_Told], values: list[_Told]) -> int:
    """Keep those of the values whose names are new; return how many these are."""
    new, whole = 0, len(values) - len(values) % TOGETHER
    # Many rows in a statement take two thirds of the time of as many statements.
    for at in range(0, whole, TOGETHER):
        cells = form.flat(values[at : at + TOGETHER])
        new += database.run(f"keep many {form.table}", *cells)
    return new + database.run_many(f"keep {form.table}", form.packed(values[whole:]))


def _found(
    database: Database, form: Form[_Told], names: Collection[FactId]
) -> dict[FactId, _Row[_Told]]:
    """Return the rows that are there under these names."""
    found: dict[FactId, _Row[_Told]] = {}
    by_text = {stored_text(name): name for name in names}
    texts = list(by_text)
    for at in range(0, len(texts), MANY):
        some = texts[at : at + MANY]
        # The statement takes so many names; one that is there twice does no harm.
        some += [some[0]] * (MANY - len(some)) if len(some) > 1 else []
        question = f"known many {form.table}" if len(some) > 1 else f"known {form.table}"
        for line in database.rows(question, *some):
            name = by_text.get(line[1])
            if name is not None:
                found[name] = _Row(line[0], form.unpacked(line[1:]))
    return found


def _merged(kept: CallRecord, told: CallRecord) -> CallRecord:
    return kept if told == kept else merged(kept, told)


def _learned(kept: DirectCall, told: DirectCall) -> DirectCall:
    """Return what is kept, with what it left open."""
    learned = {
        item.name: getattr(told, item.name)
        for item in fields(DirectCall)
        if getattr(kept, item.name) is None and getattr(told, item.name) is not None
    }
    return replace(kept, **learned) if learned else kept


def _same_spells(there: Sequence[_Row[AgentSpell]], told: AgentSpell) -> list[_Row[AgentSpell]]:
    """Return the rows that are one spell with what is told."""
    same: list[_Row[AgentSpell]] = []
    for row in there:
        # What has no reason may be of any, but of one only.
        if row.value is not None and _is_same(row.value, told):
            same.append(row)
            told = _union(told, row.value)
    return same


def _is_same(kept: AgentSpell, told: AgentSpell) -> bool:
    """True if both tell of one spell: the agent is the same one already."""
    if kept.state is not told.state:
        return False
    # Two breaks of different reasons that overlap by the second by which clocks differ stay two.
    if kept.reason is not None and told.reason is not None and kept.reason != told.reason:
        return False
    if (kept.began_at, kept.ended_at) == (told.began_at, told.ended_at):
        return True
    return kept.began_at < told.ended_at and told.began_at < kept.ended_at


def _union(kept: AgentSpell, told: AgentSpell) -> AgentSpell:
    best = replace(
        kept,
        began_at=min(kept.began_at, told.began_at),
        ended_at=max(kept.ended_at, told.ended_at),
        reason=told.reason if kept.reason is None else kept.reason,
    )
    return kept if best == kept else best


def _joined(spells: Sequence[AgentSpell]) -> list[AgentSpell]:
    """Return one agent's spells, in order of their begin, those that are one made one."""
    joined: list[AgentSpell] = []
    last: dict[AgentState, int] = {}
    for spell in spells:
        at = last.get(spell.state)
        if at is not None and (joined[at].fact_id == spell.fact_id or _is_same(joined[at], spell)):
            joined[at] = _union(joined[at], spell)
            continue
        last[spell.state] = len(joined)
        joined.append(spell)
    return joined
