"""A network between us and a PBX that can be cut."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from enum import Enum


class Network(Enum):
    """What the network does now."""

    WELL = "well"
    STALLS = "stalls"
    """Nothing passes, and nobody is told: as when a cable is pulled."""
    REFUSES = "refuses"
    """All connections are broken off, and new ones are refused."""


class Proxy:
    """Forwards connections to a port of 127.0.0.1 from another one."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener: socket.socket | None = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._wanted = Network.WELL
        self._state = Network.WELL
        self._changed = threading.Event()
        self._closing = False
        self._peers: dict[socket.socket, socket.socket] = {}
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def become(self, network: Network) -> None:
        """Change, and return once it is so."""
        self._changed.clear()
        self._wanted = network
        assert self._changed.wait(5)

    def close(self) -> None:
        self._closing = True
        self._thread.join(5)

    def _run(self) -> None:
        while not self._closing:
            if self._state is not self._wanted:
                self._turn(self._wanted)
                self._changed.set()
            watched = [*self._peers, *([self._listener] if self._listener else [])]
            if self._state is not Network.WELL:
                watched = []
            if not watched:
                threading.Event().wait(0.02)
                continue
            for one in select.select(watched, [], [], 0.02)[0]:
                self._pass_on(one)
        self._break_off()
        if self._listener is not None:
            self._listener.close()

    def _turn(self, network: Network) -> None:
        self._state = network
        if network is Network.REFUSES and self._listener is not None:
            self._listener.close()
            self._listener = None
            self._break_off()
        if network is not Network.REFUSES and self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port))

    def _pass_on(self, one: socket.socket) -> None:
        if one is self._listener:
            self._connect(one)
        elif one in self._peers:
            other = self._peers[one]
            try:
                data = one.recv(1 << 16)
                other.sendall(data)
            except OSError:
                data = b""
            if not data:
                for end in (one, other):
                    del self._peers[end]
                    end.close()

    def _connect(self, listener: socket.socket) -> None:
        near, _ = listener.accept()
        try:
            far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
        except OSError:
            near.close()
            return
        self._peers[near], self._peers[far] = far, near

    def _break_off(self) -> None:
        for one in self._peers:
            with contextlib.suppress(OSError):
                one.close()
        self._peers.clear()
