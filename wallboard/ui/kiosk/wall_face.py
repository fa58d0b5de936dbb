"""The face of a TV: one painted widget that shows a board, turns pages over, hears nobody."""

from __future__ import annotations

import sys
import traceback
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.walls import Wall
from wallboard.engine.board import Board
from wallboard.engine.wall_needs import needs_of
from wallboard.engine.wall_showing import Showing, scenes_of, shown_at
from wallboard.ui.easel import Easel, Texts, flood
from wallboard.ui.kiosk.fade import Fade
from wallboard.ui.kiosk.figures import FigureFace
from wallboard.ui.kiosk.picture import Asked, Piece, paint_piece, pieces_of, plain_clock
from wallboard.ui.kiosk.plan import Plan, plan_of
from wallboard.ui.kiosk.scene_figures import HeroFace
from wallboard.ui.kiosk.sight import Sight, sight_of
from wallboard.ui.kiosk.stage import Stage
from wallboard.ui.kiosk.words import SCENE_NAMES
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown

RELOAD_S: Final = 30.0
"""So long after an error of ours a clock is shown before the picture is tried again."""
_EDGE: Final = 2
"""So many pixels a part may reach beyond its box."""
_LOGO_PX: Final = 1024
"""A logo is read no larger."""
_ON_UNIT: Final = 8.0
"""The pixels at 100 % of what the easel measures itself that one unit is."""


class WallFace(QWidget):
    """Shows a board as a wall wants it. It takes no key and no click, and has no other widget."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._wall = Wall()
        self._texts = Texts()
        self._logo: QImage | None = None
        self._told: tuple[Board, Moment] | None = None
        self._showing: Showing | None = None
        self._resumed: tuple[int, int, float] | None = None
        self._sight = Sight.WAITING
        self._pieces: tuple[Piece, ...] = ()
        self._stands: int | None = None
        self._health = ""
        self._waits_since: Moment | None = None
        self._failed_s: float | None = None
        self._plan: Plan | None = None
        self._fade = Fade(self)
        self._fade.stepped.connect(self._repaint_scene)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    # What is shown

    def show_look(self, look: Look) -> None:
        """Show everything in another look."""
        self._look = look
        self._begin_anew()

    def show_wall(self, wall: Wall, logo: Path | None = None) -> None:
        """Show what another wall wants; the round begins anew if its scenes are others.

        Args:
            logo: The file of the wall's logo. None for none; one that cannot be read is none.
        """
        if wall.scenes != self._wall.scenes:
            self._showing = None
        self._wall = wall
        self._logo = None if logo is None else _read(logo)
        self._begin_anew()

    def show_board(self, board: Board, now: Moment) -> None:
        """Show a board as it is at a moment; repaints what changed. To be told every second."""
        if self._waits_since is None:
            self._waits_since = now
        self._told = (board, now)
        if self._failed_s is not None and 0 <= now.steady_s - self._failed_s < RELOAD_S:
            self._show((plain_clock(self._planned(), board, now, self._look.wording),))
            return
        self._failed_s = None
        try:
            self._take(board, now)
        except Exception as error:  # noqa: BLE001 - whatever it is, a clock is better than nothing
            self._fail(error)

    def show_health(self, told: str) -> None:
        """Say in the footer what is wrong with the wall itself; an empty text if nothing is."""
        if told != self._health:
            self._health = told
            self._again()

    def show_scene(self, scene: int | None) -> None:
        """Stand still at a scene of the wall, whose pages go on; None: by the wall's round."""
        if scene != self._stands:
            self._stands, self._showing = scene, None
            self._again()

    @property
    def scene(self) -> str:
        """What is shown now: the key of a scene's kind, `clock`, `black`, or nothing yet."""
        showing = self._showing
        if self._failed_s is not None:
            return "clock"
        if showing is None:
            return ""
        if showing.dark >= 100:
            return "black"
        if self._sight is Sight.CLOCK:
            return "clock"
        return scenes_of(self._shown_wall())[showing.scene].kind.value

    @property
    def place(self) -> str:
        """Where in its round the wall is, for `go_on_from` of another one; empty before that."""
        showing = self._showing
        if showing is None or self._told is None:
            # Where another one was is not forgotten if this one ends before it shows anything.
            return "" if self._resumed is None else _place(*self._resumed)
        scene, page, shown_s = showing.kept or (
            showing.scene,
            showing.page,
            self._told[1].steady_s - showing.began_s,
        )
        return _place(scene, page, shown_s)

    def go_on_from(self, place: str) -> None:
        """Go on where another one was; what cannot be read begins a round."""
        with suppress(ValueError):
            scene, page, shown_s = place.split()
            resumed = (int(scene), int(page), float(shown_s))
            if min(resumed) >= 0:
                self._resumed = resumed

    def trim(self) -> None:
        """Let go of what is kept to paint quicker, or nicer."""
        self._fade.stop()
        self._texts.clear()

    # How it is painted

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the pieces in the damaged region."""
        painter = QPainter(self)
        try:
            self._paint(painter, event)
        except Exception as error:  # noqa: BLE001 - as above
            painter.resetTransform()
            flood(painter, event.rect(), self._look.theme.base)
            self._fail(error)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Plan the picture anew."""
        super().resizeEvent(event)
        self._begin_anew()

    def _paint(self, painter: QPainter, event: QPaintEvent) -> None:
        showing = self._showing
        flood(painter, event.rect(), self._ground())
        dx, dy = self._shift()
        painter.translate(dx, dy)
        stage = self._stage(painter)
        region = event.region().translated(-dx, -dy)
        for piece in self._pieces:
            if region.intersects(self._real(piece.box).toAlignedRect()):
                paint_piece(stage, piece)
        self._fade.paint(painter, self._real_scene().topLeft())
        if showing is not None and 0 < showing.dark < 100:
            painter.resetTransform()
            flood(painter, event.rect(), QColor(0, 0, 0, round(255 * showing.dark / 100)))

    def _stage(self, painter: QPainter) -> Stage:
        plan = self._planned()
        look = replace(self._look, scale=plan.unit / _ON_UNIT)
        easel = Easel(painter, look, self.width(), self._texts)
        return Stage(easel, plan, self._texts, self._sight is Sight.FADED, self._logo)

    def _ground(self) -> QColor:
        black = self._showing is not None and self._showing.dark >= 100
        return QColor(Qt.GlobalColor.black) if black else self._look.theme.base

    def _shift(self) -> tuple[int, int]:
        """Return by how many pixels the picture is moved."""
        if self._showing is None:
            return (0, 0)
        scale = self._planned().unit / 12.0
        dx, dy = self._showing.shift
        return (round(dx * scale), round(dy * scale))

    def _real(self, box: QRectF) -> QRectF:
        """Return where a piece really is, before the picture is moved."""
        if self._look.rtl:
            box = QRectF(self.width() - box.right(), box.y(), box.width(), box.height())
        return box.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)

    # How it goes on

    def _shown_wall(self) -> Wall:
        """Return the wall; of one that stands still, with that scene alone."""
        if self._stands is None:
            return self._wall
        scenes = scenes_of(self._wall)
        return replace(self._wall, scenes=(scenes[min(self._stands, len(scenes) - 1)],))

    def _planned(self) -> Plan:
        if self._plan is None:
            self._plan = plan_of(self._wall, self.size(), self._look.wording.language)
        return self._plan

    def _begin_anew(self) -> None:
        """Forget what was laid out: sizes or words are others."""
        self._fade.stop()
        self._texts.clear()
        self._plan = None
        self._again()

    def _again(self) -> None:
        """Show what is known once more, all of it."""
        self._pieces = ()
        if self._told is not None:
            self.show_board(*self._told)
        self.update()

    def _take(self, board: Board, now: Moment) -> None:
        wall, plan = self._shown_wall(), self._planned()
        needs = needs_of(board, wall, plan.room, now)
        before = self._showing
        if before is None and self._resumed is not None:
            before = _resumed(self._resumed, needs.pages, now)
            self._resumed = None
        showing = shown_at(before, wall, needs, now)
        sight = sight_of(board, now, self._waits_since)
        moved = self._showing is None or _lighting(showing) != _lighting(self._showing)
        moved |= (sight is Sight.FADED) is not (self._sight is Sight.FADED)
        turned = self._showing is not None and _page(showing) != _page(self._showing)
        if turned and not moved and self.isVisible() and not self._look.reduced_motion:
            self._fade.begin(self._scene_as_it_was())
        if turned or moved:
            # Of another page most texts are others; what is kept must not grow for weeks.
            self._texts.clear()
        self._showing, self._sight = showing, sight
        pieces = pieces_of(
            Asked(
                board=board,
                wall=wall,
                plan=plan,
                showing=showing,
                sight=sight,
                now=now,
                wording=self._look.wording,
                waits_since=self._waits_since,
                health=self._health,
                logo=None if self._logo is None else self._logo.cacheKey(),
            )
        )
        self._show(pieces, whole=moved)
        self._tell()

    def _show(self, pieces: tuple[Piece, ...], *, whole: bool = False) -> None:
        """Have repainted what is not as it was."""
        before, self._pieces = self._pieces, pieces
        if whole or not before or not pieces:
            self.update()
            return
        dx, dy = self._shift()
        for boxes in _damage(before, pieces):
            self.update(self._real(boxes).toAlignedRect().translated(dx, dy))

    def _scene_as_it_was(self) -> QPixmap:
        """Return a picture of the scene as it was painted last."""
        box = self._real_scene()
        # With the pixels of the screen: one of ours may be several.
        ratio = self.devicePixelRatioF()
        picture = QPixmap((box.size() * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._look.theme.base)
        with QPainter(picture) as painter:
            painter.translate(-box.topLeft())
            stage, scene = self._stage(painter), self._planned().scene
            for piece in self._pieces:
                if scene.contains(piece.box.center()):
                    paint_piece(stage, piece)
        return picture

    def _real_scene(self) -> QRectF:
        """Return where the scene really is in whole pixels, before the picture is moved."""
        return QRectF(self._real(self._planned().scene).toAlignedRect())

    def _repaint_scene(self) -> None:
        dx, dy = self._shift()
        self.update(self._real_scene().toRect().translated(dx, dy))

    def _fail(self, error: Exception) -> None:
        """Show a clock for a while; the error goes the way of one that nobody caught."""
        sys.excepthook(type(error), error, error.__traceback__)
        # A painter that lives on in the traceback would go on painting.
        traceback.clear_frames(error.__traceback__)
        self._fade.stop()
        if self._told is None or self._failed_s is not None:
            # Not even the clock can be painted: not again before another second is told.
            return
        board, now = self._told
        self._failed_s = now.steady_s
        self._pieces = (plain_clock(self._planned(), board, now, self._look.wording),)
        self.update()

    def _tell(self) -> None:
        """Say for those who listen what the picture says."""
        if self._told is None or self._showing is None:
            return
        wording = self._look.wording
        kind = scenes_of(self._shown_wall())[self._showing.scene].kind
        name = shown(self._wall.title) or shown(self._told[0].name)
        title = wording.listed((name, wording.say(SCENE_NAMES[kind])))
        if title != self.accessibleName():
            self.setAccessibleName(title)
        faces = (piece.face for piece in self._pieces)
        told = ". ".join(_spoken(face.figure) for face in faces if isinstance(face, HeroFace))
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)


def _spoken(figure: FigureFace) -> str:
    return f"{figure.labels[0]} {figure.spoken}"


def _damage(before: tuple[Piece, ...], now: tuple[Piece, ...]) -> list[QRectF]:
    """Return the boxes of the pieces that are not as they were."""
    if len(before) == len(now):
        pairs = zip(before, now, strict=True)
        return [box for old, new in pairs if old != new for box in (old.box, new.box)]
    stays = [piece for piece in now if piece in before]
    return [piece.box for piece in (*before, *now) if piece not in stays]


def _lighting(showing: Showing) -> tuple[int, tuple[int, int]]:
    return (showing.dark, showing.shift)


def _page(showing: Showing) -> tuple[int, int]:
    return (showing.scene, showing.page)


def _place(scene: int, page: int, shown_s: float) -> str:
    return f"{scene} {page} {shown_s:.1f}"


def _resumed(place: tuple[int, int, float], pages: tuple[int, ...], now: Moment) -> Showing | None:
    scene, page, shown_s = place
    if scene >= len(pages):
        return None
    return Showing(scene=scene, page=page, pages=pages[scene], began_s=now.steady_s - shown_s)


def _read(path: Path) -> QImage | None:
    """Return a logo, no larger than is needed. None if it cannot be read."""
    reader = QImageReader(str(path))
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _LOGO_PX:
        most = QSize(_LOGO_PX, _LOGO_PX)
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
