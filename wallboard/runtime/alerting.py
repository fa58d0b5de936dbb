"""Keeps the alerts of one board: watches each second, stores what comes of it, then tells it.

The rules, in prose:

* Nothing is watched before it is known how the alerts stood when the program ended; if that
  cannot be read within some seconds, they begin anew, and what is read later is joined.
* What is to be told is stored first, with the alerts as they stand, as one. If it cannot be
  stored within some seconds it is told all the same: a full disk makes nobody deaf.
* How long something has been bad is stored about as often as the source tells a picture.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from itertools import chain, count
from queue import Empty, SimpleQueue
from typing import Final

from wallboard.domain.alert import (
    Alert,
    AlertEvent,
    AlertKey,
    AlertWish,
    KeptAlert,
    Rules,
    SubjectKind,
)
from wallboard.domain.clock import Moment
from wallboard.engine.alert_board import (
    FLOOD,
    RECENT,
    AlertBoard,
    began_lately,
    marks_of,
    shelved,
)
from wallboard.engine.alert_life import fires
from wallboard.engine.alert_readings import AlertReader, Told
from wallboard.engine.alert_watch import (
    handled,
    muted_by,
    name_in,
    news_of,
    resting,
    rows_of,
    source_time,
)
from wallboard.engine.alerts import Alerts, Evaluation, advance
from wallboard.engine.board import Board, age_of, fresh
from wallboard.engine.rule_book import RuleBook
from wallboard.runtime.alert_store import AlertStore, Announce, Outbox, Recalled, UsualFound
from wallboard.runtime.keeping import Errand
from wallboard.runtime.usual_times import slot_of

_SETTLED: Final = timedelta(minutes=3)
"""So long after its end the calls of a stretch of time are told."""
_A_SECOND_S: Final = 0.85
_PATIENCE_S: Final = 5.0


class Alerting:
    """The alerts of one board. `look` is for the board's thread, the others for any thread."""

    def __init__(
        self,
        rules: Rules,
        *,
        announce: Announce | None = None,
        outbox: Outbox | None = None,
        odd_rules: bool = False,
    ) -> None:
        """Prepare to watch.

        Args:
            announce: Called with what is to be told, once it is stored: in the thread that
                stores, or in the board's.
            outbox: Called in the thread that stores. None: nothing is sent.
            odd_rules: True if not all of the user's rules could be read.
        """
        self._announce = announce
        self._told: SimpleQueue[AlertWish | tuple[Rules, bool, str] | Recalled | UsualFound] = (
            SimpleQueue()
        )
        self._journal: AlertStore | None = None
        self._begun_s: float | None = None
        self._waits_for_past = False
        self._settling = True
        self._alerts = Alerts()
        self._names: dict[AlertKey, str] = {}
        self._slot: datetime | None = None
        self._recent: deque[AlertEvent] = deque(maxlen=RECENT)
        self._rules = rules
        self._odd_rules = odd_rules
        self._outbox = outbox
        self._change_rules(rules)
        self._looked_s = self._stored_s = float("-inf")
        self._stored: Mapping[AlertKey, Alert] = {}
        self._picture: Moment | None = None
        self._readings: Mapping[SubjectKind, Told] = {}
        self._shown = AlertBoard(rules=rules, odd_rules=odd_rules, settling=True)

    @property
    def waiting(self) -> bool:
        """True if somebody wished for something that was not looked at."""
        return not self._told.empty()

    def announce_to(self, announce: Announce) -> None:
        """Tell what is to be told to somebody else. Before `begin`."""
        self._announce = announce

    def begin(self, do: Callable[[Errand], None] | None) -> None:
        """Begin, with a history or without one.

        Args:
            do: Has something done with the history. None: nothing is stored.
        """
        if do is not None:
            self._journal = AlertStore(do, self._outbox, self._tell, self._told.put)
            self._waits_for_past = True
            self._journal.recall()

    def go_on_from(self, past: Recalled) -> None:
        """Go on from how the alerts stood at the next look; for who begins without a history."""
        self._told.put(past)

    def handle(self, wish: AlertWish) -> None:
        """Have something done with an alert at the next look."""
        self._told.put(wish)

    def take_rules(self, rules: Rules, *, odd: bool = False, who: str = "") -> None:
        """Watch other rules from the next look on."""
        self._told.put((rules, odd, who))

    def look(self, board: Board, now: Moment) -> Board:
        """Return the board with its alerts as they stand; once a second they are advanced."""
        if self._begun_s is None:
            self._begun_s = now.steady_s
        at = source_time(board, now)
        touched = self._do_wishes(at)
        if self._waits_for_past:
            if now.steady_s - self._begun_s < _PATIENCE_S:
                return self._showing(board, at) if touched else self._with(board)
            self._waits_for_past = False
        if self._journal is not None:
            self._journal.lose_patience(now.steady_s)
        if now.steady_s - self._looked_s < _A_SECOND_S:
            return self._showing(board, at) if touched else self._with(board)
        self._looked_s = now.steady_s
        self._take_events(self._advance(board, now, at))
        self._keep(now, board.poll)
        return self._showing(board, at)

    def end(self, now: Moment) -> None:
        """Have it stored how the alerts stand; nothing is watched any more."""
        self._stored_s = float("-inf")
        self._keep(now, timedelta())

    def _with(self, board: Board) -> Board:
        return board if board.alerts is self._shown else replace(board, alerts=self._shown)

    def _advance(self, board: Board, now: Moment, at: datetime) -> tuple[AlertEvent, ...]:
        alive = [
            key[1]
            for key in self._alerts.live
            if (rule := self._book.rules.get(key[0])) is not None and rule.kind is SubjectKind.AGENT
        ]
        readings = self._reader.read(board, at, age_of(board, now), alive)
        self._readings = readings
        self._ask_usual(at, board.zone)
        picture = board.taken_at != self._picture
        self._picture = board.taken_at
        self._alerts, said = advance(
            self._alerts,
            self._book,
            Evaluation(
                at=at,
                seen=board.snapshot is not None and fresh(board),
                longest=max(3 * board.poll, timedelta(seconds=5)),
                readings=readings,
                picture=picture,
                resting=resting(self._rules, at, board.zone),
            ),
        )
        self._settling = self._alerts.settling
        for key in self._alerts.live:
            rule = self._book.rules[key[0]]
            name = name_in(board, rule.kind, key[1])
            if name is not None:
                self._names[key] = name
        return news_of(said, self._book.rules, self._names)

    def _ask_usual(self, at: datetime, zone: tzinfo) -> None:
        """Have it found out what is usual, once the time that it is asked of is over."""
        journal, slot = self._journal, slot_of(at - _SETTLED)
        if journal is None or not self._reader.wants_usual or slot == self._slot:
            return
        self._slot = slot
        self._reader.unusual = {}
        journal.find_usual(slot, zone)

    def _do_wishes(self, at: datetime) -> bool:
        """Do what was wished for; return whether something was."""
        touched = False
        while True:
            try:
                told = self._told.get_nowait()
            except Empty:
                return touched
            touched = True
            match told:
                case AlertWish():
                    self._alerts, event = handled(
                        self._alerts, told, at, self._book.rules, self._names
                    )
                    if event is not None:
                        self._take_events((event,))
                case Recalled():
                    self._recall(told)
                case UsualFound():
                    self._reader.unusual = told.away
                case (rules, odd, who):
                    self._take_events(muted_by(who, self._rules, rules, at))
                    self._rules, self._odd_rules = rules, odd
                    self._change_rules(rules)

    def _change_rules(self, rules: Rules) -> None:
        self._book = RuleBook(rules.rules)
        self._slot = None
        self._reader = AlertReader(self._book)
        live = {key: row for key, row in self._alerts.live.items() if key[0] in self._book.rules}
        self._alerts = replace(self._alerts, live=live)

    def _recall(self, past: Recalled) -> None:
        """Go on from how the alerts stood; what has begun since stays."""
        self._waits_for_past = False
        kept = {row.alert.key: row for row in past.alerts if row.alert.rule_id in self._book.rules}
        live = {key: row.alert for key, row in kept.items()}
        self._alerts = replace(self._alerts, live={**live, **self._alerts.live})
        self._names = {**{key: row.subject_name for key, row in kept.items()}, **self._names}
        known = {event.event_id for event in self._recent}
        older = [event for event in past.events if event.event_id not in known]
        # The newest stand first, and a full row lets go of its first ones.
        self._recent.extend(older[: RECENT - len(self._recent)])

    def _take_events(self, events: tuple[AlertEvent, ...]) -> None:
        if not events:
            return
        events = tuple(self._of_their_own(events))
        self._recent.extendleft(events)
        if self._journal is None:
            self._tell(events)
        else:
            self._journal.take(events)
            self._stored_s = float("-inf")

    def _of_their_own(self, events: tuple[AlertEvent, ...]) -> Iterator[AlertEvent]:
        """Yield the events, none with an id that another has.

        By a clock that is set back, the same thing can happen once more at the same time.
        """
        known = {event.event_id for event in self._recent}
        for event in events:
            again = (f"{event.event_id}|{number}" for number in count(2))
            own = next(each for each in chain((event.event_id,), again) if each not in known)
            known.add(own)
            yield event if own == event.event_id else replace(event, event_id=own)

    def _keep(self, now: Moment, poll: timedelta) -> None:
        live = self._alerts.live
        self._names = {key: name for key, name in self._names.items() if key in live}
        journal = self._journal
        if journal is None or self._waits_for_past:
            return
        due = now.steady_s - self._stored_s >= max(1.0, poll.total_seconds())
        if due and (live != self._stored or journal.waits):
            self._stored_s, self._stored = now.steady_s, live
            names = self._names
            rows = [
                KeptAlert(alert=row, subject_name=names.get(key, "")) for key, row in live.items()
            ]
            journal.store(rows)

    def _tell(self, events: tuple[AlertEvent, ...]) -> None:
        if self._announce is not None and events:
            self._announce(events)

    def _showing(self, board: Board, at: datetime) -> Board:
        """Return the board with what is to be shown; the same object if nothing is new."""
        every = rows_of(self._alerts.live.values(), self._book.rules, self._names, self._readings)
        standing = tuple(row for row in every if fires(row.alert) or row.alert.unstable)
        rows = tuple(row for row in standing if not shelved(row.alert))
        lost = board.snapshot is not None and not fresh(board)
        others = sum(rule.kind is not SubjectKind.SOURCE for rule in self._rules.rules)
        lately = began_lately(self._recent, at)
        shown = AlertBoard(
            rows=rows,
            shelved=tuple(row for row in standing if shelved(row.alert)),
            pending=tuple(row for row in every if row not in standing) if every else (),
            paused=others if lost else 0,
            settling=self._settling,
            flood=lately if lately > FLOOD else 0,
            marks=marks_of(rows),
            recent=tuple(self._recent),
            rules=self._rules,
            odd_rules=self._odd_rules,
        )
        if shown != self._shown:
            self._shown = shown
        return self._with(board)
