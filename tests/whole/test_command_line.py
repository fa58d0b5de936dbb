"""The command line as a user types it: what it prints, where, and with which code it ends."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.keyring_session import in_session, why_no_keyring
from support.stranger_vendor import PASSWORD, install_stranger

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def env(tmp_path: Path, wallboard_home: Path) -> dict[str, str]:
    """An environment in which a stranger's vendor is installed too."""
    return {**os.environ, **install_stranger(tmp_path / "strangers")}


@pytest.fixture
def wallboard(tmp_path: Path, env: dict[str, str]) -> Command:
    """Runs one command to its end. No command may ever show a traceback."""

    def run(*words: str, said: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "wallboard", *words],
            input=said,
            env={**env, **more},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=50,
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    return run


@pytest.fixture
def connected(wallboard: Command) -> Command:
    """The same, with a connection called `pbx` whose password is in a file."""
    done = connect(wallboard, "--keep-secret", "file")
    assert done.returncode == 0, done.stderr
    return wallboard


def connect(
    wallboard: Command, *more: str, said: str = f"{PASSWORD}\n", mode: str = "good"
) -> subprocess.CompletedProcess[str]:
    words = ("connect", "stranger", "--name", "pbx", "--field", "host=h", "--field", f"mode={mode}")
    return wallboard(*words, "--secret-stdin", *more, said=said)


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of an error, and make sure that there is nothing else."""
    assert not done.stdout
    assert done.stderr.count("\n") == 1, done.stderr
    assert len(done.stderr) > 30
    return done.stderr


def all_text_in(folder: Path) -> str:
    return "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in folder.rglob("*")
        if path.is_file()
    )


# Starting


def test_that_the_version_is_told_without_loading_qt_keyring_or_msgspec(
    env: dict[str, str],
) -> None:
    code = (
        "import sys, wallboard.command_line as c\n"
        "code = c.main(['version'])\n"
        "names = 'PySide6', 'keyring', 'msgspec', 'tomlkit'\n"
        "assert not [n for n in names if n in sys.modules], sys.modules.keys()\n"
        "sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(rb"wallboard \d+\.\d+\.\d+\s*", done.stdout)


def test_that_a_command_without_a_window_loads_no_qt(env: dict[str, str]) -> None:
    code = (
        "import sys, wallboard.command_line as c\n"
        "code = c.main(['sources']) or c.main(['connect', 'simulator', '--name', 's'])\n"
        "code = code or c.main(['board', 's', '--json', '--seconds', '1'])\n"
        "assert not [n for n in ('PySide6', 'keyring') if n in sys.modules]\n"
        "sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_that_the_help_lists_the_exit_codes(wallboard: Command) -> None:
    done = wallboard("--help")
    assert done.returncode == 0
    assert re.search(r"\b70\b", done.stdout)
    assert "source-process" not in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("board",),
        ("board", "x", "--seconds", "none"),
        ("board", "x", "--seconds", "0"),
        ("board", "x", "--seconds", "2", "--until-idle"),
        ("connect", "stranger", "--name", "x", "--field", "host"),
        ("connect", "stranger", "--name", "-x"),
        ("connect", "stranger", "--name", "a\nb"),
        ("shot", "nowhere", "--out", "x.png"),
        ("shot", "overview", "--demo", "--size", "5x5", "--out", "x.png"),
        ("shot", "overview", "--demo", "--scenario", "calamity", "--out", "x.png"),
        ("--lang", "de", "sources"),
    ],
    ids=" ".join,
)
def test_that_what_cannot_be_understood_gets_one_sentence(
    wallboard: Command, words: tuple[str, ...]
) -> None:
    done = wallboard(*words)
    assert done.returncode == 2
    assert sentence(done)


def test_that_a_window_without_a_screen_is_refused_before_qt_aborts(
    wallboard: Command,
) -> None:
    for more in (
        {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""},
        {"DISPLAY": ":4711", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "xcb"},
        {"DISPLAY": "", "WAYLAND_DISPLAY": "nowhere", "QT_QPA_PLATFORM": "wayland"},
    ):
        done = wallboard("demo", **more)
        assert done.returncode == 4, more
        # Either the screen is missing, or first a library; then its package is named.
        assert re.search(r"no screen|apt install \w", sentence(done))


# Connecting


def test_that_a_connection_is_tried_then_saved(wallboard: Command, wallboard_home: Path) -> None:
    done = connect(wallboard, "--keep-secret", "file")
    assert done.returncode == 0, done.stderr
    assert "pbx" in done.stdout
    told = json.loads(wallboard("sources", "--json").stdout)
    assert told["connections"] == [
        {
            "name": "pbx",
            "kind": "stranger",
            "fields": {"host": "h", "mode": "good"},
            "secret": "file",
        }
    ]
    assert {"asterisk", "simulator", "stranger"} <= {source["key"] for source in told["kinds"]}
    assert PASSWORD not in (wallboard_home / "settings.toml").read_text(encoding="utf-8")


def test_that_a_wrong_password_saves_nothing(wallboard: Command, wallboard_home: Path) -> None:
    done = connect(wallboard, "--keep-secret", "file", said="wrong-wrong\n")
    assert done.returncode == 1
    assert "sign-in" in sentence(done)
    assert "wrong-wrong" not in done.stderr
    assert not list(wallboard_home.rglob("*.toml"))
    assert "wrong-wrong" not in all_text_in(wallboard_home)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        (["--field", "hots=h"], ["hots", "host, port, mode"]),
        ([], ["host", "host, port, mode"]),
        (["--field", "host="], ["host"]),
        (["--field", "host=h", "--field", "port=many"], ["port", "many"]),
        (["--field", "host=h", "--field", "mode=best"], ["mode", "good, crash"]),
        (["--field", "host=a\x1b[31mb"], ["host"]),
    ],
)
def test_that_wrong_fields_are_named_with_the_right_ones(
    wallboard: Command, fields: list[str], named: list[str]
) -> None:
    done = wallboard("connect", "stranger", "--name", "pbx", *fields, "--secret-stdin", said="x\n")
    assert done.returncode == 2
    assert all(text in sentence(done) for text in named)
    assert "\x1b" not in done.stderr


def test_that_persian_digits_are_numbers(wallboard: Command) -> None:
    done = connect(wallboard, "--field", "port=۵۰۳۸", "--keep-secret", "ask")
    assert done.returncode == 0, done.stderr
    told = json.loads(wallboard("sources", "--json").stdout)
    assert told["connections"][0]["fields"]["port"] == "5038"


def test_that_a_password_in_the_command_is_refused_and_not_repeated(wallboard: Command) -> None:
    done = wallboard("connect", "stranger", "--name", "pbx", "--field", f"password={PASSWORD}")
    assert done.returncode == 2
    assert "--secret-stdin" in sentence(done)
    assert PASSWORD not in done.stderr


def test_that_an_unknown_kind_is_answered_with_the_list(wallboard: Command) -> None:
    done = wallboard("connect", "avaya", "--name", "pbx")
    assert done.returncode == 2
    assert "asterisk, rest, simulator, stranger" in sentence(done)


def test_that_a_name_too_like_another_is_refused(connected: Command) -> None:
    done = connected("connect", "simulator", "--name", "PBX")
    assert done.returncode == 2
    assert "pbx" in sentence(done)


def test_that_a_missing_password_is_asked_for_by_every_way_there_is(wallboard: Command) -> None:
    done = wallboard("connect", "stranger", "--name", "pbx", "--field", "host=h")
    assert done.returncode == 3
    told = sentence(done)
    assert "--secret-stdin" in told
    assert "WALLBOARD_SECRET_PBX" in told


@pytest.mark.parametrize("backend", ["fail.Keyring", "null.Keyring", "nothing.Like.It"])
def test_that_without_a_keyring_nothing_is_saved_and_the_other_places_are_named(
    wallboard: Command, wallboard_home: Path, backend: str
) -> None:
    words = ("connect", "stranger", "--name", "pbx", "--field", "host=h", "--secret-stdin")
    done = wallboard(
        *words, said=f"{PASSWORD}\n", PYTHON_KEYRING_BACKEND=f"keyring.backends.{backend}"
    )
    assert done.returncode == 3
    told = sentence(done)
    assert "--keep-secret file" in told
    assert "--keep-secret ask" in told
    assert PASSWORD not in told
    assert not list(wallboard_home.rglob("*"))


def test_that_an_asked_for_password_is_kept_nowhere(
    wallboard: Command, wallboard_home: Path
) -> None:
    assert connect(wallboard, "--keep-secret", "ask").returncode == 0
    assert PASSWORD not in all_text_in(wallboard_home)
    board = ("board", "pbx", "--json", "--seconds", "1")
    assert wallboard(*board).returncode == 3
    assert wallboard(*board, "--secret-stdin", said=f"{PASSWORD}\n").returncode == 0
    assert wallboard(*board, WALLBOARD_SECRET_PBX=PASSWORD).returncode == 0


def test_that_moving_the_password_leaves_none_behind(
    connected: Command, wallboard_home: Path
) -> None:
    assert connect(connected, "--keep-secret", "ask").returncode == 0
    assert not list((wallboard_home / "secrets").iterdir())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_that_a_home_that_cannot_be_written_is_said_by_rights(
    wallboard: Command, tmp_path: Path
) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    done = wallboard(
        "connect", "simulator", "--name", "s", WALLBOARD_HOME=str(tmp_path / "locked" / "x")
    )
    assert done.returncode == 4
    assert sentence(done)


def test_that_a_home_that_cannot_be_made_is_said(wallboard: Command, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = wallboard("connect", "simulator", "--name", "s", WALLBOARD_HOME=str(tmp_path / "file"))
    assert done.returncode == 4
    could_not_be_read, could_not_be_written = done.stderr.splitlines()
    assert str(tmp_path / "file") in could_not_be_read
    assert "WALLBOARD_HOME" in could_not_be_written


def test_that_broken_settings_are_said_and_the_last_good_ones_used(
    connected: Command, wallboard_home: Path
) -> None:
    (wallboard_home / "settings.toml").write_text("[[[")
    done = connected("sources", "--json")
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert json.loads(done.stdout)["connections"][0]["name"] == "pbx"


@pytest.mark.skipif(why_no_keyring() is not None, reason=why_no_keyring() or "")
def test_that_a_real_keyring_carries_a_connection_from_command_to_command(
    tmp_path: Path, env: dict[str, str], wallboard_home: Path
) -> None:
    script = (
        '"$0" -m wallboard connect stranger --name pbx --field host=h --secret-stdin'
        ' && "$0" -m wallboard board pbx --json --seconds 1'
    )
    session = {name: env[name] for name in ("PYTHONPATH", "PYTHONUTF8")}
    done = in_session(
        tmp_path / "session", "sh", "-c", script, sys.executable, said=f"{PASSWORD}\n", **session
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["source"]["freshness"] == "live"
    assert PASSWORD not in all_text_in(wallboard_home)


def typed(words: list[str], answers: dict[str, str], env: dict[str, str]) -> tuple[int, str]:
    """Return the exit code and the screen of a command in a terminal, answering what it asks."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, "-m", "wallboard", *words], env)
    screen, waiting, deadline = "", dict(answers), time.monotonic() + 30
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            screen += os.read(terminal, 4096).decode(errors="replace")
        except OSError:
            break  # the command has ended
        for question, answer in tuple(waiting.items()):
            if question in screen:
                del waiting[question]
                os.write(terminal, f"{answer}\n".encode())
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), screen


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize(("choice", "kept"), [("file", "file"), ("ask", "ask"), ("no", None)])
def test_that_at_a_terminal_password_and_place_are_asked_for(
    wallboard: Command, env: dict[str, str], choice: str, kept: str | None
) -> None:
    words = ["connect", "stranger", "--name", "pbx", "--field", "host=h"]
    code, screen = typed(words, {"Password:": PASSWORD, "(file)": choice}, env)
    assert PASSWORD not in screen, "what is typed is not shown"
    connections = json.loads(wallboard("sources", "--json").stdout)["connections"]
    assert [connection["secret"] for connection in connections] == ([kept] if kept else [])
    assert code == (0 if kept else 3)


# Looking


def test_that_a_check_says_line_by_line_what_is_right_and_wrong(connected: Command) -> None:
    done = connected("check", "pbx")
    assert done.returncode == 0
    assert done.stdout.startswith("✓ ")

    done = connected("check", "pbx", "--json", "--secret-stdin", said="wrong\n")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert not told["good"]
    assert [(row["topic"], row["verdict"]) for row in told["findings"]] == [
        ("reachable", "good"),
        ("sign_in", "bad"),
    ]
    assert told["findings"][1]["fault"]["kind"] == "sign_in"
    assert connected("check", "pbx", "--secret-stdin", said="wrong\n").stdout.count("✗") == 1


@pytest.mark.parametrize("words", [("board", "nobody"), ("check", "nobody")])
def test_that_an_unknown_connection_is_answered_with_the_known_ones(
    connected: Command, words: tuple[str, ...]
) -> None:
    done = connected(*words)
    assert done.returncode == 2
    assert "pbx" in sentence(done)


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.stdout.endswith("}\n")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_that_a_board_is_told_once_a_second_and_so_often(connected: Command) -> None:
    begun = time.monotonic()
    done = connected("board", "pbx", "--json", "--seconds", "3")
    assert done.returncode == 0
    told = lines(done)
    assert len(told) == 3
    assert time.monotonic() - begun >= 2 - 0.7
    assert [queue["id"] for queue in told[-1]["queues"]] == ["q"]


def test_that_a_table_shows_no_tricks_of_a_queues_name(connected: Command) -> None:
    done = connected("board", "pbx", "--seconds", "1")
    assert "Queue[31m" in done.stdout
    assert not re.search("[\x1b\u202e\u2066-\u2069]", done.stdout)


def test_that_until_idle_waits_for_a_call_and_then_for_silence(wallboard: Command) -> None:
    assert connect(wallboard, "--keep-secret", "file", mode="busy").returncode == 0
    begun = time.monotonic()
    done = wallboard("board", "pbx", "--json", "--until-idle", "--idle-seconds", "1.5")
    assert done.returncode == 0
    (told,) = lines(done)
    assert told["site"]["waiting"] == 0
    assert time.monotonic() - begun > 1.5


def test_that_a_fault_is_said_once_when_it_comes_and_once_when_it_goes(wallboard: Command) -> None:
    assert connect(wallboard, "--keep-secret", "file", mode="flaky").returncode == 0
    done = wallboard("board", "pbx", "--json", "--seconds", "8")
    assert done.returncode == 0
    said = done.stderr.splitlines()
    assert len(said) == 2, said
    assert "lost" in said[0]
    assert "over" in said[1]
    assert any(line["source"]["fault"] for line in lines(done))
    assert lines(done)[-1]["source"]["fault"] is None


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM], ids=lambda asked: asked.name)
@pytest.mark.parametrize("more", [(), ("--until-idle",)], ids=["each_second", "until_idle"])
def test_that_an_interrupt_ends_with_a_whole_last_board(
    connected: Command,
    env: dict[str, str],
    asked: signal.Signals,
    more: tuple[str, ...],
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "wallboard", "board", "pbx", "--json", *more],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        # When it listens for signals: before that, Ctrl-C just ends it.
        if more:
            wait_until(lambda: _catches(process.pid, asked))
        else:
            assert process.stdout is not None
            json.loads(process.stdout.readline())
        process.send_signal(asked)
        out, err = process.communicate(timeout=10)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, err
    assert err == ""
    assert json.loads(out.splitlines()[-1])["name"] == "pbx"
    assert out.endswith("\n")


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)  # noqa: TID251 - a test waits for another process


def _catches(pid: int, asked: signal.Signals) -> bool:
    """True if a process has a handler for the signal that Python did not set by itself."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"SigCgt:\s*([0-9a-f]+)", status)
    # Python always catches SIGINT; both handlers are set at the same time.
    return found is not None and bool(int(found[1], 16) & (1 << (signal.SIGTERM - 1)))


def test_that_a_reader_who_has_enough_is_no_error(connected: Command, env: dict[str, str]) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" -m wallboard board pbx --json --seconds 5 | head -1', sys.executable],
        env=env,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert json.loads(done.stdout)
    assert done.stderr == ""


def test_that_a_mistake_in_the_program_goes_to_a_log_without_the_password(
    wallboard: Command, wallboard_home: Path
) -> None:
    done = connect(wallboard, "--keep-secret", "file", mode="crash")
    assert done.returncode == 70
    log = wallboard_home / "logs" / "unexpected.log"
    assert str(log) in sentence(done)
    text = log.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "ValueError: cannot use" in text
    assert PASSWORD not in done.stderr + all_text_in(wallboard_home)


# Drawing


@pytest.mark.parametrize(
    ("page", "platform"),
    [("overview", "xcb"), ("overview", ""), ("first-run", "offscreen"), ("kiosk-lost", "")],
)
def test_that_a_page_is_drawn_without_a_screen(
    wallboard: Command, tmp_path: Path, page: str, platform: str
) -> None:
    out = tmp_path / "page.png"
    words = ("shot", page, "--demo", "--lang", "fa", "--size", "1366x768", "--out", str(out))
    done = wallboard(*words, DISPLAY="", QT_QPA_PLATFORM=platform)
    assert done.returncode == 0, done.stderr
    head = out.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (1366, 768)


def test_that_a_picture_that_cannot_be_written_is_said(wallboard: Command, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "page.png"
    done = wallboard("shot", "overview", "--demo", "--out", str(out))
    assert done.returncode == 2
    assert str(out) in sentence(done)


# Persian


def test_that_errors_are_persian_where_persian_is_asked_for(wallboard: Command) -> None:
    for words, more in (
        (("--lang", "fa", "board", "nobody"), {}),
        (("board", "nobody", "--lang=fa"), {}),
        (("board", "nobody"), {"LC_ALL": "fa_IR.UTF-8"}),
    ):
        done = wallboard(*words, **more)
        assert done.returncode == 2
        assert re.search("[\u0600-\u06ff]", sentence(done)), words
