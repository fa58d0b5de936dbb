"""A TV that runs by itself: on a real X server with a window manager, through what happens to TVs.

Each of these campaigns is short here; WALLBOARD_CAMPAIGN=full tries all of it.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.campaign import size_of_campaign
from support.kiosk_rig import Tv, tv, why_no_kiosk

from wallboard.domain.walls import Wall
from wallboard.runtime.kiosk_records import KioskRecord
from wallboard.settings.pins import kept_pin
from wallboard.settings.walls import write_wall

pytestmark = [
    pytest.mark.skipif(why_no_kiosk() is not None, reason=str(why_no_kiosk())),
    pytest.mark.timeout(3600),
]

BACK_WITHIN_S = 5.0
PIN = "2468"
KEYS = (
    *"abcqwxz0123456789",
    *(f"F{number}" for number in range(1, 13)),
    *("Return", "BackSpace", "Delete", "Insert", "Home", "Page_Up", "Left", "Up", "space", "Menu"),
    *("Print", "Pause", "Help", "XF86HomePage", "XF86Mail", "XF86Search", "XF86Close"),
)
"""Keys whose chords are no window manager's own, but for Alt+F4: others are not ours to take."""
POLL_S = 1.0
"""Of the simulator; so long it takes to the next picture, and at most 0.8 of it to be read."""


@contextmanager
def a_hall(home: Path) -> Iterator[Tv]:
    """Show a TV with one board that only a PIN ends."""
    write_wall(home / "hall.toml", Wall(title="Hall", pin=kept_pin(PIN)))
    with tv(home, "demo", "--seed", "5", "--board", str(home / "hall.toml")) as there:
        there.until_there()
        yield there


@pytest.fixture(scope="module")
def one_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tv]:
    with a_hall(tmp_path_factory.mktemp("hall")) as there:
        yield there


@pytest.fixture
def hall(one_hall: Tv) -> Tv:
    """A TV that every test leaves running."""
    one_hall.until_there()
    return one_hall


def told(text: str) -> None:
    """Say a figure to who wants to see it: pytest -s."""
    sys.stdout.write(f"{text}\n")


def now_s() -> float:
    return time.time()  # noqa: TID251 - records tell the machine's own clock


def far(seen: KioskRecord) -> bool:
    """Return whether its board is where none can be that was begun five seconds ago."""
    scene, page, shown_s = seen.boards[0].place.split()
    return (scene, page) != ("0", "0") or float(shown_s) >= BACK_WITHIN_S + 1


@pytest.mark.timing
@pytest.mark.parametrize("_", range(size_of_campaign(1, 10)))
def test_that_one_that_crashes_or_hangs_is_back_within_five_seconds_where_it_was(
    tmp_path: Path, _: int
) -> None:
    with a_hall(tmp_path) as hall:
        # One that is stopped stands still as one whose main thread waits for something for ever.
        for number, why in (
            (signal.SIGSEGV, "SIGSEGV"),
            # What writes down where it was may crash itself, over threads that go on.
            (signal.SIGABRT, "SIG"),
            (signal.SIGSTOP, "said nothing"),
        ):
            hall.until(far, "a board that has been there for a while", 60)
            restarts = hall.record().restarts
            old, since = hall.window_pid, now_s()
            assert old is not None
            os.kill(old, number)
            took_s = hall.until_again(old, since)
            told(f"back after {number.name}: {took_s:.2f} s")
            assert took_s <= BACK_WITHIN_S
            assert why in hall.record().why
            assert hall.record().restarts == restarts + 1
            assert far(hall.record()), hall.record().boards[0].place
            hall.until_there()
            told(f"live again after {number.name}: {now_s() - since:.2f} s")


@pytest.mark.timing
def test_that_a_machine_that_slept_is_live_again_within_a_poll_and_a_deadline(hall: Tv) -> None:
    rng = random.Random(7)
    window = hall.window_pid
    longest_s = 0.0
    for _ in range(size_of_campaign(3, 100)):
        woke = hall.sleep(rng.choice((0.5, 2.0, 6.0)))

        def live(seen: KioskRecord, woke: float = woke) -> bool:
            return seen.freshness == "live" and (seen.as_of or 0) >= woke

        longest_s = max(longest_s, hall.until(live, "a live picture"))
    told(f"live again after {longest_s:.2f} s at most")
    # One second more: so often the window says how it is.
    assert longest_s <= POLL_S + 0.8 * POLL_S + 1.0
    assert hall.window_pid == window, "sleep was taken for a crash"


def test_that_screens_that_come_go_and_change_crash_nothing(hall: Tv) -> None:
    rng = random.Random(11)
    window, restarts = hall.window_pid, hall.record().restarts
    there: set[str] = set()
    for _ in range(size_of_campaign(12, 500)):
        name = rng.choice(("TV-1", "TV-2", "TV-3"))
        if name in there and rng.random() < 0.5:
            hall.unplug(name)
            there.discard(name)
        else:
            hall.unplug(name)
            width, height = rng.choice(((640, 480), (800, 720), (1280, 720)))
            hall.plug(name, width, height, rng.choice((0, 320)))
            there.add(name)
        if rng.random() < 0.1:
            hall.xrandr("--output", "screen", "--off")
        if rng.random() < 0.3:
            hall.xrandr("--output", "screen", "--mode", "1280x720")
        hall.program.runs_for(rng.choice((0.0, 0.1, 0.3)))
        assert hall.record().restarts == restarts, hall.log()
    for name in there:
        hall.unplug(name)
    hall.xrandr("--output", "screen", "--mode", "1280x720")
    hall.plug("TV-9", 800, 720)
    hall.until(lambda told: told.boards[0].screen in ("TV-9", "screen"), "a screen", 10)
    hall.unplug("TV-9")
    assert hall.window_pid == window


def test_that_without_any_screen_it_runs_on_and_comes_back(hall: Tv) -> None:
    window = hall.window_pid
    hall.xrandr("--output", "screen", "--off")
    hall.until(lambda told: told.boards[0].screen == "", "no screen", 10)
    hall.xrandr("--output", "screen", "--mode", "1280x720")
    assert hall.until(lambda told: told.boards[0].screen != "", "a screen", 10) <= 5.0
    assert hall.window_pid == window


def test_that_hands_at_a_real_keyboard_and_mouse_open_nothing(hall: Tv) -> None:
    rng = random.Random(13)
    window, restarts, seen = hall.window_pid, hall.record().restarts, hall.windows()
    assert len(seen) == 1
    for _ in range(size_of_campaign(2, 200)):
        words: list[str] = []
        for _ in range(50):
            words += rng.choice(
                (
                    ("key", rng.choice(KEYS)),
                    ("key", f"{rng.choice(('alt', 'ctrl', 'shift'))}+{rng.choice(KEYS)}"),
                    ("click", str(rng.randrange(1, 10))),
                    ("mousemove", str(rng.randrange(1280)), str(rng.randrange(720))),
                )
            )
        hall.hand(*words)
        hall.program.runs_for(0.2)
        assert hall.windows() == seen
        assert (hall.window_pid, hall.record().restarts) == (window, restarts), hall.log()


def test_that_nothing_but_the_pin_ends_it(tmp_path: Path) -> None:
    with a_hall(tmp_path) as hall:
        end_by_pin(hall)


def end_by_pin(hall: Tv) -> None:
    window = hall.window_pid
    hall.screen.press("alt+F4", "alt+space", "ctrl+q", "ctrl+w", "F1", "Menu", "Escape", "super")
    hall.screen.press("1", "1", "1", "1", "Return")
    hall.program.runs_for(1.5)
    assert hall.window_pid == window
    hall.screen.press("Escape")
    hall.screen.type(PIN)
    hall.screen.press("Return")
    assert hall.program.process.wait(20) == 0
