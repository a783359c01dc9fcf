"""Articles in other guises: with other names, in capitals, cut down to a few sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from kg.model import Span
from kg.training.marked.corpus import Mark, MarkedArticle

_WORD = re.compile(r"[^\W\d_]{2,}")
#: Classes whose names are swapped; places stay, since what lies where is worth knowing.
SWAPPED = ("Organization", "Person", "Product")
#: How often a thing of an article that is swapped gets other names.
SHARE = 0.7
#: A word of so many different names ('Banque', 'France') belongs to their shape and stays.
USUAL = 12
#: How often a word is joined of two others instead of taken as it is.
BLENDED = 0.5
_VOWELS = "aeiouyàâéèêëîïôùûœ"
#: Where a sentence ends: not behind a capital or an abbreviation of two letters ('M.', 'St.').
_STOP = re.compile(r"(?<!\b\w)(?<!\b\w\w)[.!?…]['\"»”)]*\s+(?=[\"«“(]?\s?[A-ZÀ-Ý0-9])|\n\s*")
#: How often what is cut keeps its headline.
HEADED = 0.3
#: What a firm is called before its name: where a sentence starts, and within one, where none of
#: these melts with the word before it.
LEADS = {
    "fr": (
        "Le distributeur|Le groupe|Le fabricant|Le constructeur|Le laboratoire|Le transporteur|"
        "Le promoteur|Le spécialiste|Le géant|L'assureur|L'éditeur|L'opérateur|L'enseigne|"
        "L'industriel|L'hôtelier|La société|La banque|La start-up|La coopérative|Le fonds",
        "la start-up|la société|la PME|la jeune pousse|la plateforme|la marque|la biotech|"
        "l'éditeur|l'assureur|l'entreprise|l'équipementier|l'enseigne|l'agence|l'hébergeur",
    ),
    "en": (
        "Retailer|The retailer|Carmaker|Drugmaker|The insurer|The group|Software firm|Lender|"
        "The bank|Energy group|The start-up|The company|Publisher|Chipmaker|Private equity firm",
        "start-up|software maker|rival|the insurer|the retailer|biotech firm|the start-up|"
        "logistics group|publisher|the company|chipmaker|smaller peer",
    ),
}
#: The words that one of the latter may follow.
_BEFORE = re.compile(
    r"\b(?:de|à|avec|par|et|chez|entre|contre|pour|rach[eè]t(?:e|er|é)|acqui(?:ert|s|ère)|"
    r"repren(?:d|dre)|repris|détient|contrôle|"
    r"of|with|by|and|for|in|from|buy|buys|bought|acquires?|acquired|takes? over|owns|to) $"
)
#: Names that have such a word themselves, and what stands behind those that are no clause's.
_LED = re.compile(r"(?:L[ea]s?|L['’]|The|Groupe|Banque|Société|Fonds|Compagnie)\b|\W")
_ALONE = re.compile(r"\s*(?:[\n:(/|–—-]|$)")
#: How often a name gets such a word, at the start and within.
LED = (0.5, 0.2)


class Names:
    """Hold the words of names in marked articles, by class, and draw others for them."""

    def __init__(self, articles: Sequence[MarkedArticle]) -> None:
        uses: Counter[str] = Counter()
        words: defaultdict[str, Counter[str]] = defaultdict(Counter)
        told = {(thing.name, thing.classes[0]) for a in articles for thing in a.things}
        for name, kind in sorted(told):
            found = set(_WORD.findall(name))
            uses.update(found if kind != "Person" else ())
            words[kind].update(found)
        self.usual = {word.lower() for word, count in uses.items() if count >= USUAL}
        self.words = {
            kind: sorted(w for w in words[kind] if self.changes(w) and not w.isupper())
            for kind in SWAPPED
        }

    def changes(self, word: str) -> bool:
        """Tell whether a word is of one name, not of the shape of many."""
        return not word.islower() and word.lower() not in self.usual

    def draw(self, word: str, kind: str, draw: Random) -> str:
        """Return another word of the same shape: capitals, its first letter a vowel or not."""
        if word.isupper() and len(word) <= 5:
            return "".join(draw.choice("ABCDEFGILMNOPRSTV") for _ in word)
        known = self.words[kind]
        for _ in range(20):
            new = draw.choice(known)
            if draw.random() < BLENDED:
                new = blend(new, draw.choice(known))
            if (new[0].lower() in _VOWELS) == (word[0].lower() in _VOWELS) and len(new) > 2:
                break
        return new.upper() if word.isupper() else new


def blend(first: str, second: str) -> str:
    """Return the beginning of one word and the end of another.

    >>> blend("Valcorne", "Brisol")
    'Valcsol'
    """
    return first[: (len(first) + 1) // 2] + second[len(second) // 2 :].lower()


def swap_names(article: MarkedArticle, names: Names, draw: Random) -> MarkedArticle:
    """Return the article with other names for most of its things, all offsets set right."""
    told = {
        thing.key: thing.classes[0]
        for thing in article.things
        if thing.classes[0] in SWAPPED and names.words[thing.classes[0]] and draw.random() < SHARE
    }
    new: dict[str, str] = {}
    edits: list[tuple[int, int, str]] = []
    taken = -1
    for mark in sorted(article.marks, key=lambda m: (m.begin, -m.end)):
        if mark.named and mark.key in told and mark.begin >= taken:
            taken = mark.end
            for match in _WORD.finditer(article.text, mark.begin, mark.end):
                if names.changes(word := match[0]):
                    other = (
                        new.get(word)
                        or _recase(word, new)
                        or names.draw(word, told[mark.key], draw)
                    )
                    new[word] = other
                    edits.append((*match.span(), other))
    return _edit(article, edits)


def lead_names(article: MarkedArticle, draw: Random) -> MarkedArticle:
    """Return the article with words for what firms are before some of their names."""
    text, firms = article.text, {t.key for t in article.things if t.classes[0] == "Organization"}
    starts = {begin for begin, _ in cut_sentences(text)}
    first, inner = (words.split("|") for words in LEADS[article.lang])
    edits: dict[int, str] = {}
    for mark in sorted(article.marks, key=lambda m: (m.begin, -m.end)):
        if not mark.named or mark.key not in firms or _LED.match(text, mark.begin):
            continue
        if _ALONE.match(text, mark.end):
            continue
        if mark.begin in starts and draw.random() < LED[0]:
            edits[mark.begin] = draw.choice(first) + " "
        elif _BEFORE.search(text[max(0, mark.begin - 20) : mark.begin]) and draw.random() < LED[1]:
            edits[mark.begin] = draw.choice(inner) + " "
    led = _edit(article, [(begin, begin, word) for begin, word in sorted(edits.items())])
    facts = []
    for old, new in zip(article.facts, led.facts, strict=True):
        begin, end = new.evidence
        facts.append(replace(new, evidence=(begin - len(edits.get(old.evidence[0], "")), end)))
    return replace(led, facts=tuple(facts))


def raise_letters(article: MarkedArticle) -> MarkedArticle:
    """Return the article in capitals, as wires print; letters without one of their own stay.

    >>> raise_letters(MarkedArticle("a", "fr", "L’été, ß", (), (), ())).text
    'L’ÉTÉ, ß'
    """
    text = "".join(up if len(up := char.upper()) == 1 else char for char in article.text)
    return replace(article, text=text)


def cut_sentences(text: str) -> list[Span]:
    r"""Return where the sentences of a text stand, as far as points and capitals tell them.

    >>> [(b, e) for b, e in cut_sentences("Un titre\n\nM. Dy part. Il va à Lyon.\n")]
    [(0, 8), (10, 21), (22, 35)]
    """
    begins = [0, *(match.end() for match in _STOP.finditer(text))]
    ends = [*begins[1:], len(text)]
    found = [(b, b + len(text[b:e].rstrip())) for b, e in zip(begins, ends, strict=True)]
    return [(b, e) for b, e in found if b < e]


def crop_article(article: MarkedArticle, draw: Random) -> MarkedArticle:
    """Return one to three sentences of an article around a fact, some behind its headline.

    What people paste to try a reader is short. A fact is as right to leave out where what is left
    does not name both of its ends, or says it elsewhere than the article did.
    """
    firm = [fact for fact in article.facts if not fact.optional]
    sentences = cut_sentences(article.text)
    if not firm or len(sentences) < 3:
        return article
    begin, end = draw.choice(firm).evidence
    held = [k for k, (b, e) in enumerate(sentences) if b < end and begin < e]
    low, high = held[0], held[-1]
    for _ in range(draw.choice((0, 0, 1, 2))):
        low, high = (low - 1, high) if draw.random() < 0.5 else (low, high + 1)
    first, last = sentences[max(0, low)][0], sentences[min(high, len(sentences) - 1)][1]
    kept = [(first, last)]
    head = sentences[0]
    if first > head[1] and draw.random() < HEADED:
        kept.insert(0, (0, head[1]))
    return keep_spans(article, kept)


def keep_spans(article: MarkedArticle, kept: Sequence[Span]) -> MarkedArticle:
    """Return an article of some pieces of another, an empty line between them."""

    def holds(span: Span | None) -> bool:
        return span is not None and any(b <= span[0] and span[1] <= e for b, e in kept)

    marks = tuple(mark for mark in article.marks if holds((mark.begin, mark.end)))
    here = {mark.key for mark in marks}
    told = {mark.key for mark in marks if mark.named}
    told |= {t.key for t in article.things if t.key in here and t.classes[0] == "Place"}
    facts = []
    for fact in article.facts:
        ends = {fact.subject, fact.object} - {""}
        if ends <= here and (fact.place is None or holds(fact.place)):
            said = holds(fact.evidence)
            facts.append(
                replace(
                    fact,
                    optional=fact.optional or not said or not ends <= told,
                    evidence=fact.evidence if said else kept[-1],
                    by=fact.by if fact.by in here else "",
                    slots={slot: span for slot, span in fact.slots.items() if holds(span)},
                )
            )
    borders = [0, *(border for span in kept for border in span), len(article.text)]
    gaps = [(b, e) for b, e in zip(borders[::2], borders[1::2], strict=True)]
    edits = [(b, e, "\n\n" if 0 < k < len(kept) else "") for k, (b, e) in enumerate(gaps)]
    things = tuple(thing for thing in article.things if thing.key in here)
    part = replace(article, things=things, marks=marks, facts=tuple(facts))
    return _edit(part, edits)


def _recase(word: str, new: Mapping[str, str]) -> str:
    """Return the new word for another spelling of a word that has one, in this one's capitals."""
    for old, other in new.items():
        if old.lower() == word.lower():
            return other.upper() if word.isupper() else other.capitalize()
    return ""


def _edit(article: MarkedArticle, edits: Sequence[tuple[int, int, str]]) -> MarkedArticle:
    """Return an article with pieces of its text replaced, and all places moved along."""
    parts, begins, shifts, at, shift = [], [0], [0], 0, 0
    for begin, end, other in edits:
        parts += [article.text[at:begin], other]
        at, shift = end, shift + len(other) - (end - begin)
        begins.append(end)
        shifts.append(shift)
    text = "".join([*parts, article.text[at:]])

    def move(span: Span) -> Span:
        low = span[0] + shifts[bisect_right(begins, span[0]) - 1]
        return low, span[1] + shifts[bisect_right(begins, span[1]) - 1]

    marks = tuple(Mark(*move((m.begin, m.end)), m.key, m.named) for m in article.marks)
    facts = tuple(
        replace(
            fact,
            evidence=move(fact.evidence),
            place=move(fact.place) if fact.place else None,
            slots={slot: move(span) for slot, span in fact.slots.items()},
        )
        for fact in article.facts
    )
    return replace(article, text=text, marks=marks, facts=facts)
