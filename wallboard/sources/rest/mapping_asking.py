"""What a mapping asks of an API at each look: requests, their pages, and what they are filled with.

A look is a little conversation without a network: it says which request comes next and takes its
answer, until it has what it wants. Whoever holds the connection sends them. An answer that may be
older is not asked for again until it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final, TypeAlias
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

import msgspec

from wallboard.domain.errors import FaultKind, SourceUnreadable, fault
from wallboard.domain.value import value
from wallboard.sources.rest.mapping_paths import Budget, Json, Path, PathFailed, TooMuch

MOST_PAGES: Final = 200
MOST_EACH: Final = 200
MOST_REQUESTS: Final = 500
"""In one look, of all its parts together."""
OVERLAP: Final = timedelta(minutes=5)
"""By so much {since} goes back behind the look before: what is written late is met again."""
_MOST_KEPT: Final = 2000
_LONGEST_LINK: Final = 4000
# Of UTF-8, which some write before a JSON text.
_MARK: Final = b"\xef\xbb\xbf"

PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "page": ("number",),
    "offset": ("number",),
    "cursor": (),
    "each": (),
    "today": ("iso", "date", "epoch_s", "epoch_ms"),
    "since": ("iso", "date", "epoch_s", "epoch_ms"),
    "now": ("iso", "date", "epoch_s", "epoch_ms"),
}
"""What a request may be filled with, and the forms of it: {today:epoch_ms}."""

PLACE: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)(?::([a-z_]*))?\}")

Body: TypeAlias = "Mapping[str, Json] | None"


class PagingBy(StrEnum):
    """How an API gives the next page."""

    PAGE = "page"
    """{page} is counted up."""
    OFFSET = "offset"
    """{offset} goes on by the size of a page."""
    LINK = "link"
    """Each page tells the next one's address."""
    TOKEN = "token"  # noqa: S105 - a word for a page
    """Each page tells what {cursor} is for the next one."""


@value
class Paging:
    """How all pages of an answer are got.

    Attributes:
        path: Of the link or token of the next page, or of a page's rows, which are counted.
        first: The number of the first page.
        size: How many rows a full page has. 0 where it does not matter.
        most: More pages than these are refused, not left out.
    """

    by: PagingBy
    path: Path
    first: int = 0
    size: int = 0
    most: int = 20


@value
class Each:
    """One request for each of what an earlier answer holds.

    Its answers are put together with what they are for: `{"each": "17", "answer": …}`.

    Attributes:
        ask: The earlier one's name.
        path: Of the list of texts or numbers that {each} stands for.
        most: More of them are refused, not left out.
    """

    ask: str
    path: Path
    most: int = 50


@value
class Ask:
    """One thing that is asked at each look.

    Attributes:
        name: What its answer is called.
        method: GET or POST.
        path: Below the API's address; may hold places.
        params: May hold places. One that comes to nothing is left out.
        body: Sent as JSON; None for no body. May hold places, in its texts.
        every: The answer may be as old as this.
    """

    name: str
    path: str
    method: str = "GET"
    params: tuple[tuple[str, str], ...] = ()
    body: Body = None
    paging: Paging | None = None
    each: Each | None = None
    every: timedelta = timedelta()


@value
class Request:
    """One request to be sent. Equal ones are the same question.

    Attributes:
        path: Below the API's address, with a slash before it, percent-encoded.
        params: Names and values, not encoded yet.
        body: JSON in UTF-8. None for none.
    """

    ask: str
    path: str
    method: str = "GET"
    params: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


@value
class Kept:
    """Answers of looks before that are still good, by what was asked.

    Attributes:
        pages: Whole answers with the moment they were there.
    """

    pages: Mapping[Request, tuple[datetime, tuple[bytes, ...]]] = field(default_factory=dict)


NOTHING_KEPT: Final = Kept()


class Look:
    """One look, from its first request to its last answer. Used by one thread.

    ```
    look = mapping.look(now, address=…, since=…, kept=…)
    while (request := look.wanted()) is not None:
        look.take(body_of(request))
    mapped = mapping.picture(look.answers(), now, before)
    ```

    After an answer that did not come, forget the look and begin another one.
    """

    def __init__(
        self,
        asks: Sequence[Ask],
        now: datetime,
        *,
        address: str = "",
        since: datetime | None = None,
        zone: tzinfo | None = None,
        kept: Kept = NOTHING_KEPT,
    ) -> None:
        """Begin.

        Args:
            now: By the API's clock, if it is known.
            address: The API's, without a slash at its end; links to elsewhere are refused.
            since: When the last good look was. None if there was none: {since} is {today} then.
            zone: Of the site, for where today begins. None means UTC.
            kept: Of the look before.
        """
        self._address = address
        self._now = now
        self._moments = _moments(now, since, zone or UTC)
        self._old = kept.pages
        self._pages: dict[Request, tuple[datetime, tuple[bytes, ...]]] = {}
        self._answers: dict[str, list[bytes]] = {ask.name: [] for ask in asks}
        self._sent = 0
        self._budget = Budget()
        self._steps = self._conversation(asks)
        self._request: Request | None = None
        self._answer: bytes = b""
        self._begun = False

    def wanted(self) -> Request | None:
        """Return the request that is to be sent now. None if all is there.

        Raises:
            SourceUnreadable: The answers make no whole.
        """
        if not self._begun:
            self._begun = True
            self._step()
        return self._request

    def take(self, answer: bytes) -> None:
        """Take the answer of the request that is wanted.

        Raises:
            SourceUnreadable: It is no JSON, or has no end.
        """
        self._answer = answer
        self._step()

    def answers(self) -> Mapping[str, Sequence[bytes]]:
        """Return what is there by the asks' names, page by page."""
        return self._answers

    def kept(self) -> Kept:
        """Return what the next look need not ask again."""
        return Kept(pages=dict(list(self._pages.items())[-_MOST_KEPT:]))

    def _step(self) -> None:
        try:
            self._request = next(self._steps, None)
        except TooMuch as much:
            raise _unreadable("the paths of the mapping ask for too much of one answer") from much

    def _conversation(self, asks: Sequence[Ask]) -> Iterator[Request]:
        for ask in asks:
            if ask.each is None:
                yield from self._pages_of(ask, "")
            else:
                for item in self._items(ask.each):
                    yield from self._pages_of(ask, item)

    def _pages_of(self, ask: Ask, item: str) -> Iterator[Request]:
        """Ask for all pages of one thing, unless they are there from before."""
        filled = {**self._moments, "each": item, "cursor": ""}
        paging = ask.paging
        number = paging.first if paging is not None else 0
        first = request = self._filled(ask, {**filled, "page": str(number), "offset": "0"})
        old = self._old.get(first)
        if old is not None and timedelta() <= self._now - old[0] < ask.every:
            self._pages[first] = old
            self._answers[ask.name] += old[1]
            return
        pages: list[bytes] = []
        while True:
            yield self._counted(request)
            pages.append(self._answer if ask.each is None else _labelled(self._answer, item, ask))
            following = self._following(ask, request, filled, len(pages))
            if following is None:
                break
            request = following
        if ask.every:
            self._pages[first] = (self._now, tuple(pages))
        self._answers[ask.name] += pages

    def _counted(self, request: Request) -> Request:
        self._sent += 1
        if self._sent > MOST_REQUESTS:
            raise _unreadable("one look would take too many requests")
        return request

    def _following(
        self, ask: Ask, request: Request, filled: Mapping[str, str], pages: int
    ) -> Request | None:
        """Return the request of the next page. None if this was the last one."""
        paging = ask.paging
        if paging is None:
            return None
        found = _found(paging.path, decoded(self._answer, ask.name), self._budget)
        if paging.by in (PagingBy.PAGE, PagingBy.OFFSET):
            rows = len(found) if isinstance(found, list) else 0
            following = None
            if rows and rows >= paging.size:
                following = self._filled(
                    ask,
                    {
                        **filled,
                        "page": str(paging.first + pages),
                        "offset": str(pages * paging.size),
                    },
                )
        elif found in (None, "", False):
            following = None
        elif not _is_text(found):
            raise _unreadable("the next page would be on another server")
        elif paging.by is PagingBy.TOKEN:
            following = self._filled(ask, {**filled, "cursor": str(found)})
        else:
            following = self._linked(request, str(found))
        if following is not None and (pages >= paging.most or following == request):
            raise _unreadable("an answer has more pages than the mapping allows")
        return following

    def _linked(self, request: Request, link: str) -> Request:
        """Return the request of a link, which must lead to the same API."""
        address = urlsplit(self._address)
        here = f"{self._address}{request.path}"
        there = urlsplit(urljoin(here, link)) if len(link) <= _LONGEST_LINK else None
        if there is None or (there.scheme, there.netloc) != (address.scheme, address.netloc):
            raise _unreadable("the next page would be on another server")
        path = there.path
        if address.path and path.startswith(f"{address.path}/"):
            path = path.removeprefix(address.path)
        if not path.startswith("/") or any(
            part in (".", "..") for part in unquote(path).split("/")
        ):
            raise _unreadable("the next page would be on another server")
        return Request(
            ask=request.ask,
            method=request.method,
            path=quote(path, safe="/%:@!$&'()*+,;=~-._"),
            params=tuple(parse_qsl(there.query, keep_blank_values=True)),
            body=request.body,
        )

    def _items(self, each: Each) -> list[str]:
        """Return what {each} stands for, in order, each once."""
        items: dict[str, None] = {}
        for page in self._answers[each.ask]:
            found = _found(each.path, decoded(page, each.ask), self._budget)
            # Dots alone would lead up the path, even if they are encoded.
            items.update(
                (str(one), None) for one in _listed(found) if _is_text(one) and str(one).strip(".")
            )
        if len(items) > each.most:
            raise _unreadable("one look would take too many requests")
        return list(items)

    def _filled(self, ask: Ask, places: Mapping[str, str]) -> Request:
        params = ((name, fill(text, places)) for name, text in ask.params)
        body = None
        if ask.body is not None:
            body = json.dumps(
                _filled_body(ask.body, places), ensure_ascii=False, separators=(",", ":")
            ).encode()
        return Request(
            ask=ask.name,
            method=ask.method,
            path=fill(ask.path, places, quoted=True),
            params=tuple((name, text) for name, text in params if text),
            body=body,
        )


def _labelled(page: bytes, item: str, ask: Ask) -> bytes:
    decoded(page, ask.name)
    return b'{"each":%b,"answer":%b}' % (
        json.dumps(item).encode(),
        page.removeprefix(_MARK),
    )


def decoded(page: bytes, ask: str) -> Json:
    """Return what a page holds.

    Raises:
        SourceUnreadable: It is no JSON.
    """
    page = page.removeprefix(_MARK)
    with suppress(msgspec.DecodeError, ValueError, RecursionError):
        return msgspec.json.decode(page)
    # One name that was cut in the middle of a letter, or is written in an old alphabet, must not
    # hide the whole call center: it is shown with a mark where it is broken.
    try:
        return json.loads(page.decode("utf-8", "replace"), parse_constant=_no_number)
    except (ValueError, RecursionError) as wrong:
        raise _unreadable("the answer to {ask} is no JSON", ask=ask) from wrong


def _no_number(told: str) -> Json:
    raise ValueError(told)


def fill(text: str, places: Mapping[str, str], *, quoted: bool = False) -> str:
    """Return a text with its places filled; those that are not known stay as they are.

    Args:
        quoted: True for a path: what is filled in stays one part of it.
    """

    def filled(found: re.Match[str]) -> str:
        name, form = found[1], found[2]
        said = places.get(f"{name}:{form}" if form and form != "number" else name)
        if said is None:
            return found[0]
        return quote(said, safe="") if quoted else said

    return PLACE.sub(filled, text)


def _filled_body(told: Json, places: Mapping[str, str]) -> Json:
    if isinstance(told, dict):
        filled = {name: _filled_body(each, places) for name, each in told.items()}
        # A cursor of the first page is none: it is not there.
        return {name: each for name, each in filled.items() if each != "" or told[name] == ""}
    if isinstance(told, list):
        return [_filled_body(each, places) for each in told]
    if not isinstance(told, str):
        return told
    alone = PLACE.fullmatch(told)
    said = fill(told, places)
    if alone is not None and alone[2] in ("number", "epoch_s", "epoch_ms") and said.isdecimal():
        return int(said)
    return said


def _moments(now: datetime, since: datetime | None, zone: tzinfo) -> dict[str, str]:
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    today = midnight.astimezone(UTC)
    moments = {
        "today": today,
        "since": today if since is None else since.astimezone(UTC) - OVERLAP,
        "now": now.astimezone(UTC),
    }
    places: dict[str, str] = {}
    for name, at in moments.items():
        whole = at.replace(microsecond=0)
        iso = whole.isoformat().replace("+00:00", "Z")
        places |= {
            name: iso,
            f"{name}:iso": iso,
            f"{name}:date": at.astimezone(zone).date().isoformat(),
            f"{name}:epoch_s": str(int(whole.timestamp())),
            f"{name}:epoch_ms": str(int(whole.timestamp()) * 1000),
        }
    return places


def _found(path: Path, told: Json, budget: Budget) -> Json:
    try:
        return path.search(told, budget)
    except PathFailed:
        return None


def _listed(found: Json) -> list[Json]:
    return found if isinstance(found, list) else []


def _is_text(told: Json) -> bool:
    if isinstance(told, str):
        return 0 < len(told) <= _LONGEST_LINK
    return isinstance(told, int) and not isinstance(told, bool)


def _unreadable(reason: str, **said: str) -> SourceUnreadable:
    return SourceUnreadable(fault(FaultKind.BAD_DATA, reason=reason, **said))
