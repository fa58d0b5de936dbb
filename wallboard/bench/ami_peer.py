"""The stock way to read AMI: an asyncio protocol that reads line by line into dictionaries."""

from __future__ import annotations

import asyncio
import fnmatch
import re
from collections.abc import Callable, Iterator, MutableMapping
from typing import TypeAlias

Callback: TypeAlias = Callable[["PeerMessage"], None]


class PeerMessage(MutableMapping[str, str]):
    """A message whose keys are the same in any case, as clients give it to their users."""

    def __init__(self) -> None:
        self._fields: dict[str, tuple[str, str]] = {}

    def __getitem__(self, name: str) -> str:
        return self._fields[name.lower()][1]

    def __setitem__(self, name: str, value: str) -> None:
        self._fields[name.lower()] = (name, value)

    def __delitem__(self, name: str) -> None:
        del self._fields[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._fields.values())

    def __len__(self) -> int:
        return len(self._fields)


class PeerClient(asyncio.Protocol):
    """Splits what arrives into lines and messages, and calls whoever asked for an event."""

    def __init__(self) -> None:
        self.messages = 0
        self._text = ""
        self._message = PeerMessage()
        self._callbacks: list[tuple[re.Pattern[str], Callback]] = []

    def register_event(self, pattern: str, callback: Callback) -> None:
        """Have `callback` called with the events whose names fit a pattern such as `Queue*`."""
        self._callbacks.append((re.compile(fnmatch.translate(pattern)), callback))

    def data_received(self, data: bytes) -> None:
        """Take what the network gave."""
        self._text += data.decode("utf-8", "replace")
        *lines, self._text = self._text.split("\r\n")
        for line in lines:
            self._take_line(line)

    def _take_line(self, line: str) -> None:
        if not line:
            if self._message:
                self._dispatch(self._message)
                self._message = PeerMessage()
            return
        name, colon, value = line.partition(":")
        if not colon:
            return
        name, value = name.strip(), value.strip()
        if name in self._message:
            value = f"{self._message[name]}\n{value}"
        self._message[name] = value

    def _dispatch(self, message: PeerMessage) -> None:
        self.messages += 1
        event = message.get("Event")
        if event is None:
            return
        for pattern, callback in self._callbacks:
            if pattern.match(event):
                callback(message)
