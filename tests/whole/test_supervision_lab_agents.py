"""Commands to agents at a real Asterisk: what becomes of them, and why not, in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.lab_desk import LabDesk
from support.lab_ear import talk
from support.lab_phones import LabPhones

from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import Agent, AgentId, AgentState, QueueId
from wallboard.domain.source import Fetched
from wallboard.domain.supervision import WishKind
from wallboard.sources.asterisk import why_not

pytestmark = [pytest.mark.lab, pytest.mark.timeout(300)]

NIGHT = QueueId("afterhours")
SALES = QueueId("sales")


def agent(desk: LabDesk, agent_id: str) -> Agent:
    return desk.last.snapshot.agents[AgentId(agent_id)]


def works_in(agent_id: str, queue: QueueId) -> Callable[[Fetched], bool]:
    return lambda seen: queue in seen.snapshot.agents[AgentId(agent_id)].queues


# 1006 is called directly; 1007 behind a Local channel.
@pytest.mark.parametrize("who", ["1006", "1007"])
def test_that_an_agent_is_added_to_a_queue_paused_there_and_logged_out_of_it(
    phones: LabPhones, desk: LabDesk, who: str
) -> None:
    one = agent(desk, who)
    assert desk.ask(WishKind.LOG_OUT, one, queue_id=NIGHT).reason == why_not.NOT_A_MEMBER
    assert desk.ask(WishKind.ADD, one, queue_id=NIGHT).done
    try:
        desk.until(works_in(who, NIGHT))
        again = desk.ask(WishKind.ADD, one, queue_id=NIGHT)
        assert again.reason == why_not.ALREADY_IN
        # Calls of that queue come now.
        number, talking = talk(phones, desk, "804")
        assert talking.agent_id == one.agent_id
        phones.customer_hangs_up(number)
        desk.until(lambda seen: not seen.snapshot.calls)
        for queue in (NIGHT, None):
            assert desk.ask(WishKind.PAUSE, one, queue_id=queue, reason="training").done
            desk.pass_by(0.3)
            told = desk.ask(WishKind.PAUSE, one, queue_id=queue, reason="training")
            assert told.reason == why_not.ALREADY_PAUSED
            assert desk.ask(WishKind.UNPAUSE, one, queue_id=queue).done
            desk.pass_by(0.3)
            told = desk.ask(WishKind.UNPAUSE, one, queue_id=queue)
            assert told.reason == why_not.NOT_PAUSED
        assert desk.ask(WishKind.LOG_OUT, one, queue_id=NIGHT).done
        desk.until(lambda seen: not works_in(who, NIGHT)(seen))
    finally:
        desk.source.supervise(desk.wish(WishKind.LOG_OUT, one, queue_id=NIGHT))


def test_that_a_fixed_member_of_a_queue_stays_in_it_and_that_is_told(desk: LabDesk) -> None:
    one = agent(desk, "1006")
    assert desk.ask(WishKind.LOG_OUT, one, queue_id=SALES).reason == why_not.FIXED_MEMBER
    assert works_in("1006", SALES)(desk.look())
    told = desk.ask(WishKind.ADD, one, queue_id=QueueId("no such queue"))
    assert told.reason == why_not.NO_QUEUE
    nobody = Agent(agent_id=AgentId("4711"), name="", state=AgentState.FREE)
    assert desk.ask(WishKind.PAUSE, nobody).reason == why_not.UNKNOWN_AGENT


@pytest.mark.parametrize("queue", ["801", "803"])
def test_that_a_call_is_hung_up_for_everybody_and_no_other_one_is(
    phones: LabPhones, desk: LabDesk, queue: str
) -> None:
    kept, other = talk(phones, desk, "802")
    number, one = talk(phones, desk, queue)
    assert one.agent_id != other.agent_id
    assert desk.ask(WishKind.HANG_UP, one).done
    desk.until(lambda seen: len(seen.snapshot.calls) == 1)
    assert [fact.ending for fact in desk.facts] == [Ending.ANSWERED]
    desk.until(lambda _: not phones.customer_is_in_a_call(number), within_s=3)
    assert phones.customer_is_in_a_call(kept)
    assert desk.ask(WishKind.HANG_UP, one).reason == why_not.NO_CALL
    phones.customer_hangs_up(kept)
