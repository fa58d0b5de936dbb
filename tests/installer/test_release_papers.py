"""What lies beside the program: icons, entries of a desktop, the man page, notices, the bill."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from configparser import ConfigParser
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QApplication
from support.checkout import ROOT, run
from support.installer import part

RESOURCES = ROOT / "resources"
ICON = RESOURCES / "icons" / "wallboard.svg"
PERSIAN = re.compile(r"[\u0600-\u06ff]")


def looked_at(tool: str, *arguments: str | Path) -> str:
    """Return what a tool complains of; skip where it is not installed."""
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed")
    ended = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    # What is but odd is told there, too, and the tool is content.
    return ended.stderr if ended.returncode == 0 else ended.stdout + ended.stderr


@pytest.mark.parametrize("side", [16, 48, 256])
def test_that_the_icon_shows_its_three_bars_at(side: int, qapp: QApplication) -> None:
    image = part("icons").drawn(ICON, side)
    colours = {image.pixelColor(x, y).name() for x in range(side) for y in range(side)}
    assert {"#f4452f", "#ffd24a"} <= colours
    # The corners are free.
    assert image.pixelColor(0, 0).alpha() == 0


def test_that_the_icon_of_windows_holds_all_its_sizes(qapp: QApplication) -> None:
    icons = part("icons")
    buffer = QBuffer()
    buffer.setData(QByteArray(icons.ico_of(ICON)))
    reader = QImageReader(buffer, QByteArray(b"ico"))
    found = {}
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        image = reader.read().convertToFormat(QImage.Format.Format_ARGB32)
        found[image.width()] = image
    assert sorted(found) == sorted(icons._OF_WINDOWS)
    for side, image in found.items():
        assert image == icons.drawn(ICON, side), side


def test_that_the_picture_beside_the_pages_of_a_set_up_is_a_plain_bitmap_of_our_own(
    qapp: QApplication,
) -> None:
    made = part("icons").side_of(ICON)
    assert made[:2] == b"BM"
    image = QImage.fromData(made)
    assert (image.width(), image.height()) == (164, 314)
    assert int.from_bytes(made[28:30], "little") == 24  # bits a pixel: NSIS reads no others
    colours = {image.pixelColor(x, y).name() for x in range(164) for y in range(314)}
    assert {"#0f1216", "#f4452f", "#ffd24a"} <= colours


def test_that_the_entry_of_the_menu_is_sound_and_speaks_both_languages() -> None:
    entry = RESOURCES / "desktop" / "wallboard.desktop"
    read = ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[method-assign,assignment]
    read.read(entry, encoding="utf-8")
    for section in read.sections():
        for key in ("Name", "GenericName", "Comment", "Keywords"):
            if key in read[section]:
                assert PERSIAN.search(read[section][f"{key}[fa]"]), (section, key)
    assert looked_at("desktop-file-validate", entry) == ""


def test_that_what_software_centers_show_is_sound_and_speaks_both_languages(
    tmp_path: Path,
) -> None:
    packages = part("packages")
    told = tmp_path / f"{packages.IDENTITY}.metainfo.xml"
    told.write_text(packages._metainfo("1.2.3"), encoding="utf-8")
    root = ET.parse(told).getroot()
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    for tag in ("name", "summary", "description/p"):
        both = root.findall(tag)
        persian = [node for node in both if node.get(language) == "fa"]
        assert len(persian) * 2 == len(both), tag
        assert all(PERSIAN.search(node.text or "") for node in persian)
    assert root.findtext("id") == packages.IDENTITY
    assert looked_at("appstreamcli", "validate", "--no-net", told) == ""


@pytest.mark.parametrize(
    "unit",
    [
        "wallboard-kiosk.service",
        "wallboard-serve@.service",
        "wallboard-report@.service",
        "wallboard-report@.timer",
    ],
)
def test_that_systemd_finds_no_mistake_in_a_unit(
    unit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Where each lies as its own first lines say, and the program as if it were installed there.
    for file in (RESOURCES / "systemd").iterdir():
        name = file.name if "kiosk" in file.name else file.name.replace(".", "@.")
        text = file.read_text(encoding="utf-8").replace("/usr/local/bin/wallboard", "/bin/true")
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    whose = "--user" if "kiosk" in unit else "--system"
    assert looked_at("systemd-analyze", "verify", "--man=no", whose, tmp_path / unit) == ""


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_the_man_page_has_every_command(language: str) -> None:
    page = part("manual").manual(language, "1.2.3", 0)
    listed = re.findall(r"^\\fBwallboard (\S+)\\fR$", page, re.MULTILINE)
    helped = run("wallboard", "--help").out
    commands = re.findall(r"^    ([a-z][a-z-]+)  ", helped, re.MULTILINE)
    assert len(commands) > 10
    assert [name.replace("\\-", "-") for name in listed] == commands
    assert "WALLBOARD_HOME" in page
    assert bool(PERSIAN.search(page)) is (language == "fa")
    # A line that begins with a point or a quotation mark would be a request to format.
    requests = {line.split(" ")[0] for line in page.splitlines() if line[:1] in {".", "'"}}
    assert requests <= {".TH", ".SH", ".TP", ".B", ".nf", ".fi"}


def some_part(name: str = "one", licence: str = "MIT", text: str = "Do as you like.") -> object:
    return part("holdings").Part(
        kind="pypi", name=name, version="1.0", licence=licence, texts=(text,), home=""
    )


def test_that_the_notices_hold_each_partys_words_and_whole_licences() -> None:
    parts = [some_part(), some_part("two", "BSD-3-Clause", "So may two.")]
    told = part("notices").notices("1.2.3", parts, {"LGPL-3.0-only": "the whole of it"})
    assert "Wallboard 1.2.3" in told
    for said in ("one 1.0: MIT", "two 1.0: BSD-3-Clause", "Do as you like.", "So may two."):
        assert said in told
    assert told.rstrip().endswith("the whole of it")


def test_that_the_bill_is_cyclonedx_and_the_same_for_the_same_inputs() -> None:
    parts = [some_part(), some_part("two", "MIT OR Apache-2.0"), some_part("three", "BSD 2-Clause")]
    hashes = {"pkg:pypi/one@1.0": ["ab" * 32]}
    text = part("bill").bill_of("1.2.3", parts, 1_700_000_000, hashes)
    assert text == part("bill").bill_of("1.2.3", parts, 1_700_000_000, hashes)
    assert text != part("bill").bill_of("1.2.4", parts, 1_700_000_000, hashes)
    bill = json.loads(text)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    one, two, three = bill["components"]
    assert one["purl"] == one["bom-ref"] == "pkg:pypi/one@1.0"
    assert one["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]
    assert one["licenses"] == [{"license": {"id": "MIT"}}]
    assert two["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    assert three["licenses"] == [{"license": {"name": "BSD 2-Clause"}}]
    assert bill["dependencies"][0]["dependsOn"] == [it["bom-ref"] for it in bill["components"]]


def test_that_installed_packages_tell_their_licences() -> None:
    holdings = part("holdings")
    import requests  # noqa: PLC0415 - by its file it is found

    told = holdings.parts_of([Path(requests.__file__)])
    by_name = {entry.name: entry for entry in told}
    assert set(by_name) == {"python", "requests"}
    assert by_name["requests"].licence == "Apache-2.0"
    assert "Apache License" in by_name["requests"].texts[0]
    assert by_name["requests"].address.startswith("pkg:pypi/requests@2.")


def test_that_what_only_those_have_who_work_on_the_program_is_known_by_its_modules() -> None:
    told = part("holdings").strangers(["requests", "keyring"])
    assert {"pytest", "_pytest", "hypothesis", "pip"} <= set(told)
    assert not {"requests", "keyring", "wallboard"} & set(told)


def test_that_the_version_is_told_once() -> None:
    assert part("places").program_version() == run("wallboard", "version").out.split()[1]


def test_that_the_scoreboard_tells_how_each_test_ended_and_its_figure(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    cases = (
        '<testcase name="test_that_one_runs" time="1.25"><properties>'
        '<property name="figure" value="3 of 5 MB"/></properties></testcase>'
        '<testcase name="test_that_two_runs" time="0"><failure/></testcase>'
        '<testcase name="test_that_three_runs" time="0"><skipped/></testcase>'
        '<testcase name="test_that_four_runs" time="0"><error/></testcase>'
    )
    report.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>", encoding="utf-8")
    rows = part("campaign").scoreboard(report)
    assert rows[0] == "passed      1.2 s  one runs: 3 of 5 MB"
    assert [row.split("  ")[0].strip() for row in rows] == ["passed", "FAILED", "not run", "FAILED"]
