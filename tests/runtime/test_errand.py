from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from wallboard.runtime.errand import Errand


def test_that_the_work_is_done_in_another_thread_and_its_result_told(qtbot: QtBot) -> None:
    errand = Errand(threading.get_ident)
    with qtbot.waitSignal(errand.succeeded) as told:
        errand.start()
    assert told.args is not None
    assert told.args[0] != threading.get_ident()


def test_that_an_error_is_told_as_it_is(qtbot: QtBot) -> None:
    error = ValueError("no")

    def fail() -> None:
        raise error

    errand = Errand(fail)
    succeeded: list[object] = []
    errand.succeeded.connect(succeeded.append)
    with qtbot.waitSignal(errand.failed) as told:
        errand.start()
    assert told.args == [error]
    assert succeeded == []


def test_that_nothing_is_told_after_the_stop(qtbot: QtBot) -> None:
    go_on, said = threading.Event(), []
    errand = Errand(lambda: go_on.wait(10))
    errand.succeeded.connect(said.append)
    errand.failed.connect(said.append)
    errand.start()
    errand.stop()
    go_on.set()
    errand._thread.join(10)
    qtbot.wait(50)
    assert said == []


def test_that_what_is_on_its_way_when_it_is_stopped_is_not_told(qtbot: QtBot) -> None:
    said: list[object] = []
    errand = Errand(lambda: "of the one before")
    errand.succeeded.connect(said.append)
    errand.start()
    errand._thread.join(10)  # it has said it, and nobody has listened yet
    errand.stop()
    qtbot.wait(50)
    assert said == []
