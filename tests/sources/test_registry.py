"""Vendors are found by their metadata, ours and strangers' alike, each imported only when asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.stranger_vendor import install_stranger

from wallboard.sources.registry import KindUnknown, kind, kind_keys, source_kinds, unusable_kinds


def asked(code: str, env: dict[str, str]) -> object:
    """Return what a piece of Python says as JSON in a process that finds the strangers."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import json, sys\nfrom wallboard.sources.registry import *\n{code}",
        ],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_that_ours_come_in_by_the_door() -> None:
    assert {"asterisk", "simulator"} <= set(kind_keys())
    assert set(source_kinds()) == set(kind_keys())
    assert not unusable_kinds()
    assert all(source.key == key for key, source in source_kinds().items())


def test_that_an_unknown_kind_tells_which_there_are() -> None:
    with pytest.raises(KindUnknown) as caught:
        kind("avaya")
    assert caught.value.keys == kind_keys()


def test_that_a_stranger_comes_in_by_the_same_door(tmp_path: Path) -> None:
    env = install_stranger(tmp_path)
    assert asked("print(json.dumps(kind('stranger').label))", env) == "A stranger's call center"


def test_that_asking_for_one_vendor_imports_no_other(tmp_path: Path) -> None:
    env = install_stranger(tmp_path)
    loaded = asked(
        "kind('stranger')\nprint(json.dumps([n for n in sys.modules if n.startswith("
        "('wallboard.sources.', 'PySide6', 'keyring', 'msgspec'))]))",
        env,
    )
    assert loaded == ["wallboard.sources.registry"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("nosuchmodule:KIND", "ModuleNotFoundError"),
        ("stranger:NOTHING", "AttributeError"),
        ("stranger:Stranger", "no SourceKind"),
        ("stranger:KIND", "calls itself 'stranger'"),
    ],
)
def test_that_a_vendor_that_does_not_load_is_named_and_the_others_stay(
    tmp_path: Path, entry: str, said: str
) -> None:
    env = install_stranger(tmp_path, broken=entry)
    kinds, broken = asked(
        "print(json.dumps([list(source_kinds()), [[e.key, str(e)] for e in unusable_kinds()]]))",
        env,
    )
    assert {"asterisk", "simulator", "stranger"} <= set(kinds)
    ((key, reason),) = broken
    assert key == "broken"
    assert said in reason


def test_that_nobody_takes_the_name_of_another(tmp_path: Path) -> None:
    env = install_stranger(tmp_path, asterisk="stranger:KIND")
    kinds, broken = asked(
        "print(json.dumps([list(source_kinds()), [[e.key, str(e)] for e in unusable_kinds()]]))",
        env,
    )
    assert "asterisk" not in kinds
    ((key, reason),) = broken
    assert key == "asterisk"
    assert "two packages" in reason
