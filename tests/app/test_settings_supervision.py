"""What was decided about supervision on the page holds at once, for who sits here, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from app.test_settings_page import Office
from pytestqt.qtbot import QtBot

from wallboard.app.person import user_name
from wallboard.app.settings_supervision import decided_by, supervision_face
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.supervision import WishKind
from wallboard.runtime.opening import Opening
from wallboard.settings.granting import ANYBODY, Grant, SiteGrants, Supervision
from wallboard.settings.model import Settings
from wallboard.ui.panels.settings_face import Decider, SupervisionWish

SIM = Opening(name="Sim", kind="simulator", told={"phone": "PJSIP/9001"})
LISTENING = frozenset({WishKind.LISTEN})


def with_people(people: dict[str, Grant]) -> Settings:
    site = SiteGrants(people=people)
    return Settings(supervision=Supervision(connections={"Sim": site}))


def test_that_nothing_is_granted_before_somebody_grants_it() -> None:
    face = supervision_face(Settings(), SIM)
    assert (face.may, face.phone, face.person) == (frozenset(), "PJSIP/9001", user_name())
    assert face.decider is Decider.HERE
    assert supervision_face(Settings(), None).may == frozenset()


def test_that_what_is_granted_here_is_granted_to_who_sits_here_only() -> None:
    others = {"sara": Grant(may=LISTENING, queues=frozenset({QueueId("q1")}))}
    before = with_people(others)
    face = replace(supervision_face(before, SIM), may=frozenset({WishKind.BARGE}))
    after = decided_by(before, "Sim", face)
    people = after.connections["Sim"].people
    assert people["sara"] == others["sara"]
    assert people[user_name()] == Grant(may=frozenset({WishKind.BARGE}))
    assert set(people) == {"sara", user_name()}


def test_that_where_something_may_be_done_stays_when_what_may_be_done_changes() -> None:
    own = Grant(may=LISTENING, queues=frozenset({QueueId("q1")}), agents=frozenset({AgentId("a")}))
    before = with_people({user_name().upper(): own})
    face = supervision_face(before, SIM)
    assert face.may == LISTENING
    after = decided_by(before, "Sim", replace(face, may=frozenset()))
    assert after.connections["Sim"].people == {user_name().upper(): replace(own, may=frozenset())}


def test_that_a_grant_to_anybody_is_left_alone_by_other_decisions() -> None:
    before = with_people({ANYBODY: Grant(may=LISTENING)})
    face = supervision_face(before, SIM)
    after = decided_by(before, "Sim", replace(face, limit_minutes=5, reasons=("Why",)))
    assert (after.limit_minutes, after.reasons) == (5, ("Why",))
    assert after.connections == before.supervision.connections


@pytest.mark.parametrize(
    ("opening", "decider"),
    [
        (replace(SIM, demo=True), Decider.DEMO),
        (Opening(name="Far", kind="rest"), Decider.SERVER),
        (Opening(name="Pbx", kind="asterisk"), Decider.HERE),
    ],
)
def test_that_it_is_told_who_decides(opening: Opening, decider: Decider) -> None:
    assert supervision_face(Settings(), opening).decider is decider


def test_that_a_decision_holds_is_saved_and_can_be_taken_back(qtbot: QtBot) -> None:
    office = Office()
    qtbot.addWidget(office.page)
    face = supervision_face(office.settings, office.opening)
    decided = replace(face, may=LISTENING, excluded=frozenset({AgentId("a1")}))
    office.wish(SupervisionWish(decided=decided))
    assert supervision_face(office.settings, office.opening) == decided
    saved = office.file.load().settings
    assert supervision_face(saved, office.opening) == decided
    office.page.undo_wanted.emit()
    assert supervision_face(office.settings, office.opening) == face
    assert supervision_face(office.file.load().settings, office.opening) == face
