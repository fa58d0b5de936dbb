"""Runs one command: finds the language, hands over, and is the last wall for every error."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from wallboard import VERSION
from wallboard.command_line.arguments import parser_in
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.machine import import_trouble
from wallboard.command_line.openings import UNUSABLE, Session, demo_opening, opening_of
from wallboard.command_line.voice import Voice, language_of, speak_utf8, voice_in
from wallboard.domain.errors import SourceError
from wallboard.settings.file import SettingsFile, SettingsNotSaved
from wallboard.settings.model import KeptIn, Least, Profile, Theme
from wallboard.settings.paths import made, places
from wallboard.settings.secrets import SecretsUnavailable, redacted
from wallboard.sources.registry import KindUnknown, KindUnusable, kind_keys
from wallboard.ui.words import phrase

_LOG_BYTES: Final = 1_000_000
# What comes with the extra `server`.
_SERVER: Final = frozenset({"starlette", "uvicorn", "h11", "anyio"})
_OF_WAYS: Final = frozenset({"way", "alert-test", "deliveries"})
# What Ctrl-C means to a shell: 128 and the number of the signal.
_INTERRUPTED: Final = 130


def run_command(told: tuple[str, ...]) -> int:
    """Run one command and return its exit code. Never raises.

    Args:
        told: What stands after the program's name.
    """
    speak_utf8()
    tongue = _Tongue()
    try:
        return _understood(told, tongue)
    except SystemExit as end:  # argparse, after --help
        return int(end.code or 0)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Who read our lines has enough of them. Python would complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.GOOD
    except Exception as error:  # noqa: BLE001 - the last wall of the command line
        stop = _explained(tongue.voice, error)
        tongue.voice.complain(redacted(stop.sentence))
        return stop.code


class _Tongue:
    """The voice that errors are told in: English until it is known which one is wanted."""

    def __init__(self) -> None:
        self.voice = voice_in("en")


def _understood(told: tuple[str, ...], tongue: _Tongue) -> int:
    where = places()
    loaded = SettingsFile(where.settings_file).load()
    language = language_of(_language_asked(told), loaded.settings, os.environ)
    settings = loaded.settings
    voice = voice_in(language, latin_digits=settings.latin_digits, calendar=settings.calendar)
    tongue.voice = voice
    for notice in loaded.notices:
        voice.complain(voice.noticed(notice))
    asked = parser_in(voice).parse_args(told)
    return _run(
        Session(voice=voice, language=language, settings=loaded.settings, places=where), asked
    )


def _bench(session: Session, asked: argparse.Namespace) -> int:
    try:
        from wallboard import bench  # noqa: PLC0415 - start-up: it imports what it compares
    except ModuleNotFoundError as error:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "Packages do not hold what measures the program. To measure it, set it up from a"
                " copy of its repository, as its README tells.",
            ),
            Exit.MACHINE,
        ) from error
    unknown = sorted(set(asked.names) - set(bench.TARGETS))
    if unknown:
        raise session.voice.stop(
            phrase("CommandLine", "Nothing is measured as {name}; there are: {names}."),
            name=unknown[0],
            names=", ".join(bench.TARGETS),
        )
    return int(
        bench.main(
            asked.names,
            as_json=asked.json,
            quick=asked.quick,
            profile=asked.profile,
            seconds=asked.seconds,
        )
    )


def _about_itself(session: Session, asked: argparse.Namespace) -> int:
    if asked.command == "bench":
        return _bench(session, asked)
    # Only with further options: `version` alone does not come this far.
    from wallboard.command_line import versions  # noqa: PLC0415 - start-up, as above

    return versions.version(session, check=asked.check, as_json=asked.json)


def _run(session: Session, asked: argparse.Namespace) -> int:
    match asked.command:
        case (
            "connect"
            | "sources"
            | "check"
            | "serve"
            | "token"
            | "way"
            | "alert-test"
            | "deliveries"
        ):
            return _about_connections(session, asked)
        case "board":
            return _board(session, asked)
        case "import" | "history" | "explain" | "report" | "alerts" | "rules" | "journal":
            return _about_the_past(session, asked)
        case "bench" | "version":
            return _about_itself(session, asked)
        case _:
            return _drawn(session, asked)


def _kiosk(session: Session, asked: argparse.Namespace) -> int:
    from wallboard.command_line import kiosk_command  # noqa: PLC0415 - start-up, as above

    return kiosk_command.kiosk(session, kiosk_command.asked_by(asked))


def _about_connections(session: Session, asked: argparse.Namespace) -> int:
    if asked.command in ("serve", "token"):
        return _serving(session, asked)
    if asked.command in _OF_WAYS:
        return _about_ways(session, asked)
    from wallboard.command_line import connecting  # noqa: PLC0415 - start-up, as above

    match asked.command:
        case "connect":
            return connecting.connect(
                session,
                key=asked.kind,
                name=asked.name,
                fields=dict(asked.field),
                secret_stdin=asked.secret_stdin,
                keep=None if asked.keep_secret is None else KeptIn(asked.keep_secret),
            )
        case "check":
            return connecting.check(
                session, name=asked.name, secret_stdin=asked.secret_stdin, as_json=asked.json
            )
        case _:
            return connecting.sources(session, as_json=asked.json)


def _board(session: Session, asked: argparse.Namespace) -> int:
    from wallboard.command_line import following  # noqa: PLC0415 - start-up, as above

    return following.board(
        session,
        opening_of(session, asked.name, secret_stdin=asked.secret_stdin),
        until=following.Until(
            lines=asked.seconds, idle_s=asked.idle_seconds if asked.until_idle else None
        ),
        as_json=asked.json,
    )


def _serving(session: Session, asked: argparse.Namespace) -> int:
    try:
        from wallboard.command_line import serving, tokens  # noqa: PLC0415 - start-up, and an extra
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _SERVER:
            raise
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "To serve walls, {name} is missing. Install it with: pip install"
                " 'wallboard[server]'",
            ),
            Exit.MACHINE,
            name=error.name,
        ) from error
    if asked.command == "serve":
        told = serving.Asked(
            name=asked.name,
            host=asked.host,
            port=asked.port,
            tls_cert=asked.tls_cert,
            tls_key=asked.tls_key,
            metrics=asked.metrics,
            secret_stdin=asked.secret_stdin,
        )
        return serving.serve(session, told)
    match asked.task:
        case "create":
            wanted = tokens.Wanted(
                name=asked.name,
                role=asked.role,
                queues=tuple(asked.queue),
                agents=tuple(asked.agent),
                modes=tuple(asked.mode),
                phone=asked.phone,
                days=asked.days,
            )
            return tokens.create_token(session, wanted, as_json=asked.json)
        case "list":
            return tokens.list_tokens(session, as_json=asked.json)
        case _:
            return tokens.revoke_token(session, asked.name)


def _about_ways(session: Session, asked: argparse.Namespace) -> int:
    from wallboard.command_line import ways_out  # noqa: PLC0415 - start-up, as above

    match asked.command, getattr(asked, "task", ""):
        case "alert-test", _:
            return ways_out.alert_test(session, asked.name)
        case "deliveries", _:
            return ways_out.deliveries(session, asked.name, as_json=asked.json)
        case _, "list":
            return ways_out.list_ways(session, as_json=asked.json)
        case _, "remove":
            return ways_out.remove(session, asked.name)
        case _:
            told = ways_out.Asked(
                key=asked.kind,
                name=asked.name,
                fields=dict(asked.field),
                least=Least(asked.least),
                names=asked.names,
                secret_stdin=asked.secret_stdin,
                keep=None if asked.keep_secret is None else KeptIn(asked.keep_secret),
            )
            return ways_out.add(session, told)


def _about_the_past(session: Session, asked: argparse.Namespace) -> int:
    match asked.command:
        case "history":
            return _history(session, asked)
        case "explain":
            return _explain(session, asked)
        case "report":
            return _report(session, asked)
        case "alerts" | "rules":
            return _alerting(session, asked)
        case "journal":
            return _journal(session, asked)
        case _:
            return _import(session, asked)


def _alerting(session: Session, asked: argparse.Namespace) -> int:
    from wallboard.command_line import alerting  # noqa: PLC0415 - start-up, as above

    if asked.command == "alerts":
        return alerting.alerts(session, asked.of, days=asked.days, as_json=asked.json)
    told = alerting.Asked(task=asked.task, name=asked.of, file=asked.file, as_json=asked.json)
    return alerting.rules(session, told)


def _journal(session: Session, asked: argparse.Namespace) -> int:
    from wallboard.command_line import journal_command  # noqa: PLC0415 - start-up, as above

    told = journal_command.Asked(
        task=asked.task,
        agent=getattr(asked, "agent", None),
        newest=getattr(asked, "newest", 50),
        head=asked.head,
        out=getattr(asked, "out", None),
        server=asked.server,
        file=asked.file,
        key=asked.key,
        as_json=getattr(asked, "json", False),
    )
    return journal_command.journal(session, told)


def _explain(session: Session, asked: argparse.Namespace) -> int:
    from wallboard.command_line import explaining  # noqa: PLC0415 - start-up, as above

    told = explaining.Asked(
        key=asked.kpi,
        profile=asked.of,
        queues=asked.queue,
        since=asked.from_told,
        until=asked.to_told,
        days=asked.days,
        calls=asked.calls,
        as_json=asked.json,
    )
    return explaining.explain_kpi(session, told)


def _report(session: Session, asked: argparse.Namespace) -> int:
    from wallboard.command_line import (  # noqa: PLC0415 - start-up, as above
        report_asked,
        report_command,
    )

    return report_command.report(session, report_asked.asked_of(asked))


def _import(session: Session, asked: argparse.Namespace) -> int:
    from wallboard.command_line import (  # noqa: PLC0415 - start-up, as above
        cdr_import,
        importing,
        queue_log_import,
    )

    told = importing.Asked(
        paths=asked.paths,
        profile=asked.of,
        agents=dict(asked.agent),
        follow=asked.follow,
        look=asked.look,
        as_json=asked.json,
    )
    if asked.log == "cdr":
        rules = cdr_import.CdrAsked(phones=asked.phones, contexts=asked.context)
        return cdr_import.import_cdr(session, told, rules)
    return queue_log_import.import_queue_log(session, told)


def _history(session: Session, asked: argparse.Namespace) -> int:
    from wallboard.command_line import history_command  # noqa: PLC0415 - start-up, as above

    return history_command.history(session, asked.of, task=asked.task, as_json=asked.json)


def _drawn(session: Session, asked: argparse.Namespace) -> int:
    if asked.command == "kiosk":
        return _kiosk(session, asked)
    from wallboard.command_line import showing  # noqa: PLC0415 - start-up, as above

    given = {
        key: value
        for key in ("scenario", "seed", "speed")
        if (value := getattr(asked, key, None)) is not None
    }
    if asked.command == "demo":
        return showing.window(session, demo_opening(session, given), given)
    if asked.command == "shot":
        if asked.of is not None:
            opening = opening_of(session, asked.of, secret_stdin=asked.secret_stdin)
        else:
            opening = demo_opening(session, given)
        picture = showing.Picture(
            page=asked.page,
            out=asked.out,
            theme=None if asked.theme is None else Theme(asked.theme),
            size=asked.size,
            after_s=asked.after,
        )
        return showing.shot(session, opening, picture)
    first = session.settings.first
    name = asked.profile or (None if first is None else first.name)
    profile = None if name is None else session.settings.profile(name)
    if name is not None and (profile is None or _asks_here(profile)):
        return showing.window(session, opening_of(session, name))
    return showing.window(session, None, start=name)


def _asks_here(profile: Profile) -> bool:
    """True if the password is asked for at the terminal; else the window does what is needed."""
    return profile.secret is KeptIn.ASK and sys.stdin.isatty() and profile.kind in kind_keys()


def _language_asked(told: Sequence[str]) -> str | None:
    """Return the language that the command asks for: it is needed before the command is read."""
    for index, word in enumerate(told):
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        if word == "--lang" and index + 1 < len(told):
            value = told[index + 1]
        if value in ("en", "fa"):
            return value
    return None


def _explained(voice: Voice, error: Exception) -> Stop:
    """Return what to say about an error, and with which code to end."""
    match error:
        case Stop():
            stop = error
        case SourceError():
            stop = Stop(voice.fault(error.fault), Exit.BAD)
        case SettingsNotSaved():
            stop = Stop(voice.noticed(error.notice), Exit.MACHINE)
        case SecretsUnavailable():
            stop = Stop(voice.noticed(error.notice), Exit.SECRET)
        case KindUnknown():
            stop = voice.stop(
                phrase(
                    "CommandLine", "There is no kind of system called {key}; there are: {keys}."
                ),
                key=error.key,
                keys=", ".join(error.keys),
            )
        case KindUnusable():
            stop = voice.stop(UNUSABLE, Exit.MACHINE, key=error.key, reason=error.reason)
        case ImportError():
            stop = import_trouble(voice, error)
        case _:
            stop = _unexpected(voice, error)
    return stop


def _unexpected(voice: Voice, error: Exception) -> Stop:
    log = places().logs / "unexpected.log"
    try:
        _write_log(log, error)
    except OSError:
        return voice.stop(
            phrase(
                "CommandLine",
                "A mistake in the program ended it ({error}), and nothing could be written to"
                " {log}. Please report it.",
            ),
            Exit.UNEXPECTED,
            error=type(error).__name__,
            log=log,
        )
    return voice.stop(
        phrase(
            "CommandLine",
            "A mistake in the program ended it ({error}). Please report it with what stands in"
            " {log}.",
        ),
        Exit.UNEXPECTED,
        error=type(error).__name__,
        log=log,
    )


class _RedactedFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def _write_log(log: Path, error: Exception) -> None:
    made(log.parent)
    handler = RotatingFileHandler(log, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8")
    handler.setFormatter(_RedactedFormatter("%(asctime)s %(message)s"))
    record = logging.LogRecord(
        "wallboard",
        logging.ERROR,
        __file__,
        0,
        f"wallboard {VERSION}, Python {sys.version}, {sys.platform}",
        None,
        (type(error), error, error.__traceback__),
    )
    try:
        handler.emit(record)
    finally:
        handler.close()
