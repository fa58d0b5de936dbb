"""Every page in every state, language, theme and size: nothing is cut, covered or hard to read.

All combinations: WALLBOARD_CAMPAIGN=full pytest -s tests/ui/test_crawl.py
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from itertools import product

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from support.crawl import frame_of, scoreboard, wrong_with
from support.looks import look_in
from support.sights import STATES, break_parts, live
from support.supervised import frame_in, states, talker, waiter, window_in

from wallboard.ui.frame.page_table import PAGES
from wallboard.ui.theme.tokens import THEMES

SMALL, LARGE, HUGE = QSize(1366, 768), QSize(1920, 1080), QSize(3840, 2160)
SIZES = {"1366": (SMALL, 1), "1920": (LARGE, 1), "3840": (HUGE, 1), "3840@2": (LARGE, 2)}
FULL = os.environ.get("WALLBOARD_CAMPAIGN") == "full"
KEYS = [entry.key for entry in PAGES]


def looks_at(at: int) -> list[tuple[str, str]]:
    """Return sizes and themes to look at a state in: all of them in turn, or all at once."""
    pairs = list(product(SIZES, THEMES))
    if FULL:
        return pairs
    # Colours do not hang on the size: each size once, and the theme is another one every time.
    themes = list(THEMES)
    sizes = [size for size in SIZES if size != "3840@2" or at == 0]
    return [(size, themes[(at + n) % len(themes)]) for n, size in enumerate(sizes)]


@pytest.mark.qt_no_exception_capture
@pytest.mark.timeout(600 if FULL else 180)
@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("state", STATES)
def test_that_no_page_is_cut_covered_or_hard_to_read_when_it_is(
    qapp: QApplication, state: str, language: str
) -> None:
    made = STATES[state](language)
    found: Counter[str] = Counter()
    looked_at = 0
    for name, theme in looks_at(list(STATES).index(state)):
        size, ratio = SIZES[name]
        frame = frame_of(made, look_in(language, theme), size)
        for key in KEYS:
            frame.open_page(key)
            if state == "failed":
                break_parts(frame)
            looked_at += 1
            for wrong in wrong_with(frame, size, made.board, ratio):
                found[f"{key} {name} {theme}: {wrong}"] += 1
        frame.deleteLater()
    if FULL:
        sys.stdout.write(f"{state} {language}: {scoreboard(looked_at, found)}\n")
    assert not found, scoreboard(looked_at, found)


SUPERVISED = list(states(live("en")))


@pytest.mark.qt_no_exception_capture
@pytest.mark.timeout(600 if FULL else 180)
@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("state", SUPERVISED)
def test_that_no_page_is_cut_covered_or_hard_to_read_while_a_supervisor_is(
    qapp: QApplication, state: str, language: str
) -> None:
    found: Counter[str] = Counter()
    looked_at = 0
    looks = looks_at(SUPERVISED.index(state))
    # All sizes are those of the pages, which are looked at above.
    for name, theme in looks if FULL else looks[:1]:
        size, ratio = SIZES[name]
        made = live(language)
        window, _ = window_in(look_in(language, theme), states(made)[state], made, size)
        frame = frame_in(window)
        for key, row in (("agents", talker(made).agent_id), ("queues", waiter(made).queue_id)):
            frame.go_to(key, row, opened=True)
            looked_at += 1
            for wrong in wrong_with(window, size, made.board, ratio):
                found[f"{key} {name} {theme}: {wrong}"] += 1
        window.close()
        window.deleteLater()
    if FULL:
        sys.stdout.write(f"{state} {language}: {scoreboard(looked_at, found)}\n")
    assert not found, scoreboard(looked_at, found)
