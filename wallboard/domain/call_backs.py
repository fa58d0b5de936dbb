"""What a supervisor wrote down about a caller who is to be called back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from wallboard.domain.value import value

LONGEST_NOTE: Final = 500
"""No note has more letters."""


@value
class CallBackNote:
    """A note on one number; a newer one takes its place.

    Attributes:
        number: The caller's, without what tells two ways of writing it apart.
        at: When it was written, by the source's clock. It is of the lost calls up to then, and of
            none that come after the caller got through.
        text: Empty if only the time is noted.
        due_at: By when he is to be called back. None for as usual.
    """

    number: str
    at: datetime
    text: str = ""
    due_at: datetime | None = None

    @property
    def says_nothing(self) -> bool:
        """True if it is as good as none."""
        return not self.text and self.due_at is None
