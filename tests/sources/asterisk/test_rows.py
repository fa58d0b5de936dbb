from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.sources.asterisk.rows import (
    LONGEST,
    Directory,
    called,
    channel_device,
    epoch,
    known,
    member_of,
    person_of,
    seconds,
    stamp,
    whole,
)

ROW = {
    "Queue": "support",
    "Name": "Dmitri O'Neil",
    "Location": "PJSIP/1004",
    "StateInterface": "PJSIP/1004",
    "Membership": "realtime",
    "CallsTaken": "3",
    "LastCall": "1795363000",
    "LastPause": "0",
    "LoginTime": "1795360000",
    "InCall": "1",
    "Status": "2",
    "Paused": "1",
    "PausedReason": "ناهار",
    "Wrapuptime": "7",
}


@pytest.mark.parametrize(
    ("interface", "state_interface", "person", "resolved"),
    [
        ("PJSIP/1005", "", "1005", True),
        ("SIP/1005", "", "1005", True),
        ("IAX2/1005", "", "1005", True),
        ("Agent/1005", "", "1005", True),
        ("Local/1005@from-queue/n", "", "1005", True),
        ("Local/1005@from-queue", "", "1005", True),
        ("local/1005@from-queue/nj", "", "1005", True),
        ("Local/1005@from-queue/n", "hint:1005@ext-local", "1005", True),
        ("Local/1005@from-queue/n", "HINT:1005", "1005", True),
        ("Local/77@from-queue/n", "PJSIP/1005", "1005", True),
        ("PJSIP/my-phone", "", "my-phone", True),
        ("PJSIP/سارا", "", "سارا", True),
        ("DAHDI/g1/5551234", "", "DAHDI/g1/5551234", False),
        ("PJSIP/1005@trunk", "", "PJSIP/1005@trunk", False),
        ("nonsense", "", "nonsense", False),
        ("DAHDI/g1/5551234", "Custom:DND1005", "DAHDI/g1/5551234", False),
    ],
)
def test_that_an_interface_belongs_to_a_person(
    interface: str, state_interface: str, person: str, resolved: bool
) -> None:
    assert person_of(interface, state_interface) == (person, resolved)


def test_that_a_row_becomes_a_membership() -> None:
    member = member_of(ROW)
    assert member is not None
    assert member.key == ("support", "PJSIP/1004")
    assert (member.name, member.person, member.resolved) == ("Dmitri O'Neil", "1004", True)
    assert (member.status, member.paused, member.reason, member.in_call) == (2, True, "ناهار", True)
    assert member.last_call_at == datetime.fromtimestamp(1795363000, UTC)
    assert member.paused_at is None
    assert member.wrap_up == timedelta(seconds=7)
    assert not member.vague


def test_that_an_event_becomes_the_same_membership() -> None:
    event = {**ROW, "MemberName": ROW["Name"], "Interface": ROW["Location"], "Ringinuse": "0"}
    del event["Name"], event["Location"]
    assert member_of(event) == member_of(ROW)


def test_that_an_old_server_tells_the_reason_by_another_name() -> None:
    row = {**ROW, "Reason": "lunch", "PausedReason": ""}
    member = member_of(row)
    assert member is not None
    assert member.reason == "lunch"


def test_that_the_servers_clock_is_put_on_ours() -> None:
    member = member_of(ROW, timedelta(seconds=100))
    assert member is not None
    assert member.last_call_at == datetime.fromtimestamp(1795362900, UTC)


def test_that_every_other_field_may_be_missing() -> None:
    member = member_of({"Queue": "support", "Interface": "Local/5@x"})
    assert member is not None
    assert (member.name, member.status, member.paused, member.wrap_up) == ("", 0, False, None)
    assert member.vague


def test_that_a_name_that_is_only_the_interface_is_none() -> None:
    member = member_of({**ROW, "Name": "PJSIP/1004"})
    assert member is not None
    assert member.name == ""


@pytest.mark.parametrize("field", ["Queue", "Location"])
@pytest.mark.parametrize("value", ["", "x" * (LONGEST + 1)])
def test_that_a_row_without_a_queue_or_an_interface_is_none(field: str, value: str) -> None:
    assert member_of({**ROW, field: value}) is None


def test_that_long_texts_are_cut() -> None:
    member = member_of({**ROW, "Name": "n" * 9999, "PausedReason": "r" * 9999})
    assert member is not None
    assert (len(member.name), len(member.reason or "")) == (LONGEST, LONGEST)
    assert len(known("x" * 9999) or "") == LONGEST


@given(st.dictionaries(st.sampled_from(sorted(ROW)), st.text(max_size=20)))
def test_that_no_value_of_a_field_is_too_odd(odd: dict[str, str]) -> None:
    member = member_of({**ROW, **odd}, timedelta(seconds=-5))
    assert member is None or member.status >= 0


@pytest.mark.parametrize("text", ["", "<unknown>", "unknown", "Unknown", "Anonymous", "s", None])
def test_that_nobody_is_spelt_in_many_ways(text: str | None) -> None:
    assert known(text) is None


def test_that_escaped_apostrophes_are_apostrophes() -> None:
    assert known('Dmitri O\\\'Neil \\"D\\"') == 'Dmitri O\'Neil "D"'


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("42", 42), ("-1", None), ("4.2", None), ("", None), (None, None), ("²", None)],
)
def test_that_only_plain_whole_numbers_are_numbers(text: str | None, number: int | None) -> None:
    assert whole(text) == number


def test_that_digits_of_other_scripts_and_monstrous_numbers_are_none() -> None:
    assert whole("۴۲") is None
    assert whole("9" * 13) is None
    assert seconds("100000001") is None
    assert seconds("100000000") == timedelta(seconds=10**8)


@pytest.mark.parametrize("text", [None, "", "0", "-5", "999999999999", "nan"])
def test_that_never_and_nonsense_are_no_instants(text: str | None) -> None:
    assert epoch(text) is None


def test_that_a_skew_that_leads_out_of_time_makes_no_instant() -> None:
    assert epoch("1", timedelta(days=800_000)) is None
    assert epoch("1", timedelta(days=-36_500)) is not None


@pytest.mark.parametrize("text", ["nan", "inf", "-1e300", "x", "", "1e18"])
def test_that_a_stamp_that_is_none_is_none(text: str) -> None:
    assert stamp({"Timestamp": text}) is None
    assert stamp({}) is None


def test_that_a_stamp_has_its_fraction() -> None:
    told = stamp({"Timestamp": "1795363855.948012"}, timedelta(seconds=1))
    assert told == datetime(2026, 11, 22, 16, 10, 54, 948012, tzinfo=UTC)


@pytest.mark.parametrize(
    ("channel", "device"),
    [
        ("PJSIP/1005-0000002e", "PJSIP/1005"),
        ("PJSIP/my-phone-0000002e", "PJSIP/my-phone"),
        ("Local/1005@from-queue-00000001;1", "Local/1005@from-queue"),
        ("odd", "odd"),
        ("", ""),
    ],
)
def test_that_a_channel_is_on_a_device(channel: str, device: str) -> None:
    assert channel_device(channel) == device


def test_that_a_directory_knows_a_member_by_his_interface_and_by_his_channels() -> None:
    directory = Directory()
    member = member_of(
        {"Queue": "q", "Interface": "Local/77@from-queue/n", "StateInterface": "hint:205@ext"}
    )
    assert member is not None
    directory.learn(member)
    assert directory.person("Local/77@from-queue/n") == "205"
    assert directory.person_on("Local/77@from-queue-00000001;1") == "205"
    assert directory.person_on("PJSIP/205-00000001") == "205"
    assert directory.person_on("PJSIP/300-00000001") == "300"


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"Uniqueid": "1.1", "Queue": "q"}, ("1.1", "q")),
        ({"Uniqueid": "1.1"}, None),
        ({"Queue": "q"}, None),
        ({"Uniqueid": "1" * 513, "Queue": "q"}, None),
        ({"Uniqueid": "1.1", "Queue": "q" * 513}, None),
    ],
)
def test_that_a_call_needs_a_caller_and_a_queue(
    row: dict[str, str], place: tuple[str, str] | None
) -> None:
    assert called(row) == place
