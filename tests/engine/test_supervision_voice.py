"""Holding a button to talk, and telling the agent: what the controller lets leave, and when."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.controlled import MINA, OURS, SARA, WHISPER, Desk

from wallboard.domain.granting import Rights
from wallboard.domain.supervision import Monitoring, Stage, WishKind
from wallboard.engine.supervision import Obstacle, Phase, Telling
from wallboard.engine.supervision_steps import NOT_MUTED, NOT_TOLD

TALK, HUSH, MESSAGE = WishKind.TALK, WishKind.HUSH, WishKind.MESSAGE
MUTED = replace(OURS, mode=WHISPER, muted=True)
HEARD = replace(MUTED, muted=False)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def whisper(desk: Desk, seen: Monitoring = MUTED) -> None:
    desk.ask(WHISPER)
    desk.write()
    desk.hear(Stage.DONE)
    desk.look(seen)
    assert desk.phase is Phase.LIVE


def muted(desk: Desk) -> bool | None:
    assert desk.state.session is not None
    return desk.state.session.muted


def test_that_it_is_heard_only_once_that_is_written_and_muted_at_once(desk: Desk) -> None:
    whisper(desk)
    assert muted(desk) is True
    desk.ask(TALK)
    assert desk.kinds() == [WHISPER]
    desk.write()
    assert desk.kinds() == [WHISPER, TALK]
    wish = desk.passed[-1].wish
    assert (wish.agent_id, wish.call_id, wish.reason) == (SARA, "c1", "coaching")
    desk.hear(Stage.DONE)
    desk.look(HEARD)
    assert muted(desk) is False
    desk.ask(HUSH)
    assert desk.kinds() == [WHISPER, TALK, HUSH]  # no disk is waited for
    assert desk.rows[-1].what == "passed"
    desk.hear(Stage.DONE)
    desk.look(MUTED)
    assert muted(desk) is True
    assert desk.view.told == ()


def test_that_who_lets_go_before_it_was_written_is_never_heard(desk: Desk) -> None:
    whisper(desk)
    desk.ask(TALK)
    talk = desk.rows[-1].key
    desk.ask(HUSH)
    assert desk.kinds() == [WHISPER, HUSH]
    desk.write()
    desk.write(key=talk)
    assert desk.kinds() == [WHISPER, HUSH]
    (row,) = [row for row in desk.rows if row.what == "not_passed"]
    assert row.entry["kind"] == "let_go"


def test_that_letting_go_holds_up_nothing_else_that_waits(desk: Desk) -> None:
    whisper(desk)
    desk.ask(WishKind.PAUSE, MINA)
    pause = desk.rows[-1].key
    desk.ask(HUSH)
    desk.write(key=pause)
    assert desk.kinds() == [WHISPER, HUSH, WishKind.PAUSE]


def test_that_every_letting_go_is_passed_on_though_one_is_under_way(desk: Desk) -> None:
    whisper(desk)
    for _ in range(3):
        desk.ask(TALK)
        desk.write()
        desk.ask(HUSH)
    assert desk.kinds()[-1] is HUSH
    assert desk.kinds().count(HUSH) == 3


def test_that_nobody_is_heard_but_in_a_whisper_that_the_source_has_muted(desk: Desk) -> None:
    def refused() -> Obstacle | None:
        desk.ask(TALK)
        told = desk.view.told
        return told[-1].obstacle if told else None

    assert refused() is Obstacle.NOT_LISTENING
    desk.listen()
    assert refused() is Obstacle.NOT_LISTENING
    desk.ask(WishKind.END)
    desk.write()
    desk.hear(Stage.DONE)
    desk.look()
    whisper(desk, replace(MUTED, muted=None))
    assert refused() is Obstacle.NOT_SUPPORTED
    assert TALK not in desk.kinds()


def test_that_it_is_not_heard_if_the_right_is_gone_or_it_cannot_be_written(desk: Desk) -> None:
    whisper(desk)
    desk.ask(TALK)
    desk.write(done=False)
    assert desk.view.told[-1].obstacle is Obstacle.NO_JOURNAL
    desk.state = replace(desk.state, journal=True, here=False)
    desk.ask(TALK)
    assert desk.view.told[-1].obstacle is Obstacle.NOT_HERE
    desk.state = replace(desk.state, here=True, rights=Rights(may=frozenset({WishKind.LISTEN})))
    desk.ask(TALK)
    assert desk.view.told[-1].obstacle is Obstacle.NO_RIGHT
    assert TALK not in desk.kinds()
    desk.ask(HUSH)
    assert desk.kinds()[-1] is HUSH


@pytest.mark.parametrize("stage", [Stage.REFUSED, Stage.UNKNOWN])
def test_that_who_cannot_be_muted_again_is_taken_off_the_line(desk: Desk, stage: Stage) -> None:
    whisper(desk)
    desk.ask(TALK)
    desk.write()
    desk.hear(Stage.DONE)
    desk.look(HEARD)
    desk.ask(HUSH)
    desk.hear(stage, "it is so")
    assert desk.phase is Phase.ENDING
    assert desk.why == NOT_MUTED
    desk.write()
    assert desk.kinds()[-1] is WishKind.END


def test_that_who_is_seen_to_be_heard_long_after_letting_go_is_taken_off_the_line(
    desk: Desk,
) -> None:
    whisper(desk)
    desk.ask(TALK)
    desk.write()
    desk.hear(Stage.DONE)
    desk.look(HEARD)
    desk.wait(20)  # as long as it is held it is wanted
    assert desk.phase is Phase.LIVE
    desk.ask(HUSH)
    desk.hear(Stage.DONE)
    desk.look(HEARD)
    desk.wait(3)
    assert desk.phase is Phase.LIVE
    desk.wait(3)
    assert desk.phase is Phase.ENDING
    assert desk.why == NOT_MUTED


def test_that_a_change_of_mode_is_never_told_as_an_end(desk: Desk) -> None:
    desk.listen()
    desk.ask(WHISPER)
    seen = [desk.view.then]
    desk.write()
    seen.append(desk.view.then)
    desk.hear(Stage.DONE)
    assert desk.phase is Phase.ENDED
    seen.append(desk.view.then)
    desk.write()
    assert seen == [WHISPER] * 3
    assert desk.phase is Phase.ASKED
    assert desk.view.then is None


# --- the agent is told ----------------------------------------------------------------------------


def telling(desk: Desk, *, only_told: bool = False) -> None:
    rights = replace(desk.rights, only_told=only_told)
    desk.state = replace(desk.state, notice="A supervisor is in your call.", rights=rights)


def test_that_the_agent_is_told_once_it_has_begun_by_a_row_of_its_own(desk: Desk) -> None:
    telling(desk)
    assert desk.view.telling is Telling.TOLD
    desk.ask(WishKind.LISTEN)
    desk.write()
    assert desk.kinds() == [WishKind.LISTEN]
    desk.hear(Stage.DONE)
    assert desk.rows[-1].entry["by"] == "rule"
    desk.write()
    assert desk.kinds() == [WishKind.LISTEN, MESSAGE]
    wish = desk.passed[-1].wish
    assert (wish.agent_id, wish.text) == (SARA, "A supervisor is in your call.")
    desk.hear(Stage.DONE)
    for _ in range(3):
        desk.look(OURS)
    assert desk.kinds() == [WishKind.LISTEN, MESSAGE]
    assert desk.phase is Phase.LIVE


def test_that_a_person_needs_no_right_for_what_the_site_has_decided(desk: Desk) -> None:
    telling(desk)
    rights = Rights(may=frozenset({WishKind.LISTEN}))
    desk.state = replace(desk.state, rights=rights)
    desk.ask(WishKind.LISTEN)
    desk.write()
    desk.hear(Stage.DONE)
    desk.write()
    assert desk.kinds() == [WishKind.LISTEN, MESSAGE]


@pytest.mark.parametrize("only_told", [False, True])
@pytest.mark.parametrize("how", ["refused", "unknown", "not written"])
def test_that_who_could_not_be_told_is_listened_to_only_where_that_may_be(
    desk: Desk, only_told: bool, how: str
) -> None:
    telling(desk, only_told=only_told)
    desk.ask(WishKind.LISTEN)
    desk.write()
    desk.hear(Stage.DONE)
    desk.write(done=how != "not written")
    if how != "not written":
        desk.hear(Stage(how), "The agent has no phone that takes messages.")
    assert desk.view.told
    assert desk.phase is (Phase.ENDING if only_told else Phase.LIVE)
    assert desk.why == (NOT_TOLD if only_told else "")


def test_that_what_nobody_was_told_of_is_ended_again_until_it_is(desk: Desk) -> None:
    telling(desk, only_told=True)
    desk.ask(WishKind.LISTEN)
    desk.write()
    desk.hear(Stage.DONE)
    desk.write()
    desk.hear(Stage.REFUSED, "The agent has no phone that takes messages.")
    desk.write()
    desk.hear(Stage.REFUSED, "The center cannot be reached.", reached=False)
    assert desk.phase is Phase.LIVE
    for _ in range(15):
        desk.look(OURS)
        desk.wait(1)
    desk.write()
    assert desk.kinds() == [WishKind.LISTEN, MESSAGE, WishKind.END, WishKind.END]
    assert desk.phase is Phase.ENDING


def test_that_who_can_be_told_no_more_when_it_has_begun_is_not_listened_to(desk: Desk) -> None:
    telling(desk, only_told=True)
    desk.ask(WishKind.LISTEN)
    desk.write()
    desk.board = replace(desk.board, lacks=((MESSAGE, "write = message"),))
    desk.hear(Stage.DONE)
    assert desk.phase is Phase.ENDING
    assert desk.why == NOT_TOLD


@pytest.mark.parametrize("how", ["no command", "no right", "not wanted"])
def test_that_where_agents_must_be_told_and_cannot_be_nobody_is_listened_to(
    desk: Desk, how: str
) -> None:
    telling(desk, only_told=True)
    if how == "no command":
        desk.state = replace(desk.state, takes=desk.state.takes - {MESSAGE})
    elif how == "no right":
        desk.board = replace(desk.board, lacks=((MESSAGE, "write = message"),))
    else:
        rights = replace(desk.state.rights, tells=False)
        desk.state = replace(desk.state, rights=rights)
    for kind in (WishKind.LISTEN, WHISPER, WishKind.BARGE):
        desk.ask(kind)
        assert desk.view.told[-1].obstacle is Obstacle.CANNOT_TELL
    assert desk.passed == []


def test_that_where_a_server_decides_it_tells_the_agent_and_not_this_window(desk: Desk) -> None:
    telling(desk, only_told=True)
    desk.state = replace(desk.state, elsewhere=True)
    assert desk.view.telling is Telling.ELSEWHERE
    desk.listen()
    assert MESSAGE not in desk.kinds()
