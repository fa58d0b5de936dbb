"""Where reports go: the folder that was chosen last, and names that nothing stands under yet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from platformdirs import user_documents_dir

from wallboard.domain.reporting import PaperForm
from wallboard.settings.paths import Places, made
from wallboard.settings.whole_file import replace_file

_LONGEST: Final = 4096
_MOST: Final = 1000


def kept_folder(places: Places) -> Path:
    """Return the folder that was chosen last; the user's documents if there is none."""
    try:
        told = _file(places).read_text(encoding="utf-8")[:_LONGEST].strip()
    except (OSError, ValueError):
        told = ""
    if told and "\0" not in told and Path(told).is_absolute():
        return Path(told)
    documents = Path(user_documents_dir())
    return documents if documents.is_dir() else Path.home()


def keep_folder(places: Places, folder: Path) -> None:
    """Remember a folder.

    Raises:
        OSError: It is not remembered.
    """
    file = _file(places)
    made(file.parent)
    replace_file(file, f"{folder}\n".encode())


def free_stem(folder: Path, stem: str, forms: Iterable[PaperForm]) -> str:
    """Return a name for files that no file has yet: what was handed on is not written over."""
    endings = [str(form) for form in forms]
    for number in range(1, _MOST):
        name = stem if number == 1 else f"{stem}-{number}"
        # A CSV file may have others beside it, of its other tables.
        taken = any(
            (folder / f"{name}.{ending}").exists() or any(folder.glob(f"{_plain(name)}.*.{ending}"))
            for ending in endings
        )
        if not taken:
            return name
    return stem


def _plain(name: str) -> str:
    """Return a name in which no sign asks for any letter."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _file(places: Places) -> Path:
    return places.data / "report-folder"
