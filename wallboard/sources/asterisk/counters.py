"""The server's own counts of calls that are over, against ours: what we lack ended out of sight.

The rules, in prose:

* Per queue the server counts who was completed and who was abandoned. We count along with its
  events, and take over its numbers at each look, so that only what happens between two looks can
  differ.
* After an outage the difference is what ended out of sight. It is taken once, in the first look in
  which no call of that queue ended at the same moment: whether such a call is in the row already
  cannot be known.
* Who left by key is not counted by the server. Whether he did is asked where his end was not seen
  and his channel lives on; until that is told nothing is concluded for the queue.
* A server that counts less than before has been told to begin anew, and nothing can be concluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.snapshot import CallId
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.rows import whole

# Between the answer to a question and the events of the same instant.
RACE: Final = timedelta(seconds=0.3)
# A queue so busy that calls end at each look is compared at last all the same.
TRIES: Final = 10


@dataclass(slots=True)
class Counters:
    """Counts of calls that are over, by queue.

    Attributes:
        owing: Queues of which it is not known yet how many calls ended out of sight, and how
            often that was tried.
    """

    owing: dict[str, int] = field(default_factory=dict)
    _asked: dict[CallId, str] = field(default_factory=dict)
    _counted: dict[str, int] = field(default_factory=dict)
    _counted_at: dict[str, datetime] = field(default_factory=dict)
    _since_connected: dict[str, int] = field(default_factory=dict)

    def count(self, queue: str, at: datetime | None = None) -> None:
        """One more call of the queue is over.

        Args:
            at: When the server told so; None if we conclude it.
        """
        self._counted[queue] = self._counted.get(queue, 0) + 1
        if at is not None:
            self._counted_at[queue] = at
            self._since_connected[queue] = self._since_connected.get(queue, 0) + 1

    def ask(self, call_id: CallId, queue: str) -> None:
        """It is being asked whether the server counts a call as over."""
        self._asked[call_id] = queue

    def told(self, call_id: CallId, *, counts: bool) -> None:
        """It is told whether the server counts a call as over."""
        queue = self._asked.pop(call_id, None)
        if queue is not None and counts:
            self.count(queue)

    def disconnected(self) -> None:
        """What is counted from here on is told by the next connection."""
        for call_id in tuple(self._asked):
            self.told(call_id, counts=True)
        self._since_connected.clear()

    def reset(self) -> None:
        """The server of this connection began to count anew, before it was connected."""
        self._counted = {queue: self._since_connected.get(queue, 0) for queue in self._counted}

    def owe(self) -> None:
        """Much may have ended out of sight."""
        self.owing = dict.fromkeys(self._counted, 0)

    def compare(self, params: Iterable[Message], asked_at: datetime) -> Sequence[tuple[str, int]]:
        """Take over the server's numbers; return the queues in which calls ended out of sight.

        Args:
            params: Rows of QueueParams.
            asked_at: When they were asked for.
        """
        unseen, told, asked = [], set(), set(self._asked.values())
        for row in params:
            queue = row.get("Queue", "")
            done, gone = whole(row.get("Completed")), whole(row.get("Abandoned"))
            if not queue or done is None or gone is None:
                continue
            told.add(queue)
            if queue in asked:
                continue
            tries = self.owing.get(queue)
            if self._racing(queue, asked_at) and (tries is None or tries < TRIES):
                if tries is not None:
                    self.owing[queue] = tries + 1
                continue
            missing = done + gone - self._counted.get(queue, 0)
            if tries is not None:
                del self.owing[queue]
                if missing > 0:
                    unseen.append((queue, missing))
            self._counted[queue] = done + gone
        self.owing = {queue: tries for queue, tries in self.owing.items() if queue in told}
        return unseen

    def _racing(self, queue: str, asked_at: datetime) -> bool:
        counted_at = self._counted_at.get(queue)
        return counted_at is not None and counted_at >= asked_at - RACE
