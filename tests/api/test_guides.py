"""What the guides show is what the API is, in both languages."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import Any

import jsonschema_rs
import pytest
from support.checkout import ROOT

from wallboard.api.commands import read_command, read_command_state
from wallboard.api.fact_rows import KINDS_OF_FACTS
from wallboard.api.facts import read_facts
from wallboard.api.picture import Picture, PictureReader
from wallboard.api.problem import STATUS, ProblemKind
from wallboard.api.rows import KINDS_OF_ROWS
from wallboard.api.specification import specification
from wallboard.domain.facts import Direction, Ending
from wallboard.domain.snapshot import AgentState
from wallboard.domain.supervision import Stage, WishKind

FOLDER = ROOT / "resources" / "api"
GUIDES = {name: (FOLDER / f"guide.{name}.md").read_text("utf-8") for name in ("en", "fa")}
DOCUMENT = specification()
BLOCKS = re.findall(r"^```(\S+)(?: (\w+))?\n(.*?)^```$", GUIDES["en"], re.DOTALL | re.MULTILINE)
SHOWN = [(name, json.loads(body)) for kind, name, body in BLOCKS if kind == "json"]

languages = pytest.mark.parametrize("language", sorted(GUIDES))


def shown(name: str) -> list[Any]:
    return [document for each, document in SHOWN if each == name]


def specified(path: str, method: str, status: str) -> list[Any]:
    response = DOCUMENT["paths"][path][method]["responses"][status]
    return [each["value"] for each in response["content"]["application/json"]["examples"].values()]


def test_that_both_languages_show_the_same_requests_and_answers() -> None:
    blocks = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
    assert blocks.findall(GUIDES["en"]) == blocks.findall(GUIDES["fa"])


def test_that_both_languages_have_the_same_sections_and_tables() -> None:
    def outline(text: str) -> list[str]:
        return re.findall(r"^(#+ |\|(?=-))", text, re.MULTILINE)

    assert outline(GUIDES["en"]) == outline(GUIDES["fa"])
    rows = {name: text.count("\n|") for name, text in GUIDES.items()}
    assert rows["en"] == rows["fa"]


@pytest.mark.parametrize(("name", "document"), SHOWN)
def test_that_each_answer_shown_is_as_specified(name: str, document: Any) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(document)


def test_that_the_worked_example_is_the_specifications() -> None:
    assert shown("Capabilities") == specified("/v1/capabilities", "get", "200")
    assert shown("Snapshot") == specified("/v1/snapshot", "get", "200")
    assert shown("CommandState") == specified("/v1/commands", "post", "202")
    (page,) = shown("FactsPage")
    assert page["facts"] == specified("/v1/facts", "get", "200")[0]["facts"][:1]


def test_that_the_worked_example_is_read_without_a_loss() -> None:
    reader = PictureReader()
    whole, change = (json.dumps(document).encode() for document in shown("Snapshot"))
    before = reader.read(whole)
    assert before.clean
    after = reader.read(change)
    assert after.clean
    gone = before.snapshot.calls.keys() - after.snapshot.calls.keys()
    page = read_facts(json.dumps(shown("FactsPage")[0]).encode())
    assert {fact.call_id for fact in page.facts if hasattr(fact, "call_id")} == gone
    assert page.next == after.facts_until
    command = read_command(json.dumps(shown("Command")[0]).encode())
    assert after.snapshot.agents[command.agent_id].call_id == command.call_id  # type: ignore[index]
    assert read_command_state(json.dumps(shown("CommandState")[0]).encode()).state is Stage.PENDING


@languages
def test_that_each_field_word_and_path_is_in_the_guide(language: str) -> None:
    words = {
        each.name
        for made in (*KINDS_OF_ROWS.values(), *KINDS_OF_FACTS.values())
        for each in fields(made)
    }
    words |= set(Picture.__struct_fields__) - {"queues", "agents", "calls"}
    for enum in (AgentState, Ending, Direction, WishKind, Stage, ProblemKind):
        words |= {str(word) for word in enum}
    missing = {word for word in words if f"`{word}`" not in GUIDES[language]}
    assert missing == set()
    for path, methods in DOCUMENT["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in GUIDES[language]


@languages
def test_that_each_refusal_is_in_the_guide_with_its_status(language: str) -> None:
    rows = [line for line in GUIDES[language].splitlines() if line.startswith("|")]
    for kind, (status, _) in STATUS.items():
        assert any(str(status) in row and f"`{kind}`" in row for row in rows), kind


def test_that_persian_is_set_from_right_to_left_and_code_is_not() -> None:
    outside = re.sub(r'<div dir="rtl">.*?</div>', "", GUIDES["fa"], flags=re.DOTALL)
    inside = "".join(re.findall(r'<div dir="rtl">(.*?)</div>', GUIDES["fa"], re.DOTALL))
    assert not re.search("[\u0600-\u06ff]", outside)
    assert "```" not in inside
