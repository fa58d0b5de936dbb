"""Plays the sounds of alerts, or has the desktop beep where they cannot be played."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QUrl, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from wallboard.domain.severity import Severity
from wallboard.settings.paths import resources_dir

_NOBODY: Final = frozenset({"offscreen", "minimal"})
_FILES: Final = {Severity.WARNING: "warning.wav", Severity.CRITICAL: "critical.wav"}


def _multimedia() -> Any:  # noqa: ANN401 - an extra's module
    """Return what plays sounds. None without it, and on a computer without loudspeakers.

    What the libraries below print while they look around is nothing that a user could mend.
    """
    before = qInstallMessageHandler(lambda *_: None)
    try:
        # An extra, and nothing that the first picture waits for.
        multimedia: Any = import_module("PySide6.QtMultimedia")
        return multimedia if multimedia.QMediaDevices.audioOutputs() else None
    except ImportError:
        return None
    finally:
        qInstallMessageHandler(before)


class Sounder(QObject):
    """Plays one sound at a time. Lives on the main thread."""

    def __init__(self, parent: QObject | None = None, *, anywhere: bool = False) -> None:
        """Prepare to play.

        Args:
            anywhere: True to play also where there is no screen, and so nobody who listens.
        """
        super().__init__(parent)
        self._effects: dict[Severity, Any] = {}
        self._looked = False
        self._heard = anywhere or QGuiApplication.platformName() not in _NOBODY

    def prepare(self) -> None:
        """Load the sounds, so that the first one comes at once; may take a tenth of a second."""
        if self._looked or not self._heard:
            return
        self._looked = True
        folder = resources_dir()
        multimedia = _multimedia()
        if folder is None or multimedia is None:
            return
        for severity, name in _FILES.items():
            self._effects[severity] = self._loaded(multimedia, folder / "sounds" / name)

    def play(self, severity: Severity, volume: int) -> bool:
        """Let be heard that something became so bad; return False if it was only a beep.

        Args:
            volume: 0 to 100; at 0 nothing is heard.
        """
        if severity is Severity.CALM or volume <= 0 or not self._heard:
            return False
        self.prepare()
        effect = self._effects.get(severity)
        if effect is None or effect.status() == type(effect).Status.Error:
            QApplication.beep()  # as on a computer without loudspeakers
            return False
        for other in self._effects.values():
            other.stop()
        effect.setVolume(min(volume, 100) / 100)
        effect.play()
        return True

    def close(self) -> None:
        """Be silent."""
        for effect in self._effects.values():
            effect.stop()
            effect.deleteLater()
        self._effects = {}

    def _loaded(self, multimedia: Any, path: Path) -> Any:  # noqa: ANN401 - an extra's class
        effect = multimedia.QSoundEffect(self)
        effect.setSource(QUrl.fromLocalFile(str(path)))
        return effect
