"""Files and functions keep the house's measures and names."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kg.cli import VERBS

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "kg").rglob("*.py"))
FORBIDDEN = re.compile(r"util|helper|common|base|manager|misc", re.IGNORECASE)
LINES, FUNCTION_LINES, PARAMETERS = 260, 40, 4
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "kg").with_suffix("").parts)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> list[Function]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, Function)]


def length(function: Function) -> int:
    """Return a function's lines without its docstring and decorators."""
    assert function.end_lineno
    first = function.body[0]
    text = ast.get_docstring(function) is not None
    doc = (first.end_lineno or 0) - first.lineno + 1 if text else 0
    return function.end_lineno - function.lineno + 1 - doc


def is_verb(function: Function) -> bool:
    """Tell whether a function is a verb of the command line, whose parameters are options."""
    return function.name in {verb.__name__ for verb in VERBS}


def test_there_are_modules() -> None:
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_keeps_its_measure(path: Path) -> None:
    assert not FORBIDDEN.search(path.stem)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_says_what_it_is_in_one_line(path: Path) -> None:
    text = ast.get_docstring(tree(path))
    assert text
    assert "\n" not in text
    assert text.endswith(".")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_keep_their_measure(path: Path) -> None:
    for function in functions(path):
        assert length(function) <= FUNCTION_LINES, function.name
        taken = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
        count = len([name for name in taken if name not in ("self", "cls")])
        assert count <= PARAMETERS or is_verb(function), function.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_prints(path: Path) -> None:
    if path.stem == "cli" or "verbs" in path.parts:
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in ("print", "sys.exit", "sys.stdout.write")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_are_opened_with_their_encoding(path: Path) -> None:
    for node in ast.walk(tree(path)):
        opens = isinstance(node, ast.Call) and ast.unparse(node.func)
        if opens and opens != "os.open" and opens.endswith((".read_text", ".open")):
            words = {word.arg for word in node.keywords}
            binary = any("b" in ast.unparse(argument) for argument in node.args)
            assert "encoding" in words or binary, ast.unparse(node)


def test_tests_are_named_after_what_they_test() -> None:
    modules = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}
    rules = {
        "layers",
        "names",
        "words",
        "readme",
        "notebooks",
        "published",
        "guides",
        "voice",
        "examples",
        "gold",
        "bench",
    }
    for path in (ROOT / "tests").glob("test_*.py"):
        assert path.stem.removeprefix("test_").split("_")[0] in modules | rules, path.name


def test_no_language_is_named_in_code() -> None:
    """Words of a language belong in `kg/values/lang`; code never asks which language it is."""
    for path in MODULES:
        assert not re.search(r"lang(?:uage)?(?:\.code)? == ", path.read_text(encoding="utf-8"))
