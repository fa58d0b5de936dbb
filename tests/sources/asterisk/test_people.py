from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from support.ami_story import Story, epoch_of, member_row, queue_row
from support.clocks import NOON

from wallboard.domain.snapshot import AgentState
from wallboard.sources.asterisk.people import Device

EVE = "Local/1005@from-queue/n"


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def crew(*rows: dict[str, str], **wrap_ups: float) -> Story:
    """A story with one queue, support, and just these members."""
    spans = {queue: timedelta(seconds=value) for queue, value in wrap_ups.items()}
    story = Story()
    story.translator.people.queue_wrap_up = spans.get
    return story.opened(queue_row("support"), queue_row("sales"), *rows)


# --- who is who --------------------------------------------------------------------------------


def test_that_names_are_those_of_the_memberships() -> None:
    story = crew(
        member_row("support", "PJSIP/1001", Name="Dmitri O'Neil"),
        member_row("support", "PJSIP/1002", Name="سارا محمدی"),
        member_row("support", "PJSIP/1003"),
    )
    names = {agent_id: agent.name for agent_id, agent in story.agents().items()}
    assert names == {"1001": "Dmitri O'Neil", "1002": "سارا محمدی", "1003": "1003"}


def test_that_one_person_behind_two_interfaces_is_one_agent() -> None:
    story = crew(
        member_row("support", "PJSIP/1005", Name="Eve Evans"),
        member_row("sales", EVE, StateInterface="hint:1005@ext-local"),
    )
    assert set(story.agents()) == {"1005"}
    assert story.agent("1005").queues == ("sales", "support")
    assert story.agent("1005").name == "Eve Evans"


def test_that_a_call_for_one_interface_is_a_call_of_the_person() -> None:
    story = crew(
        member_row("support", "PJSIP/1005"),
        member_row("sales", EVE, StateInterface="hint:1005@ext-local"),
    )
    story.join(queue="sales")
    story.connect(EVE, queue="sales")
    assert story.agent("1005").call_id == "1.1@sales#1"
    assert story.state("1005") == "in_call"


def test_that_an_interface_may_have_another_number_than_the_hint_says() -> None:
    story = crew(member_row("support", "Local/77@from-queue/n", StateInterface="hint:205@ext"))
    story.join()
    story.rings("Local/77@from-queue/n")
    assert story.state("205") == "ringing"
    story.dial_end("Local/77@from-queue/n", "CANCEL")
    assert story.state("205") == "free"


def test_that_a_membership_that_moves_to_another_phone_is_no_longer_of_the_first_person() -> None:
    story = crew(member_row("support", "Agent/7", StateInterface="PJSIP/1001"))
    assert set(story.agents()) == {"1001"}
    story.member("QueueMemberAdded", "support", "Agent/7", StateInterface="PJSIP/1002")
    assert set(story.agents()) == {"1002"}
    story.member("QueueMemberRemoved", "support", "Agent/7", StateInterface="PJSIP/1002")
    assert story.agents() == {}


def test_that_a_dynamic_member_comes_and_goes() -> None:
    story = crew()
    story.member("QueueMemberAdded", "support", "PJSIP/1009", Name="Farah Faridi")
    assert story.agent("1009").queues == ("support",)
    story.member("QueueMemberAdded", "sales", "PJSIP/1009", Name="Farah Faridi")
    assert story.agent("1009").queues == ("sales", "support")
    story.member("QueueMemberRemoved", "support", "PJSIP/1009")
    assert story.agent("1009").queues == ("sales",)
    story.member("QueueMemberRemoved", "sales", "PJSIP/1009")
    assert story.agents() == {}


def test_that_who_is_removed_while_he_talks_is_an_agent_until_his_call_is_over() -> None:
    story = crew(member_row("support", "PJSIP/1001", Name="Alice Adams"))
    story.join()
    story.connect("PJSIP/1001")
    story.agents()
    story.member("QueueMemberRemoved", "support", "PJSIP/1001")
    agent = story.agent("1001")
    assert (agent.name, agent.state, agent.queues) == ("Alice Adams", AgentState.IN_CALL, ())
    story.complete("PJSIP/1001")
    assert story.agents() == {}


def test_that_somebody_unknown_who_answers_is_an_agent_while_he_talks() -> None:
    story = crew()
    story.join()
    story.connect("PJSIP/4711")
    assert story.state("4711") == "in_call"
    assert story.calls()[0].agent_id == "4711"
    story.complete("PJSIP/4711")
    assert story.agents() == {}


def test_that_the_end_of_who_never_was_shown_is_no_trouble() -> None:
    story = crew()
    story.join()
    story.connect("PJSIP/4711")
    story.complete("PJSIP/4711")
    assert story.endings() == ["answered"]
    assert story.agents() == {}


def test_that_events_that_name_nobody_are_counted_or_passed_over() -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.member("QueueMemberStatus", "", "PJSIP/1001")
    story.member("QueueMemberRemoved", "support", "")
    story.member("QueueMemberRemoved", "support", "PJSIP/9")
    assert story.translator.ignored == 1
    assert set(story.agents()) == {"1001"}


# --- states ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("device", "state"),
    [
        (Device.UNKNOWN, "unknown"),
        (Device.NOT_IN_USE, "free"),
        (Device.IN_USE, "other"),
        (Device.BUSY, "other"),
        (Device.INVALID, "offline"),
        (Device.UNAVAILABLE, "offline"),
        (Device.RINGING, "ringing"),
        (Device.RINGING_IN_USE, "ringing"),
        (Device.ON_HOLD, "other"),
    ],
)
def test_that_a_device_without_a_queues_call_tells(device: int, state: str) -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.status("PJSIP/1001", device)
    assert story.state("1001") == state


def test_that_a_local_channel_tells_nothing_of_a_phone_that_another_membership_knows() -> None:
    story = crew(
        member_row("support", "PJSIP/1005", Status=Device.UNAVAILABLE),
        member_row("sales", EVE, StateInterface=EVE, Status=Device.NOT_IN_USE),
    )
    assert story.state("1005") == "offline"
    story.member("QueueMemberRemoved", "support", "PJSIP/1005")
    assert story.state("1005") == "free"


def test_that_a_phone_that_never_says_ringing_rings_by_agentcalled() -> None:
    story = crew(member_row("support", "PJSIP/1008"))
    story.join()
    story.rings("PJSIP/1008")
    story.status("PJSIP/1008", Device.BUSY)
    agent = story.agent("1008")
    assert (agent.state, agent.state_since) == (AgentState.RINGING, story.now)


def test_that_a_ring_ends_for_who_was_not_faster() -> None:
    story = crew(member_row("support", "PJSIP/1001"), member_row("support", "PJSIP/1008"))
    story.join()
    story.rings("PJSIP/1001")
    story.rings("PJSIP/1008")
    story.status("PJSIP/1008", Device.BUSY)
    story.after(2).connect("PJSIP/1001")
    # The phone says a moment later that it is free again.
    assert (story.state("1001"), story.state("1008")) == ("in_call", "free")
    story.after(0.3).status("PJSIP/1008", Device.NOT_IN_USE)
    assert story.state("1008") == "free"


@pytest.mark.parametrize("how", ["missed", "another status", "caller gone"])
def test_that_a_ring_ends(how: str) -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.join()
    story.rings("PJSIP/1001")
    assert story.state("1001") == "ringing"
    if how == "missed":
        story.caller("AgentRingNoAnswer", "1.1", "support", Interface="PJSIP/1001")
    elif how == "another status":
        story.dial_end("PJSIP/1001", "NOANSWER")
    else:
        story.hangs_up()
    assert story.state("1001") == "free"


def test_that_a_ring_for_who_does_not_wait_is_none() -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.rings("PJSIP/1001", "9.9")
    assert story.state("1001") == "free"


def test_that_who_is_removed_while_his_phone_rings_is_gone() -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.join()
    story.rings("PJSIP/1001")
    story.member("QueueMemberRemoved", "support", "PJSIP/1001")
    assert story.agents() == {}
    story.hangs_up()
    assert story.agents() == {}


def test_that_who_is_rung_without_being_a_member_is_nobody() -> None:
    story = crew()
    story.join()
    story.rings("PJSIP/4711")
    story.hangs_up()
    assert story.agents() == {}


def test_that_who_rings_on_his_own_call_is_busy_with_it_again_afterwards() -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.status("PJSIP/1001", Device.IN_USE)
    assert story.state("1001") == "other"
    story.join()
    story.rings("PJSIP/1001")
    story.rings("PJSIP/1001", "1.1")
    story.status("PJSIP/1001", Device.RINGING_IN_USE)
    assert story.state("1001") == "ringing"
    story.hangs_up()
    story.status("PJSIP/1001", Device.IN_USE)
    assert story.state("1001") == "other"


def test_that_a_busy_phone_right_after_a_call_is_the_calls_echo() -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.join()
    story.connect("PJSIP/1001")
    story.status("PJSIP/1001", Device.IN_USE)
    story.after(9).complete("PJSIP/1001")
    assert story.state("1001") == "free"
    story.after(2.4)
    assert story.state("1001") == "free"
    story.after(0.1)
    assert story.state("1001") == "other"
    story.status("PJSIP/1001", Device.NOT_IN_USE)
    assert story.state("1001") == "free"


def test_that_hold_is_told_by_the_phone_that_holds() -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.join()
    story.connect("PJSIP/1001")
    began = story.now
    told = {"Channel": "PJSIP/1001-0000000b", "Linkedid": "1.1"}
    story.agents()
    story.after(5).event("Hold", **told)
    held = story.agent("1001")
    assert (held.state, held.state_since) == (AgentState.ON_HOLD, at(5))
    story.after(2).event("Unhold", **told)
    talking = story.agent("1001")
    assert (talking.state, talking.state_since) == (AgentState.IN_CALL, began)


def test_that_hold_lasts_over_a_look_and_ends_with_the_call() -> None:
    rows = [queue_row("support"), member_row("support", "PJSIP/1001")]
    story = Story().opened(*rows)
    story.join()
    story.connect("PJSIP/1001")
    story.event("Hold", Channel="PJSIP/1001-0000000b", Linkedid="1.1")
    story.after(30).look(*rows, channels=[{"Uniqueid": "1.1", "Application": "Queue"}])
    assert story.state("1001") == "on_hold"
    story.complete("PJSIP/1001")
    story.join("1.2")
    story.connect("PJSIP/1001", "1.2")
    assert story.state("1001") == "in_call"


@pytest.mark.parametrize("told", [{"Linkedid": "9.9"}, {"Channel": "PJSIP/1002-0000000b"}])
def test_that_hold_of_another_call_is_not_his(told: dict[str, str]) -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.join()
    story.connect("PJSIP/1001")
    story.event("Hold", **({"Channel": "PJSIP/1001-0000000b", "Linkedid": "1.1"} | told))
    assert story.state("1001") == "in_call"


def test_that_a_phone_may_tell_of_hold_by_its_state() -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.join()
    story.connect("PJSIP/1001")
    story.status("PJSIP/1001", Device.ON_HOLD)
    assert story.state("1001") == "on_hold"


# --- breaks ------------------------------------------------------------------------------------


def two_queues(**more: object) -> Story:
    return crew(
        member_row("support", "PJSIP/1001", **more), member_row("sales", "PJSIP/1001", **more)
    )


def pause(story: Story, queue: str, reason: str = "", *, paused: bool = True) -> None:
    told = {"Paused": int(paused), "PausedReason": reason}
    story.member("QueueMemberPause", queue, "PJSIP/1001", **told)


def test_that_a_pause_in_one_of_two_queues_is_no_break() -> None:
    story = two_queues()
    pause(story, "support", "lunch")
    assert story.state("1001") == "free"


def test_that_a_pause_in_all_queues_is_a_break_since_the_last_of_them() -> None:
    story = two_queues()
    pause(story, "support", "lunch")
    story.after(4)
    pause(story, "sales", "lunch")
    agent = story.agent("1001")
    assert (agent.state, agent.reason, agent.state_since) == (AgentState.ON_BREAK, "lunch", at(4))


def test_that_another_reason_is_another_break() -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    pause(story, "support", "lunch")
    story.agents()
    story.after(60)
    pause(story, "support", "training")
    agent = story.agent("1001")
    assert (agent.reason, agent.state_since) == ("training", at(60))
    story.after(60).status("PJSIP/1001", 1, Paused=1, PausedReason="training")
    assert story.agent("1001").state_since == at(60)


def test_that_a_break_ends_with_one_pause() -> None:
    story = two_queues()
    pause(story, "support")
    pause(story, "sales")
    assert story.state("1001") == "on_break"
    story.after(9)
    pause(story, "sales", paused=False)
    agent = story.agent("1001")
    assert (agent.state, agent.reason, agent.state_since) == (AgentState.FREE, None, at(9))


@pytest.mark.parametrize("order", [(1, -1), (-1, 1)])
def test_that_a_break_from_before_we_could_see_began_with_the_last_pause(
    order: tuple[int, int],
) -> None:
    early, late = epoch_of(at(-600)), epoch_of(at(-60))
    rows = [
        member_row("support", "PJSIP/1001", Paused=1, LastPause=early),
        member_row("sales", "PJSIP/1001", Paused=1, LastPause=late),
    ]
    story = crew(*rows[:: order[0]])
    agent = story.agent("1001")
    assert (agent.state, agent.state_since) == (AgentState.ON_BREAK, at(-60))


def test_that_leaving_the_only_queue_without_a_pause_begins_a_break() -> None:
    story = two_queues()
    pause(story, "support", "lunch")
    story.after(7).member("QueueMemberRemoved", "sales", "PJSIP/1001")
    agent = story.agent("1001")
    assert (agent.state, agent.state_since) == (AgentState.ON_BREAK, at(7))


def test_that_who_is_away_is_offline_even_on_a_break() -> None:
    story = crew(member_row("support", "PJSIP/1001", Paused=1, Status=Device.UNAVAILABLE))
    assert story.state("1001") == "offline"


def test_that_a_break_begins_after_the_echo_of_his_call() -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.join()
    story.connect("PJSIP/1001")
    story.status("PJSIP/1001", Device.IN_USE)
    story.complete("PJSIP/1001")
    pause(story, "support", "lunch")
    story.status("PJSIP/1001", Device.IN_USE, Paused=1)
    assert story.state("1001") == "on_break"
    story.after(2.5)
    assert story.state("1001") == "other"


# --- wrap-up -----------------------------------------------------------------------------------


def after_a_call(story: Story) -> Story:
    story.join()
    story.connect("PJSIP/1001")
    story.after(10).complete("PJSIP/1001")
    return story


def test_that_wrap_up_is_derived_from_the_setting() -> None:
    story = after_a_call(crew(member_row("support", "PJSIP/1001"), support=15))
    agent = story.agent("1001")
    assert (agent.state, agent.state_since) == (AgentState.WRAP_UP, at(10))
    assert story.only().wrap_up == timedelta(seconds=15)
    story.after(14.9)
    assert story.state("1001") == "wrap_up"
    story.after(0.1)
    agent = story.agent("1001")
    assert (agent.state, agent.state_since) == (AgentState.FREE, at(25))


def test_that_a_members_own_wrap_up_goes_before_the_setting() -> None:
    story = after_a_call(crew(member_row("support", "PJSIP/1001", Wrapuptime=5), support=15))
    assert story.only().wrap_up == timedelta(seconds=5)
    story.after(5)
    assert story.state("1001") == "free"


def test_that_without_a_wrap_up_time_he_is_free_at_once() -> None:
    story = after_a_call(crew(member_row("support", "PJSIP/1001")))
    assert story.state("1001") == "free"
    assert story.only().wrap_up is None


def test_that_wrap_up_is_over_when_the_next_call_comes() -> None:
    story = after_a_call(crew(member_row("support", "PJSIP/1001"), support=15))
    story.join("1.2")
    story.connect("PJSIP/1001", "1.2")
    assert story.state("1001") == "in_call"


def test_that_a_busy_phone_in_wrap_up_is_busy_after_the_echo() -> None:
    story = crew(member_row("support", "PJSIP/1001"), support=15)
    story.join()
    story.connect("PJSIP/1001")
    story.status("PJSIP/1001", Device.IN_USE)
    story.complete("PJSIP/1001")
    assert story.state("1001") == "wrap_up"
    story.after(2.5)
    assert story.state("1001") == "other"


def test_that_wrap_up_from_before_we_could_see_is_told_by_the_last_call() -> None:
    last = epoch_of(at(-5))
    story = crew(member_row("support", "PJSIP/1001", LastCall=last), support=15)
    agent = story.agent("1001")
    assert (agent.state, agent.state_since) == (AgentState.WRAP_UP, at(-5))
    story.after(10)
    assert story.state("1001") == "free"


def test_that_the_same_last_call_told_by_a_row_does_not_begin_wrap_up_anew() -> None:
    rows = [queue_row("support"), member_row("support", "PJSIP/1001")]
    story = after_a_call(crew(rows[1], support=15))
    story.agents()
    story.after(3).look(rows[0], member_row("support", "PJSIP/1001", LastCall=epoch_of(at(11))))
    story.after(11.9)
    assert story.state("1001") == "wrap_up"
    story.after(0.2)
    assert story.state("1001") == "free"


# --- since when --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "since"),
    [
        ({"LastCall": -300}, -300),
        ({"LoginTime": -900}, -900),
        ({"LastCall": -300, "LoginTime": -900}, -300),
        ({"LastCall": -300, "LastPause": -900}, -300),
        ({"LastCall": -300, "LastPause": -100}, None),
        ({"LastCall": 2}, 0),
        ({}, None),
    ],
)
def test_that_who_is_seen_for_the_first_time_is_free_since(
    told: dict[str, int], since: int | None
) -> None:
    stamps = {name: epoch_of(at(value)) for name, value in told.items()}
    story = crew(member_row("support", "PJSIP/1001", **stamps))
    assert story.agent("1001").state_since == (None if since is None else at(since))


def test_that_a_state_that_we_saw_begin_has_its_moment() -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    story.agents()
    story.after(30).status("PJSIP/1001", Device.IN_USE)
    assert story.agent("1001").state_since == at(30)
    story.after(30).status("PJSIP/1001", Device.IN_USE, Penalty=3)
    assert story.agent("1001").state_since == at(30)


def test_that_a_state_whose_beginning_nobody_saw_has_none() -> None:
    story = crew(member_row("support", "PJSIP/1001", Status=Device.IN_USE))
    assert story.agent("1001").state_since is None


# --- what a picture costs ----------------------------------------------------------------------


def test_that_nothing_new_is_the_same_rows() -> None:
    story = crew(*(member_row("support", f"PJSIP/{number}") for number in range(1000, 1100)))
    first = story.agents()
    assert story.agents() is first
    story.status("PJSIP/1007", Device.NOT_IN_USE, Penalty=2)
    assert all(row is first[key] for key, row in story.agents().items())
    story.status("PJSIP/1007", Device.IN_USE)
    changed = [key for key, row in story.agents().items() if row is not first[key]]
    assert changed == ["1007"]


def test_that_an_event_that_changes_nothing_is_no_news() -> None:
    story = crew(member_row("support", "PJSIP/1001"))
    assert story.status("PJSIP/1001", Device.IN_USE)
    story.agents()
    assert not story.status("PJSIP/1001", Device.IN_USE)
