"""The dialog of connections filled by somebody who has a keyboard only."""

from __future__ import annotations

from collections.abc import Mapping

from support.started_program import StartedProgram
from support.virtual_screen import VirtualScreen
from wallboard.sources.asterisk import KIND as ASTERISK

KEYS = [field.key for field in ASTERISK.fields]
FIELDS_AFTER_SECRET = len(KEYS) - 1 - KEYS.index("secret")
STOPS_FROM_PLACE_TO_TEST = 2
STOPS_FROM_FINDINGS_TO_SAVE = 3
"""With the Tab key; what the test found has the keyboard once it is over."""


def connect_asterisk(
    screen: VirtualScreen, program: StartedProgram, told: Mapping[str, str], name: str
) -> None:
    """Fill the open dialog, have the connection tested, and save it.

    Args:
        told: The fields' values, the secret among them.
        name: What the connection is to be called.
    """
    screen.focus(program, "^Connect my system$")
    screen.type(name)
    for key in KEYS[: KEYS.index("secret") + 1]:
        screen.press("Tab")
        if key in told:
            screen.replace_with(told[key])
    # Without a place for the password nothing is saved.
    screen.press(*["Tab"] * (FIELDS_AFTER_SECRET + 1), "space")
    screen.press(*["Tab"] * STOPS_FROM_PLACE_TO_TEST, "space")
    program.runs_for(8)
    screen.press(*["Tab"] * STOPS_FROM_FINDINGS_TO_SAVE, "Return")
