"""The whole program as a screen reader hears it, over the bus that real ones listen on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.screen_reader import Node, ScreenReader, screen_reader, why_no_screen_reader
from support.started_program import StartedProgram
from support.virtual_screen import VirtualScreen, virtual_screen, why_no_screen

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(bool(why_no_screen()), reason=why_no_screen() or ""),
    pytest.mark.skipif(bool(why_no_screen_reader()), reason=why_no_screen_reader() or ""),
]


@pytest.fixture
def screen() -> Iterator[VirtualScreen]:
    with virtual_screen() as made:
        yield made


@pytest.fixture
def reader(tmp_path: Path, screen: VirtualScreen) -> Iterator[ScreenReader]:
    with screen_reader(tmp_path, screen.display) as made:
        yield made


def test_that_the_board_is_heard_tile_by_tile_and_row_by_row(
    tmp_path: Path, wallboard_home: Path, screen: VirtualScreen, reader: ScreenReader
) -> None:
    program = StartedProgram(tmp_path, "demo", "--seed", "7", **screen.env, **reader.env)
    try:
        found: list[Node] = []

        def there() -> bool:
            for node in reader.programs():
                tiles = node.found("panel", "^Key figures$")
                if tiles is not None and tiles.children():
                    found[:] = [node, tiles]
                    return True
            return False

        program.until(there, "tiles that can be heard", within_s=40)
        whole, tiles = found
        names = [tile.name for tile in tiles.children()]
        assert names[:2] == ["Waiting", "Longest wait"]
        assert {tile.role for tile in tiles.children()} == {"push button"}
        assert all("updated" in tile.words for tile in tiles.children())
        table = whole.found("list", "^Queues, worst first$")
        assert table is not None
        row = table.children()[0]
        assert row.role == "list item"
        assert "Longest wait" in row.name
        assert row.children()[0].name.startswith("Waiting ")
        screen.focus(program)
        # From tile to tile, to the table, to its second row, and there to a figure.
        program.runs_for(1)
        screen.press("F6", "Right", "F6", "Down", "Down", "Right")

        def come_to() -> list[tuple[str, str]]:
            return [(node.role, node.name) for node in reader.visited(whole)]

        program.until(
            lambda: any(role == "label" for role, _ in come_to()), "figure that can be heard"
        )
        places = come_to()
        tiles_come_to = [name for role, name in places if role == "push button"]
        assert tiles_come_to[0].startswith("Service level")
        assert tiles_come_to[1].startswith("Abandoned")
        rows = [name for role, name in places if role == "list item"]
        assert len(rows) == 2
        assert all("Longest wait" in name for name in rows)
        program.until(lambda: "member=Announcement" in reader.heard(), "news that can be heard")
    finally:
        program.close()
