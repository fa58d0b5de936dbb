"""Where passwords are kept: really kept, really found again, and never told."""

from __future__ import annotations

import json
import logging
import os
import stat
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from support.keyring_session import in_session, why_no_keyring
from support.memory_keyring import InMemory
from support.stranger_vendor import PASSWORD

from wallboard.settings import secrets
from wallboard.settings.model import KeptIn
from wallboard.settings.paths import Places, places
from wallboard.settings.secrets import (
    SecretPlace,
    SecretsUnavailable,
    redacted,
    remember,
    secret_variable,
)

posix = pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's here")
SECRETS = {"password": PASSWORD, "token": "رمز عبور"}
KEYS = tuple(SECRETS)


class Quoting(InMemory):
    """Breaks, and quotes what it was given."""

    def set_password(self, *told: str) -> None:
        *_, password = told
        raise RuntimeError(password)


class Locked(InMemory):
    def set_password(self, *_told: str) -> None:
        raise keyring.errors.KeyringLocked

    get_password = set_password


class Hanging(InMemory):
    def __init__(self, released: threading.Event) -> None:
        super().__init__()
        self._released = released

    def set_password(self, *_told: str) -> None:
        self._released.wait(60)


@pytest.fixture(autouse=True)
def nothing_seen_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "_seen", set())


@pytest.fixture(autouse=True)
def backend() -> Iterator[InMemory]:
    before = keyring.get_keyring()
    found = InMemory()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


@pytest.fixture
def where(tmp_path: Path) -> Places:
    return places({"WALLBOARD_HOME": str(tmp_path / "home")})


@pytest.fixture
def place(where: Places) -> SecretPlace:
    return SecretPlace(where)


@pytest.mark.parametrize("kept", [KeptIn.KEYRING, KeptIn.FILE])
def test_that_what_is_kept_is_found_until_it_is_forgotten(place: SecretPlace, kept: KeptIn) -> None:
    place.keep("تهران", SECRETS, kept)
    assert place.recall("تهران", KEYS, kept) == SECRETS
    assert place.recall("تهران", ("token",), kept) == {"token": SECRETS["token"]}
    place.forget("تهران", KEYS, kept)
    place.forget("تهران", KEYS, kept)
    if kept is KeptIn.KEYRING:
        assert place.recall("تهران", KEYS, kept) == {}
    else:
        with pytest.raises(SecretsUnavailable):
            place.recall("تهران", KEYS, kept)


@pytest.mark.parametrize("kept", [KeptIn.ASK, KeptIn.NONE])
def test_that_who_asks_or_has_none_keeps_nothing(
    place: SecretPlace, where: Places, backend: InMemory, kept: KeptIn
) -> None:
    place.keep("pbx", SECRETS, kept)
    assert place.recall("pbx", KEYS, kept) == {}
    assert not backend.kept
    assert not where.config.exists()


def test_that_two_homes_do_not_share_a_secret(tmp_path: Path) -> None:
    one, other = (
        SecretPlace(places({"WALLBOARD_HOME": str(tmp_path / name)})) for name in ("a", "b")
    )
    one.keep("pbx", {"password": "first"}, KeptIn.KEYRING)
    other.keep("pbx", {"password": "second"}, KeptIn.KEYRING)
    assert one.recall("pbx", ("password",), KeptIn.KEYRING) == {"password": "first"}


def test_that_a_trial_of_the_keyring_leaves_nothing(place: SecretPlace, backend: InMemory) -> None:
    assert place.keyring_trouble() is None
    assert not backend.kept


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        pytest.param(keyring.backends.fail.Keyring(), "no keyring", id="none"),
        pytest.param(keyring.backends.null.Keyring(), "keeps nothing", id="loses_silently"),
        pytest.param(Locked(), "locked", id="locked"),
        pytest.param(Quoting(), "RuntimeError", id="breaks"),
    ],
)
def test_that_a_keyring_that_does_not_work_is_found_out(
    place: SecretPlace, where: Places, broken: KeyringBackend, said: str
) -> None:
    keyring.set_keyring(broken)
    assert said in str(place.keyring_trouble())
    with pytest.raises(SecretsUnavailable) as caught:
        place.keep("pbx", SECRETS, KeptIn.KEYRING)
    assert said in str(caught.value)
    # Neither the sentence nor the whole chain of errors repeats the secret.
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))
    assert PASSWORD not in repr(caught.value)
    assert not where.config.exists(), "nothing goes to another place by itself"


def test_that_a_keyring_that_hangs_is_not_waited_for_without_end(where: Places) -> None:
    released = threading.Event()
    keyring.set_keyring(Hanging(released))
    try:
        trouble = SecretPlace(where, patience_s=0.2).keyring_trouble()
    finally:
        released.set()
    assert "does not answer" in str(trouble)


@posix
def test_that_a_secret_in_a_file_is_its_owners_alone(place: SecretPlace, where: Places) -> None:
    before = os.umask(0)
    try:
        place.keep("pbx", SECRETS, KeptIn.FILE)
    finally:
        os.umask(before)
    (file,) = where.secrets.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(where.secrets.stat().st_mode) == 0o700
    assert stat.S_IMODE(where.config.stat().st_mode) == 0o700


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_that_a_file_that_others_can_open_is_not_believed(
    place: SecretPlace, where: Places, mode: int
) -> None:
    place.keep("pbx", SECRETS, KeptIn.FILE)
    (file,) = where.secrets.iterdir()
    file.chmod(mode)
    with pytest.raises(SecretsUnavailable, match="chmod 600"):
        place.recall("pbx", KEYS, KeptIn.FILE)


@posix
def test_that_a_directory_that_others_can_open_is_not_believed(
    place: SecretPlace, where: Places
) -> None:
    place.keep("pbx", SECRETS, KeptIn.FILE)
    where.secrets.chmod(0o755)
    with pytest.raises(SecretsUnavailable, match="chmod 700"):
        place.recall("pbx", KEYS, KeptIn.FILE)


@posix
def test_that_a_link_in_the_place_of_the_file_is_not_followed(
    place: SecretPlace, where: Places, tmp_path: Path
) -> None:
    place.keep("pbx", SECRETS, KeptIn.FILE)
    (file,) = where.secrets.iterdir()
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SecretsUnavailable):
        place.recall("pbx", KEYS, KeptIn.FILE)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away"
)
def test_that_a_file_of_somebody_else_is_not_believed(place: SecretPlace, where: Places) -> None:
    place.keep("pbx", SECRETS, KeptIn.FILE)
    (file,) = where.secrets.iterdir()
    os.chown(file, 65534, 65534)
    with pytest.raises(SecretsUnavailable, match="somebody else"):
        place.recall("pbx", KEYS, KeptIn.FILE)


def test_that_a_file_cut_at_any_byte_is_said_and_quotes_nothing(
    place: SecretPlace, where: Places
) -> None:
    place.keep("pbx", {"password": "wxyz-wxyz"}, KeptIn.FILE)
    (file,) = where.secrets.iterdir()
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(SecretsUnavailable) as caught:
            place.recall("pbx", ("password",), KeptIn.FILE)
        assert "wxyz" not in "".join(traceback.format_exception(caught.value))


# What stands in a secret's place is not drawn: beside one it could make one.
texts = st.text(st.characters(exclude_characters="•"))


@given(secret=texts.filter(lambda text: len(text) >= 4), before=texts, after=texts)
def test_that_no_seen_secret_is_left_in_a_log(secret: str, before: str, after: str) -> None:
    remember({"password": secret})
    for told in (f"{before}{secret}{after}", f"{before}{secret!r}{after}", json.dumps([secret])):
        assert secret not in redacted(told)
        assert repr(secret)[1:-1] not in redacted(told)


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("pbx", "WALLBOARD_SECRET_PBX"),
        ("My pbx-1.b", "WALLBOARD_SECRET_MY_PBX_1_B"),
        ("تهران", None),
    ],
)
def test_that_the_variable_of_a_secret_is_one_that_a_shell_can_set(
    name: str, variable: str | None
) -> None:
    assert secret_variable(name) == variable


real = pytest.mark.skipif(why_no_keyring() is not None, reason=why_no_keyring() or "")

_KEEP = """
import sys
from wallboard.settings.model import KeptIn
from wallboard.settings.paths import places
from wallboard.settings.secrets import SecretPlace

place, secret = SecretPlace(places()), sys.stdin.readline().rstrip("\\n")
assert place.keyring_trouble() is None, place.keyring_trouble()
place.keep("تهران", {"password": secret}, KeptIn.KEYRING)
assert place.recall("تهران", ("password",), KeptIn.KEYRING) == {"password": secret}
"""

_TROUBLE = """
from wallboard.settings.paths import places
from wallboard.settings.secrets import SecretPlace

print(SecretPlace(places()).keyring_trouble())
"""


@real
def test_that_a_real_keyring_has_the_secret_as_another_program_sees_it(
    tmp_path: Path, wallboard_home: Path
) -> None:
    looked_up = (
        f'"$0" -c "$1" && secret-tool lookup service "wallboard ({wallboard_home})"'
        ' username "تهران/password"'
    )
    done = in_session(tmp_path, "sh", "-c", looked_up, sys.executable, _KEEP, said=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout == PASSWORD
    in_files = [path for path in wallboard_home.rglob("*") if path.is_file()]
    assert not in_files


@real
def test_that_a_real_keyring_that_stays_locked_is_said(tmp_path: Path) -> None:
    done = in_session(tmp_path, sys.executable, "-c", _TROUBLE, unlocked=False)
    assert done.returncode == 0, done.stderr
    assert "locked" in done.stdout


def test_that_no_log_of_ours_is_needed_to_keep_a_secret(
    place: SecretPlace, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for kept in (KeptIn.KEYRING, KeptIn.FILE):
        place.keep("pbx", SECRETS, kept)
        place.recall("pbx", KEYS, kept)
    assert PASSWORD not in caplog.text
