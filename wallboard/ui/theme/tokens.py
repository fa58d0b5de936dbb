"""The colours of the three themes: neutral when all is well, two hues for what is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtGui import QColor

from wallboard.domain.value import value


@value
class Theme:
    """Colours by what they are for. Never change one of them in place.

    Attributes:
        text2, muted: For what matters less, and least.
        critical, warning: Fills; `…_ink` is what is written on them, `…_text` the same meaning
            as small text, `warning_edge` the outline that the warning's fill needs on white.
        no_data: Hatching over what is not known.
        bands: Three greys behind a bullet, and for columns of charts.
        column, column_part: Of a chart: all of it, and the part that succeeded.
        series: Lines of a chart, told apart from each other and from severities in every kind of
            sight; the dashes of the lines tell them apart as well.
        frame_width: Of lines that hold a panel together; 0 for none.
        focus_width: Of the ring around what has the keyboard.
    """

    key: str
    dark: bool
    base: QColor
    surface: QColor
    raised: QColor
    line: QColor
    control: QColor
    text: QColor
    text2: QColor
    muted: QColor
    focus: QColor
    critical: QColor
    critical_ink: QColor
    critical_text: QColor
    warning: QColor
    warning_ink: QColor
    warning_text: QColor
    warning_edge: QColor
    no_data: QColor
    no_data_ink: QColor
    bands: tuple[QColor, QColor, QColor]
    column: QColor
    column_part: QColor
    series: tuple[QColor, ...]
    frame_width: int
    focus_width: int


DARK: Final = Theme(
    key="dark",
    dark=True,
    base=QColor("#0F1317"),
    surface=QColor("#181E24"),
    raised=QColor("#212932"),
    line=QColor("#3A4550"),
    control=QColor("#6B7885"),
    text=QColor("#E8ECF0"),
    text2=QColor("#AEB8C2"),
    muted=QColor("#8793A0"),
    focus=QColor("#6CB6FF"),
    critical=QColor("#F4452F"),
    critical_ink=QColor("#000000"),
    critical_text=QColor("#FF7A66"),
    warning=QColor("#FFD24A"),
    warning_ink=QColor("#1A1200"),
    warning_text=QColor("#FFD24A"),
    warning_edge=QColor("#FFD24A"),
    no_data=QColor("#D3DAE0"),
    no_data_ink=QColor("#14181C"),
    bands=(QColor("#2A333C"), QColor("#3A4550"), QColor("#4B5763")),
    column=QColor("#3A4550"),
    column_part=QColor("#6B7885"),
    series=(
        QColor("#61B0AE"),
        QColor("#BFB4FE"),
        QColor("#B8F1C1"),
        QColor("#A371FC"),
        QColor("#B27974"),
    ),
    frame_width=0,
    focus_width=2,
)

LIGHT: Final = Theme(
    key="light",
    dark=False,
    base=QColor("#E9ECEF"),
    surface=QColor("#FFFFFF"),
    raised=QColor("#F5F7F9"),
    line=QColor("#C3CAD1"),
    control=QColor("#6E7983"),
    text=QColor("#161B20"),
    text2=QColor("#434D57"),
    muted=QColor("#5C6771"),
    focus=QColor("#0A5CB8"),
    critical=QColor("#B01E14"),
    critical_ink=QColor("#FFFFFF"),
    critical_text=QColor("#B01E14"),
    warning=QColor("#FFC83D"),
    warning_ink=QColor("#1A1200"),
    warning_text=QColor("#7A4B00"),
    warning_edge=QColor("#8F5A00"),
    no_data=QColor("#8A949E"),
    no_data_ink=QColor("#434D57"),
    bands=(QColor("#EEF1F4"), QColor("#DDE2E7"), QColor("#C9D0D7")),
    column=QColor("#D5DBE1"),
    column_part=QColor("#98A3AE"),
    series=(
        QColor("#16049F"),
        QColor("#B469FE"),
        QColor("#6E6785"),
        QColor("#C57868"),
        QColor("#47162D"),
    ),
    frame_width=1,
    focus_width=2,
)

CONTRAST: Final = Theme(
    key="contrast",
    dark=True,
    base=QColor("#000000"),
    surface=QColor("#000000"),
    raised=QColor("#0A0A0A"),
    line=QColor("#FFFFFF"),
    control=QColor("#FFFFFF"),
    text=QColor("#FFFFFF"),
    text2=QColor("#FFFFFF"),
    muted=QColor("#D6D6D6"),
    focus=QColor("#00FFFF"),
    critical=QColor("#FF5A45"),
    critical_ink=QColor("#000000"),
    critical_text=QColor("#FF5A45"),
    warning=QColor("#FFE500"),
    warning_ink=QColor("#000000"),
    warning_text=QColor("#FFE500"),
    warning_edge=QColor("#FFE500"),
    no_data=QColor("#FFFFFF"),
    no_data_ink=QColor("#000000"),
    bands=(QColor("#000000"), QColor("#333333"), QColor("#666666")),
    column=QColor("#555555"),
    column_part=QColor("#D6D6D6"),
    series=(
        QColor("#FFFFFF"),
        QColor("#FFE500"),
        QColor("#00FFFF"),
    ),
    frame_width=2,
    focus_width=3,
)

THEMES: Final[Mapping[str, Theme]] = {theme.key: theme for theme in (DARK, LIGHT, CONTRAST)}


def next_theme(key: str) -> str:
    """Return the key of the theme after this one, in a circle."""
    keys = list(THEMES)
    return keys[(keys.index(key) + 1) % len(keys)]
