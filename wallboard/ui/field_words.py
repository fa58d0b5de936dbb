"""What sources ask for, marked for the translator: their labels and hints are English.

A kind of source that is not listed here is shown in its own words.
"""

from __future__ import annotations

from typing import Final

from wallboard.ui.words import Phrase, phrase

SOURCES: Final[tuple[Phrase, ...]] = (
    phrase("Source", "Asterisk, FreePBX, Issabel"),
    phrase("Source", "Simulated call center"),
)

FIELDS: Final[tuple[Phrase, ...]] = (
    phrase("Field", "Address of the PBX"),
    phrase("Field", "Name or IP address of the Asterisk, FreePBX or Issabel server"),
    phrase("Field", "AMI port"),
    phrase("Field", "AMI user"),
    phrase("Field", "A user of manager.conf with read = call,agent and write = reporting"),
    phrase("Field", "AMI secret"),
    phrase("Field", "Encrypted (TLS)"),
    phrase("Field", "Certificate to trust"),
    phrase("Field", "Path of the PBX's certificate or of its CA; empty for those of this computer"),
    phrase("Field", "Wrap-up time"),
    phrase(
        "Field",
        "Seconds, as set in the queues, because AMI does not tell: 10, or support=10,sales=5",
    ),
    phrase("Field", "Log of the queues"),
    phrase(
        "Field",
        "Path of the PBX's queue_log, if this computer can read it: what happened while Wallboard"
        " was off is filled in from it",
    ),
    phrase("Field", "Scenario"),
    phrase("Field", "Seed"),
    phrase("Field", "The same number plays the same day."),
    phrase("Field", "Speed"),
    phrase("Field", "1 to 1000 times as fast as the clock."),
    phrase("Field", "Language of the names"),
    phrase("Field", "en"),
    phrase("Field", "fa"),
    phrase("Field", "demo"),
    phrase("Field", "calm"),
    phrase("Field", "rush"),
    phrase("Field", "outage"),
    phrase("Field", "flapping"),
    phrase("Field", "frozen"),
    phrase("Field", "restart"),
    phrase("Field", "huge"),
)
