"""Rights in the file of settings: nothing unless granted, and nothing by what cannot be read."""

from __future__ import annotations

import getpass
from dataclasses import replace
from pathlib import Path

import pytest

from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.supervision import WishKind
from wallboard.settings.file import SettingsFile
from wallboard.settings.granting import Grant, SiteGrants, Supervision
from wallboard.settings.measures import QueueChoice
from wallboard.settings.model import Profile, Settings
from wallboard.settings.reading import read_settings

LISTEN, PAUSE = WishKind.LISTEN, WishKind.PAUSE
SITE = "Head office"
GRANTED = Supervision(
    limit_minutes=5,
    reasons=("Coaching", "کیفیت‌سنجی"),
    connections={
        SITE: SiteGrants(
            excluded=frozenset({AgentId("PJSIP/1001")}),
            people={
                "ali": Grant(may=frozenset({LISTEN, PAUSE}), groups=frozenset({"فروش"})),
                "*": Grant(may=frozenset({PAUSE}), agents=frozenset({AgentId("PJSIP/1002")})),
            },
        )
    },
)


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.toml")


def kept(file: SettingsFile, supervision: Supervision) -> Supervision:
    file.change(lambda before: replace(before, supervision=supervision))
    loaded = file.load()
    assert loaded.notices == ()
    return loaded.settings.supervision


def test_that_rights_come_back_as_they_were(file: SettingsFile) -> None:
    assert kept(file, GRANTED) == GRANTED
    other = replace(GRANTED, limit_minutes=60, reasons=(), connections={})
    assert kept(file, other) == other


def test_that_comments_beside_rights_are_kept(file: SettingsFile) -> None:
    kept(file, GRANTED)
    text = file.path.read_text(encoding="utf-8")
    marked = text.replace("[supervision]\n", "# agreed with the works council\n[supervision]\n")
    file.path.write_text(marked, encoding="utf-8")
    kept(file, replace(GRANTED, limit_minutes=9))
    assert "# agreed with the works council" in file.path.read_text(encoding="utf-8")


def test_that_nobody_may_do_anything_unless_it_was_granted() -> None:
    rights = Settings().rights_of(SITE, getpass.getuser())
    assert rights.may == frozenset()
    assert not any(rights.grants(kind) for kind in WishKind)


def test_that_a_persons_own_row_holds_and_else_that_of_anybody() -> None:
    settings = Settings(
        supervision=GRANTED,
        queues={SITE: {QueueId("q1"): QueueChoice(group="فروش"), QueueId("q2"): QueueChoice()}},
    )
    ali = settings.rights_of(SITE, "Ali")
    assert (ali.may, ali.queues, ali.agents) == ({LISTEN, PAUSE}, {"q1"}, None)
    assert ali.grants(WishKind.END)
    assert ali.grants(WishKind.TRY_PHONE)
    assert not ali.grants(WishKind.WHISPER)
    sara = settings.rights_of(SITE, "sara")
    assert (sara.may, sara.queues, sara.agents) == ({PAUSE}, None, {"PJSIP/1002"})
    assert not sara.grants(WishKind.END)
    assert sara.excluded == ali.excluded == {"PJSIP/1001"}
    assert (sara.limit_s, sara.reasons) == (300, GRANTED.reasons)
    assert settings.rights_of("Branch", "ali").may == frozenset()


def test_that_a_group_without_queues_is_nobodys_and_not_everybodys() -> None:
    assert Settings(supervision=GRANTED).rights_of(SITE, "ali").queues == frozenset()


def test_that_who_removes_a_connection_removes_what_was_granted_there(file: SettingsFile) -> None:
    profile = Profile(name=SITE, kind="simulator")
    file.change(lambda before: replace(before, supervision=GRANTED).with_profile(profile))
    file.change(lambda before: before.without_profile(SITE))
    assert file.load().settings.supervision.connections == {}


def told(text: str) -> tuple[Supervision, list[str]]:
    loaded = read_settings(text.encode())
    return loaded.settings.supervision, [str(notice) for notice in loaded.notices]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("limit_minutes = 0", "1 to 60"),
        ("limit_minutes = 61", "1 to 60"),
        ("limit_minutes = true", "1 to 60"),
        ("limit_minutes = 'long'", "1 to 60"),
        ("reasons = 'training'", "1 to 80 letters"),
        ("reasons = ['']", "1 to 80 letters"),
        ("reasons = [7]", "1 to 80 letters"),
        ('reasons = ["a\\u202Eb"]', "1 to 80 letters"),
        (f"reasons = ['{'x' * 81}']", "1 to 80 letters"),
        (f"reasons = {['r'] * 21}", "1 to 80 letters"),
    ],
)
def test_that_a_value_that_cannot_be_used_is_told_and_the_rest_holds(row: str, said: str) -> None:
    found, notices = told(
        f"[supervision]\n{row}\n[supervision.connections.x.people.ali]\nmay = ['listen']\n"
    )
    assert found.limit_minutes == 15
    assert found.reasons == ()
    assert found.connections["x"].people["ali"].may == {LISTEN}
    (notice,) = notices
    assert said in notice


@pytest.mark.parametrize(
    "row",
    [
        "may = 'listen'",
        "may = ['listen', 'everything']",
        "may = ['listen', 7]",
        "may = ['listen']\nqueues = 'sales'",
        "may = ['listen']\nqueues = ['']",
        "may = ['listen']\ngroups = [1]",
        "may = ['listen']\nagents = 5",
        "may = ['listen']\nqueue = ['sales']",
        "may = ['listen']\nagents = []",
    ],
)
def test_that_a_row_that_is_odd_in_any_part_grants_nothing_not_even_what_anybody_may(
    row: str,
) -> None:
    found, notices = told(
        f"[supervision.connections.x.people.ali]\n{row}\n"
        "[supervision.connections.x.people.'*']\nmay = ['pause']\n"
    )
    assert found.grant_of("x", "ali") == Grant()
    assert found.grant_of("x", "sara") == Grant(may=frozenset({PAUSE}))
    (notice,) = notices
    assert "they grant nothing" in notice


@pytest.mark.parametrize("excluded", ["'PJSIP/1001'", "[1]", "['']", "true"])
def test_that_where_it_cannot_be_read_who_is_excluded_nobody_may_do_anything(excluded: str) -> None:
    found, notices = told(
        f"[supervision.connections.x]\nexcluded = {excluded}\n"
        "[supervision.connections.x.people.ali]\nmay = ['listen']\n"
    )
    assert found.grant_of("x", "ali") is None
    assert len(notices) == 1
    assert not found.knows_excluded("x")
    assert found.knows_excluded("y")


def test_that_a_misspelt_list_of_whom_nobody_may_monitor_lets_nobody_do_anything() -> None:
    found, notices = told(
        "[supervision.connections.x]\nexclude = ['PJSIP/1001']\n"
        "[supervision.connections.x.people.ali]\nmay = ['listen']\n"
    )
    assert found.grant_of("x", "ali") is None
    assert not found.knows_excluded("x")
    assert len(notices) == 1


@pytest.mark.parametrize("text", ["supervision = 5", "[supervision]\nconnections = 5"])
def test_that_a_table_that_is_none_grants_nothing(text: str, file: SettingsFile) -> None:
    found, notices = told(text)
    assert found.connections == {}
    assert not found.knows_excluded("x")
    assert len(notices) == 1
    file.path.write_text(text, encoding="utf-8")
    file.change(lambda before: replace(before, supervision=GRANTED))
    assert file.load().settings.supervision == GRANTED


@pytest.mark.parametrize(
    "text",
    ["exclude = ['1001']", "limit_minuts = 5", "[supervision.connection.Site]\nexcluded = ['x']"],
)
def test_that_a_key_that_is_none_lets_nobody_do_anything_and_is_told(text: str) -> None:
    granted = "[supervision.connections.Site.people.ali]\nmay = ['listen']\n"
    supervision, said = told(f"[supervision]\n{text}\n{granted}")
    assert len(said) == 1
    assert "cannot be read; they grant nothing" in said[0]
    assert not supervision.knows_excluded("Site")
    assert supervision.rights_of("Site", "ali", {}).may == frozenset()


def test_that_two_rows_of_one_person_grant_nothing_and_that_is_told() -> None:
    supervision, said = told(
        "[supervision.connections.Site.people.Ali]\nmay = ['listen']\n"
        "[supervision.connections.Site.people.ALI]\nmay = ['pause']\n"
        "[supervision.connections.Site.people.sara]\nmay = ['pause']\n"
        "[supervision.connections.Site.people.'*']\nmay = ['pause']\n"
    )
    assert len(said) == 2
    assert all("is there twice" in each for each in said)
    for person in ("Ali", "ALI", "ali"):
        assert supervision.rights_of("Site", person, {}).may == frozenset()
    assert supervision.rights_of("Site", "sara", {}).may == {PAUSE}


def test_that_whether_agents_are_told_comes_back_as_it_was(file: SettingsFile) -> None:
    usual = Supervision().rights_of(SITE, "ali", {})
    assert (usual.tells, usual.only_told) == (True, False)
    for tells, only_told in ((False, False), (True, True)):
        site = replace(GRANTED.connections[SITE], tells=tells, only_told=only_told)
        decided = replace(GRANTED, connections={SITE: site})
        rights = kept(file, decided).rights_of(SITE, "ali", {})
        assert (rights.tells, rights.only_told) == (tells, only_told)
    assert kept(file, GRANTED) == GRANTED
    assert "tell_agent" not in file.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ["tell_agent = 'yes'", "only_told = 1"])
def test_that_where_it_cannot_be_read_whether_agents_are_told_nobody_is_listened_to(
    row: str,
) -> None:
    supervision, said = told(
        f"[supervision.connections.Site]\n{row}\n"
        "[supervision.connections.Site.people.ali]\nmay = ['listen']\n"
    )
    assert len(said) == 1
    assert supervision.rights_of("Site", "ali", {}).may == frozenset()
