"""Paths into an answer: JMESPath, compiled once and evaluated within limits.

A path comes from a file that somebody wrote, an answer from a stranger. Neither can make us work
without end: a path has a greatest length, depth and number of parts; what it does is counted, and
what it makes may not grow beyond what an answer can hold.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import msgspec
from jmespath import exceptions, functions  # type: ignore[import-untyped]
from jmespath.parser import Parser  # type: ignore[import-untyped]
from jmespath.visitor import Options, TreeInterpreter  # type: ignore[import-untyped]

from wallboard.sources.rest.mapping_wrong import MappingWrong, unknown_word

LONGEST: Final = 1000
DEEPEST: Final = 24
MOST_PARTS: Final = 200
MOST_STEPS: Final = 4_000_000
"""Of all paths for one picture together: some seconds."""
MOST_ROWS: Final = 100_000
LONGEST_TEXT: Final = 1_000_000
_LONGEST_INNER: Final = 64 * 1024

Json: TypeAlias = Any  # what a JSON text holds, as Python has it
_Node: TypeAlias = Any  # a part of a compiled path, as the library has it


class PathFailed(Exception):
    """A path could not be followed in one answer; the message says why."""


class TooMuch(Exception):
    """The paths of a mapping ask for too much of one answer."""


class Budget:
    """How much work is left for one picture. Used by one thread."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self._left = steps
        self.interpreter: Any = _Interpreter(self)

    def spend(self, steps: int = 1) -> None:
        """Take some of it.

        Raises:
            TooMuch: There is none left.
        """
        self._left -= steps
        if self._left < 0:
            raise TooMuch


class Path:
    """One compiled path. A value.

    Attributes:
        text: As it was written.
        place: Where in the mapping file.
    """

    __slots__ = ("_keys", "_tree", "place", "text")

    def __init__(self, text: str, place: str, tree: _Node) -> None:
        self.text = text
        self.place = place
        self._tree = tree
        self._keys = _plain_keys(tree)

    def search(self, told: Json, budget: Budget) -> Json:
        """Return what is there; None if nothing is.

        Raises:
            PathFailed: It is of a kind that the path cannot use.
            TooMuch: It asks for too much.
        """
        if self._keys is None:
            try:
                return budget.interpreter.visit(self._tree, told)
            except exceptions.JMESPathError as failed:
                raise PathFailed(str(failed)) from failed
            except (ArithmeticError, ValueError, TypeError, RecursionError) as failed:
                raise PathFailed(type(failed).__name__) from failed
        budget.spend()
        # Most paths are a name or two: these are followed without the library.
        for key in self._keys:
            if type(told) is not dict:
                return None
            told = told.get(key)
        return told


def path_of(text: str, place: str) -> Path:
    """Return a compiled path.

    Raises:
        MappingWrong: It is none, or too long or too deep.
    """
    if len(text) > LONGEST:
        raise MappingWrong(
            "{place}: the path is longer than {most} characters", place, most=LONGEST
        )
    try:
        with warnings.catch_warnings():
            # An old way of writing texts still is one.
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            tree = Parser().parse(text).parsed
    except exceptions.EmptyExpressionError as empty:
        raise MappingWrong("{place}: the path is empty", place) from empty
    except exceptions.ParseError as wrong:
        raise MappingWrong(
            "{place}: the path {path} cannot be read from its character {column} on",
            place,
            path=text,
            column=min(wrong.lex_position, len(text)) + 1,
        ) from wrong
    except (exceptions.JMESPathError, ValueError) as wrong:
        raise MappingWrong("{place}: the path {path} cannot be read", place, path=text) from wrong
    except RecursionError as deep:
        raise _too_deep(place) from deep
    _check_tree(tree, place)
    return Path(text, place, tree)


def _too_deep(place: str) -> MappingWrong:
    return MappingWrong("{place}: the path is too deep, or has too many parts", place)


def _check_tree(tree: _Node, place: str) -> None:
    for count, (node, depth) in enumerate(_walk(tree)):
        if depth > DEEPEST or count > MOST_PARTS:
            raise _too_deep(place)
        if node["type"] == "function_expression":
            _check_call(node, place)


def _walk(tree: _Node) -> Iterator[tuple[_Node, int]]:
    waiting = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, dict) and "type" in node:
            yield node, depth
            waiting += [(child, depth + 1) for child in node["children"]]


def _check_call(node: _Node, place: str) -> None:
    name, given = node["value"], len(node["children"])
    table = _Functions.FUNCTION_TABLE
    if name not in table:
        raise unknown_word(f"{name}()", tuple(f"{each}()" for each in sorted(table)), place)
    signature = table[name]["signature"]
    variadic = bool(signature) and signature[-1].get("variadic", False)
    if given < len(signature) if variadic else given != len(signature):
        raise MappingWrong(
            "{place}: {word} takes {count} values, not {given}",
            place,
            word=f"{name}()",
            count=len(signature),
            given=given,
        )


def _plain_keys(tree: _Node) -> tuple[str, ...] | None:
    """Return the names that a plain path goes through. None if it is more than that."""
    if tree["type"] == "field":
        return (tree["value"],)
    if tree["type"] == "current":
        return ()
    if tree["type"] == "subexpression" and all(
        child["type"] == "field" for child in tree["children"]
    ):
        return tuple(child["value"] for child in tree["children"])
    return None


class _Functions(functions.Functions):  # type: ignore[misc]
    """The functions of JMESPath, and five for texts. What is long costs as much."""

    def __init__(self, budget: Budget | None = None) -> None:
        self._budget = budget

    def call_function(self, function_name: str, resolved_args: list[Json]) -> Json:
        self._spend(sum(map(_length, resolved_args)))
        return super().call_function(function_name, resolved_args)

    @functions.signature({"types": ["string"]}, {"types": ["array-string"]})  # type: ignore[untyped-decorator]
    def _func_join(self, separator: str, array: list[str]) -> str:
        if sum(map(len, array)) + len(separator) * len(array) > LONGEST_TEXT:
            raise TooMuch
        return separator.join(array)

    @functions.signature({"types": []})  # type: ignore[untyped-decorator]
    def _func_to_string(self, arg: Json) -> str:
        self._spend(self._weight(arg))
        return str(super()._func_to_string(arg))

    @functions.signature({"types": ["array", "string"]}, {"types": []})  # type: ignore[untyped-decorator]
    def _func_contains(self, subject: Json, search: Json) -> bool:
        self._spend(self._weight(search) + (0 if _is_plain(search) else self._weight(subject)))
        if isinstance(subject, str) and not isinstance(search, str):
            return False
        return search in subject

    @functions.signature({"types": ["string"]})  # type: ignore[untyped-decorator]
    def _func_lower(self, text: str) -> str:
        return text.lower()

    @functions.signature({"types": ["string"]})  # type: ignore[untyped-decorator]
    def _func_upper(self, text: str) -> str:
        return text.upper()

    @functions.signature({"types": ["string"]})  # type: ignore[untyped-decorator]
    def _func_trim(self, text: str) -> str:
        return text.strip()

    @functions.signature({"types": ["string"]}, {"types": ["string"]})  # type: ignore[untyped-decorator]
    def _func_split(self, text: str, separator: str) -> list[str]:
        return text.split(separator, MOST_PARTS) if separator else [text]

    @functions.signature({"types": ["string"]})  # type: ignore[untyped-decorator]
    def _func_from_json(self, text: str) -> Json:
        """Some systems put JSON into a text; what is none is nothing."""
        if len(text) > _LONGEST_INNER:
            return None
        try:
            return msgspec.json.decode(text)
        except (msgspec.DecodeError, RecursionError):
            return None

    def _weight(self, told: Json) -> int:
        """Return how many values there are in a value; one that is in it twice counts twice."""
        count, waiting = 0, [told]
        while waiting:
            each = waiting.pop()
            count += 1
            self._spend(1)
            if isinstance(each, dict):
                waiting += each.values()
            elif isinstance(each, list):
                waiting += each
        return count

    def _spend(self, steps: int) -> None:
        if self._budget is not None:
            self._budget.spend(steps)

    compared = _weight


class _Interpreter(TreeInterpreter):  # type: ignore[misc]
    """Evaluates paths, and counts what it does."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._own = _Functions(budget)
        super().__init__(Options(custom_functions=self._own))

    def visit(self, node: _Node, *args: Any, **kwargs: Any) -> Json:  # noqa: ANN401 - as it has it
        self._budget.spend()
        found = super().visit(node, *args, **kwargs)
        if type(found) is list and len(found) > MOST_ROWS:
            raise TooMuch
        return found

    def visit_comparator(self, node: _Node, value: Json) -> Json:
        left, right = (self.visit(child, value) for child in node["children"])
        if not _is_plain(left) and not _is_plain(right):
            self._own.compared(left)
            self._own.compared(right)
        literal = {"type": "literal", "children": []}
        sides = [{**literal, "value": left}, {**literal, "value": right}]
        return super().visit_comparator({**node, "children": sides}, value)


def _is_plain(told: Json) -> bool:
    return not isinstance(told, list | dict)


def _length(told: Json) -> int:
    return len(told) if isinstance(told, list | dict | str) else 1
