"""Serves the page of reports: they are made and written in threads, so that the window goes on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from wallboard.app.page_history import Standing, trouble_of
from wallboard.app.report_files import stem_of, write_paper
from wallboard.app.report_folder import free_stem, keep_folder, kept_folder
from wallboard.app.report_journal import note_unmasking
from wallboard.app.report_reading import OnlySums
from wallboard.app.report_work import ReportWork, UnderWay
from wallboard.app.reporting import (
    NobodyCalledThat,
    Wanted,
    made_report,
    may_unmask,
    wanted_by,
)
from wallboard.app.saved import noticed
from wallboard.domain.errors import WallboardError
from wallboard.domain.paper import PaperNotWritten
from wallboard.domain.reporting import PaperForm, Report, ReportDefinition
from wallboard.domain.value import value
from wallboard.engine.board import site_time
from wallboard.engine.reporting_when import NoSuchTime, period_window
from wallboard.server.journal import JournalUnusable
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.model import Settings, name_fits
from wallboard.settings.paths import Places
from wallboard.settings.report_definitions import DefinitionsFile, definitions_file
from wallboard.storage.faults import HistoryUnavailable
from wallboard.ui.outside_text import isolated
from wallboard.ui.pages.reports import ReportsPage
from wallboard.ui.panels.report_choice import ReportChoice
from wallboard.ui.panels.report_period import instant_words
from wallboard.ui.print.sheets import Plan, plan_of
from wallboard.ui.report_words import not_written, paper_of
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

_MAKING: Final = phrase("Reports", "Making the report …")
_WRITING: Final = phrase("Reports", "Writing …")
_STOPPED: Final = phrase("Reports", "Stopped. No file was written.")
_STOPPED_WRITING: Final = phrase("Reports", "Stopped. Files that were whole by then stand.")
_TAKEN: Final = phrase(
    "Reports", "A report of {connection} is called {name} already. Choose another name."
)
_NO_TIME: Final = phrase(
    "Reports", "There is no such time, or it has not begun. Choose another one."
)
_NOBODY: Final = phrase(
    "Reports", "{name} is not known at this connection. Choose all, or somebody else."
)
_ONLY_SUMS: Final = phrase(
    "Reports",
    "Before {time} only sums by queue are kept, so nobody can say which calls were whose. Choose a"
    " later time, or all agents.",
)
_JOURNAL: Final = phrase(
    "Reports",
    "The journal cannot be written, so numbers stay masked. Free some room on the disk, or ask"
    " who looks after this computer.",
)
_FAILED: Final = phrase("Reports", "The report could not be made: {reason}. Try again.")
_NOT_INSTALLED: Final = phrase(
    "Reports", "What writes this kind of file is not installed: {name}. Choose another kind."
)
_NAME: Final = phrase(
    "Reports",
    "The name {name} cannot be used. Take letters, digits, and single spaces between them.",
)
_NO_FOLDER: Final = phrase("Reports", "{path} cannot be opened. Look whether it is still there.")
_MAKE_SHARE: Final = 0.7
"""So much of making is to read; the rest is to put it on pages."""


@value
class Made:
    """A report that was made, and how it looks on pages."""

    choice: ReportChoice
    report: Report
    plan: Plan


class ReportsDesk(QObject):
    """Answers the page of reports of one window. Lives on the main thread."""

    def __init__(
        self,
        standing: Callable[[], Standing | None],
        settings: Callable[[], Settings],
        places: Places,
        parent: QObject | None = None,
    ) -> None:
        """Prepare.

        Args:
            standing: Returns the board and what is behind it; None while there is none.
            settings: Returns what is decided now.
        """
        super().__init__(parent)
        self._standing = standing
        self._settings = settings
        self._places = places
        self._file = DefinitionsFile(definitions_file(places))
        self._work = ReportWork(self, name="report")
        # Apart: who looks at another report while one is written gets both.
        self._writing = ReportWork(self, name="report-files")
        self._page: ReportsPage | None = None
        self._made: Made | None = None
        self._removed: ReportDefinition | None = None
        self._folder = kept_folder(places)

    @property
    def busy(self) -> bool:
        """True while something is made or written."""
        return self._work.busy or self._writing.busy

    def serve(self, page: QWidget) -> None:
        """Answer the page from now on.

        Raises:
            TypeError: It is another page.
        """
        if not isinstance(page, ReportsPage):
            raise TypeError(page)
        self._page = page
        page.report_wanted.connect(self._make)
        page.export_wanted.connect(self._write)
        page.cancel_wanted.connect(self._cancel)
        page.folder_wanted.connect(self._open_folder)
        page.folder_chosen.connect(self._keep_folder)
        page.save_wanted.connect(self._save)
        page.remove_wanted.connect(self._remove)
        page.undo_wanted.connect(self._undo)
        page.show_folder(str(self._folder))
        self.decide()

    def decide(self) -> None:
        """Show what may be seen and what is saved, by the settings and files of now."""
        if self._page is not None:
            self._page.show_rights(may_unmask=may_unmask(self._settings()))
            self._show_definitions()

    def forget(self) -> None:
        """Answer nothing that was asked: the board is let go, and its reports with it."""
        self._work.cancel()
        self._writing.cancel()
        self._made = None
        if self._page is not None:
            self._page.forget()
            self.decide()

    def close(self) -> None:
        """End what is under way. May be called more than once."""
        self._work.close()
        self._writing.close()

    # Making

    def _make(self, choice: ReportChoice) -> None:
        page, standing = self._page, self._standing()
        self._made = None
        if page is None or standing is None:
            return
        self._show_definitions()
        wording, zone = standing.wording, standing.board.zone
        try:
            wanted = _wanted(choice, standing)
        except NoSuchTime:
            self._work.cancel()
            page.show_no_report(choice, wording.say(_NO_TIME))
            return
        maker = _Maker(standing, wanted, choice, self._settings(), self._places)
        self._work.begin(
            maker.make,
            done=self._show,
            miss=lambda error: page.show_no_report(choice, why(error, wording, zone)),
            tell=lambda done: page.show_progress(done, wording.say(_MAKING)),
        )

    def _show(self, made_now: object) -> None:
        if self._page is not None and isinstance(made_now, Made):
            self._made = made_now
            self._page.show_plan(made_now.choice, made_now.plan)

    # Writing

    def _write(self, forms: tuple[PaperForm, ...]) -> None:
        page, standing, found = self._page, self._standing(), self._made
        if page is None or standing is None or found is None:
            return
        wording, zone, folder = standing.wording, standing.board.zone, self._folder

        def work(progress: UnderWay) -> tuple[Path, ...]:
            stem = free_stem(folder, stem_of(found.report), forms)
            return write_paper(
                found.plan.paper, folder, stem, forms, progress.tell, progress.stopped
            )

        self._writing.begin(
            work,
            done=self._show_written,
            miss=lambda error: page.show_told(why(error, wording, zone)),
            tell=lambda done: page.show_progress(done, wording.say(_WRITING)),
        )

    def _show_written(self, files: object) -> None:
        if self._page is not None and isinstance(files, tuple):
            self._page.show_written([file.name for file in files])

    def _cancel(self) -> None:
        page, standing = self._page, self._standing()
        writing = self._writing.busy
        self._work.cancel()
        self._writing.cancel()
        if page is None or standing is None:
            return
        told = standing.wording.say(_STOPPED_WRITING if writing else _STOPPED)
        choice = page.choice()
        if self._made is None and choice is not None:
            page.show_no_report(choice, told)
        else:
            page.show_told(told)

    # Folders

    def _keep_folder(self, folder: str) -> None:
        self._folder = Path(folder)
        with suppress(OSError):  # it holds for this window
            keep_folder(self._places, self._folder)
        if self._page is not None:
            self._page.show_folder(folder)

    def _open_folder(self, folder: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
            self._say(lambda wording: wording.say(_NO_FOLDER, path=isolated(folder)))

    # Saved reports

    def _show_definitions(self) -> None:
        standing = self._standing()
        if self._page is None:
            return
        told = self._file.load().definitions
        name = "" if standing is None else standing.board.name
        self._page.show_definitions([each for each in told if each.connection == name])

    def _save(self, definition: ReportDefinition) -> None:
        standing = self._standing()
        if standing is None:
            return
        if not name_fits(definition.name):
            self._say(lambda wording: wording.say(_NAME, name=isolated(definition.name)))
            return
        name = standing.board.name
        other = self._file.load().called(definition.name)
        if other is not None and other.connection != name:
            self._say(
                lambda wording: wording.say(
                    _TAKEN, name=isolated(other.name), connection=isolated(other.connection)
                )
            )
            return
        self._change(lambda: self._file.keep(replace(definition, connection=name)))

    def _remove(self, name: str) -> None:
        self._removed = self._file.load().called(name)
        if self._change(lambda: self._file.remove(name)) and self._page is not None:
            self._page.show_removed(name)

    def _undo(self) -> None:
        removed, self._removed = self._removed, None
        if removed is not None:
            self._change(lambda: self._file.keep(removed))
            self._say(lambda _: "")

    def _change(self, change: Callable[[], None]) -> bool:
        """Change the saved reports; return whether they are kept."""
        try:
            change()
        except SettingsNotSaved as error:
            told = error.notice
            self._say(lambda wording: noticed(told, wording))
            return False
        self._show_definitions()
        return True

    def _say(self, words: Callable[[Wording], str]) -> None:
        standing = self._standing()
        if self._page is not None and standing is not None:
            self._page.show_told(words(standing.wording))


class _Maker:
    """Makes one report; its one method is called in a thread of its own."""

    def __init__(
        self,
        standing: Standing,
        wanted: Wanted,
        choice: ReportChoice,
        settings: Settings,
        places: Places,
    ) -> None:
        self._standing = standing
        self._wanted = wanted
        self._choice = choice
        self._settings = settings
        self._places = places

    def make(self, progress: UnderWay) -> Made:
        """Return the report on its pages; of whole numbers the journal knows before."""
        wanted, standing = self._wanted, self._standing
        if wanted.unmasked:
            note_unmasking(self._places, wanted.now, wanted.kind, wanted.connection, wanted.window)
        with closing(standing.open_history()) as history:
            report = made_report(
                history,
                wanted,
                self._settings,
                self._places,
                progress=progress.part(0.0, _MAKE_SHARE),
                stop=progress.stopped,
            )
        paper = paper_of(report, standing.wording)
        plan = plan_of(paper, progress=progress.part(_MAKE_SHARE, 1.0), stop=progress.stopped)
        return Made(choice=self._choice, report=report, plan=plan)


def _wanted(choice: ReportChoice, standing: Standing) -> Wanted:
    """Return what is wanted now.

    Raises:
        NoSuchTime: There is no such time, or it has not begun.
    """
    board, told = standing.board, choice.definition
    now = site_time(board, standing.now)
    window = period_window(told.period, now, board.measuring.plan, board.zone)
    wanted = wanted_by(board, standing.now, told.kind, window)
    return replace(
        wanted,
        interval=told.interval,
        queues=told.queues,
        groups=told.groups,
        agents=told.agents,
        unmasked=choice.unmasked,
    )


def why(error: Exception, wording: Wording, zone: tzinfo) -> str:
    """Return why a report was not made or written, and what helps.

    Args:
        zone: The site's.
    """
    # Not the error's own words: they may hold what came from outside.
    told = wording.say(_FAILED, reason=isolated(type(error).__name__))
    match error:
        case PaperNotWritten():
            told = not_written(error, wording)
        case NobodyCalledThat():
            told = wording.say(_NOBODY, name=isolated(error.name))
        case OnlySums():
            told = wording.say(_ONLY_SUMS, time=instant_words(error.until, zone, wording))
        case JournalUnusable():
            told = wording.say(_JOURNAL)
        case HistoryUnavailable() | WallboardError():
            told = trouble_of(error, wording)
        case ImportError():
            told = wording.say(_NOT_INSTALLED, name=isolated(error.name or ""))
        case OSError():
            reason = error.strerror or type(error).__name__
            told = wording.say(_FAILED, reason=isolated(reason))
        case _:
            pass
    return told
