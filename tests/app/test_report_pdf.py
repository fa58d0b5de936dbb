"""A PDF is written where there is no display, too, and without one it brings no Qt along."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from support import printed

SCRIPT = """
import sys
from pathlib import Path
from support.printed import shift_paper
from wallboard.app.report_files import _WRITERS
assert not any(name.startswith("PySide6.QtGui") for name in sys.modules), "Qt before it is needed"
from wallboard.app.report_pdf import write_pdf
target = Path(sys.argv[1])
for _ in range(2):
    assert write_pdf(shift_paper("fa"), target) == (target,)
from PySide6.QtGui import QGuiApplication
assert QGuiApplication.platformName() == "offscreen"
"""


def test_that_a_pdf_needs_no_display(tmp_path: Path) -> None:
    target = tmp_path / "shift.pdf"
    tests = str(Path(printed.__file__).parents[1])
    told = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(target)],
        env={**told, "PYTHONPATH": tests},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert target.read_bytes().startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == [target]
