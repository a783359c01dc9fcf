"""Texts to the figures and dates in them, which facts may take for their values."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Kinds of figures, and the slots of a fact that each can fill.
FILLS = {
    "percent": ("share",),
    "money": ("amount",),
    "date": ("date", "asOf"),
    "rank": ("rank",),
}
KINDS = tuple(FILLS)

_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_NUMBER = (
    rf"(?:{_DIGITS}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|cent|mille|one|two|three)"
)
_SCALE = r"(?:milliers|millions?|milliards?|mille|billions?|thousand|trillions?|mds?|mn|bn|m|k)"
_COIN = (
    r"(?:euros?|dollars?|livres?(?: sterling)?|yens?|yuans?|francs?(?: suisses?| CFA)?|roubles?"
    r"|roupies|couronnes|reals|réaux|wons?|dirhams?|dinars?|pounds?|EUR|USD|GBP|CHF|[€$£¥])"
)
_MONTH = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
_NTH = (
    r"(?:premi(?:er|ère)|deuxième|second|seconde|troisième|quatrième|cinquième|sixième|septième"
    r"|huitième|neuvième|dixième|first|second|third|fourth|fifth|last|dernier|dernière"
    r"|[1-9]\d?(?:ers?|res?|ères?|èmes?|es?|st|nd|rd|th))"
)
_YEAR = r"(?:19|20)\d\d"
PATTERNS = {
    "percent": rf"(?:{_DIGITS})\s?(?:%|pour\s?cents?\b|per\s?cent\b|points? de pourcentage)",
    "money": (
        rf"(?:[€$£¥]\s?(?:{_DIGITS})(?:\s?{_SCALE}\b)?"
        rf"|\b{_NUMBER}\s?(?:{_SCALE}\s?)?(?:d['’]|de\s|of\s|US\s?)?{_COIN}(?!\w)"
        rf"|\b{_NUMBER}\s(?:millions?|milliards?|billions?|bn|mds?)\b)"
    ),
    "date": (
        rf"(?:\b(?:{_DAY}\s)?(?:{_NTH}|\d\d?)\s{_MONTH}(?:\s{_YEAR}|\sderniers?|\sprochains?)?"
        rf"|\b{_MONTH}\s\d\d?(?:,?\s{_YEAR})?\b"
        rf"|\b(?:(?:mi|fin|début)[- ])?{_MONTH}(?:\s{_YEAR}|\sderniers?|\sprochains?)?\b"
        rf"|\b(?:{_NTH}\s)?(?:semestre|trimestre|quarter|half)(?:\s(?:de\s)?{_YEAR}|\sprochains?)?\b"
        rf"|\b{_DAY}(?:\sderniers?|\sprochains?)?\b|\b{_YEAR}-\d\d?\b|\b{_YEAR}\b"
        r"|\b(?:aujourd['’]hui|hier|demain|today|yesterday|tomorrow"
        r"|(?:cette|l['’])\s?année(?:\s(?:dernière|prochaine))?|l['’]an (?:dernier|prochain)"
        r"|l['’]an passé|fin d['’]année|(?:cette|la) (?:semaine|année) (?:dernière|prochaine)"
        r"|(?:last|next|this) (?:year|month|week|quarter|spring|summer|autumn|winter)"
        r"|(?:cet|au|l['’]) ?(?:été|automne|hiver|printemps)(?:\s(?:dernier|prochain|\d{4}))?"
        r")(?!\w))"
    ),
    "rank": (
        r"(?:\b(?:numéro|n[°o]|number|no\.)\s?(?:\d+|un|deux|trois|one|two|three)\b"
        rf"|\b{_NTH}(?!\w)|\bleaders?\b)"
    ),
}
#: Words that tell a rank.
RANKS = {
    word: rank
    for rank, words in enumerate(
        (
            "premier première first un une one leader leaders",
            "deuxième second seconde deux two",
            "troisième third trois three",
            "quatrième fourth",
            "cinquième fifth",
            "sixième sixth",
            "septième seventh",
            "huitième eighth",
            "neuvième ninth",
            "dixième tenth",
        ),
        1,
    )
    for word in words.split()
}
_COMPILED = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in PATTERNS.items()}


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold where a figure stands and what kind it is."""

    begin: int
    end: int
    kind: str


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a text, in its order; of two of a kind that overlap, the first.

    >>> [(f.kind, "1,2 million d'euros, soit 5 % en mai 2019"[f.begin:f.end])
    ...  for f in find_figures("1,2 million d'euros, soit 5 % en mai 2019")]
    [('money', "1,2 million d'euros"), ('percent', '5 %'), ('date', 'mai 2019')]
    """
    found = [
        Figure(match.start(), match.end(), kind)
        for kind, pattern in _COMPILED.items()
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda figure: (figure.begin, figure.end, figure.kind))


def read_percent(text: str) -> float | None:
    """Return the number that a percentage begins with.

    >>> read_percent("12,5 %")
    12.5
    """
    match = re.search(r"\d+(?:[.,]\d+)?", text)
    return float(match[0].replace(",", ".")) if match else None


def read_rank(text: str) -> int | None:
    """Return the rank that some words tell, None for the last and the like.

    >>> read_rank("numéro deux"), read_rank("3e"), read_rank("leader"), read_rank("dernier")
    (2, 3, 1, None)
    """
    if match := re.search(r"\d+", text):
        return int(match[0])
    words = re.findall(r"\w+", text.lower())
    return next((RANKS[word] for word in words if word in RANKS), None)
