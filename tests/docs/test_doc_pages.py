"""Every command and every piece of code in docs/ is run, and answers as it is shown."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from conftest import ROOT
from doc_pages import (
    DOCS,
    TEXTS,
    is_run,
    list_blocks,
    list_commands,
    list_inline,
    split_words,
    told,
)
from shown import PYTHON, Place, going_to, run_page
from typer.main import get_command

from kg import cli
from kg.ask.query import list_queries
from kg.files.writing import write_text

#: Pages that show what is run.
RUN = sorted(name for name, text in TEXTS.items() if is_run(text))
#: What pages show and no test runs, since it installs, trains for long, or is another program's.
NOT_RUN = (
    "pip",
    "make",
    "neo4j-admin",
    "cypher-shell",
    "dask",
    "kg train",
    "kg draw",
    "kg serve",
    "kg build --model",
    "python3 -m venv",
    "uv tool",
)
COMMANDS = get_command(cli.app).commands  # type: ignore[attr-defined]
#: What pages may begin with, made once: the articles alone, or their store as well.
BEGUN = ("articles", "news")
#: A figure that was measured: its name, and what it says.
FIGURE = re.compile(r"<!-- figure:(\w+) -->(.*?)<!-- /figure -->", re.DOTALL)
#: When all files were made: 29 November 2024.
DAY = 1_732_881_600


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build the store of the tutorial once, beside all that pages need."""
    folder = tmp_path_factory.mktemp("begun")
    for name in ("articles", "pdfs", "feeds", "registers", "scripts", "sheets"):
        if (DOCS / name).is_dir():
            shutil.copytree(DOCS / name, folder / name)
    shutil.copytree(ROOT / "examples" / "teach", folder / "teach")
    for table in DOCS.glob("*.csv"):
        shutil.copy(table, folder)
    for path in folder.rglob("*"):
        os.utime(path, (DAY, DAY))  # what is told of a file's age is the same everywhere
    with pytest.MonkeyPatch.context() as patch:
        tools = tmp_path_factory.mktemp("tools") / "bin"
        with going_to(folder, tools, patch) as place:
            place.run("kg build articles --meta articles.csv --store news")
            assert place.code == 0
    yield folder


@pytest.fixture
def place(begun: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Go to a copy of what a page begins with."""
    text = TEXTS[request.getfixturevalue("name")]
    if needed := told(text, "needs"):
        pytest.importorskip(needed)
    start = told(text, "place") or "news"
    assert start in BEGUN
    left_out = shutil.ignore_patterns(*(["news", "news.*"] if start == "articles" else []))
    folder = tmp_path / "place"
    shutil.copytree(begun, folder, ignore=left_out)
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        yield stack.enter_context(going_to(folder, tmp_path / "tools", patch, columns=120))


def test_there_are_pages() -> None:
    assert len(RUN) >= 15
    assert sum(len(list(list_commands(text))) for text in TEXTS.values()) >= 100


@pytest.mark.model
@pytest.mark.parametrize("name", RUN)
def test_page_answers_as_shown(name: str, place: Place, write: bool) -> None:
    now = run_page(TEXTS[name], place)
    if write:
        write_text(DOCS / name, now)
    else:
        assert now.splitlines() == TEXTS[name].splitlines(), "if it is meant, run: make golden"
    assert place.code == 0


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_what_is_not_run_is_known(name: str) -> None:
    text = TEXTS[name]
    for block in list_blocks(text, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            assert not line or line.startswith(NOT_RUN), line
            if line.startswith("kg "):
                parse(line)
    kinds = set(re.findall(r"^```(?!\{)(\w+)", text, re.MULTILINE))
    assert kinds <= {"console", "python", "text", "sh", "turtle", "sparql", "json"}, kinds
    assert len(PYTHON.findall(text)) == text.count("```python")
    assert text.count("\n```") % 2 == 0


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_commands_in_sentences_have_verbs_and_options_that_exist(name: str) -> None:
    for command in list_inline(TEXTS[name]):
        verb, *words = split_words(command)[1:]
        assert verb in COMMANDS, command
        known = {option for it in COMMANDS[verb].params for option in it.opts + it.secondary_opts}
        for word in words:
            assert not re.match(r"--?[a-z]", word) or word in known, f"{command}: {word}"


def test_figures_are_those_of_the_readme() -> None:
    readme = dict(FIGURE.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    told = [found for text in TEXTS.values() for found in FIGURE.findall(text)]
    assert len(told) == len({name for name, _ in told}) >= 4, "a figure stands on one page"
    for name, figure in told:
        assert readme.get(name, figure) == figure, name


def parse(line: str) -> None:
    """Let the command line read a command without running it; what it does not know raises."""
    _, verb, *words = split_words(line.partition("#")[0])
    COMMANDS[verb].make_context(verb, words)


def test_every_verb_has_a_section_with_its_options_and_an_example() -> None:
    text = TEXTS["reference/commands.md"]
    sections = re.findall(r"^### ([^\n]+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    assert sorted(verb for verb, _ in sections) == sorted(COMMANDS)
    for verb, section in sections:
        assert f"```{{verb}} {verb}\n```" in section
        shown = [*list_commands(section), *"".join(list_blocks(section, "sh")).splitlines()]
        assert any(re.search(rf"\bkg {verb}\b", it) for it in shown), verb


def test_every_question_is_asked_on_a_page() -> None:
    asked = "\n".join(command for text in TEXTS.values() for command in list_commands(text))
    for question in list_queries():
        assert re.search(rf"\b{question.name}\b", asked), question.name
