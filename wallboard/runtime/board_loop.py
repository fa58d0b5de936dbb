"""Keeps one board alive in the caller's thread: hears the source's process, counts seconds."""

from __future__ import annotations

import select
import socket
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from traceback import extract_tb

from wallboard.domain.alert import AlertWish, Rules
from wallboard.domain.arranging import Arrangement
from wallboard.domain.clock import Clock, Moment
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import Fact
from wallboard.domain.measuring import Measuring
from wallboard.domain.snapshot import Snapshot
from wallboard.engine.board import Board
from wallboard.engine.happenings import (
    Effect,
    FetchFailed,
    Happening,
    HistoryRead,
    PictureTaken,
    SecondPassed,
    SiteDecided,
    Store,
    WeekBeforeTold,
    WindowChosen,
)
from wallboard.engine.ledger import GROWING, TREND_MINUTES
from wallboard.engine.step import last_words, step
from wallboard.engine.week_before import minutes_to_recall
from wallboard.engine.windows import WindowKind, window_at
from wallboard.runtime.filling import Filling, Known, Past
from wallboard.runtime.keeping import Errand, Keeping
from wallboard.runtime.opening import Opening
from wallboard.runtime.orders import Order, Orders
from wallboard.runtime.source_link import SourceLink
from wallboard.runtime.upkeep import Upkeep
from wallboard.runtime.watching import Watching
from wallboard.runtime.wire import Answered, Failed, Taken
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.history import History

_SECOND_S = 1.0
# A picture that comes when a second is nearly over takes the second along: it is shown once, and
# what the second itself altered is shown with what comes next.
_NEARLY_A_SECOND_S = 0.85
# Where pictures come about once a second, the seconds wait a little for them: else each second
# would be painted twice, a twentieth of a second apart.
_PATIENT_SECOND_S = 1.25
_PAINTED_BY_S = 0.12
_LEAST_BETWEEN_BOARDS_S = 0.05
_FIRST_BACK_OFF_S = 1.0
_LONGEST_BACK_OFF_S = 30.0
_LIVED_WELL_S = 60.0
_STORED_WITHIN_S = 10.0
_NEVER = float("inf")
_EARLIER = timedelta(hours=4)
_WEEK_READ_EVERY_S = 1800.0


class BoardLoop:
    """One source's board while `run` runs. `stop` and `poll_now` may be called from any thread."""

    def __init__(  # noqa: PLR0913 - what a board lives on
        self,
        *,
        opening: Opening,
        board: Board,
        clock: Clock,
        command: Sequence[str],
        show: Callable[[Board], None],
        open_history: Callable[[], History] | None = None,
        past: Past | None = None,
        settled: Callable[[int, str | None], None] | None = None,
        retry_s: float | None = None,
        seed: Snapshot | None = None,
        link: SourceLink | None = None,
        watching: Watching | None = None,
    ) -> None:
        """Prepare to go on from `board`.

        Args:
            command: Starts a program that runs `run_source_process`.
            show: Called by `run` with boards, at most twenty a second, the last one never left out.
            open_history: Opens what keeps the facts; raises HistoryUnavailable. None: nothing is
                kept.
            past: Tells what happened in a gap of the history. None: there is no telling.
            settled: As Keeping has it.
            retry_s: How long a history that fails is left alone at most. None: as usual.
            seed: What another program saw last of this source. None: nobody did.
            link: A process of this source that stands ready, and was not read from yet. None:
                one is started.
            watching: Watches the board for what somebody wants to be alerted of. None: nobody.
        """
        self._watching = watching or Watching(None)
        self._orders = Orders(clock)
        self._ready = link
        self._stored_within_s = _STORED_WITHIN_S
        self._settled = settled
        self._retry_s = retry_s
        self._seed = seed
        self._open_history = open_history
        self._past = past
        self._keeping: Keeping | None = None
        self._told: SimpleQueue[Happening] = SimpleQueue()
        self._opening = opening
        self._board = board
        self._clock = clock
        self._command = tuple(command)
        self._show_board = show
        self._link: SourceLink | None = None
        self._stopping = threading.Event()
        self._poll_wanted = threading.Event()
        # While `run` runs, what rings here wakes it there.
        self._bell: socket.socket | None = None
        self._wake: socket.socket | None = None
        self._back_off_s = _FIRST_BACK_OFF_S
        self._started_s = float("-inf")
        self._passed_s = self._shown_s = float("-inf")
        # When what is due; steady seconds.
        self._launch_s = float("-inf")
        self._week_s = float("-inf")
        self._second_s = float("-inf")
        self._show_s = _NEVER
        self._along = False
        # When the last picture came, and whether the one before came shortly before it.
        self._taken_s = float("-inf")
        self._often = False
        self._told_why = False

    @property
    def source_pid(self) -> int | None:
        """The id of the source's process. None while there is none."""
        link = self._link
        return None if link is None else link.pid

    @property
    def given(self) -> int:
        """How many facts were given to be stored, those that are on the board among them."""
        return 0 if self._keeping is None else self._keeping.given

    def left(self) -> tuple[Fact, ...]:
        """Return the facts that were not stored. To be asked when `run` has returned."""
        return () if self._keeping is None else self._keeping.left()

    def do(self, errand: Errand) -> None:
        """Have something done with the history, if there is one."""
        if self._keeping is not None:
            self._keeping.do(errand)

    def supervise(self, order: Order) -> None:
        """Have the source do what a supervisor asks for, at most once."""
        self._orders.take(order)
        self._ring()

    def stop(self, within_s: float = _STORED_WITHIN_S) -> None:
        """Have `run` return soon.

        Args:
            within_s: How long to try to store what waits.
        """
        self._stored_within_s = within_s
        self._stopping.set()
        self._ring()

    def handle_alert(self, wish: AlertWish) -> None:
        """Have something done with an alert; nothing if nobody watches."""
        self._watching.handle(wish)
        self._ring()

    def take_rules(self, rules: Rules, *, odd: bool = False, who: str = "") -> None:
        """Watch by other rules."""
        self._watching.take_rules(rules, odd=odd, who=who)
        self._ring()

    def choose_window(self, window: WindowKind) -> None:
        """Have the figures of another stretch of time shown."""
        self._hear_told(WindowChosen(window=window))

    def decide(self, measuring: Measuring, arrangement: Arrangement) -> None:
        """Have queues measured and shown otherwise; the plan must be that of the board."""
        self._hear_told(SiteDecided(measuring=measuring, arrangement=arrangement))

    def poll_now(self) -> None:
        """Have the source asked for a picture at once."""
        self._poll_wanted.set()
        self._ring()

    def run(self) -> None:
        """Live until stopped; leaves no process and no socket. Call it once."""
        self._bell, self._wake = socket.socketpair()
        self._bell.settimeout(0)
        with self._bell, self._wake:
            self._begin_keeping()
            self._ring()  # for what was told before anybody could hear it
            try:
                while not self._stopping.is_set():
                    self._turn_safely()
            finally:
                self._hang_up()
                self._orders.end()
                if self._keeping is not None:
                    for effect in last_words(self._board):
                        self._perform(effect)
                    self._watching.end(self._clock.now())
                    self._keeping.stop(self._stored_within_s)

    def _begin_keeping(self) -> None:
        if self._open_history is None:
            return
        pauses = {}
        if self._retry_s is not None:
            pauses = {"first_pause_s": self._retry_s / 2, "longest_pause_s": self._retry_s}
        self._keeping = Keeping(
            open_history=self._open_history,
            since=self._wanted_since(),
            told=self._hear_told,
            filling=None if self._past is None else Filling(self._past, self._known),
            upkeep=Upkeep(lambda: self._clock.now().wall),
            settled=self._settled,
            **pauses,
        )
        self._watching.begin(self._keeping.do)
        self._keeping.start()

    def _recall_week(self, now_s: float) -> None:
        """Have it read once in a while how the site stood a week before."""
        if self._keeping is None or now_s < self._week_s:
            return
        self._week_s = now_s + _WEEK_READ_EVERY_S
        minutes = minutes_to_recall(self._clock.now().wall, self._board.zone)

        def read(history: History) -> bool:
            try:
                samples = history.samples_of(None, minutes.start, minutes.stop)
                points = {sample.minute: sample.readings for sample in samples}
            except HistoryUnavailable:
                # A damaged file of an old day fails each time: asked for again at once, it would
                # keep all that is to be stored waiting.
                return False
            if points or self._board.week_before:
                self._hear_told(WeekBeforeTold(points=points))
            return False

        self._keeping.do(read)

    def _wanted_since(self) -> datetime:
        """Return from when on what is stored belongs on the board."""
        now, plan = self._clock.now().wall, self._board.measuring.plan
        begins = [window_at(kind, now, plan, self._board.zone).begin for kind in GROWING]
        # A shift may have begun yesterday. What is booked where it was over came some time before,
        # and the source's clock may be a little behind ours.
        return min(*begins, now - timedelta(minutes=TREND_MINUTES + 1)) - _EARLIER

    def _known(self) -> Known:
        """Return what helps to understand the past. Called by the thread that stores."""
        board = self._board
        snapshot = board.snapshot
        agents = () if snapshot is None else snapshot.agents.values()
        queues = () if snapshot is None else snapshot.queues.values()
        counts = Counter(agent.name for agent in agents)
        return Known(
            since=self._wanted_since(),
            # Of two people of one name nobody can tell who is meant.
            names={agent.name: agent.agent_id for agent in agents if counts[agent.name] == 1},
            targets={queue.queue_id: queue.target for queue in queues if queue.target is not None},
            measuring=board.measuring,
        )

    def _hear_told(self, happening: Happening) -> None:
        """Take what another thread tells."""
        self._told.put(happening)
        self._ring()

    def _turn_safely(self) -> None:
        try:
            self._turn()
        except Exception as error:  # noqa: BLE001 - the last wall of this thread: told, and the source is started anew
            self._hang_up()
            self._told_why = False
            self._bury(_place_of(error))

    def _turn(self) -> None:
        """Wait until something is to be done, and do it."""
        wake, link = self._wake, self._link
        wakers = () if wake is None else (wake,)
        links = () if link is None else link.sockets()
        rest_s = min(self._launch_s, self._second_s, self._show_s) - self._now_s()
        readable = select.select([*wakers, *links], [], [], max(0.0, rest_s))[0]
        if wake is not None and wake in readable:
            wake.recv(4096)
            self._serve()
        if link is not None:
            for each in links:
                if each in readable:
                    self._hear(link, each)
            if link.ended:
                # The process ended and nobody asked it to.
                self._bury(self._hang_up())
        self._do_what_is_due()

    def _serve(self) -> None:
        if self._poll_wanted.is_set():
            self._poll_wanted.clear()
            if self._link is not None:
                self._link.poll_now()
            else:
                self._launch_s = self._now_s()
        self._orders.pass_on(self._link)
        if self._watching.waiting:
            self._board = self._watching.look(self._board, self._clock.now())
            self._announce()
        with suppress(Empty):
            while True:
                self._alter(self._completed(self._told.get_nowait()), self._clock.now())
                self._announce()

    def _completed(self, happening: Happening) -> Happening:
        if isinstance(happening, HistoryRead) and happening.anew and self._keeping is not None:
            return self._keeping.completed(happening)
        return happening

    def _do_what_is_due(self) -> None:
        now_s = self._now_s()
        if now_s >= self._launch_s:
            self._launch()
        if now_s >= self._show_s:
            self._show()
        if now_s >= self._second_s:
            self._orders.look()
            self._recall_week(now_s)
            along, self._along = self._along, False
            self._pass_second()
            if not along:
                self._announce()

    def _launch(self) -> None:
        self._launch_s = _NEVER
        self._started_s = self._now_s()
        self._told_why = False
        try:
            seed = self._board.told or self._seed
            ready, self._ready = self._ready, None
            if ready is None:
                self._link = SourceLink(self._opening, self._command, seed)
            else:
                ready.go_on_from(seed)
                self._link = ready
        except OSError as error:
            self._bury(error.strerror or type(error).__name__)

    def _hear(self, link: SourceLink, readable: socket.socket) -> None:
        for word in link.read(readable):
            match word:
                case Taken():
                    now_s = self._now_s()
                    self._often = now_s - self._taken_s < _PATIENT_SECOND_S
                    self._taken_s = now_s
                    self._step(
                        PictureTaken(
                            change=word.change,
                            facts=word.facts,
                            notices=word.notices,
                            monitorings=word.monitorings,
                            lacks=word.lacks,
                        )
                    )
                    if word.retracted and self._keeping is not None:
                        self._keeping.retract(word.retracted)
                case Failed(fault=told):
                    self._told_why = told.kind is FaultKind.PROCESS_ENDED
                    self._step(FetchFailed(fault=told))
                case Answered():
                    self._orders.answered(word)

    def _bury(self, reason: str) -> None:
        """Tell that the process is gone, and when the next one starts."""
        if not self._told_why:
            self._step(FetchFailed(fault=fault(FaultKind.PROCESS_ENDED, reason=reason)))
        now_s = self._now_s()
        if now_s - self._started_s >= _LIVED_WELL_S:
            self._back_off_s = _FIRST_BACK_OFF_S
        self._launch_s = now_s + self._back_off_s
        self._back_off_s = min(2 * self._back_off_s, _LONGEST_BACK_OFF_S)

    def _hang_up(self) -> str:
        """End the process, and return how it ended."""
        self._orders.lost()
        ready, self._ready = self._ready, None
        if ready is not None:
            ready.close()
        if self._link is None:
            return "no process"
        link, self._link = self._link, None
        return link.close()

    def _step(self, happening: Happening) -> None:
        now, before = self._clock.now(), self._board.snapshot
        self._alter(happening, now)
        self._announce()
        if self._along or now.steady_s - self._passed_s < _NEARLY_A_SECOND_S:
            return
        after = self._board.snapshot
        if before is not None and after is not None and after.as_of > before.as_of:
            # A picture whose time went on makes of the board all that a second does.
            self._await_second(now)
        else:
            # Once the window has painted what just came: two threads of Python at once are slow.
            self._second_s = now.steady_s + _PAINTED_BY_S
            self._along = True

    def _pass_second(self) -> None:
        now = self._clock.now()
        self._await_second(now)
        self._alter(SecondPassed(), now)

    def _await_second(self, now: Moment) -> None:
        """Count a second as passed, and expect the next one."""
        self._passed_s = now.steady_s
        patient = self._often and now.steady_s - self._taken_s < _PATIENT_SECOND_S
        self._second_s = now.steady_s + (_PATIENT_SECOND_S if patient else _SECOND_S)

    def _alter(self, happening: Happening, now: Moment) -> None:
        self._board, effects = step(self._board, happening, now)
        for effect in effects:
            self._perform(effect)
        self._board = self._watching.look(self._board, now)

    def _perform(self, effect: Effect) -> None:
        match effect:
            case Store():
                if self._keeping is not None:
                    self._keeping.keep(effect)

    def _announce(self) -> None:
        """Show the board now, or with others that come within the twentieth of a second."""
        if self._now_s() - self._shown_s >= _LEAST_BETWEEN_BOARDS_S:
            self._show()
        else:
            self._show_s = min(self._show_s, self._shown_s + _LEAST_BETWEEN_BOARDS_S)

    def _show(self) -> None:
        self._show_s = _NEVER
        self._shown_s = self._now_s()
        self._show_board(self._board)

    def _ring(self) -> None:
        bell = self._bell
        if bell is not None:
            with suppress(OSError):  # the loop has ended meanwhile
                bell.send(b"!")

    def _now_s(self) -> float:
        return self._clock.now().steady_s


def _place_of(error: Exception) -> str:
    # Not the error's own words: they may hold what came from outside.
    frames = extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
