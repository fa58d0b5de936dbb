"""The few rules that a site begins with: in a healthy center none of them says anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from wallboard.domain.alert import Condition, Limits, Rule, RuleId, Rules, SubjectKind
from wallboard.engine.marks import translate
from wallboard.engine.windows import WindowKind

RULE_CONTEXT: Final = "Rule"
"""Where the translations of these rules' names are kept."""

_SECOND: Final = timedelta(seconds=1)
_MINUTE: Final = timedelta(minutes=1)

DEFAULT_RULES: Final = Rules(
    rules=(
        Rule(
            rule_id=RuleId("source_lost"),
            name=translate("Rule", "Source lost"),
            kind=SubjectKind.SOURCE,
            conditions=(Condition(reading="lost", limits=Limits(high_critical=0)),),
            keep=5 * _SECOND,
        ),
        Rule(
            rule_id=RuleId("nobody_there"),
            name=translate("Rule", "Callers wait, nobody is logged in"),
            kind=SubjectKind.QUEUE,
            conditions=(
                Condition(reading="waiting", limits=Limits(high_critical=0)),
                Condition(reading="logged_in", limits=Limits(low_critical=1)),
            ),
            lasting=30 * _SECOND,
            keep=10 * _SECOND,
        ),
        Rule(
            rule_id=RuleId("long_wait"),
            name=translate("Rule", "Long wait"),
            kind=SubjectKind.QUEUE,
            conditions=(
                Condition(
                    reading="longest_wait",
                    limits=Limits(high_warning=120, high_critical=300, margin=10),
                ),
            ),
            lasting=5 * _SECOND,
            keep=20 * _SECOND,
        ),
        Rule(
            rule_id=RuleId("low_service_level"),
            name=translate("Rule", "Low service level"),
            kind=SubjectKind.QUEUE,
            conditions=(
                Condition(
                    reading="service_level",
                    limits=Limits(low_critical=0.5, low_warning=0.7, margin=0.05),
                    least=20,
                    window=WindowKind.LAST_30,
                ),
            ),
            lasting=2 * _MINUTE,
            keep=5 * _MINUTE,
        ),
        Rule(
            rule_id=RuleId("many_abandons"),
            name=translate("Rule", "Many abandoned calls"),
            kind=SubjectKind.QUEUE,
            conditions=(
                Condition(
                    reading="abandon_rate",
                    limits=Limits(high_warning=0.12, high_critical=0.25, margin=0.02),
                    least=20,
                    window=WindowKind.LAST_60,
                ),
            ),
            lasting=2 * _MINUTE,
            keep=5 * _MINUTE,
        ),
        Rule(
            rule_id=RuleId("long_wrap_up"),
            name=translate("Rule", "Long wrap-up"),
            kind=SubjectKind.AGENT,
            conditions=(Condition(reading="wrap_up_for", limits=Limits(high_warning=600)),),
            lasting=5 * _SECOND,
        ),
    )
)
"""Conventions, not laws: the user changes them."""
