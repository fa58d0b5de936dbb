"""The walls stand: what .ci/run checks first is one test each, too."""

from __future__ import annotations

from support.checkout import project, run


def test_that_every_floor_imports_only_what_it_may() -> None:
    ran = run("lint-imports", "--no-cache")
    assert ran.code == 0, ran.text


def test_that_ruff_finds_nothing() -> None:
    ran = run("ruff", "check", "--quiet")
    assert ran.code == 0, ran.text


def test_that_every_file_is_formatted() -> None:
    ran = run("ruff", "format", "--check", "--quiet")
    assert ran.code == 0, ran.text


def test_that_mypy_finds_nothing() -> None:
    ran = run("mypy")
    assert ran.code == 0, ran.text


def test_that_the_walls_are_no_lower_than_agreed() -> None:
    tool = project()["tool"]
    ruff = tool["ruff"]["lint"]
    assert {"BLE", "C90", "D", "DTZ", "PLC0415"[:2], "S", "T20", "TID"} <= set(ruff["select"])
    assert ruff["mccabe"]["max-complexity"] <= 8
    assert ruff["pylint"]["max-args"] <= 6
    assert tool["mypy"]["strict"] is True
    assert tool["pytest"]["ini_options"]["filterwarnings"][0] == "error"
    assert tool["pytest"]["ini_options"]["xfail_strict"] is True
    assert not tool["importlinter"].get("exclude_type_checking_imports", False)
    assert {contract["id"] for contract in tool["importlinter"]["contracts"]} >= {
        "floors",
        "vendors",
        "pure",
        "blind-ui",
        "no-qt-below",
        "charts",
        "no-circles",
    }
