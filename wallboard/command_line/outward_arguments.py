"""Arguments of commands about what leaves this computer: walls, tokens, journal, ways out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from wallboard.command_line.argument_parts import Parts
from wallboard.domain.supervision import VOICE, WishKind
from wallboard.settings.model import KeptIn, Least
from wallboard.ui.words import phrase

PORT: Final = 8480
"""Where walls ask, if nothing else is said."""
# As the server has them; loading it to read a command would take too long.
ROLES: Final = ("tv", "supervisor", "manager", "administrator")
MODES: Final = tuple(str(kind) for kind in WishKind if kind not in VOICE)


class Outward(Parts):
    """Adds them to a parser."""

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
        tasks = (
            ("create", phrase("CommandLine", "make a token; it is shown once")),
            ("list", phrase("CommandLine", "list the tokens")),
            ("revoke", phrase("CommandLine", "let a token hold no more")),
        )
        for name, task in self._tasks(parser, tasks):
            if name == "create":
                self._new_token(task)
            elif name == "revoke":
                task.add_argument("name", metavar="NAME")
            if name != "revoke":
                self._json(task)

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
            "--phone",
            default="",
            help=self._t(
                phrase("CommandLine", "by which its owner listens to calls, as in PJSIP/9001")
            ),
        )
        task.add_argument(
            "--days",
            metavar="N",
            type=self._number(int, 1, 36_500),
            help=self._t(phrase("CommandLine", "for how long it holds; else until it is revoked")),
        )

    def _journal(self) -> None:
        parser = self._command(
            "journal", phrase("CommandLine", "tell who did what to calls and agents")
        )
        tasks = (
            ("show", phrase("CommandLine", "list the commands that were given")),
            ("verify", phrase("CommandLine", "see whether each line is as it was written")),
            ("export", phrase("CommandLine", "copy it: .jsonl, or .csv for spreadsheets")),
        )
        for name, task in self._tasks(parser, tasks):
            self._of_journal(task, name)

    def _of_journal(self, task: argparse.ArgumentParser, name: str) -> None:
        if name == "show":
            task.add_argument(
                "--agent",
                metavar="ID",
                help=self._t(phrase("CommandLine", "only what was done to this agent")),
            )
            task.add_argument(
                "--newest",
                metavar="N",
                type=self._number(int, 1, 1_000_000),
                default=50,
                help=self._t(phrase("CommandLine", "so many commands at most (50)")),
            )
        if name == "export":
            task.add_argument("out", metavar="FILE", type=Path)
        else:
            self._json(task)
        task.add_argument(
            "--head",
            metavar="HASH",
            help=self._t(phrase("CommandLine", "a hash of its end that was noted elsewhere")),
        )
        task.add_argument(
            "--server",
            action="store_true",
            help=self._t(phrase("CommandLine", "the journal of what is served from here")),
        )
        for option, told in (
            ("--file", phrase("CommandLine", "a journal that is somewhere else")),
            ("--key", phrase("CommandLine", "the file of its key, if it is not beside it")),
        ):
            task.add_argument(option, metavar="FILE", type=Path, help=self._t(told))

    def _ways(self) -> None:
        parser = self._command(
            "way", phrase("CommandLine", "say how alerts reach people who do not look")
        )
        tasks = (
            ("add", phrase("CommandLine", "save a way out of alerts: mail, webhook or service")),
            ("list", phrase("CommandLine", "list the ways out of alerts")),
            ("remove", phrase("CommandLine", "remove a way out of alerts and its password")),
        )
        for name, task in self._tasks(parser, tasks):
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
        self._named(
            task,
            phrase("CommandLine", "what you want to call the way out"),
            phrase("CommandLine", "once for each; a wrong one is answered with all"),
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
        self._kept(
            task,
            (KeptIn.KEYRING, KeptIn.FILE),
            phrase(
                "CommandLine",
                "where the password goes: the system's keyring, or a file that you alone can read",
            ),
        )
