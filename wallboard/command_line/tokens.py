"""The commands `token`: who may look at what is served from here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from wallboard.app import serving, system_clock
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.openings import Session
from wallboard.command_line.voice import Voice
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.supervision import WishKind
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

_WIDTH: Final = 20

_ROLES: Final[dict[Role, Phrase]] = {
    Role.TV: phrase("CommandLine", "screen"),
    Role.SUPERVISOR: phrase("CommandLine", "supervisor"),
    Role.MANAGER: phrase("CommandLine", "manager"),
    Role.ADMINISTRATOR: phrase("CommandLine", "administrator"),
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
        "A screen gives no commands: leave out --mode and --phone, or make a token of another"
        " role.",
    ),
    TokenTrouble.PHONE: phrase(
        "CommandLine", "Nothing can be dialled as {phone}; write it as in PJSIP/9001."
    ),
    TokenTrouble.NONE_SUCH: phrase(
        "CommandLine",
        "No token that holds is called {name}; see them with `wallboard token list`.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The token that is to be made.

    Attributes:
        queues, agents: Their ids; empty: all.
        modes: Commands beyond what the role may.
        phone: By which its owner listens. Empty: none.
        days: For how long. None: until it is revoked.
    """

    name: str
    role: str
    queues: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    phone: str = ""
    days: int | None = None


def create_token(session: Session, wanted: Wanted, *, as_json: bool) -> Exit:
    """Make a token and tell it: this once, and never again.

    Raises:
        Stop: It cannot be made.
    """
    at = now()
    asked = NewToken(
        name=wanted.name,
        role=Role(wanted.role),
        queues=frozenset(map(QueueId, wanted.queues)) or None,
        agents=frozenset(map(AgentId, wanted.agents)) or None,
        modes=frozenset(map(WishKind, wanted.modes)),
        phone=wanted.phone,
        expires=None if wanted.days is None else at + timedelta(days=wanted.days),
    )
    voice = session.voice
    try:
        token, said = book_of(session).create(asked, at)
    except TokenRefused as error:
        raise voice.stop(
            _REFUSED_TOKENS[error.why], name=wanted.name, most=LONGEST_NAME, phone=wanted.phone
        ) from error
    except TokensUnusable as error:
        raise unusable(voice, error) from error
    if as_json:
        voice.say(json.dumps({**_told(token, at), "token": said}, ensure_ascii=False))
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
    voice, at = session.voice, now()
    try:
        tokens = book_of(session).tokens()
    except TokensUnusable as error:
        raise unusable(voice, error) from error
    if as_json:
        for token in tokens:
            voice.say(json.dumps(_told(token, at), ensure_ascii=False))
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
        voice.say(_line(voice, token, at))
    return Exit.GOOD


def revoke_token(session: Session, name: str) -> Exit:
    """Let a token hold no more, from the next second on.

    Raises:
        Stop: There is none of that name or id that holds.
    """
    voice = session.voice
    try:
        token = book_of(session).revoke(name, now())
    except TokenRefused as error:
        raise voice.stop(_REFUSED_TOKENS[error.why], name=name, most=LONGEST_NAME) from error
    except TokensUnusable as error:
        raise unusable(voice, error) from error
    voice.say(
        voice.told(
            phrase("CommandLine", "The token of {name} does not hold any more."), name=token.name
        )
    )
    return Exit.GOOD


def _line(voice: Voice, token: Token, at: datetime) -> str:
    if token.revoked is not None:
        state = voice.told(phrase("CommandLine", "revoked {day}"), day=_day(voice, token.revoked))
    elif not token.holds(at):
        state = voice.told(phrase("CommandLine", "expired"))
    elif token.expires is not None:
        state = voice.told(phrase("CommandLine", "until {day}"), day=_day(voice, token.expires))
    else:
        state = voice.told(phrase("CommandLine", "holds"))
    cells = (shown(token.name), voice.told(_ROLES[token.role]), state)
    return "  ".join((token.token_id, *(f"{cell:<{_WIDTH}}" for cell in cells))).rstrip()


def _told(token: Token, at: datetime) -> dict[str, object]:
    return {
        "id": token.token_id,
        "name": token.name,
        "role": str(token.role),
        "queues": None if token.queues is None else sorted(token.queues),
        "agents": None if token.agents is None else sorted(token.agents),
        "modes": sorted(token.modes),
        "phone": token.phone,
        "created": token.created.isoformat(),
        "expires": None if token.expires is None else token.expires.isoformat(),
        "revoked": None if token.revoked is None else token.revoked.isoformat(),
        "holds": token.holds(at),
    }


def _day(voice: Voice, instant: datetime) -> str:
    return voice.wording.digits(f"{instant:%Y-%m-%d}")


def book_of(session: Session) -> TokenBook:
    """Return the tokens of what is served from here."""
    return serving.tokens_of(session.places)


def unusable(voice: Voice, error: Exception) -> Stop:
    """Return the end that it comes to: a file of the server's cannot be used."""
    return voice.stop(
        phrase(
            "CommandLine",
            "A file that the server needs cannot be used ({reason}). Look at the folder server"
            " among the program's data.",
        ),
        Exit.MACHINE,
        reason=error,
    )


def now() -> datetime:
    """Return the time."""
    return system_clock().now().wall
