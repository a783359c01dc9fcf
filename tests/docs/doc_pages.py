"""The pages of docs/ as tests see them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from conftest import ROOT
from shown import CONSOLE, PYTHON, split_block

DOCS = ROOT / "docs"
PAGES = sorted(
    path for path in DOCS.rglob("*.md") if not path.relative_to(DOCS).parts[0].startswith("_")
)
#: Path in docs/ → the page's text.
TEXTS = {str(path.relative_to(DOCS)): path.read_text(encoding="utf-8") for path in PAGES}
#: A block of any kind: its first line, and what stands in it.
BLOCK = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
#: Code in a line.
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
COMMENT = re.compile(r"<!-- (place|needs): ([\w -]+) -->")


def list_commands(text: str) -> Iterator[str]:
    """Yield the commands of a page that are run."""
    for block in CONSOLE.findall(text):
        for command, _ in split_block(block):
            yield re.sub(r"\\\n\s*", "", command)


def list_blocks(text: str, kind: str) -> list[str]:
    """Return the blocks of a kind."""
    return [found[3] for found in BLOCK.finditer(text) if found[2] == kind]


def list_inline(text: str) -> list[str]:
    """Return the commands of `kg` that a page names in its sentences and its tables."""
    return [it for it in INLINE.findall(BLOCK.sub("", text)) if re.match(r"kg [a-z]", it)]


def told(text: str, what: str) -> str:
    """Return what a page's comment tells its tests: where it begins, or what it needs."""
    return next((found[2] for found in COMMENT.finditer(text) if found[1] == what), "")


def is_run(text: str) -> bool:
    """Tell whether a page has commands or code."""
    return bool(CONSOLE.search(text) or PYTHON.search(text))


def split_words(command: str) -> list[str]:
    """Return a command's words as a shell has them, without what leads elsewhere."""
    return shlex.split(re.split(r"\s(?:\||>|&&|2>)", command)[0])
