"""What tables of a network are headed with, and hold, in the language that one asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg import ontology

if TYPE_CHECKING:
    from kg.network.listing import Cell

#: Column → its heading, by language; in English, the column's own name.
HEADINGS = {
    "fr": {
        "areas": "domaines", "article": "article", "betweenness": "intermédiarité",
        "claims": "affirmations", "class": "classe", "community": "communauté",
        "confidence": "confiance", "cut": "charnière", "direction": "sens", "from": "de",
        "links": "liens", "main_source": "article principal", "members": "membres",
        "modality": "modalité", "name": "nom", "one": "l’un", "one_side": "de son côté",
        "other": "l’autre", "other_side": "de l’autre côté", "pagerank": "pagerank",
        "relation": "relation", "sources": "articles", "step": "pas", "things": "choses",
        "to": "à", "voices": "voix",
    },
}  # fmt: skip
#: Words that measures answer with, by language.
WORDS = {"fr": {"yes": "oui", "others": "autres", "over": "terminé"}}
#: What stands for a name that is blank, and letters of a text that a cell shows.
NAMELESS = {"fr": "(sans nom)", "en": "(no name)"}
LONGEST = 120
#: Columns of names.
NAMED = ("name", "from", "to", "one", "other")


def head(column: str, lang: str) -> str:
    """Return the heading of a column.

    >>> head("main_source", "fr"), head("main_source", "en")
    ('article principal', 'main source')
    """
    return HEADINGS.get(lang, {}).get(column) or column.replace("_", " ")


def word_cell(column: str, cell: Cell, lang: str) -> Cell:
    """Return a cell in a language, with a name in it for what has none, and no longer than shown.

    >>> word_cell("class", "Company", "fr"), word_cell("modality", "actual, over", "fr")
    ('entreprise', 'avéré, terminé')
    >>> word_cell("name", " ", "en"), len(word_cell("name", "a" * 5000, "en"))
    ('(no name)', 120)
    """
    if isinstance(cell, tuple):
        return tuple(name_text(text, lang) for text in cell)
    if not isinstance(cell, str):
        return cell
    words = WORDS.get(lang, {})
    if column in NAMED and cell not in words:
        return name_text(cell, lang)
    if column == "class" and lang != "en":
        return ontology.label(cell, lang) if cell in ontology.classes() else cell
    if column == "modality" and lang != "en":
        return ", ".join(word_modality(it, lang, words) for it in cell.split(", "))
    return words.get(cell, shorten(cell)) if column in ("cut", "name") else shorten(cell)


def word_modality(told: str, lang: str, words: dict[str, str]) -> str:
    """Return how something is put forward, in a language."""
    name = told.capitalize()
    return words.get(told) or (ontology.label(name, lang) if name in ontology.terms() else told)


def name_text(text: str, lang: str) -> str:
    """Return a name that can be seen, no longer than a cell shows."""
    return shorten(text) if text.strip() else NAMELESS.get(lang, NAMELESS["en"])


def shorten(text: str) -> str:
    """Return a text no longer than a cell shows.

    >>> shorten("a" * 5000)[-3:]
    'aa…'
    """
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def head_all(columns: Sequence[str], lang: str) -> list[str]:
    """Return the headings of some columns.

    >>> head_all(["name", "class"], "fr")
    ['nom', 'classe']
    """
    return [head(column, lang) for column in columns]
