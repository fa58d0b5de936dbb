"""A mapping file is read strictly: what is wrong in it is told with its place, in plain words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.mappings import PLAIN, mapping_with

from wallboard.domain.errors import FaultKind
from wallboard.domain.facts import CallRecord, Ending
from wallboard.sources.rest.mapping import Mapping, MappingWrong, mapping_in, mapping_of
from wallboard.sources.rest.mapping_file import FIELDS, LARGEST

JOIN = """
[[calls.with]]
from = "live"
rows = "a"
key = "a"
equals = "b"
as = "AS"
[calls]
"""


def wrong(text: str) -> MappingWrong:
    with pytest.raises(MappingWrong) as caught:
        mapping_in(text.encode(), "ours.toml")
    return caught.value


def test_that_a_whole_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(PLAIN, encoding="utf-8-sig")
    mapping = mapping_of(file)
    assert mapping.name == "Ours"
    assert [(ask.name, ask.method, ask.path) for ask in mapping.asks] == [("live", "GET", "/live")]
    (calls,) = mapping.plan.calls
    assert set(calls.fields) == {
        "call_id", "queue_id", "entered_at", "answered_at", "agent_id", "caller_number"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "place", "sentence"),
    [
        ('name = "Ours"', "nam = 1", "nam", "there is no such key here; perhaps name is meant"),
        ('name = "Ours"', "", "name", "this is needed"),
        ('name = "Ours"', "name = 1", "name", "a text in quotation marks is needed"),
        ("mapping = 1", "mapping = 2", "mapping", "it must be 1, the only format that there is"),
        ("mapping = 1", "", "mapping", "it must be 1, the only format that there is"),
        ("mapping = 1", "mapping = ", "line 2", "it cannot be read as TOML"),
        (
            '"Asia/Tehran"', '"Asia/Teheran"', "zone",
            "there is no time zone Asia/Teheran; one is like Asia/Tehran",
        ),
        ('"Asia/Tehran"', '"../../etc/passwd"', "zone", None),
        ("[queues]", "[quues]", "quues", "there is no such key here; perhaps queues is meant"),
        ('from = "live"', 'from = "life"', "queues.from",
         "life is not known; perhaps live is meant"),
        ('queue_id = "id"', 'queue = "id"', "queues.queue",
         "there is no such key here; perhaps queue_id is meant"),
        ('queue_id = "id"', "", "queues.queue_id", "this is needed"),
        ('queue_id = "id"', 'queue_id = "i["', "queues.queue_id",
         "the path i[ cannot be read from its character 3 on"),
        ('queue_id = "id"', "queue_id = 7", "queues.queue_id", "a table is needed"),
        ('unit = "s"', 'unit = "sec"', "queues.target.unit",
         "sec is not known; there are us, ms, s, min, h, iso, clock"),
        ('{ path = "sla", unit = "s" }', '"sla"', "queues.target.unit", "this is needed"),
        ('"sla", unit', '"sla", units', "queues.target.units",
         "there is no such key here; perhaps unit is meant"),
        ('Available = "free"', 'Available = "fre"', "agents.state.words.Available",
         "fre is not known; perhaps free is meant"),
        ('Available = "free"', 'Available = "free"\navailable = "free"',
         "agents.state.words.available", "this word is told twice"),
        ("[asks.live]", "[asks.'li ve']", "asks.li ve", "this name cannot be used"),
        ('path = "/live"', 'path = "live"', "asks.live.path",
         "it must begin with a slash, and have no question mark"),
        ('path = "/live"', 'path = "/live?x=1"', "asks.live.path",
         "it must begin with a slash, and have no question mark"),
        ('path = "/live"', 'path = "/../live"', "asks.live.path", "it must not lead up"),
        ('path = "/live"', 'path = "/{shop}"', "asks.live.path",
         "{shop} is not known; there are {now}, {since}, {today}"),
        ('path = "/live"', 'path = "/{page}"', "asks.live.path", None),
        ('path = "/live"', 'path = "/x"\nmethod = "PUT"', "asks.live.method",
         "PUT is not known; there are GET, POST"),
        ('path = "/live"', 'path = "/x"\npaging = { by = "token", path = "n" }', "asks.live",
         "{cursor} stands nowhere in the request"),
        ('path = "/live"', 'path = "/x"\nmethod = "GET"\nbody = {}', "asks.live.body",
         "only a POST has a body"),
        ('path = "/live"', 'path = "/x"\nevery = -1', "asks.live.every",
         "a whole number from 0 to 86400 is needed"),
        ('path = "/live"', 'path = "/x"\nparams = { from = "{today:epoch}" }',
         "asks.live.params.from", "epoch is not known; perhaps epoch_s is meant"),
        ('path = "/live"', 'path = "/x"\nparams = { from = {} }', "asks.live.params.from",
         "a text, a number, true or false is needed"),
        ('path = "/live"', 'path = "/x"\npaging = { by = "pages" }', "asks.live.paging.by",
         "pages is not known; perhaps page is meant"),
        ('path = "/live"', 'path = "/x"\npaging = { by = "offset", rows = "a", size = 0 }',
         "asks.live.paging.size", "a whole number from 1 to 100000 is needed"),
        ('path = "/live"', 'path = "/x"\npaging = { by = "link", rows = "a" }',
         "asks.live.paging.rows", None),
        ('path = "/live"', 'path = "/{each}"\neach = { from = "live", path = "a" }',
         "asks.live.each.from", "there is no request before this one"),
        ("[calls]", "[calls]\nkeep = ['name']", "calls.keep", None),
        ("[calls]", "[calls]\nkeep = 'queue_id'", "calls.keep", "a list of fields is needed"),
        ("[calls]", '[calls]\ngone = { waiting = "answered" }', "calls.gone.waiting", None),
        ("[calls]", "[calls]\ngone = { looks = 0 }", "calls.gone.looks",
         "a whole number from 1 to 10 is needed"),
        ("[calls]", '[calls]\nother_queues = "drop"', "calls.other_queues", None),
        ("[agents]", "[agents]\nbusy_from_calls = 1", "agents.busy_from_calls",
         "true or false is needed"),
        ('rows = "calls"', "rows = []", "calls.rows", "a path, or a list of up to 4 of them"),
        ('rows = "calls"', "rows = ['a', 1]", "calls.rows", "a text in quotation marks is needed"),
        ("[calls]", JOIN.replace("AS", "parent"), "calls.with.as", "this name cannot be used"),
        ("[calls]", JOIN.replace("AS", "a b"), "calls.with.as", "this name cannot be used"),
        ("[asks.live]", '[values]\nshop = "?"\n[asks.live]', "values.shop",
         "put your own in here"),
        ("[asks.live]", '[values]\npage = "x"\n[asks.live]', "values.page",
         "this name cannot be used"),
        ("[asks.live]", "[values]\nshop = 1.5\n[asks.live]", "values.shop",
         "a text in quotation marks is needed"),
        ("[asks.live]", '[values]\nshop = ".."\n[asks.live]', "values.shop",
         "put your own in here"),
        ("[calls]", '[counters]\nfrom = "live"\nrows = "a"\nqueue_id = "q"\noffered = "n"\n[calls]',
         "counters.since", "this is needed"),
        ("[calls]", '[counters]\nfrom = "live"\nrows = "a"\nqueue_id = "q"\nsince = "day"\n[calls]',
         "counters.since", "day is not known; there are midnight, reload, shift"),
    ],
)  # fmt: skip
def test_that_a_slip_is_told_with_its_place(
    old: str, new: str, place: str, sentence: str | None
) -> None:
    assert old in PLAIN
    told = wrong(PLAIN.replace(old, new, 1))
    assert told.key == place
    assert told.file == "ours.toml"
    assert told.fault.kind is FaultKind.BAD_SETTING
    assert told.fault.detail("field") == "mapping"
    if sentence is not None:
        assert told.reason == f"{place}: {sentence}"


def test_that_of_several_tables_the_wrong_one_is_named() -> None:
    text = PLAIN.replace("[queues]", "[[queues]]") + '\n[[queues]]\nfrom = "live"\nrows = "a"'
    assert wrong(text).key == "queues[2].queue_id"


def test_that_what_is_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(MappingWrong) as caught:
        mapping_in(b'mapping = 1\nname = "\xff"')
    assert caught.value.reason == "line 2: it is not written in UTF-8"
    assert wrong("x" * (LARGEST + 1)).reason == f"the file is larger than {LARGEST} characters"
    with pytest.raises(MappingWrong) as caught:
        mapping_of(tmp_path / "none.toml")
    assert caught.value.reason == "the file cannot be read (No such file or directory)"
    assert str(caught.value).startswith(str(tmp_path))
    with pytest.raises(MappingWrong):
        mapping_of(tmp_path)
    with pytest.raises(MappingWrong):
        mapping_of(Path("a\0b"))


def test_that_a_state_without_words_is_told_in_ours() -> None:
    text = re.sub(r"\[agents.state.words\][^\[]*", "", PLAIN)
    (agents,) = mapping_with(text).plan.agents
    assert agents.fields["state"].words["on_break"] == "on_break"


def test_that_what_it_means_to_be_gone_is_read() -> None:
    text = PLAIN + '\n[calls.gone]\nwaiting = "abandoned"\ntalk = "measured"\nlooks = 3'
    (calls,) = mapping_with(text).plan.calls
    assert calls.gone is not None
    assert (calls.gone.waiting, calls.gone.measured, calls.gone.looks) == (
        Ending.ABANDONED, True, 3
    )  # fmt: skip


@settings(max_examples=200)
@given(st.data())
def test_that_a_file_with_pieces_cut_out_or_doubled_is_read_or_refused(data: st.DataObject) -> None:
    lines = PLAIN.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    much = data.draw(st.integers(1, 6))
    there = data.draw(st.integers(0, len(lines) - 1))
    piece = lines[at : at + much]
    text = "\n".join([*lines[:there], *piece, *lines[there + data.draw(st.integers(0, 2)) :]])
    cut = data.draw(st.integers(0, len(text)))
    try:
        mapping = mapping_in(text[:cut].encode())
    except MappingWrong as told:
        said = str(told)
        assert said
    else:
        assert isinstance(mapping, Mapping)


def test_that_every_field_of_the_format_is_explained_to_who_writes_one() -> None:
    folder = Path(__file__).resolve().parents[3] / "resources" / "mappings"
    for name in ("README.md", "README.fa.md"):
        text = (folder / name).read_text(encoding="utf-8")
        missing = {
            field for fields in FIELDS.values() for field in fields if f"`{field}`" not in text
        }
        assert not missing, name


def blocks(name: str, language: str) -> list[str]:
    """Return the pieces of code in a page, those of one language."""
    folder = Path(__file__).resolve().parents[3] / "resources" / "mappings"
    text = (folder / name).read_text(encoding="utf-8")
    pieces = re.findall(r"^```(\w*)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [piece for written, piece in pieces if written == language]


def test_that_the_worked_example_gives_what_the_page_says() -> None:
    (answer,) = blocks("README.md", "json")
    (text,) = blocks("README.md", "toml")
    mapping = mapping_in(text.encode())
    now = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
    request = mapping.look(now).wanted()
    assert request is not None
    assert (request.path, request.params) == ("/api/live", (("date", "2026-11-22"),))
    mapped = mapping.picture({"live": [answer.encode()]}, now)
    assert (mapped.ignored, mapped.troubles) == (0, ())
    assert mapped.snapshot.as_of == now
    assert [queue.name for queue in mapped.snapshot.queues.values()] == ["Sales"]
    assert [(agent.state, agent.reason) for agent in mapped.snapshot.agents.values()] == [
        ("in_call", None), ("on_break", "Lunch")
    ]  # fmt: skip
    waits = [call for call in mapped.snapshot.calls.values() if call.answered_at is None]
    assert [now - (call.entered_at or now) for call in waits] == [timedelta(seconds=15)]
    (lost,) = mapped.facts
    assert isinstance(lost, CallRecord)
    assert (lost.ending, lost.wait) == (Ending.ABANDONED, timedelta(seconds=45))


@pytest.mark.parametrize("language", ["json", "toml", ""])
def test_that_both_languages_show_the_same_code(language: str) -> None:
    assert blocks("README.md", language) == blocks("README.fa.md", language)


@pytest.mark.parametrize("piece", blocks("README.md", ""))
def test_that_the_short_pieces_of_the_page_can_be_read(piece: str) -> None:
    if piece.startswith("wallboard"):
        assert "mapping=" in piece
    elif piece.startswith("paging"):
        for line in piece.strip().splitlines():
            place = re.findall(r"# (\{[a-z]+\})", line)
            places = f'params = {{ p = "{place[0]}" }}' if place else ""
            asks = f'[asks.tasks]\npath = "/t"\n[asks.more]\npath = "/x"\n{places}\n{line}\n'
            mapping_with(PLAIN.replace("[queues]", f"{asks}[queues]", 1))
    else:
        named = re.sub(r'from = "\w+"', 'from = "live"', piece)
        text = PLAIN + named if "[queues]" not in piece else PLAIN.replace("[queues]", named, 1)
        assert mapping_with(text).name == "Ours"
