"""Interrupted at a random moment, a file is the old one or the new one, never half of one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import paper_torture
from support.campaign import size_of_campaign
from support.checkout import ROOT
from support.papers import any_paper

from wallboard.domain.paper import Paper, PaperFault, PaperNotWritten
from wallboard.papers.as_csv import write_csv
from wallboard.papers.as_xlsx import write_xlsx

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")


@pytest.mark.timeout(900)  # for the campaign in full
def test_that_no_half_file_is_ever_seen(tmp_path: Path) -> None:
    rounds = size_of_campaign(30, 210)
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'tests'}{os.pathsep}{ROOT}"}

    ran = subprocess.run(
        [sys.executable, paper_torture.__file__, str(tmp_path), str(rounds), "3"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["half"] == []
    assert told["found"]["killed"] == told["found"]["full"] == told["found"]["gone"] == rounds // 3
    # At least the old file of each round in which the folder was not taken away.
    assert told["found"]["files seen"] >= rounds * 2 // 3
    # Each form was written to its end before something was interrupted.
    assert all(told["found"].get(f"{form} new") for form in paper_torture.FORMS)
    # Kills that hit nothing would prove nothing.
    assert told["found"]["left in the making"] > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for 64 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("needs the right to mount a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_that_a_full_disk_is_told_as_that_and_keeps_what_it_had(
    write: Callable[[Paper, Path], tuple[Path, ...]], small_disk: Path
) -> None:
    target = small_disk / "a.x"
    target.write_bytes(b"old")

    with pytest.raises(PaperNotWritten) as refused:
        write(any_paper(4_000), target)

    assert refused.value.fault is PaperFault.DISK_FULL
    assert target.read_bytes() == b"old"
    assert [path.name for path in small_disk.iterdir()] == ["a.x"]
