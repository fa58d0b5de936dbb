"""The source on a small PBX, over a real socket."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.ami_server import Pbx, Server, error, listed, message, success
from support.ami_story import (
    Row,
    agent_channel,
    caller_channel,
    entry_row,
    member_row,
    queue_row,
    site_rows,
)
from support.clocks import HandClock

from wallboard.domain.errors import (
    FaultKind,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    SourceUnreadable,
)
from wallboard.domain.snapshot import AgentId
from wallboard.domain.source import Fetched
from wallboard.domain.supervision import Wish, WishKind
from wallboard.sources.asterisk import KIND
from wallboard.sources.asterisk.source import LOOK_EVERY, AsteriskSource

Sources = Callable[..., AsteriskSource]
Pair = tuple[socket.socket, socket.socket]


def of_caller(name: str, uniqueid: str = "1.1", **more: object) -> Row:
    told = {
        "Event": name,
        "Channel": f"PJSIP/trunk-{uniqueid}",
        "Uniqueid": uniqueid,
        "Linkedid": uniqueid,
        "Queue": "support",
    }
    return told | {key: str(value) for key, value in more.items()}


def kinds(fetched: Fetched) -> list[FaultKind]:
    return [notice.kind for notice in fetched.notices]


class Follower:
    """Asks a source as the program does: fetches when there is news, at the latest each second."""

    def __init__(self, source: AsteriskSource, interrupt: Pair) -> None:
        self.source = source
        self.interrupt = interrupt
        self.last: Fetched | None = None
        self.facts: list[str] = []
        self.faults: list[FaultKind] = []

    def until(self, holds: Callable[[Fetched], bool], within_s: float = 15) -> Fetched:
        end = time.monotonic() + within_s
        while True:
            try:
                self.last = self.source.fetch()
            except SourceError as failed:
                self.faults.append(failed.fault.kind)
            else:
                self.facts += [str(fact.ending) for fact in self.last.facts]
                if holds(self.last):
                    return self.last
            assert time.monotonic() < end, f"not within {within_s} s: {self.last} {self.faults}"
            self.source.wait(timedelta(seconds=0.2), self.interrupt[0])


@pytest.fixture
def follow(source_of: Sources, server: Server, interrupt: Pair) -> Callable[..., Follower]:
    def make(**more: str) -> Follower:
        follower = Follower(source_of(server, **more), interrupt)
        follower.until(lambda _: True)
        return follower

    return make


def facts(follower: Follower, count: int) -> Callable[[Fetched], bool]:
    return lambda _: len(follower.facts) == count


# --- connecting --------------------------------------------------------------------------------


def test_that_the_first_fetch_is_the_whole_picture(
    pbx: Pbx, server: Server, source_of: Sources
) -> None:
    pbx.rows += [entry_row("1.1", "support", wait_s=7)]
    pbx.channels = [caller_channel("1.1", "support")]
    fetched = source_of(server).fetch()
    assert set(fetched.snapshot.queues) == {"support", "billing"}
    assert {row.name for row in fetched.snapshot.agents.values()} == {
        "Alice Adams",
        "Dmitri O'Neil",
        "Eve Evans",
    }
    (call,) = fetched.snapshot.calls.values()
    assert call.entered_at is not None
    assert (fetched.snapshot.as_of - call.entered_at).total_seconds() == pytest.approx(7, abs=1)
    assert fetched.facts == ()
    assert fetched.notices == ()


def test_that_it_signs_in_for_no_more_events_than_it_needs(
    pbx: Pbx, server: Server, source_of: Sources
) -> None:
    source_of(server).fetch()
    login = pbx.asked[0]
    assert login["Action"] == "Login"
    assert login["Events"] == "agent,call"
    assert {action["Action"] for action in pbx.asked[1:]} == {
        "ListCommands",
        "CoreStatus",
        "Ping",
        "CoreShowChannels",
        "QueueStatus",
    }


def test_that_nothing_is_touched_before_the_first_fetch(server: Server, source_of: Sources) -> None:
    source = source_of(server)
    source.close()
    source.close()
    assert server.wires == []


def test_that_a_wrong_password_is_refused(server: Server, source_of: Sources) -> None:
    with pytest.raises(SourceRefused) as caught:
        source_of(server, secret="wrong").fetch()
    assert caught.value.fault.kind is FaultKind.SIGN_IN
    assert caught.value.fault.detail("username") == "wall"
    assert "wrong" not in str(caught.value)


def test_that_a_server_that_still_holds_our_lost_session_is_tried_again(
    pbx: Pbx, server: Server, source_of: Sources
) -> None:
    pbx.answers["Login"] = lambda action: error(action, "Login Already In Use")
    source = source_of(server)
    with pytest.raises(SourceUnavailable) as caught:
        source.fetch()
    assert caught.value.fault.kind is FaultKind.SERVER_ERROR
    assert caught.value.fault.detail("said") == "Login Already In Use"
    del pbx.answers["Login"]
    source.fetch()


@pytest.mark.parametrize(
    ("said", "error_class", "kind"),
    [
        ("Invalid/unknown command: QueueStatus.", SourceUnavailable, FaultKind.NOT_READY),
        ("Permission denied", SourceRefused, FaultKind.FORBIDDEN),
        ("Out of memory", SourceUnavailable, FaultKind.SERVER_ERROR),
    ],
)
def test_that_a_server_that_does_not_tell_its_queues_is_a_fault_and_not_zeros(
    pbx: Pbx,
    server: Server,
    source_of: Sources,
    said: str,
    error_class: type[SourceError],
    kind: FaultKind,
) -> None:
    pbx.answers["QueueStatus"] = lambda action: error(action, said)
    source = source_of(server)
    with pytest.raises(error_class) as caught:
        source.fetch()
    assert caught.value.fault.kind is kind
    del pbx.answers["QueueStatus"]
    assert len(source.fetch().snapshot.queues) == 2


def test_that_a_success_without_a_list_is_unreadable(
    pbx: Pbx, server: Server, source_of: Sources
) -> None:
    pbx.answers["QueueStatus"] = success
    with pytest.raises(SourceUnreadable) as caught:
        source_of(server).fetch()
    assert caught.value.fault.kind is FaultKind.BAD_DATA


def test_that_a_list_that_ends_as_another_one_is_unreadable(
    pbx: Pbx, server: Server, source_of: Sources
) -> None:
    pbx.answers["QueueStatus"] = lambda action: listed(action, (), "CoreShowChannelsComplete")
    with pytest.raises(SourceUnreadable):
        source_of(server).fetch()


def test_that_a_log_that_cannot_be_read_is_told_while_all_else_works(
    source_of: Sources, server: Server, tmp_path: Path
) -> None:
    log = tmp_path / "queue_log"
    fetched = source_of(server, queue_log=str(log)).fetch()
    assert kinds(fetched) == [FaultKind.BAD_SETTING]
    assert fetched.notices[0].detail("field") == "queue_log"
    log.touch()
    assert kinds(source_of(server, queue_log=str(log)).fetch()) == []


def test_that_without_the_right_to_see_channels_it_works_and_says_so(
    pbx: Pbx, server: Server, source_of: Sources
) -> None:
    pbx.channels = None
    pbx.answers["CoreStatus"] = lambda action: error(action, "Permission denied")
    fetched = source_of(server).fetch()
    assert kinds(fetched) == [FaultKind.FORBIDDEN]
    assert fetched.notices[0].detail("right") == "write = reporting"
    assert len(fetched.snapshot.queues) == 2


def test_that_members_who_cannot_be_told_and_rows_that_cannot_be_read_are_said(
    pbx: Pbx, server: Server, source_of: Sources
) -> None:
    pbx.rows += [member_row("support", "DAHDI/g1/555"), member_row("support", "")]
    fetched = source_of(server).fetch()
    assert kinds(fetched) == [FaultKind.MEMBERS_UNRESOLVED, FaultKind.ROWS_IGNORED]
    assert fetched.notices[0].detail("names") == "DAHDI/g1/555"
    assert fetched.notices[1].detail("count") == "1"


def test_that_supervision_is_refused_until_it_is_built(server: Server, source_of: Sources) -> None:
    wish = Wish(kind=WishKind.LISTEN, agent_id=AgentId("1001"))
    result = source_of(server).supervise(wish)
    assert (result.done, result.wish) == (False, wish)
    assert result.reason


# --- events ------------------------------------------------------------------------------------


def test_that_a_call_is_followed_as_it_happens(pbx: Pbx, follow: Callable[..., Follower]) -> None:
    follower = follow()
    pbx.emit(of_caller("QueueCallerJoin", CallerIDNum="5550001"))
    follower.until(lambda fetched: len(fetched.snapshot.calls) == 1)
    pbx.emit(
        {"Event": "DialEnd", "Uniqueid": "1.1", "DialStatus": "ANSWER"},
        of_caller("QueueCallerLeave"),
        of_caller("AgentConnect", Interface="PJSIP/1001"),
    )
    fetched = follower.until(
        lambda fetched: fetched.snapshot.agents[AgentId("1001")].call_id is not None
    )
    assert fetched.snapshot.agents[AgentId("1001")].state == "in_call"
    pbx.emit(of_caller("AgentComplete", Interface="PJSIP/1001", Reason="caller"))
    follower.until(facts(follower, 1))
    assert follower.facts == ["answered"]


def test_that_waiting_ends_at_news_and_only_then(
    pbx: Pbx, follow: Callable[..., Follower], interrupt: Pair
) -> None:
    source = follow().source
    pbx.emit({"Event": "Hangup", "Uniqueid": "7.7"})
    began = time.monotonic()
    threading.Timer(0.4, lambda: pbx.emit(of_caller("QueueCallerJoin"))).start()
    source.wait(timedelta(seconds=10), interrupt[0])
    assert 0.35 < time.monotonic() - began < 5
    assert len(source.fetch().snapshot.calls) == 1


def test_that_waiting_ends_with_the_pause_or_an_interrupt(
    server: Server, source_of: Sources, interrupt: Pair
) -> None:
    source = source_of(server)
    assert 0.15 < waited(source, 0.2, interrupt) < 2  # not connected yet
    source.fetch()
    assert 0.15 < waited(source, 0.2, interrupt) < 2
    assert waited(source, 0, interrupt) < 1
    interrupt[1].send(b"x")
    assert waited(source, 5, interrupt) < 3
    assert waited(source_of(server), 5, interrupt) < 3


def waited(source: AsteriskSource, pause_s: float, interrupt: Pair) -> float:
    began = time.monotonic()
    source.wait(timedelta(seconds=pause_s), interrupt[0])
    return time.monotonic() - began


def test_that_the_reason_for_leaving_is_asked_for(
    pbx: Pbx, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    pbx.variables["PJSIP/trunk-1.1"] = ""
    pbx.emit(
        of_caller("QueueCallerJoin"),
        of_caller("QueueCallerAbandon"),
        of_caller("QueueCallerLeave"),
    )
    follower.until(lambda _: sum(one["Action"] == "Getvar" for one in pbx.asked) >= 2)
    pbx.variables["PJSIP/trunk-1.1"] = "TIMEOUT"
    follower.until(facts(follower, 1))
    assert follower.facts == ["timed_out"]
    asked = [one for one in pbx.asked if one["Action"] == "Getvar"]
    assert all(one["Variable"] == "QUEUESTATUS" for one in asked)


def test_that_what_was_left_over_from_another_queue_is_asked_for_at_joining(
    pbx: Pbx, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    pbx.variables["PJSIP/trunk-1.1"] = "TIMEOUT"
    pbx.emit(
        of_caller("QueueCallerJoin"),
        of_caller("QueueCallerAbandon"),
        of_caller("QueueCallerLeave"),
    )
    follower.until(facts(follower, 1))
    pbx.emit(of_caller("QueueCallerJoin", Queue="billing"))
    follower.until(lambda _: follower.source.translator.visits.open != {})
    pbx.emit(of_caller("QueueCallerLeave", Queue="billing"))
    follower.until(facts(follower, 2))
    assert follower.facts == ["timed_out", "left_by_key"]


@pytest.mark.parametrize(
    ("answer", "ending"),
    [("No such channel", "abandoned"), ("Permission denied", "left_otherwise")],
)
def test_that_a_reason_that_is_not_told_is_inferred(
    pbx: Pbx, follow: Callable[..., Follower], answer: str, ending: str
) -> None:
    follower = follow()
    pbx.answers["Getvar"] = lambda action: error(action, answer)
    pbx.emit(
        of_caller("QueueCallerJoin"),
        of_caller("QueueCallerAbandon"),
        of_caller("QueueCallerLeave"),
    )
    follower.until(facts(follower, 1))
    assert follower.facts == [ending]


def test_that_a_channel_that_cannot_be_asked_about_breaks_nothing(
    pbx: Pbx, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    pbx.emit(
        of_caller("QueueCallerJoin", Channel="PJSIP/\u0085\x01"),
        of_caller("QueueCallerAbandon"),
        of_caller("QueueCallerLeave"),
    )
    follower.until(facts(follower, 1))
    assert follower.facts == ["left_otherwise"]
    assert follower.faults == []
    assert not any(one["Action"] == "Getvar" for one in pbx.asked)


def test_that_a_queue_that_comes_to_be_is_looked_at_at_once(
    pbx: Pbx, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    pbx.rows.append(queue_row("realtime", level=33))
    pbx.rows.append(entry_row("1.1", "realtime"))
    pbx.emit(of_caller("QueueCallerJoin", Queue="realtime"))
    fetched = follower.until(
        lambda fetched: (
            any(row.target is not None for row in fetched.snapshot.queues.values())
            and fetched.snapshot.queues.get("realtime") is not None
            and fetched.snapshot.queues["realtime"].target == timedelta(seconds=33)
        )
    )
    assert len(fetched.snapshot.calls) == 1


# --- looks -------------------------------------------------------------------------------------


def test_that_drift_is_corrected_by_the_next_look(
    pbx: Pbx, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    pbx.emit(of_caller("QueueCallerJoin"))
    follower.until(lambda fetched: len(fetched.snapshot.calls) == 1)
    follower.source._looked_at_s -= LOOK_EVERY.total_seconds()
    follower.until(facts(follower, 1))
    assert follower.facts == ["unknown"]
    assert sum(one["Action"] == "QueueStatus" for one in pbx.asked) == 2


def test_that_an_event_of_the_same_moment_goes_before_the_rows(
    pbx: Pbx, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    emitted = threading.Event()

    def join_after_answering(action: Row) -> bytes:
        # The caller joins while the rows are on their way, and the event comes after them.
        pbx.emit(of_caller("QueueCallerJoin"))
        emitted.set()
        channels = [caller_channel("1.1", "support"), agent_channel("1.1", "PJSIP/1001")]
        return listed(action, channels, "CoreShowChannelsComplete")

    pbx.answers["CoreShowChannels"] = join_after_answering
    follower.source._looked_at_s -= LOOK_EVERY.total_seconds()
    follower.until(lambda _: emitted.is_set() and follower.source._look is None)
    (call,) = follower.source.fetch().snapshot.calls.values()
    assert call.answered_at is None
    assert follower.facts == []


def test_that_an_account_without_events_is_found_out(
    pbx: Pbx, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    for number in (1, 2):
        pbx.rows = [*site_rows(), entry_row(f"1.{number}", "support")]
        follower.source._looked_at_s -= LOOK_EVERY.total_seconds()
        follower.until(lambda _: follower.source._look is None)
    assert FaultKind.NO_EVENTS in kinds(follower.source.fetch())


# --- the server's clock ------------------------------------------------------------------------


def stamped(pbx: Pbx, ahead_s: float) -> None:
    def answer(action: Row) -> bytes:
        return success(action, Timestamp=f"{time.time() + ahead_s:.6f}")  # noqa: TID251 - a server

    pbx.answers["Ping"] = answer


def test_that_a_server_whose_clock_is_off_is_said_and_put_right(
    pbx: Pbx, server: Server, source_of: Sources
) -> None:
    stamped(pbx, 3600)
    last_call = str(int(time.time() + 3600 - 50))  # noqa: TID251 - a server's clock
    pbx.rows = [queue_row("support"), member_row("support", "PJSIP/1001", LastCall=last_call)]
    fetched = source_of(server).fetch()
    assert kinds(fetched) == [FaultKind.CLOCK_OFF]
    assert fetched.notices[0].detail("seconds") == "3600"
    since = fetched.snapshot.agents[AgentId("1001")].state_since
    assert since is not None
    assert (fetched.snapshot.as_of - since).total_seconds() == pytest.approx(50, abs=2)


@pytest.mark.parametrize(
    ("lag_s", "believed"),
    [(0.0, True), (4.0, True), (60.0, False), (-60.0, False)],
)
def test_that_an_events_own_time_is_believed_within_reason(
    pbx: Pbx, follow: Callable[..., Follower], lag_s: float, believed: bool
) -> None:
    stamped(pbx, 3600)
    follower = follow()
    happened = time.time() - lag_s  # noqa: TID251 - a server's clock
    pbx.emit(of_caller("QueueCallerJoin", Timestamp=f"{happened + 3600:.6f}"))
    fetched = follower.until(lambda fetched: len(fetched.snapshot.calls) == 1)
    (call,) = fetched.snapshot.calls.values()
    assert call.entered_at is not None
    expected = datetime.fromtimestamp(happened, UTC) if believed else fetched.snapshot.as_of
    # Less than the four seconds that one of them lags.
    assert abs((call.entered_at - expected).total_seconds()) < 3


@pytest.mark.parametrize("stamp", ["nan", "x", "1e18", ""])
def test_that_nonsense_for_a_time_is_passed_over(
    pbx: Pbx, follow: Callable[..., Follower], stamp: str
) -> None:
    pbx.answers["Ping"] = lambda action: success(action, Timestamp=stamp)
    assert kinds(follow().source.fetch()) == []
    stamped(pbx, 0)
    follower = follow()
    pbx.emit(of_caller("QueueCallerJoin", Timestamp=stamp))
    fetched = follower.until(lambda fetched: len(fetched.snapshot.calls) == 1)
    (call,) = fetched.snapshot.calls.values()
    assert call.entered_at is not None
    assert call.entered_at <= fetched.snapshot.as_of


# --- losses ------------------------------------------------------------------------------------


def test_that_a_loss_is_told_once_and_nothing_is_lost_or_told_twice(
    pbx: Pbx, server: Server, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    pbx.emit(of_caller("QueueCallerJoin", "1.1"), of_caller("QueueCallerJoin", "1.2"))
    follower.until(lambda fetched: len(fetched.snapshot.calls) == 2)
    server.hang_up()
    pbx.rows = [*site_rows(gone=4), entry_row("1.2", "support")]
    fetched = follower.until(facts(follower, 4))
    assert follower.faults == [FaultKind.LOST]
    assert follower.facts == ["unknown"] * 4
    (still,) = fetched.snapshot.calls
    # Whether he joined earlier, on the same call, nobody saw: the name has no number.
    assert still.startswith("1.2@support@")
    assert kinds(fetched) == [FaultKind.CALLS_UNSEEN]
    assert fetched.notices[0].detail("count") == "4"


def test_that_facts_that_could_not_be_told_for_a_fault_are_told_later(
    pbx: Pbx, server: Server, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    pbx.emit(
        of_caller("QueueCallerJoin"),
        {"Event": "HangupRequest", "Uniqueid": "1.1"},
        of_caller("QueueCallerAbandon"),
    )
    server.hang_up()
    pbx.rows = site_rows(gone=1)
    follower.until(facts(follower, 1))
    assert follower.facts == ["abandoned"]


def test_that_a_restart_is_told_and_ends_what_was_open(
    pbx: Pbx, server: Server, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    pbx.emit(of_caller("QueueCallerJoin"))
    follower.until(lambda fetched: len(fetched.snapshot.calls) == 1)
    pbx.started = "10:09:00"
    server.hang_up()
    fetched = follower.until(facts(follower, 1))
    assert follower.facts == ["unknown"]
    assert kinds(fetched) == [FaultKind.RESTARTED, FaultKind.CALLS_UNSEEN]
    assert datetime.fromisoformat(fetched.notices[0].detail("at")).utcoffset() == timedelta()


def test_that_a_restart_is_not_forgotten_while_the_server_is_not_ready(
    pbx: Pbx, server: Server, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    pbx.rows = site_rows(done=5)
    follower.source._looked_at_s -= LOOK_EVERY.total_seconds()
    follower.until(lambda _: follower.source._look is None)
    pbx.started = "10:09:00"
    pbx.answers["QueueStatus"] = lambda action: error(action, "Invalid/unknown command")
    server.hang_up()
    with pytest.raises(SourceError):
        follower.source.fetch()
    with pytest.raises(SourceError) as caught:
        follower.source.fetch()
    assert caught.value.fault.kind is FaultKind.NOT_READY
    del pbx.answers["QueueStatus"]
    pbx.rows = site_rows(done=2)
    fetched = follower.until(facts(follower, 2))
    assert FaultKind.RESTARTED in kinds(fetched)
    assert follower.facts == ["unknown"] * 2


def test_that_an_answer_that_comes_after_its_look_was_given_up_is_nothing() -> None:
    source = KIND.connect({"username": "wall", "secret": "x"}, HandClock())
    assert isinstance(source, AsteriskSource)
    for take in (source._take_channels, source._take_queues, source._take_run):
        take({"Response": "Success"}, ())
    source._look_came()
    source._end_look()
    source._ask("Ping", done=lambda *_: None)
    assert not source._read()
    assert source._asking._pending == {}


def test_that_open_calls_are_taken_over_from_a_source_that_died(
    pbx: Pbx, server: Server, source_of: Sources
) -> None:
    pbx.rows += [entry_row("1.1", "support", wait_s=7)]
    first = source_of(server)
    before = first.fetch().snapshot
    first.close()
    second = source_of(server)
    second.resume(before)
    after = second.fetch()
    assert after.snapshot.calls == before.calls
    assert after.facts == ()


def test_that_two_messages_at_once_are_both_taken(
    pbx: Pbx, follow: Callable[..., Follower]
) -> None:
    follower = follow()
    row = of_caller("QueueCallerJoin", "1.1")
    other = of_caller("QueueCallerJoin", "1.2")
    for wire in pbx.wires:
        wire.send(message(row) + message(other))
    follower.until(lambda fetched: len(fetched.snapshot.calls) == 2)
