"""The folder of TVs' boards: names that every system takes, and boards that come and go whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.campaign import size_of_campaign

from wallboard.domain.walls import USUAL_SCENES, Wall
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.wall_folder import LARGEST_LOGO, WallFolder, fit_name
from wallboard.settings.walls import WallUnreadable, read_wall, wall_files, write_wall

PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def folder(tmp_path: Path) -> WallFolder:
    return WallFolder(tmp_path / "walls")


def names(folder: WallFolder) -> list[str]:
    return [file.name for file in wall_files(folder.path)]


@pytest.mark.parametrize(
    "told", ["Hall 2", "سالن بزرگ ۲", "می\u200cخواهم", "TV-1_(north)", "é" * 40]
)
def test_that_a_board_can_be_called_by_letters_of_any_script(told: str) -> None:
    assert fit_name(f"  {told} ") == told


@pytest.mark.parametrize(
    "told",
    [
        "", " ", "a" * 41, "../x", "a/b", "a\\b", ".hidden", "CON", "nul", "com1", "a:b", "a\0b",
        "-x", "a,b", "a\u202eb", "x.toml", "a\nb|", "\u200c", "🙂",
    ],
)  # fmt: skip
def test_that_a_name_that_some_system_would_not_take_is_told(told: str) -> None:
    with pytest.raises(SettingsNotSaved, match="cannot be called"):
        fit_name(told)


@given(told=st.text(max_size=60))
@settings(max_examples=size_of_campaign(200, 20_000), deadline=None)
def test_that_whatever_name_fits_stays_in_the_folder(told: str) -> None:
    try:
        name = fit_name(told)
    except SettingsNotSaved:
        return
    path = Path("/walls") / f"{name}.toml"
    assert path.parent == Path("/walls")
    assert path.stem == name
    assert len(f"{name}.toml".encode()) <= 200
    assert fit_name(name) == name


def test_that_boards_are_made_copied_renamed_and_removed(folder: WallFolder) -> None:
    assert folder.fresh("TV", Wall(title="Hall")) == "TV"
    assert folder.fresh("tv", Wall()) == "tv 2", "not the same to every system"
    assert folder.copy("TV") == "TV 3"
    assert folder.rename("TV", "Hall") == "Hall"
    assert read_wall(folder.file("Hall")).title == "Hall"
    gone = folder.remove("Hall")
    assert "Hall" not in names(folder)
    assert folder.put_back(gone) == "Hall"
    assert read_wall(folder.file("Hall")).title == "Hall"


def test_that_a_board_is_not_called_as_another_one_is(folder: WallFolder) -> None:
    folder.fresh("One", Wall(title="1"))
    folder.fresh("Two", Wall(title="2"))
    with pytest.raises(SettingsNotSaved, match="Another board"):
        folder.rename("Two", "ONE")
    assert read_wall(folder.file("One")).title == "1"
    assert folder.rename("One", "ONE") == "ONE", "itself it may be called in other letters"


def test_that_what_is_not_there_is_told(folder: WallFolder) -> None:
    for act in (folder.copy, folder.remove, lambda name: folder.rename(name, "Other")):
        with pytest.raises(SettingsNotSaved):
            act("Nothing")


def test_that_a_board_goes_to_another_machine_with_its_picture(
    folder: WallFolder, tmp_path: Path
) -> None:
    picture = tmp_path / "our logo.png"
    picture.write_bytes(PNG)
    logo = folder.take_logo(picture)
    assert folder.take_logo(picture) == logo, "the same picture is kept once"
    folder.fresh("Hall", Wall(logo=logo, title="Hall"))
    path = folder.file("Hall")
    path.write_text(f"# mine\n{path.read_text()}")
    stick = tmp_path / "stick"
    stick.mkdir()
    folder.give_out("Hall", stick / "for the hall.toml")
    assert (stick / logo).read_bytes() == PNG

    other = WallFolder(tmp_path / "other")
    name, notices = other.bring_in(stick / "for the hall.toml")
    assert (name, notices) == ("for the hall", ())
    assert read_wall(other.file(name)) == read_wall(path)
    assert other.file(name).read_text().startswith("# mine\n")
    assert (other.path / logo).read_bytes() == PNG
    assert other.bring_in(stick / "for the hall.toml")[0] == "for the hall 2"


def test_that_what_is_brought_in_and_is_odd_is_told(folder: WallFolder, tmp_path: Path) -> None:
    source = tmp_path / "odd name, really.toml"
    source.write_text('dim = 99\nlogo = "gone.png"\n')
    name, notices = folder.bring_in(source)
    assert name == "board"
    assert ["dim" in str(notices[0]), "gone.png" in str(notices[1])] == [True, True]
    source.write_text("no board")
    with pytest.raises(WallUnreadable, match="cannot be read"):
        folder.bring_in(source)
    assert names(folder) == ["board"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.gif", PNG), ("a.png", b"x" * (LARGEST_LOGO + 1)), ("a.toml", b"pin = 1")],
)
def test_that_not_every_file_becomes_a_picture(
    folder: WallFolder, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SettingsNotSaved, match="cannot be used"):
        folder.take_logo(tmp_path / name)


def test_that_a_board_of_another_programs_making_can_be_removed(folder: WallFolder) -> None:
    folder.path.mkdir()
    odd = folder.path / "a+b, c.toml"
    write_wall(odd, Wall(scenes=USUAL_SCENES[:1]))
    assert names(folder) == ["a+b, c"]
    assert folder.file("a+b, c") == odd
    assert folder.rename("a+b, c", "Hall") == "Hall"
    assert read_wall(folder.file("Hall")) == replace(Wall(), scenes=USUAL_SCENES[:1])
