"""The pictures of the guide: which there are, how they are taken, and what each says of itself.

Taken anew, all of them: WALLBOARD_PICTURES=resources/guide pytest tests/app/test_guide_pictures.py
With `WALLBOARD_PICTURE_FONTS` in the environment, a folder of fonts, as a release has them.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage, qRgb

from support.checkout import ROOT
from wallboard.app.windowed import take_shot
from wallboard.domain.walls import Scene, SceneKind, Wall
from wallboard.runtime.opening import SIMULATOR, Opening
from wallboard.settings.model import Settings, Theme
from wallboard.settings.paths import places
from wallboard.settings.walls import write_wall
from wallboard.sources.registry import kind
from wallboard.ui.frame.page_table import PAGES
from wallboard.ui.theme.type import load_fonts
from wallboard.ui.wording import Wording

GUIDE = ROOT / "resources" / "guide"
LANGUAGES = ("en", "fa")
MOST_BYTES = 3_000_000
"""Of the whole guide, in both languages."""
COLOURS = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: a page of the demo, how large, and how long the demo goes on before."""

    page: str
    size: tuple[int, int] = (1040, 640)
    after_s: float = 1.0


SHOTS = {
    "first-run": Shot(page="first-run", after_s=0.0),
    **{key: Shot(page=key) for key in ("overview", "agents", "calls", "history")},
    **{key: Shot(page=key, size=(1040, 600)) for key in ("queues", "alerts")},
    "walls": Shot(page="walls", size=(1280, 860)),
    "reports": Shot(page="reports", size=(1160, 720)),
    "kiosk-queues": Shot(page="kiosk-queues", size=(1040, 585)),
}


def rail() -> str:
    """Return what is to be seen of the program on every picture of a page: the pages there are."""
    return " ".join(entry.key for entry in PAGES)


def take(name: str, wording: Wording, folder: Path) -> Path:
    """Take a picture of the demo in a language, and return where it is."""
    shot, language = SHOTS[name], wording.language
    fonts = os.environ.get("WALLBOARD_PICTURE_FONTS", "")
    if fonts:
        load_fonts(Path(fonts))
    if shot.page == "walls":
        scenes = tuple(
            Scene(kind=kind) for kind in (SceneKind.OVERVIEW, SceneKind.QUEUES, SceneKind.TREND)
        )
        board = {"en": "Hall", "fa": "سالن"}[language]
        write_wall(places().walls / f"{board}.toml", Wall(scenes=scenes))
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"{name}.png"
    take_shot(
        shot.page,
        _demo(wording),
        out=out,
        settings=Settings(theme=Theme.DARK),
        places=places(),
        language=language,
        size=shot.size,
        after_s=shot.after_s,
    )
    picture = fewer_colours(QImage(str(out)))
    for key, said in (("Language", language), ("Page", shot.page), ("Rail", rail())):
        picture.setText(key, said)
    assert picture.save(str(out), "PNG", 0)
    return out


def _demo(wording: Wording) -> Opening:
    fields = {field.key: field.default for field in kind(SIMULATOR).fields}
    return Opening(
        name=wording.translate("CommandLine", "Demo"),
        kind=SIMULATOR,
        told={**fields, "language": wording.language},
        demo=True,
    )


def fewer_colours(picture: QImage) -> QImage:
    """Return a picture with its most frequent colours only: a third of its bytes."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(plain.constBits()).cast("I")
    count = Counter(pixels)
    kept = [colour for colour, _ in count.most_common(COLOURS)]
    places_of = {colour: at for at, colour in enumerate(kept)}
    for colour in count:
        if colour not in places_of:
            places_of[colour] = min(range(len(kept)), key=lambda at: _far(colour, kept[at]))
    indexed = QImage(plain.size(), QImage.Format.Format_Indexed8)
    indexed.setColorTable([qRgb(*_parts(colour)) for colour in kept])
    wide, line = plain.width(), indexed.bytesPerLine()
    data = memoryview(indexed.bits()).cast("B")
    for y in range(plain.height()):
        row = pixels[y * wide : (y + 1) * wide]
        data[y * line : y * line + wide] = bytes(places_of[pixel] for pixel in row)
    return indexed


def _parts(colour: int) -> tuple[int, int, int]:
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255


def _far(one: int, other: int) -> int:
    return sum((a - b) ** 2 for a, b in zip(_parts(one), _parts(other), strict=True))
