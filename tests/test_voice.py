"""One voice: help, messages, pages and docs use the words of docs/explain/words.md, no others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import pytest
from conftest import ROOT
from test_errors import list_messages
from test_layers import MODULES, file_of
from typer.main import get_command

from kg import cli, ontology

DOCS, PAGE = ROOT / "docs", ROOT / "kg" / "page"
WORDS = (DOCS / "explain" / "words.md").read_text(encoding="utf-8")
#: Language → how its part of the list says which words are not used.
PARTS = {"en": (WORDS.partition("## En français")[0], "Not"),
         "fr": (WORDS.partition("## En français")[2], "Non")}  # fmt: skip
#: Page, command or module → words there that are another program's for its own thing.
THEIRS = {
    "docs/howto/neo4j.md": {"database", "relationship"},
    "docs/howto/openaleph.md": {"entities"},
    "docs/model/index.md": {"statement"},
    "docs/explain/rights.md": {"database"},
    "docs/explain/words.md": None,
    "CONTRIBUTING.md": {"verb", "repository"},  # grammar's, git's
    "SECURITY.md": {"entities"},  # XML's
    "corpus/README.md": {"annotation"},
    "export": {"statement"},  # FollowTheMoney's
    "sources.forms.feed": {"entities"},  # XML's
}
#: What else people read first.
GUIDES = (
    "README.md", "README.fr.md", "CONTRIBUTING.md", "UPGRADING.md", "SECURITY.md", "CHANGELOG.md",
    "corpus/README.md", "examples/README.md", "examples/teach/README.md", "ontologies/README.md",
)  # fmt: skip
#: What is code, not words: blocks, code in a line, names of files, comments.
CODE = re.compile(r"^(`{3,}).*?^\1$|`[^`]*`|<!--.*?-->|\]\([^)]*\)", re.MULTILINE | re.DOTALL)
#: What a template or a message fills in.
FILLED = re.compile(r"\{[^}]*\}|\{%.*?%\}")
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>|\{[{%].*?[}%]\}", re.DOTALL)


def list_words(lang: str) -> list[str]:
    """Return the words that are not used in a language."""
    text, head = PARTS[lang]
    lines = re.findall(rf"{head} ?: (.+?)\.$", text, re.MULTILINE)
    return [word for line in lines for word in line.split(", ")]


def find_words(text: str, lang: str) -> set[str]:
    """Find the words of a text that are not used in a language.

    >>> sorted(find_words("The Documents name two entities.", "en"))
    ['document', 'entities']
    """
    words = list_words(lang)
    pattern = rf"\b({'|'.join(map(re.escape, words))})(?:s|es)?\b"
    return {found.lower() for found in re.findall(pattern, text, re.IGNORECASE)}


def list_help() -> Iterator[tuple[str, str]]:
    """Yield what `--help` tells, by command."""
    for name, command in get_command(cli.app).commands.items():  # type: ignore[attr-defined]
        yield name, command.help or ""
        for one in command.params:
            yield f"{name} {one.name}", one.help or ""


def list_texts(value: Any) -> Iterator[str]:
    """Yield the texts in what JSON holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from list_texts(one)


def tell_others(told: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the words that are not used, and stand there all the same, by place."""
    found = {where: find_words(text, "en") - (THEIRS.get(where.split()[0]) or set())
             for where, text in told}  # fmt: skip
    return {where: words for where, words in found.items() if words}


def list_docs() -> Iterator[str]:
    """Yield the pages of docs/."""
    return (path.relative_to(ROOT).as_posix() for path in DOCS.rglob("*.md"))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_list_is_read(lang: str) -> None:
    words = list_words(lang)
    assert len(words) >= 10
    assert len({*words}) == len(words)
    for word in words:
        assert find_words(f"x {word}s y", lang) == {word}
    used = re.findall(r"^(\w+)\n: ", PARTS[lang][0], re.MULTILINE)
    assert {*used}.isdisjoint(words)
    assert len(used) >= 8


def test_help_has_one_voice() -> None:
    told = [*list_help()]
    assert len(told) > 150
    assert tell_others(told) == {}


def test_messages_have_one_voice() -> None:
    told = [
        (f"{module} line {line}", FILLED.sub("", text))
        for module in MODULES
        for line, text in list_messages(file_of(module))
    ]
    assert len(told) > 200
    assert tell_others(told) == {}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_pages_have_one_voice(lang: str) -> None:
    found, read = {}, 0
    for path in sorted(PAGE.rglob("*.json")):
        texts = json.loads(path.read_text(encoding="utf-8")).get(lang, {})
        for text in list_texts(texts):
            read += 1
            if words := find_words(text, lang):
                found[f"{path.name}: {text}"] = words
    assert read > 100
    assert found == {}


def test_lines_of_the_explorer_have_one_voice() -> None:
    lines = json.loads((PAGE / "explorer" / "lines.json").read_text(encoding="utf-8"))["fr"]
    assert len(lines) > 100
    assert tell_others((line, FILLED.sub("", line)) for line in lines) == {}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_labels_have_one_voice(lang: str) -> None:
    told = {name: term.labels[lang] for name, term in ontology.terms().items()}
    assert len(told) > 100
    found = {name: find_words(text, lang) for name, text in told.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_notebooks_have_one_voice() -> None:
    paths = sorted((ROOT / "examples").glob("*.ipynb"))
    assert len(paths) == 3
    cells = [cell for path in paths for cell in json.loads(path.read_bytes())["cells"]]
    texts = ["".join(it["source"]) for it in cells if it["cell_type"] == "markdown"]
    assert tell_others(enumerate_texts(texts)) == {}


def enumerate_texts(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield texts without code, each by its number."""
    return ((f"cell {number}", CODE.sub("", text)) for number, text in enumerate(texts))


def test_templates_have_one_voice() -> None:
    paths = sorted(PAGE.rglob("*.html"))
    assert len(paths) > 5
    texts = {path.name: unescape(TAGS.sub(" ", path.read_text(encoding="utf-8"))) for path in paths}
    assert tell_others(texts.items()) == {}


@pytest.mark.parametrize("page", [*GUIDES, *sorted(list_docs())], ids=str)
def test_docs_have_one_voice(page: str) -> None:
    lang = "fr" if page.startswith("docs/fr/") or page.endswith(".fr.md") else "en"
    allowed = THEIRS.get(page, set())
    text = CODE.sub("", (ROOT / page).read_text(encoding="utf-8").partition("\n## [0.1")[0])
    if allowed is not None:
        assert find_words(text, lang) - allowed == set()
        assert allowed <= find_words(text, lang), "allowed, and not used"
