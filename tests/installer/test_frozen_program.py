"""The frozen program finds what only a metadata file names: its sources, its words."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from support.checkout import ROOT
from support.installer import part
from support.pictures import colours
from support.taking import HookServer
from support.wine import become

from wallboard import VERSION

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        os.environ.get("WALLBOARD_FREEZE") != "1",
        reason="freezing takes minutes: ask for it with WALLBOARD_FREEZE=1 and the extra `freeze`",
    ),
]


@pytest.fixture(scope="module")
def frozen(release: object) -> Path:
    """The folder with the frozen program."""
    folder: Path = release.frozen  # type: ignore[attr-defined]
    return folder


def environment() -> dict[str, str]:
    """Return what the frozen program is told: nothing of the checkout, nor of any Python."""
    kept = {"LC_ALL", "QT_QPA_PLATFORM", "WALLBOARD_HOME", "PYTHON_KEYRING_BACKEND", "SYSTEMROOT"}
    return {name: value for name, value in os.environ.items() if name in kept}


def said(frozen: Path, *arguments: str, where: Path, typed: str = "") -> str:
    """Run the frozen program away from the checkout and from any Python of ours."""
    ended = subprocess.run(
        [frozen / "wallboard", *arguments],
        cwd=where,
        env=environment(),
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert not ended.stderr
    return ended.stdout


def test_that_the_frozen_program_knows_its_sources(frozen: Path, tmp_path: Path) -> None:
    text = said(frozen, "sources", where=tmp_path)
    assert "asterisk" in text
    assert "simulator" in text


def test_that_the_frozen_program_reads_the_simulator(frozen: Path, tmp_path: Path) -> None:
    out = tmp_path / "board.png"
    said(frozen, "shot", "overview", "--demo", "--lang", "fa", "--out", str(out), where=tmp_path)
    assert colours(QImage(str(out))) > 40


def test_that_the_frozen_program_tells_its_versions(frozen: Path, tmp_path: Path) -> None:
    told = json.loads(said(frozen, "version", "--json", where=tmp_path))
    assert told["version"] == VERSION
    pinned = part("pins").pinned_versions()
    assert told["pyside6"] == pinned["pyside6-essentials"]
    assert told["qt"] == told["pyside6"]
    assert told["python"].startswith("3.")
    assert told["sqlite"].startswith("3.")


def test_that_the_frozen_program_can_keep_passwords(frozen: Path) -> None:
    readers = pytest.importorskip("PyInstaller.archive.readers")
    program = readers.CArchiveReader(str(frozen / "wallboard"))
    inside = set(program.open_embedded_archive("PYZ.pyz").toc)
    assert {"keyring", "keyring.backends.SecretService", "wallboard.settings.secrets"} <= inside


def test_that_the_frozen_program_holds_all_of_its_modules_and_what_they_ask_for_late(
    frozen: Path,
) -> None:
    readers = pytest.importorskip("PyInstaller.archive.readers")
    program = readers.CArchiveReader(str(frozen / "wallboard"))
    inside = set(program.open_embedded_archive("PYZ.pyz").toc)
    files = [path.relative_to(ROOT).with_suffix("") for path in ROOT.glob("wallboard/**/*.py")]
    ours = {".".join(path.parts).removesuffix(".__init__") for path in files}
    left_out = {name for name in ours if name.split(".")[1:2] == ["bench"]}
    assert ours - inside == left_out
    # What keeps a TV awake, writes workbooks, serves walls and waits for a keyring.
    assert {"wakepy", "jeepney", "xlsxwriter", "uvicorn", "starlette", "secretstorage"} <= inside
    assert not {"pytest", "_pytest", "hypothesis", "numpy", "pip"} & inside


def test_that_the_frozen_program_holds_every_file_that_it_reads(frozen: Path) -> None:
    of_packages = {"desktop", "metainfo"}  # these lie where a desktop looks for them
    wanted = {
        path.relative_to(ROOT): path.read_bytes()
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and path.relative_to(ROOT).parts[1] not in of_packages
    }
    assert {"guide", "schedules", "systemd", "translations"} <= {it.parts[1] for it in wanted}
    held = {path: frozen / "_internal" / path for path in wanted}
    assert [path for path in wanted if not held[path].is_file()] == []
    assert [path for path in wanted if held[path].read_bytes() != wanted[path]] == []


def test_that_the_frozen_program_says_where_it_can_be_measured(
    frozen: Path, tmp_path: Path
) -> None:
    ended = subprocess.run(
        [frozen / "wallboard", "bench"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 4
    assert "README" in ended.stderr


def test_that_the_frozen_program_tells_alerts_by_other_peoples_services(
    frozen: Path, tmp_path: Path
) -> None:
    hook = HookServer().start()
    try:
        add = ["way", "add", "service", "--name", "phone", "--secret-stdin"]
        address = f"json://127.0.0.1:{hook.port}/\n"
        said(frozen, *add, "--keep-secret", "file", where=tmp_path, typed=address)
        said(frozen, "alert-test", "phone", where=tmp_path)
        (taken,) = hook.taken
    finally:
        hook.stop()
    assert json.loads(taken.body)["title"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells what is loaded")
def test_that_a_sources_process_loads_no_qt(frozen: Path, tmp_path: Path) -> None:
    # It waits to be told what it is to ask.
    process = subprocess.Popen(
        [frozen / "wallboard", "source-process"], stdin=subprocess.PIPE, env=environment()
    )
    try:
        maps = Path(f"/proc/{process.pid}/maps")
        assert become(lambda: "msgspec" in maps.read_text(encoding="utf-8"))
        assert "libQt6" not in maps.read_text(encoding="utf-8")
    finally:
        process.kill()
        process.communicate()


def test_that_the_folder_holds_nothing_that_is_not_used(frozen: Path) -> None:
    files = [path for path in frozen.rglob("*") if path.is_file() and not path.is_symlink()]
    unused = ("libgtk-3", "libQt6Quick", "_tkinter", "_multiarray_umath", "libX11", "libxcb")
    assert not [path.name for path in files if path.name.startswith(unused)]
    translations = {path.name for path in files if path.suffix == ".qm"}
    assert translations
    assert all(name.endswith(("_en.qm", "_fa.qm")) for name in translations)
    assert sum(path.stat().st_size for path in files) < 165e6


def test_that_the_folder_brings_fonts_and_the_notices_of_all_its_parts(frozen: Path) -> None:
    fonts = frozen / "_internal" / "resources" / "fonts"
    assert {path.name for path in fonts.iterdir()} == {
        "Vazirmatn-Regular.ttf",
        "Vazirmatn-Bold.ttf",
        "Vazirmatn-OFL.txt",
    }
    told = (frozen / "THIRD-PARTY-NOTICES.txt").read_text(encoding="utf-8")
    bill = json.loads((frozen.parent / "wallboard.cdx.json").read_text(encoding="utf-8"))
    names = {row["name"] for row in bill["components"]}
    assert {"python", "pyside6-essentials", "keyring", "requests", "vazirmatn"} <= names
    for row in bill["components"]:
        assert f"{row['name']} {row['version']}: " in told.replace("debian/", "")
        assert row["purl"].endswith(f"@{row['version']}")
    # Python's own packages are held to the hashes of their files.
    assert all("hashes" in row for row in bill["components"] if row["purl"].startswith("pkg:pypi"))
    for text in ("GNU LESSER GENERAL PUBLIC LICENSE", "SIL OPEN FONT LICENSE", "Apache License"):
        assert text in told


@pytest.mark.skipif(
    os.environ.get("WALLBOARD_CAMPAIGN") != "full", reason="a second build: WALLBOARD_CAMPAIGN=full"
)
def test_that_trimming_leaves_at_most_three_fifths(
    frozen: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from frozen import frozen; frozen(Path(sys.argv[2]), trimmed=False)"
    )
    # With the Python that the other one was built with.
    fresh = frozen.parent / "environment" / "bin" / "python"
    python = fresh if fresh.exists() else sys.executable
    subprocess.run(
        [python, "-c", code, ROOT / "installer", tmp_path], check=True, timeout=580, cwd=tmp_path
    )
    size_of = part("places").size_of
    trimmed, whole = size_of(frozen), size_of(tmp_path / "wallboard")
    record_property("figure", f"{trimmed / 1e6:.0f} of {whole / 1e6:.0f} MB")
    assert trimmed <= 0.6 * whole, (trimmed, whole)


@pytest.mark.timing
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("sources",), id="a_command"),
        pytest.param(("shot", "first-run", "--out", "first.png"), id="a_first_picture"),
    ],
)
def test_that_the_frozen_program_starts_nearly_as_quickly_as_the_checkout(
    frozen: Path,
    tmp_path: Path,
    command: tuple[str, ...],
    record_property: Callable[[str, object], None],
) -> None:
    checkout = [sys.executable, "-m", "wallboard", *command]
    installed = [str(frozen / "wallboard"), *command]
    for told in (checkout, installed):  # files are read, bytecode is written
        costs_of(told, tmp_path)
    pairs = [(costs_of(checkout, tmp_path), costs_of(installed, tmp_path)) for _ in range(7)]
    work = statistics.median(own[1] / source[1] for source, own in pairs)
    wall = min(own[0] for _, own in pairs) / min(source[0] for source, _ in pairs)
    record_property("figure", f"{work:.2f} x the work, {wall:.2f} x the time")
    assert min(work, wall) <= 1.5, (work, wall)


def costs_of(command: list[str], where: Path) -> tuple[float, float]:
    """Return how many seconds a command took, and how many of a processor's."""
    env = {**environment(), "PYTHONPATH": str(ROOT)}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=where, env=env, check=True, capture_output=True, timeout=60)
    ended, after = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return ended - began, work
