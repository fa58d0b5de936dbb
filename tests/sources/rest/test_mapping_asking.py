"""What a mapping asks is asked page by page, of one server only, and no more often than told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.mappings import START

from wallboard.domain.errors import SourceUnreadable
from wallboard.sources.rest.mapping import Kept, Mapping, Request, mapping_in
from wallboard.sources.rest.mapping_asking import MOST_REQUESTS, Look

ADDRESS = "https://api.example/base"
END = """
[queues]
from = "rows"
rows = "rows"
queue_id = "id"
"""


def asking(asks: str, top: str = "") -> Mapping:
    return mapping_in(f'mapping = 1\nname = "x"\n{top}\n{asks}\n{END}'.encode())


def played(look: Look, answers: Any) -> list[Request]:
    """Return the requests of a look, each answered by what a function says, as JSON."""
    asked = []
    while (request := look.wanted()) is not None:
        asked.append(request)
        look.take(json.dumps(answers(request)).encode())
    return asked


def rows(count: int) -> dict[str, Any]:
    return {"rows": [{"id": each} for each in range(count)]}


def test_that_a_request_is_filled_with_the_time_and_the_user_s_values() -> None:
    mapping = asking(
        """
        [asks.rows]
        path = "/shops/{shop}/calls"
        [asks.rows.params]
        from = "{today}"
        since = "{since:epoch_ms}"
        day = "{now:date}"
        all = true
        n = 5
        tag = ["a", "b"]
        """,
        'zone = "Asia/Tehran"\n[values]\nshop = "a/b c"',
    )
    (request,) = played(
        mapping.look(START, address=ADDRESS, since=START - timedelta(seconds=10)), lambda _: rows(0)
    )
    assert (request.method, request.path, request.body) == ("GET", "/shops/a%2Fb%20c/calls", None)
    assert request.params == (
        ("from", "2026-11-21T20:30:00Z"),
        ("since", str(1795336200000 - 310_000)),
        ("day", "2026-11-22"),
        ("all", "true"),
        ("n", "5"),
        ("tag", "a"),
        ("tag", "b"),
    )


def test_that_before_the_first_look_everything_of_today_is_asked_for() -> None:
    mapping = asking('[asks.rows]\npath = "/x"\nparams = { since = "{since}" }')
    (request,) = played(mapping.look(START), lambda _: rows(0))
    assert dict(request.params) == {"since": "2026-11-22T00:00:00Z"}


def test_that_a_body_is_sent_as_json() -> None:
    mapping = asking(
        """
        [asks.rows]
        path = "/query"
        paging = { by = "token", path = "next" }
        [asks.rows.body]
        size = 100
        cursor = "{cursor}"
        from = "{today:epoch_ms}"
        text = "since {today:date}"
        filters = [{ name = "voice" }]
        """
    )
    pages = iter([{"next": "abc", **rows(1)}, rows(1)])
    first, second = played(mapping.look(START), lambda _: next(pages))
    assert first.method == "POST"
    assert json.loads(first.body or b"") == {
        "size": 100, "from": 1795305600000, "text": "since 2026-11-22",
        "filters": [{"name": "voice"}],
    }  # fmt: skip
    assert json.loads(second.body or b"")["cursor"] == "abc"


@pytest.mark.parametrize(
    ("paging", "param", "sizes", "told"),
    [
        ('by = "page", rows = "rows", size = 2', "{page}", [2, 2, 1], ["1", "2", "3"]),
        ('by = "page", rows = "rows", size = 2, first = 0', "{page}", [2, 0], ["0", "1"]),
        ('by = "offset", rows = "rows", size = 2', "{offset}", [2, 2, 1], ["0", "2", "4"]),
        ('by = "offset", rows = "rows", size = 2', "{offset}", [0], ["0"]),
        ('by = "page", rows = "none", size = 2', "{page}", [2], ["1"]),
    ],
)
def test_that_pages_are_counted_until_one_is_not_full(
    paging: str, param: str, sizes: list[int], told: list[str]
) -> None:
    mapping = asking(
        f'[asks.rows]\npath = "/x"\nparams = {{ p = "{param}" }}\npaging = {{ {paging} }}'
    )
    pages = iter(sizes)
    look = mapping.look(START)
    asked = played(look, lambda _: rows(next(pages)))
    assert [dict(request.params)["p"] for request in asked] == told
    assert len(look.answers()["rows"]) == len(sizes)


@pytest.mark.parametrize(
    ("link", "path", "params"),
    [
        ("https://api.example/base/x?page=2&q=a%20b", "/x", (("page", "2"), ("q", "a b"))),
        ("/base/x?page=2", "/x", (("page", "2"),)),
        ("/other?page=2", "/other", (("page", "2"),)),
        ("?page=2", "/x", (("page", "2"),)),
        ("y", "/y", ()),
    ],
)
def test_that_a_link_leads_to_the_next_page(
    link: str, path: str, params: tuple[tuple[str, str], ...]
) -> None:
    mapping = asking('[asks.rows]\npath = "/x"\npaging = { by = "link", path = "next" }')
    pages = iter([{"next": link, **rows(1)}, {"next": None, **rows(1)}])
    _, second = played(mapping.look(START, address=ADDRESS), lambda _: next(pages))
    assert (second.path, second.params) == (path, params)


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/base/x?page=2",
        "http://api.example/base/x?page=2",
        "https://api.example:8443/base/x?page=2",
        "https://api.example@evil.example/base/x?page=2",
        "//evil.example/base/x?page=2",
        "https://api.example.evil.example/",
        "file:///etc/passwd",
        "https://api.example/base/%2e%2e/secret",
        "x" * 5000,
    ],
)
def test_that_no_link_leads_to_another_server(link: str) -> None:
    mapping = asking('[asks.rows]\npath = "/x"\npaging = { by = "link", path = "next" }')
    look = mapping.look(START, address=ADDRESS)
    assert look.wanted() is not None
    with pytest.raises(SourceUnreadable) as caught:
        look.take(json.dumps({"next": link, **rows(1)}).encode())
    assert caught.value.fault.detail("reason") == "the next page would be on another server"


@given(st.text(max_size=40))
def test_that_whatever_a_link_says_only_paths_of_the_address_are_asked(link: str) -> None:
    mapping = asking('[asks.rows]\npath = "/x"\npaging = { by = "link", path = "next", most = 3 }')
    asked = []
    look = mapping.look(START, address=ADDRESS)
    try:
        while (request := look.wanted()) is not None:
            asked.append(request)
            look.take(json.dumps({"next": link, **rows(1)}).encode())
    except SourceUnreadable:
        pass
    for request in asked:
        assert request.path.startswith("/")
        assert request.path.isascii()
        assert not {" ", "?", "#", "\\"} & set(request.path)


@pytest.mark.parametrize(
    "paging",
    [
        'by = "page", rows = "rows", size = 1, most = 3',
        'by = "token", path = "next", most = 3',
        'by = "link", path = "next", most = 3',
    ],
)
def test_that_pages_without_an_end_are_refused_and_not_left_out(paging: str) -> None:
    places = 'params = { p = "{page}" }' if "page" in paging else ""
    places = 'params = { p = "{cursor}" }' if "token" in paging else places
    mapping = asking(f'[asks.rows]\npath = "/x"\n{places}\npaging = {{ {paging} }}')
    count = iter(range(10))
    with pytest.raises(SourceUnreadable):
        played(
            mapping.look(START, address=ADDRESS), lambda _: {"next": f"?{next(count)}", **rows(1)}
        )
    assert next(count) == 3


def test_that_a_page_that_leads_to_itself_is_refused() -> None:
    mapping = asking('[asks.rows]\npath = "/x"\npaging = { by = "link", path = "next" }')
    with pytest.raises(SourceUnreadable):
        played(mapping.look(START, address=ADDRESS), lambda _: {"next": "/base/x", **rows(1)})


EACH = """
[asks.rows]
path = "/queues"
every = 60
[asks.people]
path = "/queues/{each}/people"
each = { from = "rows", path = "rows[].id", most = 3 }
every = 30
"""


def test_that_one_answer_says_what_else_to_ask() -> None:
    look = asking(EACH).look(START)
    asked = played(
        look, lambda r: {"rows": [{"id": 1}, {"id": "a/b"}, {"id": 1}, {"id": ".."}, {"id": None}]}
        if r.ask == "rows" else {"who": r.path},
    )  # fmt: skip
    assert [request.path for request in asked] == [
        "/queues", "/queues/1/people", "/queues/a%2Fb/people"
    ]  # fmt: skip
    assert [json.loads(page) for page in look.answers()["people"]] == [
        {"each": "1", "answer": {"who": "/queues/1/people"}},
        {"each": "a/b", "answer": {"who": "/queues/a%2Fb/people"}},
    ]


def test_that_more_of_them_than_allowed_are_refused() -> None:
    with pytest.raises(SourceUnreadable):
        played(asking(EACH).look(START), lambda _: rows(4))
    assert MOST_REQUESTS > 3


def test_that_an_answer_that_may_be_older_is_not_asked_for_again() -> None:
    mapping = asking(EACH)
    kept = Kept()
    paths: list[list[str]] = []
    for seconds in (0, 20, 40, 65):
        look = mapping.look(START + timedelta(seconds=seconds), kept=kept)
        paths.append([request.path for request in played(look, lambda _: rows(2))])
        kept = look.kept()
        assert len(look.answers()["people"]) == 2
    people = ["/queues/0/people", "/queues/1/people"]
    assert paths == [["/queues", *people], [], people, ["/queues"]]


def test_that_what_a_look_got_before_it_failed_is_not_lost() -> None:
    mapping = asking(EACH)
    look = mapping.look(START)
    assert look.wanted() is not None
    look.take(json.dumps(rows(2)).encode())
    assert look.wanted() == Request(ask="people", path="/queues/0/people")
    again = mapping.look(START + timedelta(seconds=5), kept=look.kept())
    assert again.wanted() == Request(ask="people", path="/queues/0/people")


def test_that_an_answer_of_a_clock_that_was_set_back_is_asked_for_again() -> None:
    mapping = asking('[asks.rows]\npath = "/x"\nevery = 60')
    look = mapping.look(START)
    played(look, lambda _: rows(0))
    assert mapping.look(START - timedelta(hours=1), kept=look.kept()).wanted() is not None
    assert (
        mapping.look(datetime(2026, 11, 22, 8, 30, 1, tzinfo=UTC), kept=look.kept()).wanted()
        is None
    )
