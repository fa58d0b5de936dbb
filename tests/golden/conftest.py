"""The real days whose figures two other programs worked out."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.golden_calls import DAYS, GoldenDay, golden_day


@pytest.fixture(scope="module")
def folder(shared_dir: Path) -> Path:
    found = shared_dir / "golden" / "calls"
    if not found.is_dir():
        pytest.skip("the shared folder has no golden calls")
    return found


@pytest.fixture(params=DAYS)
def day(request: pytest.FixtureRequest, folder: Path) -> GoldenDay:
    return golden_day(folder, request.param)
