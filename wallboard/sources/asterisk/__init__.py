"""Asterisk, FreePBX and Issabel by the Asterisk Manager Interface; nothing of other vendors."""

from wallboard.domain.source import SourceKind
from wallboard.sources.asterisk.abilities import COMMANDS
from wallboard.sources.asterisk.check import findings
from wallboard.sources.asterisk.past import past
from wallboard.sources.asterisk.settings import FIELDS, account_of
from wallboard.sources.asterisk.source import POLL, AsteriskSource

KIND = SourceKind(
    key="asterisk",
    label="Asterisk, FreePBX, Issabel",
    fields=FIELDS,
    poll=POLL,
    connect=lambda told, clock: AsteriskSource(account_of(told), clock),
    check=findings,
    past=past,
    commands=lambda _told: COMMANDS,
)
