"""A second pair of eyes on a PBX: notes when it tells that a caller waits or was connected.

Reads the socket by itself, so that it shares nothing with the program that is measured.
"""

from __future__ import annotations

import json
import socket
import sys
import time

_WANTED = {"QueueCallerJoin": "waits", "AgentConnect": "talks"}


def run(told: dict[str, str], seconds: float) -> None:
    """Print one line for each arrival: what, queue, unique id, steady seconds."""
    end_s = time.monotonic() + seconds
    with socket.create_connection((told["host"], int(told["port"])), timeout=5) as server:
        server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.sendall(
            f"Action: Login\r\nUsername: {told['username']}\r\nSecret: {told['secret']}\r\n"
            "Events: call,agent\r\n\r\n".encode()
        )
        rest = b""
        while (left_s := end_s - time.monotonic()) > 0:
            server.settimeout(left_s)
            try:
                data = server.recv(1 << 16)
            except TimeoutError:
                return
            arrived_s = time.monotonic()
            if not data:
                return
            *blocks, rest = (rest + data).split(b"\r\n\r\n")
            for block in blocks:
                _note(block, arrived_s)


def _note(block: bytes, arrived_s: float) -> None:
    if not block.startswith(b"Event: "):
        return
    fields = dict(
        line.split(": ", 1)
        for line in block.decode("utf-8", "replace").split("\r\n")
        if ": " in line
    )
    what = _WANTED.get(fields["Event"])
    if what is not None:
        row = [what, fields.get("Queue", ""), fields.get("Uniqueid", ""), arrived_s]
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    asked = json.loads(sys.stdin.readline())
    run(asked["told"], asked["seconds"])
