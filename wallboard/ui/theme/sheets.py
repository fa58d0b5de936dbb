"""Style sheets for Qt's own widgets where their colours are not enough. Never set one a tick."""

from __future__ import annotations

from wallboard.ui.theme.tokens import Theme


def scroll_bar_sheet(theme: Theme) -> str:
    """Return a narrow scroll bar without arrows."""
    return f"""
        QScrollBar:vertical {{ background: {theme.base.name()}; width: 12px; margin: 0; }}
        QScrollBar::handle:vertical {{
            background: {theme.control.name()}; border-radius: 4px; min-height: 32px;
            margin: 2px;
        }}
        QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
        QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: none; }}
    """


def dialog_sheet(theme: Theme) -> str:
    """Return fields, switches and buttons whose outlines can be told from the ground."""
    control, text, surface = theme.control.name(), theme.text.name(), theme.surface.name()
    focus = f"{theme.focus_width}px solid {theme.focus.name()}"
    return f"""
        QLineEdit, QListWidget {{
            background: {surface}; color: {text}; border: 1px solid {control};
            border-radius: 4px; padding: 5px 8px;
        }}
        QLineEdit:focus, QListWidget:focus {{ border: {focus}; padding: 4px 7px; }}
        QCheckBox::indicator, QRadioButton::indicator {{
            width: 12px; height: 12px; border: 2px solid {control}; background: {surface};
        }}
        QRadioButton::indicator {{ border-radius: 8px; }}
        QCheckBox::indicator {{ border-radius: 2px; }}
        QCheckBox::indicator:checked, QRadioButton::indicator:checked {{
            background: {text};
        }}
        QCheckBox::indicator:focus, QRadioButton::indicator:focus {{
            border-color: {theme.focus.name()};
        }}
        QPushButton {{
            background: {theme.raised.name()}; color: {text}; border: 1px solid {control};
            border-radius: 4px; padding: 6px 16px;
        }}
        QPushButton:default {{ border: 2px solid {text}; padding: 5px 15px; }}
        QPushButton:focus {{ border: {focus}; padding: 5px 15px; }}
        QPushButton:disabled {{ color: {theme.muted.name()}; }}
        QPushButton:hover {{ background: {theme.bands[1].name()}; }}
    """ + scroll_bar_sheet(theme)
