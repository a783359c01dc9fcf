"""Markdown: the text without its marks, an item or a row a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.errors import ArticleError
from kg.sources.details import draft_fields
from kg.sources.forms.form import Form
from kg.sources.forms.hypertext import plain_fragment
from kg.sources.forms.markup.matter import is_headed, split_matter
from kg.sources.source import Draft, Source, read_text

if TYPE_CHECKING:
    from markdown_it.token import Token

#: Marks of a heading, of what is bold, of a link; a text of no other form has two of them.
HEADING = re.compile(r"^#{1,4} \S", re.MULTILINE)
BOLD = re.compile(r"(?<![\w*])\*\*\w[^*\n]{0,300}\*\*(?!\*)")
LINK = re.compile(r"\[[^\[\]\n]{1,200}\]\((?:https?://|[\w./#-]{1,100}\))")


def is_marked(text: str) -> bool:
    r"""Tell whether a text without such an ending is Markdown, by two kinds of its marks.

    >>> is_marked("# Fusion\n\n**Nordil** signe."), is_marked("# 1 mondial\nNordil signe.")
    (True, False)
    """
    headings = len(HEADING.findall(text))
    kinds = (headings > 0, headings > 2, bool(BOLD.search(text)), bool(LINK.search(text)))
    return sum(kinds) >= 2


def read_markdown(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the text of a Markdown file, with what its front matter says of it."""
    text = read_text(source)
    fields, body = split_matter(text, source.tell)
    yield draft_fields(fields, plain_markdown(body))


def plain_markdown(text: str) -> str:
    r"""Return the text that a Markdown text shows.

    >>> plain_markdown("# Fusion\n\nLe [groupe](x.html) **Solvéra**\nsigne.\n\n- Un\n- Deux")
    'Fusion\n\nLe groupe Solvéra signe.\n\nUn\n\nDeux\n'
    """
    from markdown_it import MarkdownIt

    tokens = (
        MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"]).parse(text)
    )
    paragraphs, cells, inside, number = [], list[str](), False, ""
    for token in tokens:
        if token.type == "tr_open":
            cells, inside = [], True
        elif token.type == "tr_close":
            paragraphs.append(" | ".join(cells))
            inside = False
        elif token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type in ("inline", "code_block", "html_block"):
            words = number + block_words(token).strip()
            (cells if inside else paragraphs).append(words)
            number = ""
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def block_words(token: Token) -> str:
    """Return the words of a block: of one indented as well, which a sender may have done."""
    if token.type == "html_block":
        return plain_fragment(re.sub(r"<!--.*?-->", "", token.content, flags=re.DOTALL))
    if token.type == "code_block":
        return "\n".join(map(str.strip, token.content.splitlines()))
    return "".join(inline_words(token.children or ()))


def inline_words(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the words of a paragraph, without pictures and tags."""
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type == "softbreak":
            yield " "
        elif token.type == "hardbreak":
            yield "\n"


MARKDOWN = Form(
    "Markdown",
    (".md", ".markdown", ".mdown", ".mkd"),
    is_headed,
    read_markdown,
)
