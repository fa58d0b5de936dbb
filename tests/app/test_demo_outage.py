"""An outage of the demo is a file that comes and goes, and nothing of it stays."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from wallboard.app.demo_outage import DemoOutage
from wallboard.runtime.opening import SIMULATOR, Opening
from wallboard.sources.simulator.source import OUTAGE_FILE

DEMO = Opening(name="Demo", kind=SIMULATOR, told={"scenario": "calm"}, demo=True)


def file_of(opening: Opening) -> Path:
    return Path(opening.told[OUTAGE_FILE])


def test_that_an_outage_begins_and_ends_and_leaves_nothing(qapp: QCoreApplication) -> None:
    outage = DemoOutage()
    changes: list[bool] = []
    outage.changed.connect(changes.append)
    outage.begin()
    assert changes == [], "no demo is open yet"
    opening = outage.possible_in(DEMO)
    assert opening.told["scenario"] == "calm"
    assert not file_of(opening).exists()
    outage.begin()
    outage.begin()
    assert file_of(opening).exists()
    outage.end()
    outage.end()
    assert not file_of(opening).exists()
    assert changes == [True, False]
    outage.begin()
    outage.close()
    outage.close()
    assert not file_of(opening).parent.exists()
    assert changes == [True, False, True, False]


def test_that_an_outage_ends_by_itself(qtbot: QtBot) -> None:
    outage = DemoOutage(lasts_s=0.05)
    opening = outage.possible_in(DEMO)
    with qtbot.waitSignals([outage.changed, outage.changed], timeout=5000):
        outage.begin()
    assert not file_of(opening).exists()
    outage.close()
