"""Every reason that a source of ours can give is in a table, so that it has its Persian."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest
from support.checkout import PACKAGE, modules

from wallboard.ui import sentences

# Said with a value in them: they tell us, not the user, how a server broke its protocol.
FOR_A_REPORT = {
    "a list of more than {} rows",
    "the list of {} ends as another one",
    "304 without {}",
}

Named = Mapping[str, list[ast.expr]]


def reasons_in(tree: ast.Module) -> set[str]:
    """Return the reasons that a module gives in its own words, {} for what is filled in.

    They are given as `reason` to a fault or to a result, or to a function of the module that has
    such a parameter. What has a name is looked up in all that the module calls so.
    """
    sayers = {"fault": -1, "WishResult": -1, "bad_setting": 1}
    named: dict[str, list[ast.expr]] = defaultdict(list)
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(args=ast.arguments(args=parameters)):
                names = [each.arg for each in parameters]
                if "reason" in names and "self" not in names:
                    sayers[node.name] = names.index("reason")
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.expr() as value):
                named[name].append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                named[name].append(value)
    return {
        text
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in sayers
        for given in given_to(node, sayers[getattr(node.func, "id", "")])
        for text in texts_of(given, named)
    }


def given_to(call: ast.Call, place: int) -> list[ast.expr]:
    by_name = [keyword.value for keyword in call.keywords if keyword.arg == "reason"]
    return by_name + (call.args[place : place + 1] if place >= 0 else [])


def texts_of(given: ast.expr, named: Named) -> Iterator[str]:
    match given:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in parts)
    for each in stands_for(given, named):
        yield from texts_of(each, named)


def stands_for(given: ast.expr, named: Named) -> list[ast.expr]:
    match given:
        case ast.IfExp(body=one, orelse=other):
            return [one, other]
        case ast.BoolOp(values=values):
            return values
        case ast.Name(id=name):
            values = named.get(name, [])
            return [each for each in values if not isinstance(each, ast.Name) or each.id != name]
    return []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("fault(kind, host=host, reason='by name')", {"by name"}),
        ("def no(key, reason): ...\nno('port', 'by place')", {"by place"}),
        ("LONG: Final = 'of a name'\nWishResult(wish=wish, reason=LONG)", {"of a name"}),
        ("why = 'one' if x else y or 'other'\nfault(kind, reason=why)", {"one", "other"}),
        ("fault(kind, reason=f'{count} too many')", {"{} too many"}),
        ("fault(kind, reason=error.strerror)", set()),
        ("Agent(reason='Lunch')", set()),
    ],
)
def test_that_the_search_for_reasons_finds(code: str, found: set[str]) -> None:
    assert reasons_in(ast.parse(code)) == found


def test_that_every_reason_that_a_source_or_a_way_out_gives_is_in_a_table() -> None:
    given = {
        reason
        for module in modules()
        if {module.relative_to(PACKAGE).parts[0]} & {"sources", "delivery"}
        for reason in reasons_in(ast.parse(module.read_text(encoding="utf-8")))
    }
    assert {"it is too long", "it is not a whole number", "not supported yet"} <= given
    known = {marked.text for marked in (*sentences.REASONS, *sentences.REFUSALS)}
    assert given - known - FOR_A_REPORT == set()
