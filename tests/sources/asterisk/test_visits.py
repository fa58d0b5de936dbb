from __future__ import annotations

from datetime import timedelta

import pytest
from support.ami_story import Story, member_row, queue_row, site, site_rows

from wallboard.domain.facts import Ending


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


# --- how a visit ends --------------------------------------------------------------------------


def test_that_an_answered_visit_has_its_wait_its_talk_and_its_agent() -> None:
    story = site()
    story.join(CallerIDNum="5550001", CallerIDName="Zoë")
    story.after(2.5).rings("PJSIP/1001")
    story.after(1.5).connect("PJSIP/1001")
    story.after(30.25).complete("PJSIP/1001")
    record = story.only()
    assert record.ending is Ending.ANSWERED
    assert record.wait == seconds(4)
    assert record.talk == seconds(30.25)
    assert record.target == seconds(20)
    assert (record.agent_id, record.queue_id, record.caller_number) == (
        "1001",
        "support",
        "5550001",
    )
    assert not record.transferred
    assert story.calls() == []


def test_that_an_open_visit_is_a_call_that_waits_and_then_talks() -> None:
    story = site()
    story.join(CallerIDNum="5550001", CallerIDName="Zoë")
    (waiting,) = story.calls()
    assert (waiting.caller_number, waiting.caller_name) == ("5550001", "Zoë")
    assert waiting.entered_at == story.now
    assert waiting.answered_at is None
    story.after(3).connect("PJSIP/1001")
    (talking,) = story.calls()
    assert talking.call_id == waiting.call_id
    assert talking.answered_at == story.now
    assert talking.agent_id == "1001"


def test_that_a_caller_who_hangs_up_abandons() -> None:
    story = site()
    story.join()
    story.after(7).hangs_up()
    record = story.only()
    assert record.ending is Ending.ABANDONED
    assert record.wait == seconds(7)
    assert record.talk is None


def test_that_the_time_limit_is_told_by_queuestatus() -> None:
    story = site()
    story.join()
    story.after(20).sent_away()
    assert story.ended() == []
    assert story.answers("TIMEOUT") == 1
    record = story.only()
    assert record.ending is Ending.TIMED_OUT
    assert record.wait == seconds(20)


def test_that_queuestatus_is_asked_again_while_it_is_empty() -> None:
    story = site()
    story.join()
    story.after(20).sent_away()
    assert story.answers("") == 1
    assert story.answers("") == 0
    story.after(0.06)
    assert story.answers("TIMEOUT") == 1
    assert story.only().wait == seconds(20)


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        ("LEAVEEMPTY", Ending.LEFT_EMPTY),
        ("LEAVEUNAVAIL", Ending.LEFT_EMPTY),
        ("WITHDRAW", Ending.LEFT_OTHERWISE),
        ("CONTINUE", Ending.LEFT_OTHERWISE),
    ],
)
@pytest.mark.parametrize("abandon", [True, False])
def test_that_other_reasons_are_told_by_queuestatus(
    status: str, ending: Ending, abandon: bool
) -> None:
    story = site()
    story.join()
    story.after(5)
    if abandon:
        story.caller("QueueCallerAbandon", "1.1", "support")
    story.caller("QueueCallerLeave", "1.1", "support")
    story.after(0.12)
    assert story.answers(status) == 1
    assert story.only().ending is ending


def test_that_who_leaves_with_neither_abandon_nor_answer_left_by_key() -> None:
    story = site()
    story.join()
    story.after(2).caller("QueueCallerLeave", "1.1", "support")
    assert story.answers("") == 0  # a connect may still be coming
    story.after(0.12)
    assert story.answers("") == 1
    record = story.only()
    assert record.ending is Ending.LEFT_BY_KEY
    assert record.wait == seconds(2)


def test_that_an_agent_who_hears_an_announcement_first_still_answers() -> None:
    story = site()
    story.join()
    story.rings("PJSIP/1001")
    story.after(3).dial_end("PJSIP/1001", "ANSWER")
    story.caller("QueueCallerLeave", "1.1", "support")
    story.after(10)
    assert story.answers("") == 0
    story.caller("AgentConnect", "1.1", "support", Interface="PJSIP/1001")
    story.after(5).complete("PJSIP/1001")
    record = story.only()
    assert (record.ending, record.wait, record.talk) == (
        Ending.ANSWERED,
        seconds(13),
        seconds(5),
    )


def test_that_a_picked_up_caller_who_is_never_connected_ends_in_the_end() -> None:
    story = site()
    story.join()
    story.dial_end("PJSIP/1001", "ANSWER")
    story.caller("QueueCallerLeave", "1.1", "support")
    story.after(59)
    assert story.ended() == []
    story.after(1)
    assert story.only().ending is Ending.LEFT_OTHERWISE


def test_that_a_phone_that_was_picked_up_and_laid_down_does_not_hide_a_key() -> None:
    story = site()
    story.join()
    story.dial_end("PJSIP/1001", "ANSWER")
    story.after(1).rings("PJSIP/1002")
    story.after(1).caller("QueueCallerLeave", "1.1", "support")
    story.after(0.12)
    assert story.answers("") == 1
    assert story.only().ending is Ending.LEFT_BY_KEY


def test_that_whom_the_system_hangs_up_on_did_not_abandon() -> None:
    story = site()
    story.join()
    story.after(4).event("SoftHangupRequest", Uniqueid="1.1")
    story.caller("QueueCallerAbandon", "1.1", "support")
    story.caller("QueueCallerLeave", "1.1", "support")
    story.event("Hangup", Uniqueid="1.1")
    assert story.only().ending is Ending.LEFT_OTHERWISE


def test_that_a_hangup_by_the_system_after_the_queue_is_no_reason_for_leaving_it() -> None:
    story = site()
    story.join()
    story.after(20).sent_away()
    story.event("SoftHangupRequest", Uniqueid="1.1")
    assert story.answers("TIMEOUT") == 1
    assert story.only().ending is Ending.TIMED_OUT


@pytest.mark.parametrize(
    ("channel", "lived_s", "ending"),
    [
        # Such a channel always tells that the caller hung up, so he did not.
        ("PJSIP/trunk-1", 0.01, Ending.LEFT_OTHERWISE),
        ("SIP/trunk-1", 0.01, Ending.LEFT_OTHERWISE),
        ("IAX2/trunk-1", 0.5, Ending.LEFT_OTHERWISE),
        ("DAHDI/1-1", 0.01, Ending.ABANDONED),
        ("DAHDI/1-1", 0.5, Ending.LEFT_OTHERWISE),
    ],
)
def test_that_a_reason_that_was_never_told_is_inferred_from_how_the_channel_ended(
    channel: str, lived_s: float, ending: Ending
) -> None:
    story = site()
    story.join(Channel=channel)
    story.after(9).sent_away()
    story.after(lived_s).event("Hangup", Uniqueid="1.1")
    record = story.only()
    assert (record.ending, record.wait) == (ending, seconds(9))


def test_that_a_channel_of_which_the_server_knows_nothing_any_more_was_hung_up() -> None:
    story = site()
    story.join()
    story.after(9).sent_away()
    assert story.answers(None) == 1
    assert story.only().ending is Ending.ABANDONED


def test_that_without_any_answer_the_ending_is_inferred_in_the_end() -> None:
    story = site()
    story.join()
    story.after(9).sent_away()
    story.translator.settle(story.now)
    assert len(story.translator.questions()) == 1
    story.after(1.9)
    assert story.ended() == []
    story.after(0.1)
    assert story.only().ending is Ending.LEFT_OTHERWISE


def test_that_who_vanishes_while_waiting_without_a_word_ends_after_a_moment() -> None:
    story = site()
    story.join()
    story.after(3).event("Hangup", Uniqueid="1.1")
    assert story.ended() == []
    story.after(1)
    record = story.only()
    assert (record.ending, record.wait) == (Ending.LEFT_OTHERWISE, seconds(3))


def test_that_a_talk_ends_with_the_callers_channel_if_nobody_says_so() -> None:
    story = site()
    story.join()
    story.connect("PJSIP/1001")
    story.after(8).event("Hangup", Uniqueid="1.1")
    story.after(1)
    record = story.only()
    assert (record.ending, record.talk) == (Ending.ANSWERED, seconds(8))
    assert story.state("1001") == "free"


def test_that_an_answer_to_a_question_about_who_is_over_changes_nothing() -> None:
    story = site()
    story.join()
    story.after(1).sent_away()
    story.translator.settle(story.now)
    (question,) = story.translator.questions()
    story.event("Hangup", Uniqueid="1.1")
    story.translator.visits.status_told(question.call_id, "TIMEOUT", story.now)
    story.translator.visits.status_before_told(question.call_id, "TIMEOUT")
    assert story.endings() == ["left_otherwise"]


def test_that_missed_rings_are_counted_for_the_caller() -> None:
    story = site()
    story.join()
    for _ in range(2):
        story.rings("PJSIP/1001")
        story.after(8).caller("AgentRingNoAnswer", "1.1", "support", Interface="PJSIP/1001")
    story.connect("PJSIP/1002")
    story.complete("PJSIP/1002")
    assert story.only().missed_rings == 2


def test_that_time_that_goes_back_makes_no_negative_wait_or_talk() -> None:
    story = site()
    story.join()
    story.now -= seconds(3600)
    story.connect("PJSIP/1001")
    story.now -= seconds(60)
    story.complete("PJSIP/1001")
    record = story.only()
    assert (record.wait, record.talk) == (seconds(0), seconds(0))
    assert record.entered_at <= record.ended_at


# --- AgentComplete that lacks fields, transfers ------------------------------------------------


@pytest.mark.parametrize("lacks", [{"Uniqueid": "", "Channel": "", "Linkedid": ""}, {}])
def test_that_the_end_of_a_talk_is_found_by_queue_and_agent(lacks: dict[str, str]) -> None:
    story = site()
    story.join("1.1")
    story.join("1.2")
    story.connect("PJSIP/1001", "1.1")
    story.connect("PJSIP/1002", "1.2")
    story.after(4).complete("PJSIP/1002", "1.2", **lacks)
    record = story.only()
    assert (record.call_id, record.agent_id) == ("1.2@support#1", "1002")
    assert [call.call_id for call in story.calls()] == ["1.1@support#1"]


def test_that_a_blind_transfer_by_a_direct_phone_ends_with_agentcomplete() -> None:
    story = site()
    story.join()
    story.connect("PJSIP/1001")
    story.after(6).event(
        "BlindTransfer",
        Result="Success",
        TransfererChannel="PJSIP/1001-0000000b",
        TransfererUniqueid="1.2",
        TransfererLinkedid="1.1",
    )
    assert story.ended() == []
    story.complete("PJSIP/1001", Reason="transfer")
    record = story.only()
    assert record.transferred
    assert record.talk == seconds(6)


@pytest.mark.parametrize(
    ("name", "prefix"), [("BlindTransfer", "Transferer"), ("AttendedTransfer", "OrigTransferer")]
)
def test_that_a_transfer_by_a_member_behind_a_local_channel_ends_his_part(
    name: str, prefix: str
) -> None:
    interface = "Local/1005@from-queue/n"
    story = site()
    story.join(queue="billing")
    story.connect(interface, queue="billing")
    story.after(6).event(
        name,
        **{
            "Result": "Success",
            f"{prefix}Channel": "PJSIP/1005-0000000b",
            f"{prefix}Uniqueid": "1.2",
            f"{prefix}Linkedid": "1.1",
        },
    )
    record = story.only()
    assert (record.transferred, record.talk) == (True, seconds(6))
    story.after(60).complete(interface, queue="billing", TalkTime=66)
    assert len(story.ended()) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"Result": "Fail"},
        {"TransfererLinkedid": "9.9"},
        {"TransfererChannel": "PJSIP/1001-0000000b"},
        {"TransfererUniqueid": "1.1"},
    ],
    ids=["failed", "another call", "another agent", "the caller himself"],
)
def test_that_other_transfers_end_nothing(fields: dict[str, str]) -> None:
    story = site()
    story.join(queue="billing")
    story.connect("Local/1005@from-queue/n", queue="billing")
    told = {
        "Result": "Success",
        "TransfererChannel": "PJSIP/1005-0000000b",
        "TransfererUniqueid": "1.2",
        "TransfererLinkedid": "1.1",
    }
    story.event("BlindTransfer", **(told | fields))
    assert story.ended() == []


def passed_on() -> Story:
    story = site()
    story.join(queue="billing")
    story.connect("Local/1005@from-queue/n", queue="billing")
    story.after(6).event(
        "BlindTransfer",
        Result="Success",
        TransfererChannel="PJSIP/1005-0000000b",
        TransfererUniqueid="1.2",
        TransfererLinkedid="1.1",
    )
    return story


def test_that_the_late_end_of_a_passed_on_call_is_not_that_of_the_agents_next_one() -> None:
    story = passed_on()
    story.join("1.7", "billing")
    story.connect("Local/1005@from-queue/n", "1.7", "billing")
    story.after(2).complete("Local/1005@from-queue/n", "", "billing", TalkTime=8)
    assert len(story.ended()) == 1
    story.after(3).complete("Local/1005@from-queue/n", "", "billing", TalkTime=5)
    assert story.ended()[-1].talk == seconds(5)


# --- coming again ------------------------------------------------------------------------------


def test_that_who_joins_again_makes_another_visit() -> None:
    story = site()
    story.join()
    story.connect("PJSIP/1001")
    story.complete("PJSIP/1001", Reason="transfer")
    story.after(5).join()
    assert [call.call_id for call in story.calls()] == ["1.1@support#2"]
    story.after(1).hangs_up()
    assert story.endings() == ["answered", "abandoned"]
    assert len({record.fact_id for record in story.facts}) == 2


def test_that_two_queues_one_after_the_other_are_two_visits() -> None:
    story = site()
    story.join(queue="support")
    story.after(20).sent_away()
    story.answers("TIMEOUT")
    story.join(queue="billing")
    story.after(4).connect("Local/1005@from-queue/n", queue="billing")
    story.complete("Local/1005@from-queue/n", queue="billing")
    first, second = story.ended()
    assert (first.queue_id, first.ending) == ("support", Ending.TIMED_OUT)
    assert (second.queue_id, second.ending, second.wait) == (
        "billing",
        Ending.ANSWERED,
        seconds(4),
    )


def test_that_who_is_in_the_next_queue_before_the_reason_is_told_keeps_his_reason() -> None:
    story = site()
    story.join(queue="support")
    story.after(20).sent_away()
    story.join(queue="billing")
    assert story.answers("TIMEOUT") == 2
    story.after(4).hangs_up(queue="billing")
    assert [(one.queue_id, one.ending) for one in story.ended()] == [
        ("support", Ending.TIMED_OUT),
        ("billing", Ending.ABANDONED),
    ]


def second_queue_with(before: str) -> Story:
    story = site()
    story.join(queue="support")
    story.after(20).sent_away()
    story.answers("TIMEOUT")
    story.join(queue="billing")
    assert story.answers(before) == 1
    story.ended().clear()
    return story


def test_that_the_reason_of_the_queue_before_is_not_that_of_this_one() -> None:
    story = second_queue_with("TIMEOUT")
    story.after(3).caller("QueueCallerLeave", "1.1", "billing")
    story.after(0.12)
    assert story.answers("TIMEOUT") == 1
    assert story.only().ending is Ending.LEFT_BY_KEY


def test_that_a_left_over_reason_is_not_taken_for_an_empty_queue() -> None:
    story = second_queue_with("LEAVEEMPTY")
    story.after(3).caller("QueueCallerLeave", "1.1", "billing")
    story.after(0.12)
    assert story.answers("LEAVEEMPTY") == 1
    assert story.only().ending is Ending.LEFT_BY_KEY


def test_that_the_same_reason_twice_is_believed_after_a_while() -> None:
    story = second_queue_with("TIMEOUT")
    story.after(20).sent_away(queue="billing")
    assert story.answers("TIMEOUT") == 1
    assert story.ended() == []
    story.after(0.3)
    assert story.answers("TIMEOUT") == 1
    record = story.only()
    assert (record.ending, record.wait) == (Ending.TIMED_OUT, seconds(20))


def test_that_a_new_reason_is_believed_at_once() -> None:
    story = second_queue_with("TIMEOUT")
    story.after(20).sent_away(queue="billing")
    assert story.answers("LEAVEEMPTY") == 1
    assert story.only().ending is Ending.LEFT_EMPTY


def test_that_who_joins_while_he_waits_was_missed_leaving() -> None:
    story = site()
    story.join(queue="support")
    story.after(5).join(queue="billing")
    record = story.only()
    assert (record.queue_id, record.ending, record.wait) == ("support", Ending.UNKNOWN, None)
    assert [call.queue_id for call in story.calls()] == ["billing"]


# --- what was not seen beginning ---------------------------------------------------------------


def test_that_an_answer_to_who_was_not_seen_joining_tells_his_wait() -> None:
    story = site()
    story.after(30).connect("PJSIP/1001", HoldTime=12)
    story.after(5).complete("PJSIP/1001")
    record = story.only()
    assert (record.wait, record.talk) == (seconds(12), seconds(5))


def test_that_an_abandon_of_who_was_not_seen_joining_tells_his_wait() -> None:
    story = site()
    story.after(30).event("HangupRequest", Uniqueid="1.1")
    story.caller("QueueCallerAbandon", "1.1", "support", HoldTime=12)
    story.caller("QueueCallerLeave", "1.1", "support")
    story.event("Hangup", Uniqueid="1.1")
    record = story.only()
    assert (record.ending, record.wait) == (Ending.ABANDONED, seconds(12))


def test_that_the_end_of_a_talk_that_was_not_seen_beginning_tells_all_of_it() -> None:
    story = site()
    story.after(60).complete("PJSIP/1001", HoldTime=7, TalkTime=40)
    record = story.only()
    assert (record.wait, record.talk, record.agent_id) == (seconds(7), seconds(40), "1001")
    assert record.entered_at == story.now - seconds(47)


def test_that_an_answer_that_was_missed_is_told_by_the_end() -> None:
    story = site()
    story.join()
    story.after(50).complete("PJSIP/1001", HoldTime=10, TalkTime=40)
    record = story.only()
    assert (record.ending, record.wait, record.talk) == (
        Ending.ANSWERED,
        seconds(10),
        seconds(40),
    )


def test_that_an_end_without_a_caller_and_without_a_beginning_is_nobodys() -> None:
    story = site()
    story.complete("PJSIP/1001", "", TalkTime=4)
    assert story.ended() == []


@pytest.mark.parametrize("name", ["QueueCallerAbandon", "AgentConnect", "AgentComplete"])
def test_that_what_is_told_of_who_is_over_is_late(name: str) -> None:
    story = site()
    story.join()
    story.hangs_up()
    story.caller(name, "1.1", "support", Interface="PJSIP/1001", HoldTime=1, TalkTime=1)
    assert story.endings() == ["abandoned"]
    assert story.calls() == []


@pytest.mark.parametrize(
    "name",
    [
        "QueueCallerJoin",
        "QueueCallerLeave",
        "QueueCallerAbandon",
        "AgentConnect",
        "AgentComplete",
    ],
)
@pytest.mark.parametrize("lacks", ["Uniqueid", "Queue"])
def test_that_an_event_that_lacks_of_whom_it_tells_changes_nothing(name: str, lacks: str) -> None:
    story = site()
    story.join("1.1")
    story.caller(name, "1.1", "support", **{lacks: "", "Interface": "PJSIP/1002"})
    assert [call.call_id for call in story.calls()] == ["1.1@support#1"]
    assert story.ended() == []


def test_that_an_event_of_another_queue_is_not_that_of_his_visit() -> None:
    story = site()
    story.join("1.1", "support")
    story.caller("QueueCallerLeave", "1.1", "billing")
    story.caller("AgentRingNoAnswer", "1.1", "billing", Interface="PJSIP/1001")
    story.after(5)
    assert [call.queue_id for call in story.calls()] == ["support"]
    assert story.translator.questions() == ()


def test_that_events_of_unknown_kinds_are_passed_over() -> None:
    story = site()
    story.picture()
    assert not story.event("RTCPSent", Uniqueid="1.1")
    assert not story.event("Hangup", Uniqueid="7.7")
    assert not story.event("HangupRequest", Uniqueid="7.7")
    assert not story.event("SoftHangupRequest", Uniqueid="7.7")


# --- queues that come to be --------------------------------------------------------------------


def test_that_a_call_in_a_queue_that_nobody_told_of_shows_at_once_and_wants_a_look() -> None:
    story = site()
    story.join(queue="realtime")
    assert "realtime" in story.picture().queues
    assert story.translator.look_wanted
    story.look(*site_rows(), queue_row("realtime", level=15))
    assert not story.translator.look_wanted
    story.after(3).hangs_up(queue="realtime")
    assert story.only().target == seconds(15)


def test_that_a_queue_that_is_gone_stays_while_somebody_is_in_it() -> None:
    story = site()
    story.join()
    story.connect("PJSIP/1001")
    rest = [row for row in site_rows() if row["Queue"] != "support"]
    story.look(*rest, channels=[{"Uniqueid": "1.1", "Application": "Queue"}])
    assert "support" in story.picture().queues
    story.complete("PJSIP/1001")
    story.look(*rest)
    assert set(story.picture().queues) == {"billing"}


def test_that_a_queue_without_a_name_or_with_a_monstrous_one_is_left_out_and_counted() -> None:
    story = site(queue_row(""), queue_row("q" * 513), member_row("support", ""))
    assert set(story.picture().queues) == {"support", "billing"}
    assert story.translator.ignored == 3


def test_that_memory_of_what_is_over_does_not_grow_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("wallboard.sources.asterisk.visits.REMEMBERED", 10)
    story = site()
    for number in range(50):
        story.join(f"1.{number}")
        story.hangs_up(f"1.{number}")
    visits = story.translator.visits
    assert len(story.ended()) == 50
    assert len(visits._ended) <= 10
    assert len(visits._numbers) <= 10
    assert visits._by_caller == {}


# --- names -------------------------------------------------------------------------------------


def called_in(since_s: float) -> Story:
    """A story of which everything is seen from so many seconds after noon on."""
    story = site()
    story.translator.watching(story.now + seconds(since_s))
    return story


def born(story: Story, after_s: int = 0, name: str = "") -> str:
    return f"{name}{int(story.now.timestamp()) + after_s}.7"


@pytest.mark.parametrize("server", ["", "pbx-", "a-b-"])
def test_that_visits_of_who_called_while_we_looked_are_numbered(server: str) -> None:
    story = called_in(0)
    caller = born(story, 1, server)
    for _ in range(2):
        story.join(caller)
        story.after(5).hangs_up(caller)
    names = [record.fact_id for record in story.ended()]
    assert names == [f"{caller}@support#1", f"{caller}@support#2"]


@pytest.mark.parametrize("caller", ["old", "1.1", "pbx-1.1", "own-name-of-somebody"])
def test_that_who_may_have_been_here_before_has_no_number(caller: str) -> None:
    story = called_in(0.5)
    if caller == "old":
        caller = born(story)  # in the very second in which we began to look
    entered = []
    for _ in range(2):
        entered.append(int(story.now.timestamp()))
        story.join(caller)
        story.after(5).hangs_up(caller)
    names = [record.fact_id for record in story.ended()]
    assert names == [f"{caller}@support@{second}" for second in entered]


def test_that_a_server_that_does_not_tell_its_time_gets_no_numbers() -> None:
    story = site()
    story.translator.disconnected(story.now)
    story.join(born(story))
    assert story.calls()[0].call_id.startswith(f"{born(story)}@support@")


def test_that_after_a_visit_that_was_not_seen_beginning_none_is_numbered() -> None:
    story = called_in(0)
    caller = born(story, 1)
    story.caller("QueueCallerAbandon", caller, "support", HoldTime=3)
    story.after(5).join(caller)
    assert story.calls()[0].call_id == f"{caller}@support@{int(story.now.timestamp())}"


def test_that_a_loss_ends_the_counting() -> None:
    story = called_in(0)
    caller = born(story, 1)
    story.join(caller)
    story.after(2).hangs_up(caller)
    story.cut(20)
    story.translator.watching(story.now)
    story.join(caller)
    assert story.calls()[0].call_id == f"{caller}@support@{int(story.now.timestamp())}"


def test_that_who_may_have_been_in_a_queue_before_we_looked_is_asked_for_its_reason() -> None:
    story = called_in(0)
    story.join("1.1")
    assert story.answers("TIMEOUT") == 1
    # No phone that tells of its hanging up: only the channel's end does.
    story.after(3).sent_away("1.1")
    assert story.answers("TIMEOUT") == 1
    assert story.ended() == []
    story.after(0.1).event("Hangup", Uniqueid="1.1")
    assert story.only().ending is not Ending.TIMED_OUT


def test_that_who_is_new_is_not_asked_for_anything() -> None:
    story = called_in(0)
    story.join(born(story, 1))
    assert story.answers("TIMEOUT") == 0
