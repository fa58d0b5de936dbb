"""`wallboard serve` and `wallboard token` as an administrator uses them, and what walls see."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
import requests
import trustme
from support.started_program import StartedProgram

from wallboard.api.capabilities import read_capabilities
from wallboard.api.facts import read_facts
from wallboard.api.health import Duty, read_health
from wallboard.api.picture import PictureReader
from wallboard.domain.facts import CallRecord
from wallboard.settings.paths import places
from wallboard.storage.history import open_history

pytest.importorskip("uvicorn", reason="walls are served with the extra `server`")

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def wallboard(tmp_path: Path, wallboard_home: Path) -> Command:
    """Runs one command to its end. No command may ever show a traceback."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "wallboard", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=50,
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    done = run("connect", "simulator", "--name", "site")
    assert done.returncode == 0, done.stderr
    return run


@pytest.fixture
def token(wallboard: Command) -> str:
    """What an administrator says to sign in."""
    done = wallboard("token", "create", "--name", "boss", "--role", "administrator")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    return done.stdout.strip()


@pytest.fixture
def serves(tmp_path: Path) -> Iterator[Callable[..., StartedProgram]]:
    """Starts servers; they are gone at the end."""
    started: list[StartedProgram] = []

    def start(*more: str) -> StartedProgram:
        folder = tmp_path / f"server {len(started)}"
        folder.mkdir()
        program = StartedProgram(folder, "serve", "site", "--port", "0", *more)
        started.append(program)
        return program

    yield start
    for program in started:
        program.close()


def address(program: StartedProgram) -> str:
    """Return where it listens, once it says so."""
    found: list[str] = []

    def said() -> bool:
        found.extend(re.findall(r"https?://\S+", program.out.read_text(encoding="utf-8")))
        return bool(found)

    program.until(said, "an address")
    return found[0]


def asked(url: str, token: str | None = None, **more: object) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return session.get(url, headers=headers, timeout=10, **more)  # type: ignore[arg-type]


def picture(program: StartedProgram, at: str, token: str, **more: object) -> requests.Response:
    """Return the first picture."""
    got: list[requests.Response] = []

    def there() -> bool:
        try:
            got.append(asked(f"{at}/v1/snapshot", token, **more))
        except requests.ConnectionError:
            return False
        return got[-1].status_code == 200

    program.until(there, "a picture")
    return got[-1]


def test_that_walls_are_served_without_a_window_and_that_it_ends_when_asked(
    serves: Callable[..., StartedProgram], token: str
) -> None:
    program = serves()
    at = address(program)
    taken = PictureReader().read(picture(program, at, token).content)
    assert len(taken.snapshot.agents) > 30
    assert taken.facts_until is not None
    assert taken.clean
    health = read_health(asked(f"{at}/v1/health").content)
    assert (health.status, health.role) == ("ok", Duty.ALONE)
    told = read_capabilities(asked(f"{at}/v1/capabilities", token).content)
    assert (told.site.name, told.role) == ("site", "administrator")
    assert asked(f"{at}/v1/snapshot").status_code == 401
    assert asked(f"{at}/metrics", token).status_code == 404
    process = psutil.Process(program.process.pid)
    if hasattr(process, "memory_maps"):
        mapped = {Path(each.path).name for each in process.memory_maps()}
        assert not [name for name in mapped if "Qt6" in name or "pyside" in name.lower()]
    assert len(program.children()) == 1
    assert program.ended_by(signal.SIGTERM) == 0
    assert program.children() == []
    said = program.err.read_text(encoding="utf-8")
    assert "Warning" not in said
    assert "Traceback" not in said
    assert token not in said
    log = Path(os.environ["WALLBOARD_HOME"]) / "logs" / "serve.log"
    assert "/v1/snapshot 200" in log.read_text(encoding="utf-8")
    assert token.rpartition("_")[2] not in log.read_text(encoding="utf-8")


def test_that_a_cursor_holds_when_the_server_begins_anew(
    serves: Callable[..., StartedProgram], token: str
) -> None:
    first = serves()
    at = address(first)
    taken = PictureReader().read(picture(first, at, token).content)
    until = taken.facts_until
    assert until is not None
    now = datetime.now(UTC)  # noqa: TID251 - the simulated center's day is ours
    span = {"from": (now - timedelta(days=1)).isoformat(), "to": now.isoformat()}
    past = read_facts(asked(f"{at}/v1/history", token, params=span).content)
    assert any(isinstance(fact, CallRecord) for fact in past.facts)
    assert first.ended_by(signal.SIGTERM) == 0
    second = serves()
    at = address(second)
    again = PictureReader().read(picture(second, at, token).content)
    assert again.version != taken.version
    page = read_facts(asked(f"{at}/v1/facts", token, params={"after": until}).content)
    # Another simulated center has begun, and what happened in it before is told.
    assert len(page.facts) > 100
    gone = asked(f"{at}/v1/facts", token, params={"after": "elsewhere.1"})
    assert (gone.status_code, gone.json()["kind"]) == (410, "cursor_gone")


def test_that_a_token_opens_at_once_and_revoked_it_does_not(
    serves: Callable[..., StartedProgram], wallboard: Command, token: str
) -> None:
    program = serves("--metrics")
    at = address(program)
    picture(program, at, token)
    assert asked(f"{at}/metrics", token).status_code == 200
    made = wallboard("token", "create", "--name", "hall", "--role", "tv", "--days", "30")
    wall = made.stdout.strip()
    program.until(lambda: asked(f"{at}/v1/snapshot", wall).status_code == 200, "a way in", 5)
    assert "hall" in wallboard("token", "list").stdout
    told = [json.loads(line) for line in wallboard("token", "list", "--json").stdout.splitlines()]
    assert [(each["name"], each["role"], each["holds"]) for each in told] == [
        ("boss", "administrator", True),
        ("hall", "tv", True),
    ]
    assert wall.rpartition("_")[2] not in json.dumps(told)
    assert wallboard("token", "revoke", "hall").returncode == 0
    program.until(lambda: asked(f"{at}/v1/snapshot", wall).status_code == 401, "no way in", 5)
    done = wallboard("token", "revoke", "hall")
    assert (done.returncode, done.stdout) == (2, "")
    assert "wallboard token list" in done.stderr


def test_that_tls_is_served_with_a_certificate_that_fits(
    serves: Callable[..., StartedProgram], tmp_path: Path, token: str
) -> None:
    authority = trustme.CA()
    proof = authority.issue_cert("127.0.0.1")
    whole, root = tmp_path / "server.pem", tmp_path / "root.pem"
    proof.private_key_and_cert_chain_pem.write_to_path(whole)
    authority.cert_pem.write_to_path(root)
    program = serves("--tls-cert", str(whole))
    at = address(program)
    assert at.startswith("https://")
    assert picture(program, at, token, verify=str(root)).status_code == 200


def refused(done: subprocess.CompletedProcess[str], *words: str, code: int = 4) -> None:
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr


def test_that_a_port_that_is_taken_is_said_to_be(wallboard: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        refused(wallboard("serve", "site", "--port", port), port, "--port")


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_that_an_address_that_is_none_of_this_machine_is_refused(
    wallboard: Command, host: str
) -> None:
    refused(wallboard("serve", "site", "--host", host, "--port", "0"), host, "--host")


def test_that_files_of_tls_that_cannot_be_used_are_named(
    wallboard: Command, tmp_path: Path
) -> None:
    cert, key, other = tmp_path / "a.pem", tmp_path / "a.key", tmp_path / "b.key"
    authority = trustme.CA()
    one, two = authority.issue_cert("localhost"), authority.issue_cert("localhost")
    one.cert_chain_pems[0].write_to_path(cert)
    one.private_key_pem.write_to_path(key)
    two.private_key_pem.write_to_path(other)
    serve = ("serve", "site", "--port", "0")
    missing = str(tmp_path / "missing.pem")
    refused(wallboard(*serve, "--tls-cert", missing), missing)
    refused(wallboard(*serve, "--tls-cert", str(cert)), str(cert))
    refused(wallboard(*serve, "--tls-cert", str(cert), "--tls-key", str(other)), str(cert))
    refused(wallboard(*serve, "--tls-cert", str(cert), "--tls-key", missing), missing)
    refused(wallboard(*serve, "--tls-key", str(key)), "--tls-cert", code=2)


def test_that_a_connection_that_is_not_there_is_not_served(wallboard: Command) -> None:
    refused(wallboard("serve", "elsewhere", "--port", "0"), "elsewhere", "site", code=2)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--role", "tv", "--mode", "listen"), "gives no commands"),
        (("--role", "tv", "--name", " "), "1 to 64 letters"),
        (("--role", "king"), "king"),
        (("--role", "tv", "--days", "0"), ""),
        ((), "--role"),
    ],
    ids=str,
)
def test_that_a_token_that_cannot_be_is_not_made(
    wallboard: Command, words: tuple[str, ...], why: str
) -> None:
    name = () if "--name" in words else ("--name", "x")
    done = wallboard("token", "create", *name, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert wallboard("token", "list", "--json").stdout == ""


def test_that_who_listens_beyond_this_machine_in_clear_is_told_so(
    serves: Callable[..., StartedProgram], wallboard: Command
) -> None:
    program = serves("--host", "0.0.0.0")
    address(program)
    told = ("--tls-cert", "wallboard token create")
    program.until(
        lambda: all(word in program.err.read_text(encoding="utf-8") for word in told), "a warning"
    )
    assert program.ended_by(signal.SIGINT) == 0


def test_that_damaged_tokens_are_named_and_nobody_gets_in(wallboard: Command, token: str) -> None:
    path = Path(os.environ["WALLBOARD_HOME"]) / "data" / "server" / "tokens.json"
    path.write_text("{", encoding="utf-8")
    refused(wallboard("token", "list"), "tokens.json")
    done = wallboard("serve", "site", "--port", "0")
    assert done.returncode == 4
    assert "tokens.json" in done.stderr


def test_that_the_unit_of_systemd_starts_a_command_that_there_is(wallboard: Command) -> None:
    unit = Path(__file__).resolve().parents[2] / "resources/systemd/wallboard-serve.service"
    text = unit.read_text(encoding="utf-8")
    (started,) = re.findall(r"(?m)^ExecStart=\S+/wallboard (.+)$", text)
    words = started.replace("%i", "elsewhere").split()
    # The options are understood: only the connection is not there.
    refused(wallboard(*words), "elsewhere", code=2)


def test_that_a_server_of_a_file_that_a_window_writes_serves_from_memory_and_says_so(
    serves: Callable[..., StartedProgram], token: str
) -> None:
    with closing(open_history(places().history_file("site"))):
        program = serves()
        at = address(program)
        told = PictureReader().read(picture(program, at, token).content)
        deadline = time.monotonic() + 20
        while "history_locked" not in {str(each.kind) for each in told.notices}:
            assert time.monotonic() < deadline
            told = PictureReader().read(picture(program, at, token).content)
        health = read_health(asked(f"{at}/v1/health").content)
        assert (health.status, health.history) == ("degraded", "paused")


def test_that_a_second_server_of_one_file_is_refused_and_the_first_goes_on(
    serves: Callable[..., StartedProgram], wallboard: Command, token: str
) -> None:
    first = serves()
    at = address(first)
    picture(first, at, token)
    refused(wallboard("serve", "site", "--port", "0"), "PostgreSQL", code=4)
    assert asked(f"{at}/v1/health").status_code == 200
    assert first.ended_by(signal.SIGTERM) == 0
    # The place is free again.
    picture(second := serves(), address(second), token)
