"""Service levels: one name, nine meanings, and which of them may stand side by side.

Of a call that nobody can decide, because its wait or its target is not known or because it still
waits within the target, no meaning makes a failure or a success: it is in no denominator that
would have to decide it. Calls whose end nobody saw are in none at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from wallboard.domain.measuring import LevelKind, LevelProfile
from wallboard.domain.totals import Totals
from wallboard.domain.value import value
from wallboard.engine.marks import translate

Parts: TypeAlias = tuple[int, int]
"""Numerator and denominator."""

LEVEL_CONTEXT: Final = "Level"
"""Where the translations of what this module says are kept."""


def decided(totals: Totals) -> int:
    """Return the offered calls of which it is known whether they were answered in target.

    Who still waits within the target is not a failure yet, and who was lost from sight is
    neither success nor failure.
    """
    return totals.offered - totals.undecided - totals.unknown


def service_level(totals: Totals, profile: LevelProfile) -> Parts:
    """Return the calls that were served in time, and all that count, as the profile counts.

    The denominator may be nothing; `level` says what that reads.
    """
    return _PARTS[profile.kind](totals, profile)


def level(totals: Totals, profile: LevelProfile) -> float | None:
    """Return the service level, 0 to 1. None if it is undefined."""
    good, counted = service_level(totals, profile)
    return good / counted if counted else level_of_nothing(totals, profile)


def level_of_nothing(totals: Totals, profile: LevelProfile) -> float | None:
    """Return what a level reads whose denominator is nothing: undefined, but for Asterisk.

    Asterisk prints 0 then. We say so too, but only once there was a call.
    """
    prints = profile.kind in _PRINTS_ZERO and totals.offered > totals.unknown
    return 0.0 if prints else None


def _offered(totals: Totals, _: LevelProfile) -> Parts:
    return totals.answered_in_target, decided(totals)


def _answered(totals: Totals, _: LevelProfile) -> Parts:
    return totals.answered_in_target, totals.answered - totals.undecided_answered


def _ignore(totals: Totals, _: LevelProfile) -> Parts:
    counted = _decided_with_abandons(totals) - totals.abandoned_in_target
    return totals.answered_in_target, counted


def _positive(totals: Totals, _: LevelProfile) -> Parts:
    good = totals.answered_in_target + totals.abandoned_in_target
    return good, _decided_with_abandons(totals)


def _excl_short(totals: Totals, _: LevelProfile) -> Parts:
    # A short abandon without a target is not among the decided anyway.
    short = totals.abandoned_short - totals.targetless_short
    return totals.answered_in_target, _decided_with_abandons(totals) - short


def _genesys(totals: Totals, profile: LevelProfile) -> Parts:
    counted = totals.answered - totals.undecided_answered
    if not profile.no_abandons:
        counted += _genesys_abandons(totals, short_too=not profile.no_short_abandons)
    if profile.flow_outs:
        counted += totals.left - totals.targetless_left
    return totals.answered_in_target, counted


def _genesys_abandons(totals: Totals, *, short_too: bool) -> int:
    if short_too:
        return totals.abandoned - totals.targetless_abandoned
    long_or_short = totals.abandoned - totals.undecided_abandoned
    return long_or_short - (totals.abandoned_short - totals.targetless_short)


def _asterisk2(totals: Totals, _: LevelProfile) -> Parts:
    # Whom the system sent away is one of Asterisk's abandoned; who left by key is not.
    good = totals.answered_in_target + totals.abandoned_in_target + totals.sent_away_in_target
    answered = totals.answered - totals.undecided_answered
    abandoned = totals.abandoned - totals.undecided_abandoned
    sent_away = totals.sent_away - (totals.undecided_left - totals.undecided_by_key)
    return good, answered + abandoned + sent_away


def _amazon(totals: Totals, _: LevelProfile) -> Parts:
    good = (
        totals.answered_in_target
        + totals.abandoned_in_target
        + totals.sent_away_in_target
        + totals.left_by_key_in_target
    )
    undecided = (
        totals.undecided_answered
        + totals.undecided_abandoned
        + totals.undecided_left
        + totals.undecided_waiting
    )
    return good, totals.offered - totals.unknown - undecided


def _decided_with_abandons(totals: Totals) -> int:
    """Return the decided calls without the abandons whose wait is not known."""
    return decided(totals) - (totals.undecided_abandoned - totals.targetless_abandoned)


_PARTS: Final[Mapping[LevelKind, Callable[[Totals, LevelProfile], Parts]]] = {
    LevelKind.OFFERED: _offered,
    LevelKind.ANSWERED: _answered,
    LevelKind.IGNORE: _ignore,
    LevelKind.POSITIVE: _positive,
    LevelKind.EXCL_SHORT: _excl_short,
    LevelKind.GENESYS: _genesys,
    LevelKind.ASTERISK: _answered,
    LevelKind.ASTERISK2: _asterisk2,
    LevelKind.AMAZON: _amazon,
}
_PRINTS_ZERO: Final = frozenset({LevelKind.ASTERISK, LevelKind.ASTERISK2})


# In words


@value
class LevelRefusal:
    """Why levels are not compared and not added up.

    Attributes:
        profiles: The different ones, each once, in the order in which they came.
        text: English; the translations of LEVEL_CONTEXT have it.
    """

    profiles: tuple[LevelProfile, ...]
    text: str


def refusal(profiles: Iterable[LevelProfile]) -> LevelRefusal | None:
    """Return why readings of these profiles do not belong together. None if they do."""
    unlike = tuple(dict.fromkeys(map(_meant, profiles)))
    return None if len(unlike) < 2 else LevelRefusal(profiles=unlike, text=_NOT_TOGETHER)


def _meant(profile: LevelProfile) -> LevelProfile:
    """Return the profile without the switches that mean nothing to it."""
    return profile if profile.kind is LevelKind.GENESYS else LevelProfile(kind=profile.kind)


def switches_of(profile: LevelProfile) -> tuple[str, ...]:
    """Return what the profile's switches that are on do, in English, to be translated."""
    if profile.kind is not LevelKind.GENESYS:
        return ()
    return tuple(text for name, text in _SWITCHES.items() if getattr(profile, name))


_NOT_TOGETHER: Final = translate(
    "Level",
    "These service levels count different calls, so they are neither compared nor added up.",
)
_SWITCHES: Final[Mapping[str, str]] = {
    "flow_outs": translate("Level", "flow-outs counted"),
    "no_short_abandons": translate("Level", "short abandons left out"),
    "no_abandons": translate("Level", "all abandons left out"),
}
