"""Another system is asked over HTTP and read by a mapping: by a source, a check, a preview."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from support.clocks import HandClock
from support.faultd import Asked, FaultServer, Said
from support.mappings import PLAIN
from support.prism import mock_of
from support.shared import WHY_NOT, shared_folder

from wallboard.domain.errors import FaultKind, SourceError, SourceRefused
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.finding import Finding, Verdict
from wallboard.domain.snapshot import AgentId
from wallboard.domain.source import SourceKind
from wallboard.domain.supervision import Wish, WishKind
from wallboard.sources.registry import kind
from wallboard.sources.rest.check import findings
from wallboard.sources.rest.mapping_check import Preview
from wallboard.sources.rest.mapping_source import MappedSource
from wallboard.sources.rest.settings import account_of

TOKEN = "canary-geheim-1234"


class Shop:
    """A system with an API of its own: pages of two calls, and people on another path."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock
        self.calls: list[dict[str, Any]] = []
        self.people = [{"id": "a", "name": "Sara", "state": "Available", "in": [1]}]
        self.dated = True
        self.refusing: dict[str, int] = {}

    def __call__(self, asked: Asked) -> Said:
        headers = (
            {"Date": format_datetime(self.clock.now().wall, usegmt=True)} if self.dated else {}
        )
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Said(status=401, headers=headers)
        if asked.path in self.refusing:
            return Said(status=self.refusing[asked.path], body=b"{}", headers=headers)
        query = parse_qs(asked.target.partition("?")[2])
        at = int(query.get("skip", ["0"])[0])
        told: dict[str, Any] = {
            "/api/queues": {"queues": [{"id": 1, "title": "Sales"}]},
            "/api/people": {"people": self.people},
            "/api/calls": {"calls": self.calls[at : at + 2]},
        }.get(asked.path, {})
        if not told:
            return Said(status=404, headers=headers)
        return Said(body=json.dumps(told).encode(), headers=headers)

    def call(self, number: int, came: float, **told: Any) -> dict[str, Any]:
        at = int(self.clock.now().wall.timestamp() + came)
        return {"id": number, "queue": 1, "came": at, **told}


MAPPING = (
    PLAIN.replace('[asks.live]\npath = "/live"', """
[asks.names]
path = "/queues"
every = 60
[asks.people]
path = "/people"
method = "POST"
body = { all = true }
[asks.calls]
path = "/calls"
params = { skip = "{offset}" }
paging = { by = "offset", rows = "calls", size = 2 }
""").replace('[queues]\nfrom = "live"', '[queues]\nfrom = "names"')
    .replace('[agents]\nfrom = "live"', '[agents]\nfrom = "people"')
    .replace('[calls]\nfrom = "live"', '[calls]\nfrom = "calls"')
)  # fmt: skip


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def shop(clock: HandClock) -> Shop:
    return Shop(clock)


@pytest.fixture
def server(shop: Shop) -> Iterator[FaultServer]:
    with FaultServer(shop) as running:
        yield running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.fixture
def told(server: FaultServer, file: Path) -> dict[str, str]:
    return {
        "url": f"{server.address}/api", "secret": TOKEN, "mapping": str(file), "poll": "5"
    }  # fmt: skip


@pytest.fixture
def source(told: dict[str, str], clock: HandClock) -> Iterator[MappedSource]:
    made = MappedSource(account_of(told), clock)
    yield made
    made.close()


def fault_of(source: MappedSource) -> Any:
    with pytest.raises(SourceError) as caught:
        source.fetch()
    return caught.value.fault


# --- The source ---


def test_that_the_kind_makes_such_a_source_where_a_mapping_is_told(
    told: dict[str, str], clock: HandClock
) -> None:
    made = kind("rest").connect(told, clock)
    assert isinstance(made, MappedSource)
    assert made.fetch().snapshot.queues["1"].name == "Sales"  # type: ignore[index]
    made.close()


def test_that_a_picture_is_made_of_all_pages_and_what_seldom_changes_is_asked_seldom(
    source: MappedSource, shop: Shop, server: FaultServer, clock: HandClock
) -> None:
    shop.calls = [shop.call(each, -30) for each in range(5)]
    fetched = source.fetch()
    assert len(fetched.snapshot.calls) == 5
    assert fetched.snapshot.agents[AgentId("a")].name == "Sara"
    assert [(asked.method, asked.target) for asked in server.asked] == [
        ("GET", "/api/queues"),
        ("POST", "/api/people"),
        ("GET", "/api/calls?skip=0"),
        ("GET", "/api/calls?skip=2"),
        ("GET", "/api/calls?skip=4"),
    ]
    assert server.asked[1].body == b'{"all":true}'
    server.asked.clear()
    clock.pass_by(5)
    shop.calls = [shop.call(4, -35, answered=int(clock.now().wall.timestamp()), agent="a")]
    later = source.fetch()
    assert [asked.path for asked in server.asked] == ["/api/people", "/api/calls"]
    gone = [fact for fact in later.facts if isinstance(fact, CallRecord)]
    assert {fact.call_id for fact in gone} == {"0", "1", "2", "3"}
    assert {fact.ending for fact in gone} == {Ending.UNKNOWN}
    assert later.snapshot.as_of - fetched.snapshot.as_of == timedelta(seconds=5)


def test_that_a_look_that_failed_is_taken_up_again_and_no_call_is_lost(
    source: MappedSource, shop: Shop, server: FaultServer, clock: HandClock
) -> None:
    shop.calls = [shop.call(1, -30)]
    source.fetch()
    shop.refusing = {"/api/calls": 500}
    clock.pass_by(5)
    assert fault_of(source).kind is FaultKind.SERVER_ERROR
    shop.refusing, shop.calls = {}, []
    clock.pass_by(5)
    (fact,) = source.fetch().facts
    assert fact.call_id == "1"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, FaultKind.NOT_OUR_PROTOCOL),
        (400, FaultKind.NOT_OUR_PROTOCOL),
        (403, FaultKind.FORBIDDEN),
        (401, FaultKind.SIGN_IN),
        (503, FaultKind.SERVER_ERROR),
    ],
)
def test_that_an_answer_that_is_none_says_why(
    source: MappedSource, shop: Shop, status: int, kind: FaultKind
) -> None:
    shop.refusing = {"/api/calls": status}
    assert fault_of(source).kind is kind


def test_that_the_server_s_clock_is_the_picture_s_and_may_be_set_back(
    source: MappedSource, shop: Shop, clock: HandClock
) -> None:
    first = source.fetch()
    assert first.snapshot.as_of == clock.now().wall.replace(microsecond=0)
    shop.clock = HandClock(wall=clock.now().wall - timedelta(hours=2))
    back = source.fetch()
    assert back.snapshot.as_of == shop.clock.now().wall.replace(microsecond=0)
    assert FaultKind.CLOCK_OFF in {notice.kind for notice in back.notices}
    shop.dated = False
    assert source.fetch().snapshot.as_of == clock.now().wall


def test_that_the_calls_of_a_source_that_ended_are_taken_over(
    source: MappedSource, told: dict[str, str], shop: Shop, clock: HandClock
) -> None:
    shop.calls = [shop.call(1, -30)]
    left = source.fetch().snapshot
    after = MappedSource(account_of(told), clock)
    after.resume(left)
    shop.calls = []
    (fact,) = after.fetch().facts
    assert fact.call_id == "1"  # type: ignore[union-attr]
    after.close()


def test_that_nothing_is_done_for_a_supervisor(source: MappedSource, server: FaultServer) -> None:
    result = source.supervise(Wish(kind=WishKind.LISTEN, agent_id=AgentId("a")))
    assert not result.done
    assert server.asked == []


def test_that_a_mapping_that_is_wrong_is_told_before_anything_is_asked(
    told: dict[str, str], clock: HandClock, file: Path, server: FaultServer
) -> None:
    file.write_text(MAPPING.replace("queue_id", "queueid", 1), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        MappedSource(account_of(told), clock)
    fault = caught.value.fault
    assert (fault.kind, fault.detail("field")) == (FaultKind.BAD_SETTING, "mapping")
    assert fault.detail("near") == "queue_id"
    assert server.asked == []


# --- The check ---


def checked(told: dict[str, str], clock: HandClock) -> dict[str, Finding]:
    return {finding.topic: finding for finding in findings(told, clock)}


def test_that_a_check_tells_what_was_found(
    told: dict[str, str], clock: HandClock, shop: Shop
) -> None:
    shop.calls = [shop.call(1, -30)]
    shop.people.append({"id": "b", "name": "<b>", "state": "Zen", "in": []})
    found = checked(told, clock)
    assert list(found) == [
        "mapping", "reachable", "tls", "sign_in", "mapped_asked", "mapped_queues",
        "mapped_agents", "mapped_calls", "mapped_words", "mapped_speed",
    ]  # fmt: skip
    assert dict(found["mapped_agents"].details)["names"] == "Sara, <b>"
    assert dict(found["mapped_words"].details)["place"] == "agents.state"
    assert {topic for topic, each in found.items() if each.verdict is Verdict.WARNING} == {
        "mapped_words"
    }


@pytest.mark.parametrize(
    ("old", "new", "topic"),
    [
        ('queue_id = "id"', 'queueid = "id"', "mapping"),
        ('rows = "people"', 'rows = "persons"', "mapped_no_picture"),
        ('path = "/calls"', 'path = "/rings"', "reachable"),
    ],
)
def test_that_a_check_ends_at_what_is_wrong(
    told: dict[str, str], clock: HandClock, file: Path, old: str, new: str, topic: str
) -> None:
    file.write_text(MAPPING.replace(old, new, 1), encoding="utf-8")
    *_, last = checked(told, clock).values()
    assert (last.topic, last.verdict) == (topic, Verdict.BAD)


def test_that_a_file_with_both_sums_and_calls_that_are_over_is_refused(
    told: dict[str, str], clock: HandClock, file: Path
) -> None:
    both = """
[ended]
from = "calls"
rows = "calls"
call_id = "id"
ending = "how"
[counters]
from = "names"
rows = "queues"
queue_id = "id"
since = "reload"
waiting = "n"
"""
    file.write_text(MAPPING + both, encoding="utf-8")
    with pytest.raises(SourceRefused) as caught:
        kind("rest").connect(told, clock)
    assert caught.value.fault.detail("place") == "counters"
    assert "keep one of the two" in caught.value.fault.detail("reason")


# --- The preview ---


def test_that_a_preview_asks_once_and_reads_again_and_again(
    told: dict[str, str], clock: HandClock, shop: Shop, file: Path, server: FaultServer
) -> None:
    shop.calls = [shop.call(1, -30)]
    preview = Preview(told, clock)
    first = {each.topic: each for each in preview.ask(preview.read())}
    assert dict(first["mapped_queues"].details)["names"] == "Sales"
    asked = len(server.asked)
    file.write_text(MAPPING.replace('name = "title"', 'name = "id"'), encoding="utf-8")
    second = {each.topic: each for each in preview.show(preview.read())}
    assert dict(second["mapped_queues"].details)["names"] == "1"
    file.write_text(MAPPING.replace('name = "title"', "name = ["), encoding="utf-8")
    (broken,) = preview.show(preview.read())
    assert (broken.topic, broken.verdict) == ("mapping", Verdict.BAD)
    assert broken.fault is not None
    assert broken.fault.detail("place").startswith("line ")
    file.write_text(MAPPING.replace('path = "/calls"', 'path = "/new"'), encoding="utf-8")
    (unasked,) = preview.show(preview.read())
    assert (unasked.topic, unasked.details) == ("mapped_not_asked", (("ask", "calls"),))
    assert len(server.asked) == asked, "editing asks nobody"


def test_that_a_preview_tells_why_there_is_no_answer(
    told: dict[str, str], clock: HandClock, server: FaultServer
) -> None:
    preview = Preview({**told, "secret": "wrong"}, clock)
    (refused,) = preview.ask(preview.read())
    assert refused.fault is not None
    assert refused.fault.kind is FaultKind.SIGN_IN
    server.stop_listening()
    preview = Preview(told, clock)
    (unreached,) = preview.ask(preview.read())
    assert unreached.fault is not None
    assert unreached.fault.kind is FaultKind.UNREACHABLE


# --- A mock that a stranger makes of a vendor's specification ---


@pytest.fixture
def mocked(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Starts a mock of one of the vendors' specifications, and returns its address."""
    with ExitStack() as running:

        def start(name: str) -> str:
            folder = shared_folder()
            if folder is None:
                pytest.skip(WHY_NOT)
            return running.enter_context(mock_of(folder / "vendor-specs" / name, tmp_path))

        yield start


def fetched(tmp_path: Path, name: str, told: dict[str, str], **values: str) -> Any:
    folder = Path(__file__).resolve().parents[3] / "resources" / "mappings"
    text = (folder / name).read_text(encoding="utf-8")
    for key, own in values.items():
        text = text.replace(f'{key} = "?"', f'{key} = "{own}"')
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    made: SourceKind = kind("rest")
    source = made.connect({**told, "mapping": str(file), "poll": "10"}, HandClock())
    try:
        return source.fetch()
    finally:
        source.close()


@pytest.mark.timeout(120)
def test_that_a_mock_of_twilio_satisfies_the_source(
    mocked: Callable[[str], str], tmp_path: Path
) -> None:
    told = {
        "url": mocked("twilio_taskrouter_v1.subset.json"), "sign_in": "basic",
        "username": "AC" + "a" * 32, "secret": "s",
    }  # fmt: skip
    got = fetched(tmp_path, "twilio-taskrouter.toml", told, workspace="WS" + "a" * 32)
    assert [len(rows) for rows in (got.snapshot.queues, got.snapshot.agents)] == [1, 1]
    assert got.notices == () or {each.kind for each in got.notices} == {FaultKind.CLOCK_OFF}


@pytest.mark.timeout(120)
def test_that_a_mock_of_3cx_satisfies_the_source(
    mocked: Callable[[str], str], tmp_path: Path
) -> None:
    told = {"url": mocked("3cx-xapi-v20.subset.yaml"), "secret": "token"}
    got = fetched(tmp_path, "3cx-v20.toml", told)
    assert len(got.snapshot.queues) == 1
