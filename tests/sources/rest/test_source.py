"""A server of the API as a source: changes, facts, order of time, and honesty about it."""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from support.campaign import size_of_campaign
from support.clocks import HandClock
from support.faultd import FAULTS, Asked, FaultServer, Said
from support.rest_site import NOON, SALES, TOKEN, ApiSite, first_picture

from wallboard.api.picture import SourceWord
from wallboard.domain.errors import Fault, FaultKind, SourceUnavailable, fault
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.snapshot import AgentId, Call, CallId, SnapshotChange, difference
from wallboard.domain.source import Fetched
from wallboard.domain.supervision import NOT_KNOWN, Monitoring, Wish, WishKind
from wallboard.engine.board import Board
from wallboard.engine.freshness import Freshness
from wallboard.engine.happenings import FetchFailed, PictureTaken, SecondPassed
from wallboard.engine.step import step
from wallboard.sources.rest.source import RestSource

Make = Callable[..., RestSource]
Failing = Callable[[RestSource], Fault]


def asked(server: FaultServer) -> list[str]:
    return [one.target for one in server.asked]


def ended(fetched: Fetched) -> list[str]:
    return [fact.call_id for fact in fetched.facts if isinstance(fact, CallRecord)]


# --- the picture --------------------------------------------------------------------------------


def test_that_the_first_look_is_whole_and_the_next_asks_for_what_changed(
    source: RestSource, server: FaultServer, site: ApiSite
) -> None:
    site.arrive("a")
    first = source.fetch()
    assert first.snapshot == site.snapshot
    site.arrive("b")
    second = source.fetch()
    assert second.snapshot == site.snapshot
    assert second.snapshot.agents is first.snapshot.agents
    assert asked(server) == [
        "/v1/capabilities",
        "/v1/facts",
        "/v1/snapshot",
        "/v1/snapshot?since=t.2",
    ]


def test_that_it_says_what_changed_since_the_last_look_and_since_no_other(
    source: RestSource, site: ApiSite
) -> None:
    site.arrive("a")
    first = source.fetch()
    assert first.changed_since(None).whole
    site.arrive("b")
    second = source.fetch()
    assert second.since is first.snapshot
    assert second.changed_since(first.snapshot) is second.change
    assert second.change == difference(first.snapshot, second.snapshot)
    third = source.fetch()
    assert third.changed_since(second.snapshot).empty
    assert third.changed_since(first.snapshot) == difference(first.snapshot, third.snapshot)
    assert [call.call_id for call in third.changed_since(first.snapshot).calls] == ["b"]


def test_that_no_change_renews_the_time_and_costs_no_body(
    source: RestSource, server: FaultServer, site: ApiSite
) -> None:
    first = source.fetch()
    again = source.fetch()
    assert again.snapshot.as_of == first.snapshot.as_of + timedelta(seconds=1)
    assert again.snapshot.agents is first.snapshot.agents
    assert server.asked[-1].headers["if-none-match"] == '"t.1"'


def test_that_parts_which_the_server_does_not_tell_are_named_and_fields_are_not(
    source: RestSource, site: ApiSite
) -> None:
    site.hidden = ("calls.caller_name", "agents", "call.hold")
    (notice,) = source.fetch().notices
    assert notice == fault(FaultKind.PART_NOT_TOLD, what="agents")


def test_that_a_server_which_tells_everything_is_not_complained_of(source: RestSource) -> None:
    assert source.fetch().notices == ()


def test_that_a_server_without_versions_tells_everything_each_time(
    source: RestSource, server: FaultServer, site: ApiSite
) -> None:
    site.versions = site.cursors = False
    site.lacks = {"/v1/capabilities", "/v1/facts", "/v1/history"}
    for key in "abc":
        site.arrive(key)
        assert source.fetch().snapshot == site.snapshot
    assert asked(server)[-1] == "/v1/snapshot"
    assert "if-none-match" not in server.asked[-1].headers
    assert asked(server).count("/v1/facts") == 1


def test_that_a_server_that_does_not_know_our_version_tells_everything(
    source: RestSource, site: ApiSite
) -> None:
    site.arrive("a")
    source.fetch()
    site.leave("a")
    site._pictures.clear()
    assert source.fetch().snapshot == site.snapshot


def test_that_not_changed_without_a_time_is_asked_again_for_everything(
    source: RestSource, server: FaultServer, site: ApiSite
) -> None:
    source.fetch()
    site.instead["/v1/snapshot"] = lambda one: (
        Said(status=304) if "if-none-match" in one.headers else site._snapshot(one, {})
    )
    for _ in range(3):
        site.set_time(site.snapshot.as_of + timedelta(seconds=1))
        assert source.fetch().snapshot == site.snapshot
    tags = ["if-none-match" in one.headers for one in server.asked if "snapshot" in one.target]
    assert tags == [False, True, False, False, False]


def test_that_changes_of_another_picture_are_not_taken(
    source: RestSource, site: ApiSite, failing: Failing
) -> None:
    site.arrive("a")
    source.fetch()
    site.arrive("b")
    good = site._snapshot
    body = json.loads(good(Asked(method="GET", target="", headers={}, body=b""), {}).body)
    body["since"], body["version"] = "t.other", "t.9"
    site.instead["/v1/snapshot"] = lambda _: Said(body=json.dumps(body).encode())
    assert failing(source).kind is FaultKind.BAD_DATA
    del site.instead["/v1/snapshot"]
    assert source.fetch().snapshot == site.snapshot


def test_that_rows_that_cannot_be_read_are_counted(source: RestSource, site: ApiSite) -> None:
    rows = [{"agent_id": f"a{number}", "name": "A", "queues": ["sales"]} for number in range(20)]
    rows.append({"agent_id": 7})
    told = {"as_of": NOON.isoformat(), "queues": [{"queue_id": "sales"}], "agents": rows}
    site.instead["/v1/snapshot"] = lambda _: Said(body=json.dumps(told).encode())
    notices = {one.kind: one for one in source.fetch().notices}
    assert notices[FaultKind.ROWS_IGNORED].detail("count") == "1"


# --- time ---------------------------------------------------------------------------------------


def at(seconds: int) -> Callable[[Asked], Said]:
    told = {
        "as_of": (NOON + timedelta(seconds=seconds)).isoformat(),
        "queues": [{"queue_id": "sales", "name": f"{seconds}"}],
    }
    return lambda _: Said(body=json.dumps(told).encode())


def test_that_the_order_of_eight_pictures_does_not_matter(server: FaultServer, made: Make) -> None:
    site = server.site
    assert isinstance(site, ApiSite)
    site.lacks = {"/v1/capabilities", "/v1/facts"}
    count = size_of_campaign(40, 40_320)
    every = 40_320 // count
    source = made(server)
    for number, order in enumerate(permutations(range(1, 9))):
        if number % every:
            continue
        source._last = None
        times = []
        for seconds in order:
            site.instead["/v1/snapshot"] = at(seconds)
            times.append(source.fetch().snapshot)
        assert [each.as_of for each in times] == sorted(each.as_of for each in times)
        assert times[-1].queues[SALES].name == "8"


def test_that_a_picture_told_again_does_not_make_it_younger(
    source: RestSource, site: ApiSite, clock: HandClock, failing: Failing
) -> None:
    source.fetch()
    site.stands = True
    board = Board(name="test", zone=NOON.tzinfo, poll=timedelta(seconds=1))  # type: ignore[arg-type]
    for _ in range(3):
        said = source.fetch()
        board, _ = step(board, PictureTaken(change=_whole(said)), clock.now())
        clock.pass_by(1)
        board, _ = step(board, SecondPassed(), clock.now())
    assert board.freshness is Freshness.LATE
    clock.pass_by(1)
    told = failing(source)
    assert told.kind is FaultKind.FROZEN
    assert told.detail("at") == "2026-11-22T12:00:01+00:00"
    board, _ = step(board, FetchFailed(fault=told), clock.now())
    assert board.freshness is Freshness.STALE
    assert board.snapshot is not None
    site.stands = False
    assert source.fetch().snapshot == site.snapshot


def _whole(said: Fetched) -> SnapshotChange:
    return difference(None, said.snapshot)


def test_that_a_clock_that_was_set_back_is_believed_in_the_end(
    source: RestSource, site: ApiSite, clock: HandClock
) -> None:
    before = source.fetch()
    site.set_time(NOON - timedelta(hours=1))
    for _ in range(3):
        clock.pass_by(1)
        assert source.fetch().snapshot is before.snapshot
    clock.pass_by(1)
    after = source.fetch()
    assert after.snapshot.as_of == site.snapshot.as_of < before.snapshot.as_of
    assert FaultKind.CLOCK_OFF in {one.kind for one in after.notices}


def test_that_a_clock_that_is_off_is_told(
    source: RestSource, site: ApiSite, clock: HandClock
) -> None:
    clock.wall -= timedelta(minutes=3)
    notices = {one.kind: one for one in source.fetch().notices}
    assert notices[FaultKind.CLOCK_OFF].detail("seconds") == "181"


# --- the server's own source --------------------------------------------------------------------


@pytest.mark.parametrize("state", ["stale", "no_data"])
def test_that_a_board_is_never_live_while_the_server_hears_nothing(
    state: str, source: RestSource, site: ApiSite, clock: HandClock, failing: Failing
) -> None:
    board = Board(name="test", zone=NOON.tzinfo, poll=timedelta(seconds=1))  # type: ignore[arg-type]
    board, _ = step(board, PictureTaken(change=_whole(source.fetch())), clock.now())
    assert board.freshness is Freshness.LIVE
    gone = fault(FaultKind.UNREACHABLE, host="pbx", port=5038, reason="Connection refused")
    site.stands = True
    site.word = SourceWord(state=state, fault=gone)
    site.number += 1
    for second in range(1, 20):
        now = clock.pass_by(1)
        told = failing(source)
        assert told == gone
        board, _ = step(board, FetchFailed(fault=told), now)
        assert second <= 2 or board.freshness is not Freshness.LIVE
        assert second <= 3 or board.freshness is Freshness.STALE
    assert board.snapshot is not None
    assert board.snapshot.agents
    assert board.fault == gone
    # And when it hears again, so do we.
    site.stands, site.word = False, SourceWord(state="live")
    site.number += 1
    assert source.fetch().snapshot == site.snapshot


def test_that_a_server_without_a_reason_has_one_made(
    source: RestSource, site: ApiSite, failing: Failing
) -> None:
    site.word = SourceWord(state="stale")
    assert failing(source).kind is FaultKind.FROZEN


@pytest.mark.parametrize("state", ["live", "late", "of a newer version"])
def test_that_any_other_word_leaves_the_judgement_to_the_clock(
    state: str, source: RestSource, site: ApiSite
) -> None:
    site.word = SourceWord(state=state)
    assert source.fetch().snapshot == site.snapshot


def test_that_the_servers_notices_are_passed_on(source: RestSource, site: ApiSite) -> None:
    site.notices = (fault(FaultKind.CALLS_UNSEEN, count=3),)
    assert site.notices[0] in source.fetch().notices


def test_that_a_server_that_is_not_ready_is_waited_for(
    source: RestSource, site: ApiSite, clock: HandClock
) -> None:
    body = {"kind": "not_ready", "title": "No picture yet", "status": 503}
    site.instead["/v1/snapshot"] = lambda _: Said(
        status=503, body=json.dumps(body).encode(), headers={"Retry-After": "2"}
    )
    with pytest.raises(SourceUnavailable) as caught:
        source.fetch()
    assert caught.value.fault.kind is FaultKind.NOT_READY
    assert caught.value.retry_after == timedelta(seconds=2)
    site.instead.clear()
    clock.pass_by(2)
    assert source.fetch().snapshot == site.snapshot


# --- facts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("cursors", [True, False])
def test_that_who_is_gone_has_his_fact_in_the_same_look(
    cursors: bool, source: RestSource, site: ApiSite
) -> None:
    site.cursors = cursors
    site.arrive("a")
    source.fetch()
    for number in range(20):
        site.arrive(f"b{number}")
        if number % 3 == 0:
            site.arrive(f"c{number}")
            site.leave(f"c{number}")
        before = set(source._last.calls)  # type: ignore[union-attr]
        if number:
            site.leave(f"b{number - 1}")
        said = source.fetch()
        assert before - set(said.snapshot.calls) <= set(ended(said))
        assert not set(ended(said)) & set(said.snapshot.calls)


def test_that_facts_are_asked_for_only_when_there_are_some(
    source: RestSource, server: FaultServer, site: ApiSite
) -> None:
    for _ in range(5):
        site.arrive(f"a{site.number}")
        source.fetch()
    assert [one for one in asked(server) if "facts" in one] == ["/v1/facts"]
    site.leave("a1")
    assert ended(source.fetch()) == ["a1"]
    assert asked(server)[-1] == "/v1/facts?after=0&limit=1000&until=1"


def test_that_many_facts_are_taken_page_by_page(source: RestSource, site: ApiSite) -> None:
    source.fetch()
    site.page = 7
    for number in range(40):
        site.arrive(f"c{number}")
        site.leave(f"c{number}")
    assert ended(source.fetch()) == [f"c{number}" for number in range(40)]
    assert source.fetch().facts == ()


def test_that_what_came_before_a_failure_is_told_after_it(
    source: RestSource, site: ApiSite, failing: Failing
) -> None:
    source.fetch()
    site.page = 3
    for number in range(9):
        site.arrive(f"c{number}")
        site.leave(f"c{number}")
    good, pages = site._facts, 0

    def breaks(one: Asked) -> Said:
        nonlocal pages
        pages += 1
        told = dict(part.split("=") for part in one.target.partition("?")[2].split("&"))
        return Said(status=500) if pages % 2 == 0 else good(told)

    site.instead["/v1/facts"] = breaks
    told: list[str] = []
    for _ in range(6):
        try:
            told += ended(source.fetch())
        except SourceUnavailable:
            continue
    assert told == [f"c{number}" for number in range(9)]


def test_that_facts_held_at_the_first_look_are_not_told(source: RestSource, site: ApiSite) -> None:
    site.arrive("old")
    site.leave("old")
    assert source.fetch().facts == ()


def test_that_a_fact_of_a_call_that_is_still_there_waits(source: RestSource, site: ApiSite) -> None:
    site.cursors = False
    site.arrive("a")
    source.fetch()
    call = site.snapshot.calls[CallId("a")]
    site.tell(call)
    assert ended(source.fetch()) == []
    site.leave("a", silently=True)
    assert ended(source.fetch()) == ["a"]


def test_that_a_cursor_that_is_gone_is_made_up_for_from_the_history(
    source: RestSource, server: FaultServer, site: ApiSite
) -> None:
    site.arrive("a")
    source.fetch()
    site.leave("a")
    site.arrive("b")
    site.leave("b")
    site.kept_from = 2
    site.page = 1
    said = source.fetch()
    assert sorted(ended(said)) == ["a", "b"]
    assert sum("history" in one for one in asked(server)) == 2
    site.arrive("c")
    site.leave("c")
    assert ended(source.fetch()) == ["c"]


@pytest.mark.parametrize("how", ["lacks", "fails"])
def test_that_a_history_that_is_not_there_does_not_bar_the_picture(
    how: str, source: RestSource, site: ApiSite, clock: HandClock
) -> None:
    site.arrive("a")
    source.fetch()
    site.leave("a")
    site.kept_from = 5
    if how == "lacks":
        site.lacks = {"/v1/history"}
    else:
        site.instead["/v1/history"] = lambda _: Said(status=500)
    said = None
    for _ in range(3):
        clock.pass_by(1)
        try:
            said = source.fetch()
        except SourceUnavailable:
            continue
        break
    assert said is not None
    assert said.snapshot.calls == {}


def test_that_a_source_goes_on_where_another_ended(
    server: FaultServer, site: ApiSite, made: Make
) -> None:
    site.arrive("a")
    site.arrive("b")
    before = made(server).fetch().snapshot
    site.leave("a")
    later = made(server)
    later.resume(before)
    assert ended(later.fetch()) == ["a"]
    site.leave("b")
    assert ended(later.fetch()) == ["b"]


def test_that_facts_we_may_not_see_are_a_notice_and_asked_for_again(
    source: RestSource, server: FaultServer, site: ApiSite, clock: HandClock
) -> None:
    site.instead["/v1/facts"] = lambda _: Said(status=403)
    for _ in range(60):
        said = source.fetch()
        assert said.snapshot == site.snapshot
        notices = {one.kind: one for one in said.notices}
        assert notices[FaultKind.FORBIDDEN].detail("what") == "/v1/facts"
        clock.pass_by(1)
    assert sum("facts" in one for one in asked(server)) == 1
    site.instead.clear()
    said = source.fetch()
    assert FaultKind.FORBIDDEN not in {one.kind for one in said.notices}
    site.arrive("a")
    site.leave("a")
    assert ended(source.fetch()) == ["a"]


def test_that_a_picture_we_may_not_see_is_asked_for_again_in_a_minute(
    source: RestSource, site: ApiSite
) -> None:
    site.instead["/v1/snapshot"] = lambda _: Said(status=403)
    with pytest.raises(SourceUnavailable) as caught:
        source.fetch()
    assert caught.value.fault.kind is FaultKind.FORBIDDEN
    assert caught.value.retry_after == timedelta(seconds=60)
    site.instead.clear()
    assert source.fetch().snapshot == site.snapshot


@pytest.mark.parametrize("one", ["/v1/capabilities", "/v1/facts", "/v1/history"])
@pytest.mark.parametrize("other", ["/v1/capabilities", "/v1/facts", "/v1/history"])
def test_that_a_server_may_lack_what_is_not_the_picture(
    one: str, other: str, source: RestSource, site: ApiSite, clock: HandClock
) -> None:
    site.lacks = {one, other}
    for number in range(5):
        site.arrive(f"c{number}")
        assert source.fetch().snapshot == site.snapshot
        clock.pass_by(1)
    site.lacks = set()
    clock.pass_by(601)
    source.fetch()
    site.leave("c0")
    assert "c0" in ended(source.fetch())


def test_that_a_call_without_a_fact_ends_as_it_was_seen(
    source: RestSource, site: ApiSite, clock: HandClock
) -> None:
    site.promised = ()
    site.arrive("waits")
    talks = Call(
        call_id=CallId("talks"),
        queue_id=SALES,
        entered_at=NOON,
        answered_at=NOON + timedelta(seconds=9),
        agent_id=AgentId("sara"),
    )
    site.snapshot = replace(site.snapshot, calls={**site.snapshot.calls, talks.call_id: talks})
    site.set_time(NOON + timedelta(seconds=30))
    source.fetch()
    site._become({})
    said = source.fetch()
    records = {fact.call_id: fact for fact in said.facts if isinstance(fact, CallRecord)}
    waited, talked = records[CallId("waits")], records[CallId("talks")]
    assert (waited.ending, waited.wait, waited.talk) == (Ending.UNKNOWN, None, None)
    assert (talked.ending, talked.wait) == (Ending.ANSWERED, timedelta(seconds=9))
    assert talked.talk is None
    assert talked.agent_id == "sara"
    assert talked.target == timedelta(seconds=20)
    assert source.fetch().facts == ()


def test_that_a_promised_fact_is_waited_for_and_not_counted_twice(
    source: RestSource, site: ApiSite, clock: HandClock
) -> None:
    site.arrive("a")
    source.fetch()
    call = site.snapshot.calls[CallId("a")]
    site.leave("a", silently=True)
    for _ in range(59):
        assert source.fetch().facts == ()
        clock.pass_by(1)
    source.fetch()
    clock.pass_by(2)
    (made_up,) = source.fetch().facts
    assert isinstance(made_up, CallRecord)
    assert made_up.ending is Ending.UNKNOWN
    site.tell(call)
    (late,) = source.fetch().facts
    assert isinstance(late, CallRecord)
    assert late.ending is Ending.ABANDONED
    assert late.fact_id == made_up.fact_id


# --- waiting and commands -----------------------------------------------------------------------


def test_that_waiting_ends_when_somebody_wants_attention(source: RestSource) -> None:
    one, other = socket.socketpair()
    with one, other:
        began_s = time.monotonic()
        source.wait(timedelta(seconds=0.1), one)
        assert time.monotonic() - began_s >= 0.09
        other.send(b"x")
        source.wait(timedelta(seconds=30), one)
        assert time.monotonic() - began_s < 5
        assert select.select([one], [], [], 0)[0]


WISH = Wish(kind=WishKind.LISTEN, agent_id=AgentId("sara"), reason="training")


def test_that_a_command_is_sent_once_under_a_key_of_its_own(
    source: RestSource, server: FaultServer, site: ApiSite
) -> None:
    source.fetch()
    for _ in range(3):
        done = source.supervise(WISH)
        assert done is not None
        assert done.done
    assert list(site.done.values()) == [1, 1, 1]
    body = json.loads(server.asked[-1].body)
    assert (body["command"], body["agent_id"], body["reason"]) == ("listen", "sara", "training")


def test_that_a_command_that_goes_on_is_followed(
    source: RestSource, server: FaultServer, site: ApiSite
) -> None:
    site.state = "pending"
    done = {"id": "c-1", "state": "done", "reason": "", "as_of": NOON.isoformat()}
    told = [{**done, "state": "pending"}]
    site.instead["/v1/commands/c-1"] = lambda _: Said(body=json.dumps(told[0]).encode())
    assert source.supervise(WISH) is None
    assert [one.method for one in server.asked] == ["POST"]
    assert source.fetch().results == ()
    one, other = socket.socketpair()
    with one, other:
        began_s = time.monotonic()
        source.wait(timedelta(seconds=30), one)
        assert time.monotonic() - began_s < 5
    told[0] = done
    (result,) = source.fetch().results
    assert result.done
    assert result.wish is WISH
    assert source.fetch().results == ()


def test_that_a_command_that_never_ends_is_not_known_after_a_while_and_breaks_no_look(
    source: RestSource, clock: HandClock, site: ApiSite
) -> None:
    site.state = "pending"
    site.instead["/v1/commands/c-1"] = lambda _: Said(status=503)
    assert source.supervise(WISH) is None
    assert source.fetch().results == ()
    clock.pass_by(61)
    site.set_time(site.snapshot.as_of + timedelta(seconds=61))
    (result,) = source.fetch().results
    assert (result.done, result.known, result.reason) == (False, False, NOT_KNOWN)


def test_that_only_what_this_connection_asked_for_is_its_own(
    source: RestSource, site: ApiSite
) -> None:
    def heard(agent: str, phone: str, *, own: bool = True) -> Monitoring:
        return Monitoring(
            monitoring_id=f"{agent} {phone}", agent_id=AgentId(agent), phone=phone, own=own
        )

    site.phone = "PJSIP/9001"
    site.monitorings = (
        heard("sara", "PJSIP/9001"),
        heard("sara", "PJSIP/9002"),
        heard("omid", "PJSIP/9001"),
        heard("sara", "9001", own=False),
    )
    told = source.fetch().monitorings
    assert told is not None
    assert [each.own for each in told] == [False] * 4
    source.supervise(WISH)
    site.number += 1
    told = source.fetch().monitorings
    assert told is not None
    assert [each.own for each in told] == [True, False, False, False]


def test_that_what_a_token_or_the_account_behind_may_not_is_told_before_it_is_asked(
    source: RestSource, site: ApiSite
) -> None:
    site.lacking = ((WishKind.LISTEN, "write = originate"),)
    lacks = dict(source.fetch().lacks)
    assert lacks[WishKind.LISTEN] == "write = originate"
    assert lacks[WishKind.BARGE] == "--mode barge, --phone"
    assert WishKind.PAUSE not in lacks


def test_that_of_a_server_that_tells_nothing_of_it_nobody_knows_who_listens(
    source: RestSource,
) -> None:
    assert source.fetch().monitorings is None


@pytest.mark.parametrize(
    ("state", "reason"), [("refused", "The agent has no call."), ("unknown", "")]
)
def test_that_a_refusal_is_told_in_the_servers_words(
    state: str, reason: str, source: RestSource, site: ApiSite
) -> None:
    told = {"id": "c-1", "state": state, "reason": reason, "as_of": NOON.isoformat()}
    site.instead["/v1/commands"] = lambda _: Said(status=202, body=json.dumps(told).encode())
    result = source.supervise(WISH)
    assert result is not None
    assert not result.done
    assert result.reason == (reason or NOT_KNOWN)


@pytest.mark.parametrize("status", [403, 404, 409, 422, 429, 401])
def test_that_what_the_server_refuses_was_not_done(
    status: int, source: RestSource, site: ApiSite
) -> None:
    body = {"kind": "forbidden", "title": "Not allowed", "status": status, "detail": "no mode"}
    site.instead["/v1/commands"] = lambda _: Said(status=status, body=json.dumps(body).encode())
    result = source.supervise(WISH)
    assert result is not None
    assert not result.done
    assert result.reason not in ("", NOT_KNOWN)


@pytest.mark.parametrize("name", ["reset_in_body", "failed", "closed_in_body", "log_in_page"])
def test_that_a_command_without_an_answer_is_unknown_and_never_repeated(
    name: str, source: RestSource, server: FaultServer, site: ApiSite
) -> None:
    source.fetch()
    server.break_down(FAULTS[name])
    result = source.supervise(WISH)
    assert result is not None
    assert not result.done
    assert result.reason == NOT_KNOWN
    assert [one.method for one in server.asked].count("POST") == 1


def test_that_a_command_that_never_left_was_not_done(
    source: RestSource, server: FaultServer, site: ApiSite
) -> None:
    server.break_down(FAULTS["refused"])
    result = source.supervise(WISH)
    assert result is not None
    assert not result.done
    assert result.reason == "The center cannot be reached."
    server.recover()
    assert site.done == {}


def test_that_closing_twice_is_no_harm(source: RestSource) -> None:
    source.fetch()
    source.close()
    source.close()


def test_that_the_token_is_all_that_is_needed(source: RestSource, server: FaultServer) -> None:
    source.fetch()
    assert {one.headers["authorization"] for one in server.asked} == {f"Bearer {TOKEN}"}
    assert first_picture().agents
