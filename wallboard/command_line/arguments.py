"""What may stand on the command line, and what it means: one parser, no action."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from wallboard.command_line.kiosk_arguments import Unattended
from wallboard.command_line.report_arguments import Reporting
from wallboard.command_line.voice import Voice
from wallboard.settings.model import KeptIn, Theme
from wallboard.ui.words import phrase

PAGES: Final = (
    "overview",
    "queues",
    "agents",
    "calls",
    "alerts",
    "reports",
    "history",
    "walls",
    "settings",
    "first-run",
    "kiosk",
    "kiosk-overview",
    "kiosk-queues",
    "kiosk-agents",
    "kiosk-trend",
    "kiosk-lost",
    "kiosk-message",
)
LOGS: Final = ("queue-log", "cdr")
RULE_TASKS: Final = ("list", "check", "import", "export")
HISTORY_TASKS: Final = ("info", "check", "compact")
_DIRECTIONS: Final = ("incoming", "outgoing", "internal")
_DAY_S: Final = 86_400.0


def parser_in(voice: Voice) -> argparse.ArgumentParser:
    """Return the parser; its texts are in the voice's language.

    `parse_args` raises Stop for what cannot be used, and SystemExit after `--help`.
    """
    return _Table(voice).root


class _Table(Unattended, Reporting):
    """Builds the parser, one method for each group of commands."""

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice)
        self._demo()
        self._connections()
        self._board()
        self._shot()
        self._kiosk()
        self._import()
        self._history()
        self._explain()
        self._report()
        self._alerts()
        self._serve()
        self._token()
        self._journal()
        self._ways()
        self._others()

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
        self._named(
            connect,
            phrase("CommandLine", "what you want to call the connection"),
            phrase("CommandLine", "once for each; `wallboard sources` lists them"),
        )
        self._kept(
            connect,
            (KeptIn.KEYRING, KeptIn.FILE, KeptIn.ASK),
            phrase(
                "CommandLine",
                "where the password goes: the system's keyring, a file that you alone can"
                " read, or nowhere",
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
        version = self._command("version", phrase("CommandLine", "tell the version"))
        version.add_argument(
            "--check",
            action="store_true",
            help=self._t(
                phrase("CommandLine", "ask where the settings say whether there is a newer one")
            ),
        )
        self._json(version)
