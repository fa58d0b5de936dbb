"""Speaks to the user on a terminal, in one language: what was asked for, and what went wrong."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wallboard.command_line.exits import Exit, Stop
from wallboard.domain.errors import Fault
from wallboard.domain.source import Finding
from wallboard.settings.model import Calendar, Language, Settings, system_language
from wallboard.settings.notice import CONTEXT, Notice
from wallboard.settings.paths import resources_dir
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.wording import Wording
from wallboard.ui.words import Phrase, words_from_ts

# In English they do nothing but get in the way of copying, and some terminals draw them as boxes.
_ISOLATES: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True, slots=True)
class Voice:
    """Says sentences in the language of its wording."""

    wording: Wording

    def told(self, marked: Phrase, /, **details: object) -> str:
        """Return a sentence with its places filled; what is filled in may come from outside."""
        return self.laid(self.wording.say(marked, **self._safe(details)))

    def noticed(self, told: Notice) -> str:
        """Return what settings or secrets have to say."""
        text = self.wording.translate(CONTEXT, told.text)
        # A detail may itself be a text of ours, such as the reason why a file was refused.
        details = {name: self.wording.translate(CONTEXT, value) for name, value in told.details}
        return self.laid(text.format_map(self._safe(details)))

    def fault(self, fault: Fault) -> str:
        """Return what happened and what helps."""
        return self.laid(self.wording.fault(fault))

    def fault_cause(self, fault: Fault) -> str:
        """Return what happened."""
        return self.laid(self.wording.fault_cause(fault))

    def finding(self, finding: Finding) -> str:
        """Return one line of a check."""
        return self.laid(self.wording.finding(finding))

    def say(self, line: str) -> None:
        """Print a line of what was asked for, at once."""
        print(line, flush=True)  # noqa: T201 - a command line prints

    def complain(self, line: str) -> None:
        """Print a line about what went wrong, at once."""
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - a command line prints

    def stop(self, marked: Phrase, code: Exit = Exit.USAGE, /, **details: object) -> Stop:
        """Return what to raise to end with a sentence."""
        return Stop(self.told(marked, **details), code)

    def laid(self, text: str) -> str:
        """Return a text for the terminal, without marks of direction where none are needed."""
        return text if self.wording.rtl else text.translate(_ISOLATES)

    def _safe(self, details: Mapping[str, object]) -> dict[str, str]:
        clean = isolated if self.wording.rtl else shown
        return {name: clean(str(value)) for name, value in details.items()}


def language_of(asked: str | None, settings: Settings, environ: Mapping[str, str]) -> str:
    """Return `en` or `fa`: what was asked for, else what is set, else the system's."""
    if asked is not None:
        return asked
    if settings.language is not Language.AUTO:
        return str(settings.language)
    return str(system_language(environ))


def voice_in(
    language: str, *, latin_digits: bool = False, calendar: Calendar = Calendar.AUTO
) -> Voice:
    """Return a voice. Without the file of its words it speaks English."""
    jalali = None if calendar is Calendar.AUTO else calendar is Calendar.JALALI
    root = resources_dir()
    if language == "en" or root is None:
        return Voice(Wording(jalali=jalali))
    text = (root / "translations" / f"wallboard_{language}.ts").read_text(encoding="utf-8")
    return Voice(
        Wording(
            language=language,
            words=words_from_ts(text),
            latin_digits=latin_digits,
            jalali=jalali,
        )
    )


def speak_utf8() -> None:
    """Have both streams take every character, whatever the terminal's encoding is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
