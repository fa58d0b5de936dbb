"""What is said about a mapping file: what is wrong with it, and what it finds in the answers.

The reasons have places for what they are about: where in the file, which word, which is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wallboard.domain.finding import Verdict
from wallboard.ui.words import Phrase, phrase

REASONS: Final[tuple[Phrase, ...]] = (
    phrase("Reason", "the file cannot be read ({why})"),
    phrase("Reason", "the file is larger than {most} characters"),
    phrase("Reason", "{place}: it cannot be read as TOML"),
    phrase("Reason", "{place}: it is not written in UTF-8"),
    phrase("Reason", "{place}: it must be 1, the only format that there is"),
    phrase("Reason", "{place}: there is no such key here; perhaps {near} is meant"),
    phrase("Reason", "{place}: there is no such key here; there are {known}"),
    phrase("Reason", "{place}: {word} is not known; perhaps {near} is meant"),
    phrase("Reason", "{place}: {word} is not known; there are {known}"),
    phrase("Reason", "{place}: this is needed"),
    phrase("Reason", "{place}: put your own in here"),
    phrase("Reason", "{place}: this name cannot be used"),
    phrase("Reason", "{place}: this word is told twice"),
    phrase(
        "Reason", "{place}: calls that are over are counted by [ended] already; keep one of the two"
    ),
    phrase("Reason", "{place}: a table is needed"),
    phrase("Reason", "{place}: a text in quotation marks is needed"),
    phrase("Reason", "{place}: a text, a number, true or false is needed"),
    phrase("Reason", "{place}: true or false is needed"),
    phrase("Reason", "{place}: a whole number from {least} to {most} is needed"),
    phrase("Reason", "{place}: a list of fields is needed"),
    phrase("Reason", "{place}: a path, or a list of up to 4 of them"),
    phrase("Reason", "{place}: from 1 to {most} requests are needed"),
    phrase("Reason", "{place}: from 1 to {most} words are needed"),
    phrase("Reason", "{place}: there is no time zone {word}; one is like Asia/Tehran"),
    phrase("Reason", "{place}: it must begin with a slash, and have no question mark"),
    phrase("Reason", "{place}: it must not lead up"),
    phrase("Reason", "{place}: only a POST has a body"),
    phrase("Reason", "{place}: there is no request before this one"),
    phrase("Reason", "{place}: {word} stands nowhere in the request"),
    phrase("Reason", "{place}: the path is empty"),
    phrase("Reason", "{place}: the path is longer than {most} characters"),
    phrase("Reason", "{place}: the path is too deep, or has too many parts"),
    phrase("Reason", "{place}: the path {path} cannot be read from its character {column} on"),
    phrase("Reason", "{place}: the path {path} cannot be read"),
    phrase("Reason", "{place}: {word} takes {count} values, not {given}"),
    phrase("Reason", "{place}: there is no answer to {ask}"),
    phrase("Reason", "{place}: there is no list at {path}"),
    phrase("Reason", "{place}: {count} of {rows} rows cannot be read"),
    phrase("Reason", "{place}: {count} of {rows} rows cannot be read ({examples})"),
    phrase("Reason", "the answer to {ask} is no JSON"),
    phrase("Reason", "the answers are too large"),
    phrase("Reason", "there are more than {most} rows"),
    phrase("Reason", "the paths of the mapping ask for too much of one answer"),
    phrase("Reason", "an answer has more pages than the mapping allows"),
    phrase("Reason", "one look would take too many requests"),
    phrase("Reason", "the next page would be on another server"),
)
"""Why a mapping cannot be used, or makes no picture of an answer."""

NUMBERS: Final = frozenset(
    {
        "most", "least", "given", "column", "rows", "limit", "free", "busy", "on_break", "offline",
        "unknown", "waiting", "talking", "answered", "abandoned", "other",
    }
)  # fmt: skip
"""Places that hold a number."""

FINDINGS: Final[Mapping[tuple[str, Verdict], tuple[Phrase, ...]]] = {
    ("mapping", Verdict.GOOD): (
        phrase("Finding", "The mapping {name} can be read. Requests in it: {count}."),
    ),
    ("mapped_asked", Verdict.GOOD): (
        phrase("Finding", "All that the mapping asks for was answered. Requests: {count}."),
    ),
    ("mapped_not_asked", Verdict.WARNING): (
        phrase(
            "Finding",
            "The request {ask} was changed, and has no answer yet: ask the system once more.",
        ),
    ),
    ("mapped_queues", Verdict.GOOD): (phrase("Finding", "Queues: {count}. They are {names}."),),
    ("mapped_queues", Verdict.WARNING): (
        phrase("Finding", "No queue was found: look at the path of their rows."),
    ),
    ("mapped_agents", Verdict.GOOD): (
        phrase(
            "Finding",
            "Agents: {count}; free {free}, busy {busy}, on break {on_break}, offline {offline}, "
            "not known {unknown}. They are {names}.",
        ),
    ),
    ("mapped_agents", Verdict.WARNING): (
        phrase("Finding", "No agent was found: look at the path of their rows."),
    ),
    ("mapped_calls", Verdict.GOOD): (
        phrase(
            "Finding", "Calls: {count}; waiting {waiting}, talking {talking}. They are {names}."
        ),
        phrase("Finding", "There is no call at this moment."),
    ),
    ("mapped_ended", Verdict.GOOD): (
        phrase(
            "Finding",
            "Calls that are over: {count}; answered {answered}, abandoned {abandoned}, otherwise "
            "{other}, not known {unknown}. They are {names}.",
        ),
        phrase("Finding", "No call is told that is over."),
    ),
    ("mapped_counters", Verdict.GOOD): (
        phrase("Finding", "Counters of queues: {count}. They are {names}."),
    ),
    ("mapped_counters", Verdict.WARNING): (
        phrase("Finding", "No counters were found: look at the path of their rows."),
    ),
    ("mapped_words", Verdict.WARNING): (
        phrase(
            "Finding",
            "{place}: the mapping has no word for {names} (rows: {count}). It counts as not known.",
        ),
    ),
    ("mapped_values", Verdict.WARNING): (
        phrase(
            "Finding",
            "{place}: values that cannot be read: {count}, as {names}. They count as not known.",
        ),
        phrase(
            "Finding",
            "{place}: values that cannot be read: {count}. They count as not known.",
        ),
    ),
    ("mapped_rows", Verdict.WARNING): (
        phrase("Finding", "{place}: rows that are left out because they cannot be read: {count}."),
    ),
    ("mapped_no_picture", Verdict.BAD): (
        phrase("Finding", "With this mapping the answers make no picture ({reason})."),
    ),
    ("mapped_speed", Verdict.GOOD): (
        phrase("Finding", "One look takes {seconds} s; {limit} s are allowed."),
    ),
    ("mapped_speed", Verdict.WARNING): (
        phrase(
            "Finding",
            "One look takes {seconds} s, and only {limit} s are allowed: let more time pass "
            "between two questions.",
        ),
    ),
}
"""What a mapping found, by topic; see `Wording.finding`."""
