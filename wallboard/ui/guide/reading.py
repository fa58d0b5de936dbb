"""Reads a chapter: the few forms of Markdown that the guide uses, and nothing else.

What has none of these forms is plain text, as it stands: a tag, an address, an unknown sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from wallboard.ui.guide.chapters import (
    Block,
    Chapter,
    Code,
    Expanded,
    Grid,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
)

LONGEST: Final = 200_000
"""So many characters of a chapter are read."""
_JOINERS: Final = "\u200c\u200d"
_HEADING: Final = re.compile(r"(#{1,3}) +(.*?)(?: +\{#([a-z0-9-]+)\})?")
_PICTURE: Final = re.compile(r"!\[([^\]]*)\]\(([a-z0-9_-]+\.png)\)")
_EXPANDED: Final = re.compile(r"\{\{(keys|figures)\}\}")
_ITEM: Final = re.compile(r"(?:- |\d+\. )(.*)")
_NUMBERED: Final = re.compile(r"\d+\. ")
_RULE: Final = re.compile(r"\|(?: *:?-+:? *\|)+")
_RUN: Final = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|\*\*(?P<bold>[^*]+)\*\*"
    r"|<kbd>(?P<key>[^<]+)</kbd>"
    r"|\[(?P<words>[^\]]+)\]\((?P<target>[a-z0-9-]*(?:#[a-z0-9-]+)?)\)"
)
_STARTS: Final = ("#", "- ", "> ", "```", "|", "![", "{{")


def chapter_of(key: str, text: str) -> Chapter:
    """Return the chapter that a text is. Everything that can be read is kept; it never fails."""
    lines = [_clean(line) for line in text[:LONGEST].splitlines()]
    return Chapter(key=key, blocks=tuple(_blocks(lines)))


def runs_of(text: str) -> tuple[Run, ...]:
    """Return a line's stretches: bold, code, keys, places that it leads to, and plain ones."""
    runs: list[Run] = []
    at = 0
    for found in _RUN.finditer(text):
        if found.start() > at:
            runs.append(Run(text=text[at : found.start()]))
        runs.append(_run(found))
        at = found.end()
    if at < len(text):
        runs.append(Run(text=text[at:]))
    return tuple(runs)


def _run(found: re.Match[str]) -> Run:
    if found["code"] is not None:
        return Run(text=found["code"], code=True)
    if found["bold"] is not None:
        return Run(text=found["bold"], bold=True)
    if found["key"] is not None:
        return Run(text=found["key"], key=True)
    return Run(text=found["words"], target=found["target"])


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        block, at = _block(lines, at)
        if block is not None:
            yield block


def _block(lines: Sequence[str], at: int) -> tuple[Block | None, int]:
    """Return what begins at a line, and the line after it."""
    line = lines[at].rstrip()
    if not line:
        return None, at + 1
    alone = _alone(line)
    if alone is not None:
        return alone, at + 1
    if line.startswith("```"):
        return _code(lines, at + 1)
    if line.startswith("|"):
        return _grid(lines, at)
    if _ITEM.fullmatch(line):
        return _items(lines, at)
    return _paragraph(lines, at)


def _alone(line: str) -> Block | None:
    """Return what takes one line."""
    if (heading := _HEADING.fullmatch(line)) is not None:
        return Heading(level=len(heading[1]), text=heading[2], anchor=heading[3] or "")
    if (picture := _PICTURE.fullmatch(line)) is not None:
        return Picture(words=picture[1], name=picture[2])
    if (expanded := _EXPANDED.fullmatch(line)) is not None:
        return Expanded(what=expanded[1])
    return None


def _code(lines: Sequence[str], at: int) -> tuple[Block, int]:
    end = next((no for no in range(at, len(lines)) if lines[no].startswith("```")), len(lines))
    return Code(text="\n".join(line.rstrip() for line in lines[at:end])), end + 1


def _grid(lines: Sequence[str], at: int) -> tuple[Block, int]:
    end = at
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    rows = [_cells(line) for line in lines[at:end] if not _RULE.fullmatch(line.rstrip())]
    head, *others = rows or [()]
    empty: tuple[Run, ...] = ()
    # A row that lacks a cell has an empty one; what is too much is left out.
    full = tuple((*row, *(empty,) * len(head))[: len(head)] for row in others)
    return Grid(head=head, rows=full), end


def _cells(line: str) -> tuple[tuple[Run, ...], ...]:
    return tuple(runs_of(cell.strip()) for cell in line.strip().strip("|").split("|"))


def _items(lines: Sequence[str], at: int) -> tuple[Block, int]:
    rows: list[str] = []
    numbered = _NUMBERED.match(lines[at]) is not None
    while at < len(lines) and lines[at].strip():
        line = lines[at].rstrip()
        item = _ITEM.fullmatch(line)
        if item is not None:
            rows.append(item[1])
        elif line.startswith(" "):
            rows[-1] = f"{rows[-1]} {line.strip()}"
        else:
            break
        at += 1
    return Items(rows=tuple(runs_of(row) for row in rows), numbered=numbered), at


def _paragraph(lines: Sequence[str], at: int) -> tuple[Block, int]:
    remark = lines[at].startswith("> ")
    told = [lines[at].removeprefix("> ").strip()]
    at += 1
    while at < len(lines) and lines[at].strip() and not _begins(lines[at], remark=remark):
        told.append(lines[at].removeprefix("> ").strip())
        at += 1
    return Paragraph(runs=runs_of(" ".join(told)), remark=remark), at


def _begins(line: str, *, remark: bool) -> bool:
    """Return whether a line begins something else than what goes on above it."""
    if line.startswith("> "):
        return not remark
    return line.startswith(_STARTS) or _ITEM.fullmatch(line.rstrip()) is not None


def _clean(line: str) -> str:
    """Return a line without characters that are not seen but turn what is."""
    return "".join(
        letter
        for letter in line.replace("\t", "    ")
        if letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
