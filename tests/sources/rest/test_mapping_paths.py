"""A path into an answer is compiled once, and can make nobody work for ever."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import jmespath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.sources.rest.mapping_paths import (
    LONGEST,
    Budget,
    PathFailed,
    TooMuch,
    path_of,
)
from wallboard.sources.rest.mapping_wrong import MappingWrong

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "a", "b c", "1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=12,
)
PATHS = (
    "a", "a.b", "@", "a[]", "a[0]", "a[?b=='a']", "[a, b]", "{x: a, y: b.c}", "a || b", "a && b",
    "length(a || `[]`)", "a[].b[]", "*.a", "!a", "a == b", "a != `null`", "a < b", "a[-1]",
    "a[::2]",    "join('-', [to_string(a), 'x'])", "not_null(a, b, c)", "contains(['a', 'b'], a)",
    "sort_by(a || `[]`, &to_string(@))", "map(&b, a || `[]`)", "type(a)", "keys(@)", "a.b.c",
)  # fmt: skip


def found(path: str, told: Any, steps: int = 100_000) -> Any:
    return path_of(path, "place").search(told, Budget(steps))


@given(st.sampled_from(PATHS), JSON)
def test_that_a_path_finds_what_the_library_finds(path: str, told: Any) -> None:
    try:
        expected = jmespath.search(path, told)
    except jmespath.exceptions.JMESPathError:
        with pytest.raises(PathFailed):
            found(path, told)
        return
    assert found(path, told) == expected


@pytest.mark.parametrize(
    ("path", "told", "expected"),
    [
        ("lower(@)", "Free", "free"),
        ("upper(@)", "ب a", "ب A"),
        ("trim(@)", " a ", "a"),
        ("split(@, ' ')[0]", "800 Sales", "800"),
        ("split(@, ' ')[1]", "800", None),
        ("split(@, '')", "800", ["800"]),
        ("from_json(@).from", '{"from": "+98"}', "+98"),
        ("from_json(@)", "{", None),
        ("from_json(@)", "[" * 50_000, None),
    ],
)
def test_that_texts_can_be_taken_apart(path: str, told: Any, expected: Any) -> None:
    assert found(path, told) == expected


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("", "place: the path is empty"),
        ("a.", "place: the path a. cannot be read from its character 3 on"),
        ("a[?b == 'x]", "place: the path a[?b == 'x] cannot be read from its character 9 on"),
        ("a == `", "place: the path a == ` cannot be read from its character 6 on"),
        ("a b", "place: the path a b cannot be read from its character 3 on"),
        ("lenght(a)", "place: lenght() is not known; perhaps length() is meant"),
        ("length(a, b)", "place: length() takes 1 values, not 2"),
        ("not_null()", "place: not_null() takes 1 values, not 0"),
        ("a" * (LONGEST + 1), f"place: the path is longer than {LONGEST} characters"),
        ("a[?" + "(" * 480 + "a" + ")" * 480 + "]", None),
        ("a" + "[0]" * 330, None),
        ("!" * 900 + "a", "place: the path is too deep, or has too many parts"),
        ("[" + "a," * 300 + "a]", "place: the path is too deep, or has too many parts"),
    ],
)
def test_that_a_path_that_is_none_is_refused_with_its_place(
    path: str, sentence: str | None
) -> None:
    with pytest.raises(MappingWrong) as caught:
        path_of(path, "place")
    assert caught.value.key == "place"
    if sentence is not None:
        assert caught.value.reason == sentence


@given(st.text(max_size=60))
def test_that_any_text_is_a_path_or_refused(text: str) -> None:
    try:
        path = path_of(text, "place")
    except MappingWrong:
        return
    with contextlib.suppress(PathFailed, TooMuch):
        path.search({"a": [{"b": 1}]}, Budget(10_000))


@pytest.mark.parametrize(
    "path",
    [
        " | ".join(["[@, @][]"] * 15),
        " | ".join(["[@, @]"] * 18) + " | to_string(@)",
        " | ".join(["[@, @]"] * 18) + " | [[@, @][0] == [@, @][1]]",
        "[0] | " + " | ".join(["join('', [@, @, @, @])"] * 15),
        "map(&to_string(@), [@, @, @, @, @][] | [@, @, @, @, @][] | [@, @, @, @][])",
        "[@, @, @, @, @][] | [@, @, @, @, @][] | [@, @, @, @][] | [?contains(['a', 'b', @], 'x')]",
    ],
    ids=["doubled", "as_text", "compared", "joined", "mapped", "filtered"],
)
def test_that_a_path_that_makes_ever_more_is_stopped_soon(path: str) -> None:
    began = time.monotonic()
    with pytest.raises(TooMuch):
        found(path, ["x" * 100] * 1000, 500_000)
    assert time.monotonic() - began < 20


def test_that_all_paths_of_a_picture_share_one_budget() -> None:
    budget = Budget(100)
    path = path_of("a.b", "place")
    for _ in range(100):
        path.search({"a": {}}, budget)
    with pytest.raises(TooMuch):
        path.search({"a": {}}, budget)
