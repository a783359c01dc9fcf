"""Readings as marked articles (`.ann`), to be corrected by hand and learned from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from kg import ontology
from kg.model import Entity, Fact, Reading, Span
from kg.reader.scheme import INDEX
from kg.training.marked.corpus import CLASSES

#: Class → the letter that its keys begin with.
LETTERS = {"Organization": "o", "Person": "p", "Place": "l", "Product": "d"}
#: What stands for itself only behind a backslash, in a text and between quotes.
SPECIAL = {"[": r"\[", "]": r"\]", "|": r"\|", "\\": r"\\", "\r": r"\r"}
Keys = Mapping[Entity, str]


def write_marks(reading: Reading) -> str:
    r"""Write what a reading names and says as a marked article, which `read_article` reads back.

    Deals and agreements are left out, as they follow from facts; so is a fact whose words the
    article does not have.

    >>> from kg.model import Article
    >>> hexo = Entity("Hexo", "Company", mentions=((0, 4),))
    >>> print(write_marks(Reading(Article("a", "Hexo [SA]\n"), (hexo,))))
    lang: fr
    source: user
    ---
    [Hexo|o1] \[SA\]
    ---
    o1 Organization Hexo
    ---
    <BLANKLINE>
    """
    article = reading.article
    keys = name_keys(reading.entities)
    marks = list(find_marks(keys, article.text))
    used = {key for _, ending in marks for key in ending.strip("*").split("+")}
    keys = {entity: key for entity, key in keys.items() if key in used}
    head = [f"lang: {article.lang}"]
    head += [f"date: {article.published}"] if article.published else []
    things = (f"{key} {class_of(it)} {' '.join(it.name.split())}" for it, key in keys.items())
    facts = filter(None, (write_fact(fact, article.text, keys) for fact in reading.facts))
    text = mark_text(article.text, marks)
    return "\n".join(
        [
            *head,
            f"source: {article.source or 'user'}",
            "---",
            text,
            "---",
            *things,
            "---",
            *facts,
            "",
        ]
    )


def class_of(entity: Entity) -> str:
    """Return which of the four classes of marked things one is of, or ''.

    >>> class_of(Entity("Chine", "Country"))
    'Place'
    """
    return next((name for name in CLASSES if ontology.is_a(entity.kind, name)), "")


def name_keys(entities: Iterable[Entity]) -> dict[Entity, str]:
    """Return a key for each thing that can be marked, numbered by class."""
    found: dict[Entity, str] = {}
    for entity in entities:
        if letter := LETTERS.get(class_of(entity)):
            number = sum(key.startswith(letter) for key in found.values()) + 1
            found.setdefault(entity, f"{letter}{number}")
    return found


def find_marks(keys: Keys, text: str) -> Iterator[tuple[Span, str]]:
    """Yield the stretches to mark, those that hold others first, each with its ending.

    One that begins in another and ends outside of it is left out, so is one with a blank end.
    """
    told: dict[Span, list[Entity]] = {}
    for entity in keys:
        for span in entity.mentions:
            told.setdefault(span, []).append(entity)
    kept: list[Span] = []
    for span in sorted(told, key=lambda span: (span[0], -span[1])):
        words = text[slice(*span)]
        crossing = any(a < span[0] < b < span[1] for a, b in kept)
        if crossing or not words or words != words.strip():
            continue
        kept.append(span)
        entities = told[span]
        named = len(entities) == 1 and text[slice(*span)] in (
            entities[0].name,
            *entities[0].aliases,
        )
        yield span, "+".join(keys[entity] for entity in entities) + ("" if named else "*")


def mark_text(text: str, marks: list[tuple[Span, str]]) -> str:
    """Return a text with its marks, and what could be taken for one behind a backslash."""
    ends = sorted(((end, -begin, key) for (begin, end), key in marks))
    begins = [begin for (begin, _), _ in marks]
    parts: list[str] = []
    for place in range(len(text) + 1):
        while ends and ends[0][0] == place:
            parts.append(f"|{ends.pop(0)[2]}]")
        parts.append("[" * begins.count(place))
        parts.append(escape(text[place : place + 1], place, text))
    return "".join(parts)


def escape(char: str, place: int, text: str) -> str:
    """Return a character of a text as it stands among marks."""
    if char == "\n":
        body = text.strip("\n")
        first = len(text) - len(text.lstrip("\n"))
        if place == len(text) - 1 and body:
            return ""  # which every marked text ends with
        return char if first <= place < first + len(body) else r"\n"
    if not char:
        return "" if text.endswith("\n") and text.strip("\n") else r"\."
    dash = (
        char == "-" and re.match(r"---(?:\n|\Z)", text[place:]) and text[:place][-1:] in ("", "\n")
    )
    return f"\\{char}" if dash else SPECIAL.get(char, char)


def write_fact(fact: Fact, text: str, keys: Keys) -> str:
    """Return the line of a fact, or '' where it cannot be told in one."""
    target = write_target(fact, keys)
    if fact.property not in INDEX or fact.subject not in keys or not target or not fact.evidence:
        return ""
    begin, end = fact.evidence[0]
    parts = [
        fact.property,
        keys[fact.subject],
        target,
        fact.modality.lower(),
        quote(text[begin:end]),
    ]
    told = {name: value for name, value in fact.qualifiers.items() if name in ("role", "rank")}
    market = fact.qualifiers.get("market")
    told |= {"market": market.name} if isinstance(market, Entity) else {}
    parts += [f"{name}={quote(str(value))}" for name, value in sorted(told.items())]
    share = fact.qualifiers.get("share")
    parts += [f"share={share:f}%"] if isinstance(share, Decimal) else []
    speaker = keys.get(fact.attributed_to, "") if fact.attributed_to else ""
    parts += [f"by={speaker}"] if speaker else []
    return " ".join([*parts, "ended=true"] if fact.ended else parts)


def write_target(fact: Fact, keys: Keys) -> str:
    """Return the object of a fact: a key, a percentage or words of the text; '' for none."""
    if isinstance(fact.object, Decimal):
        return f"{fact.object.normalize():f}%"
    if fact.property == "cooperatesIn":
        return quote(fact.object.name)
    return keys.get(fact.object, "")


def quote(words: str) -> str:
    r"""Return words between quotes.

    >>> print(quote('dit « "oui" »'))
    "dit « \"oui\" »"
    """
    signs = {**SPECIAL, '"': r"\"", "\n": r"\n"}
    return '"' + "".join(signs.get(char, char) for char in words) + '"'
