"""How everything looks: theme, wording and size as one value, handed to every widget."""

from __future__ import annotations

from dataclasses import field

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette

from wallboard.domain.value import value

# The first of ours, so that those which follow are imported quickly.
from wallboard.ui import plain_imports as _plain_imports  # noqa: F401 - it acts by itself
from wallboard.ui.theme.tokens import DARK, Theme
from wallboard.ui.theme.type import Role, font_of
from wallboard.ui.wording import Wording, english


@value
class Look:
    """How everything looks.

    Attributes:
        scale: 1.0 is 100 %.
        compact: True where the window is small: smaller type and rows.
        reduced_motion: True if nothing moves or fades: what changes is there at once.
        single_keys: False if keys that are a single letter or sign do nothing.
        time_from_right: True if the axes of charts run from right to left.
    """

    theme: Theme = DARK
    wording: Wording = field(default_factory=english)
    scale: float = 1.0
    compact: bool = False
    reduced_motion: bool = False
    single_keys: bool = True
    time_from_right: bool = False

    @property
    def rtl(self) -> bool:
        """True if the start of a line is on the right."""
        return self.wording.rtl

    @property
    def direction(self) -> Qt.LayoutDirection:
        """In which direction widgets are laid out."""
        if self.wording.rtl:
            return Qt.LayoutDirection.RightToLeft
        return Qt.LayoutDirection.LeftToRight

    def px(self, pixels: float) -> int:
        """Return a length that is given for 100 %."""
        return round(pixels * self.scale)

    def font(self, role: Role) -> QFont:
        """Return the font of a role. Shared: never change it in place."""
        return font_of(round(role.pixels(compact=self.compact) * self.scale), role.weight)

    def palette(self) -> QPalette:
        """Return the colours for Qt's own widgets."""
        theme, palette = self.theme, QPalette()
        roles = {
            QPalette.ColorRole.Window: theme.base,
            QPalette.ColorRole.WindowText: theme.text,
            QPalette.ColorRole.Base: theme.surface,
            QPalette.ColorRole.AlternateBase: theme.raised,
            QPalette.ColorRole.Text: theme.text,
            QPalette.ColorRole.PlaceholderText: theme.muted,
            QPalette.ColorRole.Button: theme.raised,
            QPalette.ColorRole.ButtonText: theme.text,
            QPalette.ColorRole.BrightText: theme.text,
            QPalette.ColorRole.ToolTipBase: theme.raised,
            QPalette.ColorRole.ToolTipText: theme.text,
            QPalette.ColorRole.Highlight: theme.focus,
            QPalette.ColorRole.HighlightedText: theme.base,
            QPalette.ColorRole.Link: theme.focus,
            QPalette.ColorRole.Mid: theme.line,
            QPalette.ColorRole.Dark: theme.line,
        }
        for role, colour in roles.items():
            palette.setColor(role, colour)
        for role in (
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, theme.muted)
        return palette
