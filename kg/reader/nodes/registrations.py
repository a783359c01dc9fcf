"""Numbers in registers that a text tells, each on the organization whose number it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.errors import DataError
from kg.model import Entity, Fact, Reading, Span
from kg.names.identifiers import read_identifier
from kg.names.key import fold, key_words, legal_forms

#: Blanks inside a line, and nine digits as they are written: '552 032 534', '552.032.534'.
BLANK = r"[^\S\n]"
DIGITS = rf"(?<![\d.,])(?P<siren>\d{{3}}{BLANK}?\.?\d{{3}}{BLANK}?\.?\d{{3}})"
#: What may follow nine digits: five more, of an establishment (SIRET), and no other.
END = rf"(?:{BLANK}?\d{{5}})?(?![\d,]\d|\d)"
NUMBER = rf"(?:sous{BLANK}+le{BLANK}+)?(?:n°|nº|no\.?|num[ée]ro|number){BLANK}*"
PLACE = rf"(?:(?:de{BLANK}+|d['’])?[A-ZÀ-Þ][\w'’-]+(?:{BLANK}[A-ZÀ-Þ][\w'’-]+)*)"
COMMERCE = rf"(?:R\.?C\.?S\b\.?|registre{BLANK}du{BLANK}commerce{BLANK}et{BLANK}des{BLANK}sociétés)"
LEI = (
    rf"(?:\bLEI\b|identifiant{BLANK}d['’]entité{BLANK}juridique"
    rf"|legal{BLANK}entity{BLANK}identifier)"
)
#: How texts tell numbers in registers: '552 032 534 RCS Paris', 'n° SIREN : …', 'code LEI : …'.
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{DIGITS}{END}{BLANK}+R\.?C\.?S\b\.?(?:{BLANK}+{PLACE})?",
        rf"{COMMERCE}(?:{BLANK}+{PLACE})?,?{BLANK}*(?:{NUMBER})?:?{BLANK}*(?:[A-D]{BLANK}+)?"
        rf"{DIGITS}{END}",
        rf"(?:{NUMBER})?(?i:\bSIREN|\bSIRET)\b{BLANK}*(?:{NUMBER})?[:=]?{BLANK}*{DIGITS}{END}",
        rf"(?i:{LEI})(?:{BLANK}*\(LEI\))?(?:{BLANK}+code)?{BLANK}*(?:{NUMBER})?[:=]?{BLANK}*"
        r"(?P<lei>\b[0-9A-Z]{18}[0-9]{2}\b)",
    )
)
#: Classes of what has such numbers, and names of those that give them out or list companies.
KINDS = ("Organization", "Company")
KEEPERS = re.compile(r"\b(?:rcs|registre|greffe|tribunal|insee|sirene|gleif|infogreffe|euronext)\b")
#: Where a sentence ends: not behind a letter alone or 'St', as in 'S.A.'.
STOP = re.compile(r"(?<=\w\w\w)[.!?…](?=\s+[A-ZÀ-Þ«\"])|\n")
#: Streets, whose names are nobody's, and words with a capital that are no names.
STREET = re.compile(
    r"\b(?:rue|avenue|boulevard|bd|place|quai|allée|cours|impasse|chemin|route|square)\b[^,;()]*",
    re.IGNORECASE,
)
CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w'’.-]*")
PLAIN = frozenset(
    "societe societes registre commerce siren siret rcs r c s lei code cedex numero n no sa sas "
    "capital siege social euros eur immatriculee immatricule identifiee inscrite au la le".split()
)


@dataclass(frozen=True, slots=True)
class Told:
    """Hold a number that a text tells: its register, its value, its characters, the words of it."""

    scheme: str
    value: str
    span: Span
    whole: Span


def add_registrations(reading: Reading) -> Reading:
    """Add to organizations the SIREN and LEI that the text tells of them.

    A number passes its check digits and stands behind the only organization that can be meant, in
    its sentence or brackets; where that is not clear it stands nowhere. Its characters are a
    mention of the organization.
    """
    owned = find_owned(reading)
    if not owned:
        return reading
    nodes = {
        entity: replace(
            entity,
            mentions=tuple(sorted({*entity.mentions, *(it.span for it in those)})),
            values=tuple(sorted({*entity.values, *((it.scheme, it.value) for it in those)})),
        )
        for entity, those in owned.items()
    }
    return replace(
        reading,
        entities=tuple(nodes.get(entity, entity) for entity in reading.entities),
        facts=tuple(swap(fact, nodes) for fact in reading.facts),
    )


def swap(fact: Fact, nodes: Mapping[Entity, Entity]) -> Fact:
    """Return a fact about other nodes, whoever they are in it."""
    told = fact.qualifiers.items()
    values = {k: nodes.get(v, v) if isinstance(v, Entity) else v for k, v in told}
    target, speaker = fact.object, fact.attributed_to
    return replace(
        fact,
        subject=nodes.get(fact.subject, fact.subject),
        object=nodes.get(target, target) if isinstance(target, Entity) else target,
        qualifiers=MappingProxyType(values),
        attributed_to=nodes.get(speaker, speaker) if speaker else None,
    )


def find_owned(reading: Reading) -> dict[Entity, list[Told]]:
    """Return the numbers of each organization: none of a register of which it would have two.

    A number that would be that of two organizations is nobody's.
    """
    owners: defaultdict[tuple[str, str], set[Entity]] = defaultdict(set)
    numbers: defaultdict[tuple[Entity, str], list[Told]] = defaultdict(list)
    for told in find_told(reading.article.text):
        if owner := find_owner(told, reading):
            owners[told.scheme, told.value].add(owner)
            numbers[owner, told.scheme].append(told)
    found: defaultdict[Entity, list[Told]] = defaultdict(list)
    for (owner, scheme), those in numbers.items():
        values = {it.value for it in those}
        if len(values) == 1 and len(owners[scheme, min(values)]) == 1:
            found[owner] += those
    return dict(found)


def find_told(text: str) -> list[Told]:
    """Return the numbers in registers that a text tells and that pass their check, in order.

    >>> [it.value for it in find_told("Hexo (552 120 222 RCS Paris), n° SIREN : 552 120 223")]
    ['552120222']
    """
    found: dict[Span, Told] = {}
    for form in FORMS:
        for match in form.finditer(text):
            scheme = "lei" if "lei" in form.groupindex else "siren"
            try:
                value = read_identifier(scheme, match[scheme])
            except DataError:
                continue
            span = match.span(scheme)
            known = found.get(span, Told(scheme, value, span, span)).whole
            whole = min(known[0], match.start()), max(known[1], match.end())
            found[span] = Told(scheme, value, span, whole)
    return [found[span] for span in sorted(found)]


def find_owner(told: Told, reading: Reading) -> Entity | None:
    """Return the organization whose number it is, None where that is not clear."""
    text = reading.article.text
    begin, end = find_sentence(text, told.whole)
    named = [it for it in list_names(reading) if begin <= it[0][0] and it[0][1] <= end]
    before = [it for it in named if it[0][1] <= told.whole[0]]
    if not before:
        return None
    bracket = text.rfind("(", begin, told.whole[0])
    if bracket >= 0 and ")" not in text[bracket : told.whole[0]]:
        inside = {entity for span, entity in before if span[0] > bracket}
        if inside:
            return inside.pop() if len(inside) == 1 else None
        span, entity = before[-1]
        if is_beside(text[span[1] : bracket]):
            return entity
    span, entity = before[-1]
    between = text[span[1] : told.whole[0]]
    if "," not in between and is_beside(between):
        return entity
    if len({entity for _, entity in named}) > 1:
        return None
    return entity if is_plain((span[1], told.whole[0]), reading) else None


def find_sentence(text: str, span: Span) -> Span:
    """Return the sentence around a stretch of a text.

    >>> text = "Il gagne. Hexo S.A. (SIREN 552 120 222) perd. Puis rien."
    >>> text[slice(*find_sentence(text, (20, 39)))]
    ' Hexo S.A. (SIREN 552 120 222) perd'
    """
    stops = list(STOP.finditer(text))
    begin = max((it.end() for it in stops if it.end() <= span[0]), default=0)
    return begin, min((it.start() for it in stops if it.start() >= span[1]), default=len(text))


def list_names(reading: Reading) -> list[tuple[Span, Entity]]:
    """Return where organizations are called by their names, in the order of the text.

    Who gives numbers out, or lists companies, is not meant by them.
    """
    text, found = reading.article.text, []
    for entity in reading.entities:
        names = {fold(name) for name in (entity.name, *entity.aliases)}
        if entity.kind in KINDS and not any(map(KEEPERS.search, names)):
            spans = ((span, text[slice(*span)]) for span in entity.mentions)
            found += [(s, entity) for s, it in spans if fold(it) in names and it != it.lower()]
    return sorted(found, key=lambda it: it[0])


def is_beside(between: str) -> bool:
    """Tell whether nothing but signs and a legal form is between a name and its number.

    >>> is_beside(", société anonyme "), is_beside(", filiale de ")
    (True, False)
    """
    words = key_words(between)
    return not words or words in legal_forms()[1]


def is_plain(span: Span, reading: Reading) -> bool:
    """Tell whether a stretch of a text names nothing that the reading does not know."""
    text = list(reading.article.text)
    for entity in reading.entities:
        for begin, end in entity.mentions:
            text[begin:end] = " " * (end - begin)
    rest = STREET.sub(" ", "".join(text[slice(*span)]))
    return all({*fold(word).split()} <= PLAIN for word in CAPITAL.findall(rest))
