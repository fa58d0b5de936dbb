"""Looks whether this machine can show a window, before Qt finds out and aborts."""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.voice import Voice
from wallboard.settings.paths import resources_dir
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

# What Qt loads from the system, and the Debian package that brings it.
_ALWAYS: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
_XCB: Final = {
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_WAYLAND: Final = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}

_NO_LETTERS: Final = phrase(
    "CommandLine",
    "No font on this machine has Persian letters, so boxes may be seen in their place. Install"
    " one; on Debian and Ubuntu: apt install fonts-noto-core",
)


def require_screen(voice: Voice, environ: Mapping[str, str]) -> None:
    """Return if Qt can open a window here.

    Raises:
        Stop: There is no screen, or a library of the system is missing; the sentence names the
            Debian package that brings it.
    """
    if not sys.platform.startswith("linux"):
        return
    platform = environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if platform not in ("", "xcb", "wayland"):
        return
    if platform != "xcb" and _wayland_socket(environ).is_socket():
        _require_libraries(voice, _WAYLAND)
        return
    if platform == "wayland":
        raise _no_screen(voice, "WAYLAND_DISPLAY")
    display = environ.get("DISPLAY")
    if not display:
        raise _no_screen(voice, "DISPLAY")
    _require_libraries(voice, _XCB)
    if not _x_server_answers():
        raise _no_screen(voice, f"DISPLAY={display}")


def require_qt(voice: Voice) -> None:
    """Return if Qt can be loaded, screen or not.

    Raises:
        Stop: A library of the system is missing, or PySide6 itself.
    """
    if sys.platform.startswith("linux"):
        _require_libraries(voice, _ALWAYS)


def tell_missing_letters(voice: Voice, language: str) -> None:
    """Say which package brings Persian letters, if they are wanted and no font has them.

    A release brings a font along, and other systems have one. It is no reason to stop: figures
    can be read.
    """
    if language != "fa" or not sys.platform.startswith("linux"):
        return
    place = resources_dir()
    if (place is not None and any((place / "fonts").glob("*.ttf"))) or _persian_fonts():
        return
    # In English, too: where no font has Persian letters the terminal may show none, either.
    for words in (Voice(Wording()), voice):
        words.complain(words.told(_NO_LETTERS))


def import_trouble(voice: Voice, error: ImportError) -> Stop:
    """Return what to say about something that could not be imported."""
    found = re.search(r"\blib[\w.+-]+\.so[.\d]*", str(error))
    if found is None:
        return voice.stop(
            phrase(
                "CommandLine",
                "A part of the program cannot be loaded ({reason}). Install it again, as its"
                " README tells.",
            ),
            Exit.MACHINE,
            reason=error,
        )
    library = found.group()
    return _missing(voice, {library: {**_ALWAYS, **_XCB, **_WAYLAND}.get(library, "?")})


def _require_libraries(voice: Voice, libraries: Mapping[str, str]) -> None:
    missing = {name: package for name, package in libraries.items() if not _loads(name)}
    if missing:
        raise _missing(voice, missing)


def _missing(voice: Voice, missing: Mapping[str, str]) -> Stop:
    return voice.stop(
        phrase(
            "CommandLine",
            "To draw, this machine lacks {libraries}. Install them; on Debian and Ubuntu:"
            " apt install {packages}",
        ),
        Exit.MACHINE,
        libraries=", ".join(missing),
        packages=" ".join(_each_once(missing.values())),
    )


def _each_once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _no_screen(voice: Voice, where: str) -> Stop:
    return voice.stop(
        phrase(
            "CommandLine",
            "There is no screen to open a window on ({where}). Start it in a desktop session, or"
            " use `wallboard shot` or `wallboard board`, which need none.",
        ),
        Exit.MACHINE,
        where=where,
    )


def _wayland_socket(environ: Mapping[str, str]) -> Path:
    name = environ.get("WAYLAND_DISPLAY", "")
    # Without a name there is no socket, and a directory is none.
    return Path(environ.get("XDG_RUNTIME_DIR", "")) / name


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _persian_fonts() -> int:
    """Return how many fonts of the system have all letters of Persian, asked as Qt asks."""
    try:
        library = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return 1  # not known
    library.FcNameParse.restype = library.FcObjectSetCreate.restype = ctypes.c_void_p
    library.FcFontList.restype = ctypes.c_void_p
    library.FcNameParse.argtypes = [ctypes.c_char_p]
    library.FcObjectSetAdd.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.FcFontList.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
    library.FcPatternDestroy.argtypes = library.FcObjectSetDestroy.argtypes = [ctypes.c_void_p]
    library.FcFontSetDestroy.argtypes = [ctypes.c_void_p]
    wanted, told = library.FcNameParse(b":lang=fa"), library.FcObjectSetCreate()
    library.FcObjectSetAdd(told, b"family")
    found = library.FcFontList(None, wanted, told)
    # The first thing in a set of fonts is how many there are.
    count = ctypes.c_int.from_address(found).value if found else 0
    library.FcPatternDestroy(wanted)
    library.FcObjectSetDestroy(told)
    if found:
        library.FcFontSetDestroy(found)
    return count


def _x_server_answers() -> bool:
    """True if the X server that DISPLAY names lets us in: Qt aborts if it does not."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers
