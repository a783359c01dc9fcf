"""What an article is, what it names and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

Modality = Literal["Actual", "Planned", "Possible", "Denied"]
#: Characters of an article's text: first and one past the last, as in Python's slices.
Span = tuple[int, int]
#: Name of every article that comes from standard input.
NAMELESS = "stdin"


@dataclass(frozen=True, slots=True)
class Article:
    """Hold one article; offsets everywhere count the characters of `text`.

    >>> Article(name="a", text="Total rachète Saft.").lang
    'fr'
    """

    name: str
    text: str
    lang: str = "fr"
    url: str = ""
    title: str = ""
    published: str = ""
    source: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Hold one thing that an article names; `kind` is a class of the ontology.

    `values` are what is told of a deal or of an agreement as a whole (amount, share, date, kind),
    and an organization's numbers in registers (siren, lei), whose characters are mentions of it.

    >>> Entity("Blue Solutions", "Company").aliases
    ()
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    values: tuple[tuple[str, str | int | Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Hold one thing that an article says; `property` is a property of the ontology.

    >>> blue, group = Entity("Blue Solutions", "Company"), Entity("Bolloré", "Company")
    >>> Fact(blue, "subsidiaryOf", group).modality
    'Actual'
    """

    subject: Entity
    property: str
    object: Entity | Decimal
    modality: Modality = "Actual"
    ended: bool = False
    qualifiers: Mapping[str, str | int | Decimal | Entity] = field(
        default_factory=lambda: MappingProxyType({})
    )
    attributed_to: Entity | None = None
    confidence: float = 1.0
    rule: str = ""
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Hold what read an article: a name, a version and the SHA-256 of its weights, if it has any.

    >>> Reader("learned", "0.2.0").weights
    ''
    """

    name: str
    version: str
    weights: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what one article names and says, the borders of its sentences, and who read it.

    No fact is less sure than `least`: those that were are left out.
    """

    article: Article
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    sentences: tuple[Span, ...] = ()
    reader: Reader | None = None
    least: float = 0.0
