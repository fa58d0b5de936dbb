"""Tokens: what is kept, who gets in, and how soon somebody is out."""

from __future__ import annotations

import os
import re
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import HandClock

from wallboard.domain.snapshot import QueueId
from wallboard.domain.supervision import WishKind
from wallboard.server.rights import Role
from wallboard.server.tokens import NewToken, TokenBook, TokenRefused, TokensUnusable, TokenTrouble

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights as POSIX has them")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "server" / "tokens.json"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def test_that_a_token_is_found_by_what_was_said_and_by_nothing_else(
    file: Path, clock: HandClock
) -> None:
    book = TokenBook(file)
    token, said = book.create(NewToken(name="Lobby", role=Role.TV), clock.wall)
    other = book.create(NewToken(name="Desk", role=Role.MANAGER), clock.wall)[1]
    assert book.find(said, clock.now()) == token
    for wrong in (
        "",
        said[:-1],
        said + "A",
        said.upper(),
        said[:17] + other[17:],  # one's id, the other's bits
        f"wbt_{'a' * 12}_{'A' * 43}",
        said.replace("_", "-", 1),
        f" {said}",
    ):
        assert book.find(wrong, clock.now()) is None, wrong


def test_that_the_file_keeps_nothing_that_one_could_sign_in_with(
    file: Path, clock: HandClock
) -> None:
    said = TokenBook(file).create(NewToken(name="Lobby", role=Role.TV), clock.wall)[1]
    secret = said.rpartition("_")[2] if "_" not in said[17:] else said[17:]
    kept = file.read_text()
    assert secret not in kept
    assert not re.search(r"wbt_", kept)
    assert len(secret) == 43  # 256 bits


@posix
def test_that_only_its_owner_may_read_the_file(file: Path, clock: HandClock) -> None:
    TokenBook(file).create(NewToken(name="Lobby", role=Role.TV), clock.wall)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_that_who_is_revoked_in_another_process_is_out_within_a_second(
    file: Path, clock: HandClock
) -> None:
    serving, administering = TokenBook(file), TokenBook(file)
    said = administering.create(NewToken(name="Lobby", role=Role.TV), clock.wall)[1]
    assert serving.find(said, clock.now()) is not None
    administering.revoke("Lobby", clock.wall)
    assert serving.find(said, clock.pass_by(1)) is None


def test_that_a_token_created_while_the_server_runs_is_known_within_a_second(
    file: Path, clock: HandClock
) -> None:
    serving = TokenBook(file)
    assert serving.find(f"wbt_{'a' * 12}_{'A' * 43}", clock.now()) is None
    said = TokenBook(file).create(NewToken(name="Lobby", role=Role.TV), clock.wall)[1]
    assert serving.find(said, clock.pass_by(1)) is not None


def test_that_a_token_ends_when_it_expires(file: Path, clock: HandClock) -> None:
    book = TokenBook(file)
    end = clock.wall + timedelta(hours=1)
    said = book.create(NewToken(name="Guest", role=Role.TV, expires=end), clock.wall)[1]
    assert book.find(said, clock.pass_by(3599)) is not None
    assert book.find(said, clock.pass_by(1)) is None


def test_that_all_that_was_granted_comes_back_from_the_file(file: Path, clock: HandClock) -> None:
    wanted = NewToken(
        name="سارا",
        role=Role.SUPERVISOR,
        queues=frozenset({QueueId("sales"), QueueId("فروش")}),
        modes=frozenset({WishKind.LISTEN}),
        phone="PJSIP/9001",
        expires=clock.wall + timedelta(days=90),
    )
    token, said = TokenBook(file).create(wanted, clock.wall)
    again = TokenBook(file).find(said, clock.now())
    assert again == token
    assert again is not None
    assert again.queues == wanted.queues
    assert again.agents is None
    assert again.may == {WishKind.LISTEN, WishKind.END, WishKind.TRY_PHONE}
    assert again.phone == "PJSIP/9001"
    assert TokenBook(file).tokens() == (token,)


@pytest.mark.parametrize("name", ["", " ", " x", "x" * 65, "a\nb", "a\u202eb", "\x1b[31m"])
def test_that_a_name_that_cannot_be_read_is_refused(
    file: Path, clock: HandClock, name: str
) -> None:
    with pytest.raises(TokenRefused):
        TokenBook(file).create(NewToken(name=name, role=Role.TV), clock.wall)


def test_that_a_name_may_be_had_again_only_once_its_token_holds_no_more(
    file: Path, clock: HandClock
) -> None:
    book = TokenBook(file)
    first = book.create(NewToken(name="Lobby", role=Role.TV), clock.wall)[0]
    with pytest.raises(TokenRefused) as caught:
        book.create(NewToken(name="Lobby", role=Role.MANAGER), clock.wall)
    assert caught.value.why is TokenTrouble.NAME_TAKEN
    assert book.revoke(first.token_id, clock.wall).revoked == clock.wall
    second = book.create(NewToken(name="Lobby", role=Role.TV), clock.wall)[0]
    assert [token.token_id for token in book.tokens()] == [first.token_id, second.token_id]
    with pytest.raises(TokenRefused):
        book.revoke("nobody", clock.wall)


def test_that_a_screen_is_granted_no_commands(file: Path, clock: HandClock) -> None:
    modes = frozenset({WishKind.LISTEN})
    with pytest.raises(TokenRefused):
        TokenBook(file).create(NewToken(name="TV", role=Role.TV, modes=modes), clock.wall)


def test_that_what_has_expired_already_is_refused(file: Path, clock: HandClock) -> None:
    wanted = NewToken(name="Late", role=Role.TV, expires=clock.wall)
    with pytest.raises(TokenRefused):
        TokenBook(file).create(wanted, clock.wall)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"version":1}', b"null"])
def test_that_with_a_damaged_file_nobody_gets_in(
    file: Path, clock: HandClock, content: bytes
) -> None:
    book = TokenBook(file)
    said = book.create(NewToken(name="Lobby", role=Role.TV), clock.wall)[1]
    assert book.find(said, clock.now()) is not None
    file.write_bytes(content)
    assert book.find(said, clock.pass_by(1)) is None
    assert book.trouble is not None
    with pytest.raises(TokensUnusable):
        book.create(NewToken(name="Desk", role=Role.TV), clock.wall)
    assert file.read_bytes() == content  # it may still be mended by hand


def test_that_with_a_file_that_is_gone_nobody_gets_in(file: Path, clock: HandClock) -> None:
    book = TokenBook(file)
    said = book.create(NewToken(name="Lobby", role=Role.TV), clock.wall)[1]
    file.unlink()
    assert book.find(said, clock.pass_by(1)) is None


@posix
def test_that_with_a_file_that_others_may_write_nobody_gets_in(
    file: Path, clock: HandClock
) -> None:
    book = TokenBook(file)
    said = book.create(NewToken(name="Lobby", role=Role.TV), clock.wall)[1]
    file.chmod(0o620)
    os.utime(file)
    assert book.find(said, clock.pass_by(1)) is None
    assert "others" in (book.trouble or "")


def test_that_the_key_is_made_once(file: Path) -> None:
    key = TokenBook(file).key()
    assert len(key) == 32
    assert TokenBook(file).key() == key


def test_that_a_key_that_is_none_lets_nobody_in_and_is_named(file: Path, clock: HandClock) -> None:
    book = TokenBook(file)
    _, said = book.create(NewToken(name="wall", role=Role.TV), clock.wall)
    assert book.find(said, clock.now()) is not None
    content = file.read_text(encoding="utf-8")
    file.write_text(content.replace('"revoked"', '"revokd"'), encoding="utf-8")
    clock.pass_by(1)
    assert book.find(said, clock.now()) is None
    assert "no key of a token is called 'revokd'" in (book.trouble or "")


def test_that_two_names_that_differ_by_capitals_only_are_one(file: Path, clock: HandClock) -> None:
    book = TokenBook(file)
    book.create(NewToken(name="Ali", role=Role.TV), clock.wall)
    with pytest.raises(TokenRefused):
        book.create(NewToken(name="ALI", role=Role.TV), clock.wall)
