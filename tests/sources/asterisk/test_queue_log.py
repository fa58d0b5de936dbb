from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wallboard.domain.facts import CallRecord, Ending
from wallboard.sources.asterisk.queue_log import records_of

BEGAN = 1_795_363_000
CALL = f"{BEGAN}.1"


def told(*lines: str) -> list[CallRecord]:
    return list(records_of((line.encode() for line in lines), lambda _: timedelta(seconds=20)))


def line(at: int, verb: str, *data: object, callid: str = CALL, agent: str = "NONE") -> str:
    return "|".join((str(BEGAN + at), callid, "support", agent, verb, *map(str, data)))


def test_that_an_answered_call_has_its_times_its_agent_and_its_missed_rings() -> None:
    (record,) = told(
        line(0, "ENTERQUEUE", "", "5550001", 1),
        line(3, "RINGNOANSWER", 3000, agent="Zoë Müller"),
        line(8, "CONNECT", 8, "1.2", 3, agent="Dmitri O'Neil"),
        line(68, "COMPLETECALLER", 8, 60, 1, agent="Dmitri O'Neil") + "\r\n",
    )
    assert record.ending is Ending.ANSWERED
    assert (record.wait, record.talk) == (timedelta(seconds=8), timedelta(seconds=60))
    assert (record.agent_id, record.caller_number) == ("Dmitri O'Neil", "5550001")
    assert (record.missed_rings, record.transferred) == (1, False)
    assert record.target == timedelta(seconds=20)
    assert record.entered_at == datetime.fromtimestamp(BEGAN, UTC)
    assert (record.fact_id, record.call_id) == (f"{CALL}@support#1",) * 2


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("BLINDTRANSFER", ("1003", "from-internal", 8, 60, 1)),
        ("ATTENDEDTRANSFER", ("BRIDGE", "f3c1", 8, 60, 1)),
        ("ATTENDEDTRANSFER", ("LINK", "PJSIP/1-1", "PJSIP/2-2", 8, 60, 1)),
        ("TRANSFER", ("1003", "from-internal", 8, 60, 1)),
    ],
)
def test_that_a_passed_on_call_is_answered_and_transferred(
    verb: str, data: tuple[object, ...]
) -> None:
    (record,) = told(
        line(0, "ENTERQUEUE", "", "5550001", 1),
        line(8, "CONNECT", 8, "1.2", 3, agent="Alice"),
        line(68, verb, *data, agent="Alice"),
    )
    assert (record.ending, record.transferred) == (Ending.ANSWERED, True)
    assert (record.wait, record.talk) == (timedelta(seconds=8), timedelta(seconds=60))


@pytest.mark.parametrize(
    ("verb", "data", "ending"),
    [
        ("ABANDON", (1, 1, 9), Ending.ABANDONED),
        ("EXITWITHTIMEOUT", (1, 1, 9), Ending.TIMED_OUT),
        ("EXITWITHKEY", (0, 1, 1, 9), Ending.LEFT_BY_KEY),
        ("EXITEMPTY", (1, 1, 9), Ending.LEFT_EMPTY),
    ],
)
def test_that_who_was_not_answered_has_his_reason_and_his_wait(
    verb: str, data: tuple[object, ...], ending: Ending
) -> None:
    (record,) = told(line(0, "ENTERQUEUE", "", "unknown", 1), line(9, verb, *data))
    assert (record.ending, record.wait, record.talk) == (ending, timedelta(seconds=9), None)
    assert record.caller_number is None


def test_that_a_start_of_the_server_ends_what_was_open_out_of_sight() -> None:
    waited, talked = told(
        line(0, "ENTERQUEUE", "", "1", 1),
        line(1, "ENTERQUEUE", "", "2", 2, callid="1.2"),
        line(5, "CONNECT", 4, "1.3", 1, callid="1.2", agent="Alice"),
        f"{BEGAN + 9}|NONE|NONE|NONE|QUEUESTART",
        line(20, "COMPLETECALLER", 4, 15, 1, callid="1.2", agent="Alice"),
    )
    assert (waited.ending, waited.wait) == (Ending.UNKNOWN, None)
    assert (talked.ending, talked.wait, talked.talk) == (
        Ending.ANSWERED,
        timedelta(seconds=4),
        None,
    )


def test_that_who_joins_again_makes_another_visit() -> None:
    first, second, third = told(
        line(0, "ENTERQUEUE", "", "1", 1),
        line(9, "ENTERQUEUE", "", "1", 1),
        line(12, "ABANDON", 1, 1, 3),
        line(20, "ENTERQUEUE", "", "1", 1),
        line(21, "ABANDON", 1, 1, 1),
    )
    assert [one.ending for one in (first, second, third)] == [
        Ending.UNKNOWN,
        Ending.ABANDONED,
        Ending.ABANDONED,
    ]
    assert [one.fact_id for one in (first, second, third)] == [
        f"{CALL}@support#1",
        f"{CALL}@support#2",
        f"{CALL}@support#3",
    ]


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"|||||",
        b"nonsense",
        f"²|{CALL}|support|NONE|ABANDON|1|1|9".encode(),
        f"99999999999999999999|{CALL}|support|NONE|ABANDON|1|1|9".encode(),
        f"999999999999|{CALL}|support|NONE|ABANDON|1|1|9".encode(),
        f"-5|{CALL}|support|NONE|ABANDON|1|1|9".encode(),
        f"1795363000|{CALL}|support".encode(),
        f"1795363001|{CALL}|sales|NONE|ABANDON|1|1|9".encode(),
        f"1795363001|{CALL}|support|Alice|RINGCANCELED|478".encode(),
        b"\xff\xfe|\x00|\x80",
    ],
)
def test_that_lines_that_cannot_be_read_or_are_of_others_change_nothing(bad: bytes) -> None:
    lines = [line(0, "ENTERQUEUE", "", "1", 1).encode(), bad, line(4, "ABANDON", 1, 1, 4).encode()]
    (record,) = records_of(lines, lambda _: None)
    assert (record.ending, record.wait) == (Ending.ABANDONED, timedelta(seconds=4))


@pytest.mark.parametrize("data", [(), ("x",), ("", "", "")])
def test_that_a_verb_without_its_data_has_no_times(data: tuple[str, ...]) -> None:
    (record,) = told(line(0, "ENTERQUEUE"), line(4, "COMPLETEAGENT", *data))
    assert (record.ending, record.wait, record.talk) == (Ending.ANSWERED, None, None)
    (left,) = told(line(0, "ENTERQUEUE"), line(4, "ABANDON", *data))
    assert (left.ending, left.wait) == (Ending.ABANDONED, None)


def test_that_a_clock_that_was_set_back_makes_no_end_before_the_beginning() -> None:
    (record,) = told(line(100, "ENTERQUEUE", "", "1", 1), line(4, "ABANDON", 1, 1, 0))
    assert record.entered_at <= record.ended_at
