"""The command `report`: a report of a connection's history as files, and sent if that is wanted."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from wallboard import app
from wallboard.app.report_files import names_agents, post_of, stem_of, write_paper
from wallboard.app.report_journal import note_unmasking
from wallboard.app.reporting import (
    NobodyCalledThat,
    OnlySums,
    ReportStopped,
    made_report,
    may_unmask,
    wanted_of,
)
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.histories import history_of
from wallboard.command_line.openings import Session, profile_called
from wallboard.command_line.report_arguments import LIST, SAVED
from wallboard.command_line.report_asked import Asked, ToldTime, period_told
from wallboard.command_line.report_refusals import (
    no_folder,
    no_journal,
    no_such_time,
    nobody,
    only_sums,
)
from wallboard.command_line.signals import heard
from wallboard.command_line.voice import voice_in
from wallboard.domain.delivery import NotDelivered
from wallboard.domain.paper import Paper, PaperNotWritten, PaperStopped
from wallboard.domain.reporting import (
    PaperForm,
    Period,
    PeriodKind,
    Report,
    ReportDefinition,
    ReportKind,
)
from wallboard.engine.reporting_when import NoSuchTime, period_window
from wallboard.engine.windows import Window
from wallboard.server.journal import JournalUnusable
from wallboard.settings.model import Profile, WayOut, name_fits
from wallboard.settings.report_definitions import DefinitionsFile, definitions_file
from wallboard.ui.report_words import not_written, paper_of
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

_INTERRUPTED: Final = 130
"""What Ctrl-C means to a shell."""
_USUAL: Final = (PaperForm.XLSX, PaperForm.PDF)
_MAIL: Final = "mail"
_READ: Final = 0.5
"""So much of the work is to read; the rest is to write."""


def report(session: Session, asked: Asked) -> int:
    """Write a report, or tell which ones are saved.

    Raises:
        Stop: It cannot be made, written or sent, and why.
        HistoryUnavailable: The history cannot be read.
        SettingsNotSaved: It cannot be kept under a name.
    """
    if asked.kind == LIST:
        return _list(session)
    now = app.system_clock().now().wall
    definition, window = _wanted(session, asked, now)
    if asked.save is not None:
        _save(session, asked.save, definition)
    job = _Job(session, asked, definition, window, now)
    with heard(job.stopping.set):
        try:
            return job.run()
        except (PaperStopped, ReportStopped):
            return _INTERRUPTED
        finally:
            job.line.clear()


class _Line:
    """One line on the terminal that tells how far it is; nothing where there is no terminal."""

    def __init__(self, session: Session) -> None:
        self._wording = session.voice.wording
        self._shown = ""
        self._seen = sys.stderr.isatty()

    def tell(self, done: float) -> None:
        """Tell how much is done, 0 to 1."""
        text = self._wording.percent_short(done)
        if self._seen and text != self._shown:
            self._shown = text
            print(f"\r{text} ", end="", file=sys.stderr, flush=True)  # noqa: T201 - a command line prints

    def clear(self) -> None:
        """Leave the line as if nothing had stood there."""
        if self._shown:
            blank = " " * (len(self._shown) + 1)
            print(f"\r{blank}\r", end="", file=sys.stderr, flush=True)  # noqa: T201 - as above
            self._shown = ""


class _Job:
    """One report on its way to files."""

    def __init__(
        self,
        session: Session,
        asked: Asked,
        definition: ReportDefinition,
        window: Window,
        now: datetime,
    ) -> None:
        self._session = session
        self._asked = asked
        self._definition = definition
        self._window = window
        self._now = now
        self.stopping = threading.Event()
        self.line = _Line(session)

    def run(self) -> Exit:
        """Read it, write it, and send it if that is wanted."""
        way = None if self._asked.send is None else _way(self._session, self._asked.send)
        _check_folder(self._session, self._asked.out)
        told = self._report()
        if way is not None:
            _check_names(self._session, way, told)
        paper = paper_of(told, self._wording())
        files = self._written(paper, stem_of(told))
        self.line.clear()
        for file in files:
            self._session.voice.say(str(file))
        if way is not None:
            self._send(way, paper, files)
        return Exit.GOOD

    def _report(self) -> Report:
        session, definition, asked = self._session, self._definition, self._asked
        if asked.unmask:
            self._note_unmasking()
        wanted = replace(wanted_of(definition, self._window, self._now), unmasked=asked.unmask)
        with history_of(session, definition.connection, reading=True) as history:
            try:
                return made_report(
                    history,
                    wanted,
                    session.settings,
                    session.places,
                    progress=lambda done: self.line.tell(done * _READ),
                    stop=self.stopping.is_set,
                )
            except NobodyCalledThat as error:
                raise nobody(session, definition.connection, error) from error
            except OnlySums as error:
                raise only_sums(session, definition.connection, error) from error
            except OSError as error:
                raise no_journal(session, error.strerror or type(error).__name__) from error

    def _wording(self) -> Wording:
        """Return the language of the report: a saved one may have its own."""
        session, language = self._session, self._definition.language
        if self._asked.language or not language:
            return session.voice.wording
        settings = session.settings
        voice = voice_in(language, latin_digits=settings.latin_digits, calendar=settings.calendar)
        return voice.wording

    def _note_unmasking(self) -> None:
        session, definition = self._session, self._definition
        if not may_unmask(session.settings):
            raise session.voice.stop(
                phrase(
                    "CommandLine",
                    "Callers' numbers may not be seen whole here. Whoever may decide that sets"
                    ' caller_numbers = "whole" in the settings.',
                )
            )
        try:
            note_unmasking(
                session.places, self._now, definition.kind, definition.connection, self._window
            )
        except JournalUnusable as error:
            raise no_journal(session, str(error)) from error

    def _written(self, paper: Paper, stem: str) -> tuple[Path, ...]:
        session, asked = self._session, self._asked
        try:
            return write_paper(
                paper,
                asked.out,
                stem,
                self._definition.forms,
                lambda done: self.line.tell(_READ + done * (1 - _READ)),
                self.stopping.is_set,
            )
        except PaperNotWritten as error:
            self.line.clear()
            told = session.voice.laid(not_written(error, session.voice.wording))
            raise Stop(told, Exit.MACHINE) from error

    def _send(self, way: WayOut, paper: Paper, files: tuple[Path, ...]) -> None:
        session = self._session
        # start-up: who sends nothing does without what sends
        from wallboard.app.ways import way_of  # noqa: PLC0415 - as told

        try:
            post = post_of(paper, files, self._now)
            way_of(way, session.places, os.environ).send(post)
        except NotDelivered as error:
            raise Stop(session.voice.fault(error.fault), Exit.BAD) from error
        except OSError as error:
            raise no_folder(session, files[0].parent, error) from error
        session.voice.complain(
            session.voice.told(
                phrase("CommandLine", "The report was taken by {name}."), name=way.name
            )
        )


# What is wanted


def _wanted(session: Session, asked: Asked, now: datetime) -> tuple[ReportDefinition, Window]:
    """Return what is to be made, and of which time.

    Raises:
        Stop: That cannot be told.
    """
    base = _saved(session, asked.name) if asked.kind == SAVED else None
    profile = _profile(session, asked.profile or (None if base is None else base.connection))
    measuring = session.settings.measuring_of(profile.name)
    zone = app.zone_called(profile.zone or session.settings.zone)
    kind = ReportKind(asked.kind) if base is None else base.kind
    period = None
    try:
        if base is not None and asked.time == ToldTime(ago=asked.time.ago):
            period = _so_long_before(base.period, asked.time.ago)
        if period is None:
            period = period_told(
                asked.time,
                kind,
                now=now,
                plan=measuring.plan,
                zone=zone,
                jalali=session.voice.wording.by_jalali,
            )
        window = period_window(period, now, measuring.plan, zone)
    except NoSuchTime as error:
        raise no_such_time(session, period, measuring.plan) from error
    except ValueError as error:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "{text} is no time; give a day, a time of today, or both: 2026-11-22, 08:00,"
                " 2026-11-22T08:00 or 1405-09-01.",
            ),
            text=str(error)[:40],
        ) from error
    definition = ReportDefinition(
        name=asked.save or "",
        kind=kind,
        connection=profile.name,
        period=period,
        queues=asked.queues or (() if base is None else base.queues),
        groups=asked.groups or (() if base is None else base.groups),
        agents=asked.agents or (() if base is None else base.agents),
        interval=asked.interval or (None if base is None else base.interval),
        forms=asked.forms or (_USUAL if base is None else base.forms),
        language=asked.language or ("" if base is None else base.language),
    )
    return definition, window


def _so_long_before(period: Period, ago: int) -> Period:
    """Return the time of a saved report, so many of its own kind before.

    Raises:
        ValueError: It is always the same time.
    """
    if ago and (period.kind is PeriodKind.RANGE or period.day is not None):
        raise ValueError("--ago")
    return replace(period, back=period.back + ago)


def _profile(session: Session, name: str | None) -> Profile:
    if name is not None:
        return profile_called(session, name)
    profiles = session.settings.profiles
    if len(profiles) == 1:
        return profiles[0]
    raise session.voice.stop(
        phrase("CommandLine", "Tell with --profile of which connection; there are: {names}."),
        names=", ".join(profile.name for profile in profiles) or "–",
    )


def _check_folder(session: Session, folder: Path) -> None:
    """Make the folder, before minutes are spent on what it is to hold.

    Raises:
        Stop: It cannot be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise no_folder(session, folder, error) from error


# By mail


def _way(session: Session, name: str) -> WayOut:
    """Return the way out by mail of that name, or the only one.

    Raises:
        Stop: There is none, or it is none by mail.
    """
    ways = [way for way in session.settings.ways if way.kind == _MAIL and name in ("", way.name)]
    if len(ways) == 1:
        return ways[0]
    raise session.voice.stop(
        phrase(
            "CommandLine",
            "Tell with --send by which way out by mail; there are: {names}. Make one with"
            " `wallboard way add mail`.",
        ),
        names=", ".join(way.name for way in session.settings.ways if way.kind == _MAIL) or "–",
    )


def _check_names(session: Session, way: WayOut, told: Report) -> None:
    if names_agents(told) and not way.names:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "Agents' names stand in this report, and they may not leave the house by {name}."
                " Allow it with `wallboard way add … --names`, or choose another report.",
            ),
            name=way.name,
        )


# Saved ones


def _saved(session: Session, name: str | None) -> ReportDefinition:
    read = DefinitionsFile(definitions_file(session.places)).load()
    for notice in read.notices:
        session.voice.complain(session.voice.noticed(notice))
    found = None if name is None else read.called(name)
    if found is None:
        raise session.voice.stop(
            phrase("CommandLine", "No report is saved as {name}; there are: {names}."),
            name=name or "–",
            names=", ".join(each.name for each in read.definitions) or "–",
        )
    return found


def _save(session: Session, name: str, definition: ReportDefinition) -> None:
    if not name_fits(name):
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "A report cannot be called {name}: use letters, digits, spaces and - _ . @, 64 at"
                " most.",
            ),
            name=name[:80],
        )
    DefinitionsFile(definitions_file(session.places)).keep(definition)


def _list(session: Session) -> Exit:
    read = DefinitionsFile(definitions_file(session.places)).load()
    for notice in read.notices:
        session.voice.complain(session.voice.noticed(notice))
    for each in read.definitions:
        session.voice.say(
            session.voice.told(
                phrase("CommandLine", "{name}: {kind}, {connection}, {forms}"),
                name=each.name,
                kind=each.kind,
                connection=each.connection,
                forms=", ".join(each.forms),
            )
        )
    return Exit.GOOD
