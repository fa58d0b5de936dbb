"""Whether a command may be given: by whom, to whom, and as the newest picture shows them.

The rules, in prose:

* What is not allowed is denied, to whom it is about before whether it can be done.
* Who sees a part of the site may not reach beyond it: not into a call of another queue, not by a
  pause in all queues of somebody who works in others too.
* Where agents must be told that somebody is in the call, nobody is in one who cannot be told.
"""

from __future__ import annotations

from typing import Final

from wallboard.api.commands import Command
from wallboard.api.problem import Problem, ProblemKind, problem
from wallboard.domain.snapshot import Agent, AgentId, CallId, Snapshot
from wallboard.domain.supervision import (
    MONITORING,
    NEEDS_PHONE,
    NEVER_HELD_UP,
    OF_A_WAITING_CALL,
    WishKind,
)
from wallboard.server.feed import Capabilities, Issue
from wallboard.server.scope import Pictures
from wallboard.server.tokens import Token

INTO_A_CALL: Final = MONITORING | {
    WishKind.HANG_UP,
    WishKind.TAKE_OVER,
    WishKind.TRANSFER,
    WishKind.TALK,
}
"""What is done to the call that an agent has."""

_IN_QUEUES: Final = frozenset({WishKind.PAUSE, WishKind.UNPAUSE, WishKind.LOG_OUT})
# It is about the phone of who asks: silence is possible though the agent is seen no more.
_OWN_PHONE: Final = NEVER_HELD_UP | {WishKind.TRY_PHONE}
_HEARD: Final = MONITORING | {WishKind.TALK}
_NOT_YOURS: Final = problem(ProblemKind.FORBIDDEN, "Your token does not reach there.")
_EXCLUDED: Final = problem(ProblemKind.FORBIDDEN, "Nobody may monitor this agent.")
_NO_MORE_WAITING: Final = problem(ProblemKind.CONFLICT, "The caller does not wait any more.")
_CANNOT_TELL: Final = problem(
    ProblemKind.FORBIDDEN,
    "Agents must be told here that somebody is in the call, and there is no way to tell them.",
)


def refusal_of(
    command: Command, token: Token, served: Capabilities, pictures: Pictures, issue: Issue
) -> Problem | None:
    """Return why a command may not be given. None if it may."""
    kind = command.command
    if kind not in token.may:
        return problem(ProblemKind.FORBIDDEN, f"Your token may not {kind}.")
    if kind in NEEDS_PHONE | {WishKind.TALK} and served.own_phones and not token.phone:
        return problem(ProblemKind.FORBIDDEN, "Your token has no phone.")
    refusal = _of_target(command, token, served, pictures, issue.snapshot)
    if refusal is not None:
        return refusal
    if kind in MONITORING and served.only_told and not can_tell(served, issue):
        return _CANNOT_TELL
    return None if kind in served.commands else problem(ProblemKind.UNSUPPORTED)


def can_tell(served: Capabilities, issue: Issue | None) -> bool:
    """Return whether agents are told that somebody is in the call, as far as is known before."""
    lacks = () if issue is None else tuple(kind for kind, _ in issue.lacks)
    return served.tells and WishKind.MESSAGE in served.commands and WishKind.MESSAGE not in lacks


def _of_target(
    command: Command, token: Token, served: Capabilities, pictures: Pictures, snapshot: Snapshot
) -> Problem | None:
    """Return why it may not be done to this agent or caller. None if it may."""
    if command.command in _OWN_PHONE:
        return None
    view = pictures.seen_by(token.scope)
    # Who sees a part is not told whether there is such a one in the rest.
    unseen = problem(ProblemKind.NOT_FOUND) if token.scope.whole else _NOT_YOURS
    if command.command in OF_A_WAITING_CALL:
        call = snapshot.calls.get(CallId(command.call_id or ""))
        if call is None or not token.scope.sees_queue(call.queue_id):
            return unseen
        return None if call.answered_at is None else _NO_MORE_WAITING
    agent = snapshot.agents.get(AgentId(command.agent_id or ""))
    if agent is None or not view.sees_agent(agent.agent_id):
        return unseen
    if _reaches_beyond(command, token, agent, snapshot):
        return _NOT_YOURS
    return _of_agent(command, agent, served)


def _of_agent(command: Command, agent: Agent, served: Capabilities) -> Problem | None:
    if command.command in _HEARD and agent.agent_id in served.excluded:
        return _EXCLUDED
    if command.call_id is not None and command.call_id != agent.call_id:
        return problem(ProblemKind.CONFLICT, "It is another call by now.")
    return None


def _reaches_beyond(command: Command, token: Token, agent: Agent, snapshot: Snapshot) -> bool:
    """True if somebody would do something where he does not see."""
    scope, kind = token.scope, command.command
    if scope.queues is None:
        return False
    if command.queue_id is not None and command.queue_id not in scope.queues:
        return True
    if kind in INTO_A_CALL:
        call = None if agent.call_id is None else snapshot.calls.get(CallId(agent.call_id))
        return call is None or call.queue_id not in scope.queues
    return (
        kind in _IN_QUEUES
        and command.queue_id is None
        and not scope.queues.issuperset(agent.queues)
    )
