"""What an explained figure tells; how it is worked out is elsewhere, for who only hands it on."""

from __future__ import annotations

from wallboard.domain.coverage import Coverage
from wallboard.domain.measuring import LevelProfile
from wallboard.domain.value import value
from wallboard.engine.kpi import Kpi, KpiKey
from wallboard.engine.service_level import LevelRefusal
from wallboard.engine.windows import Window


@value
class Explanation:
    """One figure with all that it rests on.

    Attributes:
        kpi: The row of the table. Of a service level, the row of the profile that counts.
        asked: The key that was asked for: `service_level` for that of the queue's own profile.
        value: None if undefined, or if it is refused.
        numerator, denominator: None if refused or not known; a plain reading has no denominator.
        n: Of how many calls it tells. None if it tells of none.
        enough: False if there are too few for the reading to mark anything.
        level: The service level's profile. None if it is no service level, or is refused.
        coverage: How much of the window somebody watched. None if nobody says.
        refused: Why there is no one figure. None if there is.
        others: What the same data reads under other profiles, the kinds in their usual order;
            of GENESYS all switches off unless it is the profile itself.
    """

    kpi: Kpi
    asked: KpiKey
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int | None
    enough: bool
    window: Window | None = None
    level: LevelProfile | None = None
    coverage: Coverage | None = None
    refused: LevelRefusal | None = None
    others: tuple[tuple[LevelProfile, float | None], ...] = ()
