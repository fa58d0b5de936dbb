"""Call detail records become the calls that went through no queue."""

from __future__ import annotations

import json
import lzma
import random
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.queue_logs import RUNS, VERSIONS, kept_calls, read, recorded_log
from support.shared import WHY_NOT, shared_folder

from wallboard.domain.facts import DirectCall, Direction
from wallboard.sources.asterisk.cdr import CdrLog, Rules, cdr_time, clock_of

BORN = 1_795_363_149
START = datetime.fromtimestamp(BORN, UTC)
ROW: Mapping[str, str] = {
    "accountcode": "",
    "src": "1001",
    "dst": "02112345678",
    "dcontext": "from-internal",
    "clid": '"Ann ""the"" Núñez, Ltd." <1001>',
    "channel": "PJSIP/1001-00000001",
    "dstchannel": "PJSIP/trunk-00000002",
    "lastapp": "Dial",
    "lastdata": "PJSIP/trunk/02112345678,30",
    "start": f"{START:%Y-%m-%d %H:%M:%S}",
    "answer": f"{START + timedelta(seconds=7):%Y-%m-%d %H:%M:%S}",
    "end": f"{START + timedelta(seconds=67):%Y-%m-%d %H:%M:%S}",
    "duration": "67",
    "billsec": "60",
    "disposition": "ANSWERED",
    "amaflags": "DOCUMENTATION",
    "uniqueid": f"{BORN}.1",
    "userfield": "",
}
QUIET: Mapping[str, str] = {"answer": "", "billsec": "0", "disposition": "NO ANSWER"}


def row(**cells: str) -> bytes:
    told = {**ROW, **cells}
    quoted = ",".join(
        text if name in ("duration", "billsec") else '"{}"'.format(text.replace('"', '""'))
        for name, text in told.items()
    )
    return quoted.encode() + b"\n"


def told(*rows: bytes, rules: Rules | None = None) -> list[DirectCall]:
    log = CdrLog(rules or Rules())
    facts = [*log.feed(b"".join(rows)), *log.end_file(), *log.end()]
    assert log.bad == 0, log.bad_lines
    return facts


def test_that_an_outgoing_call_has_its_times_its_agent_and_its_number() -> None:
    (call,) = told(row())
    assert (call.direction, call.answered) == (Direction.OUTGOING, True)
    assert (call.began_at, call.ended_at) == (START, START + timedelta(seconds=67))
    assert (call.ring, call.talk) == (timedelta(seconds=7), timedelta(seconds=60))
    assert (call.agent_id, call.far_number) == ("1001", "02112345678")
    assert (call.fact_id, call.contact) == (f"cdr@{BORN}.1", f"{BORN}.1")


@pytest.mark.parametrize(
    ("cells", "direction", "agent", "far"),
    [
        (
            {
                "channel": "PJSIP/trunk-1",
                "dstchannel": "PJSIP/1002-2",
                "src": "0912",
                "dst": "1002",
                "dcontext": "from-trunk",
            },
            Direction.INCOMING,
            "1002",
            "0912",
        ),
        (
            {
                "channel": "SIP/trunk-1",
                "dstchannel": "Local/1002@from-queue-1;1",
                "src": "anonymous",
                "dst": "1002",
                "dcontext": "ext-group",
            },
            Direction.INCOMING,
            "1002",
            None,
        ),
        ({"dstchannel": "PJSIP/1002-2", "dst": "1002"}, Direction.INTERNAL, "1001", "1002"),
        ({"dstchannel": "", "dst": "*97"}, Direction.INTERNAL, "1001", "*97"),
        (
            {"channel": "DAHDI/i1/0912-1", "dstchannel": "", "dcontext": "custom"},
            Direction.UNKNOWN,
            None,
            "02112345678",
        ),
    ],
)
def test_that_the_channels_tell_which_way_a_call_went(
    cells: dict[str, str], direction: Direction, agent: str | None, far: str | None
) -> None:
    (call,) = told(row(**cells))
    assert (call.direction, call.agent_id, call.far_number) == (direction, agent, far)


def test_that_a_rule_of_the_site_goes_before_what_the_channels_tell() -> None:
    rules = Rules(contexts={"from-internal": Direction.INTERNAL})
    assert told(row(), rules=rules)[0].direction is Direction.INTERNAL
    assert told(row(), rules=Rules(phones="agent.*"))[0].direction is Direction.UNKNOWN


def test_that_nobody_answered_who_only_heard_an_announcement() -> None:
    (call,) = told(row(channel="PJSIP/trunk-1", dstchannel="", dcontext="from-trunk"))
    assert (call.direction, call.answered, call.talk) == (Direction.INCOMING, False, None)


def test_that_the_attempts_to_reach_somebody_are_one_call() -> None:
    later = f"{START + timedelta(seconds=20):%Y-%m-%d %H:%M:%S}"
    end = f"{START + timedelta(seconds=80):%Y-%m-%d %H:%M:%S}"
    incoming = {"channel": "PJSIP/trunk-1", "src": "0912", "dcontext": "from-trunk"}
    (call,) = told(
        row(**incoming, **QUIET, dstchannel="PJSIP/1001-2", end=later),
        row(**incoming, dstchannel="PJSIP/1002-3", start=later, answer=later, end=end),
    )
    assert (call.agent_id, call.answered) == ("1002", True)
    assert (call.ring, call.talk) == (timedelta(seconds=20), timedelta(seconds=60))
    assert call.ended_at == START + timedelta(seconds=80)


def test_that_calls_of_a_queue_and_legs_that_the_system_made_are_left_out() -> None:
    log = CdrLog(Rules(), lambda call, _: call == f"{BORN}.5")
    rows = (
        row(lastapp="Queue", uniqueid=f"{BORN}.2"),
        row(uniqueid=f"{BORN}.2"),
        row(channel="Local/1008@from-queue-1;2", uniqueid=f"{BORN}.3"),
        row(uniqueid=f"{BORN}.5"),
        row(uniqueid=f"{BORN}.4"),
    )
    facts = [*log.feed(b"".join(rows)), *log.end()]
    assert [call.call_id for call in facts] == [f"{BORN}.4"]
    assert log.left_out == 2


@pytest.mark.parametrize(
    "bad",
    [
        b"nonsense",
        b'"an open quote,1,2,3',
        b"\xff\x00" * 9,
        row(start="yesterday").rstrip(),
        row(billsec="-4").rstrip(),
        row(start="2026-11-22 12:00:00+03:00").rstrip(),
        b'"","1001"',
    ],
)
def test_that_a_bad_line_is_counted_and_spoils_no_other(bad: bytes) -> None:
    log = CdrLog(Rules())
    facts = [*log.feed(bad + b"\n\n" + row()), *log.end()]
    assert (len(facts), log.lines, log.bad) == (1, 2, 1)
    assert log.bad_lines[0].number == 1


def test_that_an_export_with_a_line_of_names_is_read_by_these() -> None:
    head = b"calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,duration,billsec,disposition"
    cells = f'{START:%Y-%m-%d %H:%M:%S},"A, B",1001,0912,x,PJSIP/1001-1,PJSIP/t-1,Dial,9,4,ANSWERED'
    (call,) = told(
        head + b",uniqueid,linkedid\n", cells.encode() + f",{BORN}.9,{BORN}.8\n".encode()
    )
    assert (call.direction, call.contact) == (Direction.OUTGOING, f"{BORN}.8")
    assert (call.ring, call.talk) == (timedelta(seconds=5), timedelta(seconds=4))


def test_that_the_ids_of_calls_tell_which_clock_a_file_goes_by() -> None:
    tehran = ZoneInfo("Asia/Tehran")
    local = f"{START.astimezone(tehran):%Y-%m-%d %H:%M:%S}"
    cells = {"start": local, "answer": local, "end": local}
    assert told(row(**cells), rules=Rules(zone=tehran))[0].began_at == START
    assert told(row(), rules=Rules(zone=tehran))[0].began_at == START
    assert told(row(**cells))[0].began_at == START
    assert clock_of([], tehran) is tehran
    assert clock_of([(START.replace(tzinfo=None), BORN + 3600)], tehran) == timezone(
        timedelta(hours=-1)
    )


def test_that_files_can_be_sorted_by_their_first_line() -> None:
    assert cdr_time(row()) == BORN
    assert cdr_time(b"nonsense") is None


@pytest.mark.recorded
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("run", RUNS)
def test_that_the_lab_s_own_calls_are_told_and_none_of_the_queues(version: int, run: str) -> None:
    shared = shared_folder()
    if shared is None:
        pytest.skip(WHY_NOT)
    folder = shared / "asterisk-lab" / "recordings" / f"v{version}" / run
    queued = {call.contact for call in kept_calls(read([recorded_log(shared, version, run)]))}
    log = CdrLog(Rules(phones=r"1\d\d\d"), lambda call, _: call in queued)
    data, chunk = _packed(folder / "Master.csv.xz"), random.Random(3)
    facts: list[DirectCall] = []
    while data:
        size = chunk.randrange(1, 5_000)
        facts += log.feed(data[:size])
        data = data[size:]
    facts += [*log.end_file(), *log.end()]
    assert log.bad == 0
    true = json.loads(_packed(folder / "truth.json.xz"))["own_calls"]
    assert Counter(call.direction for call in facts) == {Direction.OUTGOING: len(true)}
    for ours, theirs in zip(
        sorted(facts, key=lambda call: (call.began_at, call.agent_id)),
        sorted(true, key=lambda call: (int(call["observed"]["entered"]), call["phone"])),
        strict=True,
    ):
        assert_same(ours, theirs)


def _packed(path: Path) -> bytes:
    with lzma.open(path, "rb") as file:
        return file.read()


def assert_same(ours: DirectCall, theirs: Mapping[str, Any]) -> None:
    seen = theirs["observed"]
    assert ours.agent_id == theirs["phone"]
    assert abs(ours.began_at.timestamp() - seen["entered"]) <= 1
    assert abs(ours.ended_at.timestamp() - seen["ended"]) <= 1
    assert ours.talk is not None
    assert abs(ours.talk.total_seconds() - (seen["ended"] - seen["entered"])) <= 1
