"""The ways out that the user chose, put together: their kinds, their secrets, their words."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from wallboard.delivery.kinds import WAY_KINDS
from wallboard.delivery.ledger import Taker
from wallboard.delivery.reaching import bad_setting
from wallboard.delivery.way import Way, WayKind
from wallboard.domain.alert import AlertEvent
from wallboard.domain.clock import Clock
from wallboard.domain.delivery import NotDelivered, Post
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.severity import Severity
from wallboard.runtime.delivering import Compose, Delivering, Exit
from wallboard.settings.model import KeptIn, Least, Settings, WayOut
from wallboard.settings.paths import Places
from wallboard.settings.secrets import (
    SecretPlace,
    Secrets,
    SecretsUnavailable,
    from_environment,
    remember,
)
from wallboard.settings.ways_out import WayLeadsElsewhere, recalled_secrets, secrets_name
from wallboard.ui.alert_message import Letterhead, post_of, trial_post

_LEAST: Final = {Least.WARNING: Severity.WARNING, Least.CRITICAL: Severity.CRITICAL}


def way_of(way_out: WayOut, places: Places, environ: Mapping[str, str]) -> Way:
    """Return a way out with its secrets, ready to send. May wait for a keyring.

    Raises:
        NotDelivered: It cannot be used.
    """
    kind = WAY_KINDS.get(way_out.kind)
    if kind is None:
        raise bad_setting("kind", "there is no such kind of way out")
    return kind.made({**way_out.fields, **_secrets(way_out, kind, places, environ)})


def _secrets(way_out: WayOut, kind: WayKind, places: Places, environ: Mapping[str, str]) -> Secrets:
    """Return a way's secrets: what the environment holds goes before what is kept.

    Raises:
        NotDelivered: They cannot be read, or those that were kept are not there.
    """
    told = from_environment(secrets_name(way_out.name), kind.secret_keys, environ)
    remember(told)
    if told or way_out.secret in (KeptIn.NONE, KeptIn.ASK):
        return told
    try:
        kept = recalled_secrets(SecretPlace(places), way_out, kind.fields)
    except SecretsUnavailable as error:
        raise _no_secret("it cannot be read where it is kept") from error
    except WayLeadsElsewhere as error:
        raise _no_secret("it was told for another address") from error
    if not kept:
        raise _no_secret("it is not there any more")
    return kept


def _no_secret(reason: str) -> NotDelivered:
    return NotDelivered(fault(FaultKind.NO_SECRET, reason=reason), lasting=True)


def delivering_of(
    settings: Settings,
    places: Places,
    letterhead: Callable[[], Letterhead],
    clock: Clock,
    changed: Callable[[], None] = lambda: None,
) -> Delivering | None:
    """Return what tells alerts by the ways that the user chose. None if there are none.

    Args:
        letterhead: Asked for each message, by any thread: the language may be another one.
        changed: As Delivering has it.
    """
    exits = _exits(settings, places)
    if not exits:
        return None
    compose = _composer(settings, letterhead)
    return Delivering(exits, compose=compose, clock=clock, changed=changed)


def choose_ways(
    delivering: Delivering,
    settings: Settings,
    places: Places,
    letterhead: Callable[[], Letterhead],
) -> None:
    """Have alerts told by the ways that the user chose anew; there may be none."""
    delivering.choose(_exits(settings, places), _composer(settings, letterhead))


def _exits(settings: Settings, places: Places) -> list[Exit]:
    return [
        Exit(taker=_taker(way), made=partial(way_of, way, places, os.environ))
        for way in settings.ways
        if way.on
    ]


def _composer(settings: Settings, letterhead: Callable[[], Letterhead]) -> Compose:
    named = {way.name for way in settings.ways if way.names}

    def compose(events: Sequence[AlertEvent], way: str, at: datetime) -> Post:
        return post_of(events, letterhead(), at, names=way in named)

    return compose


def _taker(way_out: WayOut) -> Taker:
    kind = WAY_KINDS.get(way_out.kind)
    return Taker(
        way=way_out.name,
        least=_LEAST[way_out.least],
        together=1 if kind is None else kind.together,
    )


def try_way(way_out: WayOut, places: Places, letterhead: Letterhead, now: datetime) -> None:
    """Send a trial by a way; returns once it was taken. May take twenty seconds.

    Raises:
        NotDelivered: It was not taken.
    """
    way_of(way_out, places, os.environ).send(trial_post(letterhead, now))
