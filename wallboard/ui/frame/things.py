"""All that the palette can find on the board as it is: pages, deeds, figures, queues, agents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wallboard.domain.snapshot import AgentState, QueueId
from wallboard.engine.board import Board
from wallboard.ui.frame.page_table import PAGES, page_keys
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.panels.kpi_strip import TILES
from wallboard.ui.panels.settings_choices import SECTIONS, TABLES
from wallboard.ui.theme.tokens import THEMES
from wallboard.ui.thing import Thing, ThingKind
from wallboard.ui.window_button import OFFERED
from wallboard.ui.wording import LANGUAGES, Wording
from wallboard.ui.words import phrase

DEEDS: Final = (
    ("refresh", phrase("Palette", "Ask the system now"), "F5"),
    ("language", phrase("Palette", "Language: {language}"), "Ctrl+L"),
    ("full_screen", phrase("Palette", "Full screen"), "F11"),
    ("guide", phrase("Palette", "Guide"), "F1"),
    ("keys", phrase("Palette", "Keys"), "?"),
    ("connect", phrase("Palette", "Connect a system"), ""),
    ("kiosk", phrase("Palette", "Start a TV board on its screen"), "Ctrl+Shift+K"),
)
"""What can be done: its key, what it is called, the keys that do the same."""
_THEME_NAMES: Final = {
    "dark": phrase("Palette", "Theme: dark"),
    "light": phrase("Palette", "Theme: light"),
    "contrast": phrase("Palette", "Theme: high contrast"),
}
_SETTING: Final = phrase("Palette", "Settings: {name}")
_KINDS: Final = {
    ThingKind.PAGE: phrase("Palette", "page"),
    ThingKind.QUEUE: phrase("Palette", "queue"),
    ThingKind.AGENT: phrase("Palette", "agent"),
    ThingKind.LISTENING: phrase("Palette", "supervise"),
    ThingKind.FIGURE: phrase("Palette", "explain"),
    ThingKind.WINDOW: phrase("Palette", "figures of"),
    ThingKind.SETTING: phrase("Palette", "setting"),
    ThingKind.THEME: phrase("Palette", "action"),
    ThingKind.DEED: phrase("Palette", "action"),
}
_LISTEN: Final = phrase("Supervision", "Listen to {name}")
_TALKS: Final = frozenset({AgentState.IN_CALL, AgentState.ON_HOLD})
AGENTS_PAGE: Final = "agents"
_HAS_AGENTS: Final = any(entry.key == AGENTS_PAGE for entry in PAGES)


def things_of(board: Board, wording: Wording, *, supervised: bool = False) -> tuple[Thing, ...]:
    """Return all that can be found, in the order that is offered before anything is typed.

    Args:
        supervised: True if agents who talk can be listened to, or it is told why not.
    """
    return (
        *_pages(wording),
        *_deeds(wording),
        *_figures(wording),
        *_windows(wording),
        *_settings(wording),
        *_queues(board, wording),
        *_agents(board, wording),
        *(_listening(board, wording) if supervised else ()),
    )


def _pages(wording: Wording) -> Iterator[Thing]:
    for at, entry in enumerate(PAGES):
        yield Thing(
            what=ThingKind.PAGE,
            key=entry.key,
            name=wording.say(entry.name),
            kind=wording.say(_KINDS[ThingKind.PAGE]),
            glyph=entry.glyph,
            keys=page_keys(at),
        )


def _deeds(wording: Wording) -> Iterator[Thing]:
    kind = wording.say(_KINDS[ThingKind.DEED])
    other = LANGUAGES["en" if wording.language == "fa" else "fa"]
    for key, name, keys in DEEDS:
        said = wording.say(name, language=other) if key == "language" else wording.say(name)
        yield Thing(what=ThingKind.DEED, key=key, name=said, kind=kind, glyph="act", keys=keys)
    for theme in THEMES:
        said = wording.say(_THEME_NAMES[theme])
        yield Thing(what=ThingKind.THEME, key=theme, name=said, kind=kind, glyph="act")


def _figures(wording: Wording) -> Iterator[Thing]:
    for key in TILES:
        yield Thing(
            what=ThingKind.FIGURE,
            key=key,
            name=wording.kpi_name(key),
            kind=wording.say(_KINDS[ThingKind.FIGURE]),
            glyph="figure",
            note=wording.kpi_meaning(key),
        )


def _windows(wording: Wording) -> Iterator[Thing]:
    for kind in OFFERED:
        yield Thing(
            what=ThingKind.WINDOW,
            key=str(kind),
            name=wording.window(kind),
            kind=wording.say(_KINDS[ThingKind.WINDOW]),
            glyph="window",
        )


def _settings(wording: Wording) -> Iterator[Thing]:
    kind = wording.say(_KINDS[ThingKind.SETTING])
    rows = [(place, row.name) for place, table in TABLES.items() for row in table.rows]
    for place, name in (*SECTIONS.items(), *rows):
        said = wording.say(_SETTING, name=wording.say(name))
        yield Thing(what=ThingKind.SETTING, key=place, name=said, kind=kind, glyph="settings")


def _queues(board: Board, wording: Wording) -> Iterator[Thing]:
    kind = wording.say(_KINDS[ThingKind.QUEUE])
    for queue_id in board.order:
        name = shown(board.queues[queue_id].queue.name)
        yield Thing(what=ThingKind.QUEUE, key=queue_id, name=name, kind=kind, glyph="queues")


def _agents(board: Board, wording: Wording) -> Iterator[Thing]:
    if not _HAS_AGENTS or board.snapshot is None:
        return
    kind = wording.say(_KINDS[ThingKind.AGENT])
    for agent in board.snapshot.agents.values():
        yield Thing(
            what=ThingKind.AGENT,
            key=agent.agent_id,
            name=shown(agent.name),
            kind=kind,
            glyph="agent",
            note=wording.listed(_queue_name(board, queue_id) for queue_id in agent.queues),
        )


def _listening(board: Board, wording: Wording) -> Iterator[Thing]:
    if board.snapshot is None:
        return
    kind = wording.say(_KINDS[ThingKind.LISTENING])
    for agent in board.snapshot.agents.values():
        if agent.call_id is not None and agent.state in _TALKS:
            yield Thing(
                what=ThingKind.LISTENING,
                key=agent.agent_id,
                name=wording.say(_LISTEN, name=isolated(agent.name)),
                kind=kind,
                glyph="ear",
            )


def _queue_name(board: Board, queue_id: QueueId) -> str:
    standing = board.queues.get(queue_id)
    return shown(queue_id if standing is None else standing.queue.name)
