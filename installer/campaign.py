"""Proves a whole release on this machine, and prints a scoreboard: `python installer/campaign.py`.

It builds in a fresh environment of pinned packages, lints the packages, installs one where nothing
is, uses it, takes it away, makes the set-up for Windows and runs it under Wine, compares size and
start with an untrimmed build and with the checkout. As root, on Debian, in some ten minutes;
what cannot be tested for want of a tool is skipped and says which.
"""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Final

from places import BUILD, DIST, ROOT

_BUILD: Final = ROOT / "installer" / "build.py"
_REPORT: Final = BUILD / "campaign.xml"


def main() -> int:
    """Run it all; return 0 if nothing failed."""
    for path in DIST.glob("wallboard*"):
        path.unlink()
    if subprocess.run([sys.executable, _BUILD], check=False).returncode:
        print("FAILED  the build")
        return 1
    env = {
        **os.environ,
        "WALLBOARD_FREEZE": "1",
        "WALLBOARD_RELEASE": str(ROOT),
        "WALLBOARD_CAMPAIGN": "full",
    }
    told = ["tests/installer", "-q", "-p", "no:randomly", "-o", "junit_family=xunit1"]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *told, f"--junitxml={_REPORT}"],
        cwd=ROOT,
        env=env,
        check=False,
    )
    print("\n".join(scoreboard(_REPORT)))
    return ended.returncode


def scoreboard(report: Path) -> list[str]:
    """Return a line a test: how it ended, how long it took, what it is, and its figure."""
    rows = []
    for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 - pytest has written it
        word = "passed"
        for tag, said in (("failure", "FAILED"), ("error", "FAILED"), ("skipped", "not run")):
            if case.find(tag) is not None:
                word = said
        name = case.get("name", "").removeprefix("test_that_").replace("_", " ")
        figures = [row.get("value", "") for row in case.iter("property")]
        after = f": {'; '.join(figures)}" if figures else ""
        rows.append(f"{word:8} {float(case.get('time', 0)):6.1f} s  {name}{after}")
    return rows


if __name__ == "__main__":
    sys.exit(main())
