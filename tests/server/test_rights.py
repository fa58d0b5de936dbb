"""What each role may ask for."""

from __future__ import annotations

import pytest

from wallboard.domain.supervision import VOICE, WishKind
from wallboard.server.rights import MONITORING, Role, Scope, allowed

NONE: frozenset[WishKind] = frozenset()
AGENTS = frozenset(
    {WishKind.PAUSE, WishKind.UNPAUSE, WishKind.LOG_OUT, WishKind.ADD, WishKind.HANG_UP}
)


@pytest.mark.parametrize(
    ("role", "modes", "may"),
    [
        pytest.param(Role.TV, NONE, NONE, id="a_screen_nothing"),
        pytest.param(Role.TV, frozenset(WishKind), NONE, id="a_screen_not_even_what_is_granted"),
        pytest.param(Role.SUPERVISOR, NONE, NONE, id="a_supervisor_nothing_by_himself"),
        pytest.param(
            Role.SUPERVISOR,
            frozenset({WishKind.LISTEN}),
            {WishKind.LISTEN, WishKind.END, WishKind.TRY_PHONE},
            id="one_mode_its_end_and_a_trial_of_the_phone",
        ),
        pytest.param(
            Role.SUPERVISOR,
            frozenset({WishKind.PAUSE}),
            {WishKind.PAUSE},
            id="a_pause_ends_no_listening",
        ),
        pytest.param(Role.MANAGER, NONE, AGENTS, id="a_manager_listens_to_nobody"),
        pytest.param(
            Role.MANAGER,
            frozenset({WishKind.WHISPER}),
            AGENTS | VOICE | {WishKind.WHISPER, WishKind.END, WishKind.TRY_PHONE},
            id="a_manager_as_granted",
        ),
        pytest.param(
            Role.ADMINISTRATOR,
            NONE,
            set(WishKind) - MONITORING - VOICE - {WishKind.TAKE_OVER, WishKind.END},
            id="an_administrator_all_but_being_in_a_call",
        ),
        pytest.param(
            Role.ADMINISTRATOR,
            MONITORING | {WishKind.TAKE_OVER},
            set(WishKind),
            id="an_administrator_all_if_it_was_granted",
        ),
    ],
)
def test_that_a_role_may(role: Role, modes: frozenset[WishKind], may: set[WishKind]) -> None:
    assert allowed(role, modes) == may


def test_that_every_mode_of_being_in_a_call_is_granted_by_itself() -> None:
    for mode in MONITORING:
        others = MONITORING - {mode}
        assert not allowed(Role.SUPERVISOR, frozenset({mode})) & others


def test_that_a_scope_is_whole_only_if_nothing_is_left_out() -> None:
    assert Scope(role=Role.TV).whole
    assert not Scope(role=Role.TV, queues=frozenset()).whole
    assert not Scope(role=Role.TV, agents=frozenset()).whole
