"""The reader as a component of a spaCy pipeline: names, references and facts on the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.model import Article
from kg.reader.package import Package, find_article, load_package
from kg.reader.reading import Found, make_reading

if TYPE_CHECKING:
    from kg.model import Span as Characters

#: spaCy's own names for classes of names.
LABELS = {"Organization": "ORG", "Person": "PER", "Place": "LOC", "Product": "MISC"}
#: Where the weights that ship with the package lie.
SHIPPED = Path(__file__).parent / "weights"
#: The group of spans that holds noun phrases and pronouns with what they mean.
REFERENCES = "references"


class Component:
    """Find names, references and facts, and write them on documents.

    `doc.ents` are names; `doc.spans["references"]` holds noun phrases and pronouns, each with the
    name of what it means as its `kb_id_`; `doc._.facts` is a tuple of `kg.model.Fact`.
    """

    def __init__(self, package: Package, lang: str) -> None:
        self.package, self.lang = package, lang
        if not Doc.has_extension("facts"):
            Doc.set_extension("facts", default=())

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        self.set_annotations([doc], self.predict([doc]))
        return doc

    def predict(self, docs: Iterable[Doc]) -> list[Found]:
        """Return what documents name and say, and change none of them."""
        return [find_article(self.package, doc.text, self.lang) for doc in docs]

    def set_annotations(self, docs: Sequence[Doc], founds: Sequence[Found]) -> None:
        """Write what was found on the documents."""
        for doc, found in zip(docs, founds, strict=True):
            article = Article("doc", doc.text, self.lang)
            reading = make_reading(article, found, self.package.limits)
            doc._.facts = reading.facts
            names, references = [], []
            for thing in found.things:
                label = LABELS.get(thing.label)
                if not label:
                    continue
                first = thing.names[0]
                meant = doc.text[first.begin : first.end]
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
    for span in sorted(spans, key=lambda s: (-len(s), s.start)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


@Language.factory("pressgraph", default_config={"folder": ""})
def make_component(nlp: Language, name: str, folder: str) -> Component:
    """Make the component from a model's folder; without one, from the one that is shipped."""
    return Component(load_package(Path(folder) if folder else SHIPPED), nlp.lang or "")
