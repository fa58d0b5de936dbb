"""Names that try to be more than names: markup, resources, direction tricks, towers, megabytes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from support.boards import Scene, scene
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.snapshot import AgentState

MARKUP: Final = (
    "<b>{0}</b>",
    "<img src='{1}' width='90000'>{0}",
    "<a href='{1}'>{0}</a>",
    "<style>* {{ font-size: 90px }}</style>{0}",
    "<table><tr><td>{0}</td></tr></table>",
    "<script>{0}</script>",
    "<!-- {0} -->",
    "&lt;{0}&gt; &amp; &#8238;",
    "<html><body background='{1}'>{0}",
    "<h1>{0}<br><br><hr>",
)
RESOURCES: Final = (
    "http://127.0.0.1:9/x.png",
    "file:///etc/hostname",
    "qrc:/x.png",
    "data:image/png;base64,AAAA",
    "//127.0.0.1/share/x.png",
    "\\\\127.0.0.1\\share\\x",
)
DIRECTIONS: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
CONTROLS: Final = "\x00\x07\x08\x1b\x7f\x85\u2028\u2029\ufeff\u00ad\ue000\U000e0041\ufffe"
MARKS: Final = "\u0301\u0323\u064b\u0670\u20dd\u1ab0"
FIELDS: Final = ("{0}", "{name}", "{}", "%1", "%s", "%n", "[*]", "&", "&&x", "\\n", "$HOME", "{{")
FORMULAS: Final = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK('{1}')")
ODD: Final = ("", " ", "\ud800", "\U0001f468\u200d", "\u3000", "a/b\\c:", "O'Br\"ien")
MEGABYTE: Final = 1_000_000


def names(number: int, seed: int = 11) -> Iterator[str]:
    """Return so many names, each kind in turn and no two the same; one in a thousand is huge."""
    chance = random.Random(seed)
    kinds = (_marked_up, _turned, _controlled, _towering, _filled_in, _formula, _long, _odd)
    for at in range(number):
        name = kinds[at % len(kinds)](chance, at)
        yield name + "x" * MEGABYTE if at % 1000 == 999 else name


def _marked_up(chance: random.Random, at: int) -> str:
    return chance.choice(MARKUP).format(f"Ali{at}", chance.choice(RESOURCES))


def _turned(chance: random.Random, at: int) -> str:
    letters = [*f"صف Sales {at}"]
    for _ in range(6):
        letters.insert(chance.randrange(len(letters)), chance.choice(DIRECTIONS))
    return "".join(letters) + chance.choice(DIRECTIONS) * 3


def _controlled(chance: random.Random, at: int) -> str:
    letters = [*f"Queue{at}"]
    for _ in range(5):
        letters.insert(chance.randrange(len(letters)), chance.choice(CONTROLS))
    return "".join(letters) + "\r\nsecond line\n"


def _towering(chance: random.Random, at: int) -> str:
    return "".join(letter + chance.choice(MARKS) * 60 for letter in f"Tower{at}")


def _filled_in(chance: random.Random, at: int) -> str:
    return f"{chance.choice(FIELDS)}{at}{chance.choice(FIELDS)}"


def _formula(chance: random.Random, at: int) -> str:
    return f"{chance.choice(FORMULAS)}{at}"


def _long(chance: random.Random, at: int) -> str:
    return chance.choice(("W", "ﷺ", "𒐫", "م", "👩‍👩‍👧 ")) * chance.choice((80, 600, 5000)) + str(at)


def _odd(chance: random.Random, at: int) -> str:
    return f"{chance.choice(ODD)}{at}"


def hostile_scene(given: Iterator[str], *, queues: int, agents: int) -> Scene:
    """Return a site on which everything that has a name has one of these."""
    made = scene(queues=queues, agents=agents, minutes=2, name=next(given))
    before = made.board.snapshot
    assert before is not None
    people = {
        key: replace(
            agent,
            name=next(given),
            reason=next(given) if agent.state is AgentState.ON_BREAK else None,
        )
        for key, agent in before.agents.items()
    }
    after = replace(
        before,
        queues={key: replace(row, name=next(given)) for key, row in before.queues.items()},
        agents=people,
        calls={
            key: replace(call, caller_number=next(given), caller_name=next(given))
            for key, call in before.calls.items()
        },
    )
    made.take(after, notices=(fault(FaultKind.MEMBERS_UNRESOLVED, count=2, names=next(given)),))
    made.fail(fault(FaultKind.UNREACHABLE, host=next(given), port=5038, reason=next(given)))
    return made
