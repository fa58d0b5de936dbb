"""The lab's telephones: customers call, agents and the supervisor answer, and all is recorded."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from types import MappingProxyType, TracebackType
from typing import Self

from support.asterisk_lab import AsteriskLab
from support.tones import Heard, Recording, course, heard, recording

TONES: Mapping[str, float] = MappingProxyType({"customer": 400, "agent": 1000, "supervisor": 1700})
SUPERVISOR = "9001"
_WINDOW_S = 0.8
_numbers = itertools.count(int(time.monotonic()) % 100_000 * 100)

Message = dict[str, str]


class LabPhones:
    """Drives the server that plays all phones, by a manager connection of its own."""

    def __init__(self, lab: AsteriskLab) -> None:
        self.monitor = lab.root / "lab" / "phones" / "spool" / "monitor"
        self._socket = socket.create_connection((lab.host, lab.phones_port), 5)
        self._rest = b""
        self._number = 0
        self._socket.recv(256)
        self._altered: list[str] = []
        self.rings: list[Message] = []
        self.do("Login", Username="driver", Secret="driver-secret")

    def __enter__(self) -> Self:
        for name, value in {"RECORD": "1", "ANSWER_DELAY": "0.2", "TALK_TIME": "3600"}.items():
            self.do("Setvar", Variable=name, Value=value)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with closing(self._socket):
            self.as_usual()
            for channel in self.channels():
                self.do("Hangup", Channel=channel)
            self.do("Setvar", Variable="RECORD", Value="0")
            self.do("Setvar", Variable="ANSWER_DELAY", Value="1")

    # --- calls ------------------------------------------------------------------------------

    def call(self, queue: str) -> str:
        """Let a customer call a queue's number, and return his own."""
        number = f"55{next(_numbers):010d}"
        self.do(
            "Originate",
            Channel=f"PJSIP/{queue}@pbx",
            ChannelId=f"customer-{number}",
            CallerID=f"<{number}>",
            Context="customers",
            Exten="s",
            Priority="1",
            Timeout="20000",
            Async="true",
            Variable=f"CALLER={number}",
        )
        return number

    def customer_hangs_up(self, number: str) -> None:
        self.do("Hangup", Channel=f"customer-{number}")

    def agent_hangs_up(self, agent: str) -> None:
        """End all calls of an agent's phone."""
        for row in self.rows():
            if row.get("Context") == "phones" and row.get("Exten") == agent:
                self.do("Hangup", Channel=row["Channel"])

    def ring_told(self, within_s: float = 5) -> Message:
        """Return what the supervisor's phone was told with the last ring."""
        end = time.monotonic() + within_s
        while not self.rings:
            assert time.monotonic() < end, "it did not ring"
            self.read(0.05)
        return self.rings.pop()

    def customer_is_in_a_call(self, number: str) -> bool:
        return any(row["Uniqueid"] == f"customer-{number}" for row in self.rows())

    def supervisor_is_in_a_call(self) -> bool:
        return any(row.get("Exten") == SUPERVISOR for row in self.rows())

    def supervisor_does(self, *steps: tuple[str, str]) -> None:
        """Let the supervisor's phone do something else than answer at once: `("Busy", "5")`."""
        self.as_usual()
        for place, (application, data) in enumerate(steps, 1):
            self.do(
                "DialplanExtensionAdd",
                Context="phones",
                Extension=SUPERVISOR,
                Priority=str(place),
                Application=application,
                ApplicationData=data,
                Replace="yes",
            )
            self._altered.append(SUPERVISOR)

    def as_usual(self) -> None:
        """Let the supervisor's phone answer at once again."""
        if self._altered:
            self.do("DialplanExtensionRemove", Context="phones", Extension=SUPERVISOR)
            self._altered.clear()

    def port_of(self, who: str, number: str) -> int:
        """Return the port of this machine to which a party's sound is sent now."""
        for row in self.rows():
            if who == "customer" and row["Uniqueid"] == f"customer-{number}":
                break
            if who == "supervisor" and row.get("Exten") == SUPERVISOR:
                break
        else:
            raise AssertionError(f"{who} is in no call")
        told = self.do("Getvar", Channel=row["Channel"], Variable="CHANNEL(rtp,src)")
        return int(told["Value"].rpartition(":")[2])

    # --- what is heard ----------------------------------------------------------------------

    def recorded(self, who: str, number: str, within_s: float = 5) -> Recording:
        """Return what a party of that customer's call heard, once the party has hung up."""
        name = f"{who}-hears-{number}.wav" if who != "supervisor" else "supervisor-hears.wav"
        end = time.monotonic() + within_s
        while True:
            whole = recording(self.monitor / name)
            if whole is not None:
                return whole
            assert time.monotonic() < end, f"{name} is not closed"
            self.read(0.05)

    def heard(self, who: str, number: str, at: float) -> Heard:
        """Return what a party who has hung up heard until a moment of the machine's clock."""
        return heard(self.recorded(who, number).until(at, _WINDOW_S), TONES)

    def course(self, who: str, number: str) -> str:
        """Return what a party who has hung up heard, from beginning to end."""
        return course(self.recorded(who, number), TONES)

    # --- the manager ------------------------------------------------------------------------

    def do(self, action: str, **fields: str) -> Message:
        """Do an action and return its answer."""
        self._number += 1
        key = f"test-{self._number}"
        lines = [f"Action: {action}", f"ActionID: {key}"]
        lines += [f"{name}: {value}" for name, value in fields.items()]
        self._socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return self._until(lambda one: one.get("ActionID") == key and "Response" in one)

    def rows(self) -> list[Message]:
        """Return all channels of the phones."""
        found: list[Message] = []
        self._number += 1
        key = f"test-{self._number}"
        self._socket.sendall(f"Action: CoreShowChannels\r\nActionID: {key}\r\n\r\n".encode())

        def last(one: Message) -> bool:
            if one.get("ActionID") == key and one.get("Event") == "CoreShowChannel":
                found.append(one)
            return one.get("Event") == "CoreShowChannelsComplete"

        self._until(last)
        return found

    def channels(self) -> list[str]:
        return [row["Channel"] for row in self.rows()]

    def read(self, seconds: float) -> None:
        """Take what comes for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                self._take(self._socket.recv(1 << 16))
            except TimeoutError:
                return

    def _until(self, holds: Callable[[Message], bool]) -> Message:
        self._socket.settimeout(10)
        while True:
            for message in self._take(self._socket.recv(1 << 16)):
                if holds(message):
                    return message

    def _take(self, data: bytes) -> list[Message]:
        *blocks, self._rest = (self._rest + data).split(b"\r\n\r\n")
        messages = []
        for block in blocks:
            lines = block.decode(errors="replace").split("\r\n")
            told = dict(line.split(": ", 1) for line in lines if ": " in line)
            messages.append(told)
            if told.get("UserEvent") == "SupervisorRing":
                self.rings.append(told)
        return messages
