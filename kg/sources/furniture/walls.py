"""What a page holds instead of an article, or of its rest: consent, pay, a fault, a check."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.sources.paragraphs import name_furniture

WALL = re.compile(
    r"réservée?s? aux abonné|déjà abonné|pour lire la suite|abonnez-vous pour|réservé à nos abonné"
    r"|subscribers? only|for subscribers|subscribe to (?:read|continue)|already a subscriber",
    re.I,
)
CLOSED = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.I)
#: What is said where only the beginning of an article is shown.
CUT = re.compile(
    r"la suite (?:de (?:cet|l['’])\s?article )?est réservée|article (?:est )?réservé (?:aux|à nos)"
    r"|il vous reste [\d.,]+\s?% de (?:cet|l['’])\s?article|pour lire la suite"
    r"|subscribe to (?:read|continue)|to continue reading,? (?:please )?subscribe"
    r"|article is for subscribers",
    re.I,
)
#: How the page of a server begins that has not what was asked for.
FAULT = re.compile(
    r"(?:(?:erreur|error)\W+)?(?:40\d|50\d)\W*(?:\Z|not found|forbidden|bad |unauthori|internal "
    r"|service |gateway|error|erreur|page )|page (?:introuvable|non trouvée|not found)\W*\Z"
    r"|access denied\W*\Z|accès refusé\W*\Z",
    re.I,
)
#: What is said by pages that ask whether a robot reads them.
CHECK = re.compile(
    r"que vous (?:êtes (?:un )?humain|n['’]êtes pas un robot)|you are (?:not a robot|(?:a )?human)"
    r"|(?:activer|activez|enable|turn on) (?:le )?javascript|javascript (?:est désactivé|is dis)"
    r"|(?:checking|vérification de) (?:your|votre) (?:browser|navigateur)",
    re.I,
)
#: Fewest words of an article that is no wall; most of a page of a fault, and of a beginning.
FEW, SHORT, MOST = 15, 60, 120
ENDS = (".", "!", "?", "»", "…", "”")


def tell_wall(text: str, shown: Sequence[str], found: Sequence[str]) -> str:
    """Return what a page holds instead of an article and what to do, '' where it holds one.

    `text` is all of it, `shown` its paragraphs, `found` those that may be an article's, after its
    title.

    >>> tell_wall("", ["404 Not Found", "nginx"], ["404 Not Found", "nginx"])[:18]
    'a fault of its ser'
    >>> tell_wall("", ["Fusion", "Un accord est signé."], ["Fusion", "Un accord est signé."])
    ''
    """
    words = sum(len(one.split()) for one in found[1:])
    if words >= SHORT:
        return ""
    if any(map(FAULT.match, found[:2])):
        return "a fault of its server, and no article; open it in a browser, then save the page"
    others = [one for one in found[1:] if not CHECK.search(one)]
    checked = len(others) + 1 < len(found) or any(map(CHECK.search, shown))
    if checked and sum(len(one.split()) for one in others) < FEW:
        return "only a check for robots or scripts; open it in a browser, then save the page"
    if words >= FEW or any(one.endswith(ENDS) for one in found[1:]):
        return ""
    if any(name_furniture(one) == "a notice of cookies" for one in shown):
        return "only a request for consent; answer it in a browser, then save the page"
    if WALL.search(text) or CLOSED.search(text):
        return "only a paywall; log in with a browser, then save the page"
    return "" if words else "no article found in this page; save its text as .txt"


def is_cut(text: str, shown: Sequence[str], found: Sequence[str]) -> bool:
    """Tell whether only the beginning of an article stands on its page, before a paywall."""
    short = sum(len(one.split()) for one in found) < MOST
    return short and (CLOSED.search(text) is not None or any(map(CUT.search, shown)))
