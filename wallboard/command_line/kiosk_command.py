"""The command that keeps a board on a TV, tells how all of them are, and starts them at log-in."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from wallboard.app.kiosk_autostart import start_at_login, starts_no_more
from wallboard.app.kiosk_parent import RunsAlready, run_kiosk, told_apart
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.machine import require_qt, require_screen
from wallboard.command_line.openings import Session, demo_opening, polled_profile, told_secrets
from wallboard.command_line.signals import heard
from wallboard.runtime.kiosk_watchdog import Watchdog
from wallboard.runtime.kiosk_wire import KioskLaunch
from wallboard.runtime.opening import DEMO
from wallboard.settings.model import KeptIn
from wallboard.settings.walls import SUFFIX, WallUnreadable, looked_at, wall_files
from wallboard.sources.registry import kind
from wallboard.ui.words import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for.

    Attributes:
        name: The connection. None: what the window opens; with `status` all.
        boards: Files or names of boards, one a screen; empty for the usual one.
        screens: Names or numbers of screens.
        language: `en` or `fa`. None: what the board or the settings say.
        given: Fields of the demo.
        autostart: True to start it at log-in from now on, False no more. None: start it now.
    """

    name: str | None
    boards: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()
    language: str | None = None
    given: Mapping[str, str]
    secret_stdin: bool = False
    status: bool = False
    autostart: bool | None = None
    as_json: bool = False


def asked_by(told: argparse.Namespace) -> Asked:
    """Return what a command line asks for."""
    given = {
        key: value
        for key in ("scenario", "seed", "speed")
        if (value := getattr(told, key, None)) is not None
    }
    return Asked(
        name=told.name,
        boards=told.board,
        screens=told.screen,
        language=told.language,
        given=given,
        secret_stdin=told.secret_stdin,
        status=told.status,
        autostart=None if told.autostart is None else told.autostart == "on",
        as_json=told.json,
    )


def kiosk(session: Session, asked: Asked) -> int:
    """Do what was asked about kiosks.

    Raises:
        Stop: It cannot be done.
    """
    if asked.status:
        # 8 MB, most of it what asks servers: who watches a window for weeks goes without.
        from wallboard.command_line.kiosk_status import status  # noqa: PLC0415 - as told

        return status(session, asked.name, as_json=asked.as_json)
    if asked.name is None:
        asked = _usual(session, asked)
    launch = _launch(session, asked, asked.name or "")
    if asked.autostart is not None:
        return _autostart(session, asked, asked.name or "")
    return _run(session, launch)


def _usual(session: Session, asked: Asked) -> Asked:
    """Return what is shown without a name: what the window opens, too, on the only board."""
    first = session.settings.first
    if first is None:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "Say which connection the TV is to show, as in: wallboard kiosk NAME; or"
                " `wallboard kiosk demo`.",
            )
        )
    boards = asked.boards
    if not boards:
        with suppress(OSError):
            found = wall_files(session.places.walls)
            boards = (str(found[0].path),) if len(found) == 1 else ()
    return replace(asked, name=first.name, boards=boards)


def _run(session: Session, launch: KioskLaunch) -> int:
    require_qt(session.voice)

    def screen() -> bool:
        try:
            require_screen(session.voice, os.environ)
        except Stop:
            return False
        return True

    running: list[Watchdog] = []

    def stop() -> None:
        for each in running:
            each.stop()

    try:
        with heard(stop):
            return run_kiosk(launch, session.places, screen=screen, begun=running.append)
    except RunsAlready as error:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "This kiosk runs already: {name}. End it there by its PIN, or choose another"
                " --board or --screen.",
            ),
            name=launch.name or DEMO,
        ) from error
    except OSError as error:
        raise session.voice.stop(
            phrase("CommandLine", "The kiosk's files cannot be written to {place} ({reason})."),
            Exit.MACHINE,
            place=launch.folder,
            reason=error.strerror or error,
        ) from error


def _launch(session: Session, asked: Asked, name: str) -> KioskLaunch:
    walls = tuple(_wall_file(session, each) for each in asked.boards) or ("",)
    demo = name == DEMO and session.settings.profile(name) is None
    folder = session.places.kiosk_folder(told_apart(name, walls, asked.screens))
    if demo:
        opening = demo_opening(session, asked.given)
        return KioskLaunch(
            name=opening.name,
            demo=dict(opening.told),
            walls=walls,
            screens=asked.screens,
            language=asked.language or "",
            folder=str(folder),
        )
    return KioskLaunch(
        name=name,
        walls=walls,
        screens=asked.screens,
        language=asked.language or "",
        secrets=_secrets(session, asked, name),
        folder=str(folder),
    )


def _secrets(session: Session, asked: Asked, name: str) -> dict[str, str] | None:
    """Return the passwords that somebody must tell now. None: they are kept, or there are none."""
    profile = polled_profile(session, name)
    source = kind(profile.kind)
    if asked.secret_stdin and profile.secret is not KeptIn.NONE:
        return dict(told_secrets(session, source, name, stdin=True))
    if profile.secret is KeptIn.ASK:
        return dict(told_secrets(session, source, name))
    return None


def _wall_file(session: Session, told: str) -> str:
    """Return the path of a board that is told as a file, or by name; empty for the usual one."""
    if not told:
        return ""
    known = session.places.walls / f"{told}{SUFFIX}"
    file = Path(told).expanduser().absolute()
    if not file.exists() and Path(told).name == told and not told.endswith(SUFFIX):
        file = known
    try:
        read = looked_at(file)
    except WallUnreadable as error:
        told = " ".join(map(session.voice.noticed, error.notices))
        if sys.stdin is not None and sys.stdin.isatty():
            raise Stop(told) from error
        # Nobody is there to mend it now: the usual board is shown until somebody does.
        session.voice.complain(told)
        return str(file)
    for notice in read.notices:
        session.voice.complain(session.voice.noticed(notice))
    return str(file)


def _autostart(session: Session, asked: Asked, name: str) -> Exit:
    options = [
        *(("--board", ",".join(asked.boards)) if asked.boards else ()),
        *(("--screen", ",".join(asked.screens)) if asked.screens else ()),
        *(("--language", asked.language) if asked.language else ()),
    ]
    try:
        if asked.autostart:
            file = start_at_login(name, tuple(options), os.environ)
            told = phrase("CommandLine", "From the next log-in on it starts by itself: {file}")
        else:
            file = starts_no_more(name, tuple(options), os.environ)
            told = phrase("CommandLine", "It starts at log-in no more: {file}")
    except OSError as error:
        raise session.voice.stop(
            phrase("CommandLine", "That cannot be written ({reason})."),
            Exit.MACHINE,
            reason=error.strerror or error,
        ) from error
    session.voice.say(session.voice.told(told, file=file))
    return Exit.GOOD
