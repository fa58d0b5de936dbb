"""The documents say what is there: every path that they name exists, every command runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.checkout import PACKAGE, ROOT

DOCUMENTS = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"]
# A path has a slash or ends like a file; what has a blank, a star or a brace is something else.
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|py|toml|txt|spec|ts))`")


LINK = re.compile(r"\]\((?!https?:|#)([^)\s]+)\)")


def paths_in(text: str) -> list[str]:
    return PATH.findall(text) + LINK.findall(text)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_that_every_path_named_exists_in(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert [path for path in paths_in(text) if not exists(path)] == []


def exists(path: str) -> bool:
    if path.startswith((".venv/", "~")):
        return True
    return (ROOT / path).exists() or (PACKAGE / path).exists()


def test_that_paths_are_found_in_a_text() -> None:
    text = "The step is in `wallboard/engine/board.py`, its words in `domain/`; ![so](a/b.png)."
    assert paths_in(text) == ["wallboard/engine/board.py", "domain/", "a/b.png"]
    assert not exists("wallboard/engine/no_such_room.py")


def test_that_every_room_stands_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [room.parent.name for room in PACKAGE.glob("*/__init__.py")]
    assert [room for room in rooms if f"`wallboard/{room}/`" not in text] == []


def test_that_every_document_says_one_sentence_a_line() -> None:
    said = []
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]:
        text = (ROOT / document).read_text(encoding="utf-8")
        prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
        said += [
            f"{document}: {line[:80]}"
            for line in prose.splitlines()
            if not line.startswith("|") and re.search(r"[a-z`)]\. [A-Z`]", line)
        ]
    assert not said


def commands_of_the_readme() -> list[str]:
    """Return the lines of the README's blocks of commands."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|bash|console)?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_that_the_readme_has_one_command_that_sets_up_and_passes_the_tests() -> None:
    # .ci/run takes this line as it stands: all but its last part sets up, the last part tests.
    lines = [line for line in commands_of_the_readme() if re.search(r"&& \S*pytest$", line)]
    assert len(lines) == 1
    assert "-m venv .venv" in lines[0]
    assert "-c constraints.txt" in lines[0]


def test_that_the_readme_has_one_command_that_sets_up_and_shows_the_board() -> None:
    lines = [line for line in commands_of_the_readme() if re.search(r"wallboard demo$", line)]
    assert len([line for line in lines if "-m venv .venv" in line]) == 1


def test_that_the_changelog_knows_what_is_not_released() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[?Unreleased\]?$", text, re.MULTILINE)


def test_that_the_checks_are_a_script_that_can_be_run() -> None:
    script: Path = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert script.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
