"""A mapping: turns another JSON API into the wallboard's picture and facts, without code.

A file says what to ask and where in the answers what is. How to write one is told in
`resources/mappings/README.md`.

```
mapping = mapping_of(Path("ours.toml"))
look = mapping.look(now, address="https://api.example", since=None)
while (request := look.wanted()) is not None:
    look.take(...)                                   # the answer's body
mapped = mapping.picture(look.answers(), now)        # the first one
mapped = mapping.picture(look.answers(), now, mapped)  # each one after it
```

Nothing here touches the network or a clock. A `Mapping` is a value: all that changes from one look
to the next is in `Kept` and `Mapped`.
"""

from __future__ import annotations

from collections import abc
from datetime import datetime
from pathlib import Path

from wallboard.sources.rest.mapping_asking import NOTHING_KEPT, Ask, Kept, Look, Request
from wallboard.sources.rest.mapping_file import LARGEST, Plan, plan_in
from wallboard.sources.rest.mapping_picture import Mapped, picture
from wallboard.sources.rest.mapping_wrong import MappingWrong

__all__ = ["Ask", "Kept", "Look", "Mapped", "Mapping", "MappingWrong", "Request", "mapping_of"]


class Mapping:
    """What one mapping file says, ready to be used. May be used by any thread."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @property
    def name(self) -> str:
        """What the file calls the system. Text from outside."""
        return self.plan.name

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What is asked at each look, in order."""
        return self.plan.asks

    def look(
        self,
        now: datetime,
        *,
        address: str = "",
        since: datetime | None = None,
        kept: Kept = NOTHING_KEPT,
    ) -> Look:
        """Begin a look.

        Args:
            now: By the system's clock, if it is known.
            address: Of the API, without a slash at its end.
            since: The time of the last good picture. None if there was none.
            kept: What the look before kept.
        """
        return Look(self.asks, now, address=address, since=since, zone=self.plan.zone, kept=kept)

    def picture(
        self,
        answers: abc.Mapping[str, abc.Sequence[bytes]],
        now: datetime,
        before: Mapped | None = None,
    ) -> Mapped:
        """Return what the answers of a look mean.

        Args:
            answers: By the names of the asks, page by page.
            now: By the system's clock, if it is known.
            before: What was made of the last good look. Without it no call is known to be gone.

        Raises:
            SourceUnreadable: They make no picture.
        """
        return picture(self.plan, answers, now, before)


def mapping_of(path: Path) -> Mapping:
    """Return the mapping that a file holds.

    Raises:
        MappingWrong: It cannot be read, or not be used.
    """
    return mapping_in(file_bytes(path), str(path))


def file_bytes(path: Path) -> bytes:
    """Return what a mapping file holds; of one that is too large only the beginning.

    Raises:
        MappingWrong: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(4 * LARGEST + 1)
    except OSError as missing:
        why = missing.strerror or type(missing).__name__
    except ValueError:  # a name that no file can have
        why = "?"
    raise MappingWrong("the file cannot be read ({why})", "", file=str(path), why=why)


def mapping_in(told: bytes, file: str = "") -> Mapping:
    """Return the mapping that a file's bytes hold.

    Raises:
        MappingWrong: It cannot be used.
    """
    try:
        return Mapping(plan_in(told.decode("utf-8-sig")))
    except UnicodeDecodeError as wrong:
        line = told[: wrong.start].count(b"\n") + 1
        raise MappingWrong(
            "{place}: it is not written in UTF-8", f"line {line}", file=file
        ) from wrong
    except MappingWrong as wrong:
        raise wrong.in_file(file) from wrong.__cause__
