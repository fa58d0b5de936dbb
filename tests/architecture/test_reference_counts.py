"""The program can run for weeks: Qt's calls cost no references to None, True and False."""

from __future__ import annotations

import json

from support.checkout import python

TICKS = 1000

PROGRAM = f"""
import gc, json, sys
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

class Bell(QObject):
    rung = Signal(int)
    silenced = Signal()

    def heard(self, number: int) -> None:
        pass

app = QApplication([])
widget, bell = QWidget(), Bell()
bell.rung.connect(bell.heard)

def tick(number):
    widget.setWindowTitle(str(number))
    widget.setEnabled(number % 2 == 0)
    widget.setVisible(False)
    widget.update()
    widget.isVisible()
    bell.rung.emit(number)
    bell.silenced.emit()
    bell.silenced.connect(bell.deleteLater)
    bell.silenced.disconnect(bell.deleteLater)
    app.processEvents()

def counts():
    gc.collect()  # what the imports left lying refers to None too, and goes at no fixed time
    return [sys.getrefcount(it) for it in (None, True, False)]

for number in range(100):
    tick(number)
before = counts()
for number in range({TICKS}):
    tick(number)
after = counts()
print(json.dumps([after[i] - before[i] for i in range(3)]))
"""


def test_that_a_thousand_ticks_of_qt_drop_no_reference_to_none_true_or_false() -> None:
    ran = python(PROGRAM)
    assert ran.code == 0, ran.text
    gained = json.loads(ran.out)
    # A bad build loses several a tick. A few more or less come from caches.
    assert all(-TICKS / 20 < change < TICKS for change in gained), gained
