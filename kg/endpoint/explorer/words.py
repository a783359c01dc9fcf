"""Claims in plain words, each thing in them with its IRI, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

import pyoxigraph as ox

from kg import ontology
from kg.page.render import read
from kg.who.said.brief import Brief
from kg.who.said.some import LABEL, read_text
from kg.wordings import choose_wording

#: Languages of the pages, the first one where a browser asks for neither.
LANGS = ("fr", "en")


#: Words that lead to another one: a role that begins or ends with one is no predicate.
LEADING = frozenset(
    "le la les un une des du de d' l' au aux à chez en et pour the a an of at for and in".split()
)
#: Words by which an article names a post, not who has it.
POSTS = frozenset(
    "direction présidence fauteuil mandat poste siège cabinet conseil comité tête préside dirige"
    " board committee presidency leadership helm seat chairs heads leads runs".split()
)


@dataclass(frozen=True, slots=True)
class Worded:
    """Hold a claim in pieces, each with the IRI of the thing that it names or ''."""

    claim: Brief
    pieces: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """Say it as a text."""
        return "".join(text for text, _ in self.pieces)


@cache
def read_words() -> dict[str, dict[str, Any]]:
    """Return the words of the pages by language."""
    words: dict[str, dict[str, Any]] = json.loads(read("explorer/texts.json"))
    return words


def choose_lang(asked: str, accepted: str) -> str:
    """Return the language of a page: the one asked for, or else what a browser likes best.

    >>> choose_lang("", "de, en-GB;q=0.9, fr;q=0.8"), choose_lang("fr", "en"), choose_lang("", "")
    ('en', 'fr', 'fr')
    """
    if asked in LANGS:
        return asked
    liked = []
    for at, part in enumerate(accepted.lower().split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            liked.append((-float(weight or 1), at, name[:2]))
        except ValueError:
            continue
    return next((name for _, _, name in sorted(liked) if name in LANGS), LANGS[0])


def word_claim(
    store: ox.Store, claim: Brief, lang: str, known: Mapping[str, str] | None = None
) -> Worded:
    """Put a claim in plain words, in English if in no other way, with what is `known` of it."""
    name = claim.relation.removeprefix(ontology.KG)
    ends = {"subject": (read_text(store, claim.subject, LABEL) or claim.subject, claim.subject)}
    ends["object"] = (name_object(store, claim), claim.target)
    told = {gap: text for gap, (text, _) in ends.items()}
    values = {**(known or {}), **told, "role": claim.role}
    terms = ontology.properties()
    wordings = terms[name].wordings if name in terms else {}
    wording = choose_wording(wordings.get(lang) or wordings.get("en", ()), values)
    if claim.role and not fits_sentence(claim.role):
        wording = f"{{subject}}{escape(read_words()[lang]['colon'])}{{role}} — {{object}}"
    label = ontology.label(name, lang) if name in terms else name
    return Worded(claim, fill(wording or f"{{subject}} {escape(label)} {{object}}", ends, values))


def fits_sentence(role: str) -> bool:
    """Tell whether someone can be said to be what a role is called: one, without what leads on.

    >>> fits_sentence("directrice des risques"), fits_sentence("directrice des risques de")
    (True, False)
    >>> fits_sentence("patrons"), fits_sentence("l'ancien patron"), fits_sentence("direction")
    (False, False, False)
    """
    words = role.lower().replace("’", "'").split()
    plural = words[0].endswith(("s", "x")) and not words[0].endswith("ss")
    led = words[0] in LEADING or words[0].startswith(("l'", "d'"))
    return not (plural or led or words[-1] in LEADING or words[0] in POSTS)


def name_object(store: ox.Store, claim: Brief) -> str:
    """Return what a claim leads to: the name of a thing, or a value without needless decimals."""
    told = claim.object.value
    return (read_text(store, told, LABEL) or told) if claim.target else told.removesuffix(".0")


def fill(
    wording: str, ends: Mapping[str, tuple[str, str]], values: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Fill a wording's gaps, and return its pieces with the IRIs of things.

    >>> fill("{subject} ({role})", {"subject": ("Ava", "urn:a")}, {"role": "CEO"})
    (('Ava', 'urn:a'), (' (', ''), ('CEO', ''), (')', ''))
    """
    pieces: list[tuple[str, str]] = []
    for text, gap, _, _ in Formatter().parse(wording):
        pieces.append((text, ""))
        if gap is not None:
            pieces.append(ends[gap] if gap in ends else (values[gap], ""))
    return tuple(piece for piece in pieces if piece[0])


def escape(text: str) -> str:
    """Return a text as a wording without gaps.

    >>> escape("a {b}")
    'a {{b}}'
    """
    return text.replace("{", "{{").replace("}", "}}")
