"""Whether two names are forms of one: short and long, acronyms, slips of the pen."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import cache

from kg.names.key import fold, join_letters
from kg.names.known import is_name
from kg.values.language import Language

#: From how many letters on a name of one word, and a word of a longer one, may hold a slip.
WORD, PART = 7, 4


@cache
def folded(lang: Language, entry: str) -> frozenset[str]:
    """Return the words of an entry of a language, folded."""
    return frozenset(fold(word) for word in lang.words(entry))


def core(name: str, lang: Language) -> str:
    """Return a name's folded words without legal forms, articles and 'groupe'."""
    words = fold(join_letters(name)).split()
    legal = folded(lang, "names.legal_forms")
    kept = [w for w in words if w not in legal and w not in ("groupe", "group")]
    while len(kept) > 1 and kept[0] in lang.words("names.articles"):
        kept = kept[1:]
    return " ".join(kept or words)


def is_acronym(name: str) -> bool:
    """Tell whether a name is written as an acronym.

    >>> is_acronym("EDF"), is_acronym("Edf")
    (True, False)
    """
    letters = [c for c in name if c.isalpha()]
    return 2 <= len(letters) <= 6 and all(c.isupper() for c in letters) and " " not in name


def initials(words: Iterable[str], lang: Language) -> str:
    """Return the initials of some words, small words left out."""
    return "".join(w[0] for w in words if w not in lang.words("names.small"))


def is_initials(acronym: str, words: Sequence[str], lang: Language) -> bool:
    """Tell whether an acronym has the initials of a name, the place at its end left out or not.

    >>> from kg.values.language import load_language
    >>> is_initials("cot", ["compagnie", "orvane", "tarkos", "de", "lyon"], load_language("fr"))
    True
    """
    generic = folded(lang, "names.generic")
    if words[0] == acronym and generic.issuperset(words[1:]):
        return True
    wholes = [words]
    if len(words) > 1 and words[-1] in lang.places and len(acronym) > 2:
        wholes.append(words[:-1])
    return any(acronym in (initials(w, lang), "".join(x[0] for x in w)) for w in wholes)


def is_abbreviation(short: str, long: str, lang: Language) -> bool:
    """Tell whether the letters of an acronym stand in a name in their order.

    >>> from kg.values.language import load_language
    >>> is_abbreviation("sncf", "societe nationale des chemins de fer", load_language("fr"))
    True
    """
    if " " in short or len(short) > 6 or short[0] != long[0]:
        return initials(long.split(), lang) == short.replace(" ", "")
    position = 0
    for letter in short:
        position = long.find(letter, position) + 1
        if not position:
            return False
    return True


def contains(words: Sequence[str], part: Sequence[str]) -> bool:
    """Tell whether some words stand next to each other in others."""
    size = len(part)
    return any(words[i : i + size] == part for i in range(len(words) - size + 1))


def is_unit(extra: Iterable[str], lang: Language) -> bool:
    """Tell whether the words that a longer name adds make it a unit of the shorter one."""
    units = folded(lang, "names.units")
    return any(w in units or w in lang.places or w in lang.demonyms for w in extra)


def is_component(short: str, long: str, names: Container[str], lang: Language) -> bool:
    """Tell whether a name is one of the names that a longer one joins ('Vextra-Orvane').

    >>> from kg.values.language import load_language
    >>> is_component("vextra", "vextra orvane", {"vextra", "orvane"}, load_language("fr"))
    True
    """
    part, whole = short.split(), long.split()
    generic = {fold(w) for w in lang.words("names.generic")}
    for start in range(len(whole) - len(part) + 1):
        if whole[start : start + len(part)] != part:
            continue
        sides = [side for side in (whole[:start], whole[start + len(part) :]) if side]
        rest = [" ".join(side) for side in sides if not generic.issuperset(side)]
        if rest and all(is_name(side, names) for side in rest):
            return True
    return False


def is_slip(first: str, second: str) -> bool:
    """Tell whether two folded names differ by one slip of the pen.

    >>> is_slip("hugo mareval", "hugo mareva"), is_slip("rs 4", "rs 5")
    (True, False)
    """
    a, b = first.split(), second.split()
    apart = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    if len(a) != len(b) or len(apart) != 1 or not "".join(apart[0]).isalpha():
        return False
    return min(map(len, apart[0])) >= (WORD if len(a) == 1 else PART) and one_apart(*apart[0])


def one_apart(first: str, second: str) -> bool:
    """Tell whether a letter too many, too few, wrong or out of place parts two words.

    >>> one_apart("orvane", "ovrane"), one_apart("orvane", "orvan"), one_apart("orvane", "vextra")
    (True, True, False)
    """
    short, long = sorted((first, second), key=len)
    same = next(
        (k for k, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short)
    )
    if len(short) == len(long):
        swapped = long[same + 1 : same + 2] + long[same : same + 1] + long[same + 2 :]
        return short[same + 1 :] == long[same + 1 :] or short[same:] == swapped
    return short[same:] == long[same + 1 :]
