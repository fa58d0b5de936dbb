"""Boards of TVs as files: what is written comes back, comments stay, and hostile files are told."""

from __future__ import annotations

import os
import string
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.campaign import size_of_campaign

from wallboard.domain.walls import (
    MOST_SCENES,
    THEMES,
    USUAL_SCENES,
    Naming,
    Scene,
    SceneKind,
    Wall,
)
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.pins import kept_pin
from wallboard.settings.wall_reading import LARGEST, wall_of
from wallboard.settings.wall_writing import rewritten, written_wall
from wallboard.settings.walls import (
    WallUnreadable,
    logo_path,
    looked_at,
    read_wall,
    wall_files,
    write_wall,
)

PIN = kept_pin("2468")
LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(" \u200c'\"\\#["),
    max_size=30,
)
KEYS = st.text(string.ascii_lowercase + "_", min_size=1, max_size=12)


def several(of: st.SearchStrategy[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(of, max_size=most, unique=True).map(tuple)


SCENES = st.builds(
    Scene,
    kind=st.sampled_from(SceneKind),
    seconds=st.integers(10, 120),
    queues=several(LETTERS.filter(bool), 5),
    tiles=several(KEYS, 6),
    text=st.lists(LETTERS, max_size=4).map("\n".join),
)
WALLS = st.builds(
    Wall,
    title=LETTERS,
    logo=st.sampled_from(("", "logo.png", "pictures/a b.jpg", "/srv/logo.png")),
    scenes=st.lists(SCENES, min_size=1, max_size=5).map(tuple) | st.just(USUAL_SCENES),
    heroes=several(KEYS, 3),
    inches=st.floats(10, 200),
    seat_m=st.floats(0.5, 50),
    language=st.sampled_from(("", "fa", "en")),
    theme=st.sampled_from(THEMES),
    naming=st.sampled_from(Naming),
    sound=st.booleans(),
    dim=st.integers(0, 80),
    black_when_closed=st.booleans(),
    pin=st.sampled_from(("", PIN)),
)


@given(wall=WALLS)
@settings(max_examples=size_of_campaign(120, 5000), deadline=None)
def test_that_a_board_comes_back_from_its_file_as_it_was(wall: Wall) -> None:
    read = wall_of(written_wall(wall))
    assert read.notices == ()
    assert read.wall == wall


@given(before=WALLS, after=WALLS)
@settings(max_examples=size_of_campaign(80, 3000), deadline=None)
def test_that_any_board_can_become_any_other_with_its_comments_kept(
    before: Wall, after: Wall
) -> None:
    old = b"# mine\n" + written_wall(before) + b"# at the end\n"
    there = rewritten(old, after)
    assert wall_of(there.content).wall == after
    assert there.whole
    assert there.content.startswith(b"# mine\n")


def test_that_comments_order_and_strange_keys_stay_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_text(
        "theme = 'light' # as the wall\n"
        "title = 'Hall'\n"
        "from_a_later_version = true\n"
        "[[scenes]]\n"
        "# the queues first\n"
        "kind = 'queues'\n"
        "seconds = 30\n"
        "[[scenes]]\n"
        "# then a word of thanks\n"
        "kind = 'message'\n"
        "text = 'Thank you'\n"
    )
    wall = looked_at(path).wall
    changed = replace(wall, title="Foyer", scenes=(wall.scenes[1], wall.scenes[0]), dim=50)
    write_wall(path, changed)
    assert looked_at(path).wall == changed
    lines = path.read_text().splitlines()
    assert lines[:3] == [
        "theme = 'light' # as the wall", 'title = "Foyer"', "from_a_later_version = true",
    ]  # fmt: skip
    assert lines.index("# then a word of thanks") < lines.index("# the queues first")
    assert [each.name for each in tmp_path.iterdir() if "old" in each.name] == []
    write_wall(path, wall)
    write_wall(path, changed)
    assert path.read_text().splitlines() == lines, "there and back again is nothing"


WRONG = {
    "seconds_too_few": ('[[scenes]]\nkind="queues"\nseconds=5', 'Line 3: "scenes[1].seconds"'),
    "seconds_no_number": ('[[scenes]]\nkind="queues"\nseconds="20"', "10 to 120"),
    "a_truth_for_a_number": ("\ndim = true", 'Line 2: "dim" cannot be True'),
    "no_such_kind": ('[[scenes]]\nkind="cats"', "overview, queues"),
    "no_kind": ("[[scenes]]\nseconds=20", "scenes[1].kind"),
    "no_table": ("scenes = [1]", "scenes[1]"),
    "no_scenes": ("scenes = []", "1 to 24"),
    "too_many_scenes": ('[[scenes]]\nkind="queues"\n' * (MOST_SCENES + 1), "1 to 24"),
    "a_wrong_key": ('[[scenes]]\nkind="queues"\nsecnds=20', 'Line 3: a board has no "scenes[1].se'),
    "a_wrong_key_above": ('heros = ["waiting"]', 'Line 1: a board has no "heros"'),
    "four_heroes": ('heroes = ["a","b","c","d"]', "at most 3"),
    "one_hero_twice": ('heroes = ["a","a"]', "at most 3"),
    "a_hero_that_is_no_word": ('heroes = ["<b>"]', "at most 3"),
    "a_screen_of_no_size": ("inches = nan", "10 to 200"),
    "an_endless_room": ("seat_m = inf", "0.5 to 50"),
    "a_theme_that_is_none": ('theme = "pink"', "dark, light or contrast"),
    "a_name_with_a_trick": ('title = "a\\u202eb"', "at most 60 letters"),
    "a_name_with_a_bell": ('title = "a\\u0007"', "at most 60 letters"),
    "a_long_text": (f'[[scenes]]\nkind="message"\ntext="{"a" * 281}"', "280"),
    "a_picture_elsewhere": ('logo = "../../secret.png"', "beside this one"),
    "a_picture_of_another_machine": ('logo = "//evil/share/x.png"', "beside this one"),
    "another_machine_in_its_own_words": (r"logo = '\\evil\share\x.png'", "beside this one"),
    "a_pin_in_the_open": ('pin = "1234"', "set in the program"),
    "a_pin_that_costs_the_earth": (f'pin = "{PIN.replace("$15$", "$62$")}"', "set in the program"),
    "names_unknown": ('naming = "all"', "none or first"),
    "a_day_for_a_text": ("title = 2026-01-01", "at most 60"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG.keys())
def test_that_it_is_told_in_a_sentence_what_is_wrong_where(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "wall.toml"
    path.write_text(text)
    with pytest.raises(WallUnreadable) as caught:
        read_wall(path)
    assert said in str(caught.value)
    assert "1234" not in str(caught.value), "not even a PIN that is none is told"
    mild = looked_at(path)
    assert mild.notices == caught.value.notices
    expected = Wall(pin=mild.wall.pin)
    assert replace(mild.wall, scenes=expected.scenes) == expected, "the usual stands in"
    assert mild.wall.scenes


def test_that_a_pin_that_cannot_be_read_does_not_open_the_board() -> None:
    assert wall_of(b'pin = "1234"').wall.pin


def test_that_a_figure_that_nobody_knows_is_told_where_the_figures_are_known(
    tmp_path: Path,
) -> None:
    path = tmp_path / "wall.toml"
    path.write_text('heroes = ["waiting", "cats"]')
    assert read_wall(path).heroes == ("waiting", "cats")
    with pytest.raises(WallUnreadable, match="Line 1"):
        read_wall(path, {"waiting"})


HOSTILE = {
    "empty_brackets": b"[[[",
    "no_text": b"\xff\xfe\x00",
    "deep": b"a = " + b"[" * 5000,
    "deep_tables": ("[" + ".".join("a" * 3000) + "]").encode(),
    "large": b"#" * (LARGEST + 1),
    "a_number_of_a_million_digits": b"inches = " + b"9" * 100_000,
    "twice": b"dim = 1\ndim = 2",
    "null": b"title = '\x00'",
    "half": written_wall(Wall(title="x"))[:-30],
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_that_a_hostile_file_is_told_and_nothing_worse(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wall.toml"
    path.write_bytes(content)
    with suppress(WallUnreadable):
        looked_at(path)
    with pytest.raises(WallUnreadable) as caught:
        read_wall(path)
    assert all(map(str, caught.value.notices))


@given(content=st.binary(max_size=300))
@settings(max_examples=size_of_campaign(150, 20_000), deadline=None)
def test_that_any_bytes_are_a_board_or_told_to_be_none(content: bytes) -> None:
    try:
        read = wall_of(content)
    except ValueError:
        return
    assert wall_of(written_wall(replace(read.wall, pin=""))).notices == ()


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
NAMES = (
    "title", "logo", "heroes", "inches", "seat_m", "language", "theme", "naming", "sound", "dim",
    "black_when_closed", "pin", "scenes", "kind", "seconds", "queues", "tiles", "text",
)  # fmt: skip


@st.composite
def odd_files(draw: st.DrawFn) -> bytes:
    told = draw(st.dictionaries(st.sampled_from(NAMES), ANY, max_size=6))
    rows = draw(st.lists(st.dictionaries(st.sampled_from(NAMES), ANY, max_size=5), max_size=3))
    text = _toml({key: value for key, value in told.items() if key != "scenes" or not rows})
    return (text + "".join(f"[[scenes]]\n{_toml(row)}" for row in rows)).encode()


def _toml(row: dict[str, object]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in row.items())


def _value(value: object) -> str:
    match value:
        case None:
            return "2026-01-01"
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(f"\\U{ord(letter):08X}" for letter in value) + '"'
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            inner = ", ".join(f"{key} = {_value(each)}" for key, each in value.items())
            return f"{{{inner}}}"
        case _:
            return str(value)


@given(content=odd_files(), after=WALLS)
@settings(max_examples=size_of_campaign(150, 10_000), deadline=None)
def test_that_odd_values_are_told_and_the_file_can_still_become_any_board(
    content: bytes, after: Wall
) -> None:
    try:
        read = wall_of(content)
    except ValueError:
        return
    assert all(str(each) for each in read.notices)
    assert wall_of(rewritten(content, after).content).wall == after


def test_that_what_would_be_lost_is_kept_beside_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_text("this is = = no board")
    write_wall(path, Wall(title="One"))
    assert read_wall(path) == Wall(title="One")
    assert path.with_name("hall.toml.old").read_text() == "this is = = no board"
    left_out = path.read_text() + '[[scenes]]\nkind="cats"\n'
    path.write_text(left_out)
    write_wall(path, Wall(title="Two", scenes=USUAL_SCENES[:1]))
    assert read_wall(path).title == "Two"
    assert path.with_name("hall.toml.old-2").read_text() == left_out
    assert [each.name for each in wall_files(tmp_path)] == ["hall"], "what is old is no board"


@pytest.mark.parametrize(
    "wall",
    [
        Wall(scenes=()),
        Wall(scenes=(Scene(kind=SceneKind.QUEUES, seconds=5),)),
        Wall(heroes=("a", "b", "c", "d")),
        Wall(title="a\u202eb"),
        Wall(pin="1234"),
        Wall(inches=float("inf")),
    ],
)
def test_that_a_board_beyond_what_one_may_be_is_not_written(tmp_path: Path, wall: Wall) -> None:
    path = tmp_path / "hall.toml"
    write_wall(path, Wall(title="good"))
    before = path.read_bytes()
    with pytest.raises(SettingsNotSaved) as caught:
        write_wall(path, wall)
    assert "cannot be" in str(caught.value)
    assert "1234" not in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="a folder is closed as POSIX does")
def test_that_a_board_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "walls").write_text("a file where a folder should be")
    with pytest.raises(SettingsNotSaved, match="could not be written"):
        write_wall(tmp_path / "walls" / "x.toml", Wall())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_that_nobody_waits_for_what_is_no_plain_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.toml")
    with pytest.raises(WallUnreadable, match="no plain file"):
        looked_at(tmp_path / "x.toml")
    assert wall_files(tmp_path) == ()


def test_that_boards_are_told_by_name_and_other_files_are_not(tmp_path: Path) -> None:
    for name in ("b.toml", "A.toml", "سالن.toml", ".walls.toml", "c.txt", "d.toml.old"):
        (tmp_path / name).write_text("")
    (tmp_path / "folder.toml").mkdir()
    assert [file.name for file in wall_files(tmp_path)] == ["A", "b", "سالن"]
    assert wall_files(tmp_path / "none") == ()


def test_that_a_board_finds_its_picture_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    assert logo_path(path, Wall()) is None
    assert logo_path(path, Wall(logo="logo.png")) == tmp_path / "logo.png"
    assert logo_path(path, Wall(logo=r"pictures\logo.png")) == tmp_path / "pictures" / "logo.png"
    assert logo_path(path, Wall(logo="/srv/logo.png")) == Path("/srv/logo.png")
