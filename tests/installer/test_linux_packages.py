"""The packages for Linux: linted, installed where nothing is, used, and taken away again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtGui import QImage
from support.asterisk_lab import AsteriskLab
from support.debian_root import PACKAGE, DebianRoot, why_no_root
from support.pictures import colours
from support.started_program import StartedProgram
from support.virtual_screen import VirtualScreen, virtual_screen, why_no_screen
from support.wine import become

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        os.environ.get("WALLBOARD_FREEZE") != "1",
        reason="freezing takes minutes: ask for it with WALLBOARD_FREEZE=1 and the extra `freeze`",
    ),
]
HOME = "/" + "home/sam"


@pytest.fixture(scope="module")
def system(release: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DebianRoot]:
    """A Debian with the package, and with neither Python nor a font."""
    if why_no_root():
        pytest.skip(why_no_root())
    if os.environ.get("WALLBOARD_RELEASE"):
        # The next run over the same release finds it there.
        yield DebianRoot(release.work / "debian", release.package(".deb"))
        return
    folder = tmp_path_factory.mktemp("debian")
    yield DebianRoot(folder / "root", release.package(".deb"))
    shutil.rmtree(folder)


def good(ended: subprocess.CompletedProcess[str]) -> str:
    """Return what a command printed; it must have complained of nothing."""
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout + ended.stderr
    return ended.stdout


def test_that_the_debian_package_has_no_mistake_that_lintian_knows(release: Any) -> None:
    if shutil.which("lintian") is None:
        pytest.skip("apt install lintian")
    told = ["lintian", "--fail-on=error", "--tag-display-limit=0", "--allow-root"]
    ended = subprocess.run(
        [*told, release.package(".deb")], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_that_the_installed_program_needs_no_python(system: DebianRoot) -> None:
    assert not list((system.folder / "usr/bin").glob("python3*"))
    assert "asterisk" in good(system.run("wallboard", "sources"))
    assert json.loads(good(system.run("wallboard", "version", "--json")))["qt"]


@pytest.mark.parametrize("scale", ["1", "1.25", "2"])
def test_that_the_installed_program_draws_persian_where_no_font_is(
    system: DebianRoot, scale: str
) -> None:
    # Not even the one that the desktop's library of fonts asks for.
    (system.home / "no-fonts.conf").write_text("<fontconfig></fontconfig>", encoding="utf-8")
    told = ["wallboard", "shot", "overview", "--demo", "--lang", "fa", "--size", "1366x768"]
    env = {"QT_SCALE_FACTOR": scale, "FONTCONFIG_FILE": f"{HOME}/no-fonts.conf"}
    good(system.run(*told, "--out", f"{HOME}/board.png", **env))
    image = QImage(str(system.home / "board.png"))
    assert image.width() == round(1366 * float(scale))
    assert colours(image) > 40


def test_that_the_installed_demo_runs_and_ends_when_asked(system: DebianRoot) -> None:
    told = ["timeout", "--preserve-status", "--signal=INT", "30", "wallboard", "demo"]
    good(system.run(*told))


@contextmanager
def opened(
    system: DebianRoot, screen: VirtualScreen, folder: Path, **env: str
) -> Iterator[StartedProgram]:
    """Open the installed window on a screen; it must end well when it is asked to."""
    begins = system.command("wallboard", "demo", "--lang", "fa", **screen.env, **env)
    program = StartedProgram(folder, begins=begins)
    try:
        yield program
        assert (program.ended_by(signal.SIGINT), program.said()) == (0, "")
    finally:
        program.close()


def seen(screen: VirtualScreen, folder: Path) -> bool:
    """Return whether there is anything to be seen on a screen."""
    return colours(screen.photographed(folder / "seen.png")) > 40


@pytest.mark.skipif(bool(why_no_screen()), reason=str(why_no_screen()))
@pytest.mark.parametrize(
    ("size", "scale"), [("1366x768", "1"), ("1366x768", "1.25"), ("1920x1080", "2")]
)
def test_that_the_installed_window_opens_whole_on_a_screen_without_a_graphics_card(
    system: DebianRoot, tmp_path: Path, size: str, scale: str
) -> None:
    width, height = map(int, size.split("x"))
    with (
        virtual_screen(size) as screen,
        opened(system, screen, tmp_path, QT_SCALE_FACTOR=scale) as program,
    ):
        program.until(lambda: seen(screen, tmp_path), "a picture", 60)
        taken = screen.size(program)
        assert taken.width() > 0.9 * width
        assert (taken.width() <= width, taken.height() <= height) == (True, True), taken


@pytest.mark.skipif(bool(why_no_screen()), reason=str(why_no_screen()))
def test_that_f1_opens_the_guide_that_the_package_brings(
    system: DebianRoot, tmp_path: Path
) -> None:
    with virtual_screen() as screen, opened(system, screen, tmp_path) as program:
        program.until(lambda: seen(screen, tmp_path), "a picture", 60)
        screen.focus(program)
        before = len(screen.windows(program))
        screen.press("F1")
        program.until(lambda: len(screen.windows(program)) > before, "the guide")
        read = system.run("find", "/usr/lib/wallboard/_internal/resources/guide", "-name", "*.md")
        languages = {Path(row).parent.name for row in read.stdout.splitlines()}
        assert languages == {"en", "fa"}


def test_that_the_installed_program_draws_what_a_tv_shows(system: DebianRoot) -> None:
    told = ["wallboard", "shot", "kiosk", "--demo", "--lang", "fa", "--size", "1920x1080"]
    good(system.run(*told, "--out", f"{HOME}/tv.png"))
    image = QImage(str(system.home / "tv.png"))
    assert (image.width(), image.height()) == (1920, 1080)
    assert colours(image) > 20


def test_that_an_installed_kiosk_shows_its_board_and_ends_as_a_whole(
    system: DebianRoot, tmp_path: Path
) -> None:
    env = {"WALLBOARD_HOME": f"{HOME}/{tmp_path.name}"}
    # As from a terminal, where Ctrl-C goes to all its processes at once.
    program = StartedProgram(
        tmp_path, begins=["setsid", *system.command("wallboard", "kiosk", "demo", **env)]
    )

    def states() -> list[str]:
        told = system.run("wallboard", "kiosk", "--status", "--json", **env).stdout
        return [json.loads(row)["state"] for row in told.splitlines()]

    try:
        program.until(lambda: states() == ["live"], "a live board", 60)
        os.killpg(program.process.pid, signal.SIGINT)
        program.process.wait(30)
        assert "Traceback" not in program.said()
        assert become(lambda: program.children() == [])
    finally:
        program.close()


# Two callers of one morning: who waits 12 s is answered, who waits a minute gives up.
LOG = """\
1795400000|1795400000.1|sales|NONE|ENTERQUEUE||02155501|1
1795400012|1795400000.1|sales|Sara|CONNECT|12|1795400005.2|3
1795400100|1795400000.1|sales|Sara|COMPLETECALLER|12|88|1
1795400200|1795400200.1|sales|NONE|ENTERQUEUE||02155502|1
1795400260|1795400200.1|sales|NONE|ABANDON|1|1|60
"""


def test_that_the_installed_program_writes_reports_in_every_form(system: DebianRoot) -> None:
    (system.home / "queue_log").write_text(LOG, encoding="utf-8")
    told = ["wallboard", "import", "queue-log", f"{HOME}/queue_log", "--profile", "office"]
    assert system.run(*told).returncode == 0
    told = ["wallboard", "report", "queue", "--profile", "office", "--lang", "fa"]
    times = ["--from", "2026-11-22T00:00", "--to", "2026-11-24T00:00"]
    forms = ["--format", "xlsx,pdf,csv,html,json", "--out", f"{HOME}/reports"]
    good(system.run(*told, *times, *forms))
    by_form = {path.suffix: path for path in (system.home / "reports").glob("queue-*")}
    assert set(by_form) == {".xlsx", ".pdf", ".csv", ".html", ".json"}
    book = openpyxl.load_workbook(by_form[".xlsx"])
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    pdf = by_form[".pdf"].read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert b"Vazirmatn" in pdf  # no font is installed: the package's own
    report = by_form[".json"].read_text(encoding="utf-8")
    assert "sales" in report


def test_that_a_secret_has_no_place_without_a_keyring_until_one_says_where(
    system: DebianRoot, tmp_path: Path
) -> None:
    env = {"WALLBOARD_HOME": f"{HOME}/{tmp_path.name}"}
    told = ["wallboard", "way", "add", "service", "--name", "phone", "--secret-stdin"]
    refused = system.run(*told, typed="json://127.0.0.1:9/\n", **env)
    assert (refused.returncode, "--keep-secret" in refused.stderr) == (3, True), refused.stderr
    kept = system.run(*told, "--keep-secret", "file", typed="json://127.0.0.1:9/\n", **env)
    assert kept.returncode == 0, kept.stderr
    home = system.home / tmp_path.name
    holding = [
        path for path in home.rglob("*") if path.is_file() and b"127.0.0.1" in path.read_bytes()
    ]
    assert [path.stat().st_mode & 0o077 for path in holding] == [0]


@pytest.mark.lab
def test_that_a_password_without_a_keyring_is_kept_only_where_one_says(
    system: DebianRoot, asterisk_lab: Any, tmp_path: Path
) -> None:
    pbx: AsteriskLab = asterisk_lab(22)
    fields = pbx.told()
    told = ["wallboard", "connect", "asterisk", "--name", "pbx"]
    for key in ("host", "port", "username"):
        told += ["--field", f"{key}={fields[key]}"]
    env = {"WALLBOARD_SECRET_PBX": fields["secret"], "WALLBOARD_HOME": f"{HOME}/{tmp_path.name}"}
    refused = system.run(*told, **env)
    assert refused.returncode == 3
    assert "--keep-secret" in refused.stderr
    kept = system.run(*told, "--keep-secret", "file", **env)
    assert kept.returncode == 0, kept.stderr
    env.pop("WALLBOARD_SECRET_PBX")
    follow = ["wallboard", "board", "pbx", "--json", "--seconds", "5"]
    board = json.loads(good(system.run(*follow, **env)).splitlines()[-1])
    assert (board["source"]["freshness"], board["source"]["fault"]) == ("live", None)
    assert board["queues"]


def test_that_it_is_taken_away_whole_and_what_is_stored_stays(system: DebianRoot) -> None:
    listed = good(system.run("dpkg", "-L", "wallboard", root=True)).splitlines()
    files = [system.folder / path[1:] for path in listed]
    mine = [path for path in files if not path.is_dir() or "wallboard" in path.name]
    assert len(mine) > 100
    assert all(path.exists() or path.is_symlink() for path in mine)
    stored = system.home / ".local/share/wallboard/mine"
    # By the user, as the program does: what root made there nobody else could write into.
    make = 'mkdir -p "$(dirname "$0")" && printf calls > "$0"'
    good(system.run("sh", "-c", make, f"{HOME}/.local/share/wallboard/mine"))
    assert system.run("dpkg", "--purge", "wallboard", root=True).returncode == 0
    assert [path for path in mine if path.exists() or path.is_symlink()] == []
    assert stored.read_text(encoding="utf-8") == "calls"
    # For the tests after this one, which come in any order.
    assert system.run("dpkg", "--install", f"/{PACKAGE}", root=True).returncode == 0


def test_that_the_rpm_package_asks_for_libraries_by_name_and_runs_nothing(release: Any) -> None:
    if shutil.which("rpm") is None:
        pytest.skip("apt install rpm")

    def asked(what: str) -> list[str]:
        told = ["rpm", "-qp", what, release.package(".rpm")]
        ended = subprocess.run(told, capture_output=True, text=True, check=True)
        return ended.stdout.splitlines()

    assert {"/usr/bin/wallboard", "/usr/share/applications/wallboard.desktop"} <= set(asked("-l"))
    assert "libxcb-cursor.so.0()(64bit)" in asked("--requires")
    assert asked("--scripts") == []


def test_that_the_archive_runs_where_it_is_unpacked(release: Any, tmp_path: Path) -> None:
    with tarfile.open(release.package(".tar.gz")) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    ended = subprocess.run(
        [folder / "wallboard", "sources"], env=env, capture_output=True, text=True, check=False
    )
    assert "simulator" in good(ended)
    assert (folder / "INSTALL").exists()
    assert (folder / "share/applications/wallboard.desktop").exists()
