"""Marked articles to examples: pieces, windows and everything to be learned, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from kg.model import Span
from kg.reader.pairs import Bools
from kg.reader.pieces import Ints, Pieces, Vocabulary, cut_pieces
from kg.reader.scheme import CLASSES, INDEX, MODALITIES, NAMES, OTHERS, RELATIONS, SLOTS, SPANS
from kg.reader.windows import Window, cut_windows, mark_layout
from kg.training.marked.corpus import MarkedArticle, MarkedFact
from kg.training.tags import shift_windows, tag_spans
from kg.values.figures import FILLS, find_figures

#: Windows an example has at most; a longer article makes several examples that share a window.
WINDOWS = 3
#: Kinds of candidates for the slots of a fact, beside the mentions of speakers.
CANDIDATES = ("role", "market", *FILLS)


@dataclass(frozen=True, slots=True)
class Target:
    """Hold what is to be learned of one fact; places are pieces, a slot's value a candidate."""

    subject: int
    object: int
    relation: int
    modality: int
    ended: bool
    masked: bool
    evidence: Span | None
    values: Mapping[int, int]
    by: int = -1


@dataclass(frozen=True, slots=True)
class Example:
    """Hold a part of an article as arrays; things are numbered, mentions are rows.

    `begins` and `lasts` are the first and the last piece of each mention, `of` its thing, `named`
    whether it is a name. `tags` holds one row a layer: names, others, spans; 0 is outside, then
    two numbers a class, first and further pieces. `worth` is 1 for things that must be listed.
    """

    name: str
    ids: Ints
    layout: Ints
    windows: tuple[Window, ...]
    tags: Ints
    begins: Ints
    lasts: Ints
    of: Ints
    named: Bools
    classes: Bools
    worth: Bools
    places: Ints
    kinds: Ints
    targets: tuple[Target, ...] = field(default=())


def make_examples(article: MarkedArticle, vocabulary: Vocabulary) -> Iterator[Example]:
    """Make the examples of one article, mostly one."""
    pieces = cut_pieces(article.text, vocabulary)
    windows = cut_windows(article.text, pieces)
    layout = mark_layout(article.text, pieces)
    things = _list_things(article)
    for start in range(0, max(1, len(windows) - 1), WINDOWS - 1):
        part = windows[start : start + WINDOWS]
        yield _Part(article, pieces, things, part).example(layout)


@dataclass(frozen=True, slots=True)
class _Things:
    """Hold an article's things in order: those declared, areas, percentages."""

    numbers: Mapping[str, int]
    classes: tuple[tuple[str, ...], ...]
    optional: tuple[bool, ...]
    mentions: tuple[tuple[int, int, int, bool], ...]


def _place_key(place: Span) -> str:
    return f"{place[0]}-{place[1]}"


def _list_things(article: MarkedArticle) -> _Things:
    """List the things of an article, and all mentions: begin, end, thing, whether it is a name."""
    known = {thing.key: (thing.classes, thing.optional) for thing in article.things}
    mentions = {(m.begin, m.end, m.key, m.named) for m in article.marks}
    placed = [(f.place, RELATIONS[INDEX[f.relation]].objects) for f in article.facts if f.place]
    figures = [f for f in find_figures(article.text) if f.kind == "percent"]
    for place, classes in placed + [((f.begin, f.end), ("Figure",)) for f in figures]:
        known.setdefault(_place_key(place), (classes, True))
        mentions.add((*place, _place_key(place), True))
    numbers = {key: number for number, key in enumerate(known)}
    return _Things(
        numbers,
        tuple(classes for classes, _ in known.values()),
        tuple(optional for _, optional in known.values()),
        tuple(sorted((b, e, numbers[k], n) for b, e, k, n in mentions)),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Make the example of some windows of an article."""

    article: MarkedArticle
    pieces: Pieces
    things: _Things
    windows: list[Window]

    def cover(self, begin: int, end: int) -> Span | None:
        """Return a span of characters as pieces of this part, None where it is not all inside."""
        first, last = self.pieces.cover(begin, end)
        low, high = self.windows[0].first, self.windows[-1].last
        inside = low <= first < last <= high
        return (first - low, last - low) if inside else None

    def example(self, layout: Ints) -> Example:
        low, high = self.windows[0].first, self.windows[-1].last
        rows = [
            (*span, thing, named)
            for begin, end, thing, named in self.things.mentions
            if (span := self.cover(begin, end))
        ]
        here = sorted({row[2] for row in rows})
        number = {thing: index for index, thing in enumerate(here)}
        rows = [(first, last, number[thing], named) for first, last, thing, named in rows]
        table = np.array(rows, int).reshape(-1, 4)
        candidates = self.candidates()
        classes = np.array([[c in self.things.classes[t] for c in CLASSES] for t in here], bool)
        return Example(
            name=self.article.name,
            ids=self.pieces.ids[low:high],
            layout=layout[low:high],
            windows=shift_windows(self.windows),
            tags=self.tags(rows, here, candidates),
            begins=table[:, 0],
            lasts=table[:, 1] - 1,
            of=table[:, 2],
            named=table[:, 3].astype(bool),
            classes=classes.reshape(-1, len(CLASSES)),
            worth=np.array([not self.things.optional[t] for t in here], bool),
            places=np.array([span for span, _ in candidates], int).reshape(-1, 2),
            kinds=np.array([CANDIDATES.index(kind) for _, kind in candidates], int),
            targets=tuple(self.targets(number, candidates)),
        )

    def candidates(self) -> list[tuple[Span, str]]:
        """Return what the slots of facts can be filled with: roles and markets told, figures."""
        found = {
            (span, slot)
            for fact in self.article.facts
            for slot in ("role", "market")
            if slot in fact.slots and (span := self.cover(*fact.slots[slot]))
        }
        found |= {
            (span, figure.kind)
            for figure in find_figures(self.article.text)
            if (span := self.cover(figure.begin, figure.end))
        }
        return sorted(found)

    def tags(
        self,
        rows: list[tuple[int, int, int, bool]],
        here: list[int],
        candidates: list[tuple[Span, str]],
    ) -> Ints:
        """Return the tags of the three layers; of mentions in one another the outermost counts."""
        layers: list[list[tuple[int, int, int]]] = [[], [], []]
        for first, last, thing, named in rows:
            kind = self.things.classes[here[thing]][0]
            if kind == "Area":
                layers[2].append((first, last, SPANS.index("Area")))
            elif kind in NAMES and (named or kind == "Place"):
                layers[0].append((first, last, NAMES.index(kind if named else "Demonym")))
            elif kind in OTHERS and not named:
                layers[1].append((first, last, OTHERS.index(kind)))
        for (first, last), kind in candidates:
            if kind in ("role", "market"):
                layers[2].append((first, last, SPANS.index(kind.capitalize())))
        size = self.windows[-1].last - self.windows[0].first
        return np.stack([tag_spans(size, spans) for spans in layers])

    def targets(
        self, number: Mapping[int, int], candidates: list[tuple[Span, str]]
    ) -> Iterator[Target]:
        """Return the facts whose two ends are mentioned in this part, symmetric ones both ways."""
        numbers = self.things.numbers
        for fact in self.article.facts:
            key = _place_key(fact.place) if fact.place else fact.object
            subject, object = numbers[fact.subject], numbers.get(key, -1)
            if subject in number and object in number:
                ends = number[subject], number[object]
                yield self.target(fact, ends, number, candidates)
                if RELATIONS[INDEX[fact.relation]].symmetric:
                    yield self.target(fact, (ends[1], ends[0]), number, candidates)

    def target(
        self,
        fact: MarkedFact,
        ends: tuple[int, int],
        number: Mapping[int, int],
        candidates: list[tuple[Span, str]],
    ) -> Target:
        evidence = self.cover(*fact.evidence)
        values = {
            SLOTS.index(slot): best
            for slot, place in fact.slots.items()
            if (best := _find_candidate(slot, self.cover(*place), candidates)) is not None
        }
        return Target(
            subject=ends[0],
            object=ends[1],
            relation=INDEX[fact.relation],
            modality=MODALITIES.index(fact.modality),
            ended=fact.ended,
            masked=fact.optional or evidence is None,
            evidence=evidence,
            values=values,
            by=number.get(self.things.numbers[fact.by], -1) if fact.by else -1,
        )


def _find_candidate(slot: str, span: Span | None, candidates: list[tuple[Span, str]]) -> int | None:
    """Return the candidate of a slot that shares most with the span marked."""
    if span is None:
        return None
    shared = [
        min(span[1], last) - max(span[0], first) if fits(slot, kind) else 0
        for (first, last), kind in candidates
    ]
    best = max(range(len(shared)), key=shared.__getitem__, default=None)
    return best if best is not None and shared[best] > 0 else None


def fits(slot: str, kind: str) -> bool:
    """Tell whether a candidate of a kind can fill a slot.

    >>> fits("asOf", "date"), fits("share", "money")
    (True, False)
    """
    return slot == kind or slot in FILLS.get(kind, ())
