"""The guide is whole in both languages, and what it names is there in the program."""

from __future__ import annotations

import argparse
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from support.checkout import ROOT

from wallboard.app.guide import guide_in
from wallboard.command_line.arguments import parser_in
from wallboard.command_line.voice import voice_in
from wallboard.delivery.kinds import WAY_KINDS
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import SETTINGS
from wallboard.sources.registry import kind
from wallboard.ui.frame.page_table import PAGES
from wallboard.ui.guide.chapters import (
    CHAPTERS,
    PLACES,
    Block,
    Chapter,
    Code,
    Expanded,
    Grid,
    Guide,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
    place_parts,
)
from wallboard.ui.key_table import GROUPS

LANGUAGES = ("en", "fa")
TRANSLATIONS = ROOT / "resources" / "translations" / "wallboard_fa.ts"
THEIRS = ("asterisk ", "systemctl ", "apt ", "dnf ")
"""How commands begin that are not ours."""


def runs(block: Block) -> Iterator[Run]:
    match block:
        case Paragraph():
            yield from block.runs
        case Items():
            for row in block.rows:
                yield from row
        case Grid():
            for cells in (block.head, *block.rows):
                for cell in cells:
                    yield from cell
        case _:
            pass


def all_runs(guide: Guide) -> Iterator[tuple[Chapter, Run]]:
    for chapter in guide.chapters:
        for block in chapter.blocks:
            for run in runs(block):
                yield chapter, run


def codes(language: str) -> list[str]:
    """Return all that stands in letters of one width inside sentences."""
    return [run.text for _, run in all_runs(guide_in(language)) if run.code]


def lines(language: str) -> list[str]:
    """Return the commands that are to be typed."""
    return [
        line
        for chapter in guide_in(language).chapters
        for block in chapter.blocks
        if isinstance(block, Code)
        for line in block.text.splitlines()
        if line.startswith("wallboard ")
    ]


SHAPES: dict[type[Block], Callable[[Any], object]] = {
    Heading: lambda block: (block.level, block.anchor),
    Items: lambda block: (len(block.rows), block.numbered),
    Grid: lambda block: (len(block.head), len(block.rows)),
    Code: lambda block: block.text,
    Picture: lambda block: block.name,
    Expanded: lambda block: block.what,
    Paragraph: lambda block: block.remark,
}


def shape(chapter: Chapter) -> list[tuple[str, object]]:
    """Return what a chapter is made of, without its words."""
    return [(type(block).__name__, SHAPES[type(block)](block)) for block in chapter.blocks]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_guide_has_all_of_its_chapters(language: str) -> None:
    guide = guide_in(language)
    assert tuple(chapter.key for chapter in guide.chapters) == CHAPTERS
    assert all(chapter.title != chapter.key for chapter in guide.chapters)
    folder = ROOT / "resources" / "guide" / language
    assert {path.stem for path in folder.glob("*.md")} == set(CHAPTERS)


@pytest.mark.parametrize("key", CHAPTERS)
def test_that_a_chapter_is_built_alike_in_both_languages(key: str) -> None:
    english, persian = (guide_in(language).chapter(key) for language in LANGUAGES)
    assert english is not None
    assert persian is not None
    assert shape(persian) == shape(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_place_that_is_led_to_is_there(language: str) -> None:
    guide = guide_in(language)
    wanted = [(chapter.key, run.target) for chapter, run in all_runs(guide) if run.target]
    assert len(wanted) > 10
    for chapter, target in (*wanted, *(("", place) for place in PLACES.values())):
        key, section = place_parts(target, chapter)
        there = guide.chapter(key)
        assert there is not None, target
        assert not section or section in [one.anchor for one in there.sections], target


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_section_of_a_chapter_has_the_place_of_another(language: str) -> None:
    for chapter in guide_in(language).chapters:
        anchors = [one.anchor for one in chapter.sections]
        assert len(set(anchors)) == len(anchors)
        assert all(block.anchor for block in chapter.blocks[1:] if isinstance(block, Heading))


def test_that_every_page_has_its_place_in_the_guide() -> None:
    assert set(PLACES) == {"", *(entry.key for entry in PAGES)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_nothing_that_is_marked_stays_unread(language: str) -> None:
    # A sign of Markdown in a text is a form that was not closed, or that the guide does not know.
    for chapter, run in all_runs(guide_in(language)):
        if not run.code:
            assert not re.search(r"\*\*|`|\]\(|<kbd>|\{#|\{\{", run.text), (chapter.key, run.text)


# What is named is there


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def options(parser: argparse.ArgumentParser) -> set[str]:
    own = {name for action in parser._actions for name in action.option_strings}
    return own.union(*(options(inner) for inner in commands(parser).values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_command_to_be_typed_is_understood(language: str) -> None:
    parser = parser_in(voice_in("en"))
    told = lines(language)
    assert len(told) >= 20
    for line in told:
        parser.parse_args(shlex.split(line)[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_command_and_option_that_is_named_is_there(language: str) -> None:
    root = parser_in(voice_in("en"))
    known = options(root)
    for code in codes(language):
        words = shlex.split(code)
        if words[0] == "wallboard":
            parser = root
            for word in words[1:]:
                if commands(parser):
                    parser = commands(parser)[word]
        for word in words:
            if word.startswith("--"):
                assert word in known, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_field_of_a_connection_and_a_way_out_is_one(language: str) -> None:
    parser = parser_in(voice_in("en"))
    seen = 0
    for line in lines(language):
        told = parser.parse_args(shlex.split(line)[1:])
        kinds = {"connect": kind, "way": WAY_KINDS.__getitem__}
        if told.command not in kinds:
            continue
        fields = {field.key for field in kinds[told.command](told.kind).fields}
        given = re.findall(r"--field (\w+)=", line)
        assert set(given) <= fields, line
        seen += len(given)
    assert seen >= 8
    for code in codes(language):
        for given in re.findall(r"--field (\w+)=", code):
            assert given in {field.key for field in kind("asterisk").fields}, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_key_that_is_named_is_in_the_map_of_the_keys(language: str) -> None:
    known = {keys for group in GROUPS for row in group.rows for keys in row.keys.split("  ")}
    named = {run.text for _, run in all_runs(guide_in(language)) if run.key}
    assert len(named) >= 10
    assert named <= known


def translations() -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for message in ET.parse(TRANSLATIONS).getroot().iter("message"):
        source = message.findtext("source") or ""
        told.setdefault(source, set()).add(message.findtext("translation") or "")
    return told


@pytest.mark.parametrize("key", CHAPTERS)
def test_that_what_stands_in_bold_is_what_the_program_says(key: str) -> None:
    said = translations()
    english, persian = (
        {run.text for chapter, run in all_runs(guide_in(one)) if run.bold and chapter.key == key}
        for one in LANGUAGES
    )
    assert [name for name in english if name not in said] == []
    there = {word for name in english for word in said[name]}
    assert [name for name in persian if name not in there] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_commands_of_others_are_few_and_known(language: str) -> None:
    for chapter in guide_in(language).chapters:
        for block in chapter.blocks:
            if isinstance(block, Code) and not block.text.startswith(("[", "read =", "wallboard ")):
                assert block.text.startswith(THEIRS), block.text
    assert (ROOT / "resources" / "systemd" / "wallboard-kiosk.service").is_file()


def test_that_the_user_of_the_pbx_is_the_one_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (chapter,) = (one for one in guide_in("en").chapters if one.key == "administrator")
    told = [block.text for block in chapter.blocks if isinstance(block, Code)]
    users = [text for text in told if text.startswith(("[wallboard]", "read ="))]
    assert len(users) == 2
    assert all(text in readme for text in users)


def test_that_the_rights_of_the_example_are_read_without_a_word(tmp_path: Path) -> None:
    (chapter,) = (one for one in guide_in("en").chapters if one.key == "privacy")
    (text,) = (
        block.text
        for block in chapter.blocks
        if isinstance(block, Code) and block.text.startswith("[supervision]")
    )
    assert tomllib.loads(text)
    file = tmp_path / "settings.toml"
    file.write_text(f"{text}\n", encoding="utf-8")
    loaded = SettingsFile(file).load()
    assert loaded.notices == ()
    assert loaded.settings.rights_of("pbx", "sara") != loaded.settings.rights_of("pbx", "other")


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_settings_that_are_named_are_there(language: str) -> None:
    keys = {setting.key for setting in SETTINGS}
    named = {code.partition(" ")[0] for code in codes(language)}
    assert {"history_days", "history_mb", "releases"} <= named & keys


def test_that_the_guide_names_no_other_computer() -> None:
    paths = tuple((ROOT / "resources" / "guide").rglob("*.md"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    hosts = [re.findall(r"https?://([^/\s\"`:)]+)", text) for text in texts]
    assert any(hosts)
    for path, named in zip(paths, hosts, strict=True):
        assert [host for host in named if not host.endswith("example.com")] == [], path.name
