"""Sure rules: what joins names without anybody's judgement."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kg.names.key import GROUP, fold, has_legal_form, key_words, name_key
from kg.names.known import known_names
from kg.names.spellings import SMALL
from kg.who.bodies import known_bodies
from kg.who.joins import Join, Level
from kg.who.registers.countries import country_code
from kg.who.things import Thing, name_node

#: Letters that a name has at least, for another that only parts its words otherwise to be it.
LEAST = 4
#: Words that a name has at least, small ones left out, for those to make no difference.
LONG = 4
#: Articles that state an alias, for one that says otherwise not to matter.
FEW = 5
#: Trades before 'group' at the end of a name: 'Hyundai Motor Group' owns Hyundai Motor.
TRADES = frozenset({"automotive", "motor", "motors"})
#: A plural at the end of a name of several words, which writers leave out.
PLURAL = re.compile(r"(?<=\w )(\w{3,}[^\Wsu_])s$")
#: Folders of things whose names mean something wherever they stand.
NAMED = ("org", "person", "place", "product")
#: Words that mean ministries, in the press, where they stand alone; no company's short name.
PORTFOLIOS = frozenset({
    "affaires etrangeres", "agriculture", "budget", "commerce", "culture", "defense", "ecologie",
    "economie", "education", "energie", "environnement", "finances", "industrie", "interieur",
    "justice", "sante", "sports", "transports", "travail",
})  # fmt: skip
#: Parts of countries that registers and the press take for the whole.
PARTS = frozenset({"angleterre", "england"})


def find_sure(things: Iterable[Thing]) -> Iterator[Join]:
    """Yield what joins things by identifiers and names alone: key, spacing, aliases on record.

    Keys are nodes of their own, so that there are as many joins as names, not as pairs of them.

    >>> from kg.who.things import make_thing
    >>> things = [make_thing(n, "Company") for n in ("NRJ12", "NRJ 12")]
    >>> [(join.level.name, join.two) for join in find_sure(things)][:2]
    [('key', 'key:org:nrj12'), ('spelling', 'spelling:org:nrj12')]
    """
    seen: set[str] = set()
    for thing in things:
        for identifier in thing.identifiers:
            yield Join(Level.identifier, thing.node, identifier, f"{thing.name} is {identifier}")
        for name in (thing.name, *thing.aliases) if thing.folder in NAMED else ():
            node = name_node(thing.folder, name)
            if node not in seen:
                seen.add(node)
                yield from join_name(thing.folder, name, node)


def join_name(folder: str, name: str, node: str) -> Iterator[Join]:
    """Yield what joins one name to its key, its key to its letters, and to what is on record."""
    key = sure_key(name) if folder == "org" else fold(name)
    hub = f"key:{folder}:{key}"
    yield Join(Level.key, node, hub, f"'{name}' has the key '{key}'")
    letters = re.sub(r"[ ']", "", main_words(key) if folder == "org" else key)
    if len(letters) >= LEAST and folder != "product":
        told = f"'{name}' has the letters '{letters}'"
        yield Join(Level.spelling, hub, f"spelling:{folder}:{letters}", told)
    for record in find_records(name, key) if folder == "org" else ():
        yield Join(Level.record, hub, f"record:{record}", f"'{name}' is on record as '{record}'")
    if folder == "place" and key not in PARTS and (code := country_code(name)):
        yield Join(Level.record, hub, f"country:{code}", f"'{name}' is the country {code}")


def main_words(key: str) -> str:
    """Return an organization's key without a plural at its end, a long one without small words.

    >>> main_words("nordil motors"), main_words("autorite sur la transparence de la vie publique")
    ('nordil motor', 'autorite transparence vie publique')
    """
    words = [word for word in key.split() if word not in SMALL]
    return PLURAL.sub(r"\1", " ".join(words) if len(words) >= LONG else key)


@lru_cache(maxsize=1 << 16)
def sure_key(name: str) -> str:
    """Return an organization's key, 'groupe' left in where it may be another company.

    That is so where it holds a medium (TF1 is a channel of Groupe TF1), where a legal form follows
    or a trade is before it ('Group plc' and 'Motor Group' are what holdings are called), and where
    it is a party's in a parliament; and no ministry is a company.

    >>> sure_key("BMW Group"), sure_key("Groupe TF1"), sure_key("Lotus Group plc")
    ('bmw', 'groupe tf1', 'groupe lotus')
    """
    key, legal = name_key(name), has_legal_form(name)
    if legal and key in PORTFOLIOS:
        return fold(name)
    words = key_words(name)
    if GROUP & {*words} and not GROUP & {*key.split()}:
        known, body = known_names().get(key), known_bodies().get(key)
        owner = legal or key.split()[-1] in TRADES
        if owner or (known and known.medium) or (body and body.party):
            return f"groupe {key}"
    return key


def is_group(name: str) -> bool:
    """Tell whether a name is that of a group that may be something else than what it holds.

    >>> is_group("groupe EELV"), is_group("BMW Group")
    (True, False)
    """
    return sure_key(name).startswith("groupe ") and not name_key(name).startswith("groupe ")


def find_records(name: str, key: str) -> list[str]:
    """Return what bodies and companies are on record under a name that is not risky.

    >>> find_records("Télévision Française 1", "television francaise 1")
    ['TF1']
    """
    if key != name_key(name):
        return []
    body, known = known_bodies().get(key), known_names().get(key)
    found = [body.name] if body else []
    return found + ([known.name] if known and not known.risky else [])


def find_stated(things: Iterable[Thing], roots: Mapping[str, str]) -> Iterator[Join]:
    """Yield what joins things to aliases that articles state, where an alias means one thing.

    `roots` tells what is joined already. An alias that shares words with the name ('BMW' of 'BMW M
    GmbH') is not sure where one article alone states it, unless it is the surname of somebody whom
    more articles name in full than by it. What articles have as two things, or as aliases of
    others, is not joined unless five times as many state it.

    >>> from kg.who.things import make_thing
    >>> one = make_thing("Aéroports de Lune", "Company", aliases=("ADL",))
    >>> [join.two for join in find_stated([one], {})]
    ['org:adl']
    """
    stated: defaultdict[str, dict[str, tuple[Thing, str]]] = defaultdict(dict)
    named: defaultdict[str, set[str]] = defaultdict(set)
    where: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for thing in things:
        if thing.folder in NAMED:
            named[thing.node].update(thing.articles)
            for alias in filter(is_name_like, thing.aliases):
                node = name_node(thing.folder, alias)
                if node != thing.node:
                    stated[node].setdefault(thing.node, (thing, alias))
                    where[node, roots.get(thing.node, thing.node)].update(thing.articles)
    for node, of in sorted(stated.items()):
        count = Counter({home: len(where[node, home]) for home in (roots.get(o, o) for o in of)})
        (home, times), *others = sorted(count.items(), key=lambda it: (-it[1], it[0]))
        if sum(rest for _, rest in others) * FEW > times - bool(others) or home == roots.get(node):
            continue
        for one, (thing, alias) in sorted(of.items()):
            if roots.get(one, one) != home:
                continue
            sure = times > 1 or is_sure_once(thing, alias, len(named[one]), len(named[node]))
            both = len(named[one] & named[node])
            if sure and both * FEW <= max(times - 1, 0) and is_sure_alias(thing, alias):
                why = f"{times} articles call '{thing.name}' '{alias}'"
                yield Join(Level.stated, one, node, why)


def is_sure_once(thing: Thing, alias: str, whole: int, alone: int) -> bool:
    """Tell whether an alias is sure that one article states, of names that so many others have."""
    if thing.folder == "person":
        return whole > alone
    return not shares_words(thing, alias)


def shares_words(thing: Thing, alias: str) -> bool:
    """Tell whether an alias has a word of a thing's name.

    >>> from kg.who.things import make_thing
    >>> bmw = make_thing("BMW M GmbH", "Company")
    >>> shares_words(bmw, "BMW"), shares_words(bmw, "BMM")
    (True, False)
    """
    return not {*fold(alias).split()}.isdisjoint(fold(thing.name).split())


def is_name_like(alias: str) -> bool:
    """Tell whether an alias can be a name: it begins with a capital or a digit, or holds one."""
    return any(letter.isupper() or letter.isdigit() for letter in alias)


def is_sure_alias(thing: Thing, alias: str) -> bool:
    """Tell whether an alias of a thing stands for it in other articles as well.

    >>> from kg.who.things import make_thing
    >>> macron, greens = make_thing("Emmanuel Macron", "Person"), make_thing("EELV", "PublicBody")
    >>> is_sure_alias(macron, "Macron"), is_sure_alias(macron, "Emmanuel")
    (True, False)
    >>> is_sure_alias(greens, "Les Verts"), is_sure_alias(greens, "groupe EELV")
    (True, False)
    """
    if thing.folder == "org":
        return is_group(alias) == is_group(thing.name)
    if thing.folder != "person":
        return True
    words, whole = fold(alias).split(), fold(thing.name).split()
    return len(words) > 1 or words == whole[-1:]
