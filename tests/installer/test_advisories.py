"""No release is made of something with a flaw that is known, unless the program lives with it."""

from __future__ import annotations

import sqlite3

import pytest
from support.installer import part

advisories = part("advisories")
pins = part("pins")


def test_that_no_pin_has_a_known_flaw() -> None:
    assert advisories.known_in(pins.pinned_versions()) == []


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("2.5.0", {"CVE-2025-66471", "CVE-2026-21441"}),
        ("2.6.0", {"CVE-2026-21441", "CVE-2026-44432"}),
        ("2.6.2", {"CVE-2026-21441", "CVE-2026-44432"}),
        ("2.6.3", {"CVE-2026-44432"}),
        ("2.7.0", set()),
        ("2.8.0", set()),
    ],
)
def test_that_urllib3_before_2_7_would_fail_a_build(version: str, told: set[str]) -> None:
    said = advisories.known_in({"urllib3": version})
    assert {name for name in TOLD if any(name in row for row in said)} == told
    assert len(said) == len(told)


TOLD = ("CVE-2025-66471", "CVE-2026-21441", "CVE-2026-44432")


def test_that_a_flaw_the_program_lives_with_says_how() -> None:
    flaw = next(flaw for flaw in advisories.known_flaws() if flaw.name == "sqlite")
    assert flaw.hits("3.40.1")
    assert flaw.hits("3.51.2")
    assert not flaw.hits("3.51.3")
    assert not flaw.hits(sqlite3.sqlite_version) or flaw.met
    assert advisories.known_in({"sqlite": "3.40.1"}) == []
