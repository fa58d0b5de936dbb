"""The Asterisk Manager Interface over HTTP: the same messages as over its socket, by another link.

The rules, in prose:

* `rawman` answers in the same frames as the socket, so the same codec reads them; `mxml` would
  tell the same with its names in other letters. The digest variant is `arawman`.
* One session and one connection, one request after the other. So answers and events are in the
  order in which the server told them, and a nonce is never used twice.
* Without digest we sign in by a challenge: the secret itself is never sent. What the cookie of the
  first answer names is our session; another cookie means that the server knows it no more.
* With digest the server begins a new session without a word when it knows the old one no more.
  Each session has a challenge of its own, so that one is asked for when it may have happened.
* Events wait on the server until WaitEvent fetches them. It is asked again and again, for a second
  at most, so that an action never waits for longer; on a server where much happens no more often
  than every twentieth of a second. Until the first picture is complete it does not wait at all.
* An answer that did not come as a whole may have had events in it, and a session that is gone may
  have had some, too: both are a lost connection, and everything is looked at again.
* A session that was lost is signed off, if the server still has it, before the next one begins.
"""

from __future__ import annotations

import re
import select
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import quote, urlencode

from wallboard.domain.errors import FaultKind, SourceError, SourceRefused, SourceUnavailable, fault
from wallboard.domain.source import Interrupt
from wallboard.sources.asterisk.client import Action, Address, lost
from wallboard.sources.asterisk.codec import Decoder, Garbled, encoded
from wallboard.sources.asterisk.digest import Challenge, Digest, challenge_of, md5
from wallboard.sources.asterisk.http_client import Answer, HttpConnection, NoHttp, shown
from wallboard.sources.asterisk.refusals import too_slow, web_refused

# For the answer to one request, beside the time that a WaitEvent waits.
ANSWER: Final = timedelta(seconds=2.4)
WAIT_S: Final = 1
PACE_S: Final = 0.05
# Where each request needs a connection of its own.
SLOW_PACE_S: Final = 0.5
# Sessions may die after 5 s without a request, no sooner.
_PAUSED_S: Final = 4.0
# How often one request is asked to prove anew who asks.
_TRIES: Final = 3
_COOKIE: Final = re.compile(r'mansession_id="?([0-9A-Za-z]{1,32})"?(?:;|$)')
_FINE: Final = 200
_UNPROVEN: Final = 401
_FORBIDDEN: Final = 403
_MD5: Final = (("AuthType", "MD5"),)
_OVER: Final = {"Event": "WaitEventComplete"}
_REFUSED: Final = {"Response": "Error", "Message": "Authentication failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Where and how a server offers its manager over HTTP.

    Attributes:
        prefix: Of all paths, without a slash at its end. Empty if there is none.
        digest: Whether to sign in by HTTP digest, not by an action.
    """

    address: Address
    prefix: str = ""
    digest: bool = False

    @property
    def path(self) -> str:
        """Where the manager is."""
        return f"{self.prefix}/{'arawman' if self.digest else 'rawman'}"


@dataclass(slots=True)
class _Asked:
    """A request.

    Attributes:
        fields: Of the action, beside its name.
        key: Its ActionID. Empty if we ask it for ourselves.
        cookie: Of another session than ours.
    """

    action: str
    fields: tuple[tuple[str, str], ...] = ()
    key: str = ""
    cookie: str = ""
    patience_s: float = ANSWER.total_seconds()
    sent_s: float = 0.0
    tries: int = 0


class AmiOverHttp:
    """A session. Used by one thread; every call returns within its deadline."""

    def __init__(
        self, web: Web, wanted: Iterable[str] | None, deadline: timedelta, leftover: str = ""
    ) -> None:
        """Connect, and ask who is there.

        Args:
            wanted: Names of the events to decode; None for all.
            deadline: For connecting, and for each send.
            leftover: What `session` was of a link that was lost.

        Raises:
            SourceUnavailable: Nobody answers there.
            SourceRefused: The certificate or the settings for it are not good.
        """
        self.web = web
        self.session = ""
        self.greeting: str | None = None
        self._wanted = None if wanted is None else frozenset(wanted)
        self._http = HttpConnection(web.address, deadline)
        self._nonce: Challenge | None = None
        self._digest: Digest | None = None
        self._challenge = ""
        self._sign_in = ""
        self._signed_in = False
        self._queue: deque[_Asked] = deque()
        self._asked: _Asked | None = None
        self._inbox: list[dict[str, str]] = []
        self._news = False
        self._failure: SourceError | None = None
        self._nothing = threading.Event()
        self._sent_s = 0.0
        self._waited_s = 0.0
        self._waits = 0
        self._waits_over = 0
        self._marked: int | None = None
        if leftover:
            self._queue.append(_Asked("Logoff", cookie=leftover))
        self._queue.append(_Asked("Challenge", _MD5))
        self._step()
        if self._failure is not None:
            raise self._failure

    @property
    def address(self) -> Address:
        """Where the server is."""
        return self.web.address

    def close(self) -> None:
        """Sign off, without waiting for an answer, and let go of the connection."""
        if self._signed_in and self._failure is None and self._http.is_open():
            try:
                # What the server reads after the request that it is busy with.
                self._post(_Asked("Logoff"))
                self.session = ""
            except SourceError as failed:
                self._fail(failed)
        self._http.close()

    def sign_in(self, username: str, secret: str, events: str) -> Action:
        """Return the action that signs in for classes of events."""
        if self.web.digest:
            self._sign_in = "Events"
            self._digest = Digest(username, secret)
            if self._nonce is not None:
                self._digest.challenged(self._nonce)
            return "Events", (("EventMask", events),)
        self._sign_in = "Login"
        key = md5(self._challenge + secret)
        return "Login", (
            ("AuthType", "MD5"),
            ("Username", username),
            ("Key", key),
            ("Events", events),
        )

    def send(self, action: str, *fields: tuple[str, str]) -> None:
        """Ask for an action, as soon as what was asked before is answered.

        Raises:
            Unsendable: A field holds what must not be sent; nothing was.
        """
        encoded(action, fields)
        self._queue.append(_Asked(action, fields, key=dict(fields).get("ActionID", "")))
        self._step()

    def nudge(self) -> None:
        """Do nothing: a web server was asked at once."""

    def mark(self) -> int:
        """Return a number for all that has happened up to now; see `reached`."""
        self._marked = self._waits
        return self._waits

    def reached(self, mark: int) -> bool:
        """Return whether all that had happened at a mark was told."""
        return self._waits_over > mark

    def receive(self) -> list[dict[str, str]]:
        """Return the messages that have come, without waiting.

        Raises:
            SourceUnavailable: The session is lost, after all that came before was returned.
            SourceRefused: Something answers that is no manager; likewise.
        """
        self._hear()
        messages, self._inbox = self._inbox, []
        self._news = False
        if self._failure is not None and not messages:
            raise self._failure
        return messages

    def wait(self, pause_s: float, interrupt: Interrupt | None = None) -> bool:
        """Wait for an answer. False if `pause_s` passed, or `interrupt` is readable."""
        until_s = time.monotonic() + pause_s
        while True:
            self._step()
            if self._heard():
                return True
            now_s = time.monotonic()
            left_s = max(0.0, min(until_s, self._due_s()) - now_s)
            waiting: list[Interrupt] = [] if interrupt is None else [interrupt]
            if self._http.is_open():
                waiting.append(self._http)
            if interrupt in self._ready(waiting, 0.0 if self._http.unseen() else left_s):
                return False
            self._hear()
            if self._heard():
                return True
            if now_s >= until_s:
                return False

    def _ready(self, waiting: list[Interrupt], pause_s: float) -> list[Interrupt]:
        if waiting:
            return select.select(waiting, [], [], pause_s)[0]
        # Not every system can select nothing.
        self._nothing.wait(pause_s)
        return []

    # --- requests -----------------------------------------------------------------------------

    def _due_s(self) -> float:
        """Return when there is something to do though nothing comes."""
        if self._asked is not None:
            return self._asked.sent_s + self._asked.patience_s
        if not self._signed_in:
            return float("inf")
        return self._waited_s + (PACE_S if self._http.kept else SLOW_PACE_S)

    def _step(self) -> None:
        """Ask what is to be asked now."""
        if self._asked is not None or self._failure is not None:
            return
        if self._queue:
            asked = self._queue.popleft()
        elif self._signed_in and time.monotonic() >= self._due_s():
            asked = self._wait_event()
        else:
            return
        try:
            fresh = self._post(asked)
        except SourceError as failed:
            self._fail(failed)
            return
        paused = asked.sent_s - self._sent_s > _PAUSED_S
        self._sent_s = asked.sent_s
        self._asked = asked
        if self._digest is not None and (fresh or paused) and asked.action != "Challenge":
            self._queue.appendleft(_Asked("Challenge", _MD5))

    def _wait_event(self) -> _Asked:
        hurried = self._marked is None or not self.reached(self._marked)
        wait_s = 0 if hurried else WAIT_S
        self._waits += 1
        self._waited_s = time.monotonic()
        fields = (("Timeout", str(wait_s)),)
        return _Asked("WaitEvent", fields, patience_s=wait_s + ANSWER.total_seconds())

    def _post(self, asked: _Asked) -> bool:
        path = self.web.path
        form = urlencode([("Action", asked.action), *asked.fields], quote_via=quote).encode()
        told: tuple[tuple[str, str], ...] = ()
        cookie = asked.cookie or self.session
        if self._digest is not None:
            told = (("Authorization", self._digest.authorization("POST", path)),)
        elif cookie:
            told = (("Cookie", f'mansession_id="{cookie}"'),)
        fresh = self._http.post(path, form, told)
        asked.sent_s = time.monotonic()
        return fresh

    def _heard(self) -> bool:
        """Return whether there is something to receive."""
        return self._news or self._failure is not None

    # --- answers ------------------------------------------------------------------------------

    def _hear(self) -> None:
        """Take the answer, if it is there; give up if it is not there in time."""
        if self._failure is not None:
            return
        try:
            answer = self._http.receive()
            asked = self._asked
            if answer is not None and asked is not None:
                self._asked = None
                self._news = True
                self._take(asked, answer)
            elif asked is not None and time.monotonic() >= asked.sent_s + asked.patience_s:
                raise too_slow(self.address, ANSWER)
        except (NoHttp, Garbled) as wrong:
            self._fail(self._not_ours(str(wrong)))
        except SourceError as failed:
            self._fail(failed)

    def _fail(self, failure: SourceError) -> None:
        self._failure = failure
        self._http.close()

    def _take(self, asked: _Asked, answer: Answer) -> None:
        if asked.action == "Logoff" or not self._let_in(asked, answer):
            return
        messages = self._decoded(answer.body)
        self._follow_cookie(answer)
        if asked.action == "WaitEvent":
            self._take_events(messages)
        elif asked.key:
            self._inbox += messages
            self._note_sign_in(asked, messages[0])
        else:
            self._take_challenge(messages[0], answer)

    def _let_in(self, asked: _Asked, answer: Answer) -> bool:
        """Return whether an answer is the manager's; what is to be said of another one is said."""
        if answer.status == _UNPROVEN and self._prove(asked, answer):
            return False
        if answer.status in (_UNPROVEN, _FORBIDDEN) and self._digest is not None:
            self._refuse(asked)
            return False
        if answer.status != _FINE:
            raise web_refused(self.address, self.web.path, answer)
        return True

    def _note_sign_in(self, asked: _Asked, message: dict[str, str]) -> None:
        if asked.action == self._sign_in and message.get("Response") == "Success":
            self._signed_in = True
            if self._digest is not None:
                self._queue.append(_Asked("Challenge", _MD5))

    def _prove(self, asked: _Asked, answer: Answer) -> bool:
        """Prove who asks, and ask again if that can help."""
        challenge = challenge_of(answer.get("www-authenticate")) if self.web.digest else None
        if challenge is None:
            return False
        if self._digest is None:
            self._nonce = challenge
            self.greeting = answer.get("server") or "HTTP"
            return True
        asked.tries += 1
        if not challenge.stale or asked.tries > _TRIES:
            return False
        self._digest.challenged(challenge)
        self._queue.appendleft(asked)
        self._step()
        return True

    def _refuse(self, asked: _Asked) -> None:
        """Say that who we are is not believed: as the socket would, to who wanted to sign in."""
        if asked.action != self._sign_in:
            raise SourceRefused(fault(FaultKind.SIGN_IN, host=self.address.host))
        self._inbox.append({**_REFUSED, "ActionID": asked.key})

    def _decoded(self, body: bytes) -> list[dict[str, str]]:
        """Return the messages of an answer, the first of which is none of the events.

        Raises:
            Garbled: It is something else.
        """
        decoder = Decoder(wanted=self._wanted, banner=False)
        messages = decoder.feed(body)
        if not messages or "Response" not in messages[0] or decoder.feed(b"\r\n\r\n"):
            raise Garbled(shown(body))
        return messages

    def _follow_cookie(self, answer: Answer) -> None:
        """Take the name of our session from the first answer; another one means that it is gone."""
        if self.web.digest:
            return
        for field in answer.all("set-cookie"):
            found = _COOKIE.match(field)
            if found is not None and not self.session:
                self.session = found[1]
            elif found is not None and found[1] != self.session:
                raise lost(self.address)

    def _take_challenge(self, message: dict[str, str], answer: Answer) -> None:
        """Take what names the session: nobody else's has it."""
        challenge = message.get("Challenge", "")
        if not challenge:
            raise SourceUnavailable(fault(FaultKind.SERVER_ERROR, said=message.get("Message", "")))
        if self._challenge not in ("", challenge):
            raise lost(self.address)
        if not self.web.digest and not self.session:
            raise self._not_ours("no cookie for the session")
        self._challenge = challenge
        if self.greeting is None:
            self.greeting = answer.get("server") or "HTTP"

    def _take_events(self, messages: list[dict[str, str]]) -> None:
        answer, *events = messages
        if answer.get("Response") != "Success":
            said = answer.get("Message", "")
            if "permission" in said.lower():
                raise lost(self.address)
            raise SourceUnavailable(fault(FaultKind.SERVER_ERROR, said=said))
        self._waits_over += 1
        self._inbox += [one for one in events if one.get("Event") != _OVER["Event"]]
        # Also where nothing happened: the server was heard.
        self._inbox.append(dict(_OVER))

    def _not_ours(self, said: str) -> SourceRefused | SourceUnavailable:
        where = self.address
        wrong = fault(FaultKind.NOT_OUR_PROTOCOL, host=where.host, port=where.port, said=said)
        return SourceUnavailable(wrong) if self.greeting else SourceRefused(wrong)
