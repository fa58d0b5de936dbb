"""A part of the window that fails alone: its error is caught and told, and the rest lives."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from wallboard.ui.look import Look

_SHIELDED: Final = ("show_board", "show_look", "paintEvent")


class Shielded:
    """Catches what goes wrong while a widget shows a board or paints itself.

    Stands before the Qt class in a class's bases. Subclasses need do nothing: what they define of
    `show_board`, `show_look` and `paintEvent` is shielded as the class is made. A widget that
    failed is covered by a card and let be until somebody presses its button; the error goes the
    way of one that nobody caught, so that it is seen by who looks for it.
    """

    _look: Look
    _card: QWidget | None = None
    _dress_card: Callable[[Look], None] | None = None
    _failed_with: str = ""
    _missed: dict[str, tuple[Any, ...]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name in _SHIELDED:
            own = cls.__dict__.get(name)
            if own is not None:
                setattr(cls, name, _shielded(own))

    def failed_with(self) -> str:
        """Return what to hand on of the error; empty for a widget that works."""
        return self._failed_with

    def _fail(self, error: Exception) -> None:
        # What goes wrong after the first error goes wrong because of it.
        self._failed_with = self._failed_with or _details(self, error)
        sys.excepthook(type(error), error, error.__traceback__)
        # A painter that lives on in the traceback would go on painting.
        traceback.clear_frames(error.__traceback__)
        if isinstance(self, QWidget):
            # Not now: no widget may be made while one is painted.
            QTimer.singleShot(0, self, self._cover)

    def _cover(self) -> None:
        # start-up: what is hardly ever seen is not imported before it is
        from wallboard.ui.failed_card import FailedCard  # noqa: PLC0415 - start-up

        if self._card is None and isinstance(self, QWidget):
            card = FailedCard(self._look, self._failed_with, self)
            card.reload_requested.connect(self._reload)
            card.show()
            self._card, self._dress_card = card, card.show_look

    def _reload(self) -> None:
        """Try again with what was to be shown last."""
        missed, self._missed, self._failed_with = self._missed, {}, ""
        card, self._card, self._dress_card = self._card, None, None
        if card is not None:
            card.hide()
            card.deleteLater()
        missed.setdefault("show_look", (self._look,))
        for name in ("show_look", "show_board"):
            if name in missed and not self._failed_with:
                getattr(self, name)(*missed[name])


def _shielded(act: Callable[..., Any]) -> Callable[..., Any]:
    name = act.__name__

    @wraps(act)
    def shielded(self: Shielded, *told: Any) -> Any:  # noqa: ANN401 - whatever it was
        if not self._failed_with:
            try:
                return act(self, *told)
            except Exception as error:  # noqa: BLE001 - an error of ours must not take the rest along
                self._missed = {}
                self._fail(error)
        if name != "paintEvent":
            self._missed[name] = told
        if name == "show_look" and self._dress_card is not None:
            self._dress_card(*told)
        return None

    return shielded


def _details(part: object, error: Exception) -> str:
    """Return what happened and where."""
    told = "".join(traceback.format_exception(error))
    return f"Wallboard: {type(part).__name__}\n{told}"
