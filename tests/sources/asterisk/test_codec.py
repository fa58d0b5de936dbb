from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.campaign import size_of_campaign

from wallboard.sources.asterisk.codec import (
    MAX_BANNER,
    MAX_LINE,
    MAX_LINES,
    MAX_MESSAGE,
    Decoder,
    Garbled,
    Unsendable,
    encoded,
    fields_of,
)

BANNER = b"Asterisk Call Manager/11.0.0\r\n"
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)]

names = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", min_size=1)
texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40)
fields = st.lists(st.tuples(names, texts), max_size=8)
messages = st.lists(st.dictionaries(names, texts, min_size=1, max_size=8), max_size=6)


def decoded(data: bytes, *cuts: int, banner: bool = False) -> list[dict[str, str]]:
    decoder = Decoder(banner=banner)
    found = []
    places = [0, *sorted(cuts), len(data)]
    for begin, end in pairwise(places):
        found += decoder.feed(data[begin:end])
    return found


def feed_slowly(decoder: Decoder, data: bytes) -> None:
    for place in range(len(data)):
        decoder.feed(data[place : place + 1])


def wire(message: dict[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in message.items()).encode() + b"\r\n"


# --- what comes --------------------------------------------------------------------------------


@given(messages, st.data())
def test_that_a_stream_may_be_cut_anywhere(told: list[dict[str, str]], data: st.DataObject) -> None:
    stream = BANNER + b"".join(map(wire, told))
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=12))
    whole = decoded(stream, banner=True)
    assert whole == told
    assert decoded(stream, *cuts, banner=True) == whole


def test_that_one_byte_at_a_time_will_do() -> None:
    stream = BANNER + "Event: A\r\nName: زهرا 🙂\r\n\r\n\r\nEvent: B\r\nName: x\r\n\r\n".encode()
    told = decoded(stream, *range(len(stream)), banner=True)
    assert told == [{"Event": "A", "Name": "زهرا 🙂"}, {"Event": "B", "Name": "x"}]


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=8))
def test_that_any_bytes_give_the_same_however_they_are_cut(data: bytes, cuts: list[int]) -> None:
    cuts = [cut for cut in cuts if cut <= len(data)]
    assert decoded(data, *cuts) == decoded(data)


def test_that_the_banner_is_kept_and_is_no_message() -> None:
    decoder = Decoder()
    assert decoder.banner is None
    assert decoder.feed(BANNER[:7]) == []
    assert decoder.feed(BANNER[7:] + b"Event: A\r\n\r\n") == [{"Event": "A"}]
    assert decoder.banner == "Asterisk Call Manager/11.0.0"


def test_that_a_message_that_is_ended_twice_is_one() -> None:
    stream = b"Response: Success\r\nMessage: No Contacts found\r\n\r\n\r\nEvent: A\r\n\r\n\r\n\r\n"
    assert [message.get("Event") for message in decoded(stream)] == [None, "A"]


def test_that_bytes_that_are_no_text_become_marks() -> None:
    assert decoded(b"Event: A\r\nName: \xff\xfe\xc3\r\n\r\n") == [
        {"Event": "A", "Name": "\ufffd\ufffd\ufffd"}
    ]


def test_that_of_a_name_that_comes_twice_the_first_value_holds() -> None:
    block = b"Event: A\r\nVariable: x=1\r\nVariable: y=2\r\nEvent: B"
    assert fields_of(block) == {"Event": "A", "Variable": "x=1"}


@pytest.mark.parametrize(
    ("block", "told"),
    [
        (b"Event: A\r\nnonsense\r\nB: 1", {"Event": "A", "B": "1"}),
        (b"Event: A\r\nEmpty:\r\nB: 1", {"Event": "A", "Empty": "", "B": "1"}),
        (b"Event:A", {"Event": "A"}),
        (b"Event: A\r\nTime: 12: 30: 01", {"Event": "A", "Time": "12: 30: 01"}),
        (b"nonsense", {}),
    ],
)
def test_that_odd_lines_are_read_as_far_as_they_go(block: bytes, told: dict[str, str]) -> None:
    assert fields_of(block) == told


@pytest.mark.parametrize(
    "greeting",
    [
        b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"220 mail.example ESMTP\r\n",
        b"\x15\x03\x03\x00\x02\x02\x16",
        b"Event: FullyBooted\r\n\r\n",
        b"Asterisk Call Managers\r\n",
        b"Asterisk Call\r\n",
        b"\r\n",
        b"Asterisk Call Manager/" + b"1" * MAX_BANNER,
        b"\x00",
    ],
)
def test_that_who_greets_otherwise_is_no_asterisk(greeting: bytes) -> None:
    with pytest.raises(Garbled):
        Decoder().feed(greeting)
    trickled = Decoder()
    with pytest.raises(Garbled):
        feed_slowly(trickled, greeting)


def test_that_what_is_not_a_banner_is_shown_as_plain_letters_and_cut() -> None:
    with pytest.raises(Garbled) as caught:
        Decoder().feed(b"\x1b[31m\xff<b>" + b"x" * 200)
    assert str(caught.value).isascii()
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 120


def test_that_a_message_without_an_end_is_given_up() -> None:
    decoder = Decoder(banner=False)
    line = b"Name: " + b"x" * 1000 + b"\r\n"
    for _ in range(MAX_MESSAGE // len(line)):
        assert decoder.feed(line) == []
    with pytest.raises(Garbled):
        decoder.feed(line)


def test_that_a_large_message_with_an_end_is_read() -> None:
    (message,) = decoded(b"Event: A\r\nName: " + b"x" * (MAX_MESSAGE - 100) + b"\r\n\r\n")
    assert len(message["Name"]) == MAX_MESSAGE - 100


def test_that_unwanted_events_are_skipped_and_answers_are_not() -> None:
    decoder = Decoder(wanted={"A", "Row"}, banner=False)
    stream = (
        b"Event: A\r\nX: 1\r\n\r\n"
        b"Event: AB\r\nX: 1\r\n\r\n"
        b"Event: B\r\n\r\n"
        b"Event: A\r\n\r\n"
        b"Event: Row\r\nActionID: 7\r\n\r\n"
        b"Response: Success\r\nEvent: B\r\n\r\n"
    )
    told = decoder.feed(stream)
    assert [message.get("Event") for message in told] == ["A", "A", "Row", "B"]
    assert decoder.skipped == 2


# --- what goes ---------------------------------------------------------------------------------


@given(names, fields)
def test_that_what_is_sent_reads_back_as_exactly_that(
    action: str, told: list[tuple[str, str]]
) -> None:
    data = encoded(action, told)
    assert data.endswith(b"\r\n\r\n")
    assert data.count(b"\r\n\r\n") == 1
    lines = data[:-4].decode().split("\r\n")
    assert lines == [f"Action: {action}", *(f"{name}: {value}" for name, value in told)]


@pytest.mark.parametrize("control", CONTROLS, ids=lambda letter: f"U+{ord(letter):04X}")
def test_that_a_control_character_is_never_sent(control: str) -> None:
    for value in (control, f"x{control}", f"{control}x", f"a{control}Action: Command"):
        with pytest.raises(Unsendable, match="Channel"):
            encoded("Getvar", [("Channel", value)])
        with pytest.raises(Unsendable):
            encoded("Getvar", [(f"Channel{control}", "x")])
        with pytest.raises(Unsendable):
            encoded(f"Getvar{control}", [])


@pytest.mark.parametrize("name", ["", "Two Words", "A:B", "Näme", "A-B"])
def test_that_a_fields_name_holds_letters_and_digits_only(name: str) -> None:
    with pytest.raises(Unsendable):
        encoded("Ping", [(name, "x")])


def test_that_a_line_is_no_longer_than_the_server_takes() -> None:
    room = MAX_LINE - len("Channel: ")
    assert len(encoded("Getvar", [("Channel", "x" * room)]).split(b"\r\n")[1]) == MAX_LINE
    for value in ("x" * (room + 1), "é" * (room // 2 + 1)):
        with pytest.raises(Unsendable, match="longer"):
            encoded("Getvar", [("Channel", value)])


def test_that_there_are_no_more_lines_than_the_server_takes() -> None:
    encoded("Ping", [("A", "1")] * (MAX_LINES - 1))
    with pytest.raises(Unsendable, match="128"):
        encoded("Ping", [("A", "1")] * MAX_LINES)


def test_that_what_is_no_text_is_not_sent() -> None:
    with pytest.raises(Unsendable, match="no text"):
        encoded("Ping", [("A", "\ud800")])


def test_that_a_refusal_never_tells_the_value() -> None:
    with pytest.raises(Unsendable) as caught:
        encoded("Login", [("Secret", "hush\r\nAction: Command")])
    assert "hush" not in str(caught.value)


hostile = st.lists(
    st.sampled_from(
        [
            *CONTROLS,
            "\r\n",
            "\r\n\r\n",
            "\n",
            "Action: Command",
            "Command: core stop now",
            "Variable: A=1",
            ": ",
            ",",
            "|",
            "&",
            "${SHELL(id)}",
            "Local/1@x",
            "\ufeff",
            "\u202e",
            "\x00",
            "🙂",
            "۱",
            "x" * 500,
        ]
    )
    | st.text(max_size=6),
    max_size=6,
).map("".join)


@pytest.mark.timeout(900)  # in a full campaign
@settings(max_examples=size_of_campaign(300, 5_000))
@given(st.lists(st.tuples(names | hostile, hostile), max_size=4))
def test_that_nothing_hostile_adds_a_line_or_an_action(told: list[tuple[str, str]]) -> None:
    try:
        data = encoded("Getvar", told)
    except Unsendable:
        return
    (message,) = decoded(data)
    lines = data.decode().split("\r\n")
    assert lines == ["Action: Getvar", *(f"{name}: {value}" for name, value in told), "", ""]
    assert message["Action"] == "Getvar"
    assert not any(control in data[:-4].decode().replace("\r\n", "") for control in CONTROLS)


@pytest.mark.timeout(900)
def test_that_a_million_hostile_strings_add_no_line() -> None:
    """Random strings of dangerous and plain letters: each is refused or sent whole."""
    count = size_of_campaign(20_000, 1_000_000)
    chance = Random(7)
    letters = [*"abc: ,${}&|/@", "é", "ی", *CONTROLS, *(["\r", "\n"] * 8)]
    safe = [letter for letter in letters if letter not in CONTROLS]
    sent = refused = 0
    for number in range(count):
        # Half of them of plain letters only, or nearly all would be refused.
        value = "".join(chance.choices(letters if number % 2 else safe, k=chance.randrange(24)))
        try:
            data = encoded("Getvar", (("Channel", value), ("Variable", "QUEUESTATUS")))
        except Unsendable:
            refused += 1
            assert any(letter in CONTROLS for letter in value)
        else:
            sent += 1
            assert data.split(b"\r\n") == [
                b"Action: Getvar",
                b"Channel: " + value.encode(),
                b"Variable: QUEUESTATUS",
                b"",
                b"",
            ]
    assert sent > count // 3
    assert refused > count // 3
