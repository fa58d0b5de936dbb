"""Which versions are at work, and whether there is a newer one."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed

from wallboard import VERSION
from wallboard.app.newer_release import Release, newest_release
from wallboard.command_line.exits import Exit
from wallboard.command_line.openings import Session
from wallboard.domain.delivery import NotDelivered
from wallboard.storage.sqlite_version import SQLITE
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.words import phrase


def version(session: Session, *, check: bool, as_json: bool) -> Exit:
    """Tell the versions.

    Args:
        check: True to ask whether there is a newer one.

    Raises:
        Stop: Nobody can be asked, or he does not answer as he should.
    """
    newest = _newest(session) if check else None
    if as_json:
        told: dict[str, object] = {**versions()}
        if newest is not None:
            told["newest"] = {
                "version": newest.version,
                "newer": newest.newer,
                "address": newest.address,
            }
        session.voice.say(json.dumps(told))
        return Exit.GOOD
    session.voice.say(f"wallboard {VERSION}")
    if newest is not None:
        session.voice.say(_sentence(session, newest))
    return Exit.GOOD


def versions() -> Mapping[str, str | None]:
    """Return the versions by what they are of. None for what cannot be loaded here."""
    return {
        "version": VERSION,
        "python": platform.python_version(),
        "qt": _qt(),
        "pyside6": _pyside(),
        "sqlite": SQLITE,
        "system": platform.platform(),
    }


def _newest(session: Session) -> Release:
    address = session.settings.releases
    if address is None:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "Nobody is asked for newer releases. If you want that, write the address of a"
                " document into {file}, as in releases = {example}",
            ),
            file=session.places.settings_file,
            example='"https://example.com/wallboard.json"',
        )
    try:
        return newest_release(address)
    except NotDelivered as error:
        raise session.voice.stop(
            phrase("CommandLine", "Whether there is a newer release is not known: {cause}"),
            Exit.BAD,
            cause=session.voice.fault_cause(error.fault),
        ) from error


def _sentence(session: Session, newest: Release) -> str:
    if not newest.newer:
        return session.voice.told(phrase("CommandLine", "There is no newer release."))
    said = session.voice.told(
        phrase("CommandLine", "Version {version} is there."), version=newest.version
    )
    # What is new, and where it is, in the words of whoever wrote the document.
    clean = isolated if session.voice.wording.rtl else shown
    theirs = (newest.notes.get(session.language, ""), newest.address)
    return " ".join([said, *(clean(text) for text in theirs if text)])


def _qt() -> str | None:
    try:
        core = import_module("PySide6.QtCore")
    except ImportError:  # a library of the system is missing
        return None
    told: str = core.qVersion()
    return told


def _pyside() -> str | None:
    try:
        return installed("PySide6_Essentials")
    except PackageNotFoundError:
        return None
