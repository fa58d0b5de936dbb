from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.campaign import size_of_campaign

TESTS = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as POSIX does")
@pytest.mark.timeout(3600)
def test_that_no_kill_loses_what_was_acknowledged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kills = size_of_campaign(200, 1000)
    ran = subprocess.run(
        [sys.executable, "-m", "support.crash_rig", tmp_path, str(kills)],
        cwd=TESTS,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    with capsys.disabled():
        sys.stdout.write(
            f"\nkill -9 of a writer: {said['kills']} kills, {len(said['lost'])} of"
            f" {said['acknowledged']} acknowledged facts lost,"
            f" {len(said['unopenable'])} files that do not open\n"
        )
    assert said["kills"] == kills
    assert said["acknowledged"] > 10 * kills
    assert said["lost"] == []
    assert said["unopenable"] == []
    assert said["sound"]
