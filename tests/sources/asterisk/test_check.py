"""The close look at a connection, on a small PBX."""

from __future__ import annotations

import functools
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import trustme
from support.ami_server import BANNER, Pbx, Serve, Server, Wire, error, success
from support.ami_story import entry_row, member_row, queue_row, site_rows

from wallboard.app.clock import system_clock
from wallboard.domain.errors import FaultKind
from wallboard.domain.source import Finding, Verdict
from wallboard.sources.asterisk import KIND
from wallboard.ui.wording import LANGUAGES, Wording

ALLOWED = {"Originate": "x", "QueuePause": "x", "QueueRemove": "x", "Hangup": "x"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, pbx: Pbx) -> None:
    """Nobody is watched for long, and the PBX knows its clock and its commands."""
    monkeypatch.setattr("wallboard.sources.asterisk.check.WATCH", timedelta(seconds=0.3))
    pbx.answers["ListCommands"] = lambda action: success(action, **ALLOWED)
    pbx.answers["Ping"] = lambda action: success(action, Timestamp=f"{time.time():.6f}")  # noqa: TID251


def checked(server: Server, **more: str) -> dict[str, Finding]:
    """Check, and return what was found by its topic; every sentence must exist."""
    findings = list(KIND.check(server.told(**more), system_clock()))
    for language in LANGUAGES:
        for finding in findings:
            assert len(Wording(language=language).finding(finding)) > 10
    assert len({finding.topic for finding in findings}) == len(findings)
    return {finding.topic: finding for finding in findings}


def verdicts(found: dict[str, Finding]) -> dict[str, str]:
    return {topic: str(finding.verdict) for topic, finding in found.items()}


def detail(finding: Finding, name: str) -> str:
    return dict(finding.details)[name]


@contextmanager
def talking(pbx: Pbx, *events: str) -> Iterator[None]:
    """Tell of such events again and again, for as long as it is looked."""
    told = [{"Event": name, "Uniqueid": "1.1", "Queue": "support"} for name in events]
    done = threading.Event()

    def emit() -> None:
        while not done.wait(0.02):
            pbx.emit(*told)

    thread = threading.Thread(target=emit, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(5)


def test_that_a_good_connection_is_good_throughout(pbx: Pbx, server: Server) -> None:
    with talking(pbx, "QueueMemberStatus", "Hangup"):
        found = checked(server)
    assert verdicts(found) == dict.fromkeys(
        (
            "reachable",
            "tls",
            "sign_in",
            "clock",
            "queues",
            "members",
            "calls",
            "commands",
            "no_phone",
            "events",
        ),
        "good",
    )
    assert detail(found["sign_in"], "version") == "?"
    assert detail(found["queues"], "names") == "billing, support"
    assert detail(found["members"], "count") == "3"
    assert detail(found["tls"], "encrypted") == "no"
    assert detail(found["clock"], "seconds") == "0.0"


@pytest.mark.parametrize(
    ("state", "topic", "verdict"),
    [
        ("NOT_INUSE", "phone", Verdict.GOOD),
        ("INUSE", "phone", Verdict.GOOD),
        ("UNKNOWN", "phone", Verdict.WARNING),
        (None, "phone", Verdict.WARNING),
        ("UNAVAILABLE", "phone_away", Verdict.WARNING),
        ("INVALID", "phone_away", Verdict.WARNING),
    ],
)
def test_that_the_supervisors_phone_is_looked_for_and_not_rung(
    pbx: Pbx, server: Server, state: str | None, topic: str, verdict: Verdict
) -> None:
    pbx.answers["Getvar"] = lambda action: (
        error(action, "Permission denied") if state is None else success(action, Value=state)
    )
    found = checked(server, phone="Local/9001@from-internal/n")
    assert found[topic].verdict is verdict
    assert detail(found[topic], "phone") == "Local/9001@from-internal/n"
    asked = [action for action in pbx.asked if action["Action"] == "Getvar"]
    assert [one["Variable"] for one in asked] == ["DEVICE_STATE(Local/9001@from-internal)"]
    assert not any(action["Action"] == "Originate" for action in pbx.asked)


def test_that_nothing_is_changed_on_the_server(pbx: Pbx, server: Server) -> None:
    checked(server)
    assert {action["Action"] for action in pbx.asked} == {
        "Login",
        "CoreSettings",
        "Ping",
        "QueueStatus",
        "CoreShowChannels",
        "ListCommands",
    }


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("port", "x", FaultKind.BAD_SETTING),
        ("host", "no-such-pbx.invalid", FaultKind.NAME_NOT_FOUND),
        ("tls_ca", "/no/such/file", FaultKind.BAD_SETTING),
    ],
)
def test_that_it_ends_early_where_it_cannot_begin(
    server: Server, field: str, value: str, kind: FaultKind
) -> None:
    found = checked(server, **{field: value, "tls": "yes" if field == "tls_ca" else "no"})
    assert verdicts(found) == {"reachable": "bad"}
    assert found["reachable"].fault is not None
    assert found["reachable"].fault.kind is kind


def test_that_who_says_nothing_is_slow(serving: Callable[[Serve], Server]) -> None:
    server = serving(lambda wire: [None for _ in iter(wire.receive, b"")])
    found = checked(server)
    assert found["reachable"].fault is not None
    assert found["reachable"].fault.kind is FaultKind.SLOW


def test_that_a_plain_connection_to_another_machine_is_worth_a_warning(
    pbx: Pbx, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The name of a machine elsewhere that leads to this one.
    monkeypatch.setattr(
        "wallboard.sources.asterisk.client._resolved",
        lambda address, _: [(2, ("127.0.0.1", address.port))],
    )
    found = checked(server, host="pbx.example")
    assert found["tls"].verdict is Verdict.WARNING


def test_that_a_good_certificate_is_said(pbx: Pbx, stack: ExitStack, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = stack.enter_context(Server(pbx, context))
    found = checked(server, tls="yes", tls_ca=str(tmp_path / "ca.pem"))
    assert found["tls"].verdict is Verdict.GOOD
    assert found["tls"].details == (("host", "127.0.0.1"),)
    stranger = checked(server, tls="yes")
    assert verdicts(stranger) == {"tls": "bad"}
    assert stranger["tls"].fault is not None
    assert stranger["tls"].fault.kind is FaultKind.CERTIFICATE


def test_that_an_answer_to_nobodys_question_is_passed_over(
    pbx: Pbx, serving: Callable[[Serve], Server]
) -> None:
    def serve(wire: Wire) -> None:
        wire.send(BANNER + b"Response: Error\r\nMessage: Missing action in request\r\n\r\n")
        wire.send = functools.partial(skip_banner, wire.send)  # type: ignore[method-assign]
        pbx(wire)

    assert checked(serving(serve))["sign_in"].verdict is Verdict.GOOD


def skip_banner(send: Callable[[bytes], None], data: bytes) -> None:
    if data != BANNER:
        send(data)


def test_that_a_wrong_password_ends_it(server: Server) -> None:
    found = checked(server, secret="wrong")
    assert verdicts(found) == {"reachable": "good", "tls": "good", "sign_in": "bad"}
    assert found["sign_in"].fault is not None
    assert found["sign_in"].fault.kind is FaultKind.SIGN_IN


def test_that_a_server_that_does_not_tell_its_queues_ends_it(pbx: Pbx, server: Server) -> None:
    pbx.answers["QueueStatus"] = lambda action: error(action, "Invalid/unknown command")
    found = checked(server)
    assert found["queues"].fault is not None
    assert found["queues"].fault.kind is FaultKind.NOT_READY


def test_that_an_answer_that_never_comes_is_told(pbx: Pbx, server: Server) -> None:
    pbx.answers["ListCommands"] = lambda _: None
    # The connection is good and stays said so; what fails is told under the same topic.
    findings = list(KIND.check(server.told(), system_clock()))
    assert findings[-1].fault is not None
    assert findings[-1].fault.kind is FaultKind.SLOW


def test_that_missing_rights_are_named(pbx: Pbx, server: Server) -> None:
    pbx.channels = None
    pbx.answers["ListCommands"] = lambda action: success(action, Hangup="x")
    found = checked(server)
    assert found["calls"].verdict is Verdict.WARNING
    assert found["calls"].fault is not None
    assert found["calls"].fault.detail("right") == "write = reporting"
    assert found["commands"].verdict is Verdict.WARNING
    assert detail(found["commands"], "rights") == "originate,agent"


def test_that_members_who_cannot_be_told_are_named(pbx: Pbx, server: Server) -> None:
    pbx.rows.append(member_row("support", "DAHDI/g1/555"))
    found = checked(server)
    assert found["members"].verdict is Verdict.WARNING
    assert detail(found["members"], "names") == "DAHDI/g1/555"


def test_that_a_server_without_queues_and_without_members_is_no_call_center(
    pbx: Pbx, server: Server
) -> None:
    pbx.rows = []
    found = checked(server)
    assert found["queues"].verdict is Verdict.BAD
    assert found["members"].verdict is Verdict.WARNING


@pytest.mark.parametrize(("stamp", "said"), [("x", "?"), ("1000", "-")])
def test_that_a_clock_that_is_off_or_not_told_is_worth_a_warning(
    pbx: Pbx, server: Server, stamp: str, said: str
) -> None:
    pbx.answers["Ping"] = lambda action: success(action, Timestamp=stamp)
    found = checked(server)
    assert found["clock"].verdict is Verdict.WARNING
    assert detail(found["clock"], "seconds").startswith(said)


def test_that_silence_proves_nothing_while_nothing_happens(server: Server) -> None:
    found = checked(server)
    assert found["events"].verdict is Verdict.WARNING
    assert found["events"].fault is None


def changing(pbx: Pbx) -> None:
    """A caller comes between the first and the second look."""
    looks = []

    def answer(action: dict[str, str]) -> bytes:
        looks.append(action)
        pbx.rows = site_rows() if len(looks) == 1 else [*site_rows(), entry_row("1.1", "support")]
        return pbx._queue_status(action)

    pbx.answers["QueueStatus"] = answer


@pytest.mark.parametrize(
    ("events", "right"),
    [
        ((), "read = call,agent"),
        (("Hangup",), "read = agent"),
        (("QueueCallerJoin",), "read = call"),
    ],
)
def test_that_a_class_of_events_that_does_not_come_is_named(
    pbx: Pbx, server: Server, events: tuple[str, ...], right: str
) -> None:
    changing(pbx)
    with talking(pbx, *events):
        found = checked(server)
    assert found["events"].verdict is Verdict.BAD
    assert found["events"].fault is not None
    assert found["events"].fault.detail("right") == right


def test_that_calls_of_no_queue_prove_that_events_come(pbx: Pbx, server: Server) -> None:
    pbx.rows = [queue_row("support")]
    with talking(pbx, "Newchannel"):
        found = checked(server)
    assert found["events"].verdict is Verdict.GOOD
