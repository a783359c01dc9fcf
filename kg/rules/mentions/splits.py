"""Stretches that hold several names: 'patron de Vextra Hugo Maréval', 'COT-VXT-SNJ'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.names.key import fold
from kg.names.known import known_name
from kg.rules.mentions.edges import is_name_word
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Border = tuple[int, int]
#: How many acronyms in a chain are as many names; of two, one often has its partner's in its own.
CHAIN = 3


def part(found: Sequence[Border], doc: Doc, lang: Language) -> list[Border]:
    """Return the borders of names, those that hold several names parted."""
    others = {
        fold(doc[start:end].text)
        for start, end in found
        if not any(token.ent_type_ == "PER" for token in doc[start:end])
    }
    people = {
        fold(doc[start:end].text)
        for start, end in found
        if end - start > 1 and all(token.ent_type_ == "PER" for token in doc[start:end])
    }
    parted: list[Border] = []
    for start, end in found:
        if chain := acronyms(doc, start, end):
            parted += chain
        elif cut := employer_border(doc, (start, end), (others, people)):
            parted += [(start, cut), (cut, end)]
        elif joint := conjunction(doc, start, end, lang) or pair_mark(doc, start, end, lang):
            parted += [(start, joint), (joint + 1, end)]
        else:
            parted.append((start, end))
    return parted


def acronyms(doc: Doc, start: int, end: int) -> list[Border]:
    """Return the acronyms of a chain such as 'COT-VXT-SNJ', if it is one."""
    names = [index for index in range(start, end) if doc[index].text.isupper()]
    marks = [index for index in range(start, end) if doc[index].text in ("-", "/")]
    chained = len(names) >= CHAIN and len(names) == len(marks) + 1
    if not chained or len(names) + len(marks) != end - start:
        return []
    return [(index, index + 1) for index in names]


def employer_border(doc: Doc, border: Border, known: tuple[set[str], set[str]]) -> int:
    """Return where a person's name meets a name that the text has elsewhere; 0 if nowhere.

    Either the text has the person's full name elsewhere, too, or the model takes all for one.
    """
    start, end = border
    others, people = known
    person = all(token.ent_type_ == "PER" for token in doc[start:end])
    if end - start < 3:
        return 0
    for cut in cuts(border):
        rest, name = sorted((doc[start:cut], doc[cut:end]), key=lambda s: fold(s.text) in others)
        if fold(name.text) not in others or fold(rest.text) in others:
            continue
        full = len(rest) > 1 and is_name_word(rest[0]) and is_name_word(rest[-1])
        surname = len(name) == 1 and name.start == cut
        if fold(rest.text) in people or (person and full and not surname):
            return cut
    return 0


def conjunction(doc: Doc, start: int, end: int, lang: Language) -> int:
    """Return where 'et' joins two names of words that no lexicon has; 0 if nowhere.

    'Isotis et Eurovane' are two; 'Arts et Métiers', 'Moët et Moët' and 'Isotis et Cie' are one.
    """
    words = doc.vocab.lookups.get_table("words", {})
    for joint in range(start + 1, end - 1):
        if doc[joint].pos_ != "CCONJ" or not doc[joint].text.islower():
            continue
        if joins_company(doc[joint], lang):
            continue
        names = [t for t in doc[start:end] if t.i != joint]
        apart = len({t.lower_ for t in names}) == len(names)
        if known_name(doc[start:end].text):
            return 0
        if apart and all(t.is_alpha and is_name_word(t) for t in names):
            return 0 if any(t.lower_ in words for t in names) else joint
    return 0


def joins_company(token: Token, lang: Language) -> bool:
    """Tell whether a word joins a name with those who are with it: 'Orvane et Cie', '& fils'."""
    if token.lower_ not in lang.words("names.ands") or token.i + 1 == len(token.doc):
        return False
    return token.nbor().lower_.rstrip(".") in lang.words("names.companions")


def pair_mark(doc: Doc, start: int, end: int, lang: Language) -> int:
    """Return where a hyphen joins the two parties of a deal: 'partenariat X-Y'; 0 if nowhere."""
    deals = lang.words("names.pairs")
    if not start or doc[start - 1].lemma_.lower() not in deals:
        return 0
    marks = [t.i for t in doc[start:end] if t.text in ("-", "–")]
    return marks[0] if len(marks) == 1 and start < marks[0] < end - 1 else 0


def cuts(border: Border) -> Iterator[int]:
    """Yield the tokens inside a stretch, those first that leave most to its first name."""
    yield from range(border[1] - 1, border[0], -1)
