"""Who may do what to calls and agents, as the file of settings tells it: nothing unless granted.

What cannot be read here grants nothing. A person's row that is odd in any part is left out as a
whole, for half of it could allow more than was meant; where the list of those whom nobody may
monitor cannot be read, nobody may do anything at that connection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, TypeAlias

import tomlkit
from tomlkit.items import Table

from wallboard.domain.granting import Rights
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.supervision import VOICE, WishKind
from wallboard.settings.measures import Complain, QueueChoice
from wallboard.settings.notice import Notice, notice, translate, unusable

SUPERVISION: Final = "supervision"
"""The table's name in the file."""
ANYBODY: Final = "*"
"""Whose row holds for everybody who has none."""
LEAST_MINUTES: Final = 1
MOST_MINUTES: Final = 60
USUAL_MINUTES: Final = 15
REASON_LENGTH: Final = 80
MOST_REASONS: Final = 20
ALWAYS_GRANTED: Final = frozenset({WishKind.END, WishKind.TRY_PHONE}) | VOICE
"""What is not granted by itself: who may begin may end and speak, and may try his phone."""

_CONNECTIONS: Final = "connections"
_PEOPLE: Final = "people"
_MINUTES: Final = "limit_minutes"
_REASONS: Final = "reasons"
_EXCLUDED: Final = "excluded"
_NARROWER: Final = ("queues", "groups", "agents")
_LISTS: Final = ("may", *_NARROWER)
_TELLS: Final = "tell_agent"
_ONLY_TOLD: Final = "only_told"
_SITE: Final = frozenset({_EXCLUDED, _PEOPLE, _TELLS, _ONLY_TOLD})
_WHOLE: Final = frozenset({_MINUTES, _REASONS, _CONNECTIONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one person may do at one connection.

    Attributes:
        may: The commands, each by itself.
        queues, groups: In which queues, and in which groups of queues. If both are empty: in all.
        agents: To whom. Empty: to everybody in these queues.
    """

    may: frozenset[WishKind] = frozenset()
    queues: frozenset[QueueId] = frozenset()
    groups: frozenset[str] = frozenset()
    agents: frozenset[AgentId] = frozenset()


Grants: TypeAlias = Mapping[str, Grant]
"""By the name by which a person is signed in to the computer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteGrants:
    """What was decided about one connection.

    Attributes:
        excluded: Whom nobody may monitor.
        tells: True if an agent is told, where the system can, that somebody is in the call.
        only_told: True if nobody may be in a call of whom that cannot be told.
        unread: True if the file says something of it that cannot be read.
    """

    excluded: frozenset[AgentId] = frozenset()
    tells: bool = True
    only_told: bool = False
    people: Grants = field(default_factory=lambda: MappingProxyType({}))
    unread: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """Everything that was decided about supervision.

    Attributes:
        limit_minutes: So long a monitoring lasts at most.
        reasons: To choose from. Empty: the program's own.
        connections: By the connection's name.
        unread: True if the file says something of connections that cannot be read.
    """

    limit_minutes: int = USUAL_MINUTES
    reasons: tuple[str, ...] = ()
    connections: Mapping[str, SiteGrants] = field(default_factory=lambda: MappingProxyType({}))
    unread: bool = field(default=False, compare=False)

    def without(self, connection: str) -> Supervision:
        """Return what is left when a connection is removed: another of its name has no rights."""
        left = {name: site for name, site in self.connections.items() if name != connection}
        return replace(self, connections=left)

    def site(self, connection: str) -> SiteGrants:
        """Return what was decided about a connection."""
        return self.connections.get(connection, SiteGrants())

    def excluded_of(self, connection: str) -> frozenset[AgentId]:
        """Return whom nobody may monitor at a connection."""
        return self.connections.get(connection, SiteGrants()).excluded

    def knows_excluded(self, connection: str) -> bool:
        """Return False if it cannot be told whom nobody may monitor at a connection."""
        return not (self.unread or self.connections.get(connection, SiteGrants()).unread)

    def undecided(self, connection: str) -> bool:
        """True if nothing was decided about a connection; what cannot be read may have been."""
        return connection not in self.connections and self.knows_excluded(connection)

    def grant_of(self, connection: str, person: str) -> Grant | None:
        """Return what a person was granted; what anybody was, if he has no row. None: nothing."""
        site = self.connections.get(connection)
        if site is None:
            return None
        folded = person.casefold()
        own = next((row for name, row in site.people.items() if name.casefold() == folded), None)
        return own or site.people.get(ANYBODY)

    def rights_of(
        self, connection: str, person: str, queues: Mapping[QueueId, QueueChoice]
    ) -> Rights:
        """Return a person's rights at a connection.

        Args:
            person: As he is signed in to the computer.
            queues: What was decided for the connection's queues: which groups they are in.
        """
        site = self.connections.get(connection, SiteGrants())
        rights = Rights(
            excluded=site.excluded,
            reasons=self.reasons,
            limit_s=self.limit_minutes * 60,
            tells=site.tells,
            only_told=site.only_told,
        )
        grant = self.grant_of(connection, person)
        if grant is None or not self.knows_excluded(connection):
            return rights
        return replace(
            rights,
            may=grant.may,
            agents=grant.agents or None,
            queues=_queues_of(grant, queues),
        )


AS_GRANTED: Final = Supervision()
"""Before anybody decided anything: nobody may do anything."""


def _queues_of(grant: Grant, queues: Mapping[QueueId, QueueChoice]) -> frozenset[QueueId] | None:
    if not grant.queues and not grant.groups:
        return None
    # A group without queues is nobody's; it does not become all of them.
    of_groups = [key for key, choice in queues.items() if choice.group in grant.groups]
    return grant.queues | frozenset(of_groups)


# --- reading ---------------------------------------------------------------------------------


def read_supervision(row: object, complain: Complain) -> Supervision:
    """Return what the file's table says. None: there is no such table."""
    if row is None:
        return AS_GRANTED
    if not isinstance(row, Mapping):
        complain(_odd(SUPERVISION))
        return replace(AS_GRANTED, unread=True)
    sites = row.get(_CONNECTIONS, {})
    if not _WHOLE.issuperset(row):
        # It may be a misspelt one of those that limit.
        strange = next(str(key) for key in row if key not in _WHOLE)
        complain(_odd(f"{SUPERVISION}.{strange}"))
        sites = None
    return Supervision(
        limit_minutes=_minutes(row.get(_MINUTES, USUAL_MINUTES), complain),
        reasons=_reasons(row.get(_REASONS, []), complain),
        connections={} if sites is None else _sites(sites, complain),
        unread=not isinstance(sites, Mapping),
    )


def _minutes(told: object, complain: Complain) -> int:
    whole = isinstance(told, int) and not isinstance(told, bool)
    if isinstance(told, int) and whole and LEAST_MINUTES <= told <= MOST_MINUTES:
        return told
    where = f"{SUPERVISION}.{_MINUTES}"
    complain(unusable(where, told, translate("Settings", "whole minutes, 1 to 60")))
    return USUAL_MINUTES


def _reasons(told: object, complain: Complain) -> tuple[str, ...]:
    found = _texts(told)
    fits = found is not None and len(found) <= MOST_REASONS
    if found is None or not fits or not all(reason_fits(each) for each in found):
        where = f"{SUPERVISION}.{_REASONS}"
        choices = translate("Settings", "a list of at most 20 texts of 1 to 80 letters")
        complain(unusable(where, told, choices))
        return ()
    return tuple(dict.fromkeys(found))


def reason_fits(text: str) -> bool:
    """True if a reason can be one of the site's."""
    return 0 < len(text) <= REASON_LENGTH and text.strip() == text and _plain(text)


def _plain(text: str) -> bool:
    # The joiner within Persian words is no letter, and is wanted.
    return text.replace("\u200c", "").isprintable()


def _sites(rows: object, complain: Complain) -> Mapping[str, SiteGrants]:
    if not isinstance(rows, Mapping):
        complain(_odd(f"{SUPERVISION}.{_CONNECTIONS}"))
        return {}
    return {str(name): _site(str(name), row, complain) for name, row in rows.items()}


def _site(name: str, row: object, complain: Complain) -> SiteGrants:
    where = f"{SUPERVISION}.{_CONNECTIONS}.{name}"
    excluded = _texts(row.get(_EXCLUDED, [])) if isinstance(row, Mapping) else None
    people = row.get(_PEOPLE, {}) if isinstance(row, Mapping) else None
    tells, only_told = _switches(row)
    # A key that is no key of ours may be a misspelt one of those that forbid.
    strange = isinstance(row, Mapping) and not _SITE.issuperset(row)
    unread = strange or excluded is None or tells is None or only_told is None
    if unread or excluded is None or not isinstance(people, Mapping):
        complain(_odd(where))
        return SiteGrants(unread=True)
    return SiteGrants(
        excluded=frozenset(map(AgentId, excluded)),
        tells=tells is True,
        only_told=only_told is True,
        people=_people(where, people, complain),
    )


def _switches(row: object) -> tuple[bool | None, bool | None]:
    """Return whether agents are told, and whether they must be. None: it cannot be read."""
    if not isinstance(row, Mapping):
        return None, None
    told = (row.get(_TELLS, True), row.get(_ONLY_TOLD, False))
    tells, only_told = (each if isinstance(each, bool) else None for each in told)
    return tells, only_told


def _people(where: str, rows: Mapping[object, object], complain: Complain) -> Grants:
    """Return everybody's row. Of two that are one person's, both grant nothing."""
    grants: dict[str, Grant] = {}
    folded = [str(person).casefold() for person in rows]
    for person, told in rows.items():
        grant = _grant(told)
        if folded.count(str(person).casefold()) > 1:
            complain(_twice(f"{where}.{_PEOPLE}.{person}"))
            grant = Grant()
        elif grant is None:
            complain(_odd(f"{where}.{_PEOPLE}.{person}"))
            # He has a row, so that of anybody does not hold for him.
            grant = Grant()
        grants[str(person)] = grant
    return grants


def _grant(row: object) -> Grant | None:
    """Return what a row grants. None if any of it cannot be read."""
    if not isinstance(row, Mapping) or not set(_LISTS).issuperset(row):
        return None
    if any(row.get(key) == [] for key in _NARROWER):
        return None  # nobody meant everybody by a list of none
    lists = {key: _texts(row.get(key, [])) for key in _LISTS}
    may, queues, groups, agents = (lists[key] for key in _LISTS)
    if may is None or queues is None or groups is None or agents is None:
        return None
    try:
        kinds = frozenset(map(WishKind, may)) - ALWAYS_GRANTED
    except ValueError:
        return None
    return Grant(
        may=kinds,
        queues=frozenset(map(QueueId, queues)),
        groups=frozenset(groups),
        agents=frozenset(map(AgentId, agents)),
    )


def _texts(told: object) -> list[str] | None:
    if isinstance(told, list) and all(isinstance(each, str) and each for each in told):
        return told
    return None


def _odd(name: str) -> Notice:
    return notice(
        translate(
            "Settings",
            'The rights in "{name}" of the file of settings cannot be read; they grant nothing.',
        ),
        name=name[:120],
    )


def _twice(name: str) -> Notice:
    return notice(
        translate(
            "Settings",
            'The row "{name}" of the file of settings is there twice, in capitals and in small'
            " letters; neither grants anything.",
        ),
        name=name[:120],
    )


# --- writing ---------------------------------------------------------------------------------


def write_supervision(
    document: tomlkit.TOMLDocument, before: Supervision, after: Supervision
) -> None:
    """Alter in the file what differs."""
    if before == after:
        return
    if not isinstance(document.get(SUPERVISION), Mapping):
        document.pop(SUPERVISION, None)
        document[SUPERVISION] = tomlkit.table()
    table = document[SUPERVISION]
    if not isinstance(table, Table):
        message = "the rights are no plain table"
        raise TypeError(message)
    if after.limit_minutes != before.limit_minutes:
        table[_MINUTES] = after.limit_minutes
    if after.reasons != before.reasons:
        table[_REASONS] = list(after.reasons)
    if after.connections != before.connections:
        _write_sites(table, before.connections, after.connections)


def _write_sites(
    table: Table, before: Mapping[str, SiteGrants], after: Mapping[str, SiteGrants]
) -> None:
    if not isinstance(table.get(_CONNECTIONS), Table):
        table.pop(_CONNECTIONS, None)
        table[_CONNECTIONS] = tomlkit.table(is_super_table=True)
    sites = table[_CONNECTIONS]
    for name in before:
        if name not in after:
            sites.pop(name, None)
    for name, site in after.items():
        if site != before.get(name):
            sites[name] = _site_row(site)


def _site_row(site: SiteGrants) -> Table:
    row = tomlkit.table()
    row[_EXCLUDED] = sorted(site.excluded)
    usual = SiteGrants()
    for key, chosen, unsaid in (
        (_TELLS, site.tells, usual.tells),
        (_ONLY_TOLD, site.only_told, usual.only_told),
    ):
        if chosen is not unsaid:
            row[key] = chosen
    people = tomlkit.table(is_super_table=True)
    for person, grant in site.people.items():
        told = tomlkit.table()
        told["may"] = [str(kind) for kind in WishKind if kind in grant.may]
        for key, names in (
            ("queues", grant.queues),
            ("groups", grant.groups),
            ("agents", grant.agents),
        ):
            if names:
                told[key] = sorted(names)
        people[person] = told
    if site.people:
        row[_PEOPLE] = people
    return row
