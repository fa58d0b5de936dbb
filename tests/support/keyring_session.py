"""A desktop session with a real keyring of its own, for as long as one command runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

_NEEDED: Final = ("dbus-run-session", "gnome-keyring-daemon", "secret-tool")
_UNLOCKED: Final = 'printf "pw\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null'
_LOCKED: Final = "gnome-keyring-daemon --start --components=secrets >/dev/null"


def why_no_keyring() -> str | None:
    """Return why there can be no such session here. None if there can be."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        return (
            f"a real keyring needs {', '.join(missing)}:"
            " apt install gnome-keyring libsecret-tools dbus-user-session"
        )
    return None


def in_session(
    folder: Path, *command: str, unlocked: bool = True, said: str = "", **env: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a session whose keyring lives in `folder`."""
    start = _UNLOCKED if unlocked else _LOCKED
    run = folder / "run"
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {
        name: value
        for name, value in os.environ.items()
        # No screen: there is nobody to answer a question.
        if name not in ("PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY")
    }
    return subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f'{start} 2>&1; exec "$@"', "sh", *command],
        input=said,
        env={
            **kept,
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_RUNTIME_DIR": str(run),
            **env,
        },
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
