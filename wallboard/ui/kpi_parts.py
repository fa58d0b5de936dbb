"""What stands above and below the line of each KPI, in words with the numbers in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wallboard.ui.words import Phrase, phrase


@dataclass(frozen=True, slots=True)
class Parts:
    """The numerator and the denominator of a KPI; `{target}` stands for the time to answer."""

    above: Phrase
    below: Phrase


_OFFERED: Final = phrase("Part", "{number} offered")
_ANSWERED: Final = phrase("Part", "{number} answered")
_IN_TARGET: Final = phrase("Part", "{number} answered within {target}")
_LEFT: Final = phrase("Part", "{number} that left the queue")
_KNOWN_CALLERS: Final = phrase("Part", "{number} answered whose number is known")
_WAITING: Final = phrase("Part", "{number} of waiting")
_HOLDING: Final = phrase("Part", "{number} on hold")
_HANDLING: Final = phrase("Part", "{number} of talk, hold and after-call work")
_HANDLED: Final = phrase("Part", "{number} handled")
_WITH_CALLS: Final = phrase("Part", "{number} with calls")
_LOGGED_IN: Final = phrase("Part", "{number} logged in")

PARTS: Final[Mapping[str, Parts]] = {
    "arrival_rate": Parts(_OFFERED, phrase("Part", "{number} hours")),
    "abandon_rate": Parts(phrase("Part", "{number} abandoned"), _LEFT),
    "abandon_rate_excl_short": Parts(
        phrase("Part", "{number} abandoned, without short abandons"),
        phrase("Part", "{number} that left the queue, without short abandons"),
    ),
    "answer_rate": Parts(_ANSWERED, _LEFT),
    "transfer_rate": Parts(phrase("Part", "{number} passed on"), _ANSWERED),
    "repeat_rate": Parts(phrase("Part", "{number} that called again"), _KNOWN_CALLERS),
    "fcr_repeat": Parts(phrase("Part", "{number} that did not call again"), _KNOWN_CALLERS),
    "rna_rate": Parts(
        phrase("Part", "{number} rung in vain"), phrase("Part", "{number} offers to agents")
    ),
    "cph": Parts(_ANSWERED, phrase("Part", "{number} agent hours")),
    "sl_offered": Parts(_IN_TARGET, _OFFERED),
    "sl_answered": Parts(_IN_TARGET, _ANSWERED),
    "sl_ignore": Parts(
        _IN_TARGET, phrase("Part", "{number} offered, without abandoned within {target}")
    ),
    "sl_positive": Parts(
        phrase("Part", "{number} answered or abandoned within {target}"), _OFFERED
    ),
    "sl_excl_short": Parts(_IN_TARGET, phrase("Part", "{number} offered, without short abandons")),
    "sl_genesys": Parts(_IN_TARGET, phrase("Part", "{number} that its switches count")),
    "sl_asterisk": Parts(_IN_TARGET, _ANSWERED),
    "sl_asterisk2": Parts(
        phrase("Part", "{number} answered, abandoned or sent away within {target}"),
        phrase("Part", "{number} answered, abandoned or sent away"),
    ),
    "sl_amazon": Parts(phrase("Part", "{number} that left the queue within {target}"), _OFFERED),
    "asa": Parts(_WAITING, _ANSWERED),
    "asa_delayed": Parts(_WAITING, phrase("Part", "{number} answered after a wait")),
    "awt": Parts(_WAITING, phrase("Part", "{number} whose wait is known")),
    "ata": Parts(_WAITING, phrase("Part", "{number} abandoned")),
    "att": Parts(phrase("Part", "{number} of talk"), _HANDLED),
    "hold_avg": Parts(_HOLDING, phrase("Part", "{number} whose hold is known")),
    "hold_avg_held": Parts(_HOLDING, phrase("Part", "{number} held")),
    "acw_avg": Parts(
        phrase("Part", "{number} of after-call work"),
        phrase("Part", "{number} whose after-call work is known"),
    ),
    "aht": Parts(_HANDLING, _HANDLED),
    "handle_contact": Parts(_HANDLING, phrase("Part", "{number} contacts")),
    "occupancy": Parts(_WITH_CALLS, phrase("Part", "{number} with calls or ready for them")),
    "occupancy_logged_in": Parts(_WITH_CALLS, _LOGGED_IN),
    "availability": Parts(phrase("Part", "{number} ready for calls"), _LOGGED_IN),
}
"""By the key of a row that has a denominator."""
