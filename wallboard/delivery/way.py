"""What every way out has: a name, fields to be filled, and a call that sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final, Protocol, TypeAlias

from wallboard.domain.delivery import Post
from wallboard.domain.source import Field
from wallboard.domain.value import value

LIMIT: Final = timedelta(seconds=20)
"""By then a message is taken, or it is not waited for."""

Told: TypeAlias = Mapping[str, str]
"""Values of fields by key, secret ones among them."""


class Way(Protocol):
    """Somewhere a message can be sent to. Used by one thread."""

    def send(self, post: Post) -> None:
        """Return once the other side has said that it has the message.

        Raises:
            NotDelivered: It has not, or nobody can say.
        """
        ...


@value
class WayKind:
    """A kind of way out.

    Attributes:
        key: Stable, as in settings.
        label: English; the wording translates it.
        fields: What it wants to be told.
        together: So many events are told in one message at the most.
        made: Makes one of what was told; touches no network. Raises NotDelivered if that cannot
            be used.
    """

    key: str
    label: str
    fields: tuple[Field, ...]
    together: int
    made: Callable[[Told], Way]

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """Which of the fields are secret."""
        return tuple(field.key for field in self.fields if field.secret)
