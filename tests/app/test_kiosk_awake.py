"""A TV's machine is kept awake by who decides that on its desktop, and asked anew after a sleep."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Self

import pytest
from support.desktop_bus import WANTS_A_BUS, told_on_a_bus

from wallboard.app.kiosk_awake import KeepAwake

# The desktop's part: it writes down what it is asked, and answers.
_DESKTOP = """
import json
from jeepney import DBusAddress, HeaderFields, MessageType
from jeepney import new_method_call, new_method_return
from jeepney.io.blocking import open_dbus_connection
from wallboard.app.kiosk_awake import KeepAwake

bus = open_dbus_connection()
address = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
name = ("org.freedesktop.ScreenSaver", 0)
bus.send_and_get_reply(new_method_call(address, "RequestName", "su", name))

def asked():
    while True:
        message = bus.receive(timeout=10)
        if message.header.message_type is not MessageType.method_call:
            continue
        member = message.header.fields[HeaderFields.member]
        if member == "Inhibit":
            bus.send(new_method_return(message, "u", (7,)))
        else:
            bus.send(new_method_return(message))
        print(json.dumps([member, *message.body]), flush=True)
        return member

awake = KeepAwake()
awake.start()
assert asked() == "Inhibit"
awake.again()
assert [asked(), asked()] == ["UnInhibit", "Inhibit"]
assert "ScreenSaver" in awake.kept, awake.kept
import threading
stopping = threading.Thread(target=awake.stop)
stopping.start()
assert asked() == "UnInhibit"
stopping.join()
assert awake.kept == ""
"""


@WANTS_A_BUS
def test_that_the_desktop_is_asked_to_stay_awake_and_anew_after_a_sleep(tmp_path: Path) -> None:
    told = [json.loads(line) for line in told_on_a_bus(_DESKTOP, tmp_path).splitlines()]
    assert [each[0] for each in told] == ["Inhibit", "UnInhibit", "Inhibit", "UnInhibit"]
    assert told[1] == ["UnInhibit", 7]


def test_that_who_cannot_let_go_any_more_ends_nothing_and_another_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = threading.Semaphore(0)
    crashed: list[object] = []
    monkeypatch.setattr(threading, "excepthook", crashed.append)

    class Gone:
        active_method = "ScreenSaver"

        def __enter__(self) -> Self:
            begun.release()
            return self

        def __exit__(self, *_: object) -> None:
            raise RuntimeError("UnInhibit failed")

    monkeypatch.setattr("wakepy.keep.presenting", lambda **_: Gone())
    awake = KeepAwake()
    awake.start()
    assert begun.acquire(timeout=20)
    awake.again()
    assert begun.acquire(timeout=5), "another one is asked"
    awake.stop()
    assert not awake._thread.is_alive()
    assert (crashed, awake.kept) == ([], "")


def test_that_one_that_fails_at_once_is_not_asked_again_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def fails(on_fail: str) -> None:
        asked.append(1)
        raise RuntimeError(on_fail)

    monkeypatch.setattr("wakepy.keep.presenting", fails)
    awake = KeepAwake()
    awake.start()
    awake._thread.join(0.3)
    awake.stop()
    assert not awake._thread.is_alive()
    assert len(asked) == 1


def test_that_where_nobody_can_be_asked_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    awake = KeepAwake()
    awake.start()
    awake.again()
    awake.stop()
    assert awake.kept == ""
    assert not awake._thread.is_alive()
