"""A supervisor's commands as actions: exactly the intended headers, whatever is in a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

import pytest
from support.campaign import size_of_campaign

from wallboard.domain.supervision import MONITORING, WishKind
from wallboard.sources.asterisk import actions
from wallboard.sources.asterisk.actions import Phone, Ring, phone_of
from wallboard.sources.asterisk.client import Action
from wallboard.sources.asterisk.codec import Unsendable, encoded

Make = Callable[[Sequence[str]], Action]

PHONE = phone_of("PJSIP/9001", "Call-Info: <sip:x>;answer-after=0")


def a_ring(told: Sequence[str]) -> Ring:
    return Ring(phone=Phone(dial=told[0]), channel_id=told[1], shown=told[2], number=told[3])


# What each action is made of, the headers that it has, and parts that are good.
ORIGINATE = ["Channel", "ChannelId", "Application", "Data", "CallerID", "Timeout", "Async"]
RING = ["PJSIP/9001", "wallboard-0a", "Listen: Ali", "1001"]
MEMBER = ["PJSIP/1005", "support"]
MAKERS: list[tuple[Make, list[list[str]], list[str]]] = [
    (
        lambda told: actions.hear(a_ring(told), WishKind.WHISPER, told[4]),
        [[*ORIGINATE, "Variable"]],
        [*RING, "1795421397.88"],
    ),
    (
        lambda told: actions.join(a_ring(told), told[4]),
        [ORIGINATE],
        [*RING, "PJSIP/trunk-0000000a"],
    ),
    (lambda told: actions.only_ring(a_ring(told)), [ORIGINATE], RING),
    (
        lambda told: actions.only_ring(
            Ring(phone=Phone(dial="PJSIP/1", header=(told[0], told[1])), channel_id="x")
        ),
        [[*ORIGINATE, "Variable"]],
        ["Call-Info", "<sip:x>;answer-after=0"],
    ),
    (lambda told: actions.hang_up(told[0]), [["Channel"]], ["PJSIP/1001-0000000a"]),
    (
        lambda told: actions.transfer(*told[:3]),
        [["Channel", "Exten", "Context"]],
        ["1795421397.88", "600", "from-internal"],
    ),
    (
        lambda told: actions.extension_exists(told[0], told[1]),
        [["Variable"]],
        ["600", "from-internal"],
    ),
    (
        lambda told: actions.state_of_phone(Phone(dial=told[0])),
        [["Variable"]],
        ["Local/9001@from-internal/n"],
    ),
    (
        lambda told: actions.pause(told[0], told[1], told[2], paused=True),
        [["Interface", "Paused", "Queue"], ["Interface", "Paused", "Queue", "Reason"]],
        [*MEMBER, "lunch"],
    ),
    (lambda told: actions.remove(told[0], told[1]), [["Queue", "Interface"]], MEMBER),
    (
        lambda told: actions.add(told[0], told[1], name=told[2], state_interface=told[3]),
        [
            ["Queue", "Interface", "StateInterface"],
            ["Queue", "Interface", "StateInterface", "MemberName"],
        ],
        [*MEMBER, "Ali", "hint:1005@ext-local"],
    ),
    (
        lambda told: actions.prioritize(told[0], told[1], len(told[2])),
        [["Queue", "Caller", "Priority"]],
        ["support", "PJSIP/trunk-0000000a", "xx"],
    ),
    (
        lambda told: actions.withdraw(told[0], told[1]),
        [["Queue", "Caller"]],
        ["support", "PJSIP/trunk-0000000a"],
    ),
    (
        lambda told: actions.message(told[0], told[1]),
        [["To", "From", "Base64Body"]],
        ["PJSIP/1005", "call back"],
    ),
]
USUAL = (
    "PJSIP/9001", "Local/9001@from-internal/n", "wallboard-0a", "PJSIP/1001-0000000a", "support",
    "1795421397.88", "Call-Info", "<sip:x>;answer-after=0", "from-internal", "600", "قهوه", "Ali",
    "hint:1005@ext-local", "PJSIP/1005", "9001",
)  # fmt: skip
NASTY = (
    "\r\n", "\n", "\r", "\r\n\r\n", "\nAction: Command\r\nCommand: core stop now", "\x00", "\x0b",
    "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\u200b", "\u200c", "\ufeff",
    "\ud800", ",", "&", "|", "${EXTEN}", "$[1]", "(", ")", ";", ":", "\\", '"', "'", "<", ">", "/",
    "@", "%0d%0a", ", d", ",qdES", "&PJSIP/1", "=", "Variable: x=1", " ", "\t", "é", "۹", "٠",
    "Ⅷ", "a" * 300, "ي" * 120, "/.*/",
)  # fmt: skip


def odd(chance: Random) -> str:
    """Return what somebody may put into a field: something usual, something nasty, or both."""
    usual = chance.choice(USUAL)
    match chance.randrange(8):
        case 0 | 1 | 2:
            return usual
        case 3:
            return chance.choice(NASTY)
        case 4 | 5:
            place = chance.randrange(len(usual) + 1)
            return usual[:place] + chance.choice(NASTY) + usual[place:]
        case 6:
            return "".join(chance.choice(NASTY + USUAL) for _ in range(chance.randrange(4)))
        case _:
            codes = [chance.randrange(0x300) for _ in range(chance.randrange(1, 12))]
            return "".join(map(chr, codes))


def headers_in(data: bytes) -> list[tuple[str, str]]:
    """Return the headers of all that a server could take for a line, whatever ends one for it."""
    text = data.decode()
    assert text.endswith("\r\n\r\n")
    lines = text[:-4].split("\r\n")
    assert len(text[:-4].splitlines()) == len(lines)
    assert all(line.splitlines() == [line] for line in lines)
    return [(name, value) for name, _, value in (line.partition(": ") for line in lines)]


@pytest.mark.timeout(900)  # in a full campaign
def test_that_a_million_odd_strings_make_exactly_the_intended_headers() -> None:
    chance = Random(20261123)
    strings = size_of_campaign(40_000, 1_000_000)
    tried = sent = 0
    while tried < strings:
        make, intended, good = MAKERS[chance.randrange(len(MAKERS))]
        told = list(good)
        # Mostly one part is odd and the rest is good: else hardly anything could be made at all.
        for place in chance.choices(range(len(told)), k=chance.choice((1, 1, 1, 2, 4))):
            told[place] = odd(chance)
            tried += 1
        try:
            name, fields = make(told)
        except Unsendable:
            continue
        sent += 1
        # What may be made of it can also be sent.
        headers = headers_in(encoded(name, fields))
        assert headers == [("Action", name), *fields]
        assert [key for key, _ in fields] in intended
        for key, value in fields:
            check_value(key, value, name)
    assert sent > strings // 10  # else it has shown nothing


def check_value(key: str, value: str, action: str) -> None:
    """No part of a field is read as another part of it."""
    assert value == value.strip()
    if key in ("Channel", "Caller", "Interface", "StateInterface", "ChannelId", "Exten", "To"):
        assert re.fullmatch(r"[A-Za-z0-9*#+][A-Za-z0-9_.@/:;*#+-]*", value)
    if key == "Data" and "," in value:
        target, _, options = value.partition(",")
        assert re.fullmatch(r"[A-Za-z0-9_.-]+", target)
        assert options == "quwES"
    if key == "Application":
        assert value in ("ChanSpy", "Bridge", "Wait")
    if key == "Variable" and action == "Originate":
        header = r"PJSIP_HEADER\(add,[A-Za-z-]+\)=[A-Za-z0-9 <>:;=._/@+*-]+"
        assert re.fullmatch(rf"{header}|TIMEOUT\(absolute\)=3660", value)
    if key == "CallerID":
        assert re.fullmatch(r'"[^"<>\\]*"( <[0-9*#+]+>)?', value)
    if key in ("Reason", "MemberName"):
        assert "|" not in value


@pytest.mark.parametrize("mode", sorted(MONITORING))
def test_that_listening_ends_with_the_call_and_never_roams_or_changes_its_mode(
    mode: WishKind,
) -> None:
    ring = Ring(phone=PHONE, channel_id="wallboard-1", shown="Listen: Zoë", number="1003")
    name, fields = actions.hear(ring, mode, "1795421397.88")
    told = dict(fields)
    target, _, options = told["Data"].partition(",")
    assert (name, told["Application"], target) == ("Originate", "ChanSpy", "1795421397.88")
    assert set("quES") <= set(options) <= set("quwBES")
    assert "d" not in options
    assert ("w" in options, "B" in options) == (
        mode is WishKind.WHISPER,
        mode is WishKind.BARGE,
    )
    assert told["Channel"] == "PJSIP/9001"
    assert told["CallerID"] == '"Listen: Zoë" <1003>'
    assert [value for key, value in fields if key == "Variable"] == [
        "PJSIP_HEADER(add,Call-Info)=<sip:x>;answer-after=0",
        "TIMEOUT(absolute)=3660",
    ]


@pytest.mark.parametrize(
    "dial",
    [
        "", "9001", "PJSIP/", "PJSIP/9001&PJSIP/9002", "PJSIP/9001&9002", "Local/1&2@a",
        "PJSIP/9001/sip:x@evil", "PJSIP/9001@trunk",
        "Local/9001", "Local/9001@a@b", "Local/9001@from-internal,x", "Local/9001@from-internal/j",
        "Local/${X}@a", "SIP/a b", "pjsip/9001", "AGI/x", "PJSIP/۹۰۰۱", "PJSIP/9001\n", " PJSIP/1",
    ],
)  # fmt: skip
def test_that_only_a_plain_phone_may_be_called(dial: str) -> None:
    with pytest.raises(Unsendable):
        phone_of(dial)


@pytest.mark.parametrize(
    "header",
    [
        "Call-Info", "From: <sip:x>", "X-Any: 1", "Call-Info: a,b", "Call-Info: ${X}",
        'Alert-Info: "x"', "Call-Info: x\r\nFrom: y", "Call-Info:", "Contact: <sip:evil>",
    ],
)  # fmt: skip
def test_that_only_a_header_for_auto_answer_may_be_sent(header: str) -> None:
    with pytest.raises(Unsendable):
        phone_of("PJSIP/9001", header)


def test_that_a_text_for_people_keeps_its_letters_and_loses_what_is_no_text() -> None:
    assert actions.plain("استراحت می‌کنم (5 دقیقه)!", 80) == "استراحت می‌کنم (5 دقیقه)!"
    assert actions.plain("a\r\nb|c\u202ed\x00e", 80) == "a b c d e"
    assert actions.plain("سلام" * 40, 9) == "سلام"
    assert actions.plain("\n\t ", 80) == ""
