"""Every refusal and oddity that a real Asterisk was heard to say, said to the source again."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.ami_server import BANNER, Pbx, Serve, Server, Wire, message, success
from support.asterisk_lab import VERSIONS

from wallboard.domain.errors import FaultKind, SourceError
from wallboard.sources.asterisk.source import DEADLINE, AsteriskSource
from wallboard.ui.wording import LANGUAGES, Wording

pytestmark = [pytest.mark.recorded, pytest.mark.timeout(600)]

Exchange = dict[str, Any]
SIGN_IN = frozenset(
    {
        "wrong password",
        "unknown user",
        "address not allowed",
        "login with an unknown auth type",
    }
)
STOPPED = "core stop now: a new connection"


def exchanges(shared: Path, version: int) -> Iterator[Exchange]:
    path = shared / "asterisk-lab" / "recordings" / f"v{version}" / "errors.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def over_tcp(exchange: Exchange) -> Serve:
    """Say what was recorded: to the sign-in if it was one, else to whatever is asked after it."""
    said: str = exchange["got"]
    banner, rest = b"", said.encode()
    if said.startswith("Asterisk Call Manager/"):
        line, _, after = said.partition("\r\n")
        banner, rest = f"{line}\r\n".encode(), after.encode()
    of_sign_in = "Action: Login" in exchange["sent"] or "before login" in exchange["case"]
    # Its own answer to what we ask too; else to whatever we ask.
    ours = exchange["case"] if exchange["case"] in ("QueueStatus", "CoreShowChannels") else None

    def serve(wire: Wire) -> None:
        wire.send(banner or BANNER)
        for action in wire.actions():
            name, key = action["Action"], action["ActionID"].encode()
            if (name == "Login" and not of_sign_in) or (ours is not None and name != ours):
                wire.send(Pbx(secret=None).answer(action) or b"")
            else:
                wire.send(re.sub(rb"ActionID: \S+", b"ActionID: " + key, rest))
                if exchange.get("closed_by_server") and rest:
                    return

    return serve


def over_http(exchange: Exchange) -> Serve:
    """Answer like the web server that somebody took for the AMI."""
    got = exchange["got"]
    head = "".join(f"{name}: {value}\r\n" for name, value in got["headers"])
    reply = f"HTTP/1.1 {got['status']} x\r\n{head}\r\n{got.get('body', '')}".encode()

    def serve(wire: Wire) -> None:
        if wire.receive():
            wire.send(reply)

    return serve


def outcome(source: AsteriskSource, case: str) -> FaultKind | None:
    """Fetch once: what is wrong, as a sentence in every language, or None if it works."""
    began = time.monotonic()
    try:
        fetched = source.fetch()
    except SourceError as error:
        fault = error.fault
    else:
        assert fetched.snapshot.queues, f"{case}: zeros instead of a fault"
        return None
    finally:
        assert time.monotonic() - began < DEADLINE.total_seconds() + 3, case
    for language in LANGUAGES:
        wording = Wording(language=language)
        assert len(wording.fault_cause(fault)) > 10, case
        assert len(wording.fault_next_step(fault)) > 10, case
    return fault.kind


@pytest.mark.usefixtures("no_race")
@pytest.mark.parametrize("version", VERSIONS)
def test_that_every_exchange_over_tcp_is_a_fault_with_a_sentence_or_works(
    shared_dir: Path,
    version: int,
    serving: Callable[[Serve], Server],
    source_of: Callable[..., AsteriskSource],
) -> None:
    heard = [one for one in exchanges(shared_dir, version) if one["via"] == "tcp"]
    assert len(heard) > 40
    worked = set()
    for exchange in heard:
        case = exchange["case"]
        server = serving(over_tcp(exchange))
        if case == STOPPED:
            server.close()
        source = source_of(server)
        kind = outcome(source, case)
        if kind is None:
            worked.add(case)
        elif case in SIGN_IN:
            assert kind is FaultKind.SIGN_IN, case
        elif case == STOPPED:
            assert kind is FaultKind.UNREACHABLE
        source.close()
        server.close()
    # Only where the recorded answer is one to what we ask.
    assert worked == {"QueueStatus", "CoreShowChannels"}


@pytest.mark.usefixtures("no_race")
@pytest.mark.parametrize("version", VERSIONS)
def test_that_every_answer_of_the_web_server_is_told_from_an_ami(
    shared_dir: Path,
    version: int,
    serving: Callable[[Serve], Server],
    source_of: Callable[..., AsteriskSource],
) -> None:
    heard = [one for one in exchanges(shared_dir, version) if one["via"] == "http"]
    assert len(heard) > 60
    for exchange in heard:
        server = serving(over_http(exchange))
        source = source_of(server)
        assert outcome(source, exchange["case"]) is FaultKind.NOT_OUR_PROTOCOL
        assert server.told()["secret"].encode() not in server.received()
        source.close()
        server.close()


def test_that_the_first_events_after_a_restart_are_no_trouble(
    shared_dir: Path,
    serving: Callable[[Serve], Server],
    source_of: Callable[..., AsteriskSource],
) -> None:
    """The events that come right after the sign-in, before the server has answered anything."""
    for version in VERSIONS:
        told = [
            one["got"].encode()
            for one in exchanges(shared_dir, version)
            if one["case"] == "core restart now: first events after login"
        ]
        assert told

        def serve(wire: Wire, told: list[bytes] = told) -> None:
            wire.send(BANNER)
            for action in wire.actions():
                if action["Action"] == "Login":
                    wire.send(success(action) + told[0])
                elif action["Action"] == "QueueStatus":
                    key = {"ActionID": action["ActionID"]}
                    said = {"Message": "Invalid/unknown command: QueueStatus."}
                    wire.send(message({"Response": "Error", **key, **said}))

        with pytest.raises(SourceError) as caught:
            source_of(serving(serve)).fetch()
        assert caught.value.fault.kind is FaultKind.NOT_READY
