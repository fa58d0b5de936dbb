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
        QScrollBar:horizontal {{ background: {theme.base.name()}; height: 12px; margin: 0; }}
        QScrollBar::handle:horizontal {{
            background: {theme.control.name()}; border-radius: 4px; min-width: 32px;
            margin: 2px;
        }}
        QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal {{ width: 0; }}
        QScrollBar::add-page:horizontal, QScrollBar::sub-page:horizontal {{ background: none; }}
    """


def menu_sheet(theme: Theme) -> str:
    """Return a menu in the colours of the board; what is chosen has a bar, not a colour alone."""
    return f"""
        QMenu {{
            background: {theme.raised.name()}; color: {theme.text.name()};
            border: 1px solid {theme.control.name()}; padding: 4px 0;
        }}
        QMenu::item {{ padding: 7px 24px; border: 2px solid transparent; }}
        QMenu::item:checked {{ background: {theme.bands[1].name()}; font-weight: 600; }}
        QMenu::item:selected {{ border: 2px solid {theme.focus.name()}; }}
        QMenu::indicator {{ width: 0; height: 0; }}
    """


def table_sheet(theme: Theme) -> str:
    """Return a table whose rows are told apart by thin lines."""
    return f"""
        QTableView {{
            background: {theme.surface.name()}; color: {theme.text.name()};
            border: 1px solid {theme.line.name()}; border-radius: 4px; outline: 0;
            selection-background-color: {theme.bands[1].name()};
            selection-color: {theme.text.name()};
        }}
        QTableView:focus {{ border: {theme.focus_width}px solid {theme.focus.name()}; }}
        QTableView::item {{ padding: 0 8px; border-bottom: 1px solid {theme.bands[0].name()}; }}
        QHeaderView {{ background: {theme.surface.name()}; border: 0; }}
        QHeaderView::section {{
            background: {theme.surface.name()}; color: {theme.muted.name()};
            border: 0; border-bottom: 1px solid {theme.line.name()}; padding: 6px 8px;
        }}
    """ + scroll_bar_sheet(theme)


def section_sheet(theme: Theme) -> str:
    """Return the page of settings: its list of sections, and ground without a colour of its own."""
    return f"""
        QListWidget#sections {{
            background: {theme.base.name()}; border: none; padding: 0; outline: none;
        }}
        QListWidget#sections:focus {{ border: none; padding: 0; }}
        QListWidget#sections::item {{
            padding: 8px 12px; border: 2px solid transparent; border-radius: 4px;
            color: {theme.text2.name()};
        }}
        QListWidget#sections::item:selected {{
            background: {theme.bands[1].name()}; color: {theme.text.name()}; font-weight: 600;
        }}
        QListWidget#sections::item:selected:focus {{
            border: {theme.focus_width}px solid {theme.focus.name()};
        }}
        QTableView::indicator {{
            width: 12px; height: 12px; border: 2px solid {theme.control.name()};
            border-radius: 2px; background: {theme.surface.name()};
        }}
        QTableView::indicator:checked {{ background: {theme.text.name()}; }}
        QTableView::item:selected {{
            background: {theme.bands[0].name()}; color: {theme.text.name()};
        }}
        QTableView::item:focus {{
            border: {theme.focus_width}px solid {theme.focus.name()}; padding: 0 6px;
        }}
        QComboBox QAbstractItemView {{
            background: {theme.raised.name()}; color: {theme.text.name()};
            selection-background-color: {theme.bands[1].name()};
            selection-color: {theme.text.name()}; border: 1px solid {theme.control.name()};
        }}
        QTableView QLineEdit {{ border-radius: 0; padding: 0 4px; }}
        QWidget#line {{
            background: {theme.raised.name()}; border: 1px solid {theme.control.name()};
            border-radius: 4px;
        }}
        QScrollArea, QScrollArea > QWidget > QWidget {{ background: {theme.base.name()}; }}
    """


def wall_sheet(theme: Theme) -> str:
    """Return lists of which things are chosen or ticked, and a field of several lines."""
    focus = f"{theme.focus_width}px solid {theme.focus.name()}"
    return f"""
        QListWidget {{ outline: none; }}
        QListWidget#boards {{
            background: {theme.base.name()}; border: none; padding: 0;
        }}
        QListWidget#boards:focus {{ border: none; padding: 0; }}
        QListWidget#scenes:focus {{
            border: 1px solid {theme.control.name()}; padding: 5px 8px;
        }}
        QListWidget#scenes::item, QListWidget#boards::item {{
            padding: 6px 8px; border: 2px solid transparent; border-radius: 4px;
            color: {theme.text.name()};
        }}
        QListWidget#scenes::item:selected, QListWidget#boards::item:selected {{
            background: {theme.bands[1].name()}; color: {theme.text.name()}; font-weight: 600;
        }}
        QListWidget#scenes::item:selected:focus, QListWidget#boards::item:selected:focus {{
            border: {focus};
        }}
        QListWidget::indicator {{
            width: 12px; height: 12px; border: 2px solid {theme.control.name()};
            border-radius: 2px; background: {theme.surface.name()};
        }}
        QListWidget::indicator:checked {{ background: {theme.text.name()}; }}
        QListWidget::item:selected {{
            background: {theme.bands[0].name()}; color: {theme.text.name()};
        }}
        QPlainTextEdit {{
            background: {theme.surface.name()}; color: {theme.text.name()};
            border: 1px solid {theme.control.name()}; border-radius: 4px; padding: 5px 8px;
        }}
        QPlainTextEdit:focus {{ border: {focus}; padding: 4px 7px; }}
    """ + scroll_bar_sheet(theme)


def guide_sheet(theme: Theme) -> str:
    """Return the guide: its contents on the ground of the window, what is read on a page."""
    return f"""
        QDialog {{ background: {theme.base.name()}; }}
        QTreeWidget#contents {{
            background: {theme.base.name()}; border: 0; outline: 0;
        }}
        QTreeWidget#contents::item {{
            padding: 5px 8px; border: {theme.focus_width}px solid transparent;
            border-radius: 4px; color: {theme.text2.name()};
        }}
        QTreeWidget#contents::item:selected {{
            background: {theme.bands[1].name()}; color: {theme.text.name()};
        }}
        QTreeWidget#contents::item:selected:focus {{
            border-color: {theme.focus.name()};
        }}
        QTreeWidget#contents::branch, QTreeWidget#contents::branch:selected {{
            background: {theme.base.name()}; border-image: none;
        }}
        QTextBrowser {{
            background: {theme.surface.name()}; color: {theme.text.name()}; border: 0;
            selection-background-color: {theme.bands[2].name()};
            selection-color: {theme.text.name()};
        }}
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
