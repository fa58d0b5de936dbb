"""One sees of each way out how it stands, why something waits, and when it is tried next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from pytestqt.qtbot import QtBot
from support.alert_events import alert_event
from support.clocks import NOON

from wallboard.domain.delivery import Delivery, DeliveryState
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.severity import Severity
from wallboard.ui.look import Look
from wallboard.ui.panels.delivery_list import (
    MOST,
    DeliveryList,
    standing_text,
    standings_of,
)
from wallboard.ui.theme.tokens import DARK
from wallboard.ui.wording import Wording

DOWN = fault(FaultKind.UNREACHABLE, host="mail.example.com", port=587, reason="refused")


def delivery(number: int, way: str = "night", **more: object) -> Delivery:
    at = NOON + timedelta(seconds=number)
    one = Delivery(way=way, event=alert_event(number), queued_at=at, due_at=at)
    return replace(one, **more)  # type: ignore[arg-type] # the fields' own types


def texts(*deliveries: Delivery) -> list[str]:
    told = [standing_text(one, UTC, Wording()) for one in standings_of(deliveries)]
    return [text.replace("\u2068", "").replace("\u2069", "") for text in told]


def sent(number: int, way: str = "night") -> Delivery:
    return delivery(number, way, state=DeliveryState.SENT, tries=1)


def failed(number: int, way: str = "night") -> Delivery:
    return delivery(number, way, state=DeliveryState.FAILED, tries=99, fault=DOWN)


def test_that_a_way_that_works_says_when_it_did_last() -> None:
    assert texts(sent(1), sent(70)) == ["night: all 2 delivered, the last at 12:01"]


def test_that_what_is_on_its_way_is_no_trouble() -> None:
    assert texts(delivery(1), sent(0)) == ["night: 1 on the way"]
    assert standings_of([delivery(1)])[0].severity is Severity.CALM


def test_that_what_waits_says_why_and_until_when() -> None:
    (text,) = texts(delivery(1, tries=2, fault=DOWN), delivery(2), sent(0))
    assert text.startswith("night: 2 waiting. The server ")
    assert text.endswith("cannot be reached (refused). Next try at 12:00:01.")
    assert standings_of([delivery(1, fault=DOWN)])[0].severity is Severity.WARNING


def test_that_what_was_given_up_is_told_until_something_arrives_again() -> None:
    (text,) = texts(failed(1), sent(0))
    assert text.startswith("night: 1 not delivered. The server ")
    assert standings_of([failed(1)])[0].severity is Severity.CRITICAL
    assert texts(failed(1), sent(2)) == ["night: all 1 delivered, the last at 12:00"]


def test_that_trouble_comes_first() -> None:
    ways = standings_of([sent(1, "a"), delivery(1, "b", fault=DOWN), failed(1, "c"), sent(1, "aa")])
    assert [each.way for each in ways] == ["c", "b", "a", "aa"]


def panel(qtbot: QtBot) -> DeliveryList:
    made = DeliveryList(Look(theme=DARK, wording=Wording()))
    qtbot.addWidget(made)
    return made


def test_that_without_ways_there_is_nothing_to_see(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.show_deliveries((), UTC)
    assert made.sizeHint().height() == 0


def test_that_it_grows_with_its_ways_and_tells_them_to_who_listens(qtbot: QtBot) -> None:
    made = panel(qtbot)
    with qtbot.waitSignal(made.resized):
        made.show_deliveries([sent(1), sent(1, "hook")], UTC)
    two = made.sizeHint().height()
    assert "hook" in made.accessibleDescription()
    made.show_deliveries([sent(1, f"way {number}") for number in range(9)], UTC)
    assert two < made.sizeHint().height() <= (MOST + 1) * two


def test_that_what_waits_can_be_tried_at_once(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.show_deliveries([sent(1), delivery(2)], UTC)
    assert made.button.isHidden()
    made.show_deliveries([delivery(1, fault=DOWN), sent(1, "hook")], UTC)
    assert not made.button.isHidden()
    with qtbot.waitSignal(made.try_wanted) as wanted:
        made.button.click()
    assert wanted.args == ["night"]
