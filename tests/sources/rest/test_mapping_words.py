"""Everything that a mapping can complain about is a sentence, in English and in Persian."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from string import Formatter

import pytest
from support.checkout import PACKAGE
from support.looks import wording_in

from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.finding import Finding, Verdict
from wallboard.sources.rest.mapping_wrong import MappingWrong
from wallboard.ui import sentences
from wallboard.ui.mapping_words import FINDINGS, REASONS
from wallboard.ui.words import phrase

SAYERS = {"MappingWrong", "unreadable", "_unreadable"}
MODULES = sorted((PACKAGE / "sources" / "rest").glob("mapping*.py"))


def said() -> Iterator[str]:
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYERS:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def topics() -> Iterator[str]:
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and str(node.value).startswith("mapped_"):
                yield str(node.value)


def test_that_every_complaint_is_in_the_table_and_no_other_is() -> None:
    assert {marked.text for marked in REASONS} == set(said())
    assert set(REASONS) <= set(sentences.REASONS)


def test_that_every_finding_has_a_sentence() -> None:
    assert {topic for topic, _ in FINDINGS} - {"mapping"} == set(topics())
    assert set(FINDINGS) <= set(sentences.FINDING_ROWS)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_a_complaint_names_its_place_in_both_languages(language: str) -> None:
    wording = wording_in(language)
    wrong = MappingWrong(
        "{place}: there is no such key here; perhaps {near} is meant", "calls.quue", near="queue_id"
    )
    text = wording.fault_cause(wrong.fault)
    assert "calls.quue" in text
    assert "queue_id" in text
    assert "{" not in text


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_braces_of_a_stranger_are_no_places(language: str) -> None:
    wording = wording_in(language)
    hostile = "{place.__class__} {0} {near}"
    assert hostile in wording.fault_cause(fault(FaultKind.BAD_DATA, reason=hostile, place="x"))
    text = wording.fault_cause(
        MappingWrong("{place}: the path {path} cannot be read", "a", path=hostile).fault
    )
    assert hostile in text


def test_that_all_places_of_a_sentence_are_filled_by_who_says_it() -> None:
    for marked in REASONS:
        names = {name for _, name, _, _ in Formatter().parse(marked.text) if name}
        assert names <= {
            "place", "near", "known", "word", "path", "column", "most", "count", "given", "least",
            "why", "ask", "rows", "examples",
        }, marked.text  # fmt: skip
    assert phrase("Reason", "the next page would be on another server") in REASONS


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_figures_of_a_preview_are_written_as_the_language_writes_them(language: str) -> None:
    wording = wording_in(language)
    details = {
        "count": "12", "free": "5", "busy": "4", "on_break": "1", "offline": "2", "unknown": "0",
        "names": "Sara, <b>Ali</b>",
    }  # fmt: skip
    text = wording.finding(
        Finding(topic="mapped_agents", verdict=Verdict.GOOD, details=tuple(details.items()))
    )
    assert wording.count(12) in text
    assert "<b>Ali</b>" in text
