"""What a real Asterisk's web server was heard to say, said to the source again."""

from __future__ import annotations

import json
import lzma
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

import pytest
from support.ami_server import Serve, Server, Wire
from support.ami_web import WebPbx, web_told
from support.asterisk_lab import VERSIONS

from wallboard.app.clock import system_clock
from wallboard.domain.errors import FaultKind, SourceError
from wallboard.sources.asterisk import KIND
from wallboard.sources.asterisk.codec import Decoder
from wallboard.sources.asterisk.http_client import AnswerReader
from wallboard.sources.asterisk.source import DEADLINE
from wallboard.ui.wording import Wording

pytestmark = [pytest.mark.recorded, pytest.mark.timeout(600)]

Exchange = dict[str, Any]


def exchanges(shared: Path, version: int) -> list[Exchange]:
    path = shared / "asterisk-lab" / "recordings" / f"v{version}" / "errors.jsonl"
    told = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [one for one in told if one["via"] == "http"]


def polls(shared: Path, version: int) -> Iterator[dict[str, Any]]:
    folder = shared / "asterisk-lab" / "recordings" / f"v{version}" / "traffic"
    with lzma.open(folder / "polls.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def reply(got: dict[str, Any]) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in got["headers"])
    return f"HTTP/1.1 {got['status']} x\r\n{head}\r\n{got.get('body', '')}".encode()


def outcome(port: int, case: str, **more: str) -> FaultKind | None:
    """Fetch once: what is wrong, as a sentence, or None if it works."""
    began, fault = time.monotonic(), None
    with closing(KIND.connect(web_told(port, **more), system_clock())) as source:
        try:
            assert source.fetch().snapshot.queues, f"{case}: zeros instead of a fault"
        except SourceError as error:
            fault = error.fault
    assert time.monotonic() - began < DEADLINE.total_seconds() + 3, case
    if fault is None:
        return None
    assert len(Wording().fault(fault)) > 20, case
    return fault.kind


def always(answer: bytes) -> Serve:
    def serve(wire: Wire) -> None:
        while wire.receive():
            wire.send(answer)

    return serve


@pytest.mark.usefixtures("no_race")
@pytest.mark.parametrize("digest", ["no", "yes"])
@pytest.mark.parametrize("version", VERSIONS)
def test_that_every_answer_is_a_fault_with_a_sentence_if_it_is_all_that_is_ever_said(
    shared_dir: Path, version: int, digest: str, serving: Callable[[Serve], Server]
) -> None:
    heard = exchanges(shared_dir, version)
    assert len(heard) > 60
    for exchange in heard:
        server = serving(always(reply(exchange["got"])))
        kind = outcome(server.port, exchange["case"], digest=digest)
        assert kind is not None, exchange["case"]
        if exchange["got"]["status"] == 404:
            assert kind is FaultKind.NOT_SERVED
        server.close()


@pytest.mark.usefixtures("no_race")
@pytest.mark.parametrize("version", VERSIONS)
def test_that_every_answer_of_the_manager_is_a_fault_with_a_sentence_or_works(
    shared_dir: Path, version: int, serving: Callable[[Serve], Server]
) -> None:
    """Each is said to whom asks what it was an answer to; all else is answered well."""
    kinds: dict[str, FaultKind | None] = {}
    for exchange in exchanges(shared_dir, version):
        path, _, query = exchange["sent"].removeprefix("GET ").partition("?")
        asked = dict(parse_qsl(query)).get("action", "")
        if path != "/rawman" or asked not in ("Login", "QueueStatus", "WaitEvent", "Ping"):
            continue
        web = WebPbx()
        web.answers[asked] = partial(answered, exchange["got"]["body"])
        server = serving(web)
        kinds[f"{asked}: {exchange['case']}"] = outcome(server.port, exchange["case"])
        server.close()
    assert len(kinds) > 12
    assert kinds["Login: wrong password"] is FaultKind.SIGN_IN
    assert kinds["Login: address not allowed"] is FaultKind.SIGN_IN
    assert kinds["QueueStatus: no session"] is FaultKind.FORBIDDEN
    assert kinds["QueueStatus: QueueStatus"] is None
    assert kinds["QueueStatus: QueueStatus, a reason with quotes"] is None
    assert kinds["WaitEvent: WaitEvent, after a pause"] is None
    assert kinds["WaitEvent: WaitEvent, nothing happens"] is None


def answered(body: str, action: dict[str, str]) -> bytes:
    """Return a recorded answer as it is when the question had an ActionID."""
    blocks = body.split("\r\n\r\n")
    lists = "EventList: start" in blocks[0]
    keyed = [
        f"{block}\r\nActionID: {action['ActionID']}"
        if block and "ActionID" in action and (lists or not place)
        else block
        for place, block in enumerate(blocks)
    ]
    return "\r\n\r\n".join(keyed).encode()


@pytest.mark.parametrize("version", VERSIONS)
def test_that_the_frames_of_the_web_are_those_of_the_socket_and_tell_all_that_mxml_tells(
    shared_dir: Path, version: int
) -> None:
    names: dict[str, dict[str, set[str]]] = {"tcp": {}, "rawman": {}, "mxml": {}}
    count = 0
    for poll in polls(shared_dir, version):
        if poll["action"] not in ("QueueStatus", "CoreShowChannels", "CoreStatus", "Ping"):
            continue
        if poll["via"] == "mxml":
            found = ET.fromstring(poll["body"]).iter("generic")
            messages = [dict(one.attrib) for one in found]
        else:
            if poll["via"] == "rawman":
                reader = AnswerReader()
                reader.feed(reply(poll))
                assert reader.answer is not None
                assert reader.answer.body.decode() == poll["body"]
            messages = Decoder(banner=False).feed(poll["body"].encode())
            count += poll["via"] == "rawman"
        for fields in messages:
            told = {name.lower() for name in fields if name != "ActionID"}
            kind = fields.get("Event") or fields.get("event") or poll["action"]
            names[poll["via"]].setdefault(kind, set()).update(told)
    assert count > 100
    assert len(names["rawman"]["QueueMember"]) > 10
    assert names["rawman"] == names["tcp"] == names["mxml"]
