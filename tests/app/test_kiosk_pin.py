from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import HandClock

from wallboard.app.kiosk_pin import MOST_TRIES, SHUT, PinGate
from wallboard.settings.pins import kept_pin

PIN = "2468"


@pytest.fixture(scope="module")
def kept() -> str:
    return kept_pin(PIN)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk" / "pin.json"


def shut(file: Path, clock: HandClock, kept: str) -> PinGate:
    gate = PinGate(file, clock)
    for _ in range(MOST_TRIES):
        assert not gate.fits("1111", [kept])
    return gate


def test_that_the_right_pin_fits_and_any_of_the_walls_is_right(file: Path, kept: str) -> None:
    gate = PinGate(file, HandClock())
    assert gate.fits(PIN, [kept])
    assert gate.fits("۲۴۶۸", ["", kept])
    assert not gate.fits(PIN, ["", "rubbish"])
    assert not gate.fits("", [""])


def test_that_five_wrong_tries_shut_it_for_five_minutes(file: Path, kept: str) -> None:
    clock = HandClock()
    gate = shut(file, clock, kept)
    assert gate.shut_for() == SHUT
    assert not gate.fits(PIN, [kept]), "the right one may not be tried either"
    clock.pass_by(SHUT.total_seconds() - 1)
    assert gate.shut_for() == timedelta(seconds=1)
    clock.pass_by(1)
    assert gate.shut_for() is None
    assert gate.left == MOST_TRIES
    assert gate.fits(PIN, [kept])


def test_that_a_right_try_forgets_the_wrong_ones(file: Path, kept: str) -> None:
    gate = PinGate(file, HandClock())
    for _ in range(2 * MOST_TRIES):
        assert not gate.fits("1111", [kept])
        assert gate.left == MOST_TRIES - 1
        assert gate.fits(PIN, [kept])


def test_that_a_new_start_gives_no_new_tries(file: Path, kept: str) -> None:
    clock = HandClock()
    for number in range(1, MOST_TRIES):
        gate = PinGate(file, clock)
        assert not gate.fits("1111", [kept])
        assert gate.left == MOST_TRIES - number
    assert not PinGate(file, clock).fits("1111", [kept])
    clock.pass_by(60)
    again = PinGate(file, clock)
    assert again.shut_for() == SHUT - timedelta(seconds=60)
    assert not again.fits(PIN, [kept])
    clock.pass_by(240)
    assert PinGate(file, clock).fits(PIN, [kept])


def test_that_who_pulls_the_plug_while_it_is_looked_at_has_tried(
    file: Path, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("wallboard.app.kiosk_pin.pin_fits", pulled)
    with pytest.raises(KeyboardInterrupt):
        PinGate(file, HandClock()).fits(PIN, [kept])
    assert PinGate(file, HandClock()).left == MOST_TRIES - 1


def test_that_a_clock_that_is_set_makes_nobody_wait_longer(file: Path, kept: str) -> None:
    clock = HandClock()
    gate = shut(file, clock, kept)
    clock.wall -= timedelta(days=400)
    assert gate.shut_for() == SHUT
    assert PinGate(file, clock).shut_for() == SHUT
    clock.wall += timedelta(days=800)
    assert gate.shut_for() == SHUT, "nor shorter, while it runs"


def test_that_a_file_that_is_damaged_shuts_nobody_out(file: Path, kept: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(b'{"wrong": "many"')
    assert PinGate(file, HandClock()).fits(PIN, [kept])


def test_that_it_holds_where_nothing_can_be_written(tmp_path: Path, kept: str) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    gate = shut(tmp_path / "taken" / "pin.json", HandClock(), kept)
    assert gate.shut_for() == SHUT
