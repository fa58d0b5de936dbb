"""Arguments of the command that keeps a board on a TV."""

from __future__ import annotations

from typing import Final

from wallboard.command_line.outward_arguments import Outward
from wallboard.ui.words import phrase

_LANGUAGES: Final = ("en", "fa")
_SWITCH: Final = ("on", "off")


class Unattended(Outward):
    """Adds them to a parser."""

    def _kiosk(self) -> None:
        parser = self._command(
            "kiosk", phrase("CommandLine", "keep a board on a TV, for weeks and without anybody")
        )
        parser.add_argument(
            "name",
            metavar="NAME",
            nargs="?",
            help=self._t(
                phrase(
                    "CommandLine",
                    "a saved connection, else what the window opens; `demo` is a simulated one",
                )
            ),
        )
        for option, metavar, told in (
            (
                "--board",
                "FILE",
                phrase(
                    "CommandLine",
                    "the board's file, or its name; for several screens with commas between",
                ),
            ),
            (
                "--screen",
                "SCREEN",
                phrase(
                    "CommandLine",
                    "the screen's name, or its number from 1; several with commas between",
                ),
            ),
        ):
            parser.add_argument(
                option, metavar=metavar, type=_listed, default=(), help=self._t(told)
            )
        parser.add_argument(
            "--language",
            choices=_LANGUAGES,
            help=self._t(phrase("CommandLine", "of the TV; a board may say another")),
        )
        parser.add_argument(
            "--autostart",
            choices=_SWITCH,
            help=self._t(phrase("CommandLine", "have it started at log-in from now on or no more")),
        )
        parser.add_argument(
            "--status",
            action="store_true",
            help=self._t(phrase("CommandLine", "tell how all TVs are; ends with 1 if one is dark")),
        )
        self._simulator(parser)
        self._secret(parser)
        self._json(parser)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))
