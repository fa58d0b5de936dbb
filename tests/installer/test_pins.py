"""What a release is made of is pinned by hash, and what is installed is compared with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import Distribution
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name
from support.checkout import project
from support.installer import part

pins = part("pins")
DIGEST = "2f" * 32
BUILDS = pytest.mark.skipif(
    find_spec("PyInstaller") is None,
    reason="what builds a release is not here to say what it needs: the extra `freeze`",
)


def test_that_the_hashes_are_of_the_versions_that_are_pinned() -> None:
    pinned = pins.pinned_versions()
    assert {pin.name: pin.version for pin in pins.read_pins()} == {
        pin.name: pinned[pin.name] for pin in pins.read_pins()
    }


@BUILDS
def test_that_all_that_a_release_needs_has_hashes_on_every_system() -> None:
    # If this fails after a package was added: python installer/pins.py
    for system in ("linux", "win32", "darwin"):
        needed = pins._needed(system, pins.pinned_versions())
        held = {
            pin.name
            for pin in pins.read_pins()
            if not pin.marker or f'sys_platform == "{system}"' in pin.marker
        }
        assert needed == held, system
        assert {"pyside6-essentials", "pyinstaller", "keyring"} <= held


def test_that_everything_the_program_asks_for_is_among_them() -> None:
    told = project()["project"]
    rows = [*told["dependencies"], *(told["optional-dependencies"][it] for it in pins.RELEASED)]
    flat = [row for entry in rows for row in ([entry] if isinstance(entry, str) else entry)]
    names = {canonicalize_name(re.split(r"[^\w.-]", row)[0]) for row in flat}
    assert names - {"uvloop"} <= {pin.name for pin in pins.read_pins()}


def test_that_each_pin_has_whole_hashes_and_names_no_place() -> None:
    assert all(pin.hashes for pin in pins.read_pins())
    text = pins.HASHES.read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if not line.startswith("#")]
    form = r"[a-z0-9-]+==[\w.]+( ; [\w =\"]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
    assert [row for row in rows if not re.fullmatch(form, row)] == []


@BUILDS
def test_that_a_package_of_one_system_alone_says_so() -> None:
    def ask(system: str, rows: Iterable[str]) -> dict[str, str]:
        return {row.partition("==")[0]: DIGEST for row in rows}

    text = pins.written(pins.pinned_versions(), ask)
    assert re.search(r'^pefile==\S+ ; sys_platform == "win32" \\$', text, re.MULTILINE)
    assert re.search(r"^requests==\S+ \\$", text, re.MULTILINE)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder with one installed package of two files."""
    told = tmp_path / "one-1.0.dist-info"
    told.mkdir()
    (tmp_path / "one.py").write_bytes(b"print(1)\n")
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: one\nVersion: 1.0\n", "utf-8")
    digest = pins._digest(tmp_path / "one.py")
    rows = f"one.py,sha256={digest},9\n__pycache__/one.pyc,,\none-1.0.dist-info/RECORD,,\n"
    (told / "RECORD").write_text(rows, encoding="utf-8")
    return told


def test_that_a_file_that_was_altered_after_it_was_installed_is_found(package: Path) -> None:
    found = Distribution.at(package)
    assert pins.altered(found) == []
    (package.parent / "one.py").write_bytes(b"print(2)\n")
    assert pins.altered(found) == ["one.py"]
    (package.parent / "one.py").unlink()
    assert pins.altered(found) == ["one.py"]


def test_that_another_version_than_the_pinned_one_ends_a_build() -> None:
    pin = next(pin for pin in pins.read_pins() if pin.name == "requests")
    other = pins.Pin(name="requests", version="0.1", marker="", hashes=pin.hashes)
    gone = pins.Pin(name="never-heard-of-it", version="1", marker="", hashes=frozenset())
    elsewhere = pins.Pin(
        name="never", version="1", marker='sys_platform == "plan9"', hashes=frozenset()
    )
    pins.check_installed([pin, elsewhere])
    with pytest.raises(pins.InputsDiffer, match=r"requests is .*0\.1 is pinned") as told:
        pins.check_installed([other, gone])
    assert "never-heard-of-it is not installed" in str(told.value)
