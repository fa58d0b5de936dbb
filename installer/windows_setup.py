"""Makes the set-up for Windows of a frozen folder, with makensis, on Windows or elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from icons import side_of
from places import RESOURCES, ROOT

_SCRIPT: Final = ROOT / "installer" / "windows" / "wallboard.nsi"
_ICON: Final = RESOURCES / "icons" / "wallboard.svg"
_TARGET: Final = "amd64-unicode"


def made(payload: Path, icon: Path, out: Path, version: str) -> Path:
    """Write the set-up and return its path.

    Args:
        payload: The frozen folder, with `wallboard.exe` and `_internal`.
        icon: An .ico file.

    Raises:
        FileNotFoundError: makensis is not installed.
        subprocess.CalledProcessError: It found a mistake; it has said which.
    """
    tool = shutil.which("makensis")
    if tool is None:
        message = "makensis is not installed: it comes with NSIS"
        raise FileNotFoundError(message)
    target = out / f"wallboard-{version}-windows-x64-setup.exe"
    numbers = [*map(int, re.findall(r"[0-9]+", version)), 0, 0, 0, 0][:4]
    told = {
        "VERSION": version,
        "VERSION_OF_FOUR": ".".join(map(str, numbers)),
        "PAYLOAD": str(payload),
        "ICON": str(icon),
        "OUT": str(target),
        "TARGET": _TARGET,
    }
    with tempfile.TemporaryDirectory() as folder:
        side = Path(folder) / "side.bmp"
        side.write_bytes(side_of(_ICON))
        defined = [f"-D{name}={value}" for name, value in {**told, "SIDE": str(side)}.items()]
        subprocess.run([tool, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, _SCRIPT], check=True)
    return target
