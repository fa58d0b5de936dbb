"""What a supervisor asks of a small PBX, over a real socket: what is sent, and what is believed."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from support.ami_desk import ALICE, LEG, Desk
from support.ami_server import Pbx, Server, error, success
from support.ami_story import Row, agent_channel, caller_channel, entry_row, member_row

from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.supervision import MONITORING, VOICE, Wish, WishKind, WishResult
from wallboard.sources.asterisk import KIND, why_not
from wallboard.sources.asterisk.source import AsteriskSource

Sources = Callable[..., AsteriskSource]


# --- the right call ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(MONITORING))
@pytest.mark.parametrize("sound_first", [True, False])
def test_that_it_is_believed_only_when_the_phone_and_the_right_pair_were_told(
    desk: Desk, kind: WishKind, sound_first: bool
) -> None:
    wish = desk.begin(kind)
    (sent,) = desk.sent("Originate")
    assert sent["Channel"] == "PJSIP/9001"
    assert sent["Data"].partition(",")[0] == LEG
    assert sent["CallerID"].endswith(': Alice Adams" <1001>')
    told = [desk.spies, desk.answered] if sound_first else [desk.answered, desk.spies]
    told[0]()
    desk.source.wait(timedelta(seconds=0.2), desk.interrupt)
    assert desk.look().results == ()
    assert desk.results == []
    told[1]()
    assert desk.outcome(wish) == (True, True, "")
    (there,) = desk.last.monitorings or ()
    assert (there.agent_id, there.call_id, there.mode) == (ALICE, desk.call, kind)
    assert (there.own, there.phone) == (True, "PJSIP/9001")
    # It is not dropped by a look that was on its way as it began.
    desk.source._supervision.take_rows([], desk.source._clock.now().wall - timedelta(seconds=1))
    assert desk.source._supervision._calls.held
    ending = Wish(kind=WishKind.END, agent_id=ALICE)
    assert desk.source.supervise(ending) is None
    assert desk.hung_up_on() == desk.channel_id
    desk.spies("ChanSpyStop")
    desk.hangs_up()
    assert desk.outcome(ending) == (True, True, "")
    assert desk.last.monitorings == ()
    assert len(desk.sent("Originate")) == 1


def test_that_another_channel_is_hung_up_on_at_once_and_told(desk: Desk) -> None:
    wish = desk.begin()
    desk.answered()
    desk.spies(spyee="somebody else's")
    assert desk.outcome(wish) == (False, True, why_not.WRONG_CALL)
    desk.until(lambda _: bool(desk.sent("Hangup")))
    assert {one["Channel"] for one in desk.sent("Hangup")} == {desk.channel_id}
    # Until it is gone it is there for everybody to see, and is asked to end again.
    assert desk.last.monitorings
    desk.until(lambda _: len(desk.sent("Hangup")) > 1)
    desk.hangs_up()
    desk.until(lambda seen: seen.monitorings == ())


def test_that_success_without_sound_is_no_success(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.sources.asterisk.ringing.SOUND_WITHIN_S", 0.2)
    wish = desk.begin()
    desk.answered()
    assert desk.outcome(wish) == (False, True, why_not.NO_SOUND)
    assert desk.hung_up_on() == desk.channel_id
    desk.hangs_up()
    # As Asterisk itself does it: the phone is answered and hung up at once, still with success.
    wish = desk.begin()
    desk.answered()
    desk.hangs_up()
    assert desk.outcome(wish) == (False, True, why_not.NO_SOUND)


def test_that_a_server_that_tells_nothing_more_is_told_as_such(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.sources.asterisk.ringing.TOLD_WITHIN_S", 0.2)
    wish = desk.begin()
    assert desk.outcome(wish) == (False, True, why_not.PHONE_NOT_TOLD)
    assert desk.hung_up_on() == desk.channel_id


@pytest.mark.parametrize(
    ("reason", "cause", "told"),
    [
        ("3", "", why_not.PHONE_NOT_ANSWERED),
        ("5", "", why_not.PHONE_BUSY),
        ("8", "", why_not.PHONE_CONGESTED),
        ("1", "", why_not.PHONE_DECLINED),
        ("0", "", why_not.PHONE_NOT_REACHED),
        ("0", "17", why_not.PHONE_BUSY),
        ("0", "19", why_not.PHONE_NOT_ANSWERED),
        ("0", "21", why_not.PHONE_DECLINED),
        ("0", "34", why_not.PHONE_CONGESTED),
        ("0", "3", why_not.PHONE_NOT_REACHED),
    ],
)
@pytest.mark.parametrize("cause_first", [True, False])
def test_that_a_phone_that_is_not_answered_is_told_with_its_cause(
    desk: Desk, reason: str, cause: str, told: str, cause_first: bool
) -> None:
    wish = desk.begin()
    if cause and cause_first:
        desk.hangs_up(cause=cause)
    desk.answered("Failure", reason)
    if cause and not cause_first:
        desk.hangs_up(cause=cause)
    assert desk.outcome(wish) == (False, True, told)
    assert desk.sent("Hangup") == []
    assert desk.last.monitorings == ()


@pytest.mark.parametrize("of", ["agent", "caller's visit"])
def test_that_a_call_that_ends_while_the_phone_rings_is_never_listened_to(
    desk: Desk, of: str
) -> None:
    wish = desk.begin()
    if of == "agent":
        desk.hangs_up(LEG)
    else:
        told = {"Uniqueid": "1.1", "Queue": "support", "Interface": "PJSIP/1001"}
        desk.pbx.emit({"Event": "AgentComplete", **told, "TalkTime": "5", "HoldTime": "1"})
        desk.until(lambda seen: not seen.snapshot.calls)
        desk.answered()
        desk.spies()
    assert desk.outcome(wish) == (False, True, why_not.CALL_ENDED)
    assert desk.hung_up_on() == desk.channel_id


def test_that_an_error_of_the_server_is_told_with_its_cause(desk: Desk) -> None:
    for said, told in (
        ("Permission denied", why_not.RIGHT_MISSING),
        ("Invalid/unknown command", why_not.NO_COMMAND),
        ("Something else", why_not.REFUSED),
    ):
        desk.pbx.answers["Originate"] = partial(error, said=said)
        assert desk.outcome(desk.begin()) == (False, True, told)


def test_that_a_lost_connection_leaves_it_unknown_and_it_is_never_asked_again(
    desk: Desk, server: Server
) -> None:
    wish = desk.begin()
    channel = {**caller_channel("9.9", "x"), "Uniqueid": desk.channel_id, "Linkedid": "9.9"}
    channel |= {"Application": "ChanSpy", "ApplicationData": f"{LEG},quES"}
    assert desk.pbx.channels is not None
    desk.pbx.channels.append(channel)
    server.hang_up()
    assert desk.outcome(wish) == (False, False, why_not.LOST)
    assert len(desk.sent("Originate")) == 1
    # If it lasts after all it is ours, and can be ended.
    (there,) = desk.last.monitorings or ()
    assert (there.agent_id, there.mode, there.own) == (ALICE, WishKind.LISTEN, True)
    assert desk.source.supervise(Wish(kind=WishKind.END, agent_id=ALICE)) is None


@pytest.mark.parametrize("heard", [True, False], ids=["listens", "rings"])
def test_that_nobody_goes_on_listening_when_nobody_is_left_to_end_it(
    desk: Desk, heard: bool
) -> None:
    wish = desk.begin()
    if heard:
        desk.answered()
        desk.spies()
        desk.outcome(wish)
    assert desk.sent("Hangup") == []
    desk.source.close()
    assert [one["Channel"] for one in desk.sent("Hangup")] == [desk.channel_id]


@pytest.mark.parametrize("phone", ["PJSIP/9001", "PJSIP/9002"])
def test_that_what_a_process_that_was_killed_began_can_be_ended_by_its_phone(
    desk: Desk, server: Server, source_of: Sources, phone: str
) -> None:
    channel = {**caller_channel("9.9", "x"), "Channel": "PJSIP/9001-00000001"}
    channel |= {"Uniqueid": "wallboard-0f0f", "Linkedid": "wallboard-0f0f", "BridgeId": ""}
    channel |= {"Application": "ChanSpy", "ApplicationData": f"{LEG},quES"}
    assert desk.pbx.channels is not None
    desk.pbx.channels.append(channel)
    later = Desk(desk.pbx, source_of(server, phone=phone), desk.interrupt)
    assert [one.agent_id for one in later.last.monitorings or ()] == [ALICE]
    ending = Wish(kind=WishKind.END, agent_id=ALICE)
    result = later.source.supervise(ending)
    if phone == "PJSIP/9002":  # another one's phone is left alone
        assert result is not None
        assert result.reason == why_not.NOT_LISTENING
        return
    assert result is None
    assert later.hung_up_on() == "wallboard-0f0f"
    later.hangs_up("wallboard-0f0f")
    assert later.outcome(ending) == (True, True, "")


def test_that_what_another_wallboard_hears_of_its_own_ring_is_not_taken_for_ours(
    desk: Desk, server: Server, source_of: Sources
) -> None:
    other = Desk(desk.pbx, source_of(server, phone="PJSIP/9002"), desk.interrupt)
    numbers = [each["ActionID"] for each in desk.pbx.asked if "ActionID" in each]
    other.look()
    assert len(set(numbers)) == len(numbers)


def test_that_nothing_is_asked_of_a_center_that_is_not_there(desk: Desk, server: Server) -> None:
    server.close()
    desk.until(lambda _: desk.source._client is None)
    call = desk.call
    for kind in WishKind:
        result = desk.source.supervise(Wish(kind=kind, agent_id=ALICE, call_id=call))
        assert result is not None
        assert (result.done, result.known, result.reason) == (False, True, why_not.NOT_REACHED)


# --- who is meant ---------------------------------------------------------------------------


def test_that_what_cannot_be_told_for_sure_is_not_listened_to(desk: Desk) -> None:
    channels = desk.pbx.channels
    assert channels is not None
    caller, leg = channels
    stranger = {**leg, "Channel": "PJSIP/10010-0000002b", "Uniqueid": "other"}

    def with_rows(*rows: Row) -> str:
        desk.pbx.channels = list(rows)
        return desk.refused(WishKind.WHISPER)

    assert with_rows(leg) == why_not.CALL_ENDED
    assert with_rows(caller) == why_not.NO_CHANNEL
    assert with_rows(caller, stranger) == why_not.NO_CHANNEL
    assert with_rows(caller, {**leg, "ChannelStateDesc": "Ringing"}) == why_not.NO_CHANNEL
    assert with_rows(caller, {**leg, "Linkedid": "another call"}) == why_not.NO_CHANNEL
    assert with_rows(caller, {**leg, "Application": "ChanSpy"}) == why_not.NO_CHANNEL
    assert with_rows(caller, leg, {**leg, "Uniqueid": "second"}) == why_not.SEVERAL_CALLS
    assert with_rows(caller, {**leg, "Uniqueid": "x,d"}) == why_not.UNSENDABLE
    desk.pbx.channels = None
    assert desk.refused(WishKind.WHISPER) == why_not.CHANNELS_HIDDEN
    assert desk.refused(WishKind.LISTEN, agent_id=AgentId("nobody")) == why_not.UNKNOWN_AGENT
    assert desk.refused(WishKind.LISTEN, call_id=CallId("older")) == why_not.OTHER_CALL
    assert desk.refused(WishKind.LISTEN, phone="PJSIP/9001&PJSIP/9002") == why_not.BAD_PHONE
    assert desk.refused(WishKind.END) == why_not.NOT_LISTENING
    eve = AgentId("1005")
    assert desk.refused(WishKind.LISTEN, agent_id=eve) == why_not.NO_CALL
    desk.pbx.channels = [caller, leg]
    assert desk.refused(WishKind.LISTEN, agent_id=eve, call_id=None) == why_not.NO_CALL
    assert desk.refused(WishKind.PICK_UP) == why_not.NO_CALLER


def test_that_a_connection_without_a_phone_says_so(
    pbx: Pbx, server: Server, source_of: Sources, interrupt: tuple[socket.socket, socket.socket]
) -> None:
    source = source_of(server)
    source.fetch()
    result = source.supervise(Wish(kind=WishKind.TRY_PHONE, agent_id=AgentId("")))
    assert result is not None
    assert result.reason == why_not.NO_PHONE


def test_that_an_agent_behind_a_local_channel_is_heard_on_the_phone_behind_it(desk: Desk) -> None:
    channels = desk.pbx.channels
    assert channels is not None
    caller, leg = channels
    local = {**leg, "Channel": "Local/1001@from-queue-00000003;1", "Uniqueid": "local"}
    desk.pbx.channels = [caller, local, leg]
    desk.begin()
    assert desk.sent("Originate")[-1]["Data"] == f"{LEG},quES"


def test_that_an_agent_at_a_phone_of_somebody_elses_is_heard_where_the_queue_said(
    desk: Desk,
) -> None:
    told = {"Channel": "PJSIP/trunk-2.2", "Uniqueid": "2.2", "Linkedid": "2.2", "Queue": "support"}
    desk.pbx.emit({"Event": "QueueCallerJoin", **told})
    answered = {"Interface": "Local/1005@from-queue/n", "DestUniqueid": "2.3"}
    desk.pbx.emit({"Event": "AgentConnect", **told, **answered, "HoldTime": "1"})
    eve = AgentId("1005")
    seen = desk.until(lambda seen: bool(seen.snapshot.agents[eve].call_id))
    far = {**agent_channel("2.2", "PJSIP/mobile-trunk"), "Uniqueid": "2.4"}
    local = {**far, "Channel": "Local/1005@from-queue-00000003;1", "Uniqueid": "2.3"}
    assert desk.pbx.channels is not None
    desk.pbx.channels += [caller_channel("2.2", "support"), far, local]
    desk.begin(agent_id=eve, call_id=seen.snapshot.agents[eve].call_id)
    assert desk.sent("Originate")[-1]["Data"] == "2.3,quES"


# --- who else listens -------------------------------------------------------------------------


def spying(data: str) -> Row:
    row = {**agent_channel("s.1", "SIP/77"), "Uniqueid": "s.1", "Application": "ChanSpy"}
    return row | {"ApplicationData": data}


@pytest.mark.parametrize(
    ("data", "agent", "mode"),
    [
        ("PJSIP/1001-0000002a,q", ALICE, WishKind.LISTEN),
        (f"{LEG},quES", ALICE, WishKind.LISTEN),
        ("PJSIP/1001,qwg(B)", ALICE, WishKind.WHISPER),
        ("PJSIP/trunk-1.1,B", ALICE, WishKind.BARGE),
        ("PJSIP/,qW", None, WishKind.WHISPER),
    ],
)
def test_that_who_listened_before_we_came_is_found(
    pbx: Pbx, desk: Desk, server: Server, data: str, agent: AgentId | None, mode: WishKind
) -> None:
    assert pbx.channels is not None
    pbx.channels.append(spying(data))
    server.hang_up()
    seen = desk.until(lambda seen: bool(seen.monitorings))
    (there,) = seen.monitorings or ()
    assert (there.agent_id, there.mode, there.own, there.since) == (agent, mode, False, None)
    assert (there.monitoring_id, there.phone) == ("s.1", "SIP/77")
    desk.hangs_up("s.1")
    desk.until(lambda seen: seen.monitorings == ())


def test_that_who_waits_for_a_call_to_listen_to_listens_to_nobody(
    pbx: Pbx, desk: Desk, server: Server
) -> None:
    assert pbx.channels is not None
    pbx.channels.append(spying("PJSIP/4711,q"))
    server.hang_up()
    desk.until(lambda _: len(desk.sent("Login")) == 2)
    assert desk.last.monitorings == ()


def test_that_the_mode_of_who_begins_by_another_program_is_looked_for(pbx: Pbx, desk: Desk) -> None:
    assert pbx.channels is not None
    pbx.channels.append(spying("PJSIP/1001,qB"))
    desk.spies(spyer="s.1")
    seen = desk.until(lambda seen: bool(seen.monitorings))
    assert [one.mode for one in seen.monitorings or ()] == [None]
    desk.until(lambda seen: [one.mode for one in seen.monitorings or ()] == [WishKind.BARGE])
    desk.spies("ChanSpyStop", spyer="s.1")
    desk.until(lambda seen: seen.monitorings == ())


# --- what the account may do ------------------------------------------------------------------


def test_that_what_the_account_may_not_do_is_known_before_anybody_asks(
    pbx: Pbx, server: Server, source_of: Sources
) -> None:
    pbx.answers["ListCommands"] = lambda action: success(
        action, Hangup="ends", CoreShowChannels="shows", QueuePause="pauses", BlindTransfer="moves"
    )
    lacks = dict(source_of(server).fetch().lacks)
    assert lacks[WishKind.LISTEN] == lacks[WishKind.PICK_UP] == "write = originate"
    assert lacks[WishKind.LOG_OUT] == "write = agent"
    assert lacks[WishKind.WITHDRAW] == "QueueWithdrawCaller"
    assert lacks[WishKind.MESSAGE] == "write = message"
    able = {WishKind.END, WishKind.PAUSE, WishKind.UNPAUSE, WishKind.HANG_UP, WishKind.TRANSFER}
    assert not able & set(lacks)
    assert set(WishKind) == able | set(lacks)
    # Who does not tell what may be done is not known to lack anything.
    pbx.answers["ListCommands"] = lambda action: error(action, "Permission denied")
    # Only that a phone can be muted must be sure: else one is, and cannot be heard again.
    lacks = dict(source_of(server).fetch().lacks)
    assert lacks == dict.fromkeys(VOICE, "res_mutestream.so")


def test_that_an_account_that_hears_no_calls_cannot_listen(pbx: Pbx, desk: Desk) -> None:
    told = {"Channel": "PJSIP/trunk-2.2", "Uniqueid": "2.2", "Linkedid": "2.2", "Queue": "support"}
    pbx.emit({"Event": "QueueCallerJoin", **told})
    desk.until(lambda seen: len(seen.snapshot.calls) == 2)
    # The phone's answer, which is of the class of calls, would have come before.
    pbx.emit({"Event": "AgentConnect", **told, "Interface": "PJSIP/1004", "HoldTime": "1"})
    desk.until(lambda seen: dict(seen.lacks).get(WishKind.LISTEN, "").endswith("read = call"))
    assert desk.last.monitorings is None


# --- what needs no phone ----------------------------------------------------------------------


def test_that_an_agent_is_paused_by_each_interface_and_what_was_not_done_is_told(
    pbx: Pbx, desk: Desk
) -> None:
    pbx.rows += [member_row("billing", "Local/1001@from-queue/n", StateInterface="hint:1001@x")]
    desk.source._supervision._translator.look_wanted = True
    desk.until(lambda seen: seen.snapshot.agents[ALICE].queues == ("billing", "support"))
    pause = Wish(kind=WishKind.PAUSE, agent_id=ALICE, reason="Lunch | \r\nAction: x")
    result = desk.source.supervise(pause)
    assert result == WishResult(wish=pause, done=True)
    sent = desk.sent("QueuePause")
    assert {one["Interface"] for one in sent} == {"PJSIP/1001", "Local/1001@from-queue/n"}
    assert {(one["Paused"], one["Reason"]) for one in sent} == {("true", "Lunch Action: x")}
    assert all("Queue" not in one for one in sent)
    one_queue = Wish(kind=WishKind.PAUSE, agent_id=ALICE, queue_id=QueueId("support"))
    assert desk.source.supervise(one_queue) == WishResult(wish=one_queue, done=True)
    assert desk.sent("QueuePause")[-1]["Queue"] == "support"

    pbx.answers["QueueRemove"] = lambda action: (
        success(action) if action["Queue"] == "billing" else error(action, "Member not dynamic")
    )
    away = Wish(kind=WishKind.LOG_OUT, agent_id=ALICE)
    told = desk.source.supervise(away)
    assert told is not None
    assert (told.done, told.reason) == (False, why_not.IN_SOME)
    away = Wish(kind=WishKind.LOG_OUT, agent_id=ALICE, queue_id=QueueId("support"))
    told = desk.source.supervise(away)
    assert told is not None
    assert told.reason == why_not.FIXED_MEMBER
    assert desk.refused(WishKind.UNPAUSE) == why_not.NOT_PAUSED
    assert desk.refused(WishKind.PAUSE, queue_id=QueueId("none")) == why_not.NOT_A_MEMBER
    assert desk.refused(WishKind.ADD, queue_id=QueueId("support")) == why_not.ALREADY_IN
    assert desk.refused(WishKind.ADD) == why_not.NO_QUEUE


def test_that_calls_are_ended_and_passed_on_at_their_exact_channels(pbx: Pbx, desk: Desk) -> None:
    ended = Wish(kind=WishKind.HANG_UP, agent_id=ALICE, call_id=desk.call)
    assert desk.source.supervise(ended) == WishResult(wish=ended, done=True)
    assert desk.hung_up_on() == "1.1"
    pbx.answers["Getvar"] = lambda action: success(action, Value="1")
    passed = Wish(kind=WishKind.TRANSFER, agent_id=ALICE, call_id=desk.call, to="600")
    told = desk.source.supervise(passed)
    assert told == WishResult(wish=passed, done=True)
    (sent,) = desk.sent("BlindTransfer")
    assert sent["Channel"] == LEG
    assert (sent["Exten"], sent["Context"]) == ("600", "from-internal")
    pbx.answers["Getvar"] = lambda action: success(action, Value="0")
    assert desk.refused(WishKind.TRANSFER, to="601") == why_not.NO_EXTENSION
    assert desk.refused(WishKind.TRANSFER, to="600,x") == why_not.UNSENDABLE
    assert len(desk.sent("BlindTransfer")) == 1
    text = Wish(kind=WishKind.MESSAGE, agent_id=ALICE, text="سلام")
    assert desk.source.supervise(text) == WishResult(wish=text, done=True)
    (sent,) = desk.sent("MessageSend")
    assert (sent["To"], sent["Base64Body"]) == ("pjsip:1001", "2LPZhNin2YU=")


def test_that_a_server_that_stops_answering_leaves_a_command_unknown(
    pbx: Pbx, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.sources.asterisk.source.DEADLINE", timedelta(seconds=0.4))
    pbx.answers["Hangup"] = lambda _: None
    told = desk.source.supervise(Wish(kind=WishKind.HANG_UP, agent_id=ALICE, call_id=desk.call))
    assert told is not None
    assert (told.done, told.known, told.reason) == (False, False, why_not.NOT_KNOWN)
    assert len(desk.sent("Hangup")) == 1
    # What was only looked for was not done.
    desk.until(lambda _: len(desk.sent("Login")) == 2)
    desk.until(lambda _: desk.source._client is not None)
    pbx.answers["CoreShowChannels"] = lambda _: None
    assert desk.refused(WishKind.LISTEN) == why_not.NOT_REACHED


def test_that_a_caller_is_connected_only_when_both_are_seen_together(
    pbx: Pbx, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish = desk.begin(WishKind.TAKE_OVER)
    sent = desk.sent("Originate")[-1]
    assert (sent["Application"], sent["Data"]) == ("Bridge", "PJSIP/trunk-1.1")
    desk.answered()
    desk.source.wait(timedelta(seconds=0.2), desk.interrupt)
    assert desk.look().results == ()
    assert pbx.channels is not None
    caller = pbx.channels[0] | {"BridgeId": "b"}
    ours = {**agent_channel("1.1", "PJSIP/9001"), "Uniqueid": desk.channel_id, "BridgeId": "b"}
    pbx.channels = [caller, ours]
    assert desk.outcome(wish) == (True, True, "")
    # The agent is free, and the caller's visit is a fact: no event tells so until he is through.
    assert desk.look().snapshot.agents[ALICE].call_id is None
    monkeypatch.setattr("wallboard.sources.asterisk.ringing.SOUND_WITHIN_S", 0.3)
    pbx.rows.append(entry_row("3.3", "support", wait_s=3))
    pbx.channels = [caller_channel("3.3", "support")]
    desk.source._supervision._translator.look_wanted = True
    seen = desk.until(lambda seen: "3.3" in str(list(seen.snapshot.calls)))
    (waiting,) = seen.snapshot.calls
    wish = desk.begin(WishKind.PICK_UP, agent_id=AgentId(""), call_id=waiting)
    desk.answered()
    assert desk.outcome(wish) == (False, True, why_not.NOT_JOINED)
    # Whose channel's name is the beginning of another one's is not connected to anybody.
    other = caller_channel("3.34", "support")
    pbx.channels.append(other)
    picked = Wish(kind=WishKind.PICK_UP, agent_id=AgentId(""), call_id=waiting)
    desk.hangs_up()
    desk.look()
    told = desk.source.supervise(picked)
    assert told is not None
    assert told.reason == why_not.SEVERAL_CALLS


def test_that_every_sentence_is_in_the_list_and_nothing_else() -> None:
    words = {
        value for name, value in vars(why_not).items() if name.isupper() and isinstance(value, str)
    }
    assert words == set(why_not.REASONS)
    assert len(why_not.REASONS) == len(set(why_not.REASONS))
    assert KIND.takes({}) == frozenset(WishKind)
