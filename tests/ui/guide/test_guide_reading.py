"""A chapter is read in the few forms that it uses; everything else in its file is plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.looks import wording_in

from wallboard.engine.kpi import KPIS
from wallboard.ui.guide.chapters import (
    Code,
    Expanded,
    Grid,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
    place_parts,
)
from wallboard.ui.guide.finding import sections_of, sections_with
from wallboard.ui.guide.known import expanded
from wallboard.ui.guide.reading import chapter_of, runs_of
from wallboard.ui.key_table import GROUPS
from wallboard.ui.search_text import words_of

WHOLE = """\
# A chapter

One sentence.
Another one.

## A part {#part}

- first
- second
  goes on

1. one
2. two

```
wallboard demo
  --seed 7
```

| Head | Other |
| --- | --- |
| `a` | b |
| c |

> A remark.

![What is on it](picture.png)

{{keys}}
"""


def test_that_every_form_is_read() -> None:
    blocks = chapter_of("it", WHOLE).blocks
    head = ((Run(text="Head"),), (Run(text="Other"),))
    assert blocks == (
        Heading(level=1, text="A chapter"),
        Paragraph(runs=(Run(text="One sentence. Another one."),)),
        Heading(level=2, text="A part", anchor="part"),
        Items(rows=((Run(text="first"),), (Run(text="second goes on"),))),
        Items(rows=((Run(text="one"),), (Run(text="two"),)), numbered=True),
        Code(text="wallboard demo\n  --seed 7"),
        Grid(
            head=head,
            rows=(((Run(text="a", code=True),), (Run(text="b"),)), ((Run(text="c"),), ())),
        ),
        Paragraph(runs=(Run(text="A remark."),), remark=True),
        Picture(words="What is on it", name="picture.png"),
        Expanded(what="keys"),
    )


def test_that_stretches_of_a_line_are_told_apart() -> None:
    assert runs_of("Press <kbd>F1</kbd> for **this** or `that`, see [there](tv#pin).") == (
        Run(text="Press "),
        Run(text="F1", key=True),
        Run(text=" for "),
        Run(text="this", bold=True),
        Run(text=" or "),
        Run(text="that", code=True),
        Run(text=", see "),
        Run(text="there", target="tv#pin"),
        Run(text="."),
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=http://192.0.2.1/x.png>",
        "<script>alert(1)</script>",
        "<b>bold</b> &lt;",
        "[there](https://example.com/)",
        "[there](file:///etc/passwd)",
        "[there](javascript:alert)",
        "![picture](https://example.com/x.png)",
        "![picture](../../secret.png)",
        "![picture](/x.png)",
    ],
)
def test_that_what_is_no_form_of_the_guide_is_plain_text(hostile: str) -> None:
    (block,) = chapter_of("it", hostile).blocks
    assert block == Paragraph(runs=(Run(text=hostile),))


def test_that_characters_that_only_disguise_are_left_out() -> None:
    (block,) = chapter_of("it", "safe\u202e\u2066\x07\x1b \u202dtext می\u200cشود").blocks
    assert block == Paragraph(runs=(Run(text="safe text می\u200cشود"),))


@given(st.text(alphabet=st.sampled_from("#-|`>!*[](){}1. \nab<k/"), max_size=120))
def test_that_whatever_stands_in_a_file_is_read_to_its_end(text: str) -> None:
    chapter = chapter_of("it", text)
    assert sections_of(chapter, wording_in("en"))
    assert chapter.title


def test_that_a_place_is_a_chapter_and_a_section() -> None:
    assert place_parts("tv#pin", "keys") == ("tv", "pin")
    assert place_parts("#all", "keys") == ("keys", "all")
    assert place_parts("tv", "keys") == ("tv", "")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_keys_and_figures_are_those_of_the_program(language: str) -> None:
    wording = wording_in(language)
    blocks = expanded((Expanded(what="keys"), Expanded(what="figures")), wording)
    *keys, figures = (block for block in blocks if isinstance(block, Grid))
    told = ["  ".join(run.text for run in row[0] if run.key) for grid in keys for row in grid.rows]
    assert told == [row.keys for group in GROUPS for row in group.rows]
    assert [row[0][0].text for row in figures.rows] == [wording.kpi_name(kpi.key) for kpi in KPIS]


def test_that_sections_are_found_by_any_spelling_of_all_words() -> None:
    text = "# فصل\n\nآغاز\n\n## کلیدها {#keys}\n\nعلی کریمی\n\n## دیگر {#other}\n\nکریمی"
    sections = sections_of(chapter_of("it", text), wording_in("fa"))
    assert [one.place for one in sections] == ["it", "it#keys", "it#other"]
    assert [one.place for one in sections_with(sections, words_of("كريمي"))] == [
        "it#keys",
        "it#other",
    ]
    assert [one.place for one in sections_with(sections, words_of("علي كريمي"))] == ["it#keys"]
    assert sections_with(sections, words_of("نیست که نیست")) == ()
