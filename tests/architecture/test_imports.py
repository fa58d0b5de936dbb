"""What a start loads: every module that is not needed costs the user time and memory."""

from __future__ import annotations

import json
import re
import sys

import pytest
from support.checkout import PACKAGE, python, run

DOMAIN = [f"wallboard.domain.{path.stem}" for path in sorted((PACKAGE / "domain").glob("[!_]*.py"))]
ENGINE = [f"wallboard.engine.{path.stem}" for path in sorted((PACKAGE / "engine").glob("[!_]*.py"))]


def modules_of(code: str) -> set[str]:
    ran = python(f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))")
    assert ran.code == 0, ran.text
    return set(json.loads(ran.out))


def loaded_by(imports: str) -> set[str]:
    return {name.partition(".")[0] for name in modules_of(imports)}


def test_that_the_domain_and_the_board_load_no_qt_no_decoder_no_socket() -> None:
    assert {"wallboard.domain.snapshot", "wallboard.engine.board"} <= {*DOMAIN, *ENGINE}
    loaded = loaded_by(f"import {', '.join([*DOMAIN, *ENGINE])}")
    assert not loaded & {
        "PySide6",
        "asyncio",
        "keyring",
        "logging",
        "msgspec",
        "random",
        "requests",
        "socket",
        "sqlite3",
        "subprocess",
    }


@pytest.mark.parametrize("command", [["version"], ["sources"], ["--help"]], ids=" ".join)
def test_that_a_command_without_a_window_loads_no_qt(command: list[str]) -> None:
    ran = run(sys.executable, "-X", "importtime", "-m", "wallboard", *command)
    assert ran.code == 0, ran.text
    assert ran.out.strip()
    loaded = {
        name.partition(".")[0] for name in re.findall(r"\| +([\w.]+)$", ran.err, re.MULTILINE)
    }
    assert "wallboard" in loaded
    assert not loaded & {"PySide6", "keyring", "numpy", "pyqtgraph", "requests", "shiboken6"}


def test_that_a_sources_process_holds_nothing_of_boards_windows_or_shelves() -> None:
    modules = modules_of("import wallboard.app.source_side")
    rooms = {name.split(".")[1] for name in modules if name.startswith("wallboard.")}
    assert {"domain", "runtime", "sources"} <= rooms
    assert rooms <= {"app", "domain", "runtime", "sources"}
    assert not {name.partition(".")[0] for name in modules} & {
        "PySide6",
        "asyncio",
        "keyring",
        "platformdirs",
        "requests",
        "sqlalchemy",
        "tomlkit",
    }


def test_that_a_history_in_a_file_loads_nothing_of_postgresql() -> None:
    modules = modules_of(
        "from datetime import UTC, datetime\n"
        "from wallboard.storage.opening import opened\n"
        "opened(None, datetime(2026, 11, 22, tzinfo=UTC)).database.close()"
    )
    assert "sqlalchemy.dialects.sqlite" in modules
    assert not [name for name in modules if name.startswith("sqlalchemy.dialects.postgresql")]
