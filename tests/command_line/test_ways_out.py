"""The commands about ways out: saved with their secrets, tried, told, removed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from support.alert_events import alert_event
from support.clocks import NOON
from support.taking import HookServer

from wallboard.app.clock import system_clock
from wallboard.command_line import main
from wallboard.domain.delivery import Delivery, DeliveryState
from wallboard.domain.errors import FaultKind, fault
from wallboard.settings.paths import places
from wallboard.storage.delivery_queue import keep_deliveries
from wallboard.storage.history import open_history


class Terminal:
    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys, self._patch = capsys, patch

    def run(self, *argv: str, told: str = "") -> tuple[int, str, str]:
        self._patch.setattr("sys.stdin", io.StringIO(told))
        code = main(argv)
        read = self._capsys.readouterr()
        return code, read.out, read.err


@pytest.fixture
def terminal(
    wallboard_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    return Terminal(capsys, monkeypatch).run


@pytest.fixture
def hook() -> Iterator[HookServer]:
    server = HookServer().start()
    yield server
    server.stop()


Run = Callable[..., tuple[int, str, str]]


def added(run: Run, hook: HookServer, *more: str) -> tuple[int, str, str]:
    told = ("way", "add", "webhook", "--name", "night", "--field", f"address={hook.address}")
    keep = ("--secret-stdin", "--keep-secret", "file")
    return run(*told, *keep, *more, told="k3y-s3cret\n\n")


def test_that_a_way_is_saved_tried_and_removed(
    terminal: Run, hook: HookServer, wallboard_home: Path
) -> None:
    code, out, _ = added(terminal, hook)
    assert (code, "night is saved" in out) == (0, True)
    code, out, err = terminal("alert-test", "night")
    assert (code, out, err) == (0, "The trial was taken by night.\n", "")
    (taken,) = hook.taken
    assert taken.told["test"] is True
    assert "wallboard-signature" in taken.headers
    code, out, _ = terminal("way", "list", "--json")
    assert json.loads(out)["ways"][0]["secret"] == "file"
    settings = (wallboard_home / "settings.toml").read_text(encoding="utf-8")
    assert "k3y-s3cret" not in settings + out
    assert terminal("way", "remove", "night")[0] == 0
    assert not list((wallboard_home / "secrets").glob("*.json"))
    assert terminal("alert-test", "night")[0] == 2


def test_that_without_a_keyring_it_is_told_where_else_a_secret_can_be_kept(
    terminal: Run, hook: HookServer
) -> None:
    kept = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        told = ("way", "add", "webhook", "--name", "night", "--field", f"address={hook.address}")
        code, out, err = terminal(*told, "--secret-stdin", told="k3y-s3cret\n\n")
    finally:
        keyring.set_keyring(kept)
    assert (code, out) == (3, "")
    assert "--keep-secret file" in err
    assert json.loads(terminal("way", "list", "--json")[1]) == {"ways": []}


def test_that_a_trial_that_is_not_taken_is_told(terminal: Run, hook: HookServer) -> None:
    added(terminal, hook)
    hook.stop()
    code, out, err = terminal("alert-test", "night")
    assert (code, out) == (1, "")
    assert "cannot be reached" in err


def test_that_the_environment_may_hold_the_secret(
    terminal: Run, hook: HookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal("way", "add", "webhook", "--name", "night", "--field", f"address={hook.address}")
    terminal("alert-test", "night")
    monkeypatch.setenv("WALLBOARD_SECRET_WAY_NIGHT_KEY", "other")
    terminal("alert-test", "night")
    assert ["wallboard-signature" in taken.headers for taken in hook.taken] == [False, True]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("way", "add", "pigeon", "--name", "x"), "no kind of way out called pigeon"),
        (("way", "add", "webhook", "--name", "-x"), "cannot be"),
        (("way", "add", "webhook", "--name", "x"), "also needs"),
        (("way", "add", "webhook", "--name", "x", "--field", "key=secret"), "Do not write key"),
        (("way", "add", "webhook", "--name", "x", "--field", "address=ftp://x"), "address"),
        (("way", "remove", "x"), "no way out called x"),
        (("alert-test", "x"), "no way out called x"),
        (("deliveries", "x"), "Nothing is kept"),
    ],
)
def test_that_what_cannot_be_done_is_told(
    argv: tuple[str, ...], said: str, terminal: Run, wallboard_home: Path
) -> None:
    code, out, err = terminal(*argv)
    assert (code, out) == (2, "")
    assert said in err
    assert not (wallboard_home / "settings.toml").exists()


def test_that_one_without_ways_is_told_how_to_make_one(terminal: Run) -> None:
    code, out, _ = terminal("way", "list")
    assert (code, "wallboard way add" in out) == (0, True)


def test_that_what_became_of_alerts_is_told(terminal: Run) -> None:
    now = system_clock().now().wall
    down = fault(FaultKind.UNREACHABLE, host="mail.example.com", port=25, reason="refused")
    history = open_history(places().history_file("pbx"))
    keep_deliveries(
        history,
        [
            Delivery(way="a", event=alert_event(1), queued_at=now, due_at=now),
            Delivery(
                way="b", event=alert_event(2), queued_at=now, due_at=now, state=DeliveryState.SENT
            ),
            Delivery(way="c", event=alert_event(3), queued_at=now, due_at=now, tries=2, fault=down),
            Delivery(
                way="d",
                event=alert_event(4),
                queued_at=now,
                due_at=NOON,
                state=DeliveryState.FAILED,
                fault=down,
            ),
        ],
    )
    history.close()
    code, out, _ = terminal("deliveries", "pbx")
    lines = out.splitlines()
    assert (code, len(lines)) == (0, 4)
    assert " a: waiting, Critical: Somebody waits too long" in lines[0]
    assert " b: sent, " in lines[1]
    assert "(refused). (next try at " in lines[2]
    assert lines[3].endswith("cannot be reached (refused).")
    code, out, _ = terminal("deliveries", "pbx", "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert [one["state"] for one in told] == ["queued", "sent", "queued", "failed"]
    assert told[2]["fault"]["kind"] == "unreachable"
