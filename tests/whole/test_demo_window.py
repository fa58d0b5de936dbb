"""The whole program with its window, from the start to a clean end."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.asterisk_lab import AsteriskLab
from support.pictures import colours
from support.started_program import StartedProgram
from support.virtual_screen import VirtualScreen, virtual_screen, why_no_screen

from wallboard.settings.file import SettingsFile
from wallboard.settings.model import KeptIn, Profile, Settings
from wallboard.sources.asterisk import KIND as ASTERISK

pytestmark = pytest.mark.timeout(120)

STOPS_FROM_FINDINGS_TO_SAVE = 3
KEYS = [field.key for field in ASTERISK.fields]
FIELDS_AFTER_SECRET = len(KEYS) - 1 - KEYS.index("secret")
STOPS_FROM_SAVE_TO_SECRET = 5 + FIELDS_AFTER_SECRET
"""With the Tab key, backwards: cancel, test, what the test found, the place, the fields."""


@pytest.fixture
def started(tmp_path: Path, wallboard_home: Path) -> Iterator[Callable[..., StartedProgram]]:
    """Starts the program with some arguments, and leaves nothing of it behind."""
    programs: list[StartedProgram] = []

    def start(*arguments: str, **env: str) -> StartedProgram:
        programs.append(StartedProgram(tmp_path, *arguments, **env))
        return programs[-1]

    yield start
    for program in programs:
        program.close()


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        pytest.param(signal.SIGTERM, {0}, id="when_the_desktop_says_so"),
        # 130 is what a shell expects of a program that Ctrl-C has ended.
        pytest.param(signal.SIGINT, {0, 130}, id="at_ctrl_c"),
    ],
)
def test_that_the_demo_runs_and_ends_without_a_trace(
    started: Callable[..., StartedProgram], asked: signal.Signals, codes: set[int]
) -> None:
    program = started("demo", "--seed", "7")
    program.until(lambda: bool(program.children()), "process of the source")
    program.runs_for(4)
    assert program.ended_by(asked) in codes, program.said()
    assert not program.children()
    assert program.err.read_text(encoding="utf-8") == ""


def test_that_the_source_does_not_outlive_a_window_that_was_killed(
    started: Callable[..., StartedProgram],
) -> None:
    program = started("demo", "--seed", "7")
    program.until(lambda: bool(program.children()), "process of the source")
    program.runs_for(1)
    (source, *_) = program.children()
    program.ended_by(signal.SIGKILL)
    source.wait(15)


@pytest.fixture
def screen() -> Iterator[VirtualScreen]:
    """A virtual screen."""
    reason = why_no_screen()
    if reason is not None:
        pytest.skip(reason)
    with virtual_screen() as made:
        yield made


@pytest.mark.parametrize("key", ["space", "Return"])
def test_that_a_first_start_leads_to_the_live_board_by_the_keyboard(
    started: Callable[..., StartedProgram], screen: VirtualScreen, tmp_path: Path, key: str
) -> None:
    program = started(**screen.env)
    screen.focus(program)
    first = screen.photographed_when(
        lambda seen: colours(seen) > 20, tmp_path / "first-run.png", program, "first page"
    )
    assert not program.children(), "nothing is asked before the user has chosen"

    screen.press(key)
    program.until(lambda: bool(program.children()), "process of the simulated call center")
    program.until(lambda: bool(screen.windows(program, "^Demo")), "window with the board's name")
    program.runs_for(3)
    screen.photographed_when(
        lambda seen: seen != first and colours(seen) > 40, tmp_path / "board.png", program, "board"
    )

    assert program.ended_by(signal.SIGTERM) == 0, program.said()
    assert not program.children()
    assert program.err.read_text(encoding="utf-8") == ""


def saved(home: Path) -> Settings:
    return SettingsFile(home / "settings.toml").load().settings


def open_dialog(screen: VirtualScreen, program: StartedProgram) -> None:
    """Choose the second card with the keyboard; then the name has it."""
    screen.focus(program)
    screen.press("Tab", "Return")
    screen.focus(program, "^Connect my system$")


def test_that_a_simulated_center_is_connected_by_the_keyboard_and_opens_at_the_next_start(
    started: Callable[..., StartedProgram],
    screen: VirtualScreen,
    tmp_path: Path,
    wallboard_home: Path,
) -> None:
    program = started(**screen.env)
    open_dialog(screen, program)
    screen.type("Play")
    # The kind stands above the name; the last one that there is is the simulator.
    screen.press("shift+Tab", "End", "Tab")
    untested = screen.photographed(tmp_path / "untested.png")
    screen.press("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "space")
    program.runs_for(2)
    screen.photographed_when(
        lambda seen: seen != untested, tmp_path / "tested.png", program, "what the test found"
    )
    assert saved(wallboard_home).profiles == ()
    screen.press(*["Tab"] * STOPS_FROM_FINDINGS_TO_SAVE, "Return")
    program.until(lambda: bool(program.children()), "process of the source")
    program.until(lambda: bool(screen.windows(program, "^Play")), "board")
    program.runs_for(3)
    screen.photographed_when(
        lambda seen: colours(seen) > 40, tmp_path / "board.png", program, "picture of the board"
    )
    assert saved(wallboard_home).start == "Play"
    assert program.ended_by(signal.SIGTERM) == 0, program.said()
    assert not program.children()
    assert program.err.read_text(encoding="utf-8") == ""

    again = started(**screen.env)
    again.until(lambda: bool(again.children()), "process of the saved connection's source")
    again.until(lambda: bool(screen.windows(again, "^Play")), "board of the saved connection")
    again.runs_for(1)
    assert again.ended_by(signal.SIGTERM) == 0, again.said()
    assert not again.children()
    assert again.err.read_text(encoding="utf-8") == ""


@pytest.mark.lab
def test_that_a_real_asterisk_is_connected_by_the_keyboard(
    started: Callable[..., StartedProgram],
    screen: VirtualScreen,
    tmp_path: Path,
    wallboard_home: Path,
    lab: AsteriskLab,
) -> None:
    told = lab.told()
    program = started(**screen.env)
    open_dialog(screen, program)
    screen.type("Tehran")
    for key in KEYS[: KEYS.index("secret")]:
        screen.press("Tab")
        if key in told:
            screen.replace_with(told[key])
    screen.press("Tab")
    screen.type("not-the-secret")
    # Without a place for the password nothing happens yet; with the wrong one nothing is saved.
    screen.press(*["Tab"] * (FIELDS_AFTER_SECRET + 1), "space", "Return")
    program.runs_for(4)
    refused = screen.photographed(tmp_path / "refused.png")
    assert saved(wallboard_home).profiles == ()
    assert screen.windows(program, "^Connect my system$")

    screen.press(*["shift+Tab"] * (STOPS_FROM_SAVE_TO_SECRET))
    screen.replace_with(told["secret"])
    screen.press(*["Tab"] * (STOPS_FROM_SAVE_TO_SECRET - 2), "space")
    program.runs_for(8)
    tested = screen.photographed(tmp_path / "tested.png")
    assert tested != refused
    screen.press(*["Tab"] * STOPS_FROM_FINDINGS_TO_SAVE, "Return")
    program.until(lambda: bool(program.children()), "process of the source")
    program.until(lambda: bool(screen.windows(program, "^Tehran")), "board")
    program.runs_for(3)
    screen.photographed(tmp_path / "board.png")
    settings = saved(wallboard_home)
    assert settings.start == "Tehran"
    assert told["secret"] not in (wallboard_home / "settings.toml").read_text(encoding="utf-8")
    assert program.ended_by(signal.SIGTERM) == 0, program.said()
    assert not program.children()
    assert program.err.read_text(encoding="utf-8") == ""


def test_that_a_start_from_the_desktop_asks_for_a_password_that_is_kept_nowhere(
    started: Callable[..., StartedProgram],
    screen: VirtualScreen,
    tmp_path: Path,
    wallboard_home: Path,
) -> None:
    asks = Profile(name="Tehran", kind="asterisk", fields={"username": "board"}, secret=KeptIn.ASK)
    SettingsFile(wallboard_home / "settings.toml").change(lambda old: old.with_profile(asks))
    program = started(**screen.env)
    screen.focus(program, "^Password$")
    asking = screen.photographed(tmp_path / "asking.png")
    screen.press("Escape")
    program.until(lambda: not screen.windows(program, "^Password$"), "end of the question")
    screen.photographed_when(
        lambda seen: seen != asking and colours(seen) > 20,
        tmp_path / "first-run.png",
        program,
        "first page",
    )
    assert screen.windows(program, "^Wallboard$"), "the first page is shown"
    assert not program.children(), "nothing was opened"
    assert program.ended_by(signal.SIGTERM) == 0, program.said()
    assert program.err.read_text(encoding="utf-8") == ""
