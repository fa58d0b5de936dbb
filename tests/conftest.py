"""What every test stands on: no screen, no keyring, no home of the user, no network but 127.0.0.1.

A real Asterisk is used only when asked for, with `pytest -m lab` or WALLBOARD_LAB=1.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from PySide6.QtWidgets import QApplication
from support.asterisk_lab import VERSIONS, AsteriskLab, started, stopped, why_no_lab
from support.shared import WHY_NOT, shared_folder

# Said before anything imports Qt or keyring. The language is fixed so that a developer's own
# does not decide what a test sees.
_HOME = tempfile.TemporaryDirectory(prefix="wallboard-tests-")
os.environ.update(
    {
        "LC_ALL": "C.UTF-8",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "QT_QPA_PLATFORM": "offscreen",
        "WALLBOARD_HOME": _HOME.name,
    }
)

# A busy machine is no reason to fail: pytest-timeout ends what hangs.
hypothesis.settings.register_profile("wallboard", deadline=None, print_blob=True)
hypothesis.settings.load_profile("wallboard")

_LAB_TIMEOUT_S = 300
_ASK_FOR_LAB = "talks to a real Asterisk: ask for it with `pytest -m lab` or WALLBOARD_LAB=1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    named = re.search(r"(?<!not )\blab\b", config.option.markexpr or "")
    asked = named is not None or os.environ.get("WALLBOARD_LAB") == "1"
    for item in items:
        if item.get_closest_marker("lab") is None:
            continue
        if not asked:
            item.add_marker(pytest.mark.skip(reason=_ASK_FOR_LAB))
        # Installing and starting a server is no part of a test's time.
        own = item.get_closest_marker("timeout")
        seconds = own.args[0] if own is not None and own.args else _LAB_TIMEOUT_S
        item.add_marker(pytest.mark.timeout(seconds, func_only=True), append=False)


@pytest.fixture(scope="session", autouse=True)
def _one_application(qapp: QApplication) -> QApplication:
    """The application of all tests of a process: a test may not begin with a lesser one."""
    return qapp


def pytest_unconfigure() -> None:
    _HOME.cleanup()


@pytest.fixture(autouse=True)
def wallboard_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all the program's files: this test's own, not there yet."""
    home = tmp_path / "wallboard-home"
    monkeypatch.setenv("WALLBOARD_HOME", str(home))
    return home


@pytest.fixture
def real_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the processes that this test starts use the desktop's keyring, where there is one."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder that developers share beside the checkout."""
    folder = shared_folder()
    if folder is None:
        pytest.skip(WHY_NOT)
    return folder


@pytest.fixture(scope="session")
def asterisk_lab() -> Iterator[Callable[[int], AsteriskLab]]:
    """Gives the lab's PBX of a version: `asterisk_lab(22)`. For tests marked `lab`.

    One that was running already is used and left running.
    """
    ours: list[AsteriskLab] = []

    @cache
    def lab_of(version: int) -> AsteriskLab:
        shared = shared_folder()
        reason = why_no_lab(shared)
        if reason is not None or shared is None:
            pytest.skip(reason or WHY_NOT)
        lab, is_ours = started(version, shared)
        if is_ours:
            ours.append(lab)
        return lab

    yield lab_of
    for lab in ours:
        stopped(lab)


@pytest.fixture(params=VERSIONS, ids=lambda version: f"asterisk_{version}")
def lab(request: pytest.FixtureRequest, asterisk_lab: Callable[[int], AsteriskLab]) -> AsteriskLab:
    """A real PBX, one after the other of every version. For tests marked `lab`."""
    return asterisk_lab(request.param)
