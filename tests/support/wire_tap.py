"""Listens to the sound on its way between a PBX and its phones on this machine; needs root.

The lab's phones do not always play what reaches them once the far end is another one: the packets
come, and their recordings are silent. So what the PBX sends after that is taken from the wire.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections import defaultdict
from collections.abc import Sequence
from types import TracebackType
from typing import Self

_IP, _ARRIVING = 0x0800, 4
_ETHER, _RTP, _MU_LAW = 14, 12, 0
_SAMPLES = 160


def _linear(code: int) -> float:
    """Return a sample, from -1 to 1, of its code in µ-law."""
    bits = ~code & 0xFF
    size = (((bits & 15) << 3) + 132 << ((bits >> 4) & 7)) - 132
    return (-size if bits & 128 else size) / 32768


_TABLE = [_linear(code) for code in range(256)]


class WireTap:
    """Keeps the sound that is sent to each port of this machine."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_IP))
        self._socket.bind(("lo", 0))
        self._socket.settimeout(0.1)
        self._sound: dict[int, bytearray] = defaultdict(bytearray)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join(5)
        self._socket.close()

    def sent_to(self, port: int, samples: int) -> Sequence[float]:
        """Return the last samples that were sent to a port."""
        return [_TABLE[code] for code in bytes(self._sound[port][-samples:])]

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                frame, told = self._socket.recvfrom(2048)
            except TimeoutError:
                continue
            if told[2] == _ARRIVING:
                continue  # each packet is seen twice
            head = _ETHER + (frame[_ETHER] & 15) * 4
            if frame[_ETHER + 9] != socket.IPPROTO_UDP:
                continue
            (port,) = struct.unpack("!H", frame[head + 2 : head + 4])
            sound = frame[head + 8 :]
            if len(sound) == _RTP + _SAMPLES and sound[0] == 0x80 and sound[1] & 0x7F == _MU_LAW:
                self._sound[port] += sound[_RTP:]
