"""The reader as a component of a spaCy pipeline: names, references and facts on the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.model import Article, Reading
from kg.reader.package import Package, choose_model, find_article, load_package, tell_reading
from kg.reader.reading import Found

if TYPE_CHECKING:
    from kg.model import Span as Characters

#: spaCy's own names for classes of names.
LABELS = {"Organization": "ORG", "Person": "PER", "Place": "LOC", "Product": "MISC"}
#: The group of spans that holds noun phrases and pronouns with what they mean.
REFERENCES = "references"


class Component:
    """Find names, references and facts, and write them on documents.

    `doc.ents` are names; `doc.spans["references"]` holds noun phrases and pronouns, each with the
    name of what it means as its `kb_id_`; `doc._.facts` is a tuple of `kg.model.Fact`, and
    `doc._.reading` all that was read. An article of its own, set as `doc._.article`, gives the
    date that 'last March' counts from.
    """

    def __init__(self, package: Package, lang: str) -> None:
        self.package, self.lang = package, lang
        for name in ("article", "reading"):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=None)
        if not Doc.has_extension("facts"):
            Doc.set_extension("facts", default=())

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        self.set_annotations([doc], self.predict([doc]))
        return doc

    def predict(self, docs: Iterable[Doc]) -> list[Found]:
        """Return what documents name and say, and change none of them."""
        return [find_article(self.package, self.article(doc)) for doc in docs]

    def article(self, doc: Doc) -> Article:
        """Return the article that a document is of, or its text as one."""
        return doc._.article or Article("doc", doc.text, self.lang)

    def set_annotations(self, docs: Sequence[Doc], founds: Sequence[Found]) -> None:
        """Write what was found on the documents."""
        for doc, found in zip(docs, founds, strict=True):
            doc._.reading = tell_reading(self.package, self.article(doc), found)
            doc._.facts = doc._.reading.facts
            text = doc.text  # made anew each time that it is asked for
            names, references = [], []
            for thing in found.things:
                label = LABELS.get(thing.label)
                if not label:
                    continue
                first = thing.names[0]
                meant = text[first.begin : first.end]
                names += [cover(doc, (m.begin, m.end), label, meant) for m in thing.names]
                references += [cover(doc, (m.begin, m.end), label, meant) for m in thing.others]
            doc.ents = keep_longest([span for span in names if span])
            doc.spans[REFERENCES] = [span for span in references if span]


def cover(doc: Doc, characters: Characters, label: str, meant: str) -> Span | None:
    """Return the tokens that hold some characters, None where there are none."""
    span: Span | None = doc.char_span(
        *characters, label=label, kb_id=meant, alignment_mode="expand"
    )
    return span


def keep_longest(spans: Iterable[Span]) -> list[Span]:
    """Return spans that do not overlap, the longest first where some do."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda s: (-len(s), s.start)):
        if taken.isdisjoint(tokens := range(span.start, span.end)):
            kept.append(span)
            taken.update(tokens)
    return sorted(kept, key=lambda span: span.start)


@Language.factory("pressgraph", default_config={"folder": ""})
def make_component(nlp: Language, name: str, folder: str) -> Component:
    """Make the component from a model's folder; without one, from $KG_MODEL or what is shipped."""
    return Component(load_package(choose_model(folder)), nlp.lang or "")


@cache
def load_pipeline(folder: Path) -> Language:
    """Return a pipeline of nothing but the reader of a folder, loaded once.

    It cuts words as in any language: nothing here asks how, and spaCy's French exceptions take
    longer to load than all else.
    """
    nlp = spacy.blank("xx")
    nlp.max_length = 1 << 40  # a text is read in windows, however long it is
    nlp.add_pipe("pressgraph", config={"folder": str(folder)})
    return nlp


def read_article(article: Article, model: str = "") -> Reading:
    """Read an article through a pipeline, with the model of a folder."""
    nlp = load_pipeline(choose_model(model))
    doc = nlp.make_doc(article.text)
    doc._.article = article
    reading: Reading = nlp(doc)._.reading
    return reading
