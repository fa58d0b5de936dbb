"""Each severity has a sound of its own, which is heard: recorded from a real sound server."""

from __future__ import annotations

import io
import sys
import wave

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.alert_sounds import SOUNDS, sound
from support.checkout import ROOT
from support.sound_rig import listening, noticed, sound_server, why_no_sound

from wallboard.app.sounding import Sounder
from wallboard.domain.severity import Severity


@pytest.mark.parametrize("name", sorted(SOUNDS))
def test_that_the_sounds_in_the_folder_are_the_ones_that_we_make(name: str) -> None:
    assert (ROOT / "resources" / "sounds" / f"{name}.wav").read_bytes() == sound(name)


@pytest.mark.parametrize("name", sorted(SOUNDS))
def test_that_a_sound_is_short_of_two_tones_and_without_clicks(name: str) -> None:
    with wave.open(io.BytesIO(sound(name))) as file:
        assert file.getnframes() / file.getframerate() <= 1.2
        samples = memoryview(file.readframes(file.getnframes())).cast("h")
    tones = {hertz for hertz, _ in SOUNDS[name]}
    assert len(tones) == 2
    assert all(500 <= hertz <= 1500 for hertz in tones)
    assert max(map(abs, samples)) < 32_767
    assert (samples[0], abs(samples[-1]) < 100) == (0, True)


def test_that_sounds_tell_apart_how_bad_it_is() -> None:
    assert {hertz for hertz, _ in SOUNDS["critical"]}.isdisjoint(
        hertz for hertz, _ in SOUNDS["warning"]
    )


@pytest.mark.skipif(why_no_sound() is not None, reason=str(why_no_sound()))
@pytest.mark.parametrize("severity", ["critical", "warning"])
def test_that_an_alert_is_heard_and_known_by_its_sound(severity: str) -> None:
    with sound_server() as environ, listening(environ) as ear:
        noticed_at = noticed(severity, environ)
    assert ear.tones(severity) == [hertz for hertz, _ in SOUNDS[severity]]
    whole_s = sum(seconds for _, seconds in SOUNDS[severity])
    # Once: it fades before its end, and does not come again.
    assert whole_s / 2 < ear.seconds_loud < whole_s + 0.1
    assert ear.loud_at is not None
    assert ear.loud_at - noticed_at < 1.0


def test_that_without_the_extra_the_desktop_beeps(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    sounder = Sounder(anywhere=True)
    assert sounder.play(Severity.CRITICAL, 70) is False
    assert beeps == [1]


@pytest.mark.parametrize(("severity", "volume"), [(Severity.CALM, 70), (Severity.CRITICAL, 0)])
def test_that_there_is_silence_where_it_is_wanted(
    severity: Severity, volume: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    assert Sounder(anywhere=True).play(severity, volume) is False
    assert beeps == []
