"""What a text may hold in a file."""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from wallboard.papers.lawful_text import MOST, lawful, outside


def test_that_no_code_point_breaks_xml_or_utf_8() -> None:
    for begin in range(0, 0x110000, 0x1000):
        for clean in (lawful, outside):
            told = clean("".join(map(chr, range(begin, begin + 0x1000))))
            assert not {unicodedata.category(letter) for letter in told} & {"Cc", "Cs"}
    everything = "".join(map(chr, (*range(0x3000), *range(0xD700, 0x10200), 0xE0001, 0x10FFFF)))
    for at in range(0, len(everything), 5_000):
        part = outside(everything[at : at + 5_000]).replace("&", "").replace("<", "")
        assert ET.fromstring(f"<a>{part}</a>").text == part


def test_that_nothing_turns_the_order_of_a_text_from_outside() -> None:
    controls = [
        chr(point)
        for point in range(0x110000)
        if unicodedata.bidirectional(chr(point))
        in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    ]

    assert len(controls) == 9
    assert outside("".join(controls)) == ""
    assert lawful("".join(controls)) == "\u2066\u2067\u2068\u2069"


def test_that_persian_keeps_its_joiners() -> None:
    assert outside("می\u200cروم") == "می\u200cروم"


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs")), max_size=50))
def test_that_what_can_be_read_is_left_alone(text: str) -> None:
    assert outside(text) == text
    assert lawful(text) == text


def test_that_lines_become_one_and_the_endless_is_cut() -> None:
    assert outside("a\r\n\tb") == "a b"
    assert len(outside("x" * 100_000)) == MOST
