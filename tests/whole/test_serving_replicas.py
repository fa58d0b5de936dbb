"""Replicas and their database are killed while walls look: nothing is lost, nothing told twice.

All of it: `WALLBOARD_CAMPAIGN=full pytest tests/whole/test_serving_replicas.py`, 50 kills.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.campaign import size_of_campaign
from support.postgres_server import why_no_server

from wallboard.sources.simulator import KIND as SIMULATOR

pytest.importorskip("uvicorn", reason="walls are served with the extra `server`")
pytest.importorskip("psycopg", reason="replicas share a database of PostgreSQL")

TESTS = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as POSIX does")
@pytest.mark.skipif(why_no_server() is not None, reason=str(why_no_server()))
@pytest.mark.timeout(3600)
def test_that_no_kill_loses_a_fact_or_tells_one_twice_and_all_walls_recover(
    capsys: pytest.CaptureFixture[str],
) -> None:
    kills = size_of_campaign(2, 50)
    ran = subprocess.run(
        [sys.executable, "-m", "support.replica_rig", str(kills)],
        cwd=TESTS,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    with capsys.disabled():
        sys.stdout.write(
            f"\nkill -9 of who polls and of PostgreSQL: {kills} kills,"
            f" {len(said['lost'])} of {said['told']} facts that walls were told lost,"
            f" {len(said['twice'])} twice, {len(said['unexplained'])} of {said['ended']} calls"
            f" that ended in plain sight without a fact; taken over after"
            f" {max(said['takeovers'])} s and all well after {max(said['recoveries'])} s at most;"
            f" {said['failed']} of {said['asked']} questions failed\n"
        )
    assert said["kills"] == kills
    assert said["lost"] == []
    assert said["twice"] == []
    assert said["unexplained"] == []
    assert said["early"] == []
    assert said["lacking"] == 0
    assert said["troubles"] == []
    assert said["facts"] >= said["told"] > 100 * kills
    assert said["ended"] > 5 * kills
    assert "history_away" in said["shown"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as POSIX does")
@pytest.mark.skipif(why_no_server() is not None, reason=str(why_no_server()))
@pytest.mark.timing
@pytest.mark.timeout(900)
def test_that_another_one_takes_over_within_two_polls(capsys: pytest.CaptureFixture[str]) -> None:
    kills = size_of_campaign(3, 50)
    ran = subprocess.run(
        [sys.executable, "-m", "support.replica_rig", str(kills), "demo"],
        cwd=TESTS,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    took_s = json.loads(ran.stdout)
    with capsys.disabled():
        sys.stdout.write(f"\nkill -9 of who polls, {kills} times: taken over after {took_s} s\n")
    assert len(took_s) == kills
    assert max(took_s) <= 2 * SIMULATOR.poll.total_seconds()
