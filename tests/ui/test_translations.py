"""The Persian words are complete, fit their places, and are the ones that the program says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree as ET

import pytest
from support.checkout import PACKAGE

from wallboard.ui.words import words_from_ts

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "resources" / "translations" / "wallboard_fa.ts"
LUPDATE = (
    "pyside6-lupdate", "-silent", "-extensions", "py", "-locations", "none", "-no-obsolete",
    "-sort-messages", "-source-language", "en", "-target-language", "fa_IR",
    "-tr-function-alias", "translate+=phrase", "wallboard", "-ts",
)  # fmt: skip
PERSIAN = re.compile(r"[\u0621-\u06cc]")


def messages() -> list[tuple[str, str, str]]:
    return [
        (
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("translation", ""),
        )
        for context in ET.parse(FILE).getroot().iter("context")
        for message in context.iter("message")
    ]


def test_that_the_file_holds_exactly_what_the_program_says(tmp_path: Path) -> None:
    again = tmp_path / FILE.name
    shutil.copyfile(FILE, again)
    command = (str(Path(sysconfig.get_path("scripts")) / LUPDATE[0]), *LUPDATE[1:], str(again))
    subprocess.run(command, cwd=ROOT, check=True, timeout=60, capture_output=True)
    assert again.read_bytes() == FILE.read_bytes(), (
        f"run: {' '.join(LUPDATE)} {FILE.relative_to(ROOT)}; then translate what is new"
    )


def test_that_nothing_is_left_to_translate() -> None:
    unfinished = [
        message.findtext("source")
        for message in ET.parse(FILE).getroot().iter("message")
        if message.find("translation").get("type") or not message.findtext("translation")
    ]
    assert unfinished == []


def test_that_undo_is_one_word_everywhere() -> None:
    told = [told for _, source, told in messages() if source.startswith("Undo")]
    assert {text.removesuffix(" (Ctrl+Z)") for text in told} == {"برگرداندن"}


def test_that_each_translation_has_the_places_of_its_source() -> None:
    for _, source, translation in messages():
        places = [
            sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)
            for text in (source, translation)
        ]
        assert places[0] == places[1], source


def test_that_each_translation_is_persian() -> None:
    # The names of products are the same in every language, and so are places with no word between.
    assert [
        source
        for context, source, translation in messages()
        if context != "Source"
        and re.search("[a-z]", re.sub("{[^}]*}", "", source), re.IGNORECASE)
        and not PERSIAN.search(translation)
    ] == []


def test_that_no_arabic_letter_stands_for_a_persian_one() -> None:
    assert [text for _, _, text in messages() if set(text) & set("يكى٠١٢٣٤٥٦٧٨٩")] == []


def test_that_unfinished_words_are_not_used() -> None:
    text = """<TS><context><name>A</name>
        <message><source>one</source><translation type="unfinished">x</translation></message>
        <message><source>two</source><translation>دو</translation></message>
        </context></TS>"""
    assert words_from_ts(text) == {("A", "two"): "دو"}


def test_that_a_broken_file_of_words_is_refused() -> None:
    with pytest.raises(ET.ParseError):
        words_from_ts("<TS>")


def test_that_what_translates_has_no_other_name() -> None:
    """What is called by another name is not found by those who look for texts to translate."""
    other = re.compile(r"^\s*(?!translate\b)\w+(, \w+)* = [\w.]*\btranslate\b(?!\()", re.MULTILINE)
    assert [
        path.name for path in PACKAGE.rglob("*.py") if other.search(path.read_text("utf-8"))
    ] == []
