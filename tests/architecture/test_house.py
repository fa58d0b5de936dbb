"""The rules of the house that no linter knows: words, plates, names of machines, the licence."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.version import Version
from support.checkout import PACKAGE, ROOT, files, modules, project

# One word per thing.
EMPTY_NAMES = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
OTHER_WORDS_FOR_OURS = {
    "alarm": "alert",
    "alarms": "alert",
    "notification": "alert",
    "operator": "agent",
    "operators": "agent",
    "skill group": "queue",
    "skill groups": "queue",
    "hunt group": "queue",
}


def words_of(identifier: str) -> list[str]:
    """Split an identifier, `likeThis`, `LikeThis` or `like_this`, into its lower-case words."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", identifier)
    return [part.lower() for part in parts]


def identifiers(tree: ast.AST) -> Iterator[str]:
    """Return the names that a module gives: not those that it takes from elsewhere."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name(ctx=ast.Store()) as name:
                yield name.id
            case ast.Attribute(ctx=ast.Store()) as attribute:
                yield attribute.attr
            case ast.alias(asname=str(name)):
                yield name


def banned_words(identifier: str) -> list[str]:
    said = f" {' '.join(words_of(identifier))} "
    return [word for word in OTHER_WORDS_FOR_OURS if f" {word} " in said]


@pytest.mark.parametrize(
    ("identifier", "banned"),
    [
        ("AlarmTile", ["alarm"]),
        ("raise_alarm", ["alarm"]),
        ("skillGroup", ["skill group"]),
        ("SkillGroupId", ["skill group"]),
        ("QUEUE_OPERATORS", ["operators"]),
        ("alarmingly", []),
        ("skills", []),
        ("AgentState", []),
    ],
)
def test_that_the_search_for_banned_words_sees_whole_words(
    identifier: str, banned: list[str]
) -> None:
    assert banned_words(identifier) == banned


def test_that_each_thing_has_one_word() -> None:
    said = [
        f"{module.relative_to(ROOT)}: {name} (say {OTHER_WORDS_FOR_OURS[word]})"
        for module in modules()
        for name in sorted(set(identifiers(ast.parse(module.read_text(encoding="utf-8")))))
        for word in banned_words(name)
    ]
    assert not said


def test_that_no_name_is_empty_of_meaning() -> None:
    paths = [path.relative_to(ROOT) for path in files() if path.suffix in {".py", ".spec"}]
    said = [
        str(path)
        for path in paths
        if any(
            word in EMPTY_NAMES for part in path.with_suffix("").parts for word in words_of(part)
        )
    ]
    said += [
        f"{module.relative_to(ROOT)}: class {node.name}"
        for module in modules()
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and EMPTY_NAMES & set(words_of(node.name))
    ]
    assert not said


@pytest.mark.parametrize("plate", sorted(PACKAGE.rglob("__init__.py")), ids=str)
def test_that_every_room_has_its_plate(plate: Path) -> None:
    said = ast.get_docstring(ast.parse(plate.read_text(encoding="utf-8")))
    assert said, "the first thing in a room's __init__.py says what lives there"


@pytest.mark.parametrize(
    "room", sorted({module.parent for module in modules()}), ids=lambda room: room.name
)
def test_that_every_room_is_a_package(room: Path) -> None:
    assert (room / "__init__.py").is_file()


def test_that_first_lines_say_what_a_module_is() -> None:
    said = []
    for module in modules():
        text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
        if re.match(r"(this (module|package|file)|module|package)\b", text, re.IGNORECASE):
            said.append(f"{module.relative_to(ROOT)}: {text.splitlines()[0]}")
    assert not said


PAINTER = re.compile(r"^.*\bpainter = QPainter\((?!self\b|viewport\)|surface\)).*$", re.MULTILINE)


def test_that_what_is_painted_on_a_picture_is_ended_even_if_it_fails() -> None:
    # A painter that outlives its picture ends the whole program, not only what failed.
    said = [
        f"{module.relative_to(ROOT)}: {found[0].strip()}"
        for module in modules()
        if "bench" not in module.parts
        for found in PAINTER.finditer(module.read_text(encoding="utf-8"))
    ]
    assert not said


def test_that_the_domain_imports_only_the_standard_library() -> None:
    said = []
    for module in modules():
        if not module.is_relative_to(PACKAGE / "domain"):
            continue
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            said += [
                f"{module.relative_to(ROOT)}: {name}"
                for name in names
                if name.partition(".")[0] not in sys.stdlib_module_names
                and not name.startswith("wallboard.domain.")
            ]
    assert not said


def test_that_every_vendor_is_walled_off_from_the_others() -> None:
    (contract,) = (
        contract
        for contract in project()["tool"]["importlinter"]["contracts"]
        if contract["id"] == "vendors"
    )
    rooms = {
        f"wallboard.sources.{plate.parent.name}"
        for plate in (PACKAGE / "sources").glob("*/__init__.py")
    }
    assert set(contract["modules"]) == rooms


def test_that_excuses_from_the_banned_calls_are_given_only_where_they_belong() -> None:
    excused = {
        module.relative_to(ROOT).as_posix()
        for module in modules()
        if re.search(r"noqa:[^\n]*TID251", module.read_text(encoding="utf-8"))
    }
    outside_of_bench = {path for path in excused if not path.startswith("wallboard/bench/")}
    assert outside_of_bench == {"wallboard/app/clock.py", "wallboard/ui/plain_label.py"}


def texts() -> Iterator[tuple[Path, str]]:
    for path in files():
        try:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a font


def lines_with(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> list[str]:
    wanted = re.compile(pattern, flags)
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if wanted.search(line)
    ]


def texts_put_together(tree: ast.AST) -> list[int]:
    """Return the lines where a text for the translator is not there before the program runs."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        in {"phrase", "translate"}
        and any(isinstance(given, ast.JoinedStr | ast.BinOp) for given in node.args[:2])
    ]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("wording.translate('Tile', f'{count} waiting')", True),
        ("phrase('Tile', '%s waiting' % count)", True),
        ("translate('Tile', 'the ' + name)", True),
        ("wording.translate('Tile', '{count} waiting')", False),
        ("text.translate(table)", False),
    ],
)
def test_that_the_search_for_untranslatable_texts(code: str, found: bool) -> None:
    assert bool(texts_put_together(ast.parse(code))) is found


def test_that_every_text_for_the_translator_is_whole() -> None:
    # A text with a value already in it matches no translation: it would be shown in English.
    assert not [
        f"{module.relative_to(ROOT)}:{line}"
        for module in modules()
        for line in texts_put_together(ast.parse(module.read_text(encoding="utf-8")))
    ]


A_FOLDER_OF_ONE_MACHINE = r"(^|[^\w.>}])/(farm|work|root|home|Users)/[\w.]"
A_REGISTRY = (
    r"https?://[a-z0-9.-]*(pypi|npm|debian|hosted)|\b(pypi|pythonhosted|npmjs)\.(org|com)\b"
)
_OTHERS = "architecture|faults|kpis|performance|pitfalls|screens|stack|style|vendors"
A_DOCUMENT_OF_OTHERS = rf"\b({_OTHERS})\.md\b|\bdesign/\w"


@pytest.mark.parametrize(
    ("pattern", "said", "found"),
    [
        (A_FOLDER_OF_ONE_MACHINE, "cd /" + "work/main", True),
        (A_FOLDER_OF_ONE_MACHINE, '"/' + 'root/.cache"', True),
        (A_FOLDER_OF_ONE_MACHINE, "https://pbx.example/home/page", False),
        (A_FOLDER_OF_ONE_MACHINE, "{lab}/" + "root/lab", False),
        (A_REGISTRY, "https://" + "pypi.example/simple", True),
        (A_REGISTRY, "from files.python" + "hosted.org", True),
        (A_REGISTRY, "https://www.asterisk.org/", False),
        (A_DOCUMENT_OF_OTHERS, "see style." + "md, section 2", True),
        (A_DOCUMENT_OF_OTHERS, "see ARCHITECTURE.md", False),
    ],
)
def test_that_the_search_for_what_must_not_be_named(pattern: str, said: str, found: bool) -> None:
    assert bool(re.search(pattern, said)) is found


def test_that_no_file_names_a_folder_of_one_machine() -> None:
    assert not lines_with(A_FOLDER_OF_ONE_MACHINE)


def test_that_no_file_names_a_package_registry() -> None:
    assert not lines_with(A_REGISTRY, re.IGNORECASE)
    assert not [path for path in files() if path.name in {"uv.lock", "poetry.lock", "pdm.lock"}]


def test_that_no_file_cites_a_document_that_is_not_of_the_project() -> None:
    assert not lines_with(A_DOCUMENT_OF_OTHERS)


def test_that_the_licence_is_an_expression_and_its_text_is_nobody_elses() -> None:
    assert project()["project"]["license"] == "Apache-2.0"
    names = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
    assert not [
        path.relative_to(ROOT)
        for path in files()
        if names.fullmatch(path.stem) and path.suffix in {"", ".md", ".txt", ".rst"}
    ]
    words = ["Licensed " + "under the", "Permission is " + "hereby granted", "WITHOUT " + "WARRANT"]
    assert not lines_with("|".join(words), re.IGNORECASE)


def test_that_the_readme_says_under_which_licence() -> None:
    assert "Apache-2.0" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_that_pyside_that_aborts_python_3_11_is_not_taken(python: str) -> None:
    # PySide6 6.12 drops a reference to None at every call that returns nothing: where None is
    # not immortal, before Python 3.12, the process dies within minutes.
    allowed = [
        requirement.specifier
        for requirement in map(Requirement, project()["project"]["dependencies"])
        if requirement.name == "PySide6-Essentials"
        and Marker(str(requirement.marker)).evaluate({"python_version": python})
    ]
    assert len(allowed) == 1
    assert allowed[0].contains("6.11.3")
    assert allowed[0].contains("6.12.0") is (Version(python) >= Version("3.12"))


def test_that_every_dependency_of_development_is_pinned() -> None:
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.partition("#")[0].strip() for line in constraints]
    pinned = {Requirement(pin).name.lower().replace("_", "-") for pin in pins if pin}
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+( ;.*)?", pin) for pin in pins if pin)
    optional = project()["project"]["optional-dependencies"]
    wanted = [
        *project()["project"]["dependencies"],
        *(row for rows in optional.values() for row in rows),
    ]
    named = {
        requirement.name.lower().replace("_", "-")
        for requirement in map(Requirement, wanted)
        if requirement.name != "wallboard"
        and (requirement.marker is None or requirement.marker.evaluate())
    }
    assert named <= pinned
