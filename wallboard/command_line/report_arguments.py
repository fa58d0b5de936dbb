"""What may stand behind the command `report`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from wallboard.command_line.argument_parts import Parts
from wallboard.domain.reporting import PaperForm, ReportKind
from wallboard.ui.words import phrase

SAVED: Final = "saved"
LIST: Final = "list"
KINDS: Final = (*map(str, ReportKind), SAVED, LIST)
MINUTES: Final = ("15", "30", "60")


class Reporting(Parts):
    """The part of the parser that is about reports."""

    def _report(self) -> None:
        parser = self._command(
            "report", phrase("CommandLine", "write a report of a shift, a day, a month or any time")
        )
        parser.add_argument("kind", metavar="KIND", choices=KINDS, help=" ".join(KINDS))
        parser.add_argument(
            "--profile",
            metavar="NAME",
            dest="of",
            help=self._t(phrase("CommandLine", "the connection whose history it is")),
        )
        parser.add_argument(
            "--name",
            metavar="NAME",
            help=self._t(phrase("CommandLine", "of a saved report: report saved --name NAME")),
        )
        self._report_time(parser)
        self._report_narrowed(parser)
        self._report_files(parser)

    def _report_time(self, parser: argparse.ArgumentParser) -> None:
        rows = (
            (
                "--shift",
                "NAME",
                phrase("CommandLine", "the last shift that has begun, of this name if told"),
            ),
            ("--day", "D", phrase("CommandLine", "today, yesterday, 2026-11-22 or 1405-09-01")),
            ("--week", "D", phrase("CommandLine", "this, last, or the week of that day")),
            ("--month", "M", phrase("CommandLine", "this, last, 2026-11 or 1405-08")),
        )
        times = parser.add_mutually_exclusive_group()
        for option, form, told in rows:
            times.add_argument(option, metavar=form, nargs="?", const="", help=self._t(told))
        times.add_argument(
            "--from",
            metavar="T",
            dest="from_told",
            help=self._t(
                phrase("CommandLine", "2026-11-22, 08:00, 2026-11-22T08:00 or 1405-09-01")
            ),
        )
        parser.add_argument(
            "--to",
            metavar="T",
            dest="to_told",
            help=self._t(phrase("CommandLine", "the same; the time ends before it")),
        )
        parser.add_argument(
            "--ago",
            metavar="N",
            type=self._number(int, 0, 1_000),
            default=0,
            help=self._t(phrase("CommandLine", "so many shifts, days, weeks or months before it")),
        )

    def _report_narrowed(self, parser: argparse.ArgumentParser) -> None:
        rows = (
            ("--queues", phrase("CommandLine", "only these queues, with commas between")),
            ("--groups", phrase("CommandLine", "only queues of these groups, with commas between")),
            ("--agents", phrase("CommandLine", "only these agents, with commas between")),
        )
        for option, told in rows:
            parser.add_argument(
                option, metavar="A,B", action="append", default=[], help=self._t(told)
            )
        parser.add_argument(
            "--interval",
            choices=MINUTES,
            help=self._t(phrase("CommandLine", "how long its intervals are, in minutes")),
        )

    def _report_files(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--format",
            metavar="F,F",
            dest="forms",
            type=self._forms,
            default=(),
            help=self._t(
                phrase("CommandLine", "xlsx, pdf, csv, html, json, with commas between (xlsx,pdf)")
            ),
        )
        parser.add_argument(
            "--out",
            metavar="DIR",
            type=Path,
            default=Path(),
            help=self._t(phrase("CommandLine", "the folder that the files go to")),
        )
        parser.add_argument(
            "--unmask",
            action="store_true",
            help=self._t(
                phrase("CommandLine", "callers' numbers whole, if that is allowed; it is noted")
            ),
        )
        parser.add_argument(
            "--send",
            metavar="WAY",
            nargs="?",
            const="",
            help=self._t(phrase("CommandLine", "send the files by this way out, by mail")),
        )
        parser.add_argument(
            "--save",
            metavar="NAME",
            help=self._t(phrase("CommandLine", "keep what was asked for under this name, too")),
        )

    def _forms(self, text: str) -> tuple[PaperForm, ...]:
        told = [each.strip().casefold() for each in text.split(",") if each.strip()]
        try:
            return tuple(dict.fromkeys(map(PaperForm, told)))
        except ValueError:
            raise self._voice.stop(
                phrase("CommandLine", "There is no form {form}; there are: {forms}."),
                form=text[:40],
                forms=", ".join(PaperForm),
            ) from None
