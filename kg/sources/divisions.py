"""Words that a hyphen divides at a line's end: which of them keep it."""

from __future__ import annotations

import re

#: The hyphen, Unicode's hyphen, the soft one, and the sign that old terminals put for it.
HYPHENS = ("-", "\u2010", "\u00ad", "\u00ac")
#: First parts of compounds that are no syllable which a typesetter would part so.
FIRST = frozenset(
    "après arrière belgo centre chef demi dix e franco germano grand haut hispano italo lui "
    "luso mieux nord non peut porte prêt quasi quatre rendez semi sino soi soixante start sous "
    "stock sud trente turbo vice vingt week x anglo américano quarante cinquante eux elle elles "
    "long short well high self year third second first full half cross".split()
)
#: Joined after all ('souscrire'), though their first part is listed above.
JOINED = re.compile(r"sous(?:cri|trai(?:re|t\b)|ign)|portefeuille|nonobstant|hautain|firstly")
LAST = frozenset("même mêmes vous nous dire delà être".split())
#: Pronouns after a verb ('dit-il'), which ends in t or d then, and what follows 'celui'.
AFTER_VERB = frozenset("il elle on ils elles".split())
POINTED = re.compile(r"(?:celui|ceux|celles?)(?:ci|là)")


def divides(line: str, following: str) -> bool:
    """Tell whether a word is divided between the end of a line and the next line.

    >>> divides("a racheté Hydré-", "ol."), divides("Le groupe -", "suite")
    (True, False)
    """
    if len(line) < 3 or not line.endswith(HYPHENS) or not line[-2].isalpha():
        return False
    return following[:1].islower() or line.endswith("\u00ad")


def keeps_hyphen(line: str, following: str, words: frozenset[str]) -> bool:
    """Tell whether the hyphen at a line's end belongs to the word; `words` are the text's.

    >>> keeps_hyphen("le vice-", "président", frozenset())
    True
    >>> keeps_hyphen("la direc-", "trice", frozenset()), keeps_hyphen("Saint-", "Aubin", frozenset())
    (False, True)
    """
    if line.endswith(("\u00ad", "\u00ac")):
        return False
    left = (re.findall(r"[\w-]*\w(?=.$)", line) or [""])[-1].lower()
    right = (re.match(r"\w+", following) or [""])[0].lower()
    if left + right in words:
        return False
    if any(f"{left}{mark}{right}" in words for mark in HYPHENS[:2]):
        return True
    if JOINED.match(left + right):
        return False
    if not following[0].islower():
        # In capitals throughout, a capital tells nothing.
        return not (following[:2].isupper() and line[-3:-1].isupper())
    first = left.rpartition("-")[2]
    if first in FIRST or right in LAST or POINTED.fullmatch(first + right):
        return True
    return (right in AFTER_VERB and first[-1:] in ("t", "d")) or following[1:2] == "-"
