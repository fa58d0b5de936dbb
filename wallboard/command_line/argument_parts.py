"""What every command's arguments are made of: shared options, and values that are checked."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NoReturn, TypeVar

from wallboard.command_line.voice import Voice
from wallboard.settings.model import KeptIn
from wallboard.ui.words import Phrase, phrase

_LANGUAGES: Final = ("en", "fa")
_LARGEST_SIDE: Final = 10_000

_Value = TypeVar("_Value")

_EPILOG: Final = phrase(
    "CommandLine",
    "Exit codes:\n"
    "  0   good\n"
    "  1   the call-center system does not answer as it should\n"
    "  2   the command or its values cannot be used\n"
    "  3   there is no place for the password, or it is not where it should be\n"
    "  4   something is missing on this machine, or files cannot be written\n"
    "  70  a mistake in the program\n"
    "\n"
    "Environment:\n"
    "  WALLBOARD_HOME           a directory for all of the program's files\n"
    "  WALLBOARD_SECRET_<NAME>  the password of the connection of that name",
)


class _Parser(argparse.ArgumentParser):
    """Ends with one sentence instead of a page of usage."""

    voice: Voice

    def error(self, message: str) -> NoReturn:
        raise self.voice.stop(
            phrase("CommandLine", "The command cannot be understood ({reason}). See: {help}"),
            reason=message,
            help=f"{self.prog} --help",
        )


class Parts:
    """A parser without commands, and what commands share."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._common = _Parser(add_help=False)
        # Allowed before and after the command; the one after wins, its absence does not.
        self._common.add_argument(
            "--lang",
            choices=_LANGUAGES,
            default=argparse.SUPPRESS,
            help=self._t(phrase("CommandLine", "the language")),
        )
        self.root = _Parser(
            prog="wallboard",
            allow_abbrev=False,
            parents=[self._common],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.root.voice = voice
        self.root.description = voice.told(
            phrase("CommandLine", "Shows a call center as it is this second.")
        )
        self.root.epilog = voice.wording.say(_EPILOG)
        self.root.add_argument(
            "--profile",
            metavar="NAME",
            help=self._t(phrase("CommandLine", "the connection that the window opens")),
        )
        self._commands = self.root.add_subparsers(
            dest="command", metavar="COMMAND", parser_class=_Parser
        )

    def _command(self, name: str, told: Phrase) -> argparse.ArgumentParser:
        text = self._t(told)
        parser = self._commands.add_parser(
            name, help=text, description=text, allow_abbrev=False, parents=[self._common]
        )
        parser.voice = self._voice
        return parser

    def _tasks(
        self, parser: argparse.ArgumentParser, rows: Iterable[tuple[str, Phrase]]
    ) -> Iterator[tuple[str, argparse.ArgumentParser]]:
        """Yield the parsers of a command's tasks, each with its name, to be filled."""
        tasks = parser.add_subparsers(
            dest="task", metavar="TASK", required=True, parser_class=_Parser
        )
        for name, told in rows:
            task = tasks.add_parser(
                name, help=self._t(told), description=self._t(told), parents=[self._common]
            )
            task.voice = self._voice
            yield name, task

    def _named(self, parser: argparse.ArgumentParser, called: Phrase, fields: Phrase) -> None:
        """Let something of a kind be given a name and fields."""
        parser.add_argument("kind", metavar="KIND")
        parser.add_argument("--name", required=True, help=self._t(called))
        parser.add_argument(
            "--field",
            action="append",
            default=[],
            metavar="KEY=VALUE",
            type=self._pair,
            help=self._t(fields),
        )

    def _kept(
        self, parser: argparse.ArgumentParser, places: Iterable[KeptIn], told: Phrase
    ) -> None:
        """Let its password be told, and where that goes."""
        self._secret(parser)
        parser.add_argument(
            "--keep-secret", choices=[str(place) for place in places], help=self._t(told)
        )

    def _of_profile(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--profile",
            metavar="NAME",
            dest="of",
            required=True,
            help=self._t(phrase("CommandLine", "the connection whose history it is")),
        )

    def _simulator(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--scenario",
            metavar="S",
            help=self._t(
                phrase("CommandLine", "what happens in it; a wrong one is answered with the list")
            ),
        )
        parser.add_argument(
            "--seed",
            metavar="N",
            help=self._t(phrase("CommandLine", "the same number makes the same day")),
        )

    def _secret(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--secret-stdin",
            action="store_true",
            help=self._t(phrase("CommandLine", "read the password from standard input")),
        )

    def _json(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--json",
            action="store_true",
            help=self._t(phrase("CommandLine", "for machines: a JSON object a line")),
        )

    def _t(self, marked: Phrase) -> str:
        # argparse takes a per cent sign for a place to fill.
        return self._voice.told(marked).replace("%", "%%")

    def _pair(self, text: str) -> tuple[str, str]:
        key, equals, value = text.partition("=")
        if not (key and equals):
            # The text itself is not repeated: it may be a password that lost its key.
            raise self._voice.stop(
                phrase("CommandLine", "After --field comes KEY=VALUE, as in --field port=5038")
            )
        return key.strip(), value

    def _pair_of(self, option: str, values: Sequence[str] = ()) -> Callable[[str], tuple[str, str]]:
        def pair(text: str) -> tuple[str, str]:
            key, equals, value = text.partition("=")
            if not (key and equals and value) or (values and value not in values):
                raise self._voice.stop(
                    phrase("CommandLine", "After {option} comes {form}, and not {text}"),
                    option=option,
                    form=f"…={'|'.join(values) or '…'}",
                    text=text[:60],
                )
            return key, value

        return pair

    def _number(
        self, make: Callable[[str], _Value], least: float, most: float
    ) -> Callable[[str], _Value]:
        def number(text: str) -> _Value:
            value: _Value | None
            try:
                value = make(text) if least <= float(text) <= most else None
            except ValueError:
                value = None
            if value is None:
                raise self._voice.stop(
                    phrase(
                        "CommandLine", "{text} is no number from {least} to {most}; give such one"
                    ),
                    text=text[:40],
                    least=f"{least:g}",
                    most=f"{most:g}",
                )
            return value

        return number

    def _size(self, text: str) -> tuple[int, int]:
        width, _, height = text.casefold().partition("x")
        try:
            size = int(width), int(height)
        except ValueError:
            size = 0, 0
        if not all(100 <= side <= _LARGEST_SIDE for side in size):
            raise self._voice.stop(
                phrase(
                    "CommandLine",
                    "A picture cannot be {size} large; give it as in --size 1920x1080",
                ),
                size=text[:40],
            )
        return size
