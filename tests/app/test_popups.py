"""A desktop without a tray is asked over its bus, and nobody waits for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.desktop_bus import WANTS_A_BUS, told_on_a_bus

from wallboard.app.popups import Popup, Popups

POPUP = Popup(popup_id="a1", title="Critical: <b>x</b>", text="y" * 400)

# The desktop speaks by a library that has nothing of Qt's.
_DESKTOP = """
import json
from jeepney import DBusAddress, HeaderFields, MessageType
from jeepney import new_method_call, new_method_return
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtWidgets import QApplication
from wallboard.app.popups import Popup, Popups

bus = open_dbus_connection()
address = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
name = ("org.freedesktop.portal.Desktop", 0)
bus.send_and_get_reply(new_method_call(address, "RequestName", "su", name))
app = QApplication([])
popup = Popup(popup_id="a1", title="Critical: <b>x</b>", text="y" * 400)
assert Popups().show_popup(popup)
while True:
    message = bus.receive(timeout=10)
    if message.header.message_type is MessageType.method_call:
        break
fields = message.header.fields
told = [fields[HeaderFields.member], fields[HeaderFields.signature], *message.body]
print(json.dumps(told), flush=True)
bus.send(new_method_return(message))
"""


def test_that_without_a_bus_nobody_is_asked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    popups = Popups()
    assert popups.show_popup(POPUP) is False
    popups.close()


@WANTS_A_BUS
def test_that_a_desktop_is_asked_by_its_portal(tmp_path: Path) -> None:
    member, signature, popup_id, told = json.loads(told_on_a_bus(_DESKTOP, tmp_path))
    assert (member, signature, popup_id) == ("AddNotification", "sa{sv}", "a1")
    assert told["title"] == ["s", "Critical: <b>x</b>"]
    assert told["body"] == ["s", "y" * 300 + "…"]
    assert told["priority"] == ["s", "high"]
