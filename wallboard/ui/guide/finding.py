"""Finds in the guide: which sections of which chapters have all of the words that were typed."""

from __future__ import annotations

from collections.abc import Iterator

from wallboard.domain.value import value
from wallboard.ui.guide.chapters import Block, Chapter, Code, Grid, Heading, Items, Paragraph
from wallboard.ui.guide.known import expanded
from wallboard.ui.search_text import search_key
from wallboard.ui.wording import Wording


@value
class Section:
    """A part of a chapter that can be led to, and its text as it is searched.

    Attributes:
        anchor: Empty for what stands before the first heading of a part.
    """

    chapter: str
    anchor: str
    title: str
    sought: str

    @property
    def place(self) -> str:
        """It, as a link names it."""
        return f"{self.chapter}#{self.anchor}" if self.anchor else self.chapter


def sections_of(chapter: Chapter, wording: Wording) -> tuple[Section, ...]:
    """Return the parts of a chapter, the one before its first part included."""
    return tuple(_sections(chapter, wording))


def sections_with(sections: tuple[Section, ...], words: tuple[str, ...]) -> tuple[Section, ...]:
    """Return those that have all of these words, as `words_of` returns them."""
    return tuple(one for one in sections if all(word in one.sought for word in words))


def _sections(chapter: Chapter, wording: Wording) -> Iterator[Section]:
    anchor, title = "", chapter.title
    texts: list[str] = []
    for block in expanded(chapter.blocks, wording):
        if isinstance(block, Heading) and block.anchor:
            yield _section(chapter, anchor, title, texts)
            anchor, title, texts = block.anchor, block.text, []
        texts += _texts(block)
    yield _section(chapter, anchor, title, texts)


def _section(chapter: Chapter, anchor: str, title: str, texts: list[str]) -> Section:
    # A key is made of 512 characters at most, a paragraph at a time.
    sought = "\n".join(search_key(text) for text in texts)
    return Section(chapter=chapter.key, anchor=anchor, title=title, sought=sought)


def _texts(block: Block) -> list[str]:
    match block:
        case Heading() | Code():
            return [block.text]
        case Paragraph():
            return ["".join(run.text for run in block.runs)]
        case Items():
            return ["".join(run.text for run in row) for row in block.rows]
        case Grid():
            return ["".join(run.text for run in cell) for row in block.rows for cell in row]
        case _:
            return []
