"""The first page: see the board live with a simulated call center, or connect a real one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from wallboard.ui.ground import Ground
from wallboard.ui.look import Look
from wallboard.ui.panels.notice_line import NoticeLine
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.quiet_button import KeyedButton, QuietButton
from wallboard.ui.theme.tokens import next_theme
from wallboard.ui.theme.type import Role, font_of
from wallboard.ui.wording import LANGUAGES
from wallboard.ui.wrapping import wrapped

_START = Qt.AlignmentFlag.AlignLeft


class ChoiceCard(KeyedButton):
    """A large choice: what it does, and a sentence about it."""

    def __init__(self, look: Look, *, first: bool) -> None:
        super().__init__()
        self._look = look
        self._first = first
        self._about = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_words(self, look: Look, title: str, about: str) -> None:
        """Show the choice in a look."""
        self._look, self._about = look, about
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint the card."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        lit = self.underMouse() or self.isDown()
        painter.setPen(QPen(theme.text if self._first else theme.control, 2 if self._first else 1))
        painter.setBrush(theme.raised if lit else theme.surface)
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 4, 4)
        pad = look.px(24)
        inner = box.adjusted(pad, pad, -pad, -pad)
        title = QRectF(inner.x(), inner.y(), inner.width(), look.px(36))
        # Qt mirrors the alignment in a painter that runs from right to left.
        painter.setLayoutDirection(look.direction)
        painter.setPen(theme.text)
        painter.setFont(look.font(Role.CLOCK))
        painter.drawText(title, _START | Qt.AlignmentFlag.AlignVCenter, self.text())
        about = inner.adjusted(0, look.px(46), 0, 0)
        painter.setPen(theme.text2)
        painter.setFont(look.font(Role.BODY))
        lines = wrapped(self._about, painter.fontMetrics(), about.width())
        painter.drawText(about, _START | Qt.AlignmentFlag.AlignTop, "\n".join(lines))
        painter.end()


class FirstRunPage(Ground):
    """Shows the two choices, the switches of language and theme, and a line on privacy."""

    demo_requested = Signal()
    connect_requested = Signal()
    language_requested = Signal(str)
    theme_requested = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._title = PlainLabel(parent=self)
        self._about = PlainLabel(parent=self)
        self._privacy = PlainLabel(parent=self)
        self._trouble = NoticeLine(look)
        self.demo_card = ChoiceCard(look, first=True)
        self.connect_card = ChoiceCard(look, first=False)
        self.language_button = QuietButton(look)
        self.theme_button = QuietButton(look)
        for part in (
            self._trouble,
            self.demo_card,
            self.connect_card,
            self.language_button,
            self.theme_button,
        ):
            part.setParent(self)
        for label in (self._title, self._about, self._privacy):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self.demo_card.clicked.connect(self.demo_requested)
        self.connect_card.clicked.connect(self.connect_requested)
        self.language_button.clicked.connect(self._ask_language)
        self.theme_button.clicked.connect(self._ask_theme)
        self.show_look(look)

    def show_trouble(self, text: str) -> None:
        """Say why this page is shown although something is connected; an empty text if not."""
        if self._trouble.show_text(text):
            self._arrange()

    def show_look(self, look: Look) -> None:
        """Show the page in another look."""
        self._look = look
        wording, theme = look.wording, look.theme
        self._title.show_text(wording.translate("FirstRun", "Wallboard"))
        self._about.show_text(
            wording.translate("FirstRun", "Your call center as it is this second.")
        )
        self._privacy.show_text(
            wording.translate(
                "FirstRun",
                "No account, no telemetry. Nothing leaves this computer but the questions to the "
                "call center that you connect.",
            )
        )
        self.demo_card.show_words(
            look,
            wording.translate("FirstRun", "See it live"),
            wording.translate(
                "FirstRun", "A simulated call center, at once. No server, nothing to set up."
            ),
        )
        self.connect_card.show_words(
            look,
            wording.translate("FirstRun", "Connect my system"),
            wording.translate(
                "FirstRun", "Asterisk, FreePBX or Issabel. The connection is tested first."
            ),
        )
        self._trouble.show_look(look)
        self.language_button.show_look(look)
        self.language_button.show_text(LANGUAGES[self._other_language()])
        self.theme_button.show_look(look)
        self.theme_button.show_text(wording.translate("TopBar", "Theme"))
        self._title.setFont(font_of(look.px(40), Role.TITLE.weight))
        self._about.setFont(look.font(Role.TITLE))
        self._privacy.setFont(look.font(Role.LABEL))
        for label, colour in (
            (self._title, theme.text),
            (self._about, theme.text2),
            (self._privacy, theme.muted),
        ):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), colour)
            label.setPalette(palette)
        self._arrange()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size in which everything has room."""
        return QSize(self._look.px(1000), self._look.px(640))

    def _other_language(self) -> str:
        return "en" if self._look.wording.language == "fa" else "fa"

    def _ask_language(self) -> None:
        self.language_requested.emit(self._other_language())

    def _ask_theme(self) -> None:
        self.theme_requested.emit(next_theme(self._look.theme.key))

    def _arrange(self) -> None:
        px = self._look.px
        end = self.width() - px(12)
        for button in (self.theme_button, self.language_button):
            size = button.sizeHint()
            end -= size.width()
            self._place(button, end, px(8), size.width(), size.height())
            end -= px(8)
        width = min(px(820), self.width() - px(48))
        start = (self.width() - width) // 2
        trouble = self._trouble.height_for(width)
        top = max(px(56), (self.height() - px(440) - trouble) // 2)
        if trouble:
            self._place(self._trouble, start, top, width, trouble)
            top += trouble + px(16)
        self._place(self._title, start, top, width, px(64))
        self._place(self._about, start, top + px(68), width, px(36))
        card = (width - px(20)) // 2
        self._place(self.demo_card, start, top + px(140), card, px(140))
        self._place(self.connect_card, start + width - card, top + px(140), card, px(140))
        self._place(self._privacy, start, top + px(320), width, px(56))

    def _place(self, part: QWidget, start: int, top: int, width: int, height: int) -> None:
        left = self.width() - start - width if self._look.rtl else start
        part.setGeometry(left, top, width, height)
