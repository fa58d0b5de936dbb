"""Alerts by other people's services, as Telegram or a sender of SMS: by the library `apprise`."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from importlib import import_module
from typing import Any, Final

from wallboard.delivery.reaching import LONGEST_SAID, bad_setting
from wallboard.delivery.way import LIMIT, Told, WayKind
from wallboard.domain.delivery import NotDelivered, Post
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.source import Field

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]{0,30})://", re.IGNORECASE)
_LOCAL: Final = frozenset({"file", "dbus", "glib", "qt", "gnome", "macosx", "windows", "syslog"})
"""What shows something on this computer, which the program does itself."""


class Service:
    """One address of a service. Its whole address is a secret: it holds the keys."""

    def __init__(self, told: Told, *, limit: timedelta = LIMIT) -> None:
        """Prepare; touches no network.

        Raises:
            NotDelivered: The library is missing, or the address is none of its.
        """
        self._limit = limit
        address = told.get("address", "").strip()
        scheme = _SCHEME.match(address)
        if scheme is None or scheme[1].lower() in _LOCAL:
            raise bad_setting("address", "it is no address of a service")
        try:
            # An extra, and it takes a while to load.
            library: Any = import_module("apprise")
        except ImportError as error:
            raise NotDelivered(
                fault(FaultKind.NOT_INSTALLED, name="apprise"), lasting=True
            ) from error
        asset = library.AppriseAsset(
            app_id="Wallboard",
            app_desc="Wallboard",
            # It would write into the user's folder otherwise, addresses among it.
            storage_mode=library.PersistentStoreMode.MEMORY,
            secure_logging=True,
            async_mode=False,
        )
        self._door: Any = library.Apprise(asset=asset)
        if not self._door.add(address):
            raise bad_setting("address", "it is no address of a service")
        self._plain: Any = library.NotifyFormat.TEXT
        self._name = scheme[1].lower()

    def send(self, post: Post) -> None:
        """Hand a message to the service; see `Way.send`."""
        said: list[bool] = []
        wrong: list[str] = []
        # What stands in it comes from outside: a service that writes markup must escape it.
        plain = {"body_format": self._plain}

        def tell() -> None:
            try:
                said.append(bool(self._door.notify(title=post.title, body=post.text, **plain)))
            except Exception as error:  # noqa: BLE001 - of a hundred services, told below
                # Not its words: they may hold the address.
                wrong.append(type(error).__name__)

        # The library has time-outs, but no deadline: who drips holds it for ever.
        thread = threading.Thread(target=tell, name="service", daemon=True)
        thread.start()
        thread.join(self._limit.total_seconds())
        if said and said[0]:
            return
        if not said and not wrong:
            seconds = f"{self._limit.total_seconds():g}"
            raise NotDelivered(fault(FaultKind.SLOW, host=self._name, seconds=seconds))
        reason = ", ".join([self._name, *wrong])[:LONGEST_SAID]
        raise NotDelivered(fault(FaultKind.NOT_TOLD_ON, reason=reason))


KIND: Final = WayKind(
    key="service",
    label="Telegram, SMS and other services (Apprise)",
    together=20,
    made=Service,
    fields=(
        Field(
            key="address",
            label="Address of the service",
            hint="As Apprise writes it, tgram://token/chat; it holds keys and is kept as a secret",
            secret=True,
            required=True,
        ),
    ),
)
