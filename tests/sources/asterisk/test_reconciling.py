from __future__ import annotations

from datetime import timedelta

import pytest
from support.ami_story import (
    Story,
    agent_channel,
    caller_channel,
    entry_row,
    epoch_of,
    member_row,
    queue_row,
    site,
    site_rows,
)
from support.snapshots import a_call, a_queue, a_snapshot

from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import AgentState
from wallboard.sources.asterisk.counters import TRIES, Counters
from wallboard.sources.asterisk.visits import About

TALKING = member_row("support", "PJSIP/1001", Name="Alice Adams", InCall=1, Status=2)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def with_talker() -> list[dict[str, str]]:
    """The site's rows while 1001 talks to a caller of support."""
    return [row for row in site_rows() if row.get("Location") != "PJSIP/1001"] + [TALKING]


# --- the first look ----------------------------------------------------------------------------


def test_that_who_waits_already_waits_since_he_came() -> None:
    story = Story().opened(*site_rows(), entry_row("1.1", "support", wait_s=40))
    (call,) = story.calls()
    assert call.entered_at == story.now - seconds(40)
    assert (call.caller_number, call.caller_name) == ("55501", None)
    story.after(5).hangs_up()
    assert story.only().wait == seconds(45)


def test_that_who_talks_already_is_answered_and_his_wait_is_told_at_the_end() -> None:
    channels = [caller_channel("1.1", "support"), agent_channel("1.1", "PJSIP/1001")]
    story = Story().opened(*with_talker(), channels=channels)
    (call,) = story.calls()
    assert (call.agent_id, call.entered_at, call.answered_at) == ("1001", None, story.now)
    agent = story.agent("1001")
    assert (agent.state, agent.state_since) == (AgentState.IN_CALL, None)
    story.after(30).complete("PJSIP/1001", HoldTime=12, TalkTime=90)
    record = story.only()
    assert (record.wait, record.talk) == (seconds(12), seconds(90))
    assert record.entered_at == story.now - seconds(102)


def test_that_his_agent_is_the_phone_that_is_up_and_in_the_queues_call() -> None:
    channels = [
        caller_channel("1.1", "support"),
        agent_channel("1.1", "PJSIP/1002", "Ringing"),
        agent_channel("1.1", "PJSIP/77"),
        agent_channel("1.1", "PJSIP/1001"),
    ]
    story = Story().opened(*with_talker(), channels=channels)
    assert story.calls()[0].agent_id == "1001"


def test_that_who_was_passed_on_before_we_could_see_is_over() -> None:
    # Behind a Local channel he stays in the queue's hands, but no agent talks for the queue.
    channels = [caller_channel("1.1", "billing"), agent_channel("1.1", "PJSIP/1002")]
    story = Story().opened(*site_rows(), channels=channels)
    assert story.calls() == []


def test_that_who_was_passed_on_is_not_met_again_by_a_look() -> None:
    story = site()
    story.join(queue="billing")
    story.connect("Local/1005@from-queue/n", queue="billing")
    story.after(6).event(
        "BlindTransfer",
        TransfererChannel="PJSIP/1005-0000000b",
        TransfererUniqueid="1.2",
        TransfererLinkedid="1.1",
    )
    channels = [caller_channel("1.1", "billing"), agent_channel("1.1", "PJSIP/1005")]
    in_call = member_row(
        "billing", "Local/1005@from-queue/n", StateInterface="hint:1005@ext-local", InCall=1
    )
    story.after(10).look(queue_row("support"), queue_row("billing"), in_call, channels=channels)
    assert story.calls() == []
    story.after(10).complete("Local/1005@from-queue/n", queue="billing", TalkTime=26)
    assert story.endings() == ["answered"]


def test_that_a_channel_of_another_application_or_without_a_call_is_nobody() -> None:
    channels = [
        caller_channel("1.1", "support") | {"Application": "Playback"},
        caller_channel("1.2", "support") | {"Linkedid": ""},
        caller_channel("", "support") | {"Linkedid": "1.3"},
        agent_channel("1.1", "PJSIP/1001"),
        agent_channel("1.3", "PJSIP/1001"),
    ]
    story = Story().opened(*with_talker(), channels=channels)
    assert story.calls() == []


def test_that_without_the_right_to_see_channels_a_talk_is_told_at_its_end() -> None:
    story = Story().opened(*with_talker(), channels=None)
    assert story.calls() == []
    story.after(30).complete("PJSIP/1001", HoldTime=12, TalkTime=90)
    assert story.only().talk == seconds(90)


def test_that_rows_that_name_nobody_begin_nothing() -> None:
    story = Story().opened(*site_rows(), entry_row("", "support"), entry_row("1.1", ""))
    assert story.calls() == []


# --- races -------------------------------------------------------------------------------------


def test_that_who_joined_after_the_question_does_not_vanish_with_the_answer() -> None:
    story = site()
    asked = story.translator.mark()
    story.join()
    story.answered_look(asked, *site_rows())
    assert [call.call_id for call in story.calls()] == ["1.1@support#1"]
    assert story.ended() == []


def test_that_who_was_answered_after_the_question_does_not_wait_with_the_answer() -> None:
    story = site()
    story.join()
    asked = story.translator.mark()
    story.connect("PJSIP/1001")
    story.answered_look(asked, *site_rows(), entry_row("1.1", "support"))
    assert story.calls()[0].answered_at is not None
    assert len(story.calls()) == 1


def test_that_who_left_after_the_question_does_not_come_back_with_the_answer() -> None:
    story = site()
    story.join()
    asked = story.translator.mark()
    story.hangs_up()
    channels = [caller_channel("1.1", "support"), agent_channel("1.1", "PJSIP/1001")]
    story.answered_look(asked, *with_talker(), entry_row("1.1", "support"), channels=channels)
    story.answered_look(asked, *with_talker(), channels=channels)
    assert story.calls() == []
    assert story.endings() == ["abandoned"]


def test_that_who_has_left_and_whose_reason_is_not_told_yet_is_left_alone() -> None:
    story = site()
    story.join()
    story.sent_away()
    story.look(*site_rows())
    assert story.ended() == []
    story.answers("TIMEOUT")
    assert story.endings() == ["timed_out"]


def test_that_an_event_that_comes_after_its_row_is_the_same_visit() -> None:
    story = site()
    story.look(*site_rows(), entry_row("1.1", "support", wait_s=0))
    story.after(0.01).join()
    (call,) = story.calls()
    assert call.entered_at == story.now
    story.after(3).hangs_up()
    assert story.endings() == ["abandoned"]


def test_that_a_member_who_changed_after_the_question_stays_as_the_event_says() -> None:
    story = site()
    asked = story.translator.mark()
    story.status("PJSIP/1001", 2)
    story.answered_look(asked, *site_rows())
    assert story.state("1001") == "other"
    story.look(*site_rows())
    assert story.state("1001") == "free"


def test_that_a_member_who_was_removed_after_the_question_does_not_come_back() -> None:
    story = site()
    asked = story.translator.mark()
    story.member("QueueMemberRemoved", "support", "PJSIP/1001")
    story.answered_look(asked, *site_rows())
    assert "1001" not in story.agents()


def test_that_a_member_who_was_added_after_the_question_stays() -> None:
    story = site()
    asked = story.translator.mark()
    story.member("QueueMemberAdded", "support", "PJSIP/1009")
    story.answered_look(asked, *site_rows())
    assert "1009" in story.agents()
    story.look(*site_rows())
    assert "1009" not in story.agents()


# --- drift -------------------------------------------------------------------------------------


def test_that_a_ring_whose_end_was_missed_ends_with_the_look() -> None:
    story = site()
    story.join()
    story.rings("PJSIP/1001")
    story.look(*site_rows(), entry_row("1.1", "support"))
    assert story.state("1001") == "ringing"
    story.look(*site_rows())
    assert story.state("1001") == "free"


def test_that_who_waits_in_another_queue_than_we_thought_was_missed_moving() -> None:
    story = site()
    story.join(queue="support")
    story.after(30).look(*site_rows(), entry_row("1.1", "billing", wait_s=4))
    assert [(one.queue_id, one.ending) for one in story.ended()] == [("support", Ending.UNKNOWN)]
    (call,) = story.calls()
    assert (call.queue_id, call.entered_at) == ("billing", story.now - seconds(4))


def test_that_who_talked_and_waits_again_has_two_visits() -> None:
    story = site()
    story.join(queue="support")
    story.connect("PJSIP/1001")
    story.after(30).look(*site_rows(), entry_row("1.1", "billing", wait_s=4))
    assert story.only().talk is None
    assert [call.queue_id for call in story.calls()] == ["billing"]


def test_that_callers_who_come_and_go_without_events_show_that_there_are_none() -> None:
    story = site()
    story.look(*site_rows())
    assert not story.translator.drifted
    story.after(30).look(*site_rows(), entry_row("1.1", "support", wait_s=4))
    assert story.translator.drifted
    story.after(3).look(*site_rows(done=3))
    assert story.endings() == ["unknown"] * 3
    assert story.translator.unseen == 3


def test_that_drift_among_events_is_no_lack_of_events() -> None:
    story = site()
    story.status("PJSIP/1002", 2)
    story.after(30).look(*site_rows(), entry_row("1.1", "support", wait_s=4))
    assert not story.translator.drifted


# --- an outage ---------------------------------------------------------------------------------


def test_that_who_waited_and_is_gone_ended_unknown_once() -> None:
    story = site()
    story.join()
    story.cut().look(*site_rows(gone=1), connecting=True)
    record = story.only()
    assert (record.ending, record.wait, record.talk) == (Ending.UNKNOWN, None, None)
    assert story.translator.unseen == 1
    story.after(1).look(*site_rows(gone=1))
    story.after(30).look(*site_rows(gone=1))
    assert len(story.ended()) == 1
    assert story.translator.unseen == 1


def test_that_who_waited_and_waits_still_is_the_same_visit() -> None:
    story = site()
    story.join()
    began = story.now
    story.cut().look(*site_rows(), entry_row("1.1", "support", wait_s=20), connecting=True)
    assert story.calls()[0].entered_at == began
    story.after(4).hangs_up()
    assert story.only().wait == seconds(24)


def test_that_who_talked_and_is_gone_was_answered_and_nobody_knows_how_long() -> None:
    story = site()
    story.join()
    story.after(4).connect("PJSIP/1001")
    story.cut().look(*site_rows(done=1), connecting=True)
    record = story.only()
    assert (record.ending, record.wait, record.talk) == (Ending.ANSWERED, seconds(4), None)
    assert story.translator.unseen == 0
    assert story.state("1001") == "free"


def test_that_who_talked_and_talks_still_has_the_whole_talk() -> None:
    story = site()
    story.join()
    story.connect("PJSIP/1001")
    story.cut().look(*with_talker(), channels=[caller_channel("1.1", "support")], connecting=True)
    story.after(5).complete("PJSIP/1001")
    assert story.only().talk == seconds(25)


def test_that_who_was_answered_out_of_sight_completes_with_the_servers_times() -> None:
    story = site()
    story.join()
    channels = [caller_channel("1.1", "support"), agent_channel("1.1", "PJSIP/1001")]
    story.cut().look(*with_talker(), channels=channels, connecting=True)
    (call,) = story.calls()
    assert (call.agent_id, call.entered_at) == ("1001", None)
    assert story.state("1001") == "in_call"
    story.after(30).complete("PJSIP/1001", HoldTime=8, TalkTime=42)
    record = story.only()
    assert (record.wait, record.talk, record.agent_id) == (seconds(8), seconds(42), "1001")


def test_that_who_was_answered_by_nobody_we_can_tell_still_completes() -> None:
    story = site()
    story.join()
    story.cut().look(*site_rows(), channels=[caller_channel("1.1", "support")], connecting=True)
    assert story.calls()[0].agent_id is None
    story.after(30).complete("PJSIP/1001", HoldTime=8, TalkTime=42)
    assert story.only().talk == seconds(42)


def test_that_a_wait_that_the_server_tells_is_no_longer_than_the_visit() -> None:
    story = site()
    story.join()
    story.cut(5).look(*with_talker(), channels=[caller_channel("1.1", "support")], connecting=True)
    story.complete("PJSIP/1001", HoldTime=6, TalkTime=0)
    record = story.only()
    assert record.wait == seconds(5)


@pytest.mark.parametrize(("in_call", "open_calls"), [(0, 0), (1, 1)])
def test_that_without_channels_the_members_tell_whether_he_talks_still(
    in_call: int, open_calls: int
) -> None:
    story = site()
    story.join()
    story.connect("PJSIP/1001")
    rows = with_talker() if in_call else site_rows()
    story.cut().look(*rows, channels=None, connecting=True)
    assert len(story.calls()) == open_calls


def test_that_rings_and_hold_are_not_known_any_more_after_a_loss() -> None:
    story = site()
    story.join()
    story.rings("PJSIP/1002")
    story.connect("PJSIP/1001", "1.2")
    story.event("Hold", Channel="PJSIP/1001-0000000b", Linkedid="1.2")
    story.cut()
    assert story.state("1002") == "free"
    story.look(*with_talker(), channels=[caller_channel("1.2", "support")], connecting=True)
    assert story.state("1001") == "in_call"


def test_that_wrap_up_after_a_call_that_ended_out_of_sight_is_told_by_the_row() -> None:
    story = site(support=30)
    story.join()
    story.connect("PJSIP/1001")
    story.cut(40)
    ended = story.now - seconds(10)
    rows = [row for row in site_rows(done=1) if row.get("Location") != "PJSIP/1001"]
    row = member_row("support", "PJSIP/1001", LastCall=epoch_of(ended))
    story.look(*rows, row, connecting=True)
    agent = story.agent("1001")
    assert (agent.state, agent.state_since) == (AgentState.WRAP_UP, ended)
    story.after(20)
    assert story.state("1001") == "free"


# --- what the server counted --------------------------------------------------------------------


def test_that_calls_that_came_and_went_out_of_sight_are_stated_by_the_servers_counts() -> None:
    story = site()
    story.join("1.1")
    story.hangs_up("1.1")
    story.join("1.2")
    story.connect("PJSIP/1001", "1.2")
    story.complete("PJSIP/1001", "1.2")
    story.cut().look(*site_rows(done=4, gone=2), connecting=True)
    assert story.endings() == ["abandoned", "answered"] + ["unknown"] * 4
    assert story.translator.unseen == 4
    assert len({record.fact_id for record in story.facts}) == 6
    story.after(30).look(*site_rows(done=4, gone=2))
    assert len(story.ended()) == 6


def test_that_the_ends_that_were_concluded_are_among_those_the_server_counted() -> None:
    story = site()
    story.join("1.1")
    story.join("1.2")
    story.connect("PJSIP/1001", "1.2")
    story.cut().look(*site_rows(done=2), connecting=True)
    assert sorted(story.endings()) == ["answered", "unknown"]
    assert story.translator.unseen == 1


def test_that_a_first_look_invents_no_calls_of_before() -> None:
    story = Story().opened(*site_rows(done=50, gone=7))
    assert story.ended() == []


def test_that_a_call_that_ends_at_the_moment_of_the_look_is_not_counted_twice() -> None:
    story = site()
    story.join()
    story.cut()
    asked, asked_at = story.translator.mark(), story.now
    story.after(0.1).hangs_up()
    rows = site_rows(gone=1)
    story.answered_look(asked, *rows, asked_at=asked_at, connecting=True)
    assert story.endings() == ["abandoned"]
    assert story.translator.look_wanted  # to compare when nothing ends
    story.after(1).look(*rows)
    assert not story.translator.look_wanted
    assert story.endings() == ["abandoned"]


def test_that_what_ended_out_of_sight_is_counted_once_nothing_ends_at_the_moment() -> None:
    story = site()
    story.join()
    story.cut()
    asked, asked_at = story.translator.mark(), story.now
    story.after(0.1).hangs_up()
    story.answered_look(asked, *site_rows(gone=3), asked_at=asked_at, connecting=True)
    assert story.translator.unseen == 0
    story.after(1).look(*site_rows(gone=3))
    assert story.translator.unseen == 2
    assert story.endings() == ["abandoned", "unknown", "unknown"]


def test_that_a_queue_in_which_calls_always_end_is_compared_in_the_end() -> None:
    story = site()
    story.cut()
    for ended in range(1, TRIES + 2):
        story.join(f"1.{ended}")
        story.hangs_up(f"1.{ended}")
        story.look(*site_rows(gone=ended + 5), connecting=ended == 1)
        story.after(1)
    assert story.translator.unseen == 5


def test_that_a_server_that_counts_less_than_before_proves_nothing() -> None:
    story = Story().opened(*site_rows(done=50))
    story.cut().look(*site_rows(done=3), connecting=True)
    assert story.ended() == []
    story.cut().look(*site_rows(done=5), connecting=True)
    assert story.translator.unseen == 2


def test_that_between_two_looks_of_one_connection_the_servers_counts_are_only_taken_over() -> None:
    story = site()
    story.after(30).look(*site_rows(done=9))
    assert story.ended() == []
    story.cut().look(*site_rows(done=9), connecting=True)
    assert story.ended() == []


def test_that_a_row_without_counts_and_a_queue_that_is_gone_owe_nothing() -> None:
    counters = Counters()
    counters.count("support")
    counters.count("gone")
    counters.owe()
    rows = [{"Queue": "support", "Completed": "x", "Abandoned": "1"}, {"Queue": ""}]
    assert counters.compare(rows, site().now) == []
    assert counters.owing == {}


# --- a restart ---------------------------------------------------------------------------------


def restarted(done: int = 0) -> Story:
    """One waits, one talks, one has ended; then the server starts anew."""
    story = site()
    story.join("1.0")
    story.hangs_up("1.0")
    story.join("1.1")
    story.join("1.2")
    story.after(3).connect("PJSIP/1001", "1.2")
    story.cut(4).look(*site_rows(done=done), connecting=True, restarted=True)
    return story


def test_that_a_restart_ends_all_calls_and_keeps_what_was() -> None:
    story = restarted()
    assert [(one.ending, one.talk) for one in story.ended()] == [
        (Ending.ABANDONED, None),
        (Ending.UNKNOWN, None),
        (Ending.ANSWERED, None),
    ]
    assert story.calls() == []
    assert story.translator.unseen == 1
    assert story.state("1001") == "free"


def test_that_the_servers_counts_begin_anew_with_it() -> None:
    story = restarted(done=2)
    assert story.translator.unseen == 3
    story.after(30).look(*site_rows(done=2))
    assert story.translator.unseen == 3


def test_that_who_joins_the_new_server_before_the_first_look_stays() -> None:
    story = site()
    story.join("1.1")
    story.cut(4)
    story.join("2.1")
    story.after(0.1).hangs_up("2.1")
    story.join("2.2")
    story.look(*site_rows(gone=1), entry_row("2.2", "support"), connecting=True, restarted=True)
    assert sorted(story.endings()) == ["abandoned", "unknown"]
    assert [call.call_id for call in story.calls()] == ["2.2@support#1"]
    story.after(1).look(*site_rows(gone=1), entry_row("2.2", "support"))
    assert len(story.ended()) == 2


# --- who may not be counted by the server ------------------------------------------------------


def gone_on(value: str | None) -> Story:
    """A caller left the queue while nobody looked, and is elsewhere now; another one gave up."""
    story = site()
    story.join("1.1")
    story.after(5).cut(20)
    elsewhere = caller_channel("1.1", "support") | {"Application": "Playback"}
    story.look(*site_rows(gone=1), channels=[elsewhere], connecting=True)
    assert story.endings() == ["unknown"]
    assert story.translator.look_wanted
    assert story.answers(value) == 1
    story.after(1).look(*site_rows(gone=1), channels=[elsewhere])
    return story


@pytest.mark.parametrize("value", ["", "WITHDRAW"])
def test_that_who_left_by_key_out_of_sight_does_not_hide_another_ones_end(value: str) -> None:
    story = gone_on(value)
    assert story.endings() == ["unknown"] * 2
    assert len({record.contact for record in story.ended()}) == 2
    assert story.translator.unseen == 2
    story.after(30).look(*site_rows(gone=1))
    assert story.translator.unseen == 2


@pytest.mark.parametrize("value", ["TIMEOUT", "LEAVEEMPTY", "CONTINUE", None])
def test_that_whom_the_server_counts_is_not_told_twice(value: str | None) -> None:
    story = gone_on(value)
    assert story.endings() == ["unknown"]
    assert story.translator.unseen == 1


def test_that_a_loss_before_it_was_told_is_no_reason_to_count_twice() -> None:
    story = site()
    story.join("1.1")
    story.cut(20)
    elsewhere = caller_channel("1.1", "support") | {"Application": "Playback"}
    story.look(*site_rows(gone=1), channels=[elsewhere], connecting=True)
    story.cut(20)
    story.look(*site_rows(gone=1), connecting=True)
    assert story.endings() == ["unknown"]


# --- taking over from a process that died ------------------------------------------------------


def taken_over(before: Story) -> Story:
    after = Story(now=before.now)
    after.translator.resume(before.picture())
    return after


def test_that_open_calls_are_taken_over() -> None:
    before = site()
    before.join("1.1")
    before.join("1.2")
    before.after(3).connect("PJSIP/1001", "1.2")
    after = taken_over(before)
    assert set(after.picture().queues) == {"support", "billing"}
    after.look(
        *with_talker(),
        entry_row("1.1", "support", wait_s=3),
        channels=[caller_channel("1.1", "support"), caller_channel("1.2", "support")],
        connecting=True,
    )
    assert {call.call_id for call in after.calls()} == {"1.1@support#1", "1.2@support#1"}
    after.after(7).complete("PJSIP/1001", "1.2")
    after.sent_away("1.1")
    after.translator.settle(after.now)
    before_it, question = after.translator.questions()
    assert (before_it.about, question.about) == (About.BEFORE, About.ENDING)
    assert question.channel == "PJSIP/trunk-1.1"
    after.translator.visits.status_told(question.call_id, "TIMEOUT", after.now)
    talked, waited = after.ended()
    assert (talked.wait, talked.talk, talked.agent_id) == (seconds(3), seconds(7), "1001")
    assert (waited.ending, waited.wait) == (Ending.TIMED_OUT, seconds(10))


def test_that_who_was_taken_over_and_is_gone_ended_once() -> None:
    before = site()
    before.join("1.1")
    after = taken_over(before)
    after.look(*site_rows(gone=1), connecting=True)
    assert after.endings() == ["unknown"]
    assert after.only().target == seconds(20)


def test_that_a_talk_whose_answer_was_not_seen_is_taken_over_as_such() -> None:
    channels = [caller_channel("1.1", "support"), agent_channel("1.1", "PJSIP/1001")]
    before = Story().opened(*with_talker(), channels=channels)
    after = taken_over(before)
    after.look(*with_talker(), channels=channels, connecting=True)
    assert after.calls()[0].entered_at is None
    after.after(5).complete("PJSIP/1001", HoldTime=3, TalkTime=60)
    assert (after.only().wait, after.only().talk) == (seconds(3), seconds(60))


@pytest.mark.parametrize("queue", ["support", "a#1", "b@2"])
def test_that_no_visit_of_who_was_taken_over_has_the_name_of_one_before(queue: str) -> None:
    before = site()
    for _ in range(3):
        before.join("1.1", queue)
        before.hangs_up("1.1", queue)
    before.join("1.1", queue)
    names = {record.fact_id for record in before.ended()}
    for _ in range(2):
        after = taken_over(before)
        after.look(*site_rows(), entry_row("1.1", queue), connecting=True)
        after.after(3).hangs_up("1.1", queue)
        after.after(3).join("1.1", queue)
        names |= {record.fact_id for record in after.ended()}
        before = after
    assert len(names) == 5
    assert all(name.startswith(f"1.1@{queue}") for name in names)


@pytest.mark.parametrize("name", ["17", "@support#1", "1.1@sales#1", "1.1@support#", "1.1@support"])
def test_that_a_call_of_another_kind_of_source_is_not_taken_over(name: str) -> None:
    after = Story()
    after.translator.resume(a_snapshot([a_queue("support")], calls=[a_call(name, "support")]))
    assert after.calls() == []
