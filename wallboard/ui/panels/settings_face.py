"""What the page of settings shows, and what can be wished for there: values without a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import timedelta
from enum import StrEnum
from typing import TypeAlias

from wallboard.domain.measuring import AS_USUAL, Measuring
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.source import Field
from wallboard.domain.supervision import WishKind
from wallboard.domain.value import value

Chosen: TypeAlias = str | bool | int
"""What is chosen of one row: a key of a choice, a switch, a number."""


@value
class ConnectionFace:
    """A saved connection.

    Attributes:
        kind: What its kind of system is called, in English; its key where that is not known.
        place: Where it connects to. Text from outside; empty if there is nothing to tell.
        shown: True if it is what the window shows.
        starts: True if it is what the window opens at its start.
    """

    name: str
    kind: str
    place: str = ""
    shown: bool = False
    starts: bool = False


@value
class QueueFace:
    """What was decided for one queue. None: nothing of its own.

    Attributes:
        target: In which time its calls are to be answered.
        goal: From which service level on all is well, 0 to 1.
    """

    name: str | None = None
    group: str | None = None
    target: timedelta | None = None
    goal: float | None = None
    hidden: bool = False


AS_ALL = QueueFace()


@value
class WayKindFace:
    """A kind of way out of alerts that can be made.

    Attributes:
        label: English; the wording translates it.
        fields: What it wants to be told.
    """

    key: str
    label: str
    fields: tuple[Field, ...]


@value
class WayFace:
    """A saved way out of alerts.

    Attributes:
        kind: The key of its kind, which may be one that cannot be made here.
        fields: Values by key, without the secret ones. Text from outside.
        kept: Where its secrets are: `keyring`, `file`, `ask` or `none`.
        least: From which alerts on it is told: `warning` or `critical`.
        names: True if agents' names may leave the house by it.
        on: False if it is told nothing.
    """

    name: str
    kind: str
    fields: Mapping[str, str] = field(default_factory=dict)
    kept: str = "none"
    least: str = "critical"
    names: bool = False
    on: bool = True


class Decider(StrEnum):
    """Who says what a supervisor may do."""

    HERE = "here"
    DEMO = "demo"
    """Nobody: all is granted, since it is done to nobody."""
    SERVER = "server"


@value
class SupervisionFace:
    """What was decided about a supervisor's commands at the connection that is shown.

    Attributes:
        person: Who sits here, as he is signed in to the computer.
        phone: His phone, as the source dials it. Empty: none.
        may: What was granted to him.
        limit_minutes: So long a monitoring lasts at most.
        reasons: To choose from. Empty: the program's own.
        excluded: Whom nobody may monitor.
        tells: True if an agent is told, where the system can, that somebody is in the call.
        only_told: True if nobody may be in a call of whom that cannot be told.
    """

    person: str = ""
    phone: str = ""
    decider: Decider = Decider.HERE
    may: frozenset[WishKind] = frozenset()
    limit_minutes: int = 15
    reasons: tuple[str, ...] = ()
    excluded: frozenset[AgentId] = frozenset()
    tells: bool = True
    only_told: bool = False


@value
class SettingsFace:
    """All that the page shows besides the board.

    Attributes:
        choices: What is chosen, by the key of the row.
        connections: The saved ones, in their order.
        shown: What the connection is called that the window shows. Empty if there is none.
        demo: True if that is nothing real: what is decided for its queues is not kept.
        queues: What was decided for single queues of the shown connection.
        measuring: How the site measures, without the rules of single queues.
        supervision: Who may do what to calls and agents.
        ways: The ways out of alerts, in their order.
        way_kinds: What ways can be made of.
        notices: What is odd about the file of settings, as sentences.
        path: Where that file is.
    """

    choices: Mapping[str, Chosen] = field(default_factory=dict)
    connections: tuple[ConnectionFace, ...] = ()
    shown: str = ""
    demo: bool = False
    queues: Mapping[QueueId, QueueFace] = field(default_factory=dict)
    measuring: Measuring = AS_USUAL
    supervision: SupervisionFace = field(default_factory=SupervisionFace)
    ways: tuple[WayFace, ...] = ()
    way_kinds: tuple[WayKindFace, ...] = ()
    notices: tuple[str, ...] = ()
    path: str = ""


class Deed(StrEnum):
    """What can be done with connections."""

    CONNECT = "connect"
    """Connect another system; of no connection."""
    SHOW = "show"
    START = "start"
    """Have the window open it at its start."""
    EDIT = "edit"
    CHECK = "check"
    REMOVE = "remove"


@value
class ChoiceWish:
    """Another choice of one row."""

    key: str
    chosen: Chosen


@value
class QueueWish:
    """Another decision about one queue.

    Attributes:
        called: What the source calls it. Text from outside.
    """

    queue_id: QueueId
    decided: QueueFace
    called: str


@value
class MeasuringWish:
    """Another way to measure, or other shifts; rules of single queues are not in it."""

    measuring: Measuring


@value
class ConnectionWish:
    """Something to be done with a connection."""

    deed: Deed
    name: str = ""


@value
class SoundWish:
    """The sound of alerts that are so bad is to be heard once."""

    severity: Severity


class WayDeed(StrEnum):
    """What can be done with a way out."""

    TEST = "test"
    SWITCH = "switch"
    """Have it told nothing, or again."""
    EDIT = "edit"
    REMOVE = "remove"


@value
class WayWish:
    """Something to be done with a way out."""

    deed: WayDeed
    name: str


@value
class WayEntered:
    """A way out as it was entered, to be saved.

    Attributes:
        told: Values by key, secrets among them: never print or log it. A secret that is empty
            stays as it is kept.
        keep: Where its secrets go: `keyring` or `file`.
        new: True if there is none of that name yet.
    """

    name: str
    kind: str
    told: Mapping[str, str] = field(repr=False)
    keep: str
    least: str
    names: bool
    new: bool


@value
class SupervisionWish:
    """Another decision about a supervisor's commands; phone and person are not decided there."""

    decided: SupervisionFace


Wish: TypeAlias = (
    ChoiceWish
    | QueueWish
    | MeasuringWish
    | ConnectionWish
    | SoundWish
    | WayWish
    | WayEntered
    | SupervisionWish
)
