"""What was decided about a supervisor's commands, between the settings and their page."""

from __future__ import annotations

from dataclasses import replace

from wallboard.app.person import user_name
from wallboard.runtime.opening import SERVED, Opening
from wallboard.settings.granting import Grant, SiteGrants, Supervision
from wallboard.settings.model import Settings
from wallboard.ui.panels.settings_face import Decider, SupervisionFace


def supervision_face(settings: Settings, opening: Opening | None) -> SupervisionFace:
    """Return what holds for the one who sits here, at what is shown."""
    name = "" if opening is None else opening.name
    decided = settings.supervision
    grant = decided.grant_of(name, user_name()) or Grant()
    return SupervisionFace(
        person=user_name(),
        phone="" if opening is None else opening.told.get("phone", ""),
        decider=_decider(settings, opening),
        may=grant.may,
        limit_minutes=decided.limit_minutes,
        reasons=decided.reasons,
        excluded=decided.excluded_of(name),
        tells=decided.site(name).tells,
        only_told=decided.site(name).only_told,
    )


def decided_by(settings: Settings, name: str, face: SupervisionFace) -> Supervision:
    """Return what holds once the one who sits here has decided it for a connection.

    What was decided for others, and where it may be done, stays as it is. A grant to anybody
    becomes one of his own only if he alters what is granted.
    """
    before, person = settings.supervision, user_name()
    site = before.connections.get(name, SiteGrants())
    grant = before.grant_of(name, person) or Grant()
    people = dict(site.people)
    if face.may != grant.may:
        own = next((each for each in people if each.casefold() == person.casefold()), person)
        people[own] = replace(grant, may=face.may)
    after = replace(
        site,
        excluded=face.excluded,
        people=people,
        tells=face.tells,
        only_told=face.only_told,
    )
    connections = dict(before.connections)
    if after != site:
        connections[name] = after
    return replace(
        before,
        limit_minutes=face.limit_minutes,
        reasons=face.reasons,
        connections=connections,
    )


def _decider(settings: Settings, opening: Opening | None) -> Decider:
    if opening is None:
        return Decider.HERE
    if opening.demo:
        return Decider.DEMO
    served = opening.kind == SERVED and settings.supervision.undecided(opening.name)
    return Decider.SERVER if served else Decider.HERE
