"""The pages that there are, in their order: the one place that knows all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from wallboard.domain.value import value
from wallboard.ui.look import Look
from wallboard.ui.pages.overview import OverviewPage
from wallboard.ui.pages.page import Page
from wallboard.ui.words import Phrase, phrase


@value
class PageEntry:
    """A page, which is made when it is first asked for.

    Attributes:
        glyph: Which shape stands for it.
    """

    key: str
    name: Phrase
    glyph: str
    make: Callable[[Look], Page]


def _queues(look: Look) -> Page:
    # start-up: what is not shown first is not imported either
    from wallboard.ui.pages.queues import QueuesPage  # noqa: PLC0415 - start-up, as told

    return QueuesPage(look)


def _agents(look: Look) -> Page:
    from wallboard.ui.pages.agents import AgentsPage  # noqa: PLC0415 - start-up, as told

    return AgentsPage(look)


def _calls(look: Look) -> Page:
    from wallboard.ui.pages.calls import CallsPage  # noqa: PLC0415 - start-up, as told

    return CallsPage(look)


def _alerts(look: Look) -> Page:
    from wallboard.ui.pages.alerts import AlertsPage  # noqa: PLC0415 - start-up, as told

    return AlertsPage(look)


def _reports(look: Look) -> Page:
    from wallboard.ui.pages.reports import ReportsPage  # noqa: PLC0415 - start-up, as told

    return ReportsPage(look)


def _history(look: Look) -> Page:
    from wallboard.ui.pages.history import HistoryPage  # noqa: PLC0415 - start-up, as told

    return HistoryPage(look)


def _walls(look: Look) -> Page:
    from wallboard.ui.pages.walls import WallsPage  # noqa: PLC0415 - start-up, as told

    return WallsPage(look)


def _settings(look: Look) -> Page:
    from wallboard.ui.pages.settings import SettingsPage  # noqa: PLC0415 - start-up, as told

    return SettingsPage(look)


PAGES: Final = (
    PageEntry(key="overview", name=phrase("Page", "Overview"), glyph="overview", make=OverviewPage),
    PageEntry(key="queues", name=phrase("Page", "Queues"), glyph="queues", make=_queues),
    PageEntry(key="agents", name=phrase("Page", "Agents"), glyph="agents", make=_agents),
    PageEntry(key="calls", name=phrase("Page", "Calls"), glyph="calls", make=_calls),
    PageEntry(key="alerts", name=phrase("Page", "Alerts"), glyph="alerts", make=_alerts),
    PageEntry(key="reports", name=phrase("Page", "Reports"), glyph="reports", make=_reports),
    PageEntry(key="history", name=phrase("Page", "History"), glyph="history", make=_history),
    PageEntry(key="walls", name=phrase("Page", "TV boards"), glyph="walls", make=_walls),
    PageEntry(key="settings", name=phrase("Page", "Settings"), glyph="settings", make=_settings),
)
"""In the order of the rail. The nth of them is opened by Alt and n; the first one at the start."""


def page_keys(at: int) -> str:
    """Return the keys that open the page at a place, as they are written."""
    return f"Alt+{at + 1}"
