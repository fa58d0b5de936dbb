"""The commands `serve` and `token`: one connection for many walls, and who may look at it."""

from __future__ import annotations

import errno
import ipaddress
import json
import signal
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from wallboard.app import serving, system_clock
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.openings import Session, opening_of
from wallboard.command_line.voice import Voice
from wallboard.domain.errors import Fault
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.supervision import WishKind
from wallboard.server.feed import HistoryWord, PollingRole
from wallboard.server.journal import JournalUnusable, Verified
from wallboard.server.listening import Tls, listening_at
from wallboard.server.rights import Role
from wallboard.server.tokens import (
    LONGEST_NAME,
    NewToken,
    Token,
    TokenBook,
    TokenRefused,
    TokensUnusable,
    TokenTrouble,
)
from wallboard.ui.outside_text import shown
from wallboard.ui.words import Phrase, phrase

_WATCH_S: Final = 1.0
_WIDTH: Final = 20

_ROLES: Final[dict[Role, Phrase]] = {
    Role.TV: phrase("CommandLine", "screen"),
    Role.SUPERVISOR: phrase("CommandLine", "supervisor"),
    Role.MANAGER: phrase("CommandLine", "manager"),
    Role.ADMINISTRATOR: phrase("CommandLine", "administrator"),
}
_DUTIES: Final[dict[PollingRole, Phrase]] = {
    PollingRole.ALONE: phrase("CommandLine", "This program asks the call center."),
    PollingRole.POLLING: phrase(
        "CommandLine", "This program asks the call center now; the other ones stand by."
    ),
    PollingRole.STANDING_BY: phrase(
        "CommandLine",
        "Another program asks the call center; this one answers the same and stands by.",
    ),
}


_BROKEN_SOMEHOW: Final = phrase("CommandLine", "it does not fit the lines before it")
_BROKEN: Final[dict[str, Phrase]] = {
    "lines were taken off the end": phrase("CommandLine", "lines were taken off the end"),
    "it cannot be read": phrase("CommandLine", "it cannot be read"),
    "it is torn, and nothing follows": phrase("CommandLine", "it ends in half a line"),
}
_REFUSED_TOKENS: Final[dict[TokenTrouble, Phrase]] = {
    TokenTrouble.NAME: phrase(
        "CommandLine",
        "A token's name has 1 to {most} letters that can be seen, and no space at its ends.",
    ),
    TokenTrouble.NAME_TAKEN: phrase(
        "CommandLine",
        "There is a token of the name {name} already. Choose another name, or revoke that one:"
        " wallboard token revoke",
    ),
    TokenTrouble.EXPIRED: phrase("CommandLine", "Such a token would have expired already."),
    TokenTrouble.SCREEN: phrase(
        "CommandLine",
        "A screen gives no commands: leave out --mode, or make a token of another role.",
    ),
    TokenTrouble.NONE_SUCH: phrase(
        "CommandLine",
        "No token that holds is called {name}; see them with `wallboard token list`.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What `serve` was asked to do.

    Attributes:
        tls_key: None if the certificate's file has it too.
    """

    name: str
    host: str
    port: int
    tls_cert: Path | None = None
    tls_key: Path | None = None
    metrics: bool = False
    secret_stdin: bool = False


def serve(session: Session, asked: Asked) -> Exit:
    """Serve a connection until somebody asks to end, which is a good end.

    Raises:
        Stop: There is no such connection, the place is taken, a file cannot be read.
    """
    voice = session.voice
    if asked.tls_key is not None and asked.tls_cert is None:
        raise voice.stop(
            phrase("CommandLine", "--tls-key is of no use without --tls-cert; give both.")
        )
    tls = None if asked.tls_cert is None else _proof(voice, asked.tls_cert, asked.tls_key)
    opening = opening_of(session, asked.name, secret_stdin=asked.secret_stdin)
    feed = serving.feed_of(opening, session.settings, session.places)
    stop = threading.Event()
    with (
        _sole(session, asked.name),
        _ended_by_signals(stop),
        _listener(voice, asked) as listener,
    ):
        told = serving.Serving(
            listener=listener,
            tls=tls,
            metrics=asked.metrics,
            found_broken=lambda found: _say_broken(voice, found),
        )
        _announce(session, asked, listener)
        watch = _Watch(voice, feed, stop)
        end_log = _logged(session)
        watch.start()
        try:
            serving.serve(feed, session.places, told, stop)
        except (TokensUnusable, JournalUnusable) as error:
            raise _unusable(voice, error) from error
        finally:
            stop.set()
            watch.join()
            end_log()
    with suppress(OSError):
        voice.complain(voice.told(phrase("CommandLine", "Ended; nothing is open any more.")))
    return Exit.GOOD


@contextmanager
def _sole(session: Session, name: str) -> Iterator[None]:
    """Be the only one who serves a connection from its file.

    Raises:
        Stop: Another program does.
    """
    try:
        lock = serving.sole_server(name, session.settings, session.places)
    except serving.ServedAlready as error:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "Another program serves {name} from this place already; two would write one"
                " history. End it, or let both keep the history on a PostgreSQL server: then they"
                " stand by for each other.",
            ),
            Exit.MACHINE,
            name=name,
        ) from error
    with lock:
        yield


def _say_broken(voice: Voice, found: Verified) -> None:
    with suppress(OSError):
        voice.complain(
            voice.told(
                phrase(
                    "CommandLine",
                    "The journal of commands is not as it was written, from line {line} on:"
                    " {reason}. Keep the file journal.jsonl, and find out who could write it; new"
                    " lines go on behind it.",
                ),
                line=found.broken_at,
                reason=voice.told(_BROKEN.get(found.reason, _BROKEN_SOMEHOW)),
            )
        )


def _logged(session: Session) -> Any:  # noqa: ANN401 - what ends it
    try:
        return serving.log_requests(session.places)
    except OSError as error:
        raise session.voice.stop(
            phrase("CommandLine", "{folder} cannot be written ({reason})."),
            Exit.MACHINE,
            folder=session.places.logs,
            reason=error.strerror or type(error).__name__,
        ) from error


def _proof(voice: Voice, certificate: Path, key: Path | None) -> Tls:
    """Return what the server proves itself by, after a look at it.

    Raises:
        Stop: It cannot be used.
    """
    for path in (certificate, certificate if key is None else key):
        try:
            path.read_bytes()
        except OSError as error:
            raise voice.stop(
                phrase("CommandLine", "The file {file} cannot be read ({reason})."),
                Exit.MACHINE,
                file=path,
                reason=error.strerror or type(error).__name__,
            ) from error
    try:
        # A key with a password has nobody to ask for it here.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key, password=lambda: b"")
    except (ssl.SSLError, OSError) as error:
        raise voice.stop(
            phrase(
                "CommandLine",
                "{certificate} is no certificate with a key that fits it ({reason}). Give a PEM"
                " file with the certificate and those that lead to a root, and one with its key,"
                " without a password.",
            ),
            Exit.MACHINE,
            certificate=certificate,
            reason=getattr(error, "reason", None) or type(error).__name__,
        ) from error
    return Tls(certificate=certificate, key=key)


@contextmanager
def _listener(voice: Voice, asked: Asked) -> Iterator[socket.socket]:
    try:
        listener = listening_at(asked.host, asked.port)
    except OSError as error:
        raise _not_listening(voice, asked, error) from error
    with listener:
        yield listener


def _not_listening(voice: Voice, asked: Asked, error: OSError) -> Stop:
    if error.errno == errno.EADDRINUSE:
        why = phrase(
            "CommandLine",
            "Another program listens at {host} port {port} already. End it, or choose another port"
            " with --port.",
        )
    elif error.errno == errno.EACCES:
        why = phrase(
            "CommandLine",
            "This user may not listen at {host} port {port}. Choose a port above 1023 with --port.",
        )
    else:
        why = phrase(
            "CommandLine",
            "Nothing can listen at {host} port {port} ({reason}). Choose one of this machine's"
            " addresses with --host.",
        )
    return voice.stop(
        why,
        Exit.MACHINE,
        host=asked.host,
        port=asked.port,
        reason=error.strerror or type(error).__name__,
    )


def _announce(session: Session, asked: Asked, listener: socket.socket) -> None:
    voice = session.voice
    address = listener.getsockname()
    scheme = "http" if asked.tls_cert is None else "https"
    host = f"[{address[0]}]" if ":" in address[0] else address[0]
    voice.say(
        voice.told(
            phrase("CommandLine", "{name} is served at {address}"),
            name=asked.name,
            address=f"{scheme}://{host}:{address[1]}",
        )
    )
    if (
        asked.tls_cert is None
        and not ipaddress.ip_address(address[0].partition("%")[0]).is_loopback
    ):
        voice.complain(
            voice.told(
                phrase(
                    "CommandLine",
                    "Without TLS the tokens of walls cross the network in clear, and whoever hears"
                    " one may use it. Give --tls-cert and --tls-key, or put a proxy with TLS in"
                    " front.",
                )
            )
        )
    try:
        known = any(token.holds(_now()) for token in _book(session).tokens())
    except TokensUnusable as error:
        raise _unusable(voice, error) from error
    if not known:
        voice.complain(
            voice.told(
                phrase(
                    "CommandLine",
                    "Nobody can sign in yet. Make the first token, for a screen:"
                    " wallboard token create --name NAME --role tv",
                )
            )
        )


@contextmanager
def _ended_by_signals(stop: threading.Event) -> Iterator[None]:
    before = {
        number: signal.signal(number, lambda _number, _frame: stop.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass(slots=True)
class _Word:
    """What was said last."""

    role: PollingRole | None = None
    fault: Fault | None = None
    paused: bool = False
    notices: dict[str, Fault] = field(default_factory=dict)


class _Watch:
    """Says what comes and goes: for who reads the log of the machine."""

    def __init__(self, voice: Voice, feed: serving.ServedFeed, stop: threading.Event) -> None:
        self._voice = voice
        self._feed = feed
        self._stop = stop
        self._word = _Word()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        with suppress(OSError):  # who read our lines has gone; walls are served all the same
            while not self._stop.wait(_WATCH_S):
                self._look()

    def _look(self) -> None:
        health, issue, voice = self._feed.health(), self._feed.newest(), self._voice
        word = self._word
        if health.role is not word.role and (issue is not None or health.source.fault is not None):
            word.role = health.role
            voice.complain(voice.told(_DUTIES[health.role]))
        # By kind: the details of one and the same trouble may change from second to second.
        told = [] if health.source.fault is None else [health.source.fault]
        told += () if issue is None else issue.notices
        found = {str(each.kind): each for each in told}
        for name, each in found.items():
            if name not in word.notices:
                voice.complain(voice.fault(each))
        for name, each in word.notices.items():
            if name not in found:
                over = voice.told(phrase("CommandLine", "This is over:"))
                voice.complain(f"{over} {voice.fault_cause(each)}")
        word.notices = found
        self._pause(paused=health.history is HistoryWord.PAUSED)

    def _pause(self, *, paused: bool) -> None:
        if paused == self._word.paused:
            return
        self._word.paused = paused
        said = (
            phrase(
                "CommandLine",
                "Nothing can be stored now: walls go on, and what happens is stored later.",
            )
            if paused
            else phrase("CommandLine", "What happens is stored again.")
        )
        self._voice.complain(self._voice.told(said))


# --- tokens ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The token that is to be made.

    Attributes:
        queues, agents: Their ids; empty: all.
        modes: Commands beyond what the role may.
        days: For how long. None: until it is revoked.
    """

    name: str
    role: str
    queues: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    days: int | None = None


def create_token(session: Session, wanted: Wanted, *, as_json: bool) -> Exit:
    """Make a token and tell it: this once, and never again.

    Raises:
        Stop: It cannot be made.
    """
    now = _now()
    asked = NewToken(
        name=wanted.name,
        role=Role(wanted.role),
        queues=frozenset(map(QueueId, wanted.queues)) or None,
        agents=frozenset(map(AgentId, wanted.agents)) or None,
        modes=frozenset(map(WishKind, wanted.modes)),
        expires=None if wanted.days is None else now + timedelta(days=wanted.days),
    )
    voice = session.voice
    try:
        token, said = _book(session).create(asked, now)
    except TokenRefused as error:
        raise voice.stop(_REFUSED_TOKENS[error.why], name=wanted.name, most=LONGEST_NAME) from error
    except TokensUnusable as error:
        raise _unusable(voice, error) from error
    if as_json:
        voice.say(json.dumps({**_told(token, now), "token": said}, ensure_ascii=False))
        return Exit.GOOD
    voice.say(said)
    voice.complain(
        voice.told(
            phrase(
                "CommandLine",
                "This is the token of {name}. It is shown only now: put it where the wall asks for"
                " it. If it is lost, revoke it and make another one.",
            ),
            name=token.name,
        )
    )
    return Exit.GOOD


def list_tokens(session: Session, *, as_json: bool) -> Exit:
    """Tell which tokens there are; not what is said to sign in by them.

    Raises:
        Stop: The file of them cannot be read.
    """
    voice, now = session.voice, _now()
    try:
        tokens = _book(session).tokens()
    except TokensUnusable as error:
        raise _unusable(voice, error) from error
    if as_json:
        for token in tokens:
            voice.say(json.dumps(_told(token, now), ensure_ascii=False))
        return Exit.GOOD
    if not tokens:
        voice.say(
            voice.told(
                phrase(
                    "CommandLine",
                    "There is no token yet. Make one with: wallboard token create --name NAME"
                    " --role tv",
                )
            )
        )
    for token in tokens:
        voice.say(_line(voice, token, now))
    return Exit.GOOD


def revoke_token(session: Session, name: str) -> Exit:
    """Let a token hold no more, from the next second on.

    Raises:
        Stop: There is none of that name or id that holds.
    """
    voice = session.voice
    try:
        token = _book(session).revoke(name, _now())
    except TokenRefused as error:
        raise voice.stop(_REFUSED_TOKENS[error.why], name=name, most=LONGEST_NAME) from error
    except TokensUnusable as error:
        raise _unusable(voice, error) from error
    voice.say(
        voice.told(
            phrase("CommandLine", "The token of {name} does not hold any more."), name=token.name
        )
    )
    return Exit.GOOD


def _line(voice: Voice, token: Token, now: datetime) -> str:
    if token.revoked is not None:
        state = voice.told(phrase("CommandLine", "revoked {day}"), day=_day(voice, token.revoked))
    elif not token.holds(now):
        state = voice.told(phrase("CommandLine", "expired"))
    elif token.expires is not None:
        state = voice.told(phrase("CommandLine", "until {day}"), day=_day(voice, token.expires))
    else:
        state = voice.told(phrase("CommandLine", "holds"))
    cells = (shown(token.name), voice.told(_ROLES[token.role]), state)
    return "  ".join((token.token_id, *(f"{cell:<{_WIDTH}}" for cell in cells))).rstrip()


def _told(token: Token, now: datetime) -> dict[str, object]:
    return {
        "id": token.token_id,
        "name": token.name,
        "role": str(token.role),
        "queues": None if token.queues is None else sorted(token.queues),
        "agents": None if token.agents is None else sorted(token.agents),
        "modes": sorted(token.modes),
        "created": token.created.isoformat(),
        "expires": None if token.expires is None else token.expires.isoformat(),
        "revoked": None if token.revoked is None else token.revoked.isoformat(),
        "holds": token.holds(now),
    }


def _day(voice: Voice, instant: datetime) -> str:
    return voice.wording.digits(f"{instant:%Y-%m-%d}")


def _book(session: Session) -> TokenBook:
    return serving.tokens_of(session.places)


def _unusable(voice: Voice, error: Exception) -> Stop:
    return voice.stop(
        phrase(
            "CommandLine",
            "A file that the server needs cannot be used ({reason}). Look at the folder server"
            " among the program's data.",
        ),
        Exit.MACHINE,
        reason=error,
    )


def _now() -> datetime:
    return system_clock().now().wall
