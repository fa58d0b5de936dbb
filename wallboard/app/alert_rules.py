"""The rules of alerts of a connection: those that the user wrote, or the ones to begin with."""

from __future__ import annotations

from wallboard.domain.alert import Rules
from wallboard.domain.value import value
from wallboard.engine.alert_readings import can_be_read
from wallboard.engine.default_rules import DEFAULT_RULES
from wallboard.runtime.opening import Opening
from wallboard.settings.notice import Notice
from wallboard.settings.paths import Places
from wallboard.settings.rules import RulesFile


@value
class FoundRules:
    """The rules that hold.

    Attributes:
        own: True if the user wrote them.
        notices: What was odd about his file.
    """

    rules: Rules
    own: bool = False
    notices: tuple[Notice, ...] = ()


def rules_of(opening: Opening, places: Places) -> FoundRules:
    """Return the rules of a connection; a demo has those that one begins with."""
    if opening.demo:
        return FoundRules(rules=DEFAULT_RULES)
    return rules_called(opening.name, places)


def rules_called(name: str, places: Places) -> FoundRules:
    """Return the rules of the connection of that name."""
    read = RulesFile(places.rules_file(name)).load(can_be_read)
    if read.rules is None:
        return FoundRules(rules=DEFAULT_RULES, notices=read.notices)
    return FoundRules(rules=read.rules, own=True, notices=read.notices)


def save_rules(opening: Opening, rules: Rules, places: Places) -> None:
    """Keep the rules of a connection.

    Raises:
        SettingsNotSaved: Nothing changed.
    """
    RulesFile(places.rules_file(opening.name)).save(rules, can_be_read)
