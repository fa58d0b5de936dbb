"""A vendor's package that nobody of us wrote: installed in a folder, found by its metadata."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

PASSWORD: Final = 'k8!Gl\u200cü"ck\\geheim'
"""The one that the stranger's system accepts: with what a careless writer would break."""

_CODE: Final = '''
"""A call center of one queue."""

from datetime import UTC, datetime, timedelta

from wallboard.domain.errors import FaultKind, SourceRefused, fault
from wallboard.domain.snapshot import Call, CallId, Queue, QueueId, Snapshot
from wallboard.domain.source import (
    Fetched, Field, FieldForm, Finding, SourceKind, Verdict,
)

PASSWORD = {password!r}


class Stranger:
    def __init__(self, told):
        self.told = told
        self.fetches = 0

    def fetch(self):
        self.fetches += 1
        if self.told["mode"] == "crash":
            raise ValueError("cannot use " + self.told["password"])
        if self.told["password"] != PASSWORD:
            raise SourceRefused(fault(FaultKind.SIGN_IN, host="stranger", username="me"))
        if self.told["mode"] == "flaky" and self.fetches in (2, 3):
            raise SourceRefused(fault(FaultKind.LOST, host="stranger"))
        now = datetime.now(UTC)
        queue = Queue(queue_id=QueueId("q"), name="Queue\\u202e\\x1b[31m")
        calls = {{}}
        if self.told["mode"] == "busy" and self.fetches < 4:
            call = Call(call_id=CallId("1"), queue_id=queue.queue_id, entered_at=now)
            calls = {{call.call_id: call}}
        return Fetched(snapshot=Snapshot(as_of=now, queues={{queue.queue_id: queue}}, calls=calls))

    def wait(self, pause, interrupt):
        import select
        select.select([interrupt], [], [], min(pause.total_seconds(), 0.2))

    def supervise(self, wish):
        raise NotImplementedError

    def close(self):
        pass


def check(told, clock):
    yield Finding(topic="reachable", verdict=Verdict.GOOD, details=(("host", "stranger"),))
    if told["password"] != PASSWORD:
        yield Finding(
            topic="sign_in",
            verdict=Verdict.BAD,
            fault=fault(FaultKind.SIGN_IN, host="stranger", username="me"),
        )


KIND = SourceKind(
    key="stranger",
    label="A stranger's call center",
    fields=(
        Field(key="host", label="Host", required=True),
        Field(key="port", label="Port", form=FieldForm.NUMBER, default="1"),
        Field(key="password", label="Password", secret=True, required=True),
        Field(
            key="mode",
            label="Mode",
            form=FieldForm.CHOICE,
            choices=("good", "crash", "flaky", "busy"),
            default="good",
        ),
    ),
    poll=timedelta(seconds=1),
    connect=lambda told, clock: Stranger(told),
    check=check,
)
'''


def install_stranger(folder: Path, **entries: str) -> dict[str, str]:
    """Put the package into a folder, and return the environment in which it is found.

    Args:
        entries: Further entry points of the group, by key.
    """
    folder.mkdir(exist_ok=True)
    (folder / "stranger.py").write_text(_CODE.format(password=PASSWORD), encoding="utf-8")
    facts = folder / "stranger-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    rows = {"stranger": "stranger:KIND", **entries}
    text = "\n".join(f"{key} = {value}" for key, value in rows.items())
    (facts / "entry_points.txt").write_text(f"[wallboard.sources]\n{text}\n")
    before = [os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else []
    return {"PYTHONPATH": os.pathsep.join([str(folder), *before]), "PYTHONUTF8": "1"}
