"""Things to entities: what each is called and which class of the ontology it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from kg.model import Article, Entity
from kg.names.areas import find_area
from kg.names.key import fold, has_legal_form
from kg.names.known import known_name
from kg.reader.types import Mention, Scored, Thing
from kg.values.language import known_languages, load_language

#: Relations whose subject is a company, and those whose object is one: what buys companies, is
#: owned or bought, or has a share of a market.
COMPANIES = (
    frozenset({"acquired", "subsidiaryOf", "mergedWith", "marketShare", "competesWith"}),
    frozenset({"acquired", "holdsStakeIn", "investedIn", "mergedWith", "competesWith"}),
)


def list_companies(fact: Scored) -> Iterator[int]:
    """Yield those ends of a fact that it takes for companies, as numbers of things.

    >>> list(list_companies(Scored(3, "acquired", 7, 0.0)))
    [3, 7]
    """
    if fact.relation in COMPANIES[0]:
        yield fact.subject
    if fact.relation in COMPANIES[1]:
        yield fact.object


def make_entity(article: Article, thing: Thing, *, company: bool = False) -> Entity:
    """Make an entity of a thing; `company`: some fact takes it for a company."""
    names = list_names(article, thing)
    spans = tuple(sorted({(m.begin, m.end) for m in thing.mentions}))
    area = find_area(names[0], article.lang) if thing.label == "Area" else None
    kind = choose_kind(names, thing.label, article.lang, company=company)
    return Entity(names[0], kind, tuple(names[1:]), (area,) if area else (), spans)


def list_names(article: Article, thing: Thing) -> list[str]:
    """Return what a thing is called, the usual name first: a person's is the longest.

    A place that is only told by its demonym ('belge') is called by its own name.
    """
    own = [m for m in thing.names if m.label != "Demonym"]
    counts = Counter(write_name(article.text, mention) for mention in own or thing.names)
    longest = thing.label == "Person"
    names = sorted(counts, key=lambda n: (-len(n.split()) * longest, -counts[n], -len(n), n))
    if own:
        return names
    places = list_demonyms(article.lang)
    return [*dict.fromkeys(places.get(fold(name), name) for name in names)]


def write_name(text: str, mention: Mention) -> str:
    """Return a name as it stands, its line breaks as blanks."""
    return " ".join(text[mention.begin : mention.end].split())


def choose_kind(names: Sequence[str], label: str, lang: str, *, company: bool) -> str:
    """Return the class of the ontology that a thing has, as far as its names or facts tell.

    >>> choose_kind(["Hexo SA"], "Organization", "fr", company=False)
    'Company'
    >>> choose_kind(["Maroc"], "Place", "fr", company=False)
    'Country'
    """
    if label == "Area":
        return "CooperationArea"
    if label == "Place":
        places = list_places(lang)
        return next((places[n] for n in map(fold, names) if n in places), "Place")
    if label != "Organization":
        return label
    if is_public(names, lang):
        return "PublicBody"
    known = [row.kind for row in map(known_name, names) if row]
    if known:
        return known[0]
    return "Company" if company or any(map(has_legal_form, names)) else "Organization"


def is_public(names: Collection[str], lang: str) -> bool:
    """Tell whether a name begins with what a public body is called ('ministère de …')."""
    public = load_language(lang).words("bodies.public") if lang in known_languages() else ()
    return any(f"{fold(name)} ".startswith(f"{word} ") for name in names for word in public)


@cache
def list_places(lang: str) -> Mapping[str, str]:
    """Return the class of each folded name of a place on record."""
    if lang not in known_languages():
        return {}
    return {name: kind for name, (_, kind) in load_language(lang).places.items()}


@cache
def list_demonyms(lang: str) -> Mapping[str, str]:
    """Return the place of each folded demonym on record, in its language's words.

    >>> list_demonyms("fr")["belge"]
    'Belgique'
    """
    if lang not in known_languages():
        return {}
    return {fold(form): place for form, place in load_language(lang).demonyms.items()}
