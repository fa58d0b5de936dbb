"""Any call center with an HTTP API: ours, as `wallboard serve` or somebody's own server has it."""

# start-up: who lists the kinds of systems, or has another one, does not wait for `requests`
# ruff: noqa: PLC0415

from collections.abc import Iterator

from wallboard.domain.clock import Clock
from wallboard.domain.finding import Finding
from wallboard.domain.source import Gap, Recalled, Source, SourceKind, Told
from wallboard.domain.supervision import WishKind
from wallboard.sources.rest.settings import FIELDS, POLL, account_of, poll_of


def _connected(told: Told, clock: Clock) -> Source:
    account = account_of(told)
    if account.mapping:
        from wallboard.sources.rest.mapping_source import MappedSource

        return MappedSource(account, clock)
    from wallboard.sources.rest.source import RestSource

    return RestSource(account, clock)


def _checked(told: Told, clock: Clock) -> Iterator[Finding]:
    from wallboard.sources.rest.check import findings

    return findings(told, clock)


def _recalled(told: Told, gap: Gap) -> Iterator[Recalled]:
    from wallboard.sources.rest.past import past

    return past(told, gap)


def _commands(told: Told) -> frozenset[WishKind]:
    # A mapping reads, and changes nothing. Of an API the server knows what it takes from whom.
    return frozenset() if told.get("mapping") else frozenset(WishKind)


KIND = SourceKind(
    key="rest",
    label="HTTP API",
    fields=FIELDS,
    poll=POLL,
    connect=_connected,
    check=_checked,
    past=_recalled,
    poll_of=poll_of,
    commands=_commands,
)
