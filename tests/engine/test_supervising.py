"""The controller of supervision, law by law; chance walks through it in `test_supervising_walk`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from support.controlled import (
    BILLING,
    END,
    LISTEN,
    MINA,
    OMID,
    OURS,
    PAUSE,
    REZA,
    SALES,
    SARA,
    THEIRS,
    WHISPER,
    Desk,
    center,
)

from wallboard.domain.granting import Rights
from wallboard.domain.snapshot import (
    AgentId,
    CallId,
)
from wallboard.domain.supervision import Stage, WishKind
from wallboard.engine.freshness import Freshness
from wallboard.engine.supervising import (
    closing,
    written,
)
from wallboard.engine.supervision import Obstacle, Offer, Phase
from wallboard.engine.supervision_offers import (
    offer_to_try_phone,
    offers_for,
    offers_for_caller,
)
from wallboard.engine.supervision_steps import (
    CALL_OVER,
    HUNG_UP,
    LIMIT_REACHED,
    LOOKED_FOR,
    NEVER_SEEN,
    RIGHT_GONE,
    WRONG_TARGET,
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


# --- one after the other --------------------------------------------------------------------------


def test_that_nothing_is_passed_on_before_it_is_written(desk: Desk) -> None:
    desk.ask(LISTEN)
    assert desk.passed == []
    (row,) = desk.rows
    assert (row.what, row.needed, row.entry["call_id"]) == ("passed", True, "c1")
    desk.write()
    assert (desk.phase, desk.passed[0].key) == (Phase.ASKED, row.key)
    assert desk.passed[0].wish.call_id == "c1"


def test_that_what_cannot_be_written_is_not_done_until_it_can_be_again(desk: Desk) -> None:
    desk.ask(LISTEN)
    desk.write(done=False)
    assert desk.passed == []
    assert desk.view.told[-1].obstacle is Obstacle.NO_JOURNAL
    assert desk.view.obstacles[LISTEN] is Obstacle.NO_JOURNAL
    desk.wait(1)
    assert desk.rows[-1].what == "tried"
    desk.take(written(desk.state, desk.rows[-1].key, True, desk.board, desk.clock.now()))
    assert LISTEN not in desk.view.obstacles
    desk.ask(LISTEN)
    desk.write()
    assert desk.kinds() == [LISTEN]


def test_that_what_waited_too_long_for_the_disk_is_not_done(desk: Desk) -> None:
    desk.ask(LISTEN)
    desk.clock.pass_by(6)
    desk.write()
    assert desk.passed == []
    assert desk.whats()[-1] == "not_passed"


@pytest.mark.parametrize(
    ("calls", "obstacle"),
    [({"sara": "c9"}, Obstacle.OTHER_CALL), ({"sara": None}, Obstacle.NO_CALL)],
    ids=["another call", "no call"],
)
def test_that_the_target_is_looked_at_again_before_it_is_passed_on(
    desk: Desk, calls: Mapping[str, str | None], obstacle: Obstacle
) -> None:
    desk.ask(LISTEN)
    desk.look(**calls)  # type: ignore[arg-type]
    desk.write()
    assert desk.passed == []
    assert desk.view.told[-1].obstacle is obstacle


def test_that_a_call_that_was_named_and_is_another_by_now_is_refused(desk: Desk) -> None:
    desk.ask(LISTEN, call_id=CallId("c0"))
    assert desk.view.told[-1].obstacle is Obstacle.OTHER_CALL
    assert desk.whats() == ["refused"]


def test_that_clicking_twice_is_one_command(desk: Desk) -> None:
    for _ in range(5):
        desk.ask(LISTEN)
    desk.write()
    for _ in range(5):
        desk.ask(LISTEN)
        desk.ask(WHISPER)
    assert desk.kinds() == [LISTEN]
    assert desk.whats().count("passed") == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_that_nobody_is_listened_to_without_a_reason(desk: Desk, reason: str) -> None:
    desk.ask(LISTEN, reason=reason)
    assert desk.view.told[-1].obstacle is Obstacle.NO_REASON
    desk.ask(PAUSE, MINA, reason=reason)
    assert desk.rows[-1].entry["command"] == "pause"


def test_that_it_begins_when_the_source_says_so_and_ends_with_the_call(desk: Desk) -> None:
    desk.ask(LISTEN)
    desk.write()
    desk.look()
    assert desk.phase is Phase.ASKED
    desk.hear(Stage.DONE)
    assert desk.phase is Phase.LIVE
    desk.look(OURS, THEIRS)
    assert desk.state.session is not None
    assert desk.state.session.others == (THEIRS,)
    desk.look(sara=None)
    assert (desk.phase, desk.why) == (Phase.ENDED, CALL_OVER)
    assert desk.whats() == ["passed", "answered", "began", "ended"]
    assert desk.rows[-1].entry["seconds"] == 2


def test_that_hanging_up_the_phone_is_told_apart_from_the_end_of_the_call(desk: Desk) -> None:
    desk.listen()
    desk.look()
    assert (desk.phase, desk.why) == (Phase.ENDED, HUNG_UP)


def test_that_what_is_said_to_have_begun_and_is_never_seen_is_over(desk: Desk) -> None:
    desk.ask(LISTEN)
    desk.write()
    desk.hear(Stage.DONE)
    desk.wait(3)
    assert desk.phase is Phase.LIVE
    desk.wait(5)
    assert (desk.phase, desk.why) == (Phase.ENDED, NEVER_SEEN)


def test_that_a_source_that_cannot_tell_who_listens_ends_it_with_the_call(desk: Desk) -> None:
    desk.ask(LISTEN)
    desk.write()
    desk.hear(Stage.DONE)
    desk.look(tells=False)
    assert desk.phase is Phase.LIVE
    desk.look(tells=False, sara="c9")
    assert desk.phase is Phase.ENDED


def test_that_a_refusal_is_told_with_its_reason(desk: Desk) -> None:
    desk.ask(LISTEN)
    desk.write()
    desk.hear(Stage.REFUSED, "Your phone is busy.")
    assert (desk.phase, desk.why) == (Phase.ENDED, "Your phone is busy.")


# --- what nobody knows ----------------------------------------------------------------------------


def test_that_of_what_nobody_knows_nothing_is_asked_again_by_itself(desk: Desk) -> None:
    desk.ask(LISTEN)
    desk.write()
    desk.hear(Stage.UNKNOWN)
    assert desk.phase is Phase.UNKNOWN
    desk.ask(LISTEN)
    desk.ask(LISTEN, REZA)
    desk.wait(30)
    assert desk.kinds() == [LISTEN]


def test_that_what_is_seen_after_all_is_known_after_all(desk: Desk) -> None:
    desk.ask(LISTEN)
    desk.write()
    desk.hear(Stage.UNKNOWN)
    desk.look(OURS)
    assert desk.phase is Phase.LIVE
    assert desk.kinds() == [LISTEN]


def test_that_what_is_not_seen_for_long_is_over(desk: Desk) -> None:
    desk.ask(LISTEN)
    desk.state = replace(desk.state, rights=replace(desk.rights, limit_s=900))
    desk.write()
    desk.hear(Stage.UNKNOWN)
    desk.wait(59)
    assert desk.phase is Phase.UNKNOWN
    desk.wait(4)
    assert (desk.phase, desk.why) == (Phase.ENDED, LOOKED_FOR)


def test_that_what_begins_when_nobody_waits_any_more_is_ended_at_once(desk: Desk) -> None:
    desk.ask(LISTEN)
    desk.write()
    desk.hear(Stage.UNKNOWN)
    desk.ask(END)
    desk.write()
    desk.hear(Stage.REFUSED, "You are not listening to this agent.")
    assert desk.phase is Phase.ENDED
    desk.hear(Stage.DONE, at=0)
    assert desk.rows[-1].entry["by"] == "late"
    desk.write()
    assert desk.kinds() == [LISTEN, END, END]


# --- ending ---------------------------------------------------------------------------------------


def test_that_ending_needs_no_journal_and_no_live_picture(desk: Desk) -> None:
    desk.listen()
    desk.board = replace(desk.board, freshness=Freshness.NO_DATA)
    desk.ask(END)
    assert desk.phase is Phase.ENDING
    desk.write(done=False)
    assert desk.kinds() == [LISTEN, END]
    desk.hear(Stage.DONE)
    assert desk.phase is Phase.ENDED


def test_that_an_end_that_never_arrived_leaves_it_lasting(desk: Desk) -> None:
    desk.listen()
    desk.ask(END)
    desk.write()
    desk.hear(Stage.REFUSED, "The center cannot be reached.", reached=False)
    assert desk.phase is Phase.LIVE
    assert desk.view.told[-1].why == "The center cannot be reached."
    desk.ask(END)
    desk.write()
    desk.hear(Stage.DONE)
    assert desk.phase is Phase.ENDED


def test_that_an_end_that_is_refused_while_it_is_seen_to_last_leaves_it_lasting(
    desk: Desk,
) -> None:
    desk.listen()
    desk.ask(END)
    desk.write()
    desk.hear(Stage.REFUSED, "Too many requests.")
    assert desk.phase is Phase.LIVE
    desk.ask(END)
    desk.write()
    desk.look()
    desk.hear(Stage.REFUSED, "You are not listening to this agent.")
    assert desk.phase is Phase.ENDED


def test_that_what_goes_on_though_nobody_knew_whether_it_ended_has_begun_once(desk: Desk) -> None:
    desk.listen()
    assert desk.state.session is not None
    begun = desk.state.session.live_at
    desk.ask(END)
    desk.write()
    desk.hear(Stage.UNKNOWN)
    assert desk.phase is Phase.UNKNOWN
    desk.look(OURS)
    assert desk.phase is Phase.LIVE
    assert desk.state.session.live_at == begun
    assert desk.whats().count("began") == 1


def test_that_it_is_ended_at_the_limit_and_again_until_it_is(desk: Desk) -> None:
    desk.listen()
    desk.wait(58)
    assert desk.phase is Phase.LIVE
    desk.wait(2)
    assert (desk.phase, desk.why) == (Phase.ENDING, LIMIT_REACHED)
    desk.write()
    desk.hear(Stage.REFUSED, reached=False)
    desk.wait(5)
    assert desk.kinds() == [LISTEN, END]
    desk.wait(6)
    desk.write()
    assert desk.kinds() == [LISTEN, END, END]


def test_that_it_is_ended_when_the_right_to_it_is_withdrawn(desk: Desk) -> None:
    desk.listen()
    desk.state = replace(desk.state, rights=Rights())
    desk.wait(1)
    assert (desk.phase, desk.why) == (Phase.ENDING, RIGHT_GONE)


@pytest.mark.parametrize(
    "narrower",
    [
        {"excluded": frozenset({SARA})},
        {"agents": frozenset({REZA})},
        {"queues": frozenset({BILLING})},
    ],
    ids=["excluded", "another_agent", "another_queue"],
)
def test_that_it_is_ended_when_the_right_reaches_there_no_more(
    desk: Desk, narrower: dict[str, Any]
) -> None:
    desk.listen()
    desk.wait(1)
    assert desk.phase is Phase.LIVE
    desk.state = replace(desk.state, rights=replace(desk.rights, **narrower))
    desk.wait(1)
    assert (desk.phase, desk.why) == (Phase.ENDING, RIGHT_GONE)


def test_that_it_lasts_though_the_process_that_began_it_was_killed(desk: Desk) -> None:
    desk.listen()
    left_behind = replace(OURS, own=False, phone="PJSIP/9001")
    desk.look(left_behind)
    assert desk.phase is Phase.LIVE
    assert desk.state.session is not None
    assert desk.state.session.others == ()
    desk.wait(60)
    assert (desk.phase, desk.why) == (Phase.ENDING, LIMIT_REACHED)


def test_that_our_phone_by_itself_is_no_word_that_it_began(desk: Desk) -> None:
    desk.ask(LISTEN)
    desk.write()
    desk.look(replace(OURS, own=False, phone="PJSIP/9001"))
    assert desk.phase is Phase.ASKED


def test_that_to_end_does_not_wait_for_a_disk_that_hangs_and_is_passed_on_once(desk: Desk) -> None:
    desk.listen()
    desk.ask(END)
    desk.wait(1)
    assert desk.kinds() == [LISTEN]
    desk.wait(3)
    assert desk.kinds() == [LISTEN, END]
    desk.write()
    assert desk.kinds() == [LISTEN, END]


def test_that_it_is_ended_when_the_window_closes(desk: Desk) -> None:
    desk.listen()
    desk.take(closing(desk.state, desk.clock.now()))
    desk.write()
    assert desk.kinds() == [LISTEN, END]
    again = closing(desk.state, desk.clock.now())
    assert again == (desk.state, ())


def test_that_nothing_comes_after_the_window_was_closed(desk: Desk) -> None:
    desk.listen()
    desk.ask(WHISPER)
    desk.write()
    desk.take(closing(desk.state, desk.clock.now()))
    desk.hear(Stage.DONE)
    assert desk.phase is Phase.ENDED
    assert desk.whats().count("passed") == 2  # to listen, and to end it
    assert desk.kinds() == [LISTEN, END]


# --- another mode, the next call ------------------------------------------------------------------


def test_that_another_mode_ends_the_one_and_is_then_a_command_of_its_own(desk: Desk) -> None:
    desk.listen()
    desk.ask(WHISPER)
    desk.write()
    assert desk.kinds() == [LISTEN, END]
    desk.hear(Stage.DONE)
    assert desk.rows[-1].entry["command"] == "whisper"
    desk.write()
    assert desk.kinds() == [LISTEN, END, WHISPER]
    assert len({each.key for each in desk.passed}) == 3


def test_that_no_other_mode_begins_while_nobody_knows_whether_the_one_ended(desk: Desk) -> None:
    desk.listen()
    desk.ask(WHISPER)
    desk.write()
    desk.hear(Stage.UNKNOWN)
    desk.wait(3)
    assert desk.kinds() == [LISTEN, END]
    assert desk.view.told[-1].obstacle is Obstacle.BUSY


def test_that_another_mode_is_not_begun_with_another_call(desk: Desk) -> None:
    desk.listen()
    desk.ask(WHISPER)
    desk.write()
    desk.board = replace(desk.board, snapshot=center(desk.clock, sara="c9"))
    desk.hear(Stage.DONE)
    assert desk.kinds() == [LISTEN, END]
    assert desk.view.told[-1].obstacle is Obstacle.OTHER_CALL


def test_that_who_stays_hears_the_next_call_by_a_row_of_its_own(desk: Desk) -> None:
    desk.listen(stays=True)
    desk.look(sara=None)
    assert desk.phase is Phase.ENDED
    assert desk.state.session is not None
    assert desk.state.session.stays
    desk.look(sara="c9")
    desk.write()
    assert [each.wish.call_id for each in desk.passed] == ["c1", "c9"]
    row = [row for row in desk.rows if row.what == "passed"][-1]
    assert (row.entry["by"], row.entry["reason"]) == ("stays", "coaching")
    desk.look(sara="c9")
    assert desk.kinds() == [LISTEN, LISTEN]


@pytest.mark.parametrize("how", ["ended", "phone", "limit", "right", "another"])
def test_that_staying_has_an_end(desk: Desk, how: str) -> None:
    desk.listen(stays=True)
    desk.look(sara=None)
    match how:
        case "ended":
            desk.ask(END)
        case "limit":
            desk.wait(61)
        case "right":
            desk.state = replace(desk.state, rights=Rights())
        case "another":
            desk.ask(LISTEN, REZA)
            desk.write()
        case _:
            desk = Desk()
            desk.listen(stays=True)
            desk.look()  # his phone is hung up, and the call goes on
            desk.wait(10)
    before = desk.kinds()
    desk.look(sara="c9", reza="c2")
    assert desk.kinds() == before


# --- what nobody chose ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "odd",
    [
        {"agent_id": REZA, "call_id": CallId("c2")},
        {"call_id": CallId("c7")},
        {"mode": WishKind.BARGE},
    ],
    ids=["another agent", "another call", "another mode"],
)
def test_that_our_phone_in_a_call_that_nobody_chose_is_ended_at_once(
    desk: Desk, odd: dict[str, Any]
) -> None:
    desk.ask(LISTEN)
    desk.write()
    wrong = replace(OURS, **odd)
    desk.look(wrong)
    assert desk.rows[-1].entry["by"] == "wrong_target"
    desk.write()
    assert desk.passed[-1].wish.kind is END
    assert desk.passed[-1].wish.agent_id == wrong.agent_id
    assert desk.why == WRONG_TARGET
    desk.look(wrong)
    assert desk.kinds() == [LISTEN, END]


def test_that_the_phones_of_others_are_left_alone(desk: Desk) -> None:
    desk.look(THEIRS, replace(THEIRS, monitoring_id="m3", agent_id=None, call_id=None))
    assert desk.rows == []


# --- what is offered ------------------------------------------------------------------------------


def offers(desk: Desk, agent_id: AgentId) -> dict[WishKind, Obstacle | None]:
    found = offers_for(desk.board, desk.view, agent_id, desk.clock.now())
    return {offer.kind: offer.obstacle for offer in found}


def test_that_the_first_obstacle_in_their_order_is_told(desk: Desk) -> None:
    assert offers(desk, SARA)[LISTEN] is None
    assert offers(desk, MINA)[LISTEN] is Obstacle.NO_CALL
    assert offers(desk, OMID)[LISTEN] is Obstacle.OFFLINE
    desk.board = replace(desk.board, freshness=Freshness.STALE)
    assert offers(desk, OMID)[LISTEN] is Obstacle.NOT_LIVE
    desk.state = replace(desk.state, journal=False)
    assert offers(desk, OMID)[LISTEN] is Obstacle.NO_JOURNAL
    desk.state = replace(desk.state, phone="")
    assert offers(desk, OMID)[LISTEN] is Obstacle.NO_PHONE
    desk.state = replace(desk.state, rights=replace(desk.rights, excluded=frozenset({OMID})))
    assert offers(desk, OMID)[LISTEN] is Obstacle.EXCLUDED
    desk.state = replace(desk.state, rights=Rights(excluded=frozenset({OMID})))
    assert offers(desk, OMID)[LISTEN] is Obstacle.NO_RIGHT
    desk.board = replace(desk.board, lacks=((LISTEN, "write = originate"),))
    assert offers(desk, OMID)[LISTEN] is Obstacle.SOURCE_RIGHT
    found = offers_for(desk.board, desk.view, OMID, desk.clock.now())
    assert Offer(kind=LISTEN, obstacle=Obstacle.SOURCE_RIGHT, detail="write = originate") in found
    desk.state = replace(desk.state, takes=frozenset({PAUSE}))
    assert offers(desk, OMID)[LISTEN] is Obstacle.NOT_SUPPORTED


def test_that_rights_reach_as_far_as_their_queues_and_agents() -> None:
    may = frozenset(WishKind)
    in_sales = Desk(rights=Rights(may=may, queues=frozenset({SALES})))
    assert offers(in_sales, SARA)[LISTEN] is None
    assert offers(in_sales, REZA)[LISTEN] is Obstacle.NO_RIGHT
    assert offers(in_sales, REZA)[PAUSE] is Obstacle.NO_RIGHT
    in_sales.ask(WishKind.ADD, REZA, queue_id=BILLING)
    assert in_sales.view.told[-1].obstacle is Obstacle.NO_RIGHT
    only_reza = Desk(rights=Rights(may=may, agents=frozenset({REZA})))
    assert offers(only_reza, SARA)[LISTEN] is Obstacle.NO_RIGHT
    assert offers(only_reza, REZA)[LISTEN] is None


def test_that_one_thing_at_a_time_is_done_by_phone(desk: Desk) -> None:
    desk.listen()
    assert offers(desk, SARA)[LISTEN] is Obstacle.SO_ALREADY
    assert offers(desk, SARA)[WHISPER] is None
    assert offers(desk, SARA)[END] is None
    assert offers(desk, REZA)[LISTEN] is Obstacle.BUSY
    assert offers(desk, REZA)[END] is Obstacle.NOT_LISTENING
    assert offers(desk, REZA)[PAUSE] is None
    assert offer_to_try_phone(desk.board, desk.view).obstacle is Obstacle.BUSY


def test_that_callers_who_wait_are_offered_within_ones_queues() -> None:
    desk = Desk(rights=Rights(may=frozenset(WishKind), queues=frozenset({SALES})))

    def first(call: str) -> Obstacle | None:
        return offers_for_caller(desk.board, desk.view, CallId(call), desk.clock.now())[0].obstacle

    assert first("w-sales") is None
    assert first("w-billing") is Obstacle.NO_RIGHT
    assert first("c1") is Obstacle.NOT_THERE
    assert first("nobody") is Obstacle.NOT_THERE
    desk.ask(WishKind.PICK_UP, AgentId(""), call_id=CallId("w-sales"))
    desk.write()
    assert desk.passed[-1].wish.call_id == "w-sales"
    assert desk.view.told[-1].stage is Stage.PENDING
    desk.hear(Stage.DONE)
    assert desk.view.told[-1].stage is Stage.DONE


def test_that_of_an_agent_whom_nobody_knows_nothing_is_offered(desk: Desk) -> None:
    assert set(offers(desk, AgentId("nobody")).values()) == {Obstacle.NOT_THERE}


def test_that_nothing_is_begun_from_where_nobody_sits(desk: Desk) -> None:
    desk.state = replace(desk.state, here=False)
    desk.ask(LISTEN)
    assert desk.view.told[-1].obstacle is Obstacle.NOT_HERE
    assert desk.whats() == ["refused"]
