"""The file of settings: what is written is read, and what is broken loses nothing."""

from __future__ import annotations

import errno
import os
import stat
import string
import tempfile
import threading
from dataclasses import replace
from datetime import time, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from wallboard.domain.arranging import CallerNumbers
from wallboard.domain.measuring import (
    LevelKind,
    LevelProfile,
    Measuring,
    QueueRule,
    Shift,
    WorkPlan,
)
from wallboard.settings.file import COPIES, SettingsFile, SettingsNotSaved
from wallboard.settings.measures import QueueChoice, overlap
from wallboard.settings.model import Calendar, KeptIn, Language, Profile, Settings, Theme, name_fits
from wallboard.settings.reading import read_settings

PBX = Profile(
    name="تهران ۱",
    kind="asterisk",
    fields={"host": "pbx.example", "username": 'a"b\\c'},
    secret=KeptIn.KEYRING,
    zone="Asia/Tehran",
)
SECOND = Profile(name="second", kind="simulator", fields={"seed": "7"})

names = st.text(
    alphabet=string.ascii_letters + string.digits + " -_.@آبپت۰۱é\u200c", min_size=1, max_size=64
).filter(name_fits)
profiles = st.builds(
    Profile,
    name=names,
    kind=st.text(min_size=1),
    fields=st.dictionaries(st.text(), st.text()),
    secret=st.sampled_from(KeptIn),
    zone=st.sampled_from([None, "Asia/Tehran", "UTC"]),
)
seconds = st.integers(1, 86_400).map(lambda number: timedelta(seconds=number))
levels = st.builds(LevelProfile, kind=st.sampled_from(LevelKind)).flatmap(
    lambda level: (
        st.builds(
            LevelProfile,
            kind=st.just(level.kind),
            flow_outs=st.booleans(),
            no_short_abandons=st.booleans(),
            no_abandons=st.booleans(),
        )
        if level.kind is LevelKind.GENESYS
        else st.just(level)
    )
)
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
goals = st.integers(1, 100).map(lambda percent: percent / 100)
choices = st.builds(
    QueueChoice,
    target=st.none() | seconds,
    short=st.none() | seconds,
    level=st.none() | levels,
    goal=st.none() | goals,
    name=st.none() | names,
    group=st.none() | names,
    hidden=st.booleans(),
).filter(lambda choice: choice != QueueChoice())
shifts = st.lists(
    st.builds(
        Shift,
        name=names,
        begins=clocks,
        ends=clocks,
        weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    ),
    max_size=3,
    unique_by=lambda shift: shift.name,
).filter(lambda rows: all(overlap(one, other) is None for one, other in combinations(rows, 2)))
measurings = st.builds(
    Measuring,
    usual=st.builds(QueueRule, target=st.none() | seconds, short=seconds, level=levels, goal=goals),
    by_queue=st.just({}),
    plan=st.builds(
        WorkPlan,
        day_begins=clocks,
        week_begins=st.integers(0, 6),
        interval=st.sampled_from([15, 30, 60]).map(lambda number: timedelta(minutes=number)),
        shifts=shifts.map(tuple),
    ),
)
base_settings = st.builds(
    Settings,
    measuring=measurings,
    history=st.sampled_from([None, "postgresql://me@db.example/calls"]),
    history_secret=st.sampled_from(KeptIn),
    history_days=st.integers(7, 36_500),
    history_mb=st.integers(100, 10_000_000),
    language=st.sampled_from(Language),
    latin_digits=st.booleans(),
    calendar=st.sampled_from(Calendar),
    theme=st.sampled_from(Theme),
    text_size=st.integers(80, 200),
    time_from_right=st.booleans(),
    reduce_motion=st.booleans(),
    single_keys=st.booleans(),
    caller_numbers=st.sampled_from(CallerNumbers),
    caller_names=st.booleans(),
    zone=st.sampled_from([None, "Europe/Berlin"]),
    start=st.none() | names,
    profiles=st.lists(profiles, max_size=3, unique_by=lambda profile: profile.name).map(tuple),
)


def with_queues(settings: Settings) -> st.SearchStrategy[Settings]:
    """Settings in which some of the connections have rules for some of their queues."""
    known = [profile.name for profile in settings.profiles]
    rules = st.dictionaries(st.text(max_size=20), choices, min_size=1, max_size=3)
    chosen = st.dictionaries(st.sampled_from(known), rules) if known else st.just({})
    return chosen.map(lambda queues: replace(settings, queues=queues))


all_settings = base_settings.flatmap(with_queues)


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "home" / "settings.toml")


def saved(file: SettingsFile, *rows: Profile) -> None:
    for row in rows:
        file.change(lambda before, row=row: before.with_profile(row))


def by_name(settings: Settings) -> dict[str, Profile]:
    return {profile.name: profile for profile in settings.profiles}


def test_that_without_a_file_the_defaults_hold_and_nothing_is_written(file: SettingsFile) -> None:
    loaded = file.load()
    assert loaded.settings == Settings()
    assert not loaded.notices
    assert not file.path.parent.exists()


@given(first=all_settings, second=all_settings)
@hypothesis_settings(max_examples=60)
def test_that_what_is_saved_is_loaded(first: Settings, second: Settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = SettingsFile(Path(folder) / "settings.toml")
        for wanted in (first, second):
            try:
                file.change(lambda _, wanted=wanted: wanted)
            except SettingsNotSaved:
                # Text that no file can hold, such as half a surrogate pair: refused, not mangled.
                assert not _can_be_text(wanted)
                continue
            loaded = file.load()
            assert not loaded.notices
            assert by_name(loaded.settings) == by_name(wanted)
            assert replace(loaded.settings, profiles=()) == replace(wanted, profiles=())


def _can_be_text(settings: Settings) -> bool:
    try:
        repr(settings).encode()
        "".join(key for rules in settings.queues.values() for key in rules).encode()
        for profile in settings.profiles:
            "".join([profile.kind, *profile.fields, *profile.fields.values()]).encode()
    except UnicodeEncodeError:
        return False
    return True


def test_that_comments_and_unknown_lines_of_the_user_are_kept(file: SettingsFile) -> None:
    saved(file, PBX)
    text = file.path.read_text(encoding="utf-8")
    mine = text.replace('theme = "dark"', 'theme = "light" # my eyes\nfuture = [1, 2]').replace(
        'host = "pbx.example"', 'host = "pbx.example" # in the cellar'
    )
    file.path.write_text(f"# mine\n{mine}", encoding="utf-8")

    saved(file, SECOND)
    file.change(lambda before: replace(before, language=Language.FA))

    after = file.path.read_text(encoding="utf-8")
    for kept in ("# mine", "# my eyes", "future = [1, 2]", "# in the cellar", 'theme = "light"'):
        assert kept in after
    loaded = file.load()
    assert loaded.settings.theme is Theme.LIGHT
    assert loaded.settings.language is Language.FA
    assert by_name(loaded.settings) == {PBX.name: PBX, SECOND.name: SECOND}


def test_that_a_file_from_windows_is_read(file: SettingsFile) -> None:
    saved(file, PBX)
    text = file.path.read_text(encoding="utf-8")
    file.path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    saved(file, SECOND)
    assert by_name(file.load().settings) == {PBX.name: PBX, SECOND.name: SECOND}


def test_that_a_file_cut_at_any_byte_loses_no_connection(file: SettingsFile) -> None:
    saved(file, PBX, SECOND)
    whole = file.path.read_bytes()
    for length in range(len(whole)):
        file.path.write_bytes(whole[:length])
        loaded = file.load()
        assert by_name(loaded.settings) == {PBX.name: PBX, SECOND.name: SECOND}, length
        told = [str(notice) for notice in loaded.notices]
        if whole[:length].rstrip() != whole.rstrip():
            assert len(told) == 1, length
            assert str(file.path) in told[0]
        else:
            assert not told


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\0" * 500, id="zeros_after_a_loss_of_power"),
        pytest.param(b"language = ", id="no_toml"),
        pytest.param(b'language = "\xff"', id="no_utf_8"),
        pytest.param(b"x = " + b"[" * 20_000, id="nested_without_end"),
        pytest.param(b"#" * 1_000_001, id="far_too_large"),
    ],
)
def test_that_a_broken_file_is_stood_in_for_and_set_aside(
    file: SettingsFile, broken: bytes
) -> None:
    saved(file, PBX)
    file.path.write_bytes(broken)

    loaded = file.load()
    assert by_name(loaded.settings) == {PBX.name: PBX}
    assert len(loaded.notices) == 1
    assert file.path.read_bytes() == broken, "looking does not repair"

    saved(file, SECOND)
    assert by_name(file.load().settings) == {PBX.name: PBX, SECOND.name: SECOND}
    assert not file.load().notices
    assert file.path.with_name("settings.broken-1.toml").read_bytes() == broken


def test_that_a_file_that_is_gone_is_stood_in_for(file: SettingsFile) -> None:
    saved(file, PBX)
    file.path.unlink()
    loaded = file.load()
    assert by_name(loaded.settings) == {PBX.name: PBX}
    assert len(loaded.notices) == 1


def test_that_an_older_copy_is_used_when_the_newest_is_broken_too(file: SettingsFile) -> None:
    saved(file, PBX, SECOND)
    file.path.write_bytes(b"[")
    file.path.with_name("settings.backup-1.toml").write_bytes(b"[")
    assert by_name(file.load().settings) == {PBX.name: PBX}


def test_that_with_nothing_left_the_defaults_hold_and_it_is_said(file: SettingsFile) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(b"[")
    loaded = file.load()
    assert loaded.settings == Settings()
    assert len(loaded.notices) == 1


def test_that_an_edit_by_hand_is_remembered_before_the_next_accident(file: SettingsFile) -> None:
    saved(file, PBX)
    text = file.path.read_text(encoding="utf-8")
    file.path.write_text(text.replace("pbx.example", "new.example"), encoding="utf-8")
    file.load()
    file.path.write_bytes(b"[")
    assert file.load().settings.profiles[0].fields["host"] == "new.example"


def test_that_only_so_many_copies_are_kept(file: SettingsFile) -> None:
    for number in range(6):
        saved(file, replace(SECOND, fields={"seed": str(number)}))
    copies = sorted(path.name for path in file.path.parent.glob("settings.backup-*"))
    assert copies == [f"settings.backup-{number}.toml" for number in range(1, COPIES + 1)]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('theme = "purple"', "theme"),
        ("theme = 5", "theme"),
        ("latin_digits = 1", "latin_digits"),
        ('zone = "Nowhere/Atlantis"', "zone"),
        ('zone = "../etc"', "zone"),
        ("connections = 3", "connections"),
        ("[connections.odd]\nkind = 7", "odd"),
        ("[connections.odd]\nkind = 'x'\nsecret = 'cellar'", "odd"),
        ("[connections.odd]\nkind = 'x'\nzone = 'x'", "odd"),
        ("[connections.odd]\nkind = 'x'\nfields = {port = 5}", "odd"),
        ("[connections.'\\u001b']\nkind = 'x'", "u001b"),
    ],
)
def test_that_a_value_that_cannot_be_is_left_out_and_named(line: str, named: str) -> None:
    loaded = read_settings(f'language = "fa"\n{line}\n'.encode())
    assert loaded.settings == Settings(language=Language.FA)
    assert len(loaded.notices) == 1
    assert named in str(loaded.notices[0])


def test_that_an_odd_connection_stays_in_the_file(file: SettingsFile) -> None:
    file.path.parent.mkdir()
    file.path.write_text("[connections.odd]\nkind = 7\n", encoding="utf-8")
    saved(file, PBX)
    assert "[connections.odd]" in file.path.read_text(encoding="utf-8")
    assert by_name(file.load().settings) == {PBX.name: PBX}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('connections.odd.kind = "x"\n', id="dotted"),
        pytest.param('[connections]\nodd = {kind = "x"}\n', id="inline_row"),
        pytest.param('connections = {odd = {kind = "x"}}\n', id="all_inline"),
        pytest.param('[connections.odd]\nkind = "x"\n[mine]\n[connections.b]\n', id="apart"),
        pytest.param('[connections.odd]\r\nkind = "x"\r\n', id="from_windows"),
    ],
)
def test_that_an_unusual_file_is_changed_without_loss_or_not_at_all(
    file: SettingsFile, text: str
) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(text.encode())
    odd = Profile(name="odd", kind="x")
    changed = replace(odd, fields={"host": "new"})
    wanted = {"odd": changed, PBX.name: PBX}
    try:
        file.change(lambda before: before.with_profile(PBX).with_profile(changed))
    except SettingsNotSaved:
        wanted = {"odd": odd}
    assert by_name(file.load().settings) == wanted


def test_that_what_cannot_be_changed_without_loss_is_not_touched(file: SettingsFile) -> None:
    file.path.parent.mkdir()
    text = 'connections = {odd = {kind = "x"}}\n'
    file.path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsNotSaved, match="simplify"):
        saved(file, PBX)
    assert file.path.read_text(encoding="utf-8") == text


def test_that_connections_of_the_wrong_form_give_way_to_a_saved_one(file: SettingsFile) -> None:
    file.path.parent.mkdir()
    file.path.write_text("connections = 3\n", encoding="utf-8")
    saved(file, PBX)
    assert by_name(file.load().settings) == {PBX.name: PBX}


def test_that_a_zone_can_be_taken_away_from_a_connection(file: SettingsFile) -> None:
    saved(file, PBX, replace(PBX, zone=None))
    assert file.load().settings.profiles == (replace(PBX, zone=None),)


def test_that_a_connection_can_be_taken_away_again(file: SettingsFile) -> None:
    saved(file, PBX, SECOND)
    file.change(lambda before: replace(before, start=SECOND.name))
    after = file.change(lambda before: before.without_profile(SECOND.name))
    assert after.start is None
    assert file.load().settings == after


posix = pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's here")


@posix
def test_that_others_can_read_nothing(file: SettingsFile) -> None:
    before = os.umask(0)
    try:
        saved(file, PBX, SECOND)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
    for path in file.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


@posix
def test_that_a_link_to_the_settings_stays_a_link(file: SettingsFile, tmp_path: Path) -> None:
    saved(file, PBX)
    elsewhere = tmp_path / "dotfiles.toml"
    file.path.rename(elsewhere)
    file.path.symlink_to(elsewhere)
    saved(file, SECOND)
    assert file.path.is_symlink()
    assert by_name(SettingsFile(elsewhere).load().settings) == {PBX.name: PBX, SECOND.name: SECOND}


def test_that_where_nothing_can_be_written_it_is_said_and_nothing_changes(
    tmp_path: Path,
) -> None:
    (tmp_path / "taken").write_text("a file where a directory should be")
    file = SettingsFile(tmp_path / "taken" / "settings.toml")
    with pytest.raises(SettingsNotSaved) as caught:
        saved(file, PBX)
    assert str(file.path) in str(caught.value.notice)
    assert file.load().settings == Settings()


def test_that_a_full_disk_leaves_the_old_settings(
    file: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(file, PBX)
    before = {path.name: path.read_bytes() for path in file.path.parent.iterdir()}

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsNotSaved, match=os.strerror(errno.ENOSPC)):
        saved(file, SECOND)
    monkeypatch.undo()
    assert by_name(file.load().settings) == {PBX.name: PBX}
    after = {path.name: path.read_bytes() for path in file.path.parent.iterdir()}
    assert after["settings.toml"] == before["settings.toml"]
    assert not [name for name in after if ".new-" in name]


def test_that_changes_at_the_same_time_are_all_kept(file: SettingsFile) -> None:
    rows = [Profile(name=f"pbx {number}", kind="simulator") for number in range(8)]
    threads = [threading.Thread(target=saved, args=(file, row)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert by_name(file.load().settings) == {row.name: row for row in rows}
