"""Trees made by hand: sentences of our own wording, parsed as `data/trees.txt` says, no model."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.model import Article, Entity, Fact, Modality, Reading
from kg.rules.extract import read_doc
from kg.rules.relations.scene import Scene
from kg.values.language import load_language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

PATH = Path(__file__).parent / "data" / "trees.txt"
#: Columns of a tree: number, word, lemma, class, features, number of its head, label, name.
Row = tuple[str, str, str, str, str, str, str, str]
#: A fact in short: subject, relation, object and how sure it is.
Short = tuple[str, str, str, Modality]


@cache
def trees() -> dict[str, tuple[Row, ...]]:
    """Return the trees by their sentence."""
    found = {}
    for block in PATH.read_text(encoding="utf-8").strip().split("\n\n"):
        first, *lines = [line for line in block.splitlines() if not line.startswith("##")]
        found[first.removeprefix("# ")] = tuple(tuple(line.split()) for line in lines)
    return found  # type: ignore[return-value]


@cache
def vocabulary() -> Vocab:
    """Return a French vocabulary that knows every word of the trees but the names."""
    import numpy
    import spacy

    vocab = spacy.blank("fr").vocab
    vocab.reset_vectors(width=1)
    vector: Any = numpy.ones(1, dtype="f")
    for rows in trees().values():
        for row in rows:
            if row[3] not in ("PROPN", "X"):
                vocab.set_vector(row[1], vector)
    return vocab


def parse(*sentences: str) -> Doc:
    """Return the tree of some sentences, one after the other, each as the file has it."""
    from spacy.tokens import Doc

    rows: list[Row] = []
    heads, spaces = [], []
    for sentence in sentences:
        first, place = len(rows), 0
        for row in trees()[sentence]:
            place = sentence.index(row[1], place) + len(row[1])
            spaces.append(sentence[place : place + 1] in (" ", ""))
            heads.append(first + int(row[5]) - 1 if row[5] != "0" else len(rows))
            rows.append(row)
    spaces[-1] = False
    return Doc(
        vocabulary(),
        words=[row[1] for row in rows],
        spaces=spaces,
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        morphs=["" if row[4] == "_" else row[4] for row in rows],
        heads=heads,
        deps=[row[6] for row in rows],
        ents=["O" if row[7] == "_" else row[7] for row in rows],
    )


def word(doc: Doc, text: str) -> Token:
    """Return the first token of a text that is a word."""
    return next(token for token in doc if token.text == text)


def read(*sentences: str) -> Reading:
    """Return what some sentences name and say."""
    doc = parse(*sentences)
    return read_doc(Article("a", doc.text), doc)


def scene_of(*sentences: str) -> Scene:
    """Return what the rules read of some sentences: who is named where."""
    from kg.rules.mentions.classes import classify
    from kg.rules.mentions.mention import find_mentions
    from kg.rules.resolve.anaphora import add_anaphora
    from kg.rules.resolve.cast import resolve

    doc, lang = parse(*sentences), load_language("fr")
    cast = resolve(doc, classify(find_mentions(doc, lang), doc, lang), lang)
    return Scene(add_anaphora(cast, lang), lang)


def facts_of(*sentences: str, relation: str = "") -> list[Short]:
    """Return in short the facts that some sentences say, of one relation if it is given."""
    return [short(f) for f in read(*sentences).facts if f.property == relation or not relation]


def fact_of(relation: str, *sentences: str) -> Fact:
    """Return the only fact of a relation that some sentences say."""
    (fact,) = (fact for fact in read(*sentences).facts if fact.property == relation)
    return fact


def short(fact: Fact) -> Short:
    """Return a fact in short."""
    target = fact.object.name if isinstance(fact.object, Entity) else str(fact.object)
    return fact.subject.name, fact.property, target, fact.modality
