"""A connection's board before its source has told anything."""

from __future__ import annotations

from datetime import timedelta, tzinfo

from wallboard.engine.board import Board
from wallboard.runtime.opening import Opening


def first_board(opening: Opening, zone: tzinfo, poll: timedelta) -> Board:
    """Return the board that all others of this connection follow from.

    Args:
        zone: The site's.
        poll: How often the source should prove that it is alive.
    """
    return Board(
        name=opening.name,
        zone=zone,
        poll=poll,
        demo=opening.demo,
        measuring=opening.measuring,
        arrangement=opening.arrangement,
    )
