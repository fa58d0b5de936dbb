"""What may stand on the command line, and what it means: one parser, no action."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NoReturn, TypeVar

from wallboard.command_line.voice import Voice
from wallboard.domain.supervision import WishKind
from wallboard.settings.model import KeptIn, Least, Theme
from wallboard.ui.words import Phrase, phrase

PAGES: Final = (
    "overview",
    "queues",
    "agents",
    "calls",
    "alerts",
    "history",
    "settings",
    "first-run",
)
LOGS: Final = ("queue-log", "cdr")
RULE_TASKS: Final = ("list", "check", "import", "export")
HISTORY_TASKS: Final = ("info", "check", "compact")
PORT: Final = 8480
"""Where walls ask, if nothing else is said."""
# As the server has them; loading it to read a command would take too long.
ROLES: Final = ("tv", "supervisor", "manager", "administrator")
MODES: Final = tuple(str(kind) for kind in WishKind)
_DIRECTIONS: Final = ("incoming", "outgoing", "internal")
_LANGUAGES: Final = ("en", "fa")
_LARGEST_SIDE: Final = 10_000
_DAY_S: Final = 86_400.0

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


def parser_in(voice: Voice) -> argparse.ArgumentParser:
    """Return the parser; its texts are in the voice's language.

    `parse_args` raises Stop for what cannot be used, and SystemExit after `--help`.
    """
    return _Table(voice).root


class _Table:
    """Builds the parser, one method for each group of commands."""

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
        self._demo()
        self._connections()
        self._board()
        self._shot()
        self._import()
        self._history()
        self._explain()
        self._alerts()
        self._serve()
        self._token()
        self._ways()
        self._others()

    def _command(self, name: str, told: Phrase) -> argparse.ArgumentParser:
        text = self._t(told)
        parser = self._commands.add_parser(
            name, help=text, description=text, allow_abbrev=False, parents=[self._common]
        )
        parser.voice = self._voice
        return parser

    def _demo(self) -> None:
        parser = self._command(
            "demo", phrase("CommandLine", "show a call center that is simulated: nothing is real")
        )
        self._simulator(parser)
        parser.add_argument(
            "--speed",
            metavar="X",
            help=self._t(phrase("CommandLine", "how many times faster than real time it runs")),
        )

    def _connections(self) -> None:
        connect = self._command(
            "connect", phrase("CommandLine", "try a connection to a system, and save it")
        )
        connect.add_argument("kind", metavar="KIND")
        connect.add_argument(
            "--name",
            required=True,
            help=self._t(phrase("CommandLine", "what you want to call the connection")),
        )
        connect.add_argument(
            "--field",
            action="append",
            default=[],
            metavar="KEY=VALUE",
            type=self._pair,
            help=self._t(phrase("CommandLine", "once for each; `wallboard sources` lists them")),
        )
        self._secret(connect)
        connect.add_argument(
            "--keep-secret",
            choices=[str(KeptIn.KEYRING), str(KeptIn.FILE), str(KeptIn.ASK)],
            help=self._t(
                phrase(
                    "CommandLine",
                    "where the password goes: the system's keyring, a file that you alone can"
                    " read, or nowhere",
                )
            ),
        )
        sources = self._command(
            "sources", phrase("CommandLine", "list the kinds of systems and the connections")
        )
        self._json(sources)
        check = self._command(
            "check", phrase("CommandLine", "look closely at a connection and say what is wrong")
        )
        check.add_argument("name", metavar="NAME")
        self._secret(check)
        self._json(check)

    def _board(self) -> None:
        parser = self._command(
            "board", phrase("CommandLine", "tell the board of a connection once a second")
        )
        parser.add_argument("name", metavar="NAME")
        self._secret(parser)
        self._json(parser)
        end = parser.add_mutually_exclusive_group()
        end.add_argument(
            "--seconds",
            metavar="N",
            type=self._number(int, 1, 1e9),
            help=self._t(phrase("CommandLine", "end after so many")),
        )
        end.add_argument(
            "--until-idle",
            action="store_true",
            help=self._t(
                phrase("CommandLine", "tell it only once, when there were calls and all are over")
            ),
        )
        parser.add_argument(
            "--idle-seconds",
            metavar="S",
            type=self._number(float, 0, _DAY_S),
            default=10.0,
            help=self._t(phrase("CommandLine", "how long no call is open then (10)")),
        )

    def _shot(self) -> None:
        parser = self._command(
            "shot", phrase("CommandLine", "draw a page as a picture; no screen is needed")
        )
        parser.add_argument("page", metavar="PAGE", choices=PAGES, help=" ".join(PAGES))
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--profile", metavar="NAME", dest="of")
        what.add_argument("--demo", action="store_true")
        self._simulator(parser)
        self._secret(parser)
        parser.add_argument("--theme", choices=[str(theme) for theme in Theme])
        parser.add_argument("--size", metavar="WxH", type=self._size, default=(1920, 1080))
        parser.add_argument(
            "--after",
            metavar="SECONDS",
            type=self._number(float, 0, _DAY_S),
            default=0.0,
            help=self._t(phrase("CommandLine", "how long to watch before drawing")),
        )
        parser.add_argument("--out", metavar="FILE.png", type=Path, required=True)

    def _import(self) -> None:
        parser = self._command(
            "import", phrase("CommandLine", "read a system's logs into a connection's history")
        )
        parser.add_argument("log", metavar="LOG", choices=LOGS, help=" ".join(LOGS))
        parser.add_argument(
            "paths",
            metavar="PATH",
            nargs="+",
            help=self._t(
                phrase("CommandLine", "files, rotated and compressed ones too, in any order")
            ),
        )
        self._of_profile(parser)
        parser.add_argument(
            "--follow",
            action="store_true",
            help=self._t(phrase("CommandLine", "go on with what is written, until Ctrl-C")),
        )
        parser.add_argument(
            "--look",
            action="store_true",
            help=self._t(phrase("CommandLine", "only tell what is in a queue-log; keep nothing")),
        )
        parser.add_argument(
            "--agent",
            action="append",
            default=[],
            metavar="NAME=AGENT",
            type=self._pair_of("--agent"),
            help=self._t(phrase("CommandLine", "which agent a name in a queue-log means")),
        )
        parser.add_argument(
            "--phones",
            metavar="REGEX",
            help=self._t(
                phrase(
                    "CommandLine", "what the site's phones are called, to tell a cdr's directions"
                )
            ),
        )
        parser.add_argument(
            "--context",
            action="append",
            default=[],
            metavar="CONTEXT=DIRECTION",
            type=self._pair_of("--context", _DIRECTIONS),
            help=self._t(phrase("CommandLine", "which way calls of a cdr's context go")),
        )
        self._json(parser)

    def _history(self) -> None:
        parser = self._command(
            "history", phrase("CommandLine", "look after what is kept of a connection's calls")
        )
        parser.add_argument(
            "task", metavar="TASK", choices=HISTORY_TASKS, help=" ".join(HISTORY_TASKS)
        )
        self._of_profile(parser)
        self._json(parser)

    def _explain(self) -> None:
        parser = self._command(
            "explain",
            phrase(
                "CommandLine", "tell a figure of a connection's history and where it comes from"
            ),
        )
        parser.add_argument(
            "kpi",
            metavar="KPI",
            help=self._t(
                phrase("CommandLine", "as in service_level; a wrong one is answered with the list")
            ),
        )
        self._of_profile(parser)
        parser.add_argument(
            "--queue",
            action="append",
            default=[],
            metavar="Q",
            help=self._t(phrase("CommandLine", "only this queue; may be given several times")),
        )
        for option, told in (
            ("--from", phrase("CommandLine", "2026-11-22, 08:00, 2026-11-22T08:00 or 1405-09-01")),
            ("--to", phrase("CommandLine", "the same; the time ends before it")),
        ):
            parser.add_argument(
                option, metavar="T", dest=option.strip("-") + "_told", help=self._t(told)
            )
        parser.add_argument(
            "--days",
            type=int,
            choices=(1, 3, 7),
            default=7,
            help=self._t(phrase("CommandLine", "within how many days a call is a repeat (7)")),
        )
        parser.add_argument(
            "--calls",
            action="store_true",
            help=self._t(phrase("CommandLine", "list the calls behind it, too")),
        )
        self._json(parser)

    def _alerts(self) -> None:
        rules = self._command(
            "rules", phrase("CommandLine", "tell, check, take out or bring in rules of alerts")
        )
        rules.add_argument("task", metavar="TASK", choices=RULE_TASKS, help=" ".join(RULE_TASKS))
        rules.add_argument(
            "file",
            metavar="FILE",
            nargs="?",
            default="-",
            help=self._t(phrase("CommandLine", "a file of rules; else standard input or output")),
        )
        self._of_profile(rules)
        self._json(rules)
        alerts = self._command(
            "alerts", phrase("CommandLine", "tell which alerts fired, who took them, how long")
        )
        self._of_profile(alerts)
        alerts.add_argument(
            "--days",
            metavar="N",
            type=self._number(int, 1, 36_500),
            default=1,
            help=self._t(phrase("CommandLine", "of so many days (1)")),
        )
        self._json(alerts)

    def _serve(self) -> None:
        parser = self._command(
            "serve", phrase("CommandLine", "ask a connection once and show it on many walls")
        )
        parser.add_argument("name", metavar="NAME")
        parser.add_argument(
            "--host",
            default="127.0.0.1",
            help=self._t(
                phrase(
                    "CommandLine", "the address to listen at (127.0.0.1); 0.0.0.0 is all of them"
                )
            ),
        )
        parser.add_argument(
            "--port",
            metavar="N",
            type=self._number(int, 0, 65535),
            default=PORT,
            help=self._t(phrase("CommandLine", "the port (8480); 0 is any that is free")),
        )
        for option, told in (
            ("--tls-cert", phrase("CommandLine", "the server's certificate, as a PEM file")),
            ("--tls-key", phrase("CommandLine", "its key, if it is not in the same file")),
        ):
            parser.add_argument(option, metavar="FILE", type=Path, help=self._t(told))
        parser.add_argument(
            "--metrics",
            action="store_true",
            help=self._t(phrase("CommandLine", "answer /metrics for Prometheus, without names")),
        )
        self._secret(parser)

    def _token(self) -> None:
        parser = self._command(
            "token", phrase("CommandLine", "say who may look at what is served from here")
        )
        tasks = parser.add_subparsers(
            dest="task", metavar="TASK", required=True, parser_class=_Parser
        )
        for name, told in (
            ("create", phrase("CommandLine", "make a token; it is shown once")),
            ("list", phrase("CommandLine", "list the tokens")),
            ("revoke", phrase("CommandLine", "let a token hold no more")),
        ):
            task = tasks.add_parser(
                name, help=self._t(told), description=self._t(told), parents=[self._common]
            )
            task.voice = self._voice
            if name == "create":
                self._new_token(task)
            elif name == "revoke":
                task.add_argument("name", metavar="NAME")
            if name != "revoke":
                self._json(task)

    def _ways(self) -> None:
        parser = self._command(
            "way", phrase("CommandLine", "say how alerts reach people who do not look")
        )
        tasks = parser.add_subparsers(
            dest="task", metavar="TASK", required=True, parser_class=_Parser
        )
        for name, told in (
            ("add", phrase("CommandLine", "save a way out of alerts: mail, webhook or service")),
            ("list", phrase("CommandLine", "list the ways out of alerts")),
            ("remove", phrase("CommandLine", "remove a way out of alerts and its password")),
        ):
            task = tasks.add_parser(
                name, help=self._t(told), description=self._t(told), parents=[self._common]
            )
            task.voice = self._voice
            if name == "add":
                self._new_way(task)
            elif name == "remove":
                task.add_argument("name", metavar="NAME")
            else:
                self._json(task)
        test = self._command(
            "alert-test", phrase("CommandLine", "send a trial by a way out of alerts")
        )
        test.add_argument("name", metavar="WAY")
        told_so_far = self._command(
            "deliveries", phrase("CommandLine", "tell what became of a connection's alerts")
        )
        told_so_far.add_argument("name", metavar="NAME")
        self._json(told_so_far)

    def _new_way(self, task: argparse.ArgumentParser) -> None:
        task.add_argument("kind", metavar="KIND")
        task.add_argument(
            "--name",
            required=True,
            help=self._t(phrase("CommandLine", "what you want to call the way out")),
        )
        task.add_argument(
            "--field",
            action="append",
            default=[],
            metavar="KEY=VALUE",
            type=self._pair,
            help=self._t(phrase("CommandLine", "once for each; a wrong one is answered with all")),
        )
        task.add_argument(
            "--least",
            choices=[str(each) for each in Least],
            default=str(Least.CRITICAL),
            help=self._t(phrase("CommandLine", "from which alerts on it is told")),
        )
        task.add_argument(
            "--names",
            action="store_true",
            help=self._t(phrase("CommandLine", "tell agents' names, too")),
        )
        self._secret(task)
        task.add_argument(
            "--keep-secret",
            choices=[str(KeptIn.KEYRING), str(KeptIn.FILE)],
            help=self._t(
                phrase(
                    "CommandLine",
                    "where the password goes: the system's keyring, or a file that you alone can"
                    " read",
                )
            ),
        )

    def _new_token(self, task: argparse.ArgumentParser) -> None:
        task.add_argument(
            "--name", required=True, help=self._t(phrase("CommandLine", "whose it is"))
        )
        task.add_argument("--role", required=True, choices=ROLES, help=" ".join(ROLES))
        for option, metavar, told in (
            ("--queue", "Q", phrase("CommandLine", "only this queue; may be given several times")),
            ("--agent", "A", phrase("CommandLine", "only this agent; may be given several times")),
        ):
            task.add_argument(
                option, action="append", default=[], metavar=metavar, help=self._t(told)
            )
        task.add_argument(
            "--mode",
            action="append",
            default=[],
            choices=MODES,
            help=self._t(phrase("CommandLine", "a command that is granted beyond the role")),
        )
        task.add_argument(
            "--days",
            metavar="N",
            type=self._number(int, 1, 36_500),
            help=self._t(phrase("CommandLine", "for how long it holds; else until it is revoked")),
        )

    def _of_profile(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--profile",
            metavar="NAME",
            dest="of",
            required=True,
            help=self._t(phrase("CommandLine", "the connection whose history it is")),
        )

    def _others(self) -> None:
        bench = self._command(
            "bench", phrase("CommandLine", "measure the program against the usual way")
        )
        bench.add_argument("names", metavar="NAME", nargs="*")
        bench.add_argument(
            "--quick",
            action="store_true",
            help=self._t(phrase("CommandLine", "shorter runs, for a first look")),
        )
        bench.add_argument(
            "--profile",
            metavar="NAME",
            help=self._t(phrase("CommandLine", "a saved connection to a real Asterisk, for p19")),
        )
        bench.add_argument(
            "--seconds",
            metavar="N",
            type=self._number(float, 1, _DAY_S),
            help=self._t(phrase("CommandLine", "how long to watch, where a target watches")),
        )
        self._json(bench)
        self._json(self._command("version", phrase("CommandLine", "tell the version")))

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
