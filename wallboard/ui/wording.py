"""How figures, states and faults read, in English and in Persian."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import UTC, datetime, timedelta, tzinfo
from string import Formatter
from typing import Final

from wallboard.domain.arranging import CallerNumbers
from wallboard.domain.errors import Fault
from wallboard.domain.finding import Finding, Verdict
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.domain.value import value
from wallboard.engine.freshness import Freshness
from wallboard.engine.kpi import KPI_BY_KEY, KPI_CONTEXT
from wallboard.engine.windows import WINDOW_NAMES, WindowKind
from wallboard.ui import mapping_words, sentences, terms
from wallboard.ui.caller_text import caller_text
from wallboard.ui.outside_text import isolated, isolated_address, shown
from wallboard.ui.words import Phrase, Words

NOTHING_KNOWN: Final = "—"
_LEFT_TO_RIGHT: Final = "\u2066"
_END: Final = "\u2069"
LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "fa": "فارسی"}
"""Each language by its own name."""

_PERSIAN_FIGURES = str.maketrans("0123456789,.%-", "۰۱۲۳۴۵۶۷۸۹٬٫٪\u2212")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_LATIN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
_ADDRESSES = frozenset(
    {"host", "port", "address", "target", "username", "version", "right", "rights"}
)
_NUMBERS = frozenset({"count", "seconds", "milliseconds", "queues", "agents"}).union(
    mapping_words.NUMBERS
)
_REASONS_WITH_PLACES = frozenset(marked.text for marked in mapping_words.REASONS)
_MOST_DECIMALS = 4


@value
class Wording:
    """A language, and how figures are written in it. A value: another language is another one.

    Attributes:
        language: `en` or `fa`.
        words: The translations. What is missing in them is shown in English.
        latin_digits: True if Persian is to be shown with the digits 0 to 9.
        jalali: By which calendar days are written. None: by that of the language.
        callers: How callers' numbers are shown.
        caller_names: True if callers' names may be shown where they are known.
    """

    language: str = "en"
    words: Words = field(default_factory=dict, repr=False)
    latin_digits: bool = False
    jalali: bool | None = None
    callers: CallerNumbers = CallerNumbers.MASKED
    caller_names: bool = False

    @property
    def rtl(self) -> bool:
        """True if the language is written from right to left."""
        return self.language == "fa"

    @property
    def by_jalali(self) -> bool:
        """True if days are written by the Jalali calendar."""
        return self.rtl if self.jalali is None else self.jalali

    def caller(self, number: str) -> str:
        """Return a caller's number as it is to be shown; an empty one as it is."""
        return caller_text(number, self.callers)

    def translate(self, context: str, text: str) -> str:
        """Return the text in this language."""
        said = self.words.get((context, text), text)
        return said.translate(_LATIN_DIGITS) if self.latin_digits else said

    def say(self, marked: Phrase, /, **details: str) -> str:
        """Return a phrase of a table, its places filled. What is filled in is plain text."""
        said = self.translate(marked.context, marked.text)
        return said.format_map(details) if details else said

    # Figures

    def figure(self, text: str) -> str:
        """Return a number written the English way as it is written in this language."""
        if self.language == "fa" and not self.latin_digits:
            return text.translate(_PERSIAN_FIGURES)
        return text

    def digits(self, text: str) -> str:
        """Return the text with this language's digits, nothing else changed."""
        if self.language == "fa" and not self.latin_digits:
            return text.translate(_PERSIAN_DIGITS)
        return text

    def count(self, number: float | None) -> str:
        """Return a whole number, grouped by thousands."""
        return NOTHING_KNOWN if number is None else self.figure(f"{round(number):,}")

    def percent(
        self, ratio: float | None, *, limits: Iterable[float] = (), decimals: int = 1
    ) -> str:
        """Return a ratio as a percentage with one decimal, or how many are wanted.

        It gets more decimals where rounding would put it on the other side of one of the
        `limits`, or would make all or nothing of what is not quite that.
        """
        if ratio is None:
            return NOTHING_KNOWN
        edges = (0.0, 1.0, *limits)
        while decimals < _MOST_DECIMALS and _rounds_over(ratio, decimals, edges):
            decimals += 1
        return self.figure(f"{100 * ratio:.{decimals}f}%")

    def percent_short(self, ratio: float) -> str:
        """Return a limit or a mark of an axis: a percentage without decimals."""
        return self.figure(f"{100 * ratio:.0f}%")

    def signed(self, size: str, *, less: bool) -> str:
        """Return a figure as a change, its sign on the left of it in every language."""
        sign = "\N{MINUS SIGN}" if less else "+"
        return f"{_LEFT_TO_RIGHT}{sign}{size}{_END}"

    def listed(self, items: Iterable[str]) -> str:
        """Return the items as one text, with this language's comma between them."""
        return ("، " if self.language == "fa" else ", ").join(items)

    # Times

    def duration(self, time: timedelta | None) -> str:
        """Return a stretch of time as m:ss, h:mm:ss, or days and hours. Never below zero."""
        if time is None:
            return NOTHING_KNOWN
        seconds = max(0, int(time.total_seconds()))
        if seconds >= 86_400:
            return self.translate("Time", "{days} d {hours} h").format(
                days=self.count(seconds // 86_400), hours=self.count(seconds % 86_400 // 3600)
            )
        minutes, rest = divmod(seconds, 60)
        if minutes >= 60:
            return self.digits(f"{minutes // 60}:{minutes % 60:02}:{rest:02}")
        return self.digits(f"{minutes}:{rest:02}")

    def duration_words(self, time: timedelta | None) -> str:
        """Return a stretch of time as somebody reads it aloud."""
        if time is None:
            return self.translate("Time", "not known")
        seconds = max(0, int(time.total_seconds()))
        parts = (
            (seconds // 3600, self._hours(seconds // 3600)),
            (seconds % 3600 // 60, self._minutes(seconds % 3600 // 60)),
            (seconds % 60, self._seconds(seconds % 60)),
        )
        told = [text for number, text in parts if number]
        return self.translate("Time", " ").join(told) if told else self._seconds(0)

    def clock(self, instant: datetime, zone: tzinfo) -> str:
        """Return the time of day with seconds."""
        return self.digits(instant.astimezone(zone).strftime("%H:%M:%S"))

    def clock_minute(self, instant: datetime, zone: tzinfo) -> str:
        """Return the time of day without seconds."""
        return self.digits(instant.astimezone(zone).strftime("%H:%M"))

    def age(self, age: timedelta | None) -> str:
        """Return an age as short as it goes: seconds, then m:ss."""
        if age is None:
            return NOTHING_KNOWN
        seconds = max(0, int(age.total_seconds()))
        if seconds < 60:
            return self.translate("Time", "{seconds} s").format(seconds=self.count(seconds))
        return self.duration(age)

    def ago(self, instant: datetime, now: datetime, zone: tzinfo) -> str:
        """Return how long ago it was; after an hour, at what time."""
        seconds = max(0, int((now - instant).total_seconds()))
        if seconds < 60:
            return self.translate("Time", "{seconds} s ago").format(seconds=self.count(seconds))
        if seconds < 3600:
            return self.translate("Time", "{minutes} min ago").format(
                minutes=self.count(seconds // 60)
            )
        return self.clock_minute(instant, zone)

    def _hours(self, number: int) -> str:
        if number == 1:
            return self.translate("Time", "1 hour")
        return self.translate("Time", "{number} hours").format(number=self.count(number))

    def _minutes(self, number: int) -> str:
        if number == 1:
            return self.translate("Time", "1 minute")
        return self.translate("Time", "{number} minutes").format(number=self.count(number))

    def _seconds(self, number: int) -> str:
        if number == 1:
            return self.translate("Time", "1 second")
        return self.translate("Time", "{number} seconds").format(number=self.count(number))

    # Names of what is shown

    def kpi_name(self, key: str) -> str:
        """Return what a KPI is called on the board. Raises KeyError if there is none."""
        if key in terms.KPI_NAMES:
            return self.say(terms.KPI_NAMES[key])
        return self.translate(KPI_CONTEXT, KPI_BY_KEY[key].name)

    def kpi_meaning(self, key: str) -> str:
        """Return in one sentence what a KPI counts. Raises KeyError if there is none."""
        if key in terms.KPI_MEANINGS:
            return self.say(terms.KPI_MEANINGS[key])
        return self.translate(KPI_CONTEXT, KPI_BY_KEY[key].meaning)

    def window(self, kind: WindowKind) -> str:
        """Return what a window is called."""
        return self.translate("Window", WINDOW_NAMES[kind])

    def window_short(self, kind: WindowKind) -> str:
        """Return what a window is called where there is little room."""
        return self.say(terms.WINDOW_SHORT[kind])

    def agent_state(self, state: AgentState) -> str:
        """Return what a state of an agent is called."""
        return self.say(terms.STATE_NAMES[state])

    def severity(self, severity: Severity) -> str:
        """Return a severity as a word."""
        return self.say(terms.SEVERITY_NAMES[severity])

    def freshness(self, freshness: Freshness) -> str:
        """Return a freshness as a word."""
        return self.say(terms.FRESHNESS_NAMES[freshness])

    def verdict(self, verdict: Verdict) -> str:
        """Return how a question of a check was answered, as a word."""
        return self.say(terms.VERDICT_NAMES[verdict])

    def field(self, english: str) -> str:
        """Return a label, hint or choice of a connection's field."""
        return self.translate("Field", english)

    def source(self, english: str) -> str:
        """Return the name of a kind of source."""
        return self.translate("Source", english)

    # Sentences

    def fault(self, fault: Fault, *, zone: tzinfo = UTC) -> str:
        """Return what happened and what helps."""
        return f"{self.fault_cause(fault, zone=zone)} {self.fault_next_step(fault)}"

    def fault_cause(self, fault: Fault, *, zone: tzinfo = UTC) -> str:
        """Return what happened, with the details that are known."""
        return self._most_detailed(
            sentences.FAULT_ROWS[fault.kind].cause, dict(fault.details), zone
        )

    def fault_next_step(self, fault: Fault) -> str:
        """Return what helps."""
        return self.say(sentences.FAULT_ROWS[fault.kind].next_step)

    def fault_meanwhile(self, fault: Fault) -> str:
        """Return what a board that is running does by itself; an empty text for nothing."""
        meanwhile = sentences.FAULT_ROWS[fault.kind].meanwhile
        return "" if meanwhile is None else self.say(meanwhile)

    def refusal(self, reason: str) -> str:
        """Return why a supervisor's command was not done; a reason of a stranger as it is."""
        return shown(self.translate("Reason", reason))

    def finding(self, finding: Finding) -> str:
        """Return a line of a check as a sentence, with its cause and next step if it has any."""
        if finding.verdict is Verdict.BAD and finding.fault is not None:
            return self.fault(finding.fault)
        details = dict(finding.details)
        topic = "not_encrypted" if details.get("encrypted") == "no" else finding.topic
        rows = sentences.FINDING_ROWS.get((topic, finding.verdict))
        if rows is None:
            rows = (sentences.OTHER_FINDING[finding.verdict],)
            details["topic"] = finding.topic
        said = self._most_detailed(rows, details, UTC)
        return said if finding.fault is None else f"{said} {self.fault(finding.fault)}"

    def _most_detailed(
        self, rows: tuple[Phrase, ...], details: Mapping[str, str], zone: tzinfo
    ) -> str:
        known = {name: value for name, value in details.items() if value not in ("", "?")}
        host, port = known.get("host"), known.get("port")
        if host:
            known["address"] = f"{host}:{port}" if port else host
        if "at" in known and (at := _instant(known["at"])) is not None:
            known["time"] = self.clock(at, zone)
        for row in rows:
            places = _places(row)
            if all(name in known for name in places):
                return self.say(row, **{name: self._detail(name, known) for name in places})
        return self.say(rows[-1], **dict.fromkeys(_places(rows[-1]), NOTHING_KNOWN))

    def _detail(self, name: str, known: Mapping[str, str]) -> str:
        value = known.get(name, NOTHING_KNOWN)
        if name in _NUMBERS:
            return self.figure(value) if _is_number(value) else isolated(value)
        if name in _ADDRESSES:
            return isolated_address(value)
        if name in ("reason", "said"):
            return self._reason(value, known)
        return value if name == "time" else isolated(value)

    def _reason(self, reason: str, known: Mapping[str, str]) -> str:
        """Return a reason in this language. Only sentences of ours have places to be filled."""
        said = self.translate("Reason", reason)
        if reason not in _REASONS_WITH_PLACES:
            return isolated(said)
        places = _places(Phrase("Reason", reason))
        return said.format_map({name: self._detail(name, known) for name in places})


def english() -> Wording:
    """Return the wording that needs no file."""
    return Wording()


def _places(row: Phrase) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(row.text) if name]


def _rounds_over(ratio: float, decimals: int, edges: Iterable[float]) -> bool:
    rounded = round(100 * ratio, decimals) / 100
    return any(
        (ratio < edge) != (rounded < edge) or (ratio > edge) != (rounded > edge) for edge in edges
    )


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdecimal() and text.isascii()


def _instant(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
