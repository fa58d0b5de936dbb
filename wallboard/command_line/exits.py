"""How a command ends: its exit code, and the sentence with which it stops early."""

from __future__ import annotations

from enum import IntEnum

from wallboard.domain.errors import WallboardError


class Exit(IntEnum):
    """The exit codes; `--help` lists them."""

    GOOD = 0
    BAD = 1
    """The call-center system does not answer as it should."""
    USAGE = 2
    """The command or its values cannot be used."""
    SECRET = 3
    """There is no place for the password, or it is not where it should be."""
    MACHINE = 4
    """Something is missing on this machine, or files cannot be written."""
    UNEXPECTED = 70
    """A mistake in the program."""


class Stop(WallboardError):
    """A command cannot go on; its sentence names the cause and what to do.

    Attributes:
        sentence: In the user's language.
        code: The exit code.
    """

    def __init__(self, sentence: str, code: Exit = Exit.USAGE) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
